"""A KnowledgeBase as quads: the layout of the data contract."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, RdfFormat, Store

from kg.graph import vocab
from kg.graph.rdf import quads_of
from kg.graph.store import dump_nquads
from kg.graph.terms import format_decimal
from kg.model import ClaimType, Edge, Entity, EvidenceRef, Kind, Predicate, ResultKind

PAPER = "paper/arxiv-2601.00001"


def ask(store: Store, pattern: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT over the union of all graphs, data IRIs cut to their ends."""
    rows = store.query(vocab.sparql_prologue() + pattern, use_default_graph_as_union=True)
    return sorted(tuple("" if v is None else v.value.removeprefix(vocab.ID) for v in row) for row in rows)


@pytest.fixture(scope="module")
def store(example):
    store = Store()
    store.extend(quads_of(example))
    return store


def test_every_triple_once_in_one_graph_without_blank_nodes(example):
    quads = list(quads_of(example))
    assert len({(q.subject, q.predicate, q.object) for q in quads}) == len(quads)
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    graphs = {q.graph_name.value for q in quads}
    assert graphs == {vocab.ENTITIES_GRAPH, vocab.document_iri("digest-a"), vocab.document_iri("digest-b")}


def test_order_of_the_knowledge_base_does_not_matter(example):
    turned = dataclasses.replace(
        example,
        documents=example.documents[::-1],
        extractions=dict(reversed(example.extractions.items())),
        entities=example.entities[::-1],
        edges=example.edges[::-1],
    )
    assert list(quads_of(turned)) == list(quads_of(example))


def test_store_keeps_the_literals_as_written(example, store):
    assert set(store) == set(quads_of(example))


def test_paper_carries_its_facts_and_super_classes(store):
    facts = dict(
        ask(store, f"SELECT ?p ?o {{ <{vocab.entity_iri(PAPER)}> ?p ?o FILTER(?p NOT IN (rdf:type, skos:altLabel)) }}")
    )
    facts = {vocab.compact_iri(p): o for p, o in facts.items()}
    assert facts["skos:prefLabel"] == "SlowCache"
    assert facts["dcterms:title"] == "SlowCache: Keeping What Matters"
    assert facts["kg:arxivId"] == "2601.00001"
    assert facts["kg:year"] == "2026"
    assert facts["kg:publishedIn"] == "venue/exampleconf-2026"
    assert facts["kg:award"] == "Best Paper"
    assert facts["kg:tier"] == "1"
    assert facts["kg:topic"] == "topic/training"
    assert facts["kg:firstSeen"] == "2026-01-05"
    types = {vocab.compact_iri(t) for (t,) in ask(store, f"SELECT ?t {{ <{vocab.entity_iri(PAPER)}> a ?t }}")}
    assert types == {"kg:Paper", "fabio:ResearchPaper", "schema:ScholarlyArticle"}


def test_document_mentions_all_and_discusses_its_entries(store):
    document = f"<{vocab.document_iri('digest-a')}>"
    assert ask(store, f"SELECT ?e {{ {document} kg:mentions ?e }}") == [
        ("benchmark/long-maze",),
        ("institution/tern-lab",),
        ("metric/accuracy",),
        (PAPER,),
        ("paper/driftnet",),
        ("technique/cache-pruning",),
        ("technique/slow-cache",),
    ]
    assert ask(store, f"SELECT ?e {{ {document} kg:discusses ?e }}") == [(PAPER,)]


def test_edge_said_in_two_documents_is_one_assertion_with_two_sentences(store):
    edge = f"?s rdf:subject <{vocab.entity_iri(PAPER)}> ; rdf:predicate kg:uses ; rdf:object ?o"
    assert ask(
        store, f"SELECT ?o ?n ?c {{ {edge} ; a kg:Assertion , rdf:Statement ; kg:supportCount ?n ; kg:confidence ?c }}"
    ) == [("technique/cache-pruning", "2", "0.6")]
    assert ask(store, f"SELECT ?x {{ {edge} ; kg:evidence/kg:exact ?x }}") == [
        ("SlowCache, from Tern Lab, introduces a cache that prunes itself.",),
        ("The SlowCache paper brings cache pruning to everyone.",),
    ]


def test_evidence_is_shared_and_names_its_rules(store):
    sentence = '?e kg:exact "SlowCache, from Tern Lab, introduces a cache that prunes itself."'
    assert ask(
        store, f"SELECT ?r ?v {{ {sentence} ; prov:wasGeneratedBy ?rule . ?rule skos:prefLabel ?r ; kg:version ?v }}"
    ) == [(rule, "0.1.0") for rule in ("affiliation.from", "claim.test", "introduces", "kind-of", "prunes")]
    assert len(ask(store, f"SELECT ?e {{ {sentence} }}")) == 1
    assert len(ask(store, f"SELECT ?s {{ {sentence} . ?s kg:evidence ?e ; a kg:Assertion }}")) == 4


def test_evidence_has_offsets_document_and_voice(store):
    row = 'SELECT ?s ?e ?d { ?x a kg:Evidence ; kg:start ?s ; kg:end ?e ; kg:inDocument ?d ; kg:voice "document" }'
    assert ask(store, row) == [("113", "162", "document/digest-a")]


def test_same_quantity_in_two_documents_is_one_result_in_the_first(store):
    fields = (
        "kg:value ?v ; kg:baseline ?b ; kg:valueText ?t ; kg:aboutPaper ?p ; kg:metric ?m ; kg:benchmark ?d ; kg:resultKind ?k"
    )
    assert ask(store, f"SELECT ?v ?b ?t ?p ?m ?d ?k {{ ?r a kg:Result , kg:Claim ; {fields} }}") == [
        ("78.5", "72.9", "78.50", PAPER, "metric/accuracy", "benchmark/long-maze", "absolute")
    ]
    assert ask(store, "SELECT ?g ?d { GRAPH ?g { ?r a kg:Result ; kg:evidence ?e } ?e kg:inDocument ?d }") == [
        ("document/digest-a", "document/digest-a"),
        ("document/digest-a", "document/digest-b"),
    ]


def test_equal_numbers_of_one_sentence_stay_two_results(new_document, new_kb):
    document = new_document("d", ["Fastcore is 2x faster and two times (2.0x) smaller.", "It is 2x faster."])
    paper = document.paper("Fastcore", "paper/fastcore")
    for sentence, words in ((0, "2x"), (0, "2.0x"), (1, "It is 2x")):
        document.result(sentence, words, "2", unit="ratio", kind=ResultKind.RATIO, paper=paper)
    store = Store()
    store.extend(quads_of(new_kb([document], [Entity("paper/fastcore", Kind.PAPER, "Fastcore")])))
    assert ask(store, "SELECT ?t (COUNT(?e) AS ?n) { ?r a kg:Result ; kg:valueText ?t ; kg:evidence ?e } GROUP BY ?r ?t") == [
        ("2.0x", "1"),
        ("2x", "2"),
    ]


def test_claims_about_and_links_between_them(store):
    assert ask(store, "SELECT ?t ?p ?e { ?c kg:claimType ?t ; kg:aboutPaper ?p ; kg:about ?e }") == [
        ("comparison", PAPER, "paper/driftnet"),
        ("finding", PAPER, "technique/cache-pruning"),
    ]
    link = "SELECT ?x ?y {{ ?a {0} ?b . ?a kg:evidence/kg:start ?x . ?b kg:evidence/kg:start ?y }}"
    assert ask(store, link.format("kg:corroborates")) == [("59", "0")]
    assert ask(store, link.format("kg:disputes")) == [("113", "59")]


def test_two_claims_of_one_type_in_one_sentence_are_one(new_document, new_kb):
    document = new_document("d", ["Alpha and Beta both work."])
    document.claim(0, ClaimType.FINDING, document.paper("Alpha", "paper/alpha"))
    document.claim(0, ClaimType.FINDING, document.paper("Beta", "paper/beta"))
    store = Store()
    store.extend(quads_of(new_kb([document], [Entity(f"paper/{n.lower()}", Kind.PAPER, n) for n in ("Alpha", "Beta")])))
    assert ask(store, "SELECT ?c (COUNT(?p) AS ?n) { ?c a kg:Claim ; kg:aboutPaper ?p } GROUP BY ?c")[0][1] == "2"


def test_prediction_and_thread(store):
    prediction = "?x a kg:Prediction ; skos:prefLabel ?l ; kg:horizonDays ?h ; kg:dueDate ?d ; kg:status ?s ; kg:about ?e"
    assert ask(store, f"SELECT ?l ?h ?d ?s ?e {{ {prediction} }}") == [
        ("Cache pruning becomes the default", "170", "2026-06-24", "open", "technique/cache-pruning")
    ]
    thread = "?x a kg:Thread ; skos:prefLabel ?l ; kg:hasMember ?m ; kg:evidence/kg:voice ?v"
    assert ask(store, f"SELECT ?l ?m ?v {{ {thread} }}") == [
        ("Caches", PAPER, "document"),
        ("Caches", "paper/driftnet", "document"),
    ]


def test_cooccurrence_is_one_weighted_node_for_a_pair(store):
    assert ask(
        store,
        "SELECT ?a ?b ?w { ?x a kg:CoOccurrence ; rdf:subject ?a ; rdf:object ?b ; kg:weight ?w . ?a kg:coOccursWith ?b }",
    ) == [("technique/cache-pruning", "technique/slow-cache", "3")]


def test_curated_broader_stands_once_beside_an_assertion_of_it(store):
    assert ask(store, "SELECT ?a ?b ?s { ?a skos:broader ?b ; skos:inScheme ?s }") == [
        ("technique/cache-pruning", "technique/pruning", "scheme/curated")
    ]
    assert len(ask(store, "SELECT ?x { ?x a kg:Assertion ; rdf:predicate skos:broader }")) == 1


def test_edges_that_say_the_same_are_joined(example, new_kb, new_document):
    documents = [new_document(d, ["Alpha uses Beta."]) for d in ("d", "e")]
    entities = [Entity("paper/alpha", Kind.PAPER, "Alpha"), Entity("technique/beta", Kind.TECHNIQUE, "Beta")]
    edges = [
        Edge("paper/alpha", Predicate.USES, "technique/beta", (EvidenceRef(d, 0, "r"),), c) for d, c in (("d", 0.4), ("e", 0.7))
    ]
    store = Store()
    store.extend(quads_of(new_kb(documents, entities, edges)))
    assert ask(store, "SELECT ?n ?c { ?a kg:supportCount ?n ; kg:confidence ?c }") == [("2", "0.7")]


def test_hostile_words_stay_words(new_document, new_kb):
    words = 'A "quoted" \\ line\r\nbreak\x00\x1f\u2028 <b> .'
    document = new_document("d", [words])
    document.claim(0, ClaimType.MARKET)
    store = Store()
    store.extend(quads_of(new_kb([document], [Entity("paper/x", Kind.PAPER, words)])))
    lines = list(dump_nquads(store))
    assert all(line.endswith(b" .\n") for line in lines)
    again = Store()
    again.load(b"".join(lines), format=RdfFormat.N_QUADS)
    assert set(again) == set(store)
    assert ask(again, "SELECT ?x { ?e kg:exact ?x }") == [(words,)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("78.50"), "78.5"),
        (Decimal("-0.0"), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("100"), "100"),
        (Decimal("1E-30"), "0"),
        (Decimal("0.1234567890123456789"), "0.123456789012345679"),
        (1.0, "1"),
        (1 / 3, "0.3333"),
    ],
)
def test_decimals_are_canonical(value, text):
    assert format_decimal(value) == text


def test_iris_go_there_and_back():
    assert vocab.entity_id(vocab.entity_iri("task/qa")) == "task/qa"
    assert vocab.compact_iri("http://example.org/x") == "http://example.org/x"
    assert vocab.hashed_iri("claim", "ab", "c") != vocab.hashed_iri("claim", "a", "bc")
    with pytest.raises(ValueError, match="not an IRI"):
        vocab.entity_id("http://example.org/x")


def test_dates_are_canonical(new_document, new_kb):
    store = Store()
    store.extend(quads_of(new_kb([new_document("d", ["Nothing."], date(987, 1, 2))], [])))
    assert ask(store, "SELECT ?d { ?x dcterms:issued ?d }") == [("0987-01-02",)]
