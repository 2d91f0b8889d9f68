"""Lower case that keeps offsets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_stemmed_pattern_finds_what_the_pattern_finds_there() -> None:
    text = "One paper. Another paper, and a study of papers."
    pattern = re.compile(r"\bpapers?\b")
    stemmed = StemmedPattern(pattern, ("paper",))
    for start, end in ((0, len(text)), (11, 20), (26, len(text)), (0, 5)):
        assert [m.span() for m in stemmed.finditer(text, start, end)] == [m.span() for m in pattern.finditer(text, start, end)]
        first = stemmed.search(text, start, end)
        assert (first and first.span()) == next((m.span() for m in pattern.finditer(text, start, end)), None)
