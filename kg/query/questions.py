"""Asks the questions that have a name, with parameters as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.query.named import find_named_query
from kg.query.names import find_entities
from kg.query.run import as_list, ask, bind_plain, rows_of

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.run import Answer

Params = Mapping[str, str | Sequence[str]]


def run_named(store: Store, name: str, params: Params | None = None) -> Answer:
    """The answer to a named question; see :func:`bind_named` for its parameters and errors."""
    return ask(store, bind_named(store, name, params))


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
    types = {param.name: param.type for param in find_named_query(name).params}
    values = {key: as_list(value) for key, value in (params or {}).items()}
    for key, spelled in values.items():
        if types.get(key) == "name":
            values[key] = _widen_names(store, spelled)
    return bind_plain(name, values)


def _widen_names(store: Store, names: Sequence[str]) -> list[str]:
    labels: dict[str, None] = {}
    for name in names:
        found = [entity for entity in find_entities(store, name) if entity.label]
        labels.update(dict.fromkeys([entity.label for entity in found] or [name]))
    return list(labels)
