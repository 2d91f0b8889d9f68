"""Sorts rows itself where that gives what the engine would give.

Oxigraph sorts rows before it drops doubles, and looks the text of a term up at each comparison: on disk, most of the time of a
query goes there. Here the engine answers without ORDER BY and LIMIT, and each text is looked up once. That is the same where
the sort keys are columns of the answer (SPARQL 1.1, sections 15.1 and 18.2.5: equal rows have equal keys) and the terms in them
are of kinds whose order SPARQL fixes. Everything else is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.query.tokens import Token, read_tokens, remember_short

#: Bytes of unsorted rows above which the engine sorts: it holds numbers where we hold texts.
MAX_BYTES = 20_000_000
_Key = bytes | tuple[int, bytes] | tuple[int, Decimal]
_ESCAPES = {b"\\t": b"\t", b"\\n": b"\n", b"\\r": b"\r", b'\\"': b'"', b"\\'": b"'", b"\\\\": b"\\"}
_ESCAPE = re.compile(rb"\\(?:[tnr\"'\\])")
_NUMBER = re.compile(rb"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DATE = re.compile(rb'"\d{4}-\d\d-\d\d"\^\^<http://www\.w3\.org/2001/XMLSchema#date>')


@dataclass(frozen=True, slots=True)
class Order:
    """A SELECT query taken apart: its text without the end, and what the end says."""

    unsorted: str
    keys: tuple[tuple[str, bool], ...]  # a variable, and whether the greatest comes first
    offset: int = 0
    limit: int | None = None


@remember_short
def find_order(text: str) -> Order | None:
    """What ORDER BY, LIMIT and OFFSET at the end of a SELECT query say; none unless all keys are plain variables."""
    tokens = read_tokens(text)
    words = [token.text.casefold() for token in tokens]
    form = next((word for word in words if word in ("select", "ask", "construct", "describe")), "")
    start = max((n for n, word in enumerate(words) if word == "order"), default=0)
    if form != "select" or not start or words[start + 1 : start + 2] != ["by"]:
        return None
    keys, at = _read_keys(tokens, start + 2)
    ends: dict[str, int] = {}
    while keys and at + 1 < len(words) and words[at] in ("limit", "offset") and words[at] not in ends:
        if not re.fullmatch("[0-9]+", words[at + 1]):
            return None
        ends[words[at]] = int(words[at + 1])
        at += 2
    if not keys or at < len(words):
        return None
    return Order(text[: tokens[start].start], tuple(keys), ends.get("offset", 0), ends.get("limit"))


def _read_keys(tokens: Sequence[Token], at: int) -> tuple[list[tuple[str, bool]], int]:
    """The keys from a token on, each ``?x``, ``(?x)``, ``ASC(?x)`` or ``DESC(?x)``, and the place after them."""
    keys = []
    while at < len(tokens):
        word = tokens[at].text.casefold()
        if tokens[at].kind == "variable":
            keys.append((tokens[at].text[1:], False))
            at += 1
            continue
        inside = at + 1 if word in ("asc", "desc") else at
        shape = [(token.kind if token.kind == "variable" else token.text) for token in tokens[inside : inside + 3]]
        if shape != ["(", "variable", ")"]:
            break
        keys.append((tokens[inside + 1].text[1:], word == "desc"))
        at = inside + 3
    return keys, at


def sort_rows(table: bytes, order: Order) -> bytes | None:
    """Rows in SPARQL's TSV form, sorted and cut; none where the order of their terms is for the engine to say.

    That is where a key is no column, where a blank node or a triple term is in the rows, and where a column of keys has other
    terms than IRIs and simple strings, or than integers and decimals, or than dates without a time zone.
    """
    if b"_:" in table or b"<<" in table:
        return None
    head, *lines = table.split(b"\n")
    names = head.decode().split("\t")
    if any(f"?{name}" not in names for name, _ in order.keys):
        return None
    columns = [names.index(f"?{name}") for name, _ in order.keys]
    rows = [line.split(b"\t", max(columns) + 1) for line in lines[:-1]]  # the last line has its end too
    places = range(len(rows))
    for column, (_, reverse) in reversed([*zip(columns, order.keys, strict=True)]):
        keys = _order_column([row[column] for row in rows])
        if keys is None:
            return None
        places = sorted(places, key=keys.__getitem__, reverse=reverse)  # type: ignore[assignment]
    end = None if order.limit is None else order.offset + order.limit
    kept = [lines[n] for n in places[order.offset : end]]
    return b"\n".join([head, *kept, b""])


def _order_column(cells: Sequence[bytes]) -> Sequence[_Key] | None:
    """Values that sort as the terms of a column do, what is unbound first; none where they are of kinds that do not mix."""
    heads = {cell[:1] for cell in cells} - {b""}
    if heads <= {b"<"}:
        return [cell[1:-1] for cell in cells]
    if heads <= {b"<", b'"'}:
        if all(cell[-1:] in (b'"', b">", b"") and b'"^^<' not in cell for cell in cells):
            return [(2 if cell[:1] == b'"' else 1 if cell else 0, _unescape(cell[1:-1])) for cell in cells]
        return cells if all(not cell or _DATE.fullmatch(cell) for cell in cells) else None
    if all(not cell or _NUMBER.fullmatch(cell) for cell in cells):
        return [(1, Decimal(cell.decode())) if cell else (0, Decimal(0)) for cell in cells]
    return None


def _unescape(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], text) if b"\\" in text else text
