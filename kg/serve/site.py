"""The routes for people, and those that tell of the server itself."""

from __future__ import annotations

import json
from importlib.util import find_spec

from starlette.requests import Request
from starlette.responses import Response

from kg import __version__
from kg.query import named_queries
from kg.resources import package_file
from kg.serve.headers import EXPLORER_POLICY
from kg.serve.limits import Refusal
from kg.serve.negotiate import media_type
from kg.serve.openapi import describe_api
from kg.serve.pages import write_editor_page, write_front_page
from kg.serve.responses import read_site, respond
from kg.serve.service import Service, ask_worker

_ASSETS = {"editor.js": "text/javascript", "editor.css": "text/css", "style.css": "text/css"}


async def show_front(service: Service, request: Request) -> Response:
    """The front page."""
    page = write_front_page(service.manifest, named_queries(), read_site(request))
    return respond(page.encode(), media_type("html"))


async def show_editor(service: Service, request: Request) -> Response:
    """The SPARQL editor."""
    return respond(write_editor_page().encode(), media_type("html"))


async def show_explorer(service: Service, request: Request) -> Response:
    """The explorer, made once a build; it brings its own policy, which forbids all requests."""
    if find_spec("kg.explore") is None:
        raise Refusal(404, "this installation has no explorer")
    tag = service.pool.source.current().tag
    if not tag or service.explorer[0] != tag:
        answer = await ask_worker(service, request, {"job": "explore"})
        service.explorer = (answer.tag, answer.body)
    return respond(service.explorer[1], media_type("html"), {"Content-Security-Policy": EXPLORER_POLICY})


async def send_asset(service: Service, request: Request) -> Response:
    """A file of the pages."""
    name = request.path_params["name"]
    path = package_file("serve", "bundle", name)
    if name not in _ASSETS or not path.is_file():
        raise Refusal(404, "no such file")
    return respond(path.read_bytes(), _ASSETS[name] + "; charset=utf-8", {"Cache-Control": "max-age=3600"})


async def tell_health(service: Service, request: Request) -> Response:
    """What the server serves and how it fares."""
    pool, manifest = service.pool, service.manifest
    counters = {name: getattr(pool.counters, name) for name in pool.counters.__slots__}
    told = {
        "status": "ok",
        "version": __version__,
        "build": manifest.build,
        "quads": manifest.counts.get("quads", 0),
        "writable": service.writable,
        "walled": service.walled,
        "workers": {"most": pool.size, "busy": pool.busy, "waiting": pool.waiting},
        "requests": counters,
    }
    return respond(json.dumps(told).encode(), "application/json", {"Cache-Control": "no-store"})


async def tell_api(service: Service, request: Request) -> Response:
    """The OpenAPI document."""
    return respond(json.dumps(describe_api(named_queries(), read_site(request))).encode(), "application/json")


async def list_questions(service: Service, request: Request) -> Response:
    """The named questions: title, what they answer, parameters, text."""
    listed = [
        {
            "name": query.name,
            "title": query.title,
            "about": query.about,
            "params": [{"name": p.name, "type": p.type, "default": p.default, "about": p.about} for p in query.params],
            "query": query.text,
        }
        for query in named_queries().values()
    ]
    return respond(json.dumps(listed, ensure_ascii=False).encode(), "application/json")
