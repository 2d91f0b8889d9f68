"""What a running server answers: every form, the description of the service and of the data, pages, tags, headers."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from kg import __version__
from kg.graph import vocab
from kg.query import named_queries
from tests.serving import Server

PAPERS = "SELECT ?paper ?label { ?paper a kg:Paper ; skos:prefLabel ?label } ORDER BY ?label"
BROADER = "CONSTRUCT { ?a skos:broader ?b } WHERE { ?a skos:broader ?b }"
LABELS = ["Ember", "LanternRAG", "Mosaic", "Quill"]
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_rows(server: Server, accept: str, media: str, form: QueryResultsFormat) -> None:
    response = server.ask(PAPERS, accept)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media)
    rows = parse_query_results(response.content, format=form)
    assert [row["label"].value for row in rows] == LABELS  # type: ignore[union-attr]


def test_rows_as_csv(server: Server) -> None:
    rows = list(csv.DictReader(io.StringIO(server.ask(PAPERS, "text/csv").text)))
    assert [row["label"] for row in rows] == LABELS


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_graphs(server: Server, accept: str, form: RdfFormat) -> None:
    response = server.ask(BROADER, accept)
    assert response.headers["content-type"].startswith(accept)
    (quad,) = parse(response.content, format=form)
    assert quad.object == NamedNode(vocab.entity_iri("technique/distillation"))


def test_truth(server: Server) -> None:
    assert server.ask("ASK { ?s a kg:Paper }").json()["boolean"] is True
    assert "false" in server.ask("ASK { ?s a kg:Nothing }", "application/sparql-results+xml").text


def test_a_form_by_name(server: Server) -> None:
    response = server.client.get(f"{server.url}/sparql", params={"query": PAPERS, "format": "csv"})
    assert response.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(("query", "accept"), [(PAPERS, "text/turtle"), (BROADER, "text/csv"), (PAPERS, "image/png")])
def test_a_form_that_there_is_not(server: Server, query: str, accept: str) -> None:
    assert server.ask(query, accept).status_code == 406


def test_the_graphs_of_the_protocol(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def ask(**fields: str) -> int:
        return int(server.ask(count, **fields).json()["results"]["bindings"][0]["n"]["value"])

    whole, part = ask(), ask(**{"default-graph-uri": "http://example.org/filler"})
    assert part == 3000 < whole
    assert ask(**{"named-graph-uri": "http://example.org/filler"}) == 0
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    named = server.ask(inside, **{"named-graph-uri": "http://example.org/filler"}).json()
    assert named["results"]["bindings"][0]["n"]["value"] == "3000"
    assert server.ask("SELECT * FROM <http://example.org/nowhere> { ?s ?p ?o }").json()["results"]["bindings"] == []


def test_the_parser_says_where(server: Server) -> None:
    response = server.ask("SELECT * {\n  ?s ?p }", "text/plain")
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("line 2, column 10")
    problem = server.ask("SELECT * {\n  ?s ?p }")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 400
    assert problem.json()["detail"].startswith("line 2, column 10")


def test_an_answer_is_kept(server: Server) -> None:
    first = server.ask(PAPERS)
    tag = first.headers["etag"]
    assert tag == server.ask(PAPERS).headers["etag"]
    assert tag != server.ask(PAPERS, "text/csv").headers["etag"]
    headers = {"Accept": "application/sparql-results+json", "If-None-Match": tag}
    again = server.client.post(f"{server.url}/sparql", data={"query": PAPERS}, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    for function in ("NOW()", "RAND()", "UUID()"):
        assert "etag" not in server.ask(f"SELECT ({function} AS ?x) {{ }}").headers


def test_other_sites_may_read(server: Server) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert server.get("/sparql?query=ASK%7B%7D", **origin).headers["access-control-allow-origin"] == "*"
    preflight = server.client.options(f"{server.url}/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in preflight.headers


def test_the_service_describes_itself(server: Server) -> None:
    response = server.get("/sparql")
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    service = rdflib.URIRef(f"{server.url}/sparql")
    assert (service, rdflib.URIRef(SD + "endpoint"), service) in graph
    assert (service, rdflib.RDF.type, rdflib.URIRef(SD + "Service")) in graph
    languages = set(graph.objects(service, rdflib.URIRef(SD + "supportedLanguage")))
    assert languages == {rdflib.URIRef(SD + "SPARQL11Query")}


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])
def test_the_data_set_is_described(server: Server, accept: str) -> None:
    response = server.get("/dataset", accept)
    form = RdfFormat.from_media_type(accept)
    assert form is not None
    lines = serialize((quad.triple for quad in parse(response.content, format=form)), format=RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=lines, format="nt")
    dataset = rdflib.URIRef(f"{server.url}/dataset")
    triples = graph.value(dataset, rdflib.URIRef(VOID + "triples"))
    assert triples is not None
    assert int(triples) == server.health()["quads"]
    assert (dataset, rdflib.RDF.type, rdflib.URIRef(DCAT + "Dataset")) in graph
    assert (dataset, rdflib.URIRef(VOID + "sparqlEndpoint"), rdflib.URIRef(f"{server.url}/sparql")) in graph
    assert server.get("/.well-known/void").headers["location"] == "/dataset"


def test_a_node_is_a_page_or_data_at_one_path(server: Server) -> None:
    path = "/id/technique/on-policy-distillation"
    page = server.get(path, "text/html,application/xhtml+xml,*/*;q=0.8")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>on-policy distillation</h1>" in page.text
    assert 'href="/id/paper/arxiv-2605.02002"' in page.text
    for accept, form in (("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD)):
        data = server.get(path, accept)
        subjects = {quad.subject for quad in parse(data.content, format=form)}
        assert NamedNode(vocab.entity_iri("technique/on-policy-distillation")) in subjects
        assert "Accept" in data.headers["vary"]
    tag = page.headers["etag"]
    assert server.get(path, "text/html,application/xhtml+xml,*/*;q=0.8", **{"If-None-Match": tag}).status_code == 304


def test_every_node_has_a_page(server: Server) -> None:
    rows = server.ask("SELECT DISTINCT ?s { ?s a ?class } ORDER BY ?s").json()["results"]["bindings"]
    paths = ["/id/" + row["s"]["value"].removeprefix(vocab.ID) for row in rows]
    assert len(paths) > 60
    for path in paths:
        assert server.get(path, "text/html").status_code == 200, path


def test_what_is_not_there(server: Server) -> None:
    assert server.get("/id/technique/nothing").status_code == 404
    assert server.get("/id/technique/a b<c>").status_code == 404
    assert server.get("/store?graph=http://example.org/nothing").status_code == 404
    assert server.get("/nowhere").status_code == 404
    assert server.get("/assets/..%2f..%2fworker.py").status_code == 404
    assert "<h1>Error 404</h1>" in server.get("/nowhere", "text/html").text


def test_graphs_are_read(server: Server) -> None:
    response = server.get("/store?graph=http://example.org/filler", "application/n-triples")
    assert response.status_code == 413  # of 3,000 triples where 2,000 are the limit
    graph = vocab.document_iri("hostile")
    response = server.get(f"/store?graph={graph}", "application/n-triples")
    assert len(response.text.splitlines()) == 30
    head = server.client.head(f"{server.url}/store", params={"graph": graph})
    assert (head.status_code, head.content) == (200, b"")
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        refused = server.client.request(method, f"{server.url}/store", params={"graph": graph}, content=b"")
        assert refused.status_code == 405
    for query in ("", "?default&graph=x", "?graph=a&graph=b"):
        assert server.get("/store" + query).status_code == 400
    assert server.get("/store?graph=no+iri").status_code == 400


def test_a_name_is_found(server: Server) -> None:
    assert [found["kind"] for found in server.get("/find?name=OPD").json()] == ["technique", "technique"]
    one = server.get("/find?name=mosaic", "text/html")
    assert (one.status_code, one.headers["location"]) == (303, "/id/paper/arxiv-2605.02002")
    assert "on-policy distillation" in server.get("/find?name=OPD", "text/html").text
    assert server.get("/find?name=").json() == []


def test_named_questions(server: Server) -> None:
    listed = server.get("/api/questions").json()
    assert [question["name"] for question in listed] == list(named_queries())
    for name in named_queries():
        answer = server.get(f"/api/questions/{name}")
        assert answer.status_code == 200, (name, answer.text)
        assert "head" in answer.json()
    used = server.get("/api/questions/papers-using?technique=OPD").json()
    assert "Mosaic" in {row["paper"]["value"] for row in used["results"]["bindings"]}
    assert server.get("/api/questions/papers-using?nonsense=1").status_code == 400
    assert server.get("/api/questions/nothing").status_code == 404


def test_the_openapi_document_is_true(server: Server) -> None:
    api = server.get("/openapi.json").json()
    assert api["openapi"].startswith("3.1")
    assert api["servers"] == [{"url": server.url}]
    for path, operations in api["paths"].items():
        parameters = operations["get"]["parameters"]
        query = {p["name"]: {"query": "ASK{}", "name": "x"}[p["name"]] for p in parameters if p["required"]}
        response = server.client.get(server.url + path, params=query)
        assert response.status_code == 200, path
        media = response.headers["content-type"].partition(";")[0]
        assert media in operations["get"]["responses"]["200"]["content"], path
    names = [operations["get"]["operationId"] for operations in api["paths"].values()]
    assert len(names) == len(set(names))


def test_health(server: Server) -> None:
    health = server.health()
    assert health["status"] == "ok"
    assert health["version"] == __version__
    assert health["writable"] is False
    assert health["workers"]["most"] == 2


def test_the_front_page_and_the_ontology(server: Server) -> None:
    page = server.get("/", "text/html").text
    assert f"{server.url}/sparql" in page
    assert "Papers that use a technique" in page
    assert "owl:Ontology" in server.get("/ontology", "text/turtle").text


def test_a_browser_gets_the_editor_at_the_endpoint(server: Server) -> None:
    page = server.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert 'id="editor"' in page.text
    script = server.get("/assets/editor.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert b"http://prefix.cc" not in script.content
