"""A graph of our shape and of any size, the same everywhere: papers, techniques, claims, evidence by document."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import vocab

#: Quads that a paper brings, its claims and its share of a document included: for choosing a size.
QUADS_A_PAPER = 100
PAPERS_A_DOCUMENT = 10
CLAIMS_A_PAPER = 5
_TYPES = ("finding", "mechanism", "comparison", "limitation", "prediction")
_WORDS = """
    the model method we show that improves over baseline with fewer steps on long context reasoning tasks while using less
    memory and training data results suggest scaling helps only when reward signal is clean because noise in labels dominates
    loss curves
""".split()
_ENTITIES = NamedNode(vocab.ENTITIES_GRAPH)
_TYPE = NamedNode(vocab.RDF + "type")
_NAMES: dict[str, NamedNode] = {}


def make_quads(quads: int) -> Iterator[Quad]:
    """About ``quads`` quads, in the order in which a build writes them: entities and their edges, then each document's own."""
    random_ = random.Random(11)  # noqa: S311  # no secret
    papers = max(20, quads // QUADS_A_PAPER)
    techniques, institutions = max(10, papers // 8), max(5, papers // 40)
    yield from _vocabulary(techniques, institutions)
    for paper in range(papers):
        used = sorted({_popular(random_, techniques) for _ in range(3)})
        yield from _paper(paper, used, random_.randrange(institutions), random_)
        if paper % PAPERS_A_DOCUMENT == 0:
            yield from _document(paper // PAPERS_A_DOCUMENT)
        for claim in range(CLAIMS_A_PAPER):
            yield from _claim(paper, claim, used[claim % len(used)], random_)


def _popular(random_: random.Random, count: int) -> int:
    """A number below ``count``, the low ones far more often: names are used by Zipf's law."""
    return min(count - 1, int(count ** random_.random()) - 1 + random_.randrange(2))


def _vocabulary(techniques: int, institutions: int) -> Iterator[Quad]:
    for n in range(techniques):
        node = _node(f"technique/t{n}")
        yield from _entity(node, ("Technique",), f"technique {n}")
        yield _quad(node, vocab.SKOS + "altLabel", Literal(f"T-{n}"))
        yield _quad(node, vocab.SKOS + "definition", Literal(f"What technique {n} does, in a sentence of some length."))
        if n:
            yield _quad(node, vocab.SKOS + "broader", _node(f"technique/t{(n - 1) // 4}"))
    for n in range(institutions):
        yield from _entity(_node(f"institution/i{n}"), ("Institution",), f"Institution {n}")


def _paper(paper: int, used: list[int], institution: int, random_: random.Random) -> Iterator[Quad]:
    node = _node(f"paper/p{paper}")
    yield from _entity(node, ("Paper",), f"Paper {paper}")
    yield _quad(node, vocab.DCTERMS + "title", Literal(f"Paper {paper}: {_sentence(random_, 6)}"))
    yield _quad(node, vocab.KG + "arxivId", Literal(f"{2301 + paper // 5000:04d}.{paper % 100_000:05d}"))
    yield _quad(node, vocab.KG + "year", Literal(2020 + paper % 7))
    ends = [("uses", f"technique/t{n}") for n in used] + [("affiliatedWith", f"institution/i{institution}")]
    if paper:
        ends.append(("cites", f"paper/p{random_.randrange(paper)}"))
    for number, (name, end) in enumerate(ends):
        yield _quad(node, vocab.KG + name, _node(end))
        edge = _node(f"assertion/{paper}-{number}")
        for type_ in (vocab.KG + "Assertion", vocab.RDF + "Statement"):
            yield Quad(edge, _TYPE, _name(type_), _ENTITIES)
        yield _quad(edge, vocab.RDF + "subject", node)
        yield _quad(edge, vocab.RDF + "predicate", _name(vocab.KG + name))
        yield _quad(edge, vocab.RDF + "object", _node(end))
        yield _quad(edge, vocab.KG + "evidence", _node(f"evidence/{paper}-{number % CLAIMS_A_PAPER}"))
        yield _quad(edge, vocab.KG + "supportCount", Literal(1))


def _document(document: int) -> Iterator[Quad]:
    node = _node(f"document/d{document}")
    yield Quad(node, _TYPE, _name(vocab.KG + "Document"), node)
    yield _quad(node, vocab.DCTERMS + "title", Literal(f"Digest {document}"), node)
    date = Literal(f"{2020 + document % 7}-{1 + document % 12:02d}-{1 + document % 28:02d}", datatype=_name(vocab.XSD + "date"))
    yield _quad(node, vocab.DCTERMS + "issued", date, node)


def _claim(paper: int, claim: int, technique: int, random_: random.Random) -> Iterator[Quad]:
    graph = _node(f"document/d{paper // PAPERS_A_DOCUMENT}")
    node, evidence = _node(f"claim/{paper}-{claim}"), _node(f"evidence/{paper}-{claim}")
    text = Literal(_sentence(random_, 18))
    yield Quad(node, _TYPE, _name(vocab.KG + "Claim"), graph)
    yield _quad(node, vocab.KG + "text", text, graph)
    yield _quad(node, vocab.KG + "claimType", Literal(_TYPES[claim % len(_TYPES)]), graph)
    yield _quad(node, vocab.KG + "aboutPaper", _node(f"paper/p{paper}"), graph)
    yield _quad(node, vocab.KG + "about", _node(f"technique/t{technique}"), graph)
    confidence = Literal(f"0.{random_.randrange(1, 10)}", datatype=_name(vocab.XSD + "decimal"))
    yield _quad(node, vocab.KG + "confidence", confidence, graph)
    yield _quad(node, vocab.KG + "evidence", evidence, graph)
    start = paper % PAPERS_A_DOCUMENT * 2000 + claim * 200
    yield Quad(evidence, _TYPE, _name(vocab.KG + "Evidence"), graph)
    yield _quad(evidence, vocab.KG + "exact", text, graph)
    yield _quad(evidence, vocab.KG + "start", Literal(start), graph)
    yield _quad(evidence, vocab.KG + "end", Literal(start + len(text.value)), graph)
    yield _quad(evidence, vocab.KG + "inDocument", graph, graph)


def _entity(node: NamedNode, classes: tuple[str, ...], label: str) -> Iterator[Quad]:
    for name in classes:
        yield Quad(node, _TYPE, _name(vocab.KG + name), _ENTITIES)
    yield _quad(node, vocab.SKOS + "prefLabel", Literal(label))


def _sentence(random_: random.Random, words: int) -> str:
    return " ".join(random_.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal, graph: NamedNode = _ENTITIES) -> Quad:
    return Quad(subject, _name(predicate), value, graph)


def _node(entity_id: str) -> NamedNode:
    return NamedNode(vocab.ID + entity_id)


def _name(iri: str) -> NamedNode:
    return _NAMES.setdefault(iri, NamedNode(iri))
