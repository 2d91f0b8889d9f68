"""What a user may choose of a plot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlotOptions:
    """How many lines or rows at most (0: as many as read well), the names to draw in place of the most frequent, and the
    title (empty: the plot's own). ``names`` is the benchmark of the plot of results."""

    top: int = 0
    names: tuple[str, ...] = ()
    title: str = ""
