"""The same from Python, in three lines::

import kg
graph = kg.build("digests/")
graph.query("papers-using", technique="on-policy distillation")
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
    from rdflib import Dataset

    from kg.model import KnowledgeBase

    Term = NamedNode | BlankNode | Literal | Triple

#: A value in a row: an IRI is a str, a decimal a float, an unbound variable None.
Value = str | int | float | bool | date | None
Param = str | int | float | date

_PICTURE_NODES = 500
#: A folder's graph of at most so many quads is held in memory (about 0.6 GB a million) by who asks it often: from then on when
#: he has asked one question for each so many of its quads, which took about as long as loading them takes.
_MOST_IN_MEMORY = 2_000_000
_QUADS_A_QUESTION = 5_000
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Picture:
    """The graph as a page for a notebook: sandboxed, self-contained, its 500 weightiest nodes."""

    def __init__(self, store: Store, height: int = 600) -> None:
        self._store, self._height = store, height

    def _repr_html_(self) -> str:
        from kg.export import ExportOptions
        from kg.export.page import frame_page

        return frame_page(self._store, ExportOptions(top=_PICTURE_NODES), self._height)


class Graph:
    """A graph to ask, look at, compute with and write. Made by :func:`build` and :func:`open_graph`."""

    def __init__(self, store: Store, knowledge: KnowledgeBase | None = None, *, load_after: int | None = None) -> None:
        self.store = store
        self._knowledge = knowledge
        self._load_after = load_after  # questions until a store on disk is loaded into memory

    def __repr__(self) -> str:
        return f"<Graph of {len(self.store):,} quads>"

    @property
    def knowledge(self) -> KnowledgeBase:
        """Everything that was read and resolved, with offsets (see :mod:`kg.model`).

        Raises:
            KgError: the graph was opened from a folder, which keeps the graph only.
        """
        if self._knowledge is None:
            raise KgError("a graph from a folder has no knowledge base", "build it in memory: kg.build(sources)")
        return self._knowledge

    def query(self, question: str, **params: Param | Sequence[Param]) -> list[dict[str, Value]] | bool:
        """The rows of a named question or of a SPARQL query; of an ASK, the yes or no.

        Args:
            question: a name of ``kg query --list``, or SPARQL; the project's prefixes need no PREFIX.
            params: values for parameters of the question or variables of the query, by name; several values in a list.

        Raises:
            QueryError: no such question or parameter, or the query does not parse.
        """
        answer = self._ask(question, params)
        if isinstance(answer, bool):
            return answer
        names, rows = answer
        return [dict(zip(names, row, strict=True)) for row in rows]

    def frame(self, question: str, *, library: str = "pandas", **params: Param | Sequence[Param]) -> Any:
        """The rows of a named question or of a SELECT, CONSTRUCT or DESCRIBE query as a pandas or polars DataFrame, with its
        columns also where there is no row. See :meth:`query` for the rest.

        Raises:
            KgError: the library is not installed, or the query is an ASK.
        """
        answer = self._ask(question, params)
        if isinstance(answer, bool):
            raise KgError("an ASK query has no rows", "ask it with query()")
        try:
            frames = import_module(library)
        except ImportError:
            raise KgError(f"{library} is not installed", f"pip install {library}") from None
        names, rows = answer
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return frames.DataFrame({name: list(column) for name, column in zip(names, columns, strict=True)})

    def rdflib(self) -> Dataset:
        """The graph as an rdflib Dataset, which reads the store itself: nothing is copied, and nothing can be changed."""
        from kg.graph.view import view_dataset

        return view_dataset(self.store)

    def _ask(
        self, question: str, params: Mapping[str, Param | Sequence[Param]]
    ) -> bool | tuple[list[str], Iterator[list[Value]]]:
        """Columns and rows, or the answer of an ASK."""
        from pyoxigraph import QueryBoolean, QueryTriples

        from kg.query import run_named, run_query

        self._count_question()
        texts = {name: _text_of(value) for name, value in params.items()}
        inline = "{" in question or any(char.isspace() for char in question.strip())
        answer = run_query(self.store, question, texts) if inline else run_named(self.store, question.strip(), texts)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QueryTriples):
            return ["subject", "predicate", "object"], ([_value(part) for part in triple] for triple in answer)
        names = [variable.value for variable in answer.variables]
        return names, ([_value(cell) for cell in row] for row in answer)

    def _count_question(self) -> None:
        """Loads the store into memory when it is asked often. By number and not by time: a program gets the same each time."""
        if self._load_after == 0:
            from kg.graph.store import load_memory

            self.store, self._load_after = load_memory(self.store), None
        elif self._load_after is not None:
            self._load_after -= 1

    def network(self, *, claims: bool = False, documents: bool = False, cooccurrences: bool = False) -> nx.MultiDiGraph[str]:
        """Entities and edges for NetworkX; claims, documents and co-occurrences too where asked for."""
        from kg.graph.network import load_network

        return load_network(self.store, claims=claims, documents=documents, cooccurrences=cooccurrences)

    @overload
    def show(self, name: str, limit: int = ...) -> str: ...
    @overload
    def show(self, name: None = None, limit: int = ...) -> Picture: ...
    def show(self, name: str | None = None, limit: int = 25) -> str | Picture:
        """Everything about one thing as text: facts, edges and claims, with sentences. Without a name the picture of the whole
        graph, which a notebook shows in place.

        Raises:
            NotFoundError: nothing has that name.
        """
        if name is None:
            return Picture(self.store)
        from kg.show import format_entity, load_entity

        return format_entity(load_entity(self.store, name), limit=limit)

    def export(self, form: str, path: str | Path) -> int:
        """Writes the graph in one of the formats of ``kg export``: html, graphml, gexf, csv, turtle, nquads, jsonld, cx2,
        neo4j, obsidian. Returns the size of what was written in bytes.

        Raises:
            KgError: there is no such format, or the file cannot be written.
        """
        from kg.export import write_export

        return write_export(self.store, form, Path(path))


def build(
    sources: str | Path | Iterable[str | Path],
    folder: str | Path | None = None,
    *,
    fast: bool = False,
    vocabulary: str | Path | None = None,
    decisions: str | Path | None = None,
) -> Graph:
    """The graph of some files, folders or globs: in memory, or in a ``folder`` that ``kg.open`` and ``kg --graph`` know.

    Args:
        sources: one path, folder or glob, or several.
        folder: where the graph is kept; documents that have not changed since are not read again.
        fast: rules and vocabulary only, without the model.
        vocabulary: your own terms, beside the curated ones.
        decisions: a file that says which names are one and which are not.

    Warns:
        UserWarning: a source was left out because it cannot be read.

    Raises:
        KgError: no source was found, none can be read, or the folder cannot be written.
    """
    from kg.pipeline import build_graph, build_knowledge

    names = [str(sources)] if isinstance(sources, str | Path) else [str(source) for source in sources]
    terms, decided = (Path(path) if path is not None else None for path in (vocabulary, decisions))
    if folder is not None:
        diagnostics = build_graph(names, Path(folder), fast=fast, vocabulary=terms, decisions=decided).diagnostics
        graph = open_graph(folder)
    else:
        knowledge = build_knowledge(names, fast=fast, vocabulary=terms, decisions=decided)
        diagnostics = knowledge.diagnostics
        if not knowledge.documents:
            first = diagnostics[0]
            raise SourceError(f"{first.source}: {first.message}", first.hint)
        graph = Graph(_fill_store(knowledge), knowledge)
    for diagnostic in diagnostics:
        if diagnostic.fatal:
            warnings.warn(f"skipped {diagnostic.source}: {diagnostic.message}", stacklevel=2)
    return graph


def open_graph(folder: str | Path = "graph", *, in_memory: bool | None = None) -> Graph:
    """The graph in a folder that ``kg build`` or :func:`build` made.

    Args:
        in_memory: whether to load it into memory at once, where joins run about five times faster: ten seconds and 0.6 GB for
            a million quads. Unless said, a graph of at most two million quads is loaded when it has been asked often.

    Raises:
        GraphError: there is no graph, it is damaged, or a later version made it.
    """
    from kg.graph.store import load_memory, open_build

    manifest, store = open_build(Path(folder))
    if in_memory:
        return Graph(load_memory(store))
    quads = manifest.counts.get("quads", 0)
    often = in_memory is None and quads <= _MOST_IN_MEMORY
    return Graph(store, load_after=quads // _QUADS_A_QUESTION + 1 if often else None)


def _fill_store(knowledge: KnowledgeBase) -> Store:
    from pyoxigraph import Store

    from kg.graph.rdf import quads_of

    store = Store()
    store.bulk_extend(quads_of(knowledge))
    return store


def _text_of(value: Param | Sequence[Param]) -> str | list[str]:
    if isinstance(value, str | int | float | date):
        return str(value)
    return [str(item) for item in value]


#: How a literal of a datatype becomes a value; all other literals are text.
_CASTS: Mapping[str, type[int] | type[float]] = {
    _XSD + "integer": int,
    _XSD + "decimal": float,
    _XSD + "double": float,
    _XSD + "float": float,
}


def _value(term: Term | None) -> Value:
    from pyoxigraph import Literal, Triple

    if term is None:
        return None
    if isinstance(term, Triple):
        return str(term)
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype == _XSD + "boolean":
            return term.value in ("true", "1")
        if datatype == _XSD + "date":
            return date.fromisoformat(term.value[:10])
        if datatype in _CASTS:
            return _CASTS[datatype](term.value)
    return term.value
