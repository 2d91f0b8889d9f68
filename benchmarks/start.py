"""How long commands take from nothing to the answer, against ``python -c pass``; medians, the programs taking turns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import median_seconds, run_python

_SEEDS = Path(__file__).parent.parent / "seeds"
_REPEATS = 9


def report_lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        graph = f"{folder}/graph"
        run_python(["-m", "kg", "build", str(_SEEDS), "--graph", graph, "--quiet", "--fast"])
        kg = ["-m", "kg"]
        programs = {
            "python -c pass": ["-c", "pass"],
            "kg --help": [*kg, "--help"],
            "kg query ASK": [*kg, "query", "ASK { ?p a kg:Paper }", "--graph", graph],
            "kg query papers": [*kg, "query", "papers", "--graph", graph],
            "kg show OPD": [*kg, "show", "OPD", "--graph", graph],
        }
        times = median_seconds(list(programs.values()), _REPEATS)
    yield f"{'':18}{'seconds':>9}{'times python -c pass':>23}"
    for name, seconds in zip(programs, times, strict=True):
        yield f"{name:18}{seconds:>9.3f}{seconds / times[0]:>23.1f}"
