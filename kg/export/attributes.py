"""The attributes of nodes and edges in graph files: name, type, value. An empty or missing value is not written.

Types are ``string``, ``integer``, ``double`` and ``strings``, a list, which formats without lists join by ``|``. Names are in
lower case, because Gephi maps ``label``, ``weight``, ``size``, ``x``, ``y``, ``r``, ``g`` and ``b`` by exactly these names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from kg.export.records import Edge

Value = str | int | float | None
Attribute = tuple[str, str, Callable[[Any], Any]]

NODE_ATTRIBUTES: tuple[Attribute, ...] = (
    ("kind", "string", attrgetter("kind")),
    ("weight", "integer", attrgetter("weight")),
    ("documents", "integer", attrgetter("documents")),
    ("first_seen", "string", attrgetter("first_seen")),
    ("year", "integer", attrgetter("year")),
    ("tier", "integer", attrgetter("tier")),
    ("title", "string", attrgetter("title")),
    ("arxiv", "string", attrgetter("arxiv")),
    ("aliases", "strings", attrgetter("aliases")),
    ("topics", "strings", attrgetter("topics")),
    ("definition", "string", attrgetter("definition")),
    ("iri", "string", attrgetter("iri")),
)


def _read_sentence(edge: Edge) -> str:
    return edge.sentences[0].text if edge.sentences else ""


def _read_document(edge: Edge) -> str:
    return edge.sentences[0].document if edge.sentences else ""


#: ``sentence`` is the earliest that says the edge; ``count`` how many relations a merged edge stands for.
EDGE_ATTRIBUTES: tuple[Attribute, ...] = (
    ("relation", "string", attrgetter("relation")),
    ("count", "integer", attrgetter("count")),
    ("confidence", "double", attrgetter("confidence")),
    ("first_seen", "string", attrgetter("first_seen")),
    ("sentence", "string", _read_sentence),
    ("document", "string", _read_document),
)


def join_list(value: Value | Sequence[str]) -> Value:
    """A list as one text."""
    return "|".join(value) if isinstance(value, tuple) else value  # type: ignore[return-value]
