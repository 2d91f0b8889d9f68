"""Graphs to draw, of any size and the same everywhere: names, dates, and a sentence a node that its three links rest on."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.model import (
    Document,
    Edge,
    Entity,
    EvidenceRef,
    Extraction,
    Kind,
    KnowledgeBase,
    Mention,
    Predicate,
    Resolution,
    Sentence,
    Span,
)

_KINDS = [Kind.PAPER] * 4 + [Kind.TECHNIQUE] * 3 + [Kind.CONCEPT, Kind.TASK, Kind.BENCHMARK]
_RELATION = {
    Kind.TECHNIQUE: Predicate.USES,
    Kind.CONCEPT: Predicate.USES,
    Kind.TASK: Predicate.ADDRESSES,
    Kind.BENCHMARK: Predicate.EVALUATES_ON,
    Kind.PAPER: Predicate.CITES,
}
_PARTS = "sparse dense latent causal graph token policy reward cache retrieval speculative contrastive agentic neural".split()
_HEADS = "distillation attention decoding pruning alignment planning routing sampling memory tuning search".split()
_WORDS = """
    the model method we show that improves over baseline with fewer steps on long context reasoning tasks while using less
    memory and training data results suggest scaling helps only when reward signal is clean because noise in labels dominates
    loss curves authors report gains across three benchmarks but note limits for small languages and rare domains future work
    may test transfer
""".split()
_PER_DOCUMENT = 200


def make_base(count: int) -> KnowledgeBase:
    """A graph of ``count`` nodes and about three times as many edges."""
    random_ = random.Random(7)  # noqa: S311  a graph to draw, no secret
    kinds = [random_.choice(_KINDS) for _ in range(count)]
    names = [f"{random_.choice(_PARTS)} {random_.choice(_PARTS)} {random_.choice(_HEADS)} {n}" for n in range(count)]
    ids = [f"{kind.value}/{name.replace(' ', '-')}" for kind, name in zip(kinds, names, strict=True)]
    ends = _link_nodes(count, random_)
    documents, extractions, entity_of = [], {}, {}
    for first in range(0, count, _PER_DOCUMENT):
        nodes = range(first, min(first + _PER_DOCUMENT, count))
        document, extraction, meant = _write_document([names[n] for n in nodes], first, random_)
        documents.append(document)
        extractions[document.id] = extraction
        entity_of |= {(document.id, n): ids[first + n] for n in meant}
    edges = [
        Edge(ids[a], _RELATION[kinds[b]], ids[b], (EvidenceRef(documents[a // _PER_DOCUMENT].id, a % _PER_DOCUMENT, "drawn"),))
        for a, b in ends
    ]
    years = {Kind.PAPER: [random_.randint(2019, 2026) for _ in range(count)]}
    entities = [
        Entity(id=i, kind=k, label=n, year=years[k][at] if k in years else None)
        for at, (i, k, n) in enumerate(zip(ids, kinds, names, strict=True))
    ]
    return KnowledgeBase(tuple(documents), extractions, tuple(entities), tuple(edges), Resolution(entity_of))


def _link_nodes(count: int, random_: random.Random) -> list[tuple[int, int]]:
    """A graph that grows by preferential attachment, three links a node (Barabasi & Albert, Science 1999)."""
    ends: list[int] = list(range(3))
    edges: list[tuple[int, int]] = []
    for node in range(3, count):
        chosen: set[int] = set()
        while len(chosen) < 3:
            chosen.add(random_.choice(ends))
        for other in sorted(chosen):
            edges.append((node, other))
            ends += [node, other]
    return edges


def _write_document(names: list[str], first: int, random_: random.Random) -> tuple[Document, Extraction, range]:
    """A text with a sentence of 14 to 30 words about each name; its mentions, one a sentence."""
    text, sentences, mentions = "", [], []
    for name in names:
        words = [random_.choice(_WORDS) for _ in range(random_.randint(14, 30) - len(name.split()))]
        line = f"{name} {' '.join(words)}."
        sentences.append(Sentence(Span(len(text), len(text) + len(line)), 0))
        mentions.append(Mention(Span(len(text), len(text) + len(name)), Kind.CONCEPT, name, "drawn"))
        text += line + "\n"
    number = first // _PER_DOCUMENT
    day = date(2019, 1, 7) + timedelta(days=7 * number % 2700)
    document = Document(
        f"drawn-{number:05}", text, f"Drawn digest {number}", f"drawn-{number}.md", "0" * 64, "markdown", date=day
    )
    return document, Extraction(document.id, tuple(sentences), tuple(mentions)), range(len(names))
