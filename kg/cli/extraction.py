"""What was read out of one document, as text for people or as a line of JSON."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document, Extraction
from kg.query.table import clean_text


def format_extraction_json(document: Document, extraction: Extraction) -> str:
    """One line of JSON: the document's id, title, date and source, and the extraction as it is (see :mod:`kg.model`)."""
    import msgspec

    head = {"id": document.id, "title": document.title, "date": document.date, "source": document.source}
    return msgspec.json.encode({"document": head, "extraction": extraction}).decode() + "\n"


def format_extraction(document: Document, extraction: Extraction) -> str:
    """Papers, relations, results, claims and predictions, each with its sentence."""
    issued = f" ({document.date})" if document.date else ""
    lines = [f"{clean_text(document.title) or document.id}{issued}"]
    for title, found in (
        ("Papers", _papers(extraction)),
        ("Relations", _relations(document, extraction)),
        ("Results", _results(document, extraction)),
        ("Claims", _claims(document, extraction)),
        ("Predictions", _predictions(document, extraction)),
    ):
        rows = list(found)
        if rows:
            lines += ["", f"{title} ({len(rows)})", *(f"  {row}" for row in rows)]
    return "\n".join(lines) + "\n\n"


def _papers(extraction: Extraction) -> Iterator[str]:
    for paper in extraction.papers:
        facts = [paper.title if paper.title != paper.name else "", paper.arxiv_id, paper.venue, str(paper.year or "")]
        yield clean_text(" · ".join([paper.name, *(fact for fact in facts if fact)]))


def _relations(document: Document, extraction: Extraction) -> Iterator[str]:
    mentions = extraction.mentions
    for relation in extraction.relations:
        head = f"{mentions[relation.subject].name} {relation.predicate.value} {mentions[relation.object].name}"
        yield f"{clean_text(head)}: “{_sentence(document, extraction, relation.sentence)}”"


def _results(document: Document, extraction: Extraction) -> Iterator[str]:
    for result in extraction.results:
        names = [extraction.mentions[n].name for n in (result.paper, result.metric, result.benchmark) if n is not None]
        about = clean_text(", ".join(names)) or "?"
        yield f"{clean_text(result.value_text)} [{about}]: “{_sentence(document, extraction, result.sentence)}”"


def _claims(document: Document, extraction: Extraction) -> Iterator[str]:
    for claim in extraction.claims:
        paper = extraction.mentions[claim.paper].name if claim.paper is not None else "?"
        yield f"{claim.type.value} [{clean_text(paper)}]: “{_sentence(document, extraction, claim.sentence)}”"


def _predictions(document: Document, extraction: Extraction) -> Iterator[str]:
    for prediction in extraction.predictions:
        due = f"due {prediction.due}" if prediction.due else "no due date"
        yield f"{clean_text(prediction.label)} ({due}): “{_sentence(document, extraction, prediction.sentence)}”"


def _sentence(document: Document, extraction: Extraction, index: int) -> str:
    return clean_text(extraction.sentences[index].span.of(document.text))
