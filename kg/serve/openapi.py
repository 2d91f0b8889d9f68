"""The routes that answer JSON, described for programs that read OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import __version__
from kg.query import NamedQuery
from kg.serve.negotiate import ROWS

_TEXT = {"type": "string"}


def describe_api(questions: Mapping[str, NamedQuery], site: str) -> dict[str, Any]:
    """The OpenAPI document; every named question is a path of its own, with its parameters."""
    paths: dict[str, Any] = {
        "/health": {"get": _operation("health", "Whether the server answers, and what it serves", _object())},
        "/find": {"get": _operation("find", "The entities that a name can mean", _rows(), [_param("name", "a name", True)])},
        "/api/questions": {"get": _operation("questions", "The named questions", _rows())},
        "/sparql": {"get": _sparql([_param("query", "SPARQL SELECT, ASK, CONSTRUCT or DESCRIBE", True), *_graphs()])},
    }
    for name, query in questions.items():
        params = [_param(p.name, p.about or p.type, example=p.default) for p in query.params]
        summary = f"{query.title}. {query.about}".strip()
        paths[f"/api/questions/{name}"] = {"get": _operation(f"ask-{name}", summary, _results(), params, results=True)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "claimgraph", "version": __version__, "description": "Questions to a knowledge graph"},
        "servers": [{"url": site.rstrip("/")}],
        "paths": paths,
    }


def _operation(
    name: str, summary: str, schema: dict[str, Any], params: list[dict[str, Any]] | None = None, results: bool = False
) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if results:
        content = {ROWS["json"][0]: {"schema": schema}, "text/csv": {"schema": _TEXT}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": params or [],
        "responses": {"200": {"description": "the answer", "content": content}, "4XX": _problem(), "503": _problem()},
    }


def _sparql(params: list[dict[str, Any]]) -> dict[str, Any]:
    return _operation("sparql", "SPARQL 1.1 Protocol; /sparql alone describes the service", _results(), params, results=True)


def _param(name: str, about: str, required: bool = False, example: str = "") -> dict[str, Any]:
    extra = {"example": example} if example else {}
    return {"name": name, "in": "query", "required": required, "description": about, "schema": _TEXT, **extra}


def _graphs() -> list[dict[str, Any]]:
    schema = {"type": "array", "items": {"type": "string", "format": "iri"}}
    names = ("default-graph-uri", "named-graph-uri")
    return [{"name": name, "in": "query", "required": False, "schema": schema, "explode": True} for name in names]


def _object() -> dict[str, Any]:
    return {"type": "object"}


def _rows() -> dict[str, Any]:
    return {"type": "array", "items": _object()}


def _results() -> dict[str, Any]:
    """SPARQL 1.1 Query Results JSON."""
    cell = {"type": "object", "required": ["type", "value"], "properties": {"type": _TEXT, "value": _TEXT, "datatype": _TEXT}}
    bindings = {"type": "array", "items": {"type": "object", "additionalProperties": cell}}
    return {
        "type": "object",
        "required": ["head"],
        "properties": {"head": _object(), "results": {"type": "object", "properties": {"bindings": bindings}}},
    }


def _problem() -> dict[str, Any]:
    schema = {"type": "object", "properties": {"title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "hint": _TEXT}}
    return {"description": "why there is no answer (RFC 9457)", "content": {"application/problem+json": {"schema": schema}}}
