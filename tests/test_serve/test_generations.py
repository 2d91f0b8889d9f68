"""Builds while the server runs: no request fails, each sees one build, and after a build comes the new one."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import main
from kg.graph.held import StoreHolder
from tests.serving import make_graph, run_server, wait_for

QUERY = "SELECT (COUNT(*) AS ?n) (MIN(?o) AS ?least) (MAX(?o) AS ?most) { ?s <http://example.org/build> ?o }"


def quads(build: int) -> list[Quad]:
    """As many quads as a hundred times the number of the build, which each of them says."""
    said = NamedNode("http://example.org/build")
    return [Quad(NamedNode(f"http://example.org/{n}"), said, Literal(build)) for n in range(100 * build)]


@pytest.mark.slow
def test_builds_while_clients_ask(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))
    seen: list[tuple[int, int, int]] = []
    failed: list[str] = []
    stop = threading.Event()
    with run_server(folder, "--workers", "3") as server:

        def ask_on() -> None:
            while not stop.is_set():
                response = server.ask(QUERY)
                if response.status_code != 200:
                    failed.append(response.text)
                    return
                row = response.json()["results"]["bindings"][0]
                seen.append((int(row["n"]["value"]), int(row["least"]["value"]), int(row["most"]["value"])))

        threads = [threading.Thread(target=ask_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        for build in range(2, 8):
            make_graph(folder, quads(build))
            assert wait_for(lambda build=build: seen and seen[-1][1] == build, 10)
        stop.set()
        for thread in threads:
            thread.join()
        assert not failed
        assert all(n == 100 * least and least == most for n, least, most in seen), "an answer mixes two builds"
        assert {least for _, least, _ in seen} == set(range(1, 8))
        assert server.health()["build"] == 7


def test_tags_change_with_the_build(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))
    with run_server(folder) as server:
        first = server.ask(QUERY).headers["etag"]
        make_graph(folder, quads(2))
        second = server.client.post(f"{server.url}/sparql", data={"query": QUERY}, headers={"If-None-Match": first})
        assert second.status_code == 200
        assert second.headers["etag"] != first


@pytest.mark.slow
def test_a_query_that_runs_through_a_build_is_answered(tmp_path: Path) -> None:
    """A slow one: it starts on the old store, which the build removes below it."""
    folder = make_graph(tmp_path / "graph", quads(20))
    slow = "SELECT (COUNT(*) AS ?n) { ?a <http://example.org/build> ?x . ?b <http://example.org/build> ?y }"
    with run_server(folder) as server:
        answers: list[str] = []

        def ask() -> None:
            answers.append(server.ask(slow).json()["results"]["bindings"][0]["n"]["value"])

        thread = threading.Thread(target=ask)
        thread.start()
        assert wait_for(lambda: server.health()["workers"]["busy"] == 1)
        make_graph(folder, quads(1))
        thread.join(30)
        assert answers == [str(2000 * 2000)]


@pytest.mark.slow
def test_a_graph_that_is_gone_and_comes_again(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))
    with run_server(folder, "--workers", "1", "--timeout", "2") as server:
        shutil.rmtree(folder)
        for worker in server.workers():
            worker.kill()
        assert server.ask(QUERY).status_code == 503
        assert server.ask(QUERY).status_code == 503
        make_graph(folder, quads(3))
        assert wait_for(lambda: server.ask(QUERY).status_code == 200)


def test_there_is_no_graph(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--graph", str(tmp_path / "nothing"), "--port", "0"])
    assert result.exit_code == 2
    assert "kg build" in result.output


def test_the_port_is_taken(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))
    with run_server(folder) as server:
        port = server.url.rpartition(":")[2]
        result = CliRunner().invoke(main, ["serve", "--graph", str(folder), "--port", port])
        assert result.exit_code == 2
        assert "--port" in result.output


@pytest.mark.slow
def test_a_query_through_several_builds(tmp_path: Path) -> None:
    """The store that a worker has open is held for it, whatever is built; what nobody has open any more is given back."""
    folder = make_graph(tmp_path / "graph", quads(1))
    with run_server(folder, "--workers", "1") as server:
        (held,) = folder.glob("held-*/")
        assert server.ask(QUERY).status_code == 200
        for build in range(2, 6):
            make_graph(folder, quads(build))
            assert len(list(held.iterdir())) <= 2
        assert "500,5,5" in server.ask(QUERY, "text/csv").text
        assert wait_for(lambda: len(list(held.iterdir())) == 1)
    assert not list(folder.glob("held-*"))


@pytest.mark.slow
def test_what_a_killed_server_held_is_removed(tmp_path: Path) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))
    with run_server(folder) as server:
        server.process.kill()
        server.process.wait()
    assert len(list(folder.glob("held-*"))) == 2
    with run_server(folder) as first, run_server(folder) as second:
        assert len(list(folder.glob("held-*.lock"))) == 2
        assert first.ask(QUERY).status_code == second.ask(QUERY).status_code == 200
    assert not list(folder.glob("held-*"))


def test_where_nothing_can_be_held_the_store_is_served_as_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_graph(tmp_path / "graph", quads(1))

    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    holder = StoreHolder(folder)
    manifest, path = holder.hold()
    assert path == folder / manifest.store
    holder.release(path)
    holder.close()
    assert path.is_dir()
    assert not list(folder.glob("held-*"))
