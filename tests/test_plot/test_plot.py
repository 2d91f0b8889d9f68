"""Pictures: the numbers behind them, the same bytes every time, text that stays text, errors that help."""

import builtins
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store

from kg.errors import KgError
from kg.plot import KINDS, PlotOptions, write_plot
from kg.plot.data import Point, load_cooccurrences, load_institutions, load_results, load_techniques, order_by_likeness
from kg.plot.lines import find_records, move_apart

SMALL = Path(__file__).parent.parent / "test_query" / "small.trig"
PNG, SVG = b"\x89PNG\r\n\x1a\n", b"<?xml"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load(path=SMALL, format=RdfFormat.TRIG)
    return store


def test_what_is_drawn(store: Store) -> None:
    april, may = 2026 * 12 + 3, 2026 * 12 + 4
    techniques = [(s.label, s.months, s.counts) for s in load_techniques(store, (), 8)]
    assert techniques == [
        ("on-policy distillation", (may,), (2,)),
        ("lamp index", (april,), (1,)),
        ("patch routing", (may,), (1,)),
    ]
    assert [s.label for s in load_techniques(store, ["Patch Router"], 8)] == ["patch routing"]
    name, unit, points = load_results(store, ())
    assert (name, unit) == ("HarborQA", "percent")
    assert points == [Point(date(2026, 4, 10), 61.5, "LanternRAG"), Point(date(2026, 5, 1), 66.25, "Tern-2B")]
    together = load_cooccurrences(store, (), 8)
    assert together.rows == together.columns
    assert together.values.tolist() == [[0, 3], [3, 0]]
    work = load_institutions(store, (), 8)
    assert set(work.rows) == {"Basalt Labs", "North Fjord University"}
    cell = work.values[work.rows.index("North Fjord University"), work.columns.index("on-policy distillation")]
    assert (cell, work.values.sum()) == (1, 4)
    assert load_institutions(store, ["Basalt Labs"], 8).rows == ("Basalt Labs",)


@pytest.mark.parametrize("kind", KINDS)
def test_same_graph_same_picture(store: Store, kind: str, tmp_path: Path) -> None:
    other = Store()
    other.extend(sorted(store, key=str, reverse=True))
    for ending, start in (("png", PNG), ("svg", SVG)):
        one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
        assert write_plot(store, kind, one) == one.stat().st_size
        write_plot(other, kind, two)
        assert one.read_bytes() == two.read_bytes()
        assert one.read_bytes().startswith(start)
    assert b"dc:date" not in one.read_bytes()


@pytest.mark.parametrize("kind", ["techniques", "cooccurrence"])
def test_names_from_the_web_are_text(store: Store, kind: str, tmp_path: Path) -> None:
    """Formulas, other scripts, controls and long names neither break the drawing nor warn."""
    hostile = Store()
    names = iter(["$\\frac{a$", "日本 \x07<b>&", "x" * 3000])
    for quad in sorted(store, key=str):
        label = "/technique/" in str(quad.subject) and quad.predicate.value.endswith("prefLabel")
        hostile.add(Quad(*quad.triple, quad.graph_name) if not label else _rename(quad, next(names, "plain")))
    write_plot(hostile, kind, tmp_path / "p.svg")
    write_plot(hostile, kind, tmp_path / "p.png", PlotOptions(title="$x_"))


def _rename(quad: Quad, text: str) -> Quad:
    return Quad(quad.subject, quad.predicate, Literal(text), quad.graph_name)


def test_the_settings_of_the_session_stay_as_they_are(store: Store, tmp_path: Path) -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 31}):
        write_plot(store, "techniques", tmp_path / "a.svg")
        assert mpl.rcParams["font.size"] == 31
    write_plot(store, "techniques", tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_mistakes(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        ("animals", "p.png", PlotOptions(), "no plot"),
        ("techniques", "p.pdf", PlotOptions(), "not a name for a picture"),
        ("techniques", "p.png", PlotOptions(names=("zzzqqq",)), "nothing is called"),
        ("results", "p.png", PlotOptions(names=("accuracy",)), "no result"),
        ("results", "missing/p.png", PlotOptions(), "cannot write"),
    ]
    for kind, name, options, message in cases:
        with pytest.raises(KgError, match=message):
            write_plot(store, kind, tmp_path / name, options)
    for kind in KINDS:
        with pytest.raises(KgError):
            write_plot(Store(), kind, tmp_path / "p.png")
    load = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match="matplotlib") as error:
        write_plot(store, "techniques", tmp_path / "p.png")
    assert "claimgraph[plot]" in error.value.hint


def test_matplotlib_is_loaded_by_the_drawing_alone() -> None:
    code = "import kg.cli.main, kg.plot, kg.plot.data, sys; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_records_are_those_above_all_before() -> None:
    points = [Point(date(2024, month, 1), value, "") for month, value in ((1, 5), (1, 7), (2, 6), (3, 7), (4, 9))]
    assert [(p.day.month, p.value) for p in find_records(points)] == [(1, 7), (4, 9)]


def test_names_move_apart_by_as_little_as_can_be() -> None:
    assert move_apart([10, 20, 30], 5) == [10, 20, 30]
    assert move_apart([10, 10], 4) == [12, 8]
    moved = move_apart([5, 5.5, 6, 40], 3)
    assert np.allclose(moved, [2.5, 5.5, 8.5, 40])


def test_like_rows_follow_each_other() -> None:
    blocks = np.kron(np.eye(2, dtype=np.int64), np.ones((2, 2), dtype=np.int64))[[0, 2, 1, 3]][:, [0, 2, 1, 3]]
    order = order_by_likeness(blocks)
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset({0, 2}), frozenset({1, 3})}
