"""Copies of a graph: as a folder that is a graph itself, or as one file that any version and any RDF store can read.

The file is a ``tar.gz`` of the manifest and of the quads as sorted N-Quads; equal graphs give equal files.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from pyoxigraph import RdfFormat, Store

from kg.errors import GraphError
from kg.graph.store import (
    Manifest,
    commit_store,
    dump_nquads,
    explain_disk_errors,
    open_build,
    parse_manifest,
    print_manifest,
)

_SUFFIXES = (".tar.gz", ".tgz")
_MANIFEST = "manifest.json"
_QUADS = "graph.nq"
#: Above the manifest of any graph: what a hostile file may have us read at once, in bytes.
_LARGEST_MANIFEST = 256_000_000
#: What a file that is no backup, or half of one, makes the readers of archives raise.
_DAMAGED = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, KeyError)


def backup_graph(folder: Path, target: Path) -> Manifest:
    """Copies the graph in ``folder`` as it is now, also while a build runs. The cache is left out: it can be made again.

    Args:
        target: a file that ends in ``.tar.gz`` or ``.tgz`` (one that exists is replaced in one step), or a new folder.

    Raises:
        GraphError: there is no graph, the target is something else, or it cannot be written.
    """
    if not str(target).endswith(_SUFFIXES):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise GraphError(f"{target} is there already", "give a new folder, or a file that ends in .tar.gz")
        return restore_graph(folder, target)
    manifest, store = open_build(folder)
    with explain_disk_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(target.name + ".new")
        try:
            _write_archive(new, manifest, store)
            os.replace(new, target)
        finally:
            new.unlink(missing_ok=True)
    return manifest


def restore_graph(source: Path, folder: Path) -> Manifest:
    """Makes a backup the graph in ``folder``, in one step for its readers, and returns the new manifest.

    Raises:
        GraphError: ``source`` is no backup, or is damaged, or the folder is busy, or full: the graph in it is as it was.
    """
    if not source.is_file():
        manifest, store = open_build(source)
        return commit_store(folder, lambda path: _copy_store(source, manifest, store, path), **_about(manifest))
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest = _read_manifest(archive, source)
            return commit_store(folder, lambda path: _load_quads(archive, source, manifest, path), **_about(manifest))
    except _DAMAGED as error:
        hint = "a backup is made with: kg backup FILE.tar.gz; the graph is as before"
        raise GraphError(f"{source} is not a backup of claimgraph, or is damaged: {error}", hint) from None


def _about(manifest: Manifest) -> dict[str, Any]:
    """What a copy keeps of its manifest: all but the name, the number and the version of the layout."""
    names = ("extractor", "inputs", "sources", "summary", "diagnostics")
    return {name: getattr(manifest, name) for name in names}


def _copy_store(source: Path, manifest: Manifest, store: Store, path: Path) -> Mapping[str, int]:
    try:
        store.backup(str(path))  # by hard links, where both lie on one disk
    except OSError:
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(source / manifest.store, path)
    return _check_count(source, manifest, len(Store.read_only(str(path))))


def _check_count(source: Path, manifest: Manifest, quads: int) -> Mapping[str, int]:
    if quads != manifest.counts.get("quads"):
        problem = f"it holds {quads:,} quads, its manifest says {manifest.counts.get('quads', 0):,}"
        raise GraphError(f"{source} is damaged: {problem}", "the graph is as before")
    return manifest.counts


def _write_archive(path: Path, manifest: Manifest, store: Store) -> None:
    members = ((_MANIFEST, print_manifest(manifest).encode()), (_QUADS, b"".join(dump_nquads(store))))
    with path.open("wb") as raw:
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            for name, data in members:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        os.fsync(raw.fileno())


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    data = archive.extractfile(name)
    if data is None:
        raise KeyError(f"{name} is no file")
    return data


def _read_manifest(archive: tarfile.TarFile, source: Path) -> Manifest:
    if archive.getmember(_MANIFEST).size > _LARGEST_MANIFEST:
        raise KeyError(f"{_MANIFEST} is too large")
    return parse_manifest(_member(archive, _MANIFEST).read().decode("utf-8", "replace"), source)


def _load_quads(archive: tarfile.TarFile, source: Path, manifest: Manifest, path: Path) -> Mapping[str, int]:
    try:
        counts = load_store(path, _member(archive, _QUADS))
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{source} is damaged: {error}", "the graph is as before") from None
    return _check_count(source, manifest, counts["quads"])


def load_store(path: Path, data: IO[bytes]) -> Mapping[str, int]:
    """A new store at ``path`` of N-Quads, and the number of its quads.

    Raises:
        SyntaxError: ``data`` is no N-Quads.
    """
    store = Store(str(path))
    store.bulk_load(data, format=RdfFormat.N_QUADS)
    store.flush()
    return {"quads": len(store)}
