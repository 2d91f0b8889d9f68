"""Every record that passes between the stages of claimgraph, in one file.

    Document --extract--> Extraction --resolve--> KnowledgeBase --graph--> RDF | NetworkX

All records are frozen and slotted and use the standard library only. Two laws hold from ``read`` on:

* a :class:`Span` is a half-open pair of character offsets into ``Document.text``; nothing ever changes that text;
* claims, results and relations point at :class:`Mention` s, by their index in ``Extraction.mentions``, for ever. Which
  :class:`Entity` a mention means is a separate map, :class:`Resolution`, applied when a graph is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kg.kinds import TERM_KINDS, BlockKind, ClaimType, Kind, Predicate, PredictionStatus, ResultKind, Role, Voice

# ------------------------------------------------------------------------------------------------- text and places


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets ``[start, end)`` into ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


# ---------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading (the first may have none)."""

    span: Span
    role: Role
    heading: Span | None = None
    level: int = 1  # 1 for a top section; a deep dive below "Deep Dives" is 2


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet, table row, heading or diagram. Blocks are in text order and never overlap."""

    span: Span
    kind: BlockKind
    section: int  # index into Document.sections
    label: str = ""  # an item's own number or tag as written: "02", "Training" is in tag
    tag: str = ""  # the editorial tag of an item: "Training" of "02 [Training] ..."
    cells: tuple[Span, ...] = ()  # of a ROW
    header: bool = False  # a ROW that names the columns
    table: int = -1  # which table of the document a ROW belongs to


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the words it stands on (an empty span where only its place is known) and its target."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """One ingested source: a digest issue, a weekly list, a blog page, an abstract.

    ``text`` is the text that all offsets refer to; reading the same bytes again gives the same text.
    """

    id: str  # slug, unique by content: "edge-list-2026-05-13-2f988c"
    text: str
    title: str
    source: str  # file name (never a path of this machine) or URL
    sha256: str  # of the source's bytes
    format: str  # "text", "markdown", "html", "feed", "csv", "jsonl", "bibtex", "pdf"
    part: int = 0  # which document of its source it is, from 0
    publication: str = ""
    date: date | None = None
    issue: str = ""
    url: str = ""
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    emphasis: tuple[Span, ...] = ()  # bold or italic words, markup excluded
    metadata: tuple[tuple[str, str], ...] = ()  # fields a source states outright: ("author", "..."), ("arxiv", "...")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something a user should know about one source; never an exception."""

    source: str
    message: str
    hint: str = ""
    place: str = ""  # "line 3", "entry 7"
    fatal: bool = True  # nothing of this source is in the graph


# ------------------------------------------------------------------------------------------------------- extraction


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, title, bullet head or diagram line: the unit of evidence."""

    span: Span
    block: int  # index into Document.blocks
    voice: Voice = Voice.PAPER


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters that name something. ``name`` is the surface form cleaned for comparison (no article, no possessive)."""

    span: Span
    kind: Kind
    name: str
    rule: str  # what saw it: "lexicon", "pattern.introduces", "model.terms"
    confidence: float = 1.0
    concept: str = ""  # id of the curated concept it was matched with: "technique/on-policy-distillation"


@dataclass(frozen=True, slots=True)
class Alias:
    """Two mentions of one document that the text itself says are the same thing, and why."""

    a: int
    b: int
    reason: str  # "acronym definition", "short form of the title", "the paper"
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a document states of one paper. ``mention`` is the paper's first or fullest naming."""

    mention: int
    name: str  # the short name people use
    title: str = ""  # the full title, where known
    arxiv_id: str = ""  # "2605.12483", no version
    url: str = ""
    year: int | None = None
    venue: str = ""  # "ICLR 2025"
    award: str = ""  # "Outstanding Paper"
    topics: tuple[str, ...] = ()
    tier: int | None = None
    first_seen: date | None = None
    aliases: tuple[str, ...] = ()
    entry: bool = False  # it has an entry, section, row or bullet of its own
    stretches: tuple[Span, ...] = ()  # the text that is about it


@dataclass(frozen=True, slots=True)
class Relation:
    """``subject predicate object`` between two mentions, as one sentence says it."""

    subject: int
    predicate: Predicate
    object: int
    sentence: int  # index into Extraction.sentences
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted sentence worth finding again."""

    sentence: int
    type: ClaimType
    paper: int | None  # a mention of the paper it is about
    about: tuple[int, ...]  # mentions of the other entities in it
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """One quantity. ``span`` covers the words of the number with its sign and unit: "+14 points", "from 46.7% to 4.8%"."""

    sentence: int
    span: Span
    value: Decimal
    value_text: str  # the characters as written: "78.50", "1-in-10,000"
    kind: ResultKind
    upper: Decimal | None = None  # the end of a range
    baseline: Decimal | None = None  # what ``value`` is compared with
    unit: str = ""  # "percent", "points", "ratio", "count", "usd", "tokens", "parameters", "hours", ...
    subject: str = ""  # what has the value, in the text's words
    subject_mention: int | None = None
    metric: int | None = None
    benchmark: int | None = None
    paper: int | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """A dated, falsifiable statement about the future."""

    sentence: int
    label: str
    horizon_days: int | None
    due: date | None
    about: tuple[int, ...]
    status: PredictionStatus = PredictionStatus.OPEN
    resolved_by: int | None = None  # a mention of the paper that resolved it
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A line across papers that a document draws."""

    sentence: int
    label: str
    members: tuple[int, ...]  # mentions of papers
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was read out of one document, grounded in it."""

    document: str  # Document.id
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    aliases: tuple[Alias, ...] = ()
    papers: tuple[PaperFacts, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()
    results: tuple[Result, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    threads: tuple[Thread, ...] = ()


# --------------------------------------------------------------------------------------------------- curated concepts


@dataclass(frozen=True, slots=True)
class Concept:
    """A curated term of the field, from ``ontology/``."""

    id: str  # "technique/on-policy-distillation": what its IRI ends with
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()  # ids
    definition: str = ""
    ambiguous: tuple[str, ...] = ()  # those of its aliases that mean this only in context
    context: tuple[str, ...] = ()  # words that decide for it when an ambiguous alias is met


# --------------------------------------------------------------------------------------------------------- resolution


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, whatever names documents give it. ``id`` is what its IRI ends with."""

    id: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    curated: bool = False
    broader: tuple[str, ...] = ()
    definition: str = ""
    title: str = ""  # the rest is for papers
    arxiv_id: str = ""
    url: str = ""
    year: int | None = None
    venue: str = ""  # id of a venue entity
    award: str = ""
    tier: int | None = None
    topics: tuple[str, ...] = ()  # ids of topic entities
    first_seen: date | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two surface forms were judged to be one entity, and why."""

    entity: str
    a: str
    b: str
    reason: str  # "same arXiv id", "acronym definition", "plural", "curated alias", ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each mention means: ``(document id, mention index) -> entity id``."""

    entity_of: Mapping[tuple[str, int], str]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class EvidenceRef:
    """A sentence of a document that supports something, and the rules that saw it there."""

    document: str
    sentence: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A resolved relation with all sentences that say it."""

    subject: str
    predicate: Predicate
    object: str
    evidence: tuple[EvidenceRef, ...]
    confidence: float = 1.0

    @property
    def support_count(self) -> int:
        """How many distinct documents say it."""
        return len({e.document for e in self.evidence})


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """Two terms that stand in the same stretches (one paper's text in one document); ``weight`` counts the stretches."""

    a: str
    b: str
    weight: int


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """All documents, what was read out of them, and what their names mean. Sorted by id throughout."""

    documents: tuple[Document, ...]
    extractions: Mapping[str, Extraction]  # by Document.id
    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...]
    resolution: Resolution
    cooccurrences: tuple[CoOccurrence, ...] = ()
    corroborates: tuple[tuple[tuple[str, int], tuple[str, int]], ...] = ()  # pairs of (document id, claim index)
    disputes: tuple[tuple[tuple[str, int], tuple[str, int]], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())
