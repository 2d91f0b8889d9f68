"""GraphML, as Gephi, Cytoscape, yEd, igraph and networkx read it.

Gephi maps properties by the lower-case name of the key and drops edges of weight 0 or with an id that it has seen, so
weights are at least 1 and every edge has an id of its own; Cytoscape wants ``interaction``. Lists are joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.export.drawing import place_nodes, read_rgb
from kg.export.markup import escape_xml, join_chunks
from kg.export.view import Edge, Node, load_view

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

Value = str | int | float | None

#: Attribute, GraphML type, value. An empty or missing value is not written.
_NODE_KEYS: tuple[tuple[str, str, Callable[[Node], Value]], ...] = (
    ("label", "string", lambda n: n.label),
    ("kind", "string", lambda n: n.kind),
    ("weight", "int", lambda n: n.weight),
    ("documents", "int", lambda n: n.documents),
    ("first_seen", "string", lambda n: n.first_seen),
    ("year", "int", lambda n: n.year),
    ("tier", "int", lambda n: n.tier),
    ("title", "string", lambda n: n.title),
    ("arxiv", "string", lambda n: n.arxiv),
    ("aliases", "string", lambda n: "|".join(n.aliases)),
    ("topics", "string", lambda n: "|".join(n.topics)),
    ("definition", "string", lambda n: n.definition),
    ("iri", "string", lambda n: n.iri),
    ("size", "double", lambda n: n.size),
    ("r", "int", lambda n: read_rgb(n.colour)[0]),
    ("g", "int", lambda n: read_rgb(n.colour)[1]),
    ("b", "int", lambda n: read_rgb(n.colour)[2]),
)
_EDGE_KEYS: tuple[tuple[str, str, Callable[[Edge], Value]], ...] = (
    ("label", "string", lambda e: e.relation),
    ("relation", "string", lambda e: e.relation),
    ("interaction", "string", lambda e: e.relation),
    ("weight", "double", lambda e: float(e.weight)),
    ("confidence", "double", lambda e: e.confidence),
    ("first_seen", "string", lambda e: e.first_seen),
    ("sentence", "string", lambda e: e.sentences[0].text if e.sentences else None),
    ("document", "string", lambda e: e.sentences[0].document if e.sentences else None),
)


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file in chunks of UTF-8."""
    return join_chunks(_write_lines(store, options))


def _write_lines(store: Store, options: ExportOptions) -> Iterator[str]:
    view = load_view(store, options.top)
    places = place_nodes(view)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    )
    for name, kind in (*((n, k) for n, k, _ in _NODE_KEYS), ("x", "double"), ("y", "double")):
        yield f'  <key id="n_{name}" for="node" attr.name="{name}" attr.type="{kind}"/>'
    for name, kind, _ in _EDGE_KEYS:
        yield f'  <key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="claimgraph" edgedefault="directed">'
    for node in view.nodes:
        x, y = places[node.id]
        values = "".join(_write_data(f"n_{name}", read(node)) for name, _, read in _NODE_KEYS)
        yield f'    <node id="{node.id}">{values}{_write_data("n_x", x)}{_write_data("n_y", y)}</node>'
    for edge in view.edges:
        values = "".join(_write_data(f"e_{name}", read(edge)) for name, _, read in _EDGE_KEYS)
        yield f'    <edge id="{edge.id}" source="{edge.source}" target="{edge.target}">{values}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _write_data(key: str, value: Value) -> str:
    return "" if value is None or value == "" else f'<data key="{key}">{escape_xml(str(value))}</data>'
