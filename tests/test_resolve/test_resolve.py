"""One entity for all surface forms of one thing: small extractions in, entities out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import (
    Alias,
    Claim,
    ClaimType,
    Concept,
    Document,
    Extraction,
    Kind,
    KnowledgeBase,
    Mention,
    PaperFacts,
    Predicate,
    Relation,
    Sentence,
    Span,
)
from kg.resolve import resolve_extractions
from kg.resolve.decisions import parse_decisions

CONCEPTS = (
    Concept(
        "technique/on-policy-distillation", Kind.TECHNIQUE, "on-policy distillation", ("OPD",), ("technique/distillation",)
    ),
    Concept("technique/distillation", Kind.TECHNIQUE, "distillation"),
    Concept("benchmark/arc", Kind.BENCHMARK, "ARC", ambiguous=("ARC",), context=("reasoning",)),
)


def document(name: str, text: str, day: int = 1) -> Document:
    return Document(id=name, text=text, title=name, source=f"{name}.txt", sha256=name, format="text", date=date(2026, 5, day))


def mentions_of(text: str, *names: tuple[str, Kind]) -> tuple[Mention, ...]:
    """One mention for each name, at its first place in the text."""
    return tuple(Mention(Span(text.index(n), text.index(n) + len(n)), k, n, "test") for n, k in names)


def resolve(*parts: tuple[Document, Extraction]) -> KnowledgeBase:
    return resolve_extractions([d for d, _ in parts], {d.id: x for d, x in parts}, CONCEPTS)


def one(text: str, *names: tuple[str, Kind], doc: str = "a", aliases: tuple[Alias, ...] = ()) -> tuple[Document, Extraction]:
    """A document of one sentence and what was found in it."""
    return document(doc, text), Extraction(doc, (Sentence(Span(0, len(text)), 0),), mentions_of(text, *names), aliases)


def ids(kb: KnowledgeBase, doc: str = "a") -> list[str]:
    return [kb.resolution.entity_of[doc, i] for i in range(len(kb.extractions[doc].mentions))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hard negative and Hard-Negatives", ["hard negative", "Hard-Negatives"]),  # plural, hyphen and case
        ("LongBench against Long Bench", ["LongBench", "Long Bench"]),  # written together
        ("the on-policy distillation, or OPD", ["on-policy distillation", "OPD"]),  # curated alias
    ],
)
def test_spellings_of_one_name_are_one_entity(text: str, names: list[str]) -> None:
    kb = resolve(one(text, *((n, Kind.TECHNIQUE) for n in names)))
    assert len(set(ids(kb))) == 1
    assert kb.resolution.merges, "the reason is kept"


def test_an_acronym_defined_in_one_document_means_the_same_in_another() -> None:
    """a: "token bag training (TBT) works"   b: "TBT again"."""
    a = one(
        "token bag training (TBT) works",
        ("token bag training", Kind.TECHNIQUE),
        ("TBT", Kind.TECHNIQUE),
        aliases=(Alias(0, 1, "acronym definition"),),
    )
    b = one("TBT again", ("TBT", Kind.TECHNIQUE), doc="b")
    kb = resolve(a, b)
    assert set(ids(kb)) == set(ids(kb, "b")) == {"technique/token-bag-training"}
    assert {m.reason for m in kb.resolution.merges} == {"acronym definition"}


def test_a_name_seen_as_two_kinds_is_one_entity_of_the_kind_seen_more_surely() -> None:
    text = "GlimmerBench, glimmerbench, GLIMMERBENCH"
    a = one(text, ("GlimmerBench", Kind.BENCHMARK), ("glimmerbench", Kind.TECHNIQUE), ("GLIMMERBENCH", Kind.BENCHMARK))
    assert set(ids(resolve(a))) == {"benchmark/glimmerbench"}


def test_an_institution_and_a_technique_of_one_name_stay_two() -> None:
    kb = resolve(
        one("Pion uses Pion", ("Pion", Kind.TECHNIQUE), doc="a"), one("Pion raised money", ("Pion", Kind.INSTITUTION), doc="b")
    )
    assert ids(kb) != ids(kb, "b")


def paper(doc: str, name: str, arxiv_id: str = "", **facts: object) -> tuple[Document, Extraction]:
    d, x = one(name, (name, Kind.PAPER), doc=doc)
    return d, replace(x, papers=(PaperFacts(0, name, arxiv_id=arxiv_id, entry=True, **facts),))  # type: ignore[arg-type]


def test_one_arxiv_id_is_one_paper_whatever_it_is_called() -> None:
    kb = resolve(paper("a", "Folding", "2605.00001"), paper("b", "Folding Proteins in the Dark", "2605.00001"))
    assert ids(kb) == ids(kb, "b") == ["paper/arxiv-2605.00001"]


def test_papers_of_one_name_and_two_arxiv_ids_are_never_merged() -> None:
    kb = resolve(paper("a", "Folding", "2605.00001"), paper("b", "Folding", "2605.00002"), paper("c", "Folding"))
    assert len({*ids(kb), *ids(kb, "b"), *ids(kb, "c")}) == 3, "the one without an id could be either: it stays apart"


def test_the_earliest_date_and_the_first_stated_facts_win() -> None:
    kb = resolve(
        paper("a", "Folding", first_seen=date(2026, 5, 2), tier=2),
        paper("b", "Folding", first_seen=date(2026, 4, 30), year=2026, venue="ICLR 2026", topics=("RAG",)),
    )
    entity = next(e for e in kb.entities if e.kind is Kind.PAPER)
    assert (entity.first_seen, entity.tier, entity.year, entity.venue, entity.topics) == (
        date(2026, 4, 30), 2, 2026, "venue/iclr-2026", ("topic/rag",),
    )  # fmt: skip


def test_broader_concepts_of_what_was_found_stand_in_the_graph() -> None:
    kb = resolve(one("OPD", ("OPD", Kind.TECHNIQUE)))
    assert [e.id for e in kb.entities] == ["technique/distillation", "technique/on-policy-distillation"]


def test_the_same_edge_in_two_documents_is_one_edge_with_two_sentences() -> None:
    def said(doc: str) -> tuple[Document, Extraction]:
        d, x = one("Folding uses OPD", ("Folding", Kind.PAPER), ("OPD", Kind.TECHNIQUE), doc=doc)
        return d, replace(x, relations=(Relation(0, Predicate.USES, 1, 0, "test", 0.5),), papers=(PaperFacts(0, "Folding"),))

    (edge,) = resolve(said("a"), said("b")).edges
    assert (edge.support_count, edge.confidence) == (2, 0.75)


NAMES = st.sampled_from(
    ["OPD", "on-policy distillation", "hard negative", "Hard-Negatives", "ARC", "KV cache", "KV-cache", "RAG", "Rag"]
)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=4), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(docs: list[list[str]], shuffle: random.Random) -> None:
    parts = []
    for n, names in enumerate(docs):
        text = " ".join(names)
        spans, at = [], 0
        for name in names:
            spans.append(Mention(Span(at, at + len(name)), Kind.TECHNIQUE, name, "test"))
            at += len(name) + 1
        parts.append((document(f"d{n}", text), Extraction(f"d{n}", (Sentence(Span(0, len(text)), 0),), tuple(spans))))
    once = resolve(*parts)
    shuffle.shuffle(parts)
    again = resolve(*parts)
    assert (once.entities, once.edges, dict(once.resolution.entity_of)) == (
        again.entities,
        again.edges,
        dict(again.resolution.entity_of),
    )


def test_a_chain_of_names_never_joins_two_arxiv_ids() -> None:
    """Folding has one id, Unfolding another; a paper without an id is called both: it cannot be both."""
    middle = paper("b", "Folding", aliases=("Unfolding",))
    kb = resolve(paper("a", "Folding", "2605.00001"), middle, paper("c", "Unfolding", "2605.00002"))
    assert ids(kb) != ids(kb, "c")


def decided(text: str, *parts: tuple[Document, Extraction]) -> KnowledgeBase:
    return resolve_extractions([d for d, _ in parts], {d.id: x for d, x in parts}, CONCEPTS, parse_decisions(text))


def test_the_user_says_what_is_one_and_what_is_not() -> None:
    a = one(
        "bag training, or TBT, is no OPD-like on-policy distillation", ("bag training", Kind.TECHNIQUE), ("TBT", Kind.TECHNIQUE)
    )
    assert len(set(ids(decided("# mine\nsame: TBT = Bag-Training", a)))) == 1
    b = one("OPD is on-policy distillation", ("OPD", Kind.TECHNIQUE), ("on-policy distillation", Kind.TECHNIQUE))
    assert len(set(ids(decided("apart: OPD | on-policy distillation", b)))) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same TBT and bag training", "line 1: not a decision"),
        ("\nsame: TBT =", "line 2: not a decision"),
        ("same: A = B\napart: B | A", "said to be the same and apart"),
    ],
)
def test_a_decision_that_cannot_be_read_says_where(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        parse_decisions(text)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "Folding lifts accuracy by 3 points on hard proteins.",
            "On hard proteins folding lifts accuracy by 3 points.",
            "corroborates",
        ),
        ("Folding lifts accuracy on hard proteins.", "Folding does not lift accuracy on hard proteins.", "disputes"),
        ("Folding lifts hard proteins by 3 points.", "Folding lifts hard proteins by 7 points.", ""),
        ("Folding lifts accuracy on hard proteins.", "The optimizer forgets its second moment.", ""),
    ],
)
def test_claims_of_two_documents_agree_or_dispute(first: str, second: str, expected: str) -> None:
    def said(doc: str, text: str) -> tuple[Document, Extraction]:
        d = document(doc, f"Folding. {text}")
        x = Extraction(
            doc,
            (Sentence(Span(0, 8), 0), Sentence(Span(9, len(d.text)), 0)),
            (Mention(Span(0, 7), Kind.PAPER, "Folding", "test"),),
            papers=(PaperFacts(0, "Folding"),),
            claims=(Claim(1, ClaimType.FINDING, 0, (), "test"),),
        )
        return d, x

    kb = resolve(said("a", first), said("b", second))
    pair = ((("a", 0), ("b", 0)),)
    assert (kb.corroborates, kb.disputes) == (
        pair if expected == "corroborates" else (),
        pair if expected == "disputes" else (),
    )
