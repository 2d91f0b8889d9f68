"""The closed lists of the data model: what a section, a block, an entity, a relation, a claim or a result can be.

The values are the words of the vocabulary; :mod:`kg.model` gives these names on, import them from there.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a section is for in its document."""

    TLDR = "tldr"  # one bullet a paper, at the top
    OVERVIEW = "overview"  # the big picture: running text over several papers
    ENTRIES = "entries"  # a list of papers, one item or table row each (briefs, weekly lists, blog index pages)
    DEEP_DIVE = "deep_dive"  # one section about one paper
    PULSE = "pulse"  # industry news
    THREADS = "threads"  # connections across papers
    PREDICTIONS = "predictions"  # dated statements about the future
    QUICK_HITS = "quick_hits"  # one paragraph a paper
    ABSTRACT = "abstract"  # the abstract of the one paper that the document is
    BODY = "body"  # anything else worth reading
    FURNITURE = "furniture"  # navigation, source lists: never a source of facts


class BlockKind(StrEnum):
    """What a block of text is, by its form."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a bullet, a numbered entry
    ROW = "row"  # one table row; see Block.cells
    DIAGRAM = "diagram"  # ASCII art: read for numbers, never for sentences
    META = "meta"  # "Source: ... Links: ... Tier: 1. topics" and the like
    CODE = "code"
    FURNITURE = "furniture"


class Kind(StrEnum):
    """Kinds of entity. The value is the ``<kind>`` of the entity's IRI."""

    PAPER = "paper"
    TECHNIQUE = "technique"
    CONCEPT = "concept"
    PROBLEM = "problem"
    TASK = "task"
    METRIC = "metric"
    BENCHMARK = "benchmark"
    MODEL = "model"
    HARDWARE = "hardware"
    INSTITUTION = "institution"
    PERSON = "person"
    VENUE = "venue"
    TOPIC = "topic"


#: The kinds that a field's vocabulary is made of.
TERM_KINDS = frozenset(
    {
        Kind.TECHNIQUE,
        Kind.CONCEPT,
        Kind.PROBLEM,
        Kind.TASK,
        Kind.METRIC,
        Kind.BENCHMARK,
        Kind.MODEL,
        Kind.HARDWARE,
    }
)


class Voice(StrEnum):
    """Who speaks in a sentence: it reports what the paper says, or gives the document's own opinion."""

    PAPER = "paper"
    DOCUMENT = "document"


class Predicate(StrEnum):
    """The relations of the vocabulary. The value is the local name of the ``kg:`` property (``author`` is schema:author)."""

    INTRODUCES = "introduces"
    USES = "uses"
    COMPARES_WITH = "comparesWith"
    ADDRESSES = "addresses"
    EVALUATES_ON = "evaluatesOn"
    MEASURES = "measures"
    AFFILIATED_WITH = "affiliatedWith"
    AUTHOR = "author"
    EXTENDS = "extends"
    CONTRADICTS = "contradicts"
    SUPPORTS = "supports"
    EXPLAINS = "explains"
    COMPOSES_WITH = "composesWith"
    COMPARES_WITH_PAPER = "comparesWithPaper"
    RESOLVES = "resolves"
    CITES = "cites"
    BROADER = "broader"
    PART_OF = "partOf"
    VARIANT_OF = "variantOf"
    USED_FOR = "usedFor"
    COMPOSES_WITH_TECHNIQUE = "composesWithTechnique"


class ClaimType(StrEnum):
    FINDING = "finding"
    MECHANISM = "mechanism"
    LIMITATION = "limitation"
    RECOMMENDATION = "recommendation"
    COMPARISON = "comparison"
    OPEN_QUESTION = "open_question"
    DEFINITION = "definition"
    MARKET = "market"


class ResultKind(StrEnum):
    ABSOLUTE = "absolute"
    DELTA = "delta"
    RATIO = "ratio"
    RANGE = "range"
    FRACTION = "fraction"


class PredictionStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    EXPIRED = "expired"
