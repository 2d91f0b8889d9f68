"""Cuts a paper's title off the sentence that it runs into, where a layout has lost what stood between them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.draft import Draft
from kg.model import BlockKind, PaperFacts, Sentence, Span

_MIN_REST = 20  # characters of text behind a title that make a sentence
_LEAD = re.compile(r"[\s*_#>•-]*(?:\(?\d{1,3}[.):]?\s+)?(?:\[[^\[\]\n]{1,40}\]\s*)?[\s*_\"“]*")
_CUT_KINDS = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH})


def split_heads(draft: Draft) -> None:
    """Makes titles sentences of their own: "02 [Agent] A Title In Full The text goes on" is a title and a sentence.

    To be called when the papers are found and before anything else points at sentences; the sentences that aliases name are
    set anew.
    """
    cuts: dict[int, int] = {}
    for paper in draft.papers:
        for stretch in paper.stretches:
            sentence = draft.sentence_at(stretch.start)
            if sentence is not None and (end := _title_end(draft, paper, sentence)):
                cuts[sentence] = max(end, cuts.get(sentence, 0))
    if not cuts:
        return
    sentences: list[Sentence] = []
    for i, sentence_ in enumerate(draft.sentences):
        span = sentence_.span
        if i in cuts:
            sentences.append(replace(sentence_, span=Span(span.start, cuts[i])))
            rest = draft.text[cuts[i] : span.end]
            span = Span(span.end - len(rest.lstrip()), span.end)
        sentences.append(replace(sentence_, span=span))
    draft.replace_sentences(sentences)


def _title_end(draft: Draft, paper: PaperFacts, sentence: int) -> int | None:
    """Where the paper's title at the start of ``sentence`` ends, if text goes on behind it with nothing between."""
    span = draft.sentences[sentence].span
    if draft.block_of(sentence).kind not in _CUT_KINDS:
        return None
    lead = _LEAD.match(draft.text, span.start, span.end)
    at = lead.end() if lead else span.start
    for name in sorted({paper.title, paper.name, draft.mentions[paper.mention].name} - {""}, key=len, reverse=True):
        found = re.compile(r"\s+".join(map(re.escape, name.split()))).match(draft.text, at, span.end)
        if found:
            rest = draft.text[found.end() : span.end]
            return (
                found.end()
                if re.match(r"\s+[\w\"“(]", rest) and len(rest) > _MIN_REST and name == (paper.title or name)
                else None
            )
    return None
