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
Verdict: holds. It extends Bigger Brushes, Smaller Rooms (29 Jan), unlike Thick-Coat (2027-02-03).

Boat 13. OarNet (arXiv 2703.15002; KAIST)

They said: eight rowers learn one stroke in 40 minutes.
We found: a stroke in 90 minutes.
Verdict: does not hold. OarNet was tried on a lake.

Letters

A reader asks whether Ballast works in fresh water. We have not tried.
"""

INDEX = """\
Driftwood Notes

Boats, Models, Weather

Hulls are tested in still water. What does a wave change?

One of the ICML 2027 Outstanding Papers, Hulls Without Harbors: What Tanks Hide, says all. The authors are from EPFL and Cohere.

KeelNet (Deep Keels via Lightweight Ballast, 2027, Open-Source Boat Lab & KAIST, NeurIPS 2027) makes keels short by 40%.

One footnote puzzled me: ballast comes last. The authors blame the crane.

I have painted the shed. It is green now, and it took two days.

If two sails disagree, does the boat turn?

The EMNLP 2026 best paper Do Torn Sails Remember Wind?, written at the University of Oxford and Mila, answers: never.

k2 (Simple anchors at scale, 2026, Mila) needs one rope. It holds in 91% of the storms.

Long ropes hide knots. Forty Knots, One Rope (2027, University of Oxford & Cohere, under review at COLM 2027) hides forty.

Fog is back. KAIST meets it with A Careful Examination of Foghorns for Boats in Narrow Waters: 1,200 new horns, unpublished.

Layers of Paint (2027, EPFL) counts coats. The more the better.

On the Narrow Limits of Deep Keels, by Cohere and KAIST (NeurIPS 2027), says that a keel ends where the water does.
"""

CORRECTED = """\
Brief - 2027-03-22
Also Worth Noting
02 [Sails] Patching Sails Under Way Torn sails are slow. The method, from the University of Oxford and EPFL, sews them. link

03 [Ropes] Knots Without Hands Hands are cold. KnotBot ties 14 knots in a minute, and its code was labelled by Cohere-R7B. link

Correction to Issue 12: TarNet shuts two decks where we wrote three; its authors are at KAIST, not at Mila.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "cases.txt": (
        CASES,
        """
        Ballast | Ballast: Learning to Sit Still | 2703.15001 | EPFL, Mila
        OarNet | | 2703.15002 | KAIST
        + Bigger Brushes, Smaller Rooms | = | |
        + Thick-Coat | | |
        """,
    ),
    "corrected.txt": (
        CORRECTED,
        """
        Patching Sails Under Way | = | | EPFL, University of Oxford
        Knots Without Hands | | |
        TarNet | | | KAIST
        """,
    ),
    "index.txt": (
        INDEX,
        """
        Hulls Without Harbors | Hulls Without Harbors: What Tanks Hide | | Cohere, EPFL
        KeelNet | Deep Keels via Lightweight Ballast | | KAIST, Open-Source Boat Lab
        Do Torn Sails Remember Wind? | = | | Mila, University of Oxford
        k2 | Simple anchors at scale | | Mila
        Forty Knots, One Rope | = | | Cohere, University of Oxford
        A Careful Examination of Foghorns for Boats in Narrow Waters | = | | KAIST
        Layers of Paint | = | | EPFL
        On the Narrow Limits of Deep Keels | = | | Cohere, KAIST
        """,
    ),
}
