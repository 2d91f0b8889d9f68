"""Claims of different documents that say the same of one paper, or the opposite.

Two claims are compared only where they are about the same paper. They agree when most of their content words are shared and
their numbers do not differ; where one of the two is negated, they dispute.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import Document, Extraction
from kg.resolve.names import Ref
from kg.text import fold

#: Share of the content words of both claims that must be common (Jaccard).
_ALIKE = 0.5
_LEAST_SHARED = 3
#: Papers with more claims than this are compared within their first ones only: a bound, not a case that was met.
_MOST_CLAIMS = 400
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|neither|nor|cannot|can't|doesn't|don't|didn't|isn't|aren't|wasn't|won't|fails? to|failed to|"
    r"without|contradicts?|refutes?|disproves?|no (?:gain|benefit|improvement|effect|evidence|difference))\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "a an the this that these those it its they their we our you your he she and or but nor so yet for of in on at to "
    "from by with into onto over under than then as is are was were be been being do does did has have had can could may "
    "might must shall should will would not no never only also just even still very more most less least much many few "
    "some any all each every both either neither such same other which who whom whose what when where why how if while "
    "because there here up down out off about against within through toward paper author show find report say claim "
    "result method approach model".split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, ready to be compared."""

    ref: tuple[str, int]
    words: frozenset[str]
    numbers: frozenset[str]
    negated: bool


ClaimPair = tuple[tuple[str, int], tuple[str, int]]


def compare_claims(
    documents: Sequence[Document],
    extractions: Mapping[str, Extraction],
    entity_of: Mapping[Ref, str],
    papers: Collection[str] | None = None,
) -> tuple[tuple[ClaimPair, ...], tuple[ClaimPair, ...]]:
    """The pairs of claims (document id, claim index) that corroborate each other, and those that dispute, sorted.

    Args:
        papers: only claims about these are compared; all where none are given.
    """
    by_paper: dict[str, list[tuple[tuple[str, int], str]]] = defaultdict(list)
    for document in documents:
        extraction = extractions[document.id]
        for n, claim in enumerate(extraction.claims):
            paper = entity_of[document.id, claim.paper] if claim.paper is not None else None
            if paper is not None and (papers is None or paper in papers):
                text = extraction.sentences[claim.sentence].span.of(document.text)
                by_paper[paper].append(((document.id, n), text))
    agree: list[ClaimPair] = []
    dispute: list[ClaimPair] = []
    for paper in sorted(by_paper):
        claims = by_paper[paper][:_MOST_CLAIMS]
        if len({document for (document, _), _ in claims}) == 1:
            continue
        for a, b, same in _pairs([_said(ref, text) for ref, text in claims]):
            (agree if same else dispute).append((a.ref, b.ref))
    return tuple(sorted(agree)), tuple(sorted(dispute))


def _said(ref: tuple[str, int], text: str) -> _Said:
    words = frozenset(w for w in fold(_NEGATION.sub(" ", text)).split() if w not in _EMPTY and not w[0].isdigit())
    return _Said(ref, words, frozenset(_NUMBER.findall(text)), _NEGATION.search(text) is not None)


def _pairs(claims: Sequence[_Said]) -> Iterator[tuple[_Said, _Said, bool]]:
    """Pairs of alike claims of different documents, and whether they agree."""
    for a, b in combinations(claims, 2):
        shared = len(a.words & b.words)
        if a.ref[0] == b.ref[0] or shared < _LEAST_SHARED or shared < _ALIKE * len(a.words | b.words):
            continue
        if not (a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers)):
            yield a, b, a.negated == b.negated
