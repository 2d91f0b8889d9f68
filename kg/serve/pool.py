"""Worker processes: each answers one request at a time, and is killed when that passes a limit or its client goes away."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.errors import GraphError
from kg.serve.limits import MIB, Limits, Refusal
from kg.serve.process import Worker, WorkerFullError, WorkerLostError
from kg.serve.snapshot import Snapshot

#: The status of a request whose client has left; nobody sees it.
CLIENT_GONE = 499

#: A query that runs longer than this many seconds gives way to those that have just come, if there are any.
_SLOW_AFTER = 0.5


class Source(Protocol):
    """Says which store is the current one."""

    def current(self) -> Snapshot: ...

    def release(self, snapshot: Snapshot) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker gave: the status of HTTP, the media type, the bytes, and the tag of the store that was asked.

    The tag is empty where asking again may give another answer.
    """

    status: int
    media: str
    body: bytes
    tag: str
    timing: str  # as a Server-Timing header: milliseconds that it waited for a worker, and that the worker took


@dataclass(slots=True)
class Counters:
    """What has happened since the start."""

    answered: int = 0
    refused: int = 0
    timed_out: int = 0
    out_of_memory: int = 0
    abandoned: int = 0  # by their clients
    crashed: int = 0
    busy: int = 0


@dataclass(slots=True)
class Pool:
    """Up to ``limits.workers`` workers, started as they are needed and replaced when the store is.

    A sandbox has one worker, since one process at a time may write.
    """

    source: Source
    limits: Limits
    counters: Counters = field(default_factory=Counters)
    _idle: list[Worker] = field(default_factory=list)
    _all: set[Worker] = field(default_factory=set)
    _starting: int = 0
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _closed: bool = False

    @property
    def size(self) -> int:
        return 1 if self.source.current().writable else self.limits.workers

    @property
    def busy(self) -> int:
        """Workers that have a job."""
        return len(self._all) - len(self._idle)

    @property
    def waiting(self) -> int:
        """Requests that wait for a worker."""
        return len(self._waiting)

    @property
    def pids(self) -> list[int]:
        return sorted(worker.pid for worker in self._all)

    async def open(self) -> bool:
        """Starts a first worker and returns whether it is walled off from the network.

        Raises:
            GraphError: the store does not open.
        """
        worker = await self._start()
        walled = worker.walled
        self._release(worker)
        return walled

    async def close(self) -> None:
        """Kills all workers."""
        self._closed = True
        stops = [worker.stop() for worker in list(self._all)]
        await asyncio.gather(*stops, *self._tasks, return_exceptions=True)
        self._all.clear()
        self._idle.clear()

    async def ask(self, job: dict[str, Any], gone: Awaitable[None] | None = None) -> Answer:
        """The answer to a job. When ``gone`` is done before, the client has left and the work stops.

        Raises:
            Refusal: the worker's, or: too many requests wait, the time is over, the memory was too little.
            asyncio.CancelledError: the client has gone.
        """
        work = asyncio.ensure_future(self._ask(job))
        leaving = asyncio.ensure_future(gone) if gone is not None else None
        try:
            await asyncio.wait({work, leaving} if leaving else {work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self.counters.abandoned += 1
                raise Refusal(CLIENT_GONE, "the client has gone")
            return work.result()
        finally:
            for task in (work, leaving):
                if task is not None and not task.done():
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task

    async def _ask(self, job: dict[str, Any]) -> Answer:
        clock = asyncio.get_running_loop().time
        asked = clock()
        worker = await self._take()
        taken = clock()
        head, body = await self._run(worker, job, asked, taken)
        if "error" in head:
            self.counters.refused += 1
            raise Refusal(head["status"], head["error"], head.get("hint", ""))
        self.counters.answered += 1
        tag = worker.snapshot.tag if head["lasting"] else ""
        return Answer(head["status"], head["media"], body, tag, _format_timing(asked, taken, clock()))

    async def _run(self, worker: Worker, job: dict[str, Any], asked: float, taken: float) -> tuple[dict[str, Any], bytes]:
        """What a worker answers, which is free again after it, or dead where it took too much.

        Raises:
            Refusal: it took too much time or memory (503).
        """
        usable = False
        loop = asyncio.get_running_loop()
        worker.timer = loop.call_later(_SLOW_AFTER, self._slow_down, worker)
        try:
            async with asyncio.timeout(self.limits.timeout):
                head, body = await worker.ask(job)
            usable = not head["spent"]
        except TimeoutError:
            self.counters.timed_out += 1
            reason = f"stopped after {self.limits.timeout:g} seconds"
            raise _stopped(reason, "--timeout", _format_timing(asked, taken, loop.time())) from None
        except WorkerFullError:
            self.counters.out_of_memory += 1
            reason = f"stopped: it needs more than {self.limits.max_memory // MIB:,} MiB of memory"
            raise _stopped(reason, "--max-memory", _format_timing(asked, taken, loop.time())) from None
        except WorkerLostError:
            self.counters.crashed += 1
            hint = "it takes too much memory, or is nested too deeply"
            raise Refusal(503, "stopped: it broke the process that answered it", hint) from None
        finally:
            worker.timer.cancel()
            if usable and not worker.slowed:
                self._release(worker)
            else:
                self._discard(worker)
        return head, body

    def _slow_down(self, worker: Worker) -> None:
        if self.busy > 1:
            worker.slow_down()
        else:
            worker.timer = asyncio.get_running_loop().call_later(_SLOW_AFTER, self._slow_down, worker)

    # -------------------------------------------------------------------------------------------------- taking and giving

    async def _take(self) -> Worker:
        """A worker on the current store. Requests are served in the order in which they came.

        Raises:
            Refusal: too many wait already, or it took too long (503).
        """
        if len(self._waiting) >= self.limits.queue:
            self.counters.busy += 1
            raise Refusal(503, "too many requests wait", "try again in a moment", {"Retry-After": "2"})
        try:
            async with asyncio.timeout(self.limits.max_wait):
                while True:
                    if worker := self._take_idle():
                        return worker
                    if len(self._all) + self._starting < self.size:
                        return await self._start()
                    await self._wait_turn()
        except TimeoutError:
            self.counters.busy += 1
            raise Refusal(503, "no worker became free in time", "try again later", {"Retry-After": "10"}) from None
        except GraphError as error:
            raise Refusal(503, error.message, error.hint, {"Retry-After": "10"}) from None

    def _take_idle(self) -> Worker | None:
        tag = self.source.current().tag
        while self._idle:
            worker = self._idle.pop()
            if worker.alive and worker.snapshot.tag == tag:
                return worker
            self._discard(worker)
        return None

    async def _wait_turn(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._wake_next()  # the turn was given and not taken
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(turn)

    def _wake_next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    async def _start(self) -> Worker:
        """A new worker. A build may remove the store between our reading its name and the opening: then once more."""
        self._starting += 1
        try:
            for _ in range(5):
                snapshot = self.source.current()
                if snapshot.writable:  # which only one process may hold
                    await asyncio.gather(*self._tasks)
                try:
                    worker = await Worker.start(snapshot, self.limits)
                except GraphError:
                    if self.source.current().tag == snapshot.tag:
                        raise
                else:
                    self._all.add(worker)
                    return worker
            raise GraphError("the graph is built again and again while it is opened", "wait until the build has ended")
        finally:
            self._starting -= 1

    def _release(self, worker: Worker) -> None:
        if self._closed or worker.snapshot.tag != self.source.current().tag:
            self._discard(worker)
            return
        self._idle.append(worker)
        self._wake_next()

    def _discard(self, worker: Worker) -> None:
        """Kills a worker now; those who wait may start another."""
        self._all.discard(worker)
        task = asyncio.ensure_future(self._stop(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._wake_next()

    async def _stop(self, worker: Worker) -> None:
        """Kills a worker, and gives its store back where it was the last that had it open."""
        await worker.stop()
        if not any(other.snapshot == worker.snapshot for other in self._all):
            self.source.release(worker.snapshot)


def _stopped(reason: str, option: str, timing: str) -> Refusal:
    hint = f"make it more specific, or add LIMIT; kg serve {option} changes the limit"
    return Refusal(503, f"{reason}, the limit for a query", hint, {"Server-Timing": timing})


def _format_timing(asked: float, taken: float, done: float) -> str:
    return f"wait;dur={(taken - asked) * 1000:.1f}, work;dur={(done - taken) * 1000:.1f}"
