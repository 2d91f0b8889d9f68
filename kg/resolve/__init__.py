"""Extractions -> a KnowledgeBase: which names, in and across documents, are one thing. No NLP and no RDF in here.

Blocking is by keys (arXiv id, curated concept, folded name), comparing only inside a block, clustering by union-find: the
work grows with the number of names, not with its square.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Concept, Document, Extraction, KnowledgeBase, Resolution
from kg.resolve.agreement import compare_claims
from kg.resolve.clusters import cluster_mentions
from kg.resolve.decisions import Decisions
from kg.resolve.edges import build_cooccurrences, build_edges
from kg.resolve.entities import build_entities


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
    documents = sorted(documents, key=lambda d: d.id)
    clusters = cluster_mentions(documents, extractions, concepts, decisions)
    entities, entity_of, merges = build_entities(clusters, concepts)
    corroborates, disputes = compare_claims(documents, extractions, entity_of)
    return KnowledgeBase(
        documents=tuple(documents),
        extractions={d.id: extractions[d.id] for d in documents},
        entities=entities,
        edges=build_edges(documents, extractions, entity_of),
        resolution=Resolution(entity_of, merges),
        cooccurrences=build_cooccurrences(documents, extractions, entity_of),
        corroborates=corroborates,
        disputes=disputes,
    )
