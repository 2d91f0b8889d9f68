"""Reads until when a forecast runs: "90 days", "within six months", "by Q3 2026", "by the end of next year"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: i for i, word in enumerate(_SMALL, 1)} | {
    **{"a": 1, "an": 1, "couple": 2, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30},
    **{"thirty-six": 36, "forty-five": 45, "sixty": 60, "ninety": 90, "hundred": 100},
}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_LEAD = r"(?:within|in|over|for|during|after|inside)"
#: A span of time, with the words that lead into it: "in the next 90 days", "a 60-day", "(six months)".
_PERIOD = re.compile(
    rf"(?P<lead>\b{_LEAD}\s+)?(?:(?:the|about|roughly)\s+|~\s?){{0,2}}(?P<next>(?:next|coming|following)\s+)?"
    r"(?:\b\d{1,3}\s?(?:[-–]|to|or)\s?)?"
    rf"(?P<n>\b\d{{1,3}}|\b(?:{_NUMBER})\b)(?:\s+of)?[\s-]?(?P<unit>d|day|week|wk|month|mo|quarter|year|yr)s?\b"
    rf"|(?P<lead1>\b{_LEAD}\s+)?(?:the\s+)?\b(?:next|coming)\s+(?P<unit1>day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
_YEAR = r"(?:\s+(?:of\s+)?20\d\d)?"
_PLACE = "|".join(
    (
        rf"\d{{4}}-\d\d-\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+20\d\d)?|\d{{1,2}}\s+{_MONTH}{_YEAR}"
        rf"|{_MONTH}{_YEAR}",
        rf"q[1-4]{_YEAR}|[1-4]q\s?20\d\d|h[12]{_YEAR}|(?:early|mid|late)[\s-]20\d\d|(?:spring|summer|fall|autumn"
        rf"|winter){_YEAR}",
        rf"year[\s-]?end{_YEAR}|20\d\d|(?:the|this|next)\s+(?:year|quarter|month)",
    )
)
_DEADLINE = re.compile(
    r"\b(?P<by>by|before|until|no later than|due:?|in|during)\s+(?P<end>(?:the\s+)?(?:very\s+)?end[\s-]of[\s-])?"
    rf"(?P<place>{_PLACE})(?![\w-])|(?<=[,(])\s*(?P<bare>q[1-4]\s20\d\d|(?:early|mid|late)[\s-]20\d\d)(?=\s*[.),])",
    re.IGNORECASE,
)
#: A month, a quarter or a year, which what comes before it does not reach into.
_WHOLE = re.compile(rf"{_MONTH}(?:\s+20\d\d)?|q[1-4](?:\s+20\d\d)?|20\d\d", re.IGNORECASE)
#: The deadline that an item begins with, a mark behind it: "Q3 2027 — a lamp is sold."
LEADING = re.compile(rf"[\W_]{{0,4}}(?P<place>(?:(?:the )?end of )?(?:{_PLACE}))[*_]{{0,3}}\s?[:—–|-]\s", re.IGNORECASE)
_DAYS = {"d": 1, "day": 1, "week": 7, "wk": 7, "month": 30, "mo": 30, "quarter": 90, "year": 365, "yr": 365}
_MONTHS_OF = {"month": 1, "mo": 1, "quarter": 3, "year": 12, "yr": 12}
_SEASONS = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 12}


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where a text says until when, and what that means for a document of a given date."""

    start: int
    end: int
    days: int | None
    due: date | None
    period: bool  # "90 days" rather than "by Q3 2026"
    ahead: bool  # led in by words that point to the future: "within", "in the next", "by"


def find_horizons(text: str, issued: date | None) -> list[Horizon]:
    """All horizons in ``text``, in order.

    Months, quarters and years are those of the calendar where the day of issue is known (else 30, 90 and 365 days); a
    deadline means its last day ("Q3 2026" is 2026-09-30).

    >>> [(h.days, str(h.due)) for h in find_horizons("X, 90 days. Y by Q3 2026. Z within six months.", date(2026, 5, 13))]
    [(90, '2026-08-11'), (140, '2026-09-30'), (184, '2026-11-13')]
    """
    ranked = [(1, h) for m in _PERIOD.finditer(text) if (h := _period(m, issued))]
    # "the end of next year" is no period of a year, but "in the next quarter" is one of 90 days
    ranked += [(0 if m["end"] else 2, h) for m in _DEADLINE.finditer(text) if (h := _by(m, issued))]
    found: list[tuple[int, Horizon]] = []
    for rank, horizon in sorted(ranked, key=lambda r: r[1].start):
        if not found or found[-1][1].end <= horizon.start:
            found.append((rank, horizon))
        elif rank < found[-1][0]:
            found[-1] = (rank, horizon)
    return [h for _, h in found]


def _period(m: re.Match[str], issued: date | None) -> Horizon | None:
    unit = (m["unit"] or m["unit1"]).casefold()
    count = 1
    if m["n"]:
        count = int(m["n"]) if m["n"].isdigit() else _NUMBERS[m["n"].casefold()]
    days = count * _DAYS[unit]
    if unit in ("month", "mo"):
        days = count // 12 * 365 + count % 12 * 30
    if not days:
        return None
    lead = (m["lead"] or m["lead1"] or "").strip().casefold()
    ahead = bool(m["next"] or m["unit1"]) or lead in ("within", "inside")
    if issued is None:
        return Horizon(m.start(), m.end(), days, None, True, ahead)
    due = _months_after(issued, count * _MONTHS_OF[unit]) if unit in _MONTHS_OF else issued + timedelta(days)
    return Horizon(m.start(), m.end(), (due - issued).days, due, True, ahead)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _by(m: re.Match[str], issued: date | None) -> Horizon | None:
    place = (m["place"] or m["bare"]).casefold()
    due = _deadline(place, issued)
    if due is not None and (m["by"] or "").casefold() == "before" and not m["end"] and _WHOLE.fullmatch(place):
        due = _day_before(place, due)
    if due is None or (issued is not None and due <= issued):
        return None
    firm = bool(m["end"]) or (m["by"] or "by").casefold() not in ("in", "during")
    return Horizon(m.start(), m.end(), (due - issued).days if issued else None, due, False, firm)


def _day_before(place: str, last: date) -> date:
    """The day before the month, quarter or year begins that ends on ``last``."""
    months = 12 if place.isdigit() else 3 if place.startswith("q") else 1
    return date(last.year, last.month - months + 1, 1) - timedelta(1)


def _deadline(place: str, issued: date | None) -> date | None:
    """The last day of what ``place`` names."""
    try:
        return _last_day(place, issued)
    except ValueError:
        return None  # "by 2026-13-45"


def _last_day(place: str, issued: date | None) -> date | None:
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", place):
        return date(int(m[1]), int(m[2]), int(m[3]))
    stated = re.search(r"\b(20\d\d)\b", place)
    year = int(stated[1]) if stated else issued.year if issued else None
    if year is None:
        return None
    if m := re.match(r"(?:the|this|next) (year|quarter|month)", re.sub(r"\s+", " ", place)):
        return _of_this(m[1], place.startswith("next"), issued)
    month, day = _month_and_day(place)
    due = date(year, month, min(day or 31, monthrange(year, month)[1]))
    if not stated and issued and due < issued:
        due = date(year + 1, month, min(day or 31, monthrange(year + 1, month)[1]))
    return due


def _of_this(unit: str, following: bool, issued: date | None) -> date | None:
    if issued is None:
        return None
    if unit == "year":
        return date(issued.year + following, 12, 31)
    step = 3 if unit == "quarter" else 1
    month = (issued.month - 1) // step * step + step * (1 + following)
    year, month = issued.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _month_and_day(place: str) -> tuple[int, int | None]:
    """The month that a place in the calendar ends with, and its day where it names one."""
    if m := re.search(r"q([1-4])|([1-4])q", place):
        return 3 * int(m[1] or m[2]), None
    if m := re.search(r"\bh([12])\b", place):
        return 6 * int(m[1]), None
    if m := re.match(r"early|mid|late", place):
        return {"early": 3, "mid": 6, "late": 12}[m[0]], None
    if m := re.match(r"spring|summer|fall|autumn|winter", place):
        return _SEASONS[m[0]], None
    if m := re.search(rf"\b({'|'.join(_MONTHS)})", place):
        day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", place)
        return _MONTHS.index(m[1]) + 1, int(day[1]) if day else None
    return 12, None
