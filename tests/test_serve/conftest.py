"""A server on a small graph in which some texts are hostile, with small limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph import vocab
from tests.serving import Server, make_graph, run_server
from tests.test_serve.hostile import IRIS, TEXTS

SMALL = Path(__file__).parent.parent / "test_query" / "small.trig"
TIMEOUT = 1.0
MAX_ROWS = 2_000
MAX_BYTES = 300_000


def hostile_quads() -> Iterator[Quad]:
    """A technique for each hostile text, which is its label, its definition and what its sentence says."""
    graph, kind = NamedNode(vocab.ENTITIES_GRAPH), NamedNode(vocab.KG + "Technique")
    document = NamedNode(vocab.document_iri("hostile"))
    for number, text in enumerate(TEXTS):
        node = NamedNode(vocab.entity_iri(f"technique/hostile-{number}"))
        yield Quad(node, NamedNode(vocab.RDF + "type"), kind, graph)
        yield Quad(node, NamedNode(vocab.SKOS + "prefLabel"), Literal(text), graph)
        yield Quad(node, NamedNode(vocab.SKOS + "definition"), Literal(text), graph)
        yield Quad(node, NamedNode(vocab.SCHEMA + "url"), NamedNode(IRIS[number % len(IRIS)]), graph)
        claim = NamedNode(vocab.hashed_iri("claim", text))
        yield Quad(claim, NamedNode(vocab.KG + "text"), Literal(text), document)
        yield Quad(claim, NamedNode(vocab.RDFS + "seeAlso"), NamedNode(IRIS[number % len(IRIS)]), document)


def filler_quads() -> Iterator[Quad]:
    """Enough for a cross product that does not end."""
    graph = NamedNode("http://example.org/filler")
    for number in range(3000):
        yield Quad(NamedNode(f"http://example.org/n{number}"), NamedNode("http://example.org/p"), Literal(number), graph)


def small_quads() -> list[Quad]:
    """The small graph of the tests of queries."""
    return list(parse(path=str(SMALL), format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quads = [*small_quads(), *hostile_quads(), *filler_quads()]
    return make_graph(tmp_path_factory.mktemp("serve") / "graph", quads)


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """Read by all tests that leave it as it is."""
    options = ("--timeout", str(TIMEOUT), "--max-rows", str(MAX_ROWS), "--max-bytes", str(MAX_BYTES), "--workers", "2")
    with run_server(folder, *options, "--max-memory", "400") as running:
        yield running
