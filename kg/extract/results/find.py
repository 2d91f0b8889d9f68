"""Numeric results: which quantities of the text are results, of what, in which metric, on which benchmark, of which paper.

``kg.extract.results.quantities`` reads the numbers; this module leaves out those that are names, settings or periods, and
ties the rest to what earlier extractors found. Cells of result tables are read by ``kg.extract.results.tables``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.results.benchmarks import CarriedBenchmark, name_benchmarks
from kg.extract.results.links import link_benchmarks, link_metrics
from kg.extract.results.numerals import Form, Quantity
from kg.extract.results.quantities import find_quantities, in_list
from kg.extract.results.rankings import RANKED, find_ranking
from kg.extract.results.repeats import CARRIED, agree_repeats, share_only_benchmark
from kg.extract.results.subjects import CarriedSubject
from kg.extract.results.tables import find_table_results
from kg.extract.results.units import CALENDAR_UNITS, SCORE_UNITS, TIME_UNITS, word_set
from kg.extract.subjects import attribute_sentences, main_mentions
from kg.model import BlockKind, Kind, Result, ResultKind, Role, Span

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
#: Forms and units that no name has.
_CLEAR_FORMS = frozenset({Form.SHARE, Form.RANK, Form.MULTIPLE})
_STRONG_UNITS = frozenset({"percent", "points", "ratio", "usd", "fraction"})
_NEWS_ROLES = frozenset({Role.PREDICTIONS, Role.THREADS, Role.OVERVIEW, Role.PULSE})
_SETTING_WORDS = word_set("based best class d dimensional fold gram hop nd nearest person rd shot st th way")
_DEVICE_AFTER = re.compile(r"\s?(?:NVIDIA |Nvidia )?[A-Z][A-Za-z]*\d+|\s?(?:GPU|TPU|CPU)s?\b")
_MODEL_ROLE = re.compile(
    r"\b(?:teachers?|students?|judges?|critics?|drafts?|verifiers?|prox(?:y|ies)|or higher|scale)\b", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:at|across|for|with|on|under|using)\s(?:a |an |the |about |up to |~)?$|[(]$")
#: Sizes of a setting: "at 1B/25B tokens".
_OF_SIZES, _SIZES_AFTER = re.compile(r"\d\s?[MBT]\s?/\s?$"), re.compile(r"\s?/\s?\d[\d.]{0,5}\s?[MBT]\b")
_IN_PERIOD = re.compile(
    r"\b(?:in|within|last|past|next|every|per|first)\s(?:(?:the|about|just|only|last|past|next)\s){0,3}$", re.I
)
_BASELINE_AFTER = re.compile(
    r"\s?(?:[\w-]+\s){0,4}(?:baselines?|base|prior|previous|before|originally)\b"
    r"|\s?(?:for|from) (?:the )?(?:best|baseline|base|prior|previous)\b",
    re.I,
)
_SCORE_BEFORE = re.compile(
    r"(?:\b(?:of|to|at|be|score[sd]?|averages?|averaging|reach(?:es|ed|ing)?|hits?|achiev(?:es|ed|ing)|is|was|about|around|nearly"
    r"|approximately|roughly|avg|mean|only|from|by|gets?|obtains?|attains?|yields?|vs\.?|versus|than)|[<>=≈~:(@])\s?$",
    re.IGNORECASE,
)
_SCORE_AFTER = re.compile(r"\son\s(?:the\s)?[A-Z]")
_FORMULA = frozenset("^_{}$\\")
_METRIC_WORD = re.compile(
    r"\b(?:accurac|score|auroc|auc|f1|f-1|bleu|rouge|ndcg|mrr|map\b|recall|precision|rating|elo\b|perplexity|ppl|loss|rate\b|size"
    r"|dimension|correlation|kappa|rank|average|error|coefficient|similarity|iou|fid|wer\b|em\b|exact match|p\b|r2\b|mse|mae"
    r"|rmse|ece|temperature|pearson|spearman|kendall|lddt|dice|win rate|value|number)",
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
_CLOSES = re.compile(r"(?::[^()\"”\n]{0,160}(?=[\"”]))?[\"'”’*_]{0,3}\s?")


def find_results(draft: Draft) -> None:
    """Adds a :class:`~kg.model.Result` for each quantity that the text states as one. Runs after papers and terms are found."""
    papers = [a.paper for a in attribute_sentences(draft)]
    in_tables = find_table_results(draft, papers)
    reader = _Reader(draft, papers)
    found: list[Result] = []
    for number in range(len(draft.sentences)):
        if number not in in_tables.found and number not in in_tables.read and not _is_skipped(draft, number):
            found += reader.read_sentence(number)
    agreed = share_only_benchmark(draft, [*in_tables.found.values(), *agree_repeats(draft, found)])
    draft.results += sorted(agreed, key=lambda r: r.span)


def _is_skipped(draft: Draft, sentence: int) -> bool:
    return draft.block_of(sentence).kind in _SKIPPED_BLOCKS or draft.role_of(sentence) is Role.FURNITURE


class _Reader:
    """Reads sentence after sentence and remembers what a sentence without a name of its own goes on about."""

    def __init__(self, draft: Draft, papers: list[int | None]) -> None:
        self._draft = draft
        self._papers = papers
        self._main = main_mentions(draft)
        self._benchmarks = CarriedBenchmark(draft, papers)
        self._subjects = CarriedSubject(draft)

    def read_sentence(self, number: int) -> list[Result]:
        draft, span = self._draft, self._draft.sentences[number].span
        role = draft.role_of(number)
        kept: list[Quantity] = []
        for quantity in find_quantities(draft.words(span), span.start):
            if _is_result(draft, span, quantity, role, kept):
                kept.append(quantity)
        results: list[Result] = []
        if kept:
            name_benchmarks(draft, span, kept)
            self._benchmarks.name_inside(span)
            benchmarks = link_benchmarks(draft, span, kept)
            metrics = link_metrics(draft, span, kept)
            for n, quantity in enumerate(kept):
                made = self._make_result(number, quantity, kept[n - 1] if n else None)
                if n and quantity.unit == kept[n - 1].unit and in_list(draft.text, kept[n - 1].span, quantity.span):
                    made = replace(made, kind=results[-1].kind)  # "by 26.1% and 14.3%"
                results.append(self._with_benchmark(replace(made, metric=metrics[n]), benchmarks[n], quantity, results))
        self._benchmarks.pass_sentence(number)
        self._subjects.pass_sentence(number)
        return results

    def _with_benchmark(self, result: Result, linked: int | None, q: Quantity, earlier: list[Result]) -> Result:
        if q.unit in RANKED:
            return replace(result, benchmark=find_ranking(self._draft, result.sentence, q))
        if linked is not None:
            return replace(result, benchmark=self._benchmarks.whole_of(linked))
        before = earlier[-1].benchmark if earlier else None
        carried = self._benchmarks.benchmark_for(result.sentence, result.paper, q, before)
        return replace(result, benchmark=carried, confidence=CARRIED) if carried is not None else result

    def _make_result(self, number: int, q: Quantity, earlier: Quantity | None) -> Result:
        draft, span = self._draft, self._draft.sentences[number].span
        bracket = _bracketing_paper(draft, span, q)
        paper = self._papers[number] if bracket is None else self._main[bracket]
        subject, mention = self._subjects.subject_of(number, q, earlier, paper)
        return Result(
            sentence=number,
            span=q.span,
            value=q.value,
            value_text=draft.words(q.digits),
            kind=_result_kind(draft.text, span, q),
            upper=q.upper,
            baseline=q.baseline,
            unit=q.unit,
            subject=subject,
            subject_mention=mention,
            paper=paper,
            rule=f"quantity.{q.form}",
        )


# ------------------------------------------------------------------------------------------------ what counts as a result


def _is_result(draft: Draft, sentence: Span, q: Quantity, role: Role, earlier: list[Quantity]) -> bool:
    text = draft.text
    before = text[max(sentence.start, q.span.start - 60) : q.span.start]
    after = text[q.span.end : min(sentence.end, q.span.end + 60)]
    if q.compared and _BASELINE_AFTER.match(after):
        return False
    if (
        role is Role.PREDICTIONS
        and q.unit == "percent"
        and (after[:1] in ")]:" or before[-1:] in "([" or q.span.end - q.span.start == len(sentence.of(text)))
    ):
        return False  # how sure a prediction is
    if q.unit == "count" and _DEVICE_AFTER.match(after):
        return False
    if q.unit in _STRONG_UNITS:
        return not (q.unit == "ratio" and _DEVICE_AFTER.match(after)) and q.hyphen_word.lower() not in _SETTING_WORDS
    if q.hyphen_word.lower() in _SETTING_WORDS or (q.form not in _CLEAR_FORMS and _is_in_name(draft, q)):
        return False
    if q.form in _CLEAR_FORMS:
        return True
    if q.unit in TIME_UNITS and not _is_measured_time(q, role, before):
        return False
    if q.scale >= 10**6 and (_OF_SIZES.search(before) or _SIZES_AFTER.match(after)):
        return False
    if q.scale >= 10**6 and q.form is Form.PLAIN and q.unit in ("parameters", "count"):
        role_of_model = "param" not in q.noun and _MODEL_ROLE.search(q.noun + after[:12])
        return not (q.after_name or q.hyphen_word[:1].isupper() or role_of_model)
    if q.unit == "tokens":
        primary = any(e.unit in SCORE_UNITS for e in earlier)
        return not (q.form is Form.RANGE and primary and _CONDITION.search(before))
    if q.unit:
        return not q.after_name or q.form in (Form.CHANGE, Form.RANGE)
    return _is_bare_score(q, draft.words(q.digits), before, after)


def _is_in_name(draft: Draft, q: Quantity) -> bool:
    """Whether the digits belong to a name. A term that starts with a size or a count ("a 7B parameter model") is none."""
    around = Span(max(0, q.digits.start - 120), min(len(draft.text), q.digits.end + 120))
    names = (draft.mentions[i] for i in draft.mentions_in(around, _NAMES) if draft.mentions[i].span.overlaps(q.digits))
    return any(not (m.kind is Kind.TECHNIQUE and m.span.start >= q.span.start and q.unit) for m in names)


def _is_measured_time(q: Quantity, role: Role, before: str) -> bool:
    """Horizons ("90 days") and periods ("in 11 days") are no results; "18 hours later", "8 minutes", "15-day" are."""
    if q.unit not in CALENDAR_UNITS or q.scaled:
        return True
    return role not in _NEWS_ROLES and not _IN_PERIOD.search(before)


def _is_bare_score(q: Quantity, digits: str, before: str, after: str) -> bool:
    """A number without a unit is a score if a metric, a verb of scoring or "on" a benchmark stands beside it."""
    whole = "." not in digits
    if q.scaled or q.hyphen_word or after[:1] in _FORMULA or (whole and after[:1] == "/"):
        return False
    if q.compared and not whole:
        return True
    if q.form in (Form.CHANGE, Form.VERSUS, Form.RANGE):
        return not whole or bool(_METRIC_WORD.search(before))
    if q.after_name and not _METRIC_WORD.search(before[-14:]):
        return False
    if whole:
        return bool(_SCORE_BEFORE.search(before) and _METRIC_WORD.search(before))
    return bool(_SCORE_BEFORE.search(before) or _METRIC_WORD.search(before[-20:]) or _SCORE_AFTER.match(after))


# ------------------------------------------------------------------------------------------------------- making records


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
    papers = draft.mentions_in(Span(max(sentence.start, opened - 240), opened), frozenset({Kind.PAPER}))
    return next((m for m in reversed(papers) if _CLOSES.fullmatch(draft.text, draft.mentions[m].span.end, opened)), None)
