"""Scores of the torch model while training: strict entity F1, distinct names of unseen digests, roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from kg.extract.terms.recognizer import KINDS, ROLES, decode_tags
from training.data import IGNORE, Example, collate, digest_examples
from training.digests import Digest, normalize
from training.encoder import SCIERC, Tagger

#: Added to the log probability of O when SciERC is decoded; chosen on its dev part.
SCIERC_BIAS = 0.5


def entities(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """(start, end, type) of the BIO spans of a sequence; a stray I begins a span, as conlleval has it."""
    found, start, kind = set(), 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and (label == "O" or label[0] == "B" or label[2:] != kind):
            found.add((start, i, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return found


def f1(right: int, predicted: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1, rounded."""
    p, r = right / max(1, predicted), right / max(1, wanted)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / max(1e-9, p + r), 4)}


def best_path(logs: np.ndarray, names: Sequence[str], bias: float) -> list[str]:
    """The most likely sequence of BIO labels in which no I follows anything but its own kind (Viterbi).

    ``logs`` are log probabilities (words, labels), O first; ``bias`` is added to those of O.
    """
    may = np.array([[b[0] != "I" or (a != "O" and a[2:] == b[2:]) for b in names] for a in names])
    moves = np.where(may, 0.0, -1e9)
    logs = logs.astype(np.float64)
    logs[:, 0] += bias
    score = logs[0] + np.where([n[0] == "I" for n in names], -1e9, 0.0)
    back = []
    for row in logs[1:]:
        ways = score[:, None] + moves
        back.append(ways.argmax(0))
        score = ways.max(0) + row
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [names[i] for i in reversed(path)]


@torch.no_grad()
def score_words(model: Tagger, examples: Sequence[Example], bias: float = SCIERC_BIAS) -> dict[str, float]:
    """Strict entity F1 over SciERC's six types (micro average)."""
    right = predicted = wanted = 0
    for start in range(0, len(examples), 16):
        part = examples[start : start + 16]
        batch = collate(part)
        logs = model(batch.ids, batch.types, batch.shapes, ("sci",))["sci"].log_softmax(-1).numpy()
        for row, example in enumerate(part):
            places = [i for i, g in enumerate(example.labels["sci"]) if g != IGNORE]
            gold = entities([SCIERC[example.labels["sci"][i]] for i in places])
            found = entities(best_path(logs[row, places], SCIERC, bias))
            right, predicted, wanted = right + len(gold & found), predicted + len(found), wanted + len(gold)
    return f1(right, predicted, wanted)


@torch.no_grad()
def digest_probabilities(model: Tagger, examples: Sequence[Example]) -> list[dict[str, np.ndarray]]:
    """For each window the probabilities of tag, kind and role of its pieces."""
    found = []
    for e in examples:
        batch = collate([e])
        out = model(batch.ids, batch.types, batch.shapes, ("tag", "kind", "role"))
        found.append({name: logits[0].softmax(-1).numpy() for name, logits in out.items()})
    return found


def score_digests(model: Tagger, tokenizer: Tokenizer, digests: Sequence[Digest]) -> None:
    """Prints distinct-name and role figures at several thresholds."""
    cut = [(d, digest_examples(tokenizer, d)) for d in digests]
    known = [(d, windows, digest_probabilities(model, windows)) for d, windows in cut]
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        total: Counter[str] = Counter()
        for digest, windows, outputs in known:
            score_one(digest, windows, outputs, threshold, total)
        kinds = round(total["kind"] / max(1, total["names"]), 3)
        any_ = f1(total["pair"], total["pairs"], total["gold pairs"])
        typed = f1(total["role"], total["roles"], total["gold roles"])
        intro = f1(total["intro"], total["intros"], total["gold intros"])
        names = f1(total["names"], total["predicted"], total["gold"])
        core = total["core found"] / max(1, total["core"])
        whole = 2 * core * names["p"] / max(1e-9, core + names["p"])
        print(
            f"at {threshold}: names {names} core r {core:.3f} F1 {whole:.4f} kinds {kinds}",
            f"any {any_} typed {typed} intro {intro}",
            flush=True,
        )


def score_one(
    digest: Digest, windows: Sequence[Example], outputs: Sequence[dict[str, np.ndarray]], threshold: float, total: Counter[str]
) -> None:
    """Adds the counts of one digest."""
    surfaces: dict[str, Counter[int]] = {}
    pairs: dict[tuple[str, str], np.ndarray] = {}
    for window, out in zip(windows, outputs, strict=True):
        words, paper = window.words, window.paper
        places = [i for i, _, _ in words]
        for a, b, _ in decode_tags(out["tag"][places], threshold, window.breaks):
            name = normalize(digest.text[words[a][1] : words[b - 1][2]])
            kind = out["kind"][places[a:b]].mean(0)
            surfaces.setdefault(name, Counter())[int(kind.argmax())] += 1
            if paper is not None:
                pairs[paper, name] = pairs.get((paper, name), 0) + out["role"][places[a:b]].mean(0)
    used: dict[int, str] = {}
    for name in surfaces:
        hit = next((i for i, g in enumerate(digest.names) if name in g and i not in used), None)
        if hit is not None:
            used[hit] = name
    linked = [i for i, g in enumerate(digest.names) if g & digest.linked]
    total["names"] += len(used)
    total["predicted"] += len(surfaces)
    total["gold"] += len(digest.names)
    total["core found"] += sum(i in used for i in linked)
    total["core"] += len(linked)
    total["kind"] += sum(soft(digest.kinds[i], KINDS[surfaces[n].most_common(1)[0][0]].value) for i, n in used.items())
    where = {n: i for i, g in enumerate(digest.names) for n in g}
    gold = {(p, r, where[n]) for p, r, n in digest.roles if n in where}
    found = set()
    for (paper, name), shares in pairs.items():
        best = int(shares.argmax())
        if best:
            found.add((paper, ROLES[best].value, where.get(name, name)))
    total["roles"] += len(found)
    total["gold roles"] += len(gold)
    total["role"] += len(found & gold)
    for key, keep in (("pair", lambda x: True), ("intro", lambda x: x[1] == "introduces")):
        a, b = {(x[0], x[2]) for x in found if keep(x)}, {(x[0], x[2]) for x in gold if keep(x)}
        total[key] += len(a & b)
        total[key + "s"] += len(a)
        total["gold " + key + "s"] += len(b)


def soft(gold: str, found: str) -> bool:
    """Technique and concept count as one kind, as in the scorer of the annotations."""
    return gold == found or {gold, found} <= {"technique", "concept"}


@torch.no_grad()
def score_pos(model: Tagger, examples: Sequence[Example]) -> float:
    """Accuracy of the universal parts of speech."""
    right = total = 0
    for example in examples:
        batch = collate([example])
        best = model(batch.ids, batch.types, batch.shapes, ("pos",))["pos"]
        best = best.argmax(-1) if best.dim() == 3 else best
        gold = batch.labels["pos"]
        right += int(((best == gold) & (gold != IGNORE)).sum())
        total += int((gold != IGNORE).sum())
    return round(right / total, 4)
