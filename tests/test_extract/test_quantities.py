"""Numbers in a sentence -> quantities. Sentences are our own."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.results.quantities import Form, find_quantities

D = Decimal

#: sentence -> (value, upper, baseline, unit, form) of each quantity
FOUND = [
    # one number with a unit
    ("It gains +14 points on the long split.", [("14", None, None, "points", "plain")]),
    ("Latency falls by 39%.", [("39", None, None, "percent", "plain")]),
    ("A 2.5x reduction in training time.", [("2.5", None, None, "ratio", "plain")]),
    ("It is 3× faster and 20 times smaller.", [("3", None, None, "ratio", "plain"), ("20", None, None, "ratio", "plain")]),
    ("improves by 20\\% overall", [("20", None, None, "percent", "plain")]),
    ("The startup raised $650M.", [("650000000", None, None, "usd", "plain")]),
    ("It costs $0.04 per image at 2,048px.", [("0.04", None, None, "usd", "plain"), ("2048", None, None, "pixels", "plain")]),
    ("a training bill of $2 million", [("2000000", None, None, "usd", "plain")]),
    ("-4.2 pp on average", [("-4.2", None, None, "points", "plain")]),
    # scales and nouns
    ("We collect 16,464 public interfaces.", [("16464", None, None, "count", "plain")]),
    ("trained on 3.3 trillion tokens", [("3300000000000", None, None, "tokens", "plain")]),
    ("uses 120B code-related tokens", [("120000000000", None, None, "tokens", "plain")]),
    ("needs 2.788M H800 GPU hours", [("2788000", None, None, "gpu_hours", "plain")]),
    ("a 15-day forecast in 8 minutes", [("15", None, None, "days", "plain"), ("8", None, None, "minutes", "plain")]),
    ("7B, 13B, and 30B parameter models", [(f"{n}000000000", None, None, "parameters", "plain") for n in (7, 13, 30)]),
    ("5 text-rich and 4 general benchmarks", [("5", None, None, "count", "plain"), ("4", None, None, "count", "plain")]),
    ("a model with 236B parameters, of which 21B fire", [
        ("236000000000", None, None, "parameters", "plain"), ("21000000000", None, None, "parameters", "plain")]),
    ("its context length of 4K, later extended to 128K", [
        ("4000", None, None, "tokens", "plain"), ("128000", None, None, "tokens", "plain")]),
    ("700 prefill / 120 decode tok/s", [
        ("700", None, None, "tokens_per_second", "plain"), ("120", None, None, "tokens_per_second", "plain")]),
    # ranges
    ("at AUROC 0.89-0.96", [("0.89", "0.96", None, "", "range")]),
    ("scores of roughly 0.05–0.27", [("0.05", "0.27", None, "", "range")]),
    ("a gain of 14%~15%", [("14", "15", None, "percent", "range")]),
    ("an increase of 11-27% in recall", [("11", "27", None, "percent", "range")]),
    ("speedups of 3.05x-4.26x", [("3.05", "4.26", None, "ratio", "range")]),
    ("between 80 - 89% of the original", [("80", "89", None, "percent", "range")]),
    ("ranging from 3B to 9B parameters", [("3000000000", "9000000000", None, "parameters", "range")]),
    ("with 70M to 12B parameters", [("70000000", "12000000000", None, "parameters", "range")]),
    ("across context lengths from 16k to 256k", [("16000", "256000", None, "tokens", "range")]),
    ("sizes such as 100M, 300M, 1B and 3B", [("100000000", "3000000000", None, "parameters", "range")]),
    # changes
    ("lifts the score from 70.1 to 73.5", [("73.5", None, "70.1", "", "change")]),
    ("goes 61.2 to 66.0 at long range", [("66.0", None, "61.2", "", "change")]),
    ("drops from 46.7% to 4.8%", [("4.8", None, "46.7", "percent", "change")]),
    ("lifts it 70.1→73.5", [("73.5", None, "70.1", "", "change")]),
    ("($53.9\\%\\rightarrow84.3\\%$)", [("84.3", None, "53.9", "percent", "change")]),
    ("rises from 5-7% to about 58%", [("58", None, "5", "percent", "change")]),
    ("grows from 2 vendors to 3", [("3", None, "2", "count", "change")]),
    # comparisons, shares, grids, ranks, verbs
    ("reaches 72.5% vs 48.5% before", [("72.5", None, "48.5", "percent", "versus"), ("48.5", None, None, "percent", "plain")]),
    ("a 77% hit rate on the set (vs. 76% by others)", [
        ("77", None, "76", "percent", "versus"), ("76", None, None, "percent", "plain")]),
    ("solved 4 out of 6 problems", [("4", None, None, "out_of_6", "share")]),
    ("a rating of 6.8/10", [("6.8", None, None, "out_of_10", "share")]),
    ("a 1-in-10,000 false alarm rate", [("0.0001", None, None, "fraction", "share")]),
    ("an 8x8 state, 8 by 8 in all", [("8", None, None, "count", "grid"), ("8", None, None, "count", "grid")]),
    ("images of 1120x1120", [("1120", None, None, "pixels", "grid")]),
    ("now at rank 3 and cs.LG #9", [("3", None, None, "rank", "rank"), ("9", None, None, "rank", "rank")]),
    ("Revenue quadrupled in one year", [("4", None, None, "ratio", "multiple")]),
    ("cuts cost and triples throughput", [("3", None, None, "ratio", "multiple")]),
]  # fmt: skip

#: sentences whose digits are names, dates, ids and marks
NOTHING = [
    "See arXiv 2605.12345 and https://example.org/a/12.5%/x for more.",
    "Published on 2026-05-13, revised 05-14, next on May 3, 2024 and 12-May.",
    "GPT-4o, Mixtral 8x7B, ResNet-50, LLaMA-2-7B and v2.0.1 are names.",
    "1) First, [3] shows it; (2) then it ends [1,2].",
    "As in 2024 and 2019-2021 (Doe et al., 2022).",
    "At 10:30 the 3D view and the 2nd H100 came up.",
    "Cross-paper thread #2 opens issue #70.",
    "RDF triples are stored.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_finds_quantities(text: str, expected: list[tuple[str, str | None, str | None, str, str]]) -> None:
    found = [(q.value, q.upper, q.baseline, q.unit, q.form.value) for q in find_quantities(text)]
    assert found == [(D(v), u and D(u), b and D(b), unit, form) for v, u, b, unit, form in expected]


@pytest.mark.parametrize("text", NOTHING)
def test_leaves_names_dates_and_marks_alone(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize("text", ["runs Gemma 4 locally", "a Tier 1 item", "Llama 3.1 and Opus 4.6 Fast", "the Foo 2 7B model"])
def test_marks_numbers_after_names(text: str) -> None:
    assert find_quantities(text)
    assert all(q.after_name for q in find_quantities(text))


def test_spans_cover_sign_currency_and_unit() -> None:
    text = "It adds +14 points for $650M and 3.3 trillion tokens."
    assert [q.span.of(text) for q in find_quantities(text)] == ["+14 points", "$650M", "3.3 trillion tokens"]
    assert [q.digits.of(text) for q in find_quantities(text)] == ["14", "650", "3.3"]


def test_offset_shifts_every_span() -> None:
    [at_zero], [shifted] = find_quantities("up 12%"), find_quantities("up 12%", 100)
    assert (shifted.span.start, shifted.digits.end) == (at_zero.span.start + 100, at_zero.digits.end + 100)


def test_a_unit_may_stand_on_the_next_line() -> None:
    [share] = find_quantities("It cut 30\n% of the cost.")
    assert share.unit == "percent"


@given(st.text(alphabet=st.sampled_from("0123456789.,-–x×%$#/()[] BKMaesToandvs→\\\n+~:"), max_size=120))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    last = 0
    for q in find_quantities(text):
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert any(c.isdigit() for c in q.digits.of(text)) or q.form is Form.MULTIPLE
        assert q.span.start >= last - 1
        last = q.span.start


@settings(deadline=None)
@given(st.decimals(min_value=D("0.1"), max_value=D("99.9"), places=1), st.sampled_from(["%", " points", "x"]))
def test_every_number_with_a_unit_is_read_exactly(value: Decimal, unit: str) -> None:
    [q] = find_quantities(f"the method gains {value}{unit} there")
    assert q.value == value


@pytest.mark.parametrize(
    "piece", ["1,", "7B, ", "3 to ", "12% vs ", "1-", "1 2 ", "a1 ", "(3) ", "word ", "1/", "5 x-", "$1", "9" * 50 + " "]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(n: int) -> float:
        text = piece * (n // len(piece))
        start = time.process_time()
        find_quantities(text)
        return time.process_time() - start

    seconds(1_000)
    small, large = seconds(2_500), seconds(20_000)
    assert large < max(0.4, 24 * small)  # eight times the text; quadratic would be 64 times
