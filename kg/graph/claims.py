"""Claims, results, predictions and threads as RDF: the nodes that stand in the graphs of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.evidence import EvidenceTable
from kg.model import Claim, Document, Extraction, KnowledgeBase, Prediction, Result, Thread
from kg.text import fold

_CLAIM, _RESULT, _PREDICTION, _THREAD = t.kg("Claim"), t.kg("Result"), t.kg("Prediction"), t.kg("Thread")
_TEXT, _CLAIM_TYPE, _VOICE, _EVIDENCE = t.kg("text"), t.kg("claimType"), t.kg("voice"), t.kg("evidence")
_ABOUT, _ABOUT_PAPER, _CONFIDENCE = t.kg("about"), t.kg("aboutPaper"), t.kg("confidence")
_CORROBORATES, _DISPUTES, _HAS_MEMBER = t.kg("corroborates"), t.kg("disputes"), t.kg("hasMember")
_SUBJECT, _SUBJECT_ENTITY, _METRIC, _BENCHMARK = t.kg("subject"), t.kg("subjectEntity"), t.kg("metric"), t.kg("benchmark")
_VALUE, _UPPER, _BASELINE, _VALUE_TEXT = t.kg("value"), t.kg("upperValue"), t.kg("baseline"), t.kg("valueText")
_UNIT, _RESULT_KIND = t.kg("unit"), t.kg("resultKind")
_HORIZON, _DUE, _STATUS, _RESOLVED_BY = t.kg("horizonDays"), t.kg("dueDate"), t.kg("status"), t.kg("resolvedBy")


@dataclass(slots=True)
class Quantity:
    """One quantity and every place that states it, the first being ``result`` in ``document``."""

    document: str
    result: Result
    iri: str
    places: list[tuple[str, int]] = field(default_factory=list)  # (document, sentence)
    confidence: float = 0.0


class ClaimWriter:
    """Writes the claims, results, predictions and threads of one document after another."""

    def __init__(self, kb: KnowledgeBase, nodes: t.Nodes, evidence: EvidenceTable) -> None:
        self._kb = kb
        self._nodes = nodes
        self._evidence = evidence
        self._documents = {document.id: document for document in kb.documents}
        self._quantities = {quantity.iri: quantity for quantity in join_results(kb)}

    def document_quads(self, document: Document, graph: NamedNode) -> Iterator[Quad]:
        """The claims, predictions and threads of ``document``: what depends on no other document."""
        extraction = self._kb.extractions.get(document.id) or Extraction(document.id)
        yield from self._claim_quads(document, extraction, graph)
        predictions = {self._prediction_iri(document.id, p): p for p in extraction.predictions}
        for iri in sorted(predictions):
            yield from self._prediction_quads(document, iri, predictions[iri], graph)
        yield from self._thread_quads(document, extraction, graph)

    def agreement_quads(self) -> Iterator[Quad]:
        """Which claims corroborate or dispute which."""
        pairs = [(_CORROBORATES, pair) for pair in self._kb.corroborates] + [(_DISPUTES, pair) for pair in self._kb.disputes]
        links = set()
        for predicate, ((document, a), (other, b)) in pairs:
            s = self._claim_iri(document, self._kb.extractions[document].claims[a])
            o = self._claim_iri(other, self._kb.extractions[other].claims[b])
            if s != o:
                links.add((document, s, predicate.value, o))
        for document, s, p, o in sorted(links):
            yield Quad(self._nodes[s], self._nodes[p], self._nodes[o], self._nodes[vocab.document_iri(document)])

    def result_iris(self) -> list[str]:
        """The IRIs of all quantities."""
        return list(self._quantities)

    def result_quads(self, iri: str) -> Iterator[Quad]:
        """One quantity, in the graph of the document that states it first; nothing where none does."""
        if quantity := self._quantities.get(iri):
            document = self._documents[quantity.document]
            yield from self._result_quads(document, quantity, self._nodes[vocab.document_iri(document.id)])

    # ------------------------------------------------------------------------------------------------- claims

    def _claim_quads(self, document: Document, extraction: Extraction, graph: NamedNode) -> Iterator[Quad]:
        """A sentence that makes two claims of one type is one Claim, about the papers and entities of both."""
        same: dict[str, list[Claim]] = {}
        for claim in extraction.claims:
            same.setdefault(self._claim_iri(document.id, claim), []).append(claim)
        for iri, claims in sorted(same.items()):
            node, first = self._nodes[iri], claims[0]
            yield from self._sentence_quads(node, (_CLAIM, t.PROV_ENTITY), document, first.sentence, graph)
            yield Quad(node, _CLAIM_TYPE, Literal(first.type.value), graph)
            yield Quad(node, _CONFIDENCE, t.decimal_of(max(claim.confidence for claim in claims)), graph)
            papers = self._entities(document.id, (claim.paper for claim in claims if claim.paper is not None))
            about = self._entities(document.id, (mention for claim in claims for mention in claim.about))
            yield from self._link_quads(node, _ABOUT_PAPER, papers, graph)
            yield from self._link_quads(node, _ABOUT, about - papers, graph)

    def _sentence_quads(
        self, node: NamedNode, classes: Iterable[NamedNode], document: Document, index: int, graph: NamedNode
    ) -> Iterator[Quad]:
        """What everything that one sentence says has in common."""
        sentence = self._evidence.sentence(document.id, index)
        for rdf_class in classes:
            yield Quad(node, t.RDF_TYPE, rdf_class, graph)
        yield Quad(node, _TEXT, Literal(sentence.span.of(document.text)), graph)
        yield Quad(node, _VOICE, Literal(sentence.voice.value), graph)
        yield Quad(node, _EVIDENCE, self._evidence.node(document.id, index), graph)

    def _claim_iri(self, document: str, claim: Claim) -> str:
        span = self._evidence.sentence(document, claim.sentence).span
        return vocab.hashed_iri("claim", document, span.start, span.end, claim.type.value)

    # ------------------------------------------------------------------------------------------------- results

    def _result_quads(self, document: Document, quantity: Quantity, graph: NamedNode) -> Iterator[Quad]:
        node, result = self._nodes[quantity.iri], quantity.result
        classes = (_RESULT, _CLAIM, t.PROV_ENTITY)
        yield from self._sentence_quads(node, classes, document, result.sentence, graph)
        first = self._evidence.node(document.id, result.sentence).value
        elsewhere = {self._evidence.node(*place).value for place in quantity.places} - {first}
        for sentence in sorted(elsewhere):
            yield Quad(node, _EVIDENCE, self._nodes[sentence], graph)
        yield Quad(node, _VALUE, t.decimal_of(result.value), graph)
        for predicate, number in ((_UPPER, result.upper), (_BASELINE, result.baseline)):
            if number is not None:
                yield Quad(node, predicate, t.decimal_of(number), graph)
        yield Quad(node, _RESULT_KIND, Literal(result.kind.value), graph)
        for predicate, text in ((_VALUE_TEXT, result.value_text), (_UNIT, result.unit), (_SUBJECT, result.subject)):
            if text:
                yield Quad(node, predicate, Literal(text), graph)
        yield Quad(node, _CONFIDENCE, t.decimal_of(quantity.confidence), graph)
        links = (
            (_ABOUT_PAPER, result.paper),
            (_SUBJECT_ENTITY, result.subject_mention),
            (_METRIC, result.metric),
            (_BENCHMARK, result.benchmark),
        )
        for predicate, mention in links:
            yield from self._link_quads(node, predicate, self._entities(document.id, (mention,)), graph)

    # ------------------------------------------------------------------------------------------------- predictions, threads

    def _prediction_iri(self, document: str, prediction: Prediction) -> str:
        span = self._evidence.sentence(document, prediction.sentence).span
        return vocab.hashed_iri("prediction", document, span.start, span.end, prediction.label)

    def _prediction_quads(self, document: Document, iri: str, prediction: Prediction, graph: NamedNode) -> Iterator[Quad]:
        node = self._nodes[iri]
        classes = (_PREDICTION, _CLAIM, t.PROV_ENTITY)
        yield from self._sentence_quads(node, classes, document, prediction.sentence, graph)
        yield Quad(node, t.PREF_LABEL, Literal(prediction.label), graph)
        yield Quad(node, _STATUS, Literal(prediction.status.value), graph)
        if prediction.horizon_days is not None:
            yield Quad(node, _HORIZON, t.integer_of(prediction.horizon_days), graph)
        if prediction.due:
            yield Quad(node, _DUE, t.date_of(prediction.due), graph)
        yield from self._link_quads(node, _ABOUT, self._entities(document.id, prediction.about), graph)
        yield from self._link_quads(node, _RESOLVED_BY, self._entities(document.id, (prediction.resolved_by,)), graph)

    def _thread_quads(self, document: Document, extraction: Extraction, graph: NamedNode) -> Iterator[Quad]:
        same: dict[str, list[Thread]] = {}
        for thread in extraction.threads:
            span = self._evidence.sentence(document.id, thread.sentence).span
            iri = vocab.hashed_iri("thread", document.id, span.start, span.end, thread.label)
            same.setdefault(iri, []).append(thread)
        for iri, threads in sorted(same.items()):
            node, first = self._nodes[iri], threads[0]
            yield Quad(node, t.RDF_TYPE, _THREAD, graph)
            yield Quad(node, t.PREF_LABEL, Literal(first.label), graph)
            yield Quad(node, _EVIDENCE, self._evidence.node(document.id, first.sentence), graph)
            members = self._entities(document.id, (member for thread in threads for member in thread.members))
            yield from self._link_quads(node, _HAS_MEMBER, members, graph)

    # ------------------------------------------------------------------------------------------------- entities

    def _entities(self, document: str, mentions: Iterable[int | None]) -> set[str]:
        """The entities that mentions of a document mean; a mention without one is left out."""
        entity_of = self._kb.resolution.entity_of
        found = (entity_of.get((document, mention)) for mention in mentions if mention is not None)
        return {entity for entity in found if entity}

    def _link_quads(self, node: NamedNode, predicate: NamedNode, entities: set[str], graph: NamedNode) -> Iterator[Quad]:
        for entity in sorted(entities):
            yield Quad(node, predicate, self._nodes[vocab.entity_iri(entity)], graph)


def join_results(kb: KnowledgeBase) -> Iterable[Quantity]:
    """The quantities of all documents: results with the same paper or subject, metric, benchmark, numbers and unit are one
    quantity, unless they stand in one sentence ("2x faster and 2x smaller")."""
    joined: dict[str, Quantity] = {}
    for document in sorted(kb.extractions):
        extraction = kb.extractions[document]
        in_sentence: Counter[tuple[object, ...]] = Counter()
        for result in sorted(extraction.results, key=lambda r: (r.span, r.value, r.value_text)):
            identity = _identity_of(kb, document, result)
            nth = in_sentence[result.sentence, *identity]
            in_sentence[result.sentence, *identity] += 1
            iri = vocab.hashed_iri("result", *identity, nth or None)
            quantity = joined.setdefault(iri, Quantity(document, result, iri))
            quantity.places.append((document, result.sentence))
            quantity.confidence = max(quantity.confidence, result.confidence)
    return joined.values()


def _identity_of(kb: KnowledgeBase, document: str, result: Result) -> tuple[object, ...]:
    def entity(mention: int | None) -> str | None:
        return None if mention is None else kb.resolution.entity_of.get((document, mention))

    about = entity(result.paper) or "subject " + fold(result.subject)
    numbers = [None if n is None else t.format_decimal(n) for n in (result.value, result.upper, result.baseline)]
    return (about, entity(result.metric), entity(result.benchmark), *numbers, result.unit)
