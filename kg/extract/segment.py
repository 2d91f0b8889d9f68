"""Tokens and sentences: a Document -> a Draft with nothing found in it yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, Token

from kg.extract.draft import Draft
from kg.model import Block, BlockKind, Document, Sentence, Span

if TYPE_CHECKING:
    from spacy.language import Language

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
_UNBROKEN = re.compile(r"\S{300,}")
_CLAUSE = re.compile(r";\s+(?=\S)")
#: Block kinds that hold sentences; the lines of diagrams and of metadata are evidence too, one line each.
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_LINES = frozenset({BlockKind.DIAGRAM, BlockKind.CODE, BlockKind.META, BlockKind.HEADING})


@cache
def tokenizer() -> Language:
    """spaCy's English tokenizer, with hyphened words kept in pieces and no length limit of its own."""
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 31
    return nlp


@dataclass(slots=True)
class _Tokens:
    """The tokens of a text: where each starts, and which may end a sentence."""

    text: str
    doc: Doc
    starts: list[int]
    stops: list[int]  # indices of tokens that end in a full stop or the like
    stop_starts: list[int]


def segment(document: Document) -> Draft:
    """Tokenizes a document and cuts its blocks into sentences."""
    tokens = _tokenize(document.text)
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        sentences += (Sentence(span, number) for span in _sentences(tokens, block))
    return Draft(document, sentences)


def _tokenize(text: str) -> _Tokens:
    doc = tokenizer().make_doc(_UNBROKEN.sub(lambda m: " " * len(m.group()), text))
    if not len(doc):
        return _Tokens(text, doc, [], [], [])
    words, starts = doc.to_array(["ORTH", "IDX"]).T.tolist()
    ends = {word for word in set(words) if doc.vocab.strings[word][-1:] in _STOPS}
    stops = [i for i, word in enumerate(words) if word in ends]
    return _Tokens(text, doc, starts, stops, [starts[i] for i in stops])


def _sentences(tokens: _Tokens, block: Block) -> list[Span]:
    text = tokens.text
    if block.kind in _PROSE:
        return _cut(tokens, block.span)
    if block.kind is BlockKind.ROW:
        cells = block.cells or (block.span,)
        return [clause for cell in cells for sentence in _cut(tokens, cell) for clause in _clauses(text, sentence)]
    if block.kind in _LINES:
        lines = re.finditer(r"[^\n]+", block.span.of(text))
        found = (_trim(text, Span(block.span.start + m.start(), block.span.start + m.end())) for m in lines)
        return [span for span in found if span.end > span.start]
    return []


def _cut(tokens: _Tokens, span: Span) -> list[Span]:
    """Cuts running text after each full stop that ends a sentence."""
    doc, last = tokens.doc, bisect_left(tokens.starts, span.end)
    found: list[Span] = []
    start = span.start
    for i in tokens.stops[bisect_left(tokens.stop_starts, span.start) : bisect_left(tokens.stop_starts, span.end)]:
        after = doc[i + 1] if i + 1 < last else None
        if not (doc[i].text in _STOPS or doc[i].text.endswith(("?!", "...")) or _is_stopped(doc[i], after)):
            continue
        end = i
        while end + 1 < last and doc[end + 1].text in _CLOSERS and not doc[end].whitespace_:
            end += 1
        stop = tokens.starts[end] + len(doc[end])
        if start < stop and _ends(tokens.text, doc[i], doc[end + 1] if end + 1 < last else None, doc[end]):
            found.append(_trim(tokens.text, Span(start, stop)))
            start = stop
    if start < span.end:
        found.append(_trim(tokens.text, Span(start, span.end)))
    return [s for s in found if s.end > s.start]


def _ends(text: str, stop: Token, after: Token | None, last: Token) -> bool:
    """Whether a full stop ends its sentence: white space and then something that can start one must follow."""
    if after is None:
        return True
    if not last.whitespace_ and "\n" not in text[last.idx + len(last) : after.idx + 1]:
        return False
    if stop.text == "." and _ABBREVIATION.search(text, max(0, stop.idx - 10), stop.idx + 1):
        return False
    return not (after.text[0].islower() and after.text[0].isascii())  # a name may start with a small Greek letter


def _is_stopped(token: Token, after: Token | None) -> bool:
    """Whether a word with a full stop of its own ends a sentence: a size always may, a letter only before a usual start."""
    stopped = _STOPPED.fullmatch(token.text) if token.text.endswith(".") and len(token) < 20 else None
    return stopped is not None and (stopped["letter"] is None or (after is not None and after.text in _STARTERS))


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
