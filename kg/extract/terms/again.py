"""A made-up name that was seen once is the same name wherever else it stands in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.draft import Draft
from kg.extract.terms.coined import is_coined
from kg.model import TERM_KINDS, Span

_GUESSED = "model.terms"
_LEAST = 0.9  # of the model, to believe a name
_MAX_NAMES = 2_000


def find_again(draft: Draft, readable: Iterable[Span]) -> None:
    """Adds a mention at each place of a coined name of the model's that it was sure of somewhere, and passed over here."""
    named = (m for m in draft.mentions if m.rule == _GUESSED and m.confidence >= _LEAST)
    sure = {m.name: m for m in named if m.name[0].isalpha() and is_coined(m.name)}
    if not sure:
        return
    names = sorted(sure, key=lambda n: (-len(n), n))[:_MAX_NAMES]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    for span in readable:
        for m in pattern.finditer(draft.text, span.start, span.end):
            place = Span(*m.span())
            if not draft.taken(place, TERM_KINDS):
                draft.add_mention(place, sure[m.group()].kind, "name.again", confidence=0.8)
