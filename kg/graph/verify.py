"""The proof that a graph quotes its sources: every Evidence's sentence stands at its offsets in the text, read anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

from kg.graph import vocab
from kg.model import Document

_DOCUMENTS = """SELECT ?d ?source ?sha { GRAPH ?d { ?d a kg:Document OPTIONAL { ?d dcterms:source ?source }
  OPTIONAL { ?d kg:sha256 ?sha } } }"""
_SENTENCES = (
    "SELECT ?d ?start ?end ?exact { GRAPH ?g { ?e kg:inDocument ?d ; kg:start ?start ; kg:end ?end ; kg:exact ?exact } }"
)


@dataclass(frozen=True, slots=True, order=True)
class Mismatch:
    """Something in the graph that the sources do not bear out. ``start`` and ``end`` are -1 where a whole document is meant."""

    document: str  # Document.id
    start: int
    end: int
    problem: str
    expected: str = ""  # what the graph says
    found: str = ""  # what the source says


def verify_store(store: Store, documents: Iterable[Document]) -> list[Mismatch]:
    """Compares every Evidence of a store with the documents, read again from their sources, and every document's hash with
    that of its source.

    Args:
        store: the graph.
        documents: what the sources give now; documents that are not in the graph are ignored.

    Returns:
        all mismatches, in document and text order; an empty list is the proof.
    """
    again = {document.id: document for document in documents}
    mismatches = [*_compare_documents(store, again), *_compare_sentences(store, again)]
    return sorted(mismatches)


def _rows(store: Store, query: str) -> Iterable[tuple[str, ...]]:
    solutions = store.query(vocab.sparql_prologue() + query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("not a SELECT query")
    return (tuple(getattr(node, "value", "") for node in row) for row in solutions)


def _document_id(iri: str) -> str:
    return vocab.entity_id(iri).removeprefix("document/")


def _compare_documents(store: Store, again: dict[str, Document]) -> Iterable[Mismatch]:
    sources = {document.url or document.source for document in again.values()}
    for iri, source, sha in _rows(store, _DOCUMENTS):
        key = _document_id(iri)
        document = again.get(key)
        if document is None:
            problem = "the source has changed since the build" if source in sources else "the source was not read again"
            yield Mismatch(key, -1, -1, problem, source)
        elif document.sha256 != sha:
            yield Mismatch(
                key, -1, -1, "the source has changed since the build: its bytes have another hash", sha, document.sha256
            )


def _compare_sentences(store: Store, again: dict[str, Document]) -> Iterable[Mismatch]:
    for iri, start_text, end_text, exact in _rows(store, _SENTENCES):
        key, start, end = _document_id(iri), int(start_text), int(end_text)
        document = again.get(key)
        if document is None:  # reported once, for the document
            continue
        found = document.text[max(0, start) : max(0, end)]
        if found != exact:
            yield Mismatch(key, start, end, "the sentence does not stand at its offsets", exact, found)
