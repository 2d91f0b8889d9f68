"""Exports of many files: a folder, in which only what an export wrote is ever replaced or removed."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import KgError

#: The list of the files that the last export wrote.
_LIST = ".claimgraph.json"


def write_folder(folder: Path, files: Iterable[tuple[str, Iterator[bytes]]]) -> int:
    """Writes files by relative path and returns their size in bytes; removes those of the last export that are no more.

    Raises:
        KgError: there is a file of that name that no export wrote.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _read_list(folder)
    written: list[str] = []
    size = 0
    try:
        for name, chunks in files:
            path = folder / name
            if name not in before and os.path.lexists(path):
                raise KgError(
                    f"{path} is there already, and no export wrote it", "give another folder with -o, or move it away"
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(name)
            size += replace_file(path, chunks)
    finally:
        _write_list(folder, sorted(before | set(written)))
    for name in sorted(before - set(written)):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    _write_list(folder, sorted(written))
    return size


def _read_list(folder: Path) -> set[str]:
    """Names of the last export that stay inside the folder, whatever somebody wrote into the list."""
    try:
        names = json.loads((folder / _LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    root = folder.resolve()
    good = (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return {name for name in good if (folder / name).parent.resolve().is_relative_to(root)}


def _write_list(folder: Path, names: list[str]) -> None:
    replace_file(folder / _LIST, iter([json.dumps(names, indent=0).encode()]))


def replace_file(path: Path, chunks: Iterable[bytes]) -> int:
    """Writes a file and returns its size; what was there is replaced in one step when all is written."""
    size = 0
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += file.write(chunk)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return size
