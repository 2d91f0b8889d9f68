"""Sentences: a Document -> a Draft with nothing found in it yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import cache
from itertools import pairwise

from kg.extract.draft import Draft
from kg.model import Block, BlockKind, Document, Sentence, Span

#: A full stop or the like with its closing marks, before a line end or a blank after which no small letter stands (a name may
#: start with a small Greek one).
_END = re.compile(r"[.!?…。！？][\"'”’)\]»*_`]*+(?=\n| (?![a-z]))")
#: Words of papers and their digests whose full stop is their own.
_OWN_ABBREVIATIONS = frozenset(
    "al. e.g. E.g. i.e. I.e. a.m. p.m. w.r.t. vs. cf. approx. resp. etc. co. Co. Inc. Corp. Ltd. Bros. Fig. Eq. Sec. No. Dr. "
    "Prof. Mr. Mrs. Ms. Jr. St. Mt. Rep. Rev. Gov. Gen. Sen. Adm. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. "
    "Dec.".split()
)
_WORD = re.compile(r"(?<!\w)[^\W\d_](?:[^\W\d_]|\.){0,9}\.$")
#: A small letter by itself: "say k."
_SMALL = re.compile(r"(?<!\S)[\"'“‘(\[*_`]{0,3}[a-z]\.$")
_SIZE = re.compile(r"\d[A-Za-z]{0,3}\.$")
_LETTER = re.compile(r"(?<![\w.])[A-Z]\.$")
_START = re.compile(r" (?:The|This|These|It|Its|In|On|At|For|A|An|We|Both|They|No|If|When)\b")
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
def load_abbreviations() -> frozenset[str]:
    """The words of English whose full stop is their own by spaCy's tokenizer, beside ours. Loads spaCy."""
    from spacy.lang.en import English

    return _OWN_ABBREVIATIONS | {word for word in English.Defaults.tokenizer_exceptions if word.endswith(".")}


def segment(document: Document, abbreviations: Collection[str] = _OWN_ABBREVIATIONS) -> Draft:
    """Cuts the blocks of a document into sentences.

    Args:
        abbreviations: words whose full stop ends no sentence; see :func:`load_abbreviations` for more of them.
    """
    text = document.text
    ends = [m.span() for m in _END.finditer(text) if _is_end(text, *m.span(), abbreviations)]
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        sentences += (Sentence(span, number) for span in _sentences(text, ends, block))
    return Draft(document, sentences)


def _is_end(text: str, stop: int, end: int, abbreviations: Collection[str]) -> bool:
    """Whether the mark at ``stop``, with what closes behind it up to ``end``, ends a sentence."""
    if text[stop] == ".":
        return _is_free(text, stop, end, abbreviations)
    return not (text[stop] in "?!" and text.startswith("(", end + 1) and _REFERENCE.match(text, end + 1))


def _is_free(text: str, stop: int, end: int, abbreviations: Collection[str]) -> bool:
    """Whether the full stop at ``stop`` ends more than its word: not that of an abbreviation, nor that of a capital ("PhD.",
    "about K."), unless an acronym or a size ends with it ("1.7B.") or the letter stands before a usual start."""
    before = text[stop - 1 : stop]
    if before == ".":
        return text.endswith("...", 0, stop + 1)
    near = max(0, stop - 10)
    if not before.isupper():
        word = _WORD.search(text, near, stop + 1)
        return not ((word and word.group() in abbreviations) or _SMALL.search(text, near, stop + 1))
    if text[stop - 2 : stop - 1].isupper() or _SIZE.search(text, near, stop + 1):
        return True
    return bool(_LETTER.search(text, near, stop + 1) and _START.match(text, end)) and end == stop + 1


def _sentences(text: str, ends: list[tuple[int, int]], block: Block) -> list[Span]:
    if block.kind in _PROSE:
        return _cut(text, ends, block.span)
    if block.kind is BlockKind.ROW:
        cells = block.cells or (block.span,)
        sentences = (_past_break(text, sentence) for cell in cells for sentence in _cut(text, ends, cell))
        return [clause for sentence in sentences for clause in _clauses(text, sentence)]
    if block.kind in _LINES:
        lines = re.finditer(r"[^\n]+", block.span.of(text))
        found = (_trim(text, block.span.start + m.start(), block.span.start + m.end()) for m in lines)
        return [span for span in found if span.end > span.start]
    return []


def _past_break(text: str, sentence: Span) -> Span:
    """The sentence of a cell without the break of a line and the bullet before it."""
    lead = _BREAK.match(text, sentence.start, sentence.end)
    return Span(lead.end(), sentence.end) if lead else sentence


def _cut(text: str, ends: list[tuple[int, int]], span: Span) -> list[Span]:
    """Cuts running text after each full stop that ends a sentence."""
    inside = ends[bisect_left(ends, (span.start, 0)) : bisect_left(ends, (span.end, 0))]
    cuts = [span.start, *(end for _, end in inside if end < span.end), span.end]
    found = (_trim(text, a, b) for a, b in pairwise(cuts))
    return [sentence for sentence in found if sentence.end > sentence.start]


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Table cells and feeds string clauses together with semicolons; each is a statement of its own."""
    cuts = [sentence.start, *(sentence.start + m.end() for m in _CLAUSE.finditer(sentence.of(text))), sentence.end]
    return [_trim(text, a, b) for a, b in pairwise(cuts) if a < b]


def _trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
