"""Digests written and annotated for this project (``training/own``): each term stands in the text as {words|kind|role}.

Kinds: t technique, c concept, p problem, k task, m metric, b benchmark or data set, o model, h hardware. Roles for the paper
that the title names: i introduces, u uses, c compares with, a addresses, e evaluates on, m measures, - none. All papers are
invented.
"""

from __future__ import annotations

import re
from pathlib import Path

from kg.extract.terms.recognizer import KINDS, ROLES, Stretch
from kg.model import Kind, Predicate, Span
from training.digests import Digest, Term, normalize

KIND_LETTERS = dict(zip("tcpkmboh", KINDS, strict=True))
ROLE_LETTERS: dict[str, Predicate | None] = dict(zip("-iucaem", ROLES, strict=True))
_TERM = re.compile(r"\{([^|{}]+)\|([tcpkmboh])\|([-iucaem])\}")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def load_own(folder: Path) -> list[Digest]:
    """One Digest a file."""
    return [_load(path) for path in sorted(folder.glob("*.txt"))]


def _load(path: Path) -> Digest:
    digest = Digest(path.name, "", [], [])
    for part in path.read_text("utf-8").split("# ")[1:]:
        title, _, body = part.partition("\n")
        title = title.strip()
        terms: list[Term] = []
        spans: list[Span] = []
        known = _named(body)
        if title and title not in _TERM.sub(r"\1", body)[: len(title) + 3]:
            start = len(digest.text)
            digest.text += title + "\n"
            spans.append(Span(start, start + len(title)))
            terms += _in_title(title, start, known)
        sentences = (s for line in body.split("\n") for s in _SENTENCE.split(line) if s.strip())
        spans += [_read(digest, sentence, terms, bool(title)) for sentence in sentences]
        digest.stretches.append((Stretch(title, tuple(spans)), terms))
        digest.papers.append(title or None)
        for surface, kind, role in known:
            digest.names.append({normalize(surface)})
            digest.kinds.append(kind.value)
            if role is not None and title:
                digest.linked.add(normalize(surface))
                digest.roles.add((title, role.value, normalize(surface)))
    return digest


def _named(body: str) -> list[tuple[str, Kind, Predicate | None]]:
    return [(m[1], KIND_LETTERS[m[2]], ROLE_LETTERS[m[3]]) for m in _TERM.finditer(body)]


def _shares(role: Predicate | None) -> tuple[float, ...]:
    return tuple(float(r == role) for r in ROLES)


def _in_title(title: str, start: int, known: list[tuple[str, Kind, Predicate | None]]) -> list[Term]:
    found: list[Term] = []
    for surface, kind, role in sorted(known, key=lambda x: -len(x[0])):
        for hit in re.finditer(rf"\b{re.escape(surface)}\b", title, re.IGNORECASE):
            span = Span(start + hit.start(), start + hit.end())
            if not any(t.span.overlaps(span) for t in found):
                found.append(Term(span, KINDS.index(kind), _shares(role)))
    return sorted(found, key=lambda t: t.span.start)


def _read(digest: Digest, sentence: str, terms: list[Term], titled: bool) -> Span:
    """Adds a sentence without its marks, and its terms."""
    start, at = len(digest.text), 0
    for hit in _TERM.finditer(sentence):
        digest.text += sentence[at : hit.start()]
        span = Span(len(digest.text), len(digest.text) + len(hit[1]))
        digest.text += hit[1]
        shares = _shares(ROLE_LETTERS[hit[3]]) if titled else ()
        terms.append(Term(span, KINDS.index(KIND_LETTERS[hit[2]]), shares))
        at = hit.end()
    digest.text += sentence[at:] + "\n"
    return Span(start, len(digest.text) - 1)
