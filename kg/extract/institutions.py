"""Institutions and people: who a paper is from, who else is named.

Institutions of the vocabulary were added as mentions by ``find_terms``; here come those it does not know, the people, and the
links of both to papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import references as refs
from kg.extract.draft import Draft
from kg.model import BlockKind, Kind, Predicate, Relation, Role, Span

_INSTITUTIONS = frozenset({Kind.INSTITUTION})
_PAPERS = frozenset({Kind.PAPER})
_NAME = r"[A-Z][\w&.'’-]*(?: (?:of|for|the|and|de|at)(?= [A-Z]))?(?: [A-Z][\w&.'’-]*(?: (?:of|for|the|de|at)(?= [A-Z]))?){0,5}"
#: Names that say themselves what they are.
_SHAPED = re.compile(
    rf"\b(?:(?:University|Institute|College|Academy|School) of {_NAME}|"
    rf"(?:[A-Z][\w&.'’-]*(?: of)? ){{1,4}}(?:University|Institute|Institut|College|Polytechnic|Laboratory|Laboratories|Labs?|Research|Academy|"
    rf"Foundation|Inc\.?|Corporation|Corp\.?|GmbH|Ltd\.?|Technologies|Team|Group|Hospital|Intelligence))\b"
)
_NOT_INSTITUTION = re.compile(
    r"^(?:The|This|Our|Deep|Recent|Prior|New|Future|Artificial|Machine|Business|Swarm|AI|Open|Gemini|Apple|General)\s+\w+$"
)
_FROM = re.compile(
    r"\b(?:from|by|at|of|authors? (?:are|is|come) from|researchers? (?:at|from)|teams? (?:at|from)|group (?:at|from)|led by)\s+(?:the\s+)?(?:same\s+)?"
    r"(?:researchers (?:at|from)\s+)?$",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"(?:['’]s)?\s+(?:team(?:'s)?\s+)?(?:papers?|work|study|preprint|NLP group|researchers?|team|group|authors?)\b"
)
_LIST_LINK = re.compile(r"^\s*(?:,|and|&|/|, and|as well as|with)\s*(?:the\s+)?$")
_PERSON = re.compile(
    r"\b([A-Z][a-zé]+(?: [A-Z]\.)?(?: (?:de|van|von|del|Mc)?[A-Z][a-zé]+){1,2})\b(?=['’]s\b| (?:said|says|argues|posted|wrote|released|published|claims|explains|shows|announced|proposes|notes|recently)\b)"
)
_AUTHOR_WORDS = frozenset({"et", "al"})


def find_institutions(draft: Draft) -> None:
    """Adds institutions by their shape, people by "et al.", possessives and verbs of saying, and the links to papers."""
    for index, sentence in enumerate(draft.sentences):
        block = draft.block_of(index)
        if draft.role_of(index) is Role.FURNITURE or block.kind in (BlockKind.CODE, BlockKind.DIAGRAM):
            continue
        _add_shaped(draft, sentence.span)
        _add_people(draft, index)
    _add_metadata_authors(draft)
    for index in range(len(draft.sentences)):
        _link(draft, index)


def _add_shaped(draft: Draft, span: Span) -> None:
    for m in _SHAPED.finditer(draft.text, span.start, span.end):
        name = re.sub(r"^(?:The|At|From|By|In|A)\s+", "", m.group())
        place = Span(m.end() - len(name), m.end())
        if len(name.split()) > 1 and not _NOT_INSTITUTION.match(name) and not draft.taken(place, _INSTITUTIONS | _PAPERS):
            draft.add_mention(place, Kind.INSTITUTION, "pattern.institution", confidence=0.8)


def _add_people(draft: Draft, index: int) -> None:
    span = draft.sentences[index].span
    for m in refs.ET_AL.finditer(draft.text, span.start, span.end):
        draft.add_mention(Span(m.start(1), m.end(1)), Kind.PERSON, "pattern.et-al", confidence=0.8)
    for m in _PERSON.finditer(draft.text, span.start, span.end):
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


# ----------------------------------------------------------------------------------------------------------------- links


def _link(draft: Draft, index: int) -> None:
    """Ties the institutions of one sentence to the paper that it says they are of."""
    span = draft.sentences[index].span
    institutions = draft.mentions_in(span, _INSTITUTIONS)
    if not institutions:
        return
    linked: set[int] = set()
    for paper in draft.mentions_in(span, _PAPERS):
        for institution, rule, confidence in _of_paper(draft, span, paper, institutions):
            linked.add(institution)
            _relate(draft, draft.paper_of(paper), institution, index, rule, confidence)
    owner = draft.paper_at(span.start)
    if owner is None:
        return
    previous: int | None = None
    for institution in institutions:
        place = draft.mentions[institution].span
        stated = _FROM.search(draft.text, max(span.start, place.start - 60), place.start)
        possessed = _POSSESSED.match(draft.text, place.end, min(span.end, place.end + 40))
        chained = previous is not None and _LIST_LINK.match(draft.text[draft.mentions[previous].span.end : place.start])
        if institution not in linked and (
            (stated and _of_authors(draft, span, place)) or possessed or (chained and previous in linked)
        ):
            linked.add(institution)
            _relate(draft, owner, institution, index, "affiliation.stated", 0.8)
        previous = institution
    for before, after in zip(institutions[-2::-1], institutions[:0:-1], strict=True):
        between = draft.text[draft.mentions[before].span.end : draft.mentions[after].span.start]
        if after in linked and before not in linked and _LIST_LINK.match(between):
            linked.add(before)
            _relate(draft, owner, before, index, "affiliation.list", 0.75)


def _of_authors(draft: Draft, sentence: Span, place: Span) -> bool:
    """Whether "from X" speaks of who made the paper: the sentence names authors, a paper or a release before it."""
    before = draft.text[sentence.start : place.start]
    return bool(
        re.search(
            r"\b(?:authors?|papers?|work|researchers?|team|group|study|released|proposed|introduced|by|built)\b", before, re.I
        )
    )


def _of_paper(draft: Draft, sentence: Span, paper: int, institutions: list[int]) -> Iterator[tuple[int, str, float]]:
    """Institutions inside the paper's parenthesis, right before its name ("the Tsinghua paper X"), or the first word of it."""
    place = draft.mentions[paper].span
    inside = refs.parenthesis_after(draft.text, place.end + (draft.text[place.end : place.end + 1] in "?!"))
    before = draft.text[max(sentence.start, place.start - 60) : place.start]
    for institution in institutions:
        span = draft.mentions[institution].span
        if inside and inside.covers(span):
            remark = re.search(r"retweet|via\b|newsletter|source", inside.of(draft.text), re.I)
            if not remark:
                yield institution, "affiliation.parenthesis", 0.9
        elif place.covers(span) and span.start == place.start and span.end < place.end:
            yield institution, "affiliation.name", 0.7
        elif span.end <= place.start and re.fullmatch(
            r"(?:['’]s)?(?: (?:and|&) [A-Z]\w+)?(?:['’]s)? (?:papers?|work|study|preprint),? [\"“*_]*",
            before[span.end - place.start :] if span.end < place.start else "",
        ):
            yield institution, "affiliation.possessive", 0.85


def _relate(draft: Draft, paper: int, institution: int, sentence: int, rule: str, confidence: float) -> None:
    draft.relations.append(Relation(paper, Predicate.AFFILIATED_WITH, institution, sentence, rule, confidence))
