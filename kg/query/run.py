"""Runs a query, inline or named, with its parameters bound as typed terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError, QueryError
from kg.graph.vocab import PREFIXES
from kg.query.named import Param, find_named_query
from kg.query.order import MAX_BYTES, Order, find_order, sort_rows
from kg.query.output import BoundedOutput, TooLargeError
from kg.query.tokens import bind_values, names_graphs, read_tokens, refuse_unsafe, remember_short

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

    Answer = QuerySolutions | QueryBoolean | QueryTriples

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.\d+|\.\d+)")
_INTEGER = re.compile(r"[+-]?\d+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query sees beside what its own FROM clauses say.

    ``default_graphs`` and ``named_graphs`` are those of the SPARQL Protocol (section 2.1.4): IRIs that replace the query's own
    FROM clauses; both empty means that neither was given. ``union`` makes the default graph that of all triples in any graph.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True
    base: str | None = None


def run_query(
    store: Store, text: str, params: Mapping[str, str | Sequence[str]] | None = None, scope: Scope | None = None
) -> Answer:
    """The answer to a SPARQL query; the project's prefixes need not be declared.

    A query without FROM sees the union of all graphs, and one with FROM what it names.

    Args:
        store: an open graph.
        text: a SELECT, ASK, CONSTRUCT or DESCRIBE query.
        scope: the graphs to ask where they are not those.
        params: a value, or several, for variables of the query. A value that looks like an ``<iri>``, an integer, a
            decimal or a date becomes one; all else, and a value in double quotes, becomes a string.

    Returns:
        Oxigraph's answer, which is read once and only in the thread that asked. Rows come in the engine's order where the
        query has no ORDER BY.

    Raises:
        QueryError: the query does not parse, changes data, calls SERVICE, or lacks a variable that ``params`` names.
    """
    own_graphs = _check_query(text)
    if params:
        values = {name: [str(guess_term(v)) for v in as_list(value)] for name, value in params.items()}
        text = bind_values(text, read_tokens(text), values)
    return ask(store, text, scope, own_graphs)


@remember_short
def _check_query(text: str) -> bool:
    """Whether a query names its graphs itself; raises as :func:`refuse_unsafe`."""
    tokens = read_tokens(text)
    refuse_unsafe(text, tokens)
    return names_graphs(tokens)


def run_plain(store: Store, name: str, params: Mapping[str, str | Sequence[str]]) -> list[dict[str, str]]:
    """The rows of a named SELECT question whose parameters are taken as they are written; see :func:`rows_of`."""
    return rows_of(ask(store, bind_plain(name, {key: as_list(value) for key, value in params.items()})))


def bind_plain(name: str, params: Mapping[str, Sequence[str]]) -> str:
    """The SPARQL text of a named question with its parameters, as they are written, in their places.

    Raises:
        QueryError: no such question or parameter, or a value that is not of the parameter's type.
    """
    query = find_named_query(name)
    known = {param.name: param for param in query.params}
    values: dict[str, list[str]] = {}
    for key, spelled in params.items():
        if key not in known:
            names = ", ".join(known) or "none"
            raise QueryError(f"{name} has no parameter {key!r}", f"its parameters: {names}")
        values[key] = [str(read_term(known[key], item)) for item in spelled]
    return bind_values(query.text, read_tokens(query.text), values)


def rows_of(answer: Answer) -> list[dict[str, str]]:
    """The rows of a SELECT as plain text by variable; unbound variables are left out."""
    names = [variable.value for variable in answer.variables]  # type: ignore[union-attr]
    rows = ({n: cell.value for n, cell in zip(names, row, strict=True) if cell is not None} for row in answer)  # type: ignore[union-attr]
    return list(rows)


def read_term(param: Param, value: str) -> Literal | NamedNode:
    """A parameter's value as an RDF term of the parameter's type.

    Raises:
        QueryError: the value is not of that type.
    """
    from pyoxigraph import Literal, NamedNode

    checks = {"integer": _INTEGER, "decimal": re.compile(r"[+-]?\d+(?:\.\d+)?"), "date": _DATE}
    if param.type in ("name", "text"):
        return Literal(value)
    try:
        if param.type == "iri":
            return NamedNode(value.strip("<>"))
        if not checks[param.type].fullmatch(value):
            raise ValueError(value)
        if param.type == "date":
            date.fromisoformat(value)
    except ValueError:
        example = {"integer": "28", "decimal": "0.5", "date": "2026-05-13", "iri": "http://example.org/x"}[param.type]
        raise QueryError(f"{param.name} must be of type {param.type}, not {value!r}", f"like {example}") from None
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + param.type))


def guess_term(value: str) -> Literal | NamedNode:
    """The RDF term that a value of an inline query looks like."""
    from pyoxigraph import Literal, NamedNode

    if len(value) > 1 and value[0] == value[-1] == '"':
        return Literal(value[1:-1])
    if value.startswith("<") and value.endswith(">"):
        try:
            return NamedNode(value[1:-1])
        except ValueError:
            raise QueryError(f"not an IRI: {value}", "an IRI is written <https://...>") from None
    for pattern, name in ((_INTEGER, "integer"), (_DECIMAL, "decimal"), (_DATE, "date")):
        if pattern.fullmatch(value):
            return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + name))
    return Literal(value)


def ask(store: Store, text: str, scope: Scope | None = None, own_graphs: bool = False) -> Answer:
    scope = scope or Scope()
    options = {"base_iri": scope.base, "prefixes": PREFIXES, **_dataset_of(scope, own_graphs)}
    try:
        order = find_order(text)
        return (order and _ask_sorted(store, order, options)) or store.query(text, **options)
    except SyntaxError as error:
        raise explain_error(str(error), text) from None
    except OSError as error:
        raise GraphError(f"the graph cannot be read: {error}", "if it was built again just now, ask again") from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from None


def _ask_sorted(store: Store, order: Order, options: Mapping[str, Any]) -> QuerySolutions | None:
    """The answer, sorted by us; none where the engine must do it. See :mod:`kg.query.order`."""
    from pyoxigraph import QueryResultsFormat, parse_query_results

    try:
        answer: QuerySolutions = store.query(order.unsorted, **options)  # type: ignore[assignment]
        if not {name for name, _ in order.keys} <= {variable.value for variable in answer.variables}:
            return None
        table = BoundedOutput(MAX_BYTES)
        answer.serialize(table, format=QueryResultsFormat.TSV)  # type: ignore[arg-type]
    except (SyntaxError, TooLargeError):  # whose place in the whole query the engine says better
        return None
    rows = sort_rows(table.value(), order)
    return None if rows is None else parse_query_results(rows, format=QueryResultsFormat.TSV)  # type: ignore[return-value]


def _dataset_of(scope: Scope, own_graphs: bool) -> dict[str, Any]:
    """The dataset as Oxigraph wants it said. Its union flag would overrule the FROM clauses of a query."""
    if not scope.default_graphs and not scope.named_graphs:
        return {"use_default_graph_as_union": scope.union and not own_graphs}
    from pyoxigraph import NamedNode

    try:
        default, named = ([NamedNode(iri) for iri in iris] for iris in (scope.default_graphs, scope.named_graphs))
    except ValueError as error:
        raise QueryError(f"the name of a graph is not an IRI: {error}") from None
    return {"default_graph": default, "named_graphs": named}


def explain_error(message: str, text: str) -> QueryError:
    """The parser's message with its place, the line it means, and what to try."""
    match = _PLACE.match(message)
    if not match:
        return QueryError(f"the query does not parse: {message}")
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    shown = text.splitlines()[line - 1].strip() if line <= len(text.splitlines()) else "the end of the query"
    if "Prefix not found" in reason:
        reason, hint = "unknown prefix", "known without PREFIX: " + " ".join(f"{p}:" for p in sorted(PREFIXES))
    else:
        reason = reason if len(reason) < 160 else reason[:160].rsplit(",", 1)[0] + ", ..."
        hint = "kg query --list shows questions that work; their files are examples"
    return QueryError(f"line {line}, column {column}: {reason}\n  {shown[:120]}", hint)


def as_list(value: str | Sequence[str]) -> list[str]:
    """One value or several, as a list."""
    return [value] if isinstance(value, str) else list(value)
