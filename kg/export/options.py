"""What a user may choose of an export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may choose: only the ``top`` nodes by weight, the ``title`` of a page, and whether all edges from one node
    to another are ``merged`` into one."""

    top: int | None = None
    title: str = "Knowledge graph"
    merged: bool = False
