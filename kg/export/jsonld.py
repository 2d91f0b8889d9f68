"""JSON-LD 1.1: every quad, sorted, with the graphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.graph.vocab import ID, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export import ExportOptions


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file as one chunk."""
    from pyoxigraph import RdfFormat, serialize

    quads = sorted(store, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    yield (serialize(quads, format=RdfFormat.JSON_LD, prefixes={**PREFIXES, "id": ID}) or b"") + b"\n"
