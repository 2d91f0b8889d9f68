"""What a worker does with an open store: each job takes the fields of a request and gives an answer or a Refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError, KgError, NotFoundError, QueryError
from kg.graph.vocab import ID, PREFIXES
from kg.query import Scope, find_entities, plan_named, run_query
from kg.query.output import BoundedOutput, TooLargeError
from kg.query.run import explain_error
from kg.query.tokens import Token, is_volatile, read_tokens, refuse_calls
from kg.serve.limits import Refusal
from kg.serve.negotiate import GRAPHS, PAGE, ROWS, choose_form, media_type

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store, Triple

    from kg.query.run import Answer

Fields = dict[str, Any]

#: Triples that point at a node, in what is told of it: a technique may be named in ten thousand places.
MAX_INCOMING = 1000
#: What ends a row, at least, in each form; a text may hold it as well, so that its number is a bound and no count.
_ROW_END = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a request."""

    body: bytes
    media: str
    status: int = 200
    lasting: bool = True  # whether the same store will answer the same again


class _Rows(BoundedOutput):
    """An output that counts what ends a row."""

    def __init__(self, max_bytes: int, row_end: bytes) -> None:
        super().__init__(max_bytes)
        self.rows = 0
        self._row_end = row_end
        self._tail = b""

    def write(self, data: bytes) -> int:
        seam = self._tail + bytes(data)
        self.rows += seam.count(self._row_end)
        self._tail = seam[-(len(self._row_end) - 1) :] if len(self._row_end) > 1 else b""
        return super().write(data)


def answer_query(store: Store, job: Fields) -> Reply:
    """The answer to a SPARQL query in the form that its ``accept`` wants."""
    reply = _write_answer(store, job, job["query"], _scope_of(job))
    return replace(reply, lasting=not is_volatile(job["query"]))


def answer_named(store: Store, job: Fields) -> Reply:
    """The answer to a question that has a name, with its parameters."""
    return _write_answer(store, job, plan_named(store, job["name"], job["params"]), Scope())


def apply_update(store: Store, job: Fields) -> Reply:
    """Carries a SPARQL UPDATE out, on a sandbox."""
    from pyoxigraph import NamedNode

    text = job["update"]
    tokens = read_tokens(text)
    refuse_calls(text, tokens, ("service", "load"))
    using = [("USING", iri) for iri in job["default"]] + [("USING NAMED", iri) for iri in job["named"]]
    if using:
        words = {token.text.casefold() for token in tokens if token.kind == "word"}
        if words & {"using", "with"}:
            raise Refusal(400, "using-graph-uri beside USING or WITH in the update", "give one of them")
        clause = "".join(f" {word} {NamedNode(iri)} " for word, iri in using)
        for start in reversed(_places_of_where(tokens)):
            text = text[:start] + clause + text[start:]
    try:
        store.update(text, base_iri=job["base"], prefixes=PREFIXES)
    except SyntaxError as error:
        raise explain_error(str(error), text) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the update failed: {error}") from None
    return Reply(b"", "text/plain; charset=utf-8", 204, lasting=False)


def read_graph(store: Store, job: Fields) -> Reply:
    """A graph by its name, or with none the default graph, which is the union of all."""
    from pyoxigraph import NamedNode

    name = job["graph"]
    form = choose_form(job["accept"], GRAPHS, job.get("form", ""))
    try:
        graph = None if name is None else NamedNode(name)
    except ValueError:
        raise Refusal(400, "the name of the graph is not an IRI", "graph=<absolute IRI>, percent-encoded") from None
    if graph is not None and not store.contains_named_graph(graph):
        raise Refusal(404, f"no graph is called {name[:300]}", "SELECT DISTINCT ?g { GRAPH ?g { } } names them all")
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    return _write_triples(triples, form, job)


def describe_node(store: Store, job: Fields) -> Reply:
    """What the graph says of a node: as a page, or the triples that it stands in."""
    form = choose_form(job["accept"], {**GRAPHS, **PAGE}, job.get("form", ""))
    iri, triples = next(((iri, found) for iri in job["iris"] if (found := _triples_of(store, iri))), ("", []))
    if not triples:
        raise Refusal(404, f"the graph knows nothing called {job['iris'][-1][:300]}", "find its name with /find?name=")
    if form != "html":
        return _write_triples(triples, form, job)
    from kg.serve.pages import write_node_page

    return Reply(write_node_page(store, iri, triples).encode(), media_type("html"))


def find_names(store: Store, job: Fields) -> Reply:
    """The entities that a name can mean, as JSON rows of iri, label and kind."""
    import json

    found = [{"iri": e.iri, "path": "/id/" + e.iri.removeprefix(ID), "label": e.label, "kind": e.kind}
             for e in find_entities(store, job["name"])]  # fmt: skip
    return Reply(json.dumps(found, ensure_ascii=False).encode(), "application/json")


def draw_explorer(store: Store, job: Fields) -> Reply:
    """The explorer of the graph, as one page."""
    from kg.explore import make_page

    return Reply(make_page(store).encode(), media_type("html"))


JOBS: dict[str, Callable[[Any, Fields], Reply]] = {
    "query": answer_query,
    "named": answer_named,
    "update": apply_update,
    "graph": read_graph,
    "node": describe_node,
    "find": find_names,
    "explore": draw_explorer,
}


def run_job(store: Store, job: Fields) -> Reply:
    """Does a job.

    Raises:
        Refusal: with the status that the sender is to see.
    """
    try:
        return JOBS[job["job"]](store, job)
    except NotFoundError as error:
        raise Refusal(404, error.message, error.hint) from None
    except GraphError as error:
        raise Refusal(503, error.message, error.hint) from None
    except KgError as error:
        raise Refusal(400, error.message, error.hint) from None
    except TooLargeError:
        limit = job["max_bytes"]
        raise Refusal(413, f"the answer has more than {limit:,} bytes", "ask for less: LIMIT, fewer columns") from None


# ------------------------------------------------------------------------------------------------------------ the inside


def _places_of_where(tokens: Sequence[Token]) -> list[int]:
    """Where the WHERE of each operation stands, those of subqueries left out."""
    places, depth = [], 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.kind == "word" and token.text.casefold() == "where":
            places.append(token.start)
    return places


def _scope_of(job: Fields) -> Scope:
    return Scope(tuple(job["default"]), tuple(job["named"]), job.get("union", True), job.get("base"))


def _write_answer(store: Store, job: Fields, text: str, scope: Scope) -> Reply:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples

    answer = run_query(store, text, scope=scope)
    if isinstance(answer, QueryTriples):
        return _write_triples(answer, choose_form(job["accept"], GRAPHS, job.get("form", "")), job)
    form = choose_form(job["accept"], ROWS, job.get("form", ""))
    kind = getattr(QueryResultsFormat, form.upper())
    if isinstance(answer, QueryBoolean):
        return Reply(answer.serialize(format=kind) or b"", media_type(form))
    output = _Rows(job["max_bytes"], _ROW_END[form])
    answer.serialize(output, format=kind)  # type: ignore[arg-type]
    if output.rows >= job["max_rows"]:  # in JSON the last row has no end of this kind
        _refuse_rows(run_query(store, text, scope=scope), job["max_rows"])
    return Reply(output.value(), media_type(form))


def _refuse_rows(answer: Answer, limit: int) -> None:
    """Counts the rows themselves, where there may be too many."""
    solutions: QuerySolutions = answer  # type: ignore[assignment]
    if sum(1 for _ in islice(solutions, limit + 1)) > limit:
        raise Refusal(413, f"the answer has more than {limit:,} rows", "ask for less: LIMIT, a narrower pattern")


def _write_triples(triples: Iterable[Triple], form: str, job: Fields) -> Reply:
    """Triples in a fixed order, each once."""
    from pyoxigraph import RdfFormat, serialize

    limit = job["max_rows"]
    found = set(islice(triples, limit + 1))
    if len(found) > limit:
        raise Refusal(413, f"the answer has more than {limit:,} triples", "ask for less: LIMIT, one graph, a narrower pattern")
    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
    }
    prefixes = {} if form == "ntriples" else PREFIXES
    output = BoundedOutput(job["max_bytes"])
    serialize(sorted(found, key=str), output, format=formats[form], prefixes=prefixes)  # type: ignore[arg-type]
    return Reply(output.value(), media_type(form))


def _triples_of(store: Store, iri: str) -> list[Triple]:
    """The triples with a node as their subject, then those with it as their object; none for what is no IRI."""
    from pyoxigraph import NamedNode

    try:
        node = NamedNode(iri)
    except ValueError:
        return []
    own = [quad.triple for quad in store.quads_for_pattern(node, None, None, None)]
    incoming = [quad.triple for quad in islice(store.quads_for_pattern(None, None, node, None), MAX_INCOMING)]
    return own + incoming
