"""Texts -> relations between papers, with both ends and the predicate. All text is our own."""

from __future__ import annotations

import time

import pytest

from kg.extract.papers.phrases import find_paper_phrases
from kg.extract.relations.papers import find_paper_relations
from kg.extract.subjects import main_mentions
from kg.model import Kind

PAPERS = {"RiverNet": (), "DeltaMap": (), "Harbor": (), "Tidal": ()}


def relations_of(draft, *, beside=False):
    """The relations, those of the weakest rule only where asked for."""
    find_paper_relations(draft)
    names = {p.mention: p.name for p in draft.papers}
    main = main_mentions(draft)
    return [
        (names[main[r.subject]], r.predicate.value, names[main[r.object]])
        for r in draft.relations
        if beside == (r.rule == "papers.beside")
    ]


def in_text(build_draft, text):
    """The relations of ``text`` in the deep dive of RiverNet, in a document that knows all of PAPERS."""
    others = "\n".join(f"- {name} (arXiv 2601.0000{i})." for i, name in enumerate(PAPERS))
    draft = build_draft(f"== deep_dive | RiverNet: a small router\n{text}\n== quick_hits | Hits\n{others}", PAPERS)
    return relations_of(draft)


SAID = [
    ("RiverNet extends DeltaMap to long inputs.", [("RiverNet", "extends", "DeltaMap")]),
    ("It builds directly on DeltaMap (04-02).", [("RiverNet", "extends", "DeltaMap")]),
    (
        "The router is a follow-up to DeltaMap and Harbor.",
        [("RiverNet", "extends", "DeltaMap"), ("RiverNet", "extends", "Harbor")],
    ),
    ("Harbor and Tidal pull in opposite directions.", [("Harbor", "comparesWithPaper", "Tidal")]),
    ("Harbor and Tidal compose naturally.", [("Harbor", "composesWith", "Tidal")]),
    ("DeltaMap and Harbor both reach the same conclusion.", [("DeltaMap", "supports", "Harbor")]),
    (
        "Later methods like DeltaMap and Tidal all keep the router.",
        [("DeltaMap", "extends", "RiverNet"), ("Tidal", "extends", "RiverNet")],
    ),
    ("DeltaMap was extended by Harbor.", [("Harbor", "extends", "DeltaMap")]),
    ("Composition with the Harbor bound is the natural next step.", [("RiverNet", "composesWith", "Harbor")]),
    ("Composes cleanly with Tidal's cache.", [("RiverNet", "composesWith", "Tidal")]),
    ("Whether RiverNet composes with Tidal is untested.", [("RiverNet", "composesWith", "Tidal")]),
    ("The composition of DeltaMap and Tidal is open.", [("DeltaMap", "composesWith", "Tidal")]),
    ("Tidal is old. It contradicts the earlier claim of Harbor.", [("RiverNet", "contradicts", "Harbor")]),
    ("The result contradicts Harbor on short inputs.", [("RiverNet", "contradicts", "Harbor")]),
    ("Harbor is at odds with DeltaMap.", [("Harbor", "contradicts", "DeltaMap")]),
    ("This is independent confirmation of Harbor.", [("RiverNet", "supports", "Harbor")]),
    ("The margin is consistent with DeltaMap.", [("RiverNet", "supports", "DeltaMap")]),
    ("The bound matches Tidal's empirical results.", [("RiverNet", "supports", "Tidal")]),
    ("DeltaMap is confirmed by Harbor.", [("Harbor", "supports", "DeltaMap")]),
    ("RiverNet predicts Harbor works because the codebook is shared.", [("RiverNet", "explains", "Harbor")]),
    ("The codebook explains why DeltaMap saturates.", [("RiverNet", "explains", "DeltaMap")]),
    ("Unlike DeltaMap, RiverNet needs one pass.", [("RiverNet", "comparesWithPaper", "DeltaMap")]),
    ("It is the serving-side complement to Tidal.", [("RiverNet", "comparesWithPaper", "Tidal")]),
    ("RiverNet outperforms Harbor by four points.", [("RiverNet", "comparesWithPaper", "Harbor")]),
    ("Harbor says how far; this paper says which way.", [("RiverNet", "comparesWithPaper", "Harbor")]),
    ("The proof answers Harbor's open question.", [("RiverNet", "resolves", "Harbor")]),
    ("The text cross-references the Tidal scaling law (05-03).", [("RiverNet", "cites", "Tidal")]),
    ("DeltaMap picks the token, this picks the model. The two compose.", [("RiverNet", "composesWith", "DeltaMap")]),
    ("DeltaMap splits by layer. Harbor extended the same idea to time.", [("Harbor", "extends", "DeltaMap")]),
    (
        "DeltaMap and Tidal came first. RiverNet is the upstream version: it starts earlier.",
        [("RiverNet", "extends", "DeltaMap"), ("RiverNet", "extends", "Tidal")],
    ),
    ("Harbor, also today, gives the failure taxonomy for the codebook.", [("Harbor", "explains", "RiverNet")]),
    ("RiverNet is based on DeltaMap.", [("RiverNet", "extends", "DeltaMap")]),
    ("This continues DeltaMap's line of thought.", [("RiverNet", "extends", "DeltaMap")]),
    ("It borrows the codebook from DeltaMap.", [("RiverNet", "extends", "DeltaMap")]),
    ("The numbers cast doubt on Harbor.", [("RiverNet", "contradicts", "Harbor")]),
    ("The team could not reproduce Harbor.", [("RiverNet", "contradicts", "Harbor")]),
    ("The result is in agreement with Harbor.", [("RiverNet", "supports", "Harbor")]),
    ("The explanation also covers Tidal, last month's cache.", [("RiverNet", "explains", "Tidal")]),
    ("It shows why Tidal needs a warm start.", [("RiverNet", "explains", "Tidal")]),
    ("RiverNet could replace the scorer in Tidal.", [("RiverNet", "composesWith", "Tidal")]),
    ("The router is 2x faster than Tidal.", [("RiverNet", "comparesWithPaper", "Tidal")]),
    ("It finds 81 paths, against 64 for Harbor.", [("RiverNet", "comparesWithPaper", "Harbor")]),
    ("RiverNet has a weak spot that Harbor explains.", [("Harbor", "explains", "RiverNet")]),
    ("RiverNet leaves one gap, which Tidal closes.", [("Tidal", "resolves", "RiverNet")]),
    (
        "DeltaMap and Harbor inherit the same two-stage recipe.",
        [("DeltaMap", "extends", "RiverNet"), ("Harbor", "extends", "RiverNet")],
    ),
    ("DeltaMap proposed this idea earlier.", [("RiverNet", "extends", "DeltaMap")]),
    ("Harbor reports a counterexample at scale.", [("Harbor", "contradicts", "RiverNet")]),
    (
        "Most existing methods (DeltaMap, Harbor) route by layer.",
        [("RiverNet", "comparesWithPaper", "DeltaMap"), ("RiverNet", "comparesWithPaper", "Harbor")],
    ),
    ("Harbor claims that depth is free. RiverNet contradicts it with more data.", [("RiverNet", "contradicts", "Harbor")]),
    ("DeltaMap had split tokens, and RiverNet cites it.", [("RiverNet", "cites", "DeltaMap")]),
]


@pytest.mark.parametrize(("text", "relations"), SAID)
def test_what_is_said_of_two_papers(build_draft, text, relations):
    assert in_text(build_draft, text) == relations


@pytest.mark.parametrize(
    "text",
    [
        "RiverNet does not extend DeltaMap.",
        "It was never compared to Harbor.",
        "RiverNet and Harbor appeared this week.",
        "RiverNet extends the cache; Harbor is on something else.",
        "RiverNet confirms what most teams expected of their caches and what the vendors of Harbor said.",
        "The two compose.",
        "Weights extend to 70B.",
        "RiverNet extends it to long inputs.",  # what it means is not said
        "It is faster than before, and Harbor is out.",
        "A gate could replace the scorer, said the authors; Tidal has another.",
        "Most existing methods route by layer. Harbor is new.",
        "RiverNet does not contradict it. Harbor was early.",
        "One thing that Harbor has is a logo.",
    ],
)
def test_what_says_nothing_of_two_papers(build_draft, text):
    assert in_text(build_draft, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Harbor goes at the same trouble from the far end. This paper starts earlier.", True),
        ("This paper picks models. DeltaMap had picked tokens.", True),
        ("DeltaMap, Harbor and Tidal share the pattern. This paper does too.", False),  # a list is a thread
        ("The paper is short (see DeltaMap).", False),
        ("RiverNet does not extend DeltaMap.", False),  # what a cue says is no matter of nearness
        ("Tides rise. DeltaMap came out in March. Rivers fall.", False),
    ],
)
def test_a_paper_set_beside_another_in_its_own_text(build_draft, text, found):
    draft = build_draft(
        f"== deep_dive | RiverNet: a small router\nIt routes.\n{text}",
        {n: PAPERS[n] for n in PAPERS if n in text} | {"RiverNet": ()},
    )
    assert bool(relations_of(draft, beside=True)) is found


def test_it_is_said_of_the_last_paper_where_the_text_is_no_papers_own(build_draft):
    draft = build_draft(
        "== overview | Today\nHarbor bounds the regret. It extends DeltaMap.\nIt contradicts Tidal.",
        {k: PAPERS[k] for k in ("Harbor", "DeltaMap", "Tidal")},
    )
    assert relations_of(draft) == [("Harbor", "extends", "DeltaMap")]


def test_a_guess_is_less_sure_than_a_statement(build_draft):
    sure, guess = (
        build_draft(f"== body\n{s}", {"RiverNet": (), "Tidal": ()})
        for s in ("RiverNet composes with Tidal.", "RiverNet may compose with Tidal.")
    )
    find_paper_relations(sure)
    find_paper_relations(guess)
    assert guess.relations[0].confidence < sure.relations[0].confidence


def test_one_paper_alone_has_no_relations(build_draft):
    assert relations_of(build_draft("== body\nRiverNet extends RiverNet.", {"RiverNet": ()})) == []


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("The Many Roads paper gives the taxonomy.", "Many Roads"),
        ("It fits Many Roads' advice on memory.", "Many Roads"),
        ("Today's Sparse Training paper is short.", "Sparse Training"),
        ("The Roads Many paper is another.", None),
        ("The roads were many.", None),
        ("The Training paper says more.", None),  # two titles hold the word
    ],
)
def test_papers_named_by_a_part_of_their_title(build_draft, phrase, found):
    draft = build_draft(
        f"== quick_hits | Hits\n- The Many Roads to Sparse Training (arXiv 2601.00001). It is long.\n"
        f"- Training Rivers (arXiv 2601.00002). New.\n== body\n{phrase}",
        {"The Many Roads to Sparse Training": (), "Training Rivers": ()},
    )
    find_paper_phrases(draft)
    named = [m.name for m in draft.mentions if m.kind is Kind.PAPER and m.rule == "paper.phrase"]
    assert named == ([found] if found else [])
    assert all(main_mentions(draft)[a.b] == draft.papers[0].mention for a in draft.aliases)


def test_many_papers_in_a_long_sentence_take_no_time(build_draft):
    draft = build_draft(
        "== body\n" + "RiverNet extends Harbor, which RiverNet contradicts, unlike Harbor, " * 300,
        {"RiverNet": (), "Harbor": ()},
    )
    began = time.process_time()
    find_paper_relations(draft)
    assert time.process_time() - began < 2
