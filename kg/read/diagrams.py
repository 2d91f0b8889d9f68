"""Tells ASCII art (boxes, arrows, columns) from prose. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.read.lines import Line, ends_sentence, is_rule

_BOX = re.compile(r"[─━│┃┄┈┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬▲▼◄►◀▶╭╮╯╰]")
_ASCII = re.compile(r"[+|][-=]{2,}|[-=]{2,}[+|>]|<[-=]{2,}|-{4,}|={4,}|\|\s*[vV^]\s*\||^\s*[|vV^]\s*$|(?:^|\s)\|(?:\s|$)")
_COLUMNS = re.compile(r"\S {3,}\S")
_BEFORE = 3  # lines of words that may stand above the first drawn line
_AFTER = 24  # and below the last
_LONGEST = 110


def is_drawn(words: str) -> bool:
    """Whether a line has drawing characters: box characters, arrows alone, rules, columns set with spaces."""
    if len(words) > 200 or ends_sentence(words):
        return False
    drawn = len(_BOX.findall(words))
    if drawn >= 3 or (drawn and len(words) <= 90):
        return True
    if len(words) <= _LONGEST and _ASCII.search(words) and not words.startswith(("http", "- ", "* ")):
        return sum(c in "+-=|<>^vV/\\ " for c in words) * 2 >= len(words) or words.count("|") >= 2
    return len(words) <= _LONGEST and bool(_COLUMNS.search(words))


def _is_caption(words: str) -> bool:
    """A line of words that can belong to a drawing: short and no sentence."""
    return 0 < len(words) <= _LONGEST and not (ends_sentence(words) and len(words.split()) >= 6)


def find_drawings(lines: Sequence[Line], barrier: Callable[[int], bool]) -> list[tuple[int, int]]:
    """The runs of lines ``[first, last]`` that are drawings. ``barrier(i)`` says that line i can never be part of one."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if not is_drawn(lines[i].words) or barrier(i):
            i += 1
            continue
        floor = found[-1][1] + 1 if found else 0
        first, last = _above(lines, i, floor, barrier), _below(lines, i, barrier)
        if _is_drawing(lines, first, last):
            found.append((first, last))
        i = last + 1
    return found


def _above(lines: Sequence[Line], i: int, floor: int, barrier: Callable[[int], bool]) -> int:
    first = i
    while first > floor and i - first < _BEFORE and not barrier(first - 1) and _is_caption(lines[first - 1].words):
        first -= 1
    return first


def _below(lines: Sequence[Line], i: int, barrier: Callable[[int], bool]) -> int:
    last = j = i
    while j + 1 < len(lines) and j - last < _AFTER and not barrier(j + 1):
        j += 1
        words = lines[j].words
        if is_drawn(words):
            last = j
        elif words and not _is_caption(words):
            break
    # words below the last drawn line still belong to it as long as no blank line comes between
    end = last
    while end + 1 < len(lines) and end - last < _AFTER and not barrier(end + 1) and _is_caption(lines[end + 1].words):
        end += 1
    return end


def _is_drawing(lines: Sequence[Line], first: int, last: int) -> bool:
    drawn = sum(is_drawn(line.words) for line in lines[first : last + 1])
    boxes = sum(bool(_BOX.search(line.words)) for line in lines[first : last + 1])
    ruled = all(is_rule(line.words) for line in lines[first : last + 1] if is_drawn(line.words))
    return (boxes >= 1 and last > first) or (drawn >= 2 and not ruled)
