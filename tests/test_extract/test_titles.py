"""Titles by their typography. All text is our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.papers.titles import is_title_case, looks_like_title, split_title, title_runs
from kg.model import Span

#: A title that runs into its text -> the title.
SEAMS = {
    "Slow Roots in Deep Trees Standard pruning breaks when trees are deep.": "Slow Roots in Deep Trees",
    "Counting With Tokens: A Survey In this work we count tokens.": "Counting With Tokens: A Survey",
    "Borrowed Logits The teacher runs once and is then gone.": "Borrowed Logits",
    "Look Twice: A Bound for Slow Maps. Slow maps wait.": "Look Twice: A Bound for Slow Maps.",
    "Counting What Was Cropped High-resolution LLMs read tiles.": "Counting What Was Cropped",
    "Sharing State across Parallel Walkers Walkers fork early.": "Sharing State across Parallel Walkers",
    "all of this is running text": None,
}


@pytest.mark.parametrize(("text", "title"), SEAMS.items())
def test_where_a_title_ends(text: str, title: str | None) -> None:
    end = split_title(text, Span(0, len(text)))
    assert (text[:end].strip() if end is not None else None) == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("FoldNet", False),
        ("Frozen Rivers", False),
        ("Sleep-Time Compute", False),
        ("Geometric Recall in Transformers", True),
        ("QuillBench: Long Edits", True),
        ("Unifying Maps and Graphs", True),
        ("Why Small Routers Often Win", True),
    ],
)
def test_names_and_titles(name: str, title: bool) -> None:
    assert looks_like_title(name) is title


@pytest.mark.parametrize(
    ("name", "title"),
    [("Routing by Meaning", True), ("gpt-J Is Not Enough", True), ("What the authors do", False), ("of the and", False)],
)
def test_title_case(name: str, title: bool) -> None:
    assert is_title_case(name) is title


def test_runs_of_title_case_in_a_sentence() -> None:
    text = "The paper Quiet Layers Speak Last at Scale, and Another Look at Tiny Heads (ICLR 2026), agree."
    runs = [run.of(text) for run in title_runs(text, Span(0, len(text)))]
    assert runs == ["Quiet Layers Speak Last at Scale", "Another Look at Tiny Heads"]


@given(st.text(alphabet="Ab :.,(’é1-", max_size=200))
def test_spans_stay_inside_the_text(text: str) -> None:
    whole = Span(0, len(text))
    end = split_title(text, whole)
    assert end is None or 0 < end < len(text)
    for run in title_runs(text, whole):
        assert whole.covers(run)
        assert run.of(text).strip() == run.of(text) != ""
