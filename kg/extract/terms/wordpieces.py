"""Text as the recogniser's encoder sees it: word pieces with offsets and word forms, packed into windows of whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHAPES = ("none", "lower", "capital", "upper", "letter", "mixed", "digits", "alnum", "punct", "other")


@dataclass(slots=True)
class Pieces:
    """The word pieces of some text: parallel lists. ``first`` is 1 where a word begins, 2 where a sentence does, else 0."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    first: list[int]
    shapes: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, a: int, b: int) -> Pieces:
        return Pieces(self.ids[a:b], self.starts[a:b], self.ends[a:b], self.first[a:b], self.shapes[a:b])

    def extend(self, other: Pieces) -> None:
        self.ids += other.ids
        self.starts += other.starts
        self.ends += other.ends
        self.first += other.first
        self.shapes += other.shapes


@lru_cache(maxsize=1 << 16)
def shape_of(word: str) -> int:
    """The index in ``SHAPES`` of a word's form: the vocabulary is lower-cased, so capitals are told apart here."""
    if word.islower() and word.isalpha():
        return 1
    if word.isalpha():
        if word.isupper():
            return 3 if len(word) > 1 else 4
        return 2 if word[0].isupper() and word[1:].islower() else 5 if word != word.lower() else 9
    if word.isdigit():
        return 6
    if any(c.isalnum() for c in word):
        return 7
    return 8


def cut_pieces(tokenizer: Tokenizer, text: str, spans: Sequence[Span]) -> list[Pieces]:
    """The word pieces of each span, with offsets into ``text``."""
    found = []
    for span, encoding in zip(
        spans, tokenizer.encode_batch([s.of(text) for s in spans], add_special_tokens=False), strict=True
    ):
        offsets, words = encoding.offsets, encoding.word_ids
        starts = [span.start + a for a, _ in offsets]
        ends = [span.start + b for _, b in offsets]
        first = [2 if i == 0 else int(w != words[i - 1]) for i, w in enumerate(words)]
        shapes = [0] * len(words)
        begin = 0
        for i in range(len(words)):
            if i + 1 == len(words) or first[i + 1]:
                shapes[begin : i + 1] = [shape_of(text[starts[begin] : ends[i]])] * (i + 1 - begin)
                begin = i + 1
        found.append(Pieces(encoding.ids, starts, ends, first, shapes))
    return found


def pack_windows(sentences: Sequence[Pieces], room: int) -> list[Pieces]:
    """Joins whole sentences into windows of at most ``room`` pieces, of about equal length; longer sentences are cut."""
    parts = [s.part(a, a + room) for s in sentences for a in range(0, len(s), room)]
    total = sum(map(len, parts))
    target = total / max(1, -(-total // room))
    windows: list[Pieces] = []
    for part in parts:
        if windows and len(windows[-1]) + len(part) <= room and len(windows[-1]) + len(part) / 2 <= target:
            windows[-1].extend(part)
        else:
            windows.append(part.part(0, len(part)))
    return windows
