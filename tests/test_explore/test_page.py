"""The file: one policy, no request, nothing in it but our own markup; and a bundle that fits its sources."""

import base64
import gzip
import hashlib
import re
from graphlib import TopologicalSorter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.cli import main
from kg.explore import make_page
from kg.explore.pack import ALPHABET
from kg.graph.store import write_store

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "kg" / "explore" / "web"
BUNDLE = ROOT / "kg" / "explore" / "bundle"


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")
        self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.texts and self.open:
            self.texts[-1] += data


def test_hostile_text_adds_no_element(page: Path, hostile_page: Path) -> None:
    plain, hostile = (_Elements(path.read_text("utf-8")) for path in (page, hostile_page))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert not [a for _, attrs in hostile.tags for a in attrs if a.startswith("on")]
    assert "alert(1)" not in hostile_page.read_text("utf-8").replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")


def test_nothing_is_loaded(page: Path) -> None:
    for tag, attrs in _Elements(page.read_text("utf-8")).tags:
        assert not {"src", "href", "srcset", "data", "action"} & set(attrs), f"<{tag}> loads something"


def _decode(text: str) -> bytes:
    size, *lines = text.split("\n")
    body = "".join(lines)
    bits = "".join(
        f"{ALPHABET.index(a) + 91 * ALPHABET.index(b):013b}"[::-1] for a, b in zip(body[::2], body[1::2], strict=True)
    )
    return bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, int(size) * 8, 8))


def test_the_policy_names_the_scripts_that_run(page: Path) -> None:
    elements = _Elements(page.read_text("utf-8"))
    policy = next(str(a["content"]) for _, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    texts = {attrs.get("id") or tag: text for (tag, attrs), text in zip(elements.tags, elements.texts, strict=True)}
    main_script = gzip.decompress(_decode(texts["data-script"]))

    def source(data: bytes) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"

    assert rules["script-src"] == [source(texts["script"].encode()), source(main_script), "'wasm-unsafe-eval'"]
    assert rules["style-src"] == [source(texts["style"].encode())]
    assert not [rule for rule in rules if "unsafe-inline" in rules[rule] or "'unsafe-eval'" in rules[rule]]


def test_the_same_graph_gives_the_same_file(store: Store, page: Path) -> None:
    assert make_page(store, title="Small graph") == page.read_text("utf-8")


def test_scripts_cannot_end_early() -> None:
    for name in ("explorer.js", "loader.js"):
        text = (BUNDLE / name).read_text("utf-8")
        assert "</script" not in text.lower()
        assert "<!--" not in text


def test_our_script_makes_no_markup_of_text() -> None:
    for path in sorted(WEB.glob("src/*.ts")):
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['\"]",
            path.read_text("utf-8"),
        )
        assert not found, f"{path.name}: {found}"


def test_sources_are_short() -> None:
    """What holds for every file of Python (tests/test_architecture.py) holds here."""
    for path in sorted(WEB.glob("src/*.ts")):
        assert len(path.read_text("utf-8").splitlines()) <= 400, f"{path.name} is too long to read in one go"


def test_no_source_imports_in_a_circle() -> None:
    """Imports of types alone do not count: nothing is left of them in the page."""
    if not WEB.is_dir():
        pytest.skip("an installed wheel has no sources")
    imports = {
        path.stem: re.findall(r'^import (?!type )[^;]*? from "\./(\w+)"', path.read_text("utf-8"), re.MULTILINE)
        for path in (WEB / "src").glob("*.ts")
    }
    assert sum(map(len, imports.values())) > 40
    TopologicalSorter(imports).prepare()


def test_the_bundle_was_built_from_its_sources() -> None:
    """The digest that the build left beside the bundle is that of the sources as they are now."""
    if not WEB.is_dir():
        pytest.skip("an installed wheel has no sources")
    names = [f"src/{p.name}" for p in sorted(WEB.glob("src/*"))]
    digest = hashlib.sha256()
    for name in (*names, "build.mjs", "package-lock.json", "package.json", "tsconfig.json"):
        text = (WEB / name).read_text("utf-8").replace("\r\n", "\n")
        digest.update(f"{name}\n".encode() + text.encode())
    wanted = (BUNDLE / "SOURCES.sha256").read_text("utf-8").strip()
    assert digest.hexdigest() == wanted, "build it again: cd kg/explore/web && npm ci && npm run build"


def test_the_command_writes_a_page(store: Store, tmp_path: Path) -> None:
    write_store(tmp_path / "graph", store)
    target = tmp_path / "out.html"
    result = CliRunner().invoke(main, ["explore", "--graph", str(tmp_path / "graph"), "-o", str(target), "--title", "A & B"])
    assert result.exit_code == 0, result.output
    assert "<title>A &amp; B</title>" in target.read_text("utf-8")
    assert not list(tmp_path.glob(".*.part"))
    assert (tmp_path / "graph" / "cache" / "explore" / "places.json").is_file(), "in a folder: the build tidies up files there"


def test_a_folder_that_is_not_there_has_a_hint(store: Store, tmp_path: Path) -> None:
    write_store(tmp_path / "graph", store)
    result = CliRunner().invoke(main, ["explore", "--graph", str(tmp_path / "graph"), "-o", str(tmp_path / "no" / "x.html")])
    assert result.exit_code == 2
    assert "cannot write" in result.output
