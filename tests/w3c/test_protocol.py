"""The W3C's tests of the SPARQL 1.1 Protocol, against a running ``kg serve``.

Seven of the 34 tests send updates that must succeed: they pass on ``kg serve --sandbox``. The usual server only reads, and must
refuse exactly those.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from tests.serving import Server, make_graph, run_server
from tests.w3c.http import Exchange, HttpTest, check_exchange, http_tests

TESTS = http_tests("protocol/manifest.ttl")
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not TESTS, reason="the W3C suites are not beside the checkout")]


@pytest.fixture(scope="module")
def readonly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on all the data that any test asks for."""
    given = {graph: text for test in TESTS for graph, text in test.data}
    quads = [Quad(*q.triple, NamedNode(g)) for g, text in given.items() for q in parse(text, format=RdfFormat.N_TRIPLES)]
    with run_server(make_graph(tmp_path_factory.mktemp("protocol") / "graph", quads)) as server:
        yield server


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that answers updates."""
    folder: Path = make_graph(tmp_path_factory.mktemp("sandbox") / "graph", [])
    with run_server(folder, "--sandbox") as server:
        yield server


def send(server: Server, exchange: Exchange) -> httpx.Response:
    url = server.url + exchange.path.replace("/sparql/", "/sparql", 1)
    return server.client.request(exchange.method, url, headers=exchange.headers, content=exchange.body or None)


def load(server: Server, test: HttpTest) -> None:
    text = "CLEAR ALL ; " + " ; ".join(f"INSERT DATA {{ GRAPH <{graph}> {{ {data} }} }}" for graph, data in test.data)
    server.client.post(f"{server.url}/sparql", data={"update": text}).raise_for_status()


def test_there_are_34() -> None:
    assert len(TESTS) == 34
    assert sum(test.updates for test in TESTS) == 7


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_protocol_in_the_sandbox(test: HttpTest, sandbox: Server) -> None:
    load(sandbox, test)
    for exchange in test.exchanges:
        check_exchange(send(sandbox, exchange), exchange)


@pytest.mark.parametrize("test", [t for t in TESTS if not t.updates], ids=lambda test: test.name)
def test_protocol_read_only(test: HttpTest, readonly: Server) -> None:
    for exchange in test.exchanges:
        check_exchange(send(readonly, exchange), exchange)


@pytest.mark.parametrize("test", [t for t in TESTS if t.updates], ids=lambda test: test.name)
def test_updates_are_refused_read_only(test: HttpTest, readonly: Server) -> None:
    response = send(readonly, test.exchanges[0])
    assert response.status_code == 403
    assert "read-only" in response.text
