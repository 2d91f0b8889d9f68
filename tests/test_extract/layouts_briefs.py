"""Briefs whose structure is in small marks, in the notation of ``layouts.py``. All text is our own."""

from __future__ import annotations

ARROWS = """\
Six to Eight
Morning brief no. 7, September 4, 2026

Today: late gates, a benchmark of stairs, and cheap echoes.

1. Late Gates Are Enough (EPFL, Mila). Most routers decide too soon. GateKeep moves the decision two layers up. On MMLU it gains
two points. → 2609.00101

2. StairBench (University of Oxford, Cohere). Robots fall where stairs turn. The benchmark has 412 stairs. → 2609.00102

3. Echo Chambers: Reusing Activations Across Turns (KAIST). Half of the activations of a turn were there before. EchoKeep serves
them from a cache. This contradicts Marlow et al. (2024). → 2609.00103

4. What the Router Saw (Princeton University, NVIDIA). Routers look at the first token. It costs 2% of accuracy. → 2609.00104

Errors welcome. Yesterday's item 2 said that the robots came from Stanford University.
"""

STORIES = """\
The Slow Reader 12: Bridges that listen; a lab counts its mistakes

Monday, September 7, 2026

Welcome to The Slow Reader, a letter about machines.

Machines learn to wait:
...A pause is worth two layers...

Researchers with Apollo Research, the University of Oxford, and KAIST have built WaitBench, a test of agents that must wait.
There are 90 tasks. The best agent solves 31% of them.

Why this matters - patience is cheap: Most failures are answers given too early.
Read more: https://arxiv.org/abs/2609.00201 (WaitBench: Can Agents Sit Still?)

***

A lab counts its mistakes:
...Four hundred of them...

Economists at the University of Chicago have put a cost on every failed run. Half of the cost is one bad disk.

Why this matters - disks are boring: Nobody buys a second disk for fun.
Read more: The Price of a Failed Run (arXiv: https://arxiv.org/abs/2609.00202).
"""

SET_TO_A_WIDTH = """\
THE LEDGER
Tue 8 Sep 2026 / no. 31 / compiled by hand

SUMMARY

A slow day for money and a fast one for kernels. One paper reopens what
another had closed, and nothing on the market page changes our numbers.

TODAY'S ENTRIES

BREAKWATER
Breakwater: Revising Drafts Before They Are Read
arXiv 2609.00301, EPFL and Cohere. Priority B.
Speculative decoders commit a draft and never look at it again, and what
was wrong in it stays wrong for the rest of the answer, which nobody has
measured until now. Breakwater reopens the weakest draft of each block.

THE CRITIC READS LAST
arXiv 2609.00302, University of Oxford. Priority A.
A critic that reads the end of an answer first is wrong half as often, as
the authors show with three models of one family and two of another one.

SHORTER

TIDEMARK (2609.00303, KAIST, Apple). A benchmark of 300 tides that cannot
be undone. The best agent is under water in 29% of its runs.
SALT AND SOURCE (2609.00304, Princeton University). Retrieval from sources
that disagree. A card with the date of each source halves the disagreement.

CROSS-PAPER CONNECTIONS

1. Reopening. BREAKWATER and The Critic Reads Last both look back.
"""

LINKED = """\
# What we read

*9 September 2026*

## Agents

* [Ask the Map First](https://arxiv.org/abs/2609.00401) (CMU, Google). A planner that reads its own index. It saves 12%.
* [TwoSeals](https://arxiv.org/abs/2609.00402) (ETH Zurich, Quiet Harbor). Two models must agree before a tool is called.
* **[Warm Desks](https://arxiv.org/abs/2609.00403)** (KAIST). Keeps adapters of idle users in memory. It is 2.3x faster.
"""

NOTES = """\
# Small group, weekly notes 2026-W37

Friday, 11 September 2026. Notes by Ana and Wei.

## 1. Stairwell: Maps That Say Where They End

arXiv 2609.00501 · Mila, Cohere · presented by Wei

**Method.** A map with a second head. Unlike BlindMap, nothing is guessed.

**Connections.** Extends BlindAlley by a second head. Explains why KeyDrawer (W34) failed. The same failure as in Closed Doors
(Small Rooms, 2025).

## 2. Plan Late

arXiv 2609.00502 · Princeton University · presented by Ana

**Method.** Early merges (described in [early exit merging](https://arxiv.org/abs/2501.00503)) are thrown away.

**Connections.** Contradicts Commit Early (issue 31), which merged at once.
"""

TRAIL = """\
Paper Trail
Vol. 3, No. 12 — October 15, 2026

Headlines: DeepMind open-sources a planner; a new record on ARC-AGI-2; regulators look at agents.

PAPER OF THE WEEK
Title: Tidal Attention: Scheduling Sparse Heads by Depth
Authors: Naoko Ito, Sam Reyes, Leila Haddad
Institutions: Mila; EPFL
URL: https://arxiv.org/abs/2610.14001

What they did. Tidal Attention gives every layer its own sparsity schedule.

What they found. At 256K tokens, Tidal Attention matches dense attention on RULER (91.2 vs. 91.5) with 4.1x less compute.

Why we care. The schedule needs no training. Limitations: the authors test only Llama 3.1 8B.

RUNNERS-UP
* Quiet Quitting in Multi-Agent Teams (Tsinghua; arXiv 2610.14002) shows that 22% of agents stop contributing.
* VaultRAG (EPFL; arXiv 2610.14003) encrypts the index and loses only 0.8 points of recall on NQ.
* In "Crossed Wires" (Meta; arXiv 2610.14004), speech and text tokens share one codebook. WER falls from 7.9% to 6.1%.

FORECASTS
We expect a sparse-schedule option in vLLM before March 2027 (60%).
We expect at least one lab to report agent idling in a system card by the end of 2026 (25%).

LAST ISSUE'S FORECASTS
Resolved yes: an open 1T-parameter model by October 2026.
"""

PAPER_PAGE = """\
> **arXiv 2610.15001** · *submitted 12 Oct 2026* · cs.RO, cs.LG

# SkyHook: Learning Crane Control from Video

**Hanna Berg¹, Luis Ortega², Mei Tan¹**
¹ Aalto University ² Siemens

## Abstract

We present SkyHook, a policy that learns crane control from video. It reaches 88.4% placement accuracy on LiftBench.

## 1 Introduction

Tower cranes ...
"""

ORDINALS = """\
Arxiv Sanity Notes (Oct 16, 2026)

Three things today.

First, "Rubber Duck Decoding" by Shah et al. from Brown University. HumanEval+ goes from 82.9 to 86.0 here. https://arxiv.org/abs/2610.16001

Second, Gatekeeper-LM (https://arxiv.org/abs/2610.16002) from the Alan Turing Institute. It saves 61%.

Third, Hyena-4 (https://arxiv.org/abs/2610.16003, Together AI and Stanford). It is 2.4x faster.

Prediction: by June 2027 routing models will be smaller than 100M parameters.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "arrows.txt": (
        ARROWS,
        """
        Late Gates Are Enough | = | 2609.00101 | EPFL, Mila
        StairBench | | 2609.00102 | Cohere, University of Oxford
        Echo Chambers | Echo Chambers: Reusing Activations Across Turns | 2609.00103 | KAIST
        What the Router Saw | = | 2609.00104 | NVIDIA, Princeton University
        + Marlow et al. | | |
        """,
    ),
    "stories.txt": (
        STORIES,
        """
        WaitBench | WaitBench: Can Agents Sit Still? | 2609.00201 | Apollo Research, KAIST, University of Oxford
        The Price of a Failed Run | = | 2609.00202 | University of Chicago
        """,
    ),
    "ledger.txt": (
        SET_TO_A_WIDTH,
        """
        Breakwater | Breakwater: Revising Drafts Before They Are Read | 2609.00301 | Cohere, EPFL
        THE CRITIC READS LAST | = | 2609.00302 | University of Oxford
        TIDEMARK | | 2609.00303 | Apple, KAIST
        SALT AND SOURCE | | 2609.00304 | Princeton University
        """,
    ),
    "linked.md": (
        LINKED,
        """
        Ask the Map First | = | 2609.00401 | CMU, Google
        TwoSeals | | 2609.00402 | ETH Zurich, Quiet Harbor
        Warm Desks | | 2609.00403 | KAIST
        """,
    ),
    "notes.md": (
        NOTES,
        """
        Stairwell | Stairwell: Maps That Say Where They End | 2609.00501 | Cohere, Mila
        Plan Late | | 2609.00502 | Princeton University
        + BlindAlley | | |
        + KeyDrawer | | |
        + Closed Doors | | |
        + Commit Early | | |
        """,
    ),
    "trail.txt": (
        TRAIL,
        """
        Tidal Attention | Tidal Attention: Scheduling Sparse Heads by Depth | 2610.14001 | EPFL, Mila
        Quiet Quitting in Multi-Agent Teams | = | 2610.14002 | Tsinghua
        VaultRAG | | 2610.14003 | EPFL
        Crossed Wires | | 2610.14004 | Meta
        """,
    ),
    "paper_page.md": (
        PAPER_PAGE,
        """
        SkyHook | SkyHook: Learning Crane Control from Video | 2610.15001 |
        """,
    ),
    "ordinals.txt": (
        ORDINALS,
        """
        Rubber Duck Decoding | = | 2610.16001 | Brown University
        Gatekeeper-LM | | 2610.16002 | Alan Turing Institute
        Hyena-4 | | 2610.16003 | Stanford, Together AI
        """,
    ),
}
