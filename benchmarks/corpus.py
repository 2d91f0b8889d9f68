"""What benchmarks read: a long file of weekly lists where it lies beside the checkout, else the demo digests many times."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
_WEEKLY = ROOT.parent / "shared" / "corpora" / "ml-papers-of-the-week-2023-2024.md"
#: How often the demo digests are taken for the whole.
_COPIES = 8
#: An issue of the weekly file starts at such a heading.
_ISSUE = re.compile(r"^## ", re.MULTILINE)
_ARXIV = re.compile(r"\b(\d{4})\.(\d{5})\b")


def write_issues(folder: Path, count: int) -> list[Path]:
    """``count`` documents in files of their own: the issues of the weekly file, or the demo digests, again and again, each time
    with other numbers in their arXiv ids, so that techniques recur and papers do not."""
    folder.mkdir(parents=True, exist_ok=True)
    if _WEEKLY.is_file():
        text = _WEEKLY.read_text("utf-8")
        starts = [match.start() for match in _ISSUE.finditer(text)]
        bodies = [text[a:b] for a, b in pairwise([*starts, len(text)])]
    else:
        bodies = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").iterdir())]
    paths = []
    for n in range(count):
        round_, which = divmod(n, len(bodies))
        body = _ARXIV.sub(lambda m, more=round_ * 7: f"{m[1]}.{(int(m[2]) + more) % 20_000:05}", bodies[which])
        paths.append(folder / f"issue-{n:05}.md")
        paths[-1].write_text(f"{body}\n\nThis is issue {n}.\n", "utf-8")
    return paths


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
