"""Forces among the nodes of many small graphs at once (Fruchterman & Reingold, Softw. Pract. Exp. 1991).

Graphs of about the same size stand side by side in one array, filled up with rows that neither pull nor repel: a thousand
small layouts cost little more than the arithmetic in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kg.layout.communities import Floats, Ints

#: Numbers in the largest array of a batch: what fits into a processor's cache.
_MOST = 200_000
#: A graph may be filled up by so large a share of its size.
_SLACK = 1.25


class Disc(NamedTuple):
    """A graph to lay out: its links as pairs of node numbers, their weights, and for each node the direction in which it is
    drawn from outside, of shape (n, 2)."""

    ends: Ints
    weights: Floats
    leaning: Floats


def run_forces(starts: Sequence[Floats], discs: Sequence[Disc], steps: int, heat: float = 0.35) -> list[Floats]:
    """Points for each graph, around the origin, from those of ``starts``.

    All pairs repel, links pull, nodes lean to where their other neighbours are; moves shrink until all stands still.
    ``heat`` is the length of the first moves as a share of the width of the graph.
    """
    out = list(starts)
    for batch in _make_batches([len(points) for points in starts]):
        for n, points in zip(
            batch, _run_batch([starts[n] for n in batch], [discs[n] for n in batch], steps, heat), strict=True
        ):
            out[n] = points
    return out


def _make_batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Graphs of similar sizes, the smallest first."""
    batch: list[int] = []
    for n in sorted(range(len(sizes)), key=lambda n: (sizes[n], n)):
        if batch and (sizes[n] > sizes[batch[0]] * _SLACK + 2 or (len(batch) + 1) * sizes[n] ** 2 > _MOST):
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _run_batch(starts: Sequence[Floats], discs: Sequence[Disc], steps: int, heat: float) -> list[Floats]:
    sizes = [len(points) for points in starts]
    many, size = len(sizes), max(sizes)
    real = (np.arange(size) < np.array(sizes)[:, None]).astype(np.float64)
    points, leaning = np.zeros((many, size, 2)), np.zeros((many, size, 2))
    for n, (start, disc) in enumerate(zip(starts, discs, strict=True)):
        points[n, : sizes[n]], leaning[n, : sizes[n]] = start, disc.leaning
    ends = [disc.ends.reshape(-1, 2) + n * size for n, disc in enumerate(discs)]
    a, b = np.concatenate(ends).T
    where = np.concatenate((b, a))
    pull = np.concatenate([disc.weights for disc in discs]) * 0.3
    largest = np.sqrt(np.array(sizes, dtype=np.float64))[:, None] * heat
    leaning *= 0.8
    for step in range(steps):
        force = _repel(points, real)
        flat = points.reshape(-1, 2)
        span = flat[a] - flat[b]
        drag = span * (np.sqrt((span**2).sum(axis=1)) * pull)[:, None]
        for axis in (0, 1):
            drawn = np.bincount(where, np.concatenate((drag[:, axis], -drag[:, axis])), many * size)
            force[:, :, axis] += drawn.reshape(many, size)
        force += leaning - points * 0.1
        length = np.sqrt((force**2).sum(axis=2)) + 1e-9
        points += force * (real * np.minimum(length, largest * (1 - step / steps) + 0.01) / length)[:, :, None]
    return [
        points[n, :count] - points[n, :count].mean(axis=0) if count > 1 else points[n, :count] * 0.0
        for n, count in enumerate(sizes)
    ]


def _repel(points: Floats, real: Floats) -> Floats:
    """The force on each point from all others of its graph, which falls with the square of the distance: in single precision,
    for that is where the time goes."""
    place = points.astype(np.float32)
    norm = (place**2).sum(axis=2)
    near = (place * np.float32(-2)) @ place.transpose(0, 2, 1)
    near += norm[:, :, None]
    near += norm[:, None, :]
    np.maximum(near, 0, out=near)
    near += np.float32(0.05)
    np.divide(real[:, None, :].astype(np.float32), near, out=near)
    return np.asarray(points * near.sum(axis=2)[:, :, None] - near @ place)
