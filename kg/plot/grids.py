"""Matrices and heat maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.plot.data import Grid, load_cooccurrences, load_institutions
from kg.plot.options import PlotOptions
from kg.plot.style import INK, SHADES, make_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import Store

_ROWS, _MOST = 18, 60
_CELL = 0.34  # inches
_NUMBERED = 40  # larger grids have no numbers in their cells


def draw_cooccurrences(store: Store, options: PlotOptions) -> Figure:
    """Which techniques stand together in the text about one paper, and how often."""
    grid = load_cooccurrences(store, options.names, min(options.top or _ROWS, _MOST))
    return _draw_grid(grid, options.title or "Techniques that stand together: stretches of text", diagonal=True)


def draw_institutions(store: Store, options: PlotOptions) -> Figure:
    """How many papers of which institution use or introduce which technique."""
    grid = load_institutions(store, options.names, min(options.top or _ROWS, _MOST))
    return _draw_grid(grid, options.title or "Institutions and techniques: papers", diagonal=False)


def _draw_grid(grid: Grid, title: str, *, diagonal: bool) -> Figure:
    """The grid with a number in each cell that has one; ``diagonal`` greys cells that mean nothing."""
    from matplotlib.colors import LogNorm, Normalize

    down, across = grid.values.shape
    left, above = (max(len(text) for text in texts) * 0.075 for texts in (grid.rows, grid.columns))
    figure, axes = make_figure(max(5.5, across * _CELL + left + above * 0.5 + 0.3), down * _CELL + above * 0.75 + 0.9)
    top = int(grid.values.max())
    norm = LogNorm(0.6, top * 1.15) if top > 12 else Normalize(-top * 0.15, top * 1.15)
    shown = np.ma.masked_where(grid.values == 0, grid.values)
    axes.set_facecolor("#fafafa")
    axes.pcolormesh(shown, cmap=SHADES, norm=norm, edgecolors="white", linewidth=1.2)
    if diagonal:
        for n in range(down):
            axes.fill_between([n, n + 1], n, n + 1, color="#e4e4e4", linewidth=0)
    if max(down, across) <= _NUMBERED:
        for y, x in zip(*np.nonzero(grid.values), strict=True):
            value = int(grid.values[y, x])
            colour = "white" if norm(value) > 0.62 else INK
            axes.text(x + 0.5, y + 0.5, f"{value}", ha="center", va="center", fontsize=8.5, color=colour)
    axes.set_xticks(np.arange(across) + 0.5, grid.columns, rotation=45, ha="left", rotation_mode="anchor", fontsize=9)
    axes.set_yticks(np.arange(down) + 0.5, grid.rows, fontsize=9)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.invert_yaxis()
    axes.set_aspect("equal")
    for spine in axes.spines.values():
        spine.set_visible(False)
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold")
    return figure
