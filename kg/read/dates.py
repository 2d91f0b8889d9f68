"""Calendar dates and date ranges as people write them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:n]: i for i, name in enumerate(_NAMES.split(), 1) for n in (3, len(name))} | {"sept": 9}
_MONTH = r"([A-Z][a-z]{2,8}|[A-Z]{3,9})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/._])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(rf"{_MONTH} {{1,3}}{_DAY},? {{1,3}}{_YEAR}")
_DAY_FIRST = re.compile(rf"(?<!\d){_DAY}(?: of)? {{1,3}}{_MONTH},? {{1,3}}{_YEAR}")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
_RANGE = re.compile(
    rf"{_MONTH} {{0,2}}{_DAY}(?:,? {{1,2}}{_YEAR})? {{0,2}}(?:[-–—]|to) {{0,2}}(?:{_MONTH} {{0,2}})?{_DAY}(?!\d)"
    rf"(?:[ ,)\]–—-]{{1,6}}{_YEAR})?"
)
_FILE_RANGE = re.compile(
    r"(?<![a-z])([a-z]{3,9})[-_](\d{1,2})[-_](?:to[-_])?(?:([a-z]{3,9})[-_])?(\d{1,2})(?!\d)(?:[-_]((?:19|20)\d\d)(?!\d))?"
)


@dataclass(frozen=True, slots=True)
class Week:
    """The end of a date range whose year may be unsaid, and the characters that say it."""

    month: int
    day: int
    year: int | None
    start: int
    end: int

    def in_year(self, year: int | None) -> date | None:
        """The last day of the range, in ``year`` where the range itself names none."""
        known = self.year or year
        return _date(known, self.month, self.day) if known else None


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first full date in ``text`` with its offsets.

    >>> [str(find_date(s)[0]) for s in ("of 2026-05-13", "May 13, 2026", "13 May 2026", "BriefJun 8, 2026 · Issue 70")]
    ['2026-05-13', '2026-05-13', '2026-05-13', '2026-06-08']
    """
    found = [hit for hit in (_first(_ISO, text, 1, 3, 4), _month_first(text), _day_first(text)) if hit]
    return min(found, key=lambda hit: hit[1]) if found else None


def find_week(text: str) -> Week | None:
    """The first date range in ``text``, by its last day.

    >>> find_week("Best papers (December 23 - December 29) - 2024").in_year(None)
    datetime.date(2024, 12, 29)
    >>> find_week("Best papers (May 22-28)").in_year(2023)
    datetime.date(2023, 5, 28)
    """
    for m in _RANGE.finditer(text):
        first, last = _MONTHS.get(m[1].casefold()), _MONTHS.get((m[4] or m[1]).casefold())
        year = m[6] or m[3]
        if first and last and _date(int(year or 2024), last, int(m[5])):
            return Week(last, int(m[5]), int(year) if year else None, m.start(), m.end())
    return None


def date_of_name(name: str) -> date | None:
    """The date that a file name carries: "digest-2026-05-13.txt", "20260513.md", "weekly-april-22-april-28-2024.md"."""
    stem = name.rsplit("/", 1)[-1]
    full = find_date(stem.replace("_", "-"))
    if full:
        return full[0]
    compact = _first(_COMPACT, stem, 1, 2, 3)
    if compact:
        return compact[0]
    for m in _FILE_RANGE.finditer(stem.casefold()):
        month = _MONTHS.get(m[3] or m[1])
        if month and m[5]:
            return _date(int(m[5]), month, int(m[4]))
    return None


def year_in(text: str) -> int | None:
    """The one year that ``text`` names; None where it names none or several."""
    years = set(re.findall(r"(?<!\d)(20\d\d)(?!\d)", text))
    return int(years.pop()) if len(years) == 1 else None


def year_near(week: Week, months: list[tuple[int, int]]) -> int | None:
    """The year of a range, told by the newest (year, month) of the preprints it lists: a list is younger than its papers."""
    if not months:
        return None
    year, month = max(months)
    end = _date(year, week.month, week.day)
    if end is None:
        return None
    return year if end + timedelta(days=45) >= date(year, month, 1) else year + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first(pattern: re.Pattern[str], text: str, year: int, month: int, day: int) -> tuple[date, int, int] | None:
    for m in pattern.finditer(text):
        found = _date(int(m[year]), int(m[month]), int(m[day]))
        if found:
            return found, m.start(), m.end()
    return None


def _month_first(text: str) -> tuple[date, int, int] | None:
    for m in _MONTH_FIRST.finditer(text):
        month = _MONTHS.get(m[1].casefold())
        found = _date(int(m[3]), month, int(m[2])) if month else None
        if found:
            return found, m.start(), m.end()
    return None


def _day_first(text: str) -> tuple[date, int, int] | None:
    for m in _DAY_FIRST.finditer(text):
        month = _MONTHS.get(m[2].casefold())
        found = _date(int(m[3]), month, int(m[1])) if month else None
        if found:
            return found, m.start(), m.end()
    return None
