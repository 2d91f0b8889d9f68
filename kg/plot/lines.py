"""Values over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.plot.data import Point, Series, load_results, load_techniques
from kg.plot.options import PlotOptions
from kg.plot.style import HUES, INK, MARKERS, PALE, make_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pyoxigraph import Store

_LINES = 8
#: Results with a name beside their point: the records, the latest first.
_NAMED = 8


def draw_techniques(store: Store, options: PlotOptions) -> Figure:
    """Papers so far by technique, as steps with their names at the end."""
    series = load_techniques(store, options.names, min(options.top or _LINES, len(HUES)))
    first, last = min(s.months[0] for s in series), max(s.months[-1] for s in series)
    figure, axes = make_figure(9, 4.8)
    ends = []
    for n, line in enumerate(series):
        days, totals = _add_up(line, last)
        axes.step(days, totals, where="post", color=HUES[n], linewidth=2, zorder=3)
        marked = [(_month_day(m), t) for m, t in zip(line.months, _running(line.counts), strict=True)]
        axes.plot(*zip(*marked, strict=True), linestyle="", marker=MARKERS[n], color=HUES[n], markersize=5, zorder=4)
        ends.append(totals[-1])
    margin = max(1, round((last - first) * 0.02))
    axes.set_xlim(_month_day(first - margin), _month_day(last + margin))
    axes.set_ylim(0, max(ends) * 1.06)
    _label_ends(axes, [s.label for s in series], ends)
    axes.set_ylabel("papers so far")
    axes.set_title(options.title or "Techniques over time: papers that use or introduce them")
    _finish(axes)
    return figure


def draw_results(store: Store, options: PlotOptions) -> Figure:
    """Results on a benchmark by date, with the line of the best so far."""
    name, unit, points = load_results(store, options.names)
    figure, axes = make_figure(9, 4.8)
    axes.scatter([_day(p.day) for p in points], [p.value for p in points], s=34, color=HUES[5], edgecolor="white", zorder=3)
    records = find_records(points)
    if len(records) > 1 and points[-1].day > points[0].day:
        days, values = [_day(p.day) for p in records], [p.value for p in records]
        axes.step([*days, _day(points[-1].day)], [*values, values[-1]], where="post", color=HUES[0], linewidth=2, zorder=2)
    axes.scatter([_day(p.day) for p in records], [p.value for p in records], s=52, color=HUES[0], marker="D", zorder=4)
    for point in records[-_NAMED:]:
        place = {"xytext": (-6, 7), "ha": "right"} if point.day > _middle(points) else {"xytext": (6, 7), "ha": "left"}
        axes.annotate(point.subject, (_day(point.day), point.value), textcoords="offset points", fontsize=9, **place)  # type: ignore[arg-type]
    axes.margins(x=0.06, y=0.14)
    axes.set_ylabel(unit or "value")
    axes.set_title(options.title or f"Results on {name} over time; diamonds are the highest so far")
    _finish(axes)
    return figure


def find_records(points: Sequence[Point]) -> list[Point]:
    """Those of the points, which come by date and value, that are above all before them; the best of a day only."""
    records: list[Point] = []
    for point in points:
        if records and point.value <= records[-1].value:
            continue
        if records and records[-1].day == point.day:
            records.pop()
        records.append(point)
    return records


def _add_up(line: Series, last: int) -> tuple[list[float], list[int]]:
    """The line of the counts so far, to the end of the picture."""
    days, totals = [_month_day(m) for m in line.months], _running(line.counts)
    if line.months[-1] < last:
        days.append(_month_day(last))
        totals.append(totals[-1])
    return [days[0], *days], [0, *totals]


def _running(counts: Sequence[int]) -> list[int]:
    return [sum(counts[: n + 1]) for n in range(len(counts))]


def _label_ends(axes: Axes, labels: Sequence[str], ends: Sequence[float]) -> None:
    """Names at the right, moved apart where lines end near each other, with a thread to the end of the line."""
    low, high = axes.get_ylim()
    for n, place in enumerate(move_apart(ends, (high - low) * 0.062)):
        axes.annotate(
            f"{labels[n]} ({ends[n]:g})",
            xy=(1.0, ends[n]),
            xytext=(1.03, place),
            xycoords=axes.get_yaxis_transform(),
            textcoords=axes.get_yaxis_transform(),
            va="center",
            fontsize=9.5,
            color=HUES[n],
            fontweight="bold",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": PALE, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0, "relpos": (0, 0.5)},
        )


def move_apart(places: Sequence[float], room: float) -> list[float]:
    """Places near the given ones, in the same order, ``room`` apart at least: neighbours that are too near form blocks
    around their mean (pool adjacent violators; Barlow et al., Statistical Inference under Order Restrictions, 1972)."""
    order = sorted(range(len(places)), key=lambda n: (places[n], -n))
    blocks: list[tuple[float, int]] = []  # mean of places less the room below, size
    for rank, n in enumerate(order):
        mean, size = places[n] - rank * room, 1
        while blocks and blocks[-1][0] >= mean:
            before, count = blocks.pop()
            mean, size = (mean * size + before * count) / (size + count), size + count
        blocks.append((mean, size))
    shifted = [mean for mean, size in blocks for _ in range(size)]
    moved = {n: shifted[rank] + rank * room for rank, n in enumerate(order)}
    return [moved[n] for n in range(len(places))]


def _finish(axes: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import MaxNLocator

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=axes.get_ylabel() == "papers so far"))
    axes.grid(axis="y", zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(length=3, colors=INK)


def _month_day(month: int) -> float:
    return _day(date(month // 12, month % 12 + 1, 1))


def _day(day: date) -> float:
    """Days since 1970, as matplotlib counts them."""
    return float(day.toordinal() - date(1970, 1, 1).toordinal())


def _middle(points: Sequence[Point]) -> date:
    return date.fromordinal((points[0].day.toordinal() + points[-1].day.toordinal()) // 2)
