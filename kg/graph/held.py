"""A store held for a reader that lives long, such as a server: hard links to its files, which no build removes.

Oxigraph opens most files of a store when it first needs them, and does worse than fail where they have gone: a count may never
end. A build keeps one store before the current one, which is enough for a command and not for a query through several builds.

::

    graph/
      held-4f1d2c/store-000007/     links that one process holds
      held-4f1d2c.lock              locked while that process lives; the next one removes what nobody holds
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphError
from kg.graph.store import Manifest, manifest_stamp, read_manifest

_ATTEMPTS = 10


class StoreHolder:
    """Holds stores of one graph folder until each is released, or all are.

    Where the folder cannot be written to, or its disk has no hard links, the stores are given as they lie there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None
        self._place = folder
        read_manifest(folder)  # that there is a graph, before anything is made
        _remove_leftovers(folder)
        place = folder / f"held-{secrets.token_hex(4)}"
        try:
            self._lock = FileLock(f"{place}.lock", timeout=0)
            self._lock.acquire()
            place.mkdir()
            self._place = place
        except OSError:
            self._lock = None

    def hold(self) -> tuple[Manifest, Path]:
        """The current build: its manifest, and a path at which its store stays.

        Raises:
            GraphError: there is no graph, or builds follow each other faster than links are made.
        """
        for _ in range(_ATTEMPTS):
            stamp, manifest = manifest_stamp(self._folder), read_manifest(self._folder)
            source = self._folder / manifest.store
            if self._place == self._folder:
                return manifest, source
            target = self._place / f"{manifest.store}-{secrets.token_hex(2)}"
            try:
                target.mkdir(parents=True)
                for file in source.iterdir():
                    os.link(file, target / file.name)
            except FileNotFoundError:
                self.release(target)
                continue
            except OSError:  # a disk without hard links
                self.close()
                return manifest, source
            if manifest_stamp(self._folder) == stamp:
                return manifest, target
            self.release(target)
        raise GraphError(f"the graph in {self._folder} changes too fast or is damaged", "try again when the builds have ended")

    def release(self, path: Path) -> None:
        """Gives a held store back."""
        if path.parent == self._place != self._folder:
            shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Gives all of them back."""
        if self._lock is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place = self._folder
            self._lock.release()
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock = None


def _remove_leftovers(folder: Path) -> None:
    """Removes what processes held that were killed."""
    for path in sorted(folder.glob("held-*.lock")):
        lock = FileLock(path, timeout=0)
        try:
            with lock:
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
        except (Timeout, OSError):
            continue
