"""Builds graphs: sources -> documents -> extractions -> knowledge base -> store."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError, SourceError
from kg.model import Diagnostic, Document, Extraction, Kind, KnowledgeBase
from kg.pipeline.cache import ExtractionCache, OpenSource, Pack, code_digest
from kg.read import find_sources, read_source
from kg.resolve.decisions import Decisions, read_decisions
from kg.text import digest

if TYPE_CHECKING:
    from kg.graph.store import Manifest, Source

#: Called with what is being done, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]

#: How many sources an error names.
_COLLECT_EVERY = 200  # documents
_TOLD = 5


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, what it could not read, and how long it took (wall seconds)."""

    counts: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    unchanged: bool = False  # nothing had to be done: the graph was made from the same before


@dataclass(frozen=True, slots=True)
class _Corpus:
    """All that the sources gave, each document once."""

    documents: list[Document]  # sorted by id
    extractions: dict[str, Extraction]
    origins: list[Source]
    diagnostics: list[Diagnostic]


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
        code = code_digest("resolve", "graph")
        inputs = digest("\n\n".join((cache.key, code, repr(decided), *(source.identity for source in opened))), 64)
        same = before is not None and before.inputs == inputs
        manifest = before if same and before else _rebuild(folder, opened, cache, decided, before, code, inputs, say)
    seconds = time.perf_counter() - began
    counts = {**manifest.summary, "quads": manifest.counts.get("quads", 0)}
    return BuildReport(counts, manifest.diagnostics, seconds, unchanged=same)


def _rebuild(
    folder: Path,
    opened: Sequence[OpenSource],
    cache: ExtractionCache,
    decided: Decisions,
    before: Manifest | None,
    code: str,
    inputs: str,
    say: Report,
) -> Manifest:
    from kg.graph.changes import write_graph

    corpus = _load_corpus(opened, cache, say, before)
    if not corpus.documents:
        raise _nothing_read(corpus.diagnostics)
    say("resolving", 0, 1)
    kb = _resolve(corpus, cache, decided)
    say("writing", 0, 1)
    manifest = write_graph(
        folder,
        kb,
        code=code,
        inputs=inputs,
        extractor=cache.key,
        sources=tuple(corpus.origins),
        diagnostics=tuple(corpus.diagnostics),
        summary=_count(kb),
    )
    cache.prune(opened)
    return manifest


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
        corpus = _load_corpus(opened, cache, lambda what, done, total: None)
        return replace(_resolve(corpus, cache, decided), diagnostics=tuple(corpus.diagnostics))


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


def _load_corpus(opened: Sequence[OpenSource], cache: ExtractionCache, say: Report, before: Manifest | None = None) -> _Corpus:
    """The documents of all sources and their extractions. A document that stands in two sources is of the first."""
    from kg.graph.store import Source

    hashes = {source.location: source.sha256 for source in before.sources} if before else {}
    packs = [cache.load(source) for source in opened]
    known = [cache.recall(source, pack, hashes.get(source.location, "")) for source, pack in zip(opened, packs, strict=True)]
    fresh = _each_once(packs)
    missing = [d for documents, old in zip(fresh, known, strict=True) for d in documents if d.id not in old]
    made = cache.extract(_watched(missing, sum(map(len, fresh)), say))
    corpus = _Corpus([], {}, [], [])
    for source, pack, documents, old in zip(opened, packs, fresh, known, strict=True):
        extractions = {d.id: old[d.id] if d.id in old else next(made) for d in documents}
        cache.keep(source, pack, extractions)
        corpus.diagnostics.extend(pack.diagnostics)
        corpus.documents.extend(documents)
        corpus.extractions.update(extractions)
        if documents:
            ids = tuple(d.id for d in documents)
            corpus.origins.append(Source(source.path.name, source.sha256, ids, source.location))
    corpus.documents.sort(key=lambda d: d.id)
    return corpus


def _each_once(packs: Sequence[Pack]) -> list[list[Document]]:
    """The documents of each pack that stand in none before it."""
    taken: set[str] = set()
    fresh = []
    for pack in packs:
        fresh.append([d for d in pack.documents if d.id not in taken])
        taken.update(d.id for d in pack.documents)
    return fresh


def _watched(documents: Sequence[Document], total: int, say: Report) -> Iterator[Document]:
    """``documents``, the last of ``total``, with a word on each."""
    for n, document in enumerate(documents, total - len(documents)):
        say("reading", n, total)
        if n % _COLLECT_EVERY == _COLLECT_EVERY - 1:
            gc.collect()  # what the extractors leave behind, in a corpus of thousands
            gc.freeze()  # what stays is not gone through again: that would take the square of the time
        yield document


def _nothing_read(diagnostics: Sequence[Diagnostic]) -> SourceError:
    """Why there is nothing to build: an empty graph in the place of the one before would be a loss."""
    if len(diagnostics) == 1:
        return SourceError(f"{diagnostics[0].source}: {diagnostics[0].message}", diagnostics[0].hint)
    reasons = "".join(f"\n  {d.source}: {d.message}" for d in diagnostics[:_TOLD])
    more = f"\n  and {len(diagnostics) - _TOLD} more" if len(diagnostics) > _TOLD else ""
    return SourceError(f"none of the sources can be read:{reasons}{more}", "the graph is as it was before")


def _resolve(corpus: _Corpus, cache: ExtractionCache, decided: Decisions) -> KnowledgeBase:
    from kg.resolve import resolve_extractions

    return resolve_extractions(corpus.documents, corpus.extractions, cache.concepts, decided)


def _count(kb: KnowledgeBase) -> dict[str, int]:
    mentioned = set(kb.resolution.entity_of.values())
    kinds = Counter(e.kind for e in kb.entities if e.id in mentioned)
    extractions = kb.extractions.values()
    return {
        "documents": len(kb.documents),
        "papers": kinds[Kind.PAPER],
        "techniques": kinds[Kind.TECHNIQUE],
        "institutions": kinds[Kind.INSTITUTION],
        "entities": len(mentioned),
        "claims": sum(len(x.claims) for x in extractions),
        "results": sum(len(x.results) for x in extractions),
        "predictions": sum(len(x.predictions) for x in extractions),
        "edges": len(kb.edges),
    }


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
