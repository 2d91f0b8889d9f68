"""The next build of a graph from the one before: only units whose content has changed are written.

Beside each store lies a file with a fingerprint of the content of each of its units. A build compares those with the units of
the new knowledge base, takes a copy of the current store (hard links: its files never change), and replaces in the copy the
quads of the units that differ. The result has the same quads as a store written from nothing.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import GraphError
from kg.graph import vocab
from kg.graph.rdf import Unit, units_of
from kg.graph.store import (
    Manifest,
    commit_store,
    explain_disk_errors,
    fill_store,
    lock_folder,
    open_store,
    own_class,
    read_manifest,
    restate_manifest,
)
from kg.model import KnowledgeBase

#: A larger share of changed units than this is written from nothing: that is faster then.
_MOST_CHANGED = 0.3
_ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_DOCUMENTS = vocab.document_iri("")


class Fingerprints(msgspec.Struct, frozen=True):
    """What a store was written from: the code that wrote it, and a hash of the content of each unit by its IRI."""

    code: str
    units: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Changes:
    """How the graph of a knowledge base differs from the one before."""

    changed: Sequence[Unit]  # and new ones
    gone: Sequence[str]  # IRIs
    unchanged: int

    @property
    def touched(self) -> int:
        return len(self.changed) + len(self.gone)


def write_graph(folder: Path, kb: KnowledgeBase, *, code: str, **about: Any) -> Manifest:
    """Makes the graph of ``kb`` the content of the graph folder, in one step for readers. Only what differs from the build
    before is written; where nothing does, the store stays.

    Args:
        code: a digest of the code that turns a knowledge base into quads.
        about: fields of the new manifest.

    Raises:
        GraphError: as :func:`kg.graph.store.write_store`.
        KeyError, IndexError: ``kb`` points at a document, sentence or mention that it does not hold.
    """
    with lock_folder(folder), explain_disk_errors(folder):
        units = list(units_of(kb))
        prints = {unit.iri: _fingerprint(unit) for unit in units}
        known = _read_fingerprints(folder, code)
        changes = _compare(units, prints, known)
        if known is not None and not changes.touched:
            return restate_manifest(folder, **about)

        def fill(path: Path) -> Mapping[str, int]:
            counts = None
            if known is not None and changes.touched <= _MOST_CHANGED * len(known):
                counts = _change_copy(folder, path, changes)
            if counts is None:
                counts = fill_store(path, (quad for unit in units for quad in unit.write()))
            data = msgspec.msgpack.encode(Fingerprints(code, prints))
            path.with_name(path.name.replace("store", "units")).write_bytes(data)
            return counts

        return commit_store(folder, fill, **about)


def _fingerprint(unit: Unit) -> bytes:
    return blake2b(msgspec.msgpack.encode(unit.content), digest_size=16).digest()


def _read_fingerprints(folder: Path, code: str) -> dict[str, bytes] | None:
    """Those of the current store; none where there is no store, or other code wrote it."""
    try:
        manifest = read_manifest(folder)
        open_store(folder)
        data = (folder / manifest.store.replace("store", "units")).read_bytes()
        known = msgspec.msgpack.decode(data, type=Fingerprints)
    except (GraphError, OSError, msgspec.MsgspecError):
        return None  # no graph yet, or a damaged one: it is written from nothing
    return known.units if known.code == code else None


def _compare(units: Sequence[Unit], prints: Mapping[str, bytes], known: Mapping[str, bytes] | None) -> Changes:
    before = known or {}
    changed = [unit for unit in units if before.get(unit.iri) != prints[unit.iri]]
    gone = sorted(iri for iri in before if iri not in prints)
    return Changes(changed, gone, len(units) - len(changed))


def _change_copy(folder: Path, path: Path, changes: Changes) -> dict[str, int] | None:
    """A copy of the current store at ``path`` with ``changes`` applied, and its counts; none, and nothing at ``path``, where it
    does not hold as many quads as it must, which means that the store before was not what its manifest says."""
    counts = Counter(read_manifest(folder).counts)
    open_store(folder).backup(str(path))
    store = Store(str(path))
    removed: list[Quad] = []
    added: list[Quad] = []
    for iri in changes.gone:
        removed += _quads_at(store, iri)
    for unit in changes.changed:
        old, new = set(_quads_at(store, unit.iri)), list(unit.write())
        added += [quad for quad in new if quad not in old]
        removed += old.difference(new)
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    store.flush()
    counts.subtract(_count(removed))
    counts.update(_count(added))
    if len(store) != counts["quads"]:
        del store
        shutil.rmtree(path)
        return None
    return {name: n for name, n in sorted(counts.items()) if n or name == "quads"}


def _quads_at(store: Store, iri: str) -> Iterator[Quad]:
    """The quads of a unit as they stand in the store."""
    if iri.startswith(_DOCUMENTS):
        return store.quads_for_pattern(None, None, None, NamedNode(iri))
    return store.quads_for_pattern(NamedNode(iri), None, None, _ENTITIES)


def _count(quads: Iterable[Quad]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for quad in quads:
        counts["quads"] += 1
        if own := own_class(quad):
            counts[own] += 1
    return counts
