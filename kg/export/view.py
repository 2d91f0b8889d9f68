"""The graph as a whole, for what needs all of it at once: drawings and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.flow import Flow
from kg.export.records import Edge, Node

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class GraphView:
    """Nodes by id and edges by their ends; ``left_out`` counts the nodes that a limit removed."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


def load_view(store: Store, top: int | None = None, *, connected: bool = False, merged: bool = False) -> GraphView:
    """The entities that documents mention, and the edges between them; see :class:`kg.export.flow.Flow`."""
    with Flow(store, top, connected=connected, merged=merged) as flow:
        return GraphView(tuple(flow.nodes()), tuple(flow.edges()), flow.left_out)


def group_by_ends(edges: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    """Edges by their unordered pair of ends, for drawings in which parallel edges would hide each other."""
    groups: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        ends = (edge.source, edge.target) if edge.source <= edge.target else (edge.target, edge.source)
        groups.setdefault(ends, []).append(edge)
    return groups
