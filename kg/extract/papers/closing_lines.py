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
    r"(?: (?:here|in|at|on arXiv))?|more(?: here| in)?|(?:full|the|research) paper(?: here)?|"
    r"(?:sources?|papers?|preprint|reference|ref\.?)(?=[*_]{0,3}:))\s?:?[*_]{0,3}:?\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\]?\(?(?:https?://|arxiv\.org/)[^\s()]+\)?|\((?:arXiv|PDF|here)[^()]{0,40}\)|\barXiv[: ].*$", re.IGNORECASE
)
_STOP = re.compile(r"\.\s+(?=[A-Z])")
_STORIES = frozenset({Role.BODY, Role.ENTRIES, Role.QUICK_HITS, Role.DEEP_DIVE})
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.META, BlockKind.ITEM})


def find_closing_lines(draft: Draft) -> Iterator[Candidate]:
    """The papers of such lines. What stands above a line in its section, up to another such line, is about its paper."""
    led: dict[int, list[tuple[Block, str, Span]]] = {}
    for block in draft.document.blocks:
        lead = _LEAD.match(draft.text, block.span.start, block.span.end) if block.kind in _LINES else None
        for arxiv_id, _ in ids_in(draft, block.span) if lead else ():
            led.setdefault(block.section, []).append((block, arxiv_id, Span(lead.end() if lead else 0, block.span.end)))
    for number, found in sorted(led.items()):
        section = draft.document.sections[number]
        if section.heading is None or section.role not in _STORIES:
            continue
        start = section.span.start if len(found) == 1 else section.heading.end
        for block, arxiv_id, line in found:
            title = _title_in(draft.text, line)
            if title is not None and start < block.span.start:
                candidate = named_candidate(draft, title, Span(start, block.span.end), "paper.closing-line", given=True)
                candidate.arxiv_id, candidate.url = arxiv_id, f"https://arxiv.org/abs/{arxiv_id}"
                yield candidate
            start = block.span.end


def _title_in(text: str, line: Span) -> Span | None:
    """What a line holds beside the address: the title, in brackets or not, with the houses behind a full stop or without."""
    rest, at = [], line.start
    for m in _ADDRESS.finditer(text, line.start, line.end):
        rest.append(Span(at, m.start()))
        at = m.end()
    rest.append(Span(at, line.end))
    for part in rest:
        inside = re.match(r"\s*\((.{3,250})\)[\s.]*$", part.of(text))
        whole = trim(text, Span(part.start + inside.start(1), part.start + inside.end(1)) if inside else part)
        stop = _STOP.search(text, whole.start, whole.end)
        for name in (whole, trim(text, Span(whole.start, stop.start()))) if stop else (whole,):
            words = name.of(text)
            if 1 <= len(words.split()) <= 25 and titles.is_title_case(words) and (stop is None or name != whole):
                return name
    return None
