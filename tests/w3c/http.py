"""Plays the requests of the W3C's HTTP test manifests against a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import httpx
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from tests.w3c.suite import BASE, MF, RDFS, ROOT, Manifest, Term

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_TABULAR = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_GRAPH = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_FORMATS = {"tabular": _TABULAR, "boolean": _TABULAR[:2], "RDF": _GRAPH}
_STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404", "BadRequest": "400"}


@dataclass(frozen=True)
class Exchange:
    """A request, and what is expected of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]  # "200", or a class as "2"
    boolean: bool | None = None
    form: str = ""
    content: str = ""  # the graph that is expected, in Turtle


@dataclass(frozen=True)
class HttpTest:
    """A test: the data that it needs, then one exchange after the other."""

    name: str
    exchanges: tuple[Exchange, ...]
    data: tuple[tuple[str, str], ...] = ()  # graph, N-Triples
    requires: frozenset[str] = field(default_factory=frozenset)

    @property
    def updates(self) -> bool:
        """Whether it can only pass where updates are answered."""
        return self.name.startswith("update_")


@cache
def http_tests(path: str) -> tuple[HttpTest, ...]:
    """The tests of a manifest; none where the suites are absent."""
    return tuple(_read_tests(Manifest(ROOT / path))) if ROOT.is_dir() else ()


def check_exchange(response: httpx.Response, exchange: Exchange) -> None:
    """Whether a response is as expected."""
    status = str(response.status_code)
    assert status.startswith(exchange.statuses), f"{status}, expected {exchange.statuses}: {response.text[:300]}"
    media = response.headers.get("content-type", "").partition(";")[0]
    if exchange.form:
        assert media in _FORMATS[exchange.form], media
    if exchange.boolean is not None:
        assert (response.json()["boolean"] if "json" in media else "true" in response.text) is exchange.boolean
    if exchange.content and exchange.method == "GET":
        got = parse(response.content, format=RdfFormat.TURTLE, base_iri=BASE)
        want = parse(exchange.content, format=RdfFormat.TURTLE, base_iri=BASE)
        assert canonical(got) == canonical(want)


def canonical(quads: Iterator[Quad]) -> list[str]:
    """The triples of a graph with names for its blank nodes that do not depend on how they were written."""
    from pyoxigraph import CanonicalizationAlgorithm, Dataset

    dataset = Dataset(Quad(*quad.triple) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def _read_tests(manifest: Manifest) -> Iterator[HttpTest]:
    for test in manifest.entries():
        action = manifest.value(test, MF + "action")
        requests = manifest.members(manifest.value(action, HT + "requests"))
        data = []
        for given in manifest.values(test, UT + "graphData"):
            file, label = manifest.value(given, UT + "graph"), manifest.value(given, RDFS + "label")
            assert file is not None
            assert label is not None
            data.append((label.value, manifest.file(file).read_text("utf-8")))
        needs = frozenset(need.value.removeprefix(MF) for need in manifest.values(test, MF + "requires"))
        exchanges = tuple(_read_exchange(manifest, request) for request in requests)
        yield HttpTest(test.value.rpartition("#")[2], exchanges, tuple(data), needs)


def _read_exchange(manifest: Manifest, request: Term) -> Exchange:
    response = manifest.value(request, HT + "resp")
    statuses = [s.value.rpartition("#")[2] for s in manifest.values(response, MF + "expectedStatus")]
    boolean = manifest.value(response, MF + "expectedBoolean")
    form = manifest.value(response, MF + "expectedFormat")
    content = manifest.value(response, HT + "body")
    return Exchange(
        method=_text(manifest, request, HT + "methodName"),
        path=_text(manifest, request, HT + "absolutePath"),
        headers=dict(_read_headers(manifest, request)),
        body=_read_body(manifest, manifest.value(request, HT + "body")),
        statuses=tuple(_STATUS.get(s) or re.sub(r"StatusCode(\d)xx", r"\1", s) for s in statuses),
        boolean=None if boolean is None else boolean.value == "true",
        form=form.value if form else "",
        content=_text(manifest, content, CNT + "chars") if content else "",
    )


def _read_headers(manifest: Manifest, node: Term) -> Iterator[tuple[str, str]]:
    for header in manifest.members(manifest.value(node, HT + "headers")):
        yield _text(manifest, header, HT + "fieldName"), _text(manifest, header, HT + "fieldValue")


def _read_body(manifest: Manifest, node: Term | None) -> bytes:
    if node is None:
        return b""
    return _text(manifest, node, CNT + "chars").encode(_text(manifest, node, CNT + "characterEncoding") or "utf-8")


def _text(manifest: Manifest, node: Term | None, property_: str) -> str:
    value = manifest.value(node, property_)
    assert value is None or isinstance(value, NamedNode | BlankNode | Literal)
    return value.value if value else ""
