"""The page: nothing in it is trusted, nothing is asked of the network, everything can be read."""

import base64
import hashlib
import html.parser
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg.export import ExportOptions, export_graph, write_export
from kg.export.page import frame_page, make_network, render_page
from kg.export.view import load_view


class _Elements(html.parser.HTMLParser):
    """Start tags with their attributes, and the text inside each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""
        self.sources: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.sources:
            self.sources[tag].append("")

        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in self.sources:
            self.sources[self.inside][-1] += data


def _page(store: Store, title: str = "Knowledge graph") -> str:
    return b"".join(export_graph(store, "html", ExportOptions(title=title))).decode("utf-8")


def test_hostile_text_adds_no_element(store: Store, hostile_store: Store) -> None:
    hostile = _Elements(_page(hostile_store, "</title><script>alert(1)</script>"))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in _Elements(_page(store)).tags]
    assert not [a for _, attrs in hostile.tags for a in attrs if a.startswith("on")]


def test_nothing_is_loaded(store: Store) -> None:
    page = _Elements(_page(store))
    assert not [(t, a) for t, a in page.tags if "src" in a or "href" in a or t in ("link", "iframe", "img", "base")]
    assert not re.search(r"cdn|jsdelivr|cdnjs|sourceMappingURL", _page(store))


def test_the_policy_names_exactly_the_scripts_of_the_page(store: Store) -> None:
    page = _Elements(_page(store))
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy

    def hash_of(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    data, *scripts = page.sources["script"]
    json.loads(data)
    assert set(re.findall(r"'sha256-[^']+'", policy)) == {hash_of(text) for text in (*scripts, *page.sources["style"])}


def test_the_page_says_what_it_is(store: Store) -> None:
    text = _page(store, "Tides & currents")
    assert text.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in text
    assert "<h1>Tides &amp; currents</h1>" in text
    assert "14 nodes, 15 edges" in text
    assert "left out" in b"".join(export_graph(store, "html", ExportOptions(top=3))).decode()


def test_the_data_has_every_relation_with_its_sentences(store: Store) -> None:
    data = json.loads(_Elements(_page(store)).sources["script"][0])
    view = load_view(store, connected=True)
    assert {node["id"] for node in data["nodes"]} == {node.id for node in view.nodes}
    assert len(data["facts"]) == len(view.edges)
    said = {text for text, _ in data["sentences"]}
    assert said == {sentence.text for edge in view.edges for sentence in edge.sentences}


def test_own_script_never_makes_markup_of_text() -> None:
    script = Path(__file__).parents[2].joinpath("kg/export/assets/page.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttp", script
    )


def test_a_pyvis_network_for_notebooks(store: Store) -> None:
    network = make_network(load_view(store))
    assert network.num_nodes() == 14
    assert network.num_edges() == 15
    assert not network.options.physics["enabled"]


@pytest.mark.slow
def test_a_page_of_many_nodes_is_made_in_seconds(store: Store) -> None:
    from dataclasses import replace
    from time import process_time

    from kg.export.view import GraphView

    view = load_view(store, connected=True)
    node, edge = view.nodes[0], view.edges[0]
    nodes = tuple(replace(node, id=f"n{i}", label=f"node {i}") for i in range(2000))
    ends = [(i, (i * 7 + j) % 2000) for i in range(2000) for j in (1, 31, 50)]
    edges = tuple(replace(edge, id=f"e{n}", source=f"n{a}", target=f"n{b}") for n, (a, b) in enumerate(ends))
    began = process_time()
    page = render_page(GraphView(nodes, edges), "many")
    assert process_time() - began < 8
    assert len(page) < 4_000_000


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser_without_a_network(hostile_store: Store, tmp_path: Path, browser: Any) -> None:
    """Draws, asks for nothing, runs nothing that the data brings, finds by search, and shows hostile text as text."""
    path = tmp_path / "graph.html"
    write_export(hostile_store, "html", path, ExportOptions(title="<img src=x onerror=alert(1)>"))
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn=yes]", timeout=20_000)
    _check_page(page)
    context.close()
    assert asked == [path.as_uri()]
    assert said == []


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_frame_of_a_notebook(hostile_store: Store, browser: Any) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_content(frame_page(hostile_store, ExportOptions(title='"><script>alert(1)</script>')))
    frame = page.frame_locator("iframe")
    frame.locator("html[data-drawn=yes]").wait_for(timeout=20_000)
    frame.locator("#search").fill("<img")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "<img src=x onerror=alert(1)>"
    page.close()
    assert said == []


def _check_page(page: Any) -> None:
    assert page.locator("h1").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("#network canvas").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("<img")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("#panel img, #panel script, .vis-tooltip img, header img").count() == 0
    page.locator("#panel .entry button").first.click()
    assert page.locator("#panel h2").count() == 1
    page.locator("#legend button").first.click()
    assert page.locator("#legend button").first.get_attribute("aria-pressed") == "false"
    box = page.locator("#network canvas").bounding_box()
    for x in range(0, int(box["width"]), 60):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2 + x % 120)
    page.wait_for_timeout(400)
