"""Papers that a list names one by one: table rows, told by the table's header, and items that lead with a name in bold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.candidates import LABEL, RUN_IN, Candidate, first_marked, named_candidate, trim
from kg.extract.papers.reference_entries import BEFORE_ID
from kg.model import Block, BlockKind, Link, Role, Span

_DASH = re.compile(r"\s+[-–—]{1,2}\s+|\s*—\s*")
_SET_OFF = re.compile(r"[*_\]]*+(?:\([^()\s]*\))?+[*_]*\s*(?:[—–:]|--?(?=\s)|\(|(?:from|by) (?:the )?[A-Z])")
#: Headers of the column that names the paper; and of those that only a table of papers has beside it.
_TITLES = re.compile(r"(?:the )?(?:paper )?(?:titles?|papers?)(?: (?:title|name))?|preprints?|articles?", re.IGNORECASE)
_BESIDE = re.compile(
    r"authors?|affiliations?|institutions?|links?|urls?|arxiv|summar(?:y|ies)|venues?|tl;?dr|notes?|pdf|topics?|tags?", re.I
)
#: A labelled line below an entry: "Who: Some Lab".
_FIELD = re.compile(r"[*_]{0,3}[A-Z][\w'’-]{1,15}(?::[*_]{0,3}|[*_]{1,3}:)\s")
_PAPER_WORD = re.compile(r"\W*(?:paper|pdf|arxiv|preprint|read the paper|openreview|full paper)\W*", re.IGNORECASE)
_PAPER_HOME = re.compile(
    r"openreview\.net/|aclanthology\.org/|arxiv\.org/|doi\.org/|proceedings\.mlr\.press|papers\.nips\.cc|biorxiv\.org|"
    r"huggingface\.co/papers/|alphaxiv\.org|dl\.acm\.org|\.pdf$",
    re.IGNORECASE,
)
#: A cell with an id or a link to it and no more.
_BARE_ID = re.compile(
    r"\[?(?:arXiv\s?:?\s?)?(?:https?://\S{0,60}/)?" + refs.ARXIV_ID.pattern + r"(?:\]\([^()\s]{1,200}\))?", re.IGNORECASE
)
_LISTS = frozenset({Role.ENTRIES, Role.QUICK_HITS})


# ------------------------------------------------------------------------------------------------------------- tables


def read_columns(draft: Draft) -> dict[int, int]:
    """The column that names the papers, of each table whose header tells one and another that only such tables have."""
    found: dict[int, int] = {}
    for block in draft.document.blocks:
        if block.kind is BlockKind.ROW and block.header:
            words = [cell.of(draft.text).strip(" *_`") for cell in block.cells]
            named = [i for i, w in enumerate(words) if _TITLES.fullmatch(w)]
            if named and any(_BESIDE.fullmatch(w) for i, w in enumerate(words) if i != named[0]):
                found[block.table] = named[0]
    return _columns_by_links(draft) | found


def _columns_by_links(draft: Draft) -> dict[int, int]:
    """The first column of a table that has another in which most rows hold an arXiv id of their own and no more."""
    rows: Counter[int] = Counter()
    linked: Counter[tuple[int, int]] = Counter()
    seen: set[str] = set()
    for block in draft.document.blocks:
        if block.kind is BlockKind.ROW and not block.header:
            rows[block.table] += 1
            for column, cell in enumerate(block.cells[1:], 1):
                bare = _BARE_ID.fullmatch(cell.of(draft.text).strip())
                linked[block.table, column] += bare is not None and bare[1] not in seen
                seen.update([bare[1]] if bare else ())
    return {table: 0 for (table, _), count in linked.items() if count >= 2 and count * 3 >= rows[table] * 2}


def from_row(draft: Draft, block: Block, column: int | None = None) -> Iterator[Candidate]:
    """The cell of the column of titles; else a first cell that begins with a name in bold, a link or before a dash, in a row
    that is numbered or linked."""
    if not block.cells:
        return
    told = column is not None and column < len(block.cells)
    text, cell = draft.text, block.cells[column if told and column is not None else 0]
    name = first_marked(draft, cell)
    if name is None:
        dash = _DASH.search(text, cell.start, min(cell.end, cell.start + 200))
        name = Span(cell.start, dash.start()) if dash and block.label else None
    if name is not None and (told or draft.links_in(block.span) or block.label):
        candidate = named_candidate(draft, name, block.span, "paper.table-row")
    elif told and 0 < len(cell.of(text).split()) <= 25 and ". " not in cell.of(text):
        candidate = named_candidate(draft, cell, block.span, "paper.table-row", given=True)
    elif source := _named_source(draft, block):
        candidate = named_candidate(draft, source, block.span, "paper.table-row", given=True)
        candidate.arxiv_id = next(i for c in block.cells for i, _ in refs.arxiv_ids(text, c))
    else:
        return
    candidate.label = block.label
    yield candidate


def _named_source(draft: Draft, block: Block) -> Span | None:
    """What stands before the one arXiv id of a row, in a cell of its own: "LoomNet, arXiv:2605.01234, Some House"."""
    held = [(cell, place) for cell in block.cells for _, place in refs.arxiv_ids(draft.text, cell)]
    lead = BEFORE_ID.search(draft.text, held[0][0].start, held[0][1].start) if len(held) == 1 else None
    name = trim(draft.text, Span(held[0][0].start, lead.start())) if lead else None
    words = name.of(draft.text) if name else ""
    named = 1 <= len(words.split()) <= 25 and titles.is_title_case(words) and not re.search(r"\. |://", words)
    return name if named else None


# -------------------------------------------------------------------------------------------------------------- items


def sections_of_names(draft: Draft) -> set[int]:
    """The sections in which most items lead with a name in bold that a dash or a colon sets off; in a section that is not
    known to be one of papers, each of these must link to a paper."""
    items: Counter[int] = Counter()
    ends = next_starts(draft)
    named: Counter[int] = Counter()
    for block in draft.document.blocks:
        if block.kind is BlockKind.ITEM:
            items[block.section] += not _FIELD.match(draft.text, block.span.start, block.span.end)
            of_papers = draft.document.sections[block.section].role in _LISTS
            named[block.section] += _bold_name(draft, block) is not None and (
                of_papers or _paper_link(draft, block, ends[block.span.start]) is not None
            )
    return {section for section, count in named.items() if count >= 2 and count * 3 >= items[section] * 2}


def from_named_item(draft: Draft, block: Block, end: int, *, listed: bool) -> Iterator[Candidate]:
    """ "**Name** — what it does. [Paper](...)": an item with a name in bold, in a list of such or with a link to a paper
    before ``end``."""
    of_papers = draft.document.sections[block.section].role in _LISTS
    name = _bold_name(draft, block) if listed or of_papers else None
    if name is None:
        return
    paper = _paper_link(draft, block, end)
    if listed or paper is not None:
        candidate = named_candidate(draft, name, block.span, "paper.bold-item")
        candidate.url = paper.url if paper else candidate.url
        candidate.arxiv_id = candidate.arxiv_id or refs.arxiv_of_url(candidate.url)
        yield candidate


def next_starts(draft: Draft) -> dict[int, int]:
    """Where the next block starts, by the start of each: the links behind a block are no part of it, but stand before that."""
    starts = [b.span.start for b in draft.document.blocks]
    return dict(zip(starts, [*starts[1:], len(draft.text) + 1], strict=True))


def _paper_link(draft: Draft, block: Block, end: int) -> Link | None:
    """The link of an item that leads to a paper, by its words or its address."""
    links = draft.links_in(Span(block.span.start, end - 1))
    return next((k for k in links if _PAPER_WORD.fullmatch(k.span.of(draft.text)) or _PAPER_HOME.search(k.url)), None)


def _is_whole(draft: Draft, span: Span, marked: Span) -> bool:
    """Whether an item is nothing but words in bold, with the link to a paper right behind."""
    return span.end - marked.end <= 3 and any(refs.arxiv_of_url(k.url) for k in draft.links_in(Span(span.end, span.end + 3)))


def _bold_name(draft: Draft, block: Block) -> Span | None:
    """The name in bold that an item leads with, a label such as "Paper:" aside."""
    text, span = draft.text, block.span
    label = LABEL.match(text, span.start, span.end)
    start = label.end() if label else span.start
    marked = first_marked(draft, Span(start, span.end))
    if (
        marked is None
        or marked.start > start + 3
        or not (_SET_OFF.match(text, marked.end, span.end) or text[marked.end - 1] in ":." or _is_whole(draft, span, marked))
    ):
        return None
    name = trim(text, marked)
    words = name.of(text)
    if _PAPER_WORD.fullmatch(words):
        return None  # "[Read the paper](...) by Some House"
    if RUN_IN.fullmatch(words):
        return None
    if re.search(r": [a-z]", words) and text[marked.end - 1] == ".":
        return None  # "*Next week: what we left out.*"
    return name if 1 <= len(words.split()) <= 25 and words[:1].isalnum() and not words[:1].islower() else None
