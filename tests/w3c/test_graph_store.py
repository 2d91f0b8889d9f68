"""The W3C's tests of the SPARQL 1.1 Graph Store Protocol: each GET and HEAD, against a running ``kg serve --sandbox``.

The server offers the reading half of that protocol. What a test writes by PUT, POST or DELETE is written here as updates,
so that every reading request of the suite meets the state that it expects.
"""

from __future__ import annotations

import email.parser
import email.policy
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pyoxigraph import RdfFormat, parse, serialize

from tests.serving import Server, make_graph, run_server
from tests.w3c.http import Exchange, HttpTest, check_exchange, http_tests

TESTS = http_tests("graph-store-protocol/manifest-indirect.ttl") + http_tests("graph-store-protocol/manifest-direct.ttl")
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not TESTS, reason="the W3C suites are not beside the checkout")]
LOCATION = "http://www.example/gsp/new"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with run_server(make_graph(tmp_path_factory.mktemp("store") / "graph", []), "--sandbox") as running:
        yield running


def update(server: Server, text: str) -> None:
    server.client.post(f"{server.url}/sparql", data={"update": text}).raise_for_status()


def graph_of(server: Server, exchange: Exchange) -> str:
    """The graph that a request means, for an update: empty for the default graph."""
    url = urlsplit(exchange.path.replace("$LOCATION$", LOCATION))
    query = parse_qs(url.query, keep_blank_values=True)
    if url.path != "/gsp":
        return f"{server.url}/store{url.path.removeprefix('/gsp')}"
    return "" if "default" in query else query.get("graph", [LOCATION])[0]


def write(server: Server, exchange: Exchange) -> None:
    """What a writing request would have done."""
    graph = graph_of(server, exchange)
    target, scope = (f"GRAPH <{graph}>", f"GRAPH <{graph}> ") if graph else ("DEFAULT", "")
    if exchange.method in ("PUT", "DELETE"):
        update(server, f"DROP SILENT {target}")
    for text in turtles_of(exchange):
        triples = (quad.triple for quad in parse(text, format=RdfFormat.TURTLE, base_iri=graph or "http://www.example/gsp"))
        data = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        update(server, f"INSERT DATA {{ {scope} {{ {data} }} }}" if graph else f"INSERT DATA {{ {data} }}")


def turtles_of(exchange: Exchange) -> list[str]:
    media = exchange.headers.get("content-type") or exchange.headers.get("Content-Type", "")
    if not media.startswith("multipart/"):
        return [exchange.body.decode()] if exchange.body else []
    head = f"Content-Type: {media}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.default).parsebytes(head + exchange.body)
    return [part.get_content() for part in message.iter_parts()]  # type: ignore[attr-defined]


def read(server: Server, exchange: Exchange) -> httpx.Response:
    path = exchange.path.replace("$LOCATION$", LOCATION).replace("/gsp", "/store", 1)
    return server.client.request(exchange.method, server.url + path, headers=exchange.headers)


def test_there_are_13() -> None:
    assert len(TESTS) == 13
    assert sum(exchange.method in ("GET", "HEAD") for test in TESTS for exchange in test.exchanges) >= 17


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_reading_graphs(test: HttpTest, server: Server) -> None:
    update(server, "DROP ALL")
    for exchange in test.exchanges:
        if exchange.method in ("GET", "HEAD"):
            check_exchange(read(server, exchange), exchange)
        else:
            write(server, exchange)
