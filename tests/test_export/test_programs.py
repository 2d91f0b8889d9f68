"""Files for other programs: shape by their formats' rules, hostile names and text, merged edges, flat memory."""

import csv
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyoxigraph import Store

from kg.errors import KgError
from kg.export import ExportOptions, export_graph, scratch, write_export
from kg.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, join_list
from kg.export.notes import escape_markdown, make_name, quote_yaml, write_link
from kg.export.records import Edge, Sentence
from kg.export.view import load_view
from kg.graph import vocab

HERE = Path(__file__).parent
READERS = HERE / "node"
OFFICIAL = READERS / "node_modules" / "graphml-moddle" / "resources" / "graphml" / "xsd" / "graphml.xsd"


@pytest.fixture(params=["store", "hostile_store"])
def any_store(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


def _export(store: Store, form: str, **options: Any) -> bytes:
    return b"".join(export_graph(store, form, ExportOptions(**options)))


# ------------------------------------------------------------------------------------------------- GraphML and GEXF


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_files_keep_to_their_schema(any_store: Store, form: str, merged: bool) -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / f"{form}.rng"))
    grammar.assertValid(etree.fromstring(_export(any_store, form, merged=merged)))
    grammar.assertValid(etree.fromstring(_export(Store(), form)))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_schema_finds_what_is_wrong(store: Store, form: str) -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / f"{form}.rng"))
    text = _export(store, form).decode()
    for wrong in (re.sub(' source="[^"]*"', "", text, count=1), text.replace("<edge id=", "<edge name=", 1)):
        assert not grammar.validate(etree.fromstring(wrong.encode()))


class _Local(etree.Resolver):
    """Finds the parts of the GraphML schema beside it. Of XLink it needs two names, which stand here."""

    def resolve(self, url: str, public: str, context: Any) -> Any:
        if url.endswith("/xlink.xsd"):
            names = '<xs:attribute name="href" type="xs:anyURI"/><xs:attribute name="type" type="xs:string"/>'
            start = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">'
            return self.resolve_string(f"{start}{names}</xs:schema>", context)
        return self.resolve_filename(str(OFFICIAL.with_name(url.rpartition("/")[2])), context) if "://" in url else None


@pytest.mark.parametrize("merged", [False, True])
def test_graphml_keeps_to_the_official_schema(any_store: Store, merged: bool) -> None:
    """graphml.xsd of graphdrawing.org, with its rule that no two edges share an id, as an npm package carries it."""
    if not OFFICIAL.is_file():
        pytest.skip(f"the schema is not installed: npm ci --prefix {READERS.relative_to(HERE.parents[1])}")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    schema = etree.XMLSchema(etree.parse(OFFICIAL, parser))
    text = _export(any_store, "graphml", merged=merged)
    schema.assertValid(etree.fromstring(text))
    assert not schema.validate(etree.fromstring(text.replace(b'<edge id="e1"', b'<edge id="e0"'))), "two edges of one id"


def test_merged_edges_count_and_add_up(store: Store) -> None:
    apart, merged = load_view(store), load_view(store, merged=True)
    pairs = Counter((e.source, e.target) for e in apart.edges)
    assert [(e.source, e.target) for e in merged.edges] == sorted(pairs)
    assert {(e.source, e.target): e.count for e in merged.edges} == pairs
    assert sum(e.weight for e in merged.edges) == sum(e.weight for e in apart.edges)
    assert merged.nodes == apart.nodes


def test_merged_edges_keep_every_relation_and_sentence() -> None:
    from kg.export.flow import _make_edge

    first, second = ("a", "D", "2026-01-01"), ("b", "D", "2026-02-01")
    rows = [("x", "y", "extends", 1, 0.4, *second), ("x", "y", "uses", 2, 0.9, *first), ("x", "y", "uses", 2, 0.9, *second)]
    sentences = (Sentence(*first), Sentence(*second))
    assert _make_edge("e0", rows) == Edge("e0", "x", "y", "extends|uses", 3, 0.9, "2026-01-01", sentences, 2)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_gephi_lite_reads_everything(any_store: Store, form: str, tmp_path: Path) -> None:
    """Counts by graphology, which Gephi Lite is made on, are those of the graph, attribute by attribute."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not (READERS / "node_modules").is_dir():
        pytest.skip(f"the readers are not installed: npm ci --prefix {READERS.relative_to(HERE.parents[1])}")
    path = tmp_path / f"g.{form}"
    write_export(any_store, form, path)
    run = subprocess.run(["node", READERS / "read.js", form, path], capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    view = load_view(any_store)
    assert (found["nodes"], found["edges"]) == (len(view.nodes), len(view.edges))
    for owner, items, columns in (("node", view.nodes, NODE_ATTRIBUTES), ("edge", view.edges, EDGE_ATTRIBUTES)):
        for name, _, read in columns:
            expected = sum(join_list(read(item)) not in (None, "") for item in items)
            assert found[owner].get(name, 0) == expected, name
    assert all(found["node"][name] == len(view.nodes) for name in ("label", "x", "y", "size", "color"))
    assert found["edge"]["weight"] == len(view.edges)


# ----------------------------------------------------------------------------------------------------------------- CX2


def test_cx2_says_what_it_holds(any_store: Store) -> None:
    parts = json.loads(_export(any_store, "cx2"))
    assert parts[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert parts[-1] == {"status": [{"success": True}]}
    found = {name: items for part in parts[1:-1] for name, items in part.items()}
    assert {m["name"]: m["elementCount"] for m in found["metaData"]} == {n: len(i) for n, i in found.items() if n != "metaData"}
    view = load_view(any_store)
    assert [node["v"]["name"] for node in found["nodes"]] == [node.label for node in view.nodes]
    ids = [node["id"] for node in found["nodes"]]
    ends = [(view.nodes[e["s"]].id, view.nodes[e["t"]].id) for e in found["edges"]]
    assert ids == list(range(len(view.nodes)))
    assert ends == [(edge.source, edge.target) for edge in view.edges]
    types = {"string": str, "integer": int, "double": float, "list_of_string": list}
    for owner in ("nodes", "edges"):
        declared = found["attributeDeclarations"][0][owner]
        for item in found[owner]:
            for name, value in item["v"].items():
                assert isinstance(value, types[declared[name]["d"]]), (name, value)


# --------------------------------------------------------------------------------------------------------------- Neo4j


def test_neo4j_files_have_typed_headers_and_one_line_a_record(any_store: Store, tmp_path: Path) -> None:
    write_export(any_store, "neo4j", tmp_path / "import")
    view = load_view(any_store)
    tables = {}
    for name, count in (("nodes.csv", len(view.nodes)), ("relationships.csv", len(view.edges))):
        text = (tmp_path / "import" / name).read_bytes().decode("utf-8")
        assert len(text.splitlines()) == text.count("\n") == count + 1
        tables[name] = list(csv.DictReader(text.split("\n")))
    nodes, edges = tables["nodes.csv"], tables["relationships.csv"]
    assert {"id:ID", "name:string", "aliases:string[]", "year:int", ":LABEL"} <= set(nodes[0])
    assert {":START_ID", ":END_ID", ":TYPE", "confidence:double"} <= set(edges[0])
    ids = {row["id:ID"] for row in nodes}
    assert len(ids) == len(nodes)
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in edges)
    assert all(re.fullmatch("[A-Z_]+", row[":TYPE"]) for row in edges)
    assert all(re.fullmatch("[A-Z][a-z]+", row[":LABEL"]) for row in nodes)
    for row in nodes:
        assert all(re.fullmatch(r"\d*", value) for key, value in row.items() if key.endswith(":int"))


# ------------------------------------------------------------------------------------------------------------ Obsidian


def test_a_note_of_the_vault(store: Store, tmp_path: Path) -> None:
    write_export(store, "obsidian", tmp_path / "vault")
    text = (tmp_path / "vault" / "Papers" / "Mosaic.md").read_text("utf-8")
    _, head, body = text.split("---\n", 2)
    properties = yaml.safe_load(head)
    assert (properties["id"], properties["kind"], properties["year"]) == ("paper/arxiv-2605.02002", "paper", 2026)
    assert properties["aliases"] == ["Mosaic paper"]
    assert "## Uses\n\n- [[K900]]\n" in body
    assert "- [[on-policy distillation]]\n  > Mosaic uses on-policy distillation and introduces patch routing." in body
    assert "Harbor Letter 7, 2026-05-01" in body
    assert "## Limitation\n\n> Training is unstable beyond four teachers." in body
    assert "## Used by\n\n- [[Mosaic]]" in (tmp_path / "vault/Techniques/on-policy distillation.md").read_text("utf-8")


def test_every_link_of_the_vault_leads_to_a_note(any_store: Store, tmp_path: Path) -> None:
    write_export(any_store, "obsidian", tmp_path / "vault")
    notes = sorted((tmp_path / "vault").rglob("*.md"))
    names = {path.stem for path in notes}
    assert len({name.casefold() for name in names}) == len(notes) == len(load_view(any_store).nodes)
    for path in notes:
        text = path.read_text("utf-8")
        yaml.safe_load(text.split("---\n", 2)[1])
        links = re.findall(r"\[\[([^\]|]*)(?:\|[^\]]*)?\]\]", text)
        assert set(links) <= names
        body = text.split("---\n", 2)[2]
        assert not re.search(r"(?<!\\)<|(?<!\\)%%|[\x00-\x09\x0b-\x1f\u2028\u202e]", body)


@given(st.text(max_size=300))
def test_any_name_is_a_safe_file_name(text: str) -> None:
    name = make_name(text, "x")
    assert name
    assert not re.search(r"""[\\/:*?"<>|#^\[\]\x00-\x1f]""", name)
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert len(name.encode("utf-8")) <= 180
    assert name.split(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}


@given(st.text())
def test_any_text_is_one_yaml_text(text: str) -> None:
    document = yaml.safe_load(f"a: {quote_yaml(text)}\nb: 1\n")
    assert document["b"] == 1
    assert isinstance(document["a"], str)


@given(st.text())
def test_any_text_is_one_line_and_no_markup(text: str) -> None:
    safe = escape_markdown(text)
    assert "\n" not in safe
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_<>#|~`$\[\]]", safe)
    assert re.fullmatch(r"\[\[note(\|[^\[\]|]+)?\]\]", write_link("note", text))


def test_a_folder_is_written_again_and_nothing_else_is_touched(store: Store, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    write_export(store, "obsidian", vault)
    own = vault / "Papers" / "my thoughts.md"
    own.write_text("mine")
    write_export(store, "obsidian", vault, ExportOptions(top=3))
    assert sorted(path.name for path in vault.rglob("*.md")) == ["LanternRAG.md", "Mosaic.md", "Quill.md", "my thoughts.md"]
    other = tmp_path / "other"
    (other / "Papers").mkdir(parents=True)
    (other / "Papers" / "Mosaic.md").write_text("mine")
    with pytest.raises(KgError, match="no export wrote it"):
        write_export(store, "obsidian", other)
    assert (other / "Papers" / "Mosaic.md").read_text() == "mine"


def test_a_forged_list_removes_nothing_outside(store: Store, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("keep")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / ".claimgraph.json").write_text(json.dumps(["../victim.txt", str(victim), 7]))
    write_export(store, "obsidian", vault)
    assert victim.read_text() == "keep"


# -------------------------------------------------------------------------------------------------------------- memory


def test_what_went_over_disk_is_the_same_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _export(store, "graphml")
    monkeypatch.setattr(scratch, "_CACHE", 8)  # two pages
    assert _export(store, "graphml") == expected


def test_a_statement_that_two_assertions_make_is_one_edge(store: Store) -> None:
    """Same ends, same relation: the larger weight, the larger confidence, the sentences of both, each once."""
    edge = next(edge for edge in load_view(store).edges if edge.sentences)
    ends = {node.id: node.iri for node in load_view(store).nodes}
    again = f"""INSERT DATA {{ GRAPH <{vocab.ENTITIES_GRAPH}> {{ <urn:again> rdf:subject <{ends[edge.source]}> ;
      rdf:predicate kg:{edge.relation} ; rdf:object <{ends[edge.target]}> ; kg:supportCount 7 ; kg:confidence 1.0 ;
      kg:evidence <urn:sentence> }} GRAPH <urn:document> {{ <urn:sentence> kg:exact "Said once more." }} }}"""
    copy = Store()
    copy.bulk_extend(store)
    copy.update(again, prefixes=vocab.PREFIXES)
    both = next(
        e for e in load_view(copy).edges if (e.source, e.target, e.relation) == (edge.source, edge.target, edge.relation)
    )
    assert (both.weight, both.confidence, both.count) == (7, 1.0, 1)
    assert [sentence.text for sentence in both.sentences] == [*(s.text for s in edge.sentences), "Said once more."]


# ----------------------------------------------------------------------------------------------------------- positions


def test_positions_repeat_and_do_not_pile_up() -> None:
    import numpy as np

    from kg.export.drawing import place_links

    links = [(n, n * 7 % 200, 1 + n % 3) for n in range(200)]
    places = list(place_links(200, links))
    assert places == list(place_links(200, reversed(links)))
    assert len(set(places)) == 200
    assert np.isfinite(places).all()
    assert list(place_links(0, [])) == []


def test_a_graph_too_large_to_lay_out_has_positions_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.export import drawing

    monkeypatch.setattr(drawing, "LARGEST", 10)
    assert len(set(drawing.place_links(50, [(0, 1, 1)]))) == 50
    monkeypatch.setattr(drawing, "LARGEST", 100)
    monkeypatch.setattr(drawing, "_MOST_LINKS", 2)
    assert len(set(drawing.place_links(50, ((n, n + 1, 1) for n in range(40))))) == 50
