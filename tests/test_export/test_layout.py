"""Positions: the same every time, nobody on top of anybody, communities apart."""

import random

import numpy as np
import pytest

from kg.export.layout import layout_graph


def _plant(count: int, groups: int, seed: int = 3) -> tuple[np.ndarray, dict[tuple[int, int], float]]:
    """``groups`` communities in which four of five edges stay."""
    draw = random.Random(seed)  # noqa: S311
    home = np.arange(count) * groups // count
    edges: dict[tuple[int, int], float] = {}
    for a in range(count):
        for _ in range(3):
            same = np.flatnonzero(home == home[a])
            b = int(draw.choice(same)) if draw.random() < 0.8 else draw.randrange(count)
            if a != b:
                edges[min(a, b), max(a, b)] = 1.0
    return home, edges


@pytest.mark.parametrize("count", [0, 1, 2, 3, 29, 30, 31])
def test_small_graphs(count: int) -> None:
    points = layout_graph(count, {(n - 1, n): 1.0 for n in range(1, count)})
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert len({tuple(p) for p in points.round(3).tolist()}) == count


def test_nodes_without_edges_do_not_pile_up() -> None:
    points = layout_graph(200, {})
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2)) + np.eye(200) * 1e9
    assert gaps.min() > 10


def test_communities_stay_together_and_positions_repeat() -> None:
    home, edges = _plant(400, 8)
    points = layout_graph(400, edges)
    assert (points == layout_graph(400, dict(reversed(edges.items())))).all()
    gaps = ((points[:, None] - points[None]) ** 2).sum(axis=2) + np.eye(400) * 1e18
    nearest = np.argsort(gaps, axis=1)[:, :10]
    purity = (home[nearest] == home[:, None]).mean()
    assert purity > 0.75  # chance is 0.125


def test_a_star_larger_than_one_disc() -> None:
    points = layout_graph(1500, {(0, n): 1.0 for n in range(1, 1500)})
    assert np.isfinite(points).all()
