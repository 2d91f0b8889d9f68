"""Turtle: all triples of all graphs, sorted, with prefixes. The names of the graphs are left out (see nquads, jsonld)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.graph.vocab import ID, PREFIXES
from kg.model import Kind

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

#: A prefix for each kind of node, because a slash in a local name has to be escaped.
_NODES = {kind: f"{ID}{kind}/" for kind in (*map(str, Kind), "document", "claim", "evidence", "assertion", "thread", "rule")}


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file as one chunk; each triple once."""
    from pyoxigraph import RdfFormat, serialize

    triples = {quad.triple for quad in store.quads_for_pattern(None, None, None, None)}
    yield serialize(sorted(triples, key=str), format=RdfFormat.TURTLE, prefixes={**PREFIXES, **_NODES}) or b""
