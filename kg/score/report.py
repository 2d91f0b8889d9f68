"""Cards as a table, as a report with the text, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.score.layer import Layer

#: Longer items of a report are cut here, in characters.
_LONGEST = 160


def format_card(card: Mapping[str, Layer]) -> str:
    """The figures of each layer, one a line."""
    lines = [f"{'':26}{'recall':>7}{'prec.':>7}{'F1':>7}{'asked':>8}{'here':>7}"]
    for name, layer in card.items():
        figures = "".join(f"{_figure(v):>7}" for v in (layer.recall, layer.precision, layer.f1))
        lines.append(f"{name:26}{figures}{layer.asked:>8}{layer.predicted:>7}")
    return "\n".join(lines) + "\n"


def format_report(name: str, card: Mapping[str, Layer]) -> str:
    """What was found, missed and surplus in one document, layer by layer, with the text."""
    lines = [f"== {name}"]
    for title, layer in card.items():
        if layer.missed or layer.surplus or layer.found:
            lines.append(f"\n-- {title}: {len(layer.found)} of {layer.asked} found, {layer.right} of {layer.predicted} right")
            lines += _items("found", layer.found)
            lines += _items("missed", layer.missed)
            lines += _items("surplus", layer.surplus)
    return "\n".join(lines) + "\n\n"


def _items(word: str, texts: list[str]) -> Iterator[str]:
    for text in texts:
        line = " ".join(text.split())
        yield f"   {word:8}{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def figures_of(card: Mapping[str, Layer]) -> dict[str, dict[str, float | int | None]]:
    """The figures of each layer as plain values; None where nothing was asked for or predicted."""
    return {
        name: {
            "recall": layer.recall,
            "precision": layer.precision,
            "f1": layer.f1,
            "core": layer.asked,
            "predicted": layer.predicted,
        }
        for name, layer in card.items()
    }
