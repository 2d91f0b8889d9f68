"""CX2, the Cytoscape Exchange Format (version 2): typed attributes with real lists, positions, and a style that shows them.

Cytoscape opens it with File > Import > Network from File, and the web version and NDEx read it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute
from kg.export.drawing import place_links
from kg.export.flow import Flow
from kg.export.markup import join_chunks
from kg.export.records import COLOURS

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_TYPES = {"string": "string", "strings": "list_of_string", "integer": "integer", "double": "double"}
_NODE_COLUMNS: tuple[Attribute, ...] = (
    ("name", "string", attrgetter("label")),
    *NODE_ATTRIBUTES,
    ("size", "double", attrgetter("size")),
)
_EDGE_COLUMNS: tuple[Attribute, ...] = (
    ("interaction", "string", attrgetter("relation")),
    ("weight", "integer", attrgetter("weight")),
    *EDGE_ATTRIBUTES,
)


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file in chunks of UTF-8."""
    return join_chunks(_write_lines(store, options))


def _write_lines(store: Store, options: ExportOptions) -> Iterator[str]:
    with Flow(store, options.top, merged=options.merged) as flow:
        count = sum(1 for _ in flow.edges())
        sizes = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(flow), "edges": count, "visualProperties": 1}
        yield '[{"CXVersion":"2.0","hasFragments":false},'
        yield _write_json({"metaData": [{"name": name, "elementCount": n} for name, n in sizes.items()]}) + ","
        declared = {"nodes": _declare(_NODE_COLUMNS), "edges": _declare(_EDGE_COLUMNS)}
        declared["networkAttributes"] = {"name": {"d": "string"}, "description": {"d": "string"}}
        yield _write_json({"attributeDeclarations": [declared]}) + ","
        about = {"name": options.title, "description": "Papers, terms and institutions, as documents link them"}
        yield _write_json({"networkAttributes": [about]}) + ","
        number: dict[str, int] = {}
        yield '{"nodes":['
        nodes = enumerate(zip(flow.nodes(), place_links(len(flow), flow.links()), strict=True))
        yield from _separate(_place_node(n, node, place, number) for n, (node, place) in nodes)
        yield ']},{"edges":['
        edges = enumerate(flow.edges())
        yield from _separate(
            {"id": n, "s": number[edge.source], "t": number[edge.target], "v": _read_values(edge, _EDGE_COLUMNS)}
            for n, edge in edges
        )
        yield "]},"
        yield _write_json({"visualProperties": [_style()]}) + ","
        yield '{"status":[{"success":true}]}]'


def _place_node(n: int, node: Any, place: tuple[float, float], number: dict[str, int]) -> dict[str, Any]:
    number[node.id] = n
    return {"id": n, "x": place[0], "y": place[1], "v": _read_values(node, _NODE_COLUMNS)}


def _declare(columns: Iterable[Attribute]) -> dict[str, dict[str, str]]:
    return {name: {"d": _TYPES[kind]} for name, kind, _ in columns}


def _read_values(item: object, columns: Iterable[Attribute]) -> dict[str, Any]:
    values = ((name, read(item)) for name, _, read in columns)
    return {name: value for name, value in values if value is not None and value not in ("", ())}


def _style() -> dict[str, Any]:
    """Names as labels, colour by kind, size by weight."""
    colours = {"type": "DISCRETE", "definition": {"attribute": "kind", "map": [{"v": k, "vp": c} for k, c in COLOURS.items()]}}
    passing = [("NODE_LABEL", "name"), ("NODE_WIDTH", "size"), ("NODE_HEIGHT", "size")]
    mapped = {p: {"type": "PASSTHROUGH", "definition": {"attribute": name}} for p, name in passing}
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_SHAPE": "ellipse", "NODE_BACKGROUND_COLOR": "#666666", "NODE_LABEL_FONT_SIZE": 10},
            "edge": {"EDGE_LINE_COLOR": "#8A8F96", "EDGE_WIDTH": 1.0, "EDGE_TARGET_ARROW_SHAPE": "triangle"},
        },
        "nodeMapping": {"NODE_BACKGROUND_COLOR": colours, **mapped},
        "edgeMapping": {},
    }


def _separate(items: Iterable[object]) -> Iterator[str]:
    """The items as JSON, one a line, with commas between them."""
    for n, item in enumerate(items):
        yield ("," if n else "") + _write_json(item)


def _write_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
