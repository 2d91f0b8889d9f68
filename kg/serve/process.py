"""One worker process as the server sees it: its pipes, its store, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any

from kg.errors import GraphError
from kg.serve.frames import LENGTHS, read_head, start_frame
from kg.serve.limits import MIB, Limits
from kg.serve.snapshot import Snapshot

_START_TIMEOUT = 60.0
_SLOW_NICE = 10
_STREAM_LIMIT = 4 * MIB


class WorkerLostError(Exception):
    """The process ended before it had answered."""


class WorkerFullError(WorkerLostError):
    """It ended since it needed more memory than it may have."""


class Worker:
    """One process and its pipes."""

    def __init__(self, process: Process, snapshot: Snapshot) -> None:
        self._process = process
        self.snapshot = snapshot
        self.walled = False
        self.slowed = False
        self.timer: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, snapshot: Snapshot, limits: Limits) -> Worker:
        """A worker with the store open.

        Raises:
            GraphError: the store does not open.
        """
        mode = "write" if snapshot.writable else "read"
        command = (sys.executable, "-P", "-m", "kg.serve.worker", str(snapshot.path), mode, str(limits.max_memory))
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, limit=_STREAM_LIMIT, start_new_session=True
        )
        worker = cls(process, snapshot)
        try:
            async with asyncio.timeout(_START_TIMEOUT):
                head, _ = await worker._read()
        except (WorkerLostError, TimeoutError):
            await worker.stop()
            raise GraphError("a worker process did not start", "see the messages above") from None
        except asyncio.CancelledError:
            process.kill()
            raise
        if not head.get("ready"):
            await worker.stop()
            raise GraphError(f"the store does not open: {head.get('error')}", "build it again with kg build")
        worker.walled = bool(head.get("walled"))
        return worker

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The head and body of the answer to a job.

        Raises:
            WorkerLostError: the process died; WorkerFullError, its child: for want of memory.
        """
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101  # for the type checker
        try:
            stdin.write(start_frame(job))
            await stdin.drain()
            return await self._read()
        except (ConnectionError, WorkerLostError):
            # Rust, C++ and our own code all abort where memory ends.
            raise (WorkerFullError if await self._process.wait() == -signal.SIGABRT else WorkerLostError) from None

    def slow_down(self) -> None:
        """Lets all others go first from now on. It cannot be undone: only root may ask for more than others again."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _SLOW_NICE)
                self.slowed = True

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  # for the type checker
        try:
            head, body = LENGTHS.unpack(await stdout.readexactly(LENGTHS.size))
            return read_head(await stdout.readexactly(head)), await stdout.readexactly(body)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerLostError from None

    async def stop(self) -> None:
        """Kills the process, waits for its end and closes the pipes."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101  # for the type checker
        assert stdout is not None  # noqa: S101
        stdin.close()
        while await stdout.read(_STREAM_LIMIT):
            pass
        await self._process.wait()
        with contextlib.suppress(ConnectionError):
            await stdin.wait_closed()
