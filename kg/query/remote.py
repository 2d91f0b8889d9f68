"""Other SPARQL 1.1 servers over HTTP: their answers in our form, and the requests that :mod:`kg.push` makes.

Requests are repeated where the connection broke or the server was busy: all that is sent here may be sent twice. A redirection
is not followed: credentials would go with it, and a changed method would read where it should write.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from kg.errors import KgError, QueryError
from kg.graph.vocab import sparql_prologue

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.query.run import Answer

#: Seconds between tries.
PAUSES = (0.5, 1.0, 2.0, 4.0)
_BUSY = frozenset({429, 502, 503, 504})
#: The most that is read of an answer, and of an error, in bytes.
_LARGEST_ANSWER = 1 << 30
_SHOWN = 300
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class EndpointError(KgError):
    """A server that cannot be reached, refuses, or answers with something else. ``status`` is 0 where nothing came back."""

    def __init__(self, message: str, hint: str = "", status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a name and a password, or a token. ``digest`` for servers that want the password hashed (Virtuoso)."""

    user: str = ""
    password: str = ""
    token: str = ""
    digest: bool = False


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


class Server:
    """A way to send requests to one server."""

    def __init__(self, login: Login | None = None, timeout: float = 60.0) -> None:
        login = login or Login()
        self._timeout = timeout
        self._headers = {"User-Agent": "claimgraph"}
        self._opener = urllib.request.build_opener(_StayHere())
        self._login = login
        self._challenge: dict[str, str] = {}  # what a server wants hashed with the password, from its last refusal
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._hasher = urllib.request.HTTPDigestAuthHandler(self._passwords)
        if login.token:
            self._headers["Authorization"] = f"Bearer {login.token}"
        elif login.user and not login.digest:
            pair = b64encode(f"{login.user}:{login.password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {pair}"

    def send(self, method: str, url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        """The body of the answer to one request, which is repeated while the server cannot be reached or is busy.

        Raises:
            EndpointError: it stays so, or the server refuses; or ``url`` is none.
        """
        check_url(url)
        pauses, challenged = iter(PAUSES), False
        while True:
            request = urllib.request.Request(url, data, {**self._headers, **(headers or {})}, method=method)  # noqa: S310  # checked
            self._hash_password(request)
            try:
                with self._opener.open(request, timeout=self._timeout) as answer:
                    return self._read(answer, url)
            except urllib.error.HTTPError as error:
                with error:
                    problem = _explain(error, url)
                if error.code == 401 and not challenged and self._take_challenge(error, url):
                    challenged = True
                    continue
                if error.code not in _BUSY:
                    raise problem from None
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", None) or error
                hint = "is the server running, and the URL right? what was sent is there: the same command goes on"
                problem = EndpointError(f"no answer from {url}: {reason}", hint)
            pause = next(pauses, None)
            if pause is None:
                raise problem
            time.sleep(pause)

    def _hash_password(self, request: urllib.request.Request) -> None:
        """Puts the answer to the server's challenge into ``request``, where there was one."""
        proof = self._hasher.get_authorization(request, self._challenge) if self._challenge else None
        if proof:
            request.add_header("Authorization", f"Digest {proof}")

    def _take_challenge(self, refusal: urllib.error.HTTPError, url: str) -> bool:
        """Whether the server wants a hashed password, and we have one."""
        scheme, _, fields = refusal.headers.get("WWW-Authenticate", "").partition(" ")
        if not self._login.digest or not self._login.user or scheme.lower() != "digest":
            return False
        self._challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(fields))
        parts = urlsplit(url)
        self._passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", self._login.user, self._login.password)
        return True

    def _read(self, answer: Any, url: str) -> bytes:
        if answer.headers.get("X-SQL-State", "") == "S1TAT":  # Virtuoso: it stopped early, and says 200
            raise EndpointError(f"{url} stopped the query at its time limit", "ask for less, or raise the server's limit")
        data: bytes = answer.read(_LARGEST_ANSWER + 1)
        if len(data) > _LARGEST_ANSWER:
            raise EndpointError(f"the answer of {url} is larger than 1 GiB", "add a LIMIT")
        return data


def ask_endpoint(server: Server, url: str, text: str) -> Answer:
    """The answer of a SPARQL endpoint to a query, as Oxigraph would give it. Our prefixes need not be declared.

    Raises:
        EndpointError: the server cannot be reached, refuses the query, or answers with something else.
    """
    from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse_query_results

    accept = f"{_ROWS}, {_TRIPLES};q=0.9"
    body = urlencode({"query": declare_prefixes(text)}).encode()
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    data = server.send("POST", url, body, headers)
    try:
        if data.lstrip()[:1] == b"{":
            answer: Answer = parse_query_results(_clean_rows(data), format=QueryResultsFormat.JSON)
            return answer
        store = Store()
        store.bulk_load(data, format=RdfFormat.N_TRIPLES)
        triples: Answer = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
        return triples
    except (SyntaxError, ValueError) as error:
        shown = " ".join(data[:_SHOWN].decode("utf-8", "replace").split())
        raise EndpointError(f"{url} gave no SPARQL answer: {shown or error}", "is this the URL for queries?") from None


def run_endpoint(
    server: Server, url: str, text: str, name: str = "", params: Mapping[str, str] | None = None, store: Store | None = None
) -> Answer:
    """The answer of a SPARQL endpoint to a question: the one called ``name``, or ``text``, with its parameters in their places.

    Args:
        store: a graph whose labels and aliases widen the names among the parameters; without one they are taken as they are.

    Raises:
        QueryError: as :func:`kg.query.run_query` and :func:`kg.query.bind_named`.
        EndpointError: as :func:`ask_endpoint`.
    """
    from pyoxigraph import Store

    from kg.query.questions import bind_named
    from kg.query.run import guess_term
    from kg.query.tokens import bind_values, read_tokens, refuse_unsafe

    if name:
        return ask_endpoint(server, url, bind_named(store if store is not None else Store(), name, params))
    tokens = read_tokens(text)
    refuse_unsafe(text, tokens)
    values = {key: [str(guess_term(value))] for key, value in (params or {}).items()}
    return ask_endpoint(server, url, bind_values(text, tokens, values))


def declare_prefixes(text: str) -> str:
    """``text`` with those of our prefixes that it uses and does not declare."""
    declared = {line.split()[1].lower() for line in text.splitlines() if line.strip().lower().startswith("prefix ")}
    lines = sparql_prologue().splitlines(keepends=True)
    return "".join(line for line in lines if line.split()[1] not in declared and line.split()[1] in text) + text


def check_url(url: str) -> None:
    """
    Raises:
        EndpointError: not an http URL, or one with a password in it.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known:
        raise EndpointError(f"not a URL of a server: {url}", "such as http://localhost:7878/query")
    if parts.username or parts.password:
        raise EndpointError("a URL with a password in it is shown and kept in too many places", "use --user and KG_PASSWORD")


def _explain(error: urllib.error.HTTPError, url: str) -> EndpointError:
    said = " ".join(error.read(4096).decode("utf-8", "replace").split())[:_SHOWN]
    message = f"{url} answers {error.code} {error.reason}" + (f": {said}" if said else "")
    hints = {
        401: "give --user and KG_PASSWORD, or KG_TOKEN; Virtuoso wants --digest",
        403: "this user may not do that on the server",
        404: "is the URL right?",
        405: "is this the right URL for that? see docs/scale.md for those of known servers",
    }
    place = error.headers.get("Location", "")
    hint = f"it sends us to {place}: give that URL, if you trust it" if place else hints.get(error.code, "")
    return EndpointError(message, hint, error.code)


def _clean_rows(data: bytes) -> bytes:
    """Rows without what some servers add to the standard's form (Comunica's metadata, Virtuoso's typed literals).

    Raises:
        ValueError: it is no JSON of rows.
    """
    found = json.loads(data)
    if not isinstance(found, dict) or "head" not in found:
        raise QueryError("not SPARQL results")
    if "boolean" in found:
        return json.dumps({"head": {}, "boolean": found["boolean"]}).encode()
    rows = found.get("results", {}).get("bindings", [])
    for row in rows:
        for term in row.values():
            if term.get("type") == "typed-literal":
                term["type"] = "literal"
    return json.dumps({"head": {"vars": found["head"].get("vars", [])}, "results": {"bindings": rows}}).encode()
