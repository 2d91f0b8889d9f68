"""Terms cut down to the names in them, one kind for each name, and names that stand for papers. All text is our own."""

from __future__ import annotations

import pytest

from kg.extract.papers.systems import find_named_systems
from kg.extract.relations.papers import find_paper_relations
from kg.extract.results.benchmarks import own_benchmarks
from kg.extract.terms.again import find_again
from kg.extract.terms.agree import agree_kinds
from kg.extract.terms.recognizer import TermGuess
from kg.extract.terms.trim import find_name, is_variant
from kg.model import Kind, Predicate, Relation, Span

KNOWN = {"foo": {Kind.BENCHMARK}, "foobench": {Kind.BENCHMARK}, "bar": {Kind.BENCHMARK, Kind.TECHNIQUE}}


def mention(draft, name: str, kind: Kind, rule: str = "model.terms", nth: int = 0) -> int:
    at = -1
    for _ in range(nth + 1):
        at = draft.text.index(name, at + 1)
    return draft.add_mention(Span(at, at + len(name)), kind, rule, confidence=0.95)


@pytest.mark.parametrize(
    ("words", "kind", "name", "becomes"),
    [
        ("the PoolBusters benchmark", Kind.BENCHMARK, "the PoolBusters", Kind.BENCHMARK),
        ("FOO-500 majority voting", Kind.BENCHMARK, "FOO-500", Kind.BENCHMARK),
        ("RAIN's public validation set", Kind.BENCHMARK, "RAIN", Kind.BENCHMARK),
        ("Welsh instruction data", Kind.BENCHMARK, "Welsh instruction data", Kind.BENCHMARK),
        ("FooBench accuracy", Kind.METRIC, "FooBench", Kind.BENCHMARK),
        ("TidalQA recall", Kind.METRIC, "TidalQA", Kind.BENCHMARK),
        ("false positive rate", Kind.METRIC, "false positive rate", Kind.METRIC),
        ("the rGlide reasoning framework", Kind.TECHNIQUE, "the rGlide", Kind.TECHNIQUE),
        ("Mixture-of-Rivers methodology", Kind.TECHNIQUE, "Mixture-of-Rivers", Kind.TECHNIQUE),
        ("token pruning method", Kind.TECHNIQUE, "token pruning method", Kind.TECHNIQUE),
        ("AI systems", Kind.CONCEPT, "AI systems", Kind.CONCEPT),
    ],
)
def test_a_term_is_cut_down_to_the_name_in_it(words: str, kind: Kind, name: str, becomes: Kind) -> None:
    end, found = find_name(words, kind, KNOWN)
    assert (words[:end], found) == (name, becomes)


def test_a_known_benchmark_with_a_size_or_a_version_behind_it_is_one() -> None:
    assert [is_variant(n, KNOWN) for n in ("Foo320K", "Foo-500", "Foo-Lite")] == [True] * 3
    assert [is_variant(n, KNOWN) for n in ("Bar-500", "Foo-trained", "Fool", "GPT-4")] == [False] * 4


def test_one_name_is_one_kind_throughout(build_draft) -> None:
    draft = build_draft("On MudSet it wins. MudSet grows. We use MudSet.")
    first, second, third = (mention(draft, "MudSet", k, nth=n) for n, k in enumerate((Kind.MODEL, Kind.BENCHMARK, Kind.MODEL)))
    guesses = {
        draft.mentions[i].span.start: TermGuess(draft.mentions[i].span, Kind.MODEL, 0.9, 0.9, Predicate.EVALUATES_ON, 0.9)
        for i in (first, third)
    }
    agree_kinds(draft, guesses, {})
    assert {draft.mentions[i].kind for i in (first, second, third)} == {Kind.BENCHMARK}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ReedGuard contains 640 tasks over two weeks.", Kind.BENCHMARK),
        ("ReedGuard, 900 questions about tides, is hard.", Kind.BENCHMARK),
        ("The test bed, ReedGuard, is public.", Kind.BENCHMARK),
        ("ReedGuard trains on 640 nodes.", Kind.TECHNIQUE),
    ],
)
def test_what_is_said_to_hold_items_is_a_benchmark(build_draft, text: str, kind: Kind) -> None:
    draft = build_draft(text)
    index = mention(draft, "ReedGuard", Kind.TECHNIQUE)
    agree_kinds(draft, {}, {})
    assert draft.mentions[index].kind is kind


def test_a_made_up_name_is_found_wherever_it_stands_and_a_size_is_none(build_draft) -> None:
    draft = build_draft("TideNet helps at 10B-A1B. TideNet-2 is not TideNet, at 10B-A1B.")
    mention(draft, "TideNet", Kind.TECHNIQUE)
    mention(draft, "10B-A1B", Kind.MODEL)
    find_again(draft, [s.span for s in draft.sentences])
    again = [draft.mentions[i].span.start for i in range(2, len(draft.mentions))]
    assert again == [draft.text.index("TideNet, at")]


# ------------------------------------------------------------------------------------------- papers and their systems


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("Harbor reads maps.", True),
        ("Harbor, a spring preprint from Mila, reads maps.", False),
        ("The July study Harbor claimed the opposite.", False),
        ("Harbor - a survey of maps.", False),
        ("The paper Harbor reads maps.", True),
        ("Look, Then Leap reads maps.", False),
        ("Too Deep? reads maps.", False),
        ("Tomorrow's Sails reads maps.", False),
    ],
)
def test_what_the_text_calls_a_paper_is_no_system_of_it(build_draft, text: str, introduced: bool) -> None:
    names = ("Look, Then Leap", "Too Deep?", "Tomorrow's Sails", "Harbor")
    draft = build_draft(text, {next(name for name in names if name in text): ()})
    find_named_systems(draft)
    assert bool(draft.relations) is introduced


def test_a_system_stands_for_the_paper_that_introduces_it(build_draft) -> None:
    text = (
        "== quick_hits | Hits\n- Judges at Home finds a bias, and PanelFlip removes it.\n"
        "- Tests from Afar trains coders. CrossRead extends the idea of PanelFlip."
    )
    draft = build_draft(text, {"Judges at Home": (), "Tests from Afar": ()})
    for name, paper in (("PanelFlip", 0), ("CrossRead", 1)):
        term = mention(draft, name, Kind.TECHNIQUE)
        sentence = draft.sentence_at(draft.mentions[term].span.start)
        assert sentence is not None
        draft.relations.append(
            Relation(draft.papers[paper].mention, Predicate.INTRODUCES, term, sentence, "relation.coined", 0.85)
        )
    mention(draft, "PanelFlip", Kind.TECHNIQUE, nth=1)
    find_paper_relations(draft)
    found = [(draft.mentions[r.subject].name, draft.mentions[r.object].name) for r in draft.relations if r.rule[:6] == "papers"]
    assert found == [("Tests from Afar", "Judges at Home")]
    assert draft.relations[-1].predicate is Predicate.EXTENDS


def test_the_benchmark_that_a_paper_brings_is_its_own(build_draft) -> None:
    draft = build_draft(
        "== quick_hits | Hits\n- Notes Lie shows it. Its NoteTrap contains 640 tasks. FooBench has 500 tasks too.",
        {"Notes Lie": ()},
    )
    trap, known = mention(draft, "NoteTrap", Kind.BENCHMARK), mention(draft, "FooBench", Kind.BENCHMARK)
    assert own_benchmarks(draft) == {}  # two of them: none is the paper's own
    draft.change_kind(known, Kind.TECHNIQUE)
    assert own_benchmarks(draft) == {draft.papers[0].mention: trap}
