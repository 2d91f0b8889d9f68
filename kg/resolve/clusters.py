"""Clusters of mentions that mean one thing: union-find over the keys that mentions share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import TERM_KINDS, Concept, Document, Extraction, Kind, Mention, PaperFacts
from kg.resolve.decisions import Decisions
from kg.text import fold, squeeze

#: A mention anywhere: (document id, index in its Extraction.mentions).
Ref = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why two mentions came together."""

    a: Ref
    b: Ref
    reason: str


@dataclass(slots=True)
class Joiner:
    """Disjoint sets of refs (union-find; the smallest ref stands for its set, so that the result does not depend on order), and
    what must never come together: papers of two arXiv ids, and names that the user keeps apart."""

    apart: Mapping[str, frozenset[str]]
    parent: dict[Ref, Ref] = field(default_factory=dict)
    joins: list[Joined] = field(default_factory=list)
    ids: dict[Ref, str] = field(default_factory=dict)  # by root: the arXiv id of its papers
    names: dict[Ref, set[str]] = field(default_factory=dict)  # by root: those of its folded names that decisions speak of

    def find(self, ref: Ref) -> Ref:
        root = ref
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(ref, ref) != root:
            self.parent[ref], ref = root, self.parent[ref]
        return root

    def join(self, a: Ref, b: Ref, reason: str) -> bool:
        """Makes one set of two, unless they must stay apart; says whether they are one now."""
        left, right = sorted((self.find(a), self.find(b)))
        if left == right:
            return True
        ids = {self.ids[root] for root in (left, right) if root in self.ids}
        if len(ids) > 1 or self._kept_apart(left, right):
            return False
        self.parent[right] = left
        self.joins.append(Joined(a, b, reason))
        if ids:
            self.ids[left] = ids.pop()
        if right in self.names:
            self.names.setdefault(left, set()).update(self.names.pop(right))
        return True

    def _kept_apart(self, a: Ref, b: Ref) -> bool:
        theirs = self.names.get(b, set())
        return any(not self.apart[name].isdisjoint(theirs) for name in self.names.get(a, ()))


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
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    concepts: Sequence[Concept],
    decisions: Decisions,
) -> Clusters:
    """Joins mentions by the user's decisions, by what their documents say (aliases), by arXiv id, by curated concept and by
    folded name; each join keeps its reason."""
    mention = {(d.id, i): m for d in documents for i, m in enumerate(extractions[d.id].mentions)}
    sets = _joiner(documents, extractions, mention, decisions)
    for a, b, reason in _decided_pairs(mention, decisions):
        sets.join(a, b, reason)
    for document in documents:
        for alias in extractions[document.id].aliases:
            a, b = (document.id, alias.a), (document.id, alias.b)
            if family(mention[a].kind) == family(mention[b].kind) and _concepts_agree(mention[a], mention[b]):
                sets.join(a, b, alias.reason)
    for a, b, reason in _paper_pairs(documents, extractions):
        sets.join(a, b, reason)
    concept_of = _join_terms(mention, _names_of(concepts), sets)
    members: dict[Ref, list[Ref]] = defaultdict(list)
    for ref in sorted(mention):
        members[sets.find(ref)].append(ref)
    facts: dict[Ref, list[tuple[str, PaperFacts]]] = defaultdict(list)
    for document in documents:
        for paper in extractions[document.id].papers:
            facts[sets.find((document.id, paper.mention))].append((document.id, paper))
    concept = {root: next((concept_of[r] for r in refs if r in concept_of), "") for root, refs in members.items()}
    return Clusters(dict(members), sets.joins, dict(facts), mention, concept)


def _joiner(
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    mention: Mapping[Ref, Mention],
    decisions: Decisions,
) -> Joiner:
    sets = Joiner(decisions.apart)
    for document in documents:
        for paper in extractions[document.id].papers:
            if paper.arxiv_id:
                sets.ids[document.id, paper.mention] = paper.arxiv_id
    if decisions.apart:
        for ref in mention:
            name = fold(mention[ref].name)
            if name in decisions.apart:
                sets.names[ref] = {name}
    return sets


def _decided_pairs(mention: Mapping[Ref, Mention], decisions: Decisions) -> Iterator[tuple[Ref, Ref, str]]:
    """Mentions whose names the user says are one."""
    if not decisions.same:
        return
    holders: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for ref in sorted(mention):
        holders[family(mention[ref].kind), fold(mention[ref].name)].append(ref)
    for kind in sorted({k for k, _ in holders}):
        for a, b in decisions.same:
            both = holders.get((kind, a), []) + holders.get((kind, b), [])
            yield from ((both[0], other, "said by the user") for other in both[1:])


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


def _join_terms(mention: Mapping[Ref, Mention], curated: Mapping[tuple[str, str], str], sets: Joiner) -> dict[Ref, str]:
    """Joins terms, institutions and people of one concept, one folded name, or one name written together; returns the curated
    concept of the mentions that have one. Names that stand for two different concepts join neither."""
    concept_of: dict[Ref, str] = {}
    first: dict[tuple[str, str], Ref] = {}
    concepts: dict[Ref, str] = {}  # by the set's root: sets grow while we go
    terms = [ref for ref in sorted(mention) if mention[ref].kind is not Kind.PAPER]
    for ref in terms:
        m = mention[ref]
        concept = m.concept or curated.get((family(m.kind), fold(m.name)), "")
        if not concept or concepts.get(sets.find(ref), concept) != concept:
            continue
        if sets.join(first.setdefault(("concept", concept), ref), ref, "same curated concept"):
            concept_of[ref] = concepts[sets.find(ref)] = concept
    for ref in terms:
        m = mention[ref]
        for form, reason in ((fold(m.name), "same folded name"), (squeeze(m.name), "same name without spaces")):
            holder = first.setdefault((family(m.kind), form), ref) if len(form) > 1 else ref
            root, other = sets.find(ref), sets.find(holder)
            if root == other:
                continue
            mine, its = concepts.get(root, ""), concepts.get(other, "")
            if (not mine or not its or mine == its) and sets.join(holder, ref, reason) and (mine or its):
                concepts[sets.find(ref)] = mine or its
    return concept_of
