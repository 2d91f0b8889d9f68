"""One entity with everything that is known of it, and the paths between two: what ``kg show`` and ``kg path`` print."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.markdown import drop_marks
from kg.query import Found, find_entities, find_entity, run_rows
from kg.query.table import clean_text, format_table, wrap_text
from kg.words import PASSIVE, relation_words

if TYPE_CHECKING:
    from pyoxigraph import Store

Row = Mapping[str, str]

#: The order of the facts of an entity; each may have several values.
FACTS = (
    *("title", "also", "arXiv", "link", "year", "venue", "award", "tier", "topic", "first seen", "definition"),
    *("broader", "narrower", "date", "publication", "issue", "source"),
)


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything about one entity. Rows are by column name, as the queries ``_entity-*.rq`` give them, in their order."""

    entity: Found
    facts: Mapping[str, Sequence[str]]
    edges: Sequence[Row]
    results: Sequence[Row]
    claims: Sequence[Row]
    documents: Sequence[Row]
    papers: Sequence[Row]  # of a document: those that it discusses
    others: Sequence[Found]  # what else the name can mean


@dataclass(frozen=True, slots=True)
class Hop:
    """One edge of a path: its ends in the direction in which the edge points, and the sentences that say it."""

    subject: str
    relation: str
    object: str
    forward: bool  # whether the path runs with the edge
    evidence: Sequence[Row]


def load_entity(store: Store, name: str) -> EntityView:
    """The entity that ``name`` means and everything about it.

    Raises:
        NotFoundError: no entity has that name; the hint names close ones.
    """
    entity = find_entity(store, name)
    others = [other for other in find_entities(store, name) if other != entity]
    rows = {
        part: run_rows(store, query, {"entity": entity.iri})
        for part, query in (
            ("facts", "_entity-facts"),
            ("edges", "_entity-edges"),
            ("results", "_entity-results"),
            ("claims", "_entity-claims"),
            ("documents", "_entity-documents"),
            ("papers", "_document-papers"),
        )
    }
    facts: dict[str, list[str]] = {}
    for row in rows.pop("facts"):
        facts.setdefault(row["fact"], []).append(row["value"])
    return EntityView(entity, facts, others=others, **rows)


def format_entity(view: EntityView, width: int | None = None, limit: int = 25) -> str:
    """The view as text for a terminal: facts, edges by relation, results, claims, documents; ``limit`` of each group."""
    lines = [f"{_words(view.entity.label)}  ({view.entity.kind})"]
    lines += list(_fact_lines(view, width))
    for (direction, relation), group in groupby(view.edges, key=lambda row: (row["direction"], row["relation"])):
        title = relation_words(relation) if direction == "out" else PASSIVE.get(relation, f"{relation_words(relation)} of")
        lines += ["", title.capitalize(), *_edge_lines(list(group), width, limit)]
    if view.results:
        columns = ["paper", "subject", "benchmark", "metric", "words", "value", "baseline", "unit", "document"]
        table = [[row.get(name, "") for name in columns] for row in view.results[:limit]]
        lines += ["", "Results", *(f"  {line}" for line in format_table(columns, table, width and width - 2).splitlines())]
        lines += _more(len(view.results), limit)
    for kind, group in groupby(view.claims, key=lambda row: row["type"]):
        lines += ["", f"Claims: {kind.replace('_', ' ')}", *_claim_lines(list(group), width, limit)]
    if view.papers:
        named = [f"{row['paper']} ({row['arxiv']})" if "arxiv" in row else row["paper"] for row in view.papers]
        lines += ["", "Discusses", *(f"  {_words(name)}" for name in named)]
    if view.documents:
        lines += [
            "",
            "Documents",
            *(f"  {_source_of(row)}" for row in view.documents[:limit]),
            *_more(len(view.documents), limit),
        ]
    return "\n".join(lines) + "\n"


def find_paths(store: Store, start: str, goal: str, *, count: int = 3, max_hops: int = 6) -> list[list[Hop]]:
    """Up to ``count`` shortest paths between two entities over the edges of the graph, in either direction.

    Breadth first; all paths have the same, least, number of hops, and come in the order of the IRIs on them.

    Raises:
        NotFoundError: an end is not in the graph.
        KgError: both ends are the same.
    """
    source, target = find_entity(store, start).iri, find_entity(store, goal).iri
    if source == target:
        raise KgError(f"{start!r} and {goal!r} are the same thing", "kg show tells about one thing")
    neighbours: dict[str, set[str]] = {}
    for row in run_rows(store, "_hops"):
        neighbours.setdefault(row["subject"], set()).add(row["object"])
        neighbours.setdefault(row["object"], set()).add(row["subject"])
    distance = _measure_distances(neighbours, target, source, max_hops)
    routes = _walk_down(neighbours, distance, source)
    return [[_load_hop(store, a, b) for a, b in pairwise(route)] for route in islice(routes, count)]


def format_paths(paths: Sequence[Sequence[Hop]], width: int | None = None) -> str:
    """Paths as text: one line a hop, and below it the best supported sentence."""
    lines: list[str] = []
    for number, path in enumerate(paths, 1):
        lines += ["", f"Path {number}: {len(path)} {'hop' if len(path) == 1 else 'hops'}"]
        for hop in path:
            arrow = ("─", "→") if hop.forward else ("←", "─")
            ends = (hop.subject, hop.object) if hop.forward else (hop.object, hop.subject)
            lines.append(f"  {_words(ends[0])} {arrow[0]} {relation_words(hop.relation)} {arrow[1]} {_words(ends[1])}")
            lines += _sentence_lines(hop.evidence[0], width)
    return "\n".join(lines[1:]) + "\n" if lines else ""


# ------------------------------------------------------------------------------------------------------------ the inside


def _fact_lines(view: EntityView, width: int | None) -> Iterator[str]:
    for name in FACTS:
        if values := view.facts.get(name):
            text = ", ".join(map(_words, values))
            first, *rest = wrap_text(text, width - 15) if width and width > 40 else [text]
            yield f"  {name:<12} {first}"
            yield from (f"  {'':<12} {line}" for line in rest)
    yield f"  {'id':<12} {clean_text(view.entity.iri)}"
    if view.others:
        yield "  not to be confused with " + ", ".join(f"{_words(o.label)} ({o.kind})" for o in view.others)


def _edge_lines(rows: Sequence[Row], width: int | None, limit: int) -> list[str]:
    lines: list[str] = []
    by_other: dict[str, list[Row]] = {}
    for row in rows[:limit]:
        by_other.setdefault(row["otherIri"], []).append(row)
    for edges in by_other.values():
        lines.append(f"  {_words(edges[0]['other'])}")
        for edge in edges:
            lines += _sentence_lines(edge, width)
    return lines + _more(len(rows), limit)


def _claim_lines(rows: Sequence[Row], width: int | None, limit: int) -> list[str]:
    lines: list[str] = []
    for row in rows[:limit]:
        head = [
            row.get("paper", ""),
            f"due {row['due']}" if "due" in row else "",
            "opinion" if row.get("voice") == "document" else "",
        ]
        lines.append(f"  {' · '.join(_words(part) for part in head if part) or '·'}")
        lines += _sentence_lines({**row, "sentence": row["claim"]}, width)
    return lines + _more(len(rows), limit)


def _sentence_lines(row: Row, width: int | None) -> list[str]:
    text = f"“{_words(row['sentence'])}”  — {_source_of(row)}"
    return [f"    {line}" for line in (wrap_text(text, width - 4) if width and width > 40 else [text])]


def _source_of(row: Row) -> str:
    return _words(f"{row['document']}, {row['date']}" if "date" in row else row["document"])


def _words(text: str) -> str:
    """A text as a terminal shows it: no control characters, no marks of Markdown."""
    return drop_marks(clean_text(text))


def _more(found: int, limit: int) -> list[str]:
    return [f"  … {found - limit} more; --limit shows more"] if found > limit else []


def _measure_distances(neighbours: Mapping[str, set[str]], start: str, goal: str, max_hops: int) -> dict[str, int]:
    """Hops to ``start`` from each node, as far as ``goal`` is away."""
    distance, queue = {start: 0}, deque([start])
    while queue:
        node = queue.popleft()
        if node == goal or distance[node] == max_hops:
            continue
        for near in neighbours.get(node, ()):
            if near not in distance:
                distance[near] = distance[node] + 1
                queue.append(near)
    return distance


def _walk_down(neighbours: Mapping[str, set[str]], distance: Mapping[str, int], start: str) -> Iterator[list[str]]:
    """Every path from ``start`` on which each hop comes one nearer to the goal, in the order of IRIs."""
    if start not in distance:
        return
    stack = [[start]]
    while stack:
        route = stack.pop()
        left = distance[route[-1]]
        if left == 0:
            yield route
            continue
        nearer = sorted((n for n in neighbours[route[-1]] if distance.get(n) == left - 1), reverse=True)
        stack += [[*route, near] for near in nearer]


def _load_hop(store: Store, a: str, b: str) -> Hop:
    """The edge between two neighbours: the one from ``a`` where there is one, and among several the first by name."""
    rows = run_rows(store, "_hop-evidence", {"subject": a, "object": b})
    forward = bool(rows)
    if not rows:
        rows = run_rows(store, "_hop-evidence", {"subject": b, "object": a})
    first = rows[0]
    evidence = [row for row in rows if row["property"] == first["property"]]
    relation = first["property"].rpartition("#")[2].rpartition("/")[2]
    return Hop(first["subjectLabel"], relation, first["objectLabel"], forward, evidence)
