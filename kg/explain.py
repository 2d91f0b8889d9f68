"""Why two names are one thing, or are not: the merges that resolution made and their reasons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.query import find_entities, run_rows, suggest_names
from kg.query.table import clean_text
from kg.text import fold

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.names import Found


@dataclass(frozen=True, slots=True)
class Step:
    """Two names of one entity and the reason for which they came together."""

    a: str
    b: str
    reason: str


def explain_name(store: Store, name: str) -> str:
    """All entities that ``name`` can mean, and for each the names that were merged into it, with the reasons.

    Raises:
        NotFoundError: the graph knows no such name.
    """
    lines: list[str] = []
    for found in _find(store, name):
        steps = _steps(store, found)
        lines.append(f"{clean_text(found.label)} ({found.kind})")
        lines += [f"  {_said(step)}" for step in steps] or ["  every document writes it alike: nothing was merged"]
    return "\n".join(lines) + "\n"


def explain_pair(store: Store, a: str, b: str) -> str:
    """Whether two names are one entity: the chain of merges between them, or what keeps them apart.

    Raises:
        NotFoundError: the graph does not know one of the names.
    """
    left, right = _find(store, a), _find(store, b)
    shared = [found for found in left if found in right]
    if not shared:
        return _apart(store, left[0], right[0])
    chain = _chain(_steps(store, shared[0]), fold(a), fold(b))
    head = f"“{clean_text(a)}” and “{clean_text(b)}” are one: {clean_text(shared[0].label)} ({shared[0].kind})\n"
    if chain is None:
        return head + "  both are names of it in the curated vocabulary, or are written alike\n"
    return head + "".join(f"  {_said(step)}\n" for step in chain)


def _find(store: Store, name: str) -> list[Found]:
    found = find_entities(store, name)
    if not found:
        close = suggest_names(store, name)
        raise NotFoundError(f"no such name in the graph: {name}", f"did you mean: {', '.join(close)}?" if close else "")
    return found


def _steps(store: Store, found: Found) -> list[Step]:
    return [Step(row["a"], row["b"], row["reason"]) for row in run_rows(store, "_merges", {"entity": found.iri})]


def _said(step: Step) -> str:
    return f"{clean_text(step.a)} = {clean_text(step.b)}: {clean_text(step.reason)}"


def _chain(steps: Sequence[Step], start: str, goal: str) -> list[Step] | None:
    """The shortest chain of merges from one folded name to another; None where there is none."""
    before: dict[str, Step | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            return list(_walk_back(before, goal))[::-1]
        for step in steps:
            ends = (fold(step.a), fold(step.b))
            if here in ends:
                there = ends[1] if here == ends[0] else ends[0]
                if there not in before:
                    before[there] = step
                    queue.append(there)
    return None


def _walk_back(before: dict[str, Step | None], goal: str) -> Iterator[Step]:
    here = goal
    while (step := before[here]) is not None:
        yield step
        here = fold(step.a) if fold(step.b) == here else fold(step.b)


def _apart(store: Store, a: Found, b: Found) -> str:
    """What is known of two things that are not one."""
    lines = [f"“{clean_text(a.label)}” ({a.kind}) and “{clean_text(b.label)}” ({b.kind}) are not one"]
    if a.kind != b.kind:
        lines.append(f"  they are of two kinds: {a.kind} and {b.kind}")
    ids = [_fact(store, found, "arXiv") for found in (a, b)]
    if all(ids) and ids[0] != ids[1]:
        lines.append(f"  two arXiv ids: {ids[0]} and {ids[1]}")
    lines.append("  no arXiv id, curated concept, definition in a text, or spelling joins them")
    lines.append("  to join them, write 'same: A = B' into a file and build with --decisions FILE")
    return "\n".join(lines) + "\n"


def _fact(store: Store, found: Found, fact: str) -> str:
    rows = run_rows(store, "_entity-facts", {"entity": found.iri})
    return next((row["value"] for row in rows if row["fact"] == fact), "")
