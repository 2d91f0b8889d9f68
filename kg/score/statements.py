"""Claims, relations between papers, and the grounding of both: is what the graph quotes in the source?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.claims import join_results
from kg.model import EvidenceRef, Kind, KnowledgeBase, Predicate
from kg.score.entities import ROLES, Matched
from kg.score.facts import squash
from kg.score.gold import Gold, GoldClaim
from kg.score.layer import Card, Layer

#: Relations between papers as the gold writes them; threads are scored apart from them.
RELATIONS = {
    Predicate.EXTENDS: "extends",
    Predicate.CONTRADICTS: "contradicts",
    Predicate.SUPPORTS: "supports",
    Predicate.EXPLAINS: "explains",
    Predicate.COMPOSES_WITH: "composes_with",
    Predicate.COMPARES_WITH_PAPER: "compares_with",
    Predicate.RESOLVES: "resolves",
    Predicate.CITES: "cites",
}
_THREAD = "same_thread"
#: How far into a sentence the words that the gold quotes may begin: a number or a label may stand before them.
_LEAD = 40


def score_relations(gold: Gold, matched: Matched, card: Card) -> None:
    """Relations between papers: the pair in either direction, and the typed triple."""
    kinds = {entity: e.kind for entity, e in matched.facts.entities.items()}
    want = {(r[0], r[1], r[2]) for r in gold.paper_relations if r[1] != _THREAD}
    got = {
        (matched.paper_of.get(e.subject, e.subject), RELATIONS[e.predicate], matched.paper_of.get(e.object, e.object))
        for e in matched.facts.kb.edges
        if e.predicate in RELATIONS and kinds.get(e.subject) == kinds.get(e.object) == Kind.PAPER
    }
    card.setdefault("paper-paper (any)", Layer()).compare(
        {frozenset((a, b)) for a, _, b in want},
        {frozenset((a, b)) for a, _, b in got},
        lambda pair: " and ".join(sorted(matched.show(paper) for paper in pair)),
    )
    card.setdefault("paper-paper (typed)", Layer()).compare(
        want, got, lambda triple: f"{matched.show(triple[0])} {triple[1]} {matched.show(triple[2])}"
    )


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence that the graph holds for a claim, a result or a prediction."""

    text: str
    type: str  # empty for results and predictions
    voice: str
    paper: str | None


def score_claims(gold: Gold, matched: Matched, card: Card) -> None:
    """Claims by their sentences, then their papers, types and (where the gold gives them) voices."""
    if gold.claims is None:
        return
    by_text: dict[str, list[_Statement]] = {}
    for statement in _statements(matched):
        by_text.setdefault(squash(statement.text), []).append(statement)
    layer, papers, types, voices = (
        card.setdefault(name, Layer()) for name in ("claims", "claim -> paper", "claim types", "claim voices")
    )
    met: set[str] = set()
    for claim in gold.claims:
        words = squash(claim.words)
        hits = [text for text in by_text if words in text[: len(words) + _LEAD]]
        met.update(hits)
        layer.judge(claim.words, bool(hits))
        if hits:
            _judge_claim(claim, [s for text in hits for s in by_text[text]], matched, (papers, types, voices))
    layer.predict(len(met), (said[0].text for text, said in by_text.items() if text not in met))


def _judge_claim(claim: GoldClaim, said: list[_Statement], matched: Matched, layers: tuple[Layer, Layer, Layer]) -> None:
    papers, types, voices = layers
    allowed = {claim.type, *([claim.also] if isinstance(claim.also, str) else claim.also)} - {""}
    here = sorted({s.type for s in said} - {""})
    types.judge_attribute(f"{claim.words}: {claim.type} (here: {', '.join(here) or 'none'})", bool(allowed & set(here)))
    if claim.paper:
        about = sorted({matched.show(s.paper) for s in said})
        text = f"{claim.words}: {matched.show(claim.paper)} (here: {', '.join(about)})"
        papers.judge_attribute(text, any(s.paper == claim.paper for s in said))
    if claim.voice:
        voices.judge_attribute(f"{claim.words}: {claim.voice}", any(s.voice == claim.voice for s in said))


def _statements(matched: Matched) -> Iterator[_Statement]:
    """Claims, results and predictions: to the graph all of them are claims."""
    facts = matched.facts
    texts = {d.id: d.text for d in facts.kb.documents}

    def state(document: str, index: int, paper: str | None, kind: str = "") -> _Statement:
        sentence = facts.kb.extractions[document].sentences[index]
        return _Statement(sentence.span.of(texts[document]), kind, sentence.voice.value, matched.paper(paper))

    for document in sorted(facts.kb.extractions):
        extraction = facts.kb.extractions[document]
        for claim in extraction.claims:
            yield state(document, claim.sentence, facts.entity_of(document, claim.paper), claim.type.value)
        for prediction in extraction.predictions:
            yield state(document, prediction.sentence, None)
    for quantity in join_results(facts.kb):
        paper = facts.entity_of(quantity.document, quantity.result.paper)
        for document, index in quantity.places:
            yield state(document, index, paper)


def score_grounding(source: str | None, kb: KnowledgeBase, card: Card) -> None:
    """Whether each quoted sentence stands in the source as it was written (white space aside; None where the source is no
    plain text), and whether each edge has a sentence."""
    if source is not None:
        raw = squash(source)
        layer = card.setdefault("evidence verbatim", Layer())
        for text in sorted(set(_quotes(kb))):
            layer.judge_attribute(text, squash(text) in raw)
    layer = card.setdefault("edges with evidence", Layer())
    for edge in kb.edges:
        if edge.predicate in ROLES or edge.predicate in RELATIONS or edge.predicate is Predicate.AFFILIATED_WITH:
            layer.judge_attribute(f"{edge.subject} {edge.predicate} {edge.object}", bool(edge.evidence))


def _quotes(kb: KnowledgeBase) -> Iterator[str]:
    texts = {d.id: d.text for d in kb.documents}
    refs = {EvidenceRef(e.document, e.sentence) for edge in kb.edges for e in edge.evidence}
    for document, x in kb.extractions.items():
        for records in (x.claims, x.results, x.predictions, x.threads):
            refs |= {EvidenceRef(document, record.sentence) for record in records}
    for ref in refs:
        yield kb.extractions[ref.document].sentences[ref.sentence].span.of(texts[ref.document])
