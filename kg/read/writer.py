"""Builds the text of a document whose source is not plain text, and the pieces in it, in one pass."""

from __future__ import annotations

import re

from kg.model import BlockKind, Link, Span
from kg.read.items import match_entry
from kg.read.lines import ends_sentence, is_furniture, is_meta, trim, trim_trailer
from kg.read.outline import Piece

_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f]+")
#: Depth of a paragraph that is only bold words: below every marked heading.
BOLD_DEPTH = 7
_LONGEST_HEADING = 140
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x2060, 0xFEFF, 0xAD, 0])


class Writer:
    """Text goes in by ``say``; ``close`` makes the words said since the last close a piece.

    White space is folded: one space between words, a line break where ``break_line`` was called, an empty line between pieces.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._start = 0  # of the open piece
        self._gap = False  # a space is due before the next word
        self._strong = Span(0, 0)  # the last words that were set in bold
        self.pieces: list[Piece] = []
        self.links: list[Link] = []
        self.emphasis: list[Span] = []

    @property
    def at(self) -> int:
        """Where the next words will start, a due space aside."""
        return self._length

    @property
    def is_open(self) -> bool:
        return self._length > self._start

    def say(self, words: str) -> None:
        """Adds running text."""
        words = _SPACE.sub(" ", words.translate(_INVISIBLE).replace("\n", " "))
        if not words.strip():
            self._gap = self._gap or bool(words)
            return
        lead = words[0] == " " or self._gap
        if lead and self.is_open and not self._ends_line():
            self._put(" ")
        self._gap = words[-1] == " "
        self._put(words.strip())

    def break_line(self) -> None:
        """Ends the line, not the piece."""
        self._gap = False
        if self.is_open and not self._ends_line():
            self._put("\n")

    def say_raw(self, words: str) -> None:
        """Adds text whose white space counts (code, drawings)."""
        self._put(words.translate(_INVISIBLE).replace("\r\n", "\n"))

    def close(self, kind: BlockKind, depth: int = 0, label: str = "") -> None:
        """Makes the open words a piece of ``kind``, or what its words show it to be: metadata, navigation, a tagged entry."""
        span = self._end()
        if span is None:
            return
        text = self.words(span)
        if kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} and (is_meta(text) or is_furniture(text)):
            self.pieces.append(Piece(span, BlockKind.META if is_meta(text) else BlockKind.FURNITURE))
            return
        if kind is BlockKind.PARAGRAPH and span == self._strong and len(text) <= _LONGEST_HEADING and not ends_sentence(text):
            self.pieces.append(Piece(span, BlockKind.HEADING, BOLD_DEPTH))
            return
        tag = ""
        entry = match_entry(text, 0) if kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} else None
        if entry and entry.strong:
            span, kind, label, tag = Span(span.start + entry.start, span.end), BlockKind.ITEM, entry.label, entry.tag
        if kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            inner = trim_trailer(self.words(span), Span(0, span.end - span.start))
            span = Span(span.start + inner.start, span.start + inner.end)
        self.pieces.append(Piece(span, kind, depth, label=label, tag=tag))

    def close_row(self, cells: list[Span], header: bool, table: int) -> None:
        """Makes the open words a table row."""
        span = self._end()
        if span is not None and cells:
            cells = [c if c.end > c.start else Span(min(c.start, span.end), min(c.start, span.end)) for c in cells]
            label = self.words(cells[0])
            label = re.sub(r"[.)]$", "", label.split(" ", 1)[0])
            shown = label if label.isdigit() and len(label) <= 3 else ""
            self.pieces.append(Piece(span, BlockKind.ROW, label=shown, cells=tuple(cells), header=header, table=table))

    def link(self, start: int, url: str) -> None:
        """A link on the words said since ``start``."""
        self.links.append(Link(self.since(start), url))

    def emphasize(self, start: int, *, strong: bool = False) -> None:
        """Emphasis on the words said since ``start``."""
        span = self.since(start)
        if span.end > span.start:
            self.emphasis.append(span)
            self._strong = span if strong else self._strong

    def since(self, start: int) -> Span:
        """The words said since ``start``, without white space at the ends."""
        words = self.words(Span(start, self._length))
        inner = trim(words, 0, len(words))
        return Span(start + inner.start, start + inner.end)

    def words(self, span: Span) -> str:
        """The characters of ``span``, which must lie near the end."""
        tail: list[str] = []
        at = self._length
        for part in reversed(self._parts):
            tail.append(part)
            at -= len(part)
            if at <= span.start:
                break
        text = "".join(reversed(tail))
        return text[span.start - at : span.end - at]

    def text(self) -> str:
        """All that was said."""
        return "".join(self._parts)

    def _end(self) -> Span | None:
        self._gap = False
        span = self.since(self._start) if self.is_open else None
        if span is not None and span.end > span.start:
            self._put("\n\n")
        else:
            span = None
        self._start = self._length
        return span

    def _ends_line(self) -> bool:
        return bool(self._parts) and self._parts[-1].endswith("\n")

    def _put(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self._length += len(words)
