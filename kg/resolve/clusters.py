"""Clusters of names that mean one thing: union-find over the keys that names share.

Names are compared only where they share a key (arXiv id, curated concept, folded name, what an id would be made of), so that
what becomes of a name depends on nothing but the names that keys connect it with, its block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Concept, Kind, PaperFacts
from kg.resolve.decisions import Decisions
from kg.resolve.names import Form, Joiner, Name, Tally, family
from kg.text import fold, slug, squeeze


class Member(NamedTuple):
    """A name of a graph, with all that its documents say of it."""

    number: int  # what its holder knows it by
    name: Name
    tally: Mapping[Form, Tally]
    facts: Sequence[tuple[PaperFacts, str]] = ()  # of a paper, each with the name that the mention bears


@dataclass(frozen=True, slots=True)
class Cluster:
    """Names of one thing, and why they came together: (name, name, reason)."""

    members: list[Member]  # sorted by name
    concept: str  # the curated concept it is, where it is one
    merges: set[tuple[str, str, str]]


class Vocabulary:
    """The curated vocabulary, as resolution asks for it."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self.labels = {(concept.kind, fold(concept.label)): concept.id for concept in concepts}
        self._names: dict[tuple[str, str], str] = {}  # of the forms that mean one concept without context
        for concept in concepts:
            for form in (concept.label, *concept.aliases):
                if form not in concept.ambiguous:
                    self._names.setdefault((family(concept.kind), fold(form)), concept.id)

    def concept_of(self, form: Form) -> str:
        """The curated concept that a form means; empty where it means none."""
        return form.concept or self._names.get((family(form.kind), fold(form.name)), "")


def keys_of(
    name: Name, facts: Sequence[tuple[PaperFacts, str]], vocabulary: Vocabulary, decisions: Decisions
) -> tuple[str, ...]:
    """All by which a name can meet another: two names without a common key are never one, nor would they get one id."""
    keys = {f"same {a} = {b}" for a, b in decisions.same for form in name.forms if fold(form.name) in (a, b)}
    kind = name.family
    if kind == Kind.PAPER:
        for paper, _ in facts:
            keys.update(f"paper {fold(n)}" for n in (paper.name, paper.title, *paper.aliases))
            keys.update(f"paper id {slug(n)}" for n in (paper.name, paper.title) if n)
            keys.add(f"arxiv {paper.arxiv_id}")
        if not facts:
            keys.update(f"paper id {slug(form.name)}" for form in name.forms)
        return tuple(sorted(keys - {"paper ", "arxiv "}))
    for form in name.forms:
        keys.update((f"{kind} {fold(form.name)}", f"{kind} {squeeze(form.name)}", f"id {slug(form.name)}"))
        if concept := vocabulary.concept_of(form):
            keys.update((f"concept {concept}", f"id {concept.partition('/')[2]}"))
    return tuple(sorted(keys))


def cluster_names(members: Sequence[Member], vocabulary: Vocabulary, decisions: Decisions) -> list[Cluster]:
    """Joins names by the user's decisions, by arXiv id, by curated concept and by folded name; each join keeps its reason. The
    result depends on the set of ``members`` alone, and for each of them on its block alone."""
    members = sorted(members, key=lambda member: member.name)
    sets = _Sets(members, decisions)
    for pair in _decided_pairs(members, decisions):
        sets.unite(*pair)
    for pair in _paper_pairs(members):
        sets.unite(*pair)
    concepts = _join_terms(members, vocabulary, sets)
    clusters: dict[int, Cluster] = {}
    for at, member in enumerate(members):
        root = sets.find(at)
        cluster = clusters.setdefault(root, Cluster([], concepts.get(root, ""), set()))
        cluster.members.append(member)
        cluster.merges.update(member.name.merges)
    for at, merge in sets.merges:
        clusters[sets.find(at)].merges.add(merge)
    return list(clusters.values())


_SAME_ID = "same arXiv id"
#: A member, by its place, and the words it is joined by; another and its words; and why the two are one.
_Pair = tuple[int, str, int, str, str]


class _Sets(Joiner[int]):
    """Sets of members, by their places, with the reasons."""

    def __init__(self, members: Sequence[Member], decisions: Decisions) -> None:
        super().__init__(decisions.apart)
        self.merges: list[tuple[int, tuple[str, str, str]]] = []
        for at, member in enumerate(members):
            for paper, _ in member.facts:
                if paper.arxiv_id:
                    self.ids[at] = paper.arxiv_id
            if decisions.apart:
                for form in member.name.forms:
                    self.hold(at, fold(form.name))

    def unite(self, a: int, name: str, b: int, other: str, reason: str) -> bool:
        """Makes one set of those of two members where that may be; says whether they are one now."""
        if self.join(a, b) and (name != other or reason == _SAME_ID):
            self.merges.append((a, (min(name, other), max(name, other), reason)))
        return self.find(a) == self.find(b)


def _decided_pairs(members: Sequence[Member], decisions: Decisions) -> Iterator[_Pair]:
    """Names that the user says are one."""
    if not decisions.same:
        return
    holders: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for at, member in enumerate(members):
        for form in member.name.forms:
            holders[member.name.family, fold(form.name)].append((at, form.name))
    for kind in sorted({kind for kind, _ in holders}):
        for a, b in decisions.same:
            both = holders.get((kind, a), []) + holders.get((kind, b), [])
            yield from ((*both[0], *other, "said by the user") for other in both[1:])


def _paper_pairs(members: Sequence[Member]) -> Iterator[_Pair]:
    """Papers of one arXiv id are one. Papers of one title or name are one unless their arXiv ids differ; a name that papers of
    different ids bear joins nobody."""
    by_id: dict[str, tuple[int, str]] = {}
    named: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for at, member in enumerate(members):
        for paper, mention in member.facts:
            if paper.arxiv_id:
                yield *by_id.setdefault(paper.arxiv_id, (at, mention)), at, mention, _SAME_ID
            names = {fold(paper.name): "same name"}
            names |= {fold(a): "same short form" for a in paper.aliases if fold(a) not in names}
            if paper.title:
                names[fold(paper.title)] = "same title"
            for name, reason in names.items():
                named[name].append((at, mention, paper.arxiv_id, reason))
    for name in sorted(named):
        bearers = named[name]
        ids = {arxiv_id for _, _, arxiv_id, _ in bearers if arxiv_id}
        if len(ids) <= 1 and name:
            first, first_mention, *_ = bearers[0]
            for at, mention, _, reason in bearers[1:]:
                yield first, first_mention, at, mention, reason


def _join_terms(members: Sequence[Member], vocabulary: Vocabulary, sets: _Sets) -> dict[int, str]:
    """Joins terms, institutions and people of one concept, one folded name, or one name written together; returns the curated
    concept of each set that has one, by its root. Names that stand for two different concepts join neither."""
    terms = [(at, form) for at, m in enumerate(members) if m.name.family != Kind.PAPER for form in m.name.forms]
    first: dict[tuple[str, str], tuple[int, str]] = {}
    concepts: dict[int, str] = {}  # by the set's root: sets grow while we go
    for at, form in terms:
        concept = vocabulary.concept_of(form)
        if not concept or concepts.get(sets.find(at), concept) != concept:
            continue
        if sets.unite(*first.setdefault(("concept", concept), (at, form.name)), at, form.name, "same curated concept"):
            concepts[sets.find(at)] = concept
    for at, form in terms:
        for text, reason in ((fold(form.name), "same folded name"), (squeeze(form.name), "same name without spaces")):
            holder = first.setdefault((family(form.kind), text), (at, form.name)) if len(text) > 1 else (at, form.name)
            root, other = sets.find(at), sets.find(holder[0])
            if root == other:
                continue
            mine, its = concepts.get(root, ""), concepts.get(other, "")
            if (not mine or not its or mine == its) and sets.unite(*holder, at, form.name, reason) and (mine or its):
                concepts[sets.find(at)] = mine or its
    return concepts
