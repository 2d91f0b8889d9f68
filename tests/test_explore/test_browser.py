"""The page in a real browser without a network: everything that it promises, with the mouse and without one."""

from __future__ import annotations

import csv
import io
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, Quad, Store

from kg.explore import write_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOSAIC = "paper/arxiv-2605.02002"
#: Pictures for those who change the page to look at.
ARTEFACTS = os.environ.get("KG_ARTEFACTS")

Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Opens a page of a file; afterwards there must have been no request, no error and no dialog."""
    troubles: list[str] = []
    contexts = []

    def open_(path: Path, fragment: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options})
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith(("file:", "blob:")) else troubles.append(f"request {r.url}"))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.on("dialog", lambda d: troubles.append(f"dialog {d.message}"))
        page.goto(f"{path.as_uri()}{fragment}")
        page.wait_for_selector("html[data-complete]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles


def heading(page: Any) -> str:
    return str(page.locator(".panel h2").inner_text())


def shown(page: Any) -> int:
    return int(re.match(r"[\d,]+", page.locator(".count-line").inner_text())[0].replace(",", ""))  # type: ignore[index]


def click_node(page: Any, label: str) -> None:
    """Clicks the place on the map where a node stands."""
    x, y = page.evaluate(
        "label => { const a = kgApp; return a.view.place(a.graph.order.find(n => a.graph.labels[n] === label)); }", label
    )
    box = page.locator(".stage").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.click(box["x"] + x, box["y"] + y)


def test_search_finds_names_and_aliases(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    tab.keyboard.press("/")
    tab.keyboard.type("patch rou")
    assert tab.locator("[role=option]").first.inner_text().startswith("patch routing")
    tab.get_by_role("combobox", name="Search").fill("NFU")
    assert "North Fjord University NFU" in " ".join(tab.locator("[role=option]").first.inner_text().split())
    tab.locator("[role=option]").first.click()
    assert heading(tab) == "North Fjord University"


def test_a_click_opens_what_is_known(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    click_node(tab, "Mosaic")
    assert heading(tab) == "Mosaic"
    panel = tab.locator(".panel")
    assert panel.get_by_role("link", name="arXiv 2605.02002").get_attribute("href") == "https://arxiv.org/abs/2605.02002"
    assert "Mosaic: Teachers in Pieces" in panel.inner_text()
    results = panel.locator("table.results")
    assert "from 58.0" in results.inner_text()
    results.get_by_role("button", name="Sentences for").first.click()
    assert results.locator("blockquote").first.is_visible()
    panel.locator("li", has_text="on-policy distillation").first.locator("summary").click()
    quote = panel.locator(".edges blockquote", has_text="leans on OPD")
    assert "Tide Notes · 2026-05-08" in quote.inner_text()
    assert panel.locator("blockquote", has_text="unstable beyond four teachers").count() == 1, "a claim, with its sentence"
    panel.get_by_role("button", name="Why are these two linked?").click()
    assert heading(tab) == "Why are these two linked?"
    assert "Mosaic uses on-policy distillation" in " ".join(panel.locator(".statement").first.inner_text().split())
    tab.go_back()
    assert heading(tab) == "Mosaic"
    tab.go_forward()
    assert heading(tab) == "Why are these two linked?"


def test_a_click_on_a_link_says_why(open_page: Open, page: Path) -> None:
    tab = open_page(page, f"#node={MOSAIC}")
    x, y = tab.evaluate(
        """() => { const {graph, view} = kgApp; const find = l => graph.order.find(n => graph.labels[n] === l);
                   const [a, b] = ["Mosaic", "Ember"].map(find);
                   const [p, q] = [view.place(a), view.place(b)];
                   return [p[0] * .45 + q[0] * .55, p[1] * .45 + q[1] * .55]; }"""
    )
    box = tab.locator(".stage").bounding_box()
    tab.mouse.click(box["x"] + x, box["y"] + y)
    assert heading(tab) == "Why are these two linked?"
    assert "Building on Ember" in tab.locator(".panel").inner_text()


def test_filters(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    everything = shown(tab)
    tab.locator("label", has_text="Papers").locator("input").uncheck()
    assert shown(tab) == everything - 4
    tab.get_by_role("button", name="Show all").click()
    tab.get_by_label("Source").select_option("Tide")
    assert shown(tab) == 6, "what Tide Notes mentions"
    tab.get_by_label("Source").select_option("")
    tab.get_by_label("Topic").select_option("RAG")
    assert shown(tab) == 4, "LanternRAG and what it is linked with"
    tab.get_by_label("Topic").select_option("")
    tab.get_by_label("At least").fill("4")
    assert shown(tab) == 1
    tab.get_by_role("button", name="Show all").click()
    assert shown(tab) == everything


def test_time_is_dragged_and_played(open_page: Open, page: Path) -> None:
    tab = open_page(page, reduced_motion="no-preference")
    everything = shown(tab)
    box = tab.locator(".track").bounding_box()
    middle = box["y"] + box["height"] / 2
    tab.mouse.move(box["x"] + box["width"] - 2, middle)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.3, middle, steps=4)
    tab.mouse.up()
    tab.wait_for_function(f"() => parseInt(document.querySelector('.count-line').textContent) < {everything}")
    assert shown(tab) == 4, "what the letter of April mentions"
    assert "to=2026-04-" in tab.url
    tab.get_by_role("button", name="Play").click()
    tab.wait_for_function(f"() => parseInt(document.querySelector('.count-line').textContent) === {everything}", timeout=60_000)


def test_time_by_keys(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    handle = tab.get_by_role("slider", name="From")
    handle.focus()
    tab.keyboard.press("End")
    assert handle.get_attribute("aria-valuetext") == "2026-05-08"
    assert shown(tab) == 6


def test_path_with_a_sentence_on_every_hop(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    tab.get_by_role("button", name="Path", exact=True).click()
    for label, text in (("From", "Ember"), ("To", "lamp index")):
        tab.get_by_role("combobox", name=label, exact=True).fill(text)
        tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    hops = tab.locator(".panel details[open] .hop")
    assert hops.count() == 3
    assert all(hops.nth(n).locator("blockquote").count() >= 1 for n in range(3))
    assert "path=" in tab.url


def test_focus_expand_hide(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    everything = shown(tab)
    click_node(tab, "Quill")
    tab.get_by_role("button", name="Focus").click()
    assert shown(tab) == 4, "Quill and its three neighbours"
    tab.locator(".panel").get_by_role("button", name="Mosaic", exact=True).first.click()
    tab.get_by_role("button", name="Expand").click()
    assert shown(tab) > 8
    tab.get_by_role("button", name="Hide").click()
    tab.get_by_role("button", name="Show all").click()
    assert shown(tab) == everything


def test_a_link_restores_the_view(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    click_node(tab, "Mosaic")
    tab.locator("label", has_text="Benchmarks").locator("input").uncheck()
    fragment = tab.url.partition("#")[2]
    again = open_page(page, f"#{fragment}")
    assert heading(again) == "Mosaic"
    assert shown(again) == shown(tab)
    odd = open_page(page, "#node=nothing/here&path=a b&at=x y z&region=99&off=nonsense&tab=evil&from=yesterday")
    assert odd.locator(".panel").is_hidden()


def test_queries(open_page: Open, page: Path, store: Store) -> None:
    tab = open_page(page)
    tab.get_by_role("button", name="Query").click()
    tab.locator("#param-technique").fill("OPD")
    tab.get_by_role("button", name="Run", exact=True).click()
    tab.wait_for_selector(".answer table")
    rows = tab.locator(".answer tbody tr")
    assert rows.count() >= 2
    assert {"Mosaic", "Quill"} <= {rows.nth(n).locator("td").first.inner_text() for n in range(rows.count())}
    tab.get_by_role("button", name=re.compile("on the map")).click()
    assert tab.evaluate("kgApp.marked.length") >= 2
    tab.get_by_role("button", name="Query").click()
    tab.get_by_label("SPARQL").fill("SELEC nonsense")
    tab.keyboard.press("Control+Enter")
    assert "error at 1" in tab.get_by_role("alert").inner_text()


def test_marks_of_markdown_are_style(open_page: Open, store: Store, tmp_path: Path) -> None:
    """In the panel and in answers; the answer as a file has every mark."""
    marked = Store()
    written = "**Mosaic** leans on [OPD](https://example.org/opd) and `top_k`"
    for quad in store:
        told = quad.predicate.value.endswith("#exact") and "leans on OPD" in quad.object.value  # type: ignore[union-attr]
        marked.add(Quad(quad.subject, quad.predicate, Literal(written), quad.graph_name) if told else quad)
    write_page(marked, tmp_path / "marks.html", title="Marks")
    tab = open_page(tmp_path / "marks.html", f"#node={MOSAIC}")

    def check(place: Any) -> None:
        assert place.inner_text() == "Mosaic leans on OPD and top_k"
        assert place.locator("strong").inner_text() == "Mosaic"
        assert place.locator("a").get_attribute("href") == "https://example.org/opd"

    tab.locator(".panel li", has_text="on-policy distillation").first.locator("summary").click()
    check(tab.locator(".panel .edges blockquote p", has_text="leans on OPD"))
    tab.get_by_role("button", name="Query").click()
    tab.get_by_label("SPARQL").fill('SELECT ?t { ?e kg:exact ?t FILTER(CONTAINS(?t, "top_k")) }')
    tab.get_by_role("button", name="Run", exact=True).click()
    tab.wait_for_selector(".answer table")
    check(tab.locator(".answer td").first)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="CSV").click()
    assert written in Path(download.value.path()).read_text("utf-8")


def test_the_page_holds_every_statement(
    open_page: Open, hostile_page: Path, hostile_store: Store, page: Path, store: Store
) -> None:
    """What the engine in the page holds, down to datatypes, is what the store holds: asked in the page, and downloaded."""
    query = "SELECT ?g ?s ?p ?o (STR(DATATYPE(?o)) AS ?d) WHERE { GRAPH ?g { ?s ?p ?o } }"
    for path, source in ((page, store), (hostile_page, hostile_store)):
        tab = open_page(path, "#tab=query")
        tab.get_by_label("SPARQL").fill(query)
        tab.get_by_role("button", name="Run", exact=True).click()
        with tab.expect_download() as download:
            tab.get_by_role("button", name="CSV").click()
        text = Path(download.value.path()).read_bytes().decode()
        rows = list(csv.reader(io.StringIO(text, newline="")))
        found = {tuple(v.removeprefix("'") for v in row) for row in rows[1:]}
        wanted = set()
        for quad in source:
            value, datatype = quad.object.value, getattr(quad.object, "datatype", None)  # type: ignore[union-attr]
            names = (quad.graph_name.value, quad.subject.value, quad.predicate.value)  # type: ignore[union-attr]
            wanted.add((*names, value.removeprefix("'"), datatype.value if datatype else ""))
        assert rows[0] == ["g", "s", "p", "o", "d"]
        assert found == wanted


def test_keys_alone(open_page: Open, page: Path) -> None:
    tab = open_page(page)
    tab.keyboard.press("/")
    tab.keyboard.type("mosaic")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert heading(tab) == "Mosaic"
    assert tab.evaluate("document.activeElement.closest('.panel') !== null"), "the focus follows"
    tab.locator(".stage").focus()
    before = heading(tab)
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        tab.keyboard.press(key)
    assert heading(tab)
    assert heading(tab) != before or "node=" in tab.url
    tab.keyboard.press("f")
    assert "only=" in tab.url
    tab.keyboard.press("Escape")
    assert tab.locator(".panel").is_hidden()
    tab.keyboard.press("Escape")
    assert "only=" not in tab.url
    tab.keyboard.press("l")
    assert tab.get_by_role("table").is_visible()
    tab.keyboard.press("?")
    assert tab.get_by_role("dialog", name="Keys").is_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("m")
    assert tab.locator(".stage").is_visible()


def test_the_list_has_the_same_nodes(open_page: Open, page: Path) -> None:
    tab = open_page(page, "#tab=list")
    names = tab.locator(".list tbody th")
    assert names.count() == shown(tab)
    tab.get_by_role("button", name="Name", exact=True).click()
    texts = [text.lower() for text in names.all_inner_texts()]
    assert texts == sorted(texts)
    names.first.get_by_role("button").click()
    assert heading(tab).lower() == texts[0]


def test_downloads(open_page: Open, page: Path, tmp_path: Path) -> None:
    tab = open_page(page, f"#node={MOSAIC}")

    def download(name: str) -> Path:
        tab.locator(".menu summary").click()
        with tab.expect_download() as found:
            tab.get_by_role("button", name=name).click()
        target = tmp_path / found.value.suggested_filename
        found.value.save_as(target)
        return target

    graphml = ET.parse(download("Selection as GraphML")).getroot()  # noqa: S314  our own file
    space = "{http://graphml.graphdrawing.org/xmlns}"
    edges = graphml.findall(f".//{space}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) >= 9
    nodes = {node.get("id") for node in graphml.iter(f"{space}node")}
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= nodes
    rows = list(csv.DictReader(io.StringIO(download("Selection as CSV").read_bytes().decode(), newline="")))
    assert any(row["sentence"] == "Building on Ember, it makes reward hacking rarer." for row in rows)
    assert download("Picture (PNG)").read_bytes().startswith(b"\x89PNG")
    svg = ET.parse(download("Picture (SVG)")).getroot()  # noqa: S314
    assert "Mosaic" in {text.text for text in svg.iter("{http://www.w3.org/2000/svg}title")}


def test_hostile_text_in_downloads(open_page: Open, hostile_page: Path) -> None:
    """Files of hostile text are well-formed, and a cell that a spreadsheet would run is not one any more."""
    tab = open_page(hostile_page)
    made = {}
    for name in ("Selection as GraphML", "Picture (SVG)", "Selection as CSV"):
        tab.locator(".menu summary").click()
        with tab.expect_download() as found:
            tab.get_by_role("button", name=name).click()
        made[name] = Path(found.value.path()).read_bytes().decode()
    labels = {element.text for element in ET.fromstring(made["Selection as GraphML"]).iter() if element.get("key") == "n_label"}  # noqa: S314
    assert "</script><script>alert(1)</script>" in labels
    assert ET.fromstring(made["Picture (SVG)"]).find(".//{*}script") is None  # noqa: S314
    cells = [cell for row in csv.reader(io.StringIO(made["Selection as CSV"], newline="")) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_hostile_text_is_text(open_page: Open, hostile_page: Path) -> None:
    tab = open_page(hostile_page)
    assert tab.title() == "</title><script>alert(1)</script>"
    for node in range(tab.evaluate("kgApp.graph.order.length")):
        tab.evaluate("n => kgApp.select(kgApp.graph.order[n])", node)
        for summary in tab.locator(".panel .edges summary").all()[:2]:
            summary.click()
    assert tab.locator("img, iframe, object, svg script, a[href^='javascript']").count() == 0
    assert tab.locator("body script:not([type]):not(:empty)").count() == 2, "the loader and the script that it started"
    for view in ("List", "Query"):
        tab.get_by_role("button", name=view, exact=True).click()
    tab.get_by_label("SPARQL").fill("SELECT ?l WHERE { ?s skos:prefLabel ?l }")
    tab.get_by_role("button", name="Run", exact=True).click()
    tab.wait_for_selector(".answer table")
    assert "<img src=x onerror=alert(1)>" in tab.locator(".answer").inner_text()
    assert tab.evaluate("document.querySelectorAll('img').length") == 0


def test_the_policy_stops_what_is_put_in(open_page: Open, browser: Any, page: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-complete]")
    ran = tab.evaluate(
        """async () => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);
             const i = document.createElement('div'); document.body.append(i);
             i.innerHTML = '<img src=x onerror="window.ran = 2">';
             const asked = await fetch('https://example.org/').then(() => 'yes', () => 'no');
             await new Promise(d => setTimeout(d, 200)); return [window.ran ?? 0, asked]; }"""
    )
    context.close()
    assert ran == [0, "no"]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("light", {"color_scheme": "light"}),
        ("dark", {"color_scheme": "dark"}),
        ("phone", {"viewport": {"width": 390, "height": 844}, "has_touch": True}),
    ],
)
def test_nothing_stands_in_anyone_s_way(open_page: Open, page: Path, name: str, options: dict[str, Any]) -> None:
    """axe-core finds no violation in any view, and a phone needs no sideways scrolling."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    tab = open_page(page, **options)
    for step in ("start", f"node={MOSAIC}", "tab=list", "tab=query"):
        if step != "start":
            tab.goto(f"{page.as_uri()}#{step}")
            tab.wait_for_timeout(150)
        found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
        assert not found, [(step, v["id"], [node["target"] for node in v["nodes"]]) for v in found]
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if ARTEFACTS:
            tab.screenshot(
                path=f"{ARTEFACTS}/explore-{name}-{step.partition('=')[0]}-{step.rpartition('/')[2].rpartition('=')[2]}.png"
            )
