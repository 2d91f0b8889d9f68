"""GEXF 1.3, for Gephi and Gephi Lite: positions, sizes, colours, typed attributes, and a timeline of first appearances.

Parallel edges have a ``kind`` each, so that Gephi keeps them apart. Dates stand as ``start`` for the timeline and again as
plain attributes, because graphology (Gephi Lite) reads no timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, join_list
from kg.export.drawing import place_links, read_rgb
from kg.export.flow import Flow
from kg.export.markup import escape_xml, join_chunks
from kg.export.records import Edge, Node

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_TYPES = {"string": "string", "strings": "string", "integer": "integer", "double": "double"}


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file in chunks of UTF-8."""
    return join_chunks(_write_lines(store, options))


def _write_lines(store: Store, options: ExportOptions) -> Iterator[str]:
    with Flow(store, options.top, merged=options.merged) as flow:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
        yield "  <meta><creator>claimgraph</creator><description>Papers, terms and institutions</description></meta>"
        mode = ' mode="dynamic" timeformat="date"' if flow.dated else ' mode="static"'
        yield f'  <graph defaultedgetype="directed"{mode}>'
        yield from _declare("node", NODE_ATTRIBUTES)
        yield from _declare("edge", EDGE_ATTRIBUTES)
        yield f'    <nodes count="{len(flow)}">'
        for node, place in zip(flow.nodes(), place_links(len(flow), flow.links()), strict=True):
            yield from _write_node(node, *place)
        yield "    </nodes>"
        yield "    <edges>"
        yield from write_edges(flow.edges(), merged=options.merged)
        yield "    </edges>"
        yield "  </graph>"
        yield "</gexf>"


def _write_node(node: Node, x: float, y: float) -> Iterator[str]:
    red, green, blue = read_rgb(node.colour)
    yield f'      <node id="{node.id}" label="{escape_xml(node.label)}"{_write_start(node.first_seen)}>'
    yield f"        <attvalues>{_write_values(node, NODE_ATTRIBUTES)}</attvalues>"
    yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>'
    yield f'        <viz:position x="{x}" y="{-y}" z="0.0"/><viz:size value="{node.size}"/>'
    yield "      </node>"


def write_edges(edges: Iterable[Edge], *, merged: bool = False) -> Iterator[str]:
    """The elements of edges. Parallel edges have a ``kind`` each, by which Gephi keeps them apart."""
    for edge in edges:
        relation = escape_xml(edge.relation)
        kind = "" if merged else f' kind="{relation}"'
        head = f'id="{edge.id}" source="{edge.source}" target="{edge.target}"{kind} label="{relation}"'
        yield (
            f'      <edge {head} weight="{float(edge.weight)}"{_write_start(edge.first_seen)}>'
            f"<attvalues>{_write_values(edge, EDGE_ATTRIBUTES)}</attvalues></edge>"
        )


def _declare(owner: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    yield f'    <attributes class="{owner}" mode="static">'
    yield from (f'      <attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>' for name, kind, _ in attributes)
    yield "    </attributes>"


def _write_start(date: str) -> str:
    return f' start="{escape_xml(date)}"' if date else ""


def _write_values(item: object, attributes: Iterable[Attribute]) -> str:
    values: list[tuple[str, Any]] = [(name, join_list(read(item))) for name, _, read in attributes]
    return "".join(
        [
            f'<attvalue for="{name}" value="{escape_xml(value) if isinstance(value, str) else value}"/>'
            for name, value in values
            if value is not None and value != ""
        ]
    )
