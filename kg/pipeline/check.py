"""Reads the sources again and compares them with the graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.read import find_sources, read_source

if TYPE_CHECKING:
    from kg.graph.verify import Mismatch


def verify_graph(folder: Path, sources: Sequence[str] = ()) -> list[Mismatch]:
    """Reads the sources again (by default those that the graph was built from) and proves that each Evidence's sentence stands
    at its offsets.

    Raises:
        KgError: there is no graph, or a source is gone.
    """
    from kg.graph.store import open_store, read_manifest
    from kg.graph.verify import verify_store

    places = list(sources) or [s.location or s.name for s in read_manifest(folder).sources]
    documents = [d for path in find_sources(places) for d in read_source(path)[0]]
    return verify_store(open_store(folder), documents)
