"""Is a graph what the data contract says? SHACL for each node, questions to the store for what holds between graphs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple

from kg.graph import vocab
from kg.resources import ontology_dir

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"


class Severity(StrEnum):
    VIOLATION = "violation"  # the graph is not what the contract says
    WARNING = "warning"  # allowed, but unusual


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one rule. IRIs are compact: ``paper/x``, ``kg:value``."""

    severity: Severity
    check: str  # the constraint: "MinCount of kg:value", "no triple in two graphs"
    focus: str
    message: str
    value: str = ""


#: Invariants over the whole store. Each query answers with the nodes (and values) that break it. It sees the named graphs.
_QUERIES: dict[str, str] = {
    "no blank node": "SELECT DISTINCT ?s ?o { GRAPH ?g { ?s ?p ?o } FILTER(isBlank(?s) || isBlank(?o)) }",
    "no triple outside the named graphs": "SELECT ?s ?o { ?s ?p ?o }",
    "no triple in two graphs": "SELECT ?s ?o { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(STR(?g) < STR(?h)) }",
    "every node of a claimgraph IRI has a type": f"""SELECT DISTINCT ?o ?s {{ GRAPH ?g {{ ?s ?p ?o }}
        FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{vocab.ID}")) FILTER NOT EXISTS {{ GRAPH ?h {{ ?o a ?type }} }} }}""",
    "evidence stands in the graph of its document": """SELECT ?e ?d { GRAPH ?g { ?e kg:inDocument ?d } FILTER(?g != ?d) }""",
    "a document stands in the graph of its name": """SELECT ?d ?g { GRAPH ?g { ?d a kg:Document } FILTER(?g != ?d) }""",
    "the support count is the number of documents": """SELECT ?a ?n {
        { SELECT ?a (COUNT(DISTINCT ?d) AS ?documents) {
          GRAPH ?h { ?a a kg:Assertion ; kg:evidence ?e } GRAPH ?d { ?e kg:inDocument ?d } } GROUP BY ?a }
        GRAPH ?g { ?a kg:supportCount ?n } FILTER(?n != ?documents) }""",
}


def validate_store(store: Store) -> list[Violation]:
    """Every breach of the contract in a store, worst first; an empty list, or warnings alone, means that it conforms.

    Raises:
        KgError: the shapes are missing from this installation.
    """
    found = [*_check_queries(store), *_check_edges(store), *_check_terms(store), *_check_shapes(store)]
    order = list(Severity)
    return sorted(set(found), key=lambda v: (order.index(v.severity), v.check, v.focus, v.value, v.message))


def _show(node: object) -> str:
    if isinstance(node, Literal):
        return node.value
    return vocab.compact_iri(node.value) if isinstance(node, NamedNode | BlankNode) else str(node)


def _select(store: Store, query: str) -> list[tuple[object, ...]]:
    solutions = store.query(vocab.sparql_prologue() + query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("not a SELECT query")
    return [tuple(row) for row in solutions]


def _check_queries(store: Store) -> list[Violation]:
    return [
        Violation(Severity.VIOLATION, check, _show(focus), f"breaks: {check}", _show(value))
        for check, query in _QUERIES.items()
        for focus, value in _select(store, query)
    ]


def _check_edges(store: Store) -> list[Violation]:
    """No edge without an assertion with a sentence, and no assertion without its edge. Curated ``skos:broader`` is exempt: it
    stands in the vocabulary, not in a sentence."""
    properties = " ".join(f"<{iri}>" for iri in vocab.PREDICATE_OF_PROPERTY)
    edges = set(_select(store, f"SELECT ?s ?p ?o {{ VALUES ?p {{ {properties} }} GRAPH ?g {{ ?s ?p ?o }} }}"))
    curated = "GRAPH ?g { ?s skos:broader ?o ; skos:inScheme ?scheme . ?o skos:inScheme ?scheme . BIND(skos:broader AS ?p) }"
    exempt = set(_select(store, f"SELECT ?s ?p ?o {{ {curated} }}"))
    statement = "?a a kg:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    asserted = set(_select(store, f"SELECT ?s ?p ?o {{ GRAPH ?g {{ {statement} }} }}"))
    proven = set(
        _select(store, f"SELECT ?s ?p ?o {{ GRAPH ?g {{ {statement} ; kg:evidence ?e }} GRAPH ?d {{ ?e kg:exact ?x }} }}")
    )
    breaches = {
        "every edge has an assertion with evidence": edges - proven - exempt,
        "every assertion has its edge": asserted - edges,
    }
    return [
        Violation(Severity.VIOLATION, check, _show(s), f"{_show(s)} {_show(p)} {_show(o)} breaks: {check}", _show(o))
        for check, rows in breaches.items()
        for s, p, o in rows
    ]


def _check_terms(store: Store) -> list[Violation]:
    """No property or class of our name space that the ontology does not declare."""
    ontology = Store()
    ontology.bulk_load(path=str(ontology_dir() / "claimgraph.ttl"), format=RdfFormat.TURTLE)
    declared = {_show(quad.subject) for quad in ontology}
    query = "SELECT DISTINCT ?x { { GRAPH ?g { ?s ?x ?o } } UNION { GRAPH ?g { ?s a ?x } } }"
    used = {_show(x) for (x,) in _select(store, query)}
    check = "every kg: term is in the ontology"
    return [
        Violation(Severity.VIOLATION, check, term, f"breaks: {check}")
        for term in sorted(used - declared)
        if term.startswith("kg:")
    ]


# ------------------------------------------------------------------------------------------------------------------ SHACL


def _check_shapes(store: Store) -> list[Violation]:
    """What pyshacl finds. The data is copied into rdflib's memory store, on which pyshacl runs 50 times as fast as on a view
    of Oxigraph."""
    import rdflib
    from pyshacl import validate
    from rdflib.namespace import RDF

    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")
    _, report, _ = validate(_to_rdflib(store), shacl_graph=shapes, inplace=True)
    sh = rdflib.Namespace(_SH)
    found = []
    for result in report.subjects(RDF.type, sh.ValidationResult):
        severity = Severity.WARNING if report.value(result, sh.resultSeverity) == sh.Warning else Severity.VIOLATION
        component = (
            str(report.value(result, sh.sourceConstraintComponent)).removeprefix(_SH).removesuffix("ConstraintComponent")
        )
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        check = component if path is None else f"{component} of {_path_of(report, path)}"
        focus, message = report.value(result, sh.focusNode), report.value(result, sh.resultMessage)
        found.append(
            Violation(
                severity, check, vocab.compact_iri(str(focus)), str(message), vocab.compact_iri(str(value)) if value else ""
            )
        )
    return found


def _path_of(report: rdflib.Graph, path: Node) -> str:
    """A property, or the alternatives of a path."""
    import rdflib

    alternatives = report.value(path, rdflib.URIRef(_SH + "alternativePath"))
    members = [path] if alternatives is None else list(report.items(alternatives))
    return " or ".join(vocab.compact_iri(str(member)) for member in members)


def _to_rdflib(store: Store) -> rdflib.Graph:
    """All graphs of a store as one rdflib graph in memory."""
    import rdflib

    iris: dict[str, rdflib.URIRef] = {}

    def convert(node: NamedNode | BlankNode | Literal | Triple) -> Node:
        if isinstance(node, NamedNode):
            if node.value not in iris:
                iris[node.value] = rdflib.URIRef(node.value)
            return iris[node.value]
        if isinstance(node, Literal):
            datatype = (
                None if node.language or node.datatype.value == vocab.XSD + "string" else rdflib.URIRef(node.datatype.value)
            )
            return rdflib.Literal(node.value, lang=node.language, datatype=datatype, normalize=False)
        return rdflib.BNode(str(node))

    graph = rdflib.Graph(bind_namespaces="none")
    for quad in store:
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph
