"""The limits of a server and how a request that passes them is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Times are in seconds, sizes in bytes."""

    timeout: float = 30.0  # of one query, from when a worker takes it
    max_rows: int = 1_000_000  # rows of a SELECT, triples of a CONSTRUCT, DESCRIBE or graph
    max_bytes: int = 64 * MIB  # of one answer
    max_request: int = MIB  # of the body of a request
    max_memory: int = 1024 * MIB  # of address space that one query may take
    workers: int = 8  # queries at one time; each is a process
    queue: int = 128  # requests that may wait for a worker
    max_wait: float = 60.0  # for a worker


class Refusal(Exception):
    """A request that gets no answer: the HTTP status, why, and what its sender can do about it."""

    def __init__(self, status: int, message: str, hint: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint
        self.headers = headers or {}
