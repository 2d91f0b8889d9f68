"""Finds the files that a user's words name: files, folders, globs."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kg.errors import SourceError


def find_files(patterns: Sequence[str], suffixes: Collection[str]) -> list[Path]:
    """The files that ``patterns`` name, sorted, each once. A file that is named outright is taken whatever its suffix is;
    folders give the files below them that have one of ``suffixes``, hidden ones left out.

    Raises:
        SourceError: a path does not exist, a glob matches nothing, or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        for path in _expand(pattern):
            if path.is_dir():
                inside = sorted(_walk(path, suffixes))
                if not inside:
                    raise SourceError(f"no documents in {pattern}", f"known suffixes: {' '.join(sorted(suffixes))}")
                found.update(dict.fromkeys(inside))
            else:
                found[path] = None
    return sorted(found, key=lambda p: p.as_posix())


def _expand(pattern: str) -> list[Path]:
    path = Path(pattern).expanduser()
    if path.exists():
        return [path]
    if not glob.has_magic(pattern):
        raise SourceError(f"no such file or folder: {pattern}", "check the path; quote patterns such as 'digests/*.md'")
    matches = [Path(m) for m in sorted(glob.glob(str(path), recursive=True))]
    if not matches:
        raise SourceError(f"nothing matches {pattern}", "** also looks into folders: 'digests/**/*.md'")
    return [m for m in matches if m.is_file()] or matches


def _walk(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in files:
            path = Path(root, name)
            if not name.startswith(".") and path.suffix.lower() in suffixes:
                yield path
