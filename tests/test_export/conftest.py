"""The small graph as it is, and the same with text that wants to break out of every format."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

SMALL = Path(__file__).parent.parent / "test_query" / "small.trig"

#: A label for each way out: markup, script ends, "href" (which makes stock pyvis trust a title), controls, direction marks.
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">href</a>',
    "</script><script>alert(1)</script>",
    "<!-- <svg/onload=alert(1)>",
    "bell\x07 null\x00 esc\x1b[31m",
    "\u2028line\u2029\u202eright to left",
    "\"quotes' & ampersand",
    "]]>",
    '=HYPERLINK("http://example.org")',
    "日本語 👍 \ufffe",
    "x" * 10_000,
]


@pytest.fixture(scope="session")
def store() -> Store:
    store = Store()
    store.load(path=SMALL, format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def hostile_store() -> Store:
    """Every label, alias, definition, sentence and title of the small graph replaced by hostile text."""
    store = Store()
    store.load(path=SMALL, format=RdfFormat.TRIG)
    texts = ("prefLabel", "altLabel", "title", "exact", "text", "definition", "arxivId")
    replaced = (quad for quad in sorted(store, key=str) if quad.predicate.value.endswith(texts))
    for n, quad in enumerate(sorted(replaced, key=lambda quad: not quad.predicate.value.endswith("prefLabel"))):
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, Literal(HOSTILE[n % len(HOSTILE)]), quad.graph_name))
    extra = NamedNode("https://w3id.org/claimgraph/id/technique/odd'%22name")
    technique = NamedNode("https://w3id.org/claimgraph/ontology#Technique")
    graph = NamedNode("https://w3id.org/claimgraph/id/graph/entities")
    mentions = NamedNode("https://w3id.org/claimgraph/ontology#mentions")
    document = NamedNode("https://w3id.org/claimgraph/id/document/tide-notes")
    store.add(Quad(extra, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), technique, graph))
    store.add(Quad(document, mentions, extra, document))
    return store
