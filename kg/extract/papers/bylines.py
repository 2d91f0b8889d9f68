"""Lines that say who wrote a paper: "Ana Ruiz et al. (ETH Zurich, NVIDIA)", and titles with such words behind them."""

from __future__ import annotations

import re

from kg.model import Span

_PARTICLE = r"(?:de|van|von|der|den|del|di|da|dos|la|le|el|bin|al|ter)"
_PERSON = rf"[^\W\d_a-z][\w.'’-]{{0,24}}(?: {_PARTICLE}){{0,2}}(?: [^\W\d_a-z][\w.'’-]{{0,24}}){{1,3}}"
_BYLINE = re.compile(
    rf"(?P<by>(?:[Bb]y|[Aa]uthors?:|[Ww]ritten by) )?(?P<first>{_PERSON}|[^\W\d_a-z][\w’'-]{{1,24}}(?=,? et al))[\d*†‡]{{0,3}}"
    rf"(?P<more>(?:(?:,? and |, | & |; | · ){_PERSON}[\d*†‡]{{0,3}}){{0,30}})"
    r"(?P<others>,? et al\.?|,? and (?:\d+ )?(?:others|co-?authors|colleagues))?"
    r"(?P<house>,? ?\([^()]{2,300}\)|(?:,| [—–|·@-]) [^()]{2,200})?[.\s]*"
)
_BY = re.compile(r"[,.;]? (?:by|from|—|–|-|\|) (?=[^\W\d_a-z])")
_TAIL = re.compile(r"\s\([^()]{2,300}\)$")
_MARKS = "*_ \t>"


def is_byline(words: str, *, below_title: bool = False) -> bool:
    """Whether a line names authors and no more. Below a title two names are enough, or one with its house in parentheses.

    >>> is_byline("Ana Ruiz et al. (ETH Zurich, NVIDIA)"), is_byline("by Pia Lund")
    (True, True)
    >>> is_byline("Ana Ruiz, Li Wei"), is_byline("Ana Ruiz, Li Wei", below_title=True)
    (False, True)
    >>> is_byline("Sparse Attention, Dense Rewards"), is_byline("Ana Ruiz wrote this.")
    (False, False)
    """
    m = _BYLINE.fullmatch(words.strip(_MARKS)) if len(words) <= 600 else None
    if m is None:
        return False
    people = 1 + len(re.findall(r"(?:,? and |, | & |; | · )", m["more"]))
    sure = bool(m["by"] or m["others"]) or people >= 4
    return sure or (below_title and (people >= 2 or m["house"] is not None))


def cut_byline(text: str, span: Span) -> Span:
    """The span without authors and without a parenthesis at its end: "A Title by Ana Ruiz et al. (ETH Zurich)" -> "A Title"."""
    words = span.of(text)
    for m in _BY.finditer(words):
        by = m.group().strip() in ("by", "from")
        if is_byline(words[m.end() :], below_title=by) and (by or "et al" in words):
            return Span(span.start, span.start + m.start())
    tail = _TAIL.search(words)
    return Span(span.start, span.start + tail.start()) if tail else span
