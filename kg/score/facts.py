"""What a KnowledgeBase says, in the terms of the gold: names, pairs of ids, values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Kind, KnowledgeBase
from kg.text import fold

_TRAILING_PAPER = re.compile(r" (?:paper|preprint)$")


def fold_name(name: str | None) -> str:
    """The form under which a name of the gold and one of the graph are equal; "the X paper" is "X"."""
    return _TRAILING_PAPER.sub("", fold(name or ""))


def fold_names(names: Iterable[str | None]) -> set[str]:
    return {fold_name(name) for name in names if name} - {""}


def squash(text: str) -> str:
    """Lower case, with every run of white space as one space."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Facts:
    """The entities that documents mention, with their names as :func:`fold_name` gives them."""

    kb: KnowledgeBase
    entities: Mapping[str, Entity]
    names: Mapping[str, set[str]]

    def of_kinds(self, kinds: Iterable[Kind]) -> dict[str, set[str]]:
        wanted = set(kinds)
        return {i: names for i, names in self.names.items() if self.entities[i].kind in wanted}

    def label(self, entity: str | None) -> str:
        return self.entities[entity].label if entity and entity in self.entities else "nothing"

    def entity_of(self, document: str, mention: int | None) -> str | None:
        return None if mention is None else self.kb.resolution.entity_of.get((document, mention))


def find_facts(kb: KnowledgeBase) -> Facts:
    """What ``kb`` mentions, sorted by id."""
    mentioned = set(kb.resolution.entity_of.values())
    entities = {e.id: e for e in sorted(kb.entities, key=lambda e: e.id) if e.id in mentioned}
    return Facts(kb, entities, {i: fold_names((e.label, e.title, *e.aliases)) for i, e in entities.items()})


def match_names(gold: Sequence[set[str]], predicted: Mapping[str, set[str]]) -> dict[int, str]:
    """Pairs gold (by index) and predictions (by id) that share a name, one to one, in the order of the gold; of several
    predictions that share one, that with most names in common is taken, then that with the shorter id: the plainer name."""
    by_name: dict[str, list[str]] = {}
    for entity, names in predicted.items():
        for name in names:
            by_name.setdefault(name, []).append(entity)
    pairs: dict[int, str] = {}
    used: set[str] = set()
    for index, names in enumerate(gold):
        common = {entity for name in names for entity in by_name.get(name, ())} - used
        if common:
            pairs[index] = min(common, key=lambda entity: (-len(names & predicted[entity]), len(entity), entity))
            used.add(pairs[index])
    return pairs
