"""The library: three lines from files to answers, with nothing loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, QueryError

DIGEST = """Fold Letter

May 3, 2026

01 [Training] LoopFold: Long Inputs Folded into Short Ones (arXiv:2601.00001)
LoopFold introduces folded attention, a way to read long inputs in short windows. It lifts RULER accuracy from 61.2 to 66.8.
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "fold-letter.txt"
    path.write_text(DIGEST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graph(source: Path) -> kg.Graph:
    return kg.build(source, fast=True)


def test_a_named_question_gives_rows(graph: kg.Graph) -> None:
    rows = graph.query("papers")
    assert isinstance(rows, list)
    assert "LoopFold" in str(rows[0])


def test_sparql_gives_python_values(graph: kg.Graph) -> None:
    rows = graph.query("SELECT ?value ?baseline ?none { ?r kg:value ?value ; kg:baseline ?baseline }")
    assert rows == [{"value": 66.8, "baseline": 61.2, "none": None}]
    assert graph.query("SELECT ?day { ?d a kg:Document ; dcterms:issued ?day }") == [{"day": date(2026, 5, 3)}]
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?p kg:arxivId ?id }", id='"2601.00001"') == [{"n": 1}]
    assert graph.query("ASK { ?p a kg:Paper }") is True
    triples = graph.query("CONSTRUCT { ?p a kg:Paper } WHERE { ?p a kg:Paper }")
    assert isinstance(triples, list)
    assert str(triples[0]["subject"]).endswith("paper/arxiv-2601.00001")


def test_mistakes_are_errors_with_hints(graph: kg.Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("no-such-question")
    with pytest.raises(NotFoundError):
        graph.show("nothing of that name")
    with pytest.raises(kg.KgError, match="no format"):
        graph.export("docx", "graph.docx")


def test_network_show_export_and_knowledge(graph: kg.Graph, tmp_path: Path) -> None:
    assert "paper/arxiv-2601.00001" in graph.network()
    assert "LoopFold" in graph.show("LoopFold")
    assert graph.export("graphml", tmp_path / "graph.graphml") == (tmp_path / "graph.graphml").stat().st_size
    assert graph.knowledge.documents[0].text.startswith("Fold Letter")


def test_a_notebook_shows_the_whole_graph_in_a_sandbox(graph: kg.Graph) -> None:
    picture = graph.show()._repr_html_()
    assert picture.startswith("<iframe")
    assert 'sandbox="allow-scripts"' in picture


def test_a_folder_keeps_the_graph(source: Path, graph: kg.Graph, tmp_path: Path) -> None:
    made = kg.build([source], tmp_path / "graph", fast=True)
    opened = kg.open(tmp_path / "graph")
    assert len(made.store) == len(opened.store) == len(graph.store)
    with pytest.raises(kg.KgError, match="no knowledge base"):
        _ = opened.knowledge


@pytest.mark.parametrize("folder", [None, "graph"])
def test_sources_that_cannot_be_read_warn_or_raise(source: Path, tmp_path: Path, folder: str | None) -> None:
    place = tmp_path / folder if folder else None
    empty = tmp_path / "empty.md"
    empty.touch()
    with pytest.warns(UserWarning, match=r"skipped empty\.md: the file is empty"):
        kg.build([source, empty], place, fast=True)
    with pytest.raises(kg.KgError, match="the file is empty"):
        kg.build(empty, place, fast=True)


def test_import_loads_nothing_of_the_house() -> None:
    code = "import kg, sys; print(*sorted(m for m in sys.modules if m.startswith('kg')), *dir(kg))"
    words = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [word for word in words if word.startswith("kg")] == ["kg"]
    assert {"build", "open", "Graph", "KgError"} <= set(words)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]


def test_a_graph_that_is_asked_often_is_held_in_memory(source: Path, tmp_path: Path) -> None:
    kg.build([source], tmp_path / "graph", fast=True)
    small, never, at_once = (kg.open(tmp_path / "graph", in_memory=choice) for choice in (None, False, True))
    stores = [graph.store for graph in (small, never, at_once)]
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    answers = [[graph.query(query) for _ in range(3)] for graph in (small, never, at_once)]
    assert all(rows == answers[0][0] for asked in answers for rows in asked)
    assert [graph.store is store for graph, store in zip((small, never, at_once), stores, strict=True)] == [False, True, True]
    assert set(small.store) == set(stores[0])
