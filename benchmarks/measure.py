"""Runs a program by itself and takes its time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: wall and processor seconds, peak resident memory in MB, and what it printed."""

    seconds: float
    cpu: float
    peak: float
    output: str


def run_python(arguments: Sequence[str], *, core: int | None = None) -> Run:
    """Runs Python with ``arguments``, on one core where one is given, and waits for it."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is not compiled at each start
    if core is not None:
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(child.pid, {core})
    assert child.stdout is not None
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {child.returncode}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, output)


def median_seconds(programs: Sequence[Sequence[str]], repeats: int) -> list[float]:
    """The median wall time of each program. They take turns, so that what else the machine does hits all alike."""
    times: list[list[float]] = [[] for _ in programs]
    for _ in range(repeats):
        for taken, program in zip(times, programs, strict=True):
            taken.append(run_python(program).seconds)
    return [median(taken) for taken in times]


def first_core() -> int | None:
    """A core that this process may use; None where the system does not tell."""
    return min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
