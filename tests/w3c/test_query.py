"""The W3C's tests of the SPARQL 1.1 query language, through ``kg.query.run_query``."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.w3c.suite import QueryTest, known_exceptions, query_tests, run_query_test

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not query_tests(), reason="the W3C suites are not beside the checkout")]

#: What Oxigraph itself reaches, and how many of these differ from the expected answer in the spelling of numbers alone.
FLOOR, VALUE_EQUAL = 318, 18


@pytest.mark.parametrize("test", query_tests(), ids=lambda test: test.name)
def test_query(test: QueryTest) -> None:
    outcome = run_query_test(test)
    if reason := known_exceptions().get(test.name):
        assert outcome not in ("pass", "value"), f"{test.name} passes now: take it off the list of known exceptions"
        pytest.xfail(reason)
    assert outcome in ("pass", "value"), outcome


def test_as_many_as_the_engine_reaches() -> None:
    outcomes = Counter(run_query_test(test) for test in query_tests())
    assert sum(outcomes.values()) == 328
    assert outcomes["pass"] + outcomes["value"] >= FLOOR
    assert outcomes["value"] <= VALUE_EQUAL
