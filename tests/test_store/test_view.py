"""The graph for users of rdflib, pandas and polars."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import KgError
from tests.test_store.conftest import BODIES

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    folder = tmp_path_factory.mktemp("view")
    (folder / "fold.txt").write_text(f"Fold Letter\n\nMay 3, 2026\n\n{BODIES[1]}", encoding="utf-8")
    return kg.build(folder / "fold.txt", folder / "graph", fast=True)


PAPERS = "SELECT ?name ?year { ?p a kg:Paper ; skos:prefLabel ?name OPTIONAL { ?p kg:year ?year } } ORDER BY ?name"


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_answers_as_frames(graph: kg.Graph, library: str) -> None:
    pytest.importorskip(library)
    frame = graph.frame(PAPERS, library=library)
    assert list(frame.columns) == ["name", "year"]
    assert list(frame["name"]) == ["CreaseBench", "LoopFold"]
    assert list(frame["year"]) == [2026, 2026]
    empty = graph.frame("SELECT ?a ?b { ?a kg:nothing ?b }", library=library)
    assert (list(empty.columns), len(empty)) == (["a", "b"], 0)
    assert len(graph.frame("papers", library=library)) == 2


def test_what_is_no_frame(graph: kg.Graph) -> None:
    with pytest.raises(KgError, match="an ASK query has no rows"):
        graph.frame("ASK { ?p a kg:Paper }")
    with pytest.raises(KgError, match="is not installed"):
        graph.frame(PAPERS, library="no_such_library")


def test_an_rdflib_dataset_that_reads_the_store(graph: kg.Graph) -> None:
    import rdflib

    view = graph.rdflib()
    names = [str(row.name) for row in view.query(PAPERS)]
    assert names == ["CreaseBench", "LoopFold"]
    assert sum(1 for _ in view.quads((None, None, None, None))) == len(graph.store)
    paper = next(view.subjects(rdflib.RDF.type, rdflib.Namespace(dict(view.namespaces())["kg"]).Paper))
    assert str(view.value(paper, rdflib.SKOS.prefLabel)) in names


def test_the_view_changes_nothing(graph: kg.Graph) -> None:
    import rdflib

    view, triple = graph.rdflib(), (rdflib.RDF.type, rdflib.RDF.type, rdflib.RDF.type)
    before = len(graph.store)
    for write in (
        lambda: view.add(triple),
        lambda: view.remove((None, None, None)),
        lambda: view.graph(rdflib.URIRef("urn:x")).add(triple),
        lambda: view.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
        lambda: view.parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle"),
    ):
        with pytest.raises(KgError, match="for reading only"):
            write()
    assert len(graph.store) == before


def test_a_graph_in_memory_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "fold.txt").write_text(f"Fold Letter\n\nMay 3, 2026\n\n{BODIES[0]}", encoding="utf-8")
    disk = kg.build(tmp_path / "fold.txt", tmp_path / "graph", fast=True)
    memory = kg.open(tmp_path / "graph", in_memory=True)
    assert set(memory.store) == set(disk.store)
    assert memory.query(PAPERS) == disk.query(PAPERS)
