"""Sends the graph to a SPARQL 1.1 server, by the Graph Store Protocol or by updates, one named graph after another.

What was sent to a URL is noted in the graph folder, graph by graph, as a hash of its triples: the next push sends what differs,
and one that broke goes on where it stopped. At its end the server counts the triples of every graph; a graph whose count
differs is sent again, once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kg.errors import KgError
from kg.graph.store import open_store
from kg.query.remote import Server, ask_endpoint, check_url
from kg.text import digest

#: Called with what is being done, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]

#: Triples of one request: of the Graph Store Protocol, and of an update (Virtuoso fails at 5,000).
GSP_CHUNK, UPDATE_CHUNK = 100_000, 1_000
#: Graphs that one query counts.
_COUNTED_AT_ONCE = 100
#: How a server's address for queries follows from that for graphs or updates, by the end of the path.
_QUERY_PATHS = (
    ("/sparql-graph-crud-auth", "/sparql"),  # Virtuoso
    ("/sparql-graph-crud", "/sparql"),
    ("/rdf-graphs/service", ""),  # GraphDB, RDF4J
    ("/statements", ""),
    ("/store", "/query"),  # Oxigraph
    ("/data", "/query"),  # Fuseki
    ("/update", "/query"),
    ("/sparql", "/sparql"),
)


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, in named graphs and triples."""

    graphs: int  # that the graph has
    sent: int
    removed: int
    triples: int  # that were sent
    checked: int  # graphs whose count agrees


@dataclass(frozen=True, slots=True)
class Target:
    """Where a graph goes: ``method`` is "gsp" (the Graph Store Protocol) or "update"; ``query`` is where counts are asked."""

    url: str
    method: str = "gsp"
    query: str = ""


def push_graph(
    folder: Path, target: Target, server: Server, *, full: bool = False, check: bool = True, progress: Report | None = None
) -> PushReport:
    """Sends the named graphs of ``folder`` that differ from those of the last push to the same URL, or all where ``full``.

    Graphs that the last push sent and that are gone are removed from the server; no other graph of it is touched.

    Raises:
        KgError: there is no graph, the server cannot be reached or refuses, or its counts differ in the end.
    """
    check_url(target.url)
    query = target.query or (guess_query_url(target.url) if check else "")
    say = progress or (lambda what, done, total: None)
    store = open_store(folder)
    names = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    journal = _Journal(folder, target.url, full)
    local: dict[str, int] = {}  # triples of each graph
    sent, triples = _send_changed(store, names, journal, target, server, say, local)
    gone = sorted(journal.sent.keys() - set(names))
    for graph in gone:
        _remove(graph, target, server)
        journal.note(graph, None)
    if not check:
        return PushReport(len(names), sent, len(gone), triples, 0)
    wrong = _differing(local, names, query, server, say)
    for graph in wrong:  # another may have changed them there
        journal.note(graph, "")
        triples += _send(graph, _lines(store, graph), target, server)
    if still := _differing(local, list(wrong), query, server, say):
        shown = "".join(f"\n  {graph}: {count} triples there, {local[graph]} here" for graph, count in still.items())
        raise KgError(f"the server's counts of {len(still)} graphs differ:{shown}", "does it change what it is sent?")
    for graph in wrong:
        journal.note(graph, _hash(_lines(store, graph)))
    return PushReport(len(names), sent + len(wrong), len(gone), triples, len(names))


def guess_query_url(url: str) -> str:
    """The address for queries that goes with an address for graphs or updates, on the servers we know.

    >>> guess_query_url("http://localhost:7878/store")
    'http://localhost:7878/query'

    Raises:
        KgError: the address is of none of them.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for tail, instead in _QUERY_PATHS:
        if path.endswith(tail):
            return urlunsplit((parts.scheme, parts.netloc, path.removesuffix(tail) + instead, "", ""))
    raise KgError(f"where does {parts.netloc} answer queries?", "give --query URL, or --no-check to send without counting")


# ---------------------------------------------------------------------------------------------------------------- sending


def _send_changed(
    store: Store,
    names: Sequence[str],
    journal: _Journal,
    target: Target,
    server: Server,
    say: Report,
    local: dict[str, int],
) -> tuple[int, int]:
    sent = triples = 0
    for n, graph in enumerate(names):
        say("sending", n, len(names))
        lines = _lines(store, graph)
        content, local[graph] = _hash(lines), len(lines)
        if journal.sent.get(graph) != content:
            journal.note(graph, "")  # from here on it is neither the old nor the new
            triples += _send(graph, lines, target, server)
            journal.note(graph, content)
            sent += 1
    return sent, triples


def _send(graph: str, lines: Sequence[bytes], target: Target, server: Server) -> int:
    """Replaces one graph on the server; the number of its triples."""
    size = GSP_CHUNK if target.method == "gsp" else UPDATE_CHUNK
    for start in range(0, len(lines), size):
        chunk = b"\n".join(lines[start : start + size])
        if target.method == "gsp":
            url = _graph_url(target.url, graph)
            server.send("PUT" if start == 0 else "POST", url, chunk + b"\n", {"Content-Type": "application/n-triples"})
        else:
            clear = f"DROP SILENT GRAPH <{graph}> ;\n".encode() if start == 0 else b""
            _update(target, server, clear + f"INSERT DATA {{ GRAPH <{graph}> {{\n".encode() + chunk + b"\n} }")
    return len(lines)


def _remove(graph: str, target: Target, server: Server) -> None:
    if target.method == "update":
        _update(target, server, f"DROP SILENT GRAPH <{graph}>".encode())
        return
    try:
        server.send("DELETE", _graph_url(target.url, graph))
    except KgError as error:
        if getattr(error, "status", 0) != 404:  # gone there already
            raise


def _update(target: Target, server: Server, update: bytes) -> None:
    server.send(
        "POST", target.url, urlencode({"update": update}).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    )


def _graph_url(url: str, graph: str) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode({'graph': graph})}"


def _lines(store: Store, graph: str) -> list[bytes]:
    """The triples of a graph as sorted lines of N-Triples."""
    data = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""
    return sorted(line for line in data.split(b"\n") if line)


def _hash(lines: Sequence[bytes]) -> str:
    return sha256(b"\n".join(lines)).hexdigest()


# --------------------------------------------------------------------------------------------------------------- checking


def _differing(local: Mapping[str, int], graphs: Sequence[str], query: str, server: Server, say: Report) -> dict[str, int]:
    """Those of ``graphs`` of which the server counts another number of triples than ``local``, with its number."""
    wrong: dict[str, int] = {}
    for start in range(0, len(graphs), _COUNTED_AT_ONCE):
        say("checking", start, len(graphs))
        some = graphs[start : start + _COUNTED_AT_ONCE]
        there = dict(_ask_counts(some, query, server))
        wrong |= {graph: there.get(graph, 0) for graph in some if there.get(graph, 0) != local[graph]}
    return wrong


def _ask_counts(graphs: Sequence[str], query: str, server: Server) -> Iterator[tuple[str, int]]:
    values = " ".join(f"<{graph}>" for graph in graphs)
    text = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
    answer = ask_endpoint(server, query, text)
    if isinstance(answer, QuerySolutions):
        for row in answer:
            if row["g"] is not None:
                yield row["g"].value, int(row["n"].value)


# ---------------------------------------------------------------------------------------------------------------- journal


class _Journal:
    """Which graphs a URL has, each with the hash of what was sent: lines of JSON, the last of a graph counts."""

    def __init__(self, folder: Path, url: str, full: bool) -> None:
        self._path = folder / f"pushed-{digest(url)}.jsonl"
        self.sent: dict[str, str] = {}
        lines = self._path.read_text("utf-8").splitlines()[1:] if self._path.exists() else []
        for line in lines:
            try:
                graph, content = json.loads(line)
            except ValueError:
                continue  # half a line: what it would have said is sent again
            self._set(graph, "" if full and content else content)
        head = json.dumps({"url": url})
        self._path.write_text("\n".join([head, *(json.dumps(pair) for pair in self.sent.items())]) + "\n", "utf-8")

    def note(self, graph: str, content: str | None) -> None:
        """``content`` is None where the server no longer has the graph, and empty where what it has of it is not known."""
        self._set(graph, content)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([graph, content]) + "\n")

    def _set(self, graph: str, content: str | None) -> None:
        if content is None:
            self.sent.pop(graph, None)
        else:
            self.sent[graph] = content
