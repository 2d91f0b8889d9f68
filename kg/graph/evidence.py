"""Evidence nodes: one a sentence, shared by everything that the sentence supports."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import __version__
from kg.graph import terms as t
from kg.graph import vocab
from kg.model import Document, Extraction, KnowledgeBase, Sentence, Span

#: The rule of records that do not name theirs.
_UNNAMED = "claimgraph"

_EVIDENCE, _EXACT, _START, _END = t.kg("Evidence"), t.kg("exact"), t.kg("start"), t.kg("end")
_IN_DOCUMENT, _VOICE, _RULE, _VERSION = t.kg("inDocument"), t.kg("voice"), t.kg("Rule"), t.kg("version")


class EvidenceTable:
    """Which sentences of which documents are evidence for something, and the rules that saw it there."""

    def __init__(self, kb: KnowledgeBase, nodes: t.Nodes) -> None:
        self._nodes = nodes
        self._sentences = {d: x.sentences for d, x in kb.extractions.items()}
        self._rules: dict[str, dict[Span, set[str]]] = {d: {} for d in kb.extractions}
        for edge in kb.edges:
            for ref in edge.evidence:
                self._add(ref.document, ref.sentence, ref.rule)
        for extraction in kb.extractions.values():
            self._add_all(extraction)

    def _add_all(self, extraction: Extraction) -> None:
        records = (extraction.claims, extraction.results, extraction.predictions, extraction.threads)
        for group in records:
            for record in group:
                self._add(extraction.document, record.sentence, record.rule)

    def _add(self, document: str, sentence: int, rule: str) -> None:
        span = self._sentences[document][sentence].span
        self._rules[document].setdefault(span, set()).add(rule or _UNNAMED)

    def sentence(self, document: str, index: int) -> Sentence:
        return self._sentences[document][index]

    def node(self, document: str, sentence: int) -> NamedNode:
        """The Evidence node of a sentence."""
        span = self._sentences[document][sentence].span
        return self._nodes[vocab.evidence_iri(document, span.start, span.end)]

    def document_quads(self, document: Document, graph: NamedNode) -> Iterator[Quad]:
        """All Evidence nodes of one document, in text order."""
        nodes = self._nodes
        voices: dict[Span, str] = {}
        for sentence in self._sentences.get(document.id, ()):
            voices.setdefault(sentence.span, sentence.voice.value)
        for span, rules in sorted(self._rules.get(document.id, {}).items()):
            node = nodes[vocab.evidence_iri(document.id, span.start, span.end)]
            yield Quad(node, t.RDF_TYPE, _EVIDENCE, graph)
            yield Quad(node, t.RDF_TYPE, t.ANNOTATION, graph)
            yield Quad(node, _EXACT, Literal(span.of(document.text)), graph)
            yield Quad(node, _START, t.integer_of(span.start), graph)
            yield Quad(node, _END, t.integer_of(span.end), graph)
            yield Quad(node, _IN_DOCUMENT, graph, graph)  # a document's graph has the document's IRI
            yield Quad(node, _VOICE, Literal(voices[span]), graph)
            for rule in sorted(rules):
                yield Quad(node, t.GENERATED_BY, nodes[vocab.rule_iri(rule)], graph)

    def rules(self) -> list[str]:
        """The rules that saw something, sorted."""
        return sorted({rule for spans in self._rules.values() for rules in spans.values() for rule in rules})

    def rule_quads(self, rule: str, graph: NamedNode) -> Iterator[Quad]:
        node = self._nodes[vocab.rule_iri(rule)]
        yield Quad(node, t.RDF_TYPE, _RULE, graph)
        yield Quad(node, t.RDF_TYPE, t.PROV_ACTIVITY, graph)
        yield Quad(node, t.PREF_LABEL, Literal(rule), graph)
        yield Quad(node, _VERSION, Literal(__version__), graph)
