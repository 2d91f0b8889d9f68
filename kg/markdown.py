"""Sentences and names are kept as their document writes them; where people read them, marks of Markdown become style or are
left out. Only marks inside a line, by the part of CommonMark 0.31 that research digests use; words are never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Code, a link or picture, a bare link, strong, emphasis (twice), struck out. Each repeat is bounded: no text takes long.
#: The explorer's page has the same pattern (``kg/explore/web/src/markdown.ts``; a test compares them).
MARK = re.compile(
    r"`([^`]{1,300})`"
    r'|!?\[([^[\]]{1,300})\]\(((?=https?:|mailto:|www\.|[.\/#])(?:[^\s()]|\([^\s()]{0,100}\)){1,500})(?:\s"[^"]{0,200}")?\)'
    r"|<(https?:\/\/[^\s<>]{1,500})>"
    r"|(?<![A-Za-z0-9])\*{2,3}(?!\s)([^*]{1,300})\*{2,3}"
    r"|(?<![A-Za-z0-9*@\/])\*(?![\s*])([^*]{1,300})(?<!\s)\*(?![A-Za-z0-9*])"
    r"|(?<![A-Za-z0-9_\/])_(?![\s_])([^_]{1,300})(?<!\s)_(?![A-Za-z0-9_\/])"
    r"|~~([^~]{1,300})~~"
)
#: A half of a pair whose other half was cut off with the rest of a line.
STRAY = re.compile(r"(?<![A-Za-z0-9*])\*{2,3}(?![\s*])|(?<![\s*])\*{2,3}(?![A-Za-z0-9*])|`")
#: What makes a line a heading, a quotation or an item.
LEAD = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+])\s{1,4}(?=\S)")
#: Where none of these stands, there is no mark.
ANY = re.compile(r"[`*_~<\[]|^\s{0,3}[#>+-]")
_STYLES = ("code", "link", "", "link", "strong", "em", "em", "del")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style: ``""``, ``strong``, ``em``, ``code``, ``del`` or ``link`` with its target."""

    style: str
    text: str
    inside: tuple[Piece, ...] = ()
    target: str = ""


def read_marks(text: str) -> list[Piece]:
    """The pieces of a line of Markdown, in order; without marks it is one piece.

    >>> [(piece.style, piece.text) for piece in read_marks("**Ember** beats `A*` by 2**3")]
    [('strong', 'Ember'), ('', ' beats '), ('code', 'A*'), ('', ' by 2**3')]
    """
    return _read(LEAD.sub("", text), 1)


def drop_marks(text: str) -> str:
    """The words of a line of Markdown alone.

    >>> drop_marks("1) **[Ember](https://example.org)** - A* is _not_ needed")
    '1) Ember - A* is not needed'
    """
    return "".join(piece.text for piece in read_marks(text)) or text if ANY.search(text) else text


def _read(text: str, depth: int) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for match in MARK.finditer(text):
        pieces += _plain(text[end : match.start()])
        pieces.append(_piece(match, depth))
        end = match.end()
    return pieces + _plain(text[end:])


def _piece(match: re.Match[str], depth: int) -> Piece:
    group = next(n for n, found in enumerate(match.groups(), 1) if found is not None)
    style, text = _STYLES[group - 1], match[group]
    if style == "code" or depth >= _DEEPEST:
        return Piece(style, text, target=(match[3] or match[4] or ""))
    inside = _read(text, depth + 1) if match[4] is None else _plain(text)
    return Piece(style, "".join(piece.text for piece in inside), tuple(inside), match[3] or match[4] or "")


def _plain(text: str) -> list[Piece]:
    words = STRAY.sub("", text)
    return [Piece("", words)] if words else []
