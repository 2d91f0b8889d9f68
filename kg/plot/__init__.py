"""Pictures of a graph for reports: PNG and SVG by matplotlib, the same bytes for the same graph.

data     what is drawn, read from the store      style    colours, sizes, writing of the file
lines    values over time                        grids    matrices and heat maps
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.plot.options import PlotOptions

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["KINDS", "PlotOptions", "write_plot"]

#: The pictures, and the module and function that draw them.
KINDS = {
    "techniques": ("lines", "draw_techniques"),
    "results": ("lines", "draw_results"),
    "cooccurrence": ("grids", "draw_cooccurrences"),
    "institutions": ("grids", "draw_institutions"),
}


def write_plot(store: Store, kind: str, path: Path, options: PlotOptions | None = None) -> int:
    """Draws one of ``KINDS`` into a file that ends in .png or .svg; its size in bytes.

    Raises:
        KgError: matplotlib is not installed, there is no such picture or nothing to draw in it, or the file cannot be written.
    """
    if kind not in KINDS:
        raise KgError(f"no plot is called {kind!r}", "one of " + ", ".join(KINDS))
    if path.suffix.lower() not in (".png", ".svg"):
        raise KgError(f"not a name for a picture: {path.name}", "end it in .png or .svg")
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise KgError("plots need matplotlib, which is not installed", "pip install 'claimgraph[plot]'") from None
    from kg.plot.style import save_figure, styled

    module, function = KINDS[kind]
    with styled():
        figure = getattr(import_module(f"kg.plot.{module}"), function)(store, options or PlotOptions())
        return save_figure(figure, path)
