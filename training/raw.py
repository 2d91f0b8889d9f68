"""Text that nobody annotated, and the labels that a committee of trained models gives it.

Weekly lists, abstracts and blog pages are read by the models of all folds; the mean of their probabilities becomes the gold of
one more data set ("raw"), from which the final model learns together with the annotated digests (self-training with soft
labels). Papers of the annotated digests are left out, so that what is measured on them stays unseen.
"""

from __future__ import annotations

import csv
import html
import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.extract.terms.recognizer import Stretch
from training.data import Batch, Example, batches, collate, digest_examples
from training.digests import Digest, cut_sentences, normalize, read_rows
from training.encoder import Tagger

SOFT = ("tag", "kind", "role", "sci")
_PARAGRAPH = re.compile(r"<(?:p|li|h1|h2)\b[^>]*>(.*?)</(?:p|li|h1|h2)>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]{0,2000}>")


def load_raw(data: Path, seen: Sequence[Digest]) -> Digest:
    """The corpora as one document without terms; ``seen`` are the annotated digests, whose papers are left out."""
    known = {normalize(stretch.title) for digest in seen for stretch, _ in digest.stretches}
    parts = read_rows((data / "corpora" / "ml-papers-of-the-week-2023-2024.md").read_text("utf-8"))
    with (data / "corpora" / "abstracts.csv").open(encoding="utf-8", newline="") as rows:
        parts += [(row["Title"].strip(), row["Abstract"]) for row in csv.DictReader(rows)]
    for page in sorted((data / "corpora" / "blog-html").glob("*.html")):
        parts += _paragraphs(page.read_text("utf-8"))
    whole = Digest("raw", "", [], [])
    for title, body in parts:
        if normalize(title) in known or len(body.split()) < 8:
            continue
        start = len(whole.text)
        whole.text += f"{title}\n{' '.join(body.split())}\n"
        whole.stretches.append((Stretch(title, tuple(cut_sentences(whole.text, start))), []))
        whole.papers.append(None)
    return whole


def _paragraphs(page: str) -> list[tuple[str, str]]:
    texts = [" ".join(html.unescape(_MARKUP.sub("", p)).split()) for p in _PARAGRAPH.findall(page)]
    long = [t for t in texts if 15 < len(t.split()) < 400]
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return [(html.unescape(title[1]).strip() if title else "", text) for text in long]


@torch.no_grad()
def label_raw(first: Tagger, models: Sequence[Tagger], tokenizer: Tokenizer, raw: Digest) -> list[Example]:
    """The windows of ``raw`` with probabilities as labels: SciERC's from ``first``, the others the mean of ``models``."""
    examples = digest_examples(tokenizer, raw)
    for group in batches(examples, 4096, random.Random(0)):  # noqa: S311
        batch = collate(group)
        total = _probabilities(first, batch, ("sci",))
        answers = [_probabilities(model, batch, ("tag", "kind", "role")) for model in models]
        total |= {name: torch.stack([a[name] for a in answers]).mean(0) for name in answers[0]}
        for row, example in enumerate(group):
            example.soft = {name: np.asarray(values[row, : len(example.ids)]) for name, values in total.items()}
    return examples


def _probabilities(model: Tagger, batch: Batch, heads: tuple[str, ...]) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16):
        out = model(batch.ids, batch.types, batch.shapes, heads)
    return {name: logits.float().softmax(-1) for name, logits in out.items()}
