"""Publication, title, date and issue number from a document's first lines and its file name. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.read.dates import date_of_name, find_date, find_week
from kg.read.lines import ends_sentence, is_furniture

_ISSUE = re.compile(r"\b(?:issue|edition|volume|vol\.?|number|no\.|episode|ep\.?) ?#?(\d{1,5})\b|(?<!\w)#(\d{1,5})\b", re.I)
_NAMED_ISSUE = re.compile(r"([A-Z][\w'’&.]*(?: [A-Z0-9&][\w'’&.]*){0,4}) #?(\d{1,4})(?::| [-–—|] )")
_SEPARATOR = re.compile(r"\s+[|·•—–-]\s+|\s*[|·•]\s*| - |(?<=\w): (?=\w)")
_LEAD = re.compile(r"^[§#*_>\s]+|[*_\s]+$")
_ISSUE_TAIL = re.compile(r"[\s,:(–—-]{1,4}(?:(?:issue|edition|number|vol\.?|volume|no\.|episode|ep\.?) ?#?|#)\d{1,5}\)?$", re.I)
_CALENDAR = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week \d{1,2}(?:,? 20\d\d)?|20\d\d)", re.I)
_PLACE = re.compile(r"(?:^|[.!] )[A-Z][\w-]+(?: [A-Z\d][\w-]*)?, (?:[A-Z][a-z]+day, )?$")
_PREPOSITION = re.compile(r"(?:^|\s)(?:of|for|from|on|week of|the week of)$", re.I)
_GENERIC = frozenset({"brief", "briefs", "issue", "newsletter", "digest", "daily", "weekly", "blog", "home", "archive", "post"})


@dataclass(frozen=True, slots=True)
class About:
    """What the first lines say. ``line`` is the index of the line that the title stands in, -1 where none does."""

    title: str = ""
    publication: str = ""
    date: date | None = None
    issue: str = ""
    line: int = -1


def read_about(lines: Sequence[str], name: str, title: int | None = None) -> About:
    """Reads the first lines of a document (a dozen at most, without furniture) and its file name.

    Args:
        title: the index of the line that is known to be the title.
    """
    day, issue, publication = None, "", ""
    order = [title, *(i for i in range(len(lines)) if i != title)] if title is not None else list(range(len(lines)))
    for i in order:
        words = _LEAD.sub("", lines[i][:300])
        if len(words) > 200 or (i != title and ends_sentence(words) and not find_date(words[:60]) and not is_dateline(words)):
            continue
        found = find_date(words)
        day = day or (found[0] if found else None)
        number = _ISSUE.search(words)
        issue = issue or (next(g for g in number.groups() if g) if number else "")
        publication = publication or publication_of(words)
        named = _NAMED_ISSUE.match(words)
        if named and not issue and not find_week(words):
            issue, publication = named[2], publication or named[1]
    index = title if title is not None else next((i for i, words in enumerate(lines) if _is_title(words)), -1)
    shown = _LEAD.sub("", lines[index][:300]) if index >= 0 else ""
    return About(shown, publication, day or date_of_name(name), issue, index)


def publication_of(words: str) -> str:
    """The name that a title line joins with a date or an issue number: "Name | 2026-05-13", "Name - Issue 70".

    >>> publication_of("Morning Signal | 2026-05-13"), publication_of("Best Papers of the Week (May 22 - 28)")
    ('Morning Signal', 'Best Papers of the Week')
    >>> publication_of("Residual learning - a second look")
    ''
    """
    return _ISSUE_TAIL.sub("", _publication(words)).rstrip(" ,:(–—-|")


def _publication(words: str) -> str:
    week = find_week(words)
    if week:
        head = words[: week.start].rstrip(" ([-–—|:,").strip()
        return head if head and not head.endswith((" from", " for")) else re.sub(r" (?:from|for)$", "", head)
    parts = [p.strip(" ()[]") for p in _SEPARATOR.split(words)]
    found = find_date(words)
    if len(parts) < 2 and found and found[2] >= len(words.rstrip(" )")):
        named = _PREPOSITION.sub("", words[: found[1]].rstrip(" (,:-–—"))
        return "" if len(named) > 60 or _CALENDAR.fullmatch(named) else named
    if len(parts) < 2:
        return ""
    kept = [p for p in parts if p and not _is_stamp(p)]
    if len(kept) == len([p for p in parts if p]):
        return ""
    return next((p for p in kept if p.casefold() not in _GENERIC and not ends_sentence(p) and not _is_remark(p)), "")[:80]


def is_stamp_line(words: str) -> bool:
    """Whether a line is only dates and issue numbers, with remarks beside them: "Issue 14 | 3 March 2026 | 7 min read".

    >>> is_stamp_line("Issue 14 | 3 March 2026"), is_stamp_line("2026-05-13"), is_stamp_line("Signals - 2026-05-13")
    (True, True, False)
    """
    words = _LEAD.sub("", words[:200])
    if len(words) > 120:
        return False
    parts = [q for q in (p.strip(" ()[]") for p in _SEPARATOR.split(words)) if q]
    stamps = [_is_stamp(p) for p in parts]
    return any(stamps) and all(stamp or _is_remark(p) for stamp, p in zip(stamps, parts, strict=True))


def is_dateline(words: str) -> bool:
    """Whether a line ends with the place and the day on which it was written.

    >>> is_dateline("Letter 4 to our readers. Ghent, 30 March 2027."), is_dateline("Out on 30 March 2027.")
    (True, False)
    """
    found = find_date(words[-40:]) if len(words) <= 120 else None
    return found is not None and words[-40:][found[2] :] in ("", ".") and bool(_PLACE.search(words[-40:][: found[1]]))


def _is_stamp(part: str) -> bool:
    """Whether a part of a title line is only a date or an issue number."""
    if _CALENDAR.fullmatch(part):
        return True
    found = find_date(part)
    if found:
        return len(part) - (found[2] - found[1]) <= 12
    number = _ISSUE.search(part)
    return bool(number) and len(part) - (number.end() - number.start()) <= 4 if number else False


def _is_remark(part: str) -> bool:
    """Whether a part of a title line is an aside, no name: "7 min read", "edited in Oslo", "by the editors"."""
    return (part[:1].islower() and " " in part) or is_furniture(part)


def _is_title(words: str) -> bool:
    return 0 < len(words) <= 200 and not words.startswith(("§", "←"))
