"""``kg build`` against spaCy's blank English tokenizer on the same text, on one core, for a quarter, a half and all of it.

Ratios are of processor time, which other work on the machine disturbs least. The tokenizer's is for the text alone (the best
of three). That of the build is from the first source to the graph on the disk, loading of vocabulary and model included, and
nothing from a cache; peak memory is that of the whole process.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import first_core, run_python

_WAYS = ("tokenizer", "fast", "model")


def report_lines() -> Iterator[str]:
    core = first_core()
    yield f"{'':6}{'characters':>12}  {'':10}{'ratio':>7}{'cpu s':>8}{'a MB':>8}{'wall s':>8}{'peak MB':>9}"
    with tempfile.TemporaryDirectory() as folder:
        base = 0.0
        for quarters in (1, 2, 4):
            source, name = write_corpus(Path(folder, f"text-{quarters}"), quarters)
            for way in (*_WAYS, "again") if quarters == 4 else _WAYS:
                graph = f"{folder}/graph-{quarters}-{'model' if way == 'again' else way}"
                run = run_python(["-m", "benchmarks.build", way, str(source), graph], core=core)
                found = json.loads(run.output)
                base = found["cpu"] if way == "tokenizer" else base
                yield (
                    f"{f'{quarters}x':6}{found['characters']:>12,}  {way:10}{found['cpu'] / base:>7.1f}{found['cpu']:>8.2f}"
                    f"{found['cpu'] / found['characters'] * 1e6:>8.2f}{found['wall']:>8.2f}{run.peak:>9.0f}"
                )
    yield f"again: nothing has changed since the last build. Text: {name}"


def _take(way: str, source: str, folder: str) -> dict[str, float]:
    """One measurement, in a process of its own."""
    from kg.read import find_sources, read_source

    texts = [document.text for path in find_sources([source]) for document in read_source(path)[0]]
    times = [_measure(task) for task in _tasks(way, texts, source, folder)]
    wall, cpu = min(times, key=lambda pair: pair[1])
    return {"characters": sum(map(len, texts)), "wall": wall, "cpu": cpu}


def _tasks(way: str, texts: list[str], source: str, folder: str) -> list[Callable[[], object]]:
    """What is to be measured, as often as it is to be done."""
    if way == "tokenizer":
        import spacy

        tokenize = spacy.blank("en").make_doc
        tokenize("Loads what is loaded once.")
        return [lambda: [tokenize(text) for text in texts]] * 3
    from kg.pipeline import build_graph

    return [lambda: build_graph([source], Path(folder), fast=way == "fast")]


def _measure(task: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    print(json.dumps(_take(*sys.argv[1:])))
