"""A bounded load on ``kg serve``: clients that ask well-behaved queries in turn, and one in twenty that never ends."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from benchmarks.questions import PATHOLOGICAL, QUERIES

#: One request in so many is pathological.
ONE_IN = 20
#: Milliseconds that a request stood in the queue, which no limit of a query counts.
_WAIT = re.compile(r"wait;dur=([\d.]+)")


@dataclass(slots=True)
class Load:
    """What came of a load. Times are in seconds."""

    good: list[float] = field(default_factory=list)  # of well-behaved queries, as their clients saw it
    errors: list[str] = field(default_factory=list)  # of the same
    stopped: list[float] = field(default_factory=list)  # until a pathological one was: as its client saw it, but for the queue
    survived: list[str] = field(default_factory=list)  # pathological queries that were not stopped
    memory: list[int] = field(default_factory=list)  # of the server and its workers, bytes, four times a second
    seconds: float = 0.0

    def quantile(self, share: float) -> float:
        """The time within which this share of the well-behaved had their answers."""
        times = sorted(self.good)
        return times[min(len(times) - 1, int(share * len(times)))]


def run_load(url: str, memory: Callable[[], int], *, clients: int = 16, requests: int = 60) -> Load:
    """Has ``clients`` send ``requests`` each, one after the other, and waits for all."""
    load = Load()
    done = threading.Event()
    began = time.monotonic()
    threads = [threading.Thread(target=_ask_on, args=(url, seed, requests, load)) for seed in range(clients)]
    watcher = threading.Thread(target=_watch, args=(memory, load, done))
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.monotonic() - began
    done.set()
    watcher.join()
    return load


def _watch(memory: Callable[[], int], load: Load, done: threading.Event) -> None:
    while not done.wait(0.25):
        load.memory.append(memory())


def _ask_on(url: str, seed: int, requests: int, load: Load) -> None:
    random_ = random.Random(seed)  # noqa: S311  # no secret
    bad = set(random_.sample(range(requests), requests // ONE_IN))
    names = sorted(QUERIES)
    host = urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=120)
    for number in range(requests):
        query = PATHOLOGICAL if number in bad else QUERIES[random_.choice(names)]
        began = time.monotonic()
        try:
            status, timing, body = _send(connection, query)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            connection = http.client.HTTPConnection(host, timeout=120)
            status, timing, body = 0, "", repr(error).encode()
        if number in bad:
            match = _WAIT.search(timing)
            if status == 503 and match:
                load.stopped.append(time.monotonic() - began - float(match[1]) / 1000)
            else:
                load.survived.append(f"{status} {body[:200]!r}")
        elif status == 200:
            load.good.append(time.monotonic() - began)
        else:
            load.errors.append(f"{status} {body[:200]!r}")
    connection.close()


def _send(connection: http.client.HTTPConnection, query: str) -> tuple[int, str, bytes]:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json, text/turtle;q=0.9",
    }
    connection.request("POST", "/sparql", urlencode({"query": query}), headers)
    response = connection.getresponse()
    body = response.read()
    if response.status == 200 and "json" in response.headers["content-type"]:
        json.loads(body)  # whole, or an error
    return response.status, response.headers.get("Server-Timing", ""), body
