"""What can go wrong, for users.

KgError                 anything a user can mend; the command line prints ``error:`` and ``hint:`` and exits with 2
├── SourceError         a source that cannot be read
├── GraphError          a graph folder that is missing, broken, busy or made by another version
├── QueryError          a query that does not parse, or an unknown named query or parameter
└── NotFoundError       a name that the graph does not know
"""

from __future__ import annotations


class KgError(Exception):
    """A mistake or a state that the user can mend. ``hint`` says how."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(KgError):
    """A source that cannot be read."""


class GraphError(KgError):
    """A graph folder that is missing, broken, busy or made by another version."""


class QueryError(KgError):
    """A query that does not parse, or an unknown named query or parameter."""


class NotFoundError(KgError):
    """A name that the graph does not know."""
