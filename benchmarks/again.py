"""``kg build --fast`` when one document has been added to 10, 100 and 1,000, or one taken away, against that document alone.

Processor seconds, each in a process of its own; the least of three documents in turn.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import write_issues
from benchmarks.measure import run_python

_SIZES = (10, 100, 1_000)
_TRIES = 3


def report_lines() -> Iterator[str]:
    names = "".join(f"{name:>10}" for name in ("one more", "one less", "the same", "alone"))
    yield f"{'documents':>9}{'from nothing':>14}{names}{'one more / alone':>18}"
    with tempfile.TemporaryDirectory() as place:
        *documents, a, b, c = write_issues(Path(place, "all"), _SIZES[-1] + _TRIES)
        for size in _SIZES:
            folder, graph = Path(place, f"text-{size}"), Path(place, f"graph-{size}")
            folder.mkdir()
            for path in documents[:size]:
                shutil.copy(path, folder)
            whole = _build(folder, graph)
            more = [_build(Path(shutil.copy(path, folder)).parent, graph) for path in (a, b, c)]
            same = _build(folder, graph)
            less = []
            for path in (a, b, c):
                (folder / path.name).unlink()
                less.append(_build(folder, graph))
            alone = [_build(path, Path(place, f"alone-{size}-{path.stem}")) for path in (a, b, c)]
            figures = (min(more), min(less), same, min(alone))
            columns = "".join(f"{figure:>10.2f}" for figure in figures)
            yield f"{size:>9,}{whole:>14.1f}{columns}{min(more) / min(alone):>18.1f}"


def _build(source: Path, graph: Path) -> float:
    return run_python(["-m", "kg", "build", str(source), "--graph", str(graph), "--quiet", "--fast"]).cpu
