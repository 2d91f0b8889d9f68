"""Where the nodes stand: communities as discs that do not overlap, and a force layout inside each disc.

Two levels, so that the cost is that of many small layouts: forces after Fruchterman & Reingold (Softw. Pract. Exp. 1991)
among communities and within each; large communities are split again. Starts are sunflower spirals, never random numbers, so
the positions depend on the graph alone, and on those of an earlier layout where there is one: what was known keeps its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.layout.communities import Floats, Ints, find_communities
from kg.layout.forces import Disc, run_forces

#: The force layout compares all pairs: larger communities are split.
_LARGEST = 320
#: Communities of fewer nodes have no disc of their own; they stand together on a disc without a name.
_SMALLEST = 4
_GOLDEN = np.pi * (3 - np.sqrt(5))
#: Radius of a disc of one node, and the room between discs.
_UNIT, _GAP = 0.8, 1.6


@dataclass(frozen=True, slots=True)
class Layout:
    """Points of shape (n, 2), neighbours about 1 apart; the community of each node; centres and radii of communities.

    The communities whose number is not below ``len(radii)`` are too small for a disc.
    """

    points: Floats
    home: Ints
    centres: Floats
    radii: Floats


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier layout says of the same nodes: points (NaN for new nodes) and communities (-1 for new nodes)."""

    points: Floats
    home: Ints


def layout_graph(count: int, ends: Ints, weights: Floats, earlier: Earlier | None = None) -> Layout:
    """Positions for ``count`` nodes and their links (see :func:`kg.layout.communities.find_communities`).

    Nodes of an ``earlier`` layout stay near their places: communities start from theirs, discs from where they were.
    """
    home = find_communities(count, ends, weights, start=_start_communities(earlier) if earlier else None)
    size = np.bincount(home, minlength=1)
    discs = int((size >= _SMALLEST).sum())
    radii = np.sqrt(size[:discs]) * _UNIT + _GAP * 0.5
    outside = np.flatnonzero(home >= discs)
    outside = outside[np.argsort(home[outside], kind="stable")]
    rest = [np.sqrt(len(outside)) * _UNIT + _GAP * 0.5] if len(outside) else []
    known = _known_centres(earlier, np.minimum(home, discs), discs + len(rest)) if earlier else None
    centres = _place_discs(np.append(radii, rest), home, ends, weights, known)
    points = np.zeros((count, 2))
    members = _members(home, discs)
    inside = _links_inside(home, ends, discs)
    leaning = _lean(count, home, ends, weights, centres[:discs])
    index = np.full(count, -1)  # one array for all discs
    fresh: dict[int, Disc] = {}
    for n in range(discs):
        index[members[n]] = np.arange(len(members[n]))
        own = inside[n]
        before = earlier.points[members[n]] if earlier else None
        if before is not None and _known_rows(before).sum() * 2 > len(before):
            settled = _settle(before, index[ends[own]], np.minimum(weights[own], 4.0), leaning[members[n]])
            points[members[n]] = centres[n] + settled
        else:
            fresh[n] = Disc(index[ends[own]], weights[own], leaning[members[n]])
    for n, placed in zip(fresh, _layout_discs(list(fresh.values()), depth=0), strict=True):
        points[members[n]] = centres[n] + placed
    if len(outside):
        points[outside] = centres[discs] + _sunflower(len(outside)) * _UNIT
    return Layout(points, home, centres[:discs], radii)


def _known_rows(points: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(points[:, 0]))


def _start_communities(earlier: Earlier) -> Ints:
    """The communities of before; each new node alone."""
    alone = int(earlier.home.max(initial=-1)) + 1 + np.arange(len(earlier.home))
    return np.asarray(np.where(earlier.home < 0, alone, earlier.home))


def _known_centres(earlier: Earlier, disc: Ints, count: int) -> Floats:
    """Where the known nodes of each disc are on average; NaN for a disc that is new for the most part."""
    known = _known_rows(earlier.points)
    size, old = np.bincount(disc, minlength=count), np.bincount(disc[known], minlength=count)
    place = [np.bincount(disc[known], earlier.points[known, axis], count) / np.maximum(old, 1) for axis in (0, 1)]
    centres = np.column_stack(place)
    centres[old * 2 < size] = np.nan
    return np.asarray(centres)


def _settle(before: Floats, ends: Ints, weights: Floats, leaning: Floats) -> Floats:
    """Points of a disc from those of before: new nodes come beside their neighbours, and all make a little room."""
    known = _known_rows(before)
    points = before - before[known].mean(axis=0)
    if known.all():
        return _fill_disc(points, _UNIT, even=0.0) if np.abs(points).max() > np.sqrt(len(points)) * _UNIT * 1.2 else points
    points[~known] = _sunflower(int((~known).sum())) * 0.5
    for a, b in (ends.T, ends.T[::-1]):
        fresh = ~known[a] & known[b]
        points[a[fresh]] = points[b[fresh]] + _sunflower(int(fresh.sum())) * 0.05
    if len(points) <= _LARGEST:
        points = run_forces([points], [Disc(ends, weights, leaning)], steps=20, heat=0.06)[0]
    return _fill_disc(points, _UNIT, even=0.2)


def _members(home: Ints, count: int) -> list[Ints]:
    order = np.argsort(home, kind="stable")
    bounds = np.searchsorted(home[order], np.arange(count + 1))
    return [order[bounds[n] : bounds[n + 1]] for n in range(count)]


def _links_inside(home: Ints, ends: Ints, count: int) -> list[Ints]:
    """For each community the links that do not leave it."""
    a, b = home[ends].T if len(ends) else (np.zeros(0, np.int64),) * 2
    inside = np.flatnonzero(a == b)
    return [inside[part] for part in _members(a[inside], count)]


def _lean(count: int, home: Ints, ends: Ints, weights: Floats, centres: Floats) -> Floats:
    """For each node the direction in which its neighbours in other discs lie; shorter where they are few or all around."""
    pull, mass = np.zeros((count, 2)), np.full(count, 1e-9)
    for a, b in (ends.T, ends.T[::-1]) if len(ends) else ():
        np.add.at(mass, a, weights)
        known = (home[a] != home[b]) & (home[a] < len(centres)) & (home[b] < len(centres))
        span = centres[home[b[known]]] - centres[home[a[known]]]
        far = np.sqrt((span**2).sum(axis=1, keepdims=True)) + 1e-9
        np.add.at(pull, a[known], span / far * weights[known, None])
    return np.asarray(pull / mass[:, None])


def _layout_discs(discs: Sequence[Disc], depth: int) -> list[Floats]:
    """Points around the origin for the nodes of each community, on a disc whose area suits their number."""
    out: list[Floats] = [np.zeros((0, 2))] * len(discs)
    small = [n for n, disc in enumerate(discs) if len(disc.leaning) <= _LARGEST]
    starts = [_sunflower(len(d.leaning)) * 0.8 + d.leaning * np.sqrt(len(d.leaning)) * 0.5 for d in (discs[n] for n in small)]
    softer = [discs[n]._replace(weights=np.minimum(discs[n].weights, 4.0)) for n in small]
    for n, points in zip(small, run_forces(starts, softer, steps=48), strict=True):
        out[n] = _fill_disc(points, _UNIT)
    for n in sorted(set(range(len(discs))) - set(small)):
        out[n] = _layout_large(discs[n], depth)
    return out


def _layout_large(disc: Disc, depth: int) -> Floats:
    """A community of too many nodes for one force layout, as a disc of its parts."""
    count = len(disc.leaning)
    home = find_communities(count, disc.ends, disc.weights, resolution=1.5 * (depth + 1))
    parts = int(home.max()) + 1
    if depth > 3 or parts == 1 or parts > count / 2:
        return _sunflower(count) * _UNIT
    radii = np.sqrt(np.bincount(home, minlength=parts)) * _UNIT + 0.25
    centres = _place_discs(radii, home, disc.ends, disc.weights)
    inner = _lean(count, home, disc.ends, disc.weights, centres) + disc.leaning * 0.5
    members, inside = _members(home, parts), _links_inside(home, disc.ends, parts)
    index = np.full(count, -1)
    for own in members:
        index[own] = np.arange(len(own))
    pieces = [
        Disc(index[disc.ends[links]], disc.weights[links], inner[own]) for own, links in zip(members, inside, strict=True)
    ]
    points = np.zeros((count, 2))
    for own, centre, piece in zip(members, centres, _layout_discs(pieces, depth + 1), strict=True):
        points[own] = centre + piece
    return _fill_disc(points, _UNIT, even=0.6)


def _sunflower(count: int) -> Floats:
    """Points of even density on a disc, from the centre outwards (Vogel, Math. Biosci. 1979)."""
    turn, reach = np.arange(count) * _GOLDEN, np.sqrt(np.arange(count) + 0.5)
    return np.column_stack((reach * np.cos(turn), reach * np.sin(turn)))


def _fill_disc(points: Floats, unit: float, even: float = 0.75) -> Floats:
    """The points on a disc of ``unit`` area a point: those far out drawn in, crowds spread, as far as ``even`` says."""
    if len(points) < 2:
        return points * 0.0
    points = points - points.mean(axis=0)
    reach = np.sqrt((points**2).sum(axis=1)) + 1e-9
    rank = np.argsort(np.argsort(reach, kind="stable"), kind="stable")
    full = np.sqrt(len(points)) * unit
    wanted = even * np.sqrt((rank + 0.5) / len(points)) * full + (1 - even) * reach / reach.max() * full
    return np.asarray(points * (wanted / reach)[:, None])


def _place_discs(radii: Floats, home: Ints, ends: Ints, weights: Floats, known: Floats | None = None) -> Floats:
    """Centres for discs that do not overlap, those with links between them near each other. ``radii`` come largest first;
    ``known`` are places to keep as far as there is room (NaN where there is none)."""
    count = len(radii)
    if count < 2:
        return np.zeros((count, 2))
    between = _links_between(home, ends, weights, count)
    if known is not None and _known_rows(known).sum() * 2 > count:
        old = _known_rows(known)
        drawn = between[:, old] @ known[old] / np.maximum(between[:, old].sum(axis=1), 1e-9)[:, None]
        return _push_apart(np.where(old[:, None], known, drawn), radii, closing=0.0, centred=False)
    size = float(np.sqrt((radii**2).mean()))
    points = _sunflower(count) * 1.2
    if count <= 4 * _LARGEST:
        mass = between.sum(axis=1) + 1e-9
        pull = between / np.sqrt(mass[:, None] * mass[None, :])
        a, b = np.nonzero(np.triu(pull, 1) > 0)
        strength = 4.0 * pull[a, b] / (pull.max() or 1.0)
        points = run_forces([points], [Disc(np.column_stack((a, b)), strength, points * 0.0)], steps=150)[0]
    return _push_apart(points * size * 1.5, radii)


def _links_between(home: Ints, ends: Ints, weights: Floats, count: int) -> Floats:
    out = np.zeros((count, count))
    if len(ends):
        a, b = home[ends].T
        use = (a != b) & (a < count) & (b < count)
        np.add.at(out, (a[use], b[use]), weights[use])
    return out + out.T


def _push_apart(points: Floats, radii: Floats, steps: int = 240, closing: float = 0.6, centred: bool = True) -> Floats:
    """Draws discs to the middle, for the ``closing`` share of the steps, and moves overlapping ones apart, the smaller more,
    until none overlap."""
    least = radii[:, None] + radii[None, :]
    share = (radii**2)[None, :] / ((radii**2)[:, None] + (radii**2)[None, :])
    order = np.arange(len(points), dtype=np.float64)
    x, y = points[:, 0] + np.cos(order) * 1e-3, points[:, 1] + np.sin(order) * 1e-3  # no two in one place
    itself = np.eye(len(points)) * 1e9
    for step in range(steps):
        drawing = step < steps * closing
        if drawing:
            x, y = x * 0.97, y * 0.97
        across, along = x[:, None] - x, y[:, None] - y
        far = np.sqrt(across**2 + along**2) + itself
        overlap = np.maximum(least - far, 0.0)
        if not drawing and not overlap.any():
            break
        move = overlap * share / np.maximum(far, 1e-9)
        x, y = x + (across * move).sum(axis=1) * 0.6, y + (along * move).sum(axis=1) * 0.6
    points = np.column_stack((x, y))
    return points - points.mean(axis=0) if centred else points
