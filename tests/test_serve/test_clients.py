"""Clients that people use, each with a query and a CONSTRUCT: SPARQLWrapper, rdflib, curl, pandas, Comunica, a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from tests.serving import Server

PREFIXES = "PREFIX kg: <https://w3id.org/claimgraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
SELECT = PREFIXES + "SELECT ?label { ?paper a kg:Paper ; skos:prefLabel ?label } ORDER BY ?label"
CONSTRUCT = PREFIXES + "CONSTRUCT { ?a skos:broader ?b } WHERE { ?a skos:broader ?b }"
LABELS = ["Ember", "LanternRAG", "Mosaic", "Quill"]
COMUNICA = Path(__file__).parent / "comunica"


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, method: str) -> None:
    from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)
    client.setReturnFormat(JSON)
    client.setQuery(SELECT)
    rows: Any = client.query().convert()
    assert [row["label"]["value"] for row in rows["results"]["bindings"]] == LABELS
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert len(graph) == 1


@pytest.mark.slow
def test_sparqlwrapper_sees_the_parsers_message(server: Server) -> None:
    from SPARQLWrapper import SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(server: Server, method: Any) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql", method=method))
    rows: Any = graph.query(SELECT)
    assert [str(row.label) for row in rows] == LABELS
    assert len(graph.query(CONSTRUCT).graph or []) == 1
    assert (None, rdflib.SKOS.broader, None) in graph


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(server: Server) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "--silent", "--fail-with-body", *arguments], capture_output=True, text=True, check=True
        ).stdout

    url = f"{server.url}/sparql"
    assert curl(url, "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}").split() == ["label", *LABELS]
    direct = ("-H", "Content-Type: application/sparql-query", "-H", "Accept: application/n-triples")
    assert len(list(parse(curl(url, *direct, "--data-binary", CONSTRUCT), format=RdfFormat.N_TRIPLES))) == 1
    assert "sd:Service" in curl(url)


@pytest.mark.slow
def test_pandas_reads_a_url(server: Server) -> None:
    pandas = pytest.importorskip("pandas")
    from urllib.parse import quote

    frame = pandas.read_csv(f"{server.url}/sparql?format=csv&query={quote(SELECT)}")
    assert list(frame["label"]) == LABELS


@pytest.fixture(scope="module")
def comunica() -> Path:
    """The command, installed once beside its package.json."""
    command = COMUNICA / "node_modules" / ".bin" / "comunica-sparql"
    if not command.exists():
        if not shutil.which("npm"):
            pytest.skip("npm is not installed")
        install = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]
        try:
            done = subprocess.run(install, cwd=COMUNICA, capture_output=True, timeout=240, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip("npm took too long to install Comunica")
        if done.returncode:
            pytest.skip(f"npm could not install Comunica: {done.stderr.decode(errors='replace')[-300:]}")
    return command


@pytest.mark.slow
def test_comunica(server: Server, comunica: Path) -> None:
    def ask(query: str, form: str) -> str:
        command = [str(comunica), f"sparql@{server.url}/sparql", query, "-t", form]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    rows = json.loads(ask(SELECT, "application/sparql-results+json"))
    assert [row["label"]["value"] for row in rows["results"]["bindings"]] == LABELS
    assert len(list(parse(ask(CONSTRUCT, "application/n-triples"), format=RdfFormat.N_TRIPLES))) == 1


class Tab:
    """A page of the browser, with what it asked for and what went wrong."""

    def __init__(self, browser: Any) -> None:
        self.page = browser.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.wrong.append("a dialog"), dialog.dismiss()))

    def run(self, query: str) -> str:
        """Types a query into the editor, runs it, and returns the answer as shown."""
        self.page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)
        self.page.click(".yasqe_queryButton")
        self.page.wait_for_function("() => /ms$/m.test(document.querySelector('#answer').innerText)")
        return str(self.page.inner_text("#answer"))


@pytest.mark.slow
@pytest.mark.browser
def test_the_editor(server: Server, browser: Any) -> None:
    tab = Tab(browser)
    tab.page.goto(f"{server.url}/editor?question=papers")
    tab.page.wait_for_selector("body[data-ready]")
    assert "#: title" in tab.page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    shown = tab.run(SELECT)
    assert all(label in shown for label in LABELS)
    assert "4 rows" in shown
    assert "skos/core#broader" in tab.run(CONSTRUCT) or "skos:broader" in tab.page.inner_text("#answer")
    assert "true" in tab.run("ASK { }")
    assert all(url.startswith((server.url, "data:")) for url in tab.asked)
    assert tab.wrong == []
    tab.page.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_editor_shows_mistakes_and_hostile_texts_as_text(server: Server, browser: Any) -> None:
    tab = Tab(browser)
    tab.page.goto(f"{server.url}/editor")
    tab.page.wait_for_selector("body[data-ready]")
    shown = tab.run("SELECT ?label ?url { ?s a kg:Technique ; skos:prefLabel ?label ; schema:url ?url }")
    assert "<script>alert(1)</script>" in shown
    assert tab.page.locator("#answer script, #answer img, #answer svg, #answer iframe").count() == 0
    targets = tab.page.eval_on_selector_all("#answer a", "links => links.map(link => link.href)")
    assert all(target.startswith("http") for target in targets)
    tab.page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s ?p ')")
    tab.page.click(".yasqe_queryButton")
    tab.page.wait_for_selector("#answer .failed")
    assert "line 1" in tab.page.inner_text("#answer")
    assert [wrong for wrong in tab.wrong if "400" not in wrong] == []
    tab.page.close()


@pytest.mark.slow
@pytest.mark.browser
def test_pages_of_hostile_nodes_run_nothing(server: Server, browser: Any) -> None:
    tab = Tab(browser)
    for number in range(15):
        tab.page.goto(f"{server.url}/id/technique/hostile-{number}")
    tab.page.goto(f"{server.url}/")
    assert tab.wrong == []
    assert all(url.startswith((server.url, "data:")) for url in tab.asked)
    tab.page.close()
