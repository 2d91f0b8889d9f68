"""Whatever ends a build, the graph opens and holds the old state or the new one, and the next build finishes the job."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph.store import lock_folder
from kg.pipeline import build_graph
from tests.test_store.conftest import read_quads, write_digest
from tests.test_store.faults import read_counts, record_fault

ROOT = Path(__file__).parents[2]

#: How many builds the slow suite kills, and how many it lets run out of disk.
KILLS, FULL_DISKS = 200, 40


def harm(what: str, folder: Path, count: int) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.test_store.harm", what, str(folder), str(count), "20260513"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode == 0, done.stderr
    return read_counts(done.stdout)


def check(counts: dict[str, int], tried: int, name: str) -> None:
    wrong = counts.get("lost or wrong", 0)
    finished = counts.get("finished by the next build", 0)
    old, new = counts.get("old", 0), counts.get("new", 0)
    assert (wrong, finished, old + new, counts["leftovers"]) == (0, tried, tried, 0), counts
    assert not [what for what in counts if what.startswith("unclear")], counts
    if tried > 20:
        assert old > tried / 10, "nothing was interrupted"
        record_fault(name, tried=tried, old=old, new=new, wrong=wrong, finished=finished)


def test_killed_builds(tmp_path: Path) -> None:
    check(harm("kill", tmp_path / "ground", 4), 4, "")


def test_builds_on_a_full_disk(tmp_path: Path) -> None:
    check(harm("full", tmp_path / "ground", 4), 4, "")


@pytest.mark.slow
def test_many_killed_builds(tmp_path: Path) -> None:
    check(harm("kill", tmp_path / "ground", KILLS), KILLS, "build killed (SIGKILL) at a random moment")


@pytest.mark.slow
def test_many_builds_on_a_full_disk(tmp_path: Path) -> None:
    check(harm("full", tmp_path / "ground", FULL_DISKS), FULL_DISKS, "build on a disk that is full")


@pytest.mark.usefixtures("remember_extractions")
def test_two_readers_and_a_writer(tmp_path: Path) -> None:
    """Readers that open the graph while builds replace it see one state or the other, never a mixture, never an error."""
    sources, graph = tmp_path / "sources", tmp_path / "graph"
    sources.mkdir()
    states: list[list[bytes]] = []
    for body in (0, 3):
        write_digest(sources, 0, body)
        build_graph([str(sources)], graph, fast=True)
        states.append(read_quads(graph))
    seen: list[int] = []
    troubles: list[BaseException] = []
    over = threading.Event()

    def read() -> None:
        try:
            while not over.is_set():
                seen.append(states.index(read_quads(graph)))
        except BaseException as error:
            troubles.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(6):
        write_digest(sources, 0, (0, 3)[n % 2])
        build_graph([str(sources)], graph, fast=True)
    over.set()
    for reader in readers:
        reader.join()
    assert not troubles
    assert set(seen) == {0, 1}
    assert len(list(graph.glob("store-*"))) == 2


@pytest.mark.usefixtures("remember_extractions")
def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    source = write_digest(tmp_path, 0, 0)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with lock_folder(tmp_path / "graph"):
            held.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    with pytest.raises(GraphError, match="another build is running") as error:
        build_graph([str(source)], tmp_path / "graph", fast=True)
    done.set()
    holder.join()
    assert "wait until it has ended" in error.value.hint
    build_graph([str(source)], tmp_path / "graph", fast=True)
