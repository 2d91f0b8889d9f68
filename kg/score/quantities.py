"""Results with what they are tied to, and predictions with their dates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.graph.claims import Quantity, join_results
from kg.model import Prediction
from kg.score.entities import Matched
from kg.score.facts import fold_name
from kg.score.gold import Gold, GoldPrediction, GoldResult
from kg.score.layer import Card, Layer

#: A unit may carry a power of ten: "million" may be written out in the value or stand in the unit.
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
#: Two labels of predictions mean the same from this share of common words on (Jaccard).
_SAME_LABEL = 0.4


@dataclass(frozen=True, slots=True)
class _Found:
    """A result of the graph, in the terms of the gold."""

    values: tuple[float, ...]
    paper: str | None
    metric: str | None
    benchmark: str | None
    text: str


def score_results(gold: Gold, matched: Matched, card: Card) -> None:
    """Values, and whether each is tied to the right paper, benchmark and metric. Counts spelled in words are optional."""
    texts = {d.id: d.text for d in matched.facts.kb.documents}
    found = [_found(quantity, texts[quantity.document], matched) for quantity in join_results(matched.facts.kb)]
    values, papers, benchmarks, metrics = (
        card.setdefault(name, Layer())
        for name in ("results (value)", "result -> paper", "result -> benchmark", "result -> metric")
    )
    free = dict(enumerate(found))
    for want in sorted(gold.results, key=_is_optional):
        key = max(
            (key for key, result in free.items() if result.values in _values_of(want)),
            key=lambda key: (_fit(want, free[key]), -key),
            default=None,
        )
        result = None if key is None else free.pop(key)
        if _is_optional(want):
            continue
        values.judge(f"{want.value} in “{want.words}”", result is not None)
        if result is None:
            continue
        for layer, name, here in (
            (benchmarks, want.benchmark, result.benchmark),
            (metrics, want.metric, result.metric),
        ):
            if name:
                layer.judge_attribute(
                    f"“{want.words}”: {name} (here: {here or 'none'})", _same_name(name, here, layer is metrics)
                )
        if want.paper:
            text = f"“{want.words}”: {matched.show(want.paper)} (here: {matched.show(result.paper)})"
            papers.judge_attribute(text, result.paper == want.paper)
    values.predict(len(found) - len(free), (result.text for result in free.values()))


def _found(quantity: Quantity, text: str, matched: Matched) -> _Found:
    facts, result = matched.facts, quantity.result
    sentence = facts.kb.extractions[quantity.document].sentences[result.sentence]

    def label(mention: int | None) -> str | None:
        entity = facts.entity_of(quantity.document, mention)
        return facts.label(entity) if entity else None

    return _Found(
        tuple(round(float(v), 6) for v in (result.value, result.upper) if isinstance(v, Decimal)),
        matched.paper(facts.entity_of(quantity.document, result.paper)),
        label(result.metric),
        label(result.benchmark),
        f"{result.value_text} in “{sentence.span.of(text)}”",
    )


def _is_optional(result: GoldResult) -> bool:
    return not any(c.isdigit() for c in result.words)


def _values_of(result: GoldResult) -> set[tuple[float, ...]]:
    values = result.value if isinstance(result.value, list) else [result.value]
    scale = next((factor for word, factor in _SCALES.items() if word in (result.unit or "")), 1.0)
    return {tuple(round(float(v) * by, 6) for v in values) for by in (1.0, scale)}


def _fit(want: GoldResult, result: _Found) -> int:
    """Among equal values the one of the same paper and benchmark is meant."""
    return 2 * (result.paper == want.paper) + _same_name(want.benchmark, result.benchmark)


def _same_name(want: str | None, here: str | None, loosely: bool = False) -> bool:
    """Whether two names are one. Metrics are described more than named: there one may stand in the other."""
    a, b = fold_name(want), fold_name(here)
    return a == b or (loosely and bool(a and b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} "))


def score_predictions(gold: Gold, matched: Matched, card: Card) -> None:
    """Predictions by the words of their labels, and their due dates. Those in running text are optional."""
    free = _distinct_predictions(matched)
    count = len(free)
    layer, dates = card.setdefault("predictions", Layer()), card.setdefault("prediction due dates", Layer())
    for want in sorted(gold.predictions, key=_is_in_text):
        key = max(free, key=lambda key: (_likeness(want.label, free[key].label), key), default=None)
        found = free.pop(key) if key is not None and _likeness(want.label, free[key].label) >= _SAME_LABEL else None
        if _is_in_text(want):
            continue
        layer.judge(want.label, found is not None)
        due = str(found.due or "") if found else ""
        dates.judge_attribute(
            f"{want.label}: {want.due} (here: {due or 'none'})", bool(found) and (not want.due or due == want.due)
        )
    layer.predict(count - len(free), (prediction.label for prediction in free.values()))


def _distinct_predictions(matched: Matched) -> dict[tuple[str, int, str], Prediction]:
    extractions = matched.facts.kb.extractions
    return {(d, p.sentence, p.label): p for d in sorted(extractions) for p in extractions[d].predictions}


def _is_in_text(prediction: GoldPrediction) -> bool:
    return prediction.source == "in-text"


def _likeness(a: str, b: str) -> float:
    x, y = set(fold_name(a).split()), set(fold_name(b).split())
    return len(x & y) / max(1, len(x | y))
