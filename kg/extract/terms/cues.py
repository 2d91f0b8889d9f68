"""Words that tell what kind of thing a term is: its head noun, its ending, what is said of it. Data only."""

from __future__ import annotations

import re

from kg.model import Kind

#: Head nouns (folded, singular) that tell the kind of a phrase they end.
HEADS: dict[str, Kind] = {
    **dict.fromkeys(
        ["benchmark", "dataset", "leaderboard", "testbed", "corpus", "suite", "arena"],
        Kind.BENCHMARK,
    ),
    **dict.fromkeys(
        (
            "accuracy perplexity latency throughput auroc auc f1 recall precision speedup elo wer fid bleu rouge ndcg mrr "
            "ppl fpr fnr"
        ).split(),
        Kind.METRIC,
    ),
    **dict.fromkeys(
        (
            "collapse hacking mismatch forgetting drift degradation bottleneck instability hallucination leakage "
            "overfitting contamination misalignment jailbreak sycophancy brittleness interference vulnerability spike "
            "dilution sink unreliability"
        ).split(),
        Kind.PROBLEM,
    ),
    **dict.fromkeys(
        (
            "reasoning retrieval generation translation summarization classification detection recognition answering "
            "understanding segmentation synthesis navigation proving coding forecasting parsing captioning editing"
        ).split(),
        Kind.TASK,
    ),
    **dict.fromkeys(
        (
            "distillation optimization optimizer attention algorithm loss objective learning tuning finetuning pretraining "
            "training sampling decoding pruning quantization compression encoder decoder network transformer architecture "
            "regularization search mining chunking augmentation rollout warmup eviction routing router adapter kernel "
            "tokenizer scheduler reranker retriever gradient estimator projection normalization gating masking parallelism "
            "steering probing curriculum finetune prompting policy controller indexer harness verifier diffusion solver "
            "framework pipeline taxonomy layer module embedding head"
        ).split(),
        Kind.TECHNIQUE,
    ),
    **dict.fromkeys(
        (
            "cache window density context token prefix label signal representation subspace space landscape boundary "
            "distribution geometry manifold memory circuit neuron trajectory rubric budget tradeoff law scaling"
        ).split(),
        Kind.CONCEPT,
    ),
}
#: Heads that make a term only with a modifier of their own: "policy" alone is no term, "KL-bounded policy" is.
#: (All of HEADS need one; a head alone is a term when the curated vocabulary says so.)
#: Endings of coined names.
NAME_ENDINGS: tuple[tuple[str, Kind], ...] = (
    ("bench", Kind.BENCHMARK),
    ("eval", Kind.BENCHMARK),
    ("arena", Kind.BENCHMARK),
    ("qa", Kind.BENCHMARK),
    ("benchmark", Kind.BENCHMARK),
    ("gym", Kind.BENCHMARK),
)
#: What is said right after a name: "X benchmark", "X dataset", "X optimizer", "X GPU".
FOLLOWED_BY: dict[str, Kind] = {
    "benchmark": Kind.BENCHMARK,
    "dataset": Kind.BENCHMARK,
    "leaderboard": Kind.BENCHMARK,
    "suite": Kind.BENCHMARK,
    "corpus": Kind.BENCHMARK,
    "model": Kind.MODEL,
    "gpu": Kind.HARDWARE,
    "chip": Kind.HARDWARE,
    "accelerator": Kind.HARDWARE,
}
#: What a description opens with: "a suite of open models", "a benchmark for ...", "a 671B-parameter language model".
DESCRIBED_AS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\b(?:benchmark|data ?set|test suite|corpus|testbed|leaderboard)\b", re.I), Kind.BENCHMARK),
    (
        re.compile(
            r"\b(?:\d+(?:\.\d+)?[BM](?:-parameter)? |open(?:-source|-weight)? |(?:large |small |vision[- ])?language |"
            r"foundation |multimodal |embedding |video |speech |diffusion )+(?:models?|LLMs?|MLLMs?|VLMs?)\b"
            r"|\bfamily of\b.{0,40}\bmodels?\b",
            re.I,
        ),
        Kind.MODEL,
    ),
)
_ITEM = (
    r"(?:tasks|questions|problems|episodes|examples|instances|prompts|runs|samples|pairs|items|cases|dialogu?es|conversations|documents"
    r"|images|videos|clips|scenes|puzzles|games|environments|repositories|issues|pages|queries|traces|trajectories|scenarios|exams"
    r"|statements|claims|tests|programs|recordings|utterances|maps|tables|charts|books|stories|proofs|theorems|bugs|workflows)\b"
)
#: What is said right behind the name of a collection: "X contains 640 tasks", "X, 900 questions about dates,".
HOLDS_ITEMS = re.compile(
    r"[*_`\"”)]{0,3}\s?(?:\([^()\n]{0,60}\)[.,]?\s|[,:]\s)?(?:now\s)?(?:collects?|contains?|comprises?|consists\sof|covers?|spans?|includes?|has|"
    r"holds?|pairs?|asks?|poses?|gathers?|is\sa\s(?:set|collection|suite|benchmark|dataset)\sof)?\s?"
    rf"(?:about\s|over\s|some\s|more\sthan\s)?\d[\d,.]{{0,9}}[KM]?\s(?:[\w-]{{1,20}}\s){{0,3}}{_ITEM}",
)
#: What may stand right before such a name.
CALLED_A_BENCHMARK = re.compile(
    r"\b(?:benchmark|test ?bed|test suite|data ?set|corpus|leaderboard|suite|challenge)s?(?:,| called| named|:)?\s"
    r"[*_`\"“(]{0,3}$",
    re.I,
)
#: How the rest of a benchmark's title begins: "X: Measuring ...".
MEASURES = re.compile(r"(?:Measuring|Benchmarking|Evaluating|Stress-Testing|Testing|Assessing)\b")
#: Name families of models; a version or a size must follow: "Qwen3-1.7B", "GPT-5.4", "Llama-2-7B-Chat", "Opus 4.6".
MODEL_FAMILIES = (
    "GPT o1 o3 o4 Claude Opus Sonnet Haiku Gemini Gemma PaLM Llama LLaMA CodeLlama Mistral Mixtral Ministral Qwen "
    "QwQ DeepSeek Phi Yi OLMo Falcon Pythia BLOOM OPT T5 Flan BERT RoBERTa DeBERTa Grok Command Kimi GLM ChatGLM "
    "InternLM InternVL LLaVA Nemotron Granite MiniCPM Baichuan StableLM Vicuna Alpaca Zephyr Starcoder StarCoder "
    "CodeGen Jamba Mamba RWKV SmolLM Aya Reka DBRX Arctic Whisper CLIP SigLIP DINO SAM DALL-E Imagen Veo Sora FLUX "
    "Hunyuan Seed Step ERNIE MiniMax Nova Codex WizardLM Orca Tulu Hermes Minerva Chinchilla Gopher LaMDA MPT "
    "RedPajama Persimmon Stable-Diffusion SDXL ESM AlphaFold VideoPoet Molmo Pixtral Magistral Devstral"
).split()
#: Words that neither start nor stand inside a headed phrase.
STOP = frozenset(
    (
        "a an the this that these those its their his her our your my it they we he she i you who whom which what whose "
        "and or but nor so yet for of in on at to from by with without into onto over under between among across during "
        "after before since until while when where why how if then than as is are was were be been being am do does did "
        "done doing has have had having can could may might must shall should will would not no nor only also just even "
        "still very more most less least much many few some any all each every both either neither such same other "
        "another one two three four five six seven eight nine ten first second third new novel same own per via vs "
        "versus not because though although there here up down out off about against within through toward towards uses "
        "use using used introduces introduce proposes propose presents present shows show adds add makes make gives "
        "give yields yield reduces reduce improves improve beats beat outperforms achieves achieve reaches reach drops "
        "drop lifts lift keeps keep runs run trains train replaces replace targets target turns turn treats treat gets "
        "get lets let combines combine learns learn requires require needs need enables enable allows allow provides "
        "provide produces produce predicts predict remains remain becomes become performs perform finds find suggests "
        "suggest argues argue claims claim says say reports report releases release based like unlike around than "
        "whether rather instead including existing current standard simple strong good better best large small big high "
        "low different various several multiple many additional key main important novel existing previous prior recent "
        "latest today other existing specific particular general overall entire whole full total single actual real "
        "true possible potential effective efficient"
    ).split()
)
#: Leading words that add nothing to the name of a term.
WEAK_LEADS = frozenset(
    (
        "the a an this that these those its their our new novel existing standard simple plain vanilla direct proposed "
        "own such same other different various several multiple many two three four five six all both each any some "
        "more most strong lightweight"
    ).split()
)
#: Coined names that are none: units, formats, places, roman numerals and the like.
NOT_NAMES = frozenset(
    (
        "AI ML NLP LLM LLMs US USA UK EU CEO CTO API APIs URL PDF HTML JSON CSV XML HTTP HTTPS OK FAQ TV PhD Q&A TL;DR "
        "TLDR II III IV VI VII arXiv ArXiv GitHub Github YouTube LinkedIn TechCrunch McKinsey iPhone JavaScript "
        "TypeScript PyPI NPM npm VS Code KB MB GB TB MW GW FLOP FLOPs GPU GPUs CPU CPUs TPU TPUs IPO BOM GA AM PM ID "
        "IDs PR PRs vs eBook RSS HF Gmail Reddit Twitter SaaS B2B B2C ROI KPI Mr Ms Dr"
    ).split()
)
