"""The same sources give the same graph, byte for byte, whatever the hash seed and the order in which they are named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())


def build(folder: Path, sources: list[Path], hash_seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}

    def kg(*words: object) -> bytes:
        command = [sys.executable, "-m", "kg", *map(str, words), "--graph", str(folder)]
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    kg("build", *sources, "--quiet")
    return kg("export", "nquads")


@pytest.mark.slow
def test_hash_seed_and_order_of_sources_do_not_show(tmp_path: Path) -> None:
    one = build(tmp_path / "one", SEEDS, "0")
    two = build(tmp_path / "two", SEEDS[::-1], "4242")
    assert one == two
    assert one.count(b"\n") > 5_000
