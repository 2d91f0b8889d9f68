"""A Document -> an Extraction: papers, terms, institutions, results, claims, relations, predictions, threads.

The only package that knows spaCy. ``Extractor.extract_documents`` runs the extractors in their fixed order over one Draft after
the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from kg.extract.claims.find import find_claims
from kg.extract.draft import Draft
from kg.extract.outlook.predictions import find_predictions
from kg.extract.outlook.threads import find_threads
from kg.extract.papers.find import find_papers
from kg.extract.papers.heads import split_heads
from kg.extract.papers.phrases import find_paper_phrases
from kg.extract.papers.systems import find_named_systems
from kg.extract.people.institutions import find_institutions
from kg.extract.relations.papers import find_paper_relations
from kg.extract.relations.roles import find_relations
from kg.extract.results.find import find_results
from kg.extract.segment import load_abbreviations, segment
from kg.extract.terms.agree import agree_kinds
from kg.extract.terms.find import find_terms
from kg.extract.terms.gazetteer import Gazetteer
from kg.extract.terms.reading import proposals_of, read_terms
from kg.extract.terms.recognizer import Reading, load_recognizer
from kg.model import Concept, Document, Extraction


class Extractor:
    """The extractors and what they need: the vocabulary and, unless ``fast``, the model and spaCy's knowledge of English. One
    serves for all documents."""

    def __init__(self, concepts: tuple[Concept, ...], *, fast: bool = False) -> None:
        # first: two threads must not import numpy at a time, which spaCy and the model's runtime both need
        self._abbreviations = () if fast else (load_abbreviations(),)
        with ThreadPoolExecutor(1) as aside:  # the weights load while the vocabulary is sorted
            loading = None if fast else aside.submit(load_recognizer, min(2, _cores()))
            self._gazetteer = Gazetteer.of(concepts)
            self._recognizer = loading.result() if loading else None

    def extract_document(self, document: Document) -> Extraction:
        """Everything that can be read out of one document, grounded in it. Deterministic."""
        [extraction] = self.extract_documents([document])
        return extraction

    def extract_documents(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The same for each of ``documents``, in order. While the model reads one, the rules work on those beside it."""
        if self._recognizer is None:
            yield from (self._complete(self._begin(document), None) for document in documents)
            return
        waiting: tuple[Draft, Future[Reading]] | None = None
        with ThreadPoolExecutor(1) as aside:
            for document in documents:
                draft = self._begin(document)
                before, waiting = waiting, (draft, aside.submit(read_terms, draft, self._recognizer))
                if before:
                    yield self._complete(before[0], before[1].result())
            if waiting:
                yield self._complete(waiting[0], waiting[1].result())

    def _begin(self, document: Document) -> Draft:
        """What the model must know before it reads: sentences, papers and their stretches."""
        draft = segment(document, *self._abbreviations)
        find_papers(draft, self._gazetteer.names)
        find_paper_phrases(draft)
        split_heads(draft)
        return draft

    def _complete(self, draft: Draft, reading: Reading | None) -> Extraction:
        guesses = {g.span.start: g for g in reading.terms} if reading else {}
        find_terms(draft, self._gazetteer, proposals_of(draft, reading) if reading else ())
        agree_kinds(draft, guesses, self._gazetteer.names)
        find_named_systems(draft)
        find_institutions(draft)
        find_results(draft)
        find_relations(draft, guesses, reading.parts if reading else {})
        find_claims(draft)
        find_paper_relations(draft)
        find_predictions(draft)
        find_threads(draft)
        return draft.finish()


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
