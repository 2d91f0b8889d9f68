"""All names of a graph, what they share, and which entity each means: what resolution keeps between builds.

A document that is added or removed touches the blocks of its own names, and only those are resolved again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from kg.model import Entity, Merge
from kg.resolve.clusters import Member, Vocabulary, cluster_names, keys_of
from kg.resolve.decisions import Decisions
from kg.resolve.entities import build_entities
from kg.resolve.names import DocumentNames, Form, Name, Tally


class _Record(msgspec.Struct, array_like=True):
    """A name and all that is known of it."""

    name: Name
    keys: tuple[str, ...]
    tally: list[Tally]  # one for each form
    documents: int = 0  # how many hold it
    entity: str = ""
    named: tuple[tuple[str, str], ...] = ()  # the ids of its venue and topics, with the words that it has for them


class _Kept(msgspec.Struct):
    """An index as it is written."""

    records: dict[int, _Record]
    holders: dict[str, list[int]]  # by key
    named: dict[str, dict[str, int]]  # by the id of a venue or topic: its words, and how many papers have them
    following: int = 0  # the number of the next new name


@dataclass(slots=True)
class Resolved:
    """What became of the blocks that were touched."""

    entities: dict[str, Entity] = field(default_factory=dict)  # all that their names mean now
    merges: set[Merge] = field(default_factory=set)
    before: set[str] = field(default_factory=set)  # the ids of what they meant before
    meant: dict[int, str] = field(default_factory=dict)  # what names meant that mean something else now, by their numbers
    referred: set[str] = field(default_factory=set)  # the ids of venues and topics that papers point at, or did

    @property
    def moved(self) -> set[str]:
        """The ids of what a name meant that is still there and means something else now."""
        return set(self.meant.values())


class NameIndex:
    """The names of a graph's documents. See :meth:`pack` for keeping one."""

    def __init__(self, vocabulary: Vocabulary, decisions: Decisions, packed: bytes | None = None) -> None:
        """An empty index, or the one that ``packed`` holds.

        Raises:
            msgspec.MsgspecError: ``packed`` does not hold one.
        """
        self.vocabulary = vocabulary
        self.decisions = decisions
        self._kept = _Kept({}, {}, {}) if packed is None else msgspec.msgpack.decode(packed, type=_Kept)
        self._numbers: dict[Name, int] = {}
        self._all_numbered = packed is None  # else only the names that were asked for
        self._touched: set[str] = set()  # keys
        self._left: set[str] = set()  # ids of entities that names meant which are no more
        self._referred: set[str] = set()  # ids of their venues and topics

    def pack(self) -> bytes:
        """The index as bytes."""
        return msgspec.msgpack.encode(self._kept)

    @property
    def named(self) -> dict[str, dict[str, int]]:
        """The words that papers have for their venues and topics, by id."""
        return self._kept.named

    def entity_ids(self) -> set[str]:
        """The ids of all entities that names mean."""
        return {record.entity for record in self._kept.records.values()}

    def add(self, document: DocumentNames) -> None:
        """Counts the names of a document in."""
        for name, tally in zip(document.names, document.tallies, strict=True):
            number = self._find(name, document)
            if number is None:
                number = self._enter(name, document)
            record = self._kept.records[number]
            record.documents += 1
            record.tally = [Tally(a + c, b + d) for (a, b), (c, d) in zip(record.tally, _in_order(name, tally), strict=True)]
            self._touched.update(record.keys)

    def remove(self, document: DocumentNames) -> None:
        """Counts the names of a document out.

        Raises:
            KeyError: it was never counted in.
        """
        for name, tally in zip(document.names, document.tallies, strict=True):
            number = self._number_of(name, document)
            record = self._kept.records[number]
            record.documents -= 1
            record.tally = [Tally(a - c, b - d) for (a, b), (c, d) in zip(record.tally, _in_order(name, tally), strict=True)]
            self._touched.update(record.keys)
            if not record.documents:
                self._drop(number, record)

    def entities_of(self, document: DocumentNames, meant: Mapping[int, str] | None = None) -> Iterator[str]:
        """The id of the entity that each mention of a document means, in order; or what it meant before, by
        :attr:`Resolved.meant`.

        Raises:
            KeyError: it was never counted in.
        """
        found = []
        for name in document.names:
            number = self._number_of(name, document)
            found.append((meant or {}).get(number) or self._kept.records[number].entity)
        return (found[name] for name in document.name_of)

    def resolve(self, names_of: Callable[[str], DocumentNames]) -> Resolved:
        """Decides anew what the names mean whose blocks were touched since the last time.

        Args:
            names_of: the names of a document, by its id: asked for what documents state of papers.
        """
        numbers = self._reach(self._touched)
        resolved = Resolved(before=self._left)
        built = build_entities(
            cluster_names(list(self._members(numbers, names_of)), self.vocabulary, self.decisions), self.vocabulary
        )
        for number, entity in built.of_name.items():
            record = self._kept.records[number]
            if record.entity:
                resolved.before.add(record.entity)
                if record.entity != entity:
                    resolved.meant[number] = record.entity
            record.entity = entity
            self._name(record, built.named.get(number, ()))
        resolved.entities, resolved.merges = built.by_id, built.merges
        resolved.referred = self._referred
        self._touched, self._left, self._referred = set(), set(), set()
        return resolved

    # ------------------------------------------------------------------------------------------------------ the inside

    def _find(self, name: Name, document: DocumentNames) -> int | None:
        number = self._numbers.get(name)
        if number is None and not self._all_numbered:
            for holder in self._kept.holders.get(self._keys(name, document)[0], ()):
                if self._kept.records[holder].name == name:
                    number = self._numbers[name] = holder
        return number

    def _number_of(self, name: Name, document: DocumentNames) -> int:
        number = self._find(name, document)
        if number is None:
            raise KeyError(name)
        return number

    def _keys(self, name: Name, document: DocumentNames) -> tuple[str, ...]:
        return keys_of(name, document.facts.get(name, ()), self.vocabulary, self.decisions)

    def _enter(self, name: Name, document: DocumentNames) -> int:
        number = self._kept.following
        self._kept.following += 1
        record = self._kept.records[number] = _Record(name, self._keys(name, document), [Tally(0, 0)] * len(name.forms))
        for key in record.keys:
            self._kept.holders.setdefault(key, []).append(number)
        self._numbers[name] = number
        return number

    def _drop(self, number: int, record: _Record) -> None:
        for key in record.keys:
            self._kept.holders[key].remove(number)
            if not self._kept.holders[key]:
                del self._kept.holders[key]
        self._name(record, ())
        if record.entity:
            self._left.add(record.entity)
        del self._kept.records[number]
        self._numbers.pop(record.name, None)

    def _name(self, record: _Record, named: tuple[tuple[str, str], ...]) -> None:
        """Notes what a paper's venue and topics are called now."""
        for id_, words in record.named:
            counts = self._kept.named[id_]
            counts[words] -= 1
            if not counts[words]:
                del counts[words]
            if not counts:
                del self._kept.named[id_]
        self._referred.update(id_ for id_, _ in (*record.named, *named))
        for id_, words in named:
            counts = self._kept.named.setdefault(id_, {})
            counts[words] = counts.get(words, 0) + 1
        record.named = named

    def _reach(self, keys: Iterable[str]) -> set[int]:
        """The blocks that any of ``keys`` leads to."""
        seen_keys, open_keys = set(keys), list(keys)
        numbers: set[int] = set()
        while open_keys:
            for number in self._kept.holders.get(open_keys.pop(), ()):
                if number not in numbers:
                    numbers.add(number)
                    more = set(self._kept.records[number].keys) - seen_keys
                    seen_keys |= more
                    open_keys += more
        return numbers

    def _members(self, numbers: Iterable[int], names_of: Callable[[str], DocumentNames]) -> Iterator[Member]:
        for number in numbers:
            record = self._kept.records[number]
            name = record.name
            facts = names_of(name.document).facts[name] if name.document else ()
            yield Member(number, name, dict(zip(name.forms, record.tally, strict=True)), facts)


def _in_order(name: Name, tally: dict[Form, Tally]) -> Sequence[Tally]:
    return [tally[form] for form in name.forms]
