"""More layouts, in the notation of ``layouts.py``. All text is our own."""

from __future__ import annotations

HEADLINES_IN_CAPITALS = """\
# The Residual

*Issue 4 - August 2, 2026*

## The Palace of Small Memories

Most agents remember too much. In *PalaceNet: Rooms for Agent Memory* ([arXiv](https://arxiv.org/abs/2608.00101)), a group at
Aalto University gives every task a room. PalaceNet answers 14% more questions on LoCoMo.

## A Cheaper Teacher for Everyone

[Borrowed Logits: Distillation Without a Teacher Pass](https://arxiv.org/abs/2608.00102) stores the logits once. Borrowed Logits
saves 45% of the compute.

## What Else Happened

Mistral AI hired a new head of safety.
"""

KEYS = """\
Daily arXiv picks - 2026-08-05

Title: Gradient Tides in Mixture Models
Authors: Uma Fay, Ravi Nair (IIT Bombay)
Link: https://arxiv.org/abs/2608.00201
Summary: Gradients of experts rise and fall together. Breaking the tide saves 9% of the steps.

Title: QuillBench: Long-Form Editing Under Constraints
Authors: Sol Park (KAIST)
Link: https://arxiv.org/abs/2608.00202
Summary: QuillBench has 900 editing tasks. The best model solves 51% of them.
"""

PAGE = """\
<html><head><title>Paper notes, week 32</title></head><body><article>
<h1>Paper notes, week 32</h1><p>August 7, 2026</p>
<h3><a href="https://arxiv.org/abs/2608.00301">Latent Hedges for Language Agents</a></h3>
<p class="authors">Kofi Mensah, Lena Holt (University of Cape Town)</p>
<p>Agents hedge in latent space. The regret falls by a third.</p>
<h3><a href="https://arxiv.org/abs/2608.00302">TurnStile: Admission Control for Tool Calls</a></h3>
<p class="authors">Mira Voss (Databricks)</p>
<p>TurnStile delays calls that are likely to fail. Errors fall by 22%.</p>
</article></body></html>
"""

NUMBERED = """\
# Top five, well, three

August 9, 2026

1. **Frozen Rivers** (Lund et al., KTH Royal Institute of Technology) - freezes the early layers after a tenth of the steps and
   loses 0.2 points. [arXiv](https://arxiv.org/abs/2608.00401)
2. **OtterTune-RL** (Wei et al., Tsinghua University) - tunes rewards like databases. [arXiv](https://arxiv.org/abs/2608.00402)
3. **A Map of Prompt Decay** (Berg et al., University of Copenhagen) - prompts lose 3 points a year.
   [arXiv](https://arxiv.org/abs/2608.00403)
"""

COLONS = """\
# Links for Tuesday, August 11, 2026

## Research

- [Attention With a Budget](https://arxiv.org/abs/2608.00501): each head gets a quota. Saves 30% of the cache.
- [SeedVault: Reproducible Sampling](https://arxiv.org/abs/2608.00502): stores seeds beside samples. From Mila.
- [The Last Token Problem](https://arxiv.org/abs/2608.00503): the last token carries the format, not the content.

## Industry

- [NVIDIA delays a chip](https://example.org/n1): the successor comes in spring.
"""

LISTING = """\
arXiv digest for Wed, 12 Aug 2026

arXiv:2608.00601
Title: Shallow Roots, Deep Trees: Pruning Search for Provers
Authors: Ana Ruiz, Jon Hale
Comments: 12 pages
Provers search too deep. Pruning at depth four loses 1% of the proofs.

arXiv:2608.00602
Title: EchoPress: Compressing Speech Prompts
Authors: Noor Aziz
Comments: under review
EchoPress halves the prompt. Word error rate rises by 0.1 points.
"""

PIPES = """\
THE SLOW FEED
13 August 2026

RESEARCH

Counting Sheep: Sleep-Time Compute for Agents | UC Berkeley | arXiv:2608.00701
Agents think while users sleep. The next answer is 1.8x faster.

Bright Margins | University of Oslo, Cohere | arXiv:2608.00702
Margins of reward models are calibrated with ten labels. The method works for three of four models.
"""

BOLD_LINES = """\
# Reading group notes

14 August 2026

**MossNet: Growing Adapters on Old Checkpoints**
*Pia Lund, Bo Lind - ETH Zurich* | [arXiv](https://arxiv.org/abs/2608.00801) | [code](https://github.com/moss/net)

MossNet grows adapters where the loss is high. It extends FernNet, which grew them everywhere.

**Why Do Verifiers Sleep?**
*Li Wei - Tsinghua University* | [arXiv](https://arxiv.org/abs/2608.00802)

Verifiers accept long answers. Cutting the answers to half raises precision by 6 points.
"""

NUMBERED_LETTER = """\
# The Quiet Lab, No. 12

*Monday, 7 September 2026.*

## 1. Silt Counting Is Not Reading

[arXiv](https://arxiv.org/abs/2609.00901v2) · [code](https://example.org/silt) · *MIT CSAIL, KAIST*

Readers that count tokens are said to read. The authors shuffle every page and ask again: 46.1% of the answers stay.

## 2. Pebble

[arXiv](https://arxiv.org/abs/2609.00902) · *Hugging Face, University of Ljubljana*

How few weights does a reader need? Pebble has four million. It explains an oddity of Ripple ([2607.01111](https://arxiv.org/abs/2607.01111)).

## Where we stand

1. **A second lab counts silt**, within 90 days of this issue. The tool is short.
2. **A browser ships Pebble**, by the end of 2026. It fits.

## Correction

In No. 11 we wrote that the tide turns at noon ([2606.02222](https://arxiv.org/abs/2606.02222)).
"""

PROSE_TITLES = """\
Notes from the pier

The NVIDIA and Allen Institute paper Do We Need the Spring Tide? (ICML 2026 spotlight) asks whether boats need water.

This year the same group at the University of Tartu released ReedLens-R with the opposite intuition.

In Tidal Recall Needs a Key (2025, Cohere, COLM 2025) an argument shows where boats cannot go.

On slow rivers nothing of this matters, and the boats know it; they wait for the rain and carry less.
"""

TOPICS = """\
Field Letter - 2026-09-09

Agents

01 [Agent] Receipts First: Ledgers for Tool-Calling Agents (arXiv 2609.01001) Agents rewrite what they did. link

02 [Agent] StopBell: Learning When to Ask (Carnegie Mellon University, ServiceNow Research) StopBell asks. link

Robots

03 [Robotics] Five Toes, Three Points: Do Walkers Need Feet? (Unitree, University of Tokyo) A foot helps. link

04 [Robotics] GlideCache: Sharing State across Parallel Walkers (arXiv 2609.01004, ETH Zurich and NVIDIA) Walkers fork. link
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "capitals.md": (
        HEADLINES_IN_CAPITALS,
        """PalaceNet | PalaceNet: Rooms for Agent Memory | 2608.00101 | Aalto University
           Borrowed Logits | Borrowed Logits: Distillation Without a Teacher Pass | 2608.00102 |""",
    ),
    "keys.txt": (
        KEYS,
        """Gradient Tides in Mixture Models | = | 2608.00201 | IIT Bombay
           QuillBench | QuillBench: Long-Form Editing Under Constraints | 2608.00202 | KAIST""",
    ),
    "page.html": (
        PAGE,
        """Latent Hedges for Language Agents | = | 2608.00301 | University of Cape Town
           TurnStile | TurnStile: Admission Control for Tool Calls | 2608.00302 | Databricks""",
    ),
    "numbered.md": (
        NUMBERED,
        """Frozen Rivers | | 2608.00401 | KTH Royal Institute of Technology
           OtterTune-RL | | 2608.00402 | Tsinghua University
           A Map of Prompt Decay | = | 2608.00403 | University of Copenhagen""",
    ),
    "colons.md": (
        COLONS,
        """Attention With a Budget | = | 2608.00501 |
           SeedVault | SeedVault: Reproducible Sampling | 2608.00502 | Mila
           The Last Token Problem | = | 2608.00503 |""",
    ),
    "listing.txt": (
        LISTING,
        """Shallow Roots, Deep Trees | Shallow Roots, Deep Trees: Pruning Search for Provers | 2608.00601 |
           EchoPress | EchoPress: Compressing Speech Prompts | 2608.00602 |""",
    ),
    "pipes.txt": (
        PIPES,
        """Counting Sheep | Counting Sheep: Sleep-Time Compute for Agents | 2608.00701 | UC Berkeley
           Bright Margins | | 2608.00702 | Cohere, University of Oslo""",
    ),
    "bold_lines.md": (
        BOLD_LINES,
        """MossNet | MossNet: Growing Adapters on Old Checkpoints | 2608.00801 | ETH Zurich
           Why Do Verifiers Sleep? | = | 2608.00802 | Tsinghua University
           + FernNet | | |""",
    ),
    "prose_titles.txt": (
        PROSE_TITLES,
        """Do We Need the Spring Tide? | = | | Allen Institute, NVIDIA
           ReedLens-R | | | University of Tartu
           Tidal Recall Needs a Key | = | | Cohere""",
    ),
    "numbered_letter.md": (
        NUMBERED_LETTER,
        """Silt Counting Is Not Reading | = | 2609.00901 | KAIST, MIT CSAIL
           Pebble | | 2609.00902 | Hugging Face, University of Ljubljana
           + Ripple | | 2607.01111 |""",
    ),
    "topics.txt": (
        TOPICS,
        """Receipts First | Receipts First: Ledgers for Tool-Calling Agents | 2609.01001 |
           StopBell | StopBell: Learning When to Ask | | Carnegie Mellon University, ServiceNow Research
           Five Toes, Three Points | Five Toes, Three Points: Do Walkers Need Feet? | | Unitree, University of Tokyo
           GlideCache | GlideCache: Sharing State across Parallel Walkers | 2609.01004 | ETH Zurich, NVIDIA""",
    ),
}
