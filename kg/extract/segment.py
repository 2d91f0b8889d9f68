"""Tokens and sentences: a Document -> a Draft with nothing found in it yet."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Token

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


def segment(document: Document) -> Draft:
    """Tokenizes a document and cuts its blocks into sentences."""
    doc = tokenizer().make_doc(_UNBROKEN.sub(lambda m: " " * len(m.group()), document.text))
    draft = Draft(document, doc, [])
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        sentences += (Sentence(span, number) for span in _sentences(draft, block))
    return Draft(document, doc, sentences)


def _sentences(draft: Draft, block: Block) -> list[Span]:
    text = draft.text
    if block.kind in _PROSE:
        return _cut(draft, block.span)
    if block.kind is BlockKind.ROW:
        cells = block.cells or (block.span,)
        return [clause for cell in cells for sentence in _cut(draft, cell) for clause in _clauses(text, sentence)]
    if block.kind in _LINES:
        lines = re.finditer(r"[^\n]+", block.span.of(text))
        found = (_trim(text, Span(block.span.start + m.start(), block.span.start + m.end())) for m in lines)
        return [span for span in found if span.end > span.start]
    return []


def _cut(draft: Draft, span: Span) -> list[Span]:
    """Cuts running text after each full stop that ends a sentence."""
    tokens = list(draft.tokens(span))
    found: list[Span] = []
    start = span.start
    for i, token in enumerate(tokens):
        if token.text in _STOPS or token.text.endswith(("?!", "...")) or _is_stopped(token, tokens[i + 1 : i + 2]):
            end = i
            while end + 1 < len(tokens) and tokens[end + 1].text in _CLOSERS and not tokens[end].whitespace_:
                end += 1
            stop = tokens[end].idx + len(tokens[end])
            if start < stop and _ends(draft.text, token, tokens[end + 1] if end + 1 < len(tokens) else None, tokens[end]):
                found.append(_trim(draft.text, Span(start, stop)))
                start = stop
    if start < span.end:
        found.append(_trim(draft.text, Span(start, span.end)))
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


def _is_stopped(token: Token, after: list[Token]) -> bool:
    """Whether a word with a full stop of its own ends a sentence: a size always may, a letter only before a usual start."""
    stopped = _STOPPED.fullmatch(token.text) if token.text.endswith(".") and len(token) < 20 else None
    return stopped is not None and (stopped["letter"] is None or (bool(after) and after[0].text in _STARTERS))


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
