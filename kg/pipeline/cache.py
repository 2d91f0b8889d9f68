"""What was read out of each source, kept between builds: a source whose bytes, reader, extractor and vocabulary are the same is
neither read nor extracted again.

A source has one file in the cache, a pack: its documents, what was extracted from them, and what its reader had to say. Packs
hold nothing that cannot be made again; one that is damaged, or half written by a killed build, is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from kg.errors import SourceError
from kg.lexicon import concepts_digest, load_concepts
from kg.model import Concept, Diagnostic, Document, Extraction
from kg.read import open_source, read_bytes
from kg.text import digest

_SUFFIX = ".pack"


@dataclass(frozen=True, slots=True)
class Pack:
    """What one source gave."""

    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]
    extractions: dict[str, Extraction]  # by document id; of those that a build needed


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A source as it was found: ``sha256`` of its bytes, or why they cannot be had. ``pack`` is None where the cache has it."""

    path: Path
    sha256: str
    pack: Pack | None
    trouble: str = ""

    @property
    def location(self) -> str:
        return str(self.path.resolve())

    @property
    def key(self) -> str:
        """What its documents depend on: its name and its bytes."""
        return f"{self.path.name}\n{self.sha256}" if self.sha256 else f"{self.location}\n"

    @property
    def identity(self) -> str:
        """What must be the same for the source to be the same."""
        return "\n".join((self.location, self.path.name, self.sha256, self.trouble))


class ExtractionCache:
    """Reads sources and extracts documents, and keeps both in a graph folder; without a folder it keeps nothing. spaCy and the
    model, unless ``fast``, are loaded when the first document must be extracted."""

    def __init__(self, folder: Path | None, *, fast: bool = False, vocabulary: Path | None = None) -> None:
        from kg.graph.store import cache_dir

        self._vocabulary = extra = (vocabulary,) if vocabulary else ()
        self.fast = fast
        self.folder = cache_dir(folder) if folder is not None else None
        code = code_digest("read", "extract", model=not fast)
        self.key = digest("\n".join((code, concepts_digest(extra), "fast" if fast else "model")))
        self._extractor: Callable[[Iterable[Document]], Iterator[Extraction]] | None = None

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The curated vocabulary, the user's own included."""
        return load_concepts(self._vocabulary)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """What the text of each of ``documents`` says, made anew, in order; the next may be begun before it is asked for."""
        rest = iter(documents)
        first = next(rest, None)
        if first is None:
            return
        if self._extractor is None:
            from kg.extract import Extractor

            self._extractor = Extractor(self.concepts, fast=self.fast).extract_documents
        yield from self._extractor(chain((first,), rest))

    def open(self, path: Path) -> OpenSource:
        """The source at ``path``; it is read where the cache does not have it."""
        data = open_source(path)
        if isinstance(data, Diagnostic):
            return OpenSource(path, "", Pack((), (data,), {}), data.message)
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(path.name, sha256)
        if place is not None and place.exists():
            return OpenSource(path, sha256, None)
        documents, diagnostics = read_bytes(data, path.name)
        return OpenSource(path, sha256, Pack(tuple(documents), tuple(diagnostics), {}))

    def load(self, source: OpenSource) -> Pack:
        """What ``source`` gave, from the cache where it is there.

        Raises:
            SourceError: its file is no longer what it was when it was opened.
        """
        if source.pack is not None:
            return source.pack
        found = self._read(source.path.name, source.sha256)
        if found is not None:
            return found
        data = open_source(source.path)
        if isinstance(data, Diagnostic) or hashlib.sha256(data).hexdigest() != source.sha256:
            raise SourceError(f"{source.path.name} was changed while it was read", "build again; the graph is as it was before")
        documents, diagnostics = read_bytes(data, source.path.name)
        return Pack(tuple(documents), tuple(diagnostics), {})

    def load_old(self, key: str) -> Pack | None:
        """What a source with that key gave (see :attr:`OpenSource.key`), if the cache still has it."""
        name, _, sha256 = key.rpartition("\n")
        return self._read(name, sha256) if sha256 else None

    def recall(self, source: OpenSource, pack: Pack, before: str = "") -> dict[str, Extraction]:
        """What is known of the documents of ``pack``, by document id.

        Args:
            before: the hash of the source's bytes in the last build: what was read out of a document that stood in it is known.
        """
        known = self._read(source.path.name, before) if before and before != source.sha256 else None
        old = {_without_source(d): known.extractions.get(d.id) for d in known.documents} if known else {}
        found = {d.id: old.get(_without_source(d)) for d in pack.documents} if old else {}
        return {id_: extraction for id_, extraction in found.items() if extraction} | pack.extractions

    def keep(self, source: OpenSource, pack: Pack, extractions: dict[str, Extraction]) -> None:
        """Keeps ``pack`` with the ``extractions`` of its documents for the next build, unless that is what it holds."""
        if extractions.keys() - pack.extractions.keys():
            self._write(source, replace(pack, extractions=pack.extractions | extractions))

    def prune(self, sources: Sequence[OpenSource]) -> None:
        """Removes what none of ``sources`` needs."""
        if self.folder is not None:
            needed = {self._place(s.path.name, s.sha256) for s in sources}
            for path in self.folder.iterdir():
                if path.is_file() and path not in needed:
                    path.unlink(missing_ok=True)

    def _place(self, name: str, sha256: str) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / (digest(f"{name}\n{sha256}\n{self.key}", 32) + _SUFFIX)

    def _read(self, name: str, sha256: str) -> Pack | None:
        import msgspec

        place = self._place(name, sha256)
        try:
            return msgspec.msgpack.decode(place.read_bytes(), type=Pack) if place is not None else None
        except (OSError, msgspec.MsgspecError, ValueError):  # ValueError: a Span that is none
            return None

    def _write(self, source: OpenSource, pack: Pack) -> None:
        import msgspec

        place = self._place(source.path.name, source.sha256)
        if place is not None:
            new = place.with_suffix(".new")
            new.write_bytes(msgspec.msgpack.encode(pack))
            os.replace(new, place)


def _without_source(document: Document) -> Document:
    """The document as it would be in any other source of that name: what extraction looks at."""
    return replace(document, sha256="", part=0)


@cache
def code_digest(*parts: str, model: bool = False) -> str:
    """A hash of the code (and of the model, where it is used) in some of the package's folders, and of what they share: what
    they make changes when it does."""
    suffixes = (".py", ".json", ".onnx") if model else (".py",)
    total = hashlib.sha256()
    here = Path(__file__).parents[1]
    for part in parts:
        for path in sorted((here / part).rglob("*")):
            if path.suffix in suffixes:
                total.update(path.relative_to(here).as_posix().encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    for name in ("model.py", "kinds.py", "text.py", "words.py", "lexicon.py"):
        total.update((here / name).read_bytes())
    return total.hexdigest()
