"""Finds the curated concepts in a text: the longest match over folded words, so that case, hyphens and plurals do not matter
where they carry no meaning, and do where they do ("ACT" is not "act", "Meta" is not "meta")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.model import Concept, Kind, Span
from kg.text import fold

_WORD = re.compile(r"[^\W_]+(?:[.+@&/](?=[^\W_])[^\W_]+)*\+*")
_VERSION = re.compile(r"-[A-Z]{0,3}\d")
#: Kinds whose labels are proper names: written with capitals, or not meant.
_PROPER = frozenset({Kind.INSTITUTION, Kind.MODEL, Kind.BENCHMARK, Kind.HARDWARE, Kind.VENUE, Kind.PERSON})


class FoldedWord(NamedTuple):
    """A word of a text, folded, and where it stands. (The quickest record to make: there is one for each word.)"""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Match:
    """A curated concept at a place of a text. ``ambiguous``: the form means it only in context."""

    span: Span
    concept: Concept
    form: str
    ambiguous: bool


@dataclass(slots=True)
class _Node:
    """A place in the trie: what may follow, and what ends here: (form, concept, whether the form is ambiguous)."""

    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, Concept, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Gazetteer:
    """A trie over the folded words of all labels and aliases."""

    root: _Node = field(default_factory=_Node)
    names: dict[str, set[Kind]] = field(default_factory=dict)  # all forms, folded, and the kinds of what they name

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Gazetteer:
        gazetteer = cls()
        for concept in concepts:
            for form in (concept.label, *concept.aliases):
                gazetteer._add(form, concept)
        return gazetteer

    def _add(self, form: str, concept: Concept) -> None:
        keys = [key for word in _WORD.findall(form) if (key := fold(word))]
        if not keys:
            return
        self.names.setdefault(" ".join(keys), set()).add(concept.kind)
        node = self.root
        for key in keys:
            node = node.next.get(key) or node.next.setdefault(key, _Node())
        node.ends.append((form, concept, form in concept.ambiguous))

    def find(self, text: str, span: Span) -> Iterator[Match]:
        """All longest matches in ``span``, left to right, none overlapping; several concepts may share one place."""
        words = folded_words(text[span.start : span.end])
        first = self.root.next
        after = 0
        for i, word in enumerate(words):
            if i >= after and word.key in first:
                found, width = self._longest(text, span.start, words, i)
                yield from found
                after = i + width

    def _longest(self, text: str, offset: int, words: Sequence[FoldedWord], first: int) -> tuple[list[Match], int]:
        node = self.root
        best: list[Match] = []
        width = 0
        for n in range(first, len(words)):
            step = node.next.get(words[n].key)
            if step is None or (n > first and not _joined(text[offset + words[n - 1].end : offset + words[n].start])):
                break
            node = step
            if node.ends:
                matches = _agreeing(text, Span(offset + words[first].start, offset + words[n].end), node.ends)
                if matches:  # "AMD MI300" names hardware, and with its first word who makes it
                    makers = [m for m in best if m.concept.kind is Kind.INSTITUTION]
                    others = [m for m in makers if all(x.concept.kind is not Kind.INSTITUTION for x in matches)]
                    best, width = matches + others, n - first + 1
        return best, width


def _agreeing(text: str, place: Span, ends: Iterable[tuple[str, Concept, bool]]) -> list[Match]:
    """The matches whose form agrees with the characters of the text."""
    return [
        Match(place, concept, form, ambiguous)
        for form, concept, ambiguous in ends
        if _case_agrees(place.of(text), form, concept.kind) and not _is_prefix(text, place, concept.kind)
    ]


def _joined(between: str) -> bool:
    """Whether two words may belong to one name: white space, a hyphen or an apostrophe between them."""
    if between in (" ", "-"):
        return True
    return len(between) <= 3 and all(c in " \t\n\xa0-‐‑–'’_/" for c in between) and between.count("\n") < 2


def _is_prefix(text: str, place: Span, kind: Kind) -> bool:
    """Whether a one-word name only begins a compound: "Meta-evaluation", or a version: "Cohere-R7B"."""
    if kind is not Kind.INSTITUTION or text[place.end : place.end + 1] != "-" or " " in place.of(text):
        return False
    return text[place.end + 1 : place.end + 2].islower() or _VERSION.match(text, place.end) is not None


def _case_agrees(surface: str, form: str, kind: Kind) -> bool:
    """A form with capitals beyond its first letter must be met with capitals; a proper name of one word with a capital."""
    if " " not in form and _capitals(form) >= 2:
        if _capitals(surface) >= 2 or any(c.isdigit() for c in surface):
            return True
        return len(form) > 5 and surface[:1].isupper()
    if kind in _PROPER and form[:1].isupper():
        return any(c.isupper() or c.isdigit() for c in surface)
    return not (surface.isupper() and len(surface) <= 4 and not form.isupper() and len(surface) > 1)


def _capitals(word: str) -> int:
    return sum(map(str.isupper, word))


@lru_cache(maxsize=1024)  # the sentences of a document are asked for more than once
def folded_words(text: str) -> tuple[FoldedWord, ...]:
    """The words of ``text``, each folded as ``kg.text.fold`` does, with offsets into ``text``."""
    return tuple(FoldedWord(m.start(), m.end(), key) for m in _WORD.finditer(text) if (key := fold(m.group())))
