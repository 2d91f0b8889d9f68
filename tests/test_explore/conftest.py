"""The small graph, the same with hostile texts, their pages, and a browser without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store

from kg.explore import write_page

SMALL = Path(__file__).parent.parent / "test_query" / "small.trig"
#: A text for each way out of a page, a script, an attribute, a line or a file.
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">href</a>',
    "</script><script>alert(1)</script>",
    "<!-- <svg/onload=alert(1)>",
    "bell\x07 esc\x1b[31m back\\slash\nline",
    "\u2028line\u2029\u202eright to left",
    "\"quotes' & ampersand `tick` ${x}",
    "]]>",
    '=HYPERLINK("http://example.org")',
    "日本語 👍 \ufffe",
    "x" * 10_000,
]


def load_small() -> Store:
    store = Store()
    store.load(path=SMALL, format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def store() -> Store:
    return load_small()


@pytest.fixture(scope="session")
def hostile_store() -> Store:
    """Every label, alias, title, sentence, publisher and source of the small graph replaced by hostile text."""
    store = load_small()
    texts = (
        "prefLabel",
        "altLabel",
        "title",
        "exact",
        "text",
        "definition",
        "arxivId",
        "publisher",
        "source",
        "unit",
        "valueText",
    )
    replaced = sorted((quad for quad in store if quad.predicate.value.endswith(texts)), key=str)
    for n, quad in enumerate(replaced):
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, Literal(HOSTILE[n % len(HOSTILE)]), quad.graph_name))
    return store


@pytest.fixture(scope="session")
def page(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explore") / "explore.html"
    write_page(store, path, title="Small graph")
    return path


@pytest.fixture(scope="session")
def hostile_page(hostile_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "explore.html"
    write_page(hostile_store, path, title="</title><script>alert(1)</script>")
    return path
