"""Institutions in the fields beside a paper's name and its arXiv id: "Late Bloom. Some School, Some Lab. arXiv 2605.01234"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers.reference_entries import ids_in
from kg.model import Kind, PaperFacts, Span

_INSTITUTIONS = frozenset({Kind.INSTITUTION})
_FIELD = re.compile(
    r"[*_\"”?!\s\])]{0,6}(?:[,.;|·—–/(\[-]\s*)?(?:and |from |by |at )?"
    r"(?P<field>(?:arXiv\s?:?\s?)?\d{4}\.\d{4,5}(?:v\d{1,2})?|(?:https?://|arxiv\.org/)[^\s()\[\]]{3,200}|[^,.;:|·()\[\]\n]{2,80}?)(?=\s*(?:[,.;:|·)\]\n]|$))"
)
_ID = re.compile(r"(?:arXiv\s?:?\s?|(?:https?://|arxiv\.org/)\S{0,60}/)?" + refs.ARXIV_ID.pattern, re.IGNORECASE)
_TEAM = re.compile(r"(?:[A-Z][\w&'’-]* ){0,4}(?:team|group|lab|researchers) (?:at|of) ")
_NUMBER = re.compile(r"\d{4}\.\d{4,5}")
_REACH = 300  # characters
_MOST = 8  # fields


def houses_beside_ids(draft: Draft, paper: PaperFacts, places: Iterable[Span]) -> Iterator[Span]:
    """The fields that name an institution, in runs of fields that start at the paper's name, one of ``places``, and hold its
    id."""
    for place in places if paper.arxiv_id else ():
        houses, has_id = _run(draft, paper, place)
        if has_id:
            yield from houses


def names_by_ids(draft: Draft) -> dict[int, list[Span]]:
    """Where each paper is named with a number of an id behind it: by its main mention."""
    found: dict[int, list[Span]] = {}
    for i, said in enumerate(draft.mentions):
        if said.kind is Kind.PAPER and _NUMBER.search(draft.text, said.span.end, said.span.end + _REACH):
            found.setdefault(draft.paper_of(i), []).append(said.span)
    return found


def _run(draft: Draft, paper: PaperFacts, place: Span) -> tuple[list[Span], bool]:
    sentence = draft.sentence_at(place.start)
    limit = min(place.end + _REACH, draft.block_of(sentence).span.end if sentence is not None else place.end)
    titled = paper.title and draft.text.startswith(paper.title, place.start)
    at = max(place.end, place.start + len(paper.title)) if titled else place.end
    houses: list[Span] = []
    has_id = False
    for _ in range(_MOST):
        m = _FIELD.match(draft.text, at, limit)
        if m is None:
            break
        field = Span(*m.span("field"))
        words = field.of(draft.text)
        found = draft.mentions_in(field, _INSTITUTIONS)
        if _ID.fullmatch(words):
            if paper.arxiv_id not in words:
                break
            has_id = True
        elif (
            _is_house(draft, field, found) if found else has_id and "," in draft.text[at : field.start] and _may_be_house(words)
        ):
            houses.append(field)
        else:
            break
        at = m.end()
    return houses, has_id or any(
        i == paper.arxiv_id for i, _ in ids_in(draft, Span(_line_start(draft.text, place.start), min(limit, at + 12)))
    )


def _line_start(text: str, offset: int) -> int:
    """Where the line begins, if that is near: an id may lead it."""
    return max(text.rfind("\n", max(0, offset - 60), offset) + 1, offset - 60, 0)


def _may_be_house(words: str) -> bool:
    """Whether a field right behind an id can be an institution that nobody knows: capitalised words and no more."""
    parts = words.split()
    named = all(w[:1].isupper() or w in ("of", "for", "and", "the") for w in parts)
    return named and len(parts) <= 5 and not re.search(r"\d|\bet al\b", words) and not refs.VENUE.search(words)


def _is_house(draft: Draft, field: Span, found: list[int]) -> bool:
    """Whether a field is made of institutions and the words that join them."""
    words = field.of(draft.text)
    for i in reversed(found):
        place = draft.mentions[i].span
        words = words[: place.start - field.start] + words[place.end - field.start :]
    return not words.replace(" and ", "").replace("&", "").strip(" *_") or bool(_TEAM.fullmatch(words.lstrip() or " "))
