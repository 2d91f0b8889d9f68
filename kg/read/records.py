"""One record about one paper (a table row, a JSON object, a BibTeX entry, a feed item) -> an outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.model import BlockKind, Diagnostic, Role
from kg.read.dates import find_date
from kg.read.inline import plain_words
from kg.read.links import arxiv_ids
from kg.read.outline import Outline
from kg.read.writer import Writer

#: Names of columns and keys, folded to letters and digits, first come first served.
FIELDS: dict[str, str] = {
    "title": "title papertitle papername name paper headline",
    "description": "description summary tldr blurb notes annotation comment",
    "abstract": "abstract paperabstract abstracttext text content body",
    "url": "paperurl url link paperlink arxivurl paper_url absurl pdfurl pdf href html doiurl",
    "date": "date published publicationdate publisheddate pubdate publishedat submitted submitteddate created updated",
    "authors": "authors author creators creator authornames",
    "affiliations": "affiliations affiliation institutions institution organizations organizations organisation organization",
    "venue": "venue journal conference booktitle publishedin journalref journaltitle",
    "year": "year publicationyear",
    "arxiv": "arxivid arxiv eprint externalid",
    "doi": "doi",
    "keywords": "keywords topics tags categories subjects keyword topic",
}
_COLUMN = {name: key for key, names in FIELDS.items() for name in names.split()}
_BARE_ID = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5})(?:v\d+)?", re.I)
_LONGEST = 200_000


@dataclass(slots=True)
class Record:
    """What a record states, by the keys of ``FIELDS``."""

    fields: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str:
        return self.fields.get(key, "")


def fold_key(name: str) -> str:
    """The key of ``FIELDS`` that a column name stands for, or "".

    >>> fold_key("Paper Title"), fold_key("PaperURL"), fold_key("TweetURL")
    ('title', 'url', '')
    """
    return _COLUMN.get(re.sub(r"[^a-z0-9]", "", name.casefold()), "")


def make_record(pairs: Mapping[str, str]) -> Record:
    """A record from named values: of two columns for one key, the one whose name is listed first in ``FIELDS`` counts."""
    ranked: dict[str, tuple[int, str]] = {}
    for name, value in pairs.items():
        key, words = fold_key(name), value.strip()[:_LONGEST]
        if not key or not words:
            continue
        rank = FIELDS[key].split().index(re.sub(r"[^a-z0-9]", "", name.casefold()))
        if key not in ranked or rank < ranked[key][0]:
            ranked[key] = (rank, words)
    return Record({key: ranked[key][1] for key in FIELDS if key in ranked})


def outline_record(record: Record) -> Outline | None:
    """The outline of one paper's record: its title, its people, its description and abstract. None where it has no text."""
    title = " ".join(plain_words(record.get("title")).split())
    bodies = [record.get(k) for k in ("description", "abstract") if record.get(k)]
    if not title and not bodies:
        return None
    writer = Writer()
    day = find_date(record.get("date"))
    metadata = _metadata(record, day[0] if day else None)
    arxiv = dict(metadata).get("arxiv")
    url = record.get("url") or (f"https://arxiv.org/abs/{arxiv}" if arxiv else "")
    if title:
        writer.say(title)
        if url.startswith(("http://", "https://")):
            writer.link(0, url)
        writer.close(BlockKind.HEADING, 1)
    for key in ("authors", "affiliations", "venue"):
        if record.get(key):
            writer.say(f"{key.capitalize()}: {record.get(key)}")
            writer.close(BlockKind.META)
    for body in bodies:
        _say_paragraphs(writer, body)
    return Outline(
        writer.text().rstrip() + "\n",
        writer.pieces,
        writer.links,
        writer.emphasis,
        title=title or bodies[0][:80],
        date=day[0] if day else None,
        url=url if url.startswith("http") else "",
        metadata=metadata,
        role=Role.ABSTRACT,
    )


def _say_paragraphs(writer: Writer, body: str) -> None:
    for paragraph in re.split(r"\n\s{0,200}\n", body):
        writer.say(paragraph)
        writer.close(BlockKind.PARAGRAPH)


def _metadata(record: Record, day: date | None) -> list[tuple[str, str]]:
    pairs = [("author", name) for name in split_people(record.get("authors"))]
    pairs += [("affiliation", name) for name in split_people(record.get("affiliations"))]
    bare = _BARE_ID.fullmatch(record.get("arxiv"))
    ids = [bare[1]] if bare else arxiv_ids(f"{record.get('url')} {record.get('arxiv')}")
    pairs += [("arxiv", ids[0])] if ids else []
    year = re.search(r"(?:19|20)\d\d", record.get("year"))
    pairs += [("year", year[0])] if year else [("year", str(day.year))] if day and record.get("authors") else []
    pairs += [(key, record.get(key)) for key in ("venue", "doi", "keywords") if record.get(key)]
    return pairs


def split_people(names: str) -> list[str]:
    """The names in "A and B", "A; B" or "A, B"."""
    for separator in (r"\s+and\s+|\s*;\s*", r"\s*,\s*(?:and\s+|&\s+)?"):
        parts = [p.strip(" ,") for p in re.split(separator, " ".join(names[:20_000].split()))]
        if len(parts) > 1:
            rest = [q for p in parts for q in ([p] if p.count(",") <= 1 else re.split(r"\s*,\s*", p))]
            return [p for p in rest if p]
    return [p for p in parts if p]


def note_skipped(notes: list[Diagnostic], name: str, places: Iterable[str], reason: str, hint: str) -> None:
    """Reports records that were left out: the first ten by place, the rest by their number."""
    all_places = list(places)
    notes.extend(Diagnostic(name, reason, hint, place, fatal=False) for place in all_places[:10])
    if len(all_places) > 10:
        notes.append(Diagnostic(name, f"{reason} (and {len(all_places) - 10} more)", hint, all_places[10], fatal=False))
