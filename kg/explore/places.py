"""Keeps the places of nodes from one page to the next, so that a map that grows is still the map that one knows."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.layout.communities import Floats, Ints
from kg.layout.layout import Earlier, Layout, layout_graph
from kg.text import digest

_DIGITS = 3


def layout_named(names: Sequence[str], ends: Ints, weights: Floats, memory: Path | None) -> Layout:
    """The layout of nodes that have names; those that the file ``memory`` knows keep their places, and it learns the others.

    The same nodes and links give exactly the places of before. A file that cannot be read or written is as good as none.
    """
    if memory is None:
        return layout_graph(len(names), ends, weights)
    mark = digest(json.dumps([list(names), ends.tolist(), np.round(weights, 6).tolist()]))
    told = _read(memory)
    known = told.get("places", {})
    if told.get("mark") == mark and all(name in known for name in names):
        return _recall(names, told)
    earlier = _earlier(names, known) if known else None
    layout = layout_graph(len(names), ends, weights, earlier)
    _write(memory, mark, names, layout)
    return _recall(names, _read(memory)) if memory.is_file() else layout


def _earlier(names: Sequence[str], known: dict[str, list[float]]) -> Earlier | None:
    rows = [known.get(name, [np.nan, np.nan, -1]) for name in names]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return Earlier(table[:, :2], table[:, 2].astype(np.int64)) if (table[:, 2] >= 0).any() else None


def _recall(names: Sequence[str], told: dict[str, Any]) -> Layout:
    table = np.array([told["places"][name] for name in names], dtype=np.float64).reshape(-1, 3)
    discs = np.array(told["discs"], dtype=np.float64).reshape(-1, 3)
    return Layout(table[:, :2], table[:, 2].astype(np.int64), discs[:, :2], discs[:, 2])


def _read(memory: Path) -> dict[str, Any]:
    try:
        told = json.loads(memory.read_text("utf-8"))
        places = told["places"].values()
        sound = all(len(row) == 3 and all(isinstance(n, int | float) for n in row) for row in (*places, *told["discs"]))
        return told if sound else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(memory: Path, mark: str, names: Sequence[str], layout: Layout) -> None:
    points = np.round(layout.points, _DIGITS).tolist()
    places = {name: [*point, home] for name, point, home in zip(names, points, layout.home.tolist(), strict=True)}
    discs = np.round(np.column_stack((layout.centres, layout.radii)), _DIGITS).tolist()
    new = memory.with_suffix(".new")
    with contextlib.suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps({"mark": mark, "places": places, "discs": discs}, separators=(",", ":")), "utf-8")
        os.replace(new, memory)
