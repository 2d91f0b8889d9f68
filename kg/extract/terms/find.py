"""Techniques and the other terms of the field: known ones by the vocabulary, unseen ones by structure, pattern and model.

Several finders propose spans; where proposals overlap, one is chosen: see ``_choose``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.draft import Draft
from kg.extract.terms import cues as cues
from kg.extract.terms.acronyms import Definition, find_definitions
from kg.extract.terms.again import find_again
from kg.extract.terms.coined import is_coined
from kg.extract.terms.gazetteer import FoldedWord, Gazetteer, Match, folded_words
from kg.extract.terms.trim import find_name
from kg.model import TERM_KINDS, BlockKind, Kind, Role, Span
from kg.text import fold

_COINED = re.compile(
    r"(?<![\w@#/.&$-])(?:[A-Za-zα-ωΑ-Ω]*[a-zα-ω0-9][A-ZΑ-Ω][\w]*|[A-Z]{2,}[a-z0-9]*|[A-Z][A-Za-z0-9]*|[a-zα-ωδ][A-Za-z0-9]*(?=[-&+])|[A-Z])"
    r"(?:[-&+][A-Za-z0-9]+(?:\.\d+)?){0,5}(?:@\d+)?(?![\w@])"
)
_MODEL = re.compile(
    r"(?=[A-Zo])(?<![\w-])(?:" + "|".join(sorted(map(re.escape, cues.MODEL_FAMILIES), key=lambda f: (-len(f), f))) + r")"
    r"(?:[- ]?v?\d+(?:\.\d+)*[a-z]?(?![\d%x])(?:[- ](?:\d+(?:\.\d+)?[BMK]|A\d+(?:\.\d+)?B))*|[- ]\d+(?:\.\d+)?[BM])"
    r"(?:[- ](?:A?\d+(?:\.\d+)?[BM]|Instruct|Chat|Base|Turbo|Mini|mini|Pro|Flash|Lite|Ultra|Nano|Thinking|Preview|Fast|"
    r"Sonnet|Opus|Haiku|IT|it|Coder|Math|VL|Vision|MoE|Omni|R1|V\d|Large|Small|Medium|Distill|Image)(?![\w]))*"
)
_METRIC_AT = re.compile(
    r"(?<![\w@])(?:pass|maj|cons|avg|best|success|NDCG|nDCG|MRR|MAP|Recall|R|P|Precision|Hits?|Acc|mAP|AP|F1|Top|top|acc)"
    r"(?:@|-)(?:\d+|k|n|K|N)\b(?!-)"
)
#: A part or an edition of a benchmark: "Tier 4", "v2", "test-other", "Feb 2025".
_LEVEL = re.compile(
    r" (?:(?:Tier|Level|Track|Task|Part) (?:\d{1,2}|[A-Z])|v\d{1,2}(?:\.\d)?|test-(?:clean|other)|"
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]* )?20[12]\d)(?![\w-])"
)
_URL = re.compile(r"https?://[^\s)>\]]+")
_PAPERS = frozenset({Kind.PAPER})
_SIZE_ONLY = re.compile(r"^(?:\d+(?:\.\d+)?[BMKTbmkt](?:-A\d+(?:\.\d+)?[BMbm])?|[A-Z]\d?|\d+[A-Za-z]{0,2}|[A-Z]\d+B)$")
_NOT_TERMS_IN = frozenset({BlockKind.CODE, BlockKind.META, BlockKind.FURNITURE})
_EVERYDAY = frozenset({Kind.CONCEPT, Kind.TECHNIQUE, Kind.TASK, Kind.PROBLEM})
_GENERIC = frozenset(
    [
        "model",
        "models",
        "method",
        "methods",
        "paper",
        "approach",
        "system",
        "data",
        "task",
        "performance",
        "results",
        "researcher",
        "llm",
        "ai",
        "ml",
        "benchmark",
        "dataset",
        "evaluation",
        "example",
        "experiment",
        "idea",
        "problem",
        "technique",
        "framework",
        "training",
        "algorithm",
        "work",
    ]
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that one finder sees. ``rank`` orders finders where proposals overlap: lower wins at equal length."""

    span: Span
    kind: Kind
    rule: str
    rank: int
    score: float = 1.0
    concept: str = ""
    name: str = ""


def find_terms(draft: Draft, gazetteer: Gazetteer, guesses: Sequence[Proposal] = ()) -> None:
    """Adds the document's terms and institutions known to the vocabulary. ``guesses`` are the model's proposals."""
    definitions = list(find_definitions(draft))
    spans = list(_readable(draft))
    proposals = [*_known(draft, spans, gazetteer), *_models(draft.text, spans), *_metrics(draft.text, spans), *guesses]
    if not guesses:  # what the model has not seen in a text that it has read is not there: measured, 6 in 100 are right
        proposals += [*_coined(draft, spans, gazetteer.names), *_headed(draft.text, spans)]
    proposals += _defined(draft, definitions, proposals)
    inside_url = _url_places(draft.text)
    proposals = [
        _trim(draft.text, p, gazetteer.names)
        for p in proposals
        if not _generic(p.span.of(draft.text)) and not inside_url(p.span.start)
    ]
    if guesses:  # "token" and "reward" are in every text: the model says where such a word is what the sentence is about
        seen = {p.span for p in guesses}
        proposals = [p for p in proposals if p.rule != "lexicon" or p.span in seen or not _plain(draft.words(p.span), p.kind)]
    proposals = list(_whole(draft, proposals))
    others = [p for p in proposals if p.kind not in TERM_KINDS]  # "AMD MI300" names hardware and who makes it
    known = {p.span for p in others}
    terms = [p for p in proposals if p.kind in TERM_KINDS and (p.concept or p.span not in known)]
    for chosen in (*_choose(terms), *_choose(others)):
        draft.add_mention(
            chosen.span, chosen.kind, chosen.rule, name=chosen.name, confidence=chosen.score, concept=chosen.concept
        )
    find_again(draft, spans)
    _tie_definitions(draft, definitions)


def _whole(draft: Draft, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """The proposals without pieces of names: one word of a paper's short name, a part of a house's, "meta" of "meta-learns"."""
    houses = sorted(p.span for p in proposals if p.kind is Kind.INSTITUTION)
    text = draft.text
    for p in proposals:
        if p.concept or p.kind not in TERM_KINDS:
            yield p
            continue
        words = p.span.of(text)
        cut = text[p.span.end : p.span.end + 1] == "-" and words.isalpha() and words.islower()
        if not (cut or _of_house(p.span, houses) or _of_paper(draft, p.span, words)):
            yield p


def _of_house(span: Span, houses: Sequence[Span]) -> bool:
    """Whether a term is a part of the last of the houses, by their starts, that begins before it ends."""
    at = bisect_left(houses, span.end, key=lambda house: house.start) - 1
    return at >= 0 and houses[at].covers(span) and houses[at] != span


def _of_paper(draft: Draft, span: Span, words: str) -> bool:
    """Whether one plain word stands inside of a name of a paper that has no more than four."""
    if " " in words or is_coined(words) or not words.isalpha():
        return False
    around = draft.mentions_in(Span(max(0, span.start - 40), span.end + 40), _PAPERS)
    names = (draft.mentions[i] for i in around)
    return any(n.span.covers(span) and n.span != span and len(n.span.of(draft.text).split()) <= 4 for n in names)


def _url_places(text: str) -> Callable[[int], bool]:
    """A test of whether an offset stands in an address of the web: what looks like a name there is a key."""
    spans = [m.span() for m in _URL.finditer(text)]
    starts = [start for start, _ in spans]

    def inside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < spans[at][1]

    return inside


def _trim(text: str, p: Proposal, known: Mapping[str, set[Kind]]) -> Proposal:
    """A proposal cut down to the name in it."""
    if p.concept:
        return p
    words = p.span.of(text)
    end, kind = find_name(words, p.kind, known)
    return p if end == len(words) else replace(p, span=Span(p.span.start, p.span.start + end), kind=kind)


def _generic(words: str) -> bool:
    return fold(words) in _GENERIC or _SIZE_ONLY.match(words) is not None


def _plain(words: str, kind: Kind) -> bool:
    """Whether a known term is one small word of everyday use in the field."""
    return kind in _EVERYDAY and words.islower() and words.isalpha()


def _readable(draft: Draft) -> Iterator[Span]:
    """The stretches of text in which terms are looked for: sentences outside code, metadata and navigation."""
    for index, sentence in enumerate(draft.sentences):
        if draft.block_of(index).kind not in _NOT_TERMS_IN and draft.role_of(index) is not Role.FURNITURE:
            yield sentence.span


# -------------------------------------------------------------------------------------------------------- known terms


def _known(draft: Draft, spans: Iterable[Span], gazetteer: Gazetteer) -> Iterator[Proposal]:
    """Curated concepts. An ambiguous form counts where a context word stands in its block, or where the document uses one of
    the concept's unambiguous forms anywhere."""
    matches = [m for span in spans for m in gazetteer.find(draft.text, span)]
    for index, sentence in enumerate(draft.sentences):  # who published it stands in the metadata; terms there are tags
        if draft.block_of(index).kind is BlockKind.META and draft.role_of(index) is not Role.FURNITURE:
            matches += (m for m in gazetteer.find(draft.text, sentence.span) if m.concept.kind is Kind.INSTITUTION)
    sure = {m.concept.id for m in matches if not m.ambiguous}
    words: dict[int, str] = {}  # of the blocks in which an ambiguous form stands
    for match in matches:
        if match.ambiguous and match.concept.id not in sure and not _context_agrees(draft, match, words):
            continue
        yield Proposal(match.span, match.concept.kind, "lexicon", 0, 1.0, match.concept.id)
        level = _LEVEL.match(draft.text, match.span.end) if match.concept.kind is Kind.BENCHMARK else None
        if level:  # a part of a benchmark is one of its own: "FrontierMath Tier 4"
            yield Proposal(Span(match.span.start, level.end()), Kind.BENCHMARK, "pattern.level", 0, 0.9)


def _context_agrees(draft: Draft, match: Match, words: dict[int, str]) -> bool:
    """Whether a word of the block begins with one of the concept's context words."""
    index = draft.sentence_at(match.span.start)
    if index is None:
        return False
    block = draft.sentences[index].block
    if block not in words:
        words[block] = " " + re.sub(r"\W+", " ", draft.words(draft.document.blocks[block].span).casefold())
    return any(" " + re.sub(r"\W+", " ", word) in words[block] for word in match.concept.context)


# ------------------------------------------------------------------------------------------------------------ patterns


def _models(text: str, spans: Iterable[Span]) -> Iterator[Proposal]:
    """A family name with a version or a size."""
    for span in spans:
        for m in _MODEL.finditer(text, span.start, span.end):
            yield Proposal(Span(m.start(), m.end()), Kind.MODEL, "pattern.model", 1)


def _metrics(text: str, spans: Iterable[Span]) -> Iterator[Proposal]:
    """Metrics with a cut-off: NDCG@10, pass@k."""
    for span in spans:
        for m in _METRIC_AT.finditer(text, span.start, span.end):
            yield Proposal(Span(m.start(), m.end()), Kind.METRIC, "pattern.metric", 1)


def _coined(draft: Draft, spans: Iterable[Span], known: Container[str]) -> Iterator[Proposal]:
    """Names made up for the purpose: capitals inside a word, capitals with hyphens or digits (FocuSFT, D-OPSD, G-Zero). A
    ``known`` name was found before, or its context spoke against it."""
    for span in spans:
        for m in _COINED.finditer(draft.text, span.start, span.end):
            word = m.group()
            if not is_coined(word) or word in cues.NOT_NAMES or fold(word) in known:
                continue
            place = Span(m.start(), m.end())
            yield Proposal(place, kind_of_name(draft, place, span), "pattern.coined", 4, 0.7)


def kind_of_name(draft: Draft, place: Span, sentence: Span) -> Kind:
    """What kind of thing a coined name is: by its ending, by the noun behind it, by what it is said to be."""
    word = place.of(draft.text)
    for ending, kind in cues.NAME_ENDINGS:
        if word.casefold().endswith(ending) and len(word) > len(ending):
            return kind
    after = folded_words(draft.text[place.end : min(sentence.end, place.end + 40)])
    for follower in after[:2]:
        if follower.key in cues.FOLLOWED_BY:
            return cues.FOLLOWED_BY[follower.key]
    said = re.match(
        r"[*_`\"]*\s*(?:[-–—,(]|is|are)\s*(?:an?|the)?\s*([^.;]{0,80})",
        draft.text[place.end : min(sentence.end, place.end + 100)],
    )
    if said:
        for pattern, kind in cues.DESCRIBED_AS:
            if pattern.search(said.group(1)):
                return kind
    return Kind.TECHNIQUE


def _headed(text: str, spans: Iterable[Span]) -> Iterator[Proposal]:
    """Phrases that end in a noun which tells their kind, with up to three modifiers: "token-level credit assignment"."""
    for span in spans:
        words = folded_words(text[span.start : span.end])
        for i, word in enumerate(words):
            kind = cues.HEADS.get(word.key)
            if kind is None or (
                i + 1 < len(words) and _together(text, span.start, word, words[i + 1]) and words[i + 1].key in cues.HEADS
            ):
                continue
            first = i
            while first > 0 and i - first < 4 and _modifies(text, span.start, words[first - 1], words[first]):
                first -= 1
            if first < i:
                last = words[i - 1] if _names_itself(text, span.start, word, words[i - 1]) else word
                place = Span(span.start + words[first].start, span.start + last.end)
                yield Proposal(place, kind, "pattern.headed", 5, 0.5)


def _names_itself(text: str, offset: int, head: FoldedWord, before: FoldedWord) -> bool:
    """Whether a head only says what a proper name is: "the PoseBusters benchmark" is called PoseBusters."""
    return head.key in cues.FOLLOWED_BY and text[offset + before.start].isupper()


def _together(text: str, offset: int, a: FoldedWord, b: FoldedWord) -> bool:
    return text[offset + a.end : offset + b.start] in (" ", "-")


def _modifies(text: str, offset: int, a: FoldedWord, b: FoldedWord) -> bool:
    """Whether ``a`` can be a modifier of what starts at ``b``."""
    if not _together(text, offset, a, b) or a.key in cues.STOP or a.key.isdigit():
        return False
    return len(a.key) > 2 or text[offset + a.start].isupper()


# --------------------------------------------------------------------------------------------------------- definitions


def _defined(draft: Draft, definitions: Iterable[Definition], proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Both forms of an acronym definition are terms, of the kind that either is known to be of."""
    kinds = {p.span: p for p in sorted(proposals, key=lambda p: -p.rank)}
    for d in definitions:
        known = kinds.get(d.long) or kinds.get(d.short)
        if known is not None and known.kind not in TERM_KINDS:
            continue
        head = folded_words(d.long.of(draft.text))
        kind = known.kind if known else cues.HEADS.get(head[-1].key, Kind.TECHNIQUE) if head else Kind.TECHNIQUE
        concept = known.concept if known else ""
        yield Proposal(d.long, kind, "pattern.acronym", 0, 0.95, concept)
        yield Proposal(d.short, kind, "pattern.acronym", 0, 0.95, concept)


def _tie_definitions(draft: Draft, definitions: Iterable[Definition]) -> None:
    for d in definitions:
        long, short = draft.mentions_in(d.long, TERM_KINDS), draft.mentions_in(d.short, TERM_KINDS)
        exact = [i for i in long if draft.mentions[i].span == d.long]
        if exact and short:
            draft.add_alias(exact[0], short[0], "acronym definition", d.sentence)


# -------------------------------------------------------------------------------------------------------------- choice


def _choose(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Of overlapping proposals the longer one, then the lower rank; its concept is kept where another proposal of the very
    same span knows it."""
    best: dict[Span, Proposal] = {}
    for p in sorted(proposals, key=lambda p: (p.span.start, p.span.end, p.rank, -p.score, p.kind.value)):
        held = best.get(p.span)
        if held is None:
            best[p.span] = p
        elif p.concept and not held.concept:
            best[p.span] = replace(held, concept=p.concept, kind=p.kind)
    starts: list[int] = []
    chosen: list[Proposal] = []  # none overlaps another, sorted
    for p in sorted(best.values(), key=lambda p: (p.span.start - p.span.end, p.rank, p.span.start)):
        at = bisect_left(starts, p.span.start)
        if not any(p.span.overlaps(other.span) for other in chosen[max(0, at - 1) : at + 1]):
            starts.insert(at, p.span.start)
            chosen.insert(at, p)
    return chosen
