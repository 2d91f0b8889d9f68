"""Entries that a title line betrays: a title with nothing but its arXiv id, or near a line that only leads to its paper, over
its paragraphs, in whatever section of whatever layout.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Container, Iterator, Mapping
from itertools import pairwise

from kg.extract.draft import Draft
from kg.extract.papers import titles
from kg.extract.papers.bylines import cut_byline, is_byline
from kg.extract.papers.candidates import LABEL, NUMBERING, RUN_IN, Candidate, cut_open, first_marked, named_candidate, trim
from kg.extract.papers.closing_lines import find_dash
from kg.extract.papers.reference_entries import BEFORE_ID, ids_in
from kg.extract.papers.references import ARXIV_ID
from kg.model import Block, BlockKind, Kind, Role, Span
from kg.text import fold

_LINES = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH})  # any may be a title whose markup was lost
_TITLE_LINES = _LINES | {BlockKind.META}
_QUOTED_LAST = re.compile(r"[\"“]([^\"“”\n]{6,200})[\"”],?\s*$")
#: A line that says itself that it is a title, over lines of facts.
_TITLE_KEY = re.compile(r"[*_]{0,3}title[*_]{0,3}\s?:[*_]{0,3}\s", re.IGNORECASE)
_LONGEST_TITLE_LINE = 260
#: What may stand behind the id on a title line.
_LINE_END = re.compile(
    r"(?:[,;] [^()\n]{2,160}\)$)?[\s)\]}.,;|·–—*_-]*(?:\((?!\d)[^().\n]{2,120}\)[.\s]*$)?"
    r"(?:\[?(?:pdf|code|link|project|abs|html)\]?[\s|·,)]*)*$",
    re.IGNORECASE,
)
#: "2605.01234 | A Title | Its House"
_AFTER_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d{1,2})?[)\]*_]{0,3}\s?[|·:–—]\s")
#: A heading that lost its markup: numbered or shouted.
_SHOUTED = re.compile(r"(?=[\w#*_=>\[(])(?:\d{1,2}[.)]\s+)?[^a-z]{6,}$")
#: What a line is made of that only leads to a paper.
_LEADS = re.compile(
    r"(?:https?://\S+|(?:arxiv\.org|alphaxiv\.org|huggingface\.co)/\S+|arxiv(?:\.org)?|papers?|preprint|pdf|abs|html|code|links?|read|here|full|project|page|github|the|on|at|see|url|"
    r"\d{4}\.\d{4,5}(?:v\d+)?|(?:cs|stat|math|eess)\.[A-Z]{2}|alphaxiv|huggingface|hf|doi)?",
    re.IGNORECASE,
)
#: "A Title", Its House, 2605.01234
_QUOTED_LEAD = re.compile(r"[*_>\s]{0,4}[\"“]([A-Z0-9][^\"“”\n]{5,200})[\"”],\s")
#: "Some Lab [3]", where a list gives the address.
_NUMBER_LAST = re.compile(r"\s?\[\d{1,3}\]$")
_WORD = re.compile(r"\w")
_LIST = re.compile(r",? and |[,;&/] ?| [·|] ")
_SPLIT = re.compile(r"[\s()\[\]{}<>|·•,;:→⟶↗*_]+|\.(?=\s|$)|https?://[^\s()]+")
_PAGE_LABEL = re.compile(
    r"(?:authors?|by|written by|published|posted|updated|date|affiliations?|keywords|categories|tags)\s?:?", re.I
)
_PAGE_DATE = re.compile(
    r"(?:[A-Z][a-z]{2,8},? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},?|\d{1,2} [A-Z][a-z]{2,8}\.?) 20\d\d|20\d\d-\d\d-\d\d"
)
#: Roles of sections whose headings may be titles.
_TITLED = frozenset({Role.BODY, Role.ENTRIES, Role.QUICK_HITS, Role.DEEP_DIVE})
_LOOK_UP = 8  # blocks between a title and its address


def find_title_lines(draft: Draft, known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """Papers whose title stands on a line with nothing but its arXiv id, or near a line that only leads to them; what stands
    below, up to the next such line or heading, is about them."""
    blocks = draft.document.blocks
    found = {i: line for i, block in enumerate(blocks) if (line := _title_line(draft, block)) is not None}
    lines = {i: line for i, line in found.items() if not _lists_houses(line[0].of(draft.text), known)}
    lines |= _titles_above(draft, lines, known)
    lines = _labelled(draft, lines) | lines
    for i, (name, arxiv_id) in lines.items():
        end = _end_of_text(draft, i, lines)
        if end > blocks[i].span.end:  # with nothing below, it is an entry of one line: another finder's
            candidate = named_candidate(draft, name, Span(blocks[i].span.start, end), "paper.title-line", given=True)
            candidate.arxiv_id = arxiv_id
            yield candidate


def _labelled(draft: Draft, lines: Mapping[int, tuple[Span, str]]) -> dict[int, tuple[Span, str]]:
    """The lines that call themselves titles and stand over facts, in a document where others lead to papers."""
    blocks = draft.document.blocks
    found: dict[int, tuple[Span, str]] = {}
    for i, (block, after) in enumerate(pairwise(blocks)):
        if lines and after.kind is BlockKind.META and block.kind in _LINES and _TITLE_KEY.match(draft.text, block.span.start):
            name = _title_of(draft, block)
            if name is not None:
                found[i] = (name, "")
    return found


def _title_line(draft: Draft, block: Block) -> tuple[Span, str] | None:
    """The name and id of a line that is a title and its arXiv id and no more."""
    if block.kind not in _TITLE_LINES or block.span.end - block.span.start > _LONGEST_TITLE_LINE:
        return None
    ids = ids_in(draft, block.span)
    if len(ids) != 1 or find_dash(draft, block):
        return None
    arxiv_id, place = ids[0]
    led = _AFTER_ID.match(draft.text, place.start, block.span.end)
    if led and not draft.text[block.span.start : place.start].strip("*_[(#> "):
        name = _first_field(draft.text, trim(draft.text, Span(led.end(), block.span.end)))
        return (name, arxiv_id) if titles.is_title_case(name.of(draft.text)) else None
    tail = draft.text.find(arxiv_id, place.start, block.span.end)
    behind = draft.text[(tail + len(arxiv_id)) if tail >= 0 else place.end : block.span.end]
    if not _LINE_END.fullmatch(re.sub(r"^v\d+|^\S*\)", "", behind)):
        return None
    lead = BEFORE_ID.search(draft.text, block.span.start, place.start)
    end = lead.start() if lead else place.start
    quoted = _QUOTED_LAST.search(draft.text, block.span.start, end)
    quoted = quoted or _QUOTED_LEAD.match(draft.text, block.span.start, end)
    if quoted:  # "(1) Ana Ruiz (KAIST): "A Title", arXiv:2605.01234."
        return Span(*quoted.span(1)), arxiv_id
    if block.kind not in _LINES:
        return None
    linked, ahead = place.of(draft.text), draft.text[block.span.start : place.start].split()
    if 0 < len(ahead) <= 4 and len(linked.split()) >= 2 and titles.is_title_case(linked) and not ARXIV_ID.search(linked):
        return trim(draft.text, place), arxiv_id  # "Item 1 — [A Title](...)"
    number = NUMBERING.match(draft.text, block.span.start, end)
    name = trim(draft.text, Span(number.end() if number else block.span.start, end))
    if name.start == name.end and place.end > place.start:
        name = trim(draft.text, place)  # the title itself is the link
    name = cut_open(draft.text, _first_field(draft.text, name))
    words = name.of(draft.text)
    if is_byline(words, below_title=True) and block.kind is not BlockKind.HEADING:
        return None
    if RUN_IN.fullmatch(words) or not 1 <= len(words.split()) <= 25 or ". " in words:
        return None
    return (name, arxiv_id) if titles.is_title_case(words) else None


def _first_field(text: str, line: Span) -> Span:
    """The title of a line that is set in fields, or that has its authors on a line below: "A Title | Its House | arXiv:..."."""
    cut = re.search(r"\s[|·•]\s|[*_]*\n", line.of(text))
    return trim(text, Span(line.start, line.start + cut.start())) if cut else line


def _titles_above(
    draft: Draft, lines: Mapping[int, tuple[Span, str]], known: Mapping[str, set[Kind]]
) -> dict[int, tuple[Span, str]]:
    """Titles that stand in a line of their own some lines above the line that leads to their paper, or below: between them are
    the authors, or the text."""
    blocks = draft.document.blocks
    found: dict[int, tuple[Span, str]] = {}
    taken = ChainMap(found, dict(lines))
    for i, block in enumerate(blocks):
        if i in lines or draft.document.sections[block.section].role is Role.FURNITURE or block.kind is BlockKind.ROW:
            continue
        ids = ids_in(draft, block.span)
        if len(ids) == 1 and (block.kind is BlockKind.META or _only_leads(block.span.of(draft.text), known)):
            above = _title_below(draft, i) or _title_above(draft, i, taken, known)
            if above is not None:
                found[above[0]] = (above[1], ids[0][0])
    return found


def _title_below(draft: Draft, index: int) -> tuple[int, Span] | None:
    """The line right below an id that says it is the title: "Title: ..."."""
    below = draft.document.blocks[index + 1 : index + 2]
    if below and LABEL.match(draft.text, below[0].span.start, below[0].span.end) and below[0].kind in _LINES:
        name = _title_of(draft, below[0])
        return (index + 1, name) if name else None
    return None


def _title_above(draft: Draft, index: int, taken: Container[int], known: Mapping[str, set[Kind]]) -> tuple[int, Span] | None:
    """The nearest block above ``index`` that is a title, names of authors only where nothing else is one."""
    blocks = draft.document.blocks
    byline: tuple[int, Span] | None = None
    for j in range(index - 1, max(-1, index - 1 - _LOOK_UP), -1):
        block = blocks[j]
        if j in taken or block.section != blocks[index].section or ids_in(draft, block.span):
            break
        if block.kind is BlockKind.HEADING and draft.document.sections[block.section].heading == block.span:
            above = _heading_above(draft, j, index)
            return above or (byline if draft.document.sections[block.section].level == 1 else None)
        may_be = block.kind in _LINES or (block.kind is BlockKind.META and LABEL.match(draft.text, block.span.start))
        name = _title_of(draft, block) if may_be and not _is_value(draft, j) else None
        if name is not None and is_byline(name.of(draft.text), below_title=True):
            byline = byline or (j, name)
        elif name is not None and not _lists_houses(name.of(draft.text), known):
            return j, name
    return byline


def _lists_houses(words: str, known: Mapping[str, set[Kind]]) -> bool:
    """Whether a line is institutions of the vocabulary and no more."""
    return all(Kind.INSTITUTION in known.get(fold(part), ()) for part in _LIST.split(words))


def _is_value(draft: Draft, index: int) -> bool:
    """Whether a line is what one of the labels of a page says, a label itself or a date: "Author", below it a name."""
    lines = [draft.document.blocks[i].span.of(draft.text) for i in (index, index - 1) if i >= 0]
    return any(_PAGE_LABEL.fullmatch(line) for line in lines) or _PAGE_DATE.fullmatch(lines[0]) is not None


def _heading_above(draft: Draft, heading: int, index: int) -> tuple[int, Span] | None:
    """The heading of a section, where it is a title; one of level 2 with the id right below it is another finder's."""
    block = draft.document.blocks[heading]
    section = draft.document.sections[block.section]
    if heading == 0 or section.role not in _TITLED or (section.level > 1 and index - heading <= 3):
        return None
    name = _title_of(draft, block)
    return (heading, name) if name else None


def _title_of(draft: Draft, block: Block) -> Span | None:
    """The title that a block's first line is: in title case, or set in bold, with at most a remark behind it."""
    text = draft.text
    stop = text.find("\n", block.span.start, block.span.end)
    lead = NUMBERING.match(text, block.span.start, block.span.end)
    line = Span(lead.end() if lead else block.span.start, block.span.end if stop < 0 else stop)
    label = LABEL.match(text, line.start, line.end)
    line = Span(label.end(), line.end) if label else line
    if not 3 <= line.end - line.start <= _LONGEST_TITLE_LINE:
        return None
    marked = first_marked(draft, line)
    if marked is not None and marked.start <= line.start + 2 and line.end - marked.end <= 60:
        line = marked
    name = trim(text, cut_byline(text, line))
    words = name.of(text)
    bare = words.rstrip("?!")
    if not 1 <= len(words.split()) <= 25 or re.search(r"[.!?] |[.,;:]$", f"{bare} "[:-1]) or not words[:1].isalnum():
        return None
    if RUN_IN.fullmatch(words):
        return None
    return name if titles.is_title_case(words) or line == marked else None


def _only_leads(words: str, known: Mapping[str, set[Kind]]) -> bool:
    """Whether a block holds nothing but words that lead to a paper, and its authors or where they are: "Ana Ruiz et al. |
    arXiv: https://...", "EPFL and Mila [3]"."""
    if len(words) > 600:
        return False
    fields = re.split(r"\s[|·•]\s", _NUMBER_LAST.sub("", words))
    told = (f for f in fields if not (is_byline(f, below_title=True) or _lists_houses(f, known)))
    return all(_LEADS.fullmatch(w) or not _WORD.search(w) for f in told for w in _SPLIT.split(f))


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
