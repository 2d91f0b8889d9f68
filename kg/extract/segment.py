"""Tokens and sentences: a Document -> a Draft with nothing found in it yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.draft import Draft
from kg.model import Block, BlockKind, Document, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without a stub

_CLOSERS = frozenset("\"'”’)]»*_`")
_STOPS = frozenset({".", "!", "?", "…", "。", "！", "？"})
_ABBREVIATION = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|vs|cf|Fig|Eq|Sec|No|approx|resp|Dr|Prof|etc|w\.r\.t|St|Inc|Corp|Ltd)|\b[A-Z])\.$"
)
#: The tokenizer keeps the full stop of "at 1.7B." and of "about K." with the word.
_STOPPED = re.compile(r"(?P<size>[^\s.]*\d(?:\.\d+)?[A-Za-z]{0,3}|[A-Z]\d[A-Z])\.|(?P<letter>[A-Z])\.")
_STARTERS = frozenset(
    {"The", "This", "These", "It", "Its", "In", "On", "At", "For", "A", "An", "We", "Both", "They", "No", "If", "When"}
)
#: No word is this long. The tokenizer's time grows with the square of such a run, so it sees blanks instead.
_LONGEST_RUN = 300
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_RUN},}}")
_RUN = re.compile(r"\S+")
#: Where a run of characters without white space ends in marks.
_MARKS = re.compile(r"(?<![{0}])[{0}]++(?!\S)".format(re.escape("".join(sorted(_CLOSERS | _STOPS)))))
_BREAK = re.compile(r"(?:\s*<br ?/?>)+\s*(?:[●•◦▪‣*-]\s+)?(?=\S)")
#: What stands behind a title that asks: "Who Waits? (arXiv 2605.01234)".
_REFERENCE = re.compile(
    r"\([^()\n]{0,160}?(?:\barXiv\b|\bet al\b|\d{4}\.\d{4,5}|\b(?:19|20)\d\d\)|\b\d\d-\d\d\))", re.IGNORECASE
)
_CLAUSE = re.compile(r";\s+(?=\S)")
#: Block kinds that hold sentences; the lines of diagrams and of metadata are evidence too, one line each.
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_LINES = frozenset({BlockKind.DIAGRAM, BlockKind.CODE, BlockKind.META, BlockKind.HEADING})


@cache
def tokenizer() -> Tokenizer:
    """spaCy's English tokenizer by itself: without a pipeline, and without what a vocabulary knows of its words."""
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import Vocab

    rules = English.Defaults
    return Tokenizer(
        Vocab(),
        rules=rules.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
        suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
        infix_finditer=compile_infix_regex(rules.infixes or ()).finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )


@lru_cache(maxsize=1 << 15)
def _tokenize(run: str) -> tuple[str, ...]:
    """The tokens of a run of characters without white space: those that it has in any text."""
    return tuple(token.text for token in tokenizer()(run))


@dataclass(frozen=True, slots=True)
class _Stop:
    """A token that may end a sentence: where it starts, the tokens of the run that it stands in, and which of them it is."""

    start: int
    tokens: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class _Stops:
    """The tokens of a text that end in a full stop or the like, of the runs at whose ends some stand: no others are cut."""

    text: str
    seen: str  # the text as the tokenizer sees it: blanks for what is no word
    stops: list[_Stop]
    starts: list[int]


def segment(document: Document) -> Draft:
    """Tokenizes a document and cuts its blocks into sentences."""
    stops = _find_stops(document.text)
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        sentences += (Sentence(span, number) for span in _sentences(stops, block))
    return Draft(document, sentences)


def _find_stops(text: str) -> _Stops:
    seen = _UNBROKEN.sub(lambda m: " " * len(m.group()), text)
    stops: list[_Stop] = []
    for marks in _MARKS.finditer(seen):
        if _STOPS.isdisjoint(marks.group()):
            continue
        run = seen[max(0, marks.start() - _LONGEST_RUN) : marks.end()].rsplit(None, 1)[-1]
        tokens, start = _tokenize(run), marks.end() - len(run)
        for number, token in enumerate(tokens):
            if token[-1] in _STOPS:
                stops.append(_Stop(start, tokens, number))
            start += len(token)
    return _Stops(text, seen, stops, [stop.start for stop in stops])


def _sentences(stops: _Stops, block: Block) -> list[Span]:
    text = stops.text
    if block.kind in _PROSE:
        return _cut(stops, block.span)
    if block.kind is BlockKind.ROW:
        cells = block.cells or (block.span,)
        sentences = (_past_break(text, sentence) for cell in cells for sentence in _cut(stops, cell))
        return [clause for sentence in sentences for clause in _clauses(text, sentence)]
    if block.kind in _LINES:
        lines = re.finditer(r"[^\n]+", block.span.of(text))
        found = (_trim(text, Span(block.span.start + m.start(), block.span.start + m.end())) for m in lines)
        return [span for span in found if span.end > span.start]
    return []


def _past_break(text: str, sentence: Span) -> Span:
    """The sentence of a cell without the break of a line and the bullet before it."""
    lead = _BREAK.match(text, sentence.start, sentence.end)
    return Span(lead.end(), sentence.end) if lead else sentence


def _cut(stops: _Stops, span: Span) -> list[Span]:
    """Cuts running text after each full stop that ends a sentence."""
    found: list[Span] = []
    start = span.start
    for stop in stops.stops[bisect_left(stops.starts, span.start) : bisect_left(stops.starts, span.end)]:
        token, number = stop.tokens[stop.number], stop.number + 1
        if not (token in _STOPS or token.endswith(("?!", "...")) or _is_stopped(stops.seen, stop, span.end)):
            continue
        end = stop.start + len(token)
        while end < span.end and number < len(stop.tokens) and stop.tokens[number] in _CLOSERS:
            end += len(stop.tokens[number])
            number += 1
        if start < end and (end >= span.end if number < len(stop.tokens) else _ends(stops.seen, stop, end, span.end)):
            found.append(_trim(stops.text, Span(start, end)))
            start = end
    if start < span.end:
        found.append(_trim(stops.text, Span(start, span.end)))
    return [s for s in found if s.end > s.start]


def _ends(text: str, stop: _Stop, end: int, limit: int) -> bool:
    """Whether a full stop with which a run of characters ends, at ``end``, ends its sentence: white space and then something
    that can start one must follow."""
    after = end + text.startswith(" ", end)
    if after >= min(limit, len(text)):
        return True
    if text[end] not in " \n":
        return False
    if text[after] == "(" and stop.tokens[stop.number] in "?!" and _REFERENCE.match(text, after, limit):
        return False
    if stop.tokens[stop.number] == "." and _ABBREVIATION.search(text, max(0, stop.start - 10), stop.start + 1):
        return False
    return not (text[after].islower() and text[after].isascii())  # a name may start with a small Greek letter


def _is_stopped(text: str, stop: _Stop, limit: int) -> bool:
    """Whether a word with a full stop of its own ends a sentence: a size always may, a letter only before a usual start."""
    token = stop.tokens[stop.number]
    stopped = _STOPPED.fullmatch(token) if token.endswith(".") and len(token) < 20 else None
    return stopped is not None and (stopped["letter"] is None or _token_after(text, stop, limit) in _STARTERS)


def _token_after(text: str, stop: _Stop, limit: int) -> str:
    """The token after ``stop``, if it starts before ``limit`` and is no white space."""
    start = stop.start + len(stop.tokens[stop.number])
    if stop.number + 1 < len(stop.tokens):
        return stop.tokens[stop.number + 1] if start < limit else ""
    run = _RUN.match(text, start + 1) if text.startswith(" ", start) and start + 1 < limit else None
    return _tokenize(run.group())[0] if run else ""


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Table cells and feeds string clauses together with semicolons; each is a statement of its own."""
    cuts = [sentence.start, *(sentence.start + m.end() for m in _CLAUSE.finditer(sentence.of(text))), sentence.end]
    return [_trim(text, Span(a, b)) for a, b in pairwise(cuts) if a < b]


def _trim(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
