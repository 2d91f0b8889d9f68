"""Digests in many layouts with the papers that must be read out of each, side by side. All text is our own.

The papers stand one a line as ``name | title | arXiv id | institutions``, a ``+`` in front of one that is only mentioned;
``=`` stands for a title that equals the name.
"""

from __future__ import annotations

EMOJI = """\
# 🧠 Prompt & Circumstance #57

*March 4, 2026*

Hello friends! Three papers kept us awake.

## 🔥 Top papers

### 🚀 Caches that fold

[FoldCache: Lossless Folding of Key-Value Stores](https://arxiv.org/abs/2603.00101) comes from Aalto University and Cohere.
FoldCache folds the KV cache by three and loses nothing on LongBench.

### 🧪 Rewards you can read

[Readable Rewards for Code Agents](https://arxiv.org/abs/2603.00202) gives each test failure a sentence. Code agents learn from
it twice as fast.

## 🗞️ Industry news

- Anthropic opened an office in Oslo.

## 💡 TL;DR

- FoldCache folds caches.
- Readable rewards beat scalar ones.
"""

REFERENCES = """\
Reading list for 12 March 2026

[1] Sparse Bridges Between Dense Towers
Lena Holt, Omar Sy (University of Oslo)
https://arxiv.org/abs/2603.01001
Two towers share a sparse bridge. Recall rises by 4 points on BEIR.

[2] NightOwl: Decoding While the Prompt Is Still Being Read
Ana Ruiz et al. (ETH Zurich, NVIDIA)
https://arxiv.org/abs/2603.01002
NightOwl starts to decode early. Latency falls by 38%.

[3] How Many Judges Are Enough?
Kofi Mensah, Li Wei (Tsinghua University)
https://arxiv.org/abs/2603.01003
Three judges agree with nine in 94% of the cases.
"""

LINKED = """\
# Signal Over Noise
Issue 12 | 9 April 2026

## Papers

### [TrailMix: Mixing Agent Traces for Better Planners](https://arxiv.org/abs/2604.00110)
*Mira Voss, Jon Hale (Stanford University, Google DeepMind)*

TrailMix mixes traces of weak and strong agents. Planning on TravelPlanner improves by 6 points.

### [Why Small Routers Win](https://arxiv.org/abs/2604.00220)
*Pia Lund (KTH Royal Institute of Technology)*

A router of 20M parameters picks the right expert in 91% of the cases.
"""

BULLETS = """\
# Agents Weekly
April 20, 2026

- **Paper:** GlassBox: Auditing Tool Calls Before They Run ([arXiv](https://arxiv.org/abs/2604.02001))
  **Why it matters:** GlassBox stops 71% of unsafe calls. The authors are from Cornell University.
- **Paper:** Learning to Ask for Help ([arXiv](https://arxiv.org/abs/2604.02002))
  **Why it matters:** Agents that ask finish 12% more tasks.
- **Paper:** StepLedger: Credit Assignment by Double Entry ([arXiv](https://arxiv.org/abs/2604.02003))
  **Why it matters:** Every step has a debit and a credit.
"""

DASHES = """\
# The Week in Retrieval

*May 4, 2026*

## Papers

- **LoomIndex** — weaves sparse and dense postings into one list. [Paper](https://openreview.net/forum?id=lm1)
- **AnchorTalk** — keeps an anchor a turn; 3 points over BM25. [Paper](https://openreview.net/forum?id=at2)
- **PebbleRank** — reranks with a 30M model. [Paper](https://github.com/pebble/rank) · [Code](https://github.com/pebble/rank)
"""

BY_AUTHORS = """\
What we read in May
May 28, 2026

Quiet Layers Speak Last by Ida Berg et al. (University of Copenhagen)
The last layers of a transformer hardly change the residual stream. Dropping every third of them costs 0.4 points on MMLU.
arXiv:2605.03001

Teaching Diffusion Models to Count by Ravi Nair et al. (IIT Bombay, Adobe Research)
Counting fails because attention maps merge. A repulsion loss keeps them apart.
arXiv:2605.03002
"""

TABLE = """\
# Weekly table, 7 June 2026

| Title | Authors | Summary | Link |
| --- | --- | --- | --- |
| SandGlass: Time-Aware Pretraining | Noor Aziz et al. (Mila) | Dates all texts. | [p](https://arxiv.org/abs/2606.00301) |
| Do Tokens Dream of Bytes? | Uma Fay, Bo Lind (EPFL) | Tokens and bytes compared. | [p](https://arxiv.org/abs/2606.00302) |
| HedgeRow: Planning With Abstentions | Sol Park (KAIST) | Plans may abstain. | [p](https://arxiv.org/abs/2606.00303) |
"""

MAIL = """\
THE OVERFITTING COURIER
Number 33 - 11 June 2026

TOP PAPERS
==========

Mirror Training for Vision Encoders
-----------------------------------
Mirror training flips every second batch. On ImageNet it gains
1.4 points at no cost, and the gain grows with the width of the
network. The group at KAIST releases the code.
https://arxiv.org/abs/2606.01234

GrainStore: Memory for Agents That Forget
-----------------------------------------
GrainStore keeps grains instead of pages. GrainStore extends
PageKeeper, which stored whole episodes and could not forget a
single one of them. It was built at Carnegie Mellon University
by two students in one summer.
https://arxiv.org/abs/2606.01235

WHAT TO WATCH
=============

Within 90 days a lab will ship grain memory in a product.
"""

QUESTIONS = """\
# Five questions about FlatLand

*Posted on June 20, 2026*

FlatLand ([arXiv 2606.04400](https://arxiv.org/abs/2606.04400)) is a paper from the University of Toronto on flat minima.

## What does it do?

FlatLand perturbs only the largest weights. That is cheaper than SAM.

## Does it work?

It gains 0.9 points on CIFAR-100. The cost is 8% of a training run.

## What is missing?

The authors do not test language models.
"""

ROUNDUP = """\
# What r/LocalModels read this week

June 27, 2026

**BeeLine: Straight-Through Routing for Cheap Experts** (412 upvotes)
https://arxiv.org/abs/2606.05501
u/moe_fan: BeeLine trains routers without noise. Top comment says it works on a laptop.

**KiteString: Tethered Speculation** (288 upvotes)
https://arxiv.org/abs/2606.05502
u/drafty: KiteString ties the drafter to the verifier. Speedups of 2.2x on a 3090.

**Weekly rant: stop posting benchmarks without seeds** (150 upvotes)
u/seedling: please report three seeds.
"""

HEADLINES = """\
# Weights & Whispers

Jul 3, 2026

Two papers and a rant.

## Your optimizer is lying to you

A team at ETH Zurich looked at what Adam remembers. Their paper,
[Ghost Moments: What Second Moments Hide](https://arxiv.org/abs/2607.00010), shows
that a third of the second moments never change. Ghost Moments proposes to freeze them.

## The cheapest trick of the summer

Sorting helps. In [Sorted Batches Train Faster](https://arxiv.org/abs/2607.00020), researchers at Sorbonne University
sort batches by length and save 17% of the time. Unlike BatchBrew, which sorts by loss, nothing has to be measured.

## A rant

Please label your axes.
"""

SCRAPED = """\
EDGE RADIO
Issue 9 | Friday, July 10, 2026 | 5 min read | View in browser
What came over the wire
Two papers and a bet.
1. LEAD STORY: CACHES THAT WALK
WalkCache: Migrating Caches Between Phones (arXiv:2607.01001)
University of Helsinki, Nokia Bell Labs
Phones run out of memory. WalkCache moves the cold part of the KV cache to a phone nearby and saves 40% of the energy.
SPONSORED
Our sponsor sells very fast sockets. Buy two.
2. SHORT AND USEFUL
ClipClock: Timing Captions (arXiv:2607.01002)
Captions drift. ClipClock pins them to frames. It comes from Microsoft Research Asia.
3. CONNECTIONS
WalkCache and ClipClock both spend bandwidth to save energy. WalkCache explains why last month's DriftPhone looked so slow.
4. WHAT TO WATCH
Phones share caches. Within six months a vendor will ship it. Confidence: low.
5. QUICK LINKS
Samsung opens a lab in Warsaw.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "emoji.md": (
        EMOJI,
        """FoldCache | FoldCache: Lossless Folding of Key-Value Stores | 2603.00101 | Aalto University, Cohere
           Readable Rewards for Code Agents | = | 2603.00202 |""",
    ),
    "references.txt": (
        REFERENCES,
        """Sparse Bridges Between Dense Towers | = | 2603.01001 | University of Oslo
           NightOwl | NightOwl: Decoding While the Prompt Is Still Being Read | 2603.01002 | ETH Zurich, NVIDIA
           How Many Judges Are Enough? | = | 2603.01003 | Tsinghua University""",
    ),
    "linked.md": (
        LINKED,
        """TrailMix | TrailMix: Mixing Agent Traces for Better Planners | 2604.00110 | Google DeepMind, Stanford University
           Why Small Routers Win | = | 2604.00220 | KTH Royal Institute of Technology""",
    ),
    "bullets.md": (
        BULLETS,
        """GlassBox | GlassBox: Auditing Tool Calls Before They Run | 2604.02001 | Cornell University
           Learning to Ask for Help | = | 2604.02002 |
           StepLedger | StepLedger: Credit Assignment by Double Entry | 2604.02003 |""",
    ),
    "dashes.md": (
        DASHES,
        """LoomIndex | | |
           AnchorTalk | | |
           PebbleRank | | |""",
    ),
    "by_authors.txt": (
        BY_AUTHORS,
        """Quiet Layers Speak Last | = | 2605.03001 | University of Copenhagen
           Teaching Diffusion Models to Count | = | 2605.03002 | Adobe Research, IIT Bombay""",
    ),
    "table.md": (
        TABLE,
        """SandGlass | SandGlass: Time-Aware Pretraining | 2606.00301 | Mila
           Do Tokens Dream of Bytes? | = | 2606.00302 | EPFL
           HedgeRow | HedgeRow: Planning With Abstentions | 2606.00303 | KAIST""",
    ),
    "mail.txt": (
        MAIL,
        """Mirror Training for Vision Encoders | = | 2606.01234 | KAIST
           GrainStore | GrainStore: Memory for Agents That Forget | 2606.01235 | Carnegie Mellon University
           + PageKeeper | | |""",
    ),
    "questions.md": (QUESTIONS, "FlatLand | | 2606.04400 | University of Toronto"),
    "roundup.md": (
        ROUNDUP,
        """BeeLine | BeeLine: Straight-Through Routing for Cheap Experts | 2606.05501 |
           KiteString | KiteString: Tethered Speculation | 2606.05502 |""",
    ),
    "headlines.md": (
        HEADLINES,
        """Ghost Moments | Ghost Moments: What Second Moments Hide | 2607.00010 | ETH Zurich
           Sorted Batches Train Faster | = | 2607.00020 | Sorbonne University
           + BatchBrew | | |""",
    ),
    "scraped.txt": (
        SCRAPED,
        """WalkCache | WalkCache: Migrating Caches Between Phones | 2607.01001 | Nokia Bell Labs, University of Helsinki
           ClipClock | ClipClock: Timing Captions | 2607.01002 | Microsoft Research Asia
           + DriftPhone | | |""",
    ),
}
