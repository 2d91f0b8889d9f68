"""``kg export graphml`` against ``networkx.write_graphml`` on the same graph: from the store to the file, in one process each.

Both read the graph from the store; ours also lays it out and writes positions and colours.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import run_python

_WAYS = ("networkx", "kg")


def report_lines() -> Iterator[str]:
    yield f"{'':6}{'nodes':>8}{'edges':>8}  {'':10}{'load s':>8}{'write s':>9}{'ratio':>8}{'MB':>8}{'peak MB':>9}"
    with tempfile.TemporaryDirectory() as folder:
        for quarters in (1, 4):
            source, _ = write_corpus(Path(folder, f"text-{quarters}"), quarters)
            graph = f"{folder}/graph-{quarters}"
            run_python(["-m", "kg", "build", str(source), "--graph", graph, "--fast", "--quiet"])
            base = 0.0
            for way in _WAYS:
                file = Path(folder, f"{way}.graphml")
                run = run_python(["-m", "benchmarks.graphml", way, graph, str(file)])
                found = json.loads(run.output)
                total = found["load"] + found["write"]
                base = base or total
                yield (
                    f"{quarters}x{'':4}{found['nodes']:>8,}{found['edges']:>8,}  {way:10}{found['load']:>8.2f}"
                    f"{found['write']:>9.2f}{total / base:>8.2f}{file.stat().st_size / 1e6:>8.1f}{run.peak:>9.0f}"
                )


def _take(way: str, folder: str, file: str) -> dict[str, float]:
    from kg.graph.network import load_network
    from kg.graph.store import open_store

    store = open_store(Path(folder))
    began = time.perf_counter()
    if way == "networkx":
        import networkx as nx

        network = load_network(store)
        loaded = time.perf_counter()
        nx.write_graphml(network, file)
        done = time.perf_counter()
    else:
        from kg.export import write_export

        loaded = began
        write_export(store, "graphml", Path(file))
        done = time.perf_counter()
        network = load_network(store)
    counts = {"nodes": network.number_of_nodes(), "edges": network.number_of_edges()}
    return {**counts, "load": loaded - began, "write": done - loaded}


if __name__ == "__main__":
    print(json.dumps(_take(*sys.argv[1:])))
