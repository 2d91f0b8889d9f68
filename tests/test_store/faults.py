"""What the tests of faults tried and what came of it, for the table in docs/scale.md.

``KG_FAULTS=write pytest tests/test_store -m slow`` writes the table anew; other runs compare nothing and write nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

_PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
_BEGIN, _END = "<!-- faults: made by the tests -->\n", "<!-- end of faults -->"
_HEAD = "| fault | tried | old graph | new graph | lost or wrong | finished by the next try |\n|---|--:|--:|--:|--:|--:|\n"


def record_fault(name: str, *, tried: int, old: int, new: int, wrong: int, finished: int) -> None:
    """Puts a row into the table of the page; the row of the same name is replaced."""
    if os.environ.get("KG_FAULTS") != "write" or not _PAGE.exists():
        return
    text = _PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    table, _, after = rest.partition(_END)
    rows = {
        row.split("|")[1].strip(): row for row in table.splitlines() if row.startswith("| ") and not row.startswith("| fault")
    }
    rows[name] = f"| {name} | {tried} | {old} | {new} | {wrong} | {finished} |"
    body = _HEAD + "\n".join(rows[key] for key in sorted(rows)) + "\n"
    _PAGE.write_text(before + _BEGIN + body + _END + after, encoding="utf-8")


def read_counts(output: str) -> dict[str, int]:
    """The counts that :mod:`tests.test_store.harm` printed."""
    counts: dict[str, int] = json.loads(output.splitlines()[-1])
    return counts
