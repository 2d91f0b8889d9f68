"""One million quads of our shape: loading, disk, memory, start, and eight queries beside raw pyoxigraph and rdflib's engine."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measure import run_python
from benchmarks.questions import QUERIES
from benchmarks.synthetic import make_quads

#: Quads; ``BENCH_QUADS`` chooses another size.
SIZE = int(os.environ.get("BENCH_QUADS", "1000000"))
_TRIES = 5
#: Processor seconds after which a query is not tried again.
_LONG = 1.0

_RAW_LOAD = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
store.flush()
"""
_OUR_LOAD = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat, parse
from kg.graph.backup import load_store
from kg.graph.store import commit_store
commit_store(Path(sys.argv[2]), lambda path: load_store(path, open(sys.argv[1], "rb")))
"""
_RDFLIB = "from benchmarks.store import time_rdflib; import sys; time_rdflib(sys.argv[1])"


def report_lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        file, graph = folder / "graph.nq", folder / "graph"
        with file.open("w", encoding="utf-8") as out:
            size = sum(1 for quad in make_quads(SIZE) if out.write(f"{quad} .\n"))
        yield f"{size:,} quads, {file.stat().st_size / 1e6:.0f} MB of N-Quads; processor seconds, the least of {_TRIES} tries"
        yield from _loading(file, graph, folder / "raw")
        yield from _starting(graph)
        yield from _asking(graph, file)


def _loading(file: Path, graph: Path, raw: Path) -> Iterator[str]:
    theirs = run_python(["-c", _RAW_LOAD, str(file), str(raw)])
    ours = run_python(["-c", _OUR_LOAD, str(file), str(graph)])
    yield "| load | seconds | peak memory, MB | on disk, MB |\n|---|--:|--:|--:|"
    for name, run, place in (("pyoxigraph bulk_load", theirs, raw), ("claimgraph", ours, graph)):
        disk = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6
        yield f"| {name} | {run.seconds:.1f} | {run.peak:.0f} | {disk:.0f} |"
    yield f"our load runs at {theirs.seconds / ours.seconds:.2f} of the speed of bulk_load\n"


def _starting(graph: Path) -> Iterator[str]:
    words = ["-m", "kg", "query", QUERIES["lookup"], "--graph", str(graph), "--format", "csv"]
    runs = [run_python(words).seconds for _ in range(_TRIES)]
    yield f"kg query from a cold start: {min(runs):.2f} s at best, {sorted(runs)[len(runs) // 2]:.2f} s in the middle (wall)\n"


def _asking(graph: Path, file: Path) -> Iterator[str]:
    from kg.graph.store import open_store
    from kg.graph.vocab import PREFIXES
    from kg.query import run_query

    store = open_store(graph)
    theirs = dict(line.split("\t") for line in run_python(["-c", _RDFLIB, str(file)]).output.splitlines())
    yield "| query | rows | claimgraph, ms | pyoxigraph, ms | rdflib, ms | rdflib / claimgraph | claimgraph / pyoxigraph |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    ratios, overheads = [], []
    for name, text in QUERIES.items():
        ours = _time(lambda text=text: sum(1 for _ in run_query(store, text)))  # type: ignore[misc]
        raw = _time(lambda text=text: sum(1 for _ in store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)))  # type: ignore[misc]
        rows, taken = theirs[name].split()
        if int(rows) != ours[1] and name != "describe":  # where every engine chooses what it tells
            raise SystemExit(f"{name}: rdflib gives {rows} rows, we give {ours[1]}")
        rdflib = float(taken)
        ratios.append(rdflib / ours[0])
        overheads.append(ours[0] / raw[0])
        cells = (
            f"{ours[1]}",
            f"{ours[0] * 1e3:.2f}",
            f"{raw[0] * 1e3:.2f}",
            f"{rdflib * 1e3:.1f}",
            f"{ratios[-1]:.0f}",
            f"{overheads[-1]:.2f}",
        )
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield f"geometric means: rdflib takes {_mean(ratios):.0f} times our time; we take {_mean(overheads):.2f} times pyoxigraph's"


def _mean(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def _time(work: Callable[[], int]) -> tuple[float, int]:
    """Processor seconds of the best try, and what it gave. Short work is done often enough to be measured."""
    times, given = [], 0
    for _ in range(_TRIES):
        began, done = time.process_time(), 0
        while done == 0 or (time.process_time() - began < 0.02):
            given = work()
            done += 1
        times.append((time.process_time() - began) / done)
        if times[-1] > _LONG:
            break
    return min(times), given


def time_rdflib(file: str) -> None:
    """Prints the rows and the time of each query on rdflib's own engine; run in a process of its own."""
    import rdflib

    from kg.graph.vocab import sparql_prologue

    graph = rdflib.Dataset(default_union=True)
    graph.parse(file, format="nquads")
    for name, text in QUERIES.items():
        query = sparql_prologue() + text
        seconds, rows = _time(lambda query=query: sum(1 for _ in graph.query(query)))  # type: ignore[misc]
        sys.stdout.write(f"{name}\t{rows} {seconds}\n")
