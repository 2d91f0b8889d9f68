"""Labelled lines belong to the entry above them: "Who: Some Lab", "Numbers: ...", where such labels come again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.papers.candidates import Candidate
from kg.extract.papers.reference_entries import ids_in
from kg.model import BlockKind, Span

_LABEL = re.compile(r"[*_]{0,3}([A-Z][\w'’-]{1,15}(?: [a-z]{1,12}){0,2})(?::[*_]{0,3}|[*_]{1,3}:)\s")
_LINES = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.META})


def extend_over_fields(draft: Draft, candidates: Sequence[Candidate]) -> None:
    """Lets a stretch that ends with a block go on over the labelled lines right below, up to one with an id of its own."""
    blocks = draft.document.blocks
    labels = {
        i: m[1]
        for i, b in enumerate(blocks)
        if b.kind in _LINES and (m := _LABEL.match(draft.text, b.span.start, b.span.end)) is not None
    }
    counts = Counter(labels.values())
    if not any(count > 1 for count in counts.values()):
        return
    at = {b.span.end: i for i, b in enumerate(blocks)}
    starts = {c.stretch.start for c in candidates if c.stretch is not None}
    for c in candidates:
        index = at.get(c.stretch.end) if c.stretch is not None else None
        if c.stretch is None or index is None or blocks[index].kind is BlockKind.ROW or index in labels:
            continue
        end = c.stretch.end
        for i in range(index + 1, len(blocks)):
            block = blocks[i]
            own = counts[labels.get(i, "")] > 1 and block.section == blocks[index].section
            if not own or block.span.start in starts or ids_in(draft, block.span):
                break
            end = block.span.end
        c.stretch = Span(c.stretch.start, end)
