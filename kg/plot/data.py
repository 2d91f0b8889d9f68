"""What plots draw, read from the store as plain tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError
from kg.query import find_entities, run_rows, suggest_names
from kg.query.table import clean_text

if TYPE_CHECKING:
    from pyoxigraph import Store

_LONGEST = 34


@dataclass(frozen=True, slots=True)
class Series:
    """A count for each of some months, which are numbered on from year 0."""

    label: str
    months: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One result: when it was published, its value, and what has it."""

    day: date
    value: float
    subject: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Values of shape (rows, columns)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: NDArray[np.int64]


def shorten(text: str, longest: int = _LONGEST) -> str:
    """The text on one line, cut to a length that a picture has room for."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def load_techniques(store: Store, names: Sequence[str], top: int) -> list[Series]:
    """For techniques with most papers, or those named: how many papers were new in each month, the most frequent first.

    Raises:
        KgError: no technique has a paper with a date, or a name is unknown.
    """
    chosen = _resolve(store, names)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    labels: dict[str, str] = {}
    for row in run_rows(store, "techniques-by-month"):
        iri = row["nameIri"]
        if not chosen or iri in chosen:
            labels[iri] = row["name"]
            found[iri][_number_month(row["month"])] = int(row["papers"])
    if not found:
        raise KgError("no technique has a paper with a date", "build from documents with dates, or name other techniques")
    order = sorted(found, key=lambda iri: (-sum(found[iri].values()), labels[iri], iri))[:top]
    return [Series(shorten(labels[iri]), *zip(*sorted(found[iri].items()), strict=True)) for iri in order]


def load_results(store: Store, names: Sequence[str]) -> tuple[str, str, list[Point]]:
    """The benchmark's name, the unit, and its dated absolute results in the unit that most of them have, by date.

    Without a name: the benchmark with most results.

    Raises:
        KgError: there is no such benchmark, or it has no results with dates.
    """
    name = names[0] if names else _busiest_benchmark(store)
    if names:
        _resolve(store, names[:1])
    rows = run_rows(store, "results-on", {"benchmark": name})
    rows = [row for row in rows if row.get("date") and row.get("kind", "absolute") == "absolute"]
    if not rows:
        raise KgError(f"no result on {name!r} has a date", "kg query results-on -p benchmark=NAME shows what is there")
    units = Counter(row.get("unit", "") for row in rows)
    unit = min(units, key=lambda u: (-units[u], u))
    points = {
        (date.fromisoformat(row["date"][:10]), float(row["value"]), shorten(row.get("subject") or row.get("paper", ""), 26))
        for row in rows
        if row.get("unit", "") == unit
    }
    return name, unit, [Point(*point) for point in sorted(points)]


def load_cooccurrences(store: Store, names: Sequence[str], top: int) -> Grid:
    """How often techniques stand together: a symmetric grid of those that do so most, near ones beside each other.

    Raises:
        KgError: no two techniques stand together, or a name is unknown.
    """
    chosen = _resolve(store, names)
    rows = run_rows(store, "_plot-cooccurrences")
    if chosen:
        rows = [row for row in rows if row["oneIri"] in chosen and row["otherIri"] in chosen]
    total: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in rows:
        for end in ("one", "other"):
            total[row[f"{end}Iri"]] += int(row["weight"])
            labels[row[f"{end}Iri"]] = row[end]
    iris = _most(total, top)
    place = {iri: n for n, iri in enumerate(iris)}
    values = np.zeros((len(iris), len(iris)), dtype=np.int64)
    for row in rows:
        one, other = place.get(row["oneIri"]), place.get(row["otherIri"])
        if one is not None and other is not None and one != other:
            values[one, other] = values[other, one] = int(row["weight"])
    if not values.any():
        raise KgError("no two techniques stand together", "build from more documents, or name other techniques")
    order = order_by_likeness(values)
    texts = tuple(shorten(labels[iris[n]]) for n in order)
    return Grid(texts, texts, values[np.ix_(order, order)])


def load_institutions(store: Store, names: Sequence[str], top: int) -> Grid:
    """How many papers of each institution use or introduce each technique, for those with most; like rows stand together.

    Raises:
        KgError: no paper has both, or a name is unknown. Names may be those of institutions, techniques or both.
    """
    chosen = _resolve(store, names)
    rows = run_rows(store, "_plot-institutions")
    for end in ("institution", "technique"):
        if chosen & {row[f"{end}Iri"] for row in rows}:
            rows = [row for row in rows if row[f"{end}Iri"] in chosen]
    if not rows or (chosen and not chosen & {row[f"{end}Iri"] for row in rows for end in ("institution", "technique")}):
        raise KgError("no paper has an institution and a technique", "build from more documents, or give other names")
    totals = {end: Counter[str]() for end in ("institution", "technique")}
    labels = {row[f"{end}Iri"]: row[end] for row in rows for end in totals}
    for end, total in totals.items():
        for row in rows:
            total[row[f"{end}Iri"]] += int(row["papers"])
    across, down = (_most(totals[end], top) for end in ("technique", "institution"))
    values = np.zeros((len(down), len(across)), dtype=np.int64)
    for row in rows:
        if row["institutionIri"] in down and row["techniqueIri"] in across:
            values[down.index(row["institutionIri"]), across.index(row["techniqueIri"])] = int(row["papers"])
    values = values[values.any(axis=1)][:, values.any(axis=0)] if values.any() else values
    down = [iri for iri in down if iri in {row["institutionIri"] for row in rows if row["techniqueIri"] in across}]
    across = [iri for iri in across if iri in {row["techniqueIri"] for row in rows if row["institutionIri"] in down}]
    rows_order = order_by_likeness(values @ values.T)
    values = values[rows_order]
    middle = (values * np.arange(len(down))[:, None]).sum(axis=0) / values.sum(axis=0)
    columns_order = sorted(range(len(across)), key=lambda n: (round(float(middle[n]), 9), n))
    return Grid(
        tuple(shorten(labels[down[n]]) for n in rows_order),
        tuple(shorten(labels[across[n]]) for n in columns_order),
        values[:, columns_order],
    )


def order_by_likeness(values: NDArray[np.int64]) -> list[int]:
    """The rows of a symmetric matrix in an order in which each is followed by the one left that is most like it."""
    lengths = np.sqrt((values.astype(float) ** 2).sum(axis=1)) + 1e-9
    likeness = (values @ values) / np.outer(lengths, lengths) + values / (values.max() or 1)
    order = [int(values.sum(axis=1).argmax())]
    left = [n for n in range(len(values)) if n != order[0]]
    while left:
        best = max(left, key=lambda n: (round(float(likeness[order[-1], n]), 9), -n))
        order.append(best)
        left.remove(best)
    return order


def _resolve(store: Store, names: Iterable[str]) -> set[str]:
    """The IRIs that the names mean.

    Raises:
        KgError: nothing has one of the names.
    """
    chosen: set[str] = set()
    for name in names:
        found = find_entities(store, name)
        if not found:
            close = ", ".join(suggest_names(store, name))
            raise KgError(
                f"nothing is called {name!r}", f"did you mean: {close}" if close else "kg query names lists all names"
            )
        chosen |= {entity.iri for entity in found}
    return chosen


def _busiest_benchmark(store: Store) -> str:
    counts: Counter[str] = Counter()
    for row in run_rows(store, "_plot-benchmarks"):
        counts[row["name"]] += int(row["results"])
    if not counts:
        raise KgError("no result names a benchmark", "kg stats shows what the graph holds")
    return _most(counts, 1)[0]


def _most(counts: Mapping[str, int], top: int) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))[:top]


def _number_month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1
