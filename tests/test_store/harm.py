"""Builds that are killed, or run out of disk, again and again: run as a program, prints what came of it as JSON.

``python -m tests.test_store.harm kill|full FOLDER COUNT SEED``. This process reads the vocabulary and loads the extractor once,
and never opens a store; each build, and each look at a graph, is a fork of it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from kg.errors import GraphError, KgError
from kg.pipeline import ExtractionCache, build_graph
from kg.read import read_bytes
from tests.test_store.conftest import write_digest

_NO_GRAPH = "no graph"


def build(sources: Path, graph: Path) -> str:
    build_graph([str(sources)], graph, fast=True)
    return "built"


def look(graph: Path) -> str:
    """The hash of all quads of a graph."""
    from kg.graph.store import dump_nquads, open_store

    if not (graph / "manifest.json").exists():
        return _NO_GRAPH
    return sha256(b"".join(dump_nquads(open_store(graph)))).hexdigest()


def fork(work: Callable[[], str]) -> tuple[int, int]:
    """Starts ``work`` in a process of its own; what it returns, or the user's error that it raises, goes into a pipe."""
    out, into = os.pipe()
    pid = os.fork()
    if pid:
        os.close(into)
        return pid, out
    os.close(out)
    try:
        said = work()
    except KgError as error:
        said = f"{type(error).__name__}: {error.message} | {error.hint}"
    except BaseException as error:
        said = f"traceback: {error!r}"
    os.write(into, said[:4000].encode())
    os._exit(0)


def finish(pid: int, out: int) -> str:
    """What a fork said; empty where it was killed."""
    with os.fdopen(out) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def run(work: Callable[[], str]) -> str:
    return finish(*fork(work))


class Range:
    """A graph of old sources and the sources of its next build; each trial starts from a fresh copy."""

    def __init__(self, folder: Path) -> None:
        self.sources, self.old, self.graph = (folder / name for name in ("sources", "old", "graph"))
        self.sources.mkdir(parents=True)
        for name in range(3):
            write_digest(self.sources, name, name)
        run(lambda: build(self.sources, self.old))
        self.before = run(lambda: look(self.old))
        write_digest(self.sources, 1, 3)
        write_digest(self.sources, 3, 4)
        self.warm = folder / "warm"
        shutil.copytree(self.old, self.warm)
        assert run(lambda: build(self.sources, self.warm)) == "built"
        self.after = run(lambda: look(self.warm))
        assert self.before != self.after
        self._seconds: dict[int, float] = {}

    def seconds(self, kind: int) -> float:
        """How long a build takes that nothing harms."""
        if kind not in self._seconds:
            self.reset(kind)
            began = time.monotonic()
            assert run(lambda: build(self.sources, self.graph)) == "built"
            self._seconds[kind] = time.monotonic() - began
        return self._seconds[kind]

    def reset(self, kind: int) -> None:
        """Back to the old graph; of odd kinds, to none; of kinds above 1 all is extracted, so that a build mostly writes."""
        shutil.rmtree(self.graph, ignore_errors=True)
        shutil.copytree(self.old, self.graph)
        if kind > 1:
            shutil.copytree(self.warm / "cache", self.graph / "cache", dirs_exist_ok=True)
        if kind % 2:
            for path in self.graph.glob("[msu]*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def judge(self, kind: int, counts: Counter[str]) -> None:
        """What the graph holds after a build that was harmed, and after the next one."""
        found = run(lambda: look(self.graph))
        names = {_NO_GRAPH if kind % 2 else self.before: "old", self.after: "new"}
        counts[names.get(found, "lost or wrong")] += 1
        ended = run(lambda: build(self.sources, self.graph))
        now = run(lambda: look(self.graph))
        left = [p.name for p in self.graph.iterdir() if p.suffix == ".new"]
        stores = len(list(self.graph.glob("store-*")))
        counts["finished by the next build" if (ended, now) == ("built", self.after) else "not finished"] += 1
        counts["leftovers"] += len(left) + (stores > 2)


def kill_builds(ground: Range, count: int, rng: random.Random) -> Counter[str]:
    """Kills builds of all kinds after random times."""
    counts: Counter[str] = Counter()
    for trial in range(count):
        kind = trial % 4
        seconds = ground.seconds(kind)
        ground.reset(kind)
        pid, out = fork(lambda: build(ground.sources, ground.graph))
        time.sleep(rng.uniform(0, seconds * 1.1))
        os.kill(pid, signal.SIGKILL)
        counts["killed" if finish(pid, out) == "" else "had ended"] += 1
        ground.judge(kind, counts)
    return counts


def fill_disk(ground: Range, count: int, rng: random.Random) -> Counter[str]:
    """Limits the size of files, which fails the same calls as a full disk, to sizes between nothing and enough."""
    counts: Counter[str] = Counter()
    for trial in range(count):
        ground.reset(trial % 4)
        limit = int(100 * 10_000 ** (trial / max(1, count - 1)))

        def limited(limit: int = limit) -> str:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return build(ground.sources, ground.graph)

        said = run(limited)
        if said.startswith(GraphError.__name__) and "disk" in said:
            counts["error with a hint"] += 1
        else:
            counts["enough" if said == "built" else f"unclear: {said}"] += 1
        ground.judge(trial % 4, counts)
    return counts


def main() -> None:
    what, folder, count, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    cache = ExtractionCache(None, fast=True)
    list(cache.extract(read_bytes(b"Fold Letter\n\nFoldNet introduces folding. It gains 4 points.\n", "warm.txt")[0]))
    ExtractionCache.concepts = cache.concepts  # type: ignore[assignment,method-assign]  # read once for all forks
    extractor = cache._extractor
    ExtractionCache.extract = lambda self, documents: extractor(documents)  # type: ignore[misc,method-assign]
    ground = Range(folder)
    work = {"kill": kill_builds, "full": fill_disk}[what]
    print(json.dumps(work(ground, count, random.Random(seed))))  # noqa: S311  # no secrets


if __name__ == "__main__":
    main()
