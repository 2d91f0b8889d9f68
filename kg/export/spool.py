"""Rows that need not fit into memory: kept in order of arrival or sorted, beyond a limit in a temporary file.

Sorting is by runs that are merged (Knuth, The Art of Computer Programming, vol. 3, section 5.4).
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Any

Row = tuple[Any, ...]

#: Rows that stand in memory at most, and rows that are written to the file together.
LIMIT = 40_000
_CHUNK = 1_000


class Spool:
    """Rows of text, numbers and tuples of them, read as often as wanted in the order in which they came."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._held: list[Row] = []
        self._chunks: list[tuple[int, int]] = []  # place in the file and size
        self._file: IO[bytes] | None = None
        self._end = 0

    def add(self, row: Row) -> None:
        self._held.append(row)
        if len(self._held) >= self._limit:
            self.flush()

    def flush(self) -> None:
        """Moves the rows in memory to the file."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        for first in range(0, len(self._held), _CHUNK):
            data = marshal.dumps(self._held[first : first + _CHUNK])
            self._file.seek(self._end)
            self._file.write(data)
            self._chunks.append((self._end, len(data)))
            self._end += len(data)
        self._held = []

    def chunks(self) -> int:
        """How many chunks the file has so far."""
        return len(self._chunks)

    def read(self, first: int = 0, last: int | None = None) -> Iterator[Row]:
        """The rows of some chunks of the file, in their order."""
        for place, size in self._chunks[first:last]:
            if self._file is not None:
                self._file.seek(place)
                yield from marshal.loads(self._file.read(size))  # noqa: S302  our own rows, from our own file

    def __iter__(self) -> Iterator[Row]:
        return chain(self.read(), self._held)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file, self._held, self._chunks = None, [], []


def sort_rows(rows: Iterable[Row], limit: int = LIMIT) -> Iterator[Row]:
    """The rows in order, with at most about ``limit`` of them in memory."""
    spool = Spool(limit + 1)  # flushed here, a sorted run at a time
    runs: list[tuple[int, int]] = []
    held: list[Row] = []
    try:
        for row in rows:
            held.append(row)
            if len(held) >= limit:
                runs.append(_write_run(spool, held))
                held = []
        held.sort()
        if not runs:
            yield from held
        else:
            yield from heapq.merge(held, *(spool.read(first, last) for first, last in runs))
    finally:
        spool.close()


def _write_run(spool: Spool, rows: list[Row]) -> tuple[int, int]:
    first = spool.chunks()
    for row in sorted(rows):
        spool.add(row)
    spool.flush()
    return first, spool.chunks()
