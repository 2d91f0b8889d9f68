"""Finds the entity that a user means: by label, alias, short form, id, IRI or arXiv id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.graph.vocab import ID
from kg.query.run import run_plain
from kg.text import fold, squeeze

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.named import NamedQuery

_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """An entity that a name can mean: its IRI, its preferred label, its kind ("technique")."""

    iri: str
    label: str
    kind: str


def find_entities(store: Store, name: str) -> list[Found]:
    """All entities that ``name`` can mean, the most mentioned first; an empty list if there are none.

    An IRI or the end of one, then an arXiv id, then a label or alias in any case, then a label or alias under
    :func:`kg.text.fold` (hyphens, plurals, accents) are tried in this order; the first that finds anything counts.
    """
    name = name.strip()
    if not name:
        return []
    iri = name.strip("<>") if "://" in name else ID + name
    if found := _read_found(store, "_entity-by-iri", "iri", [iri] if _is_iri(iri) else []):
        return found
    if match := _ARXIV.fullmatch(name):
        return _read_found(store, "_entity-by-arxiv", "arxiv", [match[1]])
    spelled = sorted({row["label"] for row in run_plain(store, "_spellings", {"name": name})})
    if found := _read_found(store, "_entity-by-label", "name", spelled):
        return found
    wanted, tight = fold(name), squeeze(name)
    labels = sorted({row["label"] for row in run_plain(store, "_labels", {})})
    same = [label for label in labels if fold(label) == wanted] or [label for label in labels if squeeze(label) == tight]
    return _read_found(store, "_entity-by-label", "name", same)


def suggest_names(store: Store, name: str, limit: int = 5) -> list[str]:
    """Labels and aliases that are written much like ``name``, the closest first."""
    by_fold: dict[str, str] = {}
    for row in run_plain(store, "_labels", {}):
        by_fold.setdefault(fold(row["label"]), row["label"])
    close = get_close_matches(fold(name), by_fold, n=limit, cutoff=0.7)
    words = [key for key in by_fold if f" {fold(name)} " in f" {key} " and key not in close] if len(name) > 2 else []
    return [by_fold[key] for key in (*close, *sorted(words, key=lambda key: (len(key), key)))][:limit]


def find_entity(store: Store, name: str) -> Found:
    """The one entity that ``name`` means; among several the most mentioned, and a paper before a term.

    Raises:
        NotFoundError: there is none; the hint names close ones.
    """
    if found := find_entities(store, name):
        return found[0]
    close = suggest_names(store, name)
    hint = "did you mean " + ", ".join(close) + "?" if close else "kg stats shows what the graph holds"
    raise NotFoundError(f"the graph knows nothing called {name!r}", hint)


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _read_found(store: Store, query: str, param: str, values: list[str]) -> list[Found]:
    if not values:
        return []
    rows = run_plain(store, query, {param: values})
    found: dict[str, Found] = {}
    for row in rows:
        found.setdefault(row["entity"], Found(row["entity"], row.get("label", ""), row["kind"]))
    return list(found.values())


def missing_names(store: Store, query: NamedQuery, params: Mapping[str, str]) -> list[str]:
    """The values of ``name`` parameters that the graph does not know."""
    named = [params[p.name] for p in query.params if p.type == "name" and params.get(p.name)]
    return [value for value in named if not find_entities(store, value)]
