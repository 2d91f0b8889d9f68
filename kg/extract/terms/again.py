"""A made-up name that was seen once is the same name wherever else it stands in the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.extract.draft import Draft
from kg.extract.terms.coined import is_coined
from kg.extract.terms.recognizer import RULE
from kg.model import TERM_KINDS, Span

#: The rule under which such mentions stand.
AGAIN = "name.again"
_LEAST = 0.9  # of the model, to believe a name
_WORD_START = re.compile(r"(?<![\w-])[^\W\d_]")
_INSIDE = re.compile(r"[\w-]")
_KEY = 3  # characters by which names are looked up; no made-up name is shorter


def find_again(draft: Draft, readable: Iterable[Span]) -> None:
    """Adds a mention at each place of a coined name of the model's that it was sure of somewhere, and passed over here."""
    named = (m for m in draft.mentions if m.rule == RULE and m.confidence >= _LEAST)
    sure = {m.name: m for m in named if m.name[0].isalpha() and is_coined(m.name)}
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in sorted(sure, key=lambda n: (-len(n), n)):
        by_key[name[:_KEY]].append(name)
    for span in readable if by_key else ():
        for m in _WORD_START.finditer(draft.text, span.start, span.end):
            for name in by_key.get(draft.text[m.start() : m.start() + _KEY], ()):
                end = m.start() + len(name)
                if end > span.end or not draft.text.startswith(name, m.start()) or _INSIDE.match(draft.text, end):
                    continue
                place = Span(m.start(), end)
                if not draft.taken(place, TERM_KINDS):
                    draft.add_mention(place, sure[name].kind, AGAIN, confidence=0.8)
                break
