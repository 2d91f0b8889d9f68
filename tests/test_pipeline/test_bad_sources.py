"""Bad sources: each is a clear error or a reported skip, the rest is built, and the graph of before is never lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_pipeline.conftest import DIGEST, Run

PAPERS = "SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def white(path: Path) -> None:
    path.write_text("\n\n   \n\t\n")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def wrong_encoding(path: Path) -> None:
    path.write_bytes("Fold Letter\n\nThe caf\xe9 of LoopFold lifts RULER accuracy.\n".encode("latin-1"))


def one_line(path: Path) -> None:
    sentence = b"LoopFold lifts RULER accuracy from 61.2 to 66.8, and folded attention explains it. "
    path.write_bytes(sentence * (50_000_000 // len(sentence)))


def pipe(path: Path) -> None:
    os.mkfifo(path)


#: What is wrong with a source, and what is said of it.
BAD: list[tuple[Callable[[Path], None], str]] = [
    (empty, "the file is empty"),
    (white, "the file is empty"),
    (binary, "the file is binary, not text"),
    (wrong_encoding, "not valid UTF-8: byte 20 (line 3)"),
    (one_line, "too long"),
    (pipe, "not a file"),
]


@pytest.fixture(scope="module")
def built(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "fold-letter.txt").write_text(DIGEST, encoding="utf-8")
    assert run("build", folder / "fold-letter.txt", "--graph", folder / "graph", "--fast", "--quiet").exit_code == 0
    return folder / "graph"


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def count_papers(run: Run, graph: Path) -> str:
    return run("query", PAPERS, "--graph", graph, "--format", "csv").output.split()[-1]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[make.__name__ for make, _ in BAD])
def test_a_bad_source_is_skipped_and_the_rest_built(
    make: Callable[[Path], None], message: str, run: Run, digest: Path, graph: Path, tmp_path: Path
) -> None:
    make(tmp_path / "bad.txt")
    result = run("build", digest, tmp_path / "bad.txt", "--graph", graph, "--fast")
    assert result.exit_code == 1
    assert f"skipped: bad.txt: {message}" in result.output or (
        "skipped: bad.txt:" in result.output and message in result.output
    )
    assert "hint: " in result.output
    assert "1 documents, 2 papers" in result.output
    assert count_papers(run, graph) == "2"


@pytest.mark.parametrize(("make", "message"), BAD, ids=[make.__name__ for make, _ in BAD])
def test_a_bad_source_alone_is_an_error_and_the_graph_stays(
    make: Callable[[Path], None], message: str, run: Run, graph: Path, tmp_path: Path
) -> None:
    make(tmp_path / "bad.txt")
    result = run("build", tmp_path / "bad.txt", "--graph", graph, "--fast")
    assert result.exit_code == 2
    assert "error: bad.txt: " in result.output
    assert message in result.output
    assert "hint: " in result.output
    assert count_papers(run, graph) == "2"


def test_several_bad_sources_are_all_named(run: Run, graph: Path, tmp_path: Path) -> None:
    for name in "abcdefg":
        empty(tmp_path / f"{name}.md")
    result = run("build", *sorted(tmp_path.glob("*.md")), "--graph", graph, "--fast")
    assert result.exit_code == 2
    assert "error: none of the sources can be read:\n  a.md: the file is empty\n" in result.output
    assert "and 2 more\nhint: the graph is as it was before" in result.output
    assert count_papers(run, graph) == "2"


@pytest.mark.parametrize(
    ("words", "message"),
    [(["missing.txt"], "no such file or folder"), (["void"], "no documents in"), (["nothing-*.md"], "nothing matches")],
)
def test_a_source_that_is_not_there_is_an_error_and_the_graph_stays(
    words: list[str], message: str, run: Run, digest: Path, graph: Path, tmp_path: Path
) -> None:
    (tmp_path / "void").mkdir()
    result = run("build", digest, *(tmp_path / word for word in words), "--graph", graph, "--fast")
    assert result.exit_code == 2
    assert f"error: {message}" in result.output
    assert "\nhint: " in result.output
    assert count_papers(run, graph) == "2"


def test_a_file_without_permission_is_skipped(
    run: Run, digest: Path, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked.md"
    locked.write_text("# Fold Letter\n")
    locked.chmod(0)
    if os.geteuid() == 0:  # whom permissions do not stop
        read = Path.read_bytes

        def refuse(path: Path) -> bytes:
            if path.name == locked.name:
                raise PermissionError(13, "Permission denied")
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("build", digest, locked, "--graph", graph, "--fast")
    assert result.exit_code == 1
    assert "skipped: locked.md: cannot be opened: Permission denied" in result.output
    assert "hint: check the path and its permissions" in result.output
    assert count_papers(run, graph) == "2"


def test_a_build_that_breaks_leaves_the_graph_and_its_lock(
    run: Run, digest: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("kg.pipeline.build._Build.run", lambda *_: 1 / 0)
        assert isinstance(run("build", digest, "--graph", graph, "--fast").exception, ZeroDivisionError)
    assert count_papers(run, graph) == "2"
    assert run("build", digest, "--graph", graph, "--fast").exit_code == 0


@pytest.mark.parametrize("words", [["--graph", "{file}"], ["--graph", "{file}/below"]])
def test_a_graph_that_is_no_folder_is_an_error(words: list[str], run: Run, digest: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("build", digest, *(word.format(file=tmp_path / "file") for word in words))
    assert result.exit_code == 2
    assert "error: " in result.output
    assert "hint: " in result.output
    assert (tmp_path / "file").read_text() == "mine"
