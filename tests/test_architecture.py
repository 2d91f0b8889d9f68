"""The map of the house, enforced: who may import whom, how long a file and a function may be, what loads when."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"

#: Shared by all: records, errors, pure functions, resources, the vocabulary.
SHARED = {"kg", "kg.model", "kg.kinds", "kg.errors", "kg.text", "kg.resources", "kg.lexicon", "kg.words", "kg.markdown"}
#: What each room may import beside SHARED and itself.
MAY_IMPORT: dict[str, set[str]] = {
    "kg": set(),
    "kg.model": set(),
    "kg.kinds": set(),
    "kg.errors": set(),
    "kg.text": set(),
    "kg.resources": set(),
    "kg.lexicon": set(),
    "kg.words": set(),
    "kg.markdown": set(),
    "kg.read": set(),
    "kg.extract": set(),
    "kg.resolve": set(),
    "kg.graph": set(),
    "kg.query": {"kg.graph"},
    "kg.show": {"kg.graph", "kg.query"},
    "kg.explain": {"kg.graph", "kg.query"},
    "kg.layout": set(),
    "kg.export": {"kg.graph", "kg.query", "kg.layout"},
    "kg.plot": {"kg.graph", "kg.query"},
    "kg.explore": {"kg.graph", "kg.query", "kg.layout"},
    "kg.pipeline": {"kg.read", "kg.extract", "kg.resolve", "kg.graph"},
    "kg.score": {"kg.read", "kg.resolve", "kg.graph", "kg.pipeline"},
    "kg.library": {"kg.pipeline", "kg.graph", "kg.query", "kg.show", "kg.export"},
    "kg.push": {"kg.graph", "kg.query"},
    "kg.serve": {"kg.graph", "kg.query", "kg.show", "kg.explore"},
    "kg.__main__": {"kg.cli"},
    "kg.cli": {
        "kg.explain",
        "kg.explore",
        "kg.plot",
        "kg.score",
        "kg.pipeline",
        "kg.query",
        "kg.push",
        "kg.show",
        "kg.export",
        "kg.graph",
        "kg.read",
        "kg.serve",
    },
}
#: A foreign library crosses the border in these rooms only.
BORDERS: dict[str, set[str]] = {
    "spacy": {"kg.extract"},
    "onnxruntime": {"kg.extract"},
    "pyshacl": {"kg.graph"},
    "pyvis": {"kg.export"},
    "click": {"kg.cli"},
    "filelock": {"kg.graph"},
    "starlette": {"kg.serve"},
    "uvicorn": {"kg.serve"},
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def files() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "_ontology" not in p.parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2])


def module_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*full.split("."))).with_suffix(".py").exists() or (
                    ROOT / Path(*full.split("."))
                ).is_dir()
                yield full if is_module else node.module


def test_every_room_is_on_the_map() -> None:
    rooms = {room_of(module_of(p)) for p in files()}
    assert rooms <= set(MAY_IMPORT), f"rooms that MAY_IMPORT does not know: {sorted(rooms - set(MAY_IMPORT))}"


@pytest.mark.parametrize("path", files(), ids=module_of)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = room_of(module_of(path))
    allowed = SHARED | {room} | MAY_IMPORT[room]
    for name in imports_of(path):
        if name.split(".")[0] == "kg":
            assert room_of(name) in allowed, f"{module_of(path)} imports {name}"
        elif name.split(".")[0] in BORDERS:
            assert room in BORDERS[name.split(".")[0]], f"{module_of(path)} imports {name}"


def test_no_import_cycles() -> None:
    modules = {module_of(p): p for p in files()}
    arrows = {m: {i for i in imports_of(p) if i in modules and i != m} for m, p in modules.items()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, "import cycle: " + " -> ".join((*path[path.index(module) :], module))
        if module in done:
            return
        for other in sorted(arrows[module]):
            visit(other, (*path, module))
        done.add(module)

    for module in sorted(modules):
        visit(module, ())


@pytest.mark.parametrize("path", files(), ids=module_of)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE, f"{module_of(path)} is too long to read in one go"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{module_of(path)}.{node.name} has {length} lines"


def test_only_the_graph_names_iris() -> None:
    """Apart from the links that sources carry: those are no names in the graph."""
    for path in files():
        if room_of(module_of(path)) != "kg.graph":
            assert "w3id.org" not in path.read_text("utf-8"), f"{module_of(path)} names an IRI of the graph"


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import kg.cli.main", "spacy rdflib networkx pyvis pyshacl pyoxigraph onnxruntime numpy starlette uvicorn"),
        ("import kg.graph.store", "spacy rdflib networkx pyvis pyshacl"),
        ("import kg.query", "spacy rdflib networkx pyvis pyshacl"),
        ("import kg.pipeline", "spacy rdflib networkx pyvis pyshacl"),
    ],
)
def test_heavy_libraries_are_loaded_only_by_who_needs_them(code: str, unwanted: str) -> None:
    script = f"{code}\nimport sys\nprint(*sorted(set({unwanted.split()!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not loaded, f"{code!r} loads {loaded}"
