"""Systems that share their paper's name: a short name such as FocuSFT or Token Superposition Training names both the paper and
the technique, benchmark or model that it introduces."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.draft import Draft
from kg.extract.papers.titles import looks_like_title
from kg.extract.terms import cues
from kg.extract.terms.coined import is_coined
from kg.extract.terms.find import kind_of_name
from kg.model import TERM_KINDS, Kind, PaperFacts, Predicate, Relation, Span

#: Words of a statement or a subject, not of a name: "Language Models Resist Alignment", "What Accuracy Misses".
_STATES = re.compile(
    r"\b(?:What|Do|Does|Did|Can|Could|Should|How|Why|When|Where|Is|Are|"
    r"(?:Language )?Models|LLMs|Agents|Transformers|Towards?|Beyond|Without|Become|Becomes|Remember|Revisited|Reconsidered)\b"
)
#: Words that make a subject of what follows: "Beyond Reasoning".
_TURNS = re.compile(r"(?:Beyond|Towards?|Rethinking|Revisiting|On|When|Why|How|What)\s")
#: The text itself calls the name that of a paper: "X, a spring preprint", "**X** - a survey of ...", "the July study X".
_PAPER_NOUN = r"(?:paper|preprint|study|survey|overview|review|report|essay|tutorial|retrospective|audit)\b"
_IS_A_PAPER = re.compile(
    rf"[*_\"”]{{0,3}}(?:,|\s[-–—])\s(?:(?:presents|provides|offers|gives)\s)?(?:an?|the)\s(?:[\w-]{{1,20}}\s){{0,2}}{_PAPER_NOUN}"
)
_PAPER_CALLED = re.compile(rf"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat)\s(?:[\w-]{{1,20}}\s){{1,2}}{_PAPER_NOUN}\s[*_\"“]{{0,3}}$")
#: A name in small letters with its number: "t5".
_NUMBERED = re.compile(r"[a-z]{1,5}\d{1,2}(?:\.\d)?")
#: What asks, or tells whose a thing is: "Too Deep?", "Tomorrow's Sails".
_NO_NAME = re.compile(r"\?|\w['’]s? \w")
#: How a title goes on behind words that are no name by themselves.
_GOES_ON = re.compile(r"\s(?:of|in|for|on|with|to|from|under|via|become|are|is|and)\b", re.IGNORECASE)
_PAPER_WORD = re.compile(r"\b(?:papers?|preprint|survey|study|report|et al)\b", re.IGNORECASE)


def find_named_systems(draft: Draft) -> None:
    """Adds a term mention at each naming of a paper that is a name rather than a title, and that the paper introduces it."""
    by_paper: dict[int, list[int]] = {}
    facts = {p.mention: p for p in draft.papers}
    papers_only: set[int] = set()
    for index, mention in enumerate(draft.mentions):
        main = draft.paper_of(index)
        if mention.kind is not Kind.PAPER or main not in facts:
            continue
        if _is_called_paper(draft, mention.span):
            papers_only.add(main)
        if _names_a_system(mention.span.of(draft.text)) and not _is_part_of_title(draft.words(mention.span), facts[main]):
            by_paper.setdefault(main, []).append(index)
    for main in sorted(by_paper):
        if main not in papers_only:
            _add_system(draft, facts[main], by_paper[main])


def _is_called_paper(draft: Draft, span: Span) -> bool:
    """Whether the words beside a name say that it is a paper's and nobody's system."""
    if _IS_A_PAPER.match(draft.text, span.end, span.end + 80):
        return True
    return _PAPER_CALLED.search(draft.text, max(0, span.start - 60), span.start) is not None


def _is_part_of_title(words: str, paper: PaperFacts) -> bool:
    """Whether words only begin a paper's title: "The Many Faces" of "The Many Faces of Distillation", or what stands before the
    colon where the paper is known under another name."""
    if words == paper.name or not paper.title.startswith(words) or any(is_coined(word) for word in words.split()):
        return False
    rest = paper.title[len(words) :]
    return _GOES_ON.match(rest) is not None or (rest.startswith(":") and " " not in paper.name and is_coined(paper.name))


def _names_a_system(words: str) -> bool:
    if _PAPER_WORD.search(words) or _TURNS.match(words) or looks_like_title(words) or words.split()[0].endswith("ing"):
        return False
    if (len(words.split()) > 2 and _STATES.search(words)) or _NO_NAME.search(words):
        return False
    return (
        len(words.split()) <= 4
        and ", " not in words
        and words[:1] not in '"“'
        and (any(c.isupper() or not c.isascii() for c in words) or _NUMBERED.fullmatch(words) is not None)
    )


def _add_system(draft: Draft, paper: PaperFacts, namings: list[int]) -> None:
    spans = [draft.mentions[i].span for i in namings]
    kind = _kind(draft, paper, spans)
    terms = []
    for span in spans:
        same = [i for i in draft.mentions_in(span, TERM_KINDS) if draft.mentions[i].span == span]
        if same and draft.mentions[same[0]].kind is Kind.TECHNIQUE and not draft.mentions[same[0]].concept:
            draft.change_kind(same[0], kind)
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
    if cues.MEASURES.match(title):
        return Kind.BENCHMARK
    return next(
        (kind for pattern, kind in cues.DESCRIBED_AS if pattern.search(title) and kind is Kind.BENCHMARK), Kind.TECHNIQUE
    )
