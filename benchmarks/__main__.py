"""``python -m benchmarks [NAME...]``."""

from __future__ import annotations

import sys
from importlib import import_module

#: In the order in which they run.
NAMES = ("start", "build", "again", "graphml", "export", "store", "explore", "serve")


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"error: no benchmark is called {unknown[0]}\nhint: one of {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        module = import_module(f"benchmarks.{name}")
        print(f"== {name}: {(module.__doc__ or '').strip()}\n")
        for line in module.report_lines():
            print(line, flush=True)
        print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
