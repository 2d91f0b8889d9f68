"""Scraped plain text: the input and the structure that is seen in it, side by side."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import BlockKind
from tests.test_read.helpers import outline, read_one

DIGEST = """\
Morning Fold | 2026-03-04
Folding came back today. Two papers say why.
TL;DR
- CacheFold (arXiv 2603.00001). Folds caches by three. Tier 1.
- RewardMap (arXiv 2603.00002). Draws maps of rewards. → summary
The Big Picture
Both papers reuse what is already there. That is cheap.
Deep Dives
CacheFold: folding caches at scale
Caches are the limit. Folding moves it.
Source: Some List Links: Paper · Wiki Tier: 1. caching, long context
Naive cache Folded cache
─────────── ────────────
keys ─► store keys ─► fold
│
▼
store, 3x smaller
The fold is small. It keeps a correction beside each pair.
Why it matters: memory is the limit.
δ-map: a small map
Maps need not be large. This one is not.
Source: Some List Links: Paper Tier: 2. maps
The map has eight cells. It is drawn once.
Industry Pulse
- LabCo raises $5M (Some News). It will hire.
Connecting the Dots
Thread #1: reuse. Both papers reuse.
Worth Watching
- Folding at 70B, 60 days. Somebody has to add it to
config/models.json:sizes.
Quick Hits
TinyFold (arXiv 2603.00003). A small fold. It runs on phones. → summary
Older Fold (arXiv 2601.00009). An old fold.
Sources ingested today: 12 papers, 3 posts | Pages updated: 4
"""


def test_digest() -> None:
    document = read_one(DIGEST, "x.txt")
    assert (document.publication, document.date, document.title) == (
        "Morning Fold",
        date(2026, 3, 4),
        "Morning Fold | 2026-03-04",
    )
    assert document.text == DIGEST
    assert outline(document) == [
        "== overview 1 Morning Fold | 2026-03-04",
        "paragraph | Folding came back today. Two papers say why.",
        "== tldr 1 TL;DR",
        "item | CacheFold (arXiv 2603.00001). Folds caches by three. Tier 1.",
        "item | RewardMap (arXiv 2603.00002). Draws maps of rewards.",
        "== overview 1 The Big Picture",
        "paragraph | Both papers reuse what is already there. That is cheap.",
        "== body 1 Deep Dives",
        "== deep_dive 2 CacheFold: folding caches at scale",
        "paragraph | Caches are the limit. Folding moves it.",
        "meta | Source: Some List Links: Paper · Wiki Tier: 1. caching, long context",
        "diagram | Naive cache Folded cache / ─────────── ──────────── / "
        "keys ─► store keys ─► fold / │ / ▼ / store, 3x smaller",
        "paragraph | The fold is small. It keeps a correction beside each pair.",
        "paragraph | Why it matters: memory is the limit.",
        "== deep_dive 2 δ-map: a small map",
        "paragraph | Maps need not be large. This one is not.",
        "meta | Source: Some List Links: Paper Tier: 2. maps",
        "paragraph | The map has eight cells. It is drawn once.",
        "== pulse 1 Industry Pulse",
        "item | LabCo raises $5M (Some News). It will hire.",
        "== threads 1 Connecting the Dots",
        "paragraph | Thread #1: reuse. Both papers reuse.",
        "== predictions 1 Worth Watching",
        "item | Folding at 70B, 60 days. Somebody has to add it to / config/models.json:sizes.",
        "== quick_hits 1 Quick Hits",
        "paragraph | TinyFold (arXiv 2603.00003). A small fold. It runs on phones.",
        "paragraph | Older Fold (arXiv 2601.00009). An old fold.",
        "furniture | Sources ingested today: 12 papers, 3 posts | Pages updated: 4",
    ]


def test_digest_with_empty_lines_between_all_is_the_same() -> None:
    spaced = read_one(DIGEST.replace("\n", "\n\n").replace("│\n\n", "│\n").replace("▼\n\n", "▼\n"), "x.txt")
    plain = read_one(DIGEST, "x.txt")
    keep = ("paragraph", "item", "meta", "==")
    split = "Somebody has to add it to"  # an empty line does end a bullet
    assert [k for k in outline(spaced) if k.startswith(keep) and split not in k and "config" not in k and "cache" not in k] == [
        k for k in outline(plain) if k.startswith(keep) and split not in k and "cache" not in k
    ]


BRIEF_ENTRIES = [
    "item 02 Training | Folding Caches at Scale Caches break at scale. CacheFold keeps them flat.",
    "item 03 Eval | RewardMap: A Map of Rewards Maps are rarely measured. RewardMap does.",
]


@pytest.mark.parametrize(
    ("between", "heads"),
    [
        ("\n", ["02 [Training]", "03 [Eval]"]),
        ("\n\n", ["02 [Training]", "03 [Eval]"]),
        (" ", ["02 [Training]", "03 [Eval]"]),
        ("\n", ["02 (Training)", "03 (Eval)"]),
        ("\n", ["**02** [Training]", "**03** [Eval]"]),
        ("\n\n", ["02 · Training ·", "03 · Eval ·"]),
        ("\n", ["02 Training:", "03 Eval:"]),
        ("\n", ["02\n[Training]\n", "03\n[Eval]\n"]),
    ],
)
def test_brief_layouts(between: str, heads: list[str]) -> None:
    bodies = [
        "Folding Caches at Scale Caches break at scale. CacheFold keeps them flat. link",
        "RewardMap: A Map of Rewards Maps are rarely measured. RewardMap does. link",
    ]
    entries = between.join(f"{head} {body}" for head, body in zip(heads, bodies, strict=True))
    head = (
        "← All issues\n§ BriefMar 4, 2026 · Issue 7 · Side Notes\n\nSide Notes - 2026-03-04\n\nfolding, maps, and rewards\n\n"
    )
    text = f"{head}Also Worth Noting\n\n{entries}\n"
    document = read_one(text, "x.txt")
    assert (document.publication, document.issue, document.date) == ("Side Notes", "7", date(2026, 3, 4))
    assert outline(document) == [
        "== furniture 1 -",
        "furniture | ← All issues",
        "meta | § BriefMar 4, 2026 · Issue 7 · Side Notes",
        "== threads 1 Side Notes - 2026-03-04",
        "paragraph | folding, maps, and rewards",
        "== entries 1 Also Worth Noting",
        *BRIEF_ENTRIES,
    ]


def test_numbered_entries_with_dots_and_titles_on_their_own_lines() -> None:
    document = read_one(
        "Side Notes - 2026-03-04\n2. CacheFold\nCaches break. CacheFold does not. link\n"
        "3. RewardMap\n\nMaps are measured. At last.\n",
        "x.txt",
    )
    assert outline(document)[1:] == [
        "item 2 | CacheFold / Caches break. CacheFold does not.",
        "item 3 | RewardMap /  / Maps are measured. At last.",
    ]


def test_a_number_in_running_text_starts_no_entry() -> None:
    document = read_one(
        "Side Notes - 2026-03-04\nQuick Hits\n70 papers came out. All were read.\n12 of them are here. Good.\n", "x.txt"
    )
    assert outline(document)[-2:] == [
        "paragraph | 70 papers came out. All were read.",
        "paragraph | 12 of them are here. Good.",
    ]


INDEX = """\
Garden of Folds

Caching, Product Design

0%

CacheFold (Folding Caches at Scale, 2026, LabCo, ICLR 2026) folds caches. The idea is small.

The authors fold keys in pairs. That keeps the paper's claim honest.

RewardMap (A Map of Rewards, 2025) draws maps of rewards. It has eight cells.

The map is drawn once. It is then reused for each task.

One of the NeurIPS 2025 papers asks how deep an index goes. Not deep.

Retrieval is slow. The paper on it is short.
"""


def test_blog_index_page() -> None:
    document = read_one(INDEX, "x.txt")
    assert document.publication == "Garden of Folds"
    assert document.sections[0].role == "entries"
    assert [b.kind.value for b in document.blocks] == ["heading", "furniture", "furniture"] + ["paragraph"] * 6


def test_posts_with_titles() -> None:
    document = read_one(
        "Garden of Folds\nHome\nCacheFold: a reading\n2026-03-02\nCacheFold folds caches. It is new.\nContinue reading →\n"
        "Maps in five minutes\n2026-03-01\nMaps are drawn. They are small.\nContinue reading →\n",
        "x.txt",
    )
    assert outline(document) == [
        "== entries 1 Garden of Folds",
        "furniture | Home",
        "== entries 2 CacheFold: a reading",
        "meta | 2026-03-02",
        "paragraph | CacheFold folds caches. It is new.",
        "furniture | Continue reading →",
        "== entries 2 Maps in five minutes",
        "meta | 2026-03-01",
        "paragraph | Maps are drawn. They are small.",
        "furniture | Continue reading →",
    ]


def test_lines_broken_at_a_width_are_joined() -> None:
    document = read_one(
        "A Fold a Day\n\nThe cache is the limit of long contexts today, and most of the fixes that\n"
        "people try are evictions. CacheFold does not evict. It folds the keys of\nneighbours into one.\n\n"
        "- A bullet that goes on for longer than one line of the page does, and so\n  it is broken here.\n"
        "- Another bullet of the same kind, which is also longer than one line of\n  the page.\n",
        "x.txt",
    )
    assert [b.kind.value for b in document.blocks] == ["heading", "paragraph", "item", "item"]


def test_words_of_other_digests_give_the_same_roles() -> None:
    headings = ["In brief", "Overview", "Paper of the day", "News", "Themes", "What to watch", "Also noted"]
    text = "Signals | 2026-03-04\nA start. It is short.\n" + "".join(
        f"{h}\nSome text here. It has sentences.\n" for h in headings
    )
    assert [s.role.value for s in read_one(text, "x.txt").sections] == [
        "overview", "tldr", "overview", "deep_dive", "pulse", "threads", "predictions", "quick_hits",
    ]  # fmt: skip


def test_abstract() -> None:
    body = "Long contexts need large caches. We present CacheFold, which folds neighbouring keys. " * 4
    document = read_one(f"CacheFold: Folding Caches\n\n{body}\n", "x.txt")
    assert [s.role.value for s in document.sections] == ["abstract"]


def test_addresses_are_links() -> None:
    document = read_one("Signals\n\nSee (https://x.org/a_(b)), or arxiv.org/abs/2603.00001. Both are good.\n", "x.txt")
    assert [(k.span.of(document.text), k.url) for k in document.links] == [
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("arxiv.org/abs/2603.00001", "https://arxiv.org/abs/2603.00001"),
    ]


def test_entries_right_below_the_themes() -> None:
    entries = "02 [Training] Folding Caches Caches break. They fold. link\n03 [Eval] A Map Maps are small. Good. link\n"
    themes = "caches that fold, maps that shrink, and rewards"
    for between, heading in (("", "-"), ("Short Reads\n", "Short Reads")):
        document = read_one(f"Side Notes - Issue 7 - 2026-03-04\n{themes}\n{between}{entries}", "x.txt")
        assert (document.publication, document.issue) == ("Side Notes", "7")
        assert outline(document)[:3] == [
            "== threads 1 Side Notes - Issue 7 - 2026-03-04",
            f"paragraph | {themes}",
            f"== entries 1 {heading}",
        ]


def test_numbered_titles_of_deep_dives() -> None:
    document = read_one(
        "Signals | 2026-03-04\nA start. It is short.\nDeep Dives\n1. CacheFold: folding\nIt folds. It works.\n"
        "2. RewardMap: maps\nMaps. Small ones.\n",
        "x.txt",
    )
    assert outline(document)[3:] == [
        "== deep_dive 2 CacheFold: folding",
        "paragraph | It folds. It works.",
        "== deep_dive 2 RewardMap: maps",
        "paragraph | Maps. Small ones.",
    ]


def test_a_title_that_asks_opens_a_deep_dive_and_a_question_in_the_text_does_not() -> None:
    document = read_one(
        "Signals | 2026-03-04\nA start. It is short.\nDeep Dives\nCacheFold: folding\nIt folds. It works.\n"
        "Stale but Useful: how old may a map be?\nMaps age. How old may they be?\nNobody knows. It is short.\n",
        "x.txt",
    )
    assert [line for line in outline(document) if line.startswith("==")][2:] == [
        "== deep_dive 2 CacheFold: folding",
        "== deep_dive 2 Stale but Useful: how old may a map be?",
    ]


def test_numbered_titles_with_a_paragraph_each_are_entries() -> None:
    document = read_one(
        "Daily Fold\nWednesday, March 4, 2026\n\n1. CacheFold: Folding\n\nIt folds. It works.\n\n"
        "2. RewardMap\n\nMaps. Small ones.\n",
        "x.txt",
    )
    assert (document.publication, document.date) == ("Daily Fold", date(2026, 3, 4))
    assert outline(document) == [
        "== entries 1 Daily Fold",
        "meta | Wednesday, March 4, 2026",
        "item 1 | CacheFold: Folding /  / It folds. It works.",
        "item 2 | RewardMap /  / Maps. Small ones.",
    ]


def test_titles_with_a_line_of_authors() -> None:
    document = read_one(
        "Fold Notes — Week 10, 2026\n\nResearch\n\n"
        "CacheFold: Folding\nAnn Bee et al., LabCo · arXiv:2603.00001\nIt folds. It works.\n",
        "x.txt",
    )
    assert document.publication == "Fold Notes"
    assert outline(document)[2:] == [
        "== entries 2 CacheFold: Folding",
        "meta | Ann Bee et al., LabCo · arXiv:2603.00001",
        "paragraph | It folds. It works.",
    ]


LETTER = """\
PAPER PIGEON
Issue 31 | Monday, April 6, 2026 | 4 min read | View in browser
A word on what came in
One paper came in. It is short.
1. TOP STORY: SMALL IS FINE
FoldNet: Folding at Scale (arXiv:2604.00001)
ETH Zurich, Mila
FoldNet folds. It is cheap.
SPONSORED
Buy our cloud. It is very soft.
2. CONNECTIONS
FoldNet and its peers share an idea. It is folding.
3. WHAT TO WATCH
Folding ships. Within 90 days a vendor will have it.
4. QUICK LINKS
LabCo opens an office in Oslo.
"""


def test_numbered_headings_in_capitals() -> None:
    document = read_one(LETTER, "x.txt")
    assert (document.publication, document.date, document.issue) == ("PAPER PIGEON", date(2026, 4, 6), "31")
    assert outline(document) == [
        "== overview 1 PAPER PIGEON",
        "meta | Issue 31 | Monday, April 6, 2026 | 4 min read | View in browser",
        "== body 1 A word on what came in",
        "paragraph | One paper came in. It is short.",
        "== body 1 TOP STORY: SMALL IS FINE",
        "paragraph | FoldNet: Folding at Scale (arXiv:2604.00001)",
        "paragraph | ETH Zurich, Mila",
        "paragraph | FoldNet folds. It is cheap.",
        "furniture | SPONSORED",
        "furniture | Buy our cloud. It is very soft.",
        "== threads 1 CONNECTIONS",
        "paragraph | FoldNet and its peers share an idea. It is folding.",
        "== predictions 1 WHAT TO WATCH",
        "paragraph | Folding ships. Within 90 days a vendor will have it.",
        "== pulse 1 QUICK LINKS",
        "paragraph | LabCo opens an office in Oslo.",
    ]


UNDERLINED = """\
Notes of a Reader
12 April 2026

TOP PAPERS
==========

FoldNet: Folding at Scale
-------------------------
FoldNet folds every weight that it finds on its way through the
network and unfolds what it needs again, which is cheaper than it
sounds to those who have tried it before on machines of their own
or on those of others, and it is not as slow as they said that it
would be.
https://arxiv.org/abs/2604.00001

A Map of Small Towns
--------------------
The map is small. It has eight cells.
https://arxiv.org/abs/2604.00002
"""


def test_underlined_headings() -> None:
    assert outline(read_one(UNDERLINED, "x.txt")) == [
        "== overview 1 Notes of a Reader",
        "meta | 12 April 2026",
        "== body 1 TOP PAPERS",
        "furniture | ==========",
        "== entries 2 FoldNet: Folding at Scale",
        "furniture | -------------------------",
        "paragraph | FoldNet folds every weight that it finds on its way through the / network and unfolds what it needs "
        "again, which is cheaper than it / sounds to those who have tried it before on machines of their own / "
        "or on those of others, and it is not as slow as they said that it / would be.",
        "meta | https://arxiv.org/abs/2604.00001",
        "== entries 2 A Map of Small Towns",
        "furniture | --------------------",
        "paragraph | The map is small. It has eight cells.",
        "meta | https://arxiv.org/abs/2604.00002",
    ]


def test_titles_over_their_authors() -> None:
    text = "Reading list, 14 April 2026\n\n" + "\n\n".join(
        f"[{i}] {title}\nAna Ruiz, Li Wei (ETH Zurich)\nhttps://arxiv.org/abs/2604.0000{i}\nIt folds. It is small."
        for i, title in enumerate(["Fold Twice", "Fold Once", "Never Fold"], 1)
    )
    found = outline(read_one(text, "x.txt"))
    assert [line for line in found if line.startswith("== ")] == [
        "== overview 1 Reading list, 14 April 2026",
        "== entries 2 Fold Twice",
        "== entries 2 Fold Once",
        "== entries 2 Never Fold",
    ]
    assert found.count("paragraph | Ana Ruiz, Li Wei (ETH Zurich)") == 3


def test_items_that_have_a_tag_and_no_number() -> None:
    """A brief whose items are paragraphs with a tag in front and a number behind."""
    text = (
        "Pier Memo - 2026-11-06\nTides for agents, and a cheaper harbour\n\n"
        "[Agents] TideBench: What Gets Lost at the Pier. Most systems fail there, unmeasured. TideBench measures. #1\n\n"
        "[RAG] Harbours With an Expiry Date. Dense indexes do not know the time, so they serve old tides as new ones. #2\n"
    )
    document = read_one(text, "memo.txt")
    items = [(b.tag, b.span.of(text)) for b in document.blocks if b.kind is BlockKind.ITEM]
    assert [tag for tag, _ in items] == ["Agents", "RAG"]
    assert items[0][1].startswith("TideBench: What")
    assert items[0][1].endswith("TideBench measures.")


NOTES_OF_FOUR = """\
The Weir | No. 3 | 2 December 2026
Two dams, one lock, and a reply

{first}
Most dams leak at the foot. This one leaks at the crown, and nobody has asked why.

A lock with two keys
Keys are easy to lose. The lock has two.

A reply from upstream
The authors wrote back. They agree.

The last word
Water goes down. It always did.
"""


def test_a_first_headline_is_one_where_the_others_stand_likewise() -> None:
    document = read_one(NOTES_OF_FOUR.format(first="Dams leak at the crown"), "x.txt")
    heads = [s.heading.of(document.text) for s in document.sections if s.heading]
    assert heads[1:] == ["Dams leak at the crown", "A lock with two keys", "A reply from upstream", "The last word"]


DATED = """\
Plumb Line
4 March 2027

Papers

WellBore (arXiv 2703.00001). Drills a well. It is deep.
WellCap (arXiv 2703.00002). Caps a well. It is tight.

Quick hits
PipeSort, 2703.00003, EPFL: a sorter of pipes. It sorts.
PipeBend, 2703.00004, KAIST: a bender of pipes. It bends.

What holds
Wells come first. Pipes come second, and both papers say so.

For the record
By June 2027: a bender of pipes ships. 60%.
By the end of 2027: two labs repeat the bend. 40%.
By 31 October 2027: wells are capped by default. 55%.
Our last record came true.
"""


def test_lines_that_begin_with_a_day_are_predictions() -> None:
    document = read_one(DATED, "x.txt")
    roles = [(s.heading.of(document.text), s.role.value) for s in document.sections if s.heading]
    assert roles[-2:] == [("What holds", "body"), ("For the record", "predictions")]


def test_a_table_with_a_column_of_days_is_one_of_predictions() -> None:
    rows = "| Bet | By | Odds |\n|:--|:--|--:|\n| A pipe above 9 m | 2027-09-30 | 60% |\n| A well in a town | Q3 2027 | 35% |\n"
    for heading, words in (("Bets on water", rows), ("Pipes", rows.replace("By", "Of"))):
        document = read_one(f"# Plumb\n\nText of the week.\n\n## {heading}\n\n{words}", "x.md")
        assert [s.role.value for s in document.sections][-1] == ("predictions" if words is rows else "body")


def test_a_heading_that_speaks_of_bets_over_dated_lines() -> None:
    lines = "- A port buys a buoy before 2029.\n- A rope ships in a winch by mid-2028.\n"
    for heading, role in (("Bets for the summer", "predictions"), ("Ports of the summer", "body")):
        document = read_one(f"# Plumb\n\nText of the week.\n\n## {heading}\n\n{lines}", "x.md")
        assert [s.role.value for s in document.sections][-1] == role


WIDTH = """\
THE SLUICE, a brief set to a width of seventy and sent out every week

(a) Two gates disagree about the water
Gates that open late waste less water than gates that open early, or so
it was believed. A count of nine gates says the reverse, and the authors
show it for three rivers of one country and for two of another one here.

(b) A gate that closes by itself in rain
Rain closes this gate before anyone is up. It was tried for one winter in
a village of nine hundred people, who slept through all of it, they say.
"""


def test_a_line_that_had_room_for_the_next_word_was_broken_on_purpose() -> None:
    document = read_one(WIDTH, "x.txt")
    heads = [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert heads[-2:] == ["(a) Two gates disagree about the water", "(b) A gate that closes by itself in rain"]


def test_the_head_of_a_mail_and_headings_between_rules() -> None:
    document = read_one(MAIL, "letter.txt")
    assert (document.title, document.date) == ("THE BOATHOUSE", date(2027, 3, 5))
    assert [s.heading.of(document.text) for s in document.sections if s.heading][1:] == ["A HULL WITHOUT A NAME", "NEWS"]
    assert not [b for b in document.blocks if b.kind is BlockKind.DIAGRAM]
    assert [(k.span.of(document.text), k.url[-5:]) for k in document.links[:1]] == [("[1]", "18001")]


MAIL = """\
From: The Boathouse <post@boathouse.example>
Subject: The Boathouse #12: knots that hold, a dry keel, and why I no longer
count the gulls
Date: Fri, 5 Mar 2027 07:00:00 +0000

THE BOATHOUSE
no. 12, 5 March 2027

Good morning from the quay. This letter has one paper that I have read with
care, and it has a number behind it that the last lines explain.

-------------------------------------------------
A HULL WITHOUT A NAME
-------------------------------------------------

Hulls are painted before they are named [1]. The rest of them are named
before they are painted, which is worse for the brush and for the ear.

-------------------------------------------------
NEWS
-------------------------------------------------

* A harbor closes for the winter and says so in a letter of three pages.

-------------------------------------------------
[1] https://arxiv.org/abs/2703.18001
"""
