"""Layouts of digests -> the papers that have a place of their own in them, and those only named. All text is our own.

The documents and what must be read out of them stand in ``layouts.py`` and ``layouts_more.py``.
"""

from __future__ import annotations

import re
import time
from functools import cache

import pytest

from kg.extract import Extractor
from kg.extract.gazetteer import Gazetteer
from kg.extract.papers import find_papers
from kg.extract.segment import segment
from kg.lexicon import load_concepts
from kg.model import Document, Predicate
from kg.read import read_bytes
from tests.test_extract import layouts, layouts_more

LAYOUTS = layouts.LAYOUTS | layouts_more.LAYOUTS


@cache
def extractor() -> Extractor:
    return Extractor(load_concepts(), fast=True)


def read_one(text: str, name: str) -> Document:
    documents, notes = read_bytes(text.encode(), name)
    assert not notes
    return documents[0]


def facts_of(text: str, name: str) -> list[str]:
    """The papers of a document in the notation of this file, those with an entry first."""
    found = extractor().extract_document(read_one(text, name))
    main = {a.b: a.a for a in found.aliases}
    from_: dict[int, set[str]] = {}
    for r in found.relations:
        if r.predicate is Predicate.AFFILIATED_WITH:
            from_.setdefault(main.get(r.subject, r.subject), set()).add(found.mentions[r.object].name)
    rows = []
    for p in sorted(found.papers, key=lambda p: not p.entry):
        title = "=" if p.title == p.name else p.title
        houses = ", ".join(sorted(from_.get(p.mention, set())))
        rows.append(f"{'' if p.entry else '+ '}{p.name} | {title} | {p.arxiv_id} | {houses}")
    return [re.sub(r"\s+", " ", row).strip() for row in rows]


def expected(table: str) -> list[str]:
    return [re.sub(r"\s+", " ", row).strip() for row in table.strip().split("\n")]


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text, table = LAYOUTS[name]
    assert facts_of(text, name) == expected(table)
