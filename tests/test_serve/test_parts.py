"""The parts that need no server: what a request asks, which form an answer takes, how HTML is written."""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.limits import Refusal
from kg.serve.markup import join, link, tag
from kg.serve.negotiate import GRAPHS, PAGE, ROWS, choose_form
from kg.serve.protocol import FORM, QUERY, UPDATE, Operation, read_operation


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("application/xml, */*;q=0.1", "xml"),
        ("application/json", "json"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.8", "tsv"),
        ("text/*", "csv"),
        ("application/sparql-results+xml, application/sparql-results+json;q=0.5", "xml"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("nonsense;q=x, text/csv", "csv"),
    ],
)
def test_form_of_rows(accept: str, form: str) -> None:
    assert choose_form(accept, ROWS) == form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.5", "rdfxml"),
        ("application/n-triples", "ntriples"),
    ],
)
def test_form_of_a_node(accept: str, form: str) -> None:
    assert choose_form(accept, {**GRAPHS, **PAGE}) == form


def test_no_acceptable_form() -> None:
    with pytest.raises(Refusal) as refused:
        choose_form("image/png", ROWS)
    assert refused.value.status == 406
    assert "text/csv" in refused.value.hint


@given(st.text(max_size=200))
def test_any_accept_header_has_a_form_or_is_refused(accept: str) -> None:
    forms = {**ROWS, "last": ("text/x-last",)}
    with contextlib.suppress(Refusal):
        assert choose_form(accept, forms) in forms


G = "default-graph-uri=http%3A%2F%2Fe%2F1&default-graph-uri=http%3A%2F%2Fe%2F2&named-graph-uri=http%3A%2F%2Fe%2F3"


@pytest.mark.parametrize(
    ("method", "query", "media", "body", "operation"),
    [
        ("GET", "query=ASK+%7B%7D", "", b"", Operation("ASK {}")),
        ("GET", "", "", b"", None),
        ("POST", "", FORM, b"query=ASK%7B%7D", Operation("ASK{}")),
        ("POST", "", f"{FORM}; charset=UTF-8", b"query=ASK%7B%7D", Operation("ASK{}")),
        ("POST", "", QUERY, "ASK { ?s ?p 'é' }".encode(), Operation("ASK { ?s ?p 'é' }")),
        ("POST", G, QUERY, b"ASK {}", Operation("ASK {}", False, ["http://e/1", "http://e/2"], ["http://e/3"])),
        (
            "POST",
            "",
            FORM,
            b"query=ASK%7B%7D&" + G.encode(),
            Operation("ASK{}", False, ["http://e/1", "http://e/2"], ["http://e/3"]),
        ),
        ("POST", "", UPDATE, b"CLEAR ALL", Operation("CLEAR ALL", True)),
        ("POST", "using-graph-uri=http://e/1", UPDATE, b"CLEAR ALL", Operation("CLEAR ALL", True, ["http://e/1"])),
        ("GET", "query=ASK%7B%7D&format=csv", "", b"", Operation("ASK{}", form="csv")),
    ],
)
def test_operations(method: str, query: str, media: str, body: bytes, operation: Operation | None) -> None:
    read = read_operation(method, query, media, body)
    assert read == operation or (read and operation and read.job("", "") == operation.job("", ""))


@pytest.mark.parametrize(
    ("method", "query", "media", "body", "status"),
    [
        ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", "", b"", 400),
        ("GET", "update=CLEAR+ALL", "", b"", 400),
        ("GET", "query=%FF%FE", "", b"", 400),
        ("GET", "a=1&" * 2000, "", b"", 400),
        ("POST", "", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
        ("POST", "", FORM, b"", 400),
        ("POST", "", FORM, b"\xff\xfe", 400),
        ("POST", "query=ASK%7B%7D", QUERY, b"ASK {}", 400),
        ("POST", "", QUERY, b"\xff\xfeA\x00", 400),
        ("POST", "", QUERY + "; charset=UTF-16", "ASK {}".encode("utf-16"), 415),
        ("POST", "", "text/plain", b"ASK {}", 415),
        ("POST", "", "", b"ASK {}", 415),
        ("POST", "", "multipart/form-data; boundary=x", b"--x", 415),
    ],
)
def test_requests_that_are_none(method: str, query: str, media: str, body: bytes, status: int) -> None:
    with pytest.raises(Refusal) as refused:
        read_operation(method, query, media, body)
    assert refused.value.status == status


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


_PRINTABLE = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=60)


@given(_PRINTABLE, _PRINTABLE)
def test_a_text_stays_a_text(inside: str, value: str) -> None:
    reader = _Reader()
    reader.feed(tag("p", inside, class_=value).html)
    reader.close()
    assert [name for name, _ in reader.tags] == ["p"]
    assert reader.tags[0][1] == {"class": value}
    assert reader.text == inside


@given(st.text(max_size=60), st.text(max_size=20))
def test_only_pages_of_the_web_become_links(target: str, text: str) -> None:
    reader = _Reader()
    reader.feed(link(target, text).html)
    for name, attributes in reader.tags:
        assert name == "a"
        assert str(attributes["href"]).casefold().startswith(("http://", "https://", "/"))
        assert not str(attributes["href"]).startswith(("//", "/\\"))


def test_control_characters_and_surrogates_are_replaced() -> None:
    assert join(["a\x00b\x1b\ud800"]).html == "a�b��"
    join(["\ud800"]).html.encode()
