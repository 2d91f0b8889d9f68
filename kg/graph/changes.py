"""The next build of a graph from the one before: only what may have changed is looked at, and only what did is written.

Beside each store lies a file with what the pipeline keeps to know the next time what a change touches. A build takes a copy of
the current store (hard links: its files never change) and replaces in the copy the quads of what was touched. The result has
the same quads as a store written from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import GraphError
from kg.graph import terms as t
from kg.graph import vocab
from kg.graph.dependents import Dependents, Statement, is_shared
from kg.graph.rdf import ENTITIES, GraphWriter, assertion_iri, cooccurrence_iri, quads_of, scheme_quads
from kg.graph.store import Manifest, commit_store, fill_store, open_build, own_class, read_manifest
from kg.model import Entity, KnowledgeBase, Predicate

_DIGEST = 16  # bytes, before what is kept
_SCHEME = NamedNode(vocab.CURATED_SCHEME)
#: What points at venues, topics and broader concepts, which are in the graph for that reason alone.
_REFERRING = (t.kg("publishedIn"), t.kg("topic"), t.BROADER)


@dataclass(frozen=True, slots=True)
class Patch:
    """All that may differ from the graph before.

    ``kb`` holds every document that any of it depends on; of entities, merges and co-occurrences those that were touched, and
    of edges all that the documents state, those in ``edges`` with all their evidence.
    """

    kb: KnowledgeBase
    rewritten: frozenset[str]  # documents that are new, or whose mentions mean something else now
    emptied: frozenset[str]  # documents of the graph before that are gone or rewritten
    before: frozenset[str]  # ids of what touched names meant before
    edges: frozenset[Statement]
    pairs: frozenset[tuple[str, str]]  # of entities that stand together
    results: frozenset[str]  # by IRI
    claims: frozenset[str]  # those whose agreement with others was touched, by IRI
    referred: frozenset[str]  # ids that may have lost or gained what points at them
    named: frozenset[str]  # the ids of all entities that mentions of the graph mean
    refer: Callable[[str], Entity | None]  # an entity that no mention means, by id


def write_graph(folder: Path, kb: KnowledgeBase, *, kept: bytes, **about: Any) -> Manifest:
    """Makes the graph of ``kb`` the content of the graph folder, in one step for readers.

    Args:
        kept: what :func:`read_kept` gives back.
        about: fields of the new manifest.

    Raises:
        GraphError: as :func:`kg.graph.store.write_store`.
        KeyError, IndexError: ``kb`` points at a document, sentence or mention that it does not hold.
    """

    def fill(path: Path) -> Mapping[str, int]:
        counts = fill_store(path, quads_of(kb))
        _keep(path, kept)
        return counts

    return commit_store(folder, fill, **about)


def patch_graph(folder: Path, patch: Patch, *, kept: bytes, **about: Any) -> Manifest:
    """Changes the graph in the folder by ``patch``; else as :func:`write_graph`."""

    def fill(path: Path) -> Mapping[str, int]:
        manifest, before = open_build(folder)
        counts = Counter(manifest.counts)
        before.backup(str(path))
        store = Store(str(path))
        _Patching(store, patch, counts).run()
        store.flush()
        del store
        _keep(path, kept)
        return {name: n for name, n in sorted(counts.items()) if n or name == "quads"}

    return commit_store(folder, fill, **about)


def read_kept(folder: Path) -> bytes | None:
    """What was kept beside the current store; none where nothing was, or where the file or the store is not what the build left
    behind."""
    try:
        path = folder / read_manifest(folder).store
        data = _kept_path(path).read_bytes()
        head, kept = data[:_DIGEST], data[_DIGEST:]
        return kept if head == _digest(path, kept) else None
    except (GraphError, OSError):
        return None


class _Patching:
    """One patch, applied to one store."""

    def __init__(self, store: Store, patch: Patch, counts: Counter[str]) -> None:
        self._store = store
        self._held = Dependents(store)
        self._patch = patch
        self._counts = counts
        self._writer = GraphWriter(patch.kb)
        self._entities = {entity.id: entity for entity in patch.kb.entities}

    def run(self) -> None:
        old, new = set(self._old_quads()), set(self._new_quads())
        rules = {NamedNode(quad.object.value) for quad in old ^ new if quad.predicate == t.GENERATED_BY}  # type: ignore[union-attr]
        open_ids = {_id(quad.object) for quad in old ^ new if quad.predicate in _REFERRING} | self._patch.referred
        self._replace(old, new)
        while open_ids:
            open_ids |= self._settle(open_ids.pop())
        written = {vocab.rule_iri(rule): rule for rule in self._writer.rules()}
        for rule in rules:
            self._describe(rule, self._any(None, t.GENERATED_BY, rule), lambda iri: self._writer.rule_quads(written[iri]))
        self._describe(_SCHEME, self._any(None, t.IN_SCHEME, _SCHEME), lambda _: scheme_quads())

    def _describe(self, node: NamedNode, used: bool, write: Callable[[str], Iterator[Quad]]) -> None:
        """Has what is said of a node stand in the graph as long as the node is used."""
        there = set(self._at(node))
        if used and not there:
            self._replace(set(), set(write(node.value)))
        elif there and not used:
            self._replace(there, set())

    def _old_quads(self) -> Iterator[Quad]:
        patch, store = self._patch, self._store
        for document in patch.emptied:
            graph = NamedNode(vocab.document_iri(document))
            yield from (quad for quad in store.quads_for_pattern(None, None, None, graph) if not is_shared(quad))
        for entity in patch.before | self._entities.keys():
            yield from self._held.attributes_of(entity, self._broader(entity))
            yield from self._held.merges_into(entity)
        for s, p, o in patch.edges:
            yield from self._stated(NamedNode(assertion_iri(s, p, o)), p is Predicate.BROADER and o in self._broader(s))
        for a, b in patch.pairs:
            yield from self._stated(NamedNode(cooccurrence_iri(a, b)), False)
        for iri in patch.results:
            yield from store.quads_for_pattern(NamedNode(iri), None, None, None)
        yield from self._held.agreements_of(patch.claims)

    def _new_quads(self) -> Iterator[Quad]:
        patch, writer, kb = self._patch, self._writer, self._patch.kb
        for document in kb.documents:
            if document.id in patch.rewritten:
                yield from writer.document_quads(document)
        for entity in kb.entities:
            yield from writer.entity_quads(entity)
        for merge in kb.resolution.merges:
            yield from writer.merge_quads(merge)
        for edge in writer.edges:
            if (edge.subject, edge.predicate, edge.object) in patch.edges:
                yield from writer.edge_quads(edge, self._broader(edge.subject))
        for pair in kb.cooccurrences:
            yield from writer.cooccurrence_quads(pair.a, pair.b, pair.weight)
        for iri in patch.results:
            yield from writer.claims.result_quads(iri)
        yield from writer.claims.agreement_quads()

    def _stated(self, node: NamedNode, own: bool) -> Iterator[Quad]:
        """The quads of a node that states another quad, and that one unless it is the subject's ``own``."""
        quads = list(self._at(node))
        yield from quads
        said = {quad.predicate: quad.object for quad in quads}
        if said and not own:
            yield Quad(said[t.RDF_SUBJECT], said[t.RDF_PREDICATE], said[t.RDF_OBJECT], ENTITIES)  # type: ignore[arg-type]

    def _broader(self, entity: str) -> tuple[str, ...]:
        """The concepts above an entity by the vocabulary."""
        found = self._entities.get(entity) or self._patch.refer(entity)
        return found.broader if found else ()

    def _settle(self, id_: str) -> set[str]:
        """Has an entity that no mention means stand in the graph as long as something points at it; returns the ids that it
        pointed at, or does now, where that has changed."""
        if id_ in self._patch.named:
            return set()
        node = NamedNode(vocab.entity_iri(id_))
        wanted = self._patch.refer(id_) if any(self._any(None, p, node) for p in _REFERRING) else None
        old = set(self._held.attributes_of(id_, self._broader(id_)))
        new = set(self._writer.entity_quads(wanted)) if wanted else set()
        self._replace(old, new)
        return {_id(quad.object) for quad in old ^ new if quad.predicate in _REFERRING}

    def _replace(self, old: set[Quad], new: set[Quad]) -> None:
        for quad in old - new:
            self._store.remove(quad)
        self._store.extend(new - old)
        self._counts.subtract(_count(old - new))
        self._counts.update(_count(new - old))

    def _at(self, node: object) -> Iterator[Quad]:
        return self._store.quads_for_pattern(node, None, None, ENTITIES)  # type: ignore[arg-type]

    def _any(self, s: object, p: object, o: object) -> bool:
        return next(self._store.quads_for_pattern(s, p, o, None), None) is not None  # type: ignore[arg-type]


def _id(term: object) -> str:
    return vocab.entity_id(term.value)  # type: ignore[attr-defined]  # a named node


def _count(quads: Iterable[Quad]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for quad in quads:
        counts["quads"] += 1
        if own := own_class(quad):
            counts[own] += 1
    return counts


def _keep(path: Path, kept: bytes) -> None:
    _kept_path(path).write_bytes(_digest(path, kept) + kept)


def _kept_path(path: Path) -> Path:
    return path.with_name(path.name.replace("store", "names"))


def _digest(path: Path, kept: bytes) -> bytes:
    """A hash of what is kept and of which data files the store has: whatever writes to a store makes new ones."""
    files = sorted((file.name, file.stat().st_size) for file in path.iterdir() if file.suffix in (".sst", ".log"))
    return blake2b(kept + repr(files).encode(), digest_size=_DIGEST).digest()
