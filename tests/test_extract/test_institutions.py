"""Sentences -> institutions, people, and which paper they are of. All text is our own."""

from __future__ import annotations

import time
from functools import cache

import pytest

from kg.extract.papers.bylines import cut_byline, is_byline
from kg.extract.people.institutions import find_institutions
from kg.extract.terms.find import find_terms
from kg.extract.terms.gazetteer import Gazetteer
from kg.lexicon import load_concepts
from kg.model import Kind, Predicate, Span


@cache
def gazetteer():
    return Gazetteer.of(load_concepts())


def affiliations(draft):
    find_terms(draft, gazetteer())
    find_institutions(draft)
    label = {p.mention: p.name for p in draft.papers}
    return sorted(
        (label[draft.paper_of(r.subject)], draft.mentions[r.object].name)
        for r in draft.relations
        if r.predicate is Predicate.AFFILIATED_WITH
    )


#: What stands in the text of FoldNet's entry -> the institutions it is from.
SAID = [
    ("The authors are from Cornell University and NVIDIA.", ["Cornell University", "NVIDIA"]),
    ("It comes from Microsoft Research.", ["Microsoft Research"]),
    ("The team at KAIST releases the weights.", ["KAIST"]),
    ("ETH Zurich and Mila also release a data set.", ["ETH Zurich", "Mila"]),
    ("EPFL fits a power law to the losses.", ["EPFL"]),
    ("Researchers at Stanford University and Google DeepMind show why.", ["Google DeepMind", "Stanford University"]),
    ("The Allen Institute for AI team attributes this to the data.", ["Allen Institute for AI"]),
    ("It was built at Carnegie Mellon University in one summer.", ["Carnegie Mellon University"]),
    ("A group of the Riverside Institute for Quiet Machines tested it.", ["Riverside Institute for Quiet Machines"]),
    ("FoldNet (2026, NVIDIA, ICLR 2026) is small.", ["NVIDIA"]),
    ("Cornell University and Cohere.", ["Cohere", "Cornell University"]),
    ("It folds maps. Apple.", ["Apple"]),
    ("An NVIDIA H100 runs it in a second.", []),
    ("FoldNet beats the models of OpenAI and Anthropic.", []),
    ("OpenAI is said to be interested.", []),
]


def test_who_releases_what_a_row_is_headed_by(build_draft):
    draft = build_draft("- FoldNet - Cohere releases a small model. EPFL and Mila simulate it.", {"FoldNet": ()})
    assert affiliations(draft) == [("FoldNet", "Cohere"), ("FoldNet", "EPFL"), ("FoldNet", "Mila")]


@pytest.mark.parametrize(("sentence", "houses"), SAID)
def test_what_an_entry_says(build_draft, sentence, houses):
    draft = build_draft(f"== deep_dive | FoldNet\nFoldNet folds weights. {sentence}", {"FoldNet": ()})
    assert affiliations(draft) == [("FoldNet", house) for house in houses]


def test_an_apposition_is_of_the_paper_that_it_stands_behind(build_draft):
    text = "== deep_dive | FoldNet\nFoldNet echoes StillWater, a spring paper from the University of Oslo, in its second part."
    assert affiliations(build_draft(text, {"FoldNet": (), "StillWater": ()})) == [("StillWater", "University of Oslo")]


def test_the_first_lines_of_an_entry(build_draft):
    text = """
        == deep_dive | FoldNet: Folding at Scale
        Ana Ruiz, Li Wei et al. (ETH Zurich, Blue Heron Labs)
        FoldNet folds weights. OpenAI could use it.
    """
    draft = build_draft(text, {"FoldNet": ("FoldNet: Folding at Scale",)})
    assert affiliations(draft) == [("FoldNet", "Blue Heron Labs"), ("FoldNet", "ETH Zurich")]


BYLINES = {
    "Ana Ruiz et al. (ETH Zurich, NVIDIA)": True,
    "by Pia Lund": True,
    "Authors: Ana Ruiz, Li Wei": True,
    "Ana Ruiz, Li Wei, Omar Sy and Uma Fay": True,
    "Ana Ruiz and Li Wei": False,  # a title could be so
    "Sparse Attention, Dense Rewards": False,
    "Ana Ruiz wrote it with a friend": False,
    "": False,
}


@pytest.mark.parametrize(("line", "expected"), BYLINES.items())
def test_bylines(line, expected):
    assert is_byline(line) is expected


def test_two_names_below_a_title_are_authors():
    assert is_byline("Ana Ruiz and Li Wei", below_title=True)
    assert is_byline("*Pia Lund (KTH)*", below_title=True)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Learning by Doing Less by Ana Ruiz et al. (ETH Zurich)", "Learning by Doing Less"),
        ("Quiet Layers Speak Last (412 upvotes)", "Quiet Layers Speak Last"),
        ("Learning by Doing", "Learning by Doing"),
        ("Routing by Meaning and Form", "Routing by Meaning and Form"),
    ],
)
def test_a_title_without_its_byline(line, title):
    assert cut_byline(line, Span(0, len(line))).of(line) == title


def test_people(build_draft):
    draft = build_draft("Hale et al. disagree. Pia Lund argues that folding is enough.")
    find_institutions(draft)
    assert [m.name for m in draft.mentions if m.kind is Kind.PERSON] == ["Hale", "Pia Lund"]


def test_hostile_lines_take_no_time(build_draft):
    started = time.process_time()
    is_byline("Aa Bb " * 99)
    is_byline("A. " * 190 + "(")
    draft = build_draft("University of " * 4000 + "\n" + "A, " * 4000 + "\n" + "(" * 4000)
    find_institutions(draft)
    assert time.process_time() - started < 3
