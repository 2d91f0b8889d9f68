"""Stories under headlines of their own that end with the line that leads to their paper: "Read more: Some Title (arXiv)".

The headline is the newsletter's, so the paper's title stands in that last line only, before the address or behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.candidates import Candidate, first_marked, named_candidate, trim
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
#: "— *A Title*, Some House, arXiv:..." under the text that it is the source of.
_DASH = re.compile(r"[—–]{1,2}\s?(?=[*_\"“\[])")
_LABEL = re.compile(r"[*_]{0,3}[A-Z][\w'’ -]{1,24}(?::[*_]{0,3}|[*_]{1,3}:) \[?")
_MOST_FIELDS = 20
_HOUSE = re.compile(r"(?:by|from|at|via|of|in|on) ", re.IGNORECASE)
_STOP = re.compile(r"\.\s+(?=[A-Z])")
_STORIES = frozenset({Role.BODY, Role.ENTRIES, Role.QUICK_HITS, Role.DEEP_DIVE})
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.META, BlockKind.ITEM})


def find_closing_lines(draft: Draft) -> Iterator[Candidate]:
    """The papers of such lines. What stands above a line in its section, up to another such line, is about its paper."""
    led: dict[int, list[tuple[Block, str, Span]]] = {}
    for block in draft.document.blocks:
        lead = _lead(draft, block) if block.kind in _LINES else None
        for arxiv_id, _ in ids_in(draft, block.span) if lead else ():
            led.setdefault(block.section, []).append((block, arxiv_id, Span(lead.end() if lead else 0, block.span.end)))
    for number, found in sorted(led.items()):
        section = draft.document.sections[number]
        if section.heading is None or section.role not in _STORIES:
            continue
        start = section.span.start if len(found) == 1 else section.heading.end
        for block, arxiv_id, line in found:
            marked = first_marked(draft, line)
            whole = marked is not None and marked.start <= line.start + 2 and len(marked.of(draft.text).split()) >= 2
            title = trim(draft.text, marked) if marked and whole else _title_in(draft.text, line)
            if title is not None and start < block.span.start:
                stretch = Span(start, _end_of_fields(draft, block))
                candidate = named_candidate(draft, title, stretch, "paper.closing-line", given=True)
                candidate.arxiv_id, candidate.url = arxiv_id, f"https://arxiv.org/abs/{arxiv_id}"
                yield candidate
            start = block.span.end


def _lead(draft: Draft, block: Block) -> re.Match[str] | None:
    """What leads a line to its paper: known words, or any label where the linked title stands right behind it."""
    known = _LEAD.match(draft.text, block.span.start, block.span.end) or find_dash(draft, block)
    label = None if known else _LABEL.match(draft.text, block.span.start, block.span.end)
    links = draft.links_in(Span(label.end(), label.end() + 2)) if label else []
    titled = any(refs.arxiv_of_url(k.url) and len(k.span.of(draft.text).split()) >= 2 for k in links)
    return label if titled else known


def find_dash(draft: Draft, block: Block) -> re.Match[str] | None:
    """The dash that begins a line with the source of what stands above it."""
    return _DASH.match(draft.text, block.span.start, block.span.end)


def _end_of_fields(draft: Draft, block: Block) -> int:
    """Where the labelled lines right below a line end."""
    blocks = draft.document.blocks
    end = block.span.end
    first = bisect_left(blocks, block.span.start, key=lambda b: b.span.start) + 1
    for other in blocks[first : first + _MOST_FIELDS]:
        if other.section != block.section or not _LABEL.match(draft.text, other.span.start, other.span.end):
            break
        if ids_in(draft, other.span):
            break
        end = other.span.end
    return end


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
            if (
                1 <= len(words.split()) <= 25
                and not _HOUSE.match(words)
                and titles.is_title_case(words)
                and (stop is None or name != whole)
            ):
                return name
    return None
