"""Which paper each sentence is about: its stretch, its grammatical subject, or what a pronoun leads back to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.model import BlockKind, Kind, Role

PAPERS = frozenset({Kind.PAPER})
#: What may stand between the start of a sentence and its subject.
_LEAD_WORDS = (
    "the|this|today['’]s|yesterday['’]s|our|new|both|and|but|also|so|meanwhile|in parallel|first|second|third|finally"
    "|next|separately"
    "|similarly|here|now|then|likewise|interestingly|notably|crucially|why it matters|research angle|tl;dr|update"
    "|twitter signal"
    "|cross-source|paper|(?:the )?authors of"
)
_LEAD = re.compile(rf"(?:[\s\-–—*_>•\"“(]+|\(?\d{{1,2}}[.)]|#\d{{1,2}}:?|(?:{_LEAD_WORDS})\b[,:]?)*", re.IGNORECASE)
_NOUNS = (
    r"paper|authors?|work|study|method|approach|model|system|framework|(?:core |key |main )?(?:idea|claim)|results?|technique"
    r"|defen[cs]e|trick|recipe|resulting \w+|proposed \w+"
)
_PRONOUN = re.compile(rf"(?:it|they|its|their|this|these|those|that|such|we|our|the (?:{_NOUNS}))\b", re.IGNORECASE)
_IT = re.compile(r"(?:it|they|its|their|this|that|the (?:paper|authors?)|this (?:paper|work))\b", re.IGNORECASE)
_THIS_PAPER = re.compile(r"\b(?:th(?:is|e) paper|today['’]s (?:paper|work|pair)|this (?:work|one|piece))\b", re.IGNORECASE)
_AFTER_SUBJECT = re.compile(r"[-/][A-Za-z]|\s*(?:\([^()\n]{0,80}\)\s*)?(?:\+|vs\b)")
_HEAD_END = re.compile(r"[.:][*_]{1,3}\s|[*_]{1,3}[.:]\s")
_PROSE_ROLES = frozenset({Role.BODY, Role.DEEP_DIVE})
_OPENING = 2  # sentences, the heading among them, within which a section names what it is about
_LIST_ROLES = frozenset({Role.TLDR, Role.ENTRIES, Role.QUICK_HITS, Role.PULSE, Role.PREDICTIONS})


@dataclass(frozen=True, slots=True)
class Attribution:
    """The paper that a sentence is about (its main mention) and why we think so: "subject", "stretch", "pronoun", "only
    paper", "block" or "" for none."""

    paper: int | None
    reason: str = ""


def main_mentions(draft: Draft) -> dict[int, int]:
    """The main mention of the paper that each PAPER mention names: aliases of one paper lead to its PaperFacts.mention;
    a mention of a paper without facts leads to the first of its group."""
    parent: dict[int, int] = {i: i for i, m in enumerate(draft.mentions) if m.kind is Kind.PAPER}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for alias in draft.aliases:
        if alias.a in parent and alias.b in parent:
            a, b = root(alias.a), root(alias.b)
            parent[max(a, b)] = min(a, b)
    of_root = {root(p.mention): p.mention for p in reversed(draft.papers) if p.mention in parent}
    return {i: of_root.get(root(i), root(i)) for i in parent}


def own_papers(draft: Draft) -> list[int | None]:
    """For each sentence the paper whose own text it stands in: the smallest stretch wins. A paragraph that draws connections is
    no paper's own, unless its first sentence names the paper."""
    main = main_mentions(draft)
    own: list[int | None] = [None] * len(draft.sentences)
    stretches = [(s.start - s.end, s, p.mention) for p in draft.papers for s in p.stretches]  # longest first
    for _, stretch, paper in sorted(stretches):
        inside = draft.sentences_in(stretch)
        if inside and draft.role_of(inside[0]) is Role.THREADS:
            first = draft.mentions_in(draft.sentences[inside[0]].span, PAPERS)
            if paper not in {main[m] for m in first}:
                continue
        for i in inside:
            own[i] = paper
    _own_sections(draft, main, own)
    return own


def _own_sections(draft: Draft, main: dict[int, int], own: list[int | None]) -> None:
    """A section of prose without entries of its own is about the one paper that it opens with, as long as it dwells on no other
    paper that has an entry elsewhere."""
    entries = {p.mention for p in draft.papers if p.entry}
    for section in draft.document.sections:
        inside = draft.sentences_in(section.span)
        if section.role not in _PROSE_ROLES or not inside or any(own[i] is not None for i in inside):
            continue
        named = [[main[m] for m in draft.mentions_in(draft.sentences[i].span, PAPERS)] for i in inside]
        first = next((n for n, papers in enumerate(named) if papers), len(named))
        told = {p for papers in named for p in papers if p in entries}
        if first <= _OPENING and len(told) == 1 and told == set(named[first]):
            for i in inside:
                own[i] = named[first][0]


def subject_paper(draft: Draft, sentence: int, papers: list[int]) -> int | None:
    """The PAPER mention (one of ``papers``, in text order) that is the sentence's grammatical subject, if one is."""
    span = draft.sentences[sentence].span
    if not papers:
        return None
    first = draft.mentions[papers[0]].span
    lead = _LEAD.match(draft.text, span.start, first.start)
    if lead is None or lead.end() < first.start or _AFTER_SUBJECT.match(draft.text, first.end):
        return None
    return papers[0]


def attribute_sentences(draft: Draft) -> list[Attribution]:
    """The paper that each sentence is about."""
    return draft.keep("attributions", lambda: _attribute_sentences(draft))


def _attribute_sentences(draft: Draft) -> list[Attribution]:
    main = main_mentions(draft)
    own = own_papers(draft)
    found: list[Attribution] = []
    block, last, lead = -1, None, None
    for i, sentence in enumerate(draft.sentences):
        if sentence.block != block:
            block, last, lead = sentence.block, None, _paper_of_item(draft, i, main)
        papers = draft.mentions_in(sentence.span, PAPERS)
        subject = subject_paper(draft, i, papers)
        now = _attribute(
            draft, i, own[i], [main[p] for p in papers], main[subject] if subject is not None else None, last, lead
        )
        found.append(now)
        if now.reason in ("subject", "only paper"):
            last = now.paper
        if lead is None and draft.role_of(i) in _LIST_ROLES and papers:
            lead = main[papers[0]]
    return found


def _paper_of_item(draft: Draft, first: int, main: dict[int, int]) -> int | None:
    """The one paper that an item of a list names, in whatever sentence of it, or that heads a paragraph: "LoomNet. The ..."."""
    block = draft.block_of(first)
    if block.kind is BlockKind.PARAGRAPH:
        head = draft.mentions_in(draft.sentences[first].span, PAPERS)[:1]
        spans = [draft.mentions[m].span for m in head]
        heads = [s for s in spans if s.start <= block.span.start + 3 and _HEAD_END.match(draft.text, s.end)]
        return main[head[0]] if heads else None
    if block.kind is not BlockKind.ITEM or draft.role_of(first) not in _LIST_ROLES:
        return None
    named = {main[m] for m in draft.mentions_in(block.span, PAPERS)}
    return named.pop() if len(named) == 1 else None


def _attribute(
    draft: Draft, i: int, own: int | None, papers: list[int], subject: int | None, last: int | None, lead: int | None
) -> Attribution:
    text = draft.words(draft.sentences[i].span)
    if draft.block_of(i).kind in (BlockKind.HEADING, BlockKind.META, BlockKind.DIAGRAM, BlockKind.CODE):
        return Attribution(own, "stretch" if own is not None else "")
    if own is not None and subject is not None and subject != own and _THIS_PAPER.search(text):
        return Attribution(own, "stretch")  # "X says which tokens; this paper says which model"
    if subject is not None:
        return Attribution(subject, "subject")
    if own is None and last is not None and _IT.match(text):
        return Attribution(last, "pronoun")
    if own is not None:
        return Attribution(own, "stretch")
    if len(set(papers)) == 1:
        return Attribution(papers[0], "only paper")
    if last is not None and (_PRONOUN.match(text) or len(text) < 60) and not papers:
        return Attribution(last, "pronoun")
    return Attribution(lead, "block") if lead is not None and not papers else Attribution(None)
