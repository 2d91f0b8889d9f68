"""What has the value of a result: the thing counted, a mention of its sentence, or the words of the text."""

from __future__ import annotations

import re

from kg.extract.draft import Draft
from kg.extract.results.numerals import Form, Quantity
from kg.extract.results.units import STOP_WORDS
from kg.model import Kind, Span

_SUBJECTS = frozenset({Kind.TECHNIQUE, Kind.MODEL, Kind.PAPER, Kind.INSTITUTION})
_OWNERS = frozenset({Kind.INSTITUTION, Kind.MODEL})  # of money
_RIVAL = re.compile(
    r"\b(?:than|over|versus|vs\.?|against|outperform\w{0,3}|beat\w{0,3}|surpass\w{0,3}|exceed\w{0,3}"
    r"|compared (?:to|with)|relative to|from|baseline)\s(?:the |a |an |all |prior |previous )*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s(?:by|for|with)\s(?:the |a |an )?$")
_SPLIT = re.compile(r"[;:,.()\"”“│►▶→─]\s|\s[(\"“]|\n")


class CarriedSubject:
    """Finds subjects; remembers those of the sentence before in the same block, for a sentence that opens with its number."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._block = -1
        self._mentions: list[int] = []
        self._words = ""

    def subject_of(self, sentence: int, q: Quantity, earlier: Quantity | None, paper: int | None) -> tuple[str, int | None]:
        """The subject in words, and the mention that it is or belongs to."""
        draft, place = self._draft, self._draft.sentences[sentence]
        money = q.unit == "usd"
        mention = _find_mention(draft, place.span, q, earlier, _OWNERS if money else _SUBJECTS)
        if mention is None and paper is None and not money and place.block == self._block and self._mentions:
            mention = self._mentions[1 if q.compared and len(self._mentions) > 1 else 0]
        mention = paper if mention is None else mention
        if q.noun and (q.unit == "count" or mention is None):
            return q.noun, mention
        if mention is not None:
            return draft.mentions[mention].name, mention
        words = _last_words(draft.text[max(place.span.start, q.span.start - 80) : q.span.start])
        carried = self._words if place.block == self._block else ""
        return words or carried or _first_words(draft.text[q.span.end : min(place.span.end, q.span.end + 80)]), None

    def pass_sentence(self, sentence: int) -> None:
        """Remembers what a sentence was about."""
        place = self._draft.sentences[sentence]
        if place.block != self._block:
            self._block, self._mentions, self._words = place.block, [], ""
        named = self._draft.mentions_in(Span(place.span.start, min(place.span.end, place.span.start + 400)), _SUBJECTS)
        if named:
            self._mentions = named[:2]
        if not self._words:
            self._words = _first_words(self._draft.words(place.span)[:80])


def _find_mention(draft: Draft, sentence: Span, q: Quantity, earlier: Quantity | None, kinds: frozenset[Kind]) -> int | None:
    """The mention named right after ("76% by X"), else the last one before the number in its clause that is not what it is
    compared with, else the first of the sentence."""
    after = Span(q.span.end, min(sentence.end, q.span.end + 60))
    for m in draft.mentions_in(after, kinds)[:1]:
        if q.unit != "usd" and _BY.fullmatch(draft.text, q.span.end, draft.mentions[m].span.start):
            return m
    floor = max(sentence.start, q.span.start - 300, earlier.span.end if earlier else 0)
    near = [m for m in draft.mentions_in(Span(floor, q.span.start), kinds) if not _is_rival(draft, sentence, m)]
    if near:
        return near[-1] if q.form is not Form.VERSUS else near[0]
    start = max(sentence.start, q.span.start - 600)
    return next((m for m in draft.mentions_in(Span(start, q.span.start), kinds) if not _is_rival(draft, sentence, m)), None)


def _is_rival(draft: Draft, sentence: Span, mention: int) -> bool:
    start = draft.mentions[mention].span.start
    return bool(_RIVAL.search(draft.text, max(sentence.start, start - 50), start))


def _last_words(text: str) -> str:
    """The last few words of the clause that a text ends in, unless they say nothing by themselves."""
    words = _SPLIT.split(text)[-1].strip(" -–—•│(,:;").split()[-8:]
    return " ".join(words) if any(w.lower() not in STOP_WORDS for w in words) else ""


def _first_words(text: str) -> str:
    words = _SPLIT.split(text.strip(" -–—•│*_\n"))[0].split()[:8]
    return " ".join(words) if any(w.lower() not in STOP_WORDS for w in words) else ""
