"""From headings to sections with roles. Sections are flat: each runs from its heading to the next one that opens a section.

A section's role comes from its heading's words (``roles``), else from the section that it stands under, else from its form.
Level 2 means that the section is about one paper: a deep dive, or an entry with a heading of its own. Headings inside such
a section open no other; they stay blocks of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Block, BlockKind, Role, Section, Span
from kg.read.roles import dive_title_at, role_of_heading

#: Roles whose subsections have the same role.
_INHERITED = frozenset({Role.TLDR, Role.OVERVIEW, Role.PULSE, Role.THREADS, Role.PREDICTIONS, Role.FURNITURE, Role.ABSTRACT})
#: Roles whose subsections are about one paper each.
_OF_PAPERS = frozenset({Role.DEEP_DIVE, Role.ENTRIES, Role.QUICK_HITS})
_NO_TEXT = frozenset({BlockKind.HEADING, BlockKind.FURNITURE, BlockKind.META})
_PAPER_LINK = re.compile(
    r"arxiv\.org/|arXiv[: ]\d{4}\.\d{4,5}|[→⟶|·(] ?\d{4}\.\d{5}(?!\d)|, \d{4}\.\d{5}[,:;)]|"
    r"^[*_\[(]{0,3}\d{4}\.\d{5}[)\]*_]{0,3} ?[|·:–—] |"
    r"openreview\.net/|aclanthology\.org/|doi\.org/|\bTier ?: ?\d",
    re.I | re.M,
)
_HORIZON = re.compile(
    r"\b\d{1,3}[ -](?:days?|weeks?|months?)\b|\bby (?:Q[1-4]|20\d\d|the end of|end of)\b|\bfalsifiable\b", re.I
)
_FALSIFIABLE = re.compile(r"\bfalsifi(?:able|ed if|er)\b", re.I)
#: "A thing comes true, within 90 days.", "Label (by mid-2027): ...", "X does Y, 120 days."
_WHEN = (
    r"(?:\d{1,3}[ -](?:days?|weeks?|months?|years?)|(?:by|before|until|in) (?:the )?(?:end of |late |early |mid-?)?"
    r"(?:Q[1-4]\b.{0,5}|20\d\d\b\S{0,6}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b.{0,9}))"
)
#: A day, month, quarter, season or year: "31 December 2026", "Q3 2027", "end of 2027".
_DATE = (
    r"(?:(?:the )?(?:end of |late |early |mid-? ?|spring |summer |autumn |fall |winter )?(?:the )?"
    r"(?:20\d\d(?:-\d\d){0,2}|[QH][1-4]|year[ -]end|(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
    r"\.?(?: \d{1,2},?)?)(?: 20\d\d)?)"
)
#: "By March 2027: ...", "Before the end of Q2 2027, ...", "Within six months, ..."
_DATED_LEAD = re.compile(
    rf"[\s*_]*(?:(?:by|before|until|no later than) {_DATE}|(?=\S{{0,20}} ?\S{{0,6}}\d){_DATE}|"
    r"(?:with)?in (?:the next )?[\w-]{1,11} (?:days|weeks|months|years?)|"
    rf"[^.!?:\n(]{{0,24}}\((?:\d{{1,3}} ?%[,;] )?(?:by|before|until) {_DATE}(?:[,;] \d{{1,3}} ?%)?\))[*_]{{0,3}}\s?[:,.—–-]",
    re.I,
)
#: The same with no mark behind it: "by 31 March 2027 somebody ...", "within 90 days one of ..."
_DATED_START = re.compile(
    rf"[\s*_]*(?:(?:by|before|until|no later than) {_DATE}|within (?:the next )?[\w-]{{1,11}} (?:days|weeks|months|years?)) \w",
    re.I,
)
#: "[60%] A thing comes true by March 2027.", "70%: it does before the end of the year"
_ODDS_LEAD = re.compile(
    rf"[\s*_\[(]{{0,4}}(?:p ?= ?0?\.)?\d{{1,3}} ?%?[*_\])]{{0,4}}\s?[:,—–|-]?\s[^.!?\n]{{8,240}}?\b(?:by|before|until|in) "
    rf"{_DATE}",
    re.I,
)
#: "A thing comes true (by March 2027)."
_DATED_TAIL = re.compile(
    rf"[^.!?\n]{{8,200}}\((?:by|before|until|within) (?:{_DATE}|[\w-]{{1,11}} (?:days|weeks|months))\)\W{{0,4}}", re.I
)
_AHEAD = re.compile(
    r"\b(?:bets?|wagers?|predict\w*|forecasts?|we expect|expectations?|money|will (?:happen|be|come)|"
    r"changes? (?:my|our) minds?|guess(?:es)?|looking ahead|next (?:year|months))\b",
    re.I,
)
_BY_DATE = re.compile(
    rf"\b(?:by|before|until|within) (?:{_DATE}|(?:\d{{1,3}}|six|three|nine|twelve) (?:days|weeks|months))", re.I
)
_SIGN_OFF = 3  # words that close a letter: "Stay well,", a name
_DEADLINES = re.compile(
    r"by(?: when)?|when|due(?: (?:date|by))?|deadline|until|horizon|resolves?(?: (?:by|on))?|resolution(?: date)?"
    r"|check(?:ed)? (?:by|on)"
    r"|expir(?:es|y)|target(?: date)?",
    re.IGNORECASE,
)
_DAY = re.compile(rf"{_WHEN}|{_DATE}", re.IGNORECASE)
_DATED_HEAD = re.compile(
    rf"[^.!?\n]{{8,200}}[*_]{{0,3}}[,:;(—–|-]\s?\(?(?:within |in |horizon:? )?{_WHEN}(?: of this issue| from now)?"
    r"[)\s*_]{0,4}(?:[.:;—–|-]|$)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that may open a section. ``depth`` counts from 1, as in markup."""

    block: int
    span: Span
    depth: int
    words: str
    role: Role | None = None
    label: str = ""  # its number


@dataclass(slots=True)
class _Open:
    start: int
    depth: int
    heading: Heading | None
    role: Role | None = None  # None: not known yet
    level: int = 1
    paper: bool = False
    container: bool = False
    title_at: int = 0
    blocks: list[int] = field(default_factory=list)

    @property
    def shown(self) -> Span | None:
        return Span(self.heading.span.start + self.title_at, self.heading.span.end) if self.heading else None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the reader of a format knows of its sections.

    ``papers`` are the places of links to papers, in order; ``default`` the role of sections that neither words nor form tell;
    ``entry_depth`` the depth of headings that are titles of papers.
    """

    papers: Sequence[int] = ()
    default: Role | None = None
    entry_depth: int | None = None

    def names_paper(self, text: str, start: int, end: int) -> bool:
        """Whether a link to a paper or its id stands in ``text[start:end]``."""
        at = bisect_left(self.papers, start)
        return (at < len(self.papers) and self.papers[at] < end) or bool(_PAPER_LINK.search(text, start, end))


def find_sections(
    text: str, blocks: Sequence[Block], headings: Sequence[Heading], hints: Hints
) -> tuple[tuple[Section, ...], list[int], dict[int, Span]]:
    """The sections, the section of each block, and new spans for headings that lead with words such as "Deep dive:"."""
    at = {h.block: h for h in headings}
    dives = _paper_headings(text, headings, hints)
    sections = [_Open(0, 0, None)]
    stack: list[_Open] = []
    for i in range(len(blocks)):
        heading = at.get(i)
        if heading is not None:
            opened = _open(heading, stack, heading.block in dives)
            if opened is not None:
                sections.append(opened)
        sections[-1].blocks.append(i)
    if not sections[0].blocks and len(sections) > 1:
        sections.pop(0)
    sections[0].start = 0
    _split_opening(text, blocks, sections, hints)
    _role_by_form(text, blocks, sections, hints)
    return _freeze(text, blocks, sections)


def _open(heading: Heading, stack: list[_Open], titled: bool) -> _Open | None:
    """The section that ``heading`` opens, or None where it stays inside the one it stands in. Keeps ``stack`` current.
    ``titled``: by its place the heading is a paper's title."""
    role = heading.role or role_of_heading(heading.words)
    while stack and stack[-1].depth >= heading.depth:
        stack.pop()
    if role is None and any(s.paper for s in stack):
        return None
    if role in {Role.OVERVIEW, Role.TLDR, Role.ABSTRACT, Role.ENTRIES} and any(s.paper for s in stack):
        return None  # "Introduction", "Summary", "Papers" inside a paper's own section
    new = _Open(heading.span.start, heading.depth, heading, role)
    parent = stack[-1] if stack else None
    prefix = dive_title_at(heading.words)
    if prefix and role is None:
        new.role, new.level, new.paper, new.title_at = Role.DEEP_DIVE, 2, True, prefix
    elif role is None and parent is not None and parent.role in _OF_PAPERS:
        parent.container = True
        new.role, new.level, new.paper = parent.role, 2, True
    elif role is None and parent is not None and parent.role in _INHERITED:
        new.role, new.level = parent.role, 2
    elif role is None and titled:
        new.role, new.level, new.paper = Role.ENTRIES, 2, True
    stack.append(new)
    return new


def _paper_headings(text: str, headings: Sequence[Heading], hints: Hints) -> set[int]:
    """The blocks of those headings that by their depth are titles of papers. Where these are numbered, one without a number
    that is no link to a paper itself is none: "1. Thimble", "2. Dustpan", "Corrections"."""
    depth = hints.entry_depth or _entry_depth(text, headings, hints)
    numbered = sum(bool(h.label) for h in headings if h.depth == depth) >= 2
    return {
        h.block
        for h in headings
        if h.depth == depth and (not numbered or h.label or hints.names_paper(text, h.span.start, h.span.end))
    }


def _entry_depth(text: str, headings: Sequence[Heading], hints: Hints) -> int | None:
    """The depth at which headings are paper titles: at least two siblings, most of them soon followed by a link to a paper
    or by its metadata (a third of them will do where they are numbered from one), none of them known words."""
    seen: dict[int, list[bool]] = {}
    numbers: dict[int, list[str]] = {}
    ends = [h.span.start for h in headings[1:]] + [len(text)]
    for h, end in zip(headings, ends, strict=False):
        stop = min(end, h.span.end + 400)
        if role_of_heading(h.words) is None:
            numbers.setdefault(h.depth, []).append(h.label)
            seen.setdefault(h.depth, []).append(hints.names_paper(text, h.span.start, stop))
    for depth in sorted(seen):
        count, linked = len(seen[depth]), sum(seen[depth])
        listed = numbers[depth] == [str(n) for n in range(1, count + 1)]
        if count >= 2 and linked * 3 >= count * (1 if listed else 2):
            return depth
    return None


def _split_opening(text: str, blocks: Sequence[Block], sections: list[_Open], hints: Hints) -> None:
    """Where entries follow a title and its line of themes without a heading of their own, they are a section of their own."""
    for number, section in enumerate(sections[:2]):
        if section.role is not None or section.heading is None or section.heading.depth > 1:
            continue
        own = [i for i in section.blocks if blocks[i].kind not in _NO_TEXT]
        if len(own) < 3 or not is_theme_line(blocks[own[0]].span.of(text)):
            continue
        if blocks[own[0]].kind is BlockKind.PARAGRAPH and _is_entries(text, [blocks[i] for i in own[1:]], hints):
            cut = section.blocks.index(own[1])
            rest = _Open(blocks[own[1]].span.start, section.depth + 1, None, Role.ENTRIES, blocks=section.blocks[cut:])
            del section.blocks[cut:]
            section.role = Role.THREADS
            sections.insert(number + 1, rest)
        return


def _role_by_form(text: str, blocks: Sequence[Block], sections: list[_Open], hints: Hints) -> None:
    for number, section in enumerate(sections):
        own = [blocks[i] for i in section.blocks if blocks[i].kind not in _NO_TEXT]
        if _is_untold(section) and (_lists_predictions(text, own) or _looks_ahead(text, section, own)):
            section.role, section.level = Role.PREDICTIONS, 1
        elif section.paper and any(b.tag for b in own if b.kind is BlockKind.ITEM):
            section.role, section.level = Role.ENTRIES, 1  # a topic, with its papers below
        elif section.container and section.role in _OF_PAPERS:
            section.role = Role.BODY if not _is_entries(text, own, hints) else section.role
        elif section.role is Role.QUICK_HITS and _is_predictions(text, own):
            section.role = Role.PREDICTIONS
        elif section.heading is None and len(sections) > 1 and all(b.kind is BlockKind.META for b in own):
            section.role = Role.FURNITURE
        elif section.role is None:
            opening = number == 0 or (section.heading is not None and section.heading.depth == 1)
            section.role = _form(text, own, hints, first=opening and len(sections) > number + 1)


def _is_untold(section: _Open) -> bool:
    """Whether a section stands under words that tell no role, and has none but by its place."""
    return (
        section.heading is not None and section.role in (None, Role.ENTRIES) and role_of_heading(section.heading.words) is None
    )


def _form(text: str, own: Sequence[Block], hints: Hints, *, first: bool) -> Role:
    if _is_entries(text, own, hints):
        return Role.ENTRIES
    if hints.default is not None:
        return hints.default
    if first:
        if len(own) == 1 and is_theme_line(own[0].span.of(text)):
            return Role.THREADS
        return Role.OVERVIEW
    return Role.BODY


def is_theme_line(words: str) -> bool:
    """Whether a subtitle lists themes: commas, no full stop, not long."""
    return len(words) <= 300 and words.count(",") >= 2 and words[-1] not in ".!?" and ". " not in words


def _is_entries(text: str, own: Sequence[Block], hints: Hints) -> bool:
    """Numbered or tagged items, or table rows with numbered or linked papers, are a list of papers."""
    items = [b for b in own if b.kind is BlockKind.ITEM]
    tagged = sum(bool(b.tag) for b in items)
    rows = [b for b in own if b.kind is BlockKind.ROW and not b.header]
    numbered = sum(bool(b.label) or hints.names_paper(text, b.span.start, b.span.end) for b in rows)
    linked = sum(hints.names_paper(text, b.span.start, b.span.end) for b in items)
    # "1. Title", then its text: a numbered list whose items are title and paragraph
    titled = sum(bool(b.label) and "\n" in b.span.of(text) for b in items)
    if titled >= 2 and titled * 5 >= len(own) * 4:
        return True
    return tagged >= 2 or (len(rows) >= 2 and numbered * 2 > len(rows)) or (len(items) >= 2 and linked * 3 >= len(items) * 2)


def _is_predictions(text: str, own: Sequence[Block]) -> bool:
    hits = sum(bool(_HORIZON.search(text, b.span.start, b.span.end)) for b in own)
    return bool(own) and hits * 2 > len(own)


def _lists_predictions(text: str, own: Sequence[Block]) -> bool:
    """Whether a section under words that tell nothing is a list of dated statements: most of its items say by when in their
    first sentence, apart from the rest of it, or how they would be proved wrong."""
    if _is_table_of_dates(text, own):
        return True
    items = [b for b in own if b.kind is BlockKind.ITEM and not b.tag]
    if not items:  # each line is one, where all but one at most begin with a day
        lines = [b for b in own if b.kind is BlockKind.PARAGRAPH]
        dated = sum(_is_dated_line(text, b) for b in lines)
        return (len(lines) >= 3 and dated >= len(lines) - 1) or dated == len(lines) == 2
    hits = sum(
        bool(_DATED_HEAD.match(text, b.span.start, b.span.end) or _FALSIFIABLE.search(text, b.span.start, b.span.end))
        or _is_dated_line(text, b)
        or bool(_DATED_START.match(text, b.span.start, b.span.end))
        for b in items
    )
    told = sum(b.kind is BlockKind.ITEM or len(b.span.of(text).split()) > _SIGN_OFF for b in own)
    return len(items) >= 2 and hits * 3 >= len(items) * 2 and len(items) * 2 >= told


def _is_dated_line(text: str, block: Block) -> bool:
    """Whether a line begins with a day, gives odds and has one at the end of its first sentence, or ends with one in
    parentheses."""
    start, end = block.span.start, block.span.end
    return any(p.match(text, start, end) for p in (_DATED_LEAD, _ODDS_LEAD)) or bool(_DATED_TAIL.fullmatch(text, start, end))


def _looks_ahead(text: str, section: _Open, own: Sequence[Block]) -> bool:
    """Whether a heading speaks of bets or of what will be, and most lines below it say by when."""
    if section.heading is None or not _AHEAD.search(section.heading.words):
        return False
    lines = [b for b in own if b.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH)]
    dated = sum(bool(_BY_DATE.search(text, b.span.start, b.span.end)) for b in lines)
    return len(lines) >= 2 and dated * 3 >= len(lines) * 2


def _is_table_of_dates(text: str, own: Sequence[Block]) -> bool:
    """Whether a section is a table with a column of deadlines, and most of its rows have a day, month or quarter there."""
    rows = [b for b in own if b.kind is BlockKind.ROW]
    header = next((b for b in rows if b.header), None)
    columns = [i for i, c in enumerate(header.cells) if _DEADLINES.fullmatch(c.of(text).strip(" *_`"))] if header else []
    if not columns or len(rows) * 3 < len(own) * 2 or len({b.table for b in rows}) > 1:
        return False
    told = [b for b in rows if not b.header and len(b.cells) > columns[0]]
    hits = sum(bool(_DAY.fullmatch(b.cells[columns[0]].of(text).strip(" *_`."))) for b in told)
    return len(told) >= 2 and hits * 3 >= len(told) * 2


def _freeze(
    text: str, blocks: Sequence[Block], sections: Sequence[_Open]
) -> tuple[tuple[Section, ...], list[int], dict[int, Span]]:
    ends = [s.start for s in sections[1:]] + [len(text)]
    frozen = tuple(
        Section(Span(s.start, end), s.role or Role.BODY, s.shown, s.level) for s, end in zip(sections, ends, strict=True)
    )
    owner = [0] * len(blocks)
    spans: dict[int, Span] = {}
    for number, section in enumerate(sections):
        for i in section.blocks:
            owner[i] = number
        if section.heading and section.title_at:
            spans[section.heading.block] = Span(section.heading.span.start + section.title_at, section.heading.span.end)
    return frozen, owner, spans
