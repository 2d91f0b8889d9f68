"""Entries that only a reference betrays: a title line with an arXiv id over its paragraphs, or a paragraph that cites the one
paper that it tells of ("**RingSpill** moves ... (arXiv 2609.03117)"), in whatever section of whatever layout.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from kg.extract import references as refs
from kg.extract import titles
from kg.extract.draft import Draft
from kg.extract.entries import Candidate, named_candidate, trim
from kg.extract.term_cues import NOT_NAMES
from kg.extract.terms import is_coined
from kg.model import Block, BlockKind, Role, Span

_LINES = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH})  # any may be a title whose markup was lost
_PROSE = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH})
_LONGEST_TITLE_LINE = 260
#: What may stand behind the id on a title line.
_LINE_END = re.compile(r"[\s)\]}.,;|·–—-]*(?:\[?(?:pdf|code|link|project|abs|html)\]?[\s|·,)]*)*$", re.IGNORECASE)
_BEFORE_ID = re.compile(
    r"[\s(\[{,;:|·–—-]*(?:\[?paper\]?\s*:?\s*)?(?:arxiv(?:\.org/abs/|\s+id|\s+preprint)?\s*:?\s*)?$", re.IGNORECASE
)
#: A heading that lost its markup: numbered or shouted.
_SHOUTED = re.compile(r"(?:\d{1,2}[.)]\s+)?[^a-z]{6,}$")
_WORDS_BEFORE = 260


def find_title_lines(draft: Draft) -> Iterator[Candidate]:
    """Papers whose title stands on a line with nothing but its arXiv id; what stands below, up to the next such line or heading,
    is about them."""
    blocks = draft.document.blocks
    lines = {i: line for i, block in enumerate(blocks) if (line := _title_line(draft, block)) is not None}
    for i, (name, arxiv_id) in lines.items():
        end = _end_of_text(draft, i, lines)
        if end > blocks[i].span.end:  # with nothing below, it is an entry of one line: another finder's
            candidate = named_candidate(draft, name, Span(blocks[i].span.start, end), "paper.title-line")
            candidate.arxiv_id = arxiv_id
            yield candidate


def find_cited(draft: Draft, entries: Sequence[Candidate]) -> Iterator[Candidate]:
    """Papers that a paragraph tells of and gives the arXiv id of, where no other finder has seen one."""
    known = {c.arxiv_id for c in entries if c.arxiv_id}
    owned = sorted(c.stretch for c in entries if c.stretch is not None)
    for block in draft.document.blocks:
        furniture = draft.document.sections[block.section].role is Role.FURNITURE
        if block.kind in _PROSE and not furniture and not any(s.start <= block.span.start < s.end for s in owned):
            yield from _cited(draft, block, known)


def _ids(draft: Draft, span: Span) -> list[tuple[str, Span]]:
    """The arXiv ids of a stretch, each once, with the place of the id or of the words that link to it."""
    found: dict[str, Span] = {}
    for arxiv_id, place in refs.arxiv_ids(draft.text, span):
        found.setdefault(arxiv_id, place)
    for link in draft.links_in(span):
        arxiv_id = refs.arxiv_of_url(link.url)
        if arxiv_id:
            held = found.get(arxiv_id)
            found[arxiv_id] = min(held, link.span) if held else link.span
    return sorted(found.items(), key=lambda x: x[1])


def _title_line(draft: Draft, block: Block) -> tuple[Span, str] | None:
    """The name and id of a line that is a title and its arXiv id and no more."""
    if block.kind not in _LINES or block.span.end - block.span.start > _LONGEST_TITLE_LINE:
        return None
    ids = _ids(draft, block.span)
    if len(ids) != 1:
        return None
    arxiv_id, place = ids[0]
    tail = draft.text.find(arxiv_id, place.start, block.span.end)
    behind = draft.text[(tail + len(arxiv_id)) if tail >= 0 else place.end : block.span.end]
    if not _LINE_END.fullmatch(re.sub(r"^v\d+|^\S*\)", "", behind)):
        return None
    lead = _BEFORE_ID.search(draft.text, block.span.start, place.start)
    name = trim(draft.text, Span(block.span.start, lead.start() if lead else place.start))
    if name.start == name.end and place.end > place.start:
        name = trim(draft.text, place)  # the title itself is the link
    words = name.of(draft.text)
    return (name, arxiv_id) if 1 <= len(words.split()) <= 25 and ". " not in words and titles.is_title_case(words) else None


def _end_of_text(draft: Draft, index: int, lines: Container[int]) -> int:
    """Where the paragraphs below a title line end: at the next title line, heading or shouted line."""
    blocks = draft.document.blocks
    end = blocks[index].span.end
    for i in range(index + 1, len(blocks)):
        block = blocks[i]
        shouted = block.kind in _LINES and _SHOUTED.match(block.span.of(draft.text)[:200].split("\n")[0])
        if i in lines or block.kind is BlockKind.HEADING or shouted or block.section != blocks[index].section:
            break
        end = block.span.end
    return end


def _cited(draft: Draft, block: Block, known: set[str]) -> Iterator[Candidate]:
    ids = [(i, place) for i, place in _ids(draft, block.span) if i not in known]
    if len(ids) != 1:
        return
    arxiv_id, place = ids[0]
    title = _title_before(draft, block.span, place)
    name = _bold_lead(draft, block.span) or _short_of(draft.text, title) or _coined_subject(draft, block.span) or title
    if name is None:
        return
    alone = sum(len(_ids(draft, b.span)) for b in draft.document.blocks if b.section == block.section) == 1
    section = draft.document.sections[block.section]
    stretch = section.span if alone and section.level > 1 else block.span
    yield Candidate(name, "paper.cited", title, stretch, arxiv_id=arxiv_id, url=f"https://arxiv.org/abs/{arxiv_id}")


def _title_before(draft: Draft, span: Span, place: Span) -> Span | None:
    """The emphasised, quoted or title-cased words right before an id, or the words that link to it."""
    text = draft.text
    anchor = trim(text, place)
    if titles.looks_like_title(anchor.of(text)) and titles.is_title_case(anchor.of(text)):
        return anchor
    lead = _BEFORE_ID.search(text, max(span.start, place.start - 40), place.start)
    end = lead.start() if lead else place.start
    marked = [s for s in draft.emphasis_in(Span(max(span.start, end - _WORDS_BEFORE), end)) if 0 <= end - s.end <= 3]
    if marked and len(marked[-1].of(text).split()) >= 2:
        return trim(text, marked[-1])
    runs = titles.title_runs(text, Span(max(span.start, end - _WORDS_BEFORE), end), least=3)
    return runs[-1] if runs and end - runs[-1].end <= 3 else None


def _bold_lead(draft: Draft, span: Span) -> Span | None:
    marked = [s for s in draft.emphasis_in(Span(span.start, min(span.end, span.start + 4))) if s.end > s.start]
    name = trim(draft.text, marked[0]) if marked else None
    return name if name and 1 <= len(name.of(draft.text).split()) <= 6 else None


def _short_of(text: str, title: Span | None) -> Span | None:
    colon = text.find(": ", title.start, title.end) if title else -1
    return Span(title.start, colon) if title and colon > 0 and len(text[title.start : colon].split()) <= 6 else None


def _coined_subject(draft: Draft, span: Span) -> Span | None:
    """The first coined word of a paragraph that says what the word does."""
    for m in re.finditer(r"(?<![\w-])([A-Z][\w&+-]*) (?=[a-z]{2,}s\b)", span.of(draft.text)):
        if is_coined(m.group(1)) and m.group(1) not in NOT_NAMES:
            return Span(span.start + m.start(1), span.start + m.end(1))
    return None
