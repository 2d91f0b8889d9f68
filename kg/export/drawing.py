"""Where nodes stand in a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np

from kg.export.view import GraphView
from kg.layout.layout import layout_graph

#: Graphs with more nodes or links stand on a plain spiral: seconds of layout would become minutes, and programs for graphs
#: of that size bring a layout of their own.
LARGEST = 60_000
_MOST_LINKS = 600_000
_SPREAD = 60.0  # between neighbours, for dots of a radius of 10 to 37
_GOLDEN = np.pi * (3 - np.sqrt(5))

Places = Iterable[tuple[float, float]]
#: Places on the spiral that are computed together.
_CHUNK = 10_000


def place_nodes(view: GraphView) -> dict[str, tuple[float, float]]:
    """Coordinates by node id, rounded to a tenth. Edges said by more documents pull harder."""
    number = {node.id: n for n, node in enumerate(view.nodes)}
    links = ((number[edge.source], number[edge.target], edge.weight) for edge in view.edges)
    return dict(zip(number, place_links(len(number), links), strict=True))


def place_links(count: int, links: Iterable[tuple[int, int, int]]) -> Places:
    """Coordinates of ``count`` nodes from the numbers of the ends of their links and the weights of these."""
    if count > LARGEST:
        return _spiral(count)
    flat = np.fromiter(chain.from_iterable(islice(links, _MOST_LINKS + 1)), dtype=np.int64).reshape(-1, 3)
    if len(flat) > _MOST_LINKS or not count:
        return _spiral(count)
    between = flat[flat[:, 0] != flat[:, 1]]
    pairs, where = np.unique(np.sort(between[:, :2], axis=1), axis=0, return_inverse=True)
    weights = np.bincount(where.ravel(), between[:, 2], len(pairs))
    degree = np.bincount(pairs.ravel(), minlength=count)
    hub = degree[pairs].max(axis=1) if len(pairs) else np.zeros(0)
    pull = (1 + np.log(np.maximum(weights, 1))) / (1 + np.log1p(hub / 12))  # a link to what everything links to says little
    return _round(layout_graph(count, pairs, pull).points * _SPREAD)


def _spiral(count: int) -> Iterator[tuple[float, float]]:
    for first in range(0, count, _CHUNK):
        numbers = np.arange(first, min(first + _CHUNK, count))
        turn, reach = numbers * _GOLDEN, np.sqrt(numbers + 0.5) * _SPREAD
        yield from _round(np.column_stack((reach * np.cos(turn), reach * np.sin(turn))))


def _round(points: np.ndarray) -> list[tuple[float, float]]:
    return [(x, y) for x, y in (points.round(1) + 0.0).tolist()]


def read_rgb(colour: str) -> tuple[int, int, int]:
    """The parts of ``#rrggbb`` as integers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
