"""Two CSV tables, nodes.csv and edges.csv, for spreadsheets and data frames; as one file they are a zip.

UTF-8, RFC 4180. Text that a spreadsheet would run as a formula (it starts with ``=``, ``+``, ``-`` or ``@``) gets an
apostrophe before it, as OWASP advises: labels and sentences come from the web.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.export.records import Node
from kg.export.view import load_view

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_NODE_COLUMNS = (
    *("id", "label", "kind", "weight", "documents", "first_seen", "year", "tier", "title", "arxiv"),
    *("aliases", "topics", "definition", "iri"),
)
_EDGE_COLUMNS = ("source", "relation", "target", "weight", "confidence", "first_seen", "sentence", "document", "date")


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """A zip of both tables, with the same bytes for the same graph."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in write_tables(store, options).items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    yield buffer.getvalue()


def write_files(store: Store, options: ExportOptions) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The tables as files of a folder."""
    return ((name, iter([data])) for name, data in write_tables(store, options).items())


def write_tables(store: Store, options: ExportOptions) -> dict[str, bytes]:
    """The tables by file name. ``edges.csv`` has one row for each sentence of an edge, and one for an edge without any."""
    view = load_view(store, options.top, merged=options.merged)
    nodes = (
        (n.id, n.label, n.kind, n.weight, n.documents, n.first_seen, n.year, n.tier, n.title, n.arxiv, *_join_lists(n), n.iri)
        for n in view.nodes
    )
    edges = (
        [e.source, e.relation, e.target, e.weight, e.confidence, e.first_seen, *sentence]
        for e in view.edges
        for sentence in ([(s.text, s.document, s.date) for s in e.sentences] or [("", "", "")])
    )
    return {"nodes.csv": _write_csv(_NODE_COLUMNS, nodes), "edges.csv": _write_csv(_EDGE_COLUMNS, edges)}


def _join_lists(node: Node) -> tuple[str, str, str]:
    return "|".join(node.aliases), "|".join(node.topics), node.definition


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_tame(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _tame(cell: object) -> object:
    if isinstance(cell, str):
        cell = cell.replace("\x00", "\ufffd")
        return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
    return "" if cell is None else cell
