"""Results in tables: every numeric cell under a column that names a metric or a benchmark is a result of its row's subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.numerals import Quantity, read_numbers
from kg.extract.units import SCORE_UNITS
from kg.model import Block, BlockKind, Kind, Result, ResultKind, Span

_METRICS = frozenset({Kind.METRIC})
_BENCHMARKS = frozenset({Kind.BENCHMARK})
_SUBJECTS = frozenset({Kind.TECHNIQUE, Kind.MODEL, Kind.PAPER, Kind.BENCHMARK})
#: A cell that holds one number and nothing else but marks of emphasis, direction and deviation.
_CELL = re.compile(
    r"[\s*_`~↑↓+✓()]{0,8}[-−–+~≈<>]?\s?[$€£]?\d[\d.,]{0,15}\s?(?:%|[xX×]|pp|pts?|ms|s|[KMBT]|GB)?(?:\s?(?:±|\+/-)\s?[\d.]{1,8}%?)?[\s*_`↑↓†‡)]{0,8}"
)
_TEXT = re.compile(r"[A-Za-z]")


def find_table_results(draft: Draft, papers: Sequence[int | None]) -> dict[int, Result]:
    """The results of all tables, by the sentence that their cell is; ``papers`` gives the paper of each sentence."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in draft.document.blocks:
        if block.kind is BlockKind.ROW and block.table >= 0 and block.cells:
            tables[block.table].append(block)
    found: dict[int, Result] = {}
    for rows in tables.values():
        header = next((row for row in rows if row.header), None)
        if header is not None:
            for row in rows:
                if not row.header:
                    _read_row(draft, header, row, papers, found)
    return found


def _read_row(draft: Draft, header: Block, row: Block, papers: Sequence[int | None], found: dict[int, Result]) -> None:
    first = row.cells[0]
    if not _TEXT.search(draft.words(first)):
        return
    for column, cell in zip(header.cells[1:], row.cells[1:], strict=False):
        if not _CELL.fullmatch(draft.words(cell)):
            continue
        sentence = draft.sentence_at(cell.start + _leading_space(draft, cell))
        numbers = read_numbers(draft.words(cell))
        if sentence is None or not numbers:
            continue
        result = _read_cell(draft, column, first, cell, numbers[0], sentence)
        if result is not None:
            found[sentence] = replace(result, paper=papers[sentence])


def _read_cell(draft: Draft, column: Span, first: Span, cell: Span, number: Quantity, sentence: int) -> Result | None:
    """A result whose subject is the row and whose measure is the column, or the other way round in a turned table."""
    subject, measure = first, column
    metric, benchmark = _mention(draft, measure, _METRICS), _mention(draft, measure, _BENCHMARKS)
    if metric is None and benchmark is None:
        subject, measure = column, first
        metric, benchmark = _mention(draft, measure, _METRICS), _mention(draft, measure, _BENCHMARKS)
    if metric is None and benchmark is None:
        return None
    percent = "%" in draft.words(measure) and number.unit in SCORE_UNITS
    offset = cell.start
    return Result(
        sentence=sentence,
        span=Span(number.span.start + offset, number.span.end + offset),
        value=number.value,
        value_text=draft.words(Span(number.digits.start + offset, number.digits.end + offset)),
        kind=ResultKind.RATIO if number.unit == "ratio" else ResultKind.ABSOLUTE,
        unit="percent" if percent else number.unit,
        subject=draft.words(subject).strip(" *_`\n"),
        subject_mention=_mention(draft, subject, _SUBJECTS),
        metric=metric,
        benchmark=benchmark,
        rule="table.cell",
    )


def _mention(draft: Draft, cell: Span, kinds: frozenset[Kind]) -> int | None:
    return next(iter(draft.mentions_in(cell, kinds)), None)


def _leading_space(draft: Draft, cell: Span) -> int:
    words = draft.words(cell)
    return len(words) - len(words.lstrip())
