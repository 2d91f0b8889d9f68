"""What a request of the SPARQL 1.1 Protocol asks: pure functions from the parts of a request to a job for a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from kg.serve.limits import Refusal
from kg.serve.negotiate import GRAPHS, ROWS

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MAX_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, with the graphs that the protocol gives it."""

    text: str
    updates: bool = False
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    form: str = ""  # a form asked for by name, with format=

    def job(self, accept: str, base: str) -> dict[str, Any]:
        """The fields of the job for a worker."""
        kind = "update" if self.updates else "query"
        return {
            "job": kind,
            kind: self.text,
            "default": list(self.default_graphs),
            "named": list(self.named_graphs),
            "accept": accept,
            "form": self.form,
            "base": base,
        }


@dataclass(slots=True)
class _Fields:
    """The fields of a query string or a form, each a list."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, encoded: bytes | str) -> None:
        try:
            text = encoded.decode("ascii") if isinstance(encoded, bytes) else encoded
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
        except UnicodeDecodeError:
            raise Refusal(400, "the request is not UTF-8", "percent-encode its fields as UTF-8") from None
        except ValueError:
            raise Refusal(400, f"the request has more than {_MAX_FIELDS} fields") from None
        for name, value in pairs:
            self.values.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        found = self.values.get(name, [])
        if len(found) > 1:
            raise Refusal(400, f"the request has {len(found)} fields called {name}", "one operation a request")
        return found[0] if found else None


def read_operation(method: str, query_string: str, content_type: str, body: bytes) -> Operation | None:
    """The operation of a request to the SPARQL endpoint; none where a GET asks nothing and so gets the service description.

    Raises:
        Refusal: the request is not one of the protocol (400, 415), or asks for a change in a way that may not (405).
    """
    fields = _Fields()
    fields.add(query_string)
    media, charset = _read_content_type(content_type)
    if method == "POST" and charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"the body is in {charset[:40]}", "SPARQL is sent as UTF-8")
    if method == "POST" and media in (QUERY, UPDATE):
        name = "query" if media == QUERY else "update"
        for other in ("query", "update"):
            if other in fields.values:
                raise Refusal(400, f"{other}= in the URL beside an operation in the body", "one operation a request")
        fields.values[name] = [_decode(body)]
    elif method == "POST" and media == FORM:
        fields.add(body)
    elif method == "POST":
        given = f"the body is {media[:80]}" if media else "the body has no Content-Type"
        raise Refusal(415, given, f"send {FORM} or {QUERY}")
    return _operation_of(fields, method)


def _operation_of(fields: _Fields, method: str) -> Operation | None:
    query, update = fields.one("query"), fields.one("update")
    if query is not None and update is not None:
        raise Refusal(400, "a query and an update in one request", "one operation a request")
    if update is not None:
        if method != "POST":
            raise Refusal(400, "an update must be sent by POST", f"as {UPDATE}, or update= in a form")
        default, named = (fields.values.get(name, []) for name in ("using-graph-uri", "using-named-graph-uri"))
        return Operation(update, True, default, named)
    if query is None:
        if method == "POST":
            raise Refusal(400, "the request has no query", "send query=... in a form, or the query itself as " + QUERY)
        return None
    default, named = (fields.values.get(name, []) for name in ("default-graph-uri", "named-graph-uri"))
    form = fields.one("format") or ""
    return Operation(query, False, default, named, form if form in {**ROWS, **GRAPHS} else "")


def _read_content_type(header: str) -> tuple[str, str]:
    media, *params = (part.strip() for part in header.split(";"))
    pairs = (param.partition("=") for param in params)
    charset = next((value.strip('"').casefold() for name, _, value in pairs if name.casefold() == "charset"), "")
    return media.casefold(), charset


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the body is not UTF-8: byte {error.start}", "SPARQL is sent as UTF-8") from None
