"""The graph as a flow: nodes, then edges, each read when it is asked for.

All of it passes through a temporary database (:mod:`kg.export.scratch`), so a file of any size is written with memory that
does not grow with the graph, and in an order that the store's own does not decide.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.export.records import Edge, Node, Sentence
from kg.export.scratch import open_scratch
from kg.graph import vocab

if TYPE_CHECKING:
    from pyoxigraph import Store

_NODES = """SELECT node.n, iri, name, kind, edges, documents, first FROM node
  LEFT JOIN weight ON weight.n = node.n LEFT JOIN seen ON seen.n = node.n ORDER BY node.n"""
_FACTS = "SELECT about.n, property, value FROM node JOIN about ON about.n = node.n ORDER BY about.n, property, value"
#: A row for each sentence of each edge; a left join takes the edges in their own order.
_EDGES = """SELECT s.name, t.name, relation, weight, confidence, e.text, e.title, nullif(e.date, '~') FROM said
  LEFT JOIN node AS s ON s.n = source LEFT JOIN node AS t ON t.n = target LEFT JOIN evidence AS e ON e.n = evidence
  ORDER BY source, target, relation, evidence"""
_LINKS = """SELECT source, target, max(weight) FROM said GROUP BY source, target, relation
  ORDER BY source, target, relation"""
#: Takes away all but the nodes with most edges, and the edges that have lost an end.
_CUT = """CREATE TABLE kept AS SELECT node.n FROM node LEFT JOIN weight ON weight.n = node.n
  WHERE edges > 0 OR NOT :connected ORDER BY coalesce(edges, 1) DESC, node.n LIMIT :top"""
_TAKE_AWAY = """DELETE FROM node WHERE n NOT IN (SELECT n FROM kept);
  DELETE FROM said WHERE source NOT IN (SELECT n FROM kept) OR target NOT IN (SELECT n FROM kept);"""

#: Of an edge of _EDGES: its ends, its ends and relation.
_ENDS, _KEY = itemgetter(0, 1), itemgetter(0, 1, 2)


class Flow:
    """The entities that documents mention or edges join, and the edges between them. Close it, or use it as a context.

    ``left_out`` counts the nodes that ``top`` removed.
    """

    def __init__(self, store: Store, top: int | None = None, *, connected: bool = False, merged: bool = False) -> None:
        """Args:
        store: an open graph.
        top: keep only so many nodes, those with most edges.
        connected: leave out nodes without an edge.
        merged: make all edges from one node to another one edge.
        """
        self._base = open_scratch(store)
        self._key = _ENDS if merged else _KEY
        self.left_out = 0
        if top is not None or connected:
            fit = self._one("SELECT count(*) FROM weight" if connected else "SELECT count(*) FROM node")
            self._base.execute(_CUT, {"connected": connected, "top": -1 if top is None else top})
            self._base.executescript(_TAKE_AWAY)
            self.left_out = fit - len(self)

    def __enter__(self) -> Flow:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    def __len__(self) -> int:
        """How many nodes there are."""
        return self._one("SELECT count(*) FROM node")

    @property
    def dated(self) -> bool:
        """Whether any document has a date."""
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM dated WHERE date <> '')"))

    def links(self) -> Iterator[tuple[int, int, int]]:
        """The edges as the places of their ends among the nodes, with their weights; nothing else is read."""
        place = array("q", bytes(8 * (1 + (self._one("SELECT max(n) FROM node") or 0))))
        for at, (n,) in enumerate(self._base.execute("SELECT n FROM node ORDER BY n")):
            place[n] = at
        return ((place[source], place[target], weight) for source, target, weight in self._base.execute(_LINKS))

    def nodes(self) -> Iterator[Node]:
        """The nodes by id."""
        facts = groupby(self._base.execute(_FACTS), key=itemgetter(0))
        number, rows = next(facts, (-1, iter(())))
        for n, iri, name, kind, weight, documents, first_seen in self._base.execute(_NODES):
            said: dict[str, list[str]] = {}
            if n == number:
                for _, property_, value in rows:
                    said.setdefault(property_, []).append(value)
                number, rows = next(facts, (-1, iter(())))
            yield _make_node(said, iri, name, kind, weight or 1, documents or 0, first_seen or "")

    def edges(self) -> Iterator[Edge]:
        """The edges by source, target and relation, numbered."""
        for n, (_, rows) in enumerate(groupby(self._base.execute(_EDGES), key=self._key)):
            yield _make_edge(f"e{n}", list(rows))

    def _one(self, query: str) -> int:
        number: int = self._base.execute(query).fetchone()[0]
        return number


def _make_node(
    facts: dict[str, list[str]], iri: str, name: str, kind: str, weight: int, documents: int, first_seen: str
) -> Node:
    one = {property_: values[0] for property_, values in facts.items()}
    return Node(
        id=name,
        iri=iri,
        label=one.get("label") or vocab.entity_id(iri),
        kind=kind,
        weight=weight,
        documents=documents,
        first_seen=first_seen,
        aliases=tuple(facts.get("aliases", ())),
        topics=tuple(facts.get("topics", ())),
        title=one.get("title", ""),
        arxiv=one.get("arxiv", ""),
        year=int(one["year"]) if "year" in one else None,
        tier=int(one["tier"]) if "tier" in one else None,
        definition=one.get("definition", ""),
    )


def _make_edge(number: str, rows: list[Any]) -> Edge:
    """One edge of all its rows; where it is merged of several, they are counted and their relations joined."""
    source, target, relation, weight, confidence = rows[0][:5]
    if len(rows) == 1:
        _, _, _, _, _, text, title, date = rows[0]
        sentences = (Sentence(text, title, date or ""),) if text or title else ()
        return Edge(number, source, target, relation, weight, confidence, date or "", sentences)
    weights: dict[str, int] = {}
    for row in rows:
        weights[row[2]] = max(row[3], weights.get(row[2], 1))
    known = dict.fromkeys((row[5], row[6], row[7] or "") for row in _by_date(rows) if row[5] or row[6])
    return Edge(
        number,
        source,
        target,
        "|".join(weights),
        sum(weights.values()),
        max((row[4] for row in rows if row[4] is not None), default=None),
        min((row[7] for row in rows if row[7]), default=""),
        tuple(Sentence(*sentence) for sentence in known),
        len(weights),
    )


def _by_date(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row[7] or "~", row[6] or "", row[5] or ""))
