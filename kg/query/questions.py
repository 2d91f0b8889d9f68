"""Asks the questions that have a name, with parameters as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.query.named import find_named_query
from kg.query.names import find_entities
from kg.query.narrow import narrow_question
from kg.query.run import as_list, ask, bind_plain, read_term, rows_of

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

    from kg.query.run import Answer

Params = Mapping[str, str | Sequence[str]]


def run_named(store: Store, name: str, params: Params | None = None) -> Answer:
    """The answer to a named question; see :func:`bind_named` for its parameters and errors."""
    return ask(store, plan_named(store, name, params))


def run_rows(store: Store, name: str, params: Params | None = None) -> list[dict[str, str]]:
    """The rows of a named SELECT question as plain text by variable; unbound variables are left out."""
    return rows_of(run_named(store, name, params))


def bind_named(store: Store, name: str, params: Params | None = None) -> str:
    """The SPARQL text of a named question with its parameters in their places: it asks any engine the same.

    Values are read by the types that the question's header states. A value for a ``name`` parameter is widened to every
    label of the entities that :func:`kg.query.names.find_entities` finds for it, so that "OPD" and "on policy distillations"
    mean the same.

    Raises:
        QueryError: no such question or parameter, or a value that is not of the parameter's type.
    """
    return bind_plain(name, _read_values(store, name, params))


def plan_named(store: Store, name: str, params: Params | None = None) -> str:
    """As :func:`bind_named`, but said so that Oxigraph answers it fast, from ``store`` alone: see :mod:`kg.query.narrow`."""
    values = _read_values(store, name, params)
    known = find_named_query(name).params
    asked = {param.name: values.get(param.name, [param.default]) for param in known}
    terms = {param.name: [str(read_term(param, value)) for value in asked[param.name]] for param in known}
    return narrow_question(bind_plain(name, values), terms, lambda param: _find_spellings(store, asked[param]))


def _read_values(store: Store, name: str, params: Params | None) -> dict[str, list[str]]:
    """The values of the parameters that are given, names widened."""
    types = {param.name: param.type for param in find_named_query(name).params}
    values = {key: as_list(value) for key, value in (params or {}).items()}
    return {key: _widen_names(store, spelled) if types.get(key) == "name" else spelled for key, spelled in values.items()}


def _find_spellings(store: Store, names: Sequence[str]) -> list[tuple[str, str]]:
    """The labels in the graph that are one of ``names`` in any case, each with that name, as terms."""
    rows: QuerySolutions = ask(store, bind_plain("_spellings", {"name": names}))  # type: ignore[assignment]
    return [(str(row["label"]), str(row["name"])) for row in rows]


def _widen_names(store: Store, names: Sequence[str]) -> list[str]:
    labels: dict[str, None] = {}
    for name in names:
        found = [entity for entity in find_entities(store, name) if entity.label]
        labels.update(dict.fromkeys([entity.label for entity in found] or [name]))
    return list(labels)
