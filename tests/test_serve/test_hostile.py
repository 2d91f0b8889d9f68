"""What is hostile is refused or shown as the text that it is: queries, labels, IRIs, requests."""

from __future__ import annotations

import re
import socket
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serving import Server, run_server
from tests.test_serve.hostile import CALLS, CHANGES, HARMLESS, IRIS, MALFORMED, TEXTS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
#: How many random bodies, and how many random names, paths and queries are sent.
BODIES, NAMES = 150, 100
SANDBOX_CALLS = CALLS[-2:] + tuple(f"INSERT {{ ?s ?p ?o }} WHERE {{ {{ {call} }} }}" for call in CALLS[:12])
#: All that a page of ours is made of.
TAGS = frozenset(
    "html head meta link title body header nav main footer form input button a p h1 h2 dl dt dd ul li blockquote cite code "
    "div table thead tbody tr th td pre script".split()
)


class Page(HTMLParser):
    """A page as a browser would read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def check_page(text: str) -> None:
    """Nothing runs, and no link leads but to a path of ours or a page of the web."""
    for tag, attributes in Page(text).tags:
        assert tag in TAGS, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("style", "srcdoc", "formaction"), (tag, name)
            if name in ("href", "src", "action") and value != "data:,":
                assert re.match(r"/(?![/\\])|https?://", str(value)), value
                assert tag != "script" or str(value).startswith("/assets/")


@pytest.mark.parametrize("query", CALLS)
def test_no_query_makes_the_server_call_another(server: Server, query: str) -> None:
    answered = server.health()["requests"]["answered"]
    response = server.ask(query, "text/plain")
    assert response.status_code == 400
    assert any(reason in response.text for reason in ("refused", "changes data", "two ways"))
    assert server.health()["requests"]["answered"] == answered


@pytest.mark.parametrize("update", CHANGES + CALLS[-2:])
def test_nothing_changes_the_graph(server: Server, update: str) -> None:
    before = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    assert server.ask(update, "text/plain").status_code == 400
    form = server.client.post(f"{server.url}/sparql", data={"update": update})
    assert form.status_code == 403
    assert "read-only" in form.text
    direct = server.client.post(f"{server.url}/sparql", content=update, headers={"Content-Type": "application/sparql-update"})
    assert direct.status_code == 403
    assert server.client.get(f"{server.url}/sparql", params={"update": update}).status_code == 400
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == before


@pytest.mark.parametrize("query", MALFORMED)
def test_what_is_no_query_is_the_clients_mistake(server: Server, query: str) -> None:
    for accept in ("text/plain", BROWSER):
        response = server.ask(query, accept)
        assert response.status_code == 400
        assert response.headers["cache-control"] == "no-store"
        assert "x-injected" not in response.headers
        if accept == BROWSER and "html" in response.headers["content-type"]:
            check_page(response.text)
    get = server.client.get(f"{server.url}/sparql", params={"query": query})
    assert get.status_code == 400


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_hostile_is_answered(server: Server, query: str) -> None:
    assert server.ask(query).status_code == 200


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_hostile_texts_and_iris_are_text(server: Server, number: int) -> None:
    page = server.get(f"/id/technique/hostile-{number}", BROWSER)
    assert page.status_code == 200
    check_page(page.text)
    assert "<script>alert" not in page.text
    found = server.get(f"/find?name={quote(TEXTS[number])}", BROWSER)
    if found.status_code == 200:
        check_page(found.text)


@pytest.mark.parametrize("iri", IRIS)
def test_hostile_iris_in_paths(server: Server, iri: str) -> None:
    for path in ("/id/" + quote(iri, safe=""), "/id/" + quote(iri), "/find?name=" + quote(iri)):
        response = server.get(path, BROWSER)
        assert response.status_code in (200, 404) or response.headers["location"].startswith("/id/")
        check_page(response.text)


@pytest.mark.parametrize(
    "path",
    ["/", "/editor", "/sparql", "/find?name=OPD", "/id/technique/hostile-0", "/nowhere", "/health", "/dataset", "/store"],
)
def test_every_response_has_the_policy(server: Server, path: str) -> None:
    headers = server.get(path, BROWSER).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") or path == "/explore"  # whose page has one of its own, with hashes
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_a_host_that_is_none(server: Server) -> None:
    for host in ('x"><script>alert(1)</script>', "a b", "x/../y", "x\\y"):
        response = server.get("/dataset", "text/turtle", Host=host)
        assert response.status_code == 400
        assert "<script>" not in response.text


def test_requests_that_are_no_http(server: Server) -> None:
    url = urlsplit(server.url)
    for junk in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 5000):
        with socket.create_connection((url.hostname or "", url.port or 0), timeout=5) as connection:
            connection.sendall(junk)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(4096)
    assert server.health()["status"] == "ok"


@settings(max_examples=BODIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["", "application/sparql-query", "application/x-www-form-urlencoded"]))
def test_any_bytes_are_answered(server: Server, body: bytes, media: str) -> None:
    response = server.client.post(f"{server.url}/sparql", content=body, headers={"Content-Type": media})
    assert response.status_code in (200, 400, 403, 413, 415)


@settings(max_examples=NAMES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_is_a_query_a_name_or_a_path(server: Server, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert server.client.get(f"{server.url}/sparql", params={"query": text}).status_code in (200, 400)
    assert server.client.get(f"{server.url}/find", params={"name": text}, headers={"Accept": BROWSER}).status_code in (200, 303)
    node = server.client.get(f"{server.url}/id/{quote(text, safe='')}", headers={"Accept": BROWSER})
    assert node.status_code in (200, 404)
    check_page(node.text)


@pytest.mark.parametrize("update", SANDBOX_CALLS)
def test_a_sandbox_calls_no_other_machine_either(folder: Path, update: str, sandbox: Server) -> None:
    response = sandbox.client.post(f"{sandbox.url}/sparql", data={"update": update})
    assert response.status_code == 400
    assert "refused" in response.text


def test_a_sandbox_leaves_the_graph_alone_and_other_sites_out(folder: Path, sandbox: Server) -> None:
    update = {"update": "INSERT DATA { GRAPH <http://example.org/new> { <http://example.org/a> <http://example.org/b> 1 } }"}
    foreign = sandbox.client.post(f"{sandbox.url}/sparql", data=update, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "access-control-allow-origin" not in foreign.headers
    assert sandbox.client.post(f"{sandbox.url}/sparql", data=update).status_code == 204
    asked = "ASK { GRAPH <http://example.org/new> { ?s ?p ?o } }"
    assert sandbox.ask(asked).json()["boolean"] is True
    with run_server(folder) as other:
        assert other.ask(asked).json()["boolean"] is False


@pytest.fixture(scope="module")
def sandbox(folder: Path):  # type: ignore[no-untyped-def]
    with run_server(folder, "--sandbox") as running:
        yield running
