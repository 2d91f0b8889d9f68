"""Digests whose papers stand in a list of references, in closing lines, in fields or several in an item, in the notation of
``layouts.py``. All text is our own."""

from __future__ import annotations

NUMBERED = """\
---
title: "Silt 4"
date: 2027-03-08
---

# Silt, week 10

The numbers point to the list below.

## Agents

**Clerks that count.** The paper [1] comes from EPFL and the University of Oxford. A clerk counts twice before it writes. On
GSM8K it gains 4 points.

It costs nothing, and nobody has asked why.

**Doors left open.** KAIST and Cohere count open doors, in *Who Shuts the Door?* [2]. Of 900 doors, 40 stay open. This is in
line with Slow Hinges [5], which looked at hinges only.

## Weights

**Two thaws.** Two recipes are out, *Thaw Late* [3] and *Thaw Often* [4]. The first, by Mila, thaws after training. The second,
by NVIDIA, thaws every 90 steps. Look at the ice.

## In a line

- *Nine Lamps* [6]: lamps that dim by themselves; 31% less power.

## Threads

- **Counting.** [1] and [2] both count.

## Bets

| Bet | By | Odds |
|:--|:--|--:|
| GSM8K above 99% with a clerk | 2027-09-30 | 60% |
| A thaw in a released model | Q3 2027 | 35% |
| Lamps in a phone | end of 2027 | 10% |

## References

1. CountTwice: Clerks for Small Sums. arXiv:2703.00101
2. Who Shuts the Door? arXiv:2703.00102
3. Thaw Late: Averages after the Frost. arXiv:2703.00103
4. Thaw Often: Averages all the Way. arXiv:2703.00104
5. Slow Hinges. arXiv:2701.00105
6. Nine Lamps. arXiv:2703.00106
"""

NOTES_AT_THE_FOOT = """\
<html><head><title>The Kiln, issue 12 (8 March 2027)</title></head><body><article>
<h1>The Kiln, issue 12</h1><p class="date">8 March 2027</p>
<p>A week about heat. Numbers point to the notes at the foot of the page.</p>
<h2>Ovens that listen</h2>
<p>Bakers at EPFL and Mila trained OvenEar to hear when bread is done.<sup><a href="#r1">[1]</a></sup> It hears crusts.</p>
<h2>Two clays, one wheel</h2>
<p>SoftClay<sup><a href="#r2">[2]</a></sup> from KAIST turns. HardClay<sup><a href="#r3">[3]</a></sup> from Cohere lasts.</p>
<h2>Notes</h2>
<ol>
<li id="r1">OvenEar: Hearing the Crust. <a href="https://arxiv.org/abs/2703.01001">arXiv:2703.01001</a></li>
<li id="r2">Soft Clay for Fast Wheels. <a href="https://arxiv.org/abs/2703.01002">arXiv:2703.01002</a></li>
<li id="r3">HardClay: Pots That Outlive Their Potters. <a href="https://arxiv.org/abs/2703.01003">arXiv:2703.01003</a></li>
</ol></article></body></html>
"""

SOURCES = """\
The Eddy
Brief for builders | No. 9 | 4 December 2026
Lamps that dim, cheaper clocks, and doors with a memory

Lamps that dim too late
Most lamps burn long after everyone has left. Dim or Dark trains a switch on the last step of the walk. On LampBench the power
per room falls from 9.1 to 4.4 W.
Source: Dim or Dark? Learning When to Leave. EPFL and Cohere. arXiv 2612.00201

A clock for a coin
Clocks are usually a second lamp. CoinClock reads the hum of the lamp and needs 2 parts. It is 3% slower.
Source: CoinClock: Time from Borrowed Hum. University of Oxford. arXiv 2612.00202

Doors take the memory first
A door that is planed forgets its frame. The paper traces this to the hinge. Half of the doors jam.
Source: What the Hinge Forgot. KAIST, Apollo Research. arXiv 2612.00203

Windows come last
Windows are easy, says everyone who has none. PaneFold folds them. It saves 12% of the glass.
Source: PaneFold: Glass That Gives. Mila. arXiv 2612.00204

Still on the bench: WickSort (arXiv 2612.00205, NVIDIA), a sorter of wicks.
"""

FIELDS = """\
low tide // daily // 2026-10-08
papers skimmed for you. 2 long, 2 short

LONG

[1] Learning on the Stairs: Rest at Every Step
arXiv 2610.00301
Who: Mila, Princeton University
Claim: A climber can rest on every step and still arrive.
How: StairRest plans a rest while the foot is in the air. It needs no second foot.
Evidence: MMLU goes from 41.0% to 44.2%. The climb takes 9% longer.

[2] The Bell Was Right
arXiv 2610.00302
Who: University of Oxford
Claim: Bells know when they are late.
How: A probe is placed on the rope. Its output is used to wake a second bell.
Evidence: The probe sees 87% of the late bells.

SHORT

[3] RopeBank, arXiv 2610.00303, EPFL. A bank of 900 ropes. The best agent ties 34% of them.
[4] TwoTides, arXiv 2610.00304, Cohere. Tides at two rates. 47% less water at equal depth.
"""

LETTERED = """\
THE DROPPER, a Friday brief
15 January 2027 / issue 3 / three items

(a) Small boats that borrow a large one for a mile
A sailor took one boat for a whole trip; three new papers change boats
on the way. MileSail (EPFL, arXiv 2701.00401) asks for a tow whenever the next mile
would probably fail. It keeps 94% of the speed. Towline (KAIST, arXiv
2701.00402) needs no signal and tows wherever the wind drops. It loses 5 points.
The third, Who Steers? (arXiv 2701.00403, Mila), is a warning. Sailors rate towed
trips as dull in 38% of the cases.

(b) Two harbors disagree about the moorings
QuayBench (arXiv 2701.00404, University of Oxford) asks boats to moor from the map
alone. They moor in 61% of the cases. That explains why OldQuay (arXiv 2603.00405)
was so easy: it gave the depth.
"""

PAGE = """\
<html><head><title>StepGauge: How Many Stairs? – a blog</title></head><body><main>
<h1>StepGauge: How Many Stairs?</h1>
<div><p>Author</p></div><div><p>Ines Falk</p></div><div><p>Published</p></div><div><p>July 6, 2026</p></div>
<p>Stairs repeat the same step again and again. The trouble is that they repeat it equally often for every foot.
StepGauge (<em>StepGauge: Foot-Wise Halting without a Landing</em>, ICML 2026, EPFL) decides per foot when to stop.</p>
<p>Paper: <a href="https://arxiv.org/abs/2606.00501">arXiv:2606.00501</a>.</p>
<h2>The setup</h2>
<p>Earlier work halts when the foot stops. LandLess (Okafor, 2024) learns when to halt. StepGauge does neither.</p>
<h2>Results</h2>
<p>It needs 1.9 steps for each foot.</p>
</main></body></html>
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "numbered.md": (
        NUMBERED,
        """
        Who Shuts the Door? | = | 2703.00102 | Cohere, KAIST
        Thaw Late | Thaw Late: Averages after the Frost | 2703.00103 | Mila
        Thaw Often | Thaw Often: Averages all the Way | 2703.00104 | NVIDIA
        Nine Lamps | = | 2703.00106 |
        CountTwice | CountTwice: Clerks for Small Sums | 2703.00101 | EPFL, University of Oxford
        + Slow Hinges | = | 2701.00105 |
        """,
    ),
    "foot.html": (
        NOTES_AT_THE_FOOT,
        """
        SoftClay | Soft Clay for Fast Wheels | 2703.01002 | KAIST
        HardClay | HardClay: Pots That Outlive Their Potters | 2703.01003 | Cohere
        OvenEar | OvenEar: Hearing the Crust | 2703.01001 | EPFL, Mila
        """,
    ),
    "sources.txt": (
        SOURCES,
        """
        Dim or Dark? Learning When to Leave | = | 2612.00201 | Cohere, EPFL
        CoinClock | CoinClock: Time from Borrowed Hum | 2612.00202 | University of Oxford
        What the Hinge Forgot | = | 2612.00203 | Apollo Research, KAIST
        PaneFold | PaneFold: Glass That Gives | 2612.00204 | Mila
        WickSort | | 2612.00205 | NVIDIA
        """,
    ),
    "fields.txt": (
        FIELDS,
        """
        Learning on the Stairs | Learning on the Stairs: Rest at Every Step | 2610.00301 | Mila, Princeton University
        The Bell Was Right | = | 2610.00302 | University of Oxford
        RopeBank | | 2610.00303 | EPFL
        TwoTides | | 2610.00304 | Cohere
        """,
    ),
    "lettered.txt": (
        LETTERED,
        """
        MileSail | | 2701.00401 | EPFL
        Towline | | 2701.00402 | KAIST
        Who Steers? | | 2701.00403 | Mila
        QuayBench | | 2701.00404 | University of Oxford
        + OldQuay | | 2603.00405 |
        """,
    ),
    "page.html": (
        PAGE,
        """
        StepGauge | StepGauge: Foot-Wise Halting without a Landing | 2606.00501 | EPFL
        + LandLess | | |
        """,
    ),
}
