"""Stories under headlines of their own that end with the line that leads to their paper: "Read more: Some Title (arXiv)".

The headline is the newsletter's, so the paper's title stands in that last line only, before the address or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.papers import titles
from kg.extract.papers.candidates import Candidate, named_candidate, trim
from kg.extract.papers.reference_entries import ids_in
from kg.model import Block, BlockKind, Role, Span

_LEAD = re.compile(
    r"[*_]{0,3}(?:(?:read|see|find out|learn|check out) "
    r"(?:more|on|it|further|the (?:full |original |research |new )?(?:paper|preprint|report|study|research))"
    r"(?: (?:here|in|at|on arXiv))?|more(?: here| in)?|(?:full|the|research) paper(?: here)?)\s?:?[*_]{0,3}:?\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\]?\(?(?:https?://|arxiv\.org/)[^\s()]+\)?|\((?:arXiv|PDF|here)[^()]{0,40}\)|\barXiv[: ].*$", re.IGNORECASE
)
_STORIES = frozenset({Role.BODY, Role.ENTRIES, Role.QUICK_HITS, Role.DEEP_DIVE})
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.META, BlockKind.ITEM})


def find_closing_lines(draft: Draft) -> Iterator[Candidate]:
    """The papers of sections with one such line; the whole section is about them."""
    led: dict[int, list[tuple[Block, str, Span]]] = {}
    for block in draft.document.blocks:
        lead = _LEAD.match(draft.text, block.span.start, block.span.end) if block.kind in _LINES else None
        for arxiv_id, _ in ids_in(draft, block.span) if lead else ():
            led.setdefault(block.section, []).append((block, arxiv_id, Span(lead.end() if lead else 0, block.span.end)))
    for number, found in sorted(led.items()):
        section = draft.document.sections[number]
        if section.heading is None or section.role not in _STORIES or len(found) != 1:
            continue
        [(_, arxiv_id, line)] = found
        title = _title_in(draft.text, line)
        if title is not None:
            candidate = named_candidate(draft, title, section.span, "paper.closing-line", given=True)
            candidate.arxiv_id, candidate.url = arxiv_id, f"https://arxiv.org/abs/{arxiv_id}"
            yield candidate


def _title_in(text: str, line: Span) -> Span | None:
    """What a line holds beside the address: the title, in brackets or not."""
    rest, at = [], line.start
    for m in _ADDRESS.finditer(text, line.start, line.end):
        rest.append(Span(at, m.start()))
        at = m.end()
    rest.append(Span(at, line.end))
    for part in rest:
        inside = re.match(r"\s*\((.{3,250})\)[\s.]*$", part.of(text))
        name = trim(text, Span(part.start + inside.start(1), part.start + inside.end(1)) if inside else part)
        if 1 <= len(name.of(text).split()) <= 25 and titles.is_title_case(name.of(text)):
            return name
    return None
