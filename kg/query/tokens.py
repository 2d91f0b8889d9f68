"""Reads a SPARQL text as tokens: to refuse what leaves the graph, and to put parameters where they belong.

Nothing here ever splices a user's value into a query as characters: a value becomes an RDF term first, and its
canonical N-Triples spelling stands in a VALUES block (SPARQL 1.1, section 10.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>(?:\w[\w.-]*)?:(?:[\w.:%-]|\\.)* | [^\W\d]\w*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"})
_FORMS = frozenset({"select", "ask", "construct", "describe"})
_VOLATILE = frozenset({"now", "rand", "uuid", "struuid", "bnode"})
#: What can end an operand, so that a ``<`` after it may be "less than" and not the start of an IRI.
_OPERANDS = frozenset({"variable", "string", "number", "iri", "word"})
#: Longer texts are read anew each time, so that what is remembered stays small.
_MAX_REMEMBERED = 4096

_Result = TypeVar("_Result")


def remember_short(read: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """A function of a text that remembers what the last short ones gave: programs ask the same again and again."""
    remembered = lru_cache(256)(read)

    @wraps(read)
    def read_once(text: str) -> _Result:
        return remembered(text) if len(text) <= _MAX_REMEMBERED else read(text)

    return read_once


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: what it is, its characters, and where they start."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_tokens(query: str) -> list[Token]:
    """The tokens of a SPARQL text, comments and white space left out. Any text has some reading: nothing is refused here."""
    found = (Token(match.lastgroup or "mark", match.group(), match.start()) for match in _TOKEN.finditer(query))
    return [token for token in found if token.kind not in ("comment", "space")]


def refuse_unsafe(query: str, tokens: Sequence[Token]) -> None:
    """Let only queries through that read this graph and nothing else.

    Oxigraph's parser needs no white space after a keyword, so ``SERVICEp:x`` is a federated call as well.

    Raises:
        QueryError: an UPDATE operation, or a SERVICE clause (which would make this machine fetch what a query names).
    """
    for token in tokens:
        word = token.text.casefold()
        if token.kind == "word" and word in _FORMS:
            break
        if token.kind == "word" and word in _UPDATES:
            raise QueryError(
                f"{token.text.upper()} changes data; only SELECT, ASK, CONSTRUCT and DESCRIBE are answered",
                "a graph changes through its sources: kg build",
            )
    refuse_calls(query, tokens)


def refuse_calls(text: str, tokens: Sequence[Token], keywords: Sequence[str] = ("service",)) -> None:
    """Let no text through that would make this machine fetch what the text names: SERVICE, and in an update LOAD.

    Raises:
        QueryError: a keyword stands in the text, or a part can be read in two ways of which one hides it.
    """
    for token in tokens:
        prefix = token.text.partition(":")[0].casefold() if token.kind == "word" else ""
        for keyword in keywords:
            if keyword in prefix:
                raise QueryError(
                    f"{keyword.upper()} is refused ({_place(text, token.start)}): no query makes this machine call another",
                    f"ask the other endpoint yourself, or rename the prefix if it only sounds like {keyword.upper()}",
                )
    _refuse_two_readings(text, tokens, keywords)


def _refuse_two_readings(query: str, tokens: Sequence[Token], keywords: Sequence[str]) -> None:
    """``(?a<?b#>`` is an IRI to one reader and a comparison to another, and could hide a SERVICE clause behind it."""
    last = max(query.casefold().rfind(keyword) for keyword in keywords)
    depth: list[int] = [0]
    before = Token("mark", "", 0)
    for token in tokens:
        if token.start >= last:
            return
        if token.kind == "iri" and depth[-1] and (before.kind in _OPERANDS or before.text == ")"):
            raise QueryError(
                f"'<' can be read in two ways ({_place(query, token.start)}) in a query that speaks of a service",
                "write a space on both sides of a less-than sign",
            )
        if token.text == "{":
            depth.append(0)
        elif token.text == "}" and len(depth) > 1:
            depth.pop()
        elif token.text in "()" and token.kind == "mark":
            depth[-1] += 1 if token.text == "(" else -1
        before = token


def names_graphs(tokens: Sequence[Token]) -> bool:
    """Whether the query has FROM clauses, so that it says itself which graphs it asks."""
    return any(token.kind == "word" and token.text.casefold() == "from" for token in tokens)


def is_volatile(query: str) -> bool:
    """Whether the query calls a function that gives something new each time, so that asking twice may give two answers."""
    lower = query.casefold()
    if not any(name in lower for name in _VOLATILE):
        return False
    return any(token.kind == "word" and token.text.casefold() in _VOLATILE for token in read_tokens(query))


def bind_values(query: str, tokens: Sequence[Token], values: Mapping[str, Iterable[str]]) -> str:
    """The query with each variable of ``values`` bound to RDF terms (in N-Triples spelling).

    A ``VALUES ?name { ... }`` block that the query already has gets the new terms; otherwise a block is put at the
    start of its outermost group.

    Raises:
        QueryError: the query has no such variable.
    """
    edits: list[tuple[int, int, str]] = []
    for name, terms in values.items():
        if not any(token.kind == "variable" and token.text[1:] == name for token in tokens):
            raise QueryError(f"the query has no variable ?{name}", "parameters are variables of the query: --param name=value")
        data = " ".join(terms)
        blocks = _find_blocks(tokens, name)
        edits += [(start, end, f" {data} ") for start, end in blocks]
        if not blocks:
            at = _find_group(tokens)
            edits.append((at, at, f" VALUES ?{name} {{ {data} }} "))
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _find_blocks(tokens: Sequence[Token], name: str) -> list[tuple[int, int]]:
    """Where the data of each ``VALUES ?name { data }`` stands."""
    found = []
    for n in range(len(tokens) - 3):
        keyword, variable, opening = tokens[n : n + 3]
        if keyword.text.casefold() == "values" and variable.text[1:] == name and opening.text == "{":
            closing = next((token for token in tokens[n + 3 :] if token.text == "}"), None)
            if closing:
                found.append((opening.end, closing.start))
    return found


def _find_group(tokens: Sequence[Token]) -> int:
    """The place after the brace that opens the outermost group pattern."""
    form = next((token.text.casefold() for token in tokens if token.text.casefold() in _FORMS), "")
    braces = [n for n, token in enumerate(tokens) if token.text == "{"]
    if form == "construct" and len(braces) > 1 and tokens[braces[0] - 1].text.casefold() == "construct":
        braces = braces[1:]
    if not braces:
        raise QueryError("the query has no group to bind parameters in", "write WHERE { ... }")
    return tokens[braces[0]].end


def _place(query: str, at: int) -> str:
    line = query.count("\n", 0, at) + 1
    return f"line {line}, column {at - query.rfind(chr(10), 0, at)}"
