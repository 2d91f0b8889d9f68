"""Acronym definitions: "on-policy distillation (OPD)" and "OPD (on-policy distillation)".

The method is Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003),
with the long form cut at the first word that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.model import BlockKind, Span
from kg.text import is_acronym_of

_SHORT_INSIDE = re.compile(r"\(\s*[\"“*_]*([A-Z][A-Za-z0-9]*(?:[-&+/.][A-Za-z0-9]+)*)[\"”*_]*\s*(?:[,;][^()]{0,60})?\)")
_LONG_INSIDE = re.compile(
    r"(?<![\w-])([A-Z][A-Za-z0-9]*(?:[-&+/][A-Za-z0-9]+)*)[*_]*\s\(\s*[\"“*_]*([A-Za-z][^()\n,;]{4,90}?)[\"”*_]*\s*(?:[,;][^()]{0,200})?\)"
)
_WORD = re.compile(r"[^\s(),;:]+")
_MAX_LONG = 120


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form, the long form that the text gives it, and the sentence that does."""

    short: Span
    long: Span
    sentence: int


def find_definitions(draft: Draft) -> Iterator[Definition]:
    """All acronym definitions of a document, in text order."""
    for index in range(len(draft.sentences)):
        if draft.block_of(index).kind not in (BlockKind.DIAGRAM, BlockKind.CODE):
            yield from definitions_in(draft, index)


def definitions_in(draft: Draft, index: int) -> Iterator[Definition]:
    """The acronym definitions of one sentence."""
    text, span = draft.text, draft.sentences[index].span
    for m in _SHORT_INSIDE.finditer(text, span.start, span.end):
        long = _long_before(text, span.start, m.start(), m.group(1)) if _is_short(m.group(1)) else None
        if long:
            yield Definition(Span(m.start(1), m.end(1)), long, index)
    for m in _LONG_INSIDE.finditer(text, span.start, span.end):
        if _is_short(m.group(1)) and is_acronym_of(m.group(1), m.group(2)) and len(m.group(2).split()) >= 2:
            yield Definition(Span(m.start(1), m.end(1)), Span(m.start(2), m.end(2)), index)


def _is_short(word: str) -> bool:
    return 2 <= len(word) <= 12 and sum(c.isupper() for c in word) >= 2


def _long_before(text: str, start: int, end: int, short: str) -> Span | None:
    """The shortest run of words right before ``end`` that ``short`` can stand for."""
    start = max(start, end - _MAX_LONG)
    words = list(_WORD.finditer(text, start, end))
    letters = sum(c.isalnum() for c in short)
    for first in range(len(words) - 1, max(-1, len(words) - 1 - 2 * letters), -1):
        at = words[first].start()
        while at < end and text[at] in "\"“*_'‘[":
            at += 1
        long = text[at:end].rstrip(" \"”*_'’]")
        if any(c in ".;:!?" for c in text[words[first].end() : end]):
            continue
        if len(long.split()) + long.count("-") >= 2 and is_acronym_of(short, long):
            return Span(at, at + len(long))
    return None
