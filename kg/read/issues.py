"""Files that hold several dated issues under sibling headings: where to cut them and what date each has. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.read.dates import Week, find_date, find_week, year_in, year_near
from kg.read.links import arxiv_months


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the file: where its line starts, its depth and its words."""

    start: int
    depth: int
    words: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One stretch of the file, ``text[start:end]``, and its date."""

    start: int
    end: int
    date: date | None


def split_issues(text: str, titles: Sequence[Title], name: str) -> list[Issue]:
    """Cuts a file at sibling headings that each carry a date or a date range; [] where it is one document.

    What stands before the first of them is left out when it is only a title (the caller sees it from the first start).
    """
    for depth in sorted({t.depth for t in titles}):
        level = [t for t in titles if t.depth == depth]
        dated = [t for t in level if find_week(t.words) or find_date(t.words)]
        if len(dated) >= 2 and len(dated) * 10 >= len(level) * 8:
            ends = [t.start for t in dated[1:]] + [len(text)]
            weeks = [find_week(t.words) for t in dated]
            years = _years(weeks, [text[t.start : end] for t, end in zip(dated, ends, strict=True)], name)
            return [Issue(t.start, end, date_of_title(t.words, year)) for t, end, year in zip(dated, ends, years, strict=True)]
        if len(level) > 1:
            return []
    return []


def date_of_title(words: str, year: int | None) -> date | None:
    """The date of a heading: the last day of its range, or its one date."""
    week = find_week(words)
    if week:
        return week.in_year(year)
    found = find_date(words)
    return found[0] if found else None


def date_of_list(words: str, text: str, name: str) -> date | None:
    """The date of a single weekly list: the year comes from its heading, its file name, or the ids of its preprints."""
    week = find_week(words)
    if week is None:
        return date_of_title(words, None)
    return week.in_year(year_in(name) or year_near(week, arxiv_months(text)))


def _years(weeks: Sequence[Week | None], texts: Sequence[str], name: str) -> list[int | None]:
    """The year of each range: said by itself, else that of its neighbour with the turn of the year between them, else told by
    the file name or by the ids of the preprints."""
    found = [w.year if w else None for w in weeks]
    days = [(w.month, w.day) if w else None for w in weeks]
    down = sum(1 if a > b else -1 for a, b in pairwise(days) if a and b and a != b) > 0
    for order in (range(1, len(weeks)), range(len(weeks) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for i in order:
            here, there, year = days[i], days[i - step], found[i - step]
            if found[i] is None and here and there and year:
                older = down == (step > 0)
                turned = here > there if older else here < there
                found[i] = year + (-1 if older else 1) * turned
    if any(found):
        return found
    lone = year_in(name)
    return [lone or (year_near(w, arxiv_months(t)) if w else None) for w, t in zip(weeks, texts, strict=True)]
