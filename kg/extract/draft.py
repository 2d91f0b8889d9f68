"""The growing Extraction: what the extractors of this package read from and add to.

Each extractor is a function ``find_*(draft: Draft) -> None`` that looks at the document, its sentences and what
earlier extractors found, and adds records. The order is fixed in ``kg.extract.Extractor``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from re import Match
from typing import Any, TypeVar

from kg.extract.patterns import StemmedPattern, lower_text
from kg.model import (
    Alias,
    Block,
    Claim,
    Document,
    Extraction,
    Kind,
    Link,
    Mention,
    PaperFacts,
    Prediction,
    Relation,
    Result,
    Role,
    Sentence,
    Span,
    Thread,
)

T = TypeVar("T")


@dataclass(slots=True)
class Draft:
    """One document, its sentences and everything found in it so far. Indices are those of the finished Extraction."""

    document: Document
    sentences: list[Sentence]
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    papers: list[PaperFacts] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    _by_key: dict[tuple[int, int, Kind], int] = field(default_factory=dict)
    _main: dict[int, int] = field(default_factory=dict)  # mention -> main mention, over aliases
    _order: list[int] = field(default_factory=list)  # mentions by where they start
    _starts: list[int] = field(default_factory=list)  # where those start
    _sentence_starts: list[int] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _link_starts: list[int] = field(default_factory=list)
    _emphasis: list[Span] = field(default_factory=list)
    _emphasis_starts: list[int] = field(default_factory=list)
    kept: dict[str, tuple[tuple[int, ...], Any]] = field(default_factory=dict)  # see ``keep``
    _stemmed: dict[StemmedPattern, frozenset[int]] = field(default_factory=dict)  # the sentences in which a stem stands
    _lower: str | None = None
    _owners: tuple[int, list[int], list[int | None]] | None = None  # number of papers, where an owner begins, and which

    def __post_init__(self) -> None:
        self._sentence_starts = [s.span.start for s in self.sentences]
        self._links = sorted(self.document.links, key=lambda link: link.span)
        self._link_starts = [link.span.start for link in self._links]
        self._emphasis = sorted(self.document.emphasis)
        self._emphasis_starts = [span.start for span in self._emphasis]

    # ------------------------------------------------------------------------------------------------- text

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def lower(self) -> str:
        """The text in lower case, letter for letter: for patterns of :func:`kg.extract.patterns.compile_lower`."""
        if self._lower is None:
            self._lower = lower_text(self.document.text)
        return self._lower

    def words(self, span: Span) -> str:
        """The characters of ``span``."""
        return span.of(self.document.text)

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that the character at ``offset`` stands in."""
        i = bisect_right(self._sentence_starts, offset) - 1
        return i if i >= 0 and offset < self.sentences[i].span.end else None

    def sentences_in(self, span: Span) -> range:
        """The indices of the sentences that start inside ``span``."""
        return range(bisect_left(self._sentence_starts, span.start), bisect_left(self._sentence_starts, span.end))

    def find_stemmed(self, pattern: StemmedPattern, sentence: int) -> Iterator[Match[str]]:
        """The matches of a pattern in a sentence. Its stems are looked for once, in the whole text."""
        held = self._stemmed.get(pattern)
        if held is None:
            held = self._stemmed[pattern] = frozenset(i for stem in pattern.stems for i in self._sentences_with(stem))
        span = self.sentences[sentence].span
        return pattern.pattern.finditer(self.text, span.start, span.end) if sentence in held else iter(())

    def _sentences_with(self, words: str) -> Iterator[int]:
        """The sentences in which ``words`` begin."""
        text, starts = self.text, self._sentence_starts
        at = text.find(words)
        while at >= 0:
            after = bisect_right(starts, at)
            if after:
                yield after - 1
            at = text.find(words, starts[after]) if after < len(starts) else -1

    def links_in(self, span: Span) -> list[Link]:
        """The links whose place starts inside ``span``, its end included, in text order."""
        starts = self._link_starts
        return self._links[bisect_left(starts, span.start) : bisect_right(starts, span.end)]

    def emphasis_in(self, span: Span) -> list[Span]:
        """The bold or italic words that start inside ``span``, in text order."""
        starts = self._emphasis_starts
        return self._emphasis[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def replace_sentences(self, sentences: list[Sentence]) -> None:
        """Cuts the text anew; aliases then name the sentences that they stand in now. For when nothing else points at them."""
        before = [s.span for s in self.sentences]
        self.sentences[:] = sentences
        self._sentence_starts = [s.span.start for s in sentences]
        self._stemmed.clear()
        for n, alias in enumerate(self.aliases):
            if alias.sentence is not None:
                starts = (self.mentions[m].span.start for m in (alias.b, alias.a))
                old = before[alias.sentence]
                place = next((s for s in starts if old.start <= s < old.end), old.start)
                self.aliases[n] = replace(alias, sentence=self.sentence_at(place))

    def block_of(self, sentence: int) -> Block:
        return self.document.blocks[self.sentences[sentence].block]

    def role_of(self, sentence: int) -> Role:
        """The role of the section that a sentence stands in."""
        return self.document.sections[self.block_of(sentence).section].role

    # ------------------------------------------------------------------------------------------------- mentions

    def add_mention(
        self, span: Span, kind: Kind, rule: str, *, name: str = "", confidence: float = 1.0, concept: str = ""
    ) -> int:
        """Adds a mention and returns its index; the same span and kind a second time is the first one."""
        key = (span.start, span.end, kind)
        if key in self._by_key:
            return self._by_key[key]
        index = len(self.mentions)
        self.mentions.append(Mention(span, kind, name or self.words(span), rule, confidence, concept))
        self._by_key[key] = index
        at = bisect_right(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._order.insert(at, index)
        return index

    def change_kind(self, index: int, kind: Kind, rule: str = "") -> None:
        """Calls a mention another kind of thing, for ``rule``; not where its words are already named as that."""
        held = self.mentions[index]
        key = (held.span.start, held.span.end, kind)
        if key not in self._by_key:
            del self._by_key[(held.span.start, held.span.end, held.kind)]
            self._by_key[key] = index
            self.mentions[index] = replace(held, kind=kind, rule=rule or held.rule)

    def mentions_in(self, span: Span, kinds: frozenset[Kind] | None = None) -> list[int]:
        """The mentions that lie wholly inside ``span``, in text order."""
        mentions, end = self.mentions, span.end
        first = bisect_left(self._starts, span.start)
        inside = [i for i in self._order[first : bisect_left(self._starts, end, first)] if mentions[i].span.end <= end]
        return inside if kinds is None else [i for i in inside if mentions[i].kind in kinds]

    def taken(self, span: Span, kinds: frozenset[Kind] | None = None) -> bool:
        """Whether a mention of one of ``kinds`` overlaps ``span``."""
        around = Span(max(0, span.start - 200), min(len(self.text), span.end + 200))
        return any(self.mentions[i].span.overlaps(span) for i in self.mentions_in(around, kinds))

    # ------------------------------------------------------------------------------------------------- papers

    def paper_at(self, offset: int) -> int | None:
        """The mention of the paper whose own text (entry, section, row) the character at ``offset`` stands in: the
        smallest stretch wins."""
        if self._owners is None or self._owners[0] != len(self.papers):
            self._owners = (len(self.papers), *_owners_of(self.papers))
        at = bisect_right(self._owners[1], offset) - 1
        return self._owners[2][at] if at >= 0 else None

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, made again only when papers, aliases, mentions or sentences have come since. For what several
        extractors ask; nobody may change it."""
        state = (len(self.papers), len(self.aliases), len(self.mentions), len(self.sentences))
        held = self.kept.get(name)
        if held is None or held[0] != state:
            held = self.kept[name] = (state, make())
        value: T = held[1]
        return value

    def paper_of(self, mention: int) -> int:
        """The main mention of the paper that a PAPER mention names; itself where nothing ties it to another."""
        return self._main.get(mention, mention)

    def add_alias(self, main: int, other: int, reason: str, sentence: int | None = None) -> None:
        """Ties ``other`` to the main mention of the same thing."""
        if main != other and other not in self._main:
            self.aliases.append(Alias(main, other, reason, sentence))
            self._main[other] = main

    def finish(self) -> Extraction:
        """The frozen Extraction."""
        return Extraction(
            document=self.document.id,
            sentences=tuple(self.sentences),
            mentions=tuple(self.mentions),
            aliases=tuple(self.aliases),
            papers=tuple(self.papers),
            relations=tuple(self.relations),
            claims=tuple(self.claims),
            results=tuple(self.results),
            predictions=tuple(self.predictions),
            threads=tuple(self.threads),
        )


def _owners_of(papers: Sequence[PaperFacts]) -> tuple[list[int], list[int | None]]:
    """Where the text of a paper begins or ends, sorted, and whose text it is from there on: a sweep over all stretches."""
    stretches = sorted((s.start, s.end, p.mention) for p in papers for s in p.stretches)
    edges = sorted({edge for start, end, _ in stretches for edge in (start, end)})
    open_now: list[tuple[int, int, int]] = []  # (length, end, paper): the smallest on top
    owners: list[int | None] = []
    n = 0
    for edge in edges:
        while n < len(stretches) and stretches[n][0] == edge:
            start, end, paper = stretches[n]
            heappush(open_now, (end - start, end, paper))
            n += 1
        while open_now and open_now[0][1] <= edge:
            heappop(open_now)
        owners.append(open_now[0][2] if open_now else None)
    return edges, owners
