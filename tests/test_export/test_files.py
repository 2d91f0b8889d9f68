"""Graph files: read back by the programs that people use, with equal counts and equal text."""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.errors import KgError
from kg.export import FOLDERS, FORMATS, ExportOptions, export_graph, write_export
from kg.export.markup import escape_xml
from kg.export.view import load_view

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
XSD_VALUES = {
    "int": r"-?\d{1,9}",
    "integer": r"-?\d{1,9}",
    "double": r"-?\d+(\.\d+)?(e[-+]?\d+)?",
    "string": r"(?s).+",
}


@pytest.fixture(params=["store", "hostile_store"])
def any_store(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


def _export(store: Store, form: str, **options: object) -> bytes:
    return b"".join(export_graph(store, form, ExportOptions(**options)))  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------- view


def test_view_of_the_small_graph(store: Store) -> None:
    view = load_view(store)
    nodes = {node.id: node for node in view.nodes}
    mosaic = nodes["paper.arxiv-2605.02002"]
    assert (mosaic.label, mosaic.kind, mosaic.year, mosaic.tier, mosaic.arxiv) == ("Mosaic", "paper", 2026, 2, "2605.02002")
    assert (mosaic.first_seen, mosaic.documents, mosaic.topics, mosaic.weight) == ("2026-05-01", 2, ("Training",), 11)
    assert len(view.edges) == 15
    uses = next(e for e in view.edges if (e.source, e.target) == (mosaic.id, "technique.on-policy-distillation"))
    assert (uses.relation, uses.weight, uses.confidence, uses.first_seen) == ("uses", 2, 0.9, "2026-05-01")
    assert [s.document for s in uses.sentences] == ["Harbor Letter 7", "Tide Notes"]


def test_top_keeps_the_weightiest_and_says_how_many_are_left_out(store: Store) -> None:
    view = load_view(store, top=3)
    assert {node.label for node in view.nodes} == {"Mosaic", "Quill", "LanternRAG"}
    assert view.left_out == len(load_view(store).nodes) - 3
    assert {edge.relation for edge in view.edges} == {"extends", "contradicts"}


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in FOLDERS])
def test_same_graph_same_bytes(store: Store, form: str) -> None:
    other = Store()
    other.extend(sorted(store, key=str, reverse=True))
    assert _export(store, form) == _export(other, form)


# ------------------------------------------------------------------------------------------------------------- GraphML


def test_graphml_is_read_back_by_igraph_and_networkx(any_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    write_export(any_store, "graphml", path)
    view = load_view(any_store)
    graph = nx.read_graphml(path, force_multigraph=True)
    other = igraph.Graph.Read_GraphML(str(path))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(view.nodes), len(view.edges))
    assert (other.vcount(), other.ecount()) == (len(view.nodes), len(view.edges))
    for node in view.nodes:
        data = graph.nodes[node.id]
        assert data["kind"] == node.kind
        assert data["iri"] == node.iri
        assert isinstance(data["weight"], int)
        assert isinstance(data["r"], int)
        assert len(data["label"]) == len(node.label)
    assert {d["relation"] for _, _, d in graph.edges(data=True)} == {e.relation for e in view.edges}
    assert sorted(other.es["weight"]) == sorted(float(e.weight) for e in view.edges)


def test_graphml_keeps_to_what_gephi_and_the_schema_want(any_store: Store) -> None:
    root = ET.fromstring(_export(any_store, "graphml"))  # noqa: S314  # our own output
    keys = {key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iter(GRAPHML + "key")}
    assert len(keys) == len(list(root.iter(GRAPHML + "key")))
    assert len({(owner, name) for owner, name, _ in keys.values()}) == len(keys)
    assert all(name == name.lower() for _, name, _ in keys.values() if name)
    assert {kind for _, _, kind in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    order = [child.tag for child in root]
    assert order == [GRAPHML + "key"] * len(keys) + [GRAPHML + "graph"]
    nodes, edges = list(root.iter(GRAPHML + "node")), list(root.iter(GRAPHML + "edge"))
    ids = [item.get("id", "") for item in (*nodes, *edges)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w.-]+", name) for name in ids)
    assert all({edge.get("source"), edge.get("target")} <= set(ids) for edge in edges)
    for item in (*nodes, *edges):
        data = {entry.get("key"): entry.text for entry in item}
        assert len(data) == len(list(item))
        for key, text in data.items():
            owner, name, kind = keys[key]
            assert item.tag == GRAPHML + str(owner)
            assert re.fullmatch(XSD_VALUES[str(kind)], text or ""), (name, text)
    assert all(float(e.findtext(f"{GRAPHML}data[@key='e_weight']", "0")) > 0 for e in edges)


# ---------------------------------------------------------------------------------------------------------------- GEXF


def test_gexf_is_read_back_by_networkx(any_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    write_export(any_store, "gexf", path)
    view = load_view(any_store)
    graph = nx.read_gexf(path, version="1.3")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(view.nodes), len(view.edges))
    for node in view.nodes:
        data = graph.nodes[node.id]
        assert (data["kind"], data["weight"], data.get("start", "")) == (node.kind, node.weight, node.first_seen)
        assert len(data["label"]) == len(node.label)
        assert set(data["viz"]) == {"color", "size", "position"}


def test_gexf_is_made_as_the_schema_says(any_store: Store) -> None:
    root = ET.fromstring(_export(any_store, "gexf"))  # noqa: S314
    graph = root.find(GEXF + "graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert [child.tag.removeprefix(GEXF) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {a.get("class"): {x.get("id"): x.get("type") for x in a} for a in graph.iter(GEXF + "attributes")}
    for owner, items in (("node", graph.iter(GEXF + "node")), ("edge", graph.iter(GEXF + "edge"))):
        seen = set()
        for item in items:
            assert item.get("id") not in seen
            seen.add(item.get("id"))
            assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", item.get("start", ""))
            for value in item.iter(GEXF + "attvalue"):
                kind = declared[owner][value.get("for")]
                assert re.fullmatch(XSD_VALUES[str(kind)], value.get("value", "")), value.attrib
    for node in graph.iter(GEXF + "node"):
        tags = [child.tag for child in node]
        assert tags == [GEXF + "attvalues", VIZ + "color", VIZ + "position", VIZ + "size"]
        colour = node.find(VIZ + "color")
        assert colour is not None
        assert all(0 <= int(colour.get(part, "")) <= 255 for part in "rgb")
    kinds = [(e.get("source"), e.get("target"), e.get("kind")) for e in graph.iter(GEXF + "edge")]
    assert len(set(kinds)) == len(kinds)
    assert all(float(e.get("weight", "0")) > 0 for e in graph.iter(GEXF + "edge"))


@given(st.text())
def test_any_text_becomes_well_formed_xml(text: str) -> None:
    root = ET.fromstring(f'<a b="{escape_xml(text)}">{escape_xml(text)}</a>')  # noqa: S314
    legal = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    assert (root.text or "") == legal
    assert root.get("b") == legal


# ----------------------------------------------------------------------------------------------------------------- CSV


def test_csv_as_zip_and_as_folder(any_store: Store, tmp_path: Path) -> None:
    view = load_view(any_store)
    write_export(any_store, "csv", tmp_path / "g.zip")
    write_export(any_store, "csv", tmp_path / "tables")
    with zipfile.ZipFile(tmp_path / "g.zip") as archive:
        assert sorted(archive.namelist()) == ["edges.csv", "nodes.csv"]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "tables" / name).read_bytes()
        nodes = list(csv.DictReader(io.StringIO(archive.read("nodes.csv").decode(), newline="")))
        edges = list(csv.DictReader(io.StringIO(archive.read("edges.csv").decode(), newline="")))
    assert [row["id"] for row in nodes] == [node.id for node in view.nodes]
    assert len(edges) == sum(max(1, len(edge.sentences)) for edge in view.edges)
    assert not any(cell.startswith(("=", "+", "@")) for row in (*nodes, *edges) for cell in row.values())


# ----------------------------------------------------------------------------------------------------------------- RDF


@pytest.mark.parametrize(("form", "parser"), [("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)])
def test_quads_come_back_in_full(any_store: Store, form: str, parser: RdfFormat) -> None:
    again = Store()
    again.load(_export(any_store, form), format=parser)
    assert set(again) == set(any_store)


def test_turtle_has_every_triple_once(any_store: Store) -> None:
    again = Store()
    data = _export(any_store, "turtle")
    again.load(data, format=RdfFormat.TURTLE)
    assert {quad.triple for quad in again} == {quad.triple for quad in any_store}
    assert b"@prefix paper:" in data


# --------------------------------------------------------------------------------------------------------------- files


def test_a_write_that_fails_leaves_the_old_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "g.nq"
    path.write_bytes(b"old")

    def broken(store: Store, options: ExportOptions) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.nquads.write_chunks", broken)
    with pytest.raises(KgError, match="No space left"):
        write_export(store, "nquads", path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["g.nq"]


def test_errors_of_the_user(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no format"):
        export_graph(store, "pdf")
    with pytest.raises(KgError, match="folder"):
        export_graph(store, "obsidian")
    with pytest.raises(KgError, match="cannot write"):
        write_export(store, "nquads", tmp_path / "missing" / "g.nq")
    with pytest.raises(KgError, match="cannot write"):
        write_export(store, "nquads", tmp_path)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("csv", *FOLDERS)])
def test_an_empty_graph_gives_a_file_all_the_same(form: str, tmp_path: Path) -> None:
    write_export(Store(), form, tmp_path / "g")
    if form in ("graphml", "gexf"):
        ET.parse(tmp_path / "g")  # noqa: S314
