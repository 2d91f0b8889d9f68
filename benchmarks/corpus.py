"""What benchmarks read: a long file of weekly lists where it lies beside the checkout, else the demo digests many times."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_WEEKLY = ROOT.parent / "shared" / "corpora" / "ml-papers-of-the-week-2023-2024.md"
#: How often the demo digests are taken for the whole.
_COPIES = 8
#: An issue of the weekly file starts at such a heading.
_ISSUE = re.compile(r"^## ", re.MULTILINE)


def write_corpus(folder: Path, quarters: int) -> tuple[Path, str]:
    """Some quarters (1 to 4) of the whole, as files in ``folder``; what to build, and what to call it."""
    folder.mkdir(parents=True, exist_ok=True)
    if _WEEKLY.is_file():
        text = _WEEKLY.read_text("utf-8")
        starts = [match.start() for match in _ISSUE.finditer(text)]
        end = len(text) if quarters == 4 else starts[len(starts) * quarters // 4]
        (folder / _WEEKLY.name).write_text(text[:end], "utf-8")
        return folder, _WEEKLY.name
    for copy in range(_COPIES * quarters // 4):
        for path in sorted((ROOT / "seeds").iterdir()):
            text = f"{path.read_text('utf-8')}\n\nThis is copy {copy}.\n"
            (folder / f"{path.stem}-{copy}{path.suffix}").write_text(text, "utf-8")
    return folder, f"the demo digests, {_COPIES} times"
