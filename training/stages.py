"""One stage of training: which batches, which losses, how fast each layer learns, and the average of the last weights."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from training.data import IGNORE, Batch, Example, batches, collate, hide_pieces
from training.encoder import Tagger
from training.raw import SOFT

#: Which heads a data set teaches, and how much of a batch's pieces are hidden.
HEADS = {"sci": ("sci",), "rex": ("rex",), "pos": ("pos",), "dig": ("tag", "kind", "role"), "raw": SOFT}
HIDE = {"sci": 0.05, "rex": 0.05, "pos": 0.05, "dig": 0.1, "raw": 0.1}
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
    if batch.soft:
        return soft_loss(out, batch)
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


def soft_loss(out: dict[str, Tensor], batch: Batch) -> Tensor:
    """Cross entropy with probabilities; kinds and roles count as far as a word is believed to be in a term."""
    words = (batch.labels["tag"] != IGNORE).float()
    inside = words * (1 - batch.soft["tag"][..., 0])
    total = torch.zeros(())
    for name, gold in batch.soft.items():
        weight = inside if name in ("kind", "role") else words
        surprise = -(gold * F.log_softmax(out[name].float(), -1)).sum(-1)
        total = total + WEIGHT[name] * (surprise * weight).sum() / weight.sum().clamp(min=1)
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
