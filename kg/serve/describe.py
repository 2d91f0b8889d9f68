"""The service and the data set, described in RDF: SPARQL 1.1 Service Description, VoID, DCAT 3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import __version__
from kg.graph import vocab
from kg.graph.store import Manifest
from kg.serve.negotiate import GRAPHS, choose_form, media_type

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {"sd": _SD, "void": _VOID, "dcat": _DCAT, "formats": _FORMATS, **vocab.PREFIXES}
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def describe_service(manifest: Manifest, site: str, accept: str, *, writable: bool = False) -> tuple[bytes, str]:
    """The service description, and its media type. ``site`` is the URL of the server, with a slash at its end.

    Raises:
        Refusal: no form of RDF is acceptable (406).
    """
    return _write([*_service_triples(site, writable), *_dataset_triples(manifest, site)], accept)


def describe_dataset(manifest: Manifest, site: str, accept: str) -> tuple[bytes, str]:
    """The data set as VoID and DCAT, and the media type.

    Raises:
        Refusal: no form of RDF is acceptable (406).
    """
    return _write(_dataset_triples(manifest, site), accept)


def _service_triples(site: str, writable: bool) -> Iterator[Triple]:
    service, dataset, graph = site + "sparql", site + "dataset", site + "dataset#default"
    yield _triple(service, vocab.RDF + "type", _node(_SD + "Service"))
    yield _triple(service, _SD + "endpoint", _node(service))
    yield _triple(service, _SD + "supportedLanguage", _node(_SD + "SPARQL11Query"))
    if writable:
        yield _triple(service, _SD + "supportedLanguage", _node(_SD + "SPARQL11Update"))
    yield _triple(service, _SD + "feature", _node(_SD + "UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield _triple(service, _SD + "resultFormat", _node(_FORMATS + name))
    yield _triple(service, _SD + "defaultDataset", _node(dataset))
    yield _triple(dataset, vocab.RDF + "type", _node(_SD + "Dataset"))
    yield _triple(dataset, _SD + "defaultGraph", _node(graph))
    yield _triple(graph, vocab.RDF + "type", _node(_SD + "Graph"))


def _dataset_triples(manifest: Manifest, site: str) -> Iterator[Triple]:
    dataset, endpoint = site + "dataset", site + "sparql"
    for name in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield _triple(dataset, vocab.RDF + "type", _node(name))
    yield _triple(dataset, vocab.DCTERMS + "title", _text("Knowledge graph of AI research, each statement with its sentence"))
    yield _triple(dataset, vocab.DCTERMS + "hasVersion", _text(f"build {manifest.build}, claimgraph {__version__}"))
    yield _triple(dataset, _VOID + "sparqlEndpoint", _node(endpoint))
    yield _triple(dataset, _VOID + "uriSpace", _text(vocab.ID))
    yield _triple(dataset, _VOID + "uriLookupEndpoint", _node(site + "find?name="))
    yield _triple(dataset, _VOID + "triples", _number(manifest.counts.get("quads", 0)))
    yield _triple(dataset, _VOID + "documents", _number(manifest.counts.get("Document", 0)))
    for base in vocab.PREFIXES.values():
        yield _triple(dataset, _VOID + "vocabulary", _node(base))
    for name, count in sorted(manifest.counts.items()):
        if name != "quads":
            part = f"{dataset}#class-{name}"
            yield _triple(dataset, _VOID + "classPartition", _node(part))
            yield _triple(part, _VOID + "class", _node(vocab.KG + name))
            yield _triple(part, _VOID + "entities", _number(count))
    yield from _distribution_triples(dataset, site)


def _distribution_triples(dataset: str, site: str) -> Iterator[Triple]:
    service = site + "dataset#sparql"
    yield _triple(service, vocab.RDF + "type", _node(_DCAT + "DataService"))
    yield _triple(service, _DCAT + "endpointURL", _node(site + "sparql"))
    yield _triple(service, _DCAT + "endpointDescription", _node(site + "sparql"))
    yield _triple(service, _DCAT + "servesDataset", _node(dataset))
    yield _triple(service, vocab.DCTERMS + "conformsTo", _node("http://www.w3.org/TR/sparql11-protocol/"))
    for form, (media, *_) in GRAPHS.items():
        place = f"{dataset}#{form}"
        yield _triple(dataset, _DCAT + "distribution", _node(place))
        yield _triple(place, vocab.RDF + "type", _node(_DCAT + "Distribution"))
        yield _triple(place, _DCAT + "accessURL", _node(site + "store?default"))
        yield _triple(place, _DCAT + "accessService", _node(service))
        yield _triple(place, _DCAT + "mediaType", _node("https://www.iana.org/assignments/media-types/" + media))


def _write(triples: list[Triple] | Iterator[Triple], accept: str) -> tuple[bytes, str]:
    from pyoxigraph import RdfFormat, serialize

    form = choose_form(accept, GRAPHS)
    formats = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    prefixes = {} if form == "ntriples" else _PREFIXES
    data = serialize(list(triples), format=formats.get(form, RdfFormat.RDF_XML), prefixes=prefixes)
    return data or b"", media_type(form)


def _node(iri: str) -> NamedNode:
    from pyoxigraph import NamedNode

    return NamedNode(iri)


def _text(text: str) -> Literal:
    from pyoxigraph import Literal

    return Literal(text)


def _number(number: int) -> Literal:
    from pyoxigraph import Literal

    return Literal(number)


def _triple(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
    from pyoxigraph import Triple

    return Triple(_node(subject), _node(predicate), value)
