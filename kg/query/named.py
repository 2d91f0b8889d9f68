"""The named queries: one question a file, with a header that says what it answers and what it needs.

A file is a complete SPARQL query that any endpoint can run as it is; its parameters are its ``VALUES`` blocks and their
defaults stand in them. The header is made of comment lines::

    #: title: Papers that use a technique
    #: about: Newest first, with the sentence that says so.
    #: param: technique name "distillation" a technique, by label, alias or short form
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import QueryError
from kg.resources import package_file

#: What a parameter can be. A ``name`` is text that names an entity; ``text`` is any other text.
PARAM_TYPES = frozenset({"name", "text", "integer", "decimal", "date", "iri"})

_PARAM = re.compile(r'(?P<name>\w+) +(?P<type>\w+) +"(?P<default>[^"]*)" *(?P<about>.*)')


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a named query; it has the type and the default that the header states."""

    name: str
    type: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name: its SPARQL text, and what its header says of it."""

    name: str
    title: str
    about: str
    params: tuple[Param, ...]
    text: str


def read_named_query(path: Path) -> NamedQuery:
    """A named query from its file.

    Raises:
        ValueError: the header lacks a title or has a line that is none of title, about, param.
    """
    text = path.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {"title": [], "about": [], "param": []}
    for line in text.splitlines():
        if line.startswith("#:"):
            key, _, value = line.removeprefix("#:").strip().partition(":")
            if key not in fields:
                raise ValueError(f"{path.name}: unknown header line {line!r}")
            fields[key].append(value.strip())
    if len(fields["title"]) != 1:
        raise ValueError(f"{path.name}: a named query has one title")
    params = tuple(_read_param(path.name, line) for line in fields["param"])
    return NamedQuery(path.stem, fields["title"][0], " ".join(fields["about"]), params, text)


def _read_param(file: str, line: str) -> Param:
    match = _PARAM.fullmatch(line)
    if not match or match["type"] not in PARAM_TYPES:
        raise ValueError(f"{file}: not a parameter: {line!r}")
    return Param(match["name"], match["type"], match["default"], match["about"])


@cache
def _read_all() -> dict[str, NamedQuery]:
    return {path.stem: read_named_query(path) for path in sorted(package_file("queries").glob("*.rq"))}


def named_queries() -> Mapping[str, NamedQuery]:
    """All questions that have a name, sorted by it. Files that start with ``_`` are the project's own and are left out."""
    return {name: query for name, query in _read_all().items() if not name.startswith("_")}


def find_named_query(name: str) -> NamedQuery:
    """The question of that name, the project's own included.

    Raises:
        QueryError: there is none; the hint names close ones.
    """
    if query := _read_all().get(name):
        return query
    from difflib import get_close_matches

    close = get_close_matches(name, named_queries(), n=3, cutoff=0.5)
    hint = "did you mean " + ", ".join(close) + "?" if close else "kg query --list shows all names"
    raise QueryError(f"no query is called {name!r}", hint)
