"""Finds cue phrases in a sentence.

A cue is a phrase of lower-case words. ``^`` before it asks for the start of the sentence, ``~`` after a word takes its
inflected forms too ("improve~": improves, improved, improving), ``*`` stands for any one word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
_WORD = re.compile(r"[^\W_](?:[\w@/+.'’-]{0,60}[^\W_]|[+%])?|[?;:]")
_VOWELS = "aeiou"
EARLY, LATE = 1.2, 0.7


@lru_cache(maxsize=4096)
def split_words(text: str) -> tuple[str, ...]:
    """The lower-case words of a sentence, hyphened words whole, with its question marks, colons and semicolons.

    >>> split_words("It doesn't extend GRPO-style RL; why?")
    ('it', "doesn't", 'extend', 'grpo-style', 'rl', ';', 'why', '?')
    """
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def inflect(verb: str) -> tuple[str, ...]:
    """A regular verb's forms.

    >>> inflect("carry"), inflect("push")
    (('carry', 'carries', 'carried', 'carrying'), ('push', 'pushes', 'pushed', 'pushing'))
    """
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and len(verb) > 1 and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    es = "es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return verb, verb + es, verb + "ed", verb + "ing"


@dataclass(frozen=True, slots=True)
class _Cue(Generic[K]):
    key: K
    weight: float
    rest: tuple[frozenset[str], ...]  # the words behind the first; an empty set is any word
    anchored: bool


@dataclass(slots=True)
class CueIndex(Generic[K]):
    """Cues by their first word, so that looking a sentence through costs about one dictionary look-up a word."""

    _by_word: dict[str, list[_Cue[K]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def build(cls, table: Mapping[K, Mapping[float, str]]) -> CueIndex[K]:
        """``table``: for each key, for each weight, cues with ``|`` between them."""
        index = cls()
        for key, rows in table.items():
            for weight, row in rows.items():
                for phrase in filter(None, (p.strip() for p in row.split("|"))):
                    index._add(key, weight, phrase)
        return index

    def _add(self, key: K, weight: float, phrase: str) -> None:
        anchored = phrase.startswith("^")
        words = tuple(
            frozenset() if w == "*" else frozenset(inflect(w[:-1]) if w.endswith("~") else (w,))
            for w in phrase.lstrip("^").split()
        )
        cue = _Cue(key, weight, words[1:], anchored)
        for first in words[0]:
            self._by_word[first].append(cue)

    def find(self, words: Sequence[str]) -> Iterable[tuple[K, float, int]]:
        """Yields key, weight and first word of each cue in ``words``."""
        for i, word in enumerate(words):
            if word not in self._by_word:
                continue
            for cue in self._by_word[word]:
                if (cue.anchored and i > 0) or i + len(cue.rest) >= len(words):
                    continue
                for n, want in enumerate(cue.rest, i + 1):
                    if want and words[n] not in want:
                        break
                else:
                    yield cue.key, cue.weight, i

    def score(self, words: Sequence[str]) -> dict[K, float]:
        """The summed weight of each key. What stands early, near the main verb, weighs more than what stands late."""
        best: dict[K, float] = defaultdict(float)
        for key, weight, start in self.find(words):
            best[key] += weight * (EARLY if start < 7 else LATE if start > 16 else 1.0)
        return dict(best)
