"""A user's own word on what is one thing and what is not, from one file::

    # names that are one, and names that are not, one decision a line
    same: TST = Token Superposition Training
    apart: ARC | ARC-AGI

Names are compared folded (case, hyphens and plurals do not matter). A decision stands above all evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.text import fold


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of folded names that are one, and for each folded name those that it never is."""

    same: tuple[tuple[str, str], ...] = ()
    apart: dict[str, frozenset[str]] = field(default_factory=dict)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file.

    Raises:
        KgError: it cannot be read, or a line is not a decision; the message says where.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read: {error}", "give a UTF-8 text file as --decisions") from error
    return parse_decisions(text, path.name)


def parse_decisions(text: str, name: str = "decisions") -> Decisions:
    """The decisions of some text; ``name`` is for error messages.

    Raises:
        KgError: a line is not a decision, or two lines contradict each other.
    """
    same: list[tuple[str, str]] = []
    apart: dict[str, set[str]] = {}
    for number, line in _lines(text):
        word, _, rest = line.partition(":")
        mark = {"same": "=", "apart": "|"}.get(word.strip().lower())
        names = [fold(part) for part in rest.split(mark)] if mark else []
        if len(names) < 2 or not all(names):
            raise KgError(f"{name}, line {number}: not a decision: {line}", "write 'same: A = B' or 'apart: A | B'")
        if mark == "=":
            same += [(names[0], other) for other in names[1:]]
        else:
            for a in names:
                apart.setdefault(a, set()).update(b for b in names if b != a)
    for a, b in same:
        if b in apart.get(a, ()):
            raise KgError(f"{name}: '{a}' and '{b}' are said to be the same and apart", "remove one of the two lines")
    return Decisions(tuple(sorted(set(same))), {a: frozenset(b) for a, b in sorted(apart.items())})


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield number, stripped
