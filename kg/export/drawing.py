"""Where the nodes of a view stand in a picture."""

from __future__ import annotations

from kg.export.view import GraphView, group_by_ends


def place_nodes(view: GraphView) -> dict[str, tuple[float, float]]:
    """Coordinates by node id, rounded to a tenth. Edges said by more documents pull harder."""
    from kg.export.layout import layout_graph

    index = {node.id: n for n, node in enumerate(view.nodes)}
    edges = {
        (index[a], index[b]): float(sum(edge.weight for edge in group))
        for (a, b), group in group_by_ends(view.edges).items()
        if a != b
    }
    points = layout_graph(len(view.nodes), {(min(pair), max(pair)): weight for pair, weight in edges.items()})
    return {node.id: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(view.nodes, points, strict=True)}


def read_rgb(colour: str) -> tuple[int, int, int]:
    """The parts of ``#rrggbb`` as integers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
