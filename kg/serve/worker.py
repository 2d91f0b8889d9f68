"""A worker process: opens a store, then takes one job after the other from its standard input until that ends.

    python -m kg.serve.worker STORE read|write MAX_MEMORY

It has no network, cannot outlive the server, and its memory has a bound: what a query can break is the worker.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.serve.frames import read_frame, start_frame
from kg.serve.limits import MIB, Refusal

if TYPE_CHECKING:
    from pyoxigraph import Store

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
#: A worker that after a job holds so many bytes more than at its start is spent: memory goes back when a process ends.
_MOST_KEPT = 128 * MIB


def main() -> None:
    """The process: a first frame says whether the store opened, then comes one frame a job."""
    path, mode, max_memory = sys.argv[1:4]
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    walled = leave_network()
    try:
        store = _open(path, mode)
    except OSError as error:
        stdout.write(start_frame({"ready": False, "error": str(error)}))
        stdout.flush()
        return
    _warm_up(store)
    bound_memory(int(max_memory))
    most = _measure_memory()[1] + _MOST_KEPT
    stdout.write(start_frame({"ready": True, "walled": walled}))
    stdout.flush()
    while frame := read_frame(stdin):
        _answer(store, frame[0], stdout, most)


def _answer(store: Store, job: dict[str, Any], stdout: BinaryIO, most: int) -> None:
    head, body = do_job(store, job)
    spent = _measure_memory()[1] - len(body) > most
    stdout.write(start_frame({**head, "spent": spent}, len(body)))
    stdout.write(body)
    stdout.flush()


def do_job(store: Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and body that answer a job, or say why not."""
    from kg.serve.jobs import run_job

    try:
        reply = run_job(store, job)
    except Refusal as refusal:
        return {"status": refusal.status, "error": refusal.message, "hint": refusal.hint}, b""
    except MemoryError:
        os.abort()  # as the engine does where memory ends: by this the server knows it
    except Exception:
        traceback.print_exc()  # to the server's standard error: our mistake, not the client's
        return {"status": 500, "error": "the server failed to answer", "hint": "its log says why"}, b""
    return {"status": reply.status, "media": reply.media, "lasting": reply.lasting}, reply.body


def leave_network() -> bool:
    """Puts this process where there is no network, and ties it to the life of the server. Linux; elsewhere nothing happens.

    Must come before a thread starts. Whether it worked is returned: a container may forbid it, and then the refusal of SERVICE
    and LOAD in :mod:`kg.query.tokens` is the only wall.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def bound_memory(size: int) -> None:
    """Bounds the address space to what is in use now and ``size`` bytes more. Linux; elsewhere nothing happens.

    Where all workers together are too much for the machine, its kernel ends one of them and not the server.
    """
    if sys.platform != "linux":
        return
    import resource

    bound = _measure_memory()[0] + size
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError):  # a narrower bound stands already
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def _measure_memory() -> tuple[int, int]:
    """Bytes of address space and of memory that this process has; none where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            space, held = file.read().split()[:2]
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(space) * page, int(held) * page


def _open(path: str, mode: str) -> Store:
    from pyoxigraph import Store

    return Store(path) if mode == "write" else Store.read_only(path)


def _warm_up(store: Store) -> None:
    """Loads what the first query would wait for."""
    import kg.serve.jobs
    from kg.query import run_query

    assert kg.serve.jobs.JOBS  # noqa: S101  # loaded for its effect
    run_query(store, "ASK { ?s ?p ?o }")


if __name__ == "__main__":
    main()
