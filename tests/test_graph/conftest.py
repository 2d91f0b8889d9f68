"""Knowledge bases made by hand: documents in plain words, with what was read out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from kg.model import (
    Claim,
    ClaimType,
    CoOccurrence,
    Document,
    Edge,
    Entity,
    EvidenceRef,
    Extraction,
    Kind,
    KnowledgeBase,
    Mention,
    PaperFacts,
    Predicate,
    Prediction,
    Resolution,
    Result,
    ResultKind,
    Sentence,
    Span,
    Thread,
    Voice,
)
from kg.text import digest


@dataclass
class DocumentBuilder:
    """One document, whose sentences are given; names in them are tied to entities with :meth:`name`."""

    id: str
    sentences: list[str]
    day: date | None = None
    voices: dict[int, Voice] = field(default_factory=dict)
    mentions: list[tuple[Mention, str]] = field(default_factory=list)
    papers: list[PaperFacts] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def name(self, words: str, entity: str) -> int:
        """A mention of ``entity`` and its index."""
        kind = Kind(entity.partition("/")[0])
        self.mentions.append((Mention(self.span(words), kind, words, "test"), entity))
        return len(self.mentions) - 1

    def paper(self, words: str, entity: str, *, entry: bool = True) -> int:
        mention = self.name(words, entity)
        self.papers.append(PaperFacts(mention, words, entry=entry))
        return mention

    def claim(self, sentence: int, type_: ClaimType, paper: int | None = None, *about: int) -> int:
        self.claims.append(Claim(sentence, type_, paper, about, "claim.test", 0.8))
        return len(self.claims) - 1

    def result(self, sentence: int, words: str, value: str, **more: object) -> None:
        fields: dict[str, object] = {"kind": ResultKind.ABSOLUTE, "value_text": words, "rule": "result.test", **more}
        self.results.append(Result(sentence, self.span(words), Decimal(value), **fields))  # type: ignore[arg-type]

    def document(self) -> Document:
        return Document(
            self.id, self.text, f"Title of {self.id}", f"{self.id}.md", digest(self.text, 64), "markdown", date=self.day
        )

    def extraction(self) -> Extraction:
        spans, at = [], 0
        for words in self.sentences:
            spans.append(Span(at, at + len(words)))
            at += len(words) + 1
        return Extraction(
            self.id,
            tuple(Sentence(span, 0, self.voices.get(i, Voice.PAPER)) for i, span in enumerate(spans)),
            tuple(mention for mention, _ in self.mentions),
            papers=tuple(self.papers),
            claims=tuple(self.claims),
            results=tuple(self.results),
            predictions=tuple(self.predictions),
            threads=tuple(self.threads),
        )


def make_kb(
    documents: list[DocumentBuilder], entities: list[Entity], edges: list[Edge] | None = None, **more: object
) -> KnowledgeBase:
    return KnowledgeBase(
        documents=tuple(d.document() for d in documents),
        extractions={d.id: d.extraction() for d in documents},
        entities=tuple(entities),
        edges=tuple(edges or ()),
        resolution=Resolution({(d.id, i): entity for d in documents for i, (_, entity) in enumerate(d.mentions)}),
        **more,  # type: ignore[arg-type]
    )


def make_entities() -> list[Entity]:
    return [
        Entity("benchmark/long-maze", Kind.BENCHMARK, "LongMaze"),
        Entity("institution/tern-lab", Kind.INSTITUTION, "Tern Lab"),
        Entity("metric/accuracy", Kind.METRIC, "accuracy", curated=True),
        Entity(
            "paper/arxiv-2601.00001",
            Kind.PAPER,
            "SlowCache",
            ("The SlowCache paper",),
            title="SlowCache: Keeping What Matters",
            arxiv_id="2601.00001",
            year=2026,
            venue="venue/exampleconf-2026",
            award="Best Paper",
            tier=1,
            topics=("topic/training",),
            first_seen=date(2026, 1, 5),
        ),
        Entity("paper/driftnet", Kind.PAPER, "DriftNet"),
        Entity(
            "technique/cache-pruning",
            Kind.TECHNIQUE,
            "cache pruning",
            ("cache-pruning",),
            True,
            ("technique/pruning",),
            "Dropping.",
        ),
        Entity("technique/pruning", Kind.TECHNIQUE, "pruning", curated=True),
        Entity("technique/slow-cache", Kind.TECHNIQUE, "SlowCache method"),
        Entity("topic/training", Kind.TOPIC, "Training"),
        Entity("venue/exampleconf-2026", Kind.VENUE, "ExampleConf 2026"),
    ]


def make_digests() -> list[DocumentBuilder]:
    """Two digests: the second repeats one edge and one number of the first."""
    a = DocumentBuilder(
        "digest-a",
        [
            "SlowCache, from Tern Lab, introduces a cache that prunes itself.",
            "Accuracy on LongMaze rises from 72.90 to 78.50.",
            "DriftNet was contradicted by SlowCache, we think.",
            "By summer, cache pruning will be the default.",
        ],
        date(2026, 1, 5),
        {2: Voice.DOCUMENT},
    )
    paper = a.paper("SlowCache", "paper/arxiv-2601.00001")
    a.name("Tern Lab", "institution/tern-lab")
    metric, bench = a.name("Accuracy", "metric/accuracy"), a.name("LongMaze", "benchmark/long-maze")
    drift, pruning = a.paper("DriftNet", "paper/driftnet", entry=False), a.name("cache pruning", "technique/cache-pruning")
    a.name("prunes", "technique/slow-cache")
    a.claim(0, ClaimType.FINDING, paper)
    a.claim(2, ClaimType.COMPARISON, paper, drift)
    a.result(1, "78.50", "78.50", baseline=Decimal("72.90"), unit="percent", metric=metric, benchmark=bench, paper=paper)
    a.predictions.append(
        Prediction(3, "Cache pruning becomes the default", 170, date(2026, 6, 24), (pruning,), rule="prediction.test")
    )
    a.threads.append(Thread(2, "Caches", (paper, drift), "thread.test"))
    b = DocumentBuilder(
        "digest-b",
        ["SlowCache reaches 78.5 accuracy on LongMaze (72.9 before).", "The SlowCache paper brings cache pruning to everyone."],
        date(2026, 2, 1),
    )
    paper = b.paper("SlowCache", "paper/arxiv-2601.00001")
    metric, bench = b.name("accuracy", "metric/accuracy"), b.name("LongMaze", "benchmark/long-maze")
    b.name("cache pruning", "technique/cache-pruning")
    b.claim(1, ClaimType.FINDING, paper, 3)
    b.result(0, "78.5", "78.5", baseline=Decimal("72.9"), unit="percent", metric=metric, benchmark=bench, paper=paper)
    return [a, b]


def make_example() -> KnowledgeBase:
    """The two digests with their entities, edges and everything else that a KnowledgeBase can hold."""
    paper, pruning = "paper/arxiv-2601.00001", "technique/cache-pruning"
    edges = [
        Edge(paper, Predicate.AFFILIATED_WITH, "institution/tern-lab", (EvidenceRef("digest-a", 0, "affiliation.from"),), 0.9),
        Edge(paper, Predicate.CONTRADICTS, "paper/driftnet", (EvidenceRef("digest-a", 2, "cue.contradicts"),), 0.5),
        Edge(paper, Predicate.EVALUATES_ON, "benchmark/long-maze", (EvidenceRef("digest-b", 0, "on"),), 0.7),
        Edge(paper, Predicate.INTRODUCES, "technique/slow-cache", (EvidenceRef("digest-a", 0, "introduces"),), 0.95),
        Edge(
            paper,
            Predicate.USES,
            pruning,
            (EvidenceRef("digest-a", 0, "prunes"), EvidenceRef("digest-b", 1, "brings"), EvidenceRef("digest-b", 1, "model")),
            0.6,
        ),
        Edge("technique/cache-pruning", Predicate.BROADER, "technique/pruning", (EvidenceRef("digest-b", 1, "head"),), 0.5),
        Edge("technique/slow-cache", Predicate.VARIANT_OF, pruning, (EvidenceRef("digest-a", 0, "kind-of"),), 0.5),
    ]
    return make_kb(
        make_digests(),
        make_entities(),
        edges,
        cooccurrences=(CoOccurrence("technique/slow-cache", "technique/cache-pruning", 3),),
        corroborates=((("digest-b", 0), ("digest-a", 0)),),
        disputes=((("digest-a", 1), ("digest-b", 0)),),
    )


@pytest.fixture(scope="session")
def example() -> KnowledgeBase:
    return make_example()


@pytest.fixture(scope="session")
def new_kb() -> Callable[..., KnowledgeBase]:
    return make_kb


@pytest.fixture(scope="session")
def new_document() -> type[DocumentBuilder]:
    return DocumentBuilder
