"""What a layer of extraction got right and wrong, with the text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class Layer:
    """One layer: recall is over the gold that must be found, precision over all that was predicted.

    Optional gold (a term that no paper is tied to, a count spelled in words) is neither asked for nor punished: where it was
    found, it counts in ``right`` and not in ``found``.
    """

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    right: int = 0
    predicted: int = 0

    @property
    def asked(self) -> int:
        return len(self.found) + len(self.missed)

    @property
    def recall(self) -> float | None:
        return len(self.found) / self.asked if self.asked else None

    @property
    def precision(self) -> float | None:
        return self.right / self.predicted if self.predicted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; None where the gold asks for nothing."""
        if self.recall is None:
            return None
        if not self.recall or not self.precision:
            return 0.0
        return 2 * self.recall * self.precision / (self.recall + self.precision)

    def judge(self, text: str, found: bool) -> None:
        """Enters one item of the gold."""
        (self.found if found else self.missed).append(text)

    def predict(self, right: int, surplus: Iterable[str]) -> None:
        """Enters the predictions: how many are in the gold, and those that are not."""
        wrong = list(surplus)
        self.surplus += wrong
        self.right += right
        self.predicted += right + len(wrong)

    def judge_attribute(self, text: str, right: bool) -> None:
        """Enters an attribute of something found: it has one value, so that precision and recall are one figure."""
        self.judge(text, right)
        self.right += right
        self.predicted += 1

    def compare(self, want: set[T], got: set[T], show: Callable[[T], str]) -> None:
        """Enters two sets: the gold's, and what was predicted; ``show`` gives the text of a member."""
        for text, right in sorted((show(item), item in got) for item in want):
            self.judge(text, right)
        self.predict(len(want & got), sorted(show(item) for item in got - want))


#: The layers of one or more documents, by name, in the order in which they are reported.
Card = dict[str, Layer]


def add_cards(cards: Iterable[Mapping[str, Layer]]) -> Card:
    """One card over all documents: items are added up, not figures averaged."""
    total: Card = {}
    for card in cards:
        for name, layer in card.items():
            into = total.setdefault(name, Layer())
            into.found += layer.found
            into.missed += layer.missed
            into.surplus += layer.surplus
            into.right += layer.right
            into.predicted += layer.predicted
    return total
