"""Texts -> threads: their labels and the papers on them. All text is our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.outlook.themes import assign_in_order, split_themes
from kg.extract.outlook.threads import find_threads
from kg.extract.subjects import main_mentions

PAPERS = {"RiverNet": (), "DeltaMap": (), "Harbor": ("Harbor paper",)}


def threads_of(draft):
    find_threads(draft)
    names = {p.mention: p.name for p in draft.papers}
    main = main_mentions(draft)
    return {t.label: [names[main[m]] for m in t.members] for t in draft.threads}


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        (
            "Cross-paper thread #1: routing becomes a science. RiverNet gives the rule. Harbor gives the bound.",
            "routing becomes a science",
        ),
        ("Thread 2 — routing grows up. RiverNet and Harbor agree.", "routing grows up"),
        ("Pattern: one codebook for all layers. See RiverNet; then Harbor.", "one codebook for all layers"),
        ("Practitioner signal. RiverNet is everywhere, and Harbor follows.", "Practitioner signal"),
        ("Serving cost: RiverNet cuts it, and Harbor bounds it.", "Serving cost"),
    ],
)
def test_paragraphs_of_a_section_of_connections(build_draft, paragraph, label):
    draft = build_draft(f"== threads | Connecting the Dots\n{paragraph}", {"RiverNet": (), "Harbor": ()})
    assert threads_of(draft) == {label: ["RiverNet", "Harbor"]}


def test_a_heading_below_connections_is_a_thread_with_its_papers(build_draft):
    draft = build_draft(
        "== threads | Routing becomes a science\nRiverNet gives a rule for small models.\nHarbor bounds what any rule can do.",
        {"RiverNet": (), "Harbor": ()},
    )
    assert threads_of(draft) == {"Routing becomes a science": ["RiverNet", "Harbor"]}


def test_clusters_and_named_threads_in_running_text(build_draft):
    draft = build_draft(
        """
        == overview | The Big Picture
        The first cluster is learned routing. RiverNet gives the rule, and DeltaMap refines it. The two meet in one codebook.
        The thread that ties the clusters together is the question of who pays.
        == deep_dive | Harbor: a bound
        The "route late, pay once" thread has been visible since RiverNet (04-01).
        The shared-codebook pattern is spreading. RiverNet uses one per model, DeltaMap one per layer.
        """,
        PAPERS,
    )
    assert threads_of(draft) == {
        "learned routing": ["RiverNet", "DeltaMap"],
        "who pays": [],
        "route late, pay once": ["RiverNet", "Harbor"],
        "shared-codebook pattern": ["Harbor", "RiverNet", "DeltaMap"],
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "The pattern is the same as in RiverNet.",
        "The same pattern is found in RiverNet and DeltaMap.",
        "The codebook is small.",
        'The "route late" idea is old.',
    ],
)
def test_other_sentences_name_no_thread(build_draft, sentence):
    assert threads_of(build_draft(f"== overview | Today\n{sentence} RiverNet and DeltaMap and Harbor.", PAPERS)) == {}


def test_the_themes_of_a_brief_get_the_entries_that_fit(build_draft):
    draft = build_draft(
        """
        == overview | Also Worth Reading
        Four papers on routing stability, safety audits, and merging worth reading this week
        == entries | Entries
        - RiverNet Routers are unstable on long inputs.
        - SafeHarbor An audit of agent safety in shared folders.
        - MergeMap Merging neurons keeps accuracy.
        - FoldNet Merging whole layers by folding them.
        """,
        {"RiverNet": (), "SafeHarbor": (), "MergeMap": (), "FoldNet": ()},
    )
    assert threads_of(draft) == {
        "routing stability": ["RiverNet"],
        "safety audits": ["SafeHarbor"],
        "merging": ["MergeMap", "FoldNet"],
    }


@pytest.mark.parametrize(
    ("line", "themes"),
    [
        ("KV caches at scale, reward models, and agent memory", ["KV caches at scale", "reward models", "agent memory"]),
        ("pruning and routing", ["pruning", "routing"]),
        ("Five papers on pruning, routing and audits from this week", ["pruning", "routing", "audits"]),
        (
            "*caches scored in advance, agents whose tools break, and audits.*",
            ["caches scored in advance", "agents whose tools break", "audits"],
        ),
        ("Also Worth Noting", []),
        ("The model beats its baseline, and it is small.", []),
        ("Routers fail, models break, and labs are sued", []),
        ("", []),
    ],
)
def test_split_themes(line, themes):
    assert split_themes(line) == themes


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 4).flatmap(lambda c: st.lists(st.lists(st.integers(0, 3), min_size=c, max_size=c), min_size=c, max_size=7))
)
def test_assignment_is_in_order_uses_every_theme_and_is_the_best(score):
    columns = len(score[0])
    chosen = assign_in_order(score)
    assert chosen == sorted(chosen)
    assert set(chosen) == set(range(columns))

    def total(row: int, column: int) -> float:
        if row == len(score) - 1:
            return score[row][column] if column == columns - 1 else float("-inf")
        return score[row][column] + max(total(row + 1, c) for c in (column, column + 1) if c < columns)

    assert sum(score[r][c] for r, c in enumerate(chosen)) == total(0, 0)
