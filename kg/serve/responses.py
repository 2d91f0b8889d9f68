"""Reads what handlers need of a request, and writes responses: answers, and why there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.limits import Refusal
from kg.serve.negotiate import PAGE, choose_form, media_type
from kg.serve.pages import write_error_page

_PIECE = 1 << 17
_ERRORS = {"text": ("text/plain",), "problem": ("application/problem+json", "application/json", "text/json"), **PAGE}
_HOST = re.compile(r"[A-Za-z0-9.-]{1,255}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")


def read_accept(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


def read_form(request: Request) -> str:
    return request.query_params.get("format", "")


def read_site(request: Request) -> str:
    """The URL of the server as its client names it.

    Raises:
        Refusal: the Host header names no host.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise Refusal(400, "the Host header names no host")
    return f"{request.url.scheme}://{host}/"


class SteadyResponse(Response):
    """A response that is sent piece by piece, as fast as its client reads, and no faster."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        body = memoryview(self.body)
        for at in range(0, max(1, len(body)), _PIECE):
            piece = bytes(body[at : at + _PIECE])
            await send({"type": "http.response.body", "body": piece, "more_body": at + _PIECE < len(body)})


def respond(data: bytes, media: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    sent = {"Content-Type": media, "Vary": "Accept", "Cache-Control": "no-cache", **(headers or {})}
    if status == 204:
        del sent["Content-Type"]
    return SteadyResponse(data, status, headers=sent)


def refuse(request: Request, refusal: Refusal) -> Response:
    """Why there is no answer, as the client can read it: text, problem details (RFC 9457) or a page."""
    try:
        form = choose_form(read_accept(request), _ERRORS)
    except Refusal:
        form = "problem" if "json" in read_accept(request) else "text"
    if form == "problem":
        told = {"title": refusal.message, "status": refusal.status, "detail": refusal.message, "hint": refusal.hint}
        data, media = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), "application/problem+json"
    elif form == "html":
        page = write_error_page(refusal.status, refusal.message, refusal.hint)
        data, media = page.encode("utf-8", "replace"), media_type("html")
    else:
        lines = [refusal.message, *([f"hint: {refusal.hint}"] if refusal.hint else [])]
        data, media = ("\n".join(lines) + "\n").encode("utf-8", "replace"), "text/plain; charset=utf-8"
    return respond(data, media, {"Cache-Control": "no-store", **refusal.headers}, refusal.status)
