"""Graphs sent to real servers: whole, changed, over connections that break; and the questions with a name asked there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions

import kg.push
import kg.query.remote
from kg.cli import main
from kg.errors import KgError
from kg.graph.store import open_store
from kg.pipeline import build_graph
from kg.push import PushReport, Target, guess_query_url, push_graph
from kg.query import named_queries, run_named
from kg.query.remote import EndpointError, Login, Server, ask_endpoint, declare_prefixes, run_endpoint
from tests.test_store.conftest import write_digest
from tests.test_store.faults import record_fault
from tests.test_store.servers import find_oxigraph, run_oxigraph, run_proxy, run_virtuoso

needs_oxigraph = pytest.mark.skipif(find_oxigraph() is None, reason="needs the oxigraph server: pip install oxigraph")
needs_virtuoso = pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="needs virtuoso-opensource-7-bin")

ALL = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@pytest.fixture
def graph(tmp_path: Path, remember_extractions: None) -> Path:
    (tmp_path / "sources").mkdir()
    for name in range(4):
        write_digest(tmp_path / "sources", name, name)
    build_graph([str(tmp_path / "sources")], tmp_path / "graph", fast=True)
    return tmp_path / "graph"


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    with run_oxigraph(tmp_path / "server") as url:
        yield url


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.query.remote, "PAUSES", (0.01, 0.02))


def counts(query: str) -> dict[str, str]:
    answer = ask_endpoint(Server(), query, ALL)
    assert isinstance(answer, QuerySolutions)
    return {row["g"].value: row["n"].value for row in answer if "claimgraph" in row["g"].value}


def local_counts(graph: Path) -> dict[str, str]:
    answer = open_store(graph).query(ALL)
    assert isinstance(answer, QuerySolutions)
    return {row["g"].value: row["n"].value for row in answer}


@needs_oxigraph
@pytest.mark.parametrize(("method", "path", "chunk"), [("gsp", "/store", 100), ("update", "/update", 40)])
def test_push_sends_what_changed(
    graph: Path, tmp_path: Path, oxigraph: str, method: str, path: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.push, "GSP_CHUNK", chunk)
    monkeypatch.setattr(kg.push, "UPDATE_CHUNK", chunk)
    target = Target(oxigraph + path, method)
    quads = len(open_store(graph))
    assert push_graph(graph, target, Server()) == PushReport(graphs=5, sent=5, removed=0, triples=quads, checked=5)
    assert counts(oxigraph + "/query") == local_counts(graph)
    assert push_graph(graph, target, Server()).sent == 0
    (tmp_path / "sources" / "fold-letter-0.txt").unlink()
    write_digest(tmp_path / "sources", 5, 4)
    build_graph([str(tmp_path / "sources")], graph, fast=True)
    report = push_graph(graph, target, Server())
    assert report.removed == 1
    assert report.sent < report.graphs
    assert counts(oxigraph + "/query") == local_counts(graph)
    assert push_graph(graph, target, Server(), full=True).sent == 5


@needs_oxigraph
def test_what_the_server_lost_is_sent_again(graph: Path, oxigraph: str) -> None:
    target = Target(oxigraph + "/store")
    push_graph(graph, target, Server())
    victim = next(name for name in local_counts(graph) if "/document/" in name)
    Server().send("DELETE", f"{target.url}?graph={victim}")
    Server().send(
        "PUT", f"{target.url}?graph=http://example.org/theirs", b"<urn:a> <urn:b> <urn:c> .", {"Content-Type": "text/turtle"}
    )
    assert push_graph(graph, target, Server()).sent == 1
    assert counts(oxigraph + "/query") == local_counts(graph)
    answer = ask_endpoint(Server(), oxigraph + "/query", "ASK { GRAPH <http://example.org/theirs> { ?s ?p ?o } }")
    assert bool(answer)


def break_connections(graph: Path, url: str, count: int) -> tuple[int, int]:
    """Pushes over connections that break at request 0, at request 1, and so on; how many broke, and how many pushes it took."""
    broken = pushes = 0
    for first in range(count):
        for file in graph.glob("pushed-*"):
            file.unlink()
        for name in local_counts(graph):
            Server().send("POST", url + "/update", f"update=DROP SILENT GRAPH <{name}>".encode(), FORM)
        with run_proxy(url, set(range(first, first + 3))) as proxy:  # three tries in a row: the push gives up
            target = Target(proxy.url + "/store", query=proxy.url + "/query")
            with pytest.raises(EndpointError, match="no answer from"):
                push_graph(graph, target, Server())
            broken += 3
            already = proxy.count
            report = push_graph(graph, target, Server())
            pushes += 2
            if first > 1:
                assert report.sent < report.graphs, f"began anew after {already} requests"
        assert counts(url + "/query") == local_counts(graph)
    return broken, pushes


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@needs_oxigraph
def test_a_broken_push_goes_on_where_it_stopped(graph: Path, oxigraph: str) -> None:
    tried = 5
    broken, _ = break_connections(graph, oxigraph, tried)
    assert broken == 3 * tried
    record_fault("push whose connection broke three times in a row", tried=tried, old=0, new=tried, wrong=0, finished=tried)


@needs_oxigraph
def test_a_connection_that_breaks_now_and_then_is_not_noticed(graph: Path, oxigraph: str) -> None:
    with run_proxy(oxigraph, {0, 3, 5}) as proxy:
        report = push_graph(graph, Target(proxy.url + "/store", query=proxy.url + "/query"), Server())
        assert proxy.count == 6 + 3
    assert report.sent == report.checked == 5
    assert counts(oxigraph + "/query") == local_counts(graph)


@needs_oxigraph
def test_credentials_are_sent_and_never_shown(graph: Path, oxigraph: str) -> None:
    with run_proxy(oxigraph) as proxy:
        target = Target(proxy.url + "/store")
        push_graph(graph, target, Server(Login("ada", "pass:word")))
        push_graph(graph, target, Server(Login(token="t0ken")), full=True)  # noqa: S106  # of no server
        assert {seen.get("Authorization") for seen in proxy.seen} == {"Basic YWRhOnBhc3M6d29yZA==", "Bearer t0ken"}
    for file in graph.glob("pushed-*"):
        assert "word" not in file.read_text()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/store", "not a URL of a server"),
        ("http://ada:secret@example.org/store", "a URL with a password in it"),
        ("http://127.0.0.1:9/store", "no answer from"),
        ("http://127.0.0.1:9/mine", "where does 127.0.0.1:9 answer queries"),
    ],
)
def test_a_url_that_is_of_no_server_is_an_error(graph: Path, url: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as error:
        push_graph(graph, Target(url), Server())
    assert error.value.hint
    assert "secret" not in error.value.message + error.value.hint


def test_addresses_for_queries() -> None:
    urls = ("http://h/ds/data", "http://h/repositories/r/statements", "http://h/sparql-graph-crud-auth", "http://h/sparql")
    guessed = [guess_query_url(url) for url in urls]
    assert guessed == ["http://h/ds/query", "http://h/repositories/r", "http://h/sparql", "http://h/sparql"]


@needs_oxigraph
def test_named_questions_are_asked_there(graph: Path, oxigraph: str) -> None:
    """Every question with a name gives the rows that the graph here gives."""
    push_graph(graph, Target(oxigraph + "/store"), Server())
    store, url = open_store(graph), oxigraph + "/query?union-default-graph"
    asked = 0
    for name in named_queries():
        here, there = run_named(store, name), run_endpoint(Server(), url, "", name, store=store)
        if isinstance(here, QuerySolutions) and isinstance(there, QuerySolutions):
            assert sorted(map(str, here)) == sorted(map(str, there)), name
            asked += 1
    assert asked > 10


@needs_oxigraph
def test_push_and_query_from_the_command_line(graph: Path, tmp_path: Path, oxigraph: str) -> None:
    def run(*words: object) -> str:
        result = CliRunner().invoke(main, [str(word) for word in words], env={"KG_TOKEN": "t0ken"})
        assert result.exit_code == 0, result.output
        return result.output

    assert "sent 5 of 5 graphs" in run("push", oxigraph + "/store", "--graph", graph)
    assert "sent 0 of 5 graphs, 0 triples; removed 0; counts of 5 agree" in run("push", oxigraph + "/store", "--graph", graph)
    endpoint = ("--endpoint", oxigraph + "/query?union-default-graph", "--graph", tmp_path / "none")
    question = "SELECT DISTINCT ?name { ?p a kg:Paper ; skos:prefLabel ?name } ORDER BY ?name"
    assert run("query", question, *endpoint, "--format", "csv") == run("query", question, "--graph", graph, "--format", "csv")
    assert run("query", "ASK { ?p a kg:Paper }", *endpoint) == "true\n"
    built = run("query", "CONSTRUCT { ?p a kg:Paper } { ?p a kg:Paper }", *endpoint, "--format", "ntriples")
    assert built == run("query", "CONSTRUCT { ?p a kg:Paper } { ?p a kg:Paper }", "--graph", graph, "--format", "ntriples")
    assert "/technique/loopfold" in run(
        "query", "SELECT ?p { ?p skos:prefLabel ?name }", "-p", "name=LoopFold", *endpoint, "--format", "csv"
    )
    wrong = CliRunner().invoke(main, ["query", "SELECT ?x { ?x }", *map(str, endpoint)])
    assert wrong.exit_code == 2
    assert "error: " in wrong.output


def test_prefixes_are_declared_once() -> None:
    assert declare_prefixes("SELECT ?p { ?p a kg:Paper }").count("PREFIX") == 1
    assert declare_prefixes("PREFIX kg: <urn:x>\nASK { ?p a kg:Paper }").count("PREFIX") == 1


@needs_virtuoso
def test_push_to_virtuoso(graph: Path, tmp_path: Path) -> None:
    """Whose users log in by digest, which answers 200 to much that went wrong, and which sees all graphs as one."""
    with run_virtuoso(tmp_path / "virtuoso") as url:
        target, login = Target(url + "/sparql-graph-crud-auth"), Login("dba", "dba", digest=True)
        with pytest.raises(EndpointError, match="401"):
            push_graph(graph, target, Server())
        with pytest.raises(EndpointError, match="401"):
            push_graph(graph, target, Server(Login("dba", "wrong", digest=True)))
        report = push_graph(graph, target, Server(login))
        assert report.sent == report.checked == 5
        assert push_graph(graph, target, Server(login)).sent == 0
        write_digest(tmp_path / "sources", 0, 4)
        build_graph([str(tmp_path / "sources")], graph, fast=True)
        report = push_graph(graph, target, Server(login))
        assert report.checked == 5
        assert counts(url + "/sparql") == local_counts(graph)
        store = open_store(graph)
        for name in ("papers", "techniques"):
            if name in named_queries():
                here, there = run_named(store, name), run_endpoint(Server(), url + "/sparql", "", name, store=store)
                assert len(list(here)) == len(list(there)), name  # type: ignore[arg-type]
