"""The real documents beside the checkout: numbers of sections and blocks only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.read import find_sources, read_source
from tests.test_read.test_properties import check_laws

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside this checkout")]


@pytest.mark.parametrize(
    ("stem", "roles", "kinds"),
    [
        ("000", {"threads": 1, "entries": 1}, {"heading": 2, "paragraph": 1, "item": 5}),
        (
            "001",
            {"furniture": 1, "threads": 1, "entries": 1},
            {"heading": 2, "paragraph": 1, "item": 5, "furniture": 1, "meta": 1},
        ),
        ("002", {"threads": 1, "entries": 1}, {"heading": 2, "paragraph": 1, "item": 5}),
        ("003", {"entries": 1}, {"heading": 1, "furniture": 2, "paragraph": 34}),
        (
            "004",
            {"overview": 2, "tldr": 1, "body": 1, "deep_dive": 6, "pulse": 1, "threads": 1, "predictions": 1, "quick_hits": 1},
            {"heading": 14, "paragraph": 74, "item": 25, "meta": 6, "diagram": 6, "furniture": 1},
        ),
    ],
)
def test_seeds(stem: str, roles: dict[str, int], kinds: dict[str, int]) -> None:
    (path,) = (SHARED / "seeds").glob(f"{stem}_*.txt")
    (document,), notes = read_source(path)
    assert notes == []
    assert Counter(s.role.value for s in document.sections) == roles
    assert Counter(b.kind.value for b in document.blocks) == kinds
    check_laws(document)


def test_weekly_lists() -> None:
    documents, notes = read_source(SHARED / "corpora/ml-papers-of-the-week-2023-2024.md")
    assert notes == []
    assert len(documents) == 104
    assert all(d.date and [s.role.value for s in d.sections] == ["entries"] for d in documents)
    assert len({d.date for d in documents}) == 104
    assert sum(b.kind == "row" and bool(b.label) for d in documents for b in d.blocks) == 1040
    assert all(len(b.cells) == 2 for d in documents for b in d.blocks if b.kind == "row")


def test_all_other_documents() -> None:
    found = find_sources([str(SHARED / "corpora"), str(SHARED / "train/digests")])
    for path in found:
        documents, notes = read_source(path)
        assert documents
        assert notes == []
        for document in documents[:30]:
            check_laws(document)
    assert len(found) == 30
