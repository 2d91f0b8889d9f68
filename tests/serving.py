"""A running ``kg serve`` for tests, as a process of its own, and a small graph for it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
from pyoxigraph import Quad

from kg.graph.store import write_store


@dataclass
class Server:
    """A server: its URL, with no slash at the end, and its process."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client = field(default_factory=lambda: httpx.Client(verify=False, trust_env=False, timeout=60))  # noqa: S501

    def ask(self, query: str, accept: str = "application/sparql-results+json", **fields: Any) -> httpx.Response:
        """The response to a query in a form."""
        data = {"query": query, **fields}
        return self.client.post(f"{self.url}/sparql", data=data, headers={"Accept": accept})

    def get(self, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
        """The response to a GET."""
        return self.client.get(self.url + path, headers={"Accept": accept, **headers})

    def health(self) -> dict[str, Any]:
        """What the server tells of itself."""
        told: dict[str, Any] = self.get("/health").json()
        return told

    def workers(self) -> list[psutil.Process]:
        """Its worker processes."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def memory(self) -> int:
        """Bytes that the server and its workers hold for themselves."""
        total = 0
        for process in [psutil.Process(self.process.pid), *self.workers()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total


def make_graph(folder: Path, quads: Iterable[Quad]) -> Path:
    """A graph folder of quads."""
    write_store(folder, quads)
    return folder


@contextlib.contextmanager
def run_server(folder: Path, *options: str) -> Iterator[Server]:
    """``kg serve`` on a free port until the block ends."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://\S+?(?=/ )", line)
        assert match, f"the server did not start: {line!r}"
        server = Server(match[0], process)
        with server.client:
            yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(condition: Any, seconds: float = 5.0) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())
