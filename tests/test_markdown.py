"""Marks of Markdown: what they make of words, what is none, and that the explorer's page reads them by the same pattern."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import markdown
from kg.markdown import drop_marks, read_marks
from kg.serve.markup import prose

TYPESCRIPT = Path(markdown.__file__).parent / "explore" / "web" / "src" / "markdown.ts"


@pytest.mark.parametrize(
    ("text", "words", "styles"),
    [
        ("3) **Ember** - a small model;", "3) Ember - a small model;", "strong"),
        ("[**Ember: Slow Fire**](https://example.org/a_(b)) by *Anna Birk*", "Ember: Slow Fire by Anna Birk", "link em"),
        ("It beats **[Quill](https://example.org)** by _far_.", "It beats Quill by far.", "strong em"),
        ("gated by `top_k`, ~~not~~ softly", "gated by top_k, not softly", "code del"),
        ("see <https://example.org/x>", "see https://example.org/x", "link"),
        ("- reads the patches", "reads the patches", ""),
        ("## Slow Fire", "Slow Fire", ""),
        ("Slow Fire** - a title cut in half", "Slow Fire - a title cut in half", ""),
        ("top_k` gating", "top_k gating", ""),
        ("A* and B* search, 2**3, a * b * c", "A* and B* search, 2**3, a * b * c", ""),
        ("@lantern/* packages and ember/* too", "@lantern/* packages and ember/* too", ""),
        ("x_i, y_i and __init__ of a_b_c", "x_i, y_i and __init__ of a_b_c", ""),
        ("f[i](x) and [a](javascript:alert(1))", "f[i](x) and [a](javascript:alert(1))", ""),
        ("-5% on MMLU | 64.0", "-5% on MMLU | 64.0", ""),
        ("**", "**", ""),
    ],
)
def test_words_and_styles(text: str, words: str, styles: str) -> None:
    assert drop_marks(text) == words
    assert [piece.style for piece in read_marks(text) if piece.style] == styles.split()


def test_a_page_shows_styles_and_runs_nothing() -> None:
    assert prose("**[a](https://example.org) <b>** `*c*`").html == (
        '<strong><a href="https://example.org" rel="noreferrer nofollow noopener">a</a> &lt;b&gt;</strong> <code>*c*</code>'
    )
    assert "<a" not in prose("[a](.//evil) [b](#x) [c](javascript:alert(1))").html


@given(st.text(st.sampled_from("ab1 *_`~[]()<>#-!./:\\|\n"), max_size=60))
def test_letters_are_kept_in_their_order(text: str) -> None:
    """Only marks and targets of links go: what is left is a part of the text, in the same order."""
    rest = iter(text)
    assert all(char in rest for char in drop_marks(text))
    if not re.search(r"[\[<]", text):
        assert re.findall(r"[a-z0-9]", drop_marks(text)) == re.findall(r"[a-z0-9]", text)


@pytest.mark.parametrize("part", ["*", "**a", "[", "[a](", "`", "_a ", "~~a", "<http://", "*a _b [c](/", "[a](/(b)"])
def test_no_text_takes_long(part: str) -> None:
    start = time.process_time()
    drop_marks(part * (50_000 // len(part)))
    assert time.process_time() - start < 1


def test_the_explorer_reads_by_the_same_patterns() -> None:
    if not TYPESCRIPT.is_file():
        pytest.skip("an installed wheel has no sources")
    found = dict(re.findall(r"^const (\w+) = /(.+)/g?;$", TYPESCRIPT.read_text("utf-8"), re.MULTILINE))
    ours = {"MARK": markdown.MARK, "STRAY": markdown.STRAY, "LEAD": markdown.LEAD, "ANY": markdown.ANY}
    assert found == {name: pattern.pattern for name, pattern in ours.items()}
