"""What a paper does with a term: introduces, uses, compares with, addresses, evaluates on, measures.

A cue before or behind the term in its clause decides; where there is none, the model's reading of the sentence; where there is
no model either, the term's kind, with little confidence. Terms tie to the paper that their sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract import role_cues as cues
from kg.extract.draft import Draft
from kg.extract.recognizer import TermGuess
from kg.extract.subjects import attribute_sentences
from kg.model import TERM_KINDS, BlockKind, Kind, Predicate, Relation, Role, Span

_REACH = 90  # characters between a cue and its term
_UNSURE_ROLES = frozenset({Role.PULSE, Role.FURNITURE})
_NO_RELATIONS = frozenset({BlockKind.META, BlockKind.CODE, BlockKind.DIAGRAM})
_SURE = 0.6


def find_relations(draft: Draft, guesses: Mapping[Span, TermGuess]) -> None:
    """Adds the paper-to-term relations. ``guesses`` are what the model saw at the places of terms; empty without a model."""
    known = {(r.subject, r.object) for r in draft.relations}
    for index, about in enumerate(attribute_sentences(draft)):
        block = draft.block_of(index)
        if about.paper is None or block.kind in _NO_RELATIONS or draft.role_of(index) in _UNSURE_ROLES:
            continue
        sentence = draft.sentences[index].span
        if about.reason not in ("stretch", "subject", "pronoun", "only paper", "block"):
            continue
        hypothetical = cues.HYPOTHETICAL.search(sentence.of(draft.text)) is not None
        for term in draft.mentions_in(sentence, TERM_KINDS):
            if (about.paper, term) in known or _is_own_name(draft, about.paper, term):
                continue
            found = _relate(draft, sentence, term, guesses, hypothetical)
            if found:
                predicate, rule, confidence = found
                draft.relations.append(Relation(about.paper, predicate, term, index, rule, confidence))


def _is_own_name(draft: Draft, paper: int, term: int) -> bool:
    """Whether the term is the paper's own system, named like the paper."""
    span = draft.mentions[term].span
    same = [i for i in draft.mentions_in(span, frozenset({Kind.PAPER})) if draft.mentions[i].span == span]
    return any(draft.paper_of(i) == paper for i in same)


def _relate(
    draft: Draft, sentence: Span, term: int, guesses: Mapping[Span, TermGuess], hypothetical: bool
) -> tuple[Predicate, str, float] | None:
    mention = draft.mentions[term]
    allowed = cues.ALLOWED[mention.kind]
    if mention.concept:
        allowed -= {Predicate.INTRODUCES}  # what the whole field knows is not new; a paper's own name was seen before
    cue = _cue(draft.text, sentence, mention.span)
    if cue is _DENIED:
        return (
            (Predicate.COMPARES_WITH, "relation.denied", 0.4)
            if _INSTEAD.search(draft.text[sentence.start : mention.span.start])
            else None
        )
    guess = guesses.get(mention.span)
    if guess is not None and guess.role is not None and guess.role_score >= _SURE and guess.role in allowed:
        return guess.role, "relation.model", round(min(0.95, guess.role_score), 2)
    if cue is Predicate.INTRODUCES and cue not in allowed:
        cue = cues.BY_KIND[mention.kind]
    if isinstance(cue, Predicate) and cue in allowed and not hypothetical:
        return cue, "relation.cue", 0.7
    if guess is not None:
        return (
            (guess.role, "relation.model", round(guess.role_score, 2))
            if guess.role is not None and guess.role in allowed
            else None
        )
    if guesses or hypothetical:
        return None
    return cues.BY_KIND[mention.kind], "relation.kind", 0.4


_DENIED = object()
_INSTEAD = re.compile(r"\b(?:instead of|rather than|unlike)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)


def _cue(text: str, sentence: Span, term: Span) -> object:
    """The predicate that the words around a term tell, ``_DENIED`` where they deny it, else None."""
    for predicate, pattern in cues.BEHIND:
        if pattern.match(text, term.end, min(sentence.end, term.end + 40)):
            return predicate
    start = max(sentence.start, term.start - _REACH)
    before = text[start : term.start]
    for broken in cues.BREAK.finditer(before):
        start = term.start - len(before) + broken.end()
    before = text[start : term.start]
    if cues.DENIED.search(before):
        return _DENIED
    best: tuple[int, Predicate | None] = (-1, None)
    for predicate, pattern in cues.BEFORE:
        for m in pattern.finditer(before):
            if m.end() > best[0]:
                best = (m.end(), predicate)
    return best[1]
