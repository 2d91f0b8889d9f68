"""Cuts a proposed term down to the name in it: "the PoseBusters benchmark" is PoseBusters, "FreshQA accuracy" is FreshQA and a
metric, "the Vizier algorithm" is Vizier."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.terms import cues
from kg.extract.terms.coined import is_coined
from kg.model import Kind
from kg.text import fold

_SAYS_WHAT_IT_IS = re.compile(
    r"(?<=\w)\s+(?:evaluation |test |validation )?(?:benchmarks?|data ?sets?|test suites?|test sets?|corpus|corpora)$"
)
#: Nouns that only say of a proper name that it names a method or a system.
_GENERIC_HEAD = re.compile(
    r"(?<=\w)\s(?:reasoning |training )?(?:methods?|methodology|approach(?:es)?|frameworks?|algorithms?|models?|systems?"
    r"|techniques?|architectures?)$"
)
#: Words in lower case behind the name of a benchmark: a part of it, its items, what is done with it.
_LOWER_TAIL = re.compile(r"(?:\s(?!v\d)[a-z][\w-]{0,30}){1,6}$")
_POSSESSIVE = re.compile(r"['’]s$")
_NAMED_METHODS = frozenset({Kind.TECHNIQUE, Kind.CONCEPT, Kind.MODEL})
_BENCHMARK_ENDING = re.compile(r"(?:[Bb]ench|Eval|Arena|Gym|QA)$")
#: A size, a number or a version behind a name: NQ320K, MATH-500, MTEB-Lite.
_VARIANT = re.compile(r"([A-Za-z][A-Za-z ]{0,30}[A-Za-z])(?:[- ]?\d{1,4}[KkMm]?|-[A-Z][a-z]{2,9})")


def find_name(words: str, kind: Kind, known: Mapping[str, set[Kind]]) -> tuple[int, Kind]:
    """Where the name that ``words`` begin with ends, and of what kind it is: all of them where they are nothing but a name.

    ``known`` are the folded names of the vocabulary with their kinds.
    """
    if kind is Kind.BENCHMARK:
        m = _SAYS_WHAT_IT_IS.search(words)
        if m and any(c.isupper() or c.isdigit() for c in words[: m.start()].split()[-1:][0]):
            return m.start(), kind
        m = _LOWER_TAIL.search(words)
        if m and _is_proper(words[: m.start()].split()[-1]):
            return len(_POSSESSIVE.sub("", words[: m.start()])), kind
    elif kind is Kind.METRIC:
        m = _LOWER_TAIL.search(words)
        if m and _names_benchmark(words[: m.start()], known):
            return m.start(), Kind.BENCHMARK
    elif kind in _NAMED_METHODS:
        m = _GENERIC_HEAD.search(words)
        if m and _is_proper(words[: m.start()].split()[-1]) and words[: m.start()] not in cues.NOT_NAMES:
            return m.start(), kind
    return len(words), kind


def is_variant(name: str, known: Mapping[str, set[Kind]]) -> bool:
    """Whether a name is that of a known benchmark with a size or a number behind it: NQ320K, MATH-500."""
    m = _VARIANT.fullmatch(name)
    return m is not None and known.get(fold(m.group(1))) == {Kind.BENCHMARK}


def _is_proper(word: str) -> bool:
    return is_coined(word) or (any(c.isdigit() for c in word) and any(c.isupper() for c in word))


def _names_benchmark(words: str, known: Mapping[str, set[Kind]]) -> bool:
    return known.get(fold(words)) == {Kind.BENCHMARK} or (" " not in words and _BENCHMARK_ENDING.search(words) is not None)
