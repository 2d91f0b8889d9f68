"""Joins the stages: sources -> documents -> extractions -> knowledge base -> store. The one place that knows them all."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.lexicon import concepts_digest, load_concepts
from kg.model import Diagnostic, Document, Extraction, Kind, KnowledgeBase
from kg.read import find_sources, read_source
from kg.text import digest

if TYPE_CHECKING:
    from kg.graph.store import Source
    from kg.graph.verify import Mismatch

#: Called with what is being done, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]

#: How many sources an error names.
_TOLD = 5


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, what it could not read, and how long it took (wall seconds)."""

    counts: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def build_graph(
    sources: Sequence[str],
    folder: Path,
    *,
    progress: Report | None = None,
    fast: bool = False,
    vocabulary: Path | None = None,
) -> BuildReport:
    """Makes the graph of ``sources`` (files, folders, globs) in ``folder``, in one step for its readers.

    A document whose bytes, extractor and vocabulary have not changed since the last build is taken from the folder's cache.

    Raises:
        KgError: no source was found, nothing could be read, or the folder cannot be written.
    """
    from kg.graph.rdf import quads_of
    from kg.graph.store import lock_folder, write_store

    began = time.perf_counter()
    say = progress or (lambda what, done, total: None)
    paths = find_sources(sources)
    with lock_folder(folder):
        documents, origins, diagnostics = _read_all(paths, say)
        if not documents:
            raise _nothing_read(diagnostics)
        cache = ExtractionCache(folder, fast=fast, vocabulary=vocabulary)
        extractions = {}
        for n, document in enumerate(documents):
            say("reading", n, len(documents))
            extractions[document.id] = cache.extract(document)
        say("resolving", 0, 1)
        kb = _resolve(documents, extractions, cache)
        say("writing", 0, 1)
        manifest = write_store(folder, quads_of(kb), sources=origins, extractor=cache.key)
        cache.prune(documents)
    return BuildReport(_count(kb, manifest.counts), tuple(diagnostics), time.perf_counter() - began)


def build_knowledge(sources: Sequence[str], *, fast: bool = False, vocabulary: Path | None = None) -> KnowledgeBase:
    """The knowledge base of ``sources``, in memory. Sources that cannot be read are in its ``diagnostics``."""
    from dataclasses import replace

    documents, _, diagnostics = _read_all(find_sources(sources), lambda what, done, total: None)
    cache = ExtractionCache(None, fast=fast, vocabulary=vocabulary)
    kb = _resolve(documents, {d.id: cache.extract(d) for d in documents}, cache)
    return replace(kb, diagnostics=tuple(diagnostics))


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
        for document in documents:
            yield document, cache.extract(document)


def verify_graph(folder: Path, sources: Sequence[str] = ()) -> list[Mismatch]:
    """Reads the sources again (by default those that the graph was built from) and proves that each Evidence's sentence stands
    at its offsets.

    Raises:
        KgError: there is no graph, or a source is gone.
    """
    from kg.graph.store import open_store, read_manifest
    from kg.graph.verify import verify_store

    places = list(sources) or [s.location or s.name for s in read_manifest(folder).sources]
    documents = [d for path in find_sources(places) for d in read_source(path)[0]]
    return verify_store(open_store(folder), documents)


# ---------------------------------------------------------------------------------------------------------------- stages


def _read_all(paths: Sequence[Path], say: Report) -> tuple[list[Document], list[Source], list[Diagnostic]]:
    from kg.graph.store import Source

    documents: dict[str, Document] = {}
    origins: list[Source] = []
    diagnostics: list[Diagnostic] = []
    for n, path in enumerate(paths):
        say("opening", n, len(paths))
        found, problems = read_source(path)
        diagnostics += problems
        fresh = [d for d in found if d.id not in documents]
        documents |= {d.id: d for d in fresh}
        if fresh:
            origins.append(Source(path.name, fresh[0].sha256, tuple(d.id for d in fresh), str(path.resolve())))
    return [documents[i] for i in sorted(documents)], origins, diagnostics


def _nothing_read(diagnostics: Sequence[Diagnostic]) -> SourceError:
    """Why there is nothing to build: an empty graph in the place of the one before would be a loss."""
    if len(diagnostics) == 1:
        return SourceError(f"{diagnostics[0].source}: {diagnostics[0].message}", diagnostics[0].hint)
    reasons = "".join(f"\n  {d.source}: {d.message}" for d in diagnostics[:_TOLD])
    more = f"\n  and {len(diagnostics) - _TOLD} more" if len(diagnostics) > _TOLD else ""
    return SourceError(f"none of the sources can be read:{reasons}{more}", "the graph is as it was before")


def _resolve(documents: Sequence[Document], extractions: Mapping[str, Extraction], cache: ExtractionCache) -> KnowledgeBase:
    from kg.resolve import resolve_extractions

    return resolve_extractions(documents, extractions, cache.concepts)


def _count(kb: KnowledgeBase, quads: Mapping[str, int]) -> dict[str, int]:
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
        "quads": quads.get("quads", 0),
    }


class ExtractionCache:
    """Extracts documents, and keeps what was extracted in a graph folder, under a key of the document, the extractor and the
    vocabulary. spaCy and the model are loaded when the first document is not in it."""

    def __init__(self, folder: Path | None, *, fast: bool = False, vocabulary: Path | None = None) -> None:
        from kg.graph.store import cache_dir

        extra = (vocabulary,) if vocabulary else ()
        self.concepts = load_concepts(extra)
        self.fast = fast
        self.folder = cache_dir(folder) if folder is not None else None
        self.key = digest("\n".join((_code_digest(), concepts_digest(extra), "fast" if fast else "model")))
        self._extractor: Callable[[Document], Extraction] | None = None

    def extract(self, document: Document) -> Extraction:
        """What was read out of ``document``, from the cache where it is there."""
        import msgspec

        path = self._path(document)
        if path is not None:
            try:
                return msgspec.json.decode(path.read_bytes(), type=Extraction)
            except (OSError, msgspec.DecodeError):
                pass  # not there, or half written by a killed build: it is made anew
        if self._extractor is None:
            from kg.extract import Extractor

            self._extractor = Extractor(self.concepts, fast=self.fast).extract_document
        extraction = self._extractor(document)
        if path is not None:
            path.write_bytes(msgspec.json.encode(extraction))
        return extraction

    def prune(self, documents: Sequence[Document]) -> None:
        """Removes what no document of this build needs."""
        if self.folder is not None:
            needed = {self._path(d) for d in documents}
            for path in self.folder.glob("*.json"):
                if path not in needed:
                    path.unlink(missing_ok=True)

    def _path(self, document: Document) -> Path | None:
        name = digest(f"{document.id}\n{document.sha256}\n{document.part}\n{self.key}", 32)
        return self.folder / f"{name}.json" if self.folder is not None else None


def _code_digest() -> str:
    """A hash of the package's own reading and extracting code and model: what they make changes when they do."""
    total = hashlib.sha256()
    here = Path(__file__).parent
    for part in ("read", "extract"):
        for path in sorted((here / part).rglob("*")):
            if path.suffix in (".py", ".json", ".onnx"):
                total.update(path.relative_to(here).as_posix().encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    for name in ("model.py", "kinds.py", "text.py", "lexicon.py"):
        total.update((here / name).read_bytes())
    return total.hexdigest()
