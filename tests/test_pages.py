"""The pages of ``docs/``: those that are made from the code are as the code is, and the SPARQL in them finds something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from tests.pages import DOCS, render_pages

SEEDS = Path(__file__).parent.parent / "seeds"
SPARQL = re.findall(r"(?<=^```sparql\n).*?(?=^```$)", (DOCS / "graph.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["commands.md", "questions.md", "vocabulary.md"])
def test_pages_are_as_the_code_is(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == render_pages()[name], "python -m tests.pages --write"


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build(SEEDS / "blog-index.txt", fast=True)


@pytest.fixture(scope="module")
def daily() -> kg.Graph:
    return kg.build(SEEDS / "daily-2026-05-13.txt", fast=True)


@pytest.mark.parametrize("query", SPARQL, ids=range(len(SPARQL)))
def test_queries_of_the_pages_find_something(query: str, graph: kg.Graph, daily: kg.Graph) -> None:
    assert graph.query(query) or daily.query(query)


def test_links_lead_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (DOCS / link).is_file(), f"{page.name} links to {link}, which is not there"
