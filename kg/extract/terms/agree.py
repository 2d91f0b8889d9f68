"""One name is one kind of thing throughout a document: what single sentences leave in doubt, all of them together decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from kg.extract.draft import Draft
from kg.extract.terms import cues
from kg.extract.terms.again import AGAIN
from kg.extract.terms.recognizer import RULE, TermGuess
from kg.extract.terms.trim import is_variant
from kg.model import TERM_KINDS, Kind, Predicate, Span
from kg.text import fold

#: The rules under which the model's terms stand; others know their kinds.
_GUESSED = frozenset({RULE, AGAIN})
_SIZE = re.compile(r"(?<=\w)[- ]\d{1,4}(?:\.\d)?[BM](?![\w-])")
_OF_BENCHMARKS = re.compile(r"[Bb]ench|[Ee]val|Arena|Gym|QA\b|Test|Suite|Set\b")
#: What it counts that the words or the letters of the name tell a benchmark.
_TOLD = 5.0


def agree_kinds(draft: Draft, guesses: Mapping[int, TermGuess], known: Mapping[str, set[Kind]]) -> None:
    """Gives all mentions of a name that only the model knows the kind that most of them have.

    That papers are evaluated on it speaks for a benchmark where it was seen as one at all. ``guesses`` are the model's terms by
    offset, ``known`` the folded names of the vocabulary with their kinds.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i, mention in enumerate(draft.mentions):
        if mention.rule in _GUESSED and mention.kind in TERM_KINDS:
            places[fold(mention.name)].append(i)
    for same in places.values():
        weight: dict[Kind, float] = defaultdict(float)
        evaluated = 0.0
        for i in same:
            mention = draft.mentions[i]
            weight[mention.kind] += mention.confidence
            guess = guesses.get(mention.span.start)
            if guess is not None and guess.role is Predicate.EVALUATES_ON:
                evaluated += guess.role_score
        if Kind.BENCHMARK in weight:
            weight[Kind.BENCHMARK] += evaluated
        if is_variant(draft.mentions[same[0]].name, known):
            weight[Kind.BENCHMARK] += _TOLD
        if Kind.BENCHMARK in weight and _tells_model(draft.mentions[same[0]].name):
            weight[Kind.MODEL] += 2 * _TOLD
        if any(_told_benchmark(draft, draft.mentions[i].span) for i in same):
            weight[Kind.BENCHMARK] += _TOLD
        kind = min(weight, key=lambda k: (-round(weight[k], 6), k.value))
        for i in same:
            draft.change_kind(i, kind)


def _tells_model(name: str) -> bool:
    """Whether a name is a model's by a size in it, or by the family that it begins with: "Foo 27B", "Gemini Foo-2"."""
    family = re.split(r"[- ]", name, maxsplit=1)[0] in cues.MODEL_FAMILIES
    return bool(_SIZE.search(name)) or (family and " " in name and not _OF_BENCHMARKS.search(name))


def _told_benchmark(draft: Draft, place: Span) -> bool:
    """Whether the words beside a made-up name say that it is a collection of tasks or of data."""
    name = draft.words(place)
    if " " in name or not any(c.isupper() for c in name[1:]):
        return False
    before = draft.text[max(0, place.start - 30) : place.start]
    return cues.HOLDS_ITEMS.match(draft.text, place.end, place.end + 120) is not None or (
        cues.CALLED_A_BENCHMARK.search(before) is not None
    )
