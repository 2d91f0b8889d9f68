"""Which store is served: the current one of a graph folder, or in a sandbox a copy of it that may change."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.graph.held import StoreHolder
from kg.graph.store import Manifest, manifest_stamp, read_manifest


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store at one point of its life. ``tag`` differs wherever the content may."""

    path: Path
    tag: str
    manifest: Manifest
    writable: bool = False


class GraphSource:
    """The store of a graph folder as of its last build, held so that later builds do not remove it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._holder = StoreHolder(folder)
        self._stamp = manifest_stamp(folder)
        self._current = self._hold()

    def current(self) -> Snapshot:
        """The snapshot of the newest build; the one from before while the folder has no readable manifest."""
        stamp = manifest_stamp(self._folder)
        if stamp not in (self._stamp, None):
            with contextlib.suppress(GraphError):
                self._current, self._stamp = self._hold(), stamp
        return self._current

    def release(self, snapshot: Snapshot) -> None:
        """Gives a snapshot back that no worker has open."""
        if snapshot != self._current:
            self._holder.release(snapshot.path)

    def close(self) -> None:
        """Gives all snapshots back."""
        self._holder.close()

    def _hold(self) -> Snapshot:
        manifest, path = self._holder.hold()
        tag = hashlib.sha256(f"{manifest!r}{manifest_stamp(self._folder)}".encode()).hexdigest()[:16]
        return Snapshot(path, tag, manifest)


class SandboxSource:
    """A copy of the store of a graph folder, in a temporary folder: updates change it, and it ends with the server."""

    def __init__(self, folder: Path) -> None:
        from pyoxigraph import Store

        manifest = read_manifest(folder)
        self._folder = Path(tempfile.mkdtemp(prefix="kg-sandbox-"))
        copy = self._folder / "store"
        shutil.copytree(folder / manifest.store, copy, ignore=shutil.ignore_patterns("LOCK", "LOG*"))
        Store(str(copy))  # an error comes out here and not in a worker
        self._current = Snapshot(copy, "", manifest, writable=True)

    def current(self) -> Snapshot:
        """The one snapshot that there is."""
        return self._current

    def release(self, snapshot: Snapshot) -> None:
        """It stays until the end."""

    def close(self) -> None:
        """Removes the copy."""
        shutil.rmtree(self._folder, ignore_errors=True)
