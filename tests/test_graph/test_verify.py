"""Sentences of the graph against sources read again."""

from __future__ import annotations

import dataclasses

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph import vocab
from kg.graph.rdf import quads_of
from kg.graph.verify import Mismatch, verify_store

EXACT = NamedNode(vocab.KG + "exact")


@pytest.fixture
def store(example):
    store = Store()
    store.extend(quads_of(example))
    return store


def test_a_graph_quotes_its_sources(store, example):
    assert verify_store(store, example.documents) == []


def test_an_altered_sentence_is_found(store, example):
    (quad,) = [q for q in store.quads_for_pattern(None, EXACT, None) if "LongMaze rises" in q.object.value]
    store.remove(quad)
    store.add(Quad(quad.subject, EXACT, Literal("Accuracy on LongMaze falls."), quad.graph_name))
    assert verify_store(store, example.documents) == [
        Mismatch(
            "digest-a",
            65,
            112,
            "the sentence does not stand at its offsets",
            "Accuracy on LongMaze falls.",
            "Accuracy on LongMaze rises from 72.90 to 78.50.",
        )
    ]


def test_a_source_with_one_more_letter_is_found(store, example):
    first, second = example.documents
    shifted = dataclasses.replace(first, text=" " + first.text, sha256="0" * 64)
    problems = [m.problem for m in verify_store(store, [shifted, second])]
    assert problems == [
        "the source has changed since the build: its bytes have another hash",
        *["the sentence does not stand at its offsets"] * 4,
    ]


def test_a_source_that_is_gone_or_gives_another_document_is_found(store, example):
    second = example.documents[1]
    changed = dataclasses.replace(second, id="digest-b-2")
    assert [(m.document, m.problem) for m in verify_store(store, [changed])] == [
        ("digest-a", "the source was not read again"),
        ("digest-b", "the source has changed since the build"),
    ]


def test_sentences_may_be_cut_short_by_a_shorter_text(store, example):
    first, second = example.documents
    cut = dataclasses.replace(second, text=second.text[:10])
    found = verify_store(store, [first, cut])
    assert [(m.start, m.found) for m in found] == [(0, "SlowCache "), (59, "")]
