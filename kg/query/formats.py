"""Writes the answer to a query in the form that a person or a program wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.graph.vocab import ID, PREFIXES, compact_iri
from kg.query.table import format_markdown, format_table

if TYPE_CHECKING:
    from kg.query.run import Answer

#: W3C forms for rows and truth values, by our names.
_ROW_FORMATS = ("csv", "json", "tsv", "xml")
_GRAPH_FORMATS = ("turtle", "ntriples", "jsonld")
FORMATS = ("table", "markdown", *_ROW_FORMATS, *_GRAPH_FORMATS)


def format_answer(answer: Answer, form: str, width: int | None = None, limit: int | None = None) -> bytes:
    """The whole answer as UTF-8 bytes; reads the answer to its end.

    ``csv``, ``json``, ``tsv`` and ``xml`` are the SPARQL 1.1 result formats of the W3C, for SELECT and (the last three aside
    from CSV and TSV) ASK; ``turtle``, ``ntriples`` and ``jsonld`` are for CONSTRUCT and DESCRIBE, their triples sorted.
    ``table`` and ``markdown`` show any answer: IRIs are shortened, and where a column ``x`` stands beside ``xIri`` only
    the former is shown. ``width`` and ``limit`` are those of :func:`kg.query.table.format_table`.

    Raises:
        QueryError: the answer has no such form.
    """
    from pyoxigraph import QueryBoolean, QueryTriples

    if isinstance(answer, QueryTriples):
        return _format_triples(answer, form, width, limit)
    if form in _GRAPH_FORMATS:
        raise QueryError(f"{form} is for CONSTRUCT and DESCRIBE queries", "choose table, json, csv, tsv or xml")
    if isinstance(answer, QueryBoolean):
        return _format_truth(answer, form)
    if form in _ROW_FORMATS:
        from pyoxigraph import QueryResultsFormat

        data = answer.serialize(format=getattr(QueryResultsFormat, form.upper()))
        return _end_line(data or b"")
    names = [variable.value for variable in answer.variables]
    rows = [["" if cell is None else _show_term(cell) for cell in row] for row in answer]
    return _format_rows(names, rows, form, width, limit)


def _format_truth(answer: object, form: str) -> bytes:
    from pyoxigraph import QueryBoolean, QueryResultsFormat

    assert isinstance(answer, QueryBoolean)  # noqa: S101  # for the type checker
    if form in ("json", "xml"):
        return _end_line(answer.serialize(format=getattr(QueryResultsFormat, form.upper())) or b"")
    return b"true\n" if answer else b"false\n"


def _format_triples(answer: Answer, form: str, width: int | None, limit: int | None) -> bytes:
    from pyoxigraph import RdfFormat, serialize

    if form in _ROW_FORMATS:
        raise QueryError(f"{form} is for SELECT and ASK queries", "choose table, turtle, ntriples or jsonld")
    triples = sorted(set(answer), key=str)  # type: ignore[arg-type]
    if form in ("table", "markdown"):
        rows = [[_show_term(part) for part in triple] for triple in triples]
        return _format_rows(["subject", "predicate", "object"], rows, form, width, limit)
    formats = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    prefixes = {} if form == "ntriples" else {**PREFIXES, "id": ID}
    return _end_line(serialize(triples, format=formats[form], prefixes=prefixes) or b"")


def _format_rows(names: list[str], rows: list[list[str]], form: str, width: int | None, limit: int | None) -> bytes:
    keep = [n for n, name in enumerate(names) if not (name.endswith("Iri") and len(names) > 1)]
    keep = keep or list(range(len(names)))
    columns = [names[n] for n in keep]
    shown = [[row[n] for n in keep] for row in rows]
    text = format_markdown(columns, shown) if form == "markdown" else format_table(columns, shown, width, limit)
    return text.encode("utf-8", "replace")


def _show_term(term: object) -> str:
    from pyoxigraph import NamedNode

    return compact_iri(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))


def _end_line(data: bytes) -> bytes:
    return data if data.endswith(b"\n") or not data else data + b"\n"
