"""What is drawn: the nodes' weights, places and communities, and when the documents that speak of them appeared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.explore.places import layout_named
from kg.explore.tables import Column, Table
from kg.graph import vocab
from kg.layout.communities import Floats, Ints
from kg.layout.layout import Layout

#: Kinds that say what a region is about, and how well.
_NAMING = {"technique": 1.0, "concept": 0.7, "problem": 1.0, "task": 0.8, "model": 0.3, "benchmark": 0.3}
#: Kinds that are facets of papers rather than nodes: a hub that everything hangs on explains nothing.
_FACETS = {"topic", "venue"}
#: How much a relation draws its ends together; 1 for those not named.
_PULL = {"introduces": 3.0, "broader": 0.6, "coOccursWith": 0.4, "comparesWith": 0.7, "evaluatesOn": 0.7, "measures": 0.5}
Mask = NDArray[np.bool_]
_GRID = 16383  # two bytes a coordinate


@dataclass(frozen=True, slots=True)
class Links:
    """Links between nodes by row number, once a statement: shape (m, 2); relation names; how many documents say each."""

    ends: Ints
    relations: list[str]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Picture:
    """One entry a node, in the order of rows: whether it is drawn, how many sentences speak of it, where it stands.

    ``x`` and ``y`` are on a grid of 16,384 steps; ``home`` counts communities, largest first; ``regions`` are their names
    for those that have a disc, with ``centres`` and ``radii`` on the same grid.
    """

    kinds: list[str]
    shown: Ints
    weight: Ints
    x: Ints
    y: Ints
    home: Ints
    regions: list[str]
    centres: Ints
    radii: Ints


def draw_picture(tables: Sequence[Table], memory: Path | None = None) -> Picture:
    """The picture of the entities of a graph and the statements between them; ``memory`` is a file that keeps their places."""
    entities = [table for table in tables if kind_of(table)]
    kinds = [kind_of(table) for table in entities for _ in table.subjects]
    links = _read_links(tables, len(kinds))
    facet = np.array([kind in _FACETS for kind in kinds], dtype=bool)
    use = ~facet[links.ends].any(axis=1) if len(links.ends) else np.zeros(0, bool)
    ends, pull = links.ends[use], _weigh_links(links, len(kinds))[use]
    weight = _count_sentences(tables, len(kinds))
    mentioned = _count_mentions(tables, len(kinds))
    degree = np.bincount(ends.ravel(), minlength=len(kinds))
    shown = ~facet & ((degree > 0) | (mentioned > 0))
    index = np.cumsum(shown) - 1
    subjects = [subject for table in entities for subject in table.subjects]
    layout = layout_named([subjects[row] for row in np.flatnonzero(shown)], index[ends], pull, memory)
    return _make_picture(tables, kinds, shown, weight, layout, (index[ends], pull))


def kind_of(table: Table) -> str:
    """The kind of entity that a table holds; nothing for other tables."""
    kinds = [vocab.KIND_OF_CLASS[c].value for c in table.classes if c in vocab.KIND_OF_CLASS]
    return kinds[0] if kinds else ""


def _read_links(tables: Sequence[Table], count: int) -> Links:
    ends: list[tuple[int, int]] = []
    relations: list[str] = []
    weights: list[float] = []
    for table in tables:
        subject, object_ = table.column(vocab.RDF + "subject", "row"), table.column(vocab.RDF + "object", "row")
        if subject and object_:
            predicate, support = table.column(vocab.RDF + "predicate"), table.column(vocab.KG + "supportCount")
            for n, (s, o) in enumerate(zip(subject.cells, object_.cells, strict=True)):
                if s and o and int(s[0]) < count and int(o[0]) < count and s != o:
                    ends.append((int(s[0]), int(o[0])))
                    relations.append(_local_name(str(predicate.cells[n][0])) if predicate and predicate.cells[n] else "")
                    weights.append(_number(support, n))
        elif kind_of(table):
            for column in (c for c in table.columns if c.form == "row"):
                for n, cell in enumerate(column.cells):
                    found = [(table.first + n, int(o)) for o in cell if int(o) < count and int(o) != table.first + n]
                    ends += found
                    relations += [_local_name(column.property)] * len(found)
                    weights += [1.0] * len(found)
    return Links(np.array(ends, dtype=np.int64).reshape(-1, 2), relations, np.array(weights))


def _number(column: Column | None, n: int) -> float:
    return float(column.cells[n][0]) if column and column.cells[n] else 1.0


def _local_name(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _weigh_links(links: Links, count: int) -> Floats:
    """The pull of each link: by relation and support, and less where an end has very many links."""
    if not len(links.ends):
        return np.zeros(0)
    degree = np.bincount(links.ends.ravel(), minlength=count).astype(float)
    base = np.array([_PULL.get(relation, 1.0) for relation in links.relations]) * (1 + np.log1p(links.weights - 1))
    hub = np.maximum(degree[links.ends[:, 0]], degree[links.ends[:, 1]])
    return np.asarray(base / (1 + np.log1p(hub / 12)))


def _count_sentences(tables: Sequence[Table], count: int) -> Ints:
    """How many distinct sentences the statements and claims about each entity rest on."""
    pairs: set[tuple[int, int]] = set()
    for table in tables:
        evidence = table.column(vocab.KG + "evidence", "row")
        if not evidence:
            continue
        about = [c for c in table.columns if c.form == "row" and c is not evidence]
        for n, cell in enumerate(evidence.cells):
            entities = {int(e) for c in about for e in c.cells[n] if int(e) < count}
            pairs.update((entity, int(e)) for entity in entities for e in cell)
    return np.bincount(np.array([entity for entity, _ in pairs], dtype=np.int64), minlength=count)


def _count_mentions(tables: Sequence[Table], count: int) -> Ints:
    out = np.zeros(count, dtype=np.int64)
    for table in tables:
        if mentions := table.column(vocab.KG + "mentions", "row"):
            rows = [int(e) for cell in mentions.cells for e in cell if int(e) < count]
            out += np.bincount(np.array(rows, dtype=np.int64), minlength=count)
    return out


def _make_picture(
    tables: Sequence[Table], kinds: list[str], shown: Mask, weight: Ints, layout: Layout, links: tuple[Ints, Floats]
) -> Picture:
    low, high = _bounds(layout)
    scale = _GRID / max(high - low, 1e-9)
    place = np.zeros((len(kinds), 2), dtype=np.int64)
    place[shown] = np.rint((layout.points - low) * scale).astype(np.int64)
    home = np.zeros(len(kinds), dtype=np.int64)
    home[shown] = layout.home
    rows = np.flatnonzero(shown)
    regions = _name_regions(_labels_of(tables), kinds, rows, layout, links)
    centres = np.rint((layout.centres - low) * scale).astype(np.int64)
    radii = np.rint(layout.radii * scale).astype(np.int64)
    return Picture(kinds, shown.astype(np.int64), weight, place[:, 0], place[:, 1], home, regions, centres, radii)


def _bounds(layout: Layout) -> tuple[float, float]:
    return (float(layout.points.min(initial=0.0)), float(layout.points.max(initial=0.0)))


def _labels_of(tables: Sequence[Table]) -> list[str]:
    labels: list[str] = []
    for table in tables:
        if kind_of(table):
            column = table.column(vocab.SKOS + "prefLabel")
            named: list[list[str]] = column.cells if column else [[] for _ in table.subjects]
            labels += [str(cell[0]) if cell else "" for cell in named]
    return labels


def _name_regions(labels: list[str], kinds: list[str], rows: Ints, layout: Layout, links: tuple[Ints, Floats]) -> list[str]:
    """The names of communities: of their techniques and problems, the up to three most linked inside and least outside."""
    ends, pull = links
    inside = layout.home[ends[:, 0]] == layout.home[ends[:, 1]] if len(ends) else np.zeros(0, bool)
    own = np.bincount(ends[inside].ravel(), np.repeat(pull[inside], 2), len(rows)) if len(ends) else np.zeros(len(rows))
    every = np.bincount(ends.ravel(), np.repeat(pull, 2), len(rows)) if len(ends) else np.zeros(len(rows))
    score = own * np.sqrt(own / np.maximum(every, 1e-9)) * np.array([_NAMING.get(kinds[row], 0.1) for row in rows])
    names: list[str] = []
    order = np.lexsort((np.arange(len(rows)), -score, layout.home))
    bounds = np.searchsorted(layout.home[order], np.arange(len(layout.radii) + 1))
    for n in range(len(layout.radii)):
        found: list[str] = []
        for node in order[bounds[n] : bounds[n + 1]][:12].tolist():
            label = labels[rows[node]]
            if label and len(label) < 40 and not any(label.lower() in f.lower() or f.lower() in label.lower() for f in found):
                found.append(label)
        names.append(" · ".join(found[:3]))
    return names
