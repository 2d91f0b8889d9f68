"""What in a graph hangs on a document or an entity, looked up in the store: what a change of either may change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.rdf import ENTITIES, assertion_iri, cooccurrence_iri
from kg.model import Predicate

#: What an edge says: subject, predicate, object.
Statement = tuple[str, Predicate, str]

_EVIDENCE, _EVIDENCE_CLASS, _MENTIONS = t.kg("evidence"), t.kg("Evidence"), t.kg("mentions")
_ABOUT_PAPER, _WEIGHT = t.kg("aboutPaper"), t.kg("weight")
_AGREEMENTS = (t.kg("corroborates"), t.kg("disputes"))
_ASSERTION, _RESULT, _CLAIM = (vocab.ID + kind for kind in ("assertion/", "result/", "claim/"))
_DOCUMENT = vocab.document_iri("")
_MERGED_INTO, _COOCCURS_WITH = t.kg("mergedInto"), t.kg("coOccursWith")
#: What an entity's quads say beside what it is.
_LINKS = frozenset((_COOCCURS_WITH.value, *vocab.PREDICATE_OF_PROPERTY)) - {t.BROADER.value}


class Dependents:
    """Looks things up in one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents_naming(self, entities: Iterable[str]) -> set[str]:
        """The documents that mention any of some entities, all by id."""
        nodes = (NamedNode(vocab.entity_iri(entity)) for entity in entities)
        return {_document(quad.subject) for node in nodes for quad in self._find(None, _MENTIONS, node)}

    def statements_of(self, documents: Iterable[str]) -> tuple[set[Statement], set[str]]:
        """What sentences of some documents are evidence for: edges, and results by IRI."""
        edges: set[Statement] = set()
        results: set[str] = set()
        for document in documents:
            graph = NamedNode(vocab.document_iri(document))
            for evidence in self._store.quads_for_pattern(None, t.RDF_TYPE, _EVIDENCE_CLASS, graph):
                for quad in self._find(None, _EVIDENCE, evidence.subject):
                    iri = _iri(quad.subject)
                    if iri.startswith(_RESULT):
                        results.add(iri)
                    elif iri.startswith(_ASSERTION):
                        edges.add(self._statement(iri))
        return edges, results

    def documents_stating(self, edges: Iterable[Statement], results: Iterable[str]) -> set[str]:
        """The documents with evidence for any of some edges or results."""
        nodes = [assertion_iri(*edge) for edge in edges] + list(results)
        quads = (quad for node in nodes for quad in self._find(NamedNode(node), _EVIDENCE, None))
        return {vocab.document_of_evidence(_iri(quad.object)) for quad in quads}

    def has_edge(self, edge: Statement) -> bool:
        """Whether the graph states an edge."""
        return next(self._find(NamedNode(assertion_iri(*edge)), t.RDF_TYPE, None), None) is not None

    def papers_of(self, documents: Iterable[str]) -> set[str]:
        """The papers that claims of some documents are about."""
        graphs = (NamedNode(vocab.document_iri(document)) for document in documents)
        quads = (quad for graph in graphs for quad in self._store.quads_for_pattern(None, _ABOUT_PAPER, None, graph))
        return {_entity(quad.object) for quad in quads if _iri(quad.subject).startswith(_CLAIM)}

    def claims_about(self, papers: Iterable[str]) -> tuple[set[str], set[str], set[str]]:
        """The papers that share a claim with any of some papers, these included; the claims about all of those, by IRI; and the
        documents that make them."""
        seen, open_papers = set(papers), list(papers)
        claims: set[str] = set()
        documents: set[str] = set()
        while open_papers:
            for quad in self._find(None, _ABOUT_PAPER, NamedNode(vocab.entity_iri(open_papers.pop()))):
                iri = _iri(quad.subject)
                if iri.startswith(_CLAIM) and iri not in claims:
                    claims.add(iri)
                    documents.add(_document(quad.graph_name))
                    others = {_entity(other.object) for other in self._find(NamedNode(iri), _ABOUT_PAPER, None)} - seen
                    seen |= others
                    open_papers += others
        return seen, claims, documents

    def agreements_of(self, claims: Iterable[str]) -> Iterator[Quad]:
        """The quads that say which other claims some claims corroborate or dispute."""
        for claim in claims:
            for predicate in _AGREEMENTS:
                yield from self._find(NamedNode(claim), predicate, None)

    def weight_of(self, a: str, b: str) -> int:
        """How often two entities stand together; 0 where they never do."""
        quads = self._find(NamedNode(cooccurrence_iri(a, b)), _WEIGHT, None)
        return next((int(_iri(quad.object)) for quad in quads), 0)

    def attributes_of(self, entity: str, broader: Collection[str]) -> Iterator[Quad]:
        """What the graph says that an entity is, edges aside.

        Args:
            broader: the concepts above it by the vocabulary: what the graph has beside these is edges.
        """
        node = NamedNode(vocab.entity_iri(entity))
        for quad in self._store.quads_for_pattern(node, None, None, ENTITIES):
            if quad.predicate == t.BROADER:
                if _entity(quad.object) in broader:
                    yield quad
            elif quad.predicate.value not in _LINKS:
                yield quad

    def merges_into(self, entity: str) -> Iterator[Quad]:
        """The quads that say why names are one entity."""
        for quad in self._find(None, _MERGED_INTO, NamedNode(vocab.entity_iri(entity))):
            yield from self._store.quads_for_pattern(quad.subject, None, None, ENTITIES)

    def _statement(self, iri: str) -> Statement:
        node = NamedNode(iri)
        s, p, o = (_iri(next(self._find(node, part, None)).object) for part in (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT))
        return vocab.entity_id(s), vocab.PREDICATE_OF_PROPERTY[p], vocab.entity_id(o)

    def _find(self, s: object, p: object, o: object) -> Iterator[Quad]:
        return self._store.quads_for_pattern(s, p, o, None)  # type: ignore[arg-type]


def is_shared(quad: Quad) -> bool:
    """Whether a quad of a document's graph depends on other documents too: one of a result, or that claims agree."""
    return quad.predicate in _AGREEMENTS or _iri(quad.subject).startswith(_RESULT)


def _iri(term: object) -> str:
    value: str = term.value  # type: ignore[attr-defined]  # a node or a literal: there are no blank nodes
    return value


def _entity(term: object) -> str:
    return vocab.entity_id(_iri(term))


def _document(term: object) -> str:
    return _iri(term).removeprefix(_DOCUMENT)
