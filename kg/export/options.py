"""What a user may choose of an export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may choose: only the ``top`` nodes by weight, and the ``title`` of a page."""

    top: int | None = None
    title: str = "Knowledge graph"
