"""Inline queries: what is bound, what is refused, what errors say, what the forms look like."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, Store, parse

from kg.errors import QueryError
from kg.query import find_entities, format_answer, run_named, run_query, run_rows, suggest_names
from kg.query.tokens import bind_values, read_tokens

LABELS = "SELECT ?p ?l { ?p a kg:Paper ; skos:prefLabel ?l } ORDER BY ?l"


def _values(store: Store, text: str, params: dict[str, str] | None = None) -> list[list[str]]:
    data = json.loads(format_answer(run_query(store, text, params), "json"))
    return [[cell["value"] for cell in row.values()] for row in data["results"]["bindings"]]


# ------------------------------------------------------------------------------------------------------------ parameters


def test_house_prefixes_need_no_declaration_and_can_be_declared_again(store: Store) -> None:
    assert len(_values(store, LABELS)) == 4
    assert len(_values(store, "PREFIX kg: <https://w3id.org/claimgraph/ontology#> " + LABELS)) == 4


def test_parameters_are_typed(store: Store) -> None:
    """kg:year is an xsd:integer: the text "2026" would not match."""
    assert _values(store, "SELECT ?l { ?p kg:year ?y ; skos:prefLabel ?l } ORDER BY ?l", {"y": "2026"}) == [
        ["LanternRAG"],
        ["Mosaic"],
    ]
    assert _values(store, "SELECT ?l { ?p kg:year ?y ; skos:prefLabel ?l }", {"y": '"2026"'}) == []
    iri = "<https://w3id.org/claimgraph/id/paper/quill>"
    assert _values(store, "SELECT ?l { ?p skos:prefLabel ?l }", {"p": iri}) == [["Quill"]]
    assert _values(store, "SELECT ?l { ?p kg:firstSeen ?d ; skos:prefLabel ?l }", {"d": "2026-05-08"}) == [["Quill"]]


def test_parameters_of_construct_ask_and_subqueries(store: Store) -> None:
    triples = run_query(store, "CONSTRUCT { ?p skos:prefLabel ?l } WHERE { ?p skos:prefLabel ?l }", {"l": "Quill"})
    assert len(list(triples)) == 1
    assert bool(run_query(store, "ASK { ?p skos:prefLabel ?l }", {"l": "Quill"}))
    assert not bool(run_query(store, "ASK { ?p skos:prefLabel ?l }", {"l": "Nobody"}))
    nested = 'SELECT ?l { { SELECT ?l { VALUES ?x { "a" } ?p skos:prefLabel ?l FILTER(?l = ?x) } } }'
    assert _values(store, nested, {"x": "Quill"}) == [["Quill"]]


def test_a_parameter_that_the_query_lacks_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError, match=r"\?nosuch"):
        run_query(store, LABELS, {"nosuch": "1"})


HOSTILE = [
    '" } } DROP ALL #',
    '"} SELECT * { ?s ?p ?o } #',
    "x\\",
    'x\\" . ?s ?p ?o',
    "a\nb\r\t'''\"\"\"",
    "<script>alert(1)</script>",
    "{ VALUES ?technique { 1 } }",
    "\x00\x1b[31m",
    "<a> <b>",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_values(store: Store, value: str) -> None:
    """Whatever is in a value, it comes back as the same characters and nothing else is in the answer."""
    shown = _values(store, "SELECT ?x { }", {"x": value if not value.startswith("<") else f'"{value}"'})
    assert shown == [[value]]
    assert run_rows(store, "papers-using", {"technique": value}) == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_bound_as_itself(value: str) -> None:
    bound = bind_values("SELECT ?x { }", read_tokens("SELECT ?x { }"), {"x": [str(Literal(value))]})
    (row,) = Store().query(bound)  # type: ignore[misc]
    assert row["x"].value == value  # type: ignore[index]


# --------------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }",
        "load <http://127.0.0.1:1/x>",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="changes data"):
        run_query(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX p: <http://127.0.0.1:1/> SELECT * { SERVICEp:x { ?s ?p ?o } }",
        "ASK { ?s ?p trueSERVICE <http://127.0.0.1:1/> { } }",
        "ASK { BIND(1 AS ?a) FILTER(?a<?b)SERVICE?x#>\n{ ?s ?p ?o } }",
        'ASK { BIND(1 AS ?a) FILTER(?a<?b#>"""\n)SERVICE <http://127.0.0.1:1/> { } #"""\n }',
        'ASK { FILTER(EXISTS { ?a ?b "}" } && ?a<?b#>"""\n)SERVICE <http://127.0.0.1:1/> { } #"""\n }',
    ],
)
def test_federated_calls_are_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match=r"(?i)service"):
        run_query(store, text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <x> {}" } # SERVICE',
        "SELECT * { ?s <http://example.org/service#x> ?o }",
        "SELECT ?service { ?service ?p 'insert data' }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { VALUES (?a ?b) { (<http://a/> <http://b/>) } ?a ?b ?c }",
    ],
)
def test_words_in_strings_names_and_comments_are_harmless(store: Store, text: str) -> None:
    run_query(store, text)


# ----------------------------------------------------------------------------------------------------------------- errors


def test_a_syntax_error_says_where(store: Store) -> None:
    with pytest.raises(QueryError) as error:
        run_query(store, "SELECT ?x {\n  ?x kg:uses }")
    assert error.value.message.startswith("line 2, column 14")
    assert "?x kg:uses }" in error.value.message


def test_an_unknown_prefix_is_named_with_those_that_are_known(store: Store) -> None:
    with pytest.raises(QueryError) as error:
        run_query(store, "SELECT ?x { ?x foo:bar ?y }")
    assert "unknown prefix" in error.value.message
    assert "kg:" in error.value.hint


# ------------------------------------------------------------------------------------------------------------------ forms


def test_w3c_forms_agree_with_each_other(store: Store) -> None:
    names = ["Ember", "LanternRAG", "Mosaic", "Quill"]
    assert [row[1] for row in _values(store, LABELS)] == names
    table = list(csv.reader(io.StringIO(format_answer(run_query(store, LABELS), "csv").decode())))
    assert table[0] == ["p", "l"]
    assert [row[1] for row in table[1:]] == names
    tsv = format_answer(run_query(store, LABELS), "tsv").decode().splitlines()
    assert tsv[0] == "?p\t?l"
    assert [line.split("\t")[1] for line in tsv[1:]] == [f'"{name}"' for name in names]
    tree = ET.fromstring(format_answer(run_query(store, LABELS), "xml"))  # noqa: S314  # our own output
    assert [e.text for e in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == names


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)]
)
def test_triples_come_back(store: Store, form: str, parser: RdfFormat) -> None:
    text = "CONSTRUCT { ?p skos:prefLabel ?l } WHERE { ?p a kg:Paper ; skos:prefLabel ?l }"
    data = format_answer(run_query(store, text), form)
    assert {quad.object.value for quad in parse(data, format=parser)} == {"Ember", "LanternRAG", "Mosaic", "Quill"}  # type: ignore[union-attr]
    assert data == format_answer(run_query(store, text), form)


def test_truth_values(store: Store) -> None:
    assert format_answer(run_query(store, "ASK {}"), "table") == b"true\n"
    assert json.loads(format_answer(run_query(store, "ASK { <a:a> <a:b> <a:c> }"), "json"))["boolean"] is False


@pytest.mark.parametrize(("text", "form"), [(LABELS, "turtle"), ("ASK {}", "jsonld"), ("DESCRIBE <a:a>", "csv")])
def test_a_form_that_does_not_fit_is_refused(store: Store, text: str, form: str) -> None:
    answer = run_query(store, text)
    # The error is not kept: with it an open answer would wait for the collector, which may run in another thread.
    with pytest.raises(QueryError, check=lambda error: "choose" in error.hint):
        format_answer(answer, form)


def test_iri_columns_are_left_out_of_tables_only(store: Store) -> None:
    table = format_answer(run_named(store, "people"), "table").decode()
    assert "personIri" not in table
    assert "personIri" in format_answer(run_named(store, "people"), "csv").decode()


# ------------------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("mosaic", ["Mosaic"]),
        ("ON POLICY DISTILLATIONS", ["on-policy distillation"]),
        ("HarborQA", ["HarborQA"]),
        ("Harbor QA", ["HarborQA"]),
        ("arXiv:2605.02002v3", ["Mosaic"]),
        ("technique/patch-routing", ["patch routing"]),
        ("https://w3id.org/claimgraph/id/paper/quill", ["Quill"]),
        ("Mosaic: teachers in pieces", ["Mosaic"]),
        ("opd", ["on-policy distillation", "lamp index"]),
        ("tide notes", ["Tide Notes"]),
        ("nothing like it", []),
        ("", []),
        ("<a b>", []),
        ("http://[", []),
    ],
)
def test_names_find_entities_the_most_mentioned_first(store: Store, name: str, labels: list[str]) -> None:
    assert [found.label for found in find_entities(store, name)] == labels


def test_suggestions(store: Store) -> None:
    assert suggest_names(store, "patch rooting")[0] == "patch routing"
    assert "lamp index" in suggest_names(store, "lamp")
