"""Training examples: windows of word pieces with a label for each word, from every data set, and their batches."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.extract.terms.recognizer import CLS, ROLES, SEP, TAGS, TITLE, UPOS, WINDOW
from kg.extract.terms.wordpieces import Pieces, cut_pieces, pack_windows
from kg.model import Span
from training.digests import Digest, Term
from training.encoder import SCIERC, SCIREX

IGNORE = -100
MASK = 103
Labelled = tuple[list[str], list[str]]  # words and their labels


@dataclass(slots=True)
class Example:
    """One window. ``labels`` has one list for each head, aligned with ``ids``; ``roles`` are shares over ``ROLES``."""

    ids: list[int]
    types: list[int]
    shapes: list[int]
    labels: dict[str, list[int]]
    roles: dict[int, tuple[float, ...]] = field(default_factory=dict)
    words: list[tuple[int, int, int]] = field(default_factory=list)  # (piece, start, end) of each word of a digest
    breaks: list[bool] = field(default_factory=list)  # which of the words begin sentences
    soft: dict[str, np.ndarray] = field(default_factory=dict)  # probabilities in place of labels
    paper: str | None = None  # the gold paper that a digest's window is about


def read_conll(path: Path) -> list[Labelled]:
    """SciERC in the columns of allenai/scibert: word first, label last; labels made BIO."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
        if rows:
            found.append(([r[0] for r in rows], to_bio([r[-1] for r in rows])))
    return found


def to_bio(labels: Sequence[str]) -> list[str]:
    """IOB1 (B only between touching spans) -> BIO."""
    out, before = [], "O"
    for label in labels:
        starts = label.startswith("I-") and (before == "O" or before[2:] != label[2:])
        out.append("B" + label[1:] if starts else label)
        before = label
    return out


def read_scirex(path: Path, words: int) -> list[list[Labelled]]:
    """The sentences of the first ``words`` words of each SciREX paper."""
    papers = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            labels = ["O"] * len(paper["words"])
            for start, end, kind in paper["ner"]:
                labels[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
            papers.append([(paper["words"][a:b], labels[a:b]) for a, b in paper["sentences"] if b <= words and b - a > 3])
    return papers


def read_ewt(path: Path, limit: int) -> list[Labelled]:
    """The first ``limit`` sentences of a CoNLL-U file with their universal parts of speech."""
    found: list[Labelled] = []
    words: list[str] = []
    tags: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                words.append(cells[1])
                tags.append(cells[3] if cells[3] in UPOS else "X")
            elif not line.strip() and words:
                found.append((words, tags))
                words, tags = [], []
                if len(found) == limit:
                    break
    return found


def word_examples(
    tokenizer: Tokenizer, head: str, names: Sequence[str], sentences: Sequence[Labelled], room: int
) -> list[Example]:
    """Windows of consecutive sentences; each word is judged at its first piece."""
    parts = []
    for words, labels in sentences:
        text = " ".join(words)
        [pieces] = cut_pieces(tokenizer, text, [Span(0, len(text))])
        at = {}
        place = 0
        for word, label in zip(words, labels, strict=True):
            at[place] = names.index(label)
            place += len(word) + 1
        parts.append((pieces.part(0, room), [at.get(s, IGNORE) for s in pieces.starts[:room]]))
    windows: list[Example] = []
    now, gold = Pieces([], [], [], [], []), []
    for pieces, found in [*parts, (None, [])]:
        if len(now) and (pieces is None or len(now) + len(pieces) > room):
            windows.append(_example("", now, {head: gold}))
            now, gold = Pieces([], [], [], [], []), []
        if pieces is not None:
            now.extend(pieces)
            gold = gold + found
    return windows


def _example(title: str, pieces: Pieces, labels: dict[str, list[int]], front: Pieces | None = None) -> Example:
    head = front or Pieces([], [], [], [], [])
    before = 1 + (len(head) + 1 if len(head) else 0)
    ids = [CLS, *([*head.ids, SEP] if len(head) else []), *pieces.ids, SEP]
    types = [1] * before + [0] * (len(pieces) + 1)
    shapes = [0, *([*head.shapes, 0] if len(head) else []), *pieces.shapes, 0]
    padded = {name: [IGNORE] * before + values + [IGNORE] for name, values in labels.items()}
    return Example(ids, types, shapes, padded)


def digest_examples(tokenizer: Tokenizer, digest: Digest) -> list[Example]:
    """Windows of the stretches of an annotated digest, each with its title in front unless it says it itself."""
    found = []
    for (stretch, terms), paper in zip(digest.stretches, digest.papers, strict=True):
        sentences = cut_pieces(tokenizer, digest.text, stretch.sentences)
        [front] = cut_pieces(tokenizer, stretch.title, [Span(0, len(stretch.title))])
        for number, window in enumerate(pack_windows(sentences, WINDOW - TITLE - 3)):
            own = front.part(0, TITLE) if number or not _says(digest, window, stretch.title) else None
            tags, kinds, roles = _align(window, terms)
            example = _example(stretch.title, window, {"tag": tags, "kind": kinds}, own)
            shift = len(example.ids) - 1 - len(window)
            example.roles = {i + shift: shares for i, shares in roles.items()}
            example.words, example.paper = _words(window, shift), paper
            example.breaks = [first == 2 for first in window.first if first]
            found.append(example)
    return found


def _words(window: Pieces, shift: int) -> list[tuple[int, int, int]]:
    begins = [i for i in range(len(window)) if window.first[i]]
    ends = [*begins[1:], len(window)]
    return [(a + shift, window.starts[a], window.ends[b - 1]) for a, b in zip(begins, ends, strict=True)]


def _says(digest: Digest, window: Pieces, title: str) -> bool:
    return title in digest.text[window.starts[0] : window.ends[-1]]


def _align(window: Pieces, terms: Sequence[Term]) -> tuple[list[int], list[int], dict[int, tuple[float, ...]]]:
    """Labels of each piece (only the first pieces of words are judged), and the roles where they are known."""
    tags = [0 if first else IGNORE for first in window.first]
    kinds = [IGNORE] * len(window)
    roles = {}
    for term in terms:
        inside = [i for i in range(len(window)) if window.first[i] and term.span.start <= window.starts[i] < term.span.end]
        for n, i in enumerate(inside):
            tags[i] = TAGS.index("I" if n else "B")
            kinds[i] = term.kind
            if term.roles:
                roles[i] = term.roles
    return tags, kinds, roles


@dataclass(slots=True)
class Batch:
    """Examples of one data set, padded to one length."""

    ids: Tensor
    types: Tensor
    shapes: Tensor
    labels: dict[str, Tensor]
    roles: Tensor | None  # (batch, length, roles), rows that sum to 0 where unknown
    soft: dict[str, Tensor]  # (batch, length, classes), where the labels are probabilities


def collate(examples: Sequence[Example]) -> Batch:
    """Pads examples and stacks them."""
    length = max(len(e.ids) for e in examples)

    def pad(rows: Iterable[list[int]], value: int) -> Tensor:
        return torch.tensor([row + [value] * (length - len(row)) for row in rows])

    labels = {h: pad((e.labels[h] for e in examples), IGNORE) for h in examples[0].labels}
    roles = None
    if "tag" in labels:
        roles = torch.zeros(len(examples), length, len(ROLES))
        for n, e in enumerate(examples):
            for i, shares in e.roles.items():
                roles[n, i] = torch.tensor(shares)
    ids, types, shapes = (pad((getattr(e, x) for e in examples), 0) for x in ("ids", "types", "shapes"))
    soft = {}
    for name, first in examples[0].soft.items():
        soft[name] = torch.zeros(len(examples), length, first.shape[1])
        for n, e in enumerate(examples):
            soft[name][n, : len(e.ids)] = torch.from_numpy(e.soft[name])
    return Batch(ids, types, shapes, labels, roles, soft)


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Shuffled batches of about ``pieces`` word pieces, of examples of like length."""
    order = sorted(examples, key=lambda e: len(e.ids) + rng.uniform(0, 20))
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.ids) > pieces:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def hide_pieces(ids: Tensor, share: float, rng: torch.Generator) -> Tensor:
    """Puts [MASK] for a share of the pieces, so that context counts as much as the words themselves."""
    hide = (torch.rand(ids.shape, generator=rng) < share) & (ids != 0) & (ids != CLS) & (ids != SEP)
    return torch.where(hide, MASK, ids)


def load_words(tokenizer: Tokenizer, train: Path, scirex_words: int, ewt_sentences: int) -> dict[str, list[Example]]:
    """The examples of SciERC (train, dev, test), SciREX and EWT."""
    found = {
        f"sci-{part}": word_examples(tokenizer, "sci", SCIERC, read_conll(train / f"sciie_{part}.txt"), 160)
        for part in ("train", "dev", "test")
    }
    papers = read_scirex(train / "scirex.jsonl.xz", scirex_words)
    found["rex"] = [e for paper in papers for e in word_examples(tokenizer, "rex", SCIREX, paper, 160)]
    found["pos"] = word_examples(tokenizer, "pos", UPOS, read_ewt(train / "ewt.conllu.xz", ewt_sentences), 120)
    return found
