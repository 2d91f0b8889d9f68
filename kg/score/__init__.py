"""How good is the extraction? A graph of each document, built alone, against what people found in it by hand.

    gold.py       the format of gold, read and checked          layer.py    found, missed, surplus, and the figures of a layer
    facts.py      what a KnowledgeBase says, and whose names are whose
    entities.py   papers, terms, institutions                   quantities.py   results, predictions
    statements.py claims, relations between papers, grounding   report.py   the figures as a table, as text, as JSON

Recall is over the gold that must be found, precision over all that was predicted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import KnowledgeBase
from kg.score.entities import score_institutions, score_papers, score_terms
from kg.score.facts import find_facts
from kg.score.gold import Gold, find_pairs, read_gold
from kg.score.layer import Card, Layer, add_cards
from kg.score.quantities import score_predictions, score_results
from kg.score.statements import score_claims, score_grounding, score_relations

if TYPE_CHECKING:
    from kg.pipeline import ExtractionCache

__all__ = ["Card", "Gold", "Layer", "add_cards", "read_gold", "score_folder", "score_knowledge"]

#: Sources whose text is what people read in them, so that a quotation can be looked up in the file itself.
_PLAIN = {".txt", ".md"}


def score_folder(documents: Path, gold: Path, *, fast: bool = False) -> dict[str, Card]:
    """The card of each document that has gold, by the name of the gold's file (without ``.json``).

    Args:
        documents: the folder of the documents, or one document.
        gold: the folder of the gold, or one file.
        fast: without the model.

    Raises:
        SourceError: there is no gold, it is not in the format, or its document is missing or cannot be read.
    """
    from kg.pipeline import ExtractionCache

    pairs = find_pairs(documents, gold)
    cache = ExtractionCache(None, fast=fast)
    return {file.stem: _score_file(path, read_gold(file), cache) for path, file in pairs}


def score_knowledge(gold: Gold, kb: KnowledgeBase, source: str | None = None) -> Card:
    """The card of one document: ``kb`` is built from it alone; ``source`` is its text as it stands in the file, where it has
    one that quotations can be looked up in."""
    card: Card = {}
    matched = score_papers(gold, find_facts(kb), card)
    score_terms(gold, matched, card)
    score_institutions(gold, matched, card)
    score_results(gold, matched, card)
    score_predictions(gold, matched, card)
    score_relations(gold, matched, card)
    score_claims(gold, matched, card)
    score_grounding(source, kb, card)
    return card


def _score_file(path: Path, gold: Gold, cache: ExtractionCache) -> Card:
    from kg.read import read_source
    from kg.resolve import resolve_extractions

    documents, problems = read_source(path)
    if not documents:
        raise SourceError(f"{path.name}: {problems[0].message}", problems[0].hint)
    extractions = {d.id: x for d, x in zip(documents, cache.extract(documents), strict=True)}
    kb = resolve_extractions(documents, extractions, cache.concepts)
    plain = path.suffix.lower() in _PLAIN
    return score_knowledge(gold, kb, path.read_text("utf-8", "replace") if plain else None)
