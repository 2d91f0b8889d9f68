"""JSON lines: one object a line, one document an object."""

from __future__ import annotations

import json
from typing import Any

from kg.model import Diagnostic, Document
from kg.read.decode import decode
from kg.read.outline import assemble
from kg.read.records import make_record, note_skipped, outline_record

_LARGEST = 64_000_000
_LONGEST_LINE = 2_000_000


def read_jsonl(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
    """Reads objects with the keys of ``FIELDS``; values may be strings, numbers, lists of strings or of {"name": ...}.

    Lines that are no object or have no text are left out and noted.

    Raises:
        SourceError: not text.
    """
    documents: list[Document] = []
    broken: list[str] = []
    empty: list[str] = []
    for number, line in enumerate(decode(data, limit=_LARGEST).split("\n"), 1):
        if not line.strip():
            continue
        found = _object(line)
        if found is None:
            broken.append(f"line {number}")
            continue
        outline = outline_record(make_record(_flat(found)))
        if outline is None:
            empty.append(f"line {number}")
        else:
            documents.append(assemble(outline, name, "jsonl"))
    note_skipped(notes, name, broken, "a line is not a JSON object", "one object a line, no commas between them")
    note_skipped(
        notes, name, empty, "an object has no title and no text", 'known keys: "title", "abstract", "url", "date", "authors"'
    )
    return documents


def _object(line: str) -> dict[str, Any] | None:
    if len(line) > _LONGEST_LINE:
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _flat(found: dict[str, Any]) -> dict[str, str]:
    """All values as text; the affiliations of author objects become a value of their own."""
    pairs = {str(key): _text(value) for key, value in found.items()}
    authors: list[Any] = next((found[k] for k in found if str(k).casefold() == "authors" and isinstance(found[k], list)), [])
    homes = [a.get("affiliation") or a.get("affiliations") for a in authors if isinstance(a, dict)]
    said = dict.fromkeys(_text(h) for h in homes if h)
    return {"affiliations": "; ".join(said), **pairs} if said else pairs


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(t for t in map(_text, value[:1000]) if t)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("title") or value.get("value") or "")
    return "" if value is None or isinstance(value, bool) else str(value)
