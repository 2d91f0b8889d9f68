"""Tables of papers: CSV and TSV with a header row. Every row is a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kg.errors import SourceError
from kg.model import Diagnostic, Document
from kg.read.decode import decode
from kg.read.outline import assemble
from kg.read.records import fold_key, make_record, note_skipped, outline_record

_LONGEST_FIELD = 1_000_000
_LARGEST = 64_000_000


def read_table(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
    """Reads a table whose header names at least a title, a description or an abstract (in any case, see ``FIELDS``).

    Rows without text are left out and noted.

    Raises:
        SourceError: not text, no such columns, or a broken row.
    """
    text = decode(data, limit=_LARGEST)
    rows = _rows(text, name)
    header = next(rows, (0, []))[1]
    keys = {fold_key(column) for column in header}
    if not keys & {"title", "description", "abstract"}:
        raise SourceError(
            f"no column of this table is a title, description or abstract: {', '.join(header)[:120]}",
            "name the columns in the first row: title, abstract, url, date, authors, affiliations",
        )
    documents, empty = [], []
    for line, row in rows:
        outline = outline_record(make_record(dict(zip(header, row, strict=False))))
        if outline is None:
            empty += [f"line {line}"] if any(cell.strip() for cell in row) else []
        else:
            documents.append(assemble(outline, name, "csv"))
    note_skipped(notes, name, empty, "a row has no title and no text", "fill the title or the abstract in")
    return documents


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their last lines."""
    first = text[:100_000].split("\n", 1)[0]
    delimiter = "\t" if name.lower().endswith(".tsv") else max(",;\t|", key=first.count)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise SourceError(f"line {reader.line_num}: {error}", "check the quotes around this field") from None
