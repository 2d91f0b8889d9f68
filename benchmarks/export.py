"""Graph files against ``networkx.write_graphml``, and the page of ``kg export html`` against its gates.

"write" gives both writers the same edges: networkx has its whole graph in memory, ours is handed one edge after another.
"store" goes from the store on disk to the file: networkx by way of ``load_network``; ours lays the nodes out besides, up to
60,000 nodes, as in the smaller of the two graphs. Peaks are of the whole process. A size may be given: EDGES=200000.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.drawn import make_base
from benchmarks.measure import run_python

_EDGES = int(os.environ.get("EDGES", "1000000"))
_RATIO = 2.0
#: Smaller graphs have no gate: laying them out takes longer than writing them.
_LARGE = _EDGES // 10
_PAGES = {2_000: 1.5, 5_000: 3.0, 20_000: None}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_SENTENCE = "Sparse memory number {} keeps the gradient of the router small, which is why its latent cache stays warm & quick."


def report_lines() -> Iterator[str]:
    yield f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    yield f"{'':16}{'edges':>10}{'CPU s':>8}{'MB':>7}{'peak MB':>9}"
    with tempfile.TemporaryDirectory() as folder:
        yield from _compare("write", ((count, str(count)) for count in (_EDGES // 4, _EDGES)), folder)
        stores = ((3 * count, _make_store(count, f"{folder}/store-{count}")) for count in (_EDGES // 50, _EDGES // 15))
        yield from _compare("store", stores, folder)
        yield from _measure_pages(Path(folder))


def _compare(how: str, cases: Iterator[tuple[int, str]], folder: str) -> Iterator[str]:
    for count, source in cases:
        seconds = {}
        for way in ("networkx", "kg"):
            file = Path(folder, "out.graphml")
            run = run_python(["-m", "benchmarks.export", how, way, source, str(file)])
            seconds[way] = float(json.loads(run.output)["seconds"])
            size = file.stat().st_size / 1e6
            yield f"{how:6} {way:9}{count:>10,}{seconds[way]:>8.2f}{size:>7.0f}{run.peak:>9.0f}"
        ratio = seconds["networkx"] / seconds["kg"]
        gate = "" if count < _LARGE else ", gate met" if ratio >= _RATIO else f", GATE {_RATIO:g} MISSED"
        yield f"{'':16}{ratio:>10.1f} times as fast{gate}"


def _make_store(count: int, path: str) -> str:
    """A store on disk, made by another process: a child's peak begins with the memory of its parent."""
    run_python(["-m", "benchmarks.export", "make", "", str(count), path])
    return path


# ------------------------------------------------------------------------------------------------- one run, by itself


def _run(how: str, way: str, source: str, file: str) -> dict[str, float]:
    if how == "make":
        return {"quads": _fill_store(int(source), file)}
    if how == "write":
        return {"seconds": _write_networkx(int(source), file) if way == "networkx" else _write_own(int(source), file)}
    from pyoxigraph import Store

    store = Store.read_only(source)
    began = time.process_time()
    if way == "networkx":
        import networkx as nx

        from kg.graph.network import load_network

        nx.write_graphml(load_network(store), file)
    else:
        from kg.export import write_export

        write_export(store, "graphml", Path(file))
    return {"seconds": time.process_time() - began}


def _fill_store(count: int, path: str) -> int:
    from pyoxigraph import Store

    from kg.graph.rdf import quads_of

    store = Store(path)
    store.bulk_extend(quads_of(make_base(count)))
    store.flush()
    return len(store)


def _write_networkx(count: int, file: str) -> float:
    import networkx as nx

    graph: Any = nx.MultiDiGraph()
    for n, (source, target) in enumerate(_ends(count)):
        graph.add_edge(
            *(source, target, f"e{n}"),
            **{"label": "uses", "interaction": "uses", "weight": 1.0, "relation": "uses", "count": 1, "confidence": 0.9},
            **{"first_seen": "2026-05-01", "sentence": _SENTENCE.format(n), "document": "Harbor Letter 7"},
        )
    began = time.process_time()
    nx.write_graphml(graph, file, edge_id_from_attribute=None)
    return time.process_time() - began


def _write_own(count: int, file: str) -> float:
    from kg.export.graphml import write_edges
    from kg.export.markup import join_chunks
    from kg.export.records import Edge, Sentence

    edges = (
        Edge(f"e{n}", *ends, "uses", 1, 0.9, "2026-05-01", (Sentence(_SENTENCE.format(n), "Harbor Letter 7"),))
        for n, ends in enumerate(_ends(count))
    )
    began = time.process_time()
    with open(file, "wb") as out:
        out.writelines(join_chunks(write_edges(edges)))
    return time.process_time() - began


def _ends(count: int) -> Iterator[tuple[str, str]]:
    nodes = max(10, count // 10)
    return ((f"paper.p{n % nodes}", f"technique.t{n * 7919 % nodes}") for n in range(count))


# --------------------------------------------------------------------------------------------------------------- page


def _measure_pages(folder: Path) -> Iterator[str]:
    from playwright.sync_api import sync_playwright
    from pyoxigraph import Store

    from kg.export.drawing import place_nodes
    from kg.export.page import render_page
    from kg.export.view import load_view
    from kg.graph.rdf import quads_of

    yield f"\n{'page':>8}{'positions CPU s':>17}{'all Python CPU s':>18}{'MB':>7}{'first drawn s':>15}"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        for count, gate in _PAGES.items():
            store = Store()
            store.bulk_extend(quads_of(make_base(count)))
            view = load_view(store, connected=True)
            began = time.process_time()
            place_nodes(view)
            placed = time.process_time() - began
            began = time.process_time()
            path = folder / f"{count}.html"
            path.write_text(render_page(view, "Drawn"), "utf-8")
            made = time.process_time() - began
            drawn = _first_draw(browser, path)
            verdict = "" if gate is None else "gate met" if drawn <= gate else f"GATE {gate:g} s MISSED"
            yield f"{count:>8,}{placed:>17.2f}{made:>18.2f}{path.stat().st_size / 1e6:>7.1f}{drawn:>15.2f}   {verdict}"
        browser.close()


def _first_draw(browser: Any, path: Path) -> float:
    times = []
    for _ in range(3):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = context.new_page()
        began = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-drawn=yes]", timeout=120_000)
        times.append(time.perf_counter() - began)
        context.close()
    return median(times)


if __name__ == "__main__":
    print(json.dumps(_run(*sys.argv[1:])))
