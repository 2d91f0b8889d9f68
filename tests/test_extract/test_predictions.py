"""Texts -> predictions: label, horizon, due date, status, what they are about. All text is our own."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.outlook.horizons import find_horizons
from kg.extract.outlook.predictions import find_predictions
from kg.model import PredictionStatus

ISSUED = date(2026, 5, 13)


def predictions_of(draft):
    find_predictions(draft)
    return [(p.label, p.horizon_days, str(p.due) if p.due else None) for p in draft.predictions]


# ------------------------------------------------------------------------------------------------------ horizons

HORIZONS = [
    ("90 days", 90, "2026-08-11"),
    ("within six months", 184, "2026-11-13"),
    ("over the next two weeks", 14, "2026-05-27"),
    ("in 2-3 weeks", 21, "2026-06-03"),
    ("a 60-day bet", 60, "2026-07-12"),
    ("for the next year", 365, "2027-05-13"),
    ("next quarter", 92, "2026-08-13"),
    ("within 18 months", 549, "2027-11-13"),
    ("within one month", 31, "2026-06-13"),
    ("by Q3 2026", 140, "2026-09-30"),
    ("by Q1 2027", 322, "2027-03-31"),
    ("by the end of 2026", 232, "2026-12-31"),
    ("before mid-2027", 413, "2027-06-30"),
    ("before September", 110, "2026-08-31"),
    ("before March 2027", 291, "2027-02-28"),
    ("before Q4 2026", 140, "2026-09-30"),
    ("before 2027", 232, "2026-12-31"),
    ("by 2026-09-01", 111, "2026-09-01"),
    ("by September 1, 2026", 111, "2026-09-01"),
    ("by 1 September", 111, "2026-09-01"),
    ("by March", 322, "2027-03-31"),
    ("by year-end", 232, "2026-12-31"),
    ("in H2 2026", 232, "2026-12-31"),
    ("(Q4 2026)", 232, "2026-12-31"),
    ("by the end of next year", 597, "2027-12-31"),
]


@pytest.mark.parametrize(("words", "days", "due"), HORIZONS)
def test_horizons(words, days, due):
    found = find_horizons(f"A claim holds, {words}.", ISSUED)
    assert [(h.days, str(h.due)) for h in found] == [(days, due)]


def test_a_month_without_that_day_ends_with_its_last():
    assert [str(h.due) for h in find_horizons("It will ship within one month.", date(2026, 1, 31))] == ["2026-02-28"]


@pytest.mark.parametrize("words", ["a paper in 2025", "by 2026-13-45", "version 3 days", "layer 12", "the day after", "0 days"])
def test_no_horizon(words):
    assert [h for h in find_horizons(words, ISSUED) if h.ahead] == []


def test_without_a_date_a_period_has_days_and_a_deadline_its_day():
    assert [(h.days, h.due) for h in find_horizons("within 30 days or by Q2 2027", None)] == [
        (30, None),
        (None, date(2027, 6, 30)),
    ]


# ------------------------------------------------------------------------------------------- predictions sections

ITEMS = [
    (
        "Router at frontier scale, 90 days. RiverNet is small. Falsifiable: a run at 70B.",
        "Router at frontier scale",
        90,
        "2026-08-11",
    ),
    ("Watch for a public copy of RiverNet (60 days).", "a public copy of RiverNet", 60, "2026-07-12"),
    ("**Codebooks everywhere** (90 days): three labs will ship one.", "Codebooks everywhere", 90, "2026-08-11"),
    ("90 days: eviction and quantization merge.", "eviction and quantization merge", 90, "2026-08-11"),
    (
        "By the end of 2026 at least one lab will ship a routed 1T model.",
        "at least one lab will ship a routed 1T model",
        232,
        "2026-12-31",
    ),
    ("Energy benchmark, 90 days. Falsifiable: a benchmark by Q3 2026.", "Energy benchmark", 90, "2026-08-11"),
    ("Routing on energy. Within six months a router will optimize for it.", "Routing on energy", 184, "2026-11-13"),
    ("Open weights catch up — 6 months. The gap shrinks.", "Open weights catch up", 184, "2026-11-13"),
    ("Prediction #2: agents keep belief states within two quarters.", "agents keep belief states", 184, "2026-11-13"),
    ("Do routers scale? Falsifiable: a paper in 120 days that says so.", "Do routers scale?", 120, "2026-09-10"),
]


@pytest.mark.parametrize(("item", "label", "days", "due"), ITEMS)
def test_items_of_a_predictions_section(build_draft, item, label, days, due):
    draft = build_draft(f"== predictions | Worth Watching\n- {item}")
    assert predictions_of(draft) == [(label, days, due)]


@pytest.mark.parametrize(
    "item",
    [
        "Underrated from the weekly board. The Harbor paper is worth reading as the complement.",
        "Two independent papers, one week, same diagnosis.",
        "Rising authors: none this week.",
    ],
)
def test_reading_tips_are_no_predictions(build_draft, item):
    assert predictions_of(build_draft(f"== predictions | Worth Watching\n- {item}")) == []


def test_a_heading_may_give_the_horizon_for_all(build_draft):
    draft = build_draft(
        "== predictions | Predictions for the next 60 days\n- Codebooks shrink. They need fewer entries.\n- Routers merge."
    )
    assert predictions_of(draft) == [("Codebooks shrink", 60, "2026-07-12"), ("Routers merge", 60, "2026-07-12")]


def test_what_a_prediction_is_about(build_draft):
    draft = build_draft(
        "== predictions | Watch\n- Composition of RiverNet and Harbor, 60 days. RiverNet may be enough.",
        {"RiverNet": (), "Harbor": ()},
    )
    find_predictions(draft)
    assert [draft.mentions[m].name for m in draft.predictions[0].about] == ["RiverNet", "Harbor"]


def test_a_document_without_a_date_has_predictions_without_due_dates(build_draft):
    draft = build_draft("== predictions | Watch\n- Routers merge, 60 days. They will.", issued=None)
    assert predictions_of(draft) == [("Routers merge", 60, None)]


# -------------------------------------------------------------------------------------------------- running text

IN_TEXT = [
    (
        "The taxonomy will be the standard reference for the next year of routing work.",
        "taxonomy will be the standard reference of routing work",
        365,
    ),
    (
        "If the thesis holds, the routing literature gets rewritten on energy in the next 90 days.",
        "routing literature gets rewritten on energy",
        90,
    ),
    ("Every major lab will ship a router by the end of 2026.", "Every major lab will ship a router", 232),
]


@pytest.mark.parametrize(("sentence", "label", "days"), IN_TEXT)
def test_dated_statements_about_the_future(build_draft, sentence, label, days):
    assert [(p[0], p[1]) for p in predictions_of(build_draft(f"== body\n{sentence}"))] == [(label, days)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Will prices track carbon by 2027?",
        "Whoever ships it first sets the standard for the next two years.",
        "The lab trained the router for two weeks and will report later.",
        "Routers have been improving over the next layers.",
        "The model will see 90 tokens.",
    ],
)
def test_questions_and_the_past_are_no_predictions(build_draft, sentence):
    assert predictions_of(build_draft(f"== body\n{sentence}")) == []


# ------------------------------------------------------------------------------------------------------ resolved


def test_a_prediction_that_came_true_is_one_however_often_it_is_told(build_draft):
    draft = build_draft(
        """
        == tldr | TL;DR
        - Harbor (arXiv 2601.00002). Resolves the 12-May 60-day router-collapse prediction in a day. It has three modes.
        == threads | Connecting the Dots
        The 12-May issue predicted a collapse of learned routers in 60 days. The Harbor paper resolves the prediction.
        """,
        {"Harbor": ("Harbor paper",)},
    )
    find_predictions(draft)
    (p,) = draft.predictions
    assert (p.label, p.horizon_days, p.due, p.status) == (
        "a collapse of learned routers",
        60,
        date(2026, 7, 11),
        PredictionStatus.RESOLVED,
    )
    assert p.resolved_by is not None
    assert draft.mentions[p.resolved_by].name in ("Harbor", "Harbor paper")


@pytest.mark.parametrize(
    ("sentence", "label", "due"),
    [
        ("Last week's 30-day forecast that merging beats pruning was confirmed.", "merging beats pruning", "2026-06-05"),
        ("RiverNet settles our 2026-04-01 90-day bet on open routers.", "open routers", "2026-06-30"),
        ("Yesterday's 14-day cheap-reranker prediction came true.", "cheap-reranker", "2026-05-26"),
        ("The 1-May issue predicted a free router within 30 days; RiverNet closes that bet.", "a free router", "2026-05-31"),
    ],
)
def test_ways_to_say_that_a_prediction_is_resolved(build_draft, sentence, label, due):
    draft = build_draft(f"== body\n{sentence}")
    find_predictions(draft)
    assert [(p.label, str(p.due), p.status.value) for p in draft.predictions] == [(label, due, "resolved")]


def test_an_earlier_prediction_that_nothing_resolves_is_left_out(build_draft):
    assert predictions_of(build_draft("== body\nThe 12-May issue predicted a collapse of routers in 60 days. We wait.")) == []


# ------------------------------------------------------------------------------------------------------ machinery


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="by within next 0123456789-dayweqQHmont.,;:()", max_size=120))
def test_horizons_stand_in_the_text_in_order(text):
    found = find_horizons(text, ISSUED)
    assert all(0 <= h.start < h.end <= len(text) for h in found)
    assert [h.start for h in found] == sorted(h.start for h in found)
    assert all(h.due is None or h.due > ISSUED for h in found)


@pytest.mark.parametrize("unit", ["by ", "the next ", "the end of ", "90 ", "60-day a b ", "if a, "])
def test_long_strange_text_takes_no_time(unit):
    began = time.process_time()
    find_horizons((unit * 30000)[:100_000], ISSUED)
    assert time.process_time() - began < 2


# ---------------------------------------------------------------------------------------------- numbered forecasts


def test_a_number_with_its_date_leads_a_prediction(build_draft):
    draft = build_draft(
        "== predictions | Predictions\n"
        "P-7 (by 2026-09-30, 65%). A folded cache in a released engine. In its main branch, that is.\n"
        "P-8 (60 days, 40%). Two labs repeat the count.\n"
    )
    assert predictions_of(draft) == [
        ("A folded cache in a released engine", 140, "2026-09-30"),
        ("Two labs repeat the count", 60, "2026-07-12"),
    ]


def test_a_period_that_stands_alone_is_until_when(build_draft):
    draft = build_draft(
        "== predictions | Predictions\n"
        "- A queue under 3 months for the canal. 120 days. Falsifier: no boat waits less.\n"
        "- 70%: a lock is sold before March 2027.\n"
    )
    assert predictions_of(draft) == [
        ("A queue under 3 months for the canal", 120, "2026-09-10"),
        ("a lock is sold", 291, "2027-02-28"),
    ]


def test_a_column_of_dates_says_until_when(build_draft):
    draft = build_draft(
        "== predictions | Predictions\n| 26-04 | A planner above 80% on the kitchen benchmark | 2026-12-31 | 70% |\n"
        "| 26-05 | Gate maps in a browser | 90 days | 35% |\n"
    )
    assert predictions_of(draft) == [
        ("A planner above 80% on the kitchen benchmark", 232, "2026-12-31"),
        ("Gate maps in a browser", 90, "2026-08-11"),
    ]


def test_a_bet_in_running_text(build_draft):
    draft = build_draft("I would also bet that a vendor ships folding before the end of 2026.")
    assert predictions_of(draft) == [("a vendor ships folding", 232, "2026-12-31")]


def test_what_the_publication_will_bring_is_no_prediction(build_draft):
    draft = build_draft(
        "Still here: a queue of caches, which we will cover next week.\nPart 9 will be about ropes next month.\n"
        "Next Friday: we expect open weights of the loom before the end of May 2026, and will run them if so.\n"
    )
    assert predictions_of(draft) == [("open weights of the loom", 18, "2026-05-31")]


def test_a_paragraph_that_says_that_it_looks_ahead(build_draft):
    text = "Our bets this month: A free router wins by October 2026 (Ana, 60%). Nobody notices before 2027."
    assert [p[0] for p in predictions_of(build_draft(f"== body\n{text}"))] == ["free router wins", "Nobody notices"]


def test_items_that_close_earlier_predictions(build_draft):
    draft = build_draft(
        "== predictions | Predictions\n"
        "P-12 from 03-02 is resolved. We had asked for a small open teacher in 60 days; GateKeep came in 41.\n"
        "Closed: 26-03 (gate maps in a browser) expired on 30 April without a result.\n",
        {"GateKeep": ()},
    )
    find_predictions(draft)
    assert [(p.label, p.status, str(p.due), p.resolved_by is not None) for p in draft.predictions] == [
        ("a small open teacher", PredictionStatus.RESOLVED, "2026-05-01", True),
        ("gate maps in a browser", PredictionStatus.EXPIRED, "2026-04-30", False),
    ]


def test_numbers_odds_and_days_before_a_prediction_are_no_part_of_it(build_draft):
    draft = build_draft(
        "== predictions | Predictions\n"
        "- #31 (55%, by Q4 2026): a bird flies with free feathers.\n"
        "- Q3 2026 — a lamp without a wick is sold.\n"
        "- 2026-12-31: somebody asks the moths.\n"
    )
    assert predictions_of(draft) == [
        ("a bird flies with free feathers", 232, "2026-12-31"),
        ("a lamp without a wick is sold", 140, "2026-09-30"),
        ("somebody asks the moths", 232, "2026-12-31"),
    ]


def test_the_state_of_a_prediction_is_a_mark_before_it_and_its_dates_are_fields(build_draft):
    draft = build_draft(
        "== predictions | Prediction tracker\n"
        "- `open` **Two labs repeat the count** · made 2026-05-13 · horizon 60 days. A preprint will do.\n"
        "- [open] A folded cache in an engine · made 2026-05-13 · due 2026-09-30.\n"
        "- `missed` **A fold at 7B** · made 2026-01-10 · due 2026-05-01. Nobody tried.\n"
    )
    find_predictions(draft)
    assert [(p.label, p.horizon_days, p.due.isoformat(), p.status) for p in draft.predictions] == [
        ("Two labs repeat the count", 60, "2026-07-12", "open"),
        ("A folded cache in an engine", 140, "2026-09-30", "open"),
        ("A fold at 7B", None, "2026-05-01", "expired"),
    ]
