"""Builds on top of builds: what a change of some documents touches, found out by its names and in the graph before.

A document that is added or removed costs its own reading and extraction, the resolution of the names that share a key with its
own, and the parts of the graph that those and its sentences stand in. Everything else is neither read nor looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from pyoxigraph import Store

from kg.graph.changes import Patch
from kg.graph.claims import join_results
from kg.graph.dependents import Dependents, Statement
from kg.model import CoOccurrence, KnowledgeBase, Resolution
from kg.pipeline.counts import count_entities, count_statements
from kg.pipeline.shelf import Read
from kg.resolve import NameIndex, Resolved, compare_claims, find_names, refer_entity
from kg.resolve.edges import build_cooccurrences, build_edges
from kg.resolve.names import DocumentNames, Ref

Load = Callable[[Iterable[str]], list[Read]]


@dataclass(frozen=True, slots=True)
class Change:
    """Documents that are in the graph no more, as they were, and documents that are new in it. A document of which anything is
    different is among both."""

    removed: list[Read]
    added: list[Read]


def plan_patch(change: Change, index: NameIndex, store: Store, load: Load) -> tuple[Patch, Counter[str]]:
    """What ``change`` does to the graph in ``store``, and by how much it changes what a build reports.

    Args:
        index: the names of the graph before; afterwards, of the graph after.
        load: documents of the graph after, by their ids, sorted.

    Raises:
        KeyError: ``index`` does not know a document that is removed.
    """
    return _Planner(change, index, store, load).plan()


class _Planner:
    def __init__(self, change: Change, index: NameIndex, store: Store, load: Load) -> None:
        self._change = change
        self._index = index
        self._held = Dependents(store)
        self._load = load
        self._names = cache(self._find_names)
        self._gone = {document.id for document, _ in change.removed}

    def plan(self) -> tuple[Patch, Counter[str]]:
        index, held = self._index, self._held
        removed = [(read, find_names(read[1], index.decisions)) for read in self._change.removed]
        meant: dict[Ref, str] = {}
        for (document, _), names in removed:
            meant |= _refs(document.id, index.entities_of(names))
            index.remove(names)
        for document, _ in self._change.added:
            index.add(self._names(document.id))
        resolved = index.resolve(self._names)
        relinked = self._load(held.documents_naming(resolved.moved) - self._gone - {d.id for d, _ in self._change.added})
        for document, _ in relinked:
            meant |= _refs(document.id, index.entities_of(self._names(document.id), resolved.meant))
        return self._patch(resolved, self._change.removed + relinked, self._change.added + relinked, meant)

    def _patch(
        self, resolved: Resolved, old: list[Read], new: list[Read], meant: Mapping[Ref, str]
    ) -> tuple[Patch, Counter[str]]:
        """The patch by which the documents ``old``, whose mentions meant ``meant``, become ``new``."""
        index, held = self._index, self._held
        emptied = {document.id for document, _ in old}
        core = self._base(new, resolved)
        edges, results = held.statements_of(emptied)
        edges |= _statements(core)
        results |= {quantity.iri for quantity in join_results(core)}
        papers, claims, claiming = held.claims_about(held.papers_of(emptied) | _papers_of(core))
        others = self._load((held.documents_stating(edges, results) | claiming) - self._gone | {d.id for d, _ in new})
        base = self._base(others, resolved, papers)
        pairs = self._weights(old, meant, core)
        kb = replace(base, cooccurrences=tuple(CoOccurrence(a, b, n) for (a, b), n in sorted(pairs.items()) if n))
        patch = Patch(
            kb,
            rewritten=frozenset(document.id for document, _ in new),
            emptied=frozenset(emptied),
            before=frozenset(resolved.before),
            edges=frozenset(edges),
            pairs=frozenset(pairs),
            results=frozenset(results),
            claims=frozenset(claims),
            referred=frozenset(resolved.before | resolved.referred),
            named=frozenset(index.entity_ids()),
            refer=partial(refer_entity, vocabulary=index.vocabulary, named=index.named),
        )
        there = _statements(base) & edges
        return patch, self._counts(resolved, len(there) - sum(map(held.has_edge, edges)))

    def _base(self, reads: Sequence[Read], resolved: Resolved, papers: Collection[str] = ()) -> KnowledgeBase:
        """A knowledge base of some documents and all that was resolved anew; claims are compared that are about ``papers``."""
        documents, extractions = [d for d, _ in reads], {d.id: x for d, x in reads}
        entity_of: dict[Ref, str] = {}
        for document in documents:
            entity_of |= _refs(document.id, self._index.entities_of(self._names(document.id)))
        corroborates, disputes = compare_claims(documents, extractions, entity_of, papers)
        return KnowledgeBase(
            documents=tuple(documents),
            extractions=extractions,
            entities=tuple(resolved.entities[id_] for id_ in sorted(resolved.entities)),
            edges=build_edges(documents, extractions, entity_of),
            resolution=Resolution(entity_of, tuple(resolved.merges)),
            corroborates=corroborates,
            disputes=disputes,
        )

    def _weights(self, old: list[Read], meant: Mapping[Ref, str], core: KnowledgeBase) -> dict[tuple[str, str], int]:
        """How often those entities stand together now that did in ``old`` documents or do in those of ``core``."""
        before = build_cooccurrences([d for d, _ in old], {d.id: x for d, x in old}, meant)
        after = build_cooccurrences(core.documents, core.extractions, core.resolution.entity_of)
        more = Counter({(pair.a, pair.b): pair.weight for pair in after})
        more.subtract({(pair.a, pair.b): pair.weight for pair in before})
        return {(a, b): self._held.weight_of(a, b) + n for (a, b), n in more.items() if n}

    def _counts(self, resolved: Resolved, edges: int) -> Counter[str]:
        """By how much the counts of a build report change."""
        counts = Counter(documents=len(self._change.added) - len(self._change.removed), edges=edges)
        count_entities(counts, resolved.entities.keys() - resolved.before, 1)
        count_entities(counts, resolved.before - resolved.entities.keys(), -1)
        count_statements(counts, (x for _, x in self._change.added), 1)
        count_statements(counts, (x for _, x in self._change.removed), -1)
        return counts

    def _find_names(self, document: str) -> DocumentNames:
        [(_, extraction)] = self._load([document])
        return find_names(extraction, self._index.decisions)


def _refs(document: str, entities: Iterable[str]) -> dict[Ref, str]:
    return {(document, n): entity for n, entity in enumerate(entities)}


def _statements(kb: KnowledgeBase) -> set[Statement]:
    return {(edge.subject, edge.predicate, edge.object) for edge in kb.edges}


def _papers_of(kb: KnowledgeBase) -> set[str]:
    """The papers that claims are about."""
    entity_of = kb.resolution.entity_of
    claims = ((id_, claim.paper) for id_, extraction in kb.extractions.items() for claim in extraction.claims)
    return {entity_of[id_, paper] for id_, paper in claims if paper is not None}
