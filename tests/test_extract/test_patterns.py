"""Lower case that keeps offsets."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.draft import Draft
from kg.extract.patterns import StemmedPattern, compile_lower, lower_text


@given(st.text())
def test_each_letter_stays_where_it_is(text: str) -> None:
    lower = lower_text(text)
    assert len(lower) == len(text)
    assert all(low == c.lower() or len(c.lower()) > 1 for low, c in zip(lower, text, strict=True) if c != "\u03a3")


def test_a_letter_with_a_longer_lower_case_moves_nothing() -> None:
    assert lower_text("AT \u0130 CASE").index("case") == 5


def test_a_pattern_that_can_match_nothing_is_refused() -> None:
    assert compile_lower(r"\bbuilds\s+on\b").search(lower_text("It BUILDS on."))
    with pytest.raises(ValueError, match="capital"):
        compile_lower("Builds on")


def test_a_stemmed_pattern_finds_what_the_pattern_finds_there(build_draft: Callable[..., Draft]) -> None:
    draft = build_draft("One paper. Another paper, and a study of papers. No more.\n\nA study.")
    pattern = re.compile(r"\bpapers?\b")
    stemmed = StemmedPattern(pattern, ("study", "paper"))
    for index, sentence in enumerate(draft.sentences):
        there = list(pattern.finditer(draft.text, sentence.span.start, sentence.span.end))
        assert [m.span() for m in draft.find_stemmed(stemmed, index)] == [m.span() for m in there]
        first = stemmed.search(draft.text, sentence.span.start, sentence.span.end)
        assert (first and first.span()) == next((m.span() for m in there), None)
