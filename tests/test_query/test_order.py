"""Rows that we sort come as the engine would have sorted them."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.query import format_answer, run_query
from kg.query.order import find_order, sort_rows

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = st.text(st.sampled_from("ab<>\"\\'\t\n é€😀:_^@"), max_size=4)
IRIS = TEXT.map(lambda text: NamedNode("http://example.org/" + "".join(c for c in text if c.isalnum() or c in ":_'@")))
STRINGS = TEXT.map(Literal)
NUMBERS = st.one_of(
    st.integers(-300, 300).map(Literal),
    st.decimals(-9, 9, places=2).map(lambda d: Literal(str(d), datatype=NamedNode(XSD + "decimal"))),
)
DATES = st.dates().map(lambda d: Literal(d.isoformat(), datatype=NamedNode(XSD + "date")))
OTHERS = st.one_of(
    TEXT.map(lambda text: Literal(text, language="en")),
    st.floats(-9, 9).map(Literal),
    st.booleans().map(Literal),
    st.just(Literal("2026-05-13T10:00:00Z", datatype=NamedNode(XSD + "dateTime"))),
)
KINDS = [IRIS, STRINGS, NUMBERS, DATES, st.one_of(IRIS, STRINGS), OTHERS, st.one_of(IRIS, STRINGS, NUMBERS, DATES, OTHERS)]


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A VALUES block of two columns, each of one kind or mixed, with gaps."""
    cells = [st.one_of(st.none(), draw(st.sampled_from(KINDS))) for _ in "ab"]
    rows = draw(st.lists(st.tuples(*cells), max_size=12))
    spelled = (" ".join("UNDEF" if cell is None else str(cell) for cell in row) for row in rows)
    return f"VALUES (?a ?b) {{ {' '.join(f'({row})' for row in spelled)} }}"


def _row(row: object) -> tuple[object, ...]:
    """The terms of a row, numbers by their value: 1 and 1.0 stand at the same place of an order."""
    return tuple(
        Decimal(term.value) if isinstance(term, Literal) and term.datatype.value in (XSD + "integer", XSD + "decimal") else term
        for term in row  # type: ignore[attr-defined]
    )


@settings(max_examples=150, deadline=None)
@given(
    tables(),
    st.sampled_from(["", "DISTINCT ", "REDUCED "]),
    st.sampled_from(["?a ?b", "DESC(?a) ?b", "ASC(?b) DESC(?a)", "DESC ( ?b ) (?a)", "$b DESC(?a)"]),
    st.sampled_from(["", " LIMIT 3", " OFFSET 2", " LIMIT 4 OFFSET 1", " offset 1 limit 2 # the end"]),
)
def test_rows_come_as_the_engine_sorts_them(table: str, distinct: str, keys: str, end: str) -> None:
    """All columns are keys: only rows of equal keys may change places, and those look the same."""
    query = f"SELECT {distinct}?a ?b {{ {table} }} ORDER BY {keys}{end}"
    theirs = [_row(row) for row in Store().query(query)]  # type: ignore[union-attr]
    ours = [_row(row) for row in run_query(Store(), query)]  # type: ignore[union-attr]
    if distinct != "REDUCED ":
        assert ours == theirs
    else:
        assert set(ours) <= {_row(row) for row in Store().query(f"SELECT ?a ?b {{ {table} }}")}  # type: ignore[union-attr]


@settings(max_examples=50, deadline=None)
@given(tables())
def test_rows_that_a_key_does_not_tell_apart_all_stay(table: str) -> None:
    query = f"SELECT ?b ?a {{ {table} }} ORDER BY DESC(?a)"
    theirs, ours = ([_row(row) for row in ask(Store(), query)] for ask in (Store.query, run_query))  # type: ignore[operator]
    assert Counter(ours) == Counter(theirs)
    assert [row[1] for row in ours] == [row[1] for row in theirs]


@pytest.mark.parametrize(
    ("text", "keys", "offset", "limit"),
    [
        ("SELECT ?x { } ORDER BY ?x", [("x", False)], 0, None),
        ("select ?x { } order by desc(?x) ASC(?y) $z limit 5", [("x", True), ("y", False), ("z", False)], 0, 5),
        ("SELECT * { { SELECT ?x { } ORDER BY ?y LIMIT 2 } } GROUP BY ?x ORDER BY ?x OFFSET 3", [("x", False)], 3, None),
    ],
)
def test_what_the_end_of_a_query_says(text: str, keys: list[tuple[str, bool]], offset: int, limit: int | None) -> None:
    order = find_order(text)
    assert order is not None
    assert (list(order.keys), order.offset, order.limit) == (keys, offset, limit)
    assert order.unsorted == text[: text.casefold().rindex("order")]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { }",
        "SELECT ?x { } LIMIT 5",
        "SELECT ?x { } ORDER BY LCASE(?x)",
        "SELECT ?x { } ORDER BY ?x VALUES ?x { 1 }",
        "SELECT ?x { } ORDER BY DESC(COUNT(?x))",
        "SELECT ?x { } ORDER BY ?x LIMIT 1 LIMIT 2",
        "SELECT ?x { } ORDER BY ?x LIMIT ٣",
        "SELECT ?x { { SELECT ?x { } ORDER BY ?x } }",
        "CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ?z } ORDER BY ?x LIMIT 1",
        "ASK { ?x ?y ' } ORDER BY ?x' }",
    ],
)
def test_what_the_engine_sorts(text: str) -> None:
    assert find_order(text) is None


@pytest.mark.parametrize("cells", [b"_:b", b"<<( <a:a> <a:b> 1 )>>", b'"x"@en', b'"1"^^<http://x/>', b"1.0e3", b'"a"\n1'])
def test_terms_whose_order_the_engine_says(cells: bytes) -> None:
    order = find_order("SELECT ?x { } ORDER BY ?x")
    assert order is not None
    assert sort_rows(b"?x\n" + cells + b"\n", order) is None


def test_a_key_that_is_no_column(store: Store) -> None:
    query = "SELECT ?l { ?p a kg:Paper ; skos:prefLabel ?l } ORDER BY DESC(?p)"
    labels = [row["l"].value for row in run_query(store, query)]  # type: ignore[union-attr,index]
    assert labels == [row["l"].value for row in run_query(store, query.replace("?l {", "?l ?p {"))]  # type: ignore[union-attr,index]


def test_an_error_before_the_order_is_told_as_always(store: Store) -> None:
    with pytest.raises(QueryError, match="line 1, column"):
        run_query(store, "SELECT ?x { ?x kg:uses } ORDER BY ?x")
    assert format_answer(run_query(store, "SELECT ?x { ?x kg:nosuch 1 } ORDER BY ?x"), "csv") == b"x\r\n"
