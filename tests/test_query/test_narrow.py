"""A question as it is said to the engine has the rows of the question as it is written."""

import pytest
from pyoxigraph import Store

from kg.query import bind_named, find_named_query, named_queries, plan_named
from kg.query.narrow import narrow_question
from kg.query.run import ask

#: Labels in the spelling of the small graph and in others, a short form, and what nothing is called.
NAMES = ("Quill", "quill", "OPD", "on-policy distillations", "Mosaic", "lantern university", "nothing of that name")


def _rows(store: Store, text: str) -> list[list[str]]:
    return [[str(term) for term in row] for row in ask(store, text)]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_question_has_the_same_rows(store: Store, name: str) -> None:
    params = [param for param in find_named_query(name).params if param.type in ("name", "text")]
    asked: list[dict[str, str | list[str]]] = [{}]
    asked += [{param.name: value} for param in params for value in NAMES]
    asked += [{param.name: [NAMES[0], NAMES[2], ""]} for param in params]
    for given in asked:
        assert _rows(store, plan_named(store, name, given)) == _rows(store, bind_named(store, name, given)), given


@pytest.mark.parametrize(
    ("text", "values", "narrow"),
    [
        ('{ ?s ?p ?o FILTER(?x = "" || ?o = ?x) }', ['""'], "{ ?s ?p ?o  }"),
        ('{ ?s ?p ?o FILTER(?x = "" || ?o = ?x) }', ['"a"'], '{ ?s ?p ?o FILTER( ?o = "a") }'),
        ('{ ?s ?p ?o FILTER(?x = "" || ?o = ?x) }', ['"a"', '""'], '{ ?s ?p ?o FILTER(?x = "" || ?o = ?x) }'),
        ("{ ?s ?p ?o FILTER(LCASE(STR(?o)) = LCASE(?x)) }", ['"a"'], '{ ?s ?p ?o VALUES ?o { "A" "a" } }'),
        (
            "{ ?s ?p ?o FILTER(lcase(str(?o)) = lcase(?x)) }",
            ['"a"', '"b"'],
            '{ ?s ?p ?o VALUES (?o ?x) { ("A" "a") ("a" "a") } }',
        ),
        ("{ ?s ?p ?o FILTER(LCASE(?o) = LCASE(?x)) }", ['"a"'], '{ ?s ?p ?o FILTER(LCASE(?o) = LCASE("a")) }'),
        ('{ ?s ?p ?o FILTER(?x = "" || EXISTS { ?s ?q ?x }) }', ['"a"'], '{ ?s ?p ?o { SELECT DISTINCT ?s { ?s ?q "a" }} }'),
        ("{ ?s ?p ?o FILTER(EXISTS { ?s ?q 1 } || ?o > ?x) }", ["2"], "{ ?s ?p ?o FILTER(EXISTS { ?s ?q 1 } || ?o > 2) }"),
        ('{ ?s ?p "FILTER(?x)" } # FILTER(?x = "" || ?o)', ['"a"'], '{ ?s ?p "FILTER(?x)" } # FILTER(?x = "" || ?o)'),
    ],
)
def test_what_becomes_of_a_filter(text: str, values: list[str], narrow: str) -> None:
    labelled = [('"A"', '"a"'), ('"a"', '"a"')]
    assert narrow_question(text, {"x": values}, lambda _: labelled) == narrow
