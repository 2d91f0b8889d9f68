"""Extractions -> a KnowledgeBase: which names, in and across documents, are one thing. No NLP and no RDF in here.

Blocking is by keys (arXiv id, curated concept, folded name), comparing only inside a block, clustering by union-find: the
work grows with the number of distinct names, not with its square.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Concept, Document, Extraction, KnowledgeBase, Resolution
from kg.resolve.agreement import compare_claims
from kg.resolve.clusters import Vocabulary
from kg.resolve.decisions import Decisions
from kg.resolve.edges import build_cooccurrences, build_edges
from kg.resolve.entities import add_referred, refer_entity
from kg.resolve.index import NameIndex, Resolved
from kg.resolve.names import find_names

__all__ = [
    "NameIndex",
    "Resolved",
    "Vocabulary",
    "compare_claims",
    "find_names",
    "refer_entity",
    "resolve_extractions",
    "resolve_indexed",
]


def resolve_extractions(
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    concepts: Sequence[Concept],
    decisions: Decisions = Decisions(),  # noqa: B008  # frozen and empty
) -> KnowledgeBase:
    """One entity for all surface forms of one thing. The result does not depend on the order of the input.

    Args:
        documents: all documents, in any order.
        extractions: what was read out of each, by document id.
        concepts: the curated vocabulary.
        decisions: what the user says is one thing, or is not; stands above all evidence.
    """
    return resolve_indexed(documents, extractions, NameIndex(Vocabulary(concepts), decisions))


def resolve_indexed(documents: Sequence[Document], extractions: Mapping[str, Extraction], index: NameIndex) -> KnowledgeBase:
    """As :func:`resolve_extractions`; the empty ``index`` holds all names afterwards."""
    documents = sorted(documents, key=lambda d: d.id)
    names = {d.id: find_names(extractions[d.id], index.decisions) for d in documents}
    for document in documents:
        index.add(names[document.id])
    resolved = index.resolve(names.__getitem__)
    entity_of = {(d.id, n): entity for d in documents for n, entity in enumerate(index.entities_of(names[d.id]))}
    entities = resolved.entities
    add_referred(entities, index.vocabulary, index.named)
    corroborates, disputes = compare_claims(documents, extractions, entity_of)
    return KnowledgeBase(
        documents=tuple(documents),
        extractions={d.id: extractions[d.id] for d in documents},
        entities=tuple(entities[id_] for id_ in sorted(entities)),
        edges=build_edges(documents, extractions, entity_of),
        resolution=Resolution(entity_of, tuple(sorted(resolved.merges, key=lambda m: (m.entity, m.a, m.b, m.reason)))),
        cooccurrences=build_cooccurrences(documents, extractions, entity_of),
        corroborates=corroborates,
        disputes=disputes,
    )
