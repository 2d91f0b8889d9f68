from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

DIGEST = """Fold Letter

May 3, 2026

01 [Training] LoopFold: Long Inputs Folded into Short Ones (arXiv:2601.00001)
LoopFold introduces folded attention, a way to read long inputs in short windows. It lifts RULER accuracy from 61.2 to 66.8.

02 [Eval] CreaseBench: Where Folded Attention Tears (arXiv:2601.00002)
CreaseBench extends LoopFold with 400 hard inputs. Folded attention loses 12 points on them.
"""

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def run() -> Run:
    """Calls the command line: ``run("build", path, "--graph", folder)``."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return call


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "fold-letter.txt"
    path.write_text(DIGEST, encoding="utf-8")
    return path
