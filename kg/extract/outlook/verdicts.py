"""Items of a list of predictions that close an earlier one: "P-12 from 03-02 is resolved. We had asked for X in 60 days."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.outlook.horizons import find_horizons

_NUMBER = r"[A-Z]{0,4}-?\d{1,3}(?:-\d{1,3})?"
_CLOSED = re.compile(
    r"\W*(?:(?:closed|resolved|expired|settled)\s?:\s*)?(?:prediction |bet |no\. )?#?"
    rf"{_NUMBER}(?![\d%.])\s?(?:\((?P<label>[^()\n]{{5,120}})\))?"
    r"(?P<between>[^.;\n]{0,60}?)\b(?:(?P<lost>expire[sd]|lapse[sd]|fail(?:s|ed)|missed|was wrong|did not come true)"
    r"|resolve[sd]|confirmed|came true|was right|is closed|settled)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    r"\b(?:asked for|wanted|predicted|forecast(?:ed)?|bet on|expected|called for)\s(?:that\s)?(?P<what>[^.;\n]{5,160})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an item says of an earlier prediction. ``label`` and ``days`` where it tells them."""

    label: str
    days: int | None
    lost: bool  # it expired or was wrong
    before: str  # the words that may say when it was made
    after: str  # and those that may say when it ended


def read_verdict(head: str, rest: str) -> Verdict | None:
    """The verdict that an item's first sentence gives; ``rest`` are its other sentences.

    >>> read_verdict("P-12 from 03-02 is resolved.", "We had asked for a small teacher in 60 days; it came in 41.").label
    'a small teacher'
    >>> read_verdict("P-13 (90 days, 40%). A small teacher.", "") is None
    True
    """
    m = _CLOSED.match(head)
    if m is None:
        return None
    rest = " ".join(rest.split())
    asked = _ASKED.search(rest) or _ASKED.search(m["rest"])
    horizon = next((h for h in find_horizons(asked["what"], None) if h.period), None) if asked else None
    told = asked["what"][: horizon.start if horizon else None] if asked else ""
    label = m["label"] or told
    if not label:
        return None
    before, after = m["between"], m["rest"]
    return Verdict(
        re.sub(r"\s(?:in|within)$", "", label.strip()), horizon.days if horizon else None, bool(m["lost"]), before, after
    )
