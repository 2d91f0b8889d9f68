"""Markdown: markup told from text, offsets in the file's own characters."""

from __future__ import annotations

from datetime import date

from kg.read import read_bytes
from tests.test_read.helpers import outline, read_one, words

DIGEST = """\
---
title: "Signal Digest"
date: 2026-03-04
author: A. Writer
---
<!-- not for readers -->
# Signal Digest

Two results arrive. Both concern caching.

**TL;DR**

- **CacheFold** ([paper](https://arxiv.org/abs/2603.00001)) folds by 3. [link](https://x.org/1)
- *RewardMap* is a long bullet
  that continues here. It ends.

## Deep Dives

### 1. CacheFold: folding caches

> Caches are big. They fold.

**Source:** [List](https://x.org/l) · **Tier:** 1

It uses `code` and [a map][m].

#### Why it matters

It is cheap. Really.

```
keys ──► fold
 │
 ▼
store 3.1x
```

```python
print(1)
```

Industry
--------

1. LabCo raises $5M. News.
2) Another one.

| Model | Score |
|:---|---|
| **Base** | |
| A\\|B | 2.5 |

## What to watch

* [ ] Folding at scale, 60 days. Someone will.

## Worth reading

**02** [Training] Folding Caches Caches break. CacheFold does not. link
**03** (Eval) A Map Maps are small.

[m]: https://x.org/map
"""


def test_digest() -> None:
    document = read_one(DIGEST, "x.md")
    assert (document.title, document.date) == ("Signal Digest", date(2026, 3, 4))
    assert ("author", "A. Writer") in document.metadata
    assert document.text == DIGEST
    assert outline(document) == [
        "== overview 1 Signal Digest",
        "paragraph | Two results arrive. Both concern caching.",
        "== tldr 1 TL;DR",
        "item | **CacheFold** ([paper](https://arxiv.org/abs/2603.00001)) folds by 3.",
        "item | *RewardMap* is a long bullet /   that continues here. It ends.",
        "== body 1 Deep Dives",
        "== deep_dive 2 CacheFold: folding caches",
        "paragraph | Caches are big. They fold.",
        "meta | **Source:** [List](https://x.org/l) · **Tier:** 1",
        "paragraph | It uses `code` and [a map][m].",
        "heading | Why it matters",
        "paragraph | It is cheap. Really.",
        "diagram | keys ──► fold /  │ /  ▼ / store 3.1x",
        "code | print(1)",
        "== pulse 1 Industry",
        "item 1 | LabCo raises $5M. News.",
        "item 2 | Another one.",
        "row | Model | Score",
        "row | **Base**",
        "row | A\\|B | 2.5",
        "== predictions 1 What to watch",
        "item | Folding at scale, 60 days. Someone will.",
        "== entries 1 Worth reading",
        "item 02 Training | Folding Caches Caches break. CacheFold does not.",
        "item 03 Eval | A Map Maps are small.",
    ]


def test_links_emphasis_and_cells() -> None:
    document = read_one(DIGEST, "x.md")
    assert [(k.span.of(document.text), k.url) for k in document.links] == [
        ("paper", "https://arxiv.org/abs/2603.00001"),
        ("link", "https://x.org/1"),
        ("List", "https://x.org/l"),
        ("a map", "https://x.org/map"),
    ]
    assert {"CacheFold", "RewardMap", "Base"} <= set(words(document, document.emphasis))
    rows = [b for b in document.blocks if b.kind == "row"]
    assert [(b.header, b.table, words(document, b.cells)) for b in rows] == [
        (True, 0, ["Model", "Score"]),
        (False, 0, ["**Base**", ""]),
        (False, 0, ["A\\|B", "2.5"]),
    ]


def weekly(heading: str, *names: str) -> str:
    rows = "".join(
        f"| {n}) **{name}** - folds; unfolds. | [Paper](https://arxiv.org/abs/2303.0000{n}), [Tweet](https://x.org/{n}) |\n"
        for n, name in enumerate(names, 1)
    )
    return f"## {heading}\n| **Paper** | **Links** |\n| --- | --- |\n{rows}\n---\n\n"


def test_weekly_lists_are_documents_each() -> None:
    text = "# Lists\n\n" + "".join(
        [
            weekly("Best of the Week (January 6 - January 12) - 2025", "CacheFold"),
            weekly("Best of the Week (December 30 - January 5) - 2025", "Foldy"),
            weekly("Best of the Week (December 23-29)", "RewardMap", "TinyFold"),
            weekly("Best of the Week (Dec 16 - Dec 22)", "Deep Index"),
        ]
    )
    documents, notes = read_bytes(text.encode(), "lists.md")
    assert notes == []
    assert [(d.part, d.date, d.publication) for d in documents] == [
        (0, date(2025, 1, 12), "Best of the Week"),
        (1, date(2025, 1, 5), "Best of the Week"),
        (2, date(2024, 12, 29), "Best of the Week"),
        (3, date(2024, 12, 22), "Best of the Week"),
    ]
    third = documents[2]
    assert third.text in text
    assert [s.role.value for s in third.sections] == ["entries"]
    rows = [b for b in third.blocks if b.kind == "row" and not b.header]
    assert [b.label for b in rows] == ["1", "2"]
    assert words(third, rows[1].cells) == [
        "2) **TinyFold** - folds; unfolds.",
        "[Paper](https://arxiv.org/abs/2303.00002), [Tweet](https://x.org/2)",
    ]
    assert len({d.id for d in documents}) == 4


def test_a_list_without_a_year_is_as_old_as_its_papers() -> None:
    document = read_one(weekly("Best of the Week (April 3 - April 9)", "CacheFold"), "list.md")
    assert document.date == date(2023, 4, 9)
    document = read_one(weekly("Best of the Week (April 3 - April 9)", "CacheFold"), "list-2024.md")
    assert document.date == date(2024, 4, 9)


def test_abstracts_one_below_the_other() -> None:
    document = read_one(
        "## CacheFold\n\nhttps://arxiv.org/abs/2603.00001\n\nWe fold caches. It works.\n\n"
        "## RewardMap\n\nhttps://arxiv.org/abs/2603.00002\n\nWe draw maps. They are small.\n",
        "abstracts.md",
    )
    assert outline(document) == [
        "== entries 2 CacheFold",
        "meta | https://arxiv.org/abs/2603.00001",
        "paragraph | We fold caches. It works.",
        "== entries 2 RewardMap",
        "meta | https://arxiv.org/abs/2603.00002",
        "paragraph | We draw maps. They are small.",
    ]
    assert [k.url for k in document.links] == ["https://arxiv.org/abs/2603.00001", "https://arxiv.org/abs/2603.00002"]


def test_numbered_headings_with_a_link_are_entries() -> None:
    document = read_one(
        "# ML Weekly\n\n## Week of March 2, 2026\n\n### 1. CacheFold\n[Paper](https://arxiv.org/abs/2603.00001) | [Code](https://x.org/c)\n\n"
        "It folds. It works.\n\n### 2. RewardMap\n\nMaps. [Read more](https://x.org)\n",
        "x.md",
    )
    assert (document.publication, document.date) == ("ML Weekly", date(2026, 3, 2))
    assert outline(document)[2:] == [
        "== entries 2 CacheFold",
        "meta | [Paper](https://arxiv.org/abs/2603.00001) | [Code](https://x.org/c)",
        "paragraph | It folds. It works.",
        "== entries 2 RewardMap",
        "paragraph | Maps.",
    ]


def test_markdown_without_markup_reads_like_plain_text() -> None:
    text = "Signals | 2026-03-04\n\nTL;DR\n\n- Folding is back. Two papers.\n\nQuick Hits\n\nTinyFold folds. It is small.\n"
    assert outline(read_one(text, "x.md")) == outline(read_one(text, "x.txt"))


def test_number_and_tag_inside_the_bold_title() -> None:
    document = read_one(
        "# Notes, issue 7 (2026-03-04)\n\n**02 [Training] Folding Caches.** Caches break.\n\n**03 [Eval] A Map.** Small.\n",
        "x.md",
    )
    assert (document.publication, document.issue) == ("Notes", "7")
    assert [(b.label, b.tag) for b in document.blocks[1:]] == [("02", "Training"), ("03", "Eval")]
    assert words(document, document.emphasis) == ["Folding Caches.", "A Map."]
