"""Results in tables: what each numeric cell is of, from its row and its column.

A column may name what is measured (one score a cell), or say what its cells hold ("Benchmark", "Metric", "Baseline", "New"):
then a row states one result, and the rest of its cells say of what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.extract.draft import Draft
from kg.extract.results.numerals import Quantity, read_numbers
from kg.extract.results.units import SCORE_UNITS
from kg.extract.terms.coined import is_coined
from kg.model import TERM_KINDS, Block, BlockKind, Kind, Mention, Result, ResultKind, Span

_METRICS = frozenset({Kind.METRIC})
_BENCHMARKS = frozenset({Kind.BENCHMARK})
_METHODS = frozenset({Kind.TECHNIQUE, Kind.CONCEPT, Kind.MODEL})
_SUBJECTS = frozenset({Kind.TECHNIQUE, Kind.MODEL, Kind.PAPER, Kind.BENCHMARK})
#: A cell that holds one number and nothing else but marks of emphasis, direction and deviation.
_CELL = re.compile(
    r"[\s*_`~↑↓+✓()]{0,8}[-−–+~≈<>]?\s?[$€£]?\d[\d.,]{0,15}\s?(?:%|[xX×]|pp|pts?|ms|s|[KkMBT]|GB)?(?:\s?(?:±|\+/-)\s?[\d.]{1,8}%?)?"
    r"[\s*_`↑↓†‡)]{0,8}"
)
_TEXT = re.compile(r"[A-Za-z]")
#: A made-up name: two capitals, or a capital and a digit, or a mark inside.
_PROPER = re.compile(
    r"(?=[^a-z]*[A-Z])(?=.*[A-Z0-9*+].*[A-Z0-9*+]|.*Bench)[A-Za-z][\w*+.-]{1,30}(?: [A-Z\d][\w*+.-]{0,20}){0,2}"
)
_MARKS = " *_`:\n"
#: Heads of columns that say what their cells hold.
_HEADS = {
    "benchmark": re.compile(r"benchmarks?|data ?sets?|tasks?|test set|suite|eval(?:uation)?", re.IGNORECASE),
    "metric": re.compile(r"metrics?|measures?|score type", re.IGNORECASE),
    "baseline": re.compile(
        r"(?:prior |previous |best )?(?:baselines?|base|before|old|previous|prior|reference|sota)(?: score| result| best)?",
        re.IGNORECASE,
    ),
    "value": re.compile(
        r"(?:new|ours?|after|scores?|values?|results?|reported|this (?:work|paper))(?: score| result)?", re.IGNORECASE
    ),
}
#: Columns of numbers that measure nothing.
_NO_MEASURE = re.compile(
    r"\b(?:year|date|params?|parameters|size|layers?|links?|id|no|rank|stars?|cit(?:ations|ed)|issue|page|day|week|month|version|tier)\b|#",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"\d\.\d|%")


@dataclass(slots=True)
class TableResults:
    """The results of all tables by the sentence that their cell is, and the sentences of tables that say nothing more."""

    found: dict[int, Result] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)


def find_table_results(draft: Draft, papers: Sequence[int | None]) -> TableResults:
    """The results of all tables; ``papers`` gives the paper of each sentence."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in draft.document.blocks:
        if block.kind is BlockKind.ROW and block.table >= 0 and block.cells:
            tables[block.table].append(block)
    results = TableResults()
    for rows in tables.values():
        header = next((row for row in rows if row.header), None)
        if header is not None:
            heads = [_head(draft.words(cell)) for cell in header.cells]
            _name_columns(draft, header, heads)
            corner = _mention(draft, header.cells[0], _BENCHMARKS)
            for row in rows:
                if not row.header and _TEXT.search(draft.words(row.cells[0])):
                    _read_row(draft, header, heads, row, papers, results, corner)
    return results


def _name_columns(draft: Draft, header: Block, heads: list[str]) -> None:
    """Beside columns that are benchmarks, others under a proper name are benchmarks too."""
    if not any(draft.mentions_in(cell, _BENCHMARKS) for cell in header.cells[1:]):
        return
    for cell, head in zip(header.cells[1:], heads[1:], strict=True):
        terms = draft.mentions_in(cell, TERM_KINDS)
        if not head and not terms and _PROPER.fullmatch(draft.words(cell).strip(_MARKS)):
            _named(draft, cell, Kind.BENCHMARK)
        elif not head and len(terms) == 1 and _is_guess(draft.mentions[terms[0]]):
            draft.change_kind(terms[0], Kind.BENCHMARK)


def _is_guess(mention: Mention) -> bool:
    """Whether only the model, or the letters of a name, say that it is a method's."""
    return not mention.concept and mention.kind in _METHODS and is_coined(mention.name)


def _head(words: str) -> str:
    """What the cells of a column hold, where its head says so."""
    words = words.strip(_MARKS)
    return next((name for name, pattern in _HEADS.items() if pattern.fullmatch(words)), "")


def _read_row(
    draft: Draft,
    header: Block,
    heads: list[str],
    row: Block,
    papers: Sequence[int | None],
    results: TableResults,
    corner: int | None,
) -> None:
    """``corner``: the benchmark that the first cell of the header names, on which all scores under metrics are."""
    first = row.cells[0]
    named = {head: cell for head, cell in zip(heads, row.cells, strict=False) if head}
    benchmark = _named(draft, named.get("benchmark"), Kind.BENCHMARK)
    benchmark = corner if benchmark is None else benchmark
    metric = _named(draft, named.get("metric"), Kind.METRIC)
    stated = len(results.found)
    for column, head, cell in zip(header.cells[1:], heads[1:], row.cells[1:], strict=False):
        sentence, number = _number(draft, cell)
        if sentence is None or number is None:
            continue
        if head == "baseline" and "value" in named:
            results.read.add(sentence)
            continue
        made = _read_cell(draft, column, first, cell, number, sentence)
        if made is None and (benchmark is not None or metric is not None or _is_measured(draft, column, cell)):
            made = _result(draft, first, cell, number, sentence)
        if made is None:
            continue
        baseline = _number(draft, named["baseline"])[1] if head == "value" and "baseline" in named else None
        results.found[sentence] = replace(
            made,
            metric=made.metric if made.metric is not None else metric,
            benchmark=made.benchmark if made.benchmark is not None else benchmark,
            baseline=baseline.value if baseline is not None else None,
            paper=papers[sentence] if papers[sentence] is not None else _paper_of_row(draft, first),
        )
    if len(results.found) > stated:
        results.read.update(draft.sentences_in(first))


def _is_measured(draft: Draft, column: Span, cell: Span) -> bool:
    """Whether a number under a head that names no metric still is one: it has decimals, and its column is no list of years."""
    return _MEASURED.search(draft.words(cell)) is not None and _NO_MEASURE.search(draft.words(column)) is None


def _number(draft: Draft, cell: Span) -> tuple[int | None, Quantity | None]:
    """The sentence that a cell is and the one number that it holds."""
    words = draft.words(cell)
    numbers = read_numbers(words) if _CELL.fullmatch(words) else []
    return (draft.sentence_at(cell.start + len(words) - len(words.lstrip())), numbers[0]) if numbers else (None, None)


def _named(draft: Draft, cell: Span | None, kind: Kind) -> int | None:
    """The mention of what a cell under the head "Benchmark" or "Metric" names."""
    if cell is None:
        return None
    known = _mention(draft, cell, frozenset({kind}))
    words = draft.words(cell)
    name = words.strip(" *_`\n")
    if known is not None or not _TEXT.search(name) or len(name) > 40:
        return known
    start = cell.start + words.index(name)
    return draft.add_mention(Span(start, start + len(name)), kind, "table.head", confidence=0.8)


def _paper_of_row(draft: Draft, first: Span) -> int | None:
    """The paper that the first cell of a row names, or whose name its words begin with."""
    mentioned = _mention(draft, first, frozenset({Kind.PAPER}))
    if mentioned is not None:
        return draft.paper_of(mentioned)
    words = draft.words(first).strip(" *_`\n")
    return next((p.mention for p in draft.papers if words == p.name or words.startswith((p.name + "-", p.name + " "))), None)


def _read_cell(draft: Draft, column: Span, first: Span, cell: Span, number: Quantity, sentence: int) -> Result | None:
    """A result whose subject is the row and whose measure is the column, or the other way round in a turned table."""
    for subject, measure in ((first, column), (column, first)):
        metric, benchmark = _mention(draft, measure, _METRICS), _mention(draft, measure, _BENCHMARKS)
        if metric is not None or benchmark is not None:
            made = _result(draft, subject, cell, number, sentence)
            percent = "%" in draft.words(measure) and number.unit in SCORE_UNITS
            return replace(made, unit="percent" if percent else number.unit, metric=metric, benchmark=benchmark)
    return None


def _result(draft: Draft, subject: Span, cell: Span, number: Quantity, sentence: int) -> Result:
    return Result(
        sentence=sentence,
        span=Span(number.span.start + cell.start, number.span.end + cell.start),
        value=number.value,
        value_text=draft.words(Span(number.digits.start + cell.start, number.digits.end + cell.start)),
        kind=ResultKind.RATIO if number.unit == "ratio" else ResultKind.ABSOLUTE,
        unit=number.unit,
        subject=draft.words(subject).strip(" *_`\n"),
        subject_mention=_mention(draft, subject, _SUBJECTS),
        rule="table.cell",
    )


def _mention(draft: Draft, cell: Span, kinds: frozenset[Kind]) -> int | None:
    return next(iter(draft.mentions_in(cell, kinds)), None)
