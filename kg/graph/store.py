"""The graph folder: an Oxigraph store on disk that is replaced as a whole, and the manifest that says which one is current.

::

    graph/
      manifest.json     what the graph is made of, and the name of the current store; replaced in one step
      store-000007/     the Oxigraph store of build 7
      cache/            one file a document: its extraction (filled by the pipeline)
      .lock             held while a build runs

A build writes a new store beside the current one, then replaces the manifest, then removes the old store. Whatever kills it,
the manifest names a complete store: the old or the new one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg import __version__
from kg.errors import GraphError
from kg.graph import vocab

#: Version of the layout of the folder and of the data in it. A program refuses a folder of a later one.
SCHEMA_VERSION = 1

_MANIFEST = "manifest.json"
_FORMAT = "claimgraph"
_STORE_NAME = re.compile(r"store-\d{6,12}")
_TYPE = vocab.RDF + "type"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the graph: its name, the SHA-256 of its bytes, the documents read from it, and where it was found."""

    name: str
    sha256: str
    documents: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph folder says of itself. ``counts`` has the number of quads, and of nodes of each class by its name."""

    store: str
    build: int
    schema: int = SCHEMA_VERSION
    tool: str = __version__
    extractor: str = ""
    sources: tuple[Source, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Holds the folder for one build, and makes it where it is missing. May be nested in one thread.

    Raises:
        GraphError: another build holds it, or it cannot be made.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0, is_singleton=True)
        with lock:
            yield
    except Timeout:
        raise GraphError(
            f"another build is running in {folder}", "wait until it has ended, or build into another --graph"
        ) from None
    except (FileExistsError, NotADirectoryError):
        raise GraphError(f"{folder} is not a folder", "give a folder as --graph") from None
    except PermissionError:
        raise GraphError(f"cannot write to {folder}", "give a folder of your own as --graph") from None


def write_store(folder: Path, quads: Iterable[Quad], *, sources: Sequence[Source] = (), extractor: str = "") -> Manifest:
    """Makes ``quads`` the content of the graph folder, in one step for readers, and returns the new manifest.

    ``extractor`` is a digest of what read the documents (code, rules, model, vocabulary). An exception from ``quads`` passes
    through and leaves the folder as it was.

    Raises:
        GraphError: the folder is busy, belongs to something else or to a later version, or the disk is full.
    """
    with lock_folder(folder):
        build = _next_build(folder)
        _remove_stores(folder, keep=_current_store(folder))
        name = f"store-{build:06d}"
        try:
            counts = _fill_store(folder / name, quads)
            manifest = Manifest(name, build, extractor=extractor, sources=tuple(sources), counts=counts)
            _replace_manifest(folder, manifest)
        except OSError as error:
            shutil.rmtree(folder / name, ignore_errors=True)
            reason = error.strerror or str(error)
            raise GraphError(
                f"cannot write the graph in {folder}: {reason}", "is the disk full? the graph is as before"
            ) from error
        except BaseException:
            shutil.rmtree(folder / name, ignore_errors=True)
            raise
        _remove_stores(folder, keep=name)
        return manifest


def open_store(folder: Path) -> Store:
    """The current store of a graph folder, for reading.

    Raises:
        GraphError: there is no graph, it is damaged, or a later version made it.
    """
    problem: OSError | None = None
    for _ in range(5):  # a build may remove the store between our reading of the manifest and our opening of it
        manifest = read_manifest(folder)
        try:
            return Store.read_only(str(folder / manifest.store))
        except OSError as error:
            problem = error
    raise GraphError(f"the graph in {folder} is damaged: {problem}", "build it again with kg build")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a graph folder.

    Raises:
        GraphError: there is no graph in it, its manifest is damaged, or a later version of claimgraph made it.
    """
    try:
        fields = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        what = "no graph in" if folder.is_dir() else "no such folder:"
        raise GraphError(f"{what} {folder}", "make one with: kg build SOURCE --graph " + str(folder)) from None
    except OSError as error:
        raise GraphError(f"cannot read {folder / _MANIFEST}: {error.strerror}") from error
    except ValueError:
        raise GraphError(f"{folder / _MANIFEST} is not a manifest of claimgraph", "is this the right --graph folder?") from None
    return _manifest_of(fields, folder)


def manifest_stamp(folder: Path) -> tuple[int, int, int] | None:
    """What differs after a build, without reading the manifest; none where there is no manifest."""
    try:
        status = (folder / _MANIFEST).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def cache_dir(folder: Path) -> Path:
    """The subfolder for what can be computed again, made where it is missing."""
    path = folder / "cache"
    path.mkdir(parents=True, exist_ok=True)
    return path


def dump_nquads(store: Store) -> Iterator[bytes]:
    """The lines of the store as canonical N-Quads: sorted bytewise, each with its newline. Equal graphs give equal lines."""
    lines = (store.dump(format=RdfFormat.N_QUADS) or b"").split(b"\n")
    return (line + b"\n" for line in sorted(lines) if line)


# ------------------------------------------------------------------------------------------------------------ the inside


def _fill_store(path: Path, quads: Iterable[Quad]) -> dict[str, int]:
    """A new store of ``quads``, safely on the disk, and its counts."""
    counts: Counter[str] = Counter()
    type_ = NamedNode(_TYPE)

    def counted() -> Iterator[Quad]:
        total = 0
        for quad in quads:
            total += 1
            if quad.predicate == type_:
                counts[quad.object.value] += 1  # type: ignore[union-attr]  # a class is a named node
            yield quad
        counts["quads"] = total

    store = Store(str(path))
    store.bulk_extend(counted())
    store.flush()
    del store
    _sync_folder(path)
    own = {iri.removeprefix(vocab.KG): n for iri, n in counts.items() if iri.startswith(vocab.KG) or iri == "quads"}
    return dict(sorted(own.items()))


def _sync_folder(path: Path) -> None:
    """Has the system write a folder and the files in it to the disk."""
    if os.name == "nt":  # which has no such call for folders
        return
    for file in (*path.iterdir(), path):
        if file.is_file() or file == path:
            handle = os.open(file, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _replace_manifest(folder: Path, manifest: Manifest) -> None:
    text = json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=1) + "\n"
    new = folder / (_MANIFEST + ".new")
    new.write_text(text, encoding="utf-8")
    _sync_folder(folder)
    os.replace(new, folder / _MANIFEST)
    _sync_folder(folder)


def _manifest_of(fields: object, folder: Path) -> Manifest:
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise GraphError(f"{folder / _MANIFEST} is not a manifest of claimgraph", "is this the right --graph folder?")
    schema = fields.get("schema")
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        raise GraphError(
            f"the graph in {folder} was made by a later version, claimgraph {fields.get('tool')}",
            "pip install --upgrade claimgraph, or build it again into another folder",
        )
    try:
        sources = tuple(Source(**{**s, "documents": tuple(s["documents"])}) for s in fields["sources"])
        rest = {k: v for k, v in fields.items() if k not in ("format", "sources")}
        manifest = Manifest(sources=sources, **rest)
        if not _STORE_NAME.fullmatch(manifest.store) or not isinstance(manifest.build, int):
            raise ValueError(manifest.store)
    except (TypeError, KeyError, ValueError):
        raise GraphError(f"the manifest in {folder} is damaged", f"remove {folder} and build it again") from None
    return manifest


def _current_store(folder: Path) -> str | None:
    """The store that the manifest names; none where there is no manifest yet."""
    return read_manifest(folder).store if (folder / _MANIFEST).exists() else None


def _next_build(folder: Path) -> int:
    return read_manifest(folder).build + 1 if (folder / _MANIFEST).exists() else 1


def _remove_stores(folder: Path, keep: str | None) -> None:
    """Removes all stores but one: those of earlier builds and what a killed build left."""
    for path in sorted(folder.iterdir()):
        if _STORE_NAME.fullmatch(path.name) and path.name != keep and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
