"""The same eight queries asked of Oxigraph directly, through the library, and over HTTP, and a load of sixteen clients.

One synthetic graph (``KG_BENCH_QUADS`` quads, a million unless told). Each time is the median of many, the ways in turn in one
run. ``raw`` is pyoxigraph's query and its own JSON or Turtle; ``library`` is ``kg.query``; ``http`` is a client on a connection
that it keeps. A ratio is to raw; ``added`` is what HTTP adds in milliseconds, which is much the same for any query.
"""

from __future__ import annotations

import http.client
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import geometric_mean, median
from urllib.parse import quote, urlsplit

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

from benchmarks.load import ONE_IN, run_load
from benchmarks.questions import QUERIES
from benchmarks.synthetic import make_quads
from kg.graph.store import open_store, write_store
from kg.graph.vocab import PREFIXES
from kg.query import format_answer, run_query
from kg.serve.limits import Limits
from tests.serving import Server, run_server

QUADS = int(os.environ.get("KG_BENCH_QUADS", "1000000"))
#: Seconds that a query may take in the load.
_LIMIT = 5
#: Answers of at most so many bytes count as small.
_SMALL = 10_000


def report_lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "graph")
        began = time.perf_counter()
        counts = write_store(folder, make_quads(QUADS)).counts
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        seconds = time.perf_counter() - began
        yield f"{counts['quads']:,} quads, made and written in {seconds:.1f} s, {size / 1e6:.0f} MB on the disk"
        store = open_store(folder)
        with run_server(folder, "--timeout", "60") as server:
            yield from _ratio_lines(store, server)
        del store
        with run_server(folder, "--timeout", str(_LIMIT)) as server:
            yield from _load_lines(server)


def _load_lines(server: Server) -> Iterator[str]:
    before = _measure_level(server)
    load = run_load(server.url, server.memory, clients=16, requests=2 * ONE_IN)
    counted = server.health()["requests"]
    after = _measure_level(server)
    by = f"{counted['timed_out']} for their time, {counted['out_of_memory']} for their memory"
    limits = Limits()
    bound = before + limits.workers * limits.max_memory / 1e6
    yield ""
    yield f"16 clients, one request in twenty pathological, limit {_LIMIT} s, {load.seconds:.0f} s in all"
    waits = f"p50 {load.quantile(0.5):.2f} s, p99 {load.quantile(0.99):.2f} s"
    yield f"  others: {len(load.good)} answered, {len(load.errors)} not; {waits}"
    yield f"  pathological: {len(load.stopped)} stopped by {max(load.stopped):.2f} s ({by}), {len(load.survived)} not"
    yield f"  memory: {before:.0f} MB before, {after:.0f} MB after"
    yield f"  at most {max(load.memory) / 1e6:,.0f} MB of the {bound:,.0f} MB that the limits allow"


def _measure_level(server: Server) -> float:
    """Megabytes that the server holds at rest with all its workers there and warm: after well-behaved queries alone."""
    run_load(server.url, server.memory, clients=16, requests=ONE_IN - 1)
    time.sleep(1)
    return server.memory() / 1e6


def _ratio_lines(store: Store, server: Server) -> Iterator[str]:
    yield f"{'':12}{'raw ms':>9}{'library':>9}{'http':>7}{'added':>8}{'bytes':>9}"
    ratios: list[tuple[float, float, int]] = []
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=120)
    for name, query in QUERIES.items():
        ways = (
            lambda q=query: _ask_raw(store, q),
            lambda q=query: _ask_library(store, q),
            lambda q=query: _ask_http(connection, q),
        )
        raw, library, served = _take_turns(ways)
        size = len(ways[2]())
        ratios.append((library / raw, served / raw, size))
        yield f"{name:12}{raw * 1e3:>9.2f}{library / raw:>9.2f}{served / raw:>7.2f}{(served - raw) * 1e3:>8.2f}{size:>9,}"
    small = [ratio for _, ratio, size in ratios if size <= _SMALL]
    library, served = (geometric_mean(pair[n] for pair in ratios) for n in (0, 1))
    yield f"geometric means: library {library:.2f}, http {served:.2f}, of small answers {geometric_mean(small):.2f}"


def _take_turns(ways: tuple[Callable[[], bytes], ...]) -> list[float]:
    """The median time of each way, over three seconds in all or two hundred turns."""
    times: list[list[float]] = [[] for _ in ways]
    end = time.perf_counter() + 3
    while len(times[0]) < 5 or (time.perf_counter() < end and len(times[0]) < 200):
        for taken, way in zip(times, ways, strict=True):
            began = time.perf_counter()
            way()
            taken.append(time.perf_counter() - began)
    return [median(taken) for taken in times]


def _ask_raw(store: Store, query: str) -> bytes:
    answer = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(answer, QueryTriples):
        return answer.serialize(format=RdfFormat.TURTLE) or b""
    return answer.serialize(format=QueryResultsFormat.JSON) or b""


def _ask_library(store: Store, query: str) -> bytes:
    answer = run_query(store, query)
    return format_answer(answer, "turtle" if isinstance(answer, QueryTriples) else "json")


def _ask_http(connection: http.client.HTTPConnection, query: str) -> bytes:
    connection.request("GET", "/sparql?query=" + quote(query))
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"the server answered {response.status}: {body[:300]!r}")
    return body
