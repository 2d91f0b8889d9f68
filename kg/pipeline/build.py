"""Builds graphs: sources -> documents -> extractions -> knowledge base -> store."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg import __version__
from kg.errors import GraphError, SourceError
from kg.model import Diagnostic, Document, Extraction, KnowledgeBase
from kg.pipeline.cache import ExtractionCache, OpenSource, code_digest
from kg.pipeline.counts import count_all
from kg.pipeline.shelf import Listed, Read, Report, Shelf
from kg.read import find_sources, read_source
from kg.resolve.decisions import Decisions, read_decisions
from kg.text import digest

if TYPE_CHECKING:
    from kg.graph.store import Manifest
    from kg.pipeline.update import Change
    from kg.resolve import NameIndex

#: How many sources an error names.
_TOLD = 5
#: Where a larger share of the documents has changed than this, the graph is made from nothing: that is faster then.
_MOST_CHANGED = 0.3


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, what it could not read, and how long it took (wall seconds)."""

    counts: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    unchanged: bool = False  # nothing had to be done: the graph was made from the same before


class _Kept(msgspec.Struct, frozen=True):
    """What a build keeps for the next one beside its store."""

    settings: str  # a digest of all but the documents that the graph depends on
    sources: dict[str, Listed]  # by OpenSource.key
    owners: dict[str, str]  # the key of each document's source, by the document's id
    names: bytes  # the NameIndex


def build_graph(
    sources: Sequence[str],
    folder: Path,
    *,
    progress: Report | None = None,
    fast: bool = False,
    vocabulary: Path | None = None,
    decisions: Path | None = None,
) -> BuildReport:
    """Makes the graph of ``sources`` (files, folders, globs) in ``folder``, in one step for its readers.

    What has not changed since the last build is taken from it: sources are neither read nor extracted again, the rest of the
    graph is not written again, and where nothing at all has changed the graph stays. The result is the same as that of a build
    from nothing. ``decisions`` is a file that says which names are one and which are not, see :mod:`kg.resolve.decisions`.

    Raises:
        KgError: no source was found, nothing could be read, or the folder cannot be written.
    """
    from kg.graph.store import explain_disk_errors, lock_folder

    began = time.perf_counter()
    say = progress or (lambda what, done, total: None)
    paths = find_sources(sources)
    decided = read_decisions(decisions) if decisions else Decisions()
    with lock_folder(folder), explain_disk_errors(folder), _no_collection():
        before = _last_build(folder)
        cache = ExtractionCache(folder, fast=fast, vocabulary=vocabulary)
        opened = []
        for n, path in enumerate(paths):
            say("opening", n, len(paths))
            opened.append(cache.open(path))
        settings = digest("\n\n".join((cache.key, code_digest("resolve", "graph", "pipeline"), __version__, repr(decided))), 64)
        inputs = digest("\n\n".join((settings, *(source.identity for source in opened))), 64)
        same = before is not None and before.inputs == inputs
        if before and same:
            manifest = before
        else:
            manifest = _Build(folder, opened, cache, decided, before, settings, say).run(inputs)
            cache.prune(opened)
    seconds = time.perf_counter() - began
    counts = {**manifest.summary, "quads": manifest.counts.get("quads", 0)}
    return BuildReport(counts, manifest.diagnostics, seconds, unchanged=same)


class _Build:
    """One build of the graph in a folder that is held."""

    def __init__(
        self,
        folder: Path,
        opened: Sequence[OpenSource],
        cache: ExtractionCache,
        decided: Decisions,
        before: Manifest | None,
        settings: str,
        say: Report,
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._decided = decided
        self._before = before
        self._settings = settings
        self._say = say
        self._kept = _read_kept(folder, settings) if before else None
        hashes = {source.location: source.sha256 for source in before.sources} if before else {}
        self._shelf = Shelf(opened, cache, self._kept.sources if self._kept else {}, hashes, say)

    def run(self, inputs: str) -> Manifest:
        """Makes the graph, by a change of the one before where little has changed."""
        if not self._shelf.owners:
            raise _nothing_read(self._shelf.diagnostics)
        about = {"inputs": inputs, "extractor": self._cache.key}
        change = self._find_change()
        if change is None:
            return self._write(about)
        if not change.removed and not change.added:
            from kg.graph.store import restate_manifest

            return restate_manifest(self._folder, **about, sources=self._shelf.origins, diagnostics=self._shelf.diagnostics)
        return self._patch(change, about)

    def _find_change(self) -> Change | None:
        """What differs from the build before; none where there is none to build upon, or most differs."""
        if self._kept is None or self._shelf.lost(set(self._kept.owners.values())):
            return None
        before, now = self._kept.owners, self._shelf.owners
        gone = {id_: key for id_, key in before.items() if now.get(id_) != key}
        new = [id_ for id_, key in now.items() if before.get(id_) != key]
        if len(gone) + len(new) > _MOST_CHANGED * len(before):
            return None
        packs = {key: self._cache.load_old(key) for key in sorted(set(gone.values()))}
        old = {d.id: (d, x) for pack in packs.values() if pack for d in pack.documents if (x := pack.extractions.get(d.id))}
        if not gone.keys() <= old.keys():
            return None
        from kg.pipeline.update import Change

        return Change([old[id_] for id_ in sorted(gone)], self._shelf.read(new))

    def _write(self, about: Mapping[str, Any]) -> Manifest:
        from kg.graph.changes import write_graph

        reads = self._shelf.read_all()
        index = self._index(None)
        self._say("resolving", 0, 1)
        kb = _resolve(reads, index)
        self._say("writing", 0, 1)
        return write_graph(self._folder, kb, **about, **self._left(index, count_all(kb)))

    def _patch(self, change: Change, about: Mapping[str, Any]) -> Manifest:
        from kg.graph.changes import patch_graph
        from kg.graph.store import open_store
        from kg.pipeline.update import plan_patch

        self._say("resolving", 0, 1)
        index = self._index(self._kept.names if self._kept else None)
        patch, more = plan_patch(change, index, open_store(self._folder), self._shelf.read)
        before = self._before.summary if self._before else {}
        summary = {name: n + more[name] for name, n in before.items()}
        self._say("writing", 0, 1)
        return patch_graph(self._folder, patch, **about, **self._left(index, summary))

    def _index(self, packed: bytes | None) -> NameIndex:
        from kg.resolve import NameIndex, Vocabulary

        return NameIndex(Vocabulary(self._cache.concepts), self._decided, packed)

    def _left(self, index: NameIndex, summary: Mapping[str, int]) -> dict[str, Any]:
        """What a build leaves beside the graph."""
        shelf = self._shelf
        kept = _Kept(self._settings, shelf.listed, shelf.owners, index.pack())
        about = {"sources": shelf.origins, "diagnostics": shelf.diagnostics, "summary": summary}
        return {"kept": msgspec.msgpack.encode(kept), **about}


def _read_kept(folder: Path, settings: str) -> _Kept | None:
    """What the build before kept, unless the next must be made from nothing."""
    from kg.graph.changes import read_kept

    data = read_kept(folder)
    try:
        kept = msgspec.msgpack.decode(data, type=_Kept) if data else None
    except msgspec.MsgspecError:
        return None
    return kept if kept and kept.settings == settings else None


def _last_build(folder: Path) -> Manifest | None:
    """The manifest of the build before, where its store opens."""
    from kg.graph.store import has_manifest, open_store, read_manifest

    if not has_manifest(folder):
        return None
    manifest = read_manifest(folder)
    try:
        open_store(folder)
    except GraphError:
        return None  # its store is damaged: this build makes it anew
    return manifest


def build_knowledge(
    sources: Sequence[str], *, fast: bool = False, vocabulary: Path | None = None, decisions: Path | None = None
) -> KnowledgeBase:
    """The knowledge base of ``sources``, in memory. Sources that cannot be read are in its ``diagnostics``."""
    decided = read_decisions(decisions) if decisions else Decisions()
    cache = ExtractionCache(None, fast=fast, vocabulary=vocabulary)
    opened = [cache.open(path) for path in find_sources(sources)]
    with _no_collection():
        shelf = Shelf(opened, cache, {}, {}, lambda what, done, total: None)
        from kg.resolve import NameIndex, Vocabulary

        index = NameIndex(Vocabulary(cache.concepts), decided)
        return replace(_resolve(shelf.read_all(), index), diagnostics=shelf.diagnostics)


def extract_sources(sources: Sequence[str], *, fast: bool = False) -> Iterator[tuple[Document, Extraction]]:
    """Each document of ``sources`` with what was read out of it, in order.

    Raises:
        KgError: a source cannot be read.
    """
    cache = ExtractionCache(None, fast=fast)
    for path in find_sources(sources):
        documents, diagnostics = read_source(path)
        for diagnostic in diagnostics:
            if diagnostic.fatal:
                raise SourceError(f"{diagnostic.source}: {diagnostic.message}", diagnostic.hint)
        yield from zip(documents, cache.extract(documents), strict=True)


# ---------------------------------------------------------------------------------------------------------------- stages


def _nothing_read(diagnostics: Sequence[Diagnostic]) -> SourceError:
    """Why there is nothing to build: an empty graph in the place of the one before would be a loss."""
    if len(diagnostics) == 1:
        return SourceError(f"{diagnostics[0].source}: {diagnostics[0].message}", diagnostics[0].hint)
    reasons = "".join(f"\n  {d.source}: {d.message}" for d in diagnostics[:_TOLD])
    more = f"\n  and {len(diagnostics) - _TOLD} more" if len(diagnostics) > _TOLD else ""
    return SourceError(f"none of the sources can be read:{reasons}{more}", "the graph is as it was before")


def _resolve(reads: Sequence[Read], index: NameIndex) -> KnowledgeBase:
    from kg.resolve import resolve_indexed

    return resolve_indexed([d for d, _ in reads], {d.id: x for d, x in reads}, index)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage meanwhile: records refer to no record that refers back, and there are millions of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # all that has come to be since is old now: else the next search would go through it
            gc.unfreeze()
            gc.enable()
