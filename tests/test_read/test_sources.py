"""Finding files, and what is said of files that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.read import FORMATS, LARGEST, find_sources, read_bytes, read_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.HTML", "sub/.hidden.txt", ".git/d.txt", "sub/e.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Some text. Here.")
    return tmp_path


def test_folders_files_and_globs(folder: Path) -> None:
    def names(*patterns: str) -> list[str]:
        return [p.relative_to(folder).as_posix() for p in find_sources([str(folder / k) for k in patterns])]

    assert names("") == ["a.md", "b.txt", "sub/c.HTML"]
    assert names("b.txt", "", "b.txt") == ["a.md", "b.txt", "sub/c.HTML"]
    assert names("*.txt") == ["b.txt"]
    assert names("**/*.HTML") == ["sub/c.HTML"]
    assert names("sub/e.png") == ["sub/e.png"]  # named outright: reading it says what is wrong


def test_missing_paths_and_empty_folders(folder: Path) -> None:
    (folder / "empty").mkdir()
    for pattern, message in (("no.txt", "no such file"), ("empty", "no documents"), ("*.pdf", "nothing matches")):
        with pytest.raises(SourceError, match=message) as caught:
            find_sources([str(folder / pattern)])
        assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.md", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        ("a.txt", b"abc\x00\x01\x02", "binary"),
        ("a.txt", bytes(range(1, 32)) * 10, "binary"),
        ("a.txt", b"ok\nna\xefve text\n", "line 2"),
        ("a.txt", b"a" * 2_000_000, "line 1"),
        ("a.png", b"x", "unknown format"),
        ("a", b"x", "unknown format"),
        ("a.txt", b"a" * (LARGEST + 1), "too large"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, message: str) -> None:
    documents, notes = read_bytes(data, name)
    assert documents == []
    assert message in notes[0].message
    assert notes[0].hint
    assert notes[0].source == name


def test_read_source(folder: Path) -> None:
    documents, notes = read_source(folder / "b.txt")
    assert notes == []
    assert documents[0].source == "b.txt"
    assert (documents, notes) == read_bytes(b"Some text. Here.", "b.txt")
    assert "cannot be opened" in read_source(folder / "none.txt")[1][0].message
    assert "not a file" in read_source(folder / "sub")[1][0].message


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    assert "not a file" in read_source(tmp_path / "p.txt")[1][0].message


def test_ids_come_from_content() -> None:
    text = b"Signals | 2026-03-04\n\nTL;DR\n- One paper. It is short.\n"
    first, second = read_bytes(text, "a.txt")[0][0], read_bytes(text, "other.txt")[0][0]
    assert first.id == second.id
    assert first.id.startswith("signals-2026-03-04-")


def test_utf16_is_read() -> None:
    assert read_bytes("Some text. Here.".encode("utf-16"), "a.txt")[0][0].text == "Some text. Here."


def test_every_format_is_a_suffix() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in FORMATS)
