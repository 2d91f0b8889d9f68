"""Floors under the figures of the extraction: they rise with it, and fall only when someone says why.

python -m tests.floors                      what is measured now, beside the floors
python -m tests.floors --write              raises every floor that the figures have left behind
python -m tests.floors --lower "REASON"     sets the floors to the figures; the reason is kept in the file
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kg.score import add_cards, score_folder
from kg.score.report import figures_of

ROOT = Path(__file__).parent.parent
FILE = Path(__file__).parent / "floors.json"
#: Documents and gold by the name of the suite. The second stands beside the checkout, where it stands at all.
SUITES = {
    "seeds": (ROOT / "seeds", ROOT / "tests" / "gold"),
    "shared": (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "eval" / "gold"),
}
MEASURES = ("recall", "precision", "f1")
#: How far a figure may fall below its floor: some ties between names may be settled another way.
TOLERANCE = 0.005

Figures = dict[str, dict[str, float]]


def measure(suite: str) -> Figures:
    """The figures of each layer of one suite; measures that do not apply (nothing asked for) are left out."""
    total = add_cards(score_folder(*SUITES[suite]).values())
    return {
        layer: {m: round(float(v), 4) for m in MEASURES if (v := values[m]) is not None}
        for layer, values in figures_of(total).items()
        if values["recall"] is not None
    }


def load_floors() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text("utf-8"))) if FILE.exists() else {}


def find_falls(floors: Figures, figures: Figures, tolerance: float = TOLERANCE) -> list[str]:
    """Every figure below its floor, as a line."""
    return [
        f"{layer}: {measure} {figures.get(layer, {}).get(measure, 0.0):.3f} is below its floor {floor:.3f}"
        for layer, measures in floors.items()
        for measure, floor in measures.items()
        if figures.get(layer, {}).get(measure, 0.0) < floor - tolerance
    ]


def raise_floors(floors: Figures, figures: Figures) -> Figures:
    """The higher of each floor and figure. A floor never falls here, and one without a figure stays."""
    return {
        layer: {
            m: max(values[m] for values in (floors.get(layer, {}), figures.get(layer, {})) if m in values)
            for m in MEASURES
            if m in floors.get(layer, {}) or m in figures.get(layer, {})
        }
        for layer in [*figures, *(layer for layer in floors if layer not in figures)]
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--write", action="store_true", help="raise the floors to the figures")
    action.add_argument("--lower", metavar="REASON", help="set the floors to the figures, also where they are lower")
    options = parser.parse_args(arguments)
    if options.lower is not None and len(options.lower.split()) < 3:
        parser.error("--lower needs a reason that others can understand")
    floors, falls = load_floors(), []
    for suite, (documents, _) in SUITES.items():
        if not documents.is_dir():
            print(f"{suite}: {documents.name} is not here, its floors stay", file=sys.stderr)
            continue
        before, figures = floors.get(suite, {}), measure(suite)
        _print_figures(suite, before, figures)
        fallen = find_falls(before, figures, 0.0)
        falls += [f"{suite}: {line}" for line in fallen]
        if options.lower is not None:
            floors[suite] = figures
        elif options.write:
            floors[suite] = raise_floors(before, figures)
    if options.lower is not None and falls:
        floors.setdefault("lowered", []).append({"reason": options.lower, "what": falls})
    if options.write or options.lower is not None:
        FILE.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print("\n".join(falls) if falls else "no figure is below its floor")
    return int(bool(falls) and options.lower is None)


def _print_figures(suite: str, floors: Figures, figures: Figures) -> None:
    print(f"{suite:26}" + "".join(f"{m:>11}{'floor':>7}" for m in MEASURES))
    for layer, values in figures.items():
        cells = ((values.get(m), floors.get(layer, {}).get(m)) for m in MEASURES)
        print(f"{layer:26}" + "".join(f"{_cell(value):>11}{_cell(floor):>7}" for value, floor in cells))
    print()


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
