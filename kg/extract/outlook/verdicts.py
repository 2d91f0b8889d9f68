"""Items of a list of predictions that close an earlier one: "P-12 from 03-02 is resolved. We had asked for X in 60 days."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.outlook.horizons import find_horizons
from kg.model import PredictionStatus

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


#: The state of a prediction as a mark before it: "`open` **Two labs agree** · made 2026-03-02 · due 2026-09-01".
_MARKED = re.compile(
    r"[\s*_]*(?:[`\[(]|(?P<bold>[*_]{2}))(?P<state>open|pending|new|live|running|resolved|hit|came true|won|right|"
    r"expired|lapsed|missed|failed|lost|wrong)(?(bold)[*_]{2}|[`\])])[\s:—–-]+",
    re.IGNORECASE,
)
#: What such a mark says; any other, that it came true.
_STATES = dict.fromkeys(("open", "pending", "new", "live", "running"), PredictionStatus.OPEN) | dict.fromkeys(
    ("expired", "lapsed", "missed", "failed", "lost", "wrong"), PredictionStatus.EXPIRED
)
#: When it was made, as a field.
_WHEN_MADE = re.compile(
    r"\s[·•|;]\s(?:made|dated|from|since|opened|set)\s(?:on\s)?[^·•|;\n]{4,20}?(?=\s[·•|;]|\.\s|\.?$)", re.IGNORECASE
)
#: The fields behind a prediction's name.
_FIELDS = re.compile(
    r"\s[·•|]\s(?:horizon|due|deadline|until|by|confidence|odds|prob(?:ability|\.)?|status)\b.*$", re.IGNORECASE
)


def read_marks(head: str) -> tuple[str, PredictionStatus]:
    """An item's first sentence without the mark of its state and the date at which it was made, and the state.

    >>> read_marks("`expired` **Two labs agree** · made 2026-03-02 · due 2026-09-01.")
    ('**Two labs agree** · due 2026-09-01.', <PredictionStatus.EXPIRED: 'expired'>)
    """
    marked = _MARKED.match(head)
    if marked is None:
        return _WHEN_MADE.sub("", head), PredictionStatus.OPEN
    status = _STATES.get(marked["state"].lower(), PredictionStatus.RESOLVED)
    return _WHEN_MADE.sub("", head[marked.end() :]), status


def cut_fields(label: str) -> str:
    """A prediction's name without the fields behind it.

    >>> cut_fields("Two labs agree** · horizon")
    'Two labs agree**'
    """
    return _FIELDS.sub("", label)


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
