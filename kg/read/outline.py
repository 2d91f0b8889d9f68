"""What every format's reader makes first: the text and its pieces in order. ``assemble`` turns it into a Document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import Block, BlockKind, Document, Link, Role, Span
from kg.read.lines import trim
from kg.read.links import is_paper_url
from kg.read.sections import Heading, Hints, find_sections
from kg.text import digest, slug

_HEADING_NUMBER = re.compile(r"(?:#?(\d{1,3})(?:[.):]|\uFE0F?\u20E3)|\[(\d{1,3})\]) {1,4}(?=\S)")


@dataclass(slots=True)
class Piece:
    """A block before its section is known."""

    span: Span
    kind: BlockKind
    depth: int = 0  # of a HEADING that may open a section, 1 (the document's title) and up; 0: it opens none
    label: str = ""
    tag: str = ""
    cells: tuple[Span, ...] = ()
    header: bool = False
    table: int = -1
    role: Role | None = None  # of the section that a HEADING opens, where the format itself says it


@dataclass(slots=True)
class Outline:
    """One document as its format's reader sees it. ``pieces`` are in text order and do not overlap."""

    text: str
    pieces: list[Piece]
    links: list[Link] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)
    title: str = ""
    publication: str = ""
    date: date | None = None
    issue: str = ""
    url: str = ""
    metadata: list[tuple[str, str]] = field(default_factory=list)
    role: Role | None = None  # of the sections that are not told by their headings
    entry_depth: int | None = None  # depth of the headings that are titles of papers, where the format itself says it


def assemble(outline: Outline, name: str, form: str) -> Document:
    """The Document of an outline: sections found, roles given, blocks placed in them, an id made of content.

    ``sha256`` and ``part`` are for the caller, who knows the source's bytes and how many documents it holds.
    """
    pieces = [p for p in (_clean(outline.text, p) for p in outline.pieces) if p.span.end > p.span.start]
    links = sorted(set(outline.links), key=lambda k: (k.span, k.url))
    headings = [
        Heading(i, p.span, p.depth, p.span.of(outline.text), p.role, p.label)
        for i, p in enumerate(pieces)
        if p.kind is BlockKind.HEADING and p.depth > 0
    ]
    blocks = [Block(p.span, p.kind, 0, p.label, p.tag, p.cells, p.header, p.table) for p in pieces]
    hints = Hints([link.span.start for link in links if is_paper_url(link.url)], outline.role, outline.entry_depth)
    sections, owner, spans = find_sections(outline.text, blocks, headings, hints)
    placed = tuple(replace(b, section=owner[i], span=spans.get(i, b.span)) for i, b in enumerate(blocks))
    return Document(
        id=make_id(outline),
        text=outline.text,
        title=outline.title,
        source=name,
        sha256="",
        format=form,
        publication=outline.publication,
        date=outline.date,
        issue=outline.issue,
        url=outline.url,
        sections=sections,
        blocks=placed,
        links=tuple(links),
        emphasis=tuple(sorted(set(outline.emphasis))),
        metadata=tuple(outline.metadata),
    )


def make_id(outline: Outline) -> str:
    """``<publication or title>-<date>-<six hex digits of the text's hash>``: the same on every machine."""
    named = slug((outline.publication or outline.title or "document")[:200], 50)
    day = [outline.date.isoformat()] if outline.date else []
    return "-".join([named, *day, digest(outline.text, 6)])


def _clean(text: str, piece: Piece) -> Piece:
    """The piece without white space at its ends; of a numbered heading, the number becomes its label."""
    span = trim(text, piece.span.start, piece.span.end)
    number = _HEADING_NUMBER.match(text, span.start, span.end) if piece.kind is BlockKind.HEADING else None
    if number:
        return replace(piece, span=Span(number.end(), span.end), label=number[1] or number[2])
    return piece if span == piece.span else replace(piece, span=span)
