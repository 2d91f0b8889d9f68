"""Backups: as a folder and as a file, restored, damaged, refused."""

from __future__ import annotations

import gzip
import shutil
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError
from kg.graph.backup import backup_graph, restore_graph
from kg.graph.store import open_store, read_manifest
from kg.pipeline import build_graph
from tests.test_store.conftest import read_quads, write_digest


@pytest.fixture
def graph(tmp_path: Path, remember_extractions: None) -> Path:
    (tmp_path / "sources").mkdir()
    write_digest(tmp_path / "sources", 0, 0)
    write_digest(tmp_path / "sources", 1, 3)
    build_graph([str(tmp_path / "sources")], tmp_path / "graph", fast=True)
    return tmp_path / "graph"


@pytest.mark.parametrize("name", ["copy", "deep/copy.tar.gz", "copy.tgz"])
def test_a_backup_is_restored_quad_for_quad(graph: Path, tmp_path: Path, name: str) -> None:
    quads, manifest = read_quads(graph), read_manifest(graph)
    backup_graph(graph, tmp_path / name)
    write_digest(tmp_path / "sources", 0, 2)
    build_graph([str(tmp_path / "sources")], graph, fast=True)
    assert read_quads(graph) != quads
    restored = restore_graph(tmp_path / name, graph)
    assert read_quads(graph) == quads
    assert (restored.counts, restored.sources, restored.build) == (manifest.counts, manifest.sources, 3)
    assert not build_graph([str(tmp_path / "sources")], graph, fast=True).unchanged
    write_digest(tmp_path / "sources", 0, 0)
    build_graph([str(tmp_path / "sources")], graph, fast=True)
    assert read_quads(graph) == quads


def test_a_folder_is_a_graph_and_a_file_is_the_same_every_time(graph: Path, tmp_path: Path) -> None:
    backup_graph(graph, tmp_path / "copy")
    assert read_quads(tmp_path / "copy") == read_quads(graph)
    for name in ("a.tar.gz", "b.tar.gz"):
        backup_graph(graph, tmp_path / name)
    assert (tmp_path / "a.tar.gz").read_bytes() == (tmp_path / "b.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        assert archive.getnames() == ["manifest.json", "graph.nq"]


def test_a_folder_in_use_is_not_overwritten(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is there already"):
        backup_graph(graph, tmp_path / "sources")
    with pytest.raises(GraphError, match="no graph in"):
        backup_graph(tmp_path / "sources", tmp_path / "copy")


def truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


def drop_a_line(data: bytes) -> bytes:
    """One quad fewer, in an archive that is whole."""
    raw = gzip.decompress(data)
    line = raw.rindex(b" .\n<", 0, raw.rindex(b" .\n")) + 3
    end = raw.index(b"\n", line) + 1
    return gzip.compress(raw[:line] + b"#" + raw[line + 1 : end] + raw[end:])


def no_archive(data: bytes) -> bytes:
    return b"<html>not found</html>"


@pytest.mark.parametrize("harm", [truncate, drop_a_line, no_archive, lambda data: gzip.compress(b"x" * 20_000)])
def test_a_damaged_backup_is_refused_and_the_graph_stays(graph: Path, tmp_path: Path, harm: object) -> None:
    quads, copy = read_quads(graph), tmp_path / "copy.tar.gz"
    backup_graph(graph, copy)
    copy.write_bytes(harm(copy.read_bytes()))  # type: ignore[operator]
    with pytest.raises(GraphError) as error:
        restore_graph(copy, graph)
    assert "damaged" in error.value.message
    assert error.value.hint
    assert read_quads(graph) == quads
    assert len(list(graph.glob("store-*"))) == 1


def test_a_damaged_folder_is_refused(graph: Path, tmp_path: Path) -> None:
    backup_graph(graph, tmp_path / "copy")
    shutil.rmtree(next((tmp_path / "copy").glob("store-*")))
    with pytest.raises(GraphError, match="is damaged"):
        restore_graph(tmp_path / "copy", graph)
    assert len(open_store(graph)) == read_manifest(graph).counts["quads"]


def test_backup_and_restore_from_the_command_line(graph: Path, tmp_path: Path) -> None:
    quads = read_quads(graph)
    archive = tmp_path / "graph.tar.gz"
    result = CliRunner().invoke(main, ["backup", str(archive), "--graph", str(graph)])
    assert result.exit_code == 0
    assert f"build 1, {len(quads)} quads" in result.output
    result = CliRunner().invoke(main, ["restore", str(archive), "--graph", str(tmp_path / "again")])
    assert result.exit_code == 0
    assert read_quads(tmp_path / "again") == quads
    archive.write_bytes(b"")
    result = CliRunner().invoke(main, ["restore", str(archive), "--graph", str(graph)])
    assert result.exit_code == 2
    assert "is not a backup of claimgraph, or is damaged" in result.output
    assert "hint: " in result.output
