"""A KnowledgeBase as RDF quads: the layout of the data contract, in a fixed order.

Entities, edges, assertions, co-occurrences, rules and the curated scheme stand in the graph ``vocab.ENTITIES_GRAPH``; a
document's own nodes stand in the named graph with the document's IRI. No blank node, and no triple in two graphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.claims import ClaimWriter
from kg.graph.evidence import EvidenceTable
from kg.model import Document, Entity, EvidenceRef, Extraction, KnowledgeBase, Predicate

_ARXIV_ID, _YEAR, _AWARD, _TIER = t.kg("arxivId"), t.kg("year"), t.kg("award"), t.kg("tier")
_PUBLISHED_IN, _TOPIC, _FIRST_SEEN = t.kg("publishedIn"), t.kg("topic"), t.kg("firstSeen")
_ASSERTION, _EVIDENCE, _CONFIDENCE, _SUPPORT = t.kg("Assertion"), t.kg("evidence"), t.kg("confidence"), t.kg("supportCount")
_COOCCURRENCE, _COOCCURS_WITH, _WEIGHT = t.kg("CoOccurrence"), t.kg("coOccursWith"), t.kg("weight")
_DOCUMENT, _SHA256, _MENTIONS, _DISCUSSES = t.kg("Document"), t.kg("sha256"), t.kg("mentions"), t.kg("discusses")

_CLASSES = {kind: tuple(NamedNode(iri) for iri in iris) for kind, iris in vocab.CLASSES.items()}
_PROPERTIES = {predicate: NamedNode(iri) for predicate, iri in vocab.PROPERTIES.items()}
_ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_SCHEME = NamedNode(vocab.CURATED_SCHEME)


def quads_of(kb: KnowledgeBase) -> Iterator[Quad]:
    """Every quad of the graph of ``kb``, each once; the order does not depend on the order of ``kb``'s members.

    Raises:
        KeyError, IndexError: ``kb`` points at a document, sentence or mention that it does not hold.
    """
    nodes = t.Nodes()
    evidence = EvidenceTable(kb, nodes)
    claims = ClaimWriter(kb, nodes, evidence)
    yield from _scheme_quads(kb)
    for entity in sorted(kb.entities, key=lambda e: e.id):
        yield from _entity_quads(entity, nodes)
    yield from _edge_quads(kb, nodes, evidence)
    yield from _cooccurrence_quads(kb, nodes)
    yield from evidence.rule_quads(_ENTITIES)
    for document in sorted(kb.documents, key=lambda d: d.id):
        graph = nodes[vocab.document_iri(document.id)]
        extraction = kb.extractions.get(document.id) or Extraction(document.id)
        yield from _document_quads(document, graph)
        yield from _mention_quads(extraction, graph, kb, nodes)
        yield from evidence.document_quads(document, graph)
        yield from claims.document_quads(document, graph)


def _scheme_quads(kb: KnowledgeBase) -> Iterator[Quad]:
    if any(entity.curated for entity in kb.entities):
        yield Quad(_SCHEME, t.RDF_TYPE, t.CONCEPT_SCHEME, _ENTITIES)
        yield Quad(_SCHEME, t.PREF_LABEL, Literal("Curated concepts of the field"), _ENTITIES)


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


def _edge_quads(kb: KnowledgeBase, nodes: t.Nodes, evidence: EvidenceTable) -> Iterator[Quad]:
    """Each edge and its Assertion. Edges that say the same are one, with the evidence of all and the best confidence."""
    merged: dict[tuple[str, Predicate, str], tuple[set[EvidenceRef], float]] = {}
    for edge in kb.edges:
        key = (edge.subject, edge.predicate, edge.object)
        refs, confidence = merged.get(key, (set(), 0.0))
        merged[key] = (refs | set(edge.evidence), max(confidence, edge.confidence))
    curated = {(entity.id, broader) for entity in kb.entities for broader in entity.broader}
    for (subject, predicate, object_), (refs, confidence) in sorted(merged.items(), key=lambda item: item[0]):
        s, p, o = nodes[vocab.entity_iri(subject)], _PROPERTIES[predicate], nodes[vocab.entity_iri(object_)]
        if predicate is not Predicate.BROADER or (subject, object_) not in curated:
            yield Quad(s, p, o, _ENTITIES)
        node = nodes[vocab.hashed_iri("assertion", subject, predicate.value, object_)]
        yield from _statement_quads(node, _ASSERTION, s, p, o)
        for sentence in sorted({evidence.node(ref.document, ref.sentence).value for ref in refs}):
            yield Quad(node, _EVIDENCE, nodes[sentence], _ENTITIES)
        yield Quad(node, _CONFIDENCE, t.decimal_of(confidence), _ENTITIES)
        yield Quad(node, _SUPPORT, t.integer_of(len({ref.document for ref in refs})), _ENTITIES)


def _cooccurrence_quads(kb: KnowledgeBase, nodes: t.Nodes) -> Iterator[Quad]:
    weights: dict[tuple[str, str], int] = {}
    for pair in kb.cooccurrences:
        a, b = sorted((pair.a, pair.b))
        weights[a, b] = weights.get((a, b), 0) + pair.weight
    for (a, b), weight in sorted(weights.items()):
        s, o = nodes[vocab.entity_iri(a)], nodes[vocab.entity_iri(b)]
        yield Quad(s, _COOCCURS_WITH, o, _ENTITIES)
        node = nodes[vocab.hashed_iri("cooccurrence", a, b)]
        yield from _statement_quads(node, _COOCCURRENCE, s, _COOCCURS_WITH, o)
        yield Quad(node, _WEIGHT, t.integer_of(weight), _ENTITIES)


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
