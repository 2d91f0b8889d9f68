"""What the handlers share: the workers, the limits, and how a request becomes the answer of a worker."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg import __version__
from kg.graph.store import Manifest
from kg.serve.limits import Limits, Refusal
from kg.serve.pool import Answer, Pool
from kg.serve.responses import respond

_BODY_TIMEOUT = 20.0
#: As many answers of the greatest size may wait in memory for clients that read slowly.
_MOST_SENDING = 8


@dataclass(slots=True)
class Service:
    """What the handlers share."""

    pool: Pool
    limits: Limits
    walled: bool = False
    sending: int = 0  # bytes of answers that clients have not read yet
    explorer: tuple[str, bytes] = ("", b"")  # its page, and the tag of the store that it shows

    @property
    def manifest(self) -> Manifest:
        return self.pool.source.current().manifest

    @property
    def writable(self) -> bool:
        return self.pool.source.current().writable


async def answer_job(service: Service, request: Request, job: dict[str, Any]) -> Response:
    """Has a worker do a job. A lasting answer gets a tag, and a client that has it already gets 304."""
    tag = service.pool.source.current().tag
    if tag and _etag(tag, job) in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": _etag(tag, job), "Vary": "Accept"})
    answer = await ask_worker(service, request, job)
    headers = {"Server-Timing": answer.timing, **({"ETag": _etag(answer.tag, job)} if answer.tag else {})}
    return respond(answer.body, answer.media, headers, answer.status)


async def ask_worker(service: Service, request: Request, job: dict[str, Any]) -> Answer:
    """The answer of a worker to a job, under the limits of the service.

    Raises:
        Refusal: as :meth:`Pool.ask`, or too much of what was answered before still waits to be read.
    """
    limits = service.limits
    _refuse_backlog(service, 0)
    full = {**job, "max_rows": limits.max_rows, "max_bytes": limits.max_bytes, "union": True}
    answer = await service.pool.ask(full, _wait_until_gone(request))
    _refuse_backlog(service, len(answer.body))
    return answer


def _refuse_backlog(service: Service, size: int) -> None:
    if service.sending + size > _MOST_SENDING * service.limits.max_bytes:
        raise Refusal(503, "too many answers are being read slowly", "try again in a moment", {"Retry-After": "5"})


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def read_body(request: Request, limit: int) -> bytes:
    parts, size = [], 0
    try:
        async with asyncio.timeout(_BODY_TIMEOUT):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise Refusal(413, f"the request has more than {limit:,} bytes")
                parts.append(part)
    except TimeoutError:
        raise Refusal(408, "the body of the request did not come in time") from None
    return b"".join(parts)


def _etag(tag: str, job: dict[str, Any]) -> str:
    text = json.dumps([__version__, job], sort_keys=True)
    return f'W/"{tag}-{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]}"'
