"""JSON-LD 1.1: every quad, by graph and subject, with short names and a context that explains them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.graph.vocab import ID, PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.export.options import ExportOptions

_CONTEXT = {"@base": ID, **PREFIXES}
#: What is left of an IRI when it is shortened, so that reading it gives the same IRI for certain.
_LOCAL = re.compile(r"[A-Za-z][\w-]*(?:[./][\w-]+)*", re.ASCII)
_INTEGER = re.compile(r"-?[1-9]\d{0,14}|0")


def write_chunks(store: Store, options: ExportOptions) -> Iterator[bytes]:
    """The file, a chunk for each subject. A graph of ours has no blank nodes, so it is a plain list of objects."""
    quads = sorted(store, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    yield f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": ['.encode()
    for number, (graph, members) in enumerate(groupby(quads, key=lambda quad: quad.graph_name)):
        name = json.dumps(_shorten_id(graph.value), ensure_ascii=False)
        yield f'{"," if number else ""}\n{{"@id": {name}, "@graph": ['.encode()
        for place, (subject, own) in enumerate(groupby(members, key=lambda quad: quad.subject)):
            node = json.dumps(_write_node(str(getattr(subject, "value", subject)), own), ensure_ascii=False)
            yield ((",\n" if place else "\n") + node).encode("utf-8")
        yield b"\n]}"
    yield b"\n]}\n"


def _write_node(subject: str, quads: Iterator[Quad]) -> dict[str, Any]:
    from pyoxigraph import NamedNode

    node: dict[str, Any] = {"@id": _shorten_id(subject)}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate == RDF + "type" and isinstance(quad.object, NamedNode):
            node.setdefault("@type", []).append(_shorten_name(quad.object.value))
        elif isinstance(quad.object, NamedNode):
            node.setdefault(_shorten_name(predicate), []).append({"@id": _shorten_id(quad.object.value)})
        else:
            node.setdefault(_shorten_name(predicate), []).append(_write_literal(quad.object))
    return node


def _write_literal(term: Any) -> Any:
    """Text and integers as JSON has them, every other value with its type."""
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = term.datatype.value
    if kind == XSD + "string":
        return term.value
    if kind == XSD + "integer" and _INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _shorten_name(kind)}


def _shorten_id(iri: str) -> str:
    """The IRI of a node, relative to the base where it is one of ours."""
    rest = iri.removeprefix(ID)
    return rest if rest != iri and _LOCAL.fullmatch(rest) else iri


def _shorten_name(iri: str) -> str:
    """The IRI of a property, class or datatype, with a prefix where one fits."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and _LOCAL.fullmatch(iri[len(base) :]):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
