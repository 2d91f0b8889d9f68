"""Sixteen clients at once, one request in twenty pathological: the others do not notice but by waiting a little."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.load import ONE_IN, run_load
from benchmarks.synthetic import make_quads
from kg.serve.limits import MIB
from tests.serving import make_graph, run_server, wait_for

CLIENTS = 16
REQUESTS = 40
ROUNDS = 2
LIMIT = 1.5
WORKERS = 8
MEMORY = 256  # MiB for one query


@pytest.mark.slow
def test_a_bounded_load(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", make_quads(30_000))
    with run_server(folder, "--timeout", str(LIMIT), "--workers", str(WORKERS), "--max-memory", str(MEMORY)) as server:
        rests = []
        for _ in range(ROUNDS):
            load = run_load(server.url, server.memory, clients=CLIENTS, requests=REQUESTS)
            print(f"{len(load.good)} answers: p50 {load.quantile(0.5):.3f} s, p99 {load.quantile(0.99):.3f} s")
            assert load.errors == []
            assert len(load.good) == CLIENTS * (REQUESTS - REQUESTS // ONE_IN)
            assert load.survived == []
            assert len(load.stopped) == CLIENTS * (REQUESTS // ONE_IN)
            assert max(load.stopped) < LIMIT + 1.0
            assert wait_for(lambda: server.health()["workers"]["busy"] == 0)
            time.sleep(0.5)  # until the last that were killed are gone
            rests.append(server.memory() / (1 + len(server.workers())))  # of a process: how many are up at rest differs
            assert max(load.memory) < rests[0] * (1 + WORKERS) + WORKERS * MEMORY * MIB
        assert rests[-1] < rests[0] * 1.3, "memory grows from round to round"
        counted = server.health()["requests"]
        assert counted["timed_out"] + counted["out_of_memory"] == ROUNDS * CLIENTS * (REQUESTS // ONE_IN)
        assert counted["crashed"] == 0
