"""Joins lines that a fixed width or a scraper broke, and finds the drawings among them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.read.diagrams import find_drawings, is_drawn
from kg.read.items import match_entry
from kg.read.lines import Line, ends_sentence, find_headings, has_sentences, is_furniture, is_meta, is_rule, split_lines
from kg.read.roles import role_of_heading

_MARK = re.compile(r"(?:[-*•‣◦▪▸●○·–—>]|o(?= {1,4}[A-Z\"“])|\(?\d{1,3}[.)]) ")
_NUMBER = re.compile(r"^\d{1,3}[.)] ")
#: What a paragraph begins with in a list whose paragraphs no blank line parts: a name with its preprint behind it.
_HEADED = re.compile(r"[A-Z0-9][^().\n]{1,90} \((?:arXiv ?:? ?)?\d{4}\.\d{5}(?!\d)", re.I)
#: How each of several forecasts begins: "By June 2027, ...", "Within six months ..."
_DATED = re.compile(r"(?:By|Before|Within|Until|No later than) [\w-]+ (?:\d|[a-z]+\b)")
#: The label of an item, "P-61", "F12": the letters are the same in the next one.
_LABEL = re.compile(r"([A-Z]{1,3}-?)\d{1,3}(?=[ .:)])")
#: A line that begins with an address, or with the number of one; a line of a mail's head.
_ADDRESSED = re.compile(r"(?:\[\d{1,3}\]:? {1,4})?<?https?:|(?:From|To|Cc|Subject|Date): \S")
_NARROW, _WIDE = 40, 130
_FULL = 0.7  # of its width a line may fall short of before the next word, which then is a new paragraph's


def join_lines(text: str) -> tuple[list[Line], set[int]]:
    """The logical lines of ``text`` (a paragraph that was broken at a width is one), and which of them are drawn."""
    raw = split_lines(text)
    heads = find_headings(raw)
    fixed = {j for i in heads for j in (i - 1, i, i + 1) if j in (i, i + 1) or is_rule(raw[j].words)}
    drawings = find_drawings(raw, lambda i: i in fixed or _is_barrier(raw[i]))
    inside = {i for first, last in drawings for i in range(first, last + 1)}
    wrapped = _is_wrapped(raw, inside | fixed)
    width = max((len(line.words) for line in raw), default=0) if wrapped else 0
    lines: list[Line] = []
    drawn: set[int] = set()
    parts: list[Line] = []
    for i, line in enumerate(raw):
        if parts and not {i - 1, i} & (inside | fixed) and _continues(parts, line, width):
            parts.append(line)
            continue
        _flush(parts, lines)
        parts = [line]
        if i in inside:
            drawn.add(len(lines))
    _flush(parts, lines)
    return lines, drawn


def _flush(parts: list[Line], lines: list[Line]) -> None:
    if len(parts) == 1:
        lines.append(parts[0])
    elif parts:
        words = " ".join(p.words for p in parts)
        lines.append(Line(parts[0].start, parts[-1].end, words, parts[0].indent, parts[0].raw_start))
    parts.clear()


def _is_barrier(line: Line) -> bool:
    words = line.words
    if is_drawn(words):
        return False
    return (
        is_meta(words)
        or words.startswith(("- ", "• ", "§", "http"))
        or (len(words) <= 80 and role_of_heading(words) is not None)
        or (has_sentences(_NUMBER.sub("", words)) and len(words.split()) >= 8)
        or bool(words[:1].isdigit() and (head := match_entry(words, 0)) and head.strong and head.tag)
    )


def _is_wrapped(lines: Sequence[Line], drawn: set[int]) -> bool:
    """Whether the text was set to a width: most lines that another one follows are neither short nor finished."""
    pairs = broken = 0
    for i, (line, after) in enumerate(pairwise(lines)):
        if len(line.words) > _WIDE:
            return False
        if not line.words or not after.words or _is_alone(after):
            continue
        if not _MARK.match(after.words) and i not in drawn and i + 1 not in drawn:
            pairs += 1
            broken += len(line.words) >= _NARROW and not ends_sentence(line.words)
    return pairs >= 4 and broken * 10 >= pairs * 6


def _continues(parts: Sequence[Line], after: Line, width: int) -> bool:
    """Whether ``after`` goes on with the sentence or the paragraph of the lines ``parts``. ``width``: to what
    the text was set, else 0."""
    line = parts[-1]
    if not line.words or not after.words or _MARK.match(after.words) or is_meta(after.words):
        return False
    if width:
        if len(line.words) < _NARROW or _is_alone(line) or _is_alone(after):
            return False
        if len(parts) == 1 and not ends_sentence(line.words) and len(line.words) + len(after.words.split()[0]) < width * _FULL:
            return False  # the next word had its place on this line: it was broken on purpose
        return not (ends_sentence(line.words) and _begins_item(parts[0].words, after.words))
    if ends_sentence(line.words) or not after.words[0].islower() or not after.words[0].isascii():
        return False
    return has_sentences(line.words) or bool(_MARK.match(line.words))


def _begins_item(before: str, words: str) -> bool:
    """Whether a line begins a list's next paragraph, ``before`` being the first line of the one above."""
    if _DATED.match(words) and _DATED.match(before):
        return True
    own, above = _LABEL.match(words), _LABEL.match(before)
    return bool(_HEADED.match(words)) or (own is not None and above is not None and own[1] == above[1])


def _is_alone(line: Line) -> bool:
    words = line.words
    return _ADDRESSED.match(words) is not None or is_furniture(words) or is_meta(words) or role_of_heading(words) is not None
