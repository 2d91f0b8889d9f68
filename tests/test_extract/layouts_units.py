"""Digests whose papers are told by parallel structure: fields, cards, columns, footnotes. In the notation of ``layouts.py``.
All text is our own."""

from __future__ import annotations

FOOTNOTES = """\
# Towpath, 12 March 2027

## Locks

LockStep opens two gates at once and saves 31% of the water.[^1] It was built at the University of Oxford and NVIDIA.
Unlike GateKeeper it needs no keeper.

The second paper of the week, *Gates Without Keepers*, says that one gate is enough.[^2] On CanalBench it loses 2.1 points.

## Barges

BargeNet[^3] plans for a fleet. It takes 4 minutes for 90 barges.

[^1]: LockStep: Two Gates at Once. University of Oxford, NVIDIA. arXiv:2703.02001
[^2]: Gates Without Keepers. KAIST. arXiv:2703.02002
[^3]: BargeNet: Planning for Fleets. Mila. arXiv:2703.02003
"""

UNLED = """\
The Sextant
No. 41, 12 March 2027

Stars that lie

Old star maps drift. StarFix corrects them with a camera and a clock.

StarFix: Correcting Old Maps. EPFL and Cohere. https://arxiv.org/abs/2703.04001

A compass for tunnels

Tunnels have no stars. The authors put a magnet on each wall and train TunnelSense to read them.

Finding the Way Out Without Stars. University of Oxford. https://arxiv.org/abs/2703.04002

Ships that vote

Three ships vote on where they are. VoteShip is right more often than the best of them, by 6.3 points.

VoteShip: Three Are Enough. KAIST, Mila. https://arxiv.org/abs/2703.04003
"""

KEYS = """\
BRINE WEEKLY
week 11, 15 March 2027

Paper: Salt Remembers Water
Authors: A. Lind, B. Okoro (EPFL, Mila)
Link: arxiv.org/abs/2703.05001
In short: Salt crystals keep the shape of the drop. BrineNet reads it back.
Numbers: 87% of the drops are recovered on DropBench, 12 points more than SaltNet.
Caveat: Only table salt was tried.

Paper: Pickles All the Way Down
Authors: C. Moreau (University of Oxford)
Link: arxiv.org/abs/2703.05002
In short: A pickle in a pickle is still a pickle. The authors prove it for cucumbers.
Numbers: The proof has 41 steps.
Caveat: Onions are open.
"""

BOLD_KEYS = """\
# Hedgerow 31 (16 March 2027)

### Hedges that trim themselves

**What:** SelfTrim cuts a hedge with the wind. On HedgeBench it scores 81.2, against 74.0 for ShearNet.
**Who:** EPFL, Cohere
**Where:** [Hedges in the Wind](https://arxiv.org/abs/2703.06001)
**So what:** Gardeners should wait for autumn.

### Birds know best

**What:** BirdMap asks birds where the gaps are. Gaps are found 3.1x faster.
**Who:** KAIST
**Where:** [Asking the Birds: Gap Maps from Song](https://arxiv.org/abs/2703.06002)
**So what:** Nobody has asked the bees.

## My money is on

- 70%: a hedge that trims itself is sold by the end of 2027.
- 40%: BirdMap is extended to bees before October 2027.
- 25%: HedgeBench is above 95 by Q3 2027.
"""

CARDS = """\
<html><head><title>Reading pile - 17 March 2027</title></head><body>
<h1>Reading pile</h1><p>17 March 2027. Five minutes each.</p>
<dl>
<dt><a href="https://arxiv.org/abs/2703.07001">Threads Without Needles</a> (EPFL)</dt>
<dd>A loom that needs no needle. ThreadLess weaves 2.4x faster. It tears at the edges.</dd>
<dt><a href="https://arxiv.org/abs/2703.07002">Does Wool Dream?</a> (Mila, Cohere)</dt>
<dd>No. The authors looked at 412 sheep. Sleep does not change the wool.</dd>
</dl>
<div class="card"><h3>Buttons at scale</h3><p>ButtonBank sorts 9 million buttons. It reaches 97.1% on SewBench, which
is 4 points above HandSort.</p><p><a href="https://arxiv.org/abs/2703.07003">Read the paper</a> by KAIST</p></div>
<div class="card"><h3>Zippers that learn</h3><p>ZipLearn closes a zipper after three tries. It fails on wool.</p><p><a
href="https://arxiv.org/abs/2703.07004">Read the paper</a> by University of Oxford</p></div>
</body></html>
"""

HEADLINES = """\
# Small Hours, 21 March 2027

**Night shifts are cheap.** Running models at night costs a third. NightOwl moves 61% of the jobs and misses 2% of the
deadlines. (*NightOwl: Scheduling by the Moon*, EPFL and Mila, arXiv 2703.10001)

**Mornings are not.** Everyone wakes at once. The authors count 4.1 million requests in ten minutes and propose a
snooze button, Snoozer, which spreads them. (*The Breakfast Problem*, Cohere, arXiv 2703.10002)

**Noon is fine.** Nothing happens at noon. (*Why Noon Is Quiet*, KAIST, arXiv 2703.10003)
"""

IDS_FIRST = """\
daily arxiv notes 2027-03-19

2703.13001 | Quiet Engines for Loud Rooms | EPFL
The engine is put in a second room. HushBox lowers the noise by 14 dB and costs 3% of the power.

2703.13002 | Steam Without Water | Cohere, KAIST
DrySteam boils air. On BoilBench it reaches 61.0%, below the 72.4% of KettleNet.

2703.13003 | Who Turned the Valve? | University of Oxford
A log of 900 valves. Half of them were turned by the wind.
"""

LINK_COLUMN = """\
# Pier review, 20 March 2027

| What | Who | Where | Result |
|---|---|---|---|
| TideClock | EPFL | [2703.14001](https://arxiv.org/abs/2703.14001) | 3.2% less drift than SunClock on TideBench |
| Anchors for Soft Ground | Mila, Cohere | [2703.14002](https://arxiv.org/abs/2703.14002) | holds in 91% of the storms |
| GullGuard | KAIST | [2703.14003](https://arxiv.org/abs/2703.14003) | 12x fewer gulls |

## Notes

TideClock is the one to read. It supports what Slow Water (2025) had guessed.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "footnotes.md": (
        FOOTNOTES,
        """
        BargeNet | BargeNet: Planning for Fleets | 2703.02003 | Mila
        LockStep | LockStep: Two Gates at Once | 2703.02001 | NVIDIA, University of Oxford
        Gates Without Keepers | = | 2703.02002 | KAIST
        """,
    ),
    "unled.txt": (
        UNLED,
        """
        StarFix | StarFix: Correcting Old Maps | 2703.04001 | Cohere, EPFL
        Finding the Way Out Without Stars | = | 2703.04002 | University of Oxford
        VoteShip | VoteShip: Three Are Enough | 2703.04003 | KAIST, Mila
        """,
    ),
    "keys.txt": (
        KEYS,
        """
        Salt Remembers Water | = | 2703.05001 | EPFL, Mila
        Pickles All the Way Down | = | 2703.05002 | University of Oxford
        """,
    ),
    "bold_keys.md": (
        BOLD_KEYS,
        """
        Hedges in the Wind | = | 2703.06001 | Cohere, EPFL
        Asking the Birds | Asking the Birds: Gap Maps from Song | 2703.06002 | KAIST
        """,
    ),
    "cards.html": (
        CARDS,
        """
        Threads Without Needles | = | 2703.07001 | EPFL
        Does Wool Dream? | = | 2703.07002 | Cohere, Mila
        ButtonBank | | 2703.07003 | KAIST
        ZipLearn | | 2703.07004 | University of Oxford
        """,
    ),
    "headlines.md": (
        HEADLINES,
        """
        NightOwl | NightOwl: Scheduling by the Moon | 2703.10001 | EPFL, Mila
        The Breakfast Problem | = | 2703.10002 | Cohere
        Why Noon Is Quiet | = | 2703.10003 | KAIST
        """,
    ),
    "ids_first.txt": (
        IDS_FIRST,
        """
        Quiet Engines for Loud Rooms | = | 2703.13001 | EPFL
        Steam Without Water | = | 2703.13002 | Cohere, KAIST
        Who Turned the Valve? | = | 2703.13003 | University of Oxford
        """,
    ),
    "link_column.md": (
        LINK_COLUMN,
        """
        TideClock | | 2703.14001 | EPFL
        Anchors for Soft Ground | = | 2703.14002 | Cohere, Mila
        GullGuard | | 2703.14003 | KAIST
        + Slow Water | | |
        """,
    ),
}
