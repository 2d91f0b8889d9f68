"""Numeric results: which quantities of the text are results, of what, in which metric, on which benchmark, of which paper.

``kg.extract.quantities`` reads the numbers; this module leaves out those that are names, settings or periods, and ties the
rest to what earlier extractors found. Cells of result tables are read by ``kg.extract.result_tables``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.numerals import Form, Quantity
from kg.extract.quantities import find_quantities
from kg.extract.result_links import find_subject, link_benchmarks, link_metrics
from kg.extract.result_tables import find_table_results
from kg.extract.subjects import attribute_sentences, main_mentions
from kg.extract.units import CALENDAR_UNITS, SCORE_UNITS, STOP_WORDS, TIME_UNITS, word_set
from kg.model import BlockKind, Kind, Result, ResultKind, Role, Span
from kg.text import fold

_SKIPPED_BLOCKS = frozenset({BlockKind.CODE, BlockKind.FURNITURE})
_NAMES = frozenset(
    {
        Kind.MODEL,
        Kind.BENCHMARK,
        Kind.HARDWARE,
        Kind.TECHNIQUE,
        Kind.METRIC,
        Kind.PAPER,
        Kind.VENUE,
        Kind.PERSON,
        Kind.INSTITUTION,
    }
)
_STRONG_UNITS = frozenset({"percent", "points", "ratio", "usd", "fraction"})
_NEWS_ROLES = frozenset({Role.PREDICTIONS, Role.THREADS, Role.OVERVIEW, Role.PULSE})
_SETTING_WORDS = word_set("based best class d dimensional fold gram hop nd nearest person rd shot st th way")
_DEVICE_AFTER = re.compile(r"\s?(?:NVIDIA |Nvidia )?[A-Z][A-Za-z]*\d+|\s?(?:GPU|TPU|CPU)s?\b")
_MODEL_ROLE = re.compile(r"\b(?:teachers?|students?|judges?|critics?|drafts?|verifiers?|or higher|scale)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:at|across|for|with|on|under|using)\s(?:a |an |the |about |up to |~)?$|[(]$")
_IN_PERIOD = re.compile(
    r"\b(?:in|within|over|for|last|past|next|every|per|first)\s(?:(?:the|about|just|only|last|past|next)\s){0,3}$", re.I
)
_BASELINE_AFTER = re.compile(
    r"\s?(?:[\w-]+\s){0,4}(?:baselines?|base|prior|previous|before|originally)\b"
    r"|\s?(?:for|from) (?:the )?(?:best|baseline|base|prior|previous)\b",
    re.I,
)
_SCORE_BEFORE = re.compile(
    r"(?:\b(?:of|to|at|be|score[sd]?|averages?|averaging|reach(?:es|ed|ing)?|hits?|achiev(?:es|ed|ing)|is|was|about|around|nearly"
    r"|approximately|roughly|avg|mean|only|from|by|gets?|obtains?|attains?|yields?)|[<>=≈~:(@])\s?$",
    re.IGNORECASE,
)
_METRIC_WORD = re.compile(
    r"\b(?:accurac|score|auroc|auc|f1|f-1|bleu|rouge|ndcg|mrr|map\b|recall|precision|rating|elo\b|perplexity|ppl|loss|rate\b|size"
    r"|dimension|correlation|kappa|rank|average|error|coefficient|similarity|iou|fid|wer\b|em\b|exact match|p\b|r2\b|mse|mae|rmse"
    r"|ece|temperature|pearson|spearman|kendall|lddt|dice|win rate|value|number)",
    re.IGNORECASE,
)
_DELTA_BEFORE = re.compile(
    r"\b(?:by|improv\w{0,7}|increas\w{0,4}|reduc\w{0,5}|gains?|drops?|boosts?|cuts?|falls?|rises?|up|down|surges?|decreas\w{0,4})\s"
    r"(?:(?:of|up|to|about|around|nearly|over|only|an?|average|the)\s){0,4}[~≈]?$",
    re.IGNORECASE,
)
_DELTA_AFTER = re.compile(
    r"[\s-](?:[\w-]+\s){0,4}?(?:improvements?|reductions?|gains?|increases?|decreases?|drops?|boosts?|faster|slower|less|more|fewer"
    r"|better|worse|higher|lower|cheaper|smaller|larger|relative|absolute|speed-?ups?|loss|degradation|savings?)\b",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"\s(?:of|are|were|have)\s|\s(?:of the time)\b")
_WORD = re.compile(r"[A-Za-z][\w-]{3,30}")
_MAX_LEADERS = 8


def find_results(draft: Draft) -> None:
    """Adds a :class:`~kg.model.Result` for each quantity that the text states as one. Runs after papers and terms are found."""
    papers = [a.paper for a in attribute_sentences(draft)]
    main = main_mentions(draft)
    in_tables = find_table_results(draft, papers)
    found: list[Result] = []
    carried = _CarriedBenchmark(draft, papers)
    for number, sentence in enumerate(draft.sentences):
        role = draft.role_of(number)
        if draft.block_of(number).kind in _SKIPPED_BLOCKS or role is Role.FURNITURE or number in in_tables:
            continue
        kept: list[Quantity] = []
        for quantity in find_quantities(draft.words(sentence.span), sentence.span.start):
            if _is_result(draft, sentence.span, quantity, role, kept):
                kept.append(quantity)
        benchmarks = link_benchmarks(draft, sentence.span, kept)
        metrics = link_metrics(draft, sentence.span, kept)
        for n, q in enumerate(kept):
            bracket = _bracketing_paper(draft, sentence.span, q)
            result = _make_result(
                draft, number, q, kept[n - 1] if n else None, main[bracket] if bracket is not None else papers[number]
            )
            benchmark = benchmarks[n] if benchmarks[n] is not None else carried.benchmark_for(number, q)
            found.append(replace(result, metric=metrics[n], benchmark=benchmark))
        carried.pass_sentence(number)
    draft.results += sorted([*in_tables.values(), *_agree_repeats(draft, found)], key=lambda r: r.span)


# ------------------------------------------------------------------------------------------------ what counts as a result


def _is_result(draft: Draft, sentence: Span, q: Quantity, role: Role, earlier: list[Quantity]) -> bool:
    text = draft.text
    before = text[max(sentence.start, q.span.start - 60) : q.span.start]
    after = text[q.span.end : min(sentence.end, q.span.end + 60)]
    if q.compared and _BASELINE_AFTER.match(after):
        return False
    if q.unit in _STRONG_UNITS:
        return not (q.unit == "ratio" and _DEVICE_AFTER.match(after)) and q.hyphen_word.lower() not in _SETTING_WORDS
    if q.hyphen_word.lower() in _SETTING_WORDS or (q.form is not Form.RANK and draft.taken(q.digits, _NAMES)):
        return False
    if q.form in (Form.SHARE, Form.RANK, Form.MULTIPLE):
        return True
    if q.unit in TIME_UNITS and not _is_measured_time(q, role, before):
        return False
    if q.scale >= 10**6 and q.form is Form.PLAIN and q.unit in ("parameters", "count"):
        return not q.after_name and not q.hyphen_word[:1].isupper() and not _MODEL_ROLE.search(q.noun + after[:12])
    if q.unit == "tokens":
        primary = any(e.unit in SCORE_UNITS for e in earlier)
        return not (q.form is Form.RANGE and primary and _CONDITION.search(before))
    if q.unit:
        return not q.after_name or q.form in (Form.CHANGE, Form.RANGE)
    return _is_bare_score(q, before)


def _is_measured_time(q: Quantity, role: Role, before: str) -> bool:
    """Horizons ("90 days") and periods ("in 11 days") are no results; "18 hours later", "8 minutes", "15-day" are."""
    if q.unit not in CALENDAR_UNITS or q.scaled:
        return True
    return role not in _NEWS_ROLES and not _IN_PERIOD.search(before)


def _is_bare_score(q: Quantity, before: str) -> bool:
    """A number without a unit is a score if a metric or a verb of scoring stands right before it."""
    whole = q.value == q.value.to_integral_value()
    if q.scaled or q.hyphen_word:
        return False
    if q.compared and not whole:
        return True
    if q.form in (Form.CHANGE, Form.VERSUS, Form.RANGE):
        return not whole or bool(_METRIC_WORD.search(before))
    if q.after_name and not _METRIC_WORD.search(before[-14:]):
        return False
    if whole:
        return bool(_SCORE_BEFORE.search(before) and _METRIC_WORD.search(before))
    return bool(_SCORE_BEFORE.search(before) or _METRIC_WORD.search(before[-20:]))


# ------------------------------------------------------------------------------------------------------- making records


def _make_result(draft: Draft, sentence: int, q: Quantity, earlier: Quantity | None, paper: int | None) -> Result:
    span = draft.sentences[sentence].span
    mention = find_subject(draft, span, q, earlier)
    if q.unit == "count" and q.noun:
        subject = q.noun
    elif mention is not None or paper is not None:
        subject = draft.mentions[mention if mention is not None else paper or 0].name
    else:
        subject = _words_before(draft, span, q)
    return Result(
        sentence=sentence,
        span=q.span,
        value=q.value,
        value_text=draft.words(q.digits),
        kind=_result_kind(draft.text, span, q),
        upper=q.upper,
        baseline=q.baseline,
        unit=q.unit,
        subject=subject,
        subject_mention=mention if mention is not None else paper,
        paper=paper,
        rule=f"quantity.{q.form}",
    )


def _words_before(draft: Draft, sentence: Span, q: Quantity) -> str:
    """The last few words before a number: a subject in the text's own words where nothing was named."""
    words = draft.text[max(sentence.start, q.span.start - 80) : q.span.start].replace("\n", " ")
    clause = re.split(r"[;:,.()]\s", words)[-1].strip(" -–—•│(,:;")
    return " ".join(clause.split()[-8:])


def _result_kind(text: str, sentence: Span, q: Quantity) -> ResultKind:
    if q.form is Form.RANGE:
        return ResultKind.RANGE
    if q.unit == "ratio":
        return ResultKind.RATIO
    if q.form is Form.SHARE:
        return ResultKind.FRACTION
    if q.unit in ("percent", "points") and q.form is Form.PLAIN:
        before = text[max(sentence.start, q.span.start - 50) : q.span.start]
        after = text[q.span.end : min(sentence.end, q.span.end + 50)]
        if q.sign or _DELTA_BEFORE.search(before) or _DELTA_AFTER.match(after):
            return ResultKind.DELTA
        if q.unit == "percent" and _SHARE_AFTER.match(after):
            return ResultKind.FRACTION
    return ResultKind.ABSOLUTE


def _bracketing_paper(draft: Draft, sentence: Span, q: Quantity) -> int | None:
    """The paper of "X (only 10% of ...)": the one named right before the bracket that the number stands in."""
    start = max(sentence.start, q.span.start - 80)
    opened = draft.text.rfind("(", start, q.span.start)
    if opened < 0 or ")" in draft.text[opened : q.span.start]:
        return None
    papers = draft.mentions_in(Span(max(sentence.start, opened - 120), opened), frozenset({Kind.PAPER}))
    return next((m for m in reversed(papers) if opened - draft.mentions[m].span.end <= 1), None)


class _CarriedBenchmark:
    """The benchmark that a score without one of its own is taken to be on: the last one that the same block named for the
    same paper, or the paper itself where it is a benchmark."""

    def __init__(self, draft: Draft, papers: list[int | None]) -> None:
        self._draft = draft
        self._papers = papers
        self._last: tuple[int, int | None, int] | None = None  # block, paper, benchmark
        self._by_name: dict[str, int] = {}
        for i, mention in enumerate(draft.mentions):
            if mention.kind is Kind.BENCHMARK:
                self._by_name.setdefault(fold(mention.name), i)

    def benchmark_for(self, sentence: int, q: Quantity) -> int | None:
        if q.unit not in SCORE_UNITS or q.form is Form.SHARE:
            return None
        paper = self._papers[sentence]
        if self._last and self._last[:2] == (self._draft.sentences[sentence].block, paper):
            return self._last[2]
        return self._by_name.get(fold(self._draft.mentions[paper].name)) if paper is not None else None

    def pass_sentence(self, sentence: int) -> None:
        span = self._draft.sentences[sentence]
        named = self._draft.mentions_in(span.span, frozenset({Kind.BENCHMARK}))
        if named:
            self._last = (span.block, self._papers[sentence], named[-1])


# --------------------------------------------------------------------------------------------------------------- repeats


def _agree_repeats(draft: Draft, results: list[Result]) -> list[Result]:
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


def _split_group(draft: Draft, results: list[Result], indices: list[int]) -> list[list[int]]:
    """Results of one value, put together where they are the same quantity. Each is compared with a few leaders only."""
    groups: list[tuple[set[str], list[int]]] = []
    for i in indices:
        words = _words_around(draft, results[i])
        for seen, members in groups[:_MAX_LEADERS]:
            if _same_quantity(results[i], results[members[0]], len(words & seen)):
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


def _same_quantity(a: Result, b: Result, shared: int) -> bool:
    if a.paper is not None and a.paper == b.paper:
        return a.unit != "count" or shared > 0
    return (a.paper is None or b.paper is None) and shared >= 2


def _fill(result: Result, other: Result) -> Result:
    """``result`` with what it lacks and ``other`` has."""
    alone = result.paper is None
    return replace(
        result,
        metric=other.metric if result.metric is None else result.metric,
        benchmark=other.benchmark if result.benchmark is None else result.benchmark,
        paper=other.paper if alone else result.paper,
        subject=other.subject if alone else result.subject,
        subject_mention=other.subject_mention if alone or result.subject_mention is None else result.subject_mention,
    )
