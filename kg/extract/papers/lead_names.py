"""What the words at the start of a paragraph, or around a link in it, name: a title, a made-up name, something in passing."""

from __future__ import annotations

import re
from collections.abc import Container

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.candidates import trim
from kg.extract.terms.coined import is_coined
from kg.extract.terms.cues import NOT_NAMES
from kg.model import Span
from kg.text import fold

_LONGEST_HEAD = 260
#: A title at the start of a paragraph, and the mark that sets it off.
_HEAD = re.compile(
    r"[*_\"“]{0,3}(?:#?\d{1,3}[.)] )?[*_\"“]{0,3}((?!Read |See |Paper)[A-Z0-9][^.()\n]{1,200}?[?!]?)[*_\"”]{0,3}(?:\s(\()|\.\s)"
)
#: A title in quotation marks that a paragraph begins with.
_QUOTED_FIRST = re.compile(r"(?:\w{4,8}, )?[\"“]([A-Z0-9][^\"“”\n]{5,160})[\"”]")
#: A name in small letters, "early exit", and no words such as "this work" or "has been shown".
_SMALL_NAME = re.compile(
    r"(?!(?:the|this|that|these|those|our|their|its|his|her|one|an?|another|recent|new|old|prior|previous|earlier|other|such|"
    r"some|as|in|on|by|of|at|to|see|read|was|were|is|are|be|been|has|have|had|can|we|they|it)\b)"
    r"[a-z][a-z-]{2,30}(?: [a-z][a-z-]{1,30}){1,3}"
    r"(?<!paper)(?<!papers)(?<!work)(?<!study)(?<!here)(?<!preprint)(?<!report)(?<!survey)"
)
#: A name that a paragraph begins with.
_FIRST_NAME = re.compile(r"[\W_]{0,4}([A-Z][\w&+-]*)(?=,| \(| [a-z]{2,})")


#: "their method, HumStop, ...", "a benchmark called StairBench"
_NAMED_SO = re.compile(
    r"\b(?:(?:method|system|model|approach|technique|algorithm|framework|tool|remedy|benchmark|data ?set|optimizer|agent),|"
    r"called|named|dubbed|name|calls? it|call the \w+) ([A-Z][\w&+-]*)(?=[,.;) ])"
)


def is_aside(text: str, span: Span, place: Span) -> bool:
    """Whether an id is the target of a few small words in running text, which only name what they link: "[early exit](...)"."""
    return place.start > span.start + 3 and _SMALL_NAME.fullmatch(text, place.start, place.end) is not None


def find_head(text: str, span: Span) -> Span | None:
    """The title that a paragraph begins with, set off by a parenthesis or a full stop: "Half the Rent (ETH Zurich). ..."."""
    m = _HEAD.match(text, span.start, min(span.end, span.start + _LONGEST_HEAD))
    quoted = _QUOTED_FIRST.match(text, span.start, span.end)
    if quoted is not None and titles.is_title_case(quoted.group(1)):
        return Span(*quoted.span(1))
    if m is None:
        return None
    name = trim(text, Span(m.start(1), m.end(1)))
    words = name.of(text)
    count, behind = len(words.split()), m[2] == "("
    if not words or refs.ET_AL.search(words) or (count < 3 and not behind) or (count == 1 and not is_coined(words)):
        return None
    return name if count <= 25 and titles.is_title_case(words) else None


def find_coined_subject(draft: Draft, span: Span, terms: Container[str]) -> Span | None:
    """The first coined word of a paragraph, none of ``terms``, that says what the word does."""
    for m in re.finditer(r"(?<![\w-])([A-Z][\w&+-]*) (?=[a-z]{2,}s\b)", span.of(draft.text)):
        if is_coined(m.group(1)) and m.group(1) not in NOT_NAMES and fold(m.group(1)) not in terms:
            return Span(span.start + m.start(1), span.start + m.end(1))
    for m in _NAMED_SO.finditer(draft.text, span.start, span.end):
        if is_coined(m.group(1)) and m.group(1) not in NOT_NAMES and fold(m.group(1)) not in terms:
            return Span(*m.span(1))
    return None


def find_first_name(draft: Draft, span: Span) -> Span | None:
    """The made-up name that a paragraph begins with: "LoomNet, from two labs, weaves ..."."""
    m = _FIRST_NAME.match(draft.text, span.start, span.end)
    return Span(*m.span(1)) if m and is_coined(m.group(1)) and m.group(1) not in NOT_NAMES else None
