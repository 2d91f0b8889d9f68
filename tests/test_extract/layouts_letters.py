"""Letters, lists and notes in layouts that were read wrongly once, in the notation of ``layouts.py``. All text is our own."""

from __future__ import annotations

PICTURES = """\
AI Paper Digest — October 3, 2026

🔥 Top Picks

1️⃣ RiverMind: Streaming Memory for Long-Horizon Agents
👥 Stanford University, Google DeepMind
🔗 https://arxiv.org/abs/2610.00011
RiverMind keeps a stream of events and answers from it. It improves success on GAIA from 41.2% to 49.0%.

2️⃣ Do Routers Dream? Idle-Time Expert Consolidation
👥 ETH Zurich
🔗 https://arxiv.org/abs/2610.00012
When a mixture of experts is idle, it merges experts. Perplexity on C4 falls by 0.3.

💡 Quick Reads

• TinyScribe (arXiv:2610.00013) — a 300M speech model that runs on a watch. WER on LibriSpeech is 4.1%.
• "Mind the Lag" (2610.00014) — robots with 200 ms latency lose 18% success.
"""

HEADLINES = """\
THE GRADIENT POST
Issue #41 | October 5, 2026

IN THIS ISSUE
- Diffusion learns to stop
- A robot that reads manuals
- Papers in brief

DIFFUSION LEARNS TO STOP

A paper from researchers at NVIDIA and UC Berkeley, "Early Bird: Per-Sample Stopping for Diffusion" (arXiv:2610.04001), stops.

The authors say that text-to-image models save less, about 25%. I think this will be in every serving stack by mid-2027.

A ROBOT THAT READS MANUALS

ManualBot, from Columbia University, reads the manual before it touches the thing (arXiv:2610.04002). It operates 71% of them.

PAPERS IN BRIEF

Sparse Oaths (Oxford, arXiv:2610.04003): promises between agents are kept when they are sparse.
Lean on Me (EPFL, arXiv:2610.04004): a Lean 4 tactic model of 1.3B parameters proves 62.0% of miniF2F.
"""

CATEGORIES = """\
Daily Papers, 7 October 2026

[cs.CL] Whispered Evidence: Retrieval from Audio Archives
Authors: R. Patel, S. Novak
Affiliation: University of Ljubljana, BBC R&D
arXiv:2610.06001
Abstract: We retrieve from audio directly. Whispered Evidence improves recall@10 on SpokenNQ from 61.0 to 68.5.

[cs.LG] Momentum Is a Memory
Authors: T. Fischer
Affiliation: TU Munich
arXiv:2610.06002
Abstract: We show that momentum acts as a memory of gradients. Removing it costs 1.4 points on CIFAR-100.
"""

NUMBERS_IN_BOLD = """\
## This week in agents (Oct 4 - Oct 10, 2026)

**1. ForkLift: Branching Plans for Web Agents** (Salesforce Research) — [paper](https://arxiv.org/abs/2610.07001)
ForkLift keeps three plans alive and switches between them. On WebArena success rises from 38.1% to 44.7%.

**2. The Cost of Asking** (University of Washington, Ai2) — [paper](https://arxiv.org/abs/2610.07002)
Agents that ask clarifying questions finish 12% more tasks but take 40% longer.

**3. GuardRail-X** (Anthropic) — [paper](https://arxiv.org/abs/2610.07003)
A monitor for tool calls. It blocks 93% of injections on AgentDojo at a false positive rate of 1.2%.

### Also this week
- *LogLinear Attention* from Princeton: sub-quadratic attention, 1.3x faster at 64K. ([arXiv](https://arxiv.org/abs/2610.07004))
- *BenchPress*: a generator of benchmarks by Meta FAIR. ([arXiv](https://arxiv.org/abs/2610.07005))
"""

REVIEW = """\
# Paper notes: GlassBox

**Title:** GlassBox: Auditable Tool Use for Language Agents
**Authors:** Maria Lind, Chen Yu (KTH, Ant Group)
**Link:** https://arxiv.org/abs/2610.02001
**TL;DR:** Every tool call is logged with a reason that a second model must accept.

## Summary

The paper proposes GlassBox, a wrapper for agents. It extends ReAct with a ledger of reasons. On ToolBench, GlassBox
solves 61.3% of the tasks, compared with 58.9% for ReAct.

## Strengths

- Simple.
- Works with closed models such as GPT-5.

## Weaknesses

- Costs 1.4x the tokens.
- No test against adversarial tools.
"""

BYLINES_IN_MARKS = """\
# Weekly ML roundup #88

### [StormCache: Evicting by Forecast](https://arxiv.org/abs/2610.01001)
*Li Chen, Ana Souza, Peter Holt* — **MIT, IBM Research**

KV caches are evicted by age. StormCache forecasts attention. It reaches 97.1% of full-cache accuracy on LongBench
with 20% of the memory.

**Why it matters:** memory is the bottleneck.

---

### [Seven Ways to Lose a Reward](https://arxiv.org/abs/2610.01002)
*Omar Haddad et al.* — **University of Tokyo**

A taxonomy of reward hacking in RLHF. The authors find that 38% of the hacks come from length.

---

### [PixelParse](https://arxiv.org/abs/2610.01003)
*Adobe Research*

A document parser that reads pixels. On OmniDocBench it scores 91.4.
"""

MAIL = """\
From: list@papers.example
Subject: [papers] digest for 2026-10-08
Date: Thu, 8 Oct 2026 07:00:00 +0000

Hello all,

today's five, as always without marketing.

(1) Tao Lin and Greta Sund (Chalmers): "Borrowed Time: Deadline-Aware Decoding", arXiv:2610.08001.
    They stop generation when the marginal gain per millisecond falls below a bound.
    On MT-Bench the loss is 0.1 at 2.2x the speed.

(2) Anders Vik et al. (Google Research): "Small Talk Is Expensive", arXiv:2610.08002.
    Measures that 18% of assistant tokens are pleasantries.

(3) Rosa Amado (INESC-ID): "Folding Laundry with Words", arXiv:2610.08003.
    A language-conditioned policy folds shirts in 74% of trials, up from 51%.

Best,
Ida
"""

NESTED = """\
---
title: "Research log: retrieval, week 41"
date: 2026-10-09
tags: [retrieval, rag]
---

- [[Thicket]] (Univ. of Waterloo, 2610.09001) #retrieval
    - graph of passages, pruned by query
    - BRIGHT nDCG@10 **33.4** vs 29.8 for ReasonIR
    - compare [[HippoRAG]]
- [[Echo Index]] (Vespa, 2610.09002) #index
    - index answers as well as passages
    - 41% of queries never reach the LLM
    - limitation: stale answers
- [[Negative Space]] (Cornell, 2610.09003) #training
    - hard negatives from the model's own mistakes
    - +1.9 on BEIR over ANCE
"""

KEYS_IN_MARKS = """\
# The Morning Stack — Oct 12, 2026

**TODAY'S PAPERS**

**Paper 1: PlanGraph**
*Title:* PlanGraph: Verifiable Plans from Language Models
*Institution:* Sapienza University of Rome, IBM Research
*What:* Converts plans to graphs and verifies them.
*Result:* 88.2% valid plans on PlanBench, up from 61.5% for o3.
*Link:* arxiv.org/abs/2610.10001

**Paper 2: SoundCheck**
*Title:* SoundCheck: Do Audio LLMs Listen?
*Institution:* Queen Mary University of London
*What:* A benchmark of 2,000 clips with swapped captions.
*Result:* Qwen2-Audio falls from 71.0% to 44.3%.
*Link:* arxiv.org/abs/2610.10002

**INDUSTRY**

- Cerebras raises $1B at a $20B valuation.

**PREDICTION**

By the end of Q1 2027 one frontier lab will ship verified plans.
"""

KEYS_IN_CAPITALS = """\
Signal & Noise #57
October 13, 2026 · 6 min read

What I read: 3 papers, 1 blog post

▸ TITLE: Carry-On: Transferring LoRA Adapters Across Base Models
  BY: Kyoto University, Preferred Networks
  WHERE: arXiv 2610.11001
  GIST: LoRA adapters are projected onto a new base model without data. Keeps 92% of the gain on GSM8K.
  RATING: 4/5

▸ TITLE: The Last Token Problem
  BY: Microsoft Research Asia
  WHERE: arXiv 2610.11002
  GIST: The last token before a tool call carries most of the error. Editing it reduces failures by 31% on ToolBench.
  RATING: 5/5

▸ TITLE: Cold Cases
  BY: Univ. of Amsterdam, Booking.com
  WHERE: RecSys 2026
  GIST: Recommenders for users with no history. +6.2% NDCG@10 over SASRec on MovieLens-1M.
  RATING: 3/5
"""

MINUTES = """\
# Systems reading group — minutes, 14 October 2026

Present: Jo, Amir, Fatou

## Paper: "Elastic Prefill" (OSDI 2026), presented by Amir

Authors from Shanghai Jiao Tong University and ByteDance.

Elastic Prefill splits long prompts. Time to first token falls from 9.1 s to 3.4 s. It builds on Sarathi-Serve.

Discussion: Fatou doubts the trace. Jo asked about preemption; the paper says nothing.

## Paper: "Who Pays for the Cache?" (arXiv:2610.12001), presented by Jo

Authors from TU Delft.

Shared prefix caches are billed to the first tenant. Their auction, CachePay, lowers cost by 23%.

Discussion: we liked the auction and not the workload.

## Next week

"Pipeline Bubbles Are Fine" (NSDI 2026), Fatou.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "pictures.txt": (
        PICTURES,
        """
        RiverMind | RiverMind: Streaming Memory for Long-Horizon Agents | 2610.00011 | Google DeepMind, Stanford University
        Do Routers Dream? Idle-Time Expert Consolidation | = | 2610.00012 | ETH Zurich
        TinyScribe | | 2610.00013 |
        Mind the Lag | = | 2610.00014 |
        """,
    ),
    "headlines.txt": (
        HEADLINES,
        """
        Early Bird | Early Bird: Per-Sample Stopping for Diffusion | 2610.04001 | NVIDIA, UC Berkeley
        ManualBot | | 2610.04002 | Columbia University
        Sparse Oaths | | 2610.04003 | Oxford
        Lean on Me | = | 2610.04004 | EPFL
        """,
    ),
    "categories.txt": (
        CATEGORIES,
        """
        Whispered Evidence | Whispered Evidence: Retrieval from Audio Archives | 2610.06001 | University of Ljubljana
        Momentum Is a Memory | = | 2610.06002 | TU Munich
        """,
    ),
    "bold_numbers.md": (
        NUMBERS_IN_BOLD,
        """
        ForkLift | ForkLift: Branching Plans for Web Agents | 2610.07001 | Salesforce Research
        The Cost of Asking | = | 2610.07002 | Ai2, University of Washington
        GuardRail-X | | 2610.07003 | Anthropic
        LogLinear Attention | | 2610.07004 | Princeton
        BenchPress | | 2610.07005 | Meta FAIR
        """,
    ),
    "review.md": (
        REVIEW,
        """
        GlassBox | GlassBox: Auditable Tool Use for Language Agents | 2610.02001 | Ant Group, KTH
        """,
    ),
    "marked_bylines.md": (
        BYLINES_IN_MARKS,
        """
        StormCache | StormCache: Evicting by Forecast | 2610.01001 | IBM Research, MIT
        Seven Ways to Lose a Reward | = | 2610.01002 | University of Tokyo
        PixelParse | | 2610.01003 | Adobe Research
        """,
    ),
    "mail.txt": (
        MAIL,
        """
        Borrowed Time | Borrowed Time: Deadline-Aware Decoding | 2610.08001 | Chalmers
        Small Talk Is Expensive | = | 2610.08002 | Google Research
        Folding Laundry with Words | = | 2610.08003 | INESC-ID
        """,
    ),
    "nested.md": (
        NESTED,
        """
        Thicket | | 2610.09001 | Waterloo
        Echo Index | | 2610.09002 | Vespa
        Negative Space | | 2610.09003 | Cornell
        """,
    ),
    "marked_keys.md": (
        KEYS_IN_MARKS,
        """
        PlanGraph | PlanGraph: Verifiable Plans from Language Models | 2610.10001 | IBM Research, Sapienza University of Rome
        SoundCheck | SoundCheck: Do Audio LLMs Listen? | 2610.10002 | Queen Mary University of London
        """,
    ),
    "capital_keys.txt": (
        KEYS_IN_CAPITALS,
        """
        Carry-On | Carry-On: Transferring LoRA Adapters Across Base Models | 2610.11001 | Kyoto University, Preferred Networks
        The Last Token Problem | = | 2610.11002 | Microsoft Research Asia
        Cold Cases | = | | Booking.com, Univ. of Amsterdam
        """,
    ),
    "minutes.md": (
        MINUTES,
        """
        Elastic Prefill | | | ByteDance, Shanghai Jiao Tong University
        Who Pays for the Cache? | = | 2610.12001 | TU Delft
        Pipeline Bubbles Are Fine | | |
        """,
    ),
}
