"""The graph as nodes and edges with plain attributes: what every drawing and table is made from."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.graph.vocab import KIND_OF_CLASS, entity_id
from kg.query import run_rows

if TYPE_CHECKING:
    from pyoxigraph import Store

_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]")

#: Colour-blind safe hues (Okabe & Ito 2008, darkened where white text or a white page needs it), one a kind.
COLOURS = {
    "paper": "#0072b2",
    "technique": "#d55e00",
    "concept": "#b8860b",
    "problem": "#a61c3c",
    "task": "#8c6bb1",
    "metric": "#7f7f7f",
    "benchmark": "#009e73",
    "model": "#cc79a7",
    "hardware": "#5c4033",
    "institution": "#3b8ea5",
    "person": "#56741b",
    "venue": "#44546a",
    "topic": "#9c8b6e",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that says an edge, and where it stands."""

    text: str
    document: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. ``id`` is an XML name token without slashes; ``weight`` counts its edges (at least 1); dates are ISO."""

    id: str
    iri: str
    label: str
    kind: str
    weight: int = 1
    documents: int = 0
    first_seen: str = ""
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    title: str = ""
    arxiv: str = ""
    year: int | None = None
    tier: int | None = None
    definition: str = ""

    @property
    def colour(self) -> str:
        return COLOURS.get(self.kind, "#666666")

    @property
    def size(self) -> float:
        """The size of its dot: the area grows with the weight, up to a limit that leaves room for others."""
        return round(7 + 3 * math.sqrt(min(self.weight, 100)), 2)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes. ``weight`` is the number of documents that say it, at least 1."""

    id: str
    source: str
    target: str
    relation: str
    weight: int = 1
    confidence: float | None = None
    first_seen: str = ""
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphView:
    """Nodes by id and edges by their ends; ``left_out`` counts the nodes that a limit removed."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


def load_view(store: Store, top: int | None = None, *, connected: bool = False) -> GraphView:
    """The entities that documents mention, and the edges between them.

    Args:
        store: an open graph.
        top: keep only so many nodes, those with most edges.
        connected: leave out nodes without an edge.
    """
    nodes = _load_nodes(store)
    edges = _load_edges(store, nodes)
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    weighed = [replace(node, weight=max(1, degree[node.id])) for node in nodes.values() if not connected or degree[node.id]]
    kept = sorted(weighed, key=lambda node: (-node.weight, node.id))[:top]
    ids = {node.id for node in kept}
    inside = [edge for edge in edges if edge.source in ids and edge.target in ids]
    numbered = (replace(edge, id=f"e{n}") for n, edge in enumerate(inside))
    return GraphView(tuple(sorted(kept, key=lambda node: node.id)), tuple(numbered), len(weighed) - len(kept))


def _load_nodes(store: Store) -> dict[str, Node]:
    """Nodes by IRI."""
    facts: dict[str, dict[str, list[str]]] = {}
    for row in run_rows(store, "_network-facts"):
        facts.setdefault(row["node"], {}).setdefault(row["fact"], []).append(row["value"])
    nodes: dict[str, Node] = {}
    for row in run_rows(store, "_network-nodes"):
        kind = KIND_OF_CLASS.get(row["class"])
        if kind and row["node"] not in nodes:
            nodes[row["node"]] = _make_node(row, str(kind), facts.get(row["node"], {}))
    return nodes


def _make_node(row: Mapping[str, str], kind: str, facts: Mapping[str, Sequence[str]]) -> Node:
    name = entity_id(row["node"])
    one = {fact: values[0] for fact, values in facts.items()}
    return Node(
        id=_NOT_NAME.sub("_", name.replace("/", ".", 1)),
        iri=row["node"],
        label=one.get("label", name),
        kind=kind,
        documents=int(row.get("documents", "0")),
        first_seen=row.get("firstSeen", ""),
        aliases=tuple(facts.get("aliases", ())),
        topics=tuple(facts.get("topics", ())),
        title=one.get("title", ""),
        arxiv=one.get("arxiv", ""),
        year=int(one["year"]) if "year" in one else None,
        tier=int(one["tier"]) if "tier" in one else None,
        definition=one.get("definition", ""),
    )


def _load_edges(store: Store, nodes: Mapping[str, Node]) -> list[Edge]:
    """All edges between ``nodes``, each once, sorted by their ends and relation."""
    edges: dict[tuple[str, str, str], Edge] = {}
    for row in run_rows(store, "_network-edges"):
        if row["subject"] not in nodes or row["object"] not in nodes:
            continue
        relation = re.sub(r"^.*[#/]", "", row["property"])
        key = nodes[row["subject"]].id, nodes[row["object"]].id, relation
        sentence = Sentence(row["sentence"], row["document"], row.get("date", ""))
        if key in edges:
            edges[key] = replace(edges[key], sentences=(*edges[key].sentences, sentence))
            continue
        confidence = float(row["confidence"]) if "confidence" in row else None
        weight = max(1, int(row.get("support", "1")))
        edges[key] = Edge("", *key, weight, confidence, row.get("date", ""), (sentence,))
    for row in run_rows(store, "_network-broader"):
        if row["subject"] in nodes and row["object"] in nodes:
            key = nodes[row["subject"]].id, nodes[row["object"]].id, "broader"
            edges.setdefault(key, Edge("", *key))
    return [edges[key] for key in sorted(edges)]


def group_by_ends(edges: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    """Edges by their unordered pair of ends, for drawings in which parallel edges would hide each other."""
    groups: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        ends = (edge.source, edge.target) if edge.source <= edge.target else (edge.target, edge.source)
        groups.setdefault(ends, []).append(edge)
    return groups
