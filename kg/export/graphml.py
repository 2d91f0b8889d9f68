"""GraphML, as Gephi, Cytoscape, yEd, igraph and networkx read it.

Gephi maps properties by the lower-case name of the key and drops edges of weight 0 or with an id that it has seen, so
weights are at least 1 and every edge has an id of its own; Cytoscape wants ``interaction``. Lists are joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, join_list
from kg.export.drawing import place_links, read_rgb
from kg.export.flow import Flow
from kg.export.markup import escape_xml, join_chunks
from kg.export.records import Edge

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_TYPES = {"string": "string", "strings": "string", "integer": "int", "double": "double"}
_NODE_KEYS: tuple[Attribute, ...] = (
    ("label", "string", attrgetter("label")),
    *NODE_ATTRIBUTES,
    ("size", "double", attrgetter("size")),
    ("r", "integer", lambda n: read_rgb(n.colour)[0]),
    ("g", "integer", lambda n: read_rgb(n.colour)[1]),
    ("b", "integer", lambda n: read_rgb(n.colour)[2]),
)
_EDGE_KEYS: tuple[Attribute, ...] = (
    ("label", "string", attrgetter("relation")),
    ("interaction", "string", attrgetter("relation")),
    ("weight", "double", lambda e: float(e.weight)),
    *EDGE_ATTRIBUTES,
)


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file in chunks of UTF-8."""
    return join_chunks(_write_lines(store, options))


def _write_lines(store: Store, options: ExportOptions) -> Iterator[str]:
    with Flow(store, options.top, merged=options.merged) as flow:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield (
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
        )
        for name, kind in (*((n, k) for n, k, _ in _NODE_KEYS), ("x", "double"), ("y", "double")):
            yield f'  <key id="n_{name}" for="node" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'
        for name, kind, _ in _EDGE_KEYS:
            yield f'  <key id="e_{name}" for="edge" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'
        yield '  <graph id="claimgraph" edgedefault="directed">'
        keys = [(f'<data key="n_{name}">', read) for name, _, read in _NODE_KEYS]
        for node, (x, y) in zip(flow.nodes(), place_links(len(flow), flow.links()), strict=True):
            place = f'<data key="n_x">{x}</data><data key="n_y">{-y}</data>'
            yield f'    <node id="{node.id}">{_write_data(node, keys)}{place}</node>'
        yield from write_edges(flow.edges())
        yield "  </graph>"
        yield "</graphml>"


def write_edges(edges: Iterable[Edge]) -> Iterator[str]:
    """An element for each edge."""
    keys = [(f'<data key="e_{name}">', read) for name, _, read in _EDGE_KEYS]
    for edge in edges:
        yield f'    <edge id="{edge.id}" source="{edge.source}" target="{edge.target}">{_write_data(edge, keys)}</edge>'


def _write_data(item: object, keys: list[tuple[str, Any]]) -> str:
    values = [(start, read(item)) for start, read in keys]
    return "".join(
        [
            f"{start}{escape_xml(value) if isinstance(value, str) else value}</data>"
            for start, value in ((start, join_list(value)) for start, value in values)
            if value is not None and value != ""
        ]
    )
