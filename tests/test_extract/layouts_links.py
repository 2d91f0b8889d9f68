"""Digests that link their papers from names, rows and headings, in the notation of ``layouts.py``. All text is our own."""

from __future__ import annotations

ROWS = """\
# The Quarry, 12 April 2027

| Paper | Verdict |
|---|---|
| *Stone Reads Stone* — EPFL, Mila. [arXiv](https://arxiv.org/abs/2704.15001) | StoneEye finds cracks in 93% of the blocks. |
| *Why Slate Splits* — KAIST. [arXiv](https://arxiv.org/abs/2704.15002) | It splits along the grain, in 88% of the cases. |

## Bets for the summer

1. StoneEye is sold as a phone app (by August 2027, 40%).
2. A quarry reports fewer accidents by the end of 2027 (60%).
3. QuarryBench gets a second version, before October 2027 (30%).
"""

LINKED_NAMES = """\
<html><head><title>Weather Desk #3, April 14, 2027</title></head><body><article>
<h1>Weather Desk #3</h1><time>April 14, 2027</time>
<h2>1. Clouds lie less than forecasts</h2>
<p>Forecasts are late. <a href="https://arxiv.org/abs/2704.17001">CloudTruth</a>, by a team at EPFL, reads the cloud
itself. It is right in 71% of the hours, and RainNet in 64%.</p>
<h2>2. Two ways to measure wind</h2>
<p><a href="https://arxiv.org/abs/2704.17002">WindStick</a> (KAIST) is a stick. <a
href="https://arxiv.org/abs/2704.17003">WindSong</a> (Mila) is a song. The stick errs by 4%, the song by 9%.</p>
<h2>3. A map of fog</h2>
<blockquote>"FogAtlas: Where the Road Ends", University of Oxford, <a
href="https://arxiv.org/abs/2704.17004">2704.17004</a></blockquote>
<p>FogAtlas maps fog at 90 m. It misses 12% of the valleys.</p>
<h3>Where we may be wrong</h3>
<p>We bet that FogAtlas covers all of Europe by March 2028. Within six months somebody will break WindSong with a
whistle.</p>
</article></body></html>
"""

MINUTES = """\
Subject: paper club minutes 2027-04-15

Present: Ana, Li, Tom.

**Item 1 — [Late Trains Learn](https://arxiv.org/abs/2704.18001)**
Presented by Ana. From NVIDIA and KAIST.
LateLearn predicts delays 40 minutes ahead, with an error of 2.1 minutes on RailBench. Li doubts the data.

**Item 2 — [Doors Close Twice](https://arxiv.org/abs/2704.18002)**
Presented by Tom. From EPFL.
A door that closes twice is opened 31% less often. No code.

**Predictions**
- (Ana) LateLearn is used by a railway before July 2028.
- (Li) Nobody repeats the door within 12 months.
"""

THREAD = """\
the daily thread / 16 april 2027

1/ Three papers on knots today, all short.

2/ "Knots Know Their Length" (EPFL, 2704.19001). KnotLen measures a rope by its knots.

3/ "No Knot Left Untied" (Mila + Cohere, 2704.19002). UntieAll opens 94% of the knots of KnotBench in under 9 s.

4/ "A Knot Is a Promise" (KAIST, 2704.19003). A theory. No numbers.

5/ My bets: UntieAll beats sailors by the end of 2027. A knot benchmark with wet ropes appears by October 2027.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "rows.md": (
        ROWS,
        """
        Stone Reads Stone | | 2704.15001 | EPFL, Mila
        Why Slate Splits | | 2704.15002 | KAIST
        """,
    ),
    "linked_names.html": (
        LINKED_NAMES,
        """
        CloudTruth | | 2704.17001 | EPFL
        WindStick | | 2704.17002 | KAIST
        WindSong | | 2704.17003 | Mila
        FogAtlas | FogAtlas: Where the Road Ends | 2704.17004 | University of Oxford
        """,
    ),
    "minutes_linked.md": (
        MINUTES,
        """
        Late Trains Learn | = | 2704.18001 | KAIST, NVIDIA
        Doors Close Twice | = | 2704.18002 | EPFL
        """,
    ),
    "thread.txt": (
        THREAD,
        """
        Knots Know Their Length | = | 2704.19001 | EPFL
        No Knot Left Untied | = | 2704.19002 | Cohere, Mila
        A Knot Is a Promise | = | 2704.19003 | KAIST
        """,
    ),
}
