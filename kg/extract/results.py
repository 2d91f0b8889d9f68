"""Numeric results: which quantities of the text are results, of what, in which metric, on which benchmark, of which paper.

``kg.extract.quantities`` reads the numbers; this module leaves out those that are names, settings or dates, and ties the
rest to the mentions that earlier extractors found.
"""

from __future__ import annotations

import re

from kg.extract.draft import Draft
from kg.extract.quantities import Form, Quantity, find_quantities
from kg.extract.units import CALENDAR_UNITS, TIME_UNITS, word_set
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
_SUBJECTS = frozenset({Kind.TECHNIQUE, Kind.MODEL, Kind.PAPER, Kind.BENCHMARK, Kind.INSTITUTION})
_STRONG_UNITS = frozenset({"percent", "points", "ratio", "usd", "fraction"})
_SETTING_WORDS = word_set("""based best class d dimensional fold gram hop nd nearest person rd shot st th way""")
_DEVICE_AFTER = re.compile(r"\s?(?:NVIDIA |Nvidia )?[A-Z][A-Za-z]*\d+|\s?(?:GPU|TPU|CPU)s?\b")
_ROLE_OF_MODEL = re.compile(
    r"[ -](?:\w+ )?(?:teacher|student|judge|critic|draft|verifier|reward model|or higher|scale)", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:at|across|for|with|on|under|using|up to)\s(?:a |an |the |about |up to |~)?$|[(]$")
_IN_PERIOD = re.compile(
    r"\b(?:in|within|over|for|last|past|next|every|per|first)\s(?:the |about |just |only |last |past |next )*$", re.IGNORECASE
)
_SCORE_BEFORE = re.compile(
    r"(?:\b(?:of|to|at|score[sd]?|averages?|averaging|reach(?:es|ed|ing)?|hits?|achiev(?:es|ed|ing)|is|was|about|around|nearly"
    r"|approximately|roughly|avg|mean|only|from|by|gets?|obtains?|attains?|yields?)|[<>=≈~:(@])\s?$",
    re.IGNORECASE,
)
_METRIC_WORD = re.compile(
    r"\b(?:accurac|score|auroc|auc|f1|f-1|bleu|rouge|ndcg|mrr|map|recall|precision|rating|elo|perplexity|ppl|loss|rate|size"
    r"|dimension|correlation|kappa|rank|average|error|coefficient|similarity|iou|fid|wer|em|exact match|p|r2|mse|mae|rmse|ece"
    r"|temperature|pearson|spearman|kendall|lddt|dice|win rate|value|number)",
    re.IGNORECASE,
)


def find_results(draft: Draft) -> None:
    """Adds a :class:`~kg.model.Result` for each quantity that the text states as one. Runs after papers and terms are found."""
    for number, sentence in enumerate(draft.sentences):
        block = draft.document.blocks[sentence.block]
        role = draft.role_of(number)
        if block.kind in _SKIPPED_BLOCKS or role is Role.FURNITURE:
            continue
        quantities = find_quantities(draft.words(sentence.span), sentence.span.start)
        kept: list[Quantity] = []
        for quantity in quantities:
            if _is_result(draft, sentence.span, quantity, role, kept):
                kept.append(quantity)
        for quantity in _merge_sizes(draft, kept):
            draft.results.append(_make_result(draft, number, quantity))


def _is_result(draft: Draft, sentence: Span, q: Quantity, role: Role, earlier: list[Quantity]) -> bool:
    text = draft.text
    before = text[max(sentence.start, q.span.start - 60) : q.span.start]
    after = text[q.span.end : min(sentence.end, q.span.end + 40)]
    if q.unit in _STRONG_UNITS:
        return not (q.unit == "ratio" and _DEVICE_AFTER.match(after)) and q.hyphen_word.lower() not in _SETTING_WORDS
    if q.hyphen_word.lower() in _SETTING_WORDS or draft.taken(q.digits, _NAMES):
        return False
    if q.form in (Form.SHARE, Form.RANK, Form.MULTIPLE):
        return True
    if q.unit in TIME_UNITS and not _is_measured_time(q, role, before):
        return False
    if q.unit == "parameters":
        return not q.after_name and not q.hyphen_word[:1].isupper() and not _ROLE_OF_MODEL.match(after)
    if q.unit == "tokens":
        return not (q.form is Form.RANGE and earlier and _CONDITION.search(before))
    if q.unit == "count" and q.form is not Form.CHANGE:
        return not q.after_name
    if q.unit:
        return not q.after_name or q.form is not Form.PLAIN
    return _is_bare_score(q, before, after)


def _is_measured_time(q: Quantity, role: Role, before: str) -> bool:
    """Horizons ("90 days") and periods ("in 11 days") are no results; "18 hours later", "8 minutes", "15-day" are."""
    if q.unit not in CALENDAR_UNITS:
        return True
    if role in (Role.PREDICTIONS, Role.THREADS, Role.OVERVIEW, Role.PULSE) and not q.scaled:
        return False
    return not _IN_PERIOD.search(before)


def _is_bare_score(q: Quantity, before: str, after: str) -> bool:
    """A number without a unit is a score if a metric or a verb of scoring stands right before it."""
    if q.scaled or q.hyphen_word:
        return False
    if q.form in (Form.CHANGE, Form.VERSUS, Form.RANGE):
        return q.value != q.value.to_integral_value() or bool(_METRIC_WORD.search(before))
    if q.after_name and not _METRIC_WORD.search(before[-14:]):
        return False
    if q.value == q.value.to_integral_value() and "." not in before[-1:]:
        return bool(_SCORE_BEFORE.search(before) and _METRIC_WORD.search(before[-40:]))
    return bool(_SCORE_BEFORE.search(before) or _METRIC_WORD.search(before[-20:]))


def _merge_sizes(draft: Draft, kept: list[Quantity]) -> list[Quantity]:
    return kept


def _make_result(draft: Draft, sentence: int, q: Quantity) -> Result:
    return Result(
        sentence=sentence,
        span=q.span,
        value=q.value,
        value_text=draft.words(q.digits),
        kind=ResultKind.ABSOLUTE,
        upper=q.upper,
        baseline=q.baseline,
        unit=q.unit,
        paper=draft.paper_at(q.span.start),
        rule=f"quantity.{q.form}",
    )
