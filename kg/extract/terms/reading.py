"""Runs the recogniser over a draft: each paper's text is read with its name in front, the rest block by block."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.draft import Draft
from kg.extract.terms.find import Proposal
from kg.extract.terms.recognizer import RULE, Reading, Recognizer, Stretch
from kg.model import BlockKind, Role, Span
from kg.text import fold

_UNREAD = frozenset({BlockKind.CODE, BlockKind.META, BlockKind.FURNITURE, BlockKind.DIAGRAM})
_LINK = re.compile(r"\[[^\[\]]{0,80}\]\(\S{1,400}?\)|https?://\S+")
_FEW_LETTERS = 12
#: Below this a guess is heard only where another finder proposes the same words.
_LEAST = 0.8


def read_terms(draft: Draft, recognizer: Recognizer) -> Reading:
    """The terms that the recogniser sees in the readable sentences of a document."""
    names = {p.mention: p.title or p.name for p in draft.papers}
    stretches: list[Stretch] = []
    owner: tuple[int | None, int] | None = None
    group: list[Span] = []
    for index, sentence in enumerate(draft.sentences):
        block = draft.block_of(index)
        if block.kind in _UNREAD or draft.role_of(index) is Role.FURNITURE or _only_links(draft.words(sentence.span)):
            continue
        paper = draft.paper_at(sentence.span.start)
        key = (paper, block.section if paper is None else -1)
        if owner is not None and key != owner and group:
            stretches.append(Stretch(names.get(owner[0], "") if owner[0] is not None else "", tuple(group)))
            group = []
        owner = key
        group.append(sentence.span)
    if group and owner is not None:
        stretches.append(Stretch(names.get(owner[0], "") if owner[0] is not None else "", tuple(group)))
    return recognizer.recognize_terms(draft.text, stretches)


def _only_links(words: str) -> bool:
    """Whether a sentence is nothing but links: the last cell of a weekly table costs the model more than the text before it."""
    return "://" in words and sum(c.isalpha() for c in _LINK.sub("", words)) < _FEW_LETTERS


def proposals_of(draft: Draft, reading: Reading) -> list[Proposal]:
    """The recogniser's terms as proposals beside those of rules and vocabulary. Outside the papers' own text, in news and
    overviews, a phrase that is met only once is more often a turn of speech than a term: measured on digests it never saw,
    dropping it gains more precision than it costs recall."""
    sure = [g for g in reading.terms if g.score >= _LEAST]
    times = Counter(fold(draft.words(g.span)) for g in sure)
    return [
        Proposal(g.span, g.kind, RULE, 2, g.score)
        for g in sure
        if times[fold(draft.words(g.span))] > 1 or draft.paper_at(g.span.start) is not None
    ]
