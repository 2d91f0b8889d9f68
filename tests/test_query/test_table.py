"""Tables for a terminal: they fit, wide characters count twice, and nothing in a cell is obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.table import clean_text, format_markdown, format_table, text_width, wrap_text

ROWS = st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), min_size=1, max_size=5)


def test_a_small_table() -> None:
    assert format_table(["name", "n"], [["Mosaic", "12"], ["Ö", "3"]]).splitlines() == [
        "name     n",
        "──────  ──",
        "Mosaic  12",
        "Ö        3",
    ]


def test_no_rows() -> None:
    assert format_table(["a"], []) == "no rows\n"


def test_long_cells_are_wrapped_and_cut() -> None:
    lines = format_table(["id", "sentence"], [["a", "word " * 100]], width=30, limit=4).splitlines()
    assert len(lines) == 2 + 4
    assert lines[-1].endswith("…")


@given(ROWS, st.integers(40, 120))
def test_tables_fit_the_terminal(rows: list[list[str]], width: int) -> None:
    for line in format_table(["one", "two", "three"], rows, width).splitlines():
        assert text_width(line) <= width


@pytest.mark.parametrize("text", ["日本語", "👍", "ｗｉｄｅ"])
def test_wide_characters_take_two_columns(text: str) -> None:
    assert text_width(text) == 2 * len(text)
    assert all(text_width(line) <= 5 for line in wrap_text(text * 4, 5))


def test_combining_marks_take_none() -> None:
    assert text_width("e\u0301") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("a\x9b31m", "a\\x9b31m"),
        ("two\nlines\tand tabs", "two lines and tabs"),
        ("abc\u202edef", "abc\\u202edef"),
        ("null\x00", "null\\x00"),
        ("\ud800", "\\ud800"),
    ],
)
def test_controls_are_spelled_out(text: str, shown: str) -> None:
    assert clean_text(text) == shown


@given(st.text())
def test_no_control_survives(text: str) -> None:
    assert all(char.isprintable() or char not in "\x1b\x9b\n\r\x00\u202e" for char in clean_text(text))


def test_markdown_is_escaped() -> None:
    assert format_markdown(["a"], [["x|y *b* <img src=x>"]]).splitlines()[2] == "| x\\|y \\*b\\* &lt;img src=x&gt; |"


@given(st.text(), st.integers(4, 30))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    clean = clean_text(text)
    assert "".join(wrap_text(clean, width)).replace(" ", "") == clean.replace(" ", "")
