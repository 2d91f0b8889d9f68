"""A source -> Documents: one file per format, a registry by suffix.

``read_source`` never raises for what a file holds: it returns a Diagnostic that says what is wrong, where, and what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from kg.errors import KgError
from kg.model import Diagnostic, Document
from kg.read.sources import find_files

#: bytes and name of a source -> its documents; what it left out goes into the list of diagnostics.
Reader = Callable[[bytes, str, list[Diagnostic]], list[Document]]


def _reader(module: str) -> Reader:
    """The function ``read_<module>`` of ``kg.read.<module>``, imported when it is first called: ``kg --help`` needs none."""

    def read(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
        function: Reader = getattr(import_module(f"kg.read.{module}"), f"read_{module}")
        return function(data, name, notes)

    return read


_MODULES = {
    "plain": ".txt .text",
    "markdown": ".md .markdown",
    "html": ".html .htm .xhtml",
    "feed": ".xml .rss .atom",
    "table": ".csv .tsv",
    "jsonl": ".jsonl .ndjson",
    "bibtex": ".bib",
    "pdf": ".pdf",
}
#: Reader by suffix.
FORMATS: dict[str, Reader] = {suffix: _reader(module) for module, suffixes in _MODULES.items() for suffix in suffixes.split()}

#: The largest source that is read, in bytes.
LARGEST = 64_000_000


def find_sources(patterns: Sequence[str]) -> list[Path]:
    """The files that paths, folders (read recursively, known suffixes only) and globs name, sorted, each once.

    Raises:
        SourceError: a path is missing, a glob matches nothing, or a folder holds no document.
    """
    return find_files(patterns, FORMATS.keys())


def read_source(path: Path) -> tuple[list[Document], list[Diagnostic]]:
    """Reads one file into its documents. What cannot be read comes back as Diagnostics, never as an exception."""
    data = open_source(path)
    return ([], [data]) if isinstance(data, Diagnostic) else read_bytes(data, path.name)


def open_source(path: Path) -> bytes | Diagnostic:
    """The bytes of one file, or why they cannot be had."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep us waiting
            return Diagnostic(path.name, "not a file", "give a file, a folder or a pattern")
        if path.stat().st_size > LARGEST:
            return _too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        hint = "check the path and its permissions"
        return Diagnostic(path.name, f"cannot be opened: {error.strerror or type(error).__name__}", hint)


def read_bytes(data: bytes, name: str) -> tuple[list[Document], list[Diagnostic]]:
    """Reads the bytes of one source. Pure: the same bytes and name give the same documents.

    Args:
        name: the file name; its suffix chooses the format, its words may give a date.
    """
    if len(data) > LARGEST:
        return [], [_too_large(name, len(data))]
    suffix = PurePath(name).suffix.lower()
    reader = FORMATS.get(suffix)
    if reader is None:
        known = " ".join(sorted(FORMATS))
        return [], [Diagnostic(name, f"unknown format {suffix or '(no suffix)'}", f"known suffixes: {known}")]
    notes: list[Diagnostic] = []
    try:
        documents = reader(data, name, notes)
    except KgError as error:
        return [], [Diagnostic(name, error.message, error.hint)]
    except (ValueError, RecursionError, MemoryError, LookupError) as error:
        hint = f"the file may be damaged, or not be what its suffix {suffix} says"
        return [], [Diagnostic(name, f"cannot be read: {type(error).__name__}: {str(error)[:200]}", hint)]
    if not documents:
        return [], [*notes, Diagnostic(name, "no text found", "the file holds nothing that reads like a document")]
    return _stamp(documents, hashlib.sha256(data).hexdigest()), notes


def _stamp(documents: Sequence[Document], sha256: str) -> list[Document]:
    """The documents with their source's hash, their part numbers, and ids that differ."""
    seen: dict[str, int] = {}
    stamped = []
    for part, document in enumerate(documents):
        again = seen[document.id] = seen.get(document.id, 0) + 1
        name = document.id if again == 1 else f"{document.id}-{again}"
        stamped.append(replace(document, id=name, sha256=sha256, part=part))
    return stamped


def _too_large(name: str, size: int) -> Diagnostic:
    return Diagnostic(name, f"too large: {size:,} bytes, at most {LARGEST:,}", "split it into smaller files")
