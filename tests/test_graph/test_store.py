"""The graph folder: what readers and later builds find after every way in which a build can end."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph.rdf import quads_of
from kg.graph.store import Source, cache_dir, dump_nquads, lock_folder, open_store, read_manifest, write_store


def some_quads(n: int, word: str = "x"):
    graph, predicate = NamedNode("urn:g"), NamedNode("urn:p")
    return (Quad(NamedNode(f"urn:{i}"), predicate, Literal(f"{word} {i}"), graph) for i in range(n))


def dumped(folder: Path) -> bytes:
    return b"".join(dump_nquads(open_store(folder)))


def test_write_and_open(tmp_path, example):
    sources = (Source("digest-a.md", "ab" * 32, ("digest-a",), "../digest-a.md"),)
    written = write_store(tmp_path / "g", quads_of(example), sources=sources, extractor="cd" * 8)
    assert read_manifest(tmp_path / "g") == written
    assert written.sources == sources
    assert written.counts["quads"] == len(open_store(tmp_path / "g")) == len(list(quads_of(example)))
    assert {k: written.counts[k] for k in ("Paper", "Result", "Document", "Assertion")} == {
        "Paper": 2,
        "Result": 1,
        "Document": 2,
        "Assertion": 7,
    }


def test_two_builds_give_the_same_bytes_in_any_order_of_insertion(tmp_path, example):
    quads = list(quads_of(example))
    write_store(tmp_path / "a", quads)
    write_store(tmp_path / "b", reversed(quads))
    assert dumped(tmp_path / "a") == dumped(tmp_path / "b")
    assert (tmp_path / "a/manifest.json").read_bytes() == (tmp_path / "b/manifest.json").read_bytes()


def test_next_build_replaces_the_store_and_keeps_the_cache(tmp_path):
    write_store(tmp_path, some_quads(3))
    (cache_dir(tmp_path) / "one").write_text("kept")
    write_store(tmp_path, some_quads(4))
    write_store(tmp_path, some_quads(5))
    assert len(open_store(tmp_path)) == 5
    kept = ["cache", "manifest.json", "store-000002", "store-000003"]  # and the one before, for its readers
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != ".lock") == kept
    assert (tmp_path / "cache/one").read_text() == "kept"


def test_open_reader_goes_on_while_a_build_replaces_the_store(tmp_path):
    write_store(tmp_path, some_quads(2000))
    reader = open_store(tmp_path)
    write_store(tmp_path, some_quads(5))
    assert sorted(q.object.value for q in reader) == sorted(f"x {i}" for i in range(2000))


def test_failing_build_leaves_the_graph_as_it_was(tmp_path):
    def breaks():
        yield from some_quads(100, "new")
        raise KeyError("a broken knowledge base")

    write_store(tmp_path, some_quads(3))
    before = dumped(tmp_path)
    with pytest.raises(KeyError, match="broken knowledge base"):
        write_store(tmp_path, breaks())
    assert dumped(tmp_path) == before
    assert [p.name for p in tmp_path.glob("store-*")] == ["store-000001"]


def test_full_disk_is_an_error_with_a_hint_and_harms_nothing(tmp_path):
    """A limit on the size of files stands for the full disk."""
    write_store(tmp_path, some_quads(3))
    before = dumped(tmp_path)
    code = f"""
import resource, signal, sys
from hashlib import sha256
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pyoxigraph import Literal, NamedNode, Quad
from kg.errors import GraphError
from kg.graph.store import write_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
node = NamedNode("urn:p")
try:
    write_store(Path({str(tmp_path)!r}), (Quad(node, node, Literal(sha256(b"%d" % i).hexdigest()), node) for i in range(9_000)))
except GraphError as error:
    print(error, "|", error.hint)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cannot write the graph" in run.stdout
    assert "disk full" in run.stdout
    assert dumped(tmp_path) == before


_BUILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from pyoxigraph import Literal, NamedNode, Quad
from kg.graph import store
node = NamedNode("urn:p")
def quads():
    for i in range(3000):
        yield Quad(node, node, Literal(f"new {{i}}"), node)
        if i == 1500 and {pause!r}:
            print("half", flush=True)
            time.sleep(60)
store.write_store(Path({folder!r}), quads())
"""


def start_paused_build(folder: Path) -> subprocess.Popen[str]:
    code = _BUILD.format(root=str(Path(__file__).parents[2]), folder=str(folder), pause=True)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_second_build_is_refused_and_a_killed_one_harms_nothing(tmp_path):
    write_store(tmp_path, some_quads(3))
    before = dumped(tmp_path)
    build = start_paused_build(tmp_path)
    assert build.stdout.readline() == "half\n"
    with pytest.raises(GraphError, match="another build is running") as error:
        write_store(tmp_path, some_quads(1))
    assert error.value.hint
    assert dumped(tmp_path) == before
    build.send_signal(signal.SIGKILL)
    build.communicate()
    assert dumped(tmp_path) == before
    write_store(tmp_path, some_quads(7))
    assert len(open_store(tmp_path)) == 7
    assert sorted(p.name for p in tmp_path.glob("store-*")) == ["store-000001", "store-000002"]


def test_killed_between_store_and_manifest(tmp_path):
    write_store(tmp_path, some_quads(3))
    code = _BUILD.format(root=str(Path(__file__).parents[2]), folder=str(tmp_path), pause=False)
    code = "import os, signal; os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n" + code
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("store-*"))) == 2
    assert len(open_store(tmp_path)) == 3


def test_lock_may_be_held_around_the_whole_build(tmp_path):
    with lock_folder(tmp_path / "new"):
        write_store(tmp_path / "new", some_quads(2))
    assert len(open_store(tmp_path / "new")) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no graph in"),
        ("not json", "not a manifest of claimgraph"),
        ('{"name": "a web app"}', "not a manifest of claimgraph"),
        ('{"format": "claimgraph", "schema": 99, "tool": "9.9"}', "made by a later version, claimgraph 9.9"),
        ('{"format": "claimgraph", "schema": 0, "tool": "0.0"}', "made by an older version, claimgraph 0.0"),
        ('{"format": "claimgraph", "schema": 1}', "is damaged"),
        ('{"format": "claimgraph", "schema": 1, "store": "../../etc", "build": 1, "sources": []}', "is damaged"),
        ('{"format": "claimgraph", "schema": 1, "store": "store-000001", "build": 1, "sources": []}', "is damaged"),
    ],
)
def test_what_is_not_a_graph_is_said_so(tmp_path, content, message):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(GraphError, match=message) as error:
        open_store(tmp_path)
    assert error.value.hint


def test_folder_of_something_else_is_not_overwritten(tmp_path):
    (tmp_path / "manifest.json").write_text('{"name": "a web app"}')
    with pytest.raises(GraphError, match="not a manifest of claimgraph"):
        write_store(tmp_path, some_quads(1))
    assert json.loads((tmp_path / "manifest.json").read_text()) == {"name": "a web app"}


def test_missing_folder_and_file_in_place_of_it(tmp_path):
    with pytest.raises(GraphError, match="no such folder"):
        open_store(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(GraphError, match="is not a folder"):
        write_store(tmp_path / "file", some_quads(1))
    with pytest.raises(GraphError, match="is not a folder"):
        write_store(tmp_path / "file" / "deeper", some_quads(1))
    with pytest.raises(GraphError):
        open_store(tmp_path / "file")


def test_names_that_are_not_unicode_survive_the_manifest(tmp_path):
    write_store(tmp_path, some_quads(1), sources=(Source("b\udcffad.md", "00"),))
    assert read_manifest(tmp_path).sources[0].name == "b\udcffad.md"
