"""IRIs and texts that the page can work out for itself: they are left out of the file where the rule gives exactly them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.explore.tables import Column, Table
from kg.graph import vocab

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_EXACT, _TEXT, _EVIDENCE, _START, _END = (vocab.KG + n for n in ("exact", "text", "evidence", "start", "end"))
_STRING = vocab.XSD + "string"

#: Class of a table -> the rule for the names of its rows. The page has the same rules, in ``web/src/names.ts``.
_RULES = {
    "Evidence": "evidence",
    "Assertion": "assertion",
    "CoOccurrence": "cooccurrence",
    "Claim": "claim",
    "Prediction": "prediction",
    "Thread": "thread",
}


class Rows:
    """Looks at single cells of all tables by row number."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self.names = [subject.removeprefix(vocab.ID) for table in tables for subject in table.subjects]
        self._evidence = next((t for t in tables if t.name == "Evidence"), None)

    def place(self, row: int) -> tuple[str, str, str] | None:
        """Document, start and end of a sentence."""
        table = self._evidence
        if table is None or not table.first <= row < table.first + len(table.subjects):
            return None
        n = row - table.first
        start, end = _only(table.column(_START), n), _only(table.column(_END), n)
        document = table.graphs[n].removeprefix(vocab.document_iri(""))
        return (document, start, end) if start and end else None

    def sentence(self, row: int) -> str | None:
        table = self._evidence
        if table is None or not table.first <= row < table.first + len(table.subjects):
            return None
        return _only(table.column(_EXACT), row - table.first) or None


def shorten_names(tables: Sequence[Table]) -> list[tuple[str, list[str]]]:
    """For each table its rule, and the names of its rows without the base IRI, empty where the rule gives them."""
    rows = Rows(tables)
    return [_shorten(table, rows) for table in tables]


def shorten_texts(table: Table, rows: Rows) -> Column | None:
    """The texts of a table's claims, empty where they repeat their first sentence; None where that cannot be told apart."""
    text, evidence = table.column(_TEXT, _STRING), table.column(_EVIDENCE, "row")
    if not text or not evidence or any(len(cell) != 1 or cell == [""] for cell in text.cells):
        return None
    repeats = (bool(e) and rows.sentence(int(e[0])) == c[0] for c, e in zip(text.cells, evidence.cells, strict=True))
    return Column(text.property, text.form, [["" if same else str(c[0])] for c, same in zip(text.cells, repeats, strict=True)])


def shorten_ends(table: Table) -> Column | None:
    """The ends of a table's sentences, less their starts and lengths: mostly 0. None where one of the three is missing."""
    start, end, exact = table.column(_START), table.column(_END), table.column(_EXACT, _STRING)
    if not start or not end or not exact or not (start.form == end.form == vocab.XSD + "integer"):
        return None
    if any(len(cell) != 1 for column in (start, end, exact) for cell in column.cells):
        return None
    cells = zip(start.cells, end.cells, exact.cells, strict=True)
    return Column(end.property, end.form, [[str(int(e[0]) - int(s[0]) - len(str(x[0])))] for s, e, x in cells])


def _shorten(table: Table, rows: Rows) -> tuple[str, list[str]]:
    rule = _RULES.get(table.name, "slug")
    derive = _DERIVE[rule]
    names = []
    for n, subject in enumerate(table.subjects):
        derived = derive(table, n, rows)
        names.append("" if derived is not None and vocab.ID + derived == subject else _store_name(subject))
    return rule, names


def _store_name(iri: str) -> str:
    return iri.removeprefix(vocab.ID) if iri.startswith(vocab.ID) else "<" + iri


def _only(column: Column | None, n: int) -> str:
    """The one value of a cell; nothing where it has none or several."""
    return str(column.cells[n][0]) if column and len(column.cells[n]) == 1 else ""


def _derive_slug(table: Table, n: int, rows: Rows) -> str | None:
    if arxiv := _only(table.column(vocab.KG + "arxivId"), n):
        return f"paper/arxiv-{arxiv}"
    label = _only(table.column(vocab.SKOS + "prefLabel"), n)
    return f"{table.name.lower()}/{_NOT_WORD.sub('-', label.lower()).strip('-')}" if label.isascii() else None


def _derive_evidence(table: Table, n: int, rows: Rows) -> str | None:
    place = rows.place(table.first + n)
    return "evidence/{}-{}-{}".format(*place) if place else None


def _derive_statement(kind: str, table: Table, n: int, rows: Rows) -> str | None:
    subject, object_ = table.column(vocab.RDF + "subject", "row"), table.column(vocab.RDF + "object", "row")
    if not subject or not object_ or len(subject.cells[n]) != 1 or len(object_.cells[n]) != 1:
        return None
    ends = rows.names[int(subject.cells[n][0])], rows.names[int(object_.cells[n][0])]
    if kind == "cooccurrence":
        return _hashed(kind, *ends)
    predicate = _only(table.column(vocab.RDF + "predicate"), n)
    return _hashed(kind, ends[0], re.split(r"[#/]", predicate)[-1], ends[1])


def _derive_claim(kind: str, table: Table, n: int, rows: Rows) -> str | None:
    evidence = table.column(_EVIDENCE, "row")
    place = rows.place(int(evidence.cells[n][0])) if evidence and evidence.cells[n] else None
    last = _only(table.column(vocab.KG + "claimType" if kind == "claim" else vocab.SKOS + "prefLabel"), n)
    return _hashed(kind, *place, last) if place else None


def _hashed(kind: str, *parts: str) -> str:
    return vocab.hashed_iri(kind, *parts).removeprefix(vocab.ID)


def _bound(derive: Callable[[str, Table, int, Rows], str | None], kind: str) -> Callable[[Table, int, Rows], str | None]:
    return lambda table, n, rows: derive(kind, table, n, rows)


_DERIVE: dict[str, Callable[[Table, int, Rows], str | None]] = {
    "slug": _derive_slug,
    "evidence": _derive_evidence,
    **{kind: _bound(_derive_statement, kind) for kind in ("assertion", "cooccurrence")},
    **{kind: _bound(_derive_claim, kind) for kind in ("claim", "prediction", "thread")},
}
