"""Papers named by a part of their title: "the Many Roads paper" for "The Many Roads to Sparse Training"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.draft import Draft
from kg.model import Kind, PaperFacts, Role, Span
from kg.text import fold

_WORDS = r"[A-Z0-9][\w&+'’-]*(?:[ -][A-Za-z0-9][\w&+'’-]*){0,6}?"
#: "the X paper", "today's X paper", "the X work"; and "X's", "X'" for two words of a title and more.
_PHRASE = re.compile(
    rf"[Tt](?<=\b.)(?:he|his|oday['’]s|heir)\s+(?:recent\s+|same\s+)?(?P<name>{_WORDS})\s+(?:paper|preprint|work|study)\b"
)
_POSSESSIVE = re.compile(r"(?P<name>[A-Z](?<![\w-].)[\w-]+(?: [A-Z][\w-]+){1,4})['’](?:s\b|(?=\s))")
#: "the scheduling paper": one word of a title, in small letters, that says what it is on.
_TOPIC = re.compile(r"[Tt](?<=\b.)he (?P<name>[a-z][a-z-]{3,24}) (?:paper|preprint|study)\b(?![-'’])")
_NO_TOPICS = frozenset(
    (
        "first second third other whole full short long same best last next main original recent current present companion "
        "position survey technical research accompanying previous earlier later entire scientific underlying related similar "
        "published seminal final latest empirical theoretical resulting actual"
    ).split()
)
_SMALL = frozenset({"the", "a", "an", "of", "in", "on", "for", "to", "with", "and", "via", "by", "is", "are"})
_SAME = frozenset({Kind.PAPER})


def find_paper_phrases(draft: Draft) -> None:
    """Adds mentions for phrases that name exactly one of the document's papers by words of its title, and ties them to it.
    To be called when the papers are found."""
    titles = _Titles(draft.papers)
    for section in draft.document.sections:
        if section.role is Role.FURNITURE:
            continue
        for span, possessive in _phrases(draft.text, section.span):
            words = _words(span.of(draft.text))
            fitting = titles.fitting(words, start=True)
            if not fitting and not possessive:
                fitting = titles.fitting(words, start=False)
            if len(words) > 1 and len(fitting) == 1 and not draft.taken(span, _SAME):
                _add(draft, fitting[0], span)
        for m in _TOPIC.finditer(draft.text, section.span.start, section.span.end):
            span = Span(*m.span("name"))
            told = titles.on(m["name"]) if m["name"] not in _NO_TOPICS else None
            if told is not None and not draft.taken(span, _SAME):
                _add(draft, told, span)


def _phrases(text: str, place: Span) -> Iterator[tuple[Span, bool]]:
    for m in _PHRASE.finditer(text, place.start, place.end):
        yield Span(*m.span("name")), False
    for m in _POSSESSIVE.finditer(text, place.start, place.end):
        yield Span(*m.span("name")), True


def _words(name: str) -> list[str]:
    return [w for w in fold(name.replace("-", " ")).split() if w not in _SMALL]


class _Titles:
    """The names and titles of a document's papers, by the pairs of words in them."""

    def __init__(self, papers: list[PaperFacts]) -> None:
        self._papers = papers
        self._names = [[w for name in (p.title, p.name) if name for w in [_words(name)] if w] for p in papers]
        self._with: dict[tuple[str, str], list[int]] = {}
        for i, names in enumerate(self._names):
            for pair in sorted({pair for words in names for pair in pairwise(words)}):
                self._with.setdefault(pair, []).append(i)

    def on(self, topic: str) -> PaperFacts | None:
        """The one paper that has an entry and a word in its title."""
        found = [p for p in self._papers if p.entry and topic in _words(p.title or p.name)]
        return found[0] if len(found) == 1 else None

    def fitting(self, words: list[str], *, start: bool) -> list[PaperFacts]:
        """The papers in one of whose names ``words``, two at least, stand together."""
        near = self._with.get((words[0], words[1]), ()) if len(words) > 1 else ()
        return [self._papers[i] for i in near if any(_fits(words, name, start) for name in self._names[i])]


def _fits(words: list[str], title: list[str], start: bool) -> bool:
    """Whether ``words`` stand together in ``title`` (at its start, if ``start``) without being all of it."""
    starts = range(1) if start else range(len(title) - len(words) + 1)
    return len(words) < len(title) and any(title[i : i + len(words)] == words for i in starts)


def _add(draft: Draft, paper: PaperFacts, span: Span) -> None:
    sentence = draft.sentence_at(span.start)
    if sentence is not None:
        draft.add_alias(paper.mention, draft.add_mention(span, Kind.PAPER, "paper.phrase"), "part of the title", sentence)
