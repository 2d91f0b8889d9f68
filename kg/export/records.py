"""What drawings and tables are made of: nodes and edges with plain attributes."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Colour-blind safe hues (Okabe & Ito 2008, darkened where white text or a white page needs it), one a kind.
COLOURS = {
    "paper": "#0072b2",
    "technique": "#d55e00",
    "concept": "#b8860b",
    "problem": "#a61c3c",
    "task": "#8c6bb1",
    "metric": "#7f7f7f",
    "benchmark": "#009e73",
    "model": "#cc79a7",
    "hardware": "#5c4033",
    "institution": "#3b8ea5",
    "person": "#56741b",
    "venue": "#44546a",
    "topic": "#9c8b6e",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that says an edge, and where it stands."""

    text: str
    document: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. ``id`` is an XML name token without slashes; ``weight`` counts its edges (at least 1); dates are ISO."""

    id: str
    iri: str
    label: str
    kind: str
    weight: int = 1
    documents: int = 0
    first_seen: str = ""
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    title: str = ""
    arxiv: str = ""
    year: int | None = None
    tier: int | None = None
    definition: str = ""

    @property
    def colour(self) -> str:
        return COLOURS.get(self.kind, "#666666")

    @property
    def size(self) -> float:
        """The size of its dot: the area grows with the weight, up to a limit that leaves room for others."""
        return round(7 + 3 * math.sqrt(min(self.weight, 100)), 2)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, or several merged into one.

    ``weight`` is the number of documents that say it, at least 1; ``count`` the number of relations (1 where edges are
    parallel), whose names then stand in ``relation`` with ``|`` between them.
    """

    id: str
    source: str
    target: str
    relation: str
    weight: int = 1
    confidence: float | None = None
    first_seen: str = ""
    sentences: tuple[Sentence, ...] = ()
    count: int = 1
