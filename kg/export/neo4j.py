"""Two CSV files for ``neo4j-admin database import``: nodes.csv and relationships.csv, with the types in their headers.

Labels are the kinds (``Paper``), relationship types the relations (``USES``). Items of lists are separated by ``;``, and no
field has a line break in it, so the importer needs no options.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute
from kg.export.flow import Flow

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_TYPES = {"string": "string", "strings": "string[]", "integer": "int", "double": "double"}
_NODE_COLUMNS: tuple[Attribute, ...] = (
    ("id:ID", "", attrgetter("id")),
    ("name", "string", attrgetter("label")),
    *NODE_ATTRIBUTES,
    (":LABEL", "", lambda node: node.kind.capitalize()),
)
_EDGE_COLUMNS: tuple[Attribute, ...] = (
    (":START_ID", "", attrgetter("source")),
    (":END_ID", "", attrgetter("target")),
    (":TYPE", "", lambda edge: name_type(edge.relation)),
    ("weight", "integer", attrgetter("weight")),
    *EDGE_ATTRIBUTES,
)
#: Line breaks of every kind, and characters that end or hide text.
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ROWS = 500


def write_files(store: Store, options: ExportOptions) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files by name. Each is to be written before the next is asked for."""
    with Flow(store, options.top, merged=options.merged) as flow:
        yield "nodes.csv", _write_csv(_NODE_COLUMNS, flow.nodes())
        yield "relationships.csv", _write_csv(_EDGE_COLUMNS, flow.edges())


def name_type(relation: str) -> str:
    """The type of a relationship, as Neo4j's style guide writes it.

    >>> name_type("evaluatesOn"), name_type("uses|introduces")
    ('EVALUATES_ON', 'USES_INTRODUCES')
    """
    return re.sub(r"[^A-Z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper())


def _write_csv(columns: Iterable[Attribute], items: Iterable[object]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"{name}:{_TYPES[kind]}" if kind else name for name, kind, _ in columns])
    for n, item in enumerate(items, 1):
        writer.writerow([_write_field(read(item)) for _, _, read in columns])
        if n % _ROWS == 0:
            yield _take(out)
    yield _take(out)


def _write_field(value: Any) -> Any:
    if isinstance(value, tuple):
        value = ";".join(item.replace(";", ",") for item in value)
    return _BREAKS.sub(" ", value).strip() if isinstance(value, str) else value


def _take(out: io.StringIO) -> bytes:
    data = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return data
