"""A file in memory that stops who writes too much to it."""

from __future__ import annotations


class TooLargeError(Exception):
    """More bytes than an answer may have."""


class BoundedOutput:
    """A file that Oxigraph writes to, and that stops it when too much is written."""

    def __init__(self, max_bytes: int) -> None:
        self.size = 0
        self._parts: list[bytes] = []
        self._max_bytes = max_bytes

    def write(self, data: bytes) -> int:
        """Takes a piece.

        Raises:
            TooLargeError: it is more than there is room for.
        """
        self.size += len(data)
        if self.size > self._max_bytes:
            raise TooLargeError
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def value(self) -> bytes:
        """All that was written."""
        return b"".join(self._parts)
