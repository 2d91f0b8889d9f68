"""A KnowledgeBase as RDF quads: the layout of the data contract, in a fixed order.

Entities, edges, assertions, co-occurrences, rules and the curated scheme stand in the graph ``vocab.ENTITIES_GRAPH``; a
document's own nodes stand in the named graph with the document's IRI. No blank node, and no triple in two graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.claims import ClaimWriter
from kg.graph.evidence import EvidenceTable
from kg.model import Document, Entity, EvidenceRef, Extraction, KnowledgeBase, Merge, Predicate

_ARXIV_ID, _YEAR, _AWARD, _TIER = t.kg("arxivId"), t.kg("year"), t.kg("award"), t.kg("tier")
_PUBLISHED_IN, _TOPIC, _FIRST_SEEN = t.kg("publishedIn"), t.kg("topic"), t.kg("firstSeen")
_ASSERTION, _EVIDENCE, _CONFIDENCE, _SUPPORT = t.kg("Assertion"), t.kg("evidence"), t.kg("confidence"), t.kg("supportCount")
_COOCCURRENCE, _COOCCURS_WITH, _WEIGHT = t.kg("CoOccurrence"), t.kg("coOccursWith"), t.kg("weight")
_MERGE, _MERGED_INTO, _MERGED_NAME, _REASON = t.kg("Merge"), t.kg("mergedInto"), t.kg("mergedName"), t.kg("reason")
_DOCUMENT, _SHA256, _MENTIONS, _DISCUSSES = t.kg("Document"), t.kg("sha256"), t.kg("mentions"), t.kg("discusses")

_CLASSES = {kind: tuple(NamedNode(iri) for iri in iris) for kind, iris in vocab.CLASSES.items()}
_PROPERTIES = {predicate: NamedNode(iri) for predicate, iri in vocab.PROPERTIES.items()}
_ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_SCHEME = NamedNode(vocab.CURATED_SCHEME)

#: Subject, predicate, object, confidence, number of documents that say it, IRIs of its evidence.
_Edge = tuple[str, Predicate, str, float, int, list[str]]
#: Two entities, the smaller id first, and how often they stand together.
_Weight = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is written and replaced as one: all quads of one subject in the graph of entities, or of one document's graph."""

    iri: str  # of the subject, or of the document
    content: object  # all that the quads are made of, as plain records: equal contents, equal quads
    write: Callable[[], Iterator[Quad]]


def quads_of(kb: KnowledgeBase) -> Iterator[Quad]:
    """Every quad of the graph of ``kb``, each once; the order does not depend on the order of ``kb``'s members.

    Raises:
        KeyError, IndexError: ``kb`` points at a document, sentence or mention that it does not hold.
    """
    for unit in units_of(kb):
        yield from unit.write()


def units_of(kb: KnowledgeBase) -> Iterator[Unit]:
    """The graph of ``kb`` as units, each quad in one of them. See :func:`quads_of` for the errors."""
    nodes = t.Nodes()
    evidence = EvidenceTable(kb, nodes)
    claims = ClaimWriter(kb, nodes, evidence)
    edges, weights = _merge_edges(kb, evidence), _merge_weights(kb)
    if any(entity.curated for entity in kb.entities):
        yield Unit(vocab.CURATED_SCHEME, None, _scheme_quads)
    yield from _entity_units(kb, edges, weights, nodes)
    for edge in edges:
        iri = vocab.hashed_iri("assertion", edge[0], edge[1].value, edge[2])
        yield Unit(iri, edge, partial(_assertion_quads, iri, edge, nodes))
    for a, b, weight in weights:
        iri = vocab.hashed_iri("cooccurrence", a, b)
        yield Unit(iri, weight, partial(_cooccurrence_quads, iri, a, b, weight, nodes))
    for merge in sorted(set(kb.resolution.merges), key=lambda m: (m.entity, m.a, m.b, m.reason)):
        iri = vocab.hashed_iri("merge", merge.entity, merge.a, merge.b, merge.reason)
        yield Unit(iri, merge, partial(_merge_quads, iri, merge, nodes))
    for rule in evidence.rules():
        yield Unit(vocab.rule_iri(rule), None, partial(evidence.rule_quads, rule, _ENTITIES))
    for document in sorted(kb.documents, key=lambda d: d.id):
        extraction = kb.extractions.get(document.id) or Extraction(document.id)
        named = [kb.resolution.entity_of.get((document.id, i), "") for i in range(len(extraction.mentions))]
        content = (document, extraction, named, evidence.content(document.id), claims.content(document.id))
        write = partial(_whole_document_quads, document, extraction, kb, nodes, evidence, claims)
        yield Unit(vocab.document_iri(document.id), content, write)


def _whole_document_quads(
    document: Document, extraction: Extraction, kb: KnowledgeBase, nodes: t.Nodes, evidence: EvidenceTable, claims: ClaimWriter
) -> Iterator[Quad]:
    graph = nodes[vocab.document_iri(document.id)]
    yield from _document_quads(document, graph)
    yield from _mention_quads(extraction, graph, kb, nodes)
    yield from evidence.document_quads(document, graph)
    yield from claims.document_quads(document, graph)


def _scheme_quads() -> Iterator[Quad]:
    yield Quad(_SCHEME, t.RDF_TYPE, t.CONCEPT_SCHEME, _ENTITIES)
    yield Quad(_SCHEME, t.PREF_LABEL, Literal("Curated concepts of the field"), _ENTITIES)


def _entity_units(kb: KnowledgeBase, edges: list[_Edge], weights: list[_Weight], nodes: t.Nodes) -> Iterator[Unit]:
    """An entity with its outgoing edges; what an edge starts from has a unit even where ``kb`` lacks the entity."""
    known = {entity.id: entity for entity in kb.entities}
    links: dict[str, list[tuple[str, str]]] = {entity: [] for entity in known}
    for subject, predicate, object_, *_ in edges:
        entity = known.get(subject)
        if predicate is not Predicate.BROADER or entity is None or object_ not in entity.broader:
            links.setdefault(subject, []).append((vocab.PROPERTIES[predicate], object_))
    for a, b, _ in weights:
        links.setdefault(a, []).append((_COOCCURS_WITH.value, b))
    for entity_id in sorted(links):
        found, out = known.get(entity_id), links[entity_id]
        yield Unit(vocab.entity_iri(entity_id), (found, out), partial(_node_quads, entity_id, found, out, nodes))


def _node_quads(entity_id: str, entity: Entity | None, links: list[tuple[str, str]], nodes: t.Nodes) -> Iterator[Quad]:
    if entity is not None:
        yield from _entity_quads(entity, nodes)
    node = nodes[vocab.entity_iri(entity_id)]
    for predicate, object_ in links:
        yield Quad(node, nodes[predicate], nodes[vocab.entity_iri(object_)], _ENTITIES)


def _entity_quads(entity: Entity, nodes: t.Nodes) -> Iterator[Quad]:
    node = nodes[vocab.entity_iri(entity.id)]
    for rdf_class in _CLASSES[entity.kind]:
        yield Quad(node, t.RDF_TYPE, rdf_class, _ENTITIES)
    yield Quad(node, t.PREF_LABEL, Literal(entity.label), _ENTITIES)
    for alias in sorted(set(entity.aliases) - {entity.label}):
        yield Quad(node, t.ALT_LABEL, Literal(alias), _ENTITIES)
    if entity.definition:
        yield Quad(node, t.DEFINITION, Literal(entity.definition), _ENTITIES)
    for broader in sorted(set(entity.broader)):
        yield Quad(node, t.BROADER, nodes[vocab.entity_iri(broader)], _ENTITIES)
    if entity.curated:
        yield Quad(node, t.IN_SCHEME, _SCHEME, _ENTITIES)
    yield from _publication_quads(entity, node, nodes)


def _publication_quads(entity: Entity, node: NamedNode, nodes: t.Nodes) -> Iterator[Quad]:
    """What papers alone have, first-seen dates aside."""
    for predicate, text in ((t.TITLE, entity.title), (_ARXIV_ID, entity.arxiv_id), (t.URL, entity.url), (_AWARD, entity.award)):
        if text:
            yield Quad(node, predicate, Literal(text), _ENTITIES)
    for predicate, number in ((_YEAR, entity.year), (_TIER, entity.tier)):
        if number is not None:
            yield Quad(node, predicate, t.integer_of(number), _ENTITIES)
    if entity.venue:
        yield Quad(node, _PUBLISHED_IN, nodes[vocab.entity_iri(entity.venue)], _ENTITIES)
    for topic in sorted(set(entity.topics)):
        yield Quad(node, _TOPIC, nodes[vocab.entity_iri(topic)], _ENTITIES)
    if entity.first_seen:
        yield Quad(node, _FIRST_SEEN, t.date_of(entity.first_seen), _ENTITIES)


def _merge_edges(kb: KnowledgeBase, evidence: EvidenceTable) -> list[_Edge]:
    """Edges that say the same are one, with the evidence of all and the best confidence."""
    merged: dict[tuple[str, Predicate, str], tuple[set[EvidenceRef], float]] = {}
    for edge in kb.edges:
        key = (edge.subject, edge.predicate, edge.object)
        refs, confidence = merged.get(key, (set(), 0.0))
        merged[key] = (refs | set(edge.evidence), max(confidence, edge.confidence))
    edges = []
    for (subject, predicate, object_), (refs, confidence) in sorted(merged.items(), key=lambda item: item[0]):
        sentences = sorted({evidence.node(ref.document, ref.sentence).value for ref in refs})
        edges.append((subject, predicate, object_, confidence, len({ref.document for ref in refs}), sentences))
    return edges


def _assertion_quads(iri: str, edge: _Edge, nodes: t.Nodes) -> Iterator[Quad]:
    subject, predicate, object_, confidence, support, sentences = edge
    s, o = nodes[vocab.entity_iri(subject)], nodes[vocab.entity_iri(object_)]
    node = nodes[iri]
    yield from _statement_quads(node, _ASSERTION, s, _PROPERTIES[predicate], o)
    for sentence in sentences:
        yield Quad(node, _EVIDENCE, nodes[sentence], _ENTITIES)
    yield Quad(node, _CONFIDENCE, t.decimal_of(confidence), _ENTITIES)
    yield Quad(node, _SUPPORT, t.integer_of(support), _ENTITIES)


def _merge_weights(kb: KnowledgeBase) -> list[_Weight]:
    weights: dict[tuple[str, str], int] = {}
    for pair in kb.cooccurrences:
        a, b = sorted((pair.a, pair.b))
        weights[a, b] = weights.get((a, b), 0) + pair.weight
    return [(a, b, weight) for (a, b), weight in sorted(weights.items())]


def _cooccurrence_quads(iri: str, a: str, b: str, weight: int, nodes: t.Nodes) -> Iterator[Quad]:
    node = nodes[iri]
    s, o = nodes[vocab.entity_iri(a)], nodes[vocab.entity_iri(b)]
    yield from _statement_quads(node, _COOCCURRENCE, s, _COOCCURS_WITH, o)
    yield Quad(node, _WEIGHT, t.integer_of(weight), _ENTITIES)


def _merge_quads(iri: str, merge: Merge, nodes: t.Nodes) -> Iterator[Quad]:
    """Why two names are one entity."""
    node = nodes[iri]
    yield Quad(node, t.RDF_TYPE, _MERGE, _ENTITIES)
    yield Quad(node, _MERGED_INTO, nodes[vocab.entity_iri(merge.entity)], _ENTITIES)
    for name in sorted({merge.a, merge.b}):
        yield Quad(node, _MERGED_NAME, Literal(name), _ENTITIES)
    yield Quad(node, _REASON, Literal(merge.reason), _ENTITIES)


def _statement_quads(node: NamedNode, rdf_class: NamedNode, s: NamedNode, p: NamedNode, o: NamedNode) -> Iterator[Quad]:
    yield Quad(node, t.RDF_TYPE, rdf_class, _ENTITIES)
    yield Quad(node, t.RDF_TYPE, t.RDF_STATEMENT, _ENTITIES)
    yield Quad(node, t.RDF_SUBJECT, s, _ENTITIES)
    yield Quad(node, t.RDF_PREDICATE, p, _ENTITIES)
    yield Quad(node, t.RDF_OBJECT, o, _ENTITIES)


def _document_quads(document: Document, graph: NamedNode) -> Iterator[Quad]:
    for rdf_class in (_DOCUMENT, t.CREATIVE_WORK, t.PROV_ENTITY):
        yield Quad(graph, t.RDF_TYPE, rdf_class, graph)
    texts = (
        (t.TITLE, document.title),
        (t.PUBLISHER, document.publication),
        (t.ISSUE_NUMBER, document.issue),
        (t.SOURCE, document.url or document.source),
        (_SHA256, document.sha256),
    )
    for predicate, text in texts:
        if text:
            yield Quad(graph, predicate, Literal(text), graph)
    if document.date:
        yield Quad(graph, t.ISSUED, t.date_of(document.date), graph)


def _mention_quads(extraction: Extraction, graph: NamedNode, kb: KnowledgeBase, nodes: t.Nodes) -> Iterator[Quad]:
    entity_of = kb.resolution.entity_of
    document = extraction.document
    named = {entity_of.get((document, i)) for i in range(len(extraction.mentions))}
    named |= {entity_of.get((document, paper.mention)) for paper in extraction.papers}
    for entity in sorted(filter(None, named)):
        yield Quad(graph, _MENTIONS, nodes[vocab.entity_iri(entity)], graph)
    for entity in sorted({entity_of[document, paper.mention] for paper in extraction.papers if paper.entry}):
        yield Quad(graph, _DISCUSSES, nodes[vocab.entity_iri(entity)], graph)
