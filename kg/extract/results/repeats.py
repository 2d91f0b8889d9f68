"""Results that a document states more than once: each statement is kept, and all agree on what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.results.benchmarks import own_benchmarks
from kg.extract.results.units import STOP_WORDS
from kg.model import Result
from kg.text import fold

#: Confidence of a result whose benchmark was carried over from text before it.
CARRIED = 0.6
_WORD = re.compile(r"[A-Za-z][\w-]{3,30}")
_MAX_LEADERS = 8
#: How many results on its only benchmark a paper must have for that to be no accident.
_ENOUGH = 3
#: Units of what is bought, built or spent.
_NO_SCORES = frozenset({"usd", "parameters", "tokens", "layers", "gigabytes", "megabytes", "bits"})


def agree_repeats(draft: Draft, results: list[Result]) -> list[Result]:
    """The same number of the same paper said again gets the metric and benchmark that one of its sentences gives; where no
    paper is known, the same number among the same words is taken to be the same quantity."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, result in enumerate(results):
        groups[(result.value, result.upper, result.unit)].append(i)
    out = list(results)
    for indices in groups.values():
        if len(indices) > 1:
            for same in _split_group(draft, results, indices):
                whole = results[same[0]]
                for i in same[1:]:
                    whole = _fill(whole, results[i])
                for i in same:
                    out[i] = _fill(results[i], whole)
    return out


def share_only_benchmark(draft: Draft, results: list[Result]) -> list[Result]:
    """Where all that a document states of a paper on some benchmark is on one and the same, its other scores are too: bare
    numbers, points, and values of a metric that is reported on it. What a paper that brings a benchmark of its own counts and
    scores is on that."""
    own = own_benchmarks(draft)
    on: dict[int, set[str]] = defaultdict(set)
    stated: dict[int, list[int]] = defaultdict(list)
    metrics: dict[int, set[str]] = defaultdict(set)
    for result in results:
        if result.paper is not None and result.benchmark is not None:
            on[result.paper].add(fold(draft.mentions[result.benchmark].name))
            stated[result.paper].append(result.benchmark)
            if result.metric is not None:
                metrics[result.paper].add(fold(draft.mentions[result.metric].name))

    def settle(result: Result) -> Result:
        paper = result.paper
        if paper in own and result.benchmark is None and result.unit not in _NO_SCORES:
            return replace(result, benchmark=own[paper], confidence=CARRIED)
        if paper is None or result.benchmark is not None or len(on[paper]) != 1 or len(stated[paper]) < _ENOUGH:
            return result
        known = result.metric is not None and fold(draft.mentions[result.metric].name) in metrics[paper]
        if not known and not (result.metric is None and result.unit in ("", "points")):
            return result
        return replace(result, benchmark=stated[paper][0], confidence=CARRIED)

    return [settle(result) for result in results]


def _split_group(draft: Draft, results: list[Result], indices: list[int]) -> list[list[int]]:
    """Results of one value, put together where they are the same quantity. Each is compared with a few leaders only."""
    groups: list[tuple[set[str], list[int]]] = []
    for i in indices:
        words = _words_around(draft, results[i])
        for seen, members in groups[:_MAX_LEADERS]:
            if _same_quantity(draft, results[i], results[members[0]], len(words & seen)):
                members.append(i)
                seen |= words
                break
        else:
            groups.append((words, [i]))
    return [members for _, members in groups]


def _words_around(draft: Draft, result: Result) -> set[str]:
    span = draft.sentences[result.sentence].span
    around = draft.text[max(span.start, result.span.start - 70) : min(span.end, result.span.end + 70)]
    return {fold(word) for word in _WORD.findall(around)} - STOP_WORDS


def _same_quantity(draft: Draft, a: Result, b: Result, shared: int) -> bool:
    if a.paper is not None and a.paper == b.paper:
        return a.unit != "count" or shared > 0
    if a.paper is not None and b.paper is not None:
        return False
    return shared >= 2 or _same_metric(draft, a, b) or bool(a.subject and fold(a.subject) == fold(b.subject))


def _same_metric(draft: Draft, a: Result, b: Result) -> bool:
    if a.metric is None or b.metric is None:
        return False
    return fold(draft.mentions[a.metric].name) == fold(draft.mentions[b.metric].name)


def _fill(result: Result, other: Result) -> Result:
    """``result`` with what it lacks, or only carried over, and ``other`` has."""
    alone = result.paper is None
    weaker = result.benchmark is None or (result.confidence == CARRIED and other.benchmark is not None)
    return replace(
        result,
        metric=other.metric if result.metric is None else result.metric,
        benchmark=other.benchmark if weaker else result.benchmark,
        confidence=other.confidence if weaker else result.confidence,
        paper=other.paper if alone else result.paper,
        subject=other.subject if alone else result.subject,
        subject_mention=other.subject_mention if alone or result.subject_mention is None else result.subject_mention,
    )
