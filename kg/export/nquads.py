"""Canonical N-Quads: the whole store, sorted bytewise. Equal graphs give equal files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.graph.store import dump_nquads

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file line by line."""
    return dump_nquads(store)
