"""Rows as a table that fits a terminal, or as Markdown. Text from documents is shown, never obeyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Control characters (ANSI escapes begin with one) and the marks that turn the direction of text around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_GAP = "  "


def clean_text(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey: controls are spelled out.

    >>> clean_text("a\\tb \\x1b[31mred")
    'a b \\\\x1b[31mred'
    """
    return escape_controls(re.sub(r"[ \t\r\n\f\v]+", " ", text).strip())


def escape_controls(text: str) -> str:
    """The text with its line ends and tabs, and nothing else in it that a terminal would obey."""
    return _UNSAFE.sub(lambda match: match[0] if match[0] in "\n\t" else _spell(match), text)


def _spell(match: re.Match[str]) -> str:
    return f"\\x{ord(match[0]):02x}" if ord(match[0]) < 256 else f"\\u{ord(match[0]):04x}"


def text_width(text: str) -> int:
    """How many columns of a terminal the text takes: two for wide East Asian characters and emoji, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def format_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None, limit: int | None = None
) -> str:
    """The rows under their column names, cells wrapped so that lines stay within ``width`` columns where that is possible.

    Columns in which every value is a number stand to the right. No ``width`` means lines as long as they need to be; with a
    ``limit``, cells are cut with … after so many lines.
    """
    if not rows:
        return "no rows\n"
    cells = [[clean_text(cell) for cell in row] for row in rows]
    widths = _fit_widths(columns, cells, width)
    right = [all(re.fullmatch(r"[-+]?[\d.]*", row[n]) for row in cells) for n in range(len(columns))]
    lines = [_GAP.join(_pad(name, w, r) for name, w, r in zip(columns, widths, right, strict=True)).rstrip()]
    lines.append(_GAP.join("─" * w for w in widths))
    for row in cells:
        wrapped = [wrap_text(cell, w, limit) for cell, w in zip(row, widths, strict=True)]
        for n in range(max(len(part) for part in wrapped)):
            parts = [part[n] if n < len(part) else "" for part in wrapped]
            lines.append(_GAP.join(_pad(p, w, r) for p, w, r in zip(parts, widths, right, strict=True)).rstrip())
    return "\n".join(lines) + "\n"


def format_markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows as a GitHub table; characters that mean something in Markdown or HTML are escaped."""
    head = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    body = ["| " + " | ".join(_escape_markdown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(head + body) + "\n"


def wrap_text(text: str, width: int, limit: int | None = None) -> list[str]:
    """The text in lines of at most ``width`` columns, broken at spaces where it has some; cut with … after ``limit`` lines."""
    lines, line = [], ""
    for word in text.split(" "):
        while text_width(word) > width:
            room = width - text_width(line) - (1 if line else 0)
            head, word = _cut(word, room if room > 3 else width)
            if room > 3:
                lines.append(f"{line} {head}".strip())
            else:
                lines += [line, head] if line else [head]
            line = ""
        joined = f"{line} {word}" if line else word
        if text_width(joined) <= width:
            line = joined
        else:
            lines.append(line)
            line = word
        if limit and len(lines) > limit:
            break
    lines.append(line)
    if limit and len(lines) > limit:
        lines = [*lines[: limit - 1], _cut(lines[limit - 1], width - 1)[0] + "…"]
    return lines


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut(text: str, width: int) -> tuple[str, str]:
    """The longest start of ``text`` that fits (at least one character), and the rest."""
    used = 0
    for n, char in enumerate(text):
        used += _char_width(char)
        if used > width and n:
            return text[:n], text[n:]
    return text, ""


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - text_width(text))
    return space + text if right else text + space


def _fit_widths(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """A width for each column: what it needs, the widest ones shrunk until all fit."""
    widths = [max(text_width(name), *(text_width(row[n]) for row in cells)) for n, name in enumerate(columns)]
    if width is None:
        return [max(w, 1) for w in widths]
    least = [min(w, max(8, text_width(name))) for w, name in zip(widths, columns, strict=True)]
    spare = width - len(_GAP) * (len(columns) - 1) - sum(widths)
    while spare < 0:
        n = max(range(len(widths)), key=lambda i: (widths[i] - least[i] > 0, widths[i]))
        if widths[n] <= least[n]:
            break
        others = [w for i, w in enumerate(widths) if i != n and w > least[i]]
        floor = max([least[n], *(w for w in others if w < widths[n])])
        step = max(1, min(-spare, widths[n] - floor))
        widths[n] -= step
        spare += step
    return [max(w, 1) for w in widths]


def _escape_markdown(cell: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]|~])", r"\\\1", clean_text(cell))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
