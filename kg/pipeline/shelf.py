"""The documents of a build's sources: which there are, whose each is, and what they say, read when it is asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from kg.model import Diagnostic, Document, Extraction
from kg.pipeline.cache import ExtractionCache, OpenSource, Pack

if TYPE_CHECKING:
    from kg.graph.store import Source

#: Called with what is being done, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]
#: A document and what was read out of it.
Read = tuple[Document, Extraction]

_COLLECT_EVERY = 200  # documents


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """What a source is known to give without being opened: the ids of its documents, and what its reader had to say."""

    documents: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


class Shelf:
    """The documents of ``opened`` sources.

    Args:
        listed: what sources gave in the build before, by :attr:`OpenSource.key`.
        hashes: the hash of each source's bytes in the build before, by its location.
    """

    def __init__(
        self,
        opened: Sequence[OpenSource],
        cache: ExtractionCache,
        listed: Mapping[str, Listed],
        hashes: Mapping[str, str],
        say: Report,
    ) -> None:
        self._opened = opened
        self._cache = cache
        self._hashes = hashes
        self._say = say
        self._packs: dict[str, Pack] = {}
        self._read: dict[str, Read] = {}
        self.listed = {source.key: listed.get(source.key) or self._list(source) for source in opened}

    @cached_property
    def owners(self) -> dict[str, str]:
        """The key of each document's source, by the document's id. One that stands in two sources is of the first."""
        owners: dict[str, str] = {}
        for source in self._opened:
            for id_ in self.listed[source.key].documents:
                owners.setdefault(id_, source.key)
        return owners

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the readers had to say, in the order of the sources."""
        return tuple(diagnostic for source in self._opened for diagnostic in self.listed[source.key].diagnostics)

    @property
    def origins(self) -> tuple[Source, ...]:
        """The sources that gave documents, each with those that are its own."""
        from kg.graph.store import Source

        origins = []
        for source, ids in self._owned(self.owners.keys()):
            origins.append(Source(source.path.name, source.sha256, tuple(ids), source.location))
        return tuple(origins)

    def lost(self, keys: Collection[str]) -> bool:
        """Whether the cache lacks the documents of any of these sources, though it had them: somebody has emptied it."""
        return any(source.pack is not None and source.key in keys for source in self._opened)

    def read(self, ids: Iterable[str]) -> list[Read]:
        """Some documents, sorted by id; those that no build has read are extracted now."""
        wanted = sorted(set(ids))
        missing = {id_ for id_ in wanted if id_ not in self._read}
        if missing:
            self._extract(missing)
        return [self._read[id_] for id_ in wanted]

    def read_all(self) -> list[Read]:
        """All documents, sorted by id."""
        return self.read(self.owners)

    # ------------------------------------------------------------------------------------------------------ the inside

    def _list(self, source: OpenSource) -> Listed:
        pack = self._packs[source.key] = self._cache.load(source)
        return Listed(tuple(document.id for document in pack.documents), pack.diagnostics)

    def _owned(self, ids: Iterable[str]) -> Iterator[tuple[OpenSource, list[str]]]:
        """The sources of some documents, each with its own of them, in order."""
        open_ids = set(ids)
        for source in self._opened:
            ids_here = dict.fromkeys(self.listed[source.key].documents)
            own = [id_ for id_ in ids_here if id_ in open_ids and self.owners[id_] == source.key]
            open_ids.difference_update(own)
            if own:
                yield source, own

    def _extract(self, ids: set[str]) -> None:
        """Reads documents from their packs, and extracts what is new in them."""
        cache = self._cache
        owned = [(source, set(own)) for source, own in self._owned(ids)]
        packs = [self._packs.get(source.key) or cache.load(source) for source, _ in owned]
        known = [
            cache.recall(source, pack, self._hashes.get(source.location, ""))
            for (source, _), pack in zip(owned, packs, strict=True)
        ]
        documents = [_by_id(pack, own) for (_, own), pack in zip(owned, packs, strict=True)]
        new = [d for group, old in zip(documents, known, strict=True) for d in group if d.id not in old]
        made = cache.extract(self._watched(new))
        for (source, _), pack, group, old in zip(owned, packs, documents, known, strict=True):
            extractions = {d.id: old[d.id] if d.id in old else next(made) for d in group}
            cache.keep(source, pack, extractions)
            self._read.update((d.id, (d, extractions[d.id])) for d in group)

    def _watched(self, documents: Sequence[Document]) -> Iterator[Document]:
        """``documents``, the last of all, with a word on each."""
        total = len(self.owners)
        for n, document in enumerate(documents, total - len(documents)):
            self._say("reading", n, total)
            if n % _COLLECT_EVERY == _COLLECT_EVERY - 1:
                gc.collect()  # what the extractors leave behind, in a corpus of thousands
                gc.freeze()  # what stays is not gone through again: that would take the square of the time
            yield document


def _by_id(pack: Pack, ids: Collection[str]) -> list[Document]:
    """The documents of a pack with some ids, each once."""
    found: dict[str, Document] = {}
    for document in pack.documents:
        if document.id in ids:
            found.setdefault(document.id, document)
    return list(found.values())
