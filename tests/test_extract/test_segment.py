"""Sentences: where they end, and that they never lose a character."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.draft import Draft
from kg.extract.segment import load_abbreviations, segment
from kg.model import Block, BlockKind, Document, Role, Section, Span


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It works. It is cheap.", ["It works.", "It is cheap."]),
        ("It wins, e.g. on maths. Then it stops.", ["It wins, e.g. on maths.", "Then it stops."]),
        ("Lund et al. show it. So what?", ["Lund et al. show it.", "So what?"]),
        ("It drops from 46.7% to 4.8%. Good.", ["It drops from 46.7% to 4.8%.", "Good."]),
        ("“It works.” They left.", ["“It works.”", "They left."]),
        ("A PhD. student (cf. Lund) of Dr. Berg asks. why", ["A PhD. student (cf. Lund) of Dr. Berg asks. why"]),
        ("It is cut 529x. LAMP gains.", ["It is cut 529x.", "LAMP gains."]),
        ("It has 1.7B. So has LAMP. “Wait...” Why?!", ["It has 1.7B.", "So has LAMP.", "“Wait...”", "Why?!"]),
        ("For some K. The rest, say k. A loss of $x$. Good.", ["For some K.", "The rest, say k. A loss of $x$.", "Good."]),
        ("GPT-7.5 is out. 2.5x faster!", ["GPT-7.5 is out.", "2.5x faster!"]),
    ],
)
def test_sentences_of_a_paragraph(build_draft: Callable[..., Draft], text: str, sentences: list[str]) -> None:
    draft = build_draft(text)
    assert [draft.words(s.span) for s in draft.sentences] == sentences
    assert segment(draft.document, load_abbreviations()).sentences == draft.sentences


def test_clauses_of_a_table_cell_are_statements_of_their_own(build_draft: Callable[..., Draft]) -> None:
    draft = build_draft("| 1) Lamp - a new index; it is small; it reaches 71% | link")
    assert [draft.words(s.span) for s in draft.sentences] == [
        "1) Lamp - a new index;",
        "it is small;",
        "it reaches 71%",
        "link",
    ]


def paragraph(text: str) -> Document:
    """A document of one paragraph."""
    span = Span(0, len(text))
    return Document(
        "d",
        text,
        "t",
        "t.txt",
        "0",
        "text",
        sections=(Section(span, Role.BODY),),
        blocks=(Block(span, BlockKind.PARAGRAPH, 0),),
    )


@given(st.text(max_size=400))
def test_sentences_are_ordered_apart_and_cover_all_words(text: str) -> None:
    document = paragraph(text)
    spans = [s.span for s in segment(document).sentences]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    outside = text
    for s in reversed(spans):
        assert s.start < s.end
        outside = outside[: s.start] + outside[s.end :]
    assert not outside.strip()


def test_a_run_without_white_space_does_not_stall() -> None:
    text = "(" * 60_000 + " It works. " + "a.b" * 20_000
    document = paragraph(text)
    began = time.process_time()
    assert segment(document).sentences
    assert time.process_time() - began < 5, "a bound against the quadratic case (over 13 s), not a benchmark"


def test_what_spacy_knows_of_english_is_asked_unless_in_haste() -> None:
    text = "A lab in Calif. Trained it. Then it stopped."
    document = paragraph(text)
    cut = [s.span.of(text) for s in segment(document).sentences]
    assert cut == ["A lab in Calif.", "Trained it.", "Then it stopped."]
    whole = [s.span.of(text) for s in segment(document, load_abbreviations()).sentences]
    assert whole == ["A lab in Calif. Trained it.", "Then it stopped."]
