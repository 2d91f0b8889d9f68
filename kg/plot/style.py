"""How plots look, and how they become files.

Lines have colours that all eyes tell apart (Okabe & Ito 2008), and a marker each besides; grids have one hue that darkens.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HUES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#44546a", "#a61c3c", "#8c6bb1", "#5c4033")
MARKERS = "osD^vP*X<>"
INK, PALE = "#333333", "#d9d9d9"
SHADES = "Blues"

_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "claimgraph",
    "svg.fonttype": "path",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": "#e6e6e6",
    "figure.dpi": 150,
    "savefig.dpi": 150,
}


@contextmanager
def styled() -> Iterator[None]:
    """Our settings, whatever those of the user and the session are."""
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # such a sign is drawn as a box
        yield


def make_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of its own, in inches, that no window and no other figure knows of."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def save_figure(figure: Figure, path: Path) -> int:
    """Writes the picture without date or program in it; the size in bytes.

    Raises:
        KgError: the file cannot be written.
    """
    form = path.suffix.lower().lstrip(".")
    about = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    try:
        figure.savefig(path, format=form, facecolor="white", metadata=about)
        return path.stat().st_size
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}", "give a path of your own with -o") from error
