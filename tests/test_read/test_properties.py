"""Laws that every reader keeps, whatever bytes it is given."""

from __future__ import annotations

import os
import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.read import FORMATS, read_bytes

_LINES = [
    "TL;DR",
    "Deep Dives",
    "CacheFold: folding caches",
    "## Quick Hits",
    "- A bullet about folding. It has two sentences. link",
    "02 [Training] Folding Caches We fold caches. It works. link",
    "**03** (Eval) Measuring Folds The fold is measured.",
    "| 1) **Fold** - folds | [Paper](https://arxiv.org/abs/2604.00001) |",
    "| --- | --- |",
    "Source: Some List Links: Paper Tier: 1. caching",
    "───────── ►",
    "A paragraph of prose about caches. It goes on for a while, and it ends.",
    "```",
    "> quoted",
    "---",
    "",
    "<!-- note -->",
    "<p>One <b>two</b></p>",
    "<table><tr><td>a</td><td></td></tr></table>",
    "@article{a, title={B}}",
    "title,abstract",
    "# Week (May 1 - May 7)",
    "# Week (May 8 - May 14)",
    "δ-mem: small state",
    "\t\u00a0\u2028x",
]
_TEXTS = st.lists(st.sampled_from(_LINES) | st.text(max_size=30), max_size=25).map("\n".join)
_SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_laws(document: Document) -> None:
    """Sections cut the text up; blocks are in order, apart, inside the text and inside their sections."""
    size = len(document.text)
    assert document.sections or not document.blocks
    if document.sections:
        assert document.sections[0].span.start == 0
        assert document.sections[-1].span.end == size
    assert all(a.span.end == b.span.start for a, b in pairwise(document.sections))
    assert all(a.span.end <= b.span.start for a, b in pairwise(document.blocks))
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= size
        assert document.sections[block.section].span.covers(block.span)
        assert block.span.of(document.text).strip() == block.span.of(document.text)
        assert all(block.span.covers(cell) for cell in block.cells)
    for section in document.sections:
        assert section.heading is None or section.span.covers(section.heading)
    assert all(link.span.end <= size for link in document.links)
    assert all(span.start < span.end <= size for span in document.emphasis)
    assert document.id


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".pdf"}))
@_SETTINGS
@given(text=_TEXTS)
def test_laws_hold_for_text(suffix: str, text: str) -> None:
    documents, notes = read_bytes(text.encode("utf-8", "surrogatepass"), f"a{suffix}")
    assert documents or notes
    assert not [n for n in notes if "cannot be read" in n.message]
    for document in documents:
        check_laws(document)
    assert read_bytes(text.encode("utf-8", "surrogatepass"), f"a{suffix}") == (documents, notes)
    assert len({d.id for d in documents}) == len(documents)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@_SETTINGS
@given(
    data=st.binary(max_size=300), head=st.sampled_from([b"", b"%PDF-1.4\n", b"<html>", b"<rss>", b"\xff\xfe", b"title\n", b"{"])
)
def test_no_reader_raises_on_any_bytes(suffix: str, data: bytes, head: bytes) -> None:
    documents, notes = read_bytes(head + data, f"a{suffix}")
    assert documents or notes
    for document in documents:
        check_laws(document)


def test_text_of_plain_and_markdown_is_the_files_own() -> None:
    text = "\ufeffTitle | 2026-01-02\r\n\r\nA  paragraph\twith odd  spaces. It stays so.\r\n"
    for suffix in (".txt", ".md"):
        (document,), _ = read_bytes(text.encode(), f"a{suffix}")
        assert document.text == text[1:]


_HOSTILE = {
    "one line of 10 MB": b"a" * 10_000_000,
    "one line of prose": b"A word of it. " * 14_000,
    "brackets": b"[" * 100_000,
    "links without end": b"[a](" * 30_000,
    "stars": b"**a " * 30_000,
    "underscores": b"_a_" * 30_000,
    "pipes": b"|" * 100_000,
    "table": b"| a | b |\n" * 10_000,
    "short lines": b"Name\n" * 5_000,
    "numbers": b"1. a\n" * 6_000,
    "tags": b"<div>" * 40_000,
    "open tags": b"<a href='" * 20_000,
    "braces": b"@a{k, title={" + b"{" * 60_000,
    "quotes": b'title\n"' + b"a,\n" * 5_000,
    "box lines": "─ │\n".encode() * 12_000,
    "comments": b"<!-- " * 20_000,
    "spaces": b"a" + b" " * 900_000 + b"b",
    "headings": b"# A\n" * 6_000,
    "arXiv": b"arXiv " * 20_000,
}


@pytest.mark.parametrize("what", sorted(_HOSTILE))
def test_hostile_input_takes_bounded_time(what: str) -> None:
    for suffix in (".txt", ".md", ".html", ".csv", ".bib"):
        before = time.process_time()
        documents, notes = read_bytes(_HOSTILE[what], f"a{suffix}")
        assert documents or notes
        assert time.process_time() - before < 2 * float(os.environ.get("KG_SLOW", "1")), suffix
