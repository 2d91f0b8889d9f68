"""The blocks of a Markdown text, line by line (the constructs of CommonMark and GitHub tables that digests use). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import BlockKind, Span
from kg.read.diagrams import is_drawn
from kg.read.frontmatter import read_front_matter
from kg.read.inline import is_definition, plain_words
from kg.read.items import match_entry
from kg.read.lines import Line, ends_sentence, is_furniture, is_meta, split_lines, trim, trim_trailer
from kg.read.outline import Piece
from kg.read.roles import role_of_heading

_ATX = re.compile(r"(#{1,6})(?:[ \t]{1,20}|$)")
_ATX_END = re.compile(r"[ \t]{1,20}#{1,20}$")
_SETEXT = re.compile(r"={3,}|-{3,}")
_RULE = re.compile(r"(?:[-*_] ?){3,}")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([\w+-]*)")
_QUOTE = re.compile(r"(?:> ?)+")
_BULLET = re.compile(r"([-*+•●]|(\d{1,3})[.)])[ \t]{1,8}(?=\S)")
_TASK = re.compile(r"\[[ xX]\] ")
_TAGS = re.compile(r"(?:</?[a-zA-Z][^<>]{0,300}>\s{0,4})+|<!--.*?-->")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{2,140})\1:?")
_URL_LINE = re.compile(r"<?https?://\S{3,2000}>?")
_ROW_LABEL = re.compile(r"(?:[*_`]{0,3})(\d{1,3})[.)](?:[*_`]{0,3})\s")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,400}\]\([^()\n]{0,2000}\)")
_TRAILING_LINK = re.compile(
    r"(?<=[.!?)\]\"”’…*])\s{1,4}(?:[\[(→]{0,2}\s?\[(?:link|paper|pdf|arxiv|source|code|tweet|summary|"
    r"read (?:more|on)|continue reading)"
    r"\s?[→»…]?\]\([^()\s]{1,1500}\)[\])]?[\s|,·]{0,4}){1,4}$",
    re.I,
)
_WIDE = 130
#: Depth of a line that is only bold words: below every marked heading.
BOLD_DEPTH = 7
#: Depth of an unmarked line that is a heading by its words.
WORD_DEPTH = 8


@dataclass(slots=True)
class _State:
    text: str
    lines: list[Line]
    pieces: list[Piece] = field(default_factory=list)
    at: int = 0
    tables: int = 0
    open: list[Line] = field(default_factory=list)  # lines of the paragraph or item being read
    start: int = 0  # where its words start
    item: bool = False
    label: str = ""
    tag: str = ""

    def flush(self) -> None:
        """Closes the open paragraph or item."""
        if self.open:
            self.pieces.append(_paragraph(self))
            self.open = []
        self.item, self.label, self.tag = False, "", ""


def parse_blocks(text: str) -> list[Piece]:
    """The pieces of ``text`` in order. Depths of headings are those of the markup, bold lines have ``BOLD_DEPTH``."""
    state = _State(text, split_lines(text))
    front = read_front_matter(text).end
    comments = _comments(text)
    while state.at < len(state.lines):
        line = state.lines[state.at]
        while comments and comments[0][1] <= line.start:
            comments.pop(0)
        hidden = bool(comments) and comments[0][0] <= line.start and line.end <= comments[0][1]
        if line.end < front or hidden:
            state.at += 1
        elif not line.words:
            state.flush()
            state.at += 1
        else:
            _line(state, line)
    state.flush()
    return state.pieces


def _comments(text: str) -> list[tuple[int, int]]:
    found = []
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            break
        found.append((at, end + 3))
        at = text.find("<!--", end)
    return found


def _line(state: _State, line: Line) -> None:
    """Reads the construct that starts at ``line``; the first reader that knows it moves ``state.at`` on."""
    for reader in (_fence, _table, _heading, _rule, _bullet, _entry, _lone):
        if reader(state, line):
            return
    if state.open and not _goes_on(state.open[-1], line):
        state.flush()
    if not state.open:
        quote = _QUOTE.match(line.words)
        state.start = line.start + (quote.end() if quote else 0)
    state.open.append(line)
    state.at += 1


def _goes_on(before: Line, line: Line) -> bool:
    """Lines of one paragraph; but long lines that end like sentences are paragraphs each, as scrapers leave them."""
    return len(before.words) <= _WIDE or not ends_sentence(before.words)


def _fence(state: _State, line: Line) -> bool:
    m = _FENCE.match(line.words)
    if not m:
        return False
    state.flush()
    first = last = state.at + 1
    while last < len(state.lines) and not (
        state.lines[last].words.startswith(m[1]) and not state.lines[last].words.strip(m[1][0])
    ):
        last += 1
    inner = [k for k in state.lines[first:last] if k.words]
    if inner:
        drawn = m[2].lower() in {"", "text", "txt", "ascii", "diagram", "plain"} and sum(is_drawn(k.words) for k in inner) >= 2
        kind = BlockKind.DIAGRAM if drawn else BlockKind.CODE
        state.pieces.append(Piece(Span(inner[0].start, inner[-1].end), kind))
    state.at = last + 1
    return True


def _table(state: _State, line: Line) -> bool:
    """A table: rows of pipes, the one above the line of hyphens being its header."""
    after = state.lines[state.at + 1].words if state.at + 1 < len(state.lines) else ""
    if "|" not in line.words or not (_is_delimiter(after) or (line.words[0] == "|" and line.words.count("|") >= 3)):
        return False
    state.flush()
    header = _is_delimiter(after)
    while state.at < len(state.lines) and "|" in state.lines[state.at].words:
        row = state.lines[state.at]
        if not _is_delimiter(row.words):
            state.pieces += _row(state, row, header)
            header = False
        state.at += 1
    state.tables += 1
    return True


def _is_delimiter(words: str) -> bool:
    return "|" in words and "-" in words and not words.strip("|:- \t")


def _row(state: _State, line: Line, header: bool) -> list[Piece]:
    cells = _cells(state.text, line)
    filled = [c for c in cells if c.end > c.start]
    if not filled:
        return []
    span = Span(filled[0].start, filled[-1].end)
    # an empty cell keeps its place in the row, as an empty span inside it
    cells = [c if c.end > c.start else Span(*[min(max(c.start, span.start), span.end)] * 2) for c in cells]
    m = _ROW_LABEL.match(state.text, cells[0].start, cells[0].end)
    lone = cells[0].of(state.text)
    label = m[1] if m else lone if lone.isdigit() and len(lone) <= 3 else ""
    return [Piece(span, BlockKind.ROW, label=label, cells=tuple(cells), header=header, table=state.tables)]


def _cells(text: str, line: Line) -> list[Span]:
    start, end = line.start, line.end
    cuts = [m.start() for m in re.finditer(r"(?<!\\)\|", text[start:end])]
    inner = [start + c for c in cuts]
    edges = (
        ([start - 1] if not inner or inner[0] != start else []) + inner + ([end] if not inner or inner[-1] != end - 1 else [])
    )
    return [trim(text, a + 1, b) for a, b in pairwise(edges) if b > a]


def _heading(state: _State, line: Line) -> bool:
    m = _ATX.match(line.words) if line.indent < 4 else None
    if m:
        state.flush()
        end = _ATX_END.search(line.words)
        span = Span(line.start + m.end(), max(line.start + m.end(), line.start + end.start() if end else line.end))
        state.pieces.append(Piece(_unmark(state.text, span), BlockKind.HEADING, len(m[1])))
        state.at += 1
        return True
    after = state.lines[state.at + 1].words if state.at + 1 < len(state.lines) else ""
    if not state.open and _SETEXT.fullmatch(after) and len(line.words) <= 200 and not _BULLET.match(line.words):
        state.pieces.append(Piece(_unmark(state.text, line.span), BlockKind.HEADING, 1 if after[0] == "=" else 2))
        state.at += 2
        return True
    bold = _BOLD_LINE.fullmatch(line.words)
    if bold and not state.open and not ends_sentence(bold[2]):
        state.flush()
        state.pieces.append(Piece(_unmark(state.text, line.span), BlockKind.HEADING, BOLD_DEPTH))
        state.at += 1
        return True
    return False


def _unmark(text: str, span: Span) -> Span:
    """A heading's words without marks of emphasis at their ends and without the link around them."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in "*_: \t":
        end -= 1
    while start < end and text[start] in "*_ \t":
        start += 1
    m = re.compile(r"\[([^\[\]\n]{1,400})\]\([^()\s]{1,2000}\)").fullmatch(text, start, end)
    return _unmark(text, Span(m.start(1), m.end(1))) if m else Span(start, end)


def _rule(state: _State, line: Line) -> bool:
    if not (
        _RULE.fullmatch(line.words) or _TAGS.fullmatch(line.words) or _IMAGE.fullmatch(line.words) or is_definition(line.words)
    ):
        return False
    state.flush()
    state.at += 1
    return True


def _bullet(state: _State, line: Line) -> bool:
    quote = _QUOTE.match(line.words)
    skip = quote.end() if quote else 0
    m = _BULLET.match(line.words, skip)
    if not m or (m[2] and state.open and not state.item and int(m[2]) != 1):
        return False
    state.flush()
    task = _TASK.match(line.words, m.end())
    start = line.start + (task.end() if task else m.end())
    entry = match_entry(state.text, line.start + skip) if m[2] else match_entry(state.text, start)
    if entry and (entry.tag or not m[2]) and entry.strong:
        state.label, state.tag, start = entry.label, entry.tag, entry.start
    else:
        state.label = m[2] or ""
    state.item, state.start = True, min(start, line.end)
    state.open.append(line)
    state.at += 1
    return True


def _entry(state: _State, line: Line) -> bool:
    """A tagged entry that is set as a paragraph: "**02** [Training] ..."."""
    entry = match_entry(state.text, line.start) if line.words[0] in "0123456789*_" else None
    if not entry or not entry.strong or entry.start >= line.end:
        return False
    state.flush()
    state.item, state.label, state.tag, state.start = True, entry.label, entry.tag, entry.start
    state.open.append(line)
    state.at += 1
    return True


def _lone(state: _State, line: Line) -> bool:
    """Lines that are a block of their own whatever stands around them: metadata, navigation, a bare address."""
    words = plain_words(line.words)
    if _URL_LINE.fullmatch(line.words) or (words and is_meta(words)):
        kind = BlockKind.META
    elif not state.open and (not words or is_furniture(words)):
        kind = BlockKind.FURNITURE
    else:
        return False
    state.flush()
    state.pieces.append(Piece(line.span, kind))
    state.at += 1
    return True


def _trim_links(text: str, span: Span) -> Span:
    """The span without a link such as ``[link](...)`` or ``[Read more](...)`` after its last sentence."""
    tail_start = max(span.start, span.end - 2200)
    m = _TRAILING_LINK.search(text, tail_start, span.end)
    return trim(text, span.start, m.start()) if m and m.start() > span.start else span


def _paragraph(state: _State) -> Piece:
    lines, text = state.open, state.text
    span = _trim_links(text, trim_trailer(text, Span(min(state.start, lines[-1].end), lines[-1].end)))
    if state.item:
        return Piece(span, BlockKind.ITEM, label=state.label, tag=state.tag)
    drawn = sum(is_drawn(k.words) for k in lines)
    if drawn >= 2 and drawn * 2 >= len(lines):
        return Piece(Span(lines[0].start, lines[-1].end), BlockKind.DIAGRAM)
    words = plain_words(span.of(text)) if len(lines) == 1 else ""
    if words and len(words) <= 60 and role_of_heading(words) is not None and not ends_sentence(words):
        return Piece(span, BlockKind.HEADING, WORD_DEPTH)
    return Piece(span, BlockKind.PARAGRAPH)
