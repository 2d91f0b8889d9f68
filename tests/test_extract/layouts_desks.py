"""Letters, columns and indexes in which running text tells where a paper begins. In the notation of ``layouts.py``.
All text is our own."""

from __future__ import annotations

CASES = """\
The Second Opinion

Letter 4 to our readers. Ghent, 30 March 2027.

Dear reader,

we ran four boats that people praise without having sailed them. Two floated.

Boat 12. Ballast: Learning to Sit Still (arXiv 2703.15001; EPFL, Mila)

They said: sand in the keel halves the rolling, from 14 degrees to 7 on SwellBench.
We found: 7.2 degrees. The sand has to be dry.
Verdict: holds.

Boat 13. OarNet (arXiv 2703.15002; KAIST)

They said: eight rowers learn one stroke in 40 minutes.
We found: a stroke in 90 minutes.
Verdict: does not hold. OarNet was tried on a lake.

Letters

A reader asks whether Ballast works in fresh water. We have not tried.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "cases.txt": (
        CASES,
        """
        Ballast | Ballast: Learning to Sit Still | 2703.15001 | EPFL, Mila
        OarNet | | 2703.15002 | KAIST
        """,
    ),
}
