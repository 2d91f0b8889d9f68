"""Figures worked out by hand on one small digest, and the same figures as an independent scorer gives on real ones."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import SourceError
from kg.model import (
    Claim,
    ClaimType,
    Document,
    Edge,
    Entity,
    EvidenceRef,
    Extraction,
    Kind,
    KnowledgeBase,
    Mention,
    PaperFacts,
    Predicate,
    Resolution,
    Result,
    ResultKind,
    Sentence,
    Span,
)
from kg.score import score_knowledge
from kg.score.facts import match_names
from kg.score.gold import Gold, GoldClaim, GoldName, GoldPaper, GoldResult, GoldTerm, read_gold
from kg.score.layer import Layer, add_cards
from kg.score.report import format_card, format_report

SHARED = Path(__file__).parents[3] / "shared"

FIRST, SECOND = "LoopFold introduces folded attention for long inputs.", "It lifts RULER accuracy to 71.5 on 8 GPUs."
TEXT = f"{FIRST} {SECOND}"
ENTITIES = (
    Entity("paper/loopfold", Kind.PAPER, "LoopFold", title="LoopFold: Attention in Folds", arxiv_id="2601.00001"),
    Entity("technique/folded-attention", Kind.TECHNIQUE, "folded attention"),
    Entity("technique/long-inputs", Kind.TECHNIQUE, "long inputs"),
    Entity("benchmark/ruler", Kind.BENCHMARK, "RULER"),
)
WORDS = ("LoopFold", "folded attention", "long inputs", "RULER")


def knowledge() -> KnowledgeBase:
    """What a fair extraction of TEXT gives: one term too many, one number too many."""
    first, second = Span(0, len(FIRST)), Span(len(FIRST) + 1, len(TEXT))
    spans = [Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in WORDS]
    mentions = [Mention(s, e.kind, w, "test") for s, e, w in zip(spans, ENTITIES, WORDS, strict=True)]
    score, gpus = TEXT.index("71.5"), TEXT.index("8 GPUs")
    extraction = Extraction(
        "d",
        sentences=(Sentence(first, 0), Sentence(second, 0)),
        mentions=tuple(mentions),
        papers=(PaperFacts(0, "LoopFold", entry=True),),
        claims=(Claim(0, ClaimType.FINDING, 0, (1,), "test"),),
        results=(
            Result(1, Span(score, score + 4), Decimal("71.5"), "71.5", ResultKind.ABSOLUTE, benchmark=3, paper=0),
            Result(1, Span(gpus, gpus + 6), Decimal(8), "8", ResultKind.ABSOLUTE),
        ),
    )
    ref = (EvidenceRef("d", 0, "test"),)
    edges = (
        Edge("paper/loopfold", Predicate.INTRODUCES, "technique/folded-attention", ref),
        Edge("paper/loopfold", Predicate.USES, "technique/long-inputs", ref),
    )
    entity_of = {("d", i): e.id for i, e in enumerate(ENTITIES)}
    document = Document("d", TEXT, "A digest", "d.txt", "0" * 64, "text")
    return KnowledgeBase((document,), {"d": extraction}, ENTITIES, edges, Resolution(entity_of))


GOLD = Gold(
    doc="d.txt",
    papers=[
        GoldPaper("p1", "LoopFold", title="LoopFold: Attention in Folds", arxiv="2601.00001", entry=True),
        GoldPaper("p2", "Crease"),
    ],
    techniques=[GoldTerm("Folded attention", kind="concept"), GoldTerm("RULER", kind="benchmark"), GoldTerm("kernels")],
    paper_technique=[("p1", "introduces", "folded attention"), ("p1", "evaluates_on", "RULER"), ("p2", "uses", "kernels")],
    institutions=[GoldName("NVIDIA")],
    results=[
        GoldResult(71.5, words="accuracy to 71.5", paper="p1", benchmark="RULER"),
        GoldResult(2, words="in two folds", paper="p1"),
        GoldResult([3, 4], words="3 to 4 layers", paper="p1"),
    ],
    claims=[
        GoldClaim("LoopFold introduces folded attention", "mechanism", "p1", also=["finding"]),
        GoldClaim("Crease is", "finding"),
    ],
)


@pytest.mark.parametrize(
    ("layer", "recall", "precision"),
    [
        ("papers (own entry)", 1, 1),
        ("papers (all)", 1 / 2, 1),
        ("arXiv ids", 1, 1),
        ("exact titles", 1, 1),
        ("techniques", 2 / 3, 2 / 3),  # found: folded attention, RULER; missed: kernels; surplus: long inputs
        ("technique kinds", 1, 1),  # a method is as good as a concept
        ("paper-technique (any)", 1 / 3, 1 / 2),
        ("introduces", 1, 1),
        ("institutions", 0, None),
        ("results (value)", 1 / 2, 1 / 2),  # "two" is optional, 3 to 4 missed, 8 GPUs surplus
        ("result -> paper", 1, 1),
        ("result -> benchmark", 1, 1),
        ("claims", 1 / 2, 1 / 2),  # the sentence of a result is a claim too
        ("claim -> paper", 1, 1),
        ("claim types", 1, 1),
        ("evidence verbatim", 1, 1),
        ("edges with evidence", 1, 1),
    ],
)
def test_figures_are_those_worked_out_by_hand(layer: str, recall: float, precision: float | None) -> None:
    found = score_knowledge(GOLD, knowledge(), TEXT)[layer]
    assert found.recall == pytest.approx(recall)
    assert found.precision == (None if precision is None else pytest.approx(precision))


def test_a_quotation_that_is_not_in_the_source_counts_against_the_evidence() -> None:
    layer = score_knowledge(GOLD, knowledge(), TEXT.replace("lifts", "raises"))["evidence verbatim"]
    assert layer.recall == 0.5
    assert layer.missed == [SECOND]


def test_the_report_names_what_was_found_missed_and_surplus() -> None:
    card = score_knowledge(GOLD, knowledge(), TEXT)
    report = format_report("d", card)
    for line in ("missed  kernels", "surplus long inputs", "missed  LoopFold evaluates_on RULER", f"surplus 8 in “{SECOND}”"):
        assert line in report
    assert "techniques                  0.667  0.667  0.667       3      3" in format_card(card)


def test_documents_are_added_up_not_averaged() -> None:
    few, many = Layer(["a"], [], [], 1, 1), Layer(["a"], ["b", "c"], ["d"], 1, 2)
    total = add_cards([{"x": few}, {"x": many}])["x"]
    assert (total.recall, total.precision) == (2 / 4, 2 / 3)


def test_nothing_asked_for_has_no_figure_and_nothing_right_has_zero() -> None:
    assert Layer().f1 is None
    assert Layer([], ["a"]).f1 == 0


def test_names_are_paired_one_to_one_the_closest_first() -> None:
    gold = [{"rl", "reinforcement learning"}, {"rl"}]
    assert match_names(gold, {"a": {"rl"}, "b": {"rl", "reinforcement learning"}, "c": {"rl"}}) == {0: "b", 1: "a"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not gold"),
        ('{"doc": "a.txt", "papers": [{"id": "p1"}]}', "is not gold"),
        ('{"doc": "a.txt", "paper_technique": [["p9", "uses", "x"]]}', "points at papers that it does not list: p9"),
    ],
)
def test_gold_that_is_not_in_the_format_is_a_clear_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(SourceError, match=message):
        read_gold(tmp_path / "a.json")


def test_gold_without_its_document_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"doc": "a.txt"}')
    (tmp_path / "docs").mkdir()
    run = CliRunner().invoke(main, ["score", str(tmp_path / "docs"), str(tmp_path)])
    assert run.exit_code == 2
    assert "error: no document for a.json" in run.output


def test_the_command_gives_figures_as_json(tmp_path: Path) -> None:
    """Digest: two papers, each under its own number and tag."""
    text = (
        "Paper Notes\nMay 3, 2026\n01 [Training] Folding Long Inputs into Short Ones (arXiv:2601.00001). LoopFold folds them.\n"
    )
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.json").write_text('{"doc": "a.txt", "papers": [{"id": "p1", "name": "Never Named", "entry": true}]}')
    run = CliRunner().invoke(main, ["score", str(tmp_path / "a.txt"), str(tmp_path), "--json", "--each", "--fast"])
    assert run.exit_code == 0, run.output
    figures = json.loads(run.output)
    assert set(figures) == {"a", "all"}
    assert figures["all"]["papers (own entry)"]["recall"] == 0


#: Where one name of the gold fits several entities, which of them is taken is a tie: it moves these layers a little.
TIED = {"technique kinds", "paper-technique (any)", "paper-technique (typed)", "introduces"}


@pytest.mark.shared
@pytest.mark.slow
def test_figures_agree_with_those_of_the_independent_scorer(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the folder of real documents is not beside the checkout")
    documents, gold = SHARED / "seeds", SHARED / "eval" / "gold"
    command = [sys.executable, str(SHARED / "eval" / "score.py"), str(documents), str(gold)]
    kg = f"{sys.executable} -m kg"
    subprocess.run([*command, "--kg", kg, "--json", str(tmp_path / "theirs.json")], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "theirs.json").read_text())
    run = CliRunner().invoke(main, ["score", str(documents), str(gold), "--json"])
    ours = json.loads(run.output)
    for layer, figures in theirs.items():
        for measure in ("recall", "precision", "f1"):
            assert ours[layer][measure] == pytest.approx(figures[measure], abs=0.03 if layer in TIED else 0.01), layer
