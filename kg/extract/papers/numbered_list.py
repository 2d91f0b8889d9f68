"""Papers that stand in a numbered list of references, and the places that cite them by number: "MapMem [3] keeps ...".

The list gives titles and ids; what is told of a paper stands where the text first cites it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.bylines import is_byline
from kg.extract.papers.candidates import Candidate, Places, trim
from kg.extract.papers.reference_entries import BEFORE_ID, ids_in, name_before
from kg.extract.terms.coined import is_coined
from kg.model import Block, BlockKind, Kind, Role, Span
from kg.text import fold

_LINES = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.META})
_PROSE = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH})
_NO_ENTRIES = frozenset({Role.THREADS, Role.PREDICTIONS, Role.FURNITURE, Role.TLDR})
#: "[3]", "[3, 5]", "[^3]", "[^gate]", "[Lin27]"
_CITATION = re.compile(
    r"\[(\^[\w-]{1,30}|[A-Z][A-Za-z+]{1,14}\d{2,4}[a-z]?|\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,5})\](?!\(|: ?<?https?:)"
)
_KEY = re.compile(r"\^[\w-]+|[A-Z][\w+]+|\d+")
_LABEL = re.compile(
    r"^[ \t*_-]{0,8}(?:\[(\d{1,3}|\^[\w-]{1,30}|[A-Z][A-Za-z+]{1,14}\d{2,4}[a-z]?)\]:?|(\d{1,3})[.)])\s+", re.MULTILINE
)
_PART_END = re.compile(r"[.,;] (?=arXiv|https?:|\[)|[.] (?=[^\W\d_])|\s[—–|·-]\s|\s\(|\n", re.IGNORECASE)
#: "A. Lind, W. Park et al. ", "Lind, A., and Park, W. "
_AUTHORS = re.compile(
    r"(?:(?:and |& )?(?:(?:[A-Z]\.[ -]?){1,3}[A-Z][\w'’-]+|[A-Z][\w'’-]+, (?:[A-Z]\.[ -]?){1,3}|[A-Z][\w'’-]+ et al)"
    r"[,;.]{0,2} ?){1,20}(?:(?:and )?et al\.?[,:]? ?|\(\d{4}\)[.,:]? ?)?"
)
#: What may lead a sentence in whose subject is cited: "The second, Late Rain [4], ..."
_SUBJECT = re.compile(
    r"(?:[\W_]{0,4}(?:the|an?|in|its?|another|also)?\s?"
    r"(?:(?:first|second|third|fourth|other|last|latter|companion|sister|follow-up)[\w -]{0,20},?\s)?(?:paper\s)?)",
    re.IGNORECASE,
)
_ORDINALS = (("first", "former"), ("second", "latter", "other"), ("third",), ("fourth",))
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Listed:
    """One line of the list."""

    title: Span
    name: Span
    arxiv_id: str
    url: str


@dataclass(frozen=True, slots=True)
class _List:
    """The lines that the text cites, by what it cites them as, and where their blocks start."""

    lines: Mapping[str, _Listed]
    starts: frozenset[int]


def find_numbered(draft: Draft) -> list[Candidate]:
    """The papers of a numbered list of references, and the stretches that tell of those that the text cites."""
    listed = _read_list(draft)
    found = [Candidate(x.name, "paper.listed", x.title, arxiv_id=x.arxiv_id, url=x.url) for x in listed.lines.values()]
    told: set[str] = set()
    for index, block in enumerate(draft.document.blocks if found else ()):
        role = draft.document.sections[block.section].role
        if block.kind in _PROSE and role not in _NO_ENTRIES and block.span.start not in listed.starts:
            found += _told_in(draft, index, listed.lines, told)
    return found


def add_citations(draft: Draft) -> None:
    """Makes each "[3]" a mention of the paper that the list gives this number, but right behind the paper's own name."""
    listed = _read_list(draft)
    of_id = {p.arxiv_id: p for p in draft.papers if p.arxiv_id}
    for block in draft.document.blocks if listed.lines else ():
        if draft.document.sections[block.section].role is Role.FURNITURE or block.span.start in listed.starts:
            continue
        for key, place in _citations(draft, block):
            paper = of_id.get(listed.lines[key].arxiv_id) if key in listed.lines else None
            if paper is None:
                continue
            near = draft.mentions_in(Span(max(block.span.start, place.start - 120), place.start), frozenset({Kind.PAPER}))
            if not any(draft.paper_of(m) == paper.mention and place.start - draft.mentions[m].span.end <= 5 for m in near):
                other = draft.add_mention(place, Kind.PAPER, "paper.number", name=paper.name)
                draft.add_alias(paper.mention, other, "number in the list", draft.sentence_at(place.start))


# ------------------------------------------------------------------------------------------------------------- the list


def _read_list(draft: Draft) -> _List:
    """The numbered lines with one id each, where the rest of the text cites most of them."""
    if not _CITATION.search(draft.text):
        return _List({}, frozenset())
    return draft.keep("numbered list", lambda: _make_list(draft))


def _make_list(draft: Draft) -> _List:
    by_section: dict[int, list[tuple[int, str, _Listed]]] = {}
    cited: set[str] = set()
    for block in draft.document.blocks:
        lines = list(_lines_of(draft, block)) if block.kind in _LINES else []
        for key, line in lines:
            if (listed := _listed(draft, line)) is not None:
                by_section.setdefault(block.section, []).append((block.span.start, key, listed))
        labels = Places(Span(*m.span()) for _, x in lines if (m := _LABEL.match(draft.text, x.start, x.end)))
        cited |= {key for key, place in _citations(draft, block) if block.kind in _PROSE and not labels.hold(place.start)}
    found = [[x for x in lines if x[1] in cited] for lines in by_section.values()]
    best = max(found, key=len, default=[])
    if len(best) < _LEAST or 2 * len(best) < len(cited):
        return _List({}, frozenset())
    return _List({key: listed for _, key, listed in reversed(best)}, frozenset(start for start, _, _ in best))


def _lines_of(draft: Draft, block: Block) -> Iterator[tuple[str, Span]]:
    """The numbered lines of a block, each with its number; each is the block itself where the reader has taken it off."""
    if block.label.isdigit():
        yield block.label, block.span
        return
    found = list(_LABEL.finditer(draft.text, block.span.start, block.span.end))
    for m, after in zip_longest(found, found[1:]):
        yield m[1] or m[2], Span(m.start(), after.start() if after else block.span.end)


def _listed(draft: Draft, line: Span) -> _Listed | None:
    """The title of a line, "Ruiz et al. Some Title. arXiv:2605.01234", and its id."""
    text, ids = draft.text, ids_in(draft, line)
    if len(ids) != 1:
        return None
    arxiv_id, place = ids[0]
    label = _LABEL.match(text, line.start, line.end)
    lead = BEFORE_ID.search(text, line.start, place.start)
    at, limit = label.end() if label else line.start, lead.start() if lead else place.start
    if limit <= at:
        limit = max(place.end, line.end)  # the title is the link
    authors = _AUTHORS.match(text, at, limit)
    at = authors.end() if authors else at
    while at < limit:
        end = _PART_END.search(text, at, limit)
        part = trim(text, Span(at, end.start() if end else limit))
        words = part.of(text)
        if words and titles.is_title_case(words) and not (is_byline(words) or refs.ET_AL.search(words)) and _is_name(words):
            colon = words.find(": ")
            name = Span(part.start, part.start + colon) if colon > 0 and len(words[:colon].split()) <= 6 else part
            return _Listed(part, name, arxiv_id, f"https://arxiv.org/abs/{arxiv_id}")
        if end is None:
            return None
        at = end.end()
    return None


def _is_name(words: str) -> bool:
    return len(words.split()) <= 25 and not refs.ARXIV_ID.search(words) and words.casefold().strip(" :.") != "arxiv"


# ----------------------------------------------------------------------------------------------------- where it is cited


def _citations(draft: Draft, block: Block) -> Iterator[tuple[str, Span]]:
    """The numbers in brackets, each with its place."""
    for m in _CITATION.finditer(draft.text, block.span.start, block.span.end):
        for number in _KEY.finditer(draft.text, *m.span(1)):
            yield number.group(), Span(*m.span()) if number.group() == m[1] else Span(*number.span())


def _told_in(draft: Draft, index: int, listed: Mapping[str, _Listed], told: set[str]) -> Iterator[Candidate]:
    """The papers that a paragraph tells of: those it cites first, and those that a later sentence has for its subject."""
    block = draft.document.blocks[index]
    text, cited = draft.text, [(n, p) for n, p in _citations(draft, block) if n in listed]
    lead = draft.sentence_at(cited[0][1].start) if cited else None
    if lead is None or cited[0][0] in told:
        return
    fresh: dict[str, Span] = {}
    for n, place in cited:
        sentence = draft.sentence_at(place.start)
        own = sentence == lead or (sentence is not None and _is_subject(text, draft.sentences[sentence].span, place))
        if own and n not in told and n not in fresh:
            fresh[n] = place
    told.update(fresh)
    for (n, place), stretch in zip(fresh.items(), _stretches(draft, index, list(fresh.values())), strict=True):
        line = listed[n]
        candidate = Candidate(_name_at(draft, block, place, line), "paper.numbered", None, stretch, line.arxiv_id, line.url)
        yield candidate


def _is_subject(text: str, sentence: Span, place: Span) -> bool:
    lead = _SUBJECT.match(text, sentence.start, place.start)
    name = name_before(text, sentence, place)
    return (name.start if name else place.start) <= (lead.end() if lead else sentence.start) + 2


def _stretches(draft: Draft, index: int, places: list[Span]) -> list[Span]:
    """The whole block for one paper; of several, what stands from the sentence that cites or counts one to the next such."""
    if len(places) == 1:
        return [_with_next(draft, index)]
    block = draft.document.blocks[index]
    inside = draft.sentences_in(block.span)
    counts = Counter(draft.sentence_at(p.start) for p in places)
    opens: dict[int, int] = {}  # sentence -> paper
    for n, place in enumerate(places):
        own = draft.sentence_at(place.start)
        if own is not None and counts[own] == 1:
            opens[own] = n
        for i in inside:
            if own is not None and i > own and _counts(draft.words(draft.sentences[i].span), n):
                opens.setdefault(i, n)
    found = []
    for n, place in enumerate(places):
        mine = next((i for i in sorted(opens) if opens[i] == n), None)
        after = next((i for i in sorted(opens) if mine is not None and i > mine), None)
        if mine is None:
            found.append(place)
        elif after is not None:
            found.append(Span(draft.sentences[mine].span.start, draft.sentences[after].span.start))
        else:
            last = block.span.end if counts[draft.sentence_at(place.start)] == 1 else draft.sentences[mine].span.end
            found.append(Span(draft.sentences[mine].span.start, last))
    return found


def _counts(words: str, n: int) -> bool:
    """Whether a sentence's subject is the paper of that place in an enumeration: "The second, by Some Lab, merges ..."."""
    m = re.match(r"\W*The (\w+)\b", words)
    return m is not None and n < len(_ORDINALS) and m[1].lower() in _ORDINALS[n]


def _with_next(draft: Draft, index: int) -> Span:
    """The block with the paragraphs below it that cite nothing."""
    blocks = draft.document.blocks
    block = blocks[index]
    end = block.span.end
    for i in range(index + 1, len(blocks)) if block.kind is BlockKind.PARAGRAPH else ():
        other = blocks[i]
        if other.kind is not BlockKind.PARAGRAPH or other.section != block.section or any(_citations(draft, other)):
            break
        end = other.span.end
    return Span(block.span.start, end)


def _name_at(draft: Draft, block: Block, place: Span, line: _Listed) -> Span:
    """What the text calls the paper right before its number, where that is its title, a part of it or a coined word."""
    marked = [
        s
        for s in draft.emphasis_in(Span(max(block.span.start, place.start - 200), place.start))
        if 0 <= place.start - s.end <= 3
    ]
    name = trim(draft.text, marked[-1]) if marked else name_before(draft.text, block.span, place)
    if name is None:
        return line.name
    words = name.of(draft.text)
    return name if fold(words) in fold(line.title.of(draft.text)) or (" " not in words and is_coined(words)) else line.name
