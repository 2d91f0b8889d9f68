"""Institutions and people: who a paper is from, who else is named.

Institutions of the vocabulary were added as mentions by ``find_terms``; here come those it does not know, and the people;
``affiliations`` links them to papers.
"""

from __future__ import annotations

import re

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.patterns import StemmedPattern
from kg.extract.people.affiliations import link_affiliations
from kg.model import BlockKind, Kind, Predicate, Relation, Role, Span

_INSTITUTIONS = frozenset({Kind.INSTITUTION})
_PAPERS = frozenset({Kind.PAPER})
_WORD = r"[A-Z][\w&.'’-]*"
_NAME = rf"{_WORD}(?: (?:(?:of|for|the|and|de|at) )?{_WORD}){{0,5}}"
#: Names that say themselves what they are; some nouns need words before them, some may have theirs behind.
_SHAPED = StemmedPattern(
    re.compile(
        rf"\b(?:(?:{_WORD} ){{0,3}}(?:University|Univ\.|Institute|College|Academy|School|Center|Centre|Laboratory) (?:of|for) "
        rf"{_NAME}|"
        rf"(?:{_WORD}(?: of)? ){{1,4}}(?:University|Institute|Institut|College|Polytechnic|Laborator(?:y|ies)|Labs?|Research|"
        r"Academy|Foundation|Inc\.?|Corporation|Corp\.?|GmbH|Ltd\.?|Technologies|Team|Group|Hospital|Intelligence))\b"
        r"(?! (?:[A-Z][a-z]+ )?(?:Models?|Agents?|Systems?|Learning|Transformers?)\b)"
    ),
    tuple(
        "Univ Inst College Academy School Cent Lab Polytech Research Foundation Inc Corp GmbH Ltd Technolog Team Group "
        "Hospital Intelligence".split()
    ),
)
_NOT_INSTITUTION = re.compile(
    r"^(?:The|This|Our|Deep|Recent|Prior|New|Future|Efficient|Large|Vision|Artificial|Machine|Business|Swarm|AI|Open|Gemini|Apple|General)\s+\w+$"
)
_ET_AL = StemmedPattern(refs.ET_AL, ("et al",))
_SAYS = "said says argues posted wrote released published claims explains shows announced proposes notes recently".split()
_PERSON = StemmedPattern(
    re.compile(
        r"\b([A-Z][a-zé]+(?: [A-Z]\.)?(?: (?:de|van|von|del|Mc)?[A-Z][a-zé]+){1,2})\b"
        rf"(?=['’]s\b| (?:{'|'.join(_SAYS)})\b)"
    ),
    ("'s", "’s", *_SAYS),
)


def find_institutions(draft: Draft) -> None:
    """Adds institutions by their shape, people by "et al.", possessives and verbs of saying, and the links to papers."""
    for index in range(len(draft.sentences)):
        block = draft.block_of(index)
        if draft.role_of(index) is Role.FURNITURE or block.kind in (BlockKind.CODE, BlockKind.DIAGRAM):
            continue
        _add_shaped(draft, index)
        _add_people(draft, index)
    _add_metadata_authors(draft)
    link_affiliations(draft)


def _add_shaped(draft: Draft, index: int) -> None:
    for m in draft.find_stemmed(_SHAPED, index):
        name = re.sub(r"^(?:The|At|From|By|In|A|For|With|On|To|And|Both|While|As|When)\s+", "", m.group())
        place = Span(m.end() - len(name), m.end())
        if len(name.split()) > 1 and not _NOT_INSTITUTION.match(name) and not draft.taken(place, _INSTITUTIONS | _PAPERS):
            draft.add_mention(place, Kind.INSTITUTION, "pattern.institution", confidence=0.8)


def _add_people(draft: Draft, index: int) -> None:
    for m in draft.find_stemmed(_ET_AL, index):
        draft.add_mention(Span(m.start(1), m.end(1)), Kind.PERSON, "pattern.et-al", confidence=0.8)
    for m in draft.find_stemmed(_PERSON, index):
        place = Span(m.start(1), m.end(1))
        if not draft.taken(place):
            draft.add_mention(place, Kind.PERSON, "pattern.person", confidence=0.6)


def _add_metadata_authors(draft: Draft) -> None:
    """Authors and affiliations that the source states outright stand in its text too: they are linked where they stand."""
    if len(draft.papers) != 1:
        return
    paper = draft.papers[0].mention
    for key, value in draft.document.metadata:
        kind = {"author": Kind.PERSON, "affiliation": Kind.INSTITUTION}.get(key)
        at = draft.text.find(value) if kind else -1
        sentence = draft.sentence_at(at) if at >= 0 else None
        if kind and sentence is not None:
            mention = draft.add_mention(Span(at, at + len(value)), kind, "metadata")
            predicate = Predicate.AUTHOR if kind is Kind.PERSON else Predicate.AFFILIATED_WITH
            draft.relations.append(Relation(paper, predicate, mention, sentence, "metadata"))
