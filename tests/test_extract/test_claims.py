"""Sentences -> claims: which are claims, their type, the paper they are about, whose voice it is. All text is our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.claims.cue_index import CueIndex, inflect, split_words
from kg.extract.claims.find import find_claims
from kg.extract.papers.heads import split_heads
from kg.extract.segment import segment
from kg.model import ClaimType, Document, Role, Voice

T = ClaimType


def claims_of(draft):
    """Each claim's words -> (type, paper's name)."""
    find_claims(draft)
    names = {p.mention: p.name for p in draft.papers}
    return {draft.words(draft.sentences[c.sentence].span): (c.type, names.get(c.paper)) for c in draft.claims}


# --------------------------------------------------------------------------------------------------------- which

NOT_CLAIMS = [
    "RiverNet (arXiv 2601.00001).",
    "Tier 2.",
    "Tier 2 systems signal.",
    "→ summary",
    "The layout is simple and elegant.",
    "The composition with RiverNet (04-02) is the productive read.",
    "Research angle: Three open questions.",
    "The second cluster is serving cost.",
    "Falsifiable: a lab that trains RiverNet on images and reports the gap.",
    "Read more",
    '"RiverNet" (Ruiz et al., arXiv 2601.00001).',
    "https://example.org/rivernet",
]


@pytest.mark.parametrize("sentence", NOT_CLAIMS)
def test_titles_pointers_and_praise_are_no_claims(build_draft, sentence):
    draft = build_draft(f"== quick_hits | Quick Hits\n- {sentence}\n- RiverNet halves the cost of routing.", {"RiverNet": ()})
    assert list(claims_of(draft)) == ["RiverNet halves the cost of routing."]


@pytest.mark.parametrize(
    "sentence",
    [
        "No retraining, no new data.",
        "+9 points on TideBench.",
        "Spectral routing via a frozen codebook of rivers.",
        "Acme overtakes Globex in cloud revenue (The Ledger).",
        "Twitter signal: RiverNet hits 61% on TideBench (@someone retweet).",
        "3.1x faster decoding at 7B scale.",
        "Cross-references RiverNet (05-03).",
    ],
)
def test_fragments_with_content_are_claims(build_draft, sentence):
    draft = build_draft(
        f"== quick_hits | Quick Hits\n- Harbor (arXiv 2601.00002). {sentence} It trains on text.",
        {"RiverNet": ()} if "RiverNet" in sentence else None,
    )
    assert sentence in claims_of(draft)


def test_headings_meta_lines_and_lines_of_themes_are_no_claims(build_draft):
    draft = build_draft(
        """
        == overview | Also Worth Reading
        Routing at scale, reward models, and agent memory
        ~ Source: Daily Papers Links: Paper Tier: 1. routing
        Routers now decide most of the cost.
        """
    )
    assert list(claims_of(draft)) == ["Routers now decide most of the cost."]


def test_clauses_of_a_table_row_are_claims_and_its_links_are_none(build_draft):
    draft = build_draft(
        "== entries | Week 3\n| 1) **RiverNet** - a new router for small models; cuts cost by 40%"
        " | [Paper](https://example.org), [Tweet](https://example.net)",
        {"RiverNet": ()},
    )
    assert claims_of(draft) == {
        "1) **RiverNet** - a new router for small models;": (T.DEFINITION, "RiverNet"),
        "cuts cost by 40%": (T.FINDING, "RiverNet"),
    }


def test_a_title_that_runs_into_its_sentence_is_cut_off(build_draft):
    draft = build_draft(
        "== entries | Briefs\n- RiverNet Routing for Small Models Most routers quietly break on long inputs."
        " RiverNet adds a codebook.",
        {"RiverNet Routing for Small Models": ("RiverNet",)},
    )
    split_heads(draft)
    assert [draft.words(s.span) for s in draft.sentences][1:3] == [
        "RiverNet Routing for Small Models",
        "Most routers quietly break on long inputs.",
    ]
    assert list(claims_of(draft)) == ["Most routers quietly break on long inputs.", "RiverNet adds a codebook."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It holds at 1.7B. The rest fails.", ["It holds at 1.7B.", "The rest fails."]),
        ("Cost grows by K. The loss stays.", ["Cost grows by K.", "The loss stays."]),
        ("They dilute attention. δ-cache keeps it.", ["They dilute attention.", "δ-cache keeps it."]),
        ("As J. Ruiz says, v2.5 wins.", ["As J. Ruiz says, v2.5 wins."]),
        ("See Fig. 3 and e.g. the cache.", ["See Fig. 3 and e.g. the cache."]),
    ],
)
def test_where_sentences_end(build_draft, text, sentences):
    draft = build_draft(f"== body\n{text}")
    assert [draft.words(s.span) for s in draft.sentences] == sentences


def test_split_heads_leaves_a_title_with_punctuation_alone(build_draft):
    draft = build_draft("== quick_hits | Hits\n- RiverNet (arXiv 2601.00001). It adds a codebook of rivers.", {"RiverNet": ()})
    before = list(draft.sentences)
    split_heads(draft)
    assert draft.sentences == before


# --------------------------------------------------------------------------------------------------------- types

TYPED = [
    ("RiverNet reaches 71.2% on TideBench.", T.FINDING),
    ("Accuracy drops from 60.1% to 52.4% once the cache is removed.", T.FINDING),
    ("Experiments show that routing errors explain the gap.", T.FINDING),
    ("RiverNet maps each prompt to a code and updates the router with a straight-through gradient.", T.MECHANISM),
    ("During training the encoder is conditioned on a noisy copy of the query.", T.MECHANISM),
    ("We propose a two-stage pipeline that first retrieves passages and then compresses them.", T.MECHANISM),
    ("RiverNet outperforms every dense baseline at the same budget.", T.COMPARISON),
    ("Unlike cascades, the router needs one pass.", T.COMPARISON),
    ("The two methods are complementary, not redundant.", T.COMPARISON),
    ("However, the paper does not evaluate models above 8B.", T.LIMITATION),
    ("Standard routers suffer from brittle thresholds and quietly lose recall.", T.LIMITATION),
    ("The gain may not survive on noisy traffic.", T.LIMITATION),
    ("Teams serving many small models should treat routing as a monitored metric.", T.RECOMMENDATION),
    ("For practitioners with tight budgets, this is worth adopting.", T.RECOMMENDATION),
    ("Worth reading as a companion to the cascade line.", T.RECOMMENDATION),
    ("Whether the router holds at a trillion tokens is an open question.", T.OPEN_QUESTION),
    ("Does the codebook need to grow with the model?", T.OPEN_QUESTION),
    ("Composition with speculative decoding is untested.", T.OPEN_QUESTION),
    ("Routing collapse (RC): every prompt lands on one expert.", T.DEFINITION),
    ("A routing regret is defined as the loss against the best expert.", T.DEFINITION),
]


@pytest.mark.parametrize(("sentence", "type_"), TYPED)
def test_types_follow_from_cues(build_draft, sentence, type_):
    draft = build_draft(
        f"== deep_dive | RiverNet: a small router\nThe setting is new and it matters.\n{sentence}", {"RiverNet": ()}
    )
    assert claims_of(draft)[sentence][0] is type_


def test_news_is_of_the_market_but_a_paper_in_the_news_is_not(build_draft):
    draft = build_draft(
        "== pulse | Industry Pulse\n- Acme raises $300M for inference chips (The Ledger). The round doubles its valuation."
        " RiverNet shows why routing errors matter.",
        {"RiverNet": ()},
    )
    types = [t for t, _ in claims_of(draft).values()]
    assert types == [T.MARKET, T.MARKET, T.FINDING]


def test_a_deep_dive_into_a_deal_is_of_the_market(build_draft):
    draft = build_draft(
        """
        == deep_dive | The Acme IPO
        The IPO prices the company at twelve times revenue. Enterprise customers are willing to pay for capacity.
        Investors expect more deals this quarter.
        """
    )
    assert {t for t, _ in claims_of(draft).values()} == {T.MARKET}


def test_headings_promise_types(build_draft):
    text = "== body | {}\nThe paper looks at English text and at a single domain."
    assert [t for t, _ in claims_of(build_draft(text.format("Limitations"))).values()] == [T.LIMITATION]
    assert [t for t, _ in claims_of(build_draft(text.format("Experimental results"))).values()] == [T.FINDING]


# -------------------------------------------------------------------------------------------------------- papers


def test_the_paper_is_that_of_the_stretch_the_subject_or_the_pronoun(build_draft):
    draft = build_draft(
        """
        == deep_dive | RiverNet: a small router
        The router keeps one codebook. DeltaMap (04-02) splits the codebook by layer.
        DeltaMap says where to split; this paper says when.
        Today's Harbor paper gives the bound.
        == overview | The Big Picture
        RiverNet routes by code. It trains in a day. Both lines meet this week.
        == threads | Connecting
        The year turns to routing. Harbor bounds the regret of any router. The paper needs no data.
        """,
        {"RiverNet": (), "DeltaMap": (), "Harbor": ("Harbor paper",)},
    )
    about = {words.split(" (")[0][:26]: paper for words, (_, paper) in claims_of(draft).items()}
    del about["Both lines meet this week."]
    assert about == {
        "The router keeps one codeb": "RiverNet",
        "DeltaMap": "DeltaMap",
        "DeltaMap says where to spl": "RiverNet",
        "Today's Harbor paper gives": "Harbor",
        "RiverNet routes by code.": "RiverNet",
        "It trains in a day.": "RiverNet",
        "The year turns to routing.": None,
        "Harbor bounds the regret o": "Harbor",
        "The paper needs no data.": "Harbor",
    }


def test_about_holds_the_other_entities_only(build_draft):
    draft = build_draft(
        "== deep_dive | RiverNet: a router\nRiverNet beats Harbor by a wide margin.", {"RiverNet": (), "Harbor": ()}
    )
    find_claims(draft)
    assert [draft.mentions[m].name for m in draft.claims[0].about] == ["Harbor"]


# -------------------------------------------------------------------------------------------------------- voices

VOICED = [
    ("RiverNet uses a codebook of 512 entries.", Voice.PAPER),
    ("The paper shows that the router saturates early.", Voice.PAPER),
    ("Accuracy reaches 71.2% on TideBench.", Voice.PAPER),
    ("Teams that serve many models should try it.", Voice.DOCUMENT),
    ("Worth tracking if the margin holds.", Voice.DOCUMENT),
    ("The wiki has followed this thread since March.", Voice.DOCUMENT),
    ("Why it matters: routing is the cleanest lever on cost today.", Voice.DOCUMENT),
]


@pytest.mark.parametrize(("sentence", "voice"), VOICED)
def test_voices(build_draft, sentence, voice):
    draft = build_draft(
        f"== deep_dive | RiverNet: a small router\nRouters map prompts to experts.\n{sentence}", {"RiverNet": ()}
    )
    find_claims(draft)
    assert next(s.voice for s in draft.sentences if draft.words(s.span) == sentence) is voice


def test_what_no_paper_says_and_what_is_foretold_is_the_documents(build_draft):
    draft = build_draft(
        "== overview | Today\nRouting is the new scaling.\n== predictions | Watch\n"
        "- RiverNet at scale, 90 days. RiverNet is small.",
        {"RiverNet": ()},
    )
    find_claims(draft)
    assert {s.voice for s in draft.sentences} == {Voice.DOCUMENT}


# ------------------------------------------------------------------------------------------------------ machinery


def test_the_cue_notation():
    index = CueIndex.build({"start": {2: "^use | ^any team"}, "verb": {1: "carry~"}, "gap": {3: "drop * into"}})
    found = lambda s: sorted(key for key, _, _ in index.find(split_words(s)))  # noqa: E731
    assert found("Use it when it carries weight") == ["start", "verb"]
    assert found("We use it") == []
    assert found("You can drop RiverNet into a stack") == ["gap"]
    assert inflect("route") == ("route", "routes", "routed", "routing")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .?!()[]*-:;\n12%$\"'", max_size=300))
def test_any_text_gives_claims_that_stand_in_it(text):
    draft = segment(Document("d", text, "", "s", "0", "text", sections=(), blocks=()))
    find_claims(draft)
    assert draft.claims == []


@pytest.mark.parametrize("unit", ["the very ", "( ", "**a** - ", "Why it matters: ", "1) ", "what if "])
def test_long_strange_text_takes_no_time(build_draft, unit):
    draft = build_draft(f"== {Role.BODY.value}\n{(unit * 12000)[:60000]}")
    began = time.process_time()
    find_claims(draft)
    assert time.process_time() - began < 2
