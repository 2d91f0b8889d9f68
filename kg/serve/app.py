"""The application: its routes, and how a handler's Refusal becomes a response."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KgError
from kg.serve import data, site
from kg.serve.headers import SecureHeaders
from kg.serve.limits import Refusal
from kg.serve.responses import refuse
from kg.serve.service import Service


def make_app(service: Service, *, origins: list[str] | None = None) -> Starlette:
    """The ASGI application. ``origins`` are the sites whose pages may read answers; ``*`` stands for all."""
    routes = [
        Route("/", _Handler(service, site.show_front)),
        Route("/sparql", _Handler(service, data.answer_sparql), methods=["GET", "POST"]),
        Route("/store", _Handler(service, data.answer_store), methods=["GET"]),
        Route("/store/{path:path}", _Handler(service, data.answer_store), methods=["GET"]),
        Route("/dataset", _Handler(service, data.show_dataset)),
        Route("/.well-known/void", _Handler(service, data.redirect_void)),
        Route("/ontology", _Handler(service, data.show_ontology)),
        Route("/id/{path:path}", _Handler(service, data.show_node)),
        Route("/find", _Handler(service, data.find_name)),
        Route("/editor", _Handler(service, site.show_editor)),
        Route("/explore", _Handler(service, site.show_explorer)),
        Route("/assets/{name}", _Handler(service, site.send_asset)),
        Route("/health", _Handler(service, site.tell_health)),
        Route("/openapi.json", _Handler(service, site.tell_api)),
        Route("/api/questions", _Handler(service, site.list_questions)),
        Route("/api/questions/{name}", _Handler(service, data.answer_question)),
    ]
    middleware = [Middleware(SecureHeaders)]
    if origins:
        exposed = ["ETag", "Retry-After"]
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=origins,
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
                expose_headers=exposed,
                max_age=3600,
            )
        )
    handlers: Mapping[Any, Any] = {HTTPException: _answer_http_error, Exception: _answer_failure}
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)
    app.router.redirect_slashes = False  # it would send people to whatever the Host header says
    return app


#: Seconds that a client may take to read an answer.
_SEND_TIMEOUT = 600.0


class _Handler:
    """An ASGI application from a handler and the service; a Refusal becomes a response."""

    def __init__(self, service: Service, handle: Any) -> None:
        self._service = service
        self._handle = handle

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive, send)
        try:
            response = await self._handle(self._service, request)
        except Refusal as refusal:
            response = refuse(request, refusal)
        except KgError as error:
            response = refuse(request, Refusal(400, error.message, error.hint))
        size = len(response.body)
        self._service.sending += size
        try:
            async with asyncio.timeout(_SEND_TIMEOUT):
                await response(scope, receive, send)
        except TimeoutError:
            raise ConnectionError("the client did not read its answer in time") from None
        finally:
            self._service.sending -= size


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # for the type checker
    return refuse(request, Refusal(error.status_code, error.detail, "", dict(error.headers or {})))


async def _answer_failure(request: Request, error: Exception) -> Response:
    return refuse(request, Refusal(500, "the server failed to answer", "its log says why"))
