"""One HTML page with the whole picture: pyvis and its vis-network, made fit for text from the web and for larger graphs.

What pyvis does by default is done otherwise here, because (measured on pyvis 0.3.2) its page loads two files from a CDN,
runs scripts that stand in titles and headings, and lays out in the browser for minutes. So: positions come from
:mod:`kg.export.drawing`, physics is off, the page is a template of our own in which all text is data, and a
Content-Security-Policy lets only the page's own scripts run and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from kg.export.drawing import place_nodes
from kg.export.records import COLOURS, Edge, Node
from kg.export.view import GraphView, group_by_ends, load_view
from kg.markdown import drop_marks
from kg.resources import package_file
from kg.words import PASSIVE, relation_words

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

#: Nodes on a page where the user sets no limit: more are slow to move in a browser.
LARGEST = 5000
_SPREAD = 1.1  # room for names between dots
_SENTENCES = 3  # a relation shows so many
_LIBRARY = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_SOURCE_MAP = "//# sourceMappingURL=vis-network.min.js.map"
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 1},
    "edges": {
        "smooth": False,
        "color": {"color": "#8a8f96", "opacity": 0.4, "highlight": "#8a8f96", "hover": "#8a8f96"},
        "selectionWidth": 0,
        "hoverWidth": 0,
    },
    "interaction": {"tooltipDelay": 150, "hideEdgesOnDrag": False, "hideEdgesOnZoom": False},
}


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The page as one chunk of UTF-8."""
    view = load_view(store, options.top or LARGEST, connected=True)
    yield render_page(view, options.title).encode("utf-8", "replace")


def frame_page(store: Store, options: ExportOptions, height: int = 600) -> str:
    """The page inside an element for a notebook, ``height`` pixels high: sandboxed, so that it sees nothing of the notebook."""
    page = b"".join(write_chunks(store, options)).decode("utf-8")
    style = f"width:100%;height:{height}px;border:1px solid #d0d0d0"
    title = html.escape(options.title)
    return f'<iframe title="{title}" sandbox="allow-scripts" style="{style}" srcdoc="{html.escape(page)}"></iframe>'


def make_network(view: GraphView) -> Any:
    """The picture as a ``pyvis.network.Network``, to restyle in a notebook. Labels and titles are plain text.

    Its own ``write_html`` has the weaknesses that this module's page avoids; show it to trusted eyes only.
    """
    from pyvis.network import Network

    network = Network(directed=False, cdn_resources="in_line")
    places = place_nodes(view)
    # pyvis's add_edge looks through all edges each time; its lists are filled directly
    network.nodes = [{**_draw_node(node, places[node.id]), "title": _describe_node(node)} for node in view.nodes]
    network.node_ids = [node.id for node in view.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    labels = {node.id: node.label for node in view.nodes}
    network.edges = [{**_draw_edge(group), "title": _describe_edge(group, labels)} for group in _lines(view)]
    network.options.__dict__.update(_OPTIONS)
    return network


def render_page(view: GraphView, title: str) -> str:
    """The page as text: the same for the same view."""
    assets = package_file("export", "assets")
    script, style = (assets.joinpath(name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    library = files("pyvis").joinpath(*_LIBRARY).read_text(encoding="utf-8").replace(_SOURCE_MAP, "")
    template = Template(assets.joinpath("page.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=html.escape(title),
        summary=html.escape(_summarise(view)),
        data=_write_json(_collect_data(view)),
        library=library,
        script=script,
        style=style,
        script_hashes=f"{_hash_source(library)} {_hash_source(script)}",
        style_hash=_hash_source(style),
    )


def _collect_data(view: GraphView) -> dict[str, Any]:
    """What the script draws and shows. Nodes, relations and sentences stand once each: edges and facts have their numbers."""
    places = place_nodes(view)
    node = {node.id: n for n, node in enumerate(view.nodes)}
    relations: dict[str, int] = {}
    sentences: dict[tuple[str, str], int] = {}
    facts = []
    for edge in view.edges:
        said = [(drop_marks(s.text), f"{s.document}, {s.date}" if s.date else s.document) for s in edge.sentences[:_SENTENCES]]
        numbers = tuple([sentences.setdefault(pair, len(sentences)) for pair in said])
        facts.append((node[edge.source], node[edge.target], relations.setdefault(edge.relation, len(relations)), numbers))
    kinds = Counter(node.kind for node in view.nodes)
    interaction = {
        **_OPTIONS["interaction"],
        "hideEdgesOnDrag": len(view.edges) > 4000,
        "hideEdgesOnZoom": len(view.edges) > 4000,
    }
    return {
        "nodes": [_draw_node(node, places[node.id]) for node in view.nodes],
        "edges": [(node[group[0].source], node[group[0].target], _width(group)) for group in _lines(view)],
        "facts": facts,
        "relations": list(relations),
        "sentences": list(sentences),
        "kinds": [(kind, COLOURS[kind], kinds[kind]) for kind in COLOURS if kind in kinds],
        "passive": PASSIVE,
        "options": {**_OPTIONS, "interaction": interaction},
    }


def _lines(view: GraphView) -> list[list[Edge]]:
    """The relations of each line that is drawn."""
    return [group for (start, end), group in group_by_ends(view.edges).items() if start != end]


def _list_facts(node: Node) -> str:
    facts = [node.kind, node.title, ", ".join(node.aliases), str(node.year or ""), ", ".join(node.topics)]
    facts.append(f"first seen {node.first_seen}" if node.first_seen else "")
    return " · ".join([drop_marks(fact) for fact in facts if fact and fact != node.label])


def _draw_node(node: Node, place: tuple[float, float]) -> dict[str, Any]:
    label = drop_marks(node.label)
    return {
        "id": node.id,
        "label": label,
        "short": label if len(label) <= 32 else label[:31] + "…",
        "kind": node.kind,
        "color": node.colour,
        "shape": "dot",
        "size": node.size,
        "value": node.weight,
        "x": round(place[0] * _SPREAD, 1),
        "y": round(place[1] * _SPREAD, 1),
        "facts": _list_facts(node),
        "aliases": node.aliases,
        "definition": drop_marks(node.definition),
        "arxiv": node.arxiv,
    }


def _draw_edge(group: Sequence[Edge]) -> dict[str, Any]:
    """One line for all relations of a pair of nodes."""
    return {"from": group[0].source, "to": group[0].target, "width": _width(group)}


def _width(group: Sequence[Edge]) -> float:
    return round(min(1.0 + 0.6 * sum([edge.weight for edge in group]), 5.0), 2)


def _describe_node(node: Node) -> str:
    return "\n".join(
        text for text in (drop_marks(node.label)[:200], _list_facts(node)[:300], drop_marks(node.definition)[:300]) if text
    )


def _describe_edge(group: Sequence[Edge], labels: dict[str, str]) -> str:
    """The relations of a line, each with its first sentence."""
    lines = []
    for edge in group:
        lines.append(
            f"{drop_marks(labels[edge.source])[:80]} {relation_words(edge.relation)} {drop_marks(labels[edge.target])[:80]}"
        )
        lines += [f"“{drop_marks(s.text)[:400]}” — {s.document[:120]}" for s in edge.sentences[:1]]
    return "\n".join(lines)


def _summarise(view: GraphView) -> str:
    text = f"{len(view.nodes):,} nodes, {len(view.edges):,} edges"
    return f"{text} ({view.left_out:,} nodes with fewer edges are left out)" if view.left_out else text


def _write_json(data: object) -> str:
    """JSON that can stand inside a script element: no ``<`` to end it with, no lone surrogate."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _hash_source(text: str) -> str:
    """A source expression for a Content-Security-Policy (CSP Level 3, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"
