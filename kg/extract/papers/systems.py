"""Systems that share their paper's name: a short name such as FocuSFT or Token Superposition Training names both the paper and
the technique, benchmark or model that it introduces."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.draft import Draft
from kg.extract.papers.titles import looks_like_title
from kg.extract.terms import cues
from kg.extract.terms.find import kind_of_name
from kg.model import TERM_KINDS, Kind, PaperFacts, Predicate, Relation, Span

#: Words of a statement or a subject, not of a name: "Language Models Resist Alignment", "What Accuracy Misses".
_STATES = re.compile(
    r"\b(?:What|Do|Does|Did|Can|Could|Should|How|Why|When|Where|Is|Are|"
    r"(?:Language )?Models|LLMs|Agents|Transformers|Towards?|Beyond)\b"
)
_PAPER_WORD = re.compile(r"\b(?:papers?|preprint|survey|study|report|et al)\b", re.IGNORECASE)


def find_named_systems(draft: Draft) -> None:
    """Adds a term mention at each naming of a paper that is a name rather than a title, and that the paper introduces it."""
    by_paper: dict[int, list[int]] = {}
    for index, mention in enumerate(draft.mentions):
        if mention.kind is Kind.PAPER and _names_a_system(mention.span.of(draft.text)):
            by_paper.setdefault(draft.paper_of(index), []).append(index)
    facts = {p.mention: p for p in draft.papers}
    for main in sorted(by_paper):
        if main in facts:
            _add_system(draft, facts[main], by_paper[main])


def _names_a_system(words: str) -> bool:
    if _PAPER_WORD.search(words) or looks_like_title(words) or words.split()[0].endswith("ing"):
        return False
    if len(words.split()) > 2 and _STATES.search(words):
        return False
    return len(words.split()) <= 4 and words[:1] not in '"“' and any(c.isupper() or not c.isascii() for c in words)


def _add_system(draft: Draft, paper: PaperFacts, namings: list[int]) -> None:
    spans = [draft.mentions[i].span for i in namings]
    kind = _kind(draft, paper, spans)
    terms = []
    for span in spans:
        same = [i for i in draft.mentions_in(span, TERM_KINDS) if draft.mentions[i].span == span]
        terms.append(same[0] if same else draft.add_mention(span, kind, "named.paper", confidence=0.9))
    first = terms[0]
    for other in terms[1:]:
        draft.add_alias(first, other, "names of the same paper", draft.sentence_at(draft.mentions[other].span.start))
    sentence = draft.sentence_at(draft.mentions[first].span.start)
    if sentence is not None:
        draft.relations.append(Relation(paper.mention, Predicate.INTRODUCES, first, sentence, "named.paper", 0.85))


def _kind(draft: Draft, paper: PaperFacts, spans: list[Span]) -> Kind:
    """The kind that terms at these places already have, else what the name's ending, the title or the text around tell."""
    held = Counter(
        draft.mentions[i].kind for s in spans for i in draft.mentions_in(s, TERM_KINDS) if draft.mentions[i].span == s
    )
    sure = [k for k, _ in sorted(held.items(), key=lambda kv: (-kv[1], kv[0].value)) if k is not Kind.TECHNIQUE]
    if sure:
        return sure[0]
    for span in spans:
        sentence = draft.sentence_at(span.start)
        if sentence is not None:
            kind = kind_of_name(draft, span, draft.sentences[sentence].span)
            if kind is not Kind.TECHNIQUE:
                return kind
    title = paper.title.partition(": ")[2]
    return next(
        (kind for pattern, kind in cues.DESCRIBED_AS if pattern.search(title) and kind is Kind.BENCHMARK), Kind.TECHNIQUE
    )
