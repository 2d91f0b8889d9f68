"""Paragraphs that tell of several papers one after the other: each has the sentences from the one whose subject it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.papers.candidates import Candidate
from kg.model import Span

#: What may stand before the name of a sentence's subject: "The third, ", "A companion note, ", "In the second, "
_BEFORE_SUBJECT = re.compile(
    r"[\W_]{0,4}(?:(?:in )?(?:the|an?|its?|another|one|(?:this|last) (?:week|month)['’]s) )?"
    r"(?:(?:first|second|third|fourth|fifth|last|latter|other|final|older|newer|companion|sister|follow-up|related|similar)"
    r"(?: (?:one|paper|note|work|study|preprint|report|entry))?,? |(?:paper|work|study|preprint|system|benchmark),? ){0,2}"
    r"[\"“*_]*"
    r"|[\W_]{0,4}(?:and|but|meanwhile|also|then|finally|here|next),? [\"“*_]*",
    re.IGNORECASE,
)


def split_shared(draft: Draft, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Parts the stretch that several candidates share, at the sentences that begin with a paper's name. One with an id that a
    later sentence only speaks of has none; those of one sentence keep what they share. Gives the candidates concerned."""
    groups: dict[Span, list[Candidate]] = {}
    for c in sorted(candidates, key=lambda c: c.name):
        if c.stretch is not None and draft.sentence_at(c.name.start) is not None:
            groups.setdefault(c.stretch, []).append(c)
    parted: list[Candidate] = []
    for stretch, group in groups.items():
        opens: dict[int, int] = {}  # sentence -> where its stretch begins
        first = draft.sentence_at(group[0].name.start)
        kept: list[tuple[int, Candidate]] = []
        for c in group:
            sentence = draft.sentence_at(c.name.start) or 0
            if sentence == first or _is_subject(draft, c, sentence):
                opens[sentence] = stretch.start if sentence == first else draft.sentences[sentence].span.start
                kept.append((sentence, c))
            elif c.arxiv_id:
                c.stretch = None
                parted.append(c)
        if len(opens) < 2:
            continue
        starts = sorted(opens.values())
        for sentence, c in kept:
            after = next((s for s in starts if s > opens[sentence]), stretch.end)
            c.stretch = Span(opens[sentence], after)
            parted.append(c)
    return parted


def tell_of_newer(draft: Draft, entries: Sequence[Candidate], mentioned: Sequence[Candidate]) -> None:
    """Gives papers that are only mentioned, in a paragraph that is about another, the sentences from the one whose subject they
    are, where by their ids they are not older: "A companion note, Late Bells (arXiv 2610.00002), shows ..."."""
    heads = {block: c for c in entries if c.arxiv_id and c.stretch and (block := _block_of(draft, c)) is not None}
    later: dict[int, list[tuple[int, Candidate]]] = {}
    for c in mentioned:
        block, sentence = _block_of(draft, c), draft.sentence_at(c.name.start)
        head = heads.get(block) if block is not None else None
        if head is None or c.stretch is not None or not c.arxiv_id or sentence is None or c.name.start <= head.name.start:
            continue
        if head.arxiv_id[:4] <= c.arxiv_id[:4] and _is_subject(draft, c, sentence):
            later.setdefault(block or 0, []).append((draft.sentences[sentence].span.start, c))
    for block, found in later.items():
        ends = [start for start, _ in found[1:]] + [draft.document.blocks[block].span.end]
        for (start, c), end in zip(found, ends, strict=True):
            if start < end:
                c.stretch = Span(start, end)


def _block_of(draft: Draft, candidate: Candidate) -> int | None:
    sentence = draft.sentence_at(candidate.name.start)
    return draft.sentences[sentence].block if sentence is not None else None


def _is_subject(draft: Draft, candidate: Candidate, sentence: int) -> bool:
    span = draft.sentences[sentence].span
    return (
        _BEFORE_SUBJECT.fullmatch(draft.text, span.start, candidate.name.start) is not None
        or span.start == candidate.name.start
    )
