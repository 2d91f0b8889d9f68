"""GEXF 1.3, for Gephi and Gephi Lite: positions, sizes, colours, typed attributes, and a timeline of first appearances.

Parallel edges have a ``kind`` each, so that Gephi keeps them apart. Dates stand as ``start`` for the timeline and again as
plain attributes, because graphology (Gephi Lite) reads no timeline.
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

_NODE_ATTRIBUTES: tuple[tuple[str, str, Callable[[Node], Value]], ...] = (
    ("kind", "string", lambda n: n.kind),
    ("weight", "integer", lambda n: n.weight),
    ("documents", "integer", lambda n: n.documents),
    ("first_seen", "string", lambda n: n.first_seen),
    ("year", "integer", lambda n: n.year),
    ("tier", "integer", lambda n: n.tier),
    ("title", "string", lambda n: n.title),
    ("arxiv", "string", lambda n: n.arxiv),
    ("aliases", "string", lambda n: "|".join(n.aliases)),
    ("topics", "string", lambda n: "|".join(n.topics)),
    ("definition", "string", lambda n: n.definition),
    ("iri", "string", lambda n: n.iri),
)
_EDGE_ATTRIBUTES: tuple[tuple[str, str, Callable[[Edge], Value]], ...] = (
    ("relation", "string", lambda e: e.relation),
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
    dated = any(node.first_seen for node in view.nodes) or any(edge.first_seen for edge in view.edges)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield "  <meta><creator>claimgraph</creator><description>Papers, terms and institutions</description></meta>"
    mode = ' mode="dynamic" timeformat="date"' if dated else ' mode="static"'
    yield f'  <graph defaultedgetype="directed"{mode}>'
    yield from _declare("node", [(name, kind) for name, kind, _ in _NODE_ATTRIBUTES])
    yield from _declare("edge", [(name, kind) for name, kind, _ in _EDGE_ATTRIBUTES])
    yield f'    <nodes count="{len(view.nodes)}">'
    for node in view.nodes:
        x, y = places[node.id]
        yield f'      <node id="{node.id}" label="{escape_xml(node.label)}"{_write_start(node.first_seen)}>'
        yield from _write_values((name, read(node)) for name, _, read in _NODE_ATTRIBUTES)
        red, green, blue = read_rgb(node.colour)
        yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>'
        yield f'        <viz:position x="{x}" y="{-y}" z="0.0"/><viz:size value="{node.size}"/>'
        yield "      </node>"
    yield "    </nodes>"
    yield f'    <edges count="{len(view.edges)}">'
    for edge in view.edges:
        head = f'id="{edge.id}" source="{edge.source}" target="{edge.target}" kind="{edge.relation}" label="{edge.relation}"'
        yield f'      <edge {head} weight="{float(edge.weight)}"{_write_start(edge.first_seen)}>'
        yield from _write_values((name, read(edge)) for name, _, read in _EDGE_ATTRIBUTES)
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _declare(owner: str, attributes: list[tuple[str, str]]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">'
    yield from (f'      <attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in attributes)
    yield "    </attributes>"


def _write_start(date: str) -> str:
    return f' start="{escape_xml(date)}"' if date else ""


def _write_values(values: Iterator[tuple[str, Value]]) -> Iterator[str]:
    written = [
        f'<attvalue for="{name}" value="{escape_xml(str(value))}"/>'
        for name, value in values
        if value is not None and value != ""
    ]
    if written:
        yield f"        <attvalues>{''.join(written)}</attvalues>"
