"""Paragraphs that correct what an earlier issue said of a paper: "Correction to no. 31: LoomNet scores 71.2, not 72.1."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.draft import Draft
from kg.extract.papers.candidates import Candidate
from kg.extract.terms.coined import is_coined
from kg.extract.terms.cues import NOT_NAMES
from kg.model import BlockKind, Kind, Span
from kg.text import fold

_LEAD = re.compile(
    r"[*_\s]{0,3}(?:corrections?|errat(?:um|a)|corrigend(?:um|a)|clarification|retraction)\b[^:\n]{0,40}:[*_]{0,3}\s",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![\w-])[A-Z][\w&+-]*")
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_OF_PAPERS = frozenset({Kind.PAPER, Kind.TECHNIQUE, Kind.CONCEPT})


def find_corrections(draft: Draft, known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """The paper of each such paragraph: the first coined word that the vocabulary does not know for something else."""
    for block in draft.document.blocks:
        lead = _LEAD.match(draft.text, block.span.start, block.span.end) if block.kind in _PROSE else None
        for m in _WORD.finditer(draft.text, lead.end(), block.span.end) if lead else ():
            name = m.group()
            if is_coined(name) and name not in NOT_NAMES and known.get(fold(name), set()) <= _OF_PAPERS:
                yield Candidate(Span(*m.span()), "paper.correction", None, block.span)
                break
