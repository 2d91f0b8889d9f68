"""A graph that is changed by patches has the quads of one that is written from nothing, whatever its documents say.

The documents are drawn at random from few names, so that they meet in all ways: names of two kinds, names that stand for two
concepts, acronyms that one document defines, papers of one title and two arXiv ids, names that would get one id, numbers and
claims that are stated twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.changes import patch_graph, read_kept, write_graph
from kg.graph.rdf import quads_of
from kg.graph.store import open_store, read_manifest
from kg.model import (
    Alias,
    Claim,
    ClaimType,
    Concept,
    Document,
    Extraction,
    Kind,
    Mention,
    PaperFacts,
    Predicate,
    Relation,
    Result,
    ResultKind,
    Sentence,
    Span,
)
from kg.pipeline.counts import count_all
from kg.pipeline.update import Change, Read, plan_patch
from kg.resolve import NameIndex, Vocabulary, resolve_extractions, resolve_indexed
from kg.resolve.decisions import Decisions, parse_decisions
from tests.test_store.conftest import read_quads

CONCEPTS = (
    Concept("technique/seam", Kind.TECHNIQUE, "seam", ("SM", "seam method"), ("technique/stitch", "topic/cloth")),
    Concept("technique/stitch", Kind.TECHNIQUE, "stitch", ("ST",), ("technique/sewing",)),
    Concept("technique/sewing", Kind.TECHNIQUE, "sewing"),
    Concept("benchmark/hem", Kind.BENCHMARK, "HEM", ("hem test",), ambiguous=("HEM",)),
    Concept("benchmark/hem-two", Kind.BENCHMARK, "HEM two", ("HEM",), ambiguous=("HEM",)),
    Concept("topic/cloth", Kind.TOPIC, "cloth"),
    Concept("venue/loom", Kind.VENUE, "Loom"),
)
DECISIONS = parse_decisions("same: tuck = pleat\napart: seam | SM\napart: C+ | C++")
#: In five sentences, each with the same claim or its opposite, and a number.
TEXT = (
    "Folding keeps warm cloth flat by 3 points. Folding never keeps warm cloth flat by 3 points. Tucks keep thin cloth warm by "
    "7 points. Folding keeps warm cloth flat. Seams hold 3 points."
)
TERMS = [
    (Kind.TECHNIQUE, "seam", ""), (Kind.TECHNIQUE, "SM", ""), (Kind.TECHNIQUE, "seam method", "technique/seam"),
    (Kind.TECHNIQUE, "Stitches", ""), (Kind.CONCEPT, "stitch", ""), (Kind.BENCHMARK, "HEM", "benchmark/hem"),
    (Kind.BENCHMARK, "HEM", "benchmark/hem-two"), (Kind.BENCHMARK, "HEM", ""), (Kind.TECHNIQUE, "C+", ""),
    (Kind.TECHNIQUE, "C++", ""), (Kind.TECHNIQUE, "c", ""), (Kind.MODEL, "tuck", ""), (Kind.TECHNIQUE, "pleat", ""),
    (Kind.TECHNIQUE, "Pleat Net", ""), (Kind.TECHNIQUE, "PleatNet", ""), (Kind.TECHNIQUE, "Pleat.Net", ""),
    (Kind.VENUE, "Loom", ""), (Kind.VENUE, "Spindle", ""), (Kind.INSTITUTION, "Tern Lab", ""), (Kind.INSTITUTION, "seam", ""),
]  # fmt: skip
PAPERS = [
    "Folding",
    "Folding Cloth",
    "Folding.Cloth",
    "Unfolding",
    "Fold",
    "folding",
    "Crease",
    "Creases",
    "Tear",
    "Wear",
    "Hang",
]

mentions = st.sampled_from(TERMS).map(lambda t: Mention(Span(0, 4), t[0], t[1], "rule", concept=t[2]))
weighed = st.builds(
    lambda m, c: Mention(m.span, m.kind, m.name, m.rule, c, m.concept), mentions, st.sampled_from([0.3, 0.6, 1.0])
)
papers = st.builds(
    PaperFacts,
    mention=st.integers(0, 2),
    name=st.sampled_from(PAPERS),
    title=st.sampled_from(["", *PAPERS]),
    arxiv_id=st.sampled_from(["", "", "2601.00001", "2601.00002"]),
    venue=st.sampled_from(["", "Loom", "Spindle", "spindle"]),
    topics=st.lists(st.sampled_from(["Cloth", "thread", "Thread"]), max_size=2).map(tuple),
    aliases=st.lists(st.sampled_from(PAPERS), max_size=1).map(tuple),
    entry=st.booleans(),
    stretches=st.just((Span(0, 40),)),
)
terms = st.integers(3, 6)  # the first three mentions are papers
relations = st.builds(
    Relation,
    subject=st.integers(0, 6),
    predicate=st.sampled_from([Predicate.USES, Predicate.BROADER, Predicate.EXTENDS]),
    object=st.integers(0, 6),
    sentence=st.integers(0, 4),
    rule=st.sampled_from(["rule.a", "rule.b"]),
    confidence=st.sampled_from([0.5, 0.7, 1.0]),
)
claims = st.builds(
    Claim,
    sentence=st.integers(0, 4),
    type=st.sampled_from([ClaimType.FINDING, ClaimType.LIMITATION]),
    paper=st.none() | st.integers(0, 2),
    about=st.lists(terms, max_size=2).map(tuple),
    rule=st.just("rule.c"),
)
results = st.builds(
    Result,
    sentence=st.integers(0, 4),
    span=st.just(Span(0, 4)),
    value=st.sampled_from([Decimal(3), Decimal(7)]),
    value_text=st.just("3"),
    kind=st.just(ResultKind.ABSOLUTE),
    subject=st.sampled_from(["cloth", ""]),
    metric=st.none() | terms,
    paper=st.none() | st.integers(0, 2),
    confidence=st.sampled_from([0.5, 1.0]),
)
aliases = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: Alias(*pair, "acronym definition"))
extractions = st.builds(
    lambda names, m, a, p, r, c, n: Extraction(
        "",
        _sentences(),
        (*(Mention(Span(0, 4), Kind.PAPER, name, "rule") for name in names), *m),
        tuple(a),
        tuple(p),
        tuple(r),
        tuple(c),
        tuple(n),
    ),
    st.lists(st.sampled_from(PAPERS), min_size=3, max_size=3),
    st.lists(weighed, min_size=4, max_size=4),
    st.lists(aliases, max_size=3),
    st.lists(papers, max_size=3, unique_by=lambda paper: paper.mention),
    st.lists(relations, max_size=4),
    st.lists(claims, max_size=3),
    st.lists(results, max_size=3),
)
#: What documents say in turn: each step changes some of five, or removes them.
plans = st.lists(st.dictionaries(st.integers(0, 4), st.none() | extractions, min_size=1, max_size=3), min_size=2, max_size=4)


def _sentences() -> tuple[Sentence, ...]:
    ends = [at + 1 for at, character in enumerate(TEXT) if character == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return tuple(Sentence(Span(start, end), 0) for start, end in zip(starts, ends, strict=True))


def _read(number: int, extraction: Extraction) -> Read:
    name = f"d{number}"
    document = Document(name, TEXT, name, f"{name}.txt", name, "text")
    fields = {field: getattr(extraction, field) for field in Extraction.__slots__}
    return document, Extraction(**fields | {"document": name})


class Graph:
    """A graph in a folder, changed step by step."""

    def __init__(self, folder: Path, decisions: Decisions) -> None:
        self.folder = folder
        self.decisions = decisions
        self.reads: dict[str, Read] = {}

    def change(self, step: dict[int, Extraction | None]) -> None:
        old = [self.reads.pop(f"d{n}") for n in sorted(step) if f"d{n}" in self.reads]
        new = [_read(n, extraction) for n, extraction in sorted(step.items()) if extraction]
        self.reads |= {document.id: (document, extraction) for document, extraction in new}
        if not self.reads:
            self.reads = {document.id: (document, extraction) for document, extraction in old}
        elif (kept := read_kept(self.folder)) is None:
            index = NameIndex(Vocabulary(CONCEPTS), self.decisions)
            documents, found = self._parts()
            kb = resolve_indexed(documents, found, index)
            write_graph(self.folder, kb, kept=index.pack(), summary=count_all(kb))
        else:
            index = NameIndex(Vocabulary(CONCEPTS), self.decisions, kept)
            patch, more = plan_patch(Change(old, new), index, open_store(self.folder), self._load)
            summary = {name: n + more[name] for name, n in read_manifest(self.folder).summary.items()}
            patch_graph(self.folder, patch, kept=index.pack(), summary=summary)

    def check(self) -> None:
        kb = resolve_extractions(*self._parts(), CONCEPTS, self.decisions)
        assert read_quads(self.folder) == sorted(f"{quad} .\n".encode() for quad in quads_of(kb))
        manifest = read_manifest(self.folder)
        assert manifest.summary == count_all(kb)
        assert manifest.counts["quads"] == len(open_store(self.folder))

    def _parts(self) -> tuple[list[Document], dict[str, Extraction]]:
        return [d for d, _ in self.reads.values()], {id_: x for id_, (_, x) in self.reads.items()}

    def _load(self, ids: Iterable[str]) -> list[Read]:
        return [self.reads[id_] for id_ in sorted(set(ids))]


def check_plan(folder: Path, plan: list[dict[int, Extraction | None]], decisions: Decisions) -> None:
    graph = Graph(folder, decisions)
    for step in plan:
        graph.change(step)
        if graph.reads:
            graph.check()
    shutil.rmtree(folder, ignore_errors=True)


def said(*names: tuple[Kind, str], **parts: Any) -> Extraction:
    """A document that names some things and says something of them."""
    mentions = tuple(Mention(Span(0, 4), kind, name, "rule") for kind, name in names)
    return Extraction("", _sentences(), mentions, **parts)


def named(name: str, arxiv_id: str = "") -> Extraction:
    return said((Kind.PAPER, name), papers=(PaperFacts(0, name, arxiv_id=arxiv_id),))


def broader(*relations: Relation) -> Extraction:
    return said((Kind.TECHNIQUE, "seam"), (Kind.TECHNIQUE, "stitch"), (Kind.TECHNIQUE, "pleat"), relations=relations)


def claimed(*papers: str) -> Extraction:
    """One sentence that claims the same of some papers."""
    facts = tuple(PaperFacts(n, name) for n, name in enumerate(papers))
    claims = tuple(Claim(0, ClaimType.FINDING, n, (), "rule.c") for n in range(len(papers)))
    return said(*((Kind.PAPER, name) for name in papers), papers=facts, claims=claims)


SEAM_OF_STITCH = Relation(0, Predicate.BROADER, 1, 0, "rule.a")
PLEAT_OF_STITCH = Relation(2, Predicate.BROADER, 1, 1, "rule.a")


@pytest.mark.parametrize(
    "plan",
    [
        [{0: named("Crease", "2601.00001")}, {1: named("Tear", "2601.00001")}, {0: None}],
        [{0: named("Crease", "2601.00001"), 1: named("Crease", "2601.00002")}, {2: named("Crease")}, {1: None}],
        [{0: broader(SEAM_OF_STITCH, PLEAT_OF_STITCH), 1: broader()}, {0: broader()}, {1: broader(SEAM_OF_STITCH)}],
        [{0: claimed("Crease", "Tear"), 1: claimed("Crease"), 2: claimed("Tear")}, {3: claimed("Crease")}, {1: None}],
    ],
    ids=["one id, two names", "one name, two ids", "an edge that the vocabulary states too", "a claim about two papers"],
)
def test_what_chance_seldom_draws(tmp_path: Path, plan: list[dict[int, Extraction | None]]) -> None:
    check_plan(tmp_path / "graph", plan, Decisions())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans, st.sampled_from([Decisions(), DECISIONS]))
def test_a_patched_graph_has_the_quads_of_one_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, plan: list[dict[int, Extraction | None]], decisions: Decisions
) -> None:
    check_plan(tmp_path_factory.mktemp("patches"), plan, decisions)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans, st.sampled_from([Decisions(), DECISIONS]))
def test_many_patched_graphs(
    tmp_path_factory: pytest.TempPathFactory, plan: list[dict[int, Extraction | None]], decisions: Decisions
) -> None:
    check_plan(tmp_path_factory.mktemp("patches"), plan, decisions)
