"""Content negotiation (RFC 9110, section 12.5.1): which of the forms at hand an ``Accept`` header wants most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.serve.limits import Refusal

#: Forms of rows and truth values by our names: the media type that is sent, then others by which clients ask for it.
ROWS: dict[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json", "text/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
#: Forms of graphs.
GRAPHS: dict[str, tuple[str, ...]] = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
}
PAGE: dict[str, tuple[str, ...]] = {"html": ("text/html", "application/xhtml+xml")}
_TEXT = ("text/", "application/sparql-results+xml", "application/rdf+xml")


def choose_form(accept: str, forms: Mapping[str, Sequence[str]], wanted: str = "") -> str:
    """The name of the form that suits best; among equals the first of ``forms``.

    ``accept`` is the header, where none counts as ``*/*``; ``wanted`` is a form asked for by name, which goes before it.

    Raises:
        Refusal: none is acceptable (406).
    """
    if wanted:
        if wanted in forms:
            return wanted
        raise Refusal(406, f"no form {wanted!r} of this answer", "forms: " + ", ".join(forms))
    ranges = _read_accept(accept) or [("*/*", 1.0)]
    named = dict(ranges)
    best, best_rank = "", (0.0, 0.0)
    for name, types in forms.items():
        rank = max([(_quality(types[0], ranges), 0.0), *((named.get(media, 0.0), -1.0) for media in types[1:])])
        if rank[0] > 0 and rank > best_rank:
            best, best_rank = name, rank
    if not best:
        hint = "this answer comes as " + ", ".join(types[0] for types in forms.values())
        raise Refusal(406, f"no acceptable form of this answer: Accept was {accept[:200]!r}", hint)
    return best


def media_type(form: str) -> str:
    """The Content-Type of a form."""
    first = {**PAGE, **ROWS, **GRAPHS}[form][0]
    return first + "; charset=utf-8" if first.startswith(_TEXT) else first


def _read_accept(header: str) -> list[tuple[str, float]]:
    ranges = []
    for part in header.split(",")[:64]:
        media, *params = (piece.strip().casefold() for piece in part.split(";"))
        quality = 1.0
        for param in params:
            if param.startswith("q="):
                try:
                    quality = min(1.0, max(0.0, float(param[2:])))
                except ValueError:
                    quality = 0.0
        if media:
            ranges.append((media, quality))
    return ranges


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that the most specific range gives a media type."""
    for wanted in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
