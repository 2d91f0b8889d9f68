"""Benchmarks that only their place beside a score betrays, and those that a score takes over from the text before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.results.numerals import Form, Quantity
from kg.extract.terms.cues import HOLDS_ITEMS
from kg.extract.terms.recognizer import RULE
from kg.model import TERM_KINDS, Kind, Predicate, Span
from kg.text import fold

_BENCHMARKS = frozenset({Kind.BENCHMARK})
#: "scores 71.2% on the Foo Bar Index": capitalised words after "on" and a score name a benchmark.
_ON_NAME = re.compile(
    r"\s(?:[a-z][\w-]{0,20}\s){0,3}on\s(?:the\s|both\s)?(?:(?:[\w-]{1,20}\s){0,2}(?:split|subset|slice|part|half|version|track)\sof\s(?:the\s)?)?"
    r"((?:[A-Z][\w+-]{0,30}|\d{1,4})(?:\s(?:[A-Z][\w+-]{0,30}|\d{1,3}|of(?=\s[A-Z])|for(?=\s[A-Z]))){0,4})"
)
#: "On Foo-Bench it is twice as fast": a name that a sentence with scores opens with.
_FRONTED_NAME = re.compile(
    r"(?:On|Across|In)\s(?:the\s|both\s)?([A-Z][\w+-]{1,30}(?:[\s-][A-Z\d][\w+-]{0,30}){0,3})(?=,?\s(?:it|they|we|the|its|this|our|their)\s)"
)
#: "The Foo Index has it at 34%": a ranking that a sentence is about.
_RANKING = re.compile(
    r"(?:The\s)?((?:[A-Z][\w+-]{0,30}\s){1,4}(?:Index|Leaderboard|Benchmark|Challenge|Exam|Olympiad|Arena))\s(?:now\s|still\s)?[a-z]{1,12}\s"
)
#: What its items are called is no part of a benchmark's name.
_ITEMS = re.compile(r"\s(?:problems?|tasks?|questions?|items?|samples?|pairs?|examples?|prompts?|instances?)$")
#: What a benchmark's name is followed by where a part or a property of it is meant: "ARC problems", "MTEB retrieval average".
_PART = re.compile(r"(?:['’]s)?(?:\s(?:[a-z][a-z-]*|Track|NDCG|MRR|MAP|F1|EM)(?![\w@]))+")
_CUT = re.compile(r"(?:['’]s)?\s")
_MAX_WORDS = 6
_ON_PHRASE = re.compile(
    r"\s(?:[\w@-]+\s){1,2}on\s(?!the\b|a\b|an\b|average\b|both\b|all\b|its\b|one\b)((?:[A-Za-z][\w-]{1,30}\s?){1,3}|\d{1,4}-[a-z]{3,12}(?:\s[a-z][\w-]{1,20}){1,2})(?=[,.;)]|\sby\s|\s(?:than|with|using|while)\s)"
)
#: Names of papers that are benchmarks by their own word.
_BENCHMARK_NAME = re.compile(
    r"(?:[Bb]ench(?:mark)?|Eval|Arena|Gym|QA)(?:[-\s]?[A-Z]?[Vv]?\d{0,2}(?:\.\d)?)?(?:\+\+?|-[A-Z]\w{0,10})?$"
)
#: Heads of names that are rankings or tests whatever else stands in them.
_INDEX_NAME = re.compile(r"\s(?:Index|Leaderboard|Benchmark|Challenge|Suite|Exam|Olympiad|Test)$")
#: The rules under which coined words of unknown kind are found.
_COINED = frozenset({"pattern.coined", RULE})
#: The text itself says on what: "0.63 (best variant) on document retrieval".
_ON_SOMETHING = re.compile(r"\s(?:\([^()\n]{0,40}\)\s)?on\s")
_SCORED_UNITS = frozenset({"percent", "points", "ratio", ""})
_CARRIED_UNITS = frozenset({"percent", "points", ""})


def name_benchmarks(draft: Draft, sentence: Span, quantities: Sequence[Quantity]) -> None:
    """Adds a BENCHMARK mention for a proper name after "on" and a score, where nothing better is known of that name."""
    ranking = _RANKING.match(draft.text, sentence.start, min(sentence.end, sentence.start + 150))
    if ranking:
        _name_benchmark(draft, Span(*ranking.span(1)))
    fronted = _FRONTED_NAME.match(draft.text, sentence.start, min(sentence.end, sentence.start + 150))
    if fronted and any(q.unit in _SCORED_UNITS for q in quantities) and _BENCHMARK_NAME.search(fronted.group(1)):
        _name_benchmark(draft, Span(*fronted.span(1)))
    for n, quantity in enumerate(quantities):
        following = quantities[n + 1].span.start if n + 1 < len(quantities) else sentence.end
        if quantity.unit not in _CARRIED_UNITS or quantity.form is Form.GRID:
            continue
        end = min(sentence.end, following, quantity.span.end + 200)
        found = _ON_NAME.match(draft.text, quantity.span.end, end)
        if found and any(c.isupper() for c in found.group(1)):
            _name_benchmark(draft, Span(*found.span(1)))
        else:
            _name_phrase(draft, quantity, min(sentence.end, end))


def _name_phrase(draft: Draft, quantity: Quantity, end: int) -> None:
    """ "93% accuracy on held-out prompts.": the words after a metric and "on", up to the next comma or stop, say on what."""
    found = _ON_PHRASE.match(draft.text, quantity.span.end, end)
    if found and draft.mentions_in(Span(quantity.span.end, found.start(1)), frozenset({Kind.METRIC})):
        _name_benchmark(draft, Span(*found.span(1)))


def _name_benchmark(draft: Draft, span: Span) -> None:
    around = Span(max(0, span.start - 100), min(len(draft.text), span.end + 100))
    there = [i for i in draft.mentions_in(around) if draft.mentions[i].span.overlaps(span)]
    coined = [i for i in there if draft.mentions[i].rule in _COINED and draft.mentions[i].kind is Kind.TECHNIQUE]
    if not there or (_INDEX_NAME.search(draft.words(span)) and all(span.covers(draft.mentions[i].span) for i in there)):
        draft.add_mention(span, Kind.BENCHMARK, "pattern.score_on", confidence=0.7)
    elif there == coined:  # a coined word of unknown kind: a score "on" it says that it is a benchmark
        for i in coined:
            draft.change_kind(i, Kind.BENCHMARK, "pattern.score_on")


class CarriedBenchmark:
    """The benchmark that a score without one of its own is taken to be on: the one of the score before it in the sentence,
    the last one that the same block named for the same paper, or the paper itself where it is a benchmark."""

    def __init__(self, draft: Draft, papers: Sequence[int | None]) -> None:
        self._draft = draft
        self._papers = papers
        self._last: tuple[int, int | None, int] | None = None  # block, paper, benchmark
        self._by_name: dict[str, int] = {}
        for i, mention in enumerate(draft.mentions):
            if mention.kind is Kind.BENCHMARK:
                self._by_name.setdefault(fold(mention.name), i)

    def name_inside(self, sentence: Span) -> None:
        """Adds a mention of a known benchmark where its name begins a longer term: "MTEB retrieval average"."""
        draft = self._draft
        for i in draft.mentions_in(sentence, TERM_KINDS):
            span = draft.mentions[i].span
            end = self._known_end(draft.words(span))
            if end:
                draft.add_mention(
                    Span(span.start, span.start + end), Kind.BENCHMARK, "pattern.benchmark_inside", confidence=0.8
                )

    def _known_end(self, words: str) -> int:
        """Where the name of a known benchmark ends that ``words`` go on from in lower case; 0 where there is none."""
        for cut in [m.start() for m in _CUT.finditer(words[:120])][:_MAX_WORDS][::-1]:
            if fold(words[:cut]) in self._by_name and _PART.match(words, cut):
                return cut
        return 0

    def whole_of(self, benchmark: int) -> int:
        """The benchmark itself, where a mention names a part of it: ARC for "ARC problems"."""
        mention = self._draft.mentions[benchmark]
        end = self._known_end(mention.name)
        if end:
            return self._by_name[fold(mention.name[:end])]
        items = _ITEMS.search(self._draft.words(mention.span)[:120])
        if items is None or mention.name.islower():
            return benchmark
        span = Span(mention.span.start, mention.span.start + items.start())
        whole = self._draft.add_mention(span, Kind.BENCHMARK, "pattern.benchmark_inside", confidence=0.8)
        return self._by_name.setdefault(fold(self._draft.mentions[whole].name), whole)

    def benchmark_for(self, sentence: int, paper: int | None, q: Quantity, before: int | None) -> int | None:
        """``before`` is the benchmark of the quantity before ``q`` in its sentence."""
        if q.unit not in _CARRIED_UNITS or q.form is Form.SHARE:
            return None
        if before is not None:
            return before
        if _ON_SOMETHING.match(self._draft.text, q.span.end, q.span.end + 60):
            return None
        block = self._draft.sentences[sentence].block
        if self._last and self._last[:2] == (block, self._papers[sentence]):
            return self._last[2]
        return self._paper_itself(paper) if paper is not None else None

    def pass_sentence(self, sentence: int) -> None:
        """Remembers the last benchmark that a sentence names."""
        place = self._draft.sentences[sentence]
        named = [i for i in self._draft.mentions_in(place.span, _BENCHMARKS) if not self._draft.mentions[i].name.islower()]
        if named:
            self._last = (place.block, self._papers[sentence], named[-1])

    def _paper_itself(self, paper: int) -> int | None:
        names = [self._draft.mentions[paper].name, *(f.name for f in self._draft.papers if f.mention == paper)]
        for name in names:
            if fold(name) in self._by_name:
                return self._by_name[fold(name)]
            if _BENCHMARK_NAME.search(name) and " " not in name:
                span = self._draft.mentions[paper].span
                index = self._draft.add_mention(span, Kind.BENCHMARK, "pattern.benchmark_paper", name=name, confidence=0.8)
                self._by_name[fold(name)] = index
                return index
        return None


def own_benchmarks(draft: Draft) -> dict[int, int]:
    """Paper -> the BENCHMARK mention of the benchmark that it brings: named like the paper, or a made-up name in its own text
    that is said to hold so many items. Only where there is one."""
    found: dict[int, set[str]] = {}
    mention_of: dict[str, int] = {}

    def add(paper: int, benchmark: int) -> None:
        name = fold(draft.mentions[benchmark].name)
        found.setdefault(paper, set()).add(name)
        mention_of.setdefault(name, benchmark)

    for relation in draft.relations:
        if relation.predicate is Predicate.INTRODUCES and draft.mentions[relation.object].kind is Kind.BENCHMARK:
            add(relation.subject, relation.object)
    for i, mention in enumerate(draft.mentions):
        if mention.kind is not Kind.BENCHMARK or mention.concept or not mention.name[:1].isupper():
            continue
        paper = draft.paper_at(mention.span.start)
        if paper is not None and HOLDS_ITEMS.match(draft.text, mention.span.end, mention.span.end + 120):
            add(paper, i)
    return {paper: mention_of[next(iter(names))] for paper, names in found.items() if len(names) == 1}
