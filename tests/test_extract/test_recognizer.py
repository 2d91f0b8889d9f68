"""The recogniser: text in, named runs of words out, on sentences that it has never seen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import Extractor
from kg.extract.terms.recognizer import Recognizer, Stretch, decode_tags, load_recognizer, trim_term
from kg.extract.terms.wordpieces import Pieces, pack_windows, shape_of
from kg.model import Kind, Predicate, Span
from kg.read import read_bytes
from kg.resources import package_file

TITLE = "GraftPrune: Block Grafting for Sparse Decoders"
TEXT = (
    "GraftPrune: Block Grafting for Sparse Decoders. We introduce GraftPrune, a pruning method that transplants attention "
    "heads between checkpoints. It lowers perplexity on WikiText-103 and outperforms magnitude pruning when evaluated on GSM8K."
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    found = load_recognizer()
    if found is None:
        pytest.skip("the model's weights or its runtime are not installed")
    return found


def stretch_of(text: str, title: str = "") -> Stretch:
    """A stretch whose sentences are the parts of the text between full stops."""
    spans, at = [], 0
    for part in text.split(". "):
        spans.append(Span(at, min(len(text), at + len(part) + 1)))
        at += len(part) + 2
    return Stretch(title, tuple(spans))


def test_terms_of_an_unseen_paper_are_found_with_kinds_and_roles(recognizer: Recognizer) -> None:
    reading = recognizer.recognize_terms(TEXT, [stretch_of(TEXT, TITLE)])
    found = {t.span.of(TEXT): t for t in reading.terms}
    assert "GraftPrune" in found
    assert found["GraftPrune"].role is Predicate.INTRODUCES
    assert found["GSM8K"].kind is Kind.BENCHMARK
    assert found["GSM8K"].role is Predicate.EVALUATES_ON
    assert found["perplexity"].kind is Kind.METRIC
    assert found["magnitude pruning"].kind in {Kind.TECHNIQUE, Kind.CONCEPT}


def test_documents_read_side_by_side_are_read_as_each_alone(recognizer: Recognizer) -> None:
    texts = [TEXT, TEXT.replace("GraftPrune", "TwigPrune"), "", "FoldNet halves the KV cache of Qwen3-8B. It gains 4 points."]
    documents = [read_bytes(text.encode(), f"{number}.txt")[0] for number, text in enumerate(texts)]
    some = [document for found in documents for document in found]
    extractor = Extractor(())
    together = list(extractor.extract_documents(some))
    assert together == [extractor.extract_document(document) for document in some]
    assert [x.document for x in together] == [document.id for document in some]


def test_each_word_has_a_part_of_speech(recognizer: Recognizer) -> None:
    text = "The authors train a small model, and it improves retrieval quickly."
    reading = recognizer.recognize_terms(text, [stretch_of(text)])
    at = {word: reading.parts[text.index(word)] for word in ("The", "train", "model", "and", "it", "improves", "quickly")}
    assert at == {
        "The": "DET",
        "train": "VERB",
        "model": "NOUN",
        "and": "CCONJ",
        "it": "PRON",
        "improves": "VERB",
        "quickly": "ADV",
    }


def test_a_stretch_is_read_alike_alone_and_in_company(recognizer: Recognizer) -> None:
    other = "Quantized caches halve the memory of serving. Accuracy on MMLU stays the same."
    text = other + "\n" + TEXT
    moved = Stretch(TITLE, tuple(Span(s.start + len(other) + 1, s.end + len(other) + 1) for s in stretch_of(TEXT).sentences))
    alone = recognizer.recognize_terms(TEXT, [stretch_of(TEXT, TITLE)]).terms
    company = recognizer.recognize_terms(text, [stretch_of(other), moved]).terms
    assert [(t.span.of(TEXT), t.kind, t.role) for t in alone] == [
        (t.span.of(text), t.kind, t.role) for t in company if t.span.start > len(other)
    ]


def test_the_same_text_gives_the_same_reading_whatever_the_threads(recognizer: Recognizer) -> None:
    stretches = [stretch_of(TEXT, TITLE), stretch_of(TEXT)]
    once = recognizer.recognize_terms(TEXT, stretches)
    two = Recognizer(package_file("extract", "model"), threads=2)
    assert recognizer.recognize_terms(TEXT, stretches) == once
    assert two.recognize_terms(TEXT, stretches) == once


def test_offsets_hold_in_the_middle_of_a_longer_text(recognizer: Recognizer) -> None:
    before = "An unrelated line with naïve façades 漢字.\n"
    moved = Stretch(TITLE, tuple(Span(s.start + len(before), s.end + len(before)) for s in stretch_of(TEXT).sentences))
    here = recognizer.recognize_terms(TEXT, [stretch_of(TEXT, TITLE)])
    there = recognizer.recognize_terms(before + TEXT, [moved])
    assert [t.span.of(before + TEXT) for t in there.terms] == [t.span.of(TEXT) for t in here.terms]


def test_a_higher_threshold_finds_fewer_terms(recognizer: Recognizer) -> None:
    counts = [len(recognizer.recognize_terms(TEXT, [stretch_of(TEXT)], threshold=t).terms) for t in (0.1, 0.5, 0.99)]
    assert counts[0] > 0
    assert counts[1] >= counts[2]


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800 broken", "a" * 20_000, "word " * 3_000, "漢字" * 3_000, "\u202eright to left"]
)
def test_odd_text_is_read_without_complaint(recognizer: Recognizer, text: str) -> None:
    reading = recognizer.recognize_terms(text, [Stretch("\udfff odd title", (Span(0, len(text)),)), Stretch("", ())])
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in reading.terms)


def test_the_words_form_is_told_apart() -> None:
    words = ("model", "Model", "GRPO", "A", "TopK", "103", "gsm8k", "-")
    assert [shape_of(w) for w in words] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_terms_lose_articles_and_open_brackets() -> None:
    text = "the sparse decoder ( draft"
    words = [(0, 3), (4, 10), (11, 18), (19, 20), (21, 26)]
    assert trim_term(text, words) == Span(4, 18)
    assert trim_term("- (", [(0, 1), (2, 3)]) is None
    assert trim_term("F1 (macro)", [(0, 2), (3, 4), (4, 9), (9, 10)]) == Span(0, 10)


def test_tags_become_runs() -> None:
    tags = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.1, 0.6, 0.3], [0.95, 0.0, 0.05]], np.float32)
    assert [(a, b, round(score, 2)) for a, b, score in decode_tags(tags, 0.5)] == [(1, 3, 0.85), (3, 4, 0.9)]


def test_no_term_runs_over_the_end_of_a_sentence() -> None:
    tags = np.array([[0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.1, 0.2, 0.7]], np.float32)
    assert [(a, b) for a, b, _ in decode_tags(tags, 0.5)] == [(0, 3)]
    assert [(a, b) for a, b, _ in decode_tags(tags, 0.5, [True, False, True])] == [(0, 2), (2, 3)]


@given(st.lists(st.tuples(*[st.floats(0.01, 1)] * 3), min_size=1, max_size=30), st.floats(0.05, 0.95))
def test_runs_are_ordered_and_apart(rows: list[tuple[float, float, float]], threshold: float) -> None:
    tags = np.array(rows, np.float32)
    tags /= tags.sum(1, keepdims=True)
    runs = decode_tags(tags, threshold)
    assert all(0 <= a < b <= len(rows) for a, b, _ in runs)
    assert all(one[1] <= two[0] for one, two in pairwise(runs))


@settings(max_examples=50)
@given(st.lists(st.integers(1, 90), max_size=20), st.integers(5, 60))
def test_windows_keep_every_piece_in_order(lengths: list[int], room: int) -> None:
    sentences, at = [], 0
    for n in lengths:
        places = list(range(at, at + n))
        sentences.append(Pieces(places, places, places, [1] * n, [1] * n))
        at += n
    windows = pack_windows(sentences, room)
    assert [i for w in windows for i in w.ids] == list(range(at))
    assert all(0 < len(w) <= room for w in windows)
