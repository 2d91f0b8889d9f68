"""Reads the W3C's test manifests, and says whether an answer is the expected one.

The suites are not part of this repository: they lie beside the checkout, and the tests that need them are skipped without them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from kg.errors import KgError
from kg.query import Scope, run_query

ROOT = Path(__file__).parent.parent.parent.parent / "shared" / "w3c" / "sparql" / "sparql11"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Where the files are said to be, so that relative IRIs in them have a meaning.
BASE = "http://w3c.example/sparql11/"
KNOWN = Path(__file__).parent / "known.json"

_NUMERIC = frozenset(
    XSD + name
    for name in "integer decimal float double int long short byte nonNegativeInteger positiveInteger unsignedInt".split()
)

Term = NamedNode | BlankNode | Literal


class Manifest:
    """A manifest as a graph that can be walked."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._store = Store()
        base = BASE + path.relative_to(ROOT).as_posix()
        self._store.extend(Quad(*q.triple) for q in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=base))

    def values(self, node: object, property_: str) -> list[Term]:
        """The values of a property."""
        quads = self._store.quads_for_pattern(node, NamedNode(property_), None)  # type: ignore[arg-type]
        return [quad.object for quad in quads]  # type: ignore[misc]

    def value(self, node: object, property_: str) -> Term | None:
        """The value of a property that has one at most."""
        return next(iter(self.values(node, property_)), None)

    def members(self, head: object) -> Iterator[Term]:
        """The members of an RDF list."""
        while isinstance(head, NamedNode | BlankNode) and head != NamedNode(RDF + "nil"):
            first = self.value(head, RDF + "first")
            assert first is not None
            yield first
            head = self.value(head, RDF + "rest")

    def entries(self) -> list[Term]:
        """The tests, in their order."""
        head = next(self._store.quads_for_pattern(None, NamedNode(MF + "entries"), None)).object
        return list(self.members(head))

    def file(self, node: Term) -> Path:
        """The file that an IRI of the manifest means."""
        assert isinstance(node, NamedNode)
        return ROOT / node.value.removeprefix(BASE)


@dataclass(frozen=True)
class QueryTest:
    """A test of the query language: what to ask of which data, and what comes out."""

    name: str  # folder/name, as in known.json
    kind: str  # evaluation, positive, negative
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None


@cache
def query_tests() -> tuple[QueryTest, ...]:
    """All tests of the query language; none where the suites are absent."""
    if not ROOT.is_dir():
        return ()
    top = Manifest(ROOT / "manifest-sparql11-query.ttl")
    include = next(top._store.quads_for_pattern(None, NamedNode(MF + "include"), None)).object
    return tuple(test for part in top.members(include) for test in _read_part(Manifest(top.file(part))))


def _read_part(manifest: Manifest) -> Iterator[QueryTest]:
    kinds = {
        "QueryEvaluationTest": "evaluation",
        "PositiveSyntaxTest11": "positive",
        "NegativeSyntaxTest11": "negative",
    }
    for test in manifest.entries():
        types = [t.value.removeprefix(MF) for t in manifest.values(test, RDF + "type")]
        kind = next(kinds[t] for t in types if t in kinds)
        name = f"{manifest.folder.name}/{test.value.rpartition('#')[2]}"
        action = manifest.value(test, MF + "action")
        assert action is not None
        if kind != "evaluation":
            yield QueryTest(name, kind, manifest.file(action))
            continue
        query, result = manifest.value(action, QT + "query"), manifest.value(test, MF + "result")
        assert query is not None
        assert result is not None
        graphs = tuple((g.value, manifest.file(g)) for g in manifest.values(action, QT + "graphData"))
        data = tuple(manifest.file(d) for d in manifest.values(action, QT + "data"))
        yield QueryTest(name, kind, manifest.file(query), data, graphs, manifest.file(result))


def run_query_test(test: QueryTest) -> str:
    """``pass``, ``value`` (equal but for the spelling of numbers), or what is wrong."""
    base = BASE + test.query.relative_to(ROOT).as_posix()
    store = Store()
    for path in test.data:
        _load(store, path, None)
    for iri, path in test.graphs:
        _load(store, path, NamedNode(iri))
    text = test.query.read_text("utf-8")
    for path in sorted(test.query.parent.iterdir()):
        if f"FROM <{path.name}>" in text or f"FROM NAMED <{path.name}>" in text:
            _load(store, path, NamedNode(BASE + path.relative_to(ROOT).as_posix()))
    try:
        answer = run_query(store, text, scope=Scope(union=False, base=base))
    except KgError as error:
        parsed = error.message.startswith("the query failed")  # while it ran
        expected = test.kind == ("positive" if parsed else "negative")
        return "pass" if expected else f"refused: {error.message.splitlines()[0]}"
    if test.kind == "negative":
        return "accepted, and should not be"
    if test.kind == "positive":
        return "pass"
    assert test.result is not None
    return compare_answer(answer, test.result)


def compare_answer(answer: object, expected: Path) -> str:
    """As :func:`run_query_test`; the order of rows does not count."""
    if isinstance(answer, QueryTriples):
        wanted = Dataset(Quad(*q.triple) for q in parse(expected.read_bytes(), format=_format_of(expected), base_iri=BASE))
        return "pass" if _canonical(Dataset(Quad(*t) for t in answer)) == _canonical(wanted) else "another graph"
    if expected.suffix == ".ttl":
        want = _read_rows(expected)
    else:
        form = QueryResultsFormat.from_extension(expected.suffix[1:])
        assert form is not None
        wanted = parse_query_results(expected.read_bytes(), format=form)
        if isinstance(answer, QueryBoolean) or isinstance(wanted, QueryBoolean):
            same = isinstance(answer, QueryBoolean) and isinstance(wanted, QueryBoolean) and bool(answer) == bool(wanted)
            return "pass" if same else "another truth value"
        want = _rows_of(wanted)
    got = _rows_of(answer)
    if _canonical(_as_dataset(got)) == _canonical(_as_dataset(want)):
        return "pass"
    got, want = ([{n: _by_value(t) for n, t in row.items()} for row in rows] for rows in (got, want))
    return (
        "value" if _canonical(_as_dataset(got)) == _canonical(_as_dataset(want)) else f"{len(got)} rows, expected {len(want)}"
    )


def known_exceptions() -> Mapping[str, str]:
    """The tests that fail, and why."""
    known: Mapping[str, str] = json.loads(KNOWN.read_text("utf-8"))
    return known


def _format_of(path: Path) -> RdfFormat:
    form = RdfFormat.from_extension(path.suffix[1:])
    assert form is not None
    return form


def _load(store: Store, path: Path, graph: NamedNode | None) -> None:
    base = BASE + path.relative_to(ROOT).as_posix()
    quads = parse(path.read_bytes(), format=_format_of(path), base_iri=base, rename_blank_nodes=True)
    store.extend(Quad(*quad.triple, graph) if graph else Quad(*quad.triple) for quad in quads)
    if graph:
        store.add_graph(graph)


def _read_rows(path: Path) -> list[dict[str, Term]]:
    """Rows that are written in the vocabulary for result sets."""
    table = Manifest(path)
    rows = []
    for solution in [quad.object for quad in table._store.quads_for_pattern(None, NamedNode(RS + "solution"), None)]:
        row = {}
        for binding in table.values(solution, RS + "binding"):
            name, value = table.value(binding, RS + "variable"), table.value(binding, RS + "value")
            assert name is not None
            assert value is not None
            row[name.value] = value
        rows.append(row)
    return rows


def _rows_of(answer: object) -> list[dict[str, Term]]:
    names = [variable.value for variable in answer.variables]  # type: ignore[attr-defined]
    return [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in answer]  # type: ignore[attr-defined]


def _as_dataset(rows: list[dict[str, Term]]) -> Dataset:
    """Rows as a graph with a node for each, numbered among those that are alike, so that equal tables are equal graphs."""
    quads, seen = [], Counter[str]()
    for row in rows:
        node = BlankNode()
        key = str(sorted((n, "_" if isinstance(t, BlankNode) else str(t)) for n, t in row.items()))
        seen[key] += 1
        quads.append(Quad(node, NamedNode("urn:copy"), Literal(seen[key] if not _has_blank(row) else 1)))
        quads += [Quad(node, NamedNode(f"urn:var:{n}"), t) for n, t in row.items()]
    quads.append(Quad(NamedNode("urn:table"), NamedNode("urn:rows"), Literal(len(rows))))
    return Dataset(quads)


def _has_blank(row: Mapping[str, Term]) -> bool:
    return any(isinstance(term, BlankNode) for term in row.values())


def _canonical(dataset: Dataset) -> Counter[str]:
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return Counter(str(quad) for quad in dataset)


def _by_value(term: Term) -> Term:
    """A number or truth value in one spelling."""
    if not isinstance(term, Literal):
        return term
    datatype = term.datatype.value
    try:
        if datatype in _NUMERIC:
            return Literal(repr(float(term.value)), datatype=term.datatype)
        if datatype == XSD + "boolean":
            return Literal("true" if term.value in ("true", "1") else "false", datatype=term.datatype)
    except ValueError:
        pass
    return term
