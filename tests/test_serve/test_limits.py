"""A query that passes a limit, or whose client has gone, really stops: its process ends, and the others do not notice."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
import pytest

from kg.serve.limits import MIB
from tests.serving import Server, run_server, wait_for
from tests.test_serve.conftest import MAX_BYTES, MAX_ROWS, TIMEOUT
from tests.test_serve.hostile import PATHOLOGICAL

ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_PAIRS = "?a <http://example.org/p> ?b . ?c <http://example.org/p> ?d"
#: Has the engine hold a million rows at one time, some 150 MiB.
DISTINCT_PAIRS = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?c {{ {_PAIRS} }} LIMIT 1000000 }}"


def start_and_leave(server: Server, query: str) -> None:
    """Sends a query on a connection of its own, and closes that once a worker has taken it."""
    url = urlsplit(server.url)
    with socket.create_connection((url.hostname or "", url.port or 0)) as connection:
        body = query.encode()
        head = f"Host: {url.netloc}\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}"
        connection.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\n".encode() + body)
        assert wait_for(lambda: server.health()["workers"]["busy"] == 1)


@pytest.mark.parametrize("query", [PATHOLOGICAL[0], *(pytest.param(q, marks=pytest.mark.slow) for q in PATHOLOGICAL[1:])])
def test_a_query_that_takes_too_long_is_stopped(server: Server, query: str) -> None:
    before = time.monotonic()
    response = server.ask(query)
    took = time.monotonic() - before
    assert response.status_code == 503
    assert "stopped after 1 seconds" in response.text
    assert TIMEOUT <= took < TIMEOUT + 1.0
    assert wait_for(lambda: server.health()["workers"]["busy"] == 0, 1.0)
    assert server.ask("ASK { }").json()["boolean"] is True


@pytest.mark.slow
def test_no_processor_time_is_spent_after_the_limit(server: Server) -> None:
    assert server.ask(PATHOLOGICAL[0]).status_code == 503

    def spent() -> float:
        total = 0.0
        for worker in server.workers():
            with suppress(psutil.NoSuchProcess):  # it has just ended, or has ended and not been waited for
                total += sum(worker.cpu_times()[:2])
        return total

    assert wait_for(lambda: server.health()["workers"]["busy"] == 0, 1.0)
    before = spent()
    time.sleep(0.7)
    assert spent() - before < 0.2


def test_a_query_whose_client_has_gone_is_stopped(server: Server) -> None:
    abandoned = server.health()["requests"]["abandoned"]
    start_and_leave(server, PATHOLOGICAL[0])
    assert wait_for(lambda: server.health()["workers"]["busy"] == 0, TIMEOUT * 0.8)
    assert server.health()["requests"]["abandoned"] == abandoned + 1


def test_too_many_rows(server: Server) -> None:
    just, over = (f"SELECT ?s {{ ?s <http://example.org/p> ?o }} LIMIT {n}" for n in (MAX_ROWS, MAX_ROWS + 1))
    for accept in (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ):
        assert server.ask(just, accept).status_code == 200
        refused = server.ask(over, accept)
        assert refused.status_code == 413
        assert f"more than {MAX_ROWS:,} rows" in refused.text
    graph = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SELECT * {{ ?s ?p ?o . ?s <http://example.org/p> ?o }} LIMIT {} }}"
    assert server.ask(graph.format(MAX_ROWS), "text/turtle").status_code == 200
    assert server.ask(graph.format(MAX_ROWS + 1), "text/turtle").status_code == 413


def test_texts_that_look_like_rows_are_not_counted(server: Server) -> None:
    lines = "\\n".join("a" for _ in range(MAX_ROWS + 10))
    assert server.ask(f"SELECT ('{lines}' AS ?x) {{ }}", "text/csv").status_code == 200
    braces = "},{" * (MAX_ROWS + 10)
    assert server.ask(f"SELECT ('{braces}' AS ?x) {{ }}").status_code == 200


def test_too_many_bytes(server: Server) -> None:
    query = f"SELECT ?s (CONCAT('{'x' * 400}', STR(?s)) AS ?t) {{ ?s <http://example.org/p> ?o }} LIMIT 1500"
    response = server.ask(query)
    assert response.status_code == 413
    assert f"{MAX_BYTES:,} bytes" in response.text


def test_too_much_memory(folder: Path) -> None:
    with run_server(folder, "--max-memory", "64", "--workers", "1") as server:
        server.ask("ASK { }")
        before = server.memory()
        response = server.ask(DISTINCT_PAIRS)
        assert response.status_code == 503
        assert "needs more than 64 MiB of memory" in response.text
        assert "--max-memory" in response.text
        assert "work;dur=" in response.headers["Server-Timing"]
        assert server.ask("ASK { }").json()["boolean"] is True
        assert wait_for(lambda: server.memory() < before + 16 * MIB)
        counted = server.health()["requests"]
        assert (counted["out_of_memory"], counted["crashed"], counted["timed_out"]) == (1, 0, 0)


@pytest.mark.slow
def test_memory_comes_back_after_an_answer_that_took_much(folder: Path) -> None:
    """What a process has once taken it may keep; such a worker is replaced, so that the next query has all that it may take."""
    with run_server(folder, "--workers", "1") as server:
        server.ask("ASK { }")
        before = server.memory()
        for _ in range(3):
            assert server.ask(DISTINCT_PAIRS).json()["results"]["bindings"][0]["n"]["value"] == "1000000"
            assert wait_for(lambda: server.memory() < before + 150 * MIB)
        counted = server.health()["requests"]
        assert (counted["out_of_memory"], counted["crashed"], counted["timed_out"]) == (0, 0, 0)


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    server.ask("ASK { }")
    for worker in server.workers():
        worker.kill()
    assert [server.ask("ASK { }").status_code for _ in range(4)].count(200) >= 3
    assert server.ask("ASK { }").status_code == 200


def test_a_body_that_is_too_long(server: Server) -> None:
    body = b"ASK { } #" + b"x" * (2 << 20)
    response = server.client.post(f"{server.url}/sparql", content=body, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code == 413


@pytest.mark.slow
def test_a_full_queue_says_so_and_empties(folder: Path) -> None:
    with run_server(folder, "--timeout", "1", "--workers", "1") as busy:
        with ThreadPoolExecutor(140) as threads:
            answers = list(threads.map(lambda _: busy.ask("ASK { }").status_code, range(140)))
        assert set(answers) <= {200, 503}
        assert answers.count(200) > 100
        assert busy.ask("ASK { }").status_code == 200
        assert busy.health()["workers"] == {"most": 1, "busy": 0, "waiting": 0}


@pytest.mark.slow
def test_clients_that_do_not_read(folder: Path) -> None:
    """Their answers wait in memory up to a bound; beyond it, nobody is asked until some have gone."""
    most = 4 << 20
    text = "x" * 1300
    query = quote(f"SELECT ?s ('{text}' AS ?text) {{ ?s <http://example.org/p> ?o }} LIMIT 3000")
    with run_server(folder, "--max-bytes", str(most), "--workers", "4") as server, ExitStack() as stack:
        server.ask("ASK { }")
        before = psutil.Process(server.process.pid).memory_info().rss
        url = urlsplit(server.url)
        for _ in range(40):
            connection = stack.enter_context(socket.create_connection((url.hostname or "", url.port or 0)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
        wait_for(lambda: server.health()["requests"]["answered"] >= 41, 20)  # forty and the first
        assert psutil.Process(server.process.pid).memory_info().rss - before < 16 * most  # of 40
        stack.close()
        assert wait_for(lambda: server.ask("ASK { }").status_code == 200)


@pytest.mark.slow
def test_workers_end_with_the_server(folder: Path) -> None:
    with run_server(folder) as running:
        workers = running.workers()
        assert workers
        running.process.kill()
        assert wait_for(lambda: not any(w.is_running() and w.status() != psutil.STATUS_ZOMBIE for w in workers))
