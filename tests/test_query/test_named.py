"""Every named question, asked of the small graph; the expected rows are what a reader of small.trig would answer."""

import re

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kg.errors import QueryError
from kg.query import bind_named, find_named_query, named_queries, run_named, run_rows
from kg.query.named import read_named_query

MOSAIC, QUILL = "Mosaic", "Quill"
USES = "Mosaic uses on-policy distillation and introduces patch routing."
LEANS = "Mosaic leans on OPD throughout."
TAKES = "Quill, out of NFU, takes Mosaic's OPD to code."

#: question, parameters, columns, rows
CASES = [
    (
        "papers-using",
        {"technique": "OPD"},
        "paper date sentence",
        [(MOSAIC, "2026-05-08", LEANS), (QUILL, "2026-05-08", TAKES), (MOSAIC, "2026-05-01", USES)],
    ),
    ("papers-introducing", {"technique": "Patch Router"}, "name paper arxiv", [("patch routing", MOSAIC, "2605.02002")]),
    ("papers-introducing", {}, "name paper", [("lamp index", "LanternRAG"), ("patch routing", MOSAIC)]),
    ("lineage", {"name": "Ember"}, "paper directly", [(MOSAIC, "true"), (QUILL, "false")]),
    ("lineage", {"name": "patch routing"}, "origin paper", [(MOSAIC, QUILL)]),
    ("extensions", {}, "paper extended", [(MOSAIC, "Ember"), (QUILL, MOSAIC)]),
    ("paper-relations", {"paper": "lanternrag"}, "from relation to voice", [(MOSAIC, "contradicts", "LanternRAG", "document")]),
    ("contradictions", {}, "paper contradicts confidence", [(MOSAIC, "LanternRAG", "0.4")]),
    ("results-on", {"benchmark": "harborqa"}, "value baseline paper", [("66.25", "58", MOSAIC), ("61.5", "", "LanternRAG")]),
    ("results-on", {"benchmark": "HarborQA", "metric": "acc"}, "value", [("66.25",), ("61.5",)]),
    ("results-on", {"benchmark": "HarborQA", "metric": "recall"}, "value", []),
    (
        "results-of",
        {"paper": "2605.02002"},
        "paperName subject value words",
        [(MOSAIC, "Tern-2B", "66.25", "from 58.0 to 66.25")],
    ),
    (
        "techniques-for-problem",
        {"problem": "Reward-Hacking"},
        "paper role technique",
        [(MOSAIC, "introduces", "patch routing"), (MOSAIC, "uses", "on-policy distillation")],
    ),
    ("papers-of", {"name": "nfu"}, "paper", [(QUILL,), ("LanternRAG",)]),
    ("papers-of", {"name": "Ada Brandt"}, "paper", [(MOSAIC,)]),
    ("institutions", {}, "institution papers", [("North Fjord University", "2"), ("Basalt Labs", "1")]),
    ("institutions-working-on", {"name": "reward hacking"}, "institution relation", [("Basalt Labs", "addresses")]),
    ("institutions-sharing", {}, "one other techniques", [("Basalt Labs", "North Fjord University", "on-policy distillation")]),
    ("people", {}, "person papers", [("Ada Brandt", "1")]),
    ("hardware", {}, "hardware paper", [("K900", MOSAIC)]),
    (
        "used-together",
        {"technique": "patch routing"},
        "kind name",
        [("benchmark", "HarborQA"), ("hardware", "K900"), ("model", "Tern-2B")],
    ),
    ("predictions-due", {"by": "2026-06-30"}, "due state about", [("2026-06-09", "open", "lamp index")]),
    ("predictions-due", {"by": "2026-06-01"}, "due", []),
    ("predictions-due", {"status": "resolved"}, "due", []),
    ("prediction-evidence", {}, "paper", []),
    ("shared-papers", {}, "paper documents", [(MOSAIC, "2")]),
    (
        "rising-techniques",
        {"days": "20"},
        "technique now before change",
        [("on-policy distillation", "2", "0", "2"), ("patch routing", "1", "0", "1"), ("lamp index", "0", "1", "-1")],
    ),
    (
        "techniques-by-month",
        {"technique": "opd"},
        "month name papers",
        [("2026-04", "lamp index", "1"), ("2026-05", "on-policy distillation", "2")],
    ),
    (
        "first-seen",
        {"name": "patch routing"},
        "date document",
        [("2026-05-01", "Harbor Letter 7"), ("2026-05-08", "Tide Notes")],
    ),
    ("new-since", {"since": "2026-05-02"}, "kind name", [("paper", QUILL)]),
    (
        "claims-about",
        {"name": "Mosaic", "type": "limitation"},
        "kind voice claim",
        [("limitation", "paper", "Training is unstable beyond four teachers.")],
    ),
    ("disputed-claims", {}, "paper otherPaper", [(MOSAIC, QUILL)]),
    ("corroborated-claims", {}, "document otherDocument", [("Tide Notes", "Harbor Letter 7")]),
    (
        "opinions",
        {},
        "kind document",
        [("open_question", "Harbor Letter 4"), ("recommendation", "Harbor Letter 7"), ("market", "Tide Notes")],
    ),
    ("limitations", {}, "paper followedBy how", [(MOSAIC, QUILL, "extends")]),
    ("limitations", {"name": "LanternRAG"}, "paper", []),
    ("recommendations", {"name": "mosaic"}, "paper voice", [(MOSAIC, "document")]),
    ("open-questions", {"name": "lamp index"}, "paper", [("LanternRAG",)]),
    ("market-news", {}, "news about", [("Basalt Labs raised $40 million.", "Basalt Labs")]),
    ("co-occurring", {"technique": "patch routing"}, "weight with kind", [("3", "on-policy distillation", "technique")]),
    (
        "never-combined",
        {"papers": "1"},
        "one other",
        [("lamp index", "on-policy distillation"), ("lamp index", "patch routing")],
    ),
    ("threads", {}, "thread paper", [("Teaching in pieces", MOSAIC), ("Teaching in pieces", QUILL)]),
    (
        "documents",
        {},
        "document papers claims results",
        [("Tide Notes", "2", "3", "0"), ("Harbor Letter 7", "1", "4", "1"), ("Harbor Letter 4", "1", "1", "1")],
    ),
    ("papers", {"topic": "training"}, "paper documents", [(QUILL, "1"), (MOSAIC, "2")]),
    ("read-first", {}, "tier paper", [("1", "LanternRAG"), ("1", QUILL), ("2", MOSAIC), ("9", "Ember")]),
    (
        "techniques",
        {},
        "technique broader papers documents",
        [("on-policy distillation", "distillation", "2", "2"), ("patch routing", "", "1", "2"), ("lamp index", "", "1", "1")],
    ),
    (
        "evidence",
        {"from": "on-policy distillation", "to": "quill"},
        "subject relation start end",
        [(QUILL, "uses", "32", "78")],
    ),
    ("evidence", {"from": "LanternRAG", "to": "lamp index"}, "relation rule", [("introduces", "pattern.uses")]),
    ("well-supported", {}, "support subject object", [("2", MOSAIC, "on-policy distillation")]),
    ("doubtful-edges", {"below": "0.5"}, "confidence relation", [("0.4", "contradicts")]),
    ("names", {"name": "NFU"}, "label alias kind documents", [("North Fjord University", "NFU", "institution", "2")]),
    ("ambiguous-names", {}, "name meanings", [("opd", "2")]),
    (
        "merged-names",
        {},
        "label first second reason",
        [("on-policy distillation", "OPD", "on-policy distillation", "acronym definition")],
    ),
    ("duplicate-papers", {}, "same", []),
    ("undefined-techniques", {}, "technique mentionedIn", [("patch routing", "2")]),
    ("find-sentence", {"words": "FOUR teachers"}, "source start end", [("harbor-07.txt", "215", "257")]),
]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_question_answers(
    store: Store, name: str, params: dict[str, str], columns: str, expected: list[tuple[str, ...]]
) -> None:
    rows = [tuple(row.get(column, "") for column in columns.split()) for row in run_rows(store, name, params)]
    assert list(dict.fromkeys(rows)) == expected


def test_overview_counts(store: Store) -> None:
    counts = {(row["what"], row["name"]): row["count"] for row in run_rows(store, "overview")}
    assert counts["entity", "Paper"] == "4"
    assert counts["edge", "uses"] == "4"
    assert counts["record", "Claim"] == "7"


def test_every_question_is_tested_and_well_formed() -> None:
    assert len(named_queries()) >= 40
    assert set(named_queries()) == {case[0] for case in CASES} | {"overview"}
    for query in named_queries().values():
        assert query.title
        assert query.about.endswith(".")
        assert "ORDER BY" in query.text, f"{query.name} has no order"
        for param in query.params:
            assert re.search(rf"VALUES \?{param.name} \{{", query.text), f"{query.name}: {param.name} has no VALUES block"


def test_defaults_of_header_and_text_agree() -> None:
    for query in named_queries().values():
        for param in query.params:
            block = re.search(rf"VALUES \?{param.name} \{{ *(.*?) *\}}", query.text)
            assert block is not None
            assert block[1].removesuffix("^^xsd:date").strip('"') == param.default


def test_a_question_runs_as_it_is_in_any_engine(store: Store) -> None:
    """The files declare every prefix that they use: no help from us is needed."""
    for query in named_queries().values():
        assert list(store.query(query.text, use_default_graph_as_union=True)) is not None  # type: ignore[arg-type]


@pytest.mark.slow
def test_another_engine_gives_the_same_rows(store: Store) -> None:
    """rdflib's own engine, from the text with its parameters bound; it knows no date arithmetic, which one question needs."""
    from rdflib import Graph

    triples = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    other = Graph().parse(data=triples, format="nt")
    for name, params, _, _ in CASES:
        if name != "rising-techniques":
            text = bind_named(store, name, params)
            assert len(list(other.query(text))) == len(run_rows(store, name, params)), name


@pytest.mark.parametrize(
    "header",
    [
        "#: about: no title\n",
        "#: title: a\n#: title: b\n",
        "#: title: a\n#: colour: red\n",
        '#: title: a\n#: param: x animal "" y\n',
    ],
)
def test_bad_headers_are_refused(tmp_path, header: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "q.rq"
    path.write_text(header + "ASK {}", encoding="utf-8")
    with pytest.raises(ValueError):
        read_named_query(path)


def test_unknown_question_and_parameter(store: Store) -> None:
    with pytest.raises(QueryError) as error:
        find_named_query("paper-using")
    assert "papers-using" in error.value.hint
    with pytest.raises(QueryError) as error:
        run_named(store, "papers-using", {"tecnique": "x"})
    assert "technique" in error.value.hint


@pytest.mark.parametrize(
    ("name", "params"), [("rising-techniques", {"days": "soon"}), ("predictions-due", {"by": "2026-13-40"})]
)
def test_values_of_the_wrong_type(store: Store, name: str, params: dict[str, str]) -> None:
    with pytest.raises(QueryError, match="must be of type"):
        run_named(store, name, params)
