"""A graph as a file. One small module a format, each with a function ``write_chunks(store, options)``; this is their registry.

view      the graph as nodes and edges      layout    positions      markup    text that XML allows
graphml, gexf, tables (csv), turtle, nquads, jsonld, page (html)     the formats
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.options import ExportOptions

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["FORMATS", "ExportOptions", "export_graph", "write_export"]

#: Formats and the modules that write them; a module is loaded when its format is asked for.
FORMATS = {
    "html": "page",
    "graphml": "graphml",
    "gexf": "gexf",
    "csv": "tables",
    "turtle": "turtle",
    "nquads": "nquads",
    "jsonld": "jsonld",
}


def export_graph(store: Store, form: str, options: ExportOptions | None = None) -> Iterator[bytes]:
    """The file as chunks of bytes, the same for the same graph.

    Raises:
        KgError: there is no such format.
    """
    if form not in FORMATS:
        raise KgError(f"no format is called {form!r}", "one of " + ", ".join(FORMATS))
    chunks: Iterator[bytes] = import_module(f"kg.export.{FORMATS[form]}").write_chunks(store, options or ExportOptions())
    return chunks


def write_export(store: Store, form: str, path: Path, options: ExportOptions | None = None) -> int:
    """Writes the file and returns its size in bytes. ``path`` is replaced in one step when all is written.

    ``csv`` to a path that does not end in ``.zip`` makes a folder with ``nodes.csv`` and ``edges.csv``.

    Raises:
        KgError: there is no such format, or the path cannot be written.
    """
    try:
        if form == "csv" and path.suffix.lower() != ".zip":
            from kg.export.tables import write_tables

            path.mkdir(parents=True, exist_ok=True)
            tables = write_tables(store, options or ExportOptions())
            return sum(_replace_file(path / name, iter([data])) for name, data in tables.items())
        return _replace_file(path, export_graph(store, form, options))
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}", "give a path of your own with -o") from error


def _replace_file(path: Path, chunks: Iterator[bytes]) -> int:
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
