"""Acronyms and what they stand for. All text is our own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.terms.acronyms import find_definitions

DEFINITIONS = {
    "We call it hedged routing search (HRS) from here.": [("HRS", "hedged routing search")],
    "HRS (hedged routing search) is cheap.": [("HRS", "hedged routing search")],
    "The mean reciprocal rank (MRR) and the word error rate (WER) fall.": [
        ("MRR", "mean reciprocal rank"),
        ("WER", "word error rate"),
    ],
    "Low-rank adapter trees (LAT, new here) grow.": [("LAT", "Low-rank adapter trees")],
    "It runs on a phone (see Fig. 2) and in space (NASA).": [],
    "The rate fell. Word error (RATE) is another matter.": [],
}


@pytest.mark.parametrize(("text", "found"), DEFINITIONS.items())
def test_definitions(build_draft, text, found):
    draft = build_draft(text)
    assert [(d.short.of(draft.text), d.long.of(draft.text)) for d in find_definitions(draft)] == found


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="AB ab().,-", max_size=300).map("Text: {}".format))
def test_definitions_lie_in_their_sentence(build_draft, text):
    draft = build_draft(text)
    for definition in find_definitions(draft):
        sentence = draft.sentences[definition.sentence].span
        assert sentence.covers(definition.short)
        assert sentence.covers(definition.long)
        assert not definition.short.overlaps(definition.long)
