"""A build on top of another gives what a build from nothing gives, and does only what has to be done."""

from __future__ import annotations

import json
import math
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

import kg.graph.changes
import kg.pipeline.build
import kg.pipeline.cache
from kg.errors import KgError
from kg.graph.changes import Patch
from kg.graph.rdf import quads_of
from kg.graph.store import SCHEMA_VERSION, Manifest, read_manifest
from kg.model import Diagnostic, Document, Extraction
from kg.pipeline import BuildReport, ExtractionCache, build_graph, build_knowledge
from tests.test_store.conftest import BODIES, read_quads, write_digest

#: A step: which digest, and what it says from then on; None removes it.
Steps = list[tuple[int, int | None]]
steps = st.lists(
    st.tuples(st.integers(0, 3), st.none() | st.integers(0, len(BODIES) - 1)),
    min_size=1,
    max_size=6,
)


def build(sources: Path, graph: Path) -> BuildReport:
    return build_graph([str(sources)], graph, fast=True)


def anew(sources: Path) -> list[bytes]:
    """The quads of a graph that is made from nothing, in memory."""
    knowledge = build_knowledge([str(sources)], fast=True)
    return sorted(f"{quad} .\n".encode() for quad in quads_of(knowledge))


def check_steps(folder: Path, plan: Steps) -> None:
    sources, graph = folder / "sources", folder / "graph"
    sources.mkdir(parents=True)
    for name, body in plan:
        if body is None:
            (sources / f"fold-letter-{name}.txt").unlink(missing_ok=True)
        else:
            write_digest(sources, name, body)
        if not any(sources.iterdir()):
            with pytest.raises(KgError):
                build(sources, graph)
            continue
        report = build(sources, graph)
        assert read_quads(graph) == anew(sources)
        again = build(sources, graph)
        assert again.unchanged
        assert again.counts == report.counts
    if any(sources.iterdir()):
        fresh = build(sources, folder / "fresh")
        assert read_quads(folder / "fresh") == read_quads(graph)
        assert read_manifest(folder / "fresh").counts == read_manifest(graph).counts
        assert fresh.counts == build(sources, graph).counts


@pytest.fixture
def always_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much has changed: so few documents would be written from nothing."""
    monkeypatch.setattr(kg.pipeline.build, "_MOST_CHANGED", math.inf)


@pytest.mark.usefixtures("remember_extractions", "always_patch")
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(0, 0), (1, 1), (0, None), (0, 2), (1, 3)])
@example([(0, 3), (1, 0), (2, 2), (0, 1), (2, None), (3, 4)])
@given(steps)
def test_any_sequence_of_changes_gives_the_quads_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, plan: Steps
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    check_steps(folder, plan)
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.usefixtures("remember_extractions", "always_patch")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_many_sequences_of_changes(tmp_path_factory: pytest.TempPathFactory, plan: Steps) -> None:
    folder = tmp_path_factory.mktemp("steps")
    check_steps(folder, plan)
    shutil.rmtree(folder)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Patch]:
    """By what graphs were changed."""
    patches: list[Patch] = []
    real = kg.graph.changes.patch_graph

    def watch(folder: Path, patch: Patch, **about: Any) -> Manifest:
        patches.append(patch)
        return real(folder, patch, **about)

    monkeypatch.setattr(kg.graph.changes, "patch_graph", watch)
    return patches


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each source was read, and each document extracted."""
    counts: Counter[str] = Counter()
    read_bytes, extract = kg.pipeline.cache.read_bytes, ExtractionCache.extract

    def watch_read(data: bytes, name: str) -> tuple[list[Document], list[Diagnostic]]:
        counts[f"read {name}"] += 1
        return read_bytes(data, name)

    def watch_extract(cache: ExtractionCache, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            counts[f"extract {document.title or document.source}"] += 1
            yield from extract(cache, [document])

    monkeypatch.setattr(kg.pipeline.cache, "read_bytes", watch_read)
    monkeypatch.setattr(ExtractionCache, "extract", watch_extract)
    return counts


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in range(24):
        title = f"01 [Training] Fold{name}Net: Folding, Part {name} (arXiv:2602.{name:05})"
        text = f"Pleat Letter\n\nMay {name + 1}, 2026\n\n{title}\n"
        (folder / f"pleat-{name}.txt").write_text(
            text + f"Fold{name}Net introduces seam number {name}. It gains {name + 3} points.\n"
        )
    return folder


@pytest.mark.usefixtures("remember_extractions")
def test_an_added_digest_is_all_that_is_read_and_written(
    sources: Path, tmp_path: Path, read: Counter[str], seen: list[Patch]
) -> None:
    graph = tmp_path / "graph"
    build(sources, graph)
    first = read_manifest(graph)
    read.clear()
    write_digest(sources, 3, 0)
    assert not build(sources, graph).unchanged
    assert read == {"read fold-letter-3.txt": 1, "extract Fold Letter": 1}
    (patch,) = seen
    assert {document.source for document in patch.kb.documents} == {"fold-letter-3.txt"}, "no other shares a name with it"
    assert len(patch.rewritten) == 1
    assert not patch.emptied
    assert read_quads(graph) == anew(sources)
    assert read_manifest(graph).build == first.build + 1


@pytest.mark.usefixtures("remember_extractions")
def test_the_same_sources_leave_the_graph_alone(sources: Path, tmp_path: Path, read: Counter[str]) -> None:
    graph = tmp_path / "graph"
    report = build(sources, graph)
    files = {path: path.stat().st_mtime_ns for path in graph.rglob("*") if path.name != ".lock" and path.is_file()}
    read.clear()
    again = build(sources, graph)
    assert again.unchanged
    assert again.counts == report.counts
    assert not read
    assert files == {path: path.stat().st_mtime_ns for path in graph.rglob("*") if path.name != ".lock" and path.is_file()}


@pytest.mark.usefixtures("remember_extractions")
def test_moved_sources_change_the_manifest_alone(sources: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build(sources, graph)
    before = read_manifest(graph)
    moved = sources.rename(tmp_path / "moved")
    assert not build(moved, graph).unchanged
    after = read_manifest(graph)
    assert after.store == before.store
    assert {Path(source.location).parent for source in after.sources} == {moved}


@pytest.mark.usefixtures("remember_extractions")
def test_a_row_added_to_a_table_is_all_that_is_extracted(tmp_path: Path, read: Counter[str]) -> None:
    table, graph = tmp_path / "papers.csv", tmp_path / "graph"
    rows = [
        f'"Fold{n}Net: Folding, Part {n}","Fold{n}Net introduces seam number {n}. It gains {n + 3} points."' for n in range(5)
    ]
    table.write_text("title,abstract\n" + "\n".join(rows[:4]))
    build(table, graph)
    assert sum(n for what, n in read.items() if what.startswith("extract")) == 4
    read.clear()
    table.write_text("title,abstract\n" + "\n".join(rows))
    build(table, graph)
    assert read == {"read papers.csv": 1, "extract Fold4Net: Folding, Part 4": 1}
    assert read_quads(graph) == anew(table)


@pytest.mark.usefixtures("remember_extractions")
@pytest.mark.parametrize(
    "harm", ["no names", "damaged names", "names of another build", "a quad too many", "no store", "no cache"]
)
def test_what_a_build_finds_damaged_it_makes_anew(sources: Path, tmp_path: Path, seen: list[Patch], harm: str) -> None:
    graph = tmp_path / "graph"
    build(sources, graph)
    names = graph / "names-000001"
    if harm == "no names":
        names.unlink()
    elif harm == "damaged names":
        names.write_bytes(names.read_bytes()[:1000])
    elif harm == "names of another build":
        build(tmp_path / "sources" / "pleat-1.txt", tmp_path / "other")
        names.write_bytes((tmp_path / "other" / "names-000001").read_bytes())
    elif harm == "no cache":
        shutil.rmtree(graph / "cache")
    elif harm == "no store":
        shutil.rmtree(graph / "store-000001")
    else:
        store = Store(str(graph / "store-000001"))
        store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode("urn:d")))
        store.flush()
        del store
    write_digest(sources, 3, 0)
    build(sources, graph)
    assert not seen
    assert read_quads(graph) == anew(sources)


def test_a_graph_of_the_first_version_is_read_and_made_one_of_this_version(tmp_path: Path) -> None:
    """Version 1 wrote the same quads, kept no names, and had fewer fields in its manifest."""
    sources, graph = tmp_path / "sources", tmp_path / "graph"
    sources.mkdir()
    write_digest(sources, 0, 0)
    build(sources, graph)
    quads = read_quads(graph)
    fields = json.loads((graph / "manifest.json").read_text())
    for name in ("inputs", "summary", "diagnostics"):
        del fields[name]
    (graph / "manifest.json").write_text(json.dumps({**fields, "schema": 1}))
    (graph / "names-000001").unlink()
    assert read_manifest(graph).schema == 1
    assert read_quads(graph) == quads
    build(sources, graph)
    assert read_manifest(graph).schema == SCHEMA_VERSION
    assert read_quads(graph) == quads
    assert build(sources, graph).unchanged
