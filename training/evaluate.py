"""The figures of the model card, from the weights that ship: ``python -m training.evaluate --data ../shared``."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.extract.terms.recognizer import Recognizer, Stretch
from kg.model import Span
from kg.resources import package_file
from training.data import load_words
from training.digests import load_digests
from training.measure import score_digests, score_pos, score_words


class Shipped:
    """The ONNX model with the call of a Tagger."""

    def __init__(self, folder: Path) -> None:
        self.recognizer = Recognizer(folder)

    def __call__(self, ids: Tensor, types: Tensor, shapes: Tensor, heads: tuple[str, ...]) -> dict[str, Tensor]:
        feed = {"ids": ids.numpy(), "types": types.numpy(), "shapes": shapes.numpy(), "mask": (ids != 0).int().numpy()}
        out = self.recognizer._session.run(list(heads), feed)
        return {h: torch.from_numpy(x if h == "pos" else np.log(x + 1e-9)) for h, x in zip(heads, out, strict=True)}


def speed(recognizer: Recognizer, text: str) -> float:
    """Words a second over running text, one thread."""
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        if len(line.split()) > 5:
            spans.append(Stretch("", (Span(at, at + len(line.rstrip())),)))
        at += len(line)
    words = sum(len(s.sentences[0].of(text).split()) for s in spans)
    began = time.perf_counter()
    recognizer.recognize_terms(text, spans)
    return words / (time.perf_counter() - began)


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--model", type=Path, default=package_file("extract", "model"))
    ap.add_argument(
        "--digests", action="store_true", help="score the annotated digests (unseen only if the model left them out)"
    )
    args = ap.parse_args()
    torch.set_num_threads(1)
    began = time.perf_counter()
    model = Shipped(args.model)
    print(f"loaded in {time.perf_counter() - began:.2f} s")
    tokenizer = model.recognizer._tokenizer
    sets = load_words(tokenizer, args.data / "train", scirex_words=0, ewt_sentences=16000)
    for part in ("dev", "test"):
        print("SciERC", part, json.dumps(score_words(model, sets[f"sci-{part}"])))
    print("parts of speech, EWT sentences that were not trained on:", score_pos(model, sets["pos"][-300:]))
    texts = [d.text for d in load_digests(args.data / "train" / "digests", args.data / "train" / "digests")]
    print(f"{speed(model.recognizer, chr(10).join(texts)):.0f} words a second on one core")
    if args.digests:
        digests = load_digests(args.data / "train" / "digests", args.data / "train" / "digests")
        score_digests(model, tokenizer, digests)
        score_digests(model, tokenizer, load_digests(args.data / "eval" / "gold", args.data / "seeds"))


if __name__ == "__main__":
    main()
