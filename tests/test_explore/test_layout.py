"""Communities and positions: the same every time, apart from each other, and true to the graph."""

import time
from pathlib import Path

import numpy as np

from kg.explore.places import layout_named
from kg.layout.communities import Floats, Ints, find_communities
from kg.layout.layout import Layout, layout_graph


def planted(count: int, groups: int, inside: float = 0.8, links: int = 3) -> tuple[Ints, Ints]:
    """Links of a graph with planted communities, and the community of each node."""
    random = np.random.default_rng(5)
    home = np.arange(count) % groups
    a = np.repeat(np.arange(count), links)
    within = random.random(len(a)) < inside
    other = np.where(within, home[a] + groups * random.integers(0, count // groups, len(a)), random.integers(0, count, len(a)))
    pairs = np.column_stack((a, other % count))
    return np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0), home


def lay_out(count: int, ends: Ints) -> Layout:
    return layout_graph(count, ends, np.ones(len(ends)))


def purity(points: Floats, home: Ints, near: int = 10) -> float:
    """The share of the nearest neighbours on screen that are of the same community."""
    far = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    return float((home[np.argpartition(far, near, axis=1)[:, :near]] == home[:, None]).mean())


def test_two_cliques_are_two_communities() -> None:
    ends = np.array([(a, b) for group in (range(4), range(4, 9)) for a in group for b in group if a < b] + [(0, 4)])
    assert find_communities(9, ends, np.ones(len(ends))).tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_nodes_without_links_are_alone() -> None:
    assert find_communities(3, np.zeros((0, 2), dtype=np.int64), np.zeros(0)).tolist() == [0, 1, 2]


def test_planted_communities_are_neighbours_on_screen() -> None:
    ends, home = planted(2000, 20)
    assert purity(lay_out(2000, ends).points, home) > 0.9


def test_discs_do_not_overlap_and_hold_their_nodes() -> None:
    ends, _ = planted(1200, 12)
    layout = lay_out(1200, ends)
    far = np.sqrt(((layout.centres[:, None] - layout.centres[None]) ** 2).sum(axis=2))
    room = far - layout.radii[:, None] - layout.radii[None]
    assert room[~np.eye(len(room), dtype=bool)].min() > -0.05
    with_disc = layout.home < len(layout.radii)
    reach = np.sqrt(((layout.points - layout.centres[np.minimum(layout.home, len(layout.radii) - 1)]) ** 2).sum(axis=1))
    assert (reach[with_disc] <= layout.radii[layout.home[with_disc]] + 1e-6).all()


def test_the_same_graph_gives_the_same_picture() -> None:
    ends, _ = planted(600, 6)
    assert np.array_equal(lay_out(600, ends).points, lay_out(600, ends).points)


def test_a_graph_that_grows_keeps_its_places(tmp_path: Path) -> None:
    """A twentieth more nodes: the known ones move by less than a disc, most of them hardly; the same graph moves not at all."""
    ends, _ = planted(1200, 12)
    names = [f"n{n}" for n in range(1200)]
    old = ends[(ends < 1140).all(axis=1)]
    memory = tmp_path / "places.json"
    before = layout_named(names[:1140], old, np.ones(len(old)), memory)
    again = layout_named(names[:1140], old, np.ones(len(old)), memory)
    assert np.array_equal(before.points, again.points)
    after = layout_named(names, ends, np.ones(len(ends)), memory)
    moved = np.sqrt(((after.points[:1140] - before.points) ** 2).sum(axis=1))
    afresh = np.sqrt(((lay_out(1200, ends).points[:1140] - before.points) ** 2).sum(axis=1))
    assert np.median(moved) < 0.1 * np.median(afresh)
    assert np.quantile(moved, 0.9) < before.radii.max()


def test_a_broken_memory_is_no_memory(tmp_path: Path) -> None:
    ends, _ = planted(120, 4)
    memory = tmp_path / "places.json"
    for text in ("", "[]", '{"places": {"n1": ["x", 1, 1]}, "discs": []}'):
        memory.write_text(text, "utf-8")
        layout = layout_named([f"n{n}" for n in range(120)], ends, np.ones(len(ends)), memory)
        assert np.allclose(layout.points, lay_out(120, ends).points, atol=0.001)


def test_positions_are_finite_for_odd_graphs() -> None:
    star = np.array([(0, n) for n in range(1, 500)])
    for count, ends in ((1, np.zeros((0, 2), dtype=np.int64)), (2, np.array([(0, 1)])), (40, np.array([(0, 1)])), (500, star)):
        assert np.isfinite(lay_out(count, ends).points).all()


def test_large_graphs_do_not_take_long() -> None:
    """A 20th of the time that 20,000 nodes may take, for a 10th of the nodes, to stay clear of noise."""
    ends, _ = planted(2000, 20)
    began = time.process_time()
    lay_out(2000, ends)
    assert time.process_time() - began < 2.5
