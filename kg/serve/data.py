"""The routes for programs: SPARQL, graphs, questions, nodes, the data set."""

from __future__ import annotations

import json
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.graph.vocab import ID
from kg.query import named_queries
from kg.resources import ontology_dir
from kg.serve.describe import describe_dataset, describe_service
from kg.serve.limits import Refusal
from kg.serve.negotiate import GRAPHS, PAGE, choose_form, media_type
from kg.serve.pages import write_editor_page, write_found_page
from kg.serve.protocol import read_operation
from kg.serve.responses import read_accept, read_form, read_site, respond
from kg.serve.service import Service, answer_job, ask_worker, read_body


async def answer_sparql(service: Service, request: Request) -> Response:
    """SPARQL 1.1 Protocol; without an operation, the service description, or for a browser the editor."""
    body = await read_body(request, service.limits.max_request) if request.method == "POST" else b""
    content_type = request.headers.get("content-type", "")
    operation = read_operation(request.method, request.url.query, content_type, body)
    accept = read_accept(request)
    if operation is None:
        if choose_form(accept, {**GRAPHS, **PAGE}) == "html":
            return respond(write_editor_page().encode(), media_type("html"))
        data, media = describe_service(service.manifest, read_site(request), accept, writable=service.writable)
        return respond(data, media)
    if operation.updates:
        _refuse_update(service, request)
    job = operation.job(accept, str(request.url.replace(query="", fragment="")))
    return await answer_job(service, request, job)


def _refuse_update(service: Service, request: Request) -> None:
    if not service.writable:
        hint = "a graph changes through its sources: kg build; to try updates on a copy: kg serve --sandbox"
        raise Refusal(403, "updates are refused: this server is read-only", hint)
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
        raise Refusal(403, "updates from the pages of another site are refused")


async def answer_store(service: Service, request: Request) -> Response:
    """SPARQL 1.1 Graph Store HTTP Protocol, for reading; a longer path is itself the name of a graph."""
    query = request.query_params
    graphs = query.getlist("graph")
    if "path" in request.path_params:
        graphs.append(str(request.url.replace(query="", fragment="")))
    if len(graphs) + ("default" in query) != 1:
        raise Refusal(400, "name one graph", "/store?graph=<IRI> or /store?default")
    job = {"job": "graph", "graph": graphs[0] if graphs else None, "accept": read_accept(request), "form": read_form(request)}
    return await answer_job(service, request, job)


async def answer_question(service: Service, request: Request) -> Response:
    """A named question with its parameters from the query string."""
    name = request.path_params["name"]
    if name not in named_queries():
        raise Refusal(404, f"no question is called {name!r}", "/api/questions lists them")
    params = {key: request.query_params.getlist(key) for key in request.query_params if key != "format"}
    job = {"job": "named", "name": name, "params": params, "accept": read_accept(request), "form": read_form(request)}
    return await answer_job(service, request, job)


async def show_node(service: Service, request: Request) -> Response:
    """An entity, a claim, a sentence: a page or its triples, at the path of its IRI."""
    raw = request.scope.get("raw_path", b"").split(b"?")[0].decode("ascii", "replace").removeprefix("/id/")
    job = {"job": "node", "iris": list(dict.fromkeys([ID + raw, ID + unquote(raw)])), "accept": read_accept(request)}
    return await answer_job(service, request, {**job, "form": read_form(request)})


async def find_name(service: Service, request: Request) -> Response:
    """The entities that a name can mean, as JSON or a page; a browser goes on to the one if there is only one."""
    name = request.query_params.get("name", "").strip()
    html = choose_form(read_accept(request), {"json": ("application/json",), **PAGE}) == "html"
    answer = await ask_worker(service, request, {"job": "find", "name": name[:500]})
    if not html:
        return respond(answer.body, answer.media)
    found = json.loads(answer.body)
    if len(found) == 1:
        return RedirectResponse(found[0]["path"], 303)
    return respond(write_found_page(name, found).encode(), media_type("html"))


async def show_dataset(service: Service, request: Request) -> Response:
    """VoID and DCAT."""
    data, media = describe_dataset(service.manifest, read_site(request), read_accept(request))
    return respond(data, media)


async def redirect_void(service: Service, request: Request) -> Response:
    """Where VoID is looked for (W3C Interest Group Note on VoID, section 7.2)."""
    return RedirectResponse("/dataset", 302)


async def show_ontology(service: Service, request: Request) -> Response:
    """The ontology of the graph."""
    choose_form(read_accept(request), {"turtle": (*GRAPHS["turtle"], "text/html")})
    return respond((ontology_dir() / "claimgraph.ttl").read_bytes(), media_type("turtle"))
