"""What has not changed is not read again; what has changed is, and is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Document, Extraction
from kg.pipeline import BuildReport, build_graph, verify_graph
from tests.test_pipeline.conftest import DIGEST, Run

Build = Callable[..., BuildReport]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the documents that were extracted, as they are."""
    titles: list[str] = []
    extract = Extractor.extract_documents

    def watch(self: Extractor, documents: Iterable[Document]) -> Iterator[Extraction]:
        return extract(self, (titles.append(document.source) or document for document in documents))  # type: ignore[func-returns-value]

    monkeypatch.setattr(Extractor, "extract_documents", watch)
    return titles


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.txt").write_text(DIGEST)
    (folder / "b.txt").write_text(DIGEST.replace("May 3", "May 10").replace("LoopFold", "TwistFold"))
    return folder


@pytest.fixture
def build(sources: Path, tmp_path: Path) -> Build:
    return lambda **options: build_graph([str(sources)], tmp_path / "graph", **{"fast": True, **options})


def test_unchanged_documents_are_not_extracted_again(
    build: Build, read: list[str], run: Run, sources: Path, tmp_path: Path
) -> None:
    graphs = []
    for _ in range(2):
        build()
        assert read == ["a.txt", "b.txt"]
        graphs.append(run("export", "nquads", "--graph", tmp_path / "graph").output)
    assert graphs[0] == graphs[1]
    (sources / "b.txt").write_text(DIGEST.replace("May 3", "May 10").replace("66.8", "67.9"))
    build()
    assert read == ["a.txt", "b.txt", "b.txt"]


def test_another_vocabulary_or_extractor_reads_everything_again(
    build: Build, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    vocabulary = tmp_path / "mine.ttl"
    vocabulary.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix kg: <https://w3id.org/claimgraph/ontology#> .\n"
        "<https://w3id.org/claimgraph/id/technique/window-folding> a kg:Technique ; "
        'skos:prefLabel "window folding"@en ; skos:altLabel "folded attention"@en .\n'
    )
    build(vocabulary=vocabulary)
    assert len(read) == 4
    build(vocabulary=vocabulary)
    assert len(read) == 4
    monkeypatch.setattr("kg.pipeline.cache.code_digest", lambda *parts, **options: "another extractor")
    build(vocabulary=vocabulary)
    assert len(read) == 6


def test_a_half_written_cache_is_made_anew(build: Build, read: list[str], sources: Path, tmp_path: Path) -> None:
    build()
    for path in (tmp_path / "graph" / "cache").glob("*.pack"):
        path.write_bytes(path.read_bytes()[:100])
    (sources / "c.txt").write_text(DIGEST.replace("May 3", "May 17"))
    build()
    assert read == ["a.txt", "b.txt", "a.txt", "b.txt", "c.txt"]


def test_verify_finds_a_changed_source(build: Build, run: Run, sources: Path, tmp_path: Path) -> None:
    build()
    graph = tmp_path / "graph"
    assert verify_graph(graph) == []
    assert run("verify", "--graph", graph).exit_code == 0
    (sources / "a.txt").write_text(DIGEST.replace("lifts RULER accuracy", "raises RULER accuracy"))
    result = run("verify", "--graph", graph)
    assert result.exit_code == 1
    assert "fold-letter-2026-05-03" in result.output
    assert "the source has changed since the build" in result.output


def test_verify_finds_a_source_that_is_gone(build: Build, run: Run, sources: Path, tmp_path: Path) -> None:
    build()
    (sources / "b.txt").unlink()
    result = run("verify", "--graph", tmp_path / "graph")
    assert result.exit_code == 2
    assert "error: no such file or folder" in result.output


def test_decisions_join_names_without_reading_again(
    build: Build, read: list[str], run: Run, sources: Path, tmp_path: Path
) -> None:
    (sources / "b.txt").write_text(re.sub(r"\d{4}\.\d{5}", "2605.09999", (sources / "b.txt").read_text()))
    build()
    graph, decisions = tmp_path / "graph", tmp_path / "decisions.txt"
    assert "are not one" in run("explain", "LoopFold", "TwistFold", "--graph", graph).output
    decisions.write_text("same: LoopFold = TwistFold\nnonsense\n")
    refused = run("build", sources, "--graph", graph, "--decisions", decisions, "--fast")
    assert (refused.exit_code, "line 2" in refused.output) == (2, True)
    decisions.write_text("# mine\nsame: LoopFold = TwistFold\n")
    before = len(read)
    assert run("build", sources, "--graph", graph, "--decisions", decisions, "--fast").exit_code == 0
    assert len(read) == before, "names are resolved anew, texts are not read again"
    assert "said by the user" in run("explain", "LoopFold", "TwistFold", "--graph", graph).output
