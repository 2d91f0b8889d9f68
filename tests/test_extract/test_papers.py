"""Layouts of digests -> the papers that have a place of their own in them, and those only named. All text is our own.

The documents and what must be read out of them stand in the files ``layouts*.py``.
"""

from __future__ import annotations

import re
import time
from functools import cache

import pytest

from kg.extract import Extractor
from kg.extract.papers.find import find_papers
from kg.extract.segment import segment
from kg.extract.subjects import attribute_sentences
from kg.extract.terms.gazetteer import Gazetteer
from kg.lexicon import load_concepts
from kg.model import Document, Predicate
from kg.read import read_bytes
from tests.test_extract import (
    layouts,
    layouts_briefs,
    layouts_desks,
    layouts_letters,
    layouts_links,
    layouts_lists,
    layouts_mail,
    layouts_marks,
    layouts_more,
    layouts_prose,
    layouts_units,
)

FILES = (
    layouts,
    layouts_more,
    layouts_briefs,
    layouts_letters,
    layouts_lists,
    layouts_units,
    layouts_desks,
    layouts_mail,
    layouts_prose,
    layouts_marks,
    layouts_links,
)
LAYOUTS = {name: layout for file in FILES for name, layout in file.LAYOUTS.items()}


@cache
def extractor() -> Extractor:
    return Extractor(load_concepts(), fast=True)


def read_one(text: str, name: str) -> Document:
    documents, notes = read_bytes(text.encode(), name)
    assert not notes
    return documents[0]


def facts_of(text: str, name: str) -> list[str]:
    """The papers of a document in the notation of this file, those with an entry first."""
    found = extractor().extract_document(read_one(text, name))
    main = {a.b: a.a for a in found.aliases}
    from_: dict[int, set[str]] = {}
    for r in found.relations:
        if r.predicate is Predicate.AFFILIATED_WITH:
            from_.setdefault(main.get(r.subject, r.subject), set()).add(found.mentions[r.object].name)
    rows = []
    for p in sorted(found.papers, key=lambda p: not p.entry):
        title = "=" if p.title == p.name else p.title
        houses = ", ".join(sorted(from_.get(p.mention, set())))
        rows.append(f"{'' if p.entry else '+ '}{p.name} | {title} | {p.arxiv_id} | {houses}")
    return [re.sub(r"\s+", " ", row).strip() for row in rows]


def test_a_list_of_deadlines_without_marks_is_one_of_predictions() -> None:
    found = extractor().extract_document(read_one(layouts_mail.MAIL, "mail.txt"))
    assert [(p.label, str(p.due)) for p in found.predictions] == [
        ("a second harbor tests its ropes in rain", "2027-06-30"),
        ("one of the paint makers sells KeelCoat, or something like it", "2027-06-03"),
        ("somebody rows with a rope older than a year", "2027-09-30"),
    ]


def test_a_paragraph_that_refers_back_is_about_the_paper_of_the_one_before() -> None:
    document = read_one(layouts_prose.PROSE, "harbor.txt")
    found = extractor().extract_document(document)
    texts = {p.name: " ".join(s.of(document.text) for s in p.stretches) for p in found.papers}
    assert "It lasts 9.7 years" in texts["Nobody Mends the Mast"]
    assert "ahead of keels with 40" in texts["KeelNet"]


def test_lines_that_begin_with_a_deadline_are_predictions_each() -> None:
    found = extractor().extract_document(read_one(layouts_mail.LETTERS, "letters.txt"))
    assert [(p.label, str(p.due)) for p in found.predictions] == [
        ("a second lab washes sails", "2027-06-30"),
        ("a model passes 80% on RopeQA", "2027-09-11"),
    ]


def expected(table: str) -> list[str]:
    return [re.sub(r"\s+", " ", row).strip() for row in table.strip().split("\n")]


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text, table = LAYOUTS[name]
    assert facts_of(text, name) == expected(table)


# ----------------------------------------------------------------------------------------------------- only mentioned

#: A sentence in an entry's own text -> the papers that it names beside the entry's.
NAMED = [
    ("FoldNet extends CreaseNet, which folded rows only.", ["CreaseNet"]),
    ("Unlike Hold-R, which tunes on refusals, it needs no labels.", ["Hold-R"]),
    ("It contradicts TokenLoom, the July paper that buried retrieval.", ["TokenLoom"]),
    ("That echoes Still Waters, a spring paper from the University of Oslo.", ["Still Waters"]),
    ("It explains why last month's ProofLine looked so strong.", ["ProofLine"]),
    ("The July study Clean Slate claimed the reverse.", ["Clean Slate"]),
    ("This also covers Elastic Fences, a method from August that regularizes weights.", ["Elastic Fences"]),
    ("Follow-ups like EchoNet and TwinTower inherit the recipe.", ["EchoNet", "TwinTower"]),
    ("It borrows RingBERT's approach of two processes.", ["RingBERT"]),
    ("WireTap showed that probes are enough.", ["WireTap"]),
    ("WireTap suggested as much.", ["WireTap"]),
    ("GateLock opened every gate at once two years ago.", ["GateLock"]),
    ("GateLock had the idea a year earlier.", ["GateLock"]),
    ("It repeats the claim of GateLock that locks leak.", ["GateLock"]),
    ("Nobody has rerun case 21, GateLock, since May.", ["GateLock"]),
    ("We were wrong about GateLock (case 12) in March.", ["GateLock"]),
    ("GateLock, in contrast, keeps them shut.", ["GateLock"]),
    ("It was accepted at ICLR 2026 and builds on PyTorch.", []),
    ("It builds on GPT-4 and extends the context to 128K tokens.", []),
    ("It improves on the LongBench benchmark and extends the FoldKit library.", []),
    ("Unlike January, February was quiet.", []),
    ("It runs on an H100, unlike the TPU.", []),
]


@pytest.mark.parametrize(("sentence", "names"), NAMED)
def test_papers_that_are_only_named(sentence: str, names: list[str]) -> None:
    entries = f"- **FoldNet** (arXiv 2608.01234). Folds nets. {sentence}\n- **Other** (arXiv 2608.01235). Is other.\n"
    text = f"# Some Digest\n\n2026-08-01\n\n## Papers\n\n{entries}"
    found = [row.split(" | ")[0] for row in facts_of(text, "digest.md")]
    assert found == ["FoldNet", "Other", *(f"+ {name}" for name in names)]


def test_a_row_of_contents_is_the_entry_of_its_number() -> None:
    text = """# Brief
2026-08-01

| # | Tag | Paper | In one line |
|---|---|---|---|
| 01 | Eval | KiteEval | flies a kite |
| 02 | RAG | MossRAG | grows |

## Papers

**01 [Eval] Testing Agents in the Wind.** KiteEval has 300 tasks. It is hard.

**02 [RAG] Retrieval That Grows on Stones.** MossRAG grows its index. It is slow.
"""
    assert [row.split(" | ")[:2] for row in facts_of(text, "brief.md")] == [
        ["KiteEval", "Testing Agents in the Wind"],
        ["MossRAG", "Retrieval That Grows on Stones"],
    ]


def test_a_page_about_one_paper_that_cites_another() -> None:
    text = """# FlatLand explained

FlatLand (FlatLand: Minima for the Rest of Us, 2025, EPFL, ICLR 2026) looks for flat minima. It costs little.

Paper: https://arxiv.org/abs/2510.04321

For reranking the authors use the prompt of [Berg et al.](https://arxiv.org/abs/2304.01234) and gain two points.

FlatLand is slow on small models. FlatLand helps with large ones.
"""
    found = extractor().extract_document(read_one(text, "page.md"))
    flat = next(p for p in found.papers if p.name == "FlatLand")
    assert [(p.name, p.arxiv_id, p.entry) for p in found.papers if p is not flat] == [("Berg et al.", "2304.01234", False)]
    assert flat.arxiv_id == "2510.04321"
    assert flat.stretches[0].end > text.index("small models")


def test_many_entries_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = [
            f"- **Net{i}X** (arXiv 26{i % 12 + 1:02}.{i:05}). Folds. It extends Old{i}X, which did not." for i in range(count)
        ]
        document = read_one("# Digest\n\n## Papers\n\n" + "\n".join(lines), "many.md")
        started = time.process_time()
        find_papers(segment(document), Gazetteer.of(()).names)
        return time.process_time() - started

    seconds(50)
    assert seconds(800) < 12 * max(seconds(200), 0.02)


@pytest.mark.parametrize(
    "piece", ["[1] ", "**", "A, B and ", "Title: ", "arXiv:2601.00001 | ", "the July study ", "(((", "Aa-"]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    document = read_one("# T\n\n" + piece * (40_000 // len(piece)), "bad.md")
    started = time.process_time()
    find_papers(segment(document), Gazetteer.of(()).names)
    assert time.process_time() - started < 5


def test_a_list_of_dated_statements_is_a_list_of_predictions_under_any_heading() -> None:
    found = extractor().extract_document(read_one(layouts_more.NUMBERED_LETTER, "letter.md"))
    assert [(p.label, str(p.due)) for p in found.predictions] == [
        ("A second lab counts silt", "2026-12-06"),
        ("A browser ships Pebble", "2026-12-31"),
    ]


HEIRS = """\
# MireNet: Reading Wetlands Slowly

MireNet reads a wetland one reed at a time. MireNet keeps a map of what it saw.

MireNet beats older readers. DPR, E5 and QuillRank all inherit the same reading pattern. MireNet is slow.

Subsequent methods like ReedFlow and Still Waters build on it.
"""


def test_who_is_said_to_follow_a_paper_is_one_whatever_the_vocabulary_knows_it_as() -> None:
    assert [row.split(" | ")[0] for row in facts_of(HEIRS, "page.md")][1:] == [
        "+ DPR", "+ E5", "+ QuillRank", "+ ReedFlow", "+ Still Waters",
    ]  # fmt: skip


def test_a_question_belongs_to_the_paragraph_that_answers_it_and_a_later_paragraph_to_its_authors() -> None:
    document = read_one(layouts_desks.INDEX, "index.txt")
    found = extractor().extract_document(document)
    texts = {p.name: " ".join(s.of(document.text) for s in p.stretches) for p in found.papers}
    assert texts["Do Torn Sails Remember Wind?"].startswith("If two sails disagree")
    assert texts["KeelNet"].endswith("The authors blame the crane.")
    assert not any("painted the shed" in text for text in texts.values())


def test_one_word_of_a_title_names_its_paper() -> None:
    text = """# Some Digest

2026-08-01

## Papers

- **Fewer Knots in Every Rope** (arXiv 2608.01234). Ropes get shorter.
- **Sails That Remember Wind** (arXiv 2608.01235). Sails get older.

## Connecting the dots

The rope paper is the odd one out. The previous paper is not.
"""
    document = read_one(text, "digest.md")
    found = extractor().extract_document(document)
    assert [found.mentions[a.b].name for a in found.aliases if a.reason == "part of the title"] == ["rope"]


def test_a_paragraph_under_a_name_in_bold_is_about_its_paper() -> None:
    document = read_one(layouts_desks.SOURCE_COLUMN, "source_column.md")
    draft = segment(document)
    find_papers(draft, Gazetteer.of(()).names)
    pairs = zip(draft.sentences, attribute_sentences(draft), strict=True)
    about = {s.span.of(document.text): a.paper for s, a in pairs}
    named = {p.mention: p.name for p in draft.papers}
    assert named[about["A filter for each tenant keeps it private."]] == "SharedHands"
    assert named[about["New heads for each language win 6.1 points back."]] == "Skipping Is Not Free"
