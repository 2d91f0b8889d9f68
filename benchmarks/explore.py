"""``kg explore`` against its gates and against stock pyvis, in one headless Chromium without a network or a graphics card.

Ready is the moment when two frames have been drawn after the first picture; of pyvis, when its loading bar goes. Answers to
clicks count until two frames later. Times are wall times of this machine, with all else that it does: ratios say more.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.drawn import make_base

SIZES = (2_000, 20_000, 100_000)
_READY = {2_000: 1.5, 20_000: 3.5, 100_000: 10.0}
_MEGABYTES = {20_000: 2.5, 100_000: 10.0}
_RATIO = {500: 20, 2_000: 100}
_REPEATS = 3
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
_ANSWERS = """async () => {
  const app = kgApp, { graph } = app, out = {}, last = graph.order[graph.order.length - 1];
  const take = async (name, act) => {
    const began = performance.now();
    act();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    out[name] = (performance.now() - began) / 1000;
    await new Promise((done) => setTimeout(done, 1500));
  };
  await take("search", () => app.search.find("sparse attention", 10));
  await take("select", () => app.select(graph.order[0]));
  await take("path", () => app.pathOf(graph.order[Math.floor(graph.order.length / 2)], last));
  app.clear();
  await take("filter", () => app.set({ from: 18200, to: 18900 }));
  return out;
}"""


def report_lines() -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        yield f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
        yield f"{'nodes':>8}{'page s':>8}{'layout CPU s':>14}{'MB':>7}{'ready s':>9}   search / select / path / filter s"
        ready: dict[int, float] = {}
        for count in (500, *SIZES):
            path = Path(folder, f"{count}.html")
            built, layout = _write_page(count, path)
            ready[count], answers = _measure(browser, path)
            size = path.stat().st_size / 1e6
            told = " / ".join(f"{answers[name]:.2f}" for name in ("search", "select", "path", "filter"))
            line = f"{count:>8,}{built:>8.1f}{layout:>14.2f}{size:>7.2f}{ready[count]:>9.2f}   {told}"
            yield f"{line}   {_verdict(count, ready[count], size)}"
        yield f"\n{'nodes':>8}{'pyvis s':>9}{'ratio':>8}"
        for count, gate in _RATIO.items():
            seconds = _measure_pyvis(browser, count, Path(folder, f"pyvis-{count}.html"))
            ratio = seconds / ready[count]
            yield f"{count:>8,}{seconds:>9.1f}{ratio:>8.0f}   {'gate met' if ratio >= gate else f'GATE {gate} MISSED'}"
        browser.close()


def _verdict(count: int, ready: float, size: float) -> str:
    missed = [
        name for name, value, gates in (("ready", ready, _READY), ("size", size, _MEGABYTES)) if value > gates.get(count, 1e9)
    ]
    return f"MISSED: {', '.join(missed)}" if missed else "gates met" if count in _READY else ""


def _write_page(count: int, path: Path) -> tuple[float, float]:
    """Seconds for the page, and CPU seconds of its layout."""
    from pyoxigraph import Store

    from kg.explore import places, write_page
    from kg.graph.rdf import quads_of

    store = Store()
    store.bulk_extend(quads_of(make_base(count)))
    layout_graph, cpu = places.layout_graph, 0.0

    def timed(*arguments: Any) -> Any:
        nonlocal cpu
        began = time.process_time()
        try:
            return layout_graph(*arguments)
        finally:
            cpu = time.process_time() - began

    places.layout_graph = timed
    try:
        began = time.perf_counter()
        write_page(store, path)
        return time.perf_counter() - began, cpu
    finally:
        places.layout_graph = layout_graph


def _measure(browser: Any, path: Path) -> tuple[float, dict[str, float]]:
    """Median seconds until the page is ready, and until it has answered, in the last run."""
    times, answers = [], {}
    for turn in range(_REPEATS):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        context.set_offline(True)
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-complete]", timeout=120_000)
        times.append(int(page.get_attribute("html", "data-ready")) / 1000)
        if turn == _REPEATS - 1:
            answers = page.evaluate(_ANSWERS)
        context.close()
    return median(times), answers


def _measure_pyvis(browser: Any, count: int, path: Path) -> float:
    """Seconds until stock pyvis shows the same graph: its settings as they come, its library in the file."""
    from pyvis.network import Network

    base = make_base(count)
    network = Network(cdn_resources="in_line")
    network.add_nodes([e.id for e in base.entities], label=[e.label for e in base.entities])
    for edge in base.edges:
        network.add_edge(edge.subject, edge.object)
    path.write_text(network.generate_html(), "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_offline(True)
    page = context.new_page()
    began = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(
        "() => { const b = document.getElementById('loadingBar'); return b && b.style.opacity === '0'; }", timeout=900_000
    )
    context.close()
    return time.perf_counter() - began
