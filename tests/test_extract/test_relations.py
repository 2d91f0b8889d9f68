"""Sentences -> what a paper does with the terms in them. All text is our own; terms and the model's guesses are given."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from kg.extract.relations.roles import find_relations
from kg.extract.terms.recognizer import TermGuess
from kg.model import Kind, Predicate, Relation, Span

PAPERS = {"RiverNet": (), "DeltaMap": ()}
KINDS = {
    "distillation": Kind.TECHNIQUE,
    "gate splitting": Kind.TECHNIQUE,
    "DeltaMap": Kind.TECHNIQUE,
    "RiverNet": Kind.TECHNIQUE,
    "PondNet": Kind.TECHNIQUE,
    "CreekQA": Kind.BENCHMARK,
    "silt drift": Kind.PROBLEM,
    "routing": Kind.TASK,
    "accuracy": Kind.METRIC,
    "RiverNet-7B": Kind.MODEL,
    "Basalt 3": Kind.MODEL,
}
CURATED = frozenset({"distillation", "routing", "accuracy", "CreekQA"})


def draft_of(build_draft, text, role="deep_dive"):
    """``text`` in RiverNet's own section, with a mention of each term that KINDS names, the longest names first."""
    draft = build_draft(f"== {role} | RiverNet: a small router\n{text}\n== quick_hits | Hits\n- DeltaMap reads maps.", PAPERS)
    for name in sorted(KINDS, key=len, reverse=True):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", draft.text):
            if not any(
                draft.mentions[i].span.covers(Span(*m.span()))
                for i in draft.mentions_in(Span(*m.span()), frozenset(KINDS.values()))
            ):
                draft.add_mention(Span(*m.span()), KINDS[name], "test", concept=f"x/{name}" if name in CURATED else "")
    return draft


def relations_of(build_draft, text, guesses=None, parts=None, role="deep_dive"):
    """(predicate, term) for each relation of RiverNet. ``guesses``: term -> (role, score) that the model saw."""
    draft = draft_of(build_draft, text, role)
    seen = {
        m.span.start: TermGuess(m.span, m.kind, 0.9, 0.9, *guesses[m.name])
        for m in draft.mentions
        if guesses and m.name in guesses and m.kind is not Kind.PAPER
    }
    find_relations(draft, seen, {draft.text.index(word): tag for word, tag in (parts or {}).items()})
    own = next(p.mention for p in draft.papers if p.name == "RiverNet")
    return sorted(
        {
            (r.predicate.value, draft.mentions[r.object].name)
            for r in draft.relations
            if r.subject == own and draft.mentions[r.object].kind is not Kind.PAPER
        }
    )


SAID = [
    ("The paper proposes PondNet, a smaller sibling.", [("introduces", "PondNet")]),
    ("It introduces a new benchmark, CreekQA.", [("introduces", "CreekQA")]),
    ("This drop, which the authors call silt drift, grows with depth.", [("introduces", "silt drift")]),
    ("The authors call the effect silt drift.", [("introduces", "silt drift")]),
    ("A trick called gate splitting halves the cost.", [("introduces", "gate splitting")]),
    ("Their own method, PondNet, stores a patch.", [("introduces", "PondNet")]),
    ("Its tool PondNet drops the silt.", [("introduces", "PondNet")]),
    ("RiverNet-7B runs on one card.", [("introduces", "RiverNet-7B")]),
    ("It is trained with distillation.", [("uses", "distillation")]),
    ("The router relies on distillation and gate splitting.", [("uses", "distillation"), ("uses", "gate splitting")]),
    ("It outperforms PondNet by two points.", [("comparesWith", "PondNet")]),
    ("Unlike distillation, it needs one pass.", [("comparesWith", "distillation")]),
    ("It reads each map once instead of distillation.", [("comparesWith", "distillation")]),
    ("The gate is 3x faster than Basalt 3.", [("comparesWith", "Basalt 3")]),
    ("Gains hold on CreekQA.", [("evaluatesOn", "CreekQA")]),
    ("The new loss reduces silt drift.", [("addresses", "silt drift")]),
    ("It was designed for routing at night.", [("addresses", "routing")]),
    ("The best gate has an accuracy of 71%.", [("measures", "accuracy")]),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_cues_tell_the_role(build_draft, text, expected):
    assert relations_of(build_draft, text) == expected


NOT_INTRODUCED = [
    "The paper proposes a new recipe for distillation.",
    "It introduces routing to hardware designers.",
    "The authors call distillation a game.",
    "Their own method, distillation, is old.",
    "What is often called gate splitting works here too.",
    "Basalt 3 proposes nothing of the kind.",
    "The first to use PondNet, it runs on one card.",
]


@pytest.mark.parametrize("text", NOT_INTRODUCED)
def test_what_is_only_spoken_of_is_not_introduced(build_draft, text):
    assert "introduces" not in {predicate for predicate, _ in relations_of(build_draft, text)}


@pytest.mark.parametrize(
    "text",
    [
        "It trains without distillation.",
        "No distillation is needed; the gate does not use gate splitting.",
        "It avoids the need for distillation.",
    ],
)
def test_what_a_paper_does_without_it_does_not_use(build_draft, text):
    assert [r for r in relations_of(build_draft, text) if r[0] == "uses" and r[1] == "distillation"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Whether it composes with distillation is open.",
        "If distillation were added, costs would fall.",
        "Could it use distillation?",
    ],
)
def test_hypothetical_sentences_assert_nothing(build_draft, text):
    assert relations_of(build_draft, text) == []


def test_forecasts_and_news_assert_nothing(build_draft):
    for role in ("predictions", "pulse"):
        assert relations_of(build_draft, "RiverNet will use distillation.", role=role) == []


def test_what_only_describes_a_named_thing_is_not_introduced_beside_it(build_draft):
    text = "It proposes PondNet, a new gate splitting that is fast."
    found = relations_of(build_draft, text)
    assert ("introduces", "PondNet") in found
    assert ("introduces", "gate splitting") not in found


def test_what_the_authors_call_a_thing_is_introduced_beside_the_system(build_draft):
    called = relations_of(build_draft, "It proposes PondNet. The authors call the trick gate splitting.")
    assert ("introduces", "gate splitting") in called
    begun = relations_of(build_draft, "It proposes PondNet. The authors call the gate splitting debt.")
    assert ("introduces", "gate splitting") not in begun


def test_a_headline_is_taken_back_where_the_text_names_the_thing(build_draft):
    draft = build_draft("== deep_dive | Look Twice: reusing maps\nIt proposes PondNet, which is small.", {"Look Twice": ()})
    paper = draft.papers[0].mention
    draft.papers[0] = replace(draft.papers[0], title="Look Twice: reusing maps")
    headline = draft.add_mention(draft.mentions[paper].span, Kind.TECHNIQUE, "named.paper")
    at = draft.text.index("PondNet")
    draft.add_mention(Span(at, at + len("PondNet")), Kind.TECHNIQUE, "test")
    draft.relations.append(Relation(paper, Predicate.INTRODUCES, headline, 0, "named.paper", 0.85))
    find_relations(draft, {})
    assert [draft.mentions[r.object].name for r in draft.relations if r.predicate is Predicate.INTRODUCES] == ["PondNet"]


# --------------------------------------------------------------------------------------------------- with the model


def test_a_sure_model_wins_over_a_preposition_and_an_unsure_one_does_not(build_draft):
    text = "Gains come from distillation."
    sure, unsure = (Predicate.ADDRESSES, 0.9), (Predicate.ADDRESSES, 0.4)
    assert relations_of(build_draft, text, {"distillation": sure}) == [("addresses", "distillation")]
    assert relations_of(build_draft, text, {"distillation": unsure}) == [("uses", "distillation")]


def test_a_cue_of_comparison_wins_unless_the_model_is_very_sure(build_draft):
    text = "It is better than PondNet."
    assert relations_of(build_draft, text, {"PondNet": (Predicate.USES, 0.7)}) == [("comparesWith", "PondNet")]
    assert relations_of(build_draft, text, {"PondNet": (Predicate.USES, 0.9)}) == [("uses", "PondNet")]


def test_the_field_s_own_terms_are_not_introduced_whatever_the_model_sees(build_draft):
    found = relations_of(build_draft, "The gate is distillation.", {"distillation": (Predicate.INTRODUCES, 0.99)})
    assert found == [("uses", "distillation")]


def test_a_role_that_a_kind_cannot_have_becomes_the_usual_one(build_draft):
    assert relations_of(build_draft, "CreekQA, once more.", {"CreekQA": (Predicate.USES, 0.9)}) == [("evaluatesOn", "CreekQA")]


def test_with_a_model_a_term_that_it_does_not_see_needs_a_cue_or_a_telling_kind(build_draft):
    guesses = {"PondNet": (Predicate.USES, 0.9)}
    text = "PondNet helps. Distant gate splitting, CreekQA and accuracy follow."
    assert relations_of(build_draft, text, guesses) == [
        ("evaluatesOn", "CreekQA"),
        ("measures", "accuracy"),
        ("uses", "PondNet"),
    ]


def test_another_paper_s_name_is_compared_with_at_most(build_draft):
    guesses = {"DeltaMap": (Predicate.INTRODUCES, 0.99)}
    assert relations_of(build_draft, "RiverNet and DeltaMap read maps.", guesses) == []
    assert relations_of(build_draft, "RiverNet outperforms DeltaMap.", guesses) == [("comparesWith", "DeltaMap")]


def test_what_a_paper_coins_it_does_not_also_use(build_draft):
    text = "It introduces PondNet, a net. Later stages use PondNet."
    assert relations_of(build_draft, text) == [("introduces", "PondNet")]


def test_deep_in_a_page_the_model_alone_introduces_nothing(build_draft):
    guesses = {"PondNet": (Predicate.INTRODUCES, 0.95)}
    filler = " ".join(["The gate opens."] * 12)
    assert relations_of(build_draft, "PondNet helps.", guesses, role="body") == [("introduces", "PondNet")]
    assert relations_of(build_draft, f"{filler} PondNet helps PondNet.", guesses, role="body") == [("uses", "PondNet")]


def test_deep_in_a_page_what_is_named_once_in_passing_is_nothing_to_the_paper(build_draft):
    filler = " ".join(["The gate opens."] * 12)
    text = f"{filler} It is trained with gate splitting and distillation, outperforms PondNet and gains on CreekQA."
    found = [("comparesWith", "PondNet"), ("evaluatesOn", "CreekQA"), ("uses", "distillation")]
    assert relations_of(build_draft, text) == found


def test_a_term_that_is_the_subject_of_its_own_clause_is_not_governed_by_the_verb_before(build_draft):
    text = "It beats the old gate, and PondNet follows."
    assert relations_of(build_draft, text) == [("comparesWith", "PondNet")]
    guesses = {"PondNet": (Predicate.USES, 0.7)}
    assert relations_of(build_draft, text, guesses, {"follows": "VERB"}) == [("uses", "PondNet")]


@pytest.mark.parametrize(
    "text", ["It uses PondNet with gate splitting on CreekQA. ", "if PondNet, gate splitting and CreekQA, "]
)
def test_time_is_linear(build_draft, text):
    def seconds(count):
        draft = draft_of(build_draft, text * count)
        start = time.process_time()
        find_relations(draft, {})
        return time.process_time() - start

    seconds(50)
    small, large = seconds(200), seconds(1600)
    assert large < max(0.8, 24 * small)
