"""Each command on a small graph: what it prints, where, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.errors import SourceError
from kg.model import Diagnostic

Call = Callable[..., Result]


def test_query_by_name_with_a_parameter(call: Call) -> None:
    result = call("query", "papers-of", "--param", "name=nfu")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()[2:]] == ["Quill", "LanternRAG"]


def test_query_inline_as_json(call: Call) -> None:
    result = call("query", "--format", "json", "SELECT ?l { ?p a kg:Paper ; skos:prefLabel ?l } ORDER BY ?l")
    rows = json.loads(result.stdout)["results"]["bindings"]
    assert [row["l"] for row in rows] == [{"type": "literal", "value": v} for v in ("Ember", "LanternRAG", "Mosaic", "Quill")]


def test_query_from_a_file_and_from_standard_input(call: Call, tmp_path: Path) -> None:
    text = "SELECT ?l { ?p kg:year ?y ; skos:prefLabel ?l }"
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    expected = "l\r\nEmber\r\n"
    assert call("query", "--file", str(tmp_path / "q.rq"), "-p", "y=2024", "--format", "csv").stdout_bytes.decode() == expected
    assert call("query", "-f", "-", "-p", "y=2024", "--format", "csv", input=text).stdout_bytes.decode() == expected


def test_query_list_and_print(call: Call) -> None:
    assert "papers-using technique=" in call("query", "--list").stdout
    assert call("query").stdout == call("query", "--list").stdout
    assert call("query", "people", "--print").stdout.startswith("#: title:")


def test_a_name_that_the_graph_lacks_is_noted(call: Call) -> None:
    result = call("query", "papers-using", "-p", "technique=patch rooting")
    assert result.exit_code == 0
    assert result.stdout == "no rows\n"
    assert "did you mean patch routing" in result.stderr


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        (["query", "SELECT ?x {"], "error: line 1", "kg query --list"),
        (["query", "DROP ALL"], "DROP changes data", "kg build"),
        (["query", "people", "-p", "x=1"], "no parameter 'x'", "none"),
        (["query", "people", "-p", "x"], "not a parameter", "--param name=value"),
        (["query", "poeple"], "no query is called", "people"),
        (["query", "people", "--file", "x.rq"], "both given", "one of them"),
        (["query", "--file", "missing.rq"], "cannot read missing.rq", "UTF-8"),
        (["query", "people", "--format", "turtle"], "turtle is for", "choose table"),
        (["show", "mosaik"], "nothing called 'mosaik'", "Mosaic"),
        (["path", "mosaic", "nothing like it"], "nothing called", "kg stats"),
        (["path", "Mosaic", "2605.02002"], "are the same", "kg show"),
        (["path", "Mosaic", "distillation", "--max-hops", "2"], "no path", "--max-hops"),
        (["export", "nquads", "-o", "/missing/folder/x.nq"], "cannot write", "-o"),
        (["export", "csv"], "zip of two files", "-o graph.zip"),
    ],
)
def test_mistakes_are_two_lines_and_exit_code_2(call: Call, args: list[str], message: str, hint: str) -> None:
    result = call(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert hint in result.stderr.split("hint:")[1]
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "command", [["query", "people"], ["show", "x"], ["path", "a", "b"], ["export", "html"], ["stats"], ["validate"]]
)
def test_no_graph_says_how_to_make_one(call: Call, command: list[str], tmp_path: Path) -> None:
    result = call(*command, graph=tmp_path / "none")
    assert result.exit_code == 2
    assert "kg build" in result.stderr


def test_errors_do_not_obey_escapes(call: Call) -> None:
    result = call("show", "\x1b[31mred")
    assert "\x1b" not in result.stderr


def test_show(call: Call) -> None:
    text = call("show", "mosaic").stdout
    assert text.startswith("Mosaic  (paper)\n")
    assert "  arXiv        2605.02002\n" in text
    assert "\nExtended by\n  Quill\n" in text
    assert "“Mosaic leans on OPD throughout.”  — Tide Notes, 2026-05-08" in text
    assert "66.25" in text
    assert "\nClaims: limitation\n" in text
    assert "not to be confused with lamp index" in call("show", "OPD").stdout
    assert "Discusses\n  Mosaic (2605.02002)\n" in call("show", "Tide", "Notes").stdout


def test_show_limits_its_groups(call: Call) -> None:
    assert "3 more; --limit shows more" in call("show", "mosaic", "--limit", "1").stdout


def test_path(call: Call) -> None:
    lines = call("path", "reward hacking", "lamp index").stdout.splitlines()
    assert lines[0] == "Path 1: 3 hops"
    assert lines[1] == "  reward hacking ← addresses ─ Mosaic"
    assert lines[3] == "  Mosaic ─ contradicts → LanternRAG"
    assert lines[5] == "  LanternRAG ─ introduces → lamp index"


def test_path_between_two_that_share_several_things(call: Call) -> None:
    """Quill extends Mosaic directly; from Quill to patch routing there is one way of two hops."""
    assert "Path 1: 1 hop\n  Quill ─ extends → Mosaic\n" in call("path", "Quill", "Mosaic").stdout
    assert call("path", "Quill", "patch routing").stdout.count("Path ") == 1


def test_stats(call: Call) -> None:
    text = call("stats").stdout
    assert "build 1" in text
    assert [line.split() for line in text.splitlines() if "Paper" in line] == [["entity", "Paper", "4"]]


@pytest.mark.parametrize("form", ["html", "graphml", "gexf", "turtle", "nquads", "jsonld"])
def test_export_to_a_file_and_to_standard_output(call: Call, form: str, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    result = call("export", form, "-o", str(path))
    assert result.exit_code == 0
    assert "bytes" in result.stderr
    assert call("export", form).stdout_bytes == path.read_bytes()


def test_export_choices_are_those_of_the_registry() -> None:
    from kg.cli.ask import _FORMATS as query_formats
    from kg.cli.files import _FORMATS as export_formats
    from kg.export import FORMATS as exporters
    from kg.query import FORMATS as answers

    assert set(export_formats) == set(exporters)
    assert set(query_formats) == set(answers)


# ----------------------------------------------------------------------------------------------------------------- build

DIGEST = """# Harbor Letter 12 - 2026-05-20

## Papers

- **Heron** (arXiv:2605.11111) introduces tidal pruning and uses knowledge distillation. It reaches 71.2% on MMLU.
- **Osprey** from Basalt Labs extends Heron with a smaller index.
"""


def test_build_query_verify_a_document(call: Call, tmp_path: Path) -> None:
    source, graph = tmp_path / "harbor-12.md", tmp_path / "graph"
    source.write_text(DIGEST, encoding="utf-8")
    result = call("build", str(source), "--graph", str(graph), "--fast")
    assert result.exit_code == 0, result.stderr
    assert "1 documents" in result.stdout
    assert "next: kg query --list" in result.stdout
    assert "Heron" in call("query", "papers", graph=graph).stdout
    assert call("verify", graph=graph).exit_code == 0
    assert call("build", str(source), "--graph", str(graph), "--fast", "--quiet").output == ""


def test_extract(call: Call, tmp_path: Path) -> None:
    source = tmp_path / "harbor-12.md"
    source.write_text(DIGEST, encoding="utf-8")
    assert "Papers (" in call("extract", str(source), "--fast", "--format", "text").stdout
    (line,) = call("extract", str(source), "--fast").stdout.splitlines()
    record = json.loads(line)
    assert record["document"]["source"] == "harbor-12.md"
    assert {mention["kind"] for mention in record["extraction"]["mentions"]} >= {"paper", "technique"}


def _patch_build(monkeypatch: pytest.MonkeyPatch, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    import kg.pipeline

    seen: dict[str, Any] = {}

    def build(sources: tuple[str, ...], folder: Path, **options: Any) -> kg.pipeline.BuildReport:
        seen.update(options, sources=sources)
        return kg.pipeline.BuildReport({"documents": 1, "edges": 1234}, tuple(diagnostics), 0.5)

    monkeypatch.setattr(kg.pipeline, "build_graph", build)
    return seen


def test_build_reports_each_skipped_source_and_exits_with_1(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    _patch_build(
        monkeypatch, [Diagnostic("a\x1b.pdf", "not a PDF", "convert it first", "byte 0"), Diagnostic("b", "odd", fatal=False)]
    )
    result = call("build", "x", "--graph", "elsewhere")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "skipped: a\\x1b.pdf, byte 0: not a PDF",
        "  hint: convert it first",
        "warning: b: odd",
    ]
    assert result.stdout.startswith("1 documents, 1,234 edges in 0.5 s\nnext: kg query --list --graph elsewhere")


def test_warnings_alone_are_no_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _patch_build(monkeypatch, [Diagnostic("b", "odd", fatal=False)])
    assert call("build", "x", "--fast", "--vocabulary", "own.ttl").exit_code == 0
    assert (seen["fast"], seen["vocabulary"], seen["sources"]) == (True, Path("own.ttl"), ("x",))


def test_build_errors(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*args: object, **options: object) -> None:
        raise SourceError("no source was found", "check the path")

    monkeypatch.setattr("kg.pipeline.build_graph", build)
    result = call("build", "x")
    assert (result.exit_code, result.stderr) == (2, "error: no source was found\nhint: check the path\n")


def test_validate_and_verify_report_and_exit_with_1(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.validate import Severity, Violation
    from kg.graph.verify import Mismatch

    breach = Violation(Severity.VIOLATION, "MinCount of kg:value", "result/1", "a result has a value")
    warning = Violation(Severity.WARNING, "Class of kg:uses", "paper/1", "unusual", "metric/x\x1b")
    monkeypatch.setattr("kg.graph.validate.validate_store", lambda store: [breach, warning])
    monkeypatch.setattr(
        "kg.pipeline.verify_graph", lambda folder, sources: [Mismatch("doc", 3, 9, "differs", "graph", "source")]
    )
    result = call("validate")
    assert (result.exit_code, result.stderr) == (1, "1 violations, 1 warnings\n")
    assert result.stdout.splitlines() == [
        "violation: result/1: MinCount of kg:value: a result has a value",
        "warning: paper/1: Class of kg:uses: unusual (metric/x\\x1b)",
    ]
    monkeypatch.setattr("kg.graph.validate.validate_store", lambda store: [warning])
    assert call("validate").exit_code == 0
    result = call("verify")
    assert (result.exit_code, result.stdout) == (1, "doc 3-9: differs: graph “graph”, source “source”\n")


def test_progress_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.common import Progress

    Progress()("reading", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    Progress(quiet=True)("reading", 1, 2)
    assert capsys.readouterr().err == ""
    progress = Progress()
    progress("reading", 1, 2)
    progress.close()
    text = capsys.readouterr().err
    assert "reading" in text
    assert "1/2" in text
    assert text.endswith("\r\x1b[2K")


def test_a_terminal_gets_no_control_characters(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from kg.cli.common import print_bytes

    print_bytes(b"a\x1b[31m\r\nb\tc\n")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_bytes(b"a\x1b[31m\r\nb\tc\n")
    assert capfdbinary.readouterr().out == b"a\x1b[31m\r\nb\tc\na\\x1b[31m\nb\tc\n"
