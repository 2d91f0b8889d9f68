"""Every rule of the contract, shown to fail on a graph that breaks it."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.graph import vocab
from kg.graph.rdf import quads_of
from kg.graph.validate import Severity, validate_store

PAPER = "paper/arxiv-2601.00001"


@pytest.fixture(scope="module")
def quads(example):
    return list(quads_of(example))


@pytest.fixture
def store(quads):
    store = Store()
    store.extend(quads)
    return store


def node(name: str) -> NamedNode:
    """``kg:value``, ``id:paper/x``."""
    prefix, _, rest = name.partition(":")
    return NamedNode({**vocab.PREFIXES, "id": vocab.ID}[prefix] + rest)


def update(store: Store, request: str) -> None:
    store.update(vocab.sparql_prologue() + re.sub(r"id:([\w/.-]+)", rf"<{vocab.ID}\1>", request))


def insert(triple: str) -> str:
    return f"INSERT DATA {{ GRAPH id:graph/entities {{ {triple} }} }}"


def insert_for(class_: str, rest: str) -> str:
    return f"INSERT {{ GRAPH ?g {{ ?s {rest} }} }} WHERE {{ GRAPH ?g {{ ?s a {class_} }} }}"


def replace(property_: str, value: str) -> str:
    new = f"DELETE {{ GRAPH ?g {{ ?s {property_} ?o }} }} INSERT {{ GRAPH ?g {{ ?s {property_} {value} }} }}"
    return f"{new} WHERE {{ GRAPH ?g {{ ?s {property_} ?o }} }}"


def breaches(store: Store) -> set[str]:
    return {v.check for v in validate_store(store) if v.severity is Severity.VIOLATION}


def test_a_built_graph_conforms_without_a_warning(store):
    assert validate_store(store) == []


def test_an_empty_store_conforms():
    assert validate_store(Store()) == []


@pytest.mark.parametrize(
    ("request_", "check"),
    [
        ("DELETE WHERE { GRAPH ?g { ?e kg:exact ?x } }", "MinCount of kg:exact"),
        ("DELETE WHERE { GRAPH ?g { ?e prov:wasGeneratedBy ?x } }", "MinCount of prov:wasGeneratedBy"),
        (replace("kg:start", "9999"), "LessThan of kg:start"),
        ("DELETE WHERE { GRAPH ?g { ?a kg:evidence ?x } }", "every edge has an assertion with evidence"),
        ("DELETE WHERE { GRAPH ?g { ?a a kg:Assertion } }", "every edge has an assertion with evidence"),
        (insert("id:paper/driftnet kg:uses id:technique/pruning"), "every edge has an assertion with evidence"),
        ("DELETE WHERE { GRAPH ?g { ?a kg:uses ?b } }", "every assertion has its edge"),
        ("DELETE WHERE { GRAPH ?g { ?a skos:prefLabel ?x ; a kg:Venue } }", "every node of a claimgraph IRI has a type"),
        (replace("kg:supportCount", "5"), "the support count is the number of documents"),
        (
            "INSERT { GRAPH id:graph/entities { ?s ?p ?o } } WHERE { GRAPH ?g { ?s a kg:Thread ; ?p ?o } }",
            "no triple in two graphs",
        ),
        ("INSERT DATA { id:paper/driftnet kg:tier 2 }", "no triple outside the named graphs"),
        (insert("id:paper/driftnet kg:award []"), "no blank node"),
        (insert("id:paper/driftnet kg:likes id:paper/driftnet"), "every kg: term is in the ontology"),
        (insert("id:paper/driftnet kg:arxivId '2601.00001v2'"), "Pattern of kg:arxivId"),
        (insert("id:paper/driftnet skos:prefLabel 'Two'"), "MaxCount of skos:prefLabel"),
        (insert("id:paper/driftnet kg:year '2026'"), "Datatype of kg:year"),
        (insert("id:paper/driftnet kg:publishedIn id:technique/pruning"), "Class of kg:publishedIn"),
        (insert_for("kg:Result", "kg:claimType 'gossip'"), "In of kg:claimType"),
        ("DELETE WHERE { GRAPH ?g { ?c kg:claimType ?t } }", "Or"),
        ("DELETE WHERE { GRAPH ?g { ?c kg:value ?t } }", "MinCount of kg:value"),
        ("DELETE WHERE { GRAPH ?g { ?c kg:voice ?t } }", "MinCount of kg:voice"),
        ("DELETE WHERE { GRAPH ?g { ?d kg:sha256 ?t } }", "MinCount of kg:sha256"),
        ("DELETE WHERE { GRAPH ?g { ?x kg:weight ?t } }", "MinCount of kg:weight"),
        (insert_for("kg:Result", "kg:confidence 1.5"), "MaxInclusive of kg:confidence"),
        (insert_for("kg:Thread", "kg:hasMember id:technique/pruning"), "Class of kg:hasMember"),
        (insert_for("kg:Prediction", "kg:dueDate 'soon'"), "Datatype of kg:dueDate"),
    ],
)
def test_a_broken_rule_is_found(store, request_, check):
    before = set(store)
    update(store, request_)
    assert set(store) != before, "the update changed nothing"
    assert check in breaches(store)


def test_misplaced_evidence_and_document_are_found(store, quads):
    graph, other = node("id:document/digest-a"), node("id:document/digest-b")
    moved = [q for q in quads if q.graph_name == graph]
    for quad in moved:
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, quad.object, other))
    assert breaches(store) >= {"evidence stands in the graph of its document", "a document stands in the graph of its name"}


def test_unusual_ends_of_edges_are_warnings_with_the_reason(store):
    update(store, "DELETE WHERE { GRAPH ?g { id:benchmark/long-maze a ?t } }")
    update(store, "INSERT DATA { GRAPH id:graph/entities { id:benchmark/long-maze a kg:Task , skos:Concept } }")
    found = validate_store(store)
    assert {(v.severity, v.check, v.focus, v.value) for v in found if v.focus == PAPER} == {
        (Severity.WARNING, "Class of kg:evaluatesOn", PAPER, "benchmark/long-maze")
    }
    assert {v.message for v in found} == {
        "what a paper evaluates on is usually a benchmark",
        "a result is usually on a benchmark",
    }
    assert breaches(store) == set()


def test_violations_come_first_and_name_the_place(store):
    update(store, "INSERT DATA { GRAPH id:graph/entities { id:paper/driftnet kg:tier -3 } }")
    update(store, "DELETE WHERE { GRAPH ?g { ?d a kg:Document ; dcterms:title ?t } }")
    update(store, "INSERT DATA { GRAPH id:document/digest-a { id:document/digest-a a kg:Document } }")
    update(store, "INSERT DATA { GRAPH id:document/digest-b { id:document/digest-b a kg:Document } }")
    found = validate_store(store)
    assert [(v.severity.value, v.check, v.focus) for v in found] == [
        ("violation", "MinInclusive of kg:tier", "paper/driftnet"),
        ("warning", "MinCount of dcterms:title", "document/digest-a"),
        ("warning", "MinCount of dcterms:title", "document/digest-b"),
    ]
    assert found[1].message == "the document has no title"


def test_blank_nodes_and_odd_literals_do_not_stop_the_check():
    store = Store()
    graph = node("id:graph/entities")
    store.add(Quad(BlankNode("b"), node("rdf:type"), node("kg:Paper"), graph))
    store.add(Quad(BlankNode("b"), node("skos:prefLabel"), Literal("x", language="en"), graph))
    store.add(Quad(node("id:paper/x"), node("kg:year"), Literal("999999999999999999999", datatype=node("xsd:integer")), graph))
    assert breaches(store) >= {"no blank node", "Datatype of skos:prefLabel", "NodeKind"}
