"""The graph for NetworkX: the same knowledge as the store, flat enough for every file format."""

from __future__ import annotations

import networkx as nx
import pytest
from pyoxigraph import Store

from kg.graph.network import load_network, network_of
from kg.graph.rdf import quads_of

PAPER = "paper/arxiv-2601.00001"


@pytest.fixture(scope="module")
def network(example):
    return network_of(example)


def test_nodes_are_the_entities_with_flat_attributes(example, network):
    assert list(network) == [e.id for e in example.entities]
    assert network.nodes[PAPER] == {
        "label": "SlowCache",
        "kind": "paper",
        "iri": "https://w3id.org/claimgraph/id/paper/arxiv-2601.00001",
        "aliases": "The SlowCache paper",
        "title": "SlowCache: Keeping What Matters",
        "definition": "",
        "url": "",
        "arxiv_id": "2601.00001",
        "award": "Best Paper",
        "first_seen": "2026-01-05",
        "year": 2026,
        "tier": 1,
        "documents": 2,
        "weight": 5,  # all sentences of the two digests but the prediction
    }
    assert network.nodes["technique/cache-pruning"]["first_seen"] == "2026-01-05"
    assert network.nodes["technique/pruning"]["documents"] == 0


def test_edges_carry_the_earliest_sentence(network):
    (uses,) = network.get_edge_data(PAPER, "technique/cache-pruning").values()
    assert uses == {
        "relation": "uses",
        "weight": 2,
        "confidence": 0.6,
        "sentence": "SlowCache, from Tern Lab, introduces a cache that prunes itself.",
        "document": "document/digest-a",
        "date": "2026-01-05",
        "start": 0,
        "end": 64,
    }
    (venue,) = network.get_edge_data(PAPER, "venue/exampleconf-2026").values()
    assert venue["relation"] == "publishedIn"
    assert venue["sentence"] == ""


def test_edges_are_those_of_the_knowledge_base(example, network):
    asserted = {(s, d["relation"], o) for s, o, d in network.edges(data=True) if d["sentence"]}
    assert asserted == {(e.subject, e.predicate.value, e.object) for e in example.edges}
    keys = [key for _, _, key in network.edges(keys=True)]
    assert len(set(keys)) == len(keys)


def test_claims_documents_and_cooccurrences_on_demand(example):
    network = network_of(example, claims=True, documents=True, cooccurrences=True)
    kinds = sorted(
        d["kind"] for _, d in network.nodes(data=True) if d["kind"] in {"claim", "result", "prediction", "thread", "document"}
    )
    assert kinds == ["claim", "claim", "claim", "document", "document", "prediction", "result", "thread"]
    (result,) = [d for _, d in network.nodes(data=True) if d["kind"] == "result"]
    assert result["label"] == "78.50 percent"
    (together,) = network.get_edge_data("technique/cache-pruning", "technique/slow-cache").values()
    assert (together["relation"], together["weight"]) == ("coOccursWith", 3)
    relations = {d["relation"] for _, _, d in network.edges(data=True)}
    assert relations >= {
        "mentions",
        "discusses",
        "aboutPaper",
        "about",
        "metric",
        "benchmark",
        "hasMember",
        "corroborates",
        "disputes",
    }


def test_store_and_knowledge_base_give_the_same_graph(example, network):
    store = Store()
    store.extend(sorted(quads_of(example), key=str))
    assert nx.utils.graphs_equal(load_network(store), network)


def test_every_attribute_fits_every_format(example):
    network = network_of(example, claims=True, documents=True, cooccurrences=True)
    values = [v for _, d in network.nodes(data=True) for v in d.values()] + [
        v for *_, d in network.edges(data=True) for v in d.values()
    ]
    assert {type(v) for v in values} == {str, int, float}
    assert "\n".join(nx.generate_graphml(network)).count("<edge") == network.number_of_edges()
