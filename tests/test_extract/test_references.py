"""What a reference states of a paper. All text is our own."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract.papers.references import arxiv_ids, arxiv_of_url, parenthesis_after, parse_reference
from kg.model import Span

ISSUED = date(2026, 5, 13)


def parse(inside: str) -> dict[str, object]:
    ref = parse_reference(inside, Span(0, len(inside)), ISSUED)
    facts = {
        "title": ref.title.of(inside) if ref.title else None,
        "arxiv": ref.arxiv_id,
        "year": ref.year,
        "venue": ref.venue,
        "award": ref.award,
        "seen": ref.seen,
        "others": [o.of(inside) for o in ref.others],
    }
    return {key: value for key, value in facts.items() if value}


REFERENCES = {
    "FoldNet: Folding at Scale, 2025, ETH Zurich, ICLR 2026": {
        "title": "FoldNet: Folding at Scale",
        "year": 2025,
        "venue": "ICLR 2026",
        "others": ["ETH Zurich"],
    },
    "NeurIPS 2025 Best Paper": {"year": 2025, "venue": "NeurIPS 2025", "award": "Best Paper"},
    "ACL '24": {"year": 2024, "venue": "ACL 2024"},
    "arXiv 2605.01234v2": {"arxiv": "2605.01234"},
    "Ruiz et al., 2024": {"year": 2024, "others": ["Ruiz et al."]},
    "05-12": {"seen": date(2026, 5, 12)},
    "12-30": {"seen": date(2025, 12, 30)},
    "see May 4": {"seen": date(2026, 5, 4)},
    "a remark, no more": {"others": ["a remark", "no more"]},
}


@pytest.mark.parametrize(("inside", "facts"), REFERENCES.items())
def test_parts_of_a_parenthesis(inside: str, facts: dict[str, object]) -> None:
    assert parse(inside) == facts


IDS = {
    "see arXiv:2605.01234 and arxiv.org/abs/2605.04321v3": ["2605.01234", "2605.04321"],
    "[2605.01234]": ["2605.01234"],
    "costs 2605.01234 dollars": [],
    "arXiv 2613.01234": [],
}


@pytest.mark.parametrize(("text", "ids"), IDS.items())
def test_ids_in_a_context(text: str, ids: list[str]) -> None:
    assert [i for i, _ in arxiv_ids(text, Span(0, len(text)))] == ids


@pytest.mark.parametrize(
    ("url", "arxiv_id"),
    [
        ("https://arxiv.org/pdf/2605.01234v1.pdf", "2605.01234"),
        ("https://huggingface.co/papers/2605.01234", "2605.01234"),
        ("https://www.alphaxiv.org/abs/2605.01234", "2605.01234"),
        ("https://example.org/2605.01234", ""),
    ],
)
def test_ids_of_links(url: str, arxiv_id: str) -> None:
    assert arxiv_of_url(url) == arxiv_id


def test_the_parenthesis_behind_a_name() -> None:
    text = "FoldNet** (folds (twice), 2025) is small. Other is not."
    inside = parenthesis_after(text, len("FoldNet"))
    assert inside is not None
    assert inside.of(text) == "folds (twice), 2025"
    assert parenthesis_after(text, text.index("Other") + 5) is None
    assert parenthesis_after("(" * 5000, 0) is None
