"""Positions for a picture: communities as discs that stand apart, and a force layout inside each.

Two levels, so that the cost is that of many small layouts: communities by Louvain (Blondel et al., J. Stat. Mech. 2008),
then forces after Fruchterman & Reingold (Softw. Pract. Exp. 1991) among communities and within each. Positions depend on
the graph alone: starts are sunflower spirals, never random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

#: Communities larger than this are split again: the force layout compares all pairs.
_LARGEST = 250
_GOLDEN = np.pi * (3 - np.sqrt(5))


def layout_graph(count: int, edges: Mapping[tuple[int, int], float]) -> Points:
    """A point for each of the nodes ``0 .. count-1``, as an array of shape (count, 2); neighbours are about 60 apart.

    Args:
        count: how many nodes.
        edges: weights by pairs of different nodes.
    """
    if count == 0:
        return np.zeros((0, 2))
    return _layout_nodes(list(range(count)), edges, depth=0) * 60.0


def _layout_nodes(nodes: Sequence[int], edges: Mapping[tuple[int, int], float], depth: int) -> Points:
    """Points for ``nodes``, in their order, around the origin, with an area of about one square a node."""
    groups = _find_communities(nodes, edges, depth)
    if len(groups) == 1:
        return _layout_one(groups[0], edges, depth)
    home = {node: n for n, group in enumerate(groups) for node in group}
    inside: list[dict[tuple[int, int], float]] = [{} for _ in groups]
    between: dict[tuple[int, int], float] = {}
    for (a, b), weight in edges.items():
        if home[a] == home[b]:
            inside[home[a]][a, b] = weight
        else:
            pair = (min(home[a], home[b]), max(home[a], home[b]))
            between[pair] = between.get(pair, 0.0) + weight
    discs = [_layout_one(group, part, depth) for group, part in zip(groups, inside, strict=True)]
    radii = np.array([np.sqrt((disc**2).sum(axis=1)).max(initial=0.0) + 0.9 for disc in discs])
    centres = _place_discs(radii, between)
    place = {node: centres[n] + discs[n][i] for n, group in enumerate(groups) for i, node in enumerate(group)}
    return np.array([place[node] for node in nodes])


def _find_communities(nodes: Sequence[int], edges: Mapping[tuple[int, int], float], depth: int) -> list[list[int]]:
    """Louvain communities, the largest first; one group where there is nothing to split."""
    if len(nodes) < 30 or depth > 3:
        return [list(nodes)]
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(edges.items()))
    found = nx.community.louvain_communities(graph, seed=7, resolution=1.0 + depth)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _layout_one(group: Sequence[int], edges: Mapping[tuple[int, int], float], depth: int) -> Points:
    if len(group) > _LARGEST:
        parts = _find_communities(group, edges, depth + 1)
        return _layout_nodes(group, edges, depth + 1) if len(parts) > 1 else _sunflower(len(group)) * 0.75
    index = {node: n for n, node in enumerate(group)}
    pairs = {(index[a], index[b]): weight for (a, b), weight in edges.items()}
    points = _run_forces(_sunflower(len(group)), pairs, steps=120 if len(group) < 150 else 70)
    return _scale_to_area(points)


def _sunflower(count: int) -> Points:
    """Points of even density on a disc, from the centre outwards (Vogel, Math. Biosci. 1979)."""
    turn, reach = np.arange(count) * _GOLDEN, np.sqrt(np.arange(count) + 0.5)
    return np.column_stack((reach * np.cos(turn), reach * np.sin(turn)))


def _run_forces(points: Points, edges: Mapping[tuple[int, int], float], steps: int) -> Points:
    """All pairs repel, edges pull, everything leans to the centre; moves shrink until all stands still."""
    count = len(points)
    if count < 2:
        return points * 0.0
    ends = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    pull = np.array([min(edges[a, b], 4.0) for a, b in ends.tolist()])
    largest = np.sqrt(count) * 0.5
    for step in range(steps):
        gap = points[:, None, :] - points[None, :, :]
        square = (gap**2).sum(axis=2) + 0.01
        force = (gap / square[:, :, None]).sum(axis=1)
        if len(ends):
            span = points[ends[:, 0]] - points[ends[:, 1]]
            drag = span * (np.sqrt((span**2).sum(axis=1)) * pull)[:, None] * 0.35
            np.add.at(force, ends[:, 0], -drag)
            np.add.at(force, ends[:, 1], drag)
        force -= points * 0.08
        length = np.sqrt((force**2).sum(axis=1)) + 1e-9
        limit = largest * (1 - step / steps) + 0.01
        points = points + force / length[:, None] * np.minimum(length, limit)[:, None]
    return _centre(points)


def _centre(points: Points) -> Points:
    middle: Points = points.mean(axis=0)
    return points - middle


def _scale_to_area(points: Points) -> Points:
    """The points on a disc whose area suits their number, the far ones drawn in and the near ones spread."""
    if len(points) < 2:
        return points
    reach = np.sqrt((points**2).sum(axis=1)) + 1e-9
    rank = np.argsort(np.argsort(reach, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(points)) * np.sqrt(len(points)) * 0.75
    wanted = 0.5 * even + 0.5 * reach / reach.max() * np.sqrt(len(points)) * 0.75
    return _push_apart(points * (wanted / reach)[:, None], np.full(len(points), 0.42), steps=30)


def _place_discs(radii: Points, between: Mapping[tuple[int, int], float]) -> Points:
    """Centres for discs that do not overlap: those with edges between them near each other, those without on rings around."""
    linked = sorted({n for pair in between for n in pair})
    index = {disc: n for n, disc in enumerate(linked)}
    pairs = {(index[a], index[b]): 1.0 + float(np.log1p(weight)) for (a, b), weight in between.items()}
    points = np.zeros((len(radii), 2))
    reach = 0.0
    if linked:
        inner = radii[linked]
        size = float(np.sqrt((inner**2).mean()))
        start = _sunflower(len(linked))
        if len(linked) <= 2 * _LARGEST:
            start = _run_forces(start, pairs, steps=100)
        points[linked] = _push_apart(start * size * 2, inner, steps=250)
        reach = float((np.sqrt((points[linked] ** 2).sum(axis=1)) + inner).max())
    alone = [n for n in range(len(radii)) if n not in index]
    points[alone] = _place_rings(radii[alone], reach)
    return points


def _place_rings(radii: Points, reach: float) -> Points:
    """Centres for discs on rings around a circle of radius ``reach``, in their order."""
    points = np.zeros((len(radii), 2))
    ring, turn, edge = 0.0, 0.0, reach
    for n, radius in enumerate(radii.tolist()):
        if edge == 0.0:  # nothing is in the middle yet
            edge = radius
            continue
        step = 2.1 * radius / ring if ring else 7.0
        if turn + step > 2 * np.pi:  # the ring is full: the next begins outside it
            ring, turn = edge + radius, 0.0
            edge = ring + radius
            step = 2.1 * radius / ring
        points[n] = ring * np.cos(turn + step / 2), ring * np.sin(turn + step / 2)
        turn += step
    return points


def _push_apart(points: Points, radii: Points, steps: int) -> Points:
    """Moves overlapping discs apart, the smaller ones more, and all a little to the centre, until none overlap."""
    if len(points) < 2 or len(points) > 3 * _LARGEST:
        return points
    least = radii[:, None] + radii[None, :]
    share = (radii**2)[None, :] / ((radii**2)[:, None] + (radii**2)[None, :])
    order = np.arange(len(points))
    for step in range(steps):
        if step < steps * 0.6:
            points = points * 0.97
        gap = points[:, None, :] - points[None, :, :]
        far = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        same = far < 1e-6
        gap[same] = np.column_stack((np.cos(order), np.sin(order)))[np.nonzero(same)[0]]
        far = np.maximum(far, 1e-6)
        overlap = np.clip(least - far, 0.0, None)
        if step >= steps * 0.6 and not overlap.any():
            break
        unit = gap / np.where(np.isinf(far), 1.0, far)[:, :, None]
        unit[same] = gap[same]
        points = points + (unit * (overlap * share)[:, :, None]).sum(axis=1) * 0.7
    return _centre(points)
