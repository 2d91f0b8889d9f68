"""A KnowledgeBase as RDF quads: the layout of the data contract, in a fixed order.

Entities, edges, assertions, co-occurrences, rules and the curated scheme stand in the graph ``vocab.ENTITIES_GRAPH``; a
document's own nodes stand in the named graph with the document's IRI. No blank node, and no triple in two graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
#: The graph of entities, edges and the curated scheme.
ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_SCHEME = NamedNode(vocab.CURATED_SCHEME)

#: Two entities, the smaller id first, and how often they stand together.
_Weight = tuple[str, str, int]


def quads_of(kb: KnowledgeBase) -> Iterator[Quad]:
    """Every quad of the graph of ``kb``, each once; the order does not depend on the order of ``kb``'s members.

    Raises:
        KeyError, IndexError: ``kb`` points at a document, sentence or mention that it does not hold.
    """
    writer = GraphWriter(kb)
    if any(entity.curated for entity in kb.entities):
        yield from scheme_quads()
    entities = {entity.id: entity for entity in kb.entities}
    for id_ in sorted(entities):
        yield from writer.entity_quads(entities[id_])
    for edge in writer.edges:
        known = entities.get(edge.subject)
        yield from writer.edge_quads(edge, known.broader if known else ())
    for a, b, weight in _merge_weights(kb):
        yield from writer.cooccurrence_quads(a, b, weight)
    for merge in sorted(set(kb.resolution.merges), key=lambda m: (m.entity, m.a, m.b, m.reason)):
        yield from writer.merge_quads(merge)
    for rule in writer.rules():
        yield from writer.rule_quads(rule)
    for document in sorted(kb.documents, key=lambda d: d.id):
        yield from writer.document_quads(document)
    for iri in writer.claims.result_iris():
        yield from writer.claims.result_quads(iri)
    yield from writer.claims.agreement_quads()


class WrittenEdge(NamedTuple):
    """An edge as it is written: with the IRIs of its evidence."""

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    support: int  # how many documents say it
    sentences: list[str]

    @property
    def iri(self) -> str:
        """The IRI of the node that states it."""
        return assertion_iri(self.subject, self.predicate, self.object)


def assertion_iri(subject: str, predicate: Predicate, object_: str) -> str:
    return vocab.hashed_iri("assertion", subject, predicate.value, object_)


class GraphWriter:
    """Writes the graph of a knowledge base part by part; no quad is in two parts."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._nodes = t.Nodes()
        self._evidence = EvidenceTable(kb, self._nodes)
        self.claims = ClaimWriter(kb, self._nodes, self._evidence)
        self.edges = _merge_edges(kb, self._evidence)

    def entity_quads(self, entity: Entity) -> Iterator[Quad]:
        """What an entity is, edges aside."""
        yield from _entity_quads(entity, self._nodes)

    def edge_quads(self, edge: WrittenEdge, broader: Sequence[str]) -> Iterator[Quad]:
        """An edge and the node that states it with its evidence.

        Args:
            broader: the concepts above its subject, by the subject's own quads.
        """
        nodes = self._nodes
        s, o = nodes[vocab.entity_iri(edge.subject)], nodes[vocab.entity_iri(edge.object)]
        if edge.predicate is not Predicate.BROADER or edge.object not in broader:
            yield Quad(s, _PROPERTIES[edge.predicate], o, ENTITIES)
        node = nodes[edge.iri]
        yield from _statement_quads(node, _ASSERTION, s, _PROPERTIES[edge.predicate], o)
        for sentence in edge.sentences:
            yield Quad(node, _EVIDENCE, nodes[sentence], ENTITIES)
        yield Quad(node, _CONFIDENCE, t.decimal_of(edge.confidence), ENTITIES)
        yield Quad(node, _SUPPORT, t.integer_of(edge.support), ENTITIES)

    def cooccurrence_quads(self, a: str, b: str, weight: int) -> Iterator[Quad]:
        node = self._nodes[cooccurrence_iri(a, b)]
        s, o = self._nodes[vocab.entity_iri(a)], self._nodes[vocab.entity_iri(b)]
        yield Quad(s, _COOCCURS_WITH, o, ENTITIES)
        yield from _statement_quads(node, _COOCCURRENCE, s, _COOCCURS_WITH, o)
        yield Quad(node, _WEIGHT, t.integer_of(weight), ENTITIES)

    def merge_quads(self, merge: Merge) -> Iterator[Quad]:
        """Why two names are one entity."""
        node = self._nodes[vocab.hashed_iri("merge", merge.entity, merge.a, merge.b, merge.reason)]
        yield Quad(node, t.RDF_TYPE, _MERGE, ENTITIES)
        yield Quad(node, _MERGED_INTO, self._nodes[vocab.entity_iri(merge.entity)], ENTITIES)
        for name in sorted({merge.a, merge.b}):
            yield Quad(node, _MERGED_NAME, Literal(name), ENTITIES)
        yield Quad(node, _REASON, Literal(merge.reason), ENTITIES)

    def rules(self) -> list[str]:
        """The rules that saw something."""
        return self._evidence.rules()

    def rule_quads(self, rule: str) -> Iterator[Quad]:
        yield from self._evidence.rule_quads(rule, ENTITIES)

    def document_quads(self, document: Document) -> Iterator[Quad]:
        """A document's graph, without what depends on other documents: results, and which claims agree."""
        graph = self._nodes[vocab.document_iri(document.id)]
        extraction = self._kb.extractions.get(document.id) or Extraction(document.id)
        yield from _document_quads(document, graph)
        yield from _mention_quads(extraction, graph, self._kb, self._nodes)
        yield from self._evidence.document_quads(document, graph)
        yield from self.claims.document_quads(document, graph)


def cooccurrence_iri(a: str, b: str) -> str:
    return vocab.hashed_iri("cooccurrence", a, b)


def scheme_quads() -> Iterator[Quad]:
    """The scheme that curated concepts are in."""
    yield Quad(_SCHEME, t.RDF_TYPE, t.CONCEPT_SCHEME, ENTITIES)
    yield Quad(_SCHEME, t.PREF_LABEL, Literal("Curated concepts of the field"), ENTITIES)


def _entity_quads(entity: Entity, nodes: t.Nodes) -> Iterator[Quad]:
    node = nodes[vocab.entity_iri(entity.id)]
    for rdf_class in _CLASSES[entity.kind]:
        yield Quad(node, t.RDF_TYPE, rdf_class, ENTITIES)
    yield Quad(node, t.PREF_LABEL, Literal(entity.label), ENTITIES)
    for alias in sorted(set(entity.aliases) - {entity.label}):
        yield Quad(node, t.ALT_LABEL, Literal(alias), ENTITIES)
    if entity.definition:
        yield Quad(node, t.DEFINITION, Literal(entity.definition), ENTITIES)
    for broader in sorted(set(entity.broader)):
        yield Quad(node, t.BROADER, nodes[vocab.entity_iri(broader)], ENTITIES)
    if entity.curated:
        yield Quad(node, t.IN_SCHEME, _SCHEME, ENTITIES)
    yield from _publication_quads(entity, node, nodes)


def _publication_quads(entity: Entity, node: NamedNode, nodes: t.Nodes) -> Iterator[Quad]:
    """What papers alone have, first-seen dates aside."""
    for predicate, text in ((t.TITLE, entity.title), (_ARXIV_ID, entity.arxiv_id), (t.URL, entity.url), (_AWARD, entity.award)):
        if text:
            yield Quad(node, predicate, Literal(text), ENTITIES)
    for predicate, number in ((_YEAR, entity.year), (_TIER, entity.tier)):
        if number is not None:
            yield Quad(node, predicate, t.integer_of(number), ENTITIES)
    if entity.venue:
        yield Quad(node, _PUBLISHED_IN, nodes[vocab.entity_iri(entity.venue)], ENTITIES)
    for topic in sorted(set(entity.topics)):
        yield Quad(node, _TOPIC, nodes[vocab.entity_iri(topic)], ENTITIES)
    if entity.first_seen:
        yield Quad(node, _FIRST_SEEN, t.date_of(entity.first_seen), ENTITIES)


def _merge_edges(kb: KnowledgeBase, evidence: EvidenceTable) -> list[WrittenEdge]:
    """Edges that say the same are one, with the evidence of all and the best confidence."""
    merged: dict[tuple[str, Predicate, str], tuple[set[EvidenceRef], float]] = {}
    for edge in kb.edges:
        key = (edge.subject, edge.predicate, edge.object)
        refs, confidence = merged.get(key, (set(), 0.0))
        merged[key] = (refs | set(edge.evidence), max(confidence, edge.confidence))
    edges = []
    for (subject, predicate, object_), (refs, confidence) in sorted(merged.items(), key=lambda item: item[0]):
        sentences = sorted({evidence.node(ref.document, ref.sentence).value for ref in refs})
        support = len({ref.document for ref in refs})
        edges.append(WrittenEdge(subject, predicate, object_, confidence, support, sentences))
    return edges


def _merge_weights(kb: KnowledgeBase) -> list[_Weight]:
    weights: dict[tuple[str, str], int] = {}
    for pair in kb.cooccurrences:
        a, b = sorted((pair.a, pair.b))
        weights[a, b] = weights.get((a, b), 0) + pair.weight
    return [(a, b, weight) for (a, b), weight in sorted(weights.items())]


def _statement_quads(node: NamedNode, rdf_class: NamedNode, s: NamedNode, p: NamedNode, o: NamedNode) -> Iterator[Quad]:
    yield Quad(node, t.RDF_TYPE, rdf_class, ENTITIES)
    yield Quad(node, t.RDF_TYPE, t.RDF_STATEMENT, ENTITIES)
    yield Quad(node, t.RDF_SUBJECT, s, ENTITIES)
    yield Quad(node, t.RDF_PREDICATE, p, ENTITIES)
    yield Quad(node, t.RDF_OBJECT, o, ENTITIES)


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
