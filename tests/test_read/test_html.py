"""Saved web pages: what is the document's, what is the page's."""

from __future__ import annotations

from datetime import date

from kg.read import read_bytes
from tests.test_read.helpers import outline, read_one, words

PAGE = """\
<!doctype html><html><head><title>Folding Caches - Garden of Folds</title>
<meta property="og:title" content="Folding Caches"><meta property="og:site_name" content="Garden of Folds">
<meta property="article:published_time" content="2026-03-04 00:24:11 +0800 CST"><meta name="author" content="Ann Bee">
<link rel="canonical" href="https://garden.example/folding"><script>var a = "<p>no</p>";</script></head>
<body><header><h1>Garden of Folds</h1></header><nav><a href="/">Home</a></nav>
<div class="sidebar"><p>Follow us.</p></div>
<article class="post tag-nlp"><h1>Folding Caches</h1><div class="post-meta">Read: 7min</div>
<p>CacheFold (<em>Folding Caches at Scale</em>, 2026) <strong>folds</strong>&nbsp;caches.
See <a href="https://arxiv.org/abs/2603.00001">the paper</a>.</p>
<h2 id="m">The method<a class="anchor" href="#m">#</a></h2>
<p>It holds that <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>
<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>
<span class="katex-html" aria-hidden="true">x2</span></span> is small.</p>
<ul><li>One item. It is short.</li><li><p>Two</p><ul><li>nested</li></ul></li></ul>
<ol start="3"><li>Third</li><li>Fourth</li></ol>
<table><thead><tr><th>Model</th><th>Score</th></tr></thead><tr><td>Base</td><td></td></tr><tr><td><b>Ours</b></td><td>64.5</td></tr></table>
<pre>keys ──► fold
 │
 ▼
store</pre><div class="highlight"><table><tr><td><pre>1
2</pre></td><td><pre><code>print(1)
x = 2</code></pre></td></tr></table></div>
<h2>References</h2><p>[1] A. Bee. Older work.</p>
<script>alert(1)</script><div class="share-buttons">Share</div></article>
<footer>Copyright</footer></body></html>"""


def test_page() -> None:
    document = read_one(PAGE, "page.html")
    assert (document.title, document.publication, document.date) == ("Folding Caches", "Garden of Folds", date(2026, 3, 4))
    assert document.url == "https://garden.example/folding"
    assert document.metadata == (("author", "Ann Bee"),)
    assert outline(document) == [
        "== overview 1 Folding Caches",
        "paragraph | CacheFold (Folding Caches at Scale, 2026) folds caches. See the paper.",
        "== body 1 The method",
        "paragraph | It holds that $x^2$ is small.",
        "item | One item. It is short.",
        "item | Two",
        "item | nested",
        "item 3 | Third",
        "item 4 | Fourth",
        "row | Model | Score",
        "row | Base |",
        "row | Ours | 64.5",
        "diagram | keys ──► fold /  │ /  ▼ / store",
        "code | print(1) / x = 2",
        "== furniture 1 References",
        "paragraph | [1] A. Bee. Older work.",
    ]
    assert [(k.span.of(document.text), k.url) for k in document.links] == [("the paper", "https://arxiv.org/abs/2603.00001")]
    assert words(document, document.emphasis) == ["Folding Caches at Scale", "folds", "Ours"]
    rows = [b for b in document.blocks if b.kind == "row"]
    assert [(b.header, words(document, b.cells)) for b in rows][:2] == [(True, ["Model", "Score"]), (False, ["Base", ""])]


def test_digest_page() -> None:
    document = read_one(
        "<html><head><title>Fold Letter #12 | Fold Letter</title></head><body><main>"
        "<h1>Fold Letter #12</h1><time datetime='2026-03-04'>4 Mar</time>"
        "<h2>Papers</h2><h3><a href='https://arxiv.org/abs/2603.00001'>CacheFold</a></h3>"
        "<p>It folds. It works.</p>"
        "<h4>Why</h4><p>Memory.</p>"
        "<h3>RewardMap</h3><p>It maps. It is small.</p><h2>Quick hits</h2>"
        "<p>02 [Training] Folding Caches break. They fold. <a href='/x'>link</a></p>"
        "</main></body></html>",
        "x.html",
    )
    assert (document.issue, document.date) == ("12", date(2026, 3, 4))
    assert [k for k in outline(document) if k.startswith(("==", "item", "heading"))] == [
        "== overview 1 Fold Letter #12",
        "== body 1 Papers",
        "== entries 2 CacheFold",
        "heading | Why",
        "== entries 2 RewardMap",
        "== quick_hits 1 Quick hits",
        "item 02 Training | Folding Caches break. They fold.",
    ]


def test_index_page_of_articles() -> None:
    posts = "".join(
        f"<article><h2><a href='https://x.org/{n}'>Post {n}</a></h2><p>Text of {n}. It is short.</p></article>" for n in "abc"
    )
    document = read_one(f"<html><head><title>Garden</title></head><body><main>{posts}</main></body></html>", "index.html")
    assert [(s.role.value, s.level) for s in document.sections] == [("entries", 2)] * 3


def test_words_in_attributes_and_scripts_are_never_text() -> None:
    document = read_one(
        "<p title='no'>An <img src=x onerror=alert(1)> image &lt;b&gt; here. Fine.</p><style>p{}</style>", "x.html"
    )
    assert document.text == "An image <b> here. Fine.\n"


def test_pages_without_text_and_other_encodings() -> None:
    documents, notes = read_bytes(b"<html><body><script>render()</script></body></html>", "x.html")
    assert documents == []
    assert "no text" in notes[0].message
    latin = "<meta charset='iso-8859-1'><p>Müller folds caches. Yes.</p>".encode("latin-1")
    assert read_bytes(latin, "x.html")[0][0].text == "Müller folds caches. Yes.\n"


def test_newsletter_set_in_tables_with_bold_titles() -> None:
    document = read_one(
        "<table><tr><td><table><tr><td><h1>Fold Letter</h1><p>March 4, 2026</p></td></tr><tr><td><h2>🔭 Deep dives</h2>"
        "<p><b>CacheFold</b></p><p>It folds. It <b>works</b>. <a href='https://arxiv.org/abs/2603.00001'>Read more</a></p>"
        "</td></tr></table></td></tr></table>",
        "letter.html",
    )
    assert (document.title, document.date) == ("Fold Letter", date(2026, 3, 4))
    assert outline(document)[2:] == [
        "== body 1 🔭 Deep dives",
        "== deep_dive 2 CacheFold",
        "paragraph | It folds. It works.",
    ]
