"""The pages that people see: the front page, a node, what a name can mean, the editor, an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg import __version__
from kg.graph.store import Manifest
from kg.graph.vocab import ID, KG, PREFIXES, RDFS, SKOS, compact_iri
from kg.markdown import drop_marks
from kg.query import NamedQuery, find_entities
from kg.serve.markup import Child, Markup, join, link, prose, tag
from kg.show import FACTS, EntityView, Row, load_entity
from kg.words import PASSIVE, relation_words

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

#: Rows of a list on a page; SPARQL gives the rest.
MAX_ROWS = 100
#: Facts whose values are names of entities.
_NAMED = frozenset({"venue", "topic", "broader", "narrower"})
_FORMS = (("Turtle", "turtle"), ("N-Triples", "ntriples"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdfxml"))


def write_page(title: str, *content: Child, scripts: Sequence[str] = (), styles: Sequence[str] = ()) -> str:
    """A whole page. ``scripts`` and ``styles`` are names of assets of this server: a page has no other."""
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="data:,"),
        tag("title", f"{title} · claimgraph" if title != "claimgraph" else title),
        *(tag("link", rel="stylesheet", href=f"/assets/{name}") for name in (*styles, "style.css")),
    ]
    search = tag(
        "form",
        tag("input", type="search", name="name", placeholder="technique, paper, benchmark …", aria_label="Find a name"),
        tag("button", "Find"),
        action="/find",
        method="get",
        role="search",
    )
    links = (("/", "claimgraph"), ("/editor", "SPARQL"), ("/explore", "Explore"), ("/dataset", "Data set"))
    header = tag("header", tag("nav", [link(path, text) for path, text in links]), search)
    footer = tag("footer", f"claimgraph {__version__}. Every statement here carries the sentence that says it.")
    loaded = [tag("script", src=f"/assets/{name}", type="module") for name in scripts]
    body = tag("body", header, tag("main", tag("h1", title), content), footer, loaded)
    return "<!doctype html>\n" + tag("html", tag("head", head), body, lang="en").html + "\n"


def write_front_page(manifest: Manifest, questions: Mapping[str, NamedQuery], site: str) -> str:
    """What the graph holds and what can be asked of it."""
    counts = sorted(((n, name) for name, n in manifest.counts.items() if name != "quads"), reverse=True)
    table = _table(["", "number"], [[name, f"{n:,}"] for n, name in counts])
    asked = [
        tag("li", link(f"/editor?question={name}", query.title), " ", tag("small", name)) for name, query in questions.items()
    ]
    about = tag("p", "A knowledge graph of AI research with ", f"{manifest.counts.get('quads', 0):,} statements, build ",
                f"{manifest.build}. The SPARQL endpoint is ", tag("code", site + "sparql"), ".")  # fmt: skip
    machines = tag("p", "For programs: ", link("/openapi.json", "OpenAPI"), ", ", link("/dataset", "VoID and DCAT"), ", ",
                   link("/health", "health"), ".")  # fmt: skip
    return write_page(
        "claimgraph",
        about,
        machines,
        tag("h2", "Questions"),
        tag("ul", asked, class_="columns"),
        tag("h2", "In the graph"),
        table,
    )


def write_editor_page() -> str:
    """The SPARQL editor, with the named questions as examples."""
    noscript = tag("noscript", tag("p", "The editor needs JavaScript. Without it, send queries to /sparql."))
    chooser = tag("p", tag("label", "Questions: ", tag("select", id="questions")), tag("span", id="about"), id="examples")
    return write_page(
        "SPARQL", chooser, noscript, tag("div", id="editor", data_space=ID), scripts=("editor.js",), styles=("editor.css",)
    )


def write_found_page(name: str, found: Sequence[Mapping[str, str]]) -> str:
    """What a name can mean."""
    rows = [tag("li", link(row["path"], drop_marks(row["label"]) or row["iri"]), f" ({row['kind']})") for row in found]
    return write_page(f"“{name}”", tag("ul", rows) if rows else tag("p", "The graph knows nothing of that name."))


def write_error_page(status: int, message: str, hint: str) -> str:
    """Why there is no answer."""
    return write_page(f"Error {status}", tag("pre", message), tag("p", hint))


def write_node_page(store: Store, iri: str, triples: Sequence[Triple]) -> str:
    """A node: an entity or document with all that is said of it, and any other with its statements."""
    forms = tag("p", "This page as data: ", [[link(f"{path_of(iri)}?format={form}", name), " "] for name, form in _FORMS])
    if iri.startswith(ID) and find_entities(store, iri):
        view = load_entity(store, iri)
        if view.entity.iri == iri:
            content = join(_entity_parts(view))
            kind = tag("p", view.entity.kind, class_="kind")
            return write_page(drop_marks(view.entity.label) or compact_iri(iri), kind, content, _own_iri(iri), forms)
    content = join(_statement_parts(store, iri, triples))
    return write_page(drop_marks(_label_of(store, iri)) or compact_iri(iri), _own_iri(iri), forms, content)


def path_of(iri: str) -> str:
    """Where this server tells of a node: a path for our own, the IRI itself for others."""
    return "/id/" + iri[len(ID) :] if iri.startswith(ID) else "/ontology" if iri.startswith(KG) else iri


# ------------------------------------------------------------------------------------------------------------ the inside


def _own_iri(iri: str) -> Markup:
    return tag("p", tag("code", iri), class_="iri")


def _table(columns: Sequence[str], rows: Sequence[Sequence[Child]]) -> Markup:
    head = tag("tr", [tag("th", name, scope="col") for name in columns])
    body = [tag("tr", [tag("td", cell) for cell in row]) for row in rows]
    return tag("div", tag("table", tag("thead", head), tag("tbody", body)), class_="wide")


def _entity_parts(view: EntityView) -> Iterator[Markup]:
    yield from (tag("p", prose(text), class_="lead") for text in view.facts.get("definition", ()))
    names = [name for name in FACTS if name in view.facts and name != "definition"]
    yield tag("dl", [[tag("dt", name), tag("dd", _values(name, view.facts[name]))] for name in names])
    if view.others:
        yield tag(
            "p", "Not to be confused with ", [[link(path_of(o.iri), drop_marks(o.label)), f" ({o.kind}) "] for o in view.others]
        )
    for (direction, relation), group in groupby(view.edges, key=lambda row: (row["direction"], row["relation"])):
        words = relation_words(relation)
        title = words if direction == "out" else PASSIVE.get(relation, f"{words} of")
        yield from _list(title.capitalize(), _by_end(group), _edge)
    if view.results:
        names = ["paper", "subject", "benchmark", "metric", "words", "value", "baseline", "unit", "document"]
        yield tag("h2", "Results")
        yield _table(names, [[drop_marks(row.get(name, "")) for name in names] for row in view.results[:MAX_ROWS]])
        yield _more(len(view.results))
    for kind, group in groupby(view.claims, key=lambda row: row["type"]):
        yield from _list("Claims: " + kind.replace("_", " "), list(group), _claim)
    yield from _list(
        "Discusses", view.papers, lambda row: join([drop_marks(row["paper"]), f" ({row['arxiv']})" if "arxiv" in row else ""])
    )
    yield from _list("Documents", view.documents, lambda row: join([_source_of(row)]))


def _values(name: str, values: Sequence[str]) -> Markup:
    """The values of a fact side by side: links where they name something that has a page."""
    shown = [link("/find?name=" + quote(value), drop_marks(value)) if name in _NAMED else _fact(value) for value in values]
    return join([[", " if n else "", value] for n, value in enumerate(shown)])


def _fact(value: str) -> Child:
    return link(value, value) if value.startswith(("http://", "https://")) else drop_marks(value)


def _list(title: str, rows: Sequence[Row] | Sequence[Sequence[Row]], item: object) -> Iterator[Markup]:
    assert callable(item)  # noqa: S101  # for the type checker
    if rows:
        yield tag("h2", title)
        yield tag("ul", [tag("li", item(row)) for row in rows[:MAX_ROWS]])
        yield _more(len(rows))


def _by_end(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one relation by the node at its other end: each has a row for every sentence."""
    ends: dict[str, list[Row]] = {}
    for row in rows:
        ends.setdefault(row["otherIri"], []).append(row)
    return list(ends.values())


def _edge(rows: Sequence[Row]) -> Markup:
    return join(
        [link(path_of(rows[0]["otherIri"]), drop_marks(rows[0]["other"])), [_sentence(row["sentence"], row) for row in rows]]
    )


def _claim(row: Row) -> Markup:
    due, voice = f"due {row['due']}" if "due" in row else "", "opinion" if row.get("voice") == "document" else ""
    marks = [drop_marks(row.get("paper", "")), due, voice]
    return join([" · ".join(mark for mark in marks if mark), _sentence(row["claim"], row)])


def _sentence(text: str, row: Row) -> Markup:
    return tag("blockquote", prose(text), tag("cite", " — ", _source_of(row)))


def _source_of(row: Row) -> str:
    return f"{row['document']}, {row['date']}" if "date" in row else row["document"]


def _more(found: int) -> Markup:
    return tag("p", f"{found - MAX_ROWS} more: ask the SPARQL endpoint") if found > MAX_ROWS else join([])


def _statement_parts(store: Store, iri: str, triples: Sequence[Triple]) -> Iterator[Markup]:
    from pyoxigraph import NamedNode

    node = NamedNode(iri)
    own = sorted(((t.predicate.value, t.object) for t in triples if t.subject == node), key=str)
    incoming = sorted(((t.predicate.value, t.subject) for t in triples if t.object == node), key=str)
    for title, columns, rows in (("Statements", ["property", "value"], own), ("Named by", ["property", "by"], incoming)):
        if rows:
            yield tag("h2", title)
            yield _table(columns, [[_shown(store, name), _term(store, term)] for name, term in rows[:MAX_ROWS]])
            yield _more(len(rows))


def _shown(store: Store, iri: str) -> Markup:
    return link(path_of(iri), compact_iri(iri))


def _term(store: Store, term: object) -> Markup:
    from pyoxigraph import NamedNode

    if isinstance(term, NamedNode):
        label = drop_marks(_label_of(store, term.value)) if term.value.startswith(ID) else ""
        return link(path_of(term.value), label or compact_iri(term.value))
    return join([str(getattr(term, "value", term))])


def _label_of(store: Store, iri: str) -> str:
    from pyoxigraph import NamedNode

    for name in (SKOS + "prefLabel", PREFIXES["dcterms"] + "title", RDFS + "label"):
        for quad in store.quads_for_pattern(NamedNode(iri), NamedNode(name), None, None):
            return str(quad.object.value)  # type: ignore[union-attr]  # a label is a literal
    return ""
