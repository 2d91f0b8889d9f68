"""Names of systems that stand for the paper that introduces them: "CrossExam extends the idea of PanelSwap"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.extract.draft import Draft
from kg.extract.terms.coined import is_coined
from kg.model import TERM_KINDS, Kind, Predicate
from kg.text import fold

_LEAST = 0.8  # confidence that a paper introduces the thing
_PAPERS = frozenset({Kind.PAPER})


def find_stand_ins(draft: Draft, main: Mapping[int, int]) -> dict[int, int]:
    """Term mention -> the main mention of the one paper that introduces what it names. Where the words themselves are a
    paper's name, none stands in."""
    makers: dict[str, set[int]] = defaultdict(set)
    for r in draft.relations:
        name = draft.mentions[r.object].name
        if r.predicate is Predicate.INTRODUCES and r.confidence >= _LEAST and r.subject in main and _is_proper(name):
            makers[fold(name)].add(main[r.subject])
    only = {name: next(iter(papers)) for name, papers in makers.items() if len(papers) == 1}
    if not only:
        return {}
    return {
        i: only[fold(m.name)]
        for i, m in enumerate(draft.mentions)
        if m.kind in TERM_KINDS and not m.concept and fold(m.name) in only and not draft.taken(m.span, _PAPERS)
    }


def _is_proper(name: str) -> bool:
    """Whether a name is one by its letters: made up, or several words that all have a capital."""
    words = name.split()
    return is_coined(name) if len(words) == 1 else len(words) <= 4 and all(w[:1].isupper() for w in words)
