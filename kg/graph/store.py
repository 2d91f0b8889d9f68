"""The graph folder: Oxigraph stores on disk, one a build, and the manifest that says which one is current.

::

    graph/
      manifest.json     what the graph is made of, and the name of the current store; replaced in one step
      store-000007/     the Oxigraph store of build 7; never changed once the manifest names it
      names-000007      what the next build must know of it (see kg.graph.changes)
      store-000006/     the one before, for readers that have it open
      cache/            what was read out of each source (filled by the pipeline)
      .lock             held while a build runs

A build makes a new store beside the current one, then replaces the manifest, then removes what is older than the store before.
Whatever kills it, the manifest names a complete store: the old or the new one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from kg import __version__
from kg.errors import GraphError
from kg.graph import vocab
from kg.model import Diagnostic

#: Version of the layout of the folder and of the data in it. A program refuses a folder of a later one.
SCHEMA_VERSION = 2
#: The oldest version that is still read. The next build makes a folder of it one of the current version.
OLDEST_SCHEMA = 1

_MANIFEST = "manifest.json"
_FORMAT = "claimgraph"
_STORE_NAME = re.compile(r"store-(\d{6,12})")
_OWN_NAME = re.compile(r"(?:store|names)-(\d{6,12})")
_TYPE = NamedNode(vocab.RDF + "type")


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the graph: its name, the SHA-256 of its bytes, the documents read from it, and where it was found."""

    name: str
    sha256: str
    documents: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph folder says of itself."""

    store: str
    build: int
    schema: int = SCHEMA_VERSION
    tool: str = __version__
    extractor: str = ""  # a digest of what read the documents: code, rules, model, vocabulary
    inputs: str = ""  # a digest of all that the graph was made from: equal inputs, equal graph
    sources: tuple[Source, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # of quads, and of nodes by the name of their class
    summary: Mapping[str, int] = field(default_factory=dict)  # what the build reported
    diagnostics: tuple[Diagnostic, ...] = ()


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


def write_store(folder: Path, quads: Iterable[Quad], **about: Any) -> Manifest:
    """Makes ``quads`` the content of the graph folder, in one step for readers, and returns the new manifest.

    ``about`` are fields of :class:`Manifest`. An exception from ``quads`` passes through and leaves the folder as it was.

    Raises:
        GraphError: the folder is busy, belongs to something else or to another version, or the disk is full.
    """
    return commit_store(folder, lambda path: fill_store(path, quads), **about)


def commit_store(folder: Path, fill: Callable[[Path], Mapping[str, int]], **about: Any) -> Manifest:
    """Has ``fill`` make a store at the path that it is given, and makes that the current one. ``fill`` returns the counts of
    the manifest; see :func:`write_store` for the rest."""
    with lock_folder(folder), explain_disk_errors(folder):
        before = read_manifest(folder) if has_manifest(folder) else None
        _remove_builds(folder, keep={before.build} if before else set())
        build = before.build + 1 if before else 1
        name = f"store-{build:06d}"
        try:
            manifest = Manifest(name, build, counts=fill(folder / name), **about)
            _sync_folder(folder / name)
            _replace_manifest(folder, manifest)
        except BaseException:
            _remove_builds(folder, keep={before.build} if before else set())
            raise
        _remove_builds(folder, keep={manifest.build, before.build} if before else {manifest.build})
        return manifest


def restate_manifest(folder: Path, **about: Any) -> Manifest:
    """Changes fields of the manifest and leaves the store as it is.

    Raises:
        GraphError: the folder is busy, holds no graph, or the disk is full.
    """
    with lock_folder(folder), explain_disk_errors(folder):
        manifest = replace(read_manifest(folder), schema=SCHEMA_VERSION, tool=__version__, **about)
        _replace_manifest(folder, manifest)
        return manifest


@contextmanager
def explain_disk_errors(folder: Path) -> Iterator[None]:
    """Turns what the system says while a graph is written into an error for the user."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(f"cannot write the graph in {folder}: {reason}", "is the disk full? the graph is as before") from error


def open_store(folder: Path) -> Store:
    """The current store of a graph folder, for reading.

    Raises:
        GraphError: there is no graph, it is damaged, or a later version made it.
    """
    return open_build(folder)[1]


def load_memory(store: Store) -> Store:
    """A copy of a store in memory: joins run about five times faster there than on disk. A million quads take about 0.6 GB."""
    memory = Store()
    memory.bulk_load(store.dump(format=RdfFormat.N_QUADS) or b"", format=RdfFormat.N_QUADS)
    return memory


def open_build(folder: Path) -> tuple[Manifest, Store]:
    """The manifest of a graph folder and its store, of one build. Raises as :func:`open_store`."""
    problem: OSError | None = None
    for _ in range(5):  # builds may remove the store between our reading of the manifest and our opening of it
        manifest = read_manifest(folder)
        try:
            return manifest, Store.read_only(str(folder / manifest.store))
        except OSError as error:
            problem = error
    raise GraphError(f"the graph in {folder} is damaged: {problem}", "build it again with kg build")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a graph folder.

    Raises:
        GraphError: there is no graph in it, its manifest is damaged, or a later version of claimgraph made it.
    """
    try:
        text = (folder / _MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        what = "no graph in" if folder.is_dir() else "no such folder:"
        raise GraphError(f"{what} {folder}", "make one with: kg build SOURCE --graph " + str(folder)) from None
    except OSError as error:
        raise GraphError(f"cannot read {folder / _MANIFEST}: {error.strerror}") from error
    except UnicodeDecodeError:
        text = ""
    return parse_manifest(text, folder)


def print_manifest(manifest: Manifest) -> str:
    """A manifest as the text of its file."""
    return json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=1) + "\n"


def parse_manifest(text: str, folder: Path) -> Manifest:
    """The manifest that :func:`print_manifest` printed; ``folder`` is where it was found.

    Raises:
        GraphError: it is none, is damaged, or was made by a version that this one does not read.
    """
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise GraphError(f"{folder / _MANIFEST} is not a manifest of claimgraph", "is this the right --graph folder?")
    schema = fields.get("schema")
    if isinstance(schema, int) and not OLDEST_SCHEMA <= schema <= SCHEMA_VERSION:
        age, other = ("a later", "pip install --upgrade claimgraph") if schema > SCHEMA_VERSION else ("an older", "remove it")
        raise GraphError(
            f"the graph in {folder} was made by {age} version, claimgraph {fields.get('tool')}",
            f"{other}, or build it again into another folder",
        )
    try:
        sources = tuple(Source(**{**s, "documents": tuple(s["documents"])}) for s in fields["sources"])
        diagnostics = tuple(Diagnostic(**d) for d in fields.get("diagnostics", ()))
        rest = {k: v for k, v in fields.items() if k not in ("format", "sources", "diagnostics")}
        manifest = Manifest(sources=sources, diagnostics=diagnostics, **rest)
        if not _STORE_NAME.fullmatch(manifest.store) or not isinstance(manifest.build, int):
            raise ValueError(manifest.store)
    except (TypeError, KeyError, ValueError):
        raise GraphError(f"the manifest in {folder} is damaged", f"remove {folder} and build it again") from None
    return manifest


def has_manifest(folder: Path) -> bool:
    """Whether a build has ended in ``folder``."""
    return (folder / _MANIFEST).exists()


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


def fill_store(path: Path, quads: Iterable[Quad]) -> dict[str, int]:
    """A new store of ``quads``, each of which is given once, and its counts."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Quad]:
        total = 0
        for quad in quads:
            total += 1
            if own := own_class(quad):
                counts[own] += 1
            yield quad
        counts["quads"] = total

    store = Store(str(path))
    store.bulk_extend(counted())
    store.flush()
    del store
    return dict(sorted(counts.items()))


def own_class(quad: Quad) -> str:
    """The name of the ontology's class that ``quad`` gives its subject; empty where it says something else."""
    if quad.predicate != _TYPE:
        return ""
    iri: str = quad.object.value  # type: ignore[union-attr]  # a class is a named node
    return iri.removeprefix(vocab.KG) if iri.startswith(vocab.KG) else ""


def _sync_folder(path: Path) -> None:
    """Has the system write a folder and the files in it to the disk; several files at a time take little longer than one."""
    if os.name == "nt":  # which has no such call for folders
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as side_by_side:
        list(side_by_side.map(_sync, [file for file in path.iterdir() if file.is_file()]))
    _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace_manifest(folder: Path, manifest: Manifest) -> None:
    new = folder / (_MANIFEST + ".new")
    new.write_text(print_manifest(manifest), encoding="utf-8")
    _sync_folder(folder)
    os.replace(new, folder / _MANIFEST)
    _sync_folder(folder)


def _remove_builds(folder: Path, keep: Collection[int]) -> None:
    """Removes what other builds left, killed ones among them."""
    for path in sorted(folder.iterdir()):
        match = _OWN_NAME.fullmatch(path.name)
        if match and int(match[1]) not in keep and not path.is_symlink():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
