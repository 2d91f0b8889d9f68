"""What a build reports of its graph, counted over all of it or by what a change of documents adds and takes away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.model import Extraction, Kind, KnowledgeBase

_NAMES = ("documents", "papers", "techniques", "institutions", "entities", "claims", "results", "predictions", "edges")
#: What the entities of a kind are counted as, beside as entities.
_KINDS = {Kind.PAPER.value: "papers", Kind.TECHNIQUE.value: "techniques", Kind.INSTITUTION.value: "institutions"}


def count_all(kb: KnowledgeBase) -> dict[str, int]:
    """The counts of a whole graph; of entities, those that are mentioned."""
    counts = Counter(dict.fromkeys(_NAMES, 0))
    counts.update(documents=len(kb.documents), edges=len(kb.edges))
    count_entities(counts, set(kb.resolution.entity_of.values()))
    count_statements(counts, kb.extractions.values())
    return dict(counts)


def count_entities(counts: Counter[str], ids: Iterable[str], sign: int = 1) -> None:
    """Adds entities to ``counts``, or takes them away where ``sign`` is -1."""
    for id_ in ids:
        counts["entities"] += sign
        if name := _KINDS.get(id_.partition("/")[0]):
            counts[name] += sign


def count_statements(counts: Counter[str], extractions: Iterable[Extraction], sign: int = 1) -> None:
    """Adds what documents say to ``counts``, or takes it away where ``sign`` is -1."""
    for extraction in extractions:
        counts["claims"] += sign * len(extraction.claims)
        counts["results"] += sign * len(extraction.results)
        counts["predictions"] += sign * len(extraction.predictions)
