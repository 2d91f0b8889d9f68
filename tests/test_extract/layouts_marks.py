"""More digests whose papers are told by parallel structure, in the notation of ``layouts.py``. All text is our own."""

from __future__ import annotations

EMOJI = """\
Channel: tiny papers
3 April 2027

📄 Threads That Knot Themselves
🏛 EPFL, Cohere
🔗 arxiv.org/abs/2704.02001
💡 SelfKnot ties a knot in a thread without hands. It holds 4.1 kg and slips in 3% of the cases.

📄 NeedleNet: Eyes for Needles
🏛 KAIST
🔗 arxiv.org/abs/2704.02002
💡 A camera in the eye of a needle. Threading takes 0.4 s instead of 2.9 s.

📄 Why Buttons Fall Off
🏛 University of Oxford
🔗 arxiv.org/abs/2704.02003
💡 The thread is blamed, but it is the cloth. Half of 412 buttons fell with their cloth.
"""

NESTED = """\
# Lantern list, 4 April 2027

## Light

- **Oil for Small Lamps** ([arXiv](https://arxiv.org/abs/2704.05001))
  - Who: Mila, EPFL
  - What: WickLess burns without a wick.
  - Numbers: it lasts 9.1 hours, 2.3x longer than WickNet on LampBench.
- **Moths Are Late** ([arXiv](https://arxiv.org/abs/2704.05002))
  - Who: KAIST
  - What: a count of moths at 90 lamps.
  - Numbers: 61% come after midnight.

## Dark

- **Night Is a Filter** ([arXiv](https://arxiv.org/abs/2704.05003))
  - Who: Cohere
  - What: DarkPass removes what light adds.
  - Numbers: 12% less noise.

## Forecasts

- Q3 2027 — a wickless lamp is sold.
- Q4 2027 — WickLess beats 12 hours.
- By mid-2028 — somebody asks the moths.
"""

ESSAY = """\
# Why bridges hum

*5 April 2027, by Ines Falk*

Bridges hum, and nobody likes it. In [a new paper](https://arxiv.org/abs/2704.06001), a group at ETH Zurich shows that
the hum comes from the cables. Their method, HumStop, puts a weight on every ninth cable. On three bridges the hum
falls by 14 dB.

This is not the first attempt. [QuietCable](https://arxiv.org/abs/2601.06002) damped all cables at once and cost four
times as much. HumStop is cheaper because it asks where the hum begins.

I expect that a city will buy HumStop before the end of 2028.
"""

COUNTED = """\
The Cooper's Notebook
6 April 2027

Three barrels this week.

First, LeakWell (arXiv:2704.08001), from EPFL, a barrel that leaks on purpose. It loses 2% a year.

Second, a barrel made of sound. The authors of HumBarrel (Cohere, arXiv:2704.08002) hold the wine with a standing wave.

Third, no barrel at all. Wine Without Walls (arXiv:2704.08003, KAIST) argues that walls are a habit. There are no numbers.
"""

FIELD_LISTS = """\
Reading notes, 7 April 2027
===========================

Salt in the Gears
-----------------
:Authors: A. Lind (EPFL), B. Okoro (Mila)
:arXiv: 2704.10001
:Tags: wear, salt

Salt wears gears, but slowly. GearSalt predicts the wear within 4%. It was tested on 12 mills.

Mills Without Wind
------------------
:Authors: C. Moreau (KAIST)
:arXiv: 2704.10002
:Tags: mills

A mill that turns by itself. It does not. The authors found the motor after 9 days.
"""

AUTHOR_KEYS = """\
# Marl, 8 April 2027

## Soil

Worms are faster than thought. WormTrack [Lin27] follows 900 of them and finds that the median worm makes 4.1 m a day.
It was made at KAIST.

Roots listen, says a paper from EPFL and Cohere [Oko27]. RootEar hears water at 31 cm. It contradicts [Fal26], which
had found nothing.

## References

[Lin27] A. Lind, W. Park. WormTrack: Following the Slow. arXiv:2704.11001
[Oko27] B. Okoro et al. Roots That Listen. arXiv:2704.11002
[Fal26] I. Falk. Deaf Roots. arXiv:2611.11003
"""

BRACKETS = """\
STALL & SPIN - aviation papers weekly - no. 77 - 9 April 2027

>> WINGS

Feathers for Free [Mila | 2704.12001]
FeatherFree grows feathers from noise. On WingBench it gets 81.0, up from 77.4 for PlumeNet.

Does a Wing Need Air? [EPFL, Cohere | 2704.12002]
It does. Without air the wing falls in 100% of the trials.

>> ENGINES

Cold Starts for Hot Engines [KAIST | 2704.12003]
WarmUp starts an engine at -40 degrees in 9 s. It cracks in 2% of the cases.

>> CALLS

#31 (55%, by Q4 2027): a bird flies with free feathers.
#32 (30%, by June 2028): somebody repeats the airless wing.
#33 (80%, by 31 December 2027): WarmUp is in a released engine.
"""

PASSAGES = """\
# Reed notes, 10 April 2027

Editing was done one weed at a time. PullTest (arXiv 2704.13001, KAIST) pulls weeds in rows. MMLU drops by 3 points.

The Late Frost paper (ICLR 2025, arXiv 2501.00132) argued that frost is late. *Ask Again, Slowly* (arXiv 2704.13003, EPFL)
supports that with 90 weeds. It takes longer.

ReedBench (arXiv 2704.13004, Mila) counts reeds. A companion note, Reeds at the Weir (same authors, arXiv 2704.13005), counts
weirs. OldReed (arXiv 2602.00013) did not.

Ropes rot. *The Rope Remembers* (arXiv 2704.13006) finds that HellaSwag drops by 2 points.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "emoji.txt": (
        EMOJI,
        """
        Threads That Knot Themselves | = | 2704.02001 | Cohere, EPFL
        NeedleNet | NeedleNet: Eyes for Needles | 2704.02002 | KAIST
        Why Buttons Fall Off | = | 2704.02003 | University of Oxford
        """,
    ),
    "nested.md": (
        NESTED,
        """
        Oil for Small Lamps | = | 2704.05001 | EPFL, Mila
        Moths Are Late | | 2704.05002 | KAIST
        Night Is a Filter | = | 2704.05003 | Cohere
        """,
    ),
    "essay.md": (
        ESSAY,
        """
        HumStop | | 2704.06001 | ETH Zurich
        QuietCable | | 2601.06002 |
        """,
    ),
    "counted.txt": (
        COUNTED,
        """
        LeakWell | | 2704.08001 | EPFL
        HumBarrel | | 2704.08002 | Cohere
        Wine Without Walls | = | 2704.08003 | KAIST
        """,
    ),
    "field_lists.txt": (
        FIELD_LISTS,
        """
        Salt in the Gears | = | 2704.10001 | EPFL, Mila
        Mills Without Wind | = | 2704.10002 | KAIST
        """,
    ),
    "author_keys.md": (
        AUTHOR_KEYS,
        """
        WormTrack | WormTrack: Following the Slow | 2704.11001 |
        Roots That Listen | = | 2704.11002 | Cohere, EPFL
        + Deaf Roots | = | 2611.11003 |
        """,
    ),
    "brackets.txt": (
        BRACKETS,
        """
        Feathers for Free | = | 2704.12001 | Mila
        Does a Wing Need Air? | = | 2704.12002 | Cohere, EPFL
        Cold Starts for Hot Engines | = | 2704.12003 | KAIST
        """,
    ),
    "passages.md": (
        PASSAGES,
        """
        PullTest | | 2704.13001 | KAIST
        The Late Frost paper | | 2501.00132 |
        Ask Again, Slowly | = | 2704.13003 | EPFL
        ReedBench | | 2704.13004 | Mila
        Reeds at the Weir | = | 2704.13005 |
        The Rope Remembers | = | 2704.13006 |
        + OldReed | | 2602.00013 |
        """,
    ),
}
