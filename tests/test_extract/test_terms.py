"""Terms of the field in small texts: known ones by vocabulary, unseen ones by structure and pattern."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.draft import Draft
from kg.extract.segment import segment
from kg.extract.terms.coined import is_coined
from kg.extract.terms.find import Proposal, find_terms
from kg.extract.terms.gazetteer import Gazetteer, folded_words
from kg.model import TERM_KINDS, Block, BlockKind, Concept, Document, Kind, Role, Section, Span
from kg.text import fold

GAZETTEER = Gazetteer.of(
    (
        Concept("technique/on-policy-distillation", Kind.TECHNIQUE, "on-policy distillation", ("OPD",)),
        Concept("technique/distillation", Kind.TECHNIQUE, "distillation"),
        Concept("concept/kv-cache", Kind.CONCEPT, "KV cache"),
        Concept("technique/act", Kind.TECHNIQUE, "Adaptive Computation Time", ("ACT",)),
        Concept("institution/meta", Kind.INSTITUTION, "Meta"),
        Concept("hardware/amd-mi300", Kind.HARDWARE, "AMD MI300"),
        Concept("institution/north-shore-lab", Kind.INSTITUTION, "North Shore Lab"),
        Concept("institution/amd", Kind.INSTITUTION, "AMD"),
        Concept("benchmark/arc", Kind.BENCHMARK, "ARC", ambiguous=("ARC",), context=("grade-school",)),
    )
)


def found(draft: Draft, *, fast: bool = True) -> dict[str, Kind]:
    """What find_terms sees, words -> kind."""
    find_terms(draft, GAZETTEER, () if fast else (Proposal(Span(0, 1), Kind.CONCEPT, "none", 9, 0.0),))
    return {draft.words(m.span): m.kind for m in draft.mentions}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        (
            "They compare On-Policy Distillations.",
            "On-Policy Distillations",
            Kind.TECHNIQUE,
        ),  # case, hyphen and plural do not matter
        ("We shrink the KV-cache.", "KV-cache", Kind.CONCEPT),
        ("They trained it with OPD alone.", "OPD", Kind.TECHNIQUE),
        ("Meta shipped it.", "Meta", Kind.INSTITUTION),
        ("It runs on an AMD MI300.", "AMD MI300", Kind.HARDWARE),
        ("It runs on an AMD MI300.", "AMD", Kind.INSTITUTION),  # who makes it is named too
        ("They distilled Qwen9-1.7B into it.", "Qwen9-1.7B", Kind.MODEL),
        ("GPT-7.5 Turbo fails half of the time.", "GPT-7.5 Turbo", Kind.MODEL),
        ("Recall falls, NDCG@10 does not.", "NDCG@10", Kind.METRIC),
        ("GlowWorm mends the cache.", "GlowWorm", Kind.TECHNIQUE),
        ("They test on TideBench only.", "TideBench", Kind.BENCHMARK),
        ("The Foghorn dataset is small: FogHorn dataset.", "FogHorn", Kind.BENCHMARK),
        ("A grade-school test is ARC.", "ARC", Kind.BENCHMARK),
        ("Token-level credit assignment loss explodes.", "credit assignment loss", Kind.TECHNIQUE),
    ],
)
def test_a_term_is_found(build_draft: Callable[..., Draft], text: str, words: str, kind: Kind) -> None:
    terms = found(build_draft(text))
    match = next((k for w, k in terms.items() if w == words or w.endswith(words)), None)
    assert match is kind, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They act at once.", "act"),  # the acronym is written in capitals
        ("A meta analysis.", "meta"),  # the company has a capital
        ("The Meta-analysis is long.", "Meta"),  # the beginning of a compound
        ("The story has a long ARC.", "ARC"),  # no word of its context is near
        ("The US and the EU agree.", "EU"),
        ("It needs 70B and more.", "70B"),
        ("[Post](https://posts.example/status/16?t=GlowWormX9) says so.", "GlowWormX9"),
    ],
)
def test_what_only_looks_like_a_term_is_none(build_draft: Callable[..., Draft], text: str, words: str) -> None:
    assert words not in found(build_draft(text))


def test_an_acronym_and_its_long_form_are_tied(build_draft: Callable[..., Draft]) -> None:
    draft = build_draft("We call it lantern guided pruning (LGP). LGP is cheap.")
    find_terms(draft, GAZETTEER)
    ((long, short),) = [(draft.words(draft.mentions[a.a].span), draft.words(draft.mentions[a.b].span)) for a in draft.aliases]
    assert (long, short) == ("lantern guided pruning", "LGP")


def test_the_longer_name_wins_and_nothing_overlaps(build_draft: Callable[..., Draft]) -> None:
    draft = build_draft("Plain on-policy distillation and distillation.")
    assert found(draft) == {"on-policy distillation": Kind.TECHNIQUE, "distillation": Kind.TECHNIQUE}


def test_with_a_model_patterns_leave_unseen_words_to_it(build_draft: Callable[..., Draft]) -> None:
    assert "GlowWorm" not in found(build_draft("GlowWorm mends the KV cache."), fast=False)


@pytest.mark.parametrize(("text", "piece"), [("North Shore Lab sails.", "Shore"), ("It meta-learns a sail.", "meta")])
def test_pieces_of_names_and_words_are_no_terms(build_draft: Callable[..., Draft], text: str, piece: str) -> None:
    draft = build_draft(text)
    at = draft.text.index(piece)
    find_terms(draft, GAZETTEER, (Proposal(Span(at, at + len(piece)), Kind.CONCEPT, "guess", 2, 0.9),))
    assert piece not in {draft.words(m.span) for m in draft.mentions}


def test_one_word_of_a_short_title_is_no_term(build_draft: Callable[..., Draft]) -> None:
    draft = build_draft("== deep_dive | Sink or Swim: a study\nSink or Swim weighs both.", {"Sink or Swim": ()})
    at = draft.text.rindex("Swim")
    find_terms(draft, GAZETTEER, (Proposal(Span(at, at + 4), Kind.TECHNIQUE, "guess", 2, 0.9),))
    assert not [m for m in draft.mentions if m.kind is Kind.TECHNIQUE]


@pytest.mark.parametrize("word", ["GlowWorm", "D-OPSX", "G-Null", "xLamp", "TrOPX", "AMA-2"])
def test_coined_names(word: str) -> None:
    assert is_coined(word)


@pytest.mark.parametrize("word", ["Long-Context", "RLVR-adapted", "Lamp", "the", "A", "long-context", "Token-level"])
def test_ordinary_words_are_not_coined(word: str) -> None:
    assert not is_coined(word)


@given(st.text(max_size=200))
def test_folded_words_agree_with_fold_and_stand_in_the_text(text: str) -> None:
    for word in folded_words(text):
        assert word.key == fold(text[word.start : word.end])
        assert 0 <= word.start < word.end <= len(text)


@given(st.text(alphabet="OPD on-policy distillation KV cache (AMD) .,;\n", max_size=300))
def test_no_two_terms_of_one_family_overlap(text: str) -> None:
    span = Span(0, len(text))
    document = Document(
        "d",
        text,
        "t",
        "t.txt",
        "0",
        "text",
        sections=(Section(span, Role.BODY),),
        blocks=(Block(span, BlockKind.PARAGRAPH, 0),),
    )
    draft = segment(document)
    find_terms(draft, GAZETTEER)
    spans = sorted(m.span for m in draft.mentions if m.kind in TERM_KINDS)
    assert all(a.end <= b.start for a, b in pairwise(spans))
