"""The README, run like code: its commands on the demo digests, its Python, its figures.

python -m tests.readme             says what differs
python -m tests.readme --write     writes what the commands really print, and the figures of tests/floors.json
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.floors import load_floors

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
#: ```console: lines that start with "$ " are run, what stands below each is what it prints.
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)
#: Wall time is nobody's fault.
_SECONDS = re.compile(r"in \d+\.\d s")

_COLUMNS = {
    "papers (own entry)": "papers that have an entry of their own",
    "arXiv ids": "arXiv ids",
    "techniques": "techniques and other terms",
    "paper-technique (any)": "paper and term belong together",
    "introduces": "paper introduces term",
    "institutions": "institutions",
    "results (value)": "numeric results",
    "result -> paper": "results tied to the right paper",
    "result -> benchmark": "results tied to the right benchmark",
    "predictions": "predictions",
    "paper-paper (any)": "relations between papers",
    "claims": "claims",
    "evidence verbatim": "sentences that stand in the source",
    "edges with evidence": "edges with a sentence",
}


def render_readme(text: str) -> str:
    """The README as it should be: every output as it is printed now, every figure as the floors have it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        run = _shell(Path(folder))
        text = _CONSOLE.sub(lambda block: _run_block(block[0], run), text)
        for block in _PYTHON.findall(text):
            subprocess.run([sys.executable, "-c", block], cwd=folder, check=True, capture_output=True)
    return _FIGURES.sub(lambda _: format_figures(), text)


def _shell(folder: Path) -> Callable[[str], str]:
    """Runs commands in ``folder``, with this environment's ``kg``."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")} | {"PATH": path}

    def run(command: str) -> str:
        shell = ["/bin/bash", "-o", "pipefail", "-c", command]
        done = subprocess.run(shell, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode not in (0, 141):  # 141: `head` had enough
            raise AssertionError(f"$ {command}\n{done.stdout}")
        return done.stdout

    return run


def _run_block(block: str, run: Callable[[str], str]) -> str:
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines += [line, *(out.rstrip() for out in run(line[2:]).splitlines())]
    return "".join(f"{line}\n" for line in lines)


def format_figures() -> str:
    """The floors as a table: F1 of each layer, for the demo digests and the real ones."""
    floors = load_floors()
    rows = ["", "| | demo digests | real digests |", "|---|---|---|"]
    for layer, words in _COLUMNS.items():
        cells = (floors.get(suite, {}).get(layer, {}).get("f1") for suite in ("seeds", "shared"))
        rows.append(f"| {words} | " + " | ".join("-" if cell is None else f"{cell:.2f}" for cell in cells) + " |")
    return "\n".join([*rows, "", "F1: the harmonic mean of precision and recall.", "", ""])


def without_seconds(text: str) -> str:
    return _SECONDS.sub("in N s", text)


def main() -> int:
    old = README.read_text("utf-8")
    new = render_readme(old)
    if "--write" in sys.argv[1:]:
        README.write_text(new, "utf-8")
        return 0
    same = without_seconds(old) == without_seconds(new)
    print("the README is as its commands print it" if same else "the README differs: python -m tests.readme --write")
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main())
