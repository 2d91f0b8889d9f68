"""Relations between mentions -> edges between entities, with all their evidence; co-occurrence counted once, at build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from kg.model import CoOccurrence, Document, Edge, EvidenceRef, Extraction, Kind, Predicate, Span
from kg.resolve.names import Ref

#: More techniques than this in one paper's text is a list, not a company they keep.
_MOST_TOGETHER = 40


def build_edges(
    documents: Sequence[Document], extractions: Mapping[str, Extraction], entity_of: Mapping[Ref, str]
) -> tuple[Edge, ...]:
    """One edge for each subject, predicate and object; its confidence is that at least one sentence is right (noisy or)."""
    evidence: dict[tuple[str, Predicate, str], set[EvidenceRef]] = defaultdict(set)
    doubt: dict[tuple[str, Predicate, str], float] = defaultdict(lambda: 1.0)
    for document in documents:
        for relation in extractions[document.id].relations:
            subject, object_ = entity_of[document.id, relation.subject], entity_of[document.id, relation.object]
            if subject == object_:
                continue
            key = (subject, relation.predicate, object_)
            ref = EvidenceRef(document.id, relation.sentence, relation.rule)
            if ref not in evidence[key]:
                evidence[key].add(ref)
                doubt[key] *= 1.0 - min(relation.confidence, 0.99)
    return tuple(
        Edge(*key, evidence=tuple(sorted(evidence[key])), confidence=round(1.0 - doubt[key], 3))
        for key in sorted(evidence, key=lambda k: (k[0], k[1].value, k[2]))
    )


def build_cooccurrences(
    documents: Sequence[Document], extractions: Mapping[str, Extraction], entity_of: Mapping[Ref, str]
) -> tuple[CoOccurrence, ...]:
    """How often two techniques stand in the text about one paper."""
    together: Counter[tuple[str, str]] = Counter()
    for document in documents:
        extraction = extractions[document.id]
        techniques = sorted((m.span.start, i) for i, m in enumerate(extraction.mentions) if m.kind is Kind.TECHNIQUE)
        for paper in extraction.papers:
            inside = {entity_of[document.id, i] for at, i in techniques if _within(paper.stretches, at)}
            for pair in combinations(sorted(inside)[:_MOST_TOGETHER], 2):
                together[pair] += 1
    return tuple(CoOccurrence(a, b, n) for (a, b), n in sorted(together.items()))


def _within(stretches: Sequence[Span], offset: int) -> bool:
    return any(s.start <= offset < s.end for s in stretches)
