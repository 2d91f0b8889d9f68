"""The quads of a store as tables: one table for all subjects with the same classes, one column a property.

The page needs every statement once, for its panels and for its query engine alike. Tables hold what N-Quads hold in a
hundredth of the space: the classes of a subject are said once a table, a reference is a row number, and the triple that an
assertion speaks of is part of the assertion. No statement is lost: the page writes the same quads back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import vocab

_TYPE = vocab.RDF + "type"
_SUBJECT, _PREDICATE, _OBJECT = vocab.RDF + "subject", vocab.RDF + "predicate", vocab.RDF + "object"
_STRING = vocab.XSD + "string"
_EXACT, _TEXT, _EVIDENCE = vocab.KG + "exact", vocab.KG + "text", vocab.KG + "evidence"

#: Tables of entities come first, in this order, so that the rows of entities are numbered from 0.
_FIRST = [classes[0] for classes in vocab.CLASSES.values()] + [vocab.KG + n for n in ("Document", "Evidence", "Claim")]

#: A value: the IRI of a node, or (text, datatype or "@language").
Value = str | tuple[str, str]


@dataclass(slots=True)
class Column:
    """One property of a table.

    ``form`` is ``row`` (references, as row numbers: all others have text), ``iri`` (other IRIs), else the datatype of its
    literals, or ``@`` and their language. ``cells`` has the values of each row, none where it has none.
    """

    property: str
    form: str
    cells: list[list[Any]]


@dataclass(slots=True)
class Table:
    """Subjects with the same classes. ``first`` is the number of its first row; numbers run on through all tables.

    ``graphs`` names the graph of each row; ``said`` marks the rows of a table of statements whose triple also stands in the
    graph by itself (and is in no other column).
    """

    classes: tuple[str, ...]
    first: int
    subjects: list[str]
    graphs: list[str]
    columns: list[Column] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The table's own class without its namespace."""
        return own_class(self.classes).rpartition("#")[2].rpartition("/")[2]

    def column(self, iri: str, form: str | None = None) -> Column | None:
        """The column of a property; of the first form where ``form`` is not given."""
        return next((c for c in self.columns if c.property == iri and form in (None, c.form)), None)


_Facts = dict[str, list[Value]]


def read_tables(quads: Iterable[Quad]) -> list[Table]:
    """Tables that hold exactly the given quads, the same for the same quads in any order."""
    facts: dict[tuple[str, str], _Facts] = defaultdict(dict)
    for quad in quads:
        subject, object_ = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(object_, NamedNode | Literal):
            continue  # the data contract knows no blank nodes
        row = facts[subject.value, getattr(quad.graph_name, "value", "")]
        row.setdefault(quad.predicate.value, []).append(_value_of(object_))
    said = _take_said(facts)
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for key, row in facts.items():
        classes = row.pop(_TYPE, [])
        if row or classes:  # what _take_said emptied has no row of its own
            groups[tuple(sorted(str(c) for c in classes))].append(key)
    tables: list[Table] = []
    number: dict[str, int] = {}
    first = 0
    for group in sorted(groups, key=_table_order):
        keys = sorted(groups[group], key=lambda key: _row_order(facts[key], key, number))
        table = Table(group, first, [s for s, _ in keys], [g for _, g in keys], said=[key in said for key in keys])
        for n, iri in enumerate(table.subjects):
            number.setdefault(iri, first + n)
        first += len(keys)
        tables.append(table)
    for table in tables:
        table.columns = _make_columns([facts[key] for key in zip(table.subjects, table.graphs, strict=True)], number)
    _put_own_sentence_first(tables)
    return tables


def own_class(classes: tuple[str, ...]) -> str:
    """The class that a table is called by: our own, and of those the one that is not implied by another."""
    own = [c for c in classes if c.startswith(vocab.KG)] or list(classes) or ["none"]
    return next((c for c in own if c != vocab.KG + "Claim"), own[0])


def _value_of(node: NamedNode | Literal) -> Value:
    if isinstance(node, NamedNode):
        return node.value
    return node.value, f"@{node.language}" if node.language else node.datatype.value


def _take_said(facts: dict[tuple[str, str], _Facts]) -> set[tuple[str, str]]:
    """Takes the triples that statements speak of out of ``facts``, and returns the keys of those statements."""
    said = set()
    taken: dict[tuple[str, str, str], set[Value]] = defaultdict(set)
    subjects = {subject for subject, _ in facts}
    for (subject, graph), row in facts.items():
        if any(len(row.get(p, ())) != 1 for p in (_SUBJECT, _PREDICATE, _OBJECT)):
            continue
        s, p, o = str(row[_SUBJECT][0]), str(row[_PREDICATE][0]), row[_OBJECT][0]
        known = s in subjects and o in subjects and p not in subjects
        if known and o in facts.get((s, graph), {}).get(p, ()) and o not in taken[s, graph, p]:
            taken[s, graph, p].add(o)
            said.add((subject, graph))
    for (s, graph, p), objects in taken.items():
        if objects:
            rest = [value for value in facts[s, graph][p] if value not in objects]
            if rest:
                facts[s, graph][p] = rest
            else:
                del facts[s, graph][p]
    return said


def _table_order(classes: tuple[str, ...]) -> tuple[int, str, tuple[str, ...]]:
    own = own_class(classes)
    return (_FIRST.index(own) if own in _FIRST else len(_FIRST), own, classes)


def _row_order(row: _Facts, key: tuple[str, str], number: dict[str, int]) -> tuple[object, ...]:
    """Rows stand beside the rows that they speak of: statements by their ends, sentences by their place, claims by theirs."""
    if _SUBJECT in row:
        s, o = str(row[_SUBJECT][0]), str(row.get(_OBJECT, [""])[0])
        return (number.get(s, -1), str(row.get(_PREDICATE, [""])[0]), number.get(o, -1), *key)
    if vocab.KG + "start" in row:
        return (number.get(key[1], -1), "", int(row[vocab.KG + "start"][0][0]), *key)
    if _EVIDENCE in row:
        return (min(number.get(str(e), -1) for e in row[_EVIDENCE]), "", 0, *key)
    return (0, "", 0, *key)


def _make_columns(rows: list[_Facts], number: dict[str, int]) -> list[Column]:
    cells: dict[tuple[str, str], list[list[Any]]] = {}
    for n, row in enumerate(rows):
        for iri, values in row.items():
            for value in values:
                form = ("row" if value in number else "iri") if isinstance(value, str) else value[1]
                if (iri, form) not in cells:
                    cells[iri, form] = [[] for _ in rows]
                plain = value if isinstance(value, str) else value[0]
                cells[iri, form][n].append(number[plain] if form == "row" else plain)
    columns = []
    for (iri, form), column in sorted(cells.items()):
        for cell in column:
            cell.sort()
        columns.append(Column(iri, form, column))
    return columns


def _put_own_sentence_first(tables: list[Table]) -> None:
    """Has the evidence whose sentence a claim repeats stand first in its cell, so that the text need not be said again."""
    texts: dict[int, str] = {}
    for table in tables:
        if exact := table.column(_EXACT, _STRING):
            texts.update((table.first + n, str(cell[0])) for n, cell in enumerate(exact.cells) if cell)
    for table in tables:
        text, evidence = table.column(_TEXT, _STRING), table.column(_EVIDENCE, "row")
        if text and evidence:
            for own, cell in zip(text.cells, evidence.cells, strict=True):
                cell.sort(key=lambda row, own=own: (own != [texts.get(row)], row))  # type: ignore[misc]
