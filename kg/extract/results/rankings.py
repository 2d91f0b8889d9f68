"""Rankings and ratings: "Lamp leaderboard rank 3", "Hub cs.AI #5", "(rating 8.5/10, cs.AI #5)" where a block names its Hub."""

from __future__ import annotations

import re

from kg.extract.draft import Draft
from kg.extract.results.numerals import Quantity
from kg.model import Kind, Span

#: Units of places and ratings.
RANKED = frozenset({"rank", "out_of_10"})
_BOARD = re.compile(
    r"((?:[A-Z][\w-]{1,30}\s){1,3}(?:[Ll]eaderboard|[Rr]anking|Index))\s?(?:at\s|,\s)?(?:rank\s|place\s|No\.\s|#)?$"
)
#: A source that ranks the papers of an arXiv category, https://arxiv.org/category_taxonomy
_SOURCE = re.compile(r"(?<![\w.])([A-Z][\w-]{2,30})\s((?:cs|stat|eess|math|q-bio|physics)\.[A-Z]{2})\b")
_CATEGORY = re.compile(r"\b((?:cs|stat|eess|math|q-bio|physics)\.[A-Z]{2})\s?$")


def find_ranking(draft: Draft, sentence: int, quantity: Quantity) -> int | None:
    """The BENCHMARK mention of the ranking that a place or rating is in, made where there is none; None where none is named."""
    span = draft.sentences[sentence].span
    before = draft.text[max(span.start, quantity.span.start - 80) : quantity.span.start]
    board = _BOARD.search(before)
    if board:
        start = quantity.span.start - len(before) + board.start(1)
        return _mention(draft, Span(start, start + len(board.group(1))))
    sources = list(_SOURCE.finditer(draft.text, *_reach(draft, sentence)))
    if not sources:
        return None
    category = _CATEGORY.search(before)
    if quantity.unit == "rank":
        wanted = category.group(1) if category else None
        same = [m for m in sources if (m.group(2) == wanted if wanted else m.end() <= quantity.span.start)]
        return _mention(draft, Span(same[-1].start(), same[-1].end())) if same else None
    return _mention(draft, Span(sources[0].start(1), sources[0].end(1)))


def _reach(draft: Draft, sentence: int) -> tuple[int, int]:
    block = draft.block_of(sentence).span
    return block.start, block.end


def _mention(draft: Draft, span: Span) -> int:
    return draft.add_mention(span, Kind.BENCHMARK, "pattern.ranking", confidence=0.7)
