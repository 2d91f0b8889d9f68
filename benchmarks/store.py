"""One million quads of our shape: loading, disk, memory, start, and eight queries beside raw pyoxigraph and rdflib's engine."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Store

from benchmarks.measure import run_python
from benchmarks.questions import QUERIES
from benchmarks.synthetic import make_quads

#: Quads; ``BENCH_QUADS`` chooses another size.
SIZE = int(os.environ.get("BENCH_QUADS", "1000000"))
_TRIES = 5
#: Processor seconds after which a query is not tried again.
_LONG = 1.0

_RAW_LOAD = """
import sys, time
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
store.flush()
print(time.process_time())
"""
_OUR_LOAD = """
import sys, time
from pathlib import Path
from pyoxigraph import RdfFormat, parse
from kg.graph.backup import load_store
from kg.graph.store import commit_store
commit_store(Path(sys.argv[2]), lambda path: load_store(path, open(sys.argv[1], "rb")))
print(time.process_time())
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
    yield "| load | processor seconds | wall seconds | peak memory, MB | on disk, MB |\n|---|--:|--:|--:|--:|"
    for name, run, place in (("pyoxigraph bulk_load", theirs, raw), ("claimgraph", ours, graph)):
        disk = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6
        yield f"| {name} | {float(run.output):.1f} | {run.seconds:.1f} | {run.peak:.0f} | {disk:.0f} |"
    yield f"our load runs at {float(theirs.output) / float(ours.output):.2f} of the speed of bulk_load\n"


def _starting(graph: Path) -> Iterator[str]:
    words = ["-m", "kg", "query", QUERIES["lookup"], "--graph", str(graph), "--format", "csv"]
    runs = [run_python(words).seconds for _ in range(_TRIES)]
    yield f"kg query from a cold start: {min(runs):.2f} s at best, {sorted(runs)[len(runs) // 2]:.2f} s in the middle (wall)\n"


def _asking(graph: Path, file: Path) -> Iterator[str]:
    from kg.graph.store import load_memory, open_store

    store = open_store(graph)
    theirs = dict(line.split("\t") for line in run_python(["-c", _RDFLIB, str(file)]).output.splitlines())
    began = time.process_time()
    memory = load_memory(store)
    yield f"loading the graph into memory takes {time.process_time() - began:.1f} processor seconds; times below in ms\n"
    yield "| query | rows | rdflib | disk | raw disk | memory | raw memory | rdflib / disk | rdflib / memory |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    ratios: dict[str, list[float]] = {}
    for name, text in QUERIES.items():
        rows, taken = theirs[name].split()
        rdflib = float(taken)
        (disk, found), (raw_disk, _) = _both(store, text)
        (fast, _), (raw_fast, _) = _both(memory, text)
        if int(rows) != found and name != "describe":  # where every engine chooses what it tells
            raise SystemExit(f"{name}: rdflib gives {rows} rows, we give {found}")
        shares = {"disk": rdflib / disk, "memory": rdflib / fast, "raw disk": disk / raw_disk, "raw memory": fast / raw_fast}
        for key, share in shares.items():
            ratios.setdefault(key, []).append(share)
        times = " | ".join(f"{seconds * 1e3:.2f}" for seconds in (rdflib, disk, raw_disk, fast, raw_fast))
        yield f"| {name} | {found} | {times} | {shares['disk']:.1f} | {shares['memory']:.1f} |"
    means = {key: _mean(values) for key, values in ratios.items()}
    disk, memory = means["disk"], means["memory"]
    yield f"\ngeometric means: rdflib takes {disk:.1f} times our time on disk, {memory:.1f} times that in memory"
    yield f"we take {means['raw disk']:.2f} times the time of pyoxigraph alone on disk, {means['raw memory']:.2f} in memory"


def _both(store: Store, text: str) -> tuple[tuple[float, int], tuple[float, int]]:
    """The time and the rows of a query, as the project asks it and as pyoxigraph alone."""
    from kg.graph.vocab import PREFIXES
    from kg.query import run_query

    def ours() -> int:
        return sum(1 for _ in run_query(store, text))  # type: ignore[arg-type,misc]

    def raw() -> int:
        return sum(1 for _ in store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type,misc]

    return _time(ours), _time(raw)


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
