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

LOG = """\
Reading log of a tired engineer
Week of 12 April 2027

Mon 09:10 - LatchNet: Doors for Token Streams (arXiv 2704.01001, EPFL). It keeps a door per head and 31% of the cache.

Mon 16:40 - The Last Layer Lies (arXiv 2704.01002, KAIST and NAVER AI Lab). Contradicts ProbeTower (2 Mar).

Tue 08:55 - GrainRouter (arXiv 2704.01003, Mistral AI). Routes by cost per byte. Saves 44% at equal quality on RouterBench.

Tue 21:15 - Nothing. Football.

Bets
Until the end of June, somebody ports LatchNet to SGLang. 60 percent.
Until 1 September, GrainRouter is beaten on RouterBench by a rule-based router. 35 percent.
"""

SOURCES_LAST = """\
# The Slow Lane, no. 12

*April 15, 2027*

FoldField learns one field of forces for all cloth and folds 84% of unseen towels, against 52% for ClothDiff.

— *FoldField: One Field for All Cloth*, Stanford University and Toyota Research Institute, [arXiv:2704.03001](https://arxiv.org/abs/2704.03001)

***

How much of a benchmark is its prompt? Rewriting it a hundred times spreads MMLU over 6.2 points.

— *Benchmarks Gather Dust*, Cohere, [arXiv:2704.03002](https://arxiv.org/abs/2704.03002)

***

Speech models interrupt. HoldOn waits for the breath and cuts interruptions from 21% to 8%.

— *HoldOn: Turn-Taking from Breath*, Kyutai, [arXiv:2704.03003](https://arxiv.org/abs/2704.03003)

***

What I expect: by October 2027 a commercial assistant uses breath. By the end of 2027 MMLU has a spread.
"""

STARS = """\
# Five papers, five verdicts (2027-04-16)

## ★★★★☆ Teaching Small Models to Say No

*Ruiz et al., University of Edinburgh. [pdf](https://arxiv.org/pdf/2704.04001)*

Small models agree with everything. NoSay trains refusal with 4,000 pairs and gets 88.1% on XSTest, from 61.9%.

**Pro:** cheap. **Con:** English only.

## ★★☆☆☆ Scaling Is All You Had

*Okafor et al., Meta FAIR. [pdf](https://arxiv.org/pdf/2704.04002)*

A position paper. Extrapolates 12 scaling laws and finds that 9 bend before 10^27 FLOPs. It disputes Chinchilla's exponent.

**Pro:** honest. **Con:** no new runs.

## ★★★★★ TrellisRAG

*Lind et al., EPFL. [pdf](https://arxiv.org/pdf/2704.04003)*

Joins chunks into a trellis before reading them. MuSiQue F1 rises to 58.3, 5.5 above HippoRAG 2.

**Pro:** code. **Con:** slow.

## What would change my mind

- NoSay in Polish by August 2027.
- A scaling law that holds at 10^27, within 18 months.
"""

RECORDING = """\
Latent Kitchen, episode 88
Show notes, 17 April 2027

[00:02:10] KettleLM: Boiling Down Context (arXiv 2704.05001). It compresses 100K tokens to 2K and keeps 93% of the accuracy.
[00:19:45] Do Reward Models Smell Fear? by researchers from Anthropic and NYU (arXiv 2704.05002). Fear costs 11%.
[00:41:00] Listener mail. Somebody asks about Mamba.
[00:47:30] PocketProof (Princeton, arXiv 2704.05003): a prover of 1.5B parameters that solves 41.2% of MiniF2F without search.
"""

LISTING = """\
Listing digest, 14 Apr 2027

arXiv:2704.02001
Title: Smaller Ladders for Taller Walls
Authors: Ana Ruiz, Bo Lindqvist (Chalmers University of Technology)
Categories: cs.LG
Comments: 14 pages, ICML 2027
Short chains of adapters reach 71.4% on MMLU-Pro, 3.1 points above LoRA. The method, LadderTune, needs one third of the memory.
--
arXiv:2704.02002
Title: Do Agents Read the Fine Print?
Authors: Carla Moreau (Inria), Deniz Kaya (Bogazici University)
Categories: cs.CL
Comments: 9 pages
A benchmark of 900 contracts, FinePrintBench. GPT-5 finds 38% of the traps, people 81%.
--
arXiv:2704.02003
Title: Quiet Optimizers
Authors: Emil Sand (DeepMind)
Categories: cs.LG
An optimizer without momentum. It uses 40% less memory than AdamW at the same loss on C4.
"""

DESKS = """\
PAPER SWAP
A letter for people who trade reading lists. Issue 31, 5 May 2027.

FROM THE SPEECH DESK (Nora)

I traded for VoiceVault: Speaker Memory Without Storage (Kyutai and Sorbonne University; arXiv 2705.01001). It stores no audio.

I also got Whisper Less, Listen More (arXiv 2705.01002), from the University of Cambridge. Half of the layers are skipped.

FROM THE AGENTS DESK (Piet)

Handshake Protocols for Agents (arXiv 2705.01003, ETH Zurich). Agents that repeat a call make 34% fewer mistakes.

SwarmSieve (arXiv 2705.01004), a filter for debate, removes messages that change nothing. It keeps 57% of the tokens.

WANTED

By the end of July 2027, a paper that breaks VoiceVault. Nora pays in coffee.
Before October 2027, SwarmSieve with more than ten agents. Piet pays in tea.
"""

SOURCE_COLUMN = """\
# What moved this week

*8 May 2027 · number 55*

| Claim | Evidence | Source |
|---|---|---|
| Tool calls can be shared | 41% hit rate on ToolBench | SharedHands, arXiv:2705.02001, EPFL |
| Skipping hurts rare languages | Swahili loses 9.8 points | "Skipping Is Not Free", arXiv:2705.02002, Mila |

## Reading notes

**SharedHands.** The cache is keyed by the schema and not by the text. A filter for each tenant keeps it private.

**Skipping Is Not Free.** Older methods were tuned on English. New heads for each language win 6.1 points back.
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
    "log.txt": (
        LOG,
        """
        LatchNet | LatchNet: Doors for Token Streams | 2704.01001 | EPFL
        The Last Layer Lies | = | 2704.01002 | KAIST, NAVER AI Lab
        GrainRouter | | 2704.01003 | Mistral AI
        + ProbeTower | | |
        """,
    ),
    "sources_last.md": (
        SOURCES_LAST,
        """
        FoldField | FoldField: One Field for All Cloth | 2704.03001 | Stanford University, Toyota Research Institute
        Benchmarks Gather Dust | = | 2704.03002 | Cohere
        HoldOn | HoldOn: Turn-Taking from Breath | 2704.03003 | Kyutai
        """,
    ),
    "stars.md": (
        STARS,
        """
        Teaching Small Models to Say No | = | 2704.04001 | University of Edinburgh
        Scaling Is All You Had | = | 2704.04002 | Meta FAIR
        TrellisRAG | | 2704.04003 | EPFL
        """,
    ),
    "recording.txt": (
        RECORDING,
        """
        KettleLM | KettleLM: Boiling Down Context | 2704.05001 |
        Do Reward Models Smell Fear? | = | 2704.05002 | Anthropic, NYU
        PocketProof | | 2704.05003 | Princeton
        """,
    ),
    "listing.txt": (
        LISTING,
        """
        Smaller Ladders for Taller Walls | = | 2704.02001 | Chalmers University of Technology
        Do Agents Read the Fine Print? | = | 2704.02002 | Bogazici University, Inria
        Quiet Optimizers | = | 2704.02003 | DeepMind
        """,
    ),
    "desks.txt": (
        DESKS,
        """
        VoiceVault | VoiceVault: Speaker Memory Without Storage | 2705.01001 | Kyutai, Sorbonne University
        Whisper Less, Listen More | = | 2705.01002 | University of Cambridge
        Handshake Protocols for Agents | = | 2705.01003 | ETH Zurich
        SwarmSieve | | 2705.01004 |
        """,
    ),
    "source_column.md": (
        SOURCE_COLUMN,
        """
        SharedHands | | 2705.02001 | EPFL
        Skipping Is Not Free | = | 2705.02002 | Mila
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
