"""The graph as a :class:`networkx.MultiDiGraph`, read from the store: one node an entity, one edge an assertion.

Node keys are entity ids (``technique/on-policy-distillation``), edge keys are unique in the whole graph. All attributes are
``str``, ``int`` or ``float``, so that every file format of NetworkX can hold them; lists are joined by `` | ``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.rdf import quads_of
from kg.model import KnowledgeBase
from kg.text import digest

if TYPE_CHECKING:
    import networkx as nx

_SEPARATOR = " | "
_ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_OWN_CLASSES = {iri: kind.value for iri, kind in vocab.KIND_OF_CLASS.items()}
_TEXTS = {
    t.TITLE: "title",
    t.DEFINITION: "definition",
    t.URL: "url",
    t.kg("arxivId"): "arxiv_id",
    t.kg("award"): "award",
    t.kg("firstSeen"): "first_seen",
}
_NUMBERS = {t.kg("year"): "year", t.kg("tier"): "tier"}
#: Properties of entities that link to other entities without being assertions.
_PLAIN_LINKS = {t.BROADER: "broader", t.kg("publishedIn"): "publishedIn", t.kg("topic"): "topic"}
#: Links of a document's own nodes: claims, results, predictions and threads.
_CLAIM_LINKS = (
    "aboutPaper",
    "about",
    "subjectEntity",
    "metric",
    "benchmark",
    "resolvedBy",
    "hasMember",
    "corroborates",
    "disputes",
)

_ASSERTIONS = """SELECT ?s ?p ?o ?support ?confidence ?e ?x ?start ?end ?d {
  GRAPH <%s> { ?a a kg:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:supportCount ?support ;
    kg:confidence ?confidence ; kg:evidence ?e }
  GRAPH ?d { ?e kg:exact ?x ; kg:start ?start ; kg:end ?end } }"""
_ABOUT = """SELECT DISTINCT ?x ?e { GRAPH ?d {
  ?c kg:aboutPaper|kg:about|kg:metric|kg:benchmark|kg:subjectEntity ?x ; kg:evidence ?e } }"""
_DOCUMENTS = """SELECT ?d ?title ?date ?publisher { GRAPH ?d { ?d a kg:Document
  OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:issued ?date } OPTIONAL { ?d dcterms:publisher ?publisher } } }"""
_CLAIMS = """SELECT ?c ?class ?type ?text ?label ?value ?unit ?confidence ?voice ?d { GRAPH ?d {
  VALUES ?class { kg:Claim kg:Result kg:Prediction kg:Thread } ?c a ?class
  OPTIONAL { ?c kg:claimType ?type } OPTIONAL { ?c kg:text ?text } OPTIONAL { ?c skos:prefLabel ?label }
  OPTIONAL { ?c kg:valueText ?value } OPTIONAL { ?c kg:unit ?unit } OPTIONAL { ?c kg:confidence ?confidence }
  OPTIONAL { ?c kg:voice ?voice } } }"""

Attributes = dict[str, str | int | float]


def load_network(
    store: Store, *, claims: bool = False, documents: bool = False, cooccurrences: bool = False
) -> nx.MultiDiGraph[str]:
    """The entities of a store and the edges between them.

    Node attributes: ``label kind iri aliases title definition url arxiv_id award first_seen`` (text, empty where unknown),
    ``year tier`` (only where known), ``documents`` (how many mention it), ``weight`` (distinct sentences that its edges and
    claims rest on, at least 1). Edge attributes: ``relation weight`` (documents that say it) ``confidence sentence document
    date`` and, with a sentence, its offsets ``start end``: the sentence is the earliest by date.

    Args:
        store: what :func:`kg.graph.store.open_store` gives, or any store of :func:`kg.graph.rdf.quads_of`.
        claims: also claims, results, predictions and threads, with edges to what they are about.
        documents: also documents, with ``mentions`` and ``discusses`` edges.
        cooccurrences: also ``coOccursWith`` edges, whose ``weight`` counts stretches of text.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    sources = _read_documents(store)
    nodes = _read_entities(store)
    edges = _read_assertions(store, sources, nodes)
    _add_plain_links(store, edges)
    if cooccurrences:
        _add_cooccurrences(store, edges)
    _count_mentions(store, sources, nodes)
    if documents:
        _add_documents(store, sources, nodes, edges)
    if claims:
        _add_claims(store, sources, nodes, edges)
    graph.add_nodes_from((key, nodes[key]) for key in sorted(nodes))
    for s, relation, o in sorted(edges):
        if s in nodes and o in nodes:
            graph.add_edge(s, o, key=digest(f"{s} {relation} {o}"), **edges[s, relation, o])
    return graph


def network_of(
    kb: KnowledgeBase, *, claims: bool = False, documents: bool = False, cooccurrences: bool = False
) -> nx.MultiDiGraph[str]:
    """The same graph straight from a KnowledgeBase; see :func:`load_network`."""
    store = Store()
    store.bulk_extend(quads_of(kb))
    return load_network(store, claims=claims, documents=documents, cooccurrences=cooccurrences)


# ------------------------------------------------------------------------------------------------------------ reading

_Edges = dict[tuple[str, str, str], Attributes]


def _rows(store: Store, query: str) -> QuerySolutions:
    solutions = store.query(vocab.sparql_prologue() + query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("not a SELECT query")
    return solutions


def _literal(node: object) -> str:
    return node.value if isinstance(node, Literal | NamedNode) else ""


def _links(store: Store, predicate: NamedNode, graph: NamedNode | None) -> Iterator[tuple[str, str]]:
    """Subject and object ids of all quads with ``predicate`` (in all graphs where ``graph`` is None)."""
    for quad in store.quads_for_pattern(None, predicate, None, graph):
        yield vocab.entity_id(_subject(quad)), vocab.entity_id(_literal(quad.object))


def _subject(quad: Quad) -> str:
    return _literal(quad.subject)


def _read_documents(store: Store) -> dict[str, Attributes]:
    sources: dict[str, Attributes] = {}
    for d, title, date, publisher in _rows(store, _DOCUMENTS):
        fields = {"title": _literal(title), "date": _literal(date), "publisher": _literal(publisher)}
        sources[vocab.entity_id(_literal(d))] = {**fields}
    return sources


def _read_entities(store: Store) -> dict[str, Attributes]:
    nodes: dict[str, Attributes] = {}
    for quad in store.quads_for_pattern(None, t.RDF_TYPE, None, _ENTITIES):
        kind = _OWN_CLASSES.get(_literal(quad.object))
        if kind:
            texts = dict.fromkeys(("label", "aliases", *_TEXTS.values()), "")
            nodes[vocab.entity_id(_subject(quad))] = {"kind": kind, "iri": _subject(quad), **texts, "documents": 0, "weight": 1}
    aliases: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, t.ALT_LABEL, None, _ENTITIES):
        aliases.setdefault(vocab.entity_id(_subject(quad)), []).append(_literal(quad.object))
    for key, names in aliases.items():
        nodes[key]["aliases"] = _SEPARATOR.join(sorted(names))
    for predicate, name in {t.PREF_LABEL: "label", **_TEXTS, **_NUMBERS}.items():
        for quad in store.quads_for_pattern(None, predicate, None, _ENTITIES):
            node = nodes.get(vocab.entity_id(_subject(quad)))
            if node is not None:  # rules and schemes have labels too
                node[name] = int(_literal(quad.object)) if predicate in _NUMBERS else _literal(quad.object)
    return nodes


def _read_assertions(store: Store, sources: dict[str, Attributes], nodes: dict[str, Attributes]) -> _Edges:
    """The asserted edges, each with its earliest sentence; also weighs the nodes by their sentences."""
    best: dict[tuple[str, str, str], tuple[str, str, int]] = {}
    edges: _Edges = {}
    sentences: dict[str, set[str]] = {}
    for s, p, o, support, confidence, e, x, start, end, d in _rows(store, _ASSERTIONS % vocab.ENTITIES_GRAPH):
        subject, object_ = vocab.entity_id(_literal(s)), vocab.entity_id(_literal(o))
        relation = vocab.PREDICATE_OF_PROPERTY[_literal(p)].value
        document = vocab.entity_id(_literal(d))
        for key in (subject, object_):
            sentences.setdefault(key, set()).add(_literal(e))
        date = str(sources[document]["date"])
        place = (date or "9999", document, int(_literal(start)))
        edge = (subject, relation, object_)
        if edge not in best or place < best[edge]:
            best[edge] = place
            offsets: Attributes = {"start": place[2], "end": int(_literal(end))}
            numbers: Attributes = {"weight": int(_literal(support)), "confidence": float(_literal(confidence))}
            source: Attributes = {"sentence": _literal(x), "document": document, "date": date}
            edges[edge] = {"relation": relation, **numbers, **source, **offsets}
    for x, e in _rows(store, _ABOUT):
        sentences.setdefault(vocab.entity_id(_literal(x)), set()).add(_literal(e))
    for key, found in sentences.items():
        if key in nodes:
            nodes[key]["weight"] = len(found)
    return edges


def _plain_edge(relation: str, document: str = "", date: str = "", weight: int = 1) -> Attributes:
    return {"relation": relation, "weight": weight, "confidence": 1.0, "sentence": "", "document": document, "date": date}


def _add_plain_links(store: Store, edges: _Edges) -> None:
    for predicate, relation in _PLAIN_LINKS.items():
        for s, o in _links(store, predicate, _ENTITIES):
            edges.setdefault((s, relation, o), _plain_edge(relation))


def _add_cooccurrences(store: Store, edges: _Edges) -> None:
    query = "SELECT ?s ?o ?w { GRAPH ?g { ?c a kg:CoOccurrence ; rdf:subject ?s ; rdf:object ?o ; kg:weight ?w } }"
    for s, o, weight in _rows(store, query):
        edge = (vocab.entity_id(_literal(s)), "coOccursWith", vocab.entity_id(_literal(o)))
        edges[edge] = _plain_edge("coOccursWith", weight=int(_literal(weight)))


def _count_mentions(store: Store, sources: dict[str, Attributes], nodes: dict[str, Attributes]) -> None:
    """Counts the documents of each entity, and dates it by the first of them where the graph does not."""
    first: dict[str, str] = {}
    for document, key in _links(store, t.kg("mentions"), None):
        if key not in nodes:
            continue
        nodes[key]["documents"] = int(nodes[key]["documents"]) + 1
        date = str(sources[document]["date"])
        if date:
            first[key] = min(date, first.get(key, date))
    for key, date in first.items():
        nodes[key]["first_seen"] = nodes[key]["first_seen"] or date


def _add_documents(store: Store, sources: dict[str, Attributes], nodes: dict[str, Attributes], edges: _Edges) -> None:
    for key, source in sources.items():
        label = source["title"] or key
        node: Attributes = {"label": label, "kind": "document", "iri": vocab.entity_iri(key), "weight": 1}
        nodes[key] = {**node, "title": source["title"], "publisher": source["publisher"], "first_seen": source["date"]}
    for relation in ("mentions", "discusses"):
        for document, key in _links(store, t.kg(relation), None):
            edges[document, relation, key] = _plain_edge(relation, document, str(sources[document]["date"]))


def _add_claims(store: Store, sources: dict[str, Attributes], nodes: dict[str, Attributes], edges: _Edges) -> None:
    for c, class_, type_, text, label, value, unit, confidence, voice, d in _rows(store, _CLAIMS):
        key, document = vocab.entity_id(_literal(c)), vocab.entity_id(_literal(d))
        kind = _literal(class_).removeprefix(vocab.KG).lower()
        if kind == "claim" and key in nodes:  # results and predictions are claims too
            continue
        quantity = f"{_literal(value)} {_literal(unit)}".strip()
        node: Attributes = {
            "label": _literal(label) or quantity or _literal(text),
            "kind": kind,
            "iri": _literal(c),
            "weight": 1,
        }
        texts = {"claim_type": _literal(type_), "sentence": _literal(text), "voice": _literal(voice), "document": document}
        nodes[key] = {**node, **texts, "first_seen": sources[document]["date"], "confidence": float(_literal(confidence) or 1)}
    for relation in _CLAIM_LINKS:
        for s, o in _links(store, t.kg(relation), None):
            document = str(nodes[s]["document"])
            edges[s, relation, o] = _plain_edge(relation, document, str(nodes[s]["first_seen"]))
