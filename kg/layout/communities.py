"""Nodes that belong together: the Louvain method (Blondel et al., J. Stat. Mech. 2008) in plain Python on flat lists.

Nodes are visited in their order, never at random, so the same graph gives the same communities.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: More rounds and refinements than these change the modularity in the fourth digit, here and on random graphs.
_ROUNDS = 5
#: How often single nodes are moved again between communities found (Rotta & Noack, ACM JEA 2011).
_REFINEMENTS = 2


def find_communities(count: int, ends: Ints, weights: Floats, *, resolution: float = 1.0, start: Ints | None = None) -> Ints:
    """The community of each of ``count`` nodes, numbered by size, largest first; a node without links is alone.

    Args:
        ends: shape (m, 2), the two nodes of each link; no link from a node to itself.
        weights: shape (m,), positive.
        resolution: higher gives more and smaller communities.
        start: a community for each node to begin with, such as those of an earlier graph.
    """
    loops = np.zeros(count)
    home = np.arange(count, dtype=np.int64) if start is None else np.unique(start, return_inverse=True)[1]
    for _ in range(_REFINEMENTS):
        before = home
        home = _climb(_move_nodes(home, ends, weights, loops, resolution), ends, weights, loops, resolution)
        if np.array_equal(before, home):
            break
    return _number_by_size(home)


def _climb(home: Ints, ends: Ints, weights: Floats, loops: Floats, resolution: float) -> Ints:
    """Merges communities as if they were nodes, level upon level, while that gains."""
    while True:
        ends_above, weights_above, loops_above = _merge(home, ends, weights, loops)
        count = len(loops_above)
        above = _move_nodes(np.arange(count, dtype=np.int64), ends_above, weights_above, loops_above, resolution)
        if int(above.max(initial=-1)) + 1 == count:
            return home
        home = above[home]


def _merge(home: Ints, ends: Ints, weights: Floats, loops: Floats) -> tuple[Ints, Floats, Floats]:
    """The graph of communities: links between them, and for each the weight inside it."""
    count = int(home.max(initial=-1)) + 1
    inside = np.zeros(count)
    np.add.at(inside, home, loops)
    pair = np.sort(home[ends], axis=1)
    same = pair[:, 0] == pair[:, 1]
    np.add.at(inside, pair[same, 0], weights[same])
    keys, where = np.unique(pair[~same, 0] * count + pair[~same, 1], return_inverse=True)
    between = np.asarray(np.bincount(where, weights[~same], len(keys)), dtype=np.float64)
    return np.column_stack((keys // count, keys % count)), between, inside


def _move_nodes(begin: Ints, ends: Ints, weights: Floats, loops: Floats, resolution: float) -> Ints:
    """Moves single nodes into the neighbouring community that gains most modularity, until no move gains."""
    count = len(begin)
    start, other, weight = neighbours_of(count, ends, weights)
    starts, others, pulls = start.tolist(), other.tolist(), weight.tolist()
    strength = (np.bincount(ends.ravel(), np.repeat(weights, 2), count) + 2 * loops).tolist()
    total = sum(strength) or 1.0
    home, mass = begin.tolist(), np.bincount(begin, strength, count).tolist()
    waiting = list(range(count))
    for _ in range(_ROUNDS):
        again: dict[int, None] = {}
        for node in waiting:
            first, last, own = starts[node], starts[node + 1], home[node]
            links: dict[int, float] = {}
            for other, pull in zip(others[first:last], pulls[first:last], strict=True):
                community = home[other]
                links[community] = links[community] + pull if community in links else pull
            if len(links) == 1 and own in links:
                continue  # all neighbours are here
            share = strength[node] * resolution / total
            mass[own] -= strength[node]
            best, most = own, links.get(own, 0.0) - mass[own] * share
            for community, link in links.items():
                gain = link - mass[community] * share
                if gain > most + 1e-12 or (gain > most - 1e-12 and community < best):
                    best, most = community, gain
            mass[best] += strength[node]
            if best != own:
                home[node] = best
                again.update([(other, None) for other in others[first:last] if home[other] != best])
        if not again:
            break
        waiting = list(again)
    return np.asarray(np.unique(home, return_inverse=True)[1], dtype=np.int64)


def neighbours_of(count: int, ends: Ints, weights: Floats) -> tuple[Ints, Ints, Floats]:
    """Both directions of all links as rows: the neighbours of ``n`` are ``other[start[n]:start[n + 1]]``, in order."""
    source, target = np.concatenate((ends, ends[:, ::-1])).T if len(ends) else (np.zeros(0, np.int64),) * 2
    order = np.lexsort((target, source))
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=count), out=start[1:])
    return start, target[order], np.concatenate((weights, weights))[order]


def _number_by_size(home: Ints) -> Ints:
    size = Counter(home.tolist())
    first: dict[int, int] = {}
    for n, community in enumerate(home.tolist()):
        first.setdefault(community, n)
    order = sorted(size, key=lambda c: (-size[c], first[c]))
    number = {community: n for n, community in enumerate(order)}
    return np.array([number[c] for c in home.tolist()], dtype=np.int64)
