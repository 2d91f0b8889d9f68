"""The demo digests in ``seeds/`` are our own words, and the annotations in ``tests/gold/`` fit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").iterdir())
GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
SHARED = ROOT.parent / "shared"

KINDS = {"method", "concept", "problem", "task", "metric", "benchmark", "model", "hardware"}
ROLES = {"introduces", "uses", "compares_with", "addresses", "evaluates_on", "measures"}
CLAIMS = {
    "finding",
    "mechanism",
    "limitation",
    "recommendation",
    "comparison",
    "open_question",
    "definition",
    "market",
}


def squash(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(json.loads(request.param.read_text(encoding="utf-8")))


@pytest.fixture
def text(gold: dict[str, Any]) -> str:
    return squash((ROOT / "seeds" / gold["doc"]).read_text(encoding="utf-8"))


def quotes(gold: dict[str, Any]) -> Iterator[str]:
    """All words that the annotations quote from their document."""
    yield from (claim["words"] for claim in gold["claims"])
    yield from (result["words"] for result in gold["results"])
    yield from (relation[3] for relation in gold["paper_relations"])
    for prediction in gold["predictions"]:
        yield from (prediction[key] for key in ("criterion", "words") if key in prediction)


def test_the_five_layouts_are_there() -> None:
    assert len(SEEDS) == 5
    assert sum(path.suffix == ".md" for path in SEEDS) == 1
    assert max(path.stat().st_size for path in SEEDS) > 25_000


def test_quoted_words_stand_in_the_document(gold: dict[str, Any], text: str) -> None:
    assert [words for words in quotes(gold) if squash(words) not in text] == []


def test_named_things_stand_in_the_document(gold: dict[str, Any], text: str) -> None:
    lower = text.lower()
    for entity in (*gold["papers"], *gold["techniques"], *gold["institutions"]):
        names = [entity["name"], *entity["aliases"], entity.get("title") or ""]
        assert any(name and name.lower() in lower for name in names), entity["name"]
    assert all(paper["arxiv"] in text for paper in gold["papers"] if paper["arxiv"])


def test_references_between_annotations_hold(gold: dict[str, Any]) -> None:
    papers = {paper["id"] for paper in gold["papers"]}
    terms = {term["name"] for term in gold["techniques"]}
    institutions = {institution["name"] for institution in gold["institutions"]}
    assert {p for p, _, _ in gold["paper_technique"]} <= papers
    assert {t for _, _, t in gold["paper_technique"]} <= terms
    assert {r for _, r, _ in gold["paper_technique"]} <= ROLES
    assert {term["kind"] for term in gold["techniques"]} <= KINDS
    assert {p for p, _ in gold["paper_institution"]} <= papers
    assert {i for _, i in gold["paper_institution"]} <= institutions
    assert {p for a, _, b, _ in gold["paper_relations"] for p in (a, b)} <= papers
    assert {p for thread in gold["threads"] for p in thread["papers"]} <= papers
    assert {x["paper"] for x in (*gold["claims"], *gold["results"])} - {None} <= papers
    assert {claim["type"] for claim in gold["claims"]} <= CLAIMS


# --------------------------------------------------------------------------------------------------------- own words


def names_of(gold_files: list[Path]) -> list[list[str]]:
    """Names and titles of papers; names of institutions, people, models and benchmarks: nobody can reword those."""
    found: set[tuple[str, ...]] = set()
    for path in gold_files:
        gold = json.loads(path.read_text(encoding="utf-8"))
        proper = [term for term in gold["techniques"] if term["kind"] in {"model", "benchmark"}]
        for entity in (*gold["papers"], *gold["institutions"], *gold["people"], *proper):
            found.update(tuple(words(name)) for name in (entity["name"], entity.get("title") or "", *entity["aliases"]))
    return sorted(([*name] for name in found if len(name) > 2), key=len, reverse=True)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def shingles(text: str, names: list[list[str]]) -> set[str]:
    """All runs of six words within a line that cross no known name and are not mostly figures."""
    found: set[str] = set()
    for line in text.splitlines():
        flat = f" {' '.join(words(line))} "
        for name in names:
            flat = flat.replace(f" {' '.join(name)} ", " | ")
        for part in flat.split("|"):
            run = part.split()
            for six in (run[i : i + 6] for i in range(len(run) - 5)):
                if sum(word.isalpha() and word != "arxiv" for word in six) >= 4:
                    found.add(" ".join(six))
    return found


def test_shingles_see_copied_words() -> None:
    names = [["attention", "is", "all", "you", "need"]]
    copied = shingles("the quick brown fox jumps over it", names)
    assert copied == {"the quick brown fox jumps over", "quick brown fox jumps over it"}
    assert shingles("In Attention Is All You Need (2017, arXiv 1706.03762)", names) == set()


@pytest.mark.shared
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_every_sentence_is_our_own(path: Path) -> None:
    real = sorted((SHARED / "seeds").glob("*.txt"))
    if not real:
        pytest.skip("the folder of real documents is not beside the checkout")
    names = names_of([*GOLD, *(SHARED / "eval" / "gold").glob("*.json")])
    known = set().union(*(shingles(file.read_text(encoding="utf-8"), names) for file in real))
    assert sorted(shingles(path.read_text(encoding="utf-8"), names) & known) == []
