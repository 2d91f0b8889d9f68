"""Which store is served: the current one of a graph folder, or in a sandbox a copy of it that may change."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.graph.store import Manifest, manifest_stamp, read_manifest


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store at one point of its life. ``tag`` differs wherever the content may."""

    path: Path
    tag: str
    manifest: Manifest
    writable: bool = False


class GraphSource:
    """The store of a graph folder as of its last build."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: object = None
        self._current = self.current()

    def current(self) -> Snapshot:
        """The snapshot of the newest build; the one from before while the folder has no readable manifest.

        Raises:
            GraphError: there has never been one.
        """
        stamp = manifest_stamp(self._folder)
        if stamp != self._stamp or stamp is None:
            try:
                manifest = read_manifest(self._folder)
            except GraphError:
                if self._stamp is None:
                    raise
                return self._current
            tag = hashlib.sha256(f"{manifest!r}{stamp}".encode()).hexdigest()[:16]
            self._current, self._stamp = Snapshot(self._folder / manifest.store, tag, manifest), stamp
        return self._current

    def close(self) -> None:
        """Nothing to give back."""


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
        return self._current

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
