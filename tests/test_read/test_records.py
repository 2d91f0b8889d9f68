"""Sources of one document a record: tables, JSON lines, BibTeX, feeds."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Document
from kg.read import read_bytes
from tests.test_read.helpers import outline, read_one

EXPECTED = [
    "== abstract 1 CacheFold",
    "meta | Authors: Ann Bee, Cee Dee",
    "paragraph | We fold caches. It works.",
]


def facts(document: Document) -> set[tuple[str, str]]:
    return {pair for pair in document.metadata if pair[0] in {"author", "arxiv", "year"}}


def test_csv() -> None:
    document = read_one(
        'TITLE,Authors,Abstract,PaperURL,TweetURL,Date\nCacheFold,"Ann Bee, Cee Dee","We fold caches.\nIt works.",'
        "https://arxiv.org/abs/2603.00001v2,https://x.org/t,2026-03-04\n",
        "papers.csv",
    )
    assert outline(document) == EXPECTED
    assert facts(document) == {("author", "Ann Bee"), ("author", "Cee Dee"), ("arxiv", "2603.00001"), ("year", "2026")}
    assert (document.title, document.date, document.format) == ("CacheFold", date(2026, 3, 4), "csv")
    assert [(k.span.of(document.text), k.url) for k in document.links] == [("CacheFold", "https://arxiv.org/abs/2603.00001v2")]


def test_csv_with_other_separators_and_empty_rows() -> None:
    documents, notes = read_bytes(b"title;abstract;x\nA;We do. Yes.;1\n;;2\nB;Too. Yes.;3\n", "papers.csv")
    assert [d.title for d in documents] == ["A", "B"]
    assert [(n.place, n.fatal) for n in notes] == [("line 3", False)]
    documents, _ = read_bytes(b"Title\tSummary\nA\tWe do. Yes.\n", "papers.tsv")
    assert documents[0].title == "A"


def test_jsonl() -> None:
    names = '"authors": ["Ann Bee", "Cee Dee"]'
    line = f'{{"title": "CacheFold", {names}, "abstract": "We fold caches. It works.", "arxiv_id": "2603.00001"}}'
    documents, notes = read_bytes(f"{line}\nnot json\n[]\n{{}}\n".encode(), "papers.jsonl")
    assert outline(documents[0])[0::2] == EXPECTED[0::2]
    assert facts(documents[0]) == {("author", "Ann Bee"), ("author", "Cee Dee"), ("arxiv", "2603.00001")}
    assert [n.place for n in notes] == ["line 2", "line 3", "line 4"]
    assert documents[0].links[0].url == "https://arxiv.org/abs/2603.00001"


def test_jsonl_with_author_objects() -> None:
    document = read_one('{"title":"A","abstract":"B c. D.","authors":[{"name":"Ann Bee","affiliation":"LabCo"}]}', "a.jsonl")
    assert document.metadata == (("author", "Ann Bee"), ("affiliation", "LabCo"))
    assert "meta | Affiliations: LabCo" in outline(document)


def test_bibtex() -> None:
    text = r"""
@string{venue = "Folding"}
@article{bee, title = {{C}ache{F}old}, author = "Ann Bee and Cee D{\'e}e", year = 2026,
  eprint = {2603.00001}, archivePrefix = {arXiv}, abstract = {We fold {caches}. It works.}, journal = venue # { Letters}}
@misc{none, year = 2020}
"""
    documents, notes = read_bytes(text.encode(), "refs.bib")
    assert len(documents) == 1
    assert documents[0].title == "CacheFold"
    assert facts(documents[0]) == {("author", "Ann Bee"), ("author", "Cee Dée"), ("arxiv", "2603.00001"), ("year", "2026")}
    assert documents[0].sections[0].role == "abstract"
    assert [n.place for n in notes] == ["line 5"]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Fold Feed</title>
<item><title>CacheFold</title><link>https://arxiv.org/abs/2603.00001</link><dc:creator>Ann Bee, Cee Dee</dc:creator>
<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><description>arXiv:2603.00001v1 Announce Type: new
Abstract: We fold caches. It works.</description></item>
<item><title>A post</title><link>https://x.org/p</link><content:encoded><![CDATA[<h2>TL;DR</h2><ul><li>One
<a href="https://x.org/1">paper</a>. Good.</li></ul>]]></content:encoded></item>
<item></item></channel></rss>"""


def test_rss() -> None:
    documents, notes = read_bytes(RSS.encode(), "feed.xml")
    assert [(d.title, d.publication, d.date, d.part) for d in documents] == [
        ("CacheFold", "Fold Feed", date(2026, 3, 4), 0),
        ("A post", "Fold Feed", None, 1),
    ]
    assert outline(documents[0]) == EXPECTED
    assert ("arxiv", "2603.00001") in documents[0].metadata
    assert outline(documents[1]) == ["== overview 1 A post", "== tldr 1 TL;DR", "item | One paper. Good."]
    assert [(n.place, n.fatal) for n in notes] == [("item 3", False)]


def test_atom() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><entry><title>T</title><link href="https://x.org/c"/>'
        '<author><name>Ann Bee</name></author><published>2026-01-02T00:00:00Z</published><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <b>there</b>. Yes.</p></div></content></entry></feed>'
    )
    document = read_one(text, "a.atom")
    assert (document.date, document.url, document.publication) == (date(2026, 1, 2), "https://x.org/c", "Notes")
    assert outline(document)[-1] == "paragraph | Hello there. Yes."


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xml", '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><item><title>&c;</title></item></rss>', "entities"),
        ("a.xml", "<a><b/></a>", "no feed"),
        ("a.xml", "no markup", "not XML"),
        ("a.csv", "x,y\n1,2\n", "no column"),
        ("a.csv", 'title\n"' + "a" * 1_000_001, "field"),
        ("a.bib", "nothing", "no BibTeX"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, text: str, message: str) -> None:
    documents, notes = read_bytes(text.encode(), name)
    assert documents == []
    assert message in notes[0].message
    assert notes[0].hint
    assert notes[0].fatal
