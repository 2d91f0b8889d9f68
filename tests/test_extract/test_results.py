"""Sentences with mentions -> results: value, unit, kind, metric, benchmark, subject, paper. All text is our own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.draft import Draft
from kg.extract.results.find import find_results
from kg.extract.segment import segment
from kg.model import Block, BlockKind, Document, Kind, PaperFacts, Result, Role, Section, Span

NAMES = {
    Kind.BENCHMARK: ["FooBench", "BarQA", "QuuxSet"],
    Kind.METRIC: ["accuracy", "AUROC", "NDCG@10", "pass@1", "F1"],
    Kind.MODEL: ["Zed-7B", "Zed 2", "Gem 4 31B"],
    Kind.HARDWARE: ["Q100"],
    Kind.TECHNIQUE: ["GridTune", "DeltaProbe"],
}


def draft_of(text: str, role: Role = Role.BODY, kind: BlockKind = BlockKind.PARAGRAPH, paper: str = "") -> Draft:
    """A draft of one block a line, with a mention wherever one of NAMES stands, all about ``paper``."""
    blocks = [Block(Span(m.start(), m.end()), kind, 0) for m in re.finditer(r"[^\n]+", text)]
    document = Document("d", text, "t", "s", "0", "text", sections=(Section(Span(0, len(text)), role),), blocks=tuple(blocks))
    draft = segment(document)
    mention_names(draft)
    if paper:
        at = text.index(paper)
        mention = draft.add_mention(Span(at, at + len(paper)), Kind.PAPER, "test")
        draft.papers.append(PaperFacts(mention, paper, entry=True, stretches=(Span(0, len(text)),)))
    return draft


def mention_names(draft: Draft) -> None:
    for kind, names in NAMES.items():
        for name in names:
            for m in re.finditer(re.escape(name), draft.text):
                draft.add_mention(Span(m.start(), m.end()), kind, "test")


def results_of(text: str, role: Role = Role.BODY, paper: str = "") -> tuple[Draft, list[Result]]:
    draft = draft_of(text, role, paper=paper)
    find_results(draft)
    return draft, draft.results


def name(draft: Draft, mention: int | None) -> str | None:
    return None if mention is None else draft.mentions[mention].name


#: sentence -> (value, upper, baseline, unit, kind, metric, benchmark) of each result
FOUND = [
    ("GridTune reaches 53% accuracy on FooBench.", [("53", None, None, "percent", "absolute", "accuracy", "FooBench")]),
    ("It lifts FooBench from 70.1 to 73.5.", [("73.5", None, "70.1", "", "absolute", None, "FooBench")]),
    ("On FooBench the model goes 61.2 to 66.0 at 16K.", [("66.0", None, "61.2", "", "absolute", None, "FooBench")]),
    ("1.31x on FooBench, 1.20x on BarQA.", [
        ("1.31", None, None, "ratio", "ratio", None, "FooBench"), ("1.20", None, None, "ratio", "ratio", None, "BarQA")]),
    ("It improves FooBench and BarQA by 26.1% and 14.3%.", [
        ("26.1", None, None, "percent", "delta", None, "FooBench"), ("14.3", None, None, "percent", "delta", None, "BarQA")]),
    ("We gain +14 points on QuuxSet across 4K to 32K context lengths.", [
        ("14", None, None, "points", "delta", None, "QuuxSet")]),
    ("A state-of-the-art result on BarQA (93.7%).", [("93.7", None, None, "percent", "absolute", None, "BarQA")]),
    ("The probe separates them at AUROC 0.89-0.96.", [("0.89", "0.96", None, "", "range", "AUROC", None)]),
    ("It averages 69.32 here.", [("69.32", None, None, "", "absolute", None, None)]),
    ("It has NDCG@10 0.628 on BarQA.", [("0.628", None, None, "", "absolute", "NDCG@10", "BarQA")]),
    ("GridTune reduces tool calls by 48% with only 1.7% accuracy loss.", [
        ("48", None, None, "percent", "delta", None, None), ("1.7", None, None, "percent", "delta", "accuracy", None)]),
    ("Only 10% of the tokens carry signal.", [("10", None, None, "percent", "fraction", None, None)]),
    ("It solves 4 out of 6 problems.", [("4", None, None, "out_of_6", "fraction", None, None)]),
    ("It is up to 3x more sample-efficient.", [("3", None, None, "ratio", "ratio", None, None)]),
    ("A suite of 18 environments and 451 questions.", [
        ("18", None, None, "count", "absolute", None, None), ("451", None, None, "count", "absolute", None, None)]),
    ("The update lands 18 hours later.", [("18", None, None, "hours", "absolute", None, None)]),
    ("We release a 26M parameter model.", [("26000000", None, None, "parameters", "absolute", None, None)]),
    ("It reaches 72.5% vs 48.5% best baseline.", [("72.5", None, "48.5", "percent", "absolute", None, None)]),
    ("We report 0.48 on FooBench and 0.42 on BarQA.", [
        ("0.48", None, None, "", "absolute", None, "FooBench"), ("0.42", None, None, "", "absolute", None, "BarQA")]),
]  # fmt: skip

#: sentences whose numbers are names, settings, periods or sizes of other models
NOTHING = [
    "GridTune runs on Zed 2 and Zed-7B with Gem 4 31B.",
    "An 8B teacher guides the 1.7B student.",
    "We use 8x Q100 cards and 8 Q100 GPUs in a 5-shot setting.",
    "Three papers appeared in 11 days.",
    "This Tier 1 item opens Phase 2 of Section 3.",
    "The pass@1 and NDCG@10 columns use Top-20 candidates.",
    "Version 2.0 follows Release 1.5.",
    "A model of 70B or higher may differ.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_finds_results(text: str, expected: list[tuple[str | None, ...]]) -> None:
    draft, results = results_of(text)
    found = [
        (r.value, r.upper, r.baseline, r.unit, r.kind.value, name(draft, r.metric), name(draft, r.benchmark)) for r in results
    ]
    number = [tuple(Decimal(n) if n else None for n in row[:3]) + row[3:] for row in expected]
    assert found == number


@pytest.mark.parametrize("text", NOTHING)
def test_names_settings_and_periods_are_no_results(text: str) -> None:
    assert [r.value_text for r in results_of(text)[1]] == []


def test_horizons_of_predictions_are_no_results() -> None:
    assert results_of("GridTune at scale, 90 days.", Role.PREDICTIONS)[1] == []
    assert [r.value for r in results_of("GridTune trains for 90 days.", Role.DEEP_DIVE)[1]] == [90]


def test_a_proper_name_after_on_and_a_score_becomes_a_benchmark() -> None:
    draft, [first, second] = results_of("It has 34.4% vs 32.3% on the Pond Usage Index.")
    assert (first.value, first.baseline, second.value) == (Decimal("34.4"), Decimal("32.3"), Decimal("32.3"))
    assert name(draft, first.benchmark) == name(draft, second.benchmark) == "Pond Usage Index"


def test_a_score_without_a_benchmark_takes_the_one_named_before() -> None:
    draft, results = results_of("GridTune gets 70.5% on FooBench. Ensembles push it to 74.2%.")
    assert [name(draft, r.benchmark) for r in results] == ["FooBench", "FooBench"]
    assert results[0].confidence > results[1].confidence


def test_a_paper_that_is_a_benchmark_is_what_its_scores_are_on() -> None:
    draft, [result] = results_of("PondBench is out. The best agent reaches 41.5%.", paper="PondBench")
    assert name(draft, result.benchmark) == name(draft, result.paper) == "PondBench"
    assert draft.mentions[result.benchmark or 0].kind is Kind.BENCHMARK


def test_subjects() -> None:
    draft, results = results_of("DeltaProbe hits 77% (vs. 76% by Zed 2). A set of 12 new tasks. The 750MW deal stands.")
    assert [(r.value_text, r.subject) for r in results] == [
        ("77", "DeltaProbe"), ("76", "Zed 2"), ("12", "new tasks"), ("750", "DeltaProbe")]  # fmt: skip
    assert name(draft, results[0].subject_mention) == "DeltaProbe"
    assert all(r.subject for r in results)


def test_a_number_in_brackets_after_a_paper_is_of_that_paper() -> None:
    text = "Alpha Study is new. Earlier, Beta Study (only 10% of tokens) came out."
    draft = draft_of(text, paper="Alpha Study")
    beta = draft.add_mention(Span(text.index("Beta"), text.index("Beta") + 10), Kind.PAPER, "test")
    find_results(draft)
    assert [r.paper for r in draft.results] == [beta]


def test_repeats_agree_on_metric_and_benchmark() -> None:
    text = "GridTune reaches 72.5% accuracy on FooBench.\nThe headline is 72.5% for GridTune."
    draft, results = results_of(text, paper="GridTune")
    assert [r.value for r in results] == [Decimal("72.5")] * 2
    assert [name(draft, r.benchmark) for r in results] == ["FooBench"] * 2
    assert [name(draft, r.metric) for r in results] == ["accuracy"] * 2


ON = [
    ("On Quux-Bench it runs 2.9x as fast.", "Quux-Bench"),
    ("The Lake Data Index has it at 34.4%.", "Lake Data Index"),
    ("It fails on 54% of the FooBench problems.", "FooBench"),
    ("FooBench at 16K goes from 72.9 to 81.1.", "FooBench"),
    ("On FooBench it serves 943 tokens per second.", "FooBench"),
    ("In FooBench, it gains 2.5%, and in BarQA, the gain is 6.1%.", "FooBench", "BarQA"),
    ("On our cluster it runs 2.9x as fast.", None),
    ("At 1B/25B tokens it gains 3.1%.", None),
]


@pytest.mark.parametrize(("text", "benchmarks"), [(text, list(names)) for text, *names in ON])
def test_what_a_sentence_opens_with_its_numbers_are_on(text: str, benchmarks: list[str | None]) -> None:
    draft, results = results_of(text)
    assert [name(draft, r.benchmark) for r in results] == benchmarks


def test_a_known_benchmark_inside_a_longer_term_is_what_a_score_is_on() -> None:
    draft = draft_of("We test on FooBench. It lifts the FooBench retrieval average to 57.9%.")
    at = draft.text.index("FooBench retrieval")
    draft.add_mention(Span(at, at + len("FooBench retrieval average")), Kind.METRIC, "test")
    find_results(draft)
    assert [name(draft, r.benchmark) for r in draft.results] == ["FooBench"]


def test_code_and_furniture_hold_no_results() -> None:
    for kind in (BlockKind.CODE, BlockKind.FURNITURE):
        draft = draft_of("GridTune reaches 53% on FooBench.", kind=kind)
        find_results(draft)
        assert draft.results == []


def table(rows: list[list[str]]) -> Draft:
    text, blocks = "", []
    for n, row in enumerate(rows):
        cells, start = [], len(text)
        for cell in row:
            cells.append(Span(len(text), len(text) + len(cell)))
            text += cell + " | "
        blocks.append(Block(Span(start, len(text)), BlockKind.ROW, 0, cells=tuple(cells), header=n == 0, table=0))
        text += "\n"
    section = Section(Span(0, len(text)), Role.BODY)
    draft = segment(Document("d", text, "t", "s", "0", "markdown", sections=(section,), blocks=tuple(blocks)))
    mention_names(draft)
    return draft


def test_cells_under_benchmarks_are_results_of_their_rows() -> None:
    draft = table(
        [["Method", "FooBench", "BarQA (%)", "Year"], ["GridTune", "**71.2**", "45.1 ± 0.3", "2024"], ["Other", "-", "44", "x"]]
    )
    find_results(draft)
    assert [(r.value_text, r.subject, name(draft, r.benchmark), r.unit) for r in draft.results] == [
        ("71.2", "GridTune", "FooBench", ""),
        ("45.1", "GridTune", "BarQA", "percent"),
        ("44", "Other", "BarQA", "percent"),
    ]
    assert name(draft, draft.results[0].subject_mention) == "GridTune"


def test_a_made_up_head_beside_a_benchmark_is_a_benchmark() -> None:
    draft = table([["Method", "FooBench", "V*Reef", "Mean", "Tokens"], ["GridTune", "71.2", "74.9", "73.0", "25%"]])
    find_results(draft)
    assert [(r.value_text, name(draft, r.benchmark)) for r in draft.results] == [
        ("71.2", "FooBench"), ("74.9", "V*Reef"), ("73.0", None), ("25", None)]  # fmt: skip


ONLY = "GridTune has 61.5% accuracy on FooBench. It gains 4 points on FooBench, and 61.5% on FooBench with tools.\n"


@pytest.mark.parametrize(
    ("more", "benchmark"),
    [
        ("The small one is at 44.1, up from 40.3.", "FooBench"),
        ("The small one loses 2.5 points.", "FooBench"),
        ("It has 8 million parameters.", None),
        ("On BarQA it has 3%.\nThe small one is at 44.1, up from 40.3.", None),
    ],
)
def test_where_all_is_on_one_benchmark_other_scores_are_too(more: str, benchmark: str | None) -> None:
    draft, results = results_of(ONLY + more, paper="GridTune")
    assert name(draft, results[-1].benchmark) == benchmark


def test_a_turned_table_has_its_subjects_in_the_header() -> None:
    draft = table([["", "GridTune", "Other"], ["F1", "0.81", "0.77"], ["Notes", "3", "4"]])
    find_results(draft)
    assert [(r.value_text, r.subject, name(draft, r.metric)) for r in draft.results] == [
        ("0.81", "GridTune", "F1"), ("0.77", "Other", "F1")]  # fmt: skip


def test_heads_that_say_what_cells_hold_make_a_row_one_result() -> None:
    draft = table(
        [
            ["Method", "Benchmark", "Metric", "Baseline", "New"],
            ["GridTune", "LakeSet 2", "F1", "61.5", "64.0"],
            ["x", "y", "z", "-", "-"],
        ]
    )
    find_results(draft)
    (result,) = draft.results
    assert (result.value_text, str(result.baseline), result.subject) == ("64.0", "61.5", "GridTune")
    assert (name(draft, result.benchmark), name(draft, result.metric)) == ("LakeSet 2", "F1")


def test_decimals_are_results_under_any_head_but_years_sizes_and_row_heads_are_none() -> None:
    draft = table(
        [["Test model", "Linear", "Trees", "Year"], ["1M / 1B tokens", "90.1", "98.4", "20.24"], ["60M", "3", "4", "5"]]
    )
    find_results(draft)
    assert [(r.value_text, r.subject) for r in draft.results] == [("90.1", "1M / 1B tokens"), ("98.4", "1M / 1B tokens")]


def test_tables_of_names_give_no_results() -> None:
    draft = table([["Paper", "Links"], ["GridTune", "12"]])
    find_results(draft)
    assert draft.results == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,-%x$#/() BKMaesTvs\nFooBench"), max_size=160))
def test_any_text_gives_results_inside_their_sentences(text: str) -> None:
    draft, results = results_of(text)
    for r in results:
        sentence = draft.sentences[r.sentence].span
        assert sentence.covers(r.span)
        assert r.value_text in r.span.of(text)
        assert r.value_text


@pytest.mark.parametrize("piece", ["5% on FooBench, ", "gains 3x. ", "FooBench ", "7 tasks and "])
def test_time_is_linear(piece: str) -> None:
    def seconds(n: int) -> float:
        draft = draft_of(piece * n)
        start = time.process_time()
        find_results(draft)
        return time.process_time() - start

    seconds(20)
    small, large = seconds(100), seconds(800)
    assert large < max(0.5, 24 * small)


@pytest.mark.parametrize(
    ("text", "value", "benchmark"),
    [
        ("It costs little, Lamp Arena leaderboard rank 3 behind two others.", "3", "Lamp Arena leaderboard"),
        ("Underrated by Paperhub cs.AI #5 this week.", "5", "Paperhub cs.AI"),
        ('Paperhub cs.AI likes "Lamps in the Dark" (hub_rating 8.5/10, cs.AI #7).', "8.5", "Paperhub"),
        ("It reaches 93% accuracy on held-out prompts, no more.", "93", "held-out prompts"),
    ],
)
def test_rankings_ratings_and_phrases_that_say_on_what(
    build_draft: Callable[..., Draft], text: str, value: str, benchmark: str
) -> None:
    draft = build_draft(text)
    place = text.find("accuracy")
    if place >= 0:
        draft.add_mention(Span(place, place + len("accuracy")), Kind.METRIC, "test")
    find_results(draft)
    found = {str(r.value): draft.mentions[r.benchmark].name for r in draft.results if r.benchmark is not None}
    assert found.get(value) == benchmark


def test_a_baseline_is_on_what_its_score_is_on():
    draft, found = results_of(
        "GridTune reaches 53.1 accuracy on FooBench, against 49.2 for Gem 4 31B, and on BarQA it gets 61.0."
    )
    assert [(str(r.value), name(draft, r.benchmark)) for r in found] == [
        ("53.1", "FooBench"),
        ("49.2", "FooBench"),
        ("61.0", "BarQA"),
    ]


def test_a_split_of_a_benchmark():
    draft, [result] = results_of("GridTune wins 4.1 points on the muddy split of NUTS.")
    assert name(draft, result.benchmark) == "NUTS"
