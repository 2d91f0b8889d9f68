"""The names of one document: sets of mentions that the document itself says are one thing.

Most names are a single way of naming ("KV cache", a technique) and stand in many documents alike; those are one value,
whatever document they come from, so that resolution works on distinct names and not on mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from kg.model import TERM_KINDS, Extraction, Kind, Mention, PaperFacts
from kg.resolve.decisions import Decisions
from kg.text import fold

#: A mention anywhere: (document id, index in its Extraction.mentions).
Ref = tuple[str, int]
Member = TypeVar("Member", bound=Hashable)


class Form(NamedTuple):
    """One way of naming: what the mention was seen as, its words, and the curated concept that it was matched with."""

    kind: Kind
    name: str
    concept: str = ""


class Name(NamedTuple):
    """What one document says is one thing. That of a paper that the document states facts of is the document's own."""

    document: str  # of a paper with facts; else empty
    mention: int  # the first of that paper; else -1
    forms: tuple[Form, ...]  # sorted; of one family
    merges: tuple[tuple[str, str, str], ...] = ()  # (name, name, reason): why the forms are one

    @property
    def family(self) -> str:
        return family(self.forms[0].kind)


class Tally(NamedTuple):
    """How often a form of a name is met."""

    mentions: int
    weight: int  # the sum of the confidences, in millionths: sums of integers do not depend on their order


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """The names of one document."""

    names: list[Name]  # distinct
    name_of: list[int]  # for each mention, the index of its name
    tallies: list[dict[Form, Tally]]  # for each name
    facts: dict[Name, list[tuple[PaperFacts, str]]]  # what is stated of a paper, each with the name that its mention bears


@dataclass(slots=True)
class Joiner(Generic[Member]):
    """Disjoint sets (union-find; the smallest member stands for its set, so that the result does not depend on order), and what
    must never come together: papers of two arXiv ids, and names that the user keeps apart."""

    apart: Mapping[str, frozenset[str]]
    parent: dict[Member, Member] = field(default_factory=dict)
    ids: dict[Member, str] = field(default_factory=dict)  # by root: the arXiv id of its papers
    names: dict[Member, set[str]] = field(default_factory=dict)  # by root: those of its folded names that decisions speak of

    def find(self, member: Member) -> Member:
        root = member
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(member, member) != root:
            self.parent[member], member = root, self.parent[member]
        return root

    def join(self, a: Member, b: Member) -> bool:
        """Makes one set of two, unless they must stay apart; says whether they were two and are one now."""
        left, right = sorted((self.find(a), self.find(b)))  # type: ignore[type-var]  # members are ordered
        ids = {self.ids[root] for root in (left, right) if root in self.ids}
        if left == right or len(ids) > 1 or self._kept_apart(left, right):
            return False
        self.parent[right] = left
        if ids:
            self.ids[left] = ids.pop()
        if right in self.names:
            self.names.setdefault(left, set()).update(self.names.pop(right))
        return True

    def hold(self, member: Member, name: str) -> None:
        """Notes a folded name of ``member`` where decisions speak of it."""
        if name in self.apart:
            self.names.setdefault(member, set()).add(name)

    def _kept_apart(self, a: Member, b: Member) -> bool:
        theirs = self.names.get(b, set())
        return any(not self.apart[name].isdisjoint(theirs) for name in self.names.get(a, ()))


def family(kind: Kind) -> str:
    """Kinds that one name may waver between: the terms of the field are one family, any other kind its own."""
    return "term" if kind in TERM_KINDS else kind.value


def find_names(extraction: Extraction, decisions: Decisions) -> DocumentNames:
    """The names of one document: its mentions, joined where it says itself that they are one thing (aliases)."""
    mentions = extraction.mentions
    sets, merges = _join_aliases(extraction, decisions)
    members: dict[int, list[int]] = defaultdict(list)
    for n in range(len(mentions)):
        members[sets.find(n)].append(n)
    facts: dict[int, list[tuple[PaperFacts, str]]] = defaultdict(list)
    for paper in extraction.papers:
        facts[sets.find(paper.mention)].append((paper, mentions[paper.mention].name))
    found = DocumentNames([], [0] * len(mentions), [], {})
    known: dict[Name, int] = {}
    for root, group in members.items():
        tally = _tally([mentions[n] for n in group])
        place = (extraction.document, root) if root in facts else ("", -1)
        name = Name(*place, tuple(sorted(tally)), tuple(sorted(merges.get(root, ()))))
        at = known.setdefault(name, len(known))
        if at == len(found.names):
            found.names.append(name)
            found.tallies.append({})
        add_up(found.tallies[at], tally)
        if root in facts:
            found.facts[name] = facts[root]
        for n in group:
            found.name_of[n] = at
    return found


def _join_aliases(extraction: Extraction, decisions: Decisions) -> tuple[Joiner[int], dict[int, set[tuple[str, str, str]]]]:
    mentions = extraction.mentions
    sets: Joiner[int] = Joiner(decisions.apart)
    for paper in extraction.papers:
        if paper.arxiv_id:
            sets.ids[paper.mention] = paper.arxiv_id
    if decisions.apart:
        for n, mention in enumerate(mentions):
            sets.hold(n, fold(mention.name))
    joined = []
    for alias in extraction.aliases:
        a, b = mentions[alias.a], mentions[alias.b]
        conflict = a.concept and b.concept and a.concept != b.concept
        if family(a.kind) == family(b.kind) and not conflict and sets.join(alias.a, alias.b):
            joined.append((alias.a, a.name, b.name, alias.reason))
    merges: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for at, left, right, reason in joined:
        if left != right:
            merges[sets.find(at)].add((min(left, right), max(left, right), reason))
    return sets, merges


def _tally(mentions: Sequence[Mention]) -> dict[Form, Tally]:
    tally: dict[Form, Tally] = {}
    for m in mentions:
        form = Form(m.kind, " ".join(m.name.split()), m.concept)
        n, weight = tally.get(form, (0, 0))
        tally[form] = Tally(n + 1, weight + round(m.confidence * 1_000_000))
    return tally


def add_up(total: dict[Form, Tally], more: Mapping[Form, Tally]) -> None:
    """Adds ``more`` to ``total``."""
    for form, (n, weight) in more.items():
        old_n, old_weight = total.get(form, (0, 0))
        total[form] = Tally(old_n + n, old_weight + weight)
