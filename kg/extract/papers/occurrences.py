"""Every place of a text where a name or short form of a known paper stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.draft import Draft
from kg.model import Kind, Role, Span
from kg.text import fold

#: A name's first word, with the marks before it.
_FIRST_WORD = re.compile(r"[^\w\s-]{0,3}(\w+)")
_INSIDE = re.compile(r"[\w-]")
_WORDS = re.compile(r"\w+")
_GAP = re.compile(r"[\s-]+")


def add_occurrences(draft: Draft) -> None:
    """Every further place where a name or short form of a known paper stands, longest names first."""
    forms: dict[str, tuple[int, str]] = {}
    for paper in draft.papers:
        for form in (paper.name, paper.title, *paper.aliases):
            if len(form) > 1:
                reason = "same name" if form == paper.name else "the title" if form == paper.title else "short form of the name"
                forms.setdefault(form, (paper.mention, reason))
    if not forms:
        return
    names = _Names(forms)
    by_fold = {fold(f): v for f, v in reversed(forms.items())}
    for sentence in draft.sentences:
        if draft.document.sections[draft.document.blocks[sentence.block].section].role is Role.FURNITURE:
            continue
        for span in names.find(draft.text, sentence.span):
            known = by_fold.get(fold(span.of(draft.text)))
            if known and not draft.taken(span, frozenset({Kind.PAPER})):
                other = draft.add_mention(span, Kind.PAPER, "paper.name")
                draft.add_alias(known[0], other, known[1], draft.sentence_at(span.start))


class _Names:
    """Many names to be found in a text, by their first words: a document may name thousands of papers. Spaces and hyphens
    stand for each other."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[list[str]]] = {}  # the parts of each name
        for name in sorted(names, key=lambda f: (-len(f), f)):
            first = _FIRST_WORD.match(name)
            self._by_word.setdefault(first.group(1) if first else "", []).append(list(filter(None, _GAP.split(name))))

    def find(self, text: str, span: Span) -> Iterator[Span]:
        """The places of names in ``span``, the longest name first where several begin at one."""
        if self._by_word.keys().isdisjoint(_WORDS.findall(text, span.start, span.end)):
            return
        at = span.start
        while (word := _FIRST_WORD.search(text, at, span.end)) is not None:
            at = word.end(1)
            names = self._by_word.get(word.group(1))
            if names is None:
                continue
            starts = [s for s in range(word.start(), word.start(1) + 1) if not _INSIDE.search(text[max(0, s - 1) : s])]
            tried = ((start, _end_of(name, text, start, span.end)) for start in starts for name in names)
            start, end = next((found for found in tried if found[1]), (at, 0))
            if end:
                at = end
                yield Span(start, end)


def _end_of(parts: list[str], text: str, start: int, limit: int) -> int:
    """Where a name of these parts that stands at ``start`` ends; 0 where it does not stand there."""
    at = start
    for number, part in enumerate(parts):
        if number:
            gap = _GAP.match(text, at, limit)
            at = gap.end() if gap else limit
        if not text.startswith(part, at, limit):
            return 0
        at += len(part)
    return 0 if _WORDS.match(text, at, limit) else at
