"""A graph as a file. One small module a format, each with a function ``write_chunks(store, options)``, or ``write_files`` for
formats of many files; this is their registry.

flow      nodes and edges as they come from the store     view     all of them at once    records    what they are made of
scratch   a database on disk that sorts and joins them      markup, notes    text that XML, Markdown and file systems allow
drawing   positions                                       attributes       the columns of graph files
graphml, gexf, cx2, tables (csv), neo4j, obsidian, turtle, nquads, jsonld, page (html)     the formats
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.options import ExportOptions

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["FOLDERS", "FORMATS", "ExportOptions", "export_graph", "write_export"]

#: Formats and the modules that write them; a module is loaded when its format is asked for.
FORMATS = {
    "html": "page",
    "graphml": "graphml",
    "gexf": "gexf",
    "cx2": "cx2",
    "csv": "tables",
    "neo4j": "neo4j",
    "obsidian": "obsidian",
    "turtle": "turtle",
    "nquads": "nquads",
    "jsonld": "jsonld",
}
#: Formats that are always a folder. ``csv`` is one where its path does not end in ``.zip``.
FOLDERS = ("neo4j", "obsidian")


def export_graph(store: Store, form: str, options: ExportOptions | None = None) -> Iterator[bytes]:
    """The file as chunks of bytes, the same for the same graph.

    Raises:
        KgError: there is no such format, or it is one of many files.
    """
    if form not in FORMATS:
        raise KgError(f"no format is called {form!r}", "one of " + ", ".join(FORMATS))
    if form in FOLDERS:
        raise KgError(f"{form} is a folder of files", f"give a folder: kg export {form} -o DIR")
    chunks: Iterator[bytes] = import_module(f"kg.export.{FORMATS[form]}").write_chunks(store, options or ExportOptions())
    return chunks


def write_export(store: Store, form: str, path: Path, options: ExportOptions | None = None) -> int:
    """Writes the file and returns its size in bytes. ``path`` is replaced in one step when all is written.

    ``neo4j`` and ``obsidian``, and ``csv`` to a path that does not end in ``.zip``, make a folder of files.

    Raises:
        KgError: there is no such format, or the path cannot be written.
    """
    from kg.export.folder import replace_file, write_folder

    try:
        if form in FOLDERS or (form == "csv" and path.suffix.lower() != ".zip"):
            module = import_module(f"kg.export.{FORMATS[form]}")
            return write_folder(path, module.write_files(store, options or ExportOptions()))
        return replace_file(path, export_graph(store, form, options))
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}", "give a path of your own with -o") from error
