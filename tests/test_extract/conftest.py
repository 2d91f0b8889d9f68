"""Builds Drafts of small texts by hand: sections, blocks, papers and their stretches, without the readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from kg.extract.draft import Draft
from kg.extract.segment import segment
from kg.model import Block, BlockKind, Document, Kind, PaperFacts, Role, Section, Span

BuildDraft = Callable[..., Draft]


@pytest.fixture
def build_draft() -> BuildDraft:
    """``build_draft(text, papers, issued)``: a line "== role | Heading" opens a section, "- " starts an item, "| a | b" a table
    row, "~ " a line of metadata; any other line is a paragraph. ``papers`` gives each paper's other names; an item or a
    section that begins with one of them is its own text."""
    return _build


def _build(text: str, papers: Mapping[str, tuple[str, ...]] | None = None, issued: date | None = date(2026, 5, 13)) -> Draft:
    draft = segment(_document(text, issued))
    for name, others in (papers or {}).items():
        _add_paper(draft, name, (name, *others))
    return draft


def _document(text: str, issued: date | None) -> Document:
    out, blocks, opened = "", [], []  # type: str, list[Block], list[tuple[int, Role, Span | None]]
    for line in filter(None, (x.strip() for x in text.split("\n"))):
        section = re.match(r"== (\w+)(?: \| (.*))?$", line)
        words, kind = (section[2] or "", BlockKind.HEADING) if section else _kind(line)
        span = Span(len(out), len(out) + len(words))
        if section:
            opened.append((span.start, Role(section[1]), span if words else None))
        elif not opened:
            opened.append((0, Role.BODY, None))
        if words:
            cells = tuple(Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^|]+", words))
            blocks.append(
                Block(span, kind, len(opened) - 1, tag="x" * (kind is BlockKind.ITEM), cells=cells * (kind is BlockKind.ROW))
            )
            out += words + "\n"
    ends = [start for start, _, _ in opened[1:]] + [len(out)]
    sections = tuple(Section(Span(a, b), role, heading) for (a, role, heading), b in zip(opened, ends, strict=True))
    return Document(
        "doc", out, "Test digest", "test.txt", "0" * 64, "text", date=issued, sections=sections, blocks=tuple(blocks)
    )


def _kind(line: str) -> tuple[str, BlockKind]:
    for mark, kind in (("- ", BlockKind.ITEM), ("| ", BlockKind.ROW), ("~ ", BlockKind.META)):
        if line.startswith(mark):
            return line[2:], kind
    return line, BlockKind.PARAGRAPH


def _add_paper(draft: Draft, name: str, names: tuple[str, ...]) -> None:
    pattern = re.compile("|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)))
    spans = [Span(*m.span()) for m in pattern.finditer(draft.text) if not draft.taken(Span(*m.span()), frozenset({Kind.PAPER}))]
    mentions = [draft.add_mention(span, Kind.PAPER, "test") for span in spans]
    starts = {span.start for span in spans}
    document = draft.document
    stretches = [s.span for s in document.sections if s.heading and s.heading.start in starts]
    stretches += [b.span for b in document.blocks if b.kind in (BlockKind.ITEM, BlockKind.ROW) and b.span.start in starts]
    draft.papers.append(PaperFacts(mentions[0], name, entry=bool(stretches), stretches=tuple(stretches)))
    for other in mentions[1:]:
        draft.add_alias(mentions[0], other, "test")
