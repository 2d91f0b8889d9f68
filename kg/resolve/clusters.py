"""Clusters of mentions that mean one thing: union-find over the keys that mentions share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import TERM_KINDS, Concept, Document, Extraction, Kind, Mention, PaperFacts
from kg.text import fold, squeeze

#: A mention anywhere: (document id, index in its Extraction.mentions).
Ref = tuple[str, int]


@dataclass(slots=True)
class UnionFind:
    """Disjoint sets of refs; the smallest ref stands for its set, so that the result does not depend on order."""

    parent: dict[Ref, Ref] = field(default_factory=dict)

    def find(self, ref: Ref) -> Ref:
        root = ref
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(ref, ref) != root:
            self.parent[ref], ref = root, self.parent[ref]
        return root

    def union(self, a: Ref, b: Ref) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)


@dataclass(frozen=True, slots=True)
class Joined:
    """Why two mentions came together."""

    a: Ref
    b: Ref
    reason: str


@dataclass(slots=True)
class Clusters:
    """Sets of mentions, each of one thing, with the reasons. ``facts`` are the statements about each paper cluster."""

    members: dict[Ref, list[Ref]]  # by the set's smallest ref, sorted
    joins: list[Joined]
    facts: dict[Ref, list[tuple[str, PaperFacts]]]
    mention: dict[Ref, Mention]
    concept: dict[Ref, str]  # the curated concept of a cluster, by its smallest ref


def family(kind: Kind) -> str:
    """Kinds that one name may waver between: the terms of the field are one family, any other kind its own."""
    return "term" if kind in TERM_KINDS else kind.value


def cluster_mentions(
    documents: Sequence[Document], extractions: Mapping[str, Extraction], concepts: Sequence[Concept]
) -> Clusters:
    """Joins mentions by what their documents say (aliases), by arXiv id, by curated concept and by folded name."""
    sets, joins = UnionFind(), []
    mention = {(d.id, i): m for d in documents for i, m in enumerate(extractions[d.id].mentions)}

    def join(a: Ref, b: Ref, reason: str) -> None:
        if sets.find(a) != sets.find(b):
            joins.append(Joined(a, b, reason))
            sets.union(a, b)

    for document in documents:
        for alias in extractions[document.id].aliases:
            a, b = (document.id, alias.a), (document.id, alias.b)
            if family(mention[a].kind) == family(mention[b].kind) and _concepts_agree(mention[a], mention[b]):
                join(a, b, alias.reason)
    for a, b, reason in _paper_pairs(documents, extractions):
        join(a, b, reason)
    concept_of: dict[Ref, str] = {}
    for a, b, reason in _term_pairs(mention, _names_of(concepts), sets, concept_of):
        join(a, b, reason)
    members: dict[Ref, list[Ref]] = defaultdict(list)
    for ref in sorted(mention):
        members[sets.find(ref)].append(ref)
    facts: dict[Ref, list[tuple[str, PaperFacts]]] = defaultdict(list)
    for document in documents:
        for paper in extractions[document.id].papers:
            facts[sets.find((document.id, paper.mention))].append((document.id, paper))
    concept = {root: next((concept_of[r] for r in refs if r in concept_of), "") for root, refs in members.items()}
    return Clusters(dict(members), joins, dict(facts), mention, concept)


def _concepts_agree(a: Mention, b: Mention) -> bool:
    return not (a.concept and b.concept and a.concept != b.concept)


# ---------------------------------------------------------------------------------------------------------------- papers


def _paper_pairs(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> Iterator[tuple[Ref, Ref, str]]:
    """Papers of one arXiv id are one. Papers of one title or name are one unless their arXiv ids differ; a name that papers of
    different ids bear joins nobody."""
    by_id: dict[str, Ref] = {}
    named: dict[str, list[tuple[Ref, str, str]]] = defaultdict(list)
    for document in documents:
        for paper in extractions[document.id].papers:
            ref = (document.id, paper.mention)
            if paper.arxiv_id:
                yield by_id.setdefault(paper.arxiv_id, ref), ref, "same arXiv id"
            names = {fold(paper.name): "same name"}
            names |= {fold(a): "same short form" for a in paper.aliases if fold(a) not in names}
            if paper.title:
                names[fold(paper.title)] = "same title"
            for name, reason in names.items():
                named[name].append((ref, paper.arxiv_id, reason))
    for name in sorted(named):
        bearers = named[name]
        ids = {arxiv_id for _, arxiv_id, _ in bearers if arxiv_id}
        if len(ids) <= 1 and name:
            first = bearers[0][0]
            for ref, _, reason in bearers[1:]:
                yield first, ref, reason


# ----------------------------------------------------------------------------------------------------------------- terms


def _names_of(concepts: Sequence[Concept]) -> dict[tuple[str, str], str]:
    """(family, folded name) -> concept id, for the forms that mean one concept without context."""
    names: dict[tuple[str, str], str] = {}
    for concept in concepts:
        for form in (concept.label, *concept.aliases):
            if form not in concept.ambiguous:
                names.setdefault((family(concept.kind), fold(form)), concept.id)
    return names


def _term_pairs(
    mention: Mapping[Ref, Mention],
    curated: Mapping[tuple[str, str], str],
    sets: UnionFind,
    concept_of: dict[Ref, str],
) -> Iterator[tuple[Ref, Ref, str]]:
    """Terms, institutions and people of one concept, one folded name, or one name written together, are one. ``concept_of`` is
    filled with the curated concept of the mentions that have one.

    Names that stand for two different concepts join neither.
    """
    first: dict[tuple[str, str], Ref] = {}
    concepts: dict[Ref, str] = {}  # by the set's root: sets grow while we go
    terms = [ref for ref in sorted(mention) if mention[ref].kind is not Kind.PAPER]
    for ref in terms:
        m = mention[ref]
        concept = m.concept or curated.get((family(m.kind), fold(m.name)), "")
        if concept and concepts.get(sets.find(ref), concept) == concept:
            concept_of[ref] = concept
            yield first.setdefault(("concept", concept), ref), ref, "same curated concept"
            concepts[sets.find(ref)] = concept
    for ref in terms:
        m = mention[ref]
        for form, reason in ((fold(m.name), "same folded name"), (squeeze(m.name), "same name without spaces")):
            holder = first.setdefault((family(m.kind), form), ref) if len(form) > 1 else ref
            mine, its = concepts.get(sets.find(ref), ""), concepts.get(sets.find(holder), "")
            if holder != ref and (not mine or not its or mine == its):
                yield holder, ref, reason
                if mine or its:
                    concepts[sets.find(ref)] = mine or its
