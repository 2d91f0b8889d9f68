"""Names of the graph: prefixes, and the IRI of every node. The only file that knows the base IRI.

IRIs are made of content alone, so the same text gives the same IRI on every machine and in every run. Everything here is a
plain ``str``; :mod:`kg.graph.rdf` turns them into RDF terms.
"""

from __future__ import annotations

from urllib.parse import quote

from kg.model import Kind, Predicate
from kg.text import digest

KG = "https://w3id.org/claimgraph/ontology#"
ID = "https://w3id.org/claimgraph/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
FABIO = "http://purl.org/spar/fabio/"
CITO = "http://purl.org/spar/cito/"

#: The prefixes of queries and exports, in the order in which they are written.
PREFIXES: dict[str, str] = {
    "kg": KG,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "prov": PROV,
    "oa": OA,
    "fabio": FABIO,
    "cito": CITO,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
}

#: The graph of entities, edges, assertions and the curated vocabulary.
ENTITIES_GRAPH = ID + "graph/entities"
#: The SKOS scheme of the curated concepts.
CURATED_SCHEME = ID + "scheme/curated"

#: Each kind's own class first, then the super-classes that are written out beside it.
CLASSES: dict[Kind, tuple[str, ...]] = {
    Kind.PAPER: (KG + "Paper", FABIO + "ResearchPaper", SCHEMA + "ScholarlyArticle"),
    Kind.TECHNIQUE: (KG + "Technique", SKOS + "Concept"),
    Kind.CONCEPT: (KG + "Concept", SKOS + "Concept"),
    Kind.PROBLEM: (KG + "Problem", SKOS + "Concept"),
    Kind.TASK: (KG + "Task", SKOS + "Concept"),
    Kind.METRIC: (KG + "Metric", SKOS + "Concept"),
    Kind.BENCHMARK: (KG + "Benchmark", SCHEMA + "Dataset"),
    Kind.MODEL: (KG + "Model", SKOS + "Concept"),
    Kind.HARDWARE: (KG + "Hardware", SKOS + "Concept"),
    Kind.INSTITUTION: (KG + "Institution", SCHEMA + "Organization"),
    Kind.PERSON: (KG + "Person", SCHEMA + "Person"),
    Kind.VENUE: (KG + "Venue",),
    Kind.TOPIC: (KG + "Topic", SKOS + "Concept"),
}
KIND_OF_CLASS: dict[str, Kind] = {classes[0]: kind for kind, classes in CLASSES.items()}

_ELSEWHERE = {Predicate.AUTHOR: SCHEMA + "author", Predicate.BROADER: SKOS + "broader"}
#: The property of each predicate of the model.
PROPERTIES: dict[Predicate, str] = {p: _ELSEWHERE.get(p, KG + p.value) for p in Predicate}
PREDICATE_OF_PROPERTY: dict[str, Predicate] = {iri: p for p, iri in PROPERTIES.items()}


def sparql_prologue() -> str:
    """The PREFIX lines that stand before every query of ours."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def compact_iri(iri: str) -> str:
    """``iri`` with a prefix where one fits, and whole otherwise; of a data IRI the id is left.

    >>> compact_iri("https://w3id.org/claimgraph/ontology#uses"), compact_iri("https://w3id.org/claimgraph/id/task/qa")
    ('kg:uses', 'task/qa')
    """
    if iri.startswith(ID):
        return iri[len(ID) :]
    name, base = max(((n, b) for n, b in PREFIXES.items() if iri.startswith(b)), key=lambda p: len(p[1]), default=("", ""))
    return f"{name}:{iri[len(base) :]}" if base else iri


def entity_iri(entity_id: str) -> str:
    """The IRI of an entity from its id: ``technique/on-policy-distillation``."""
    return ID + entity_id


def entity_id(iri: str) -> str:
    """The id of the node that ``iri`` names (inverse of :func:`entity_iri`).

    Raises:
        ValueError: ``iri`` is not one of ours.
    """
    if not iri.startswith(ID):
        raise ValueError(f"not an IRI of this graph: {iri}")
    return iri[len(ID) :]


def document_iri(document_id: str) -> str:
    """The IRI of a document, which is also that of its named graph."""
    return f"{ID}document/{document_id}"


def evidence_iri(document_id: str, start: int, end: int) -> str:
    return f"{ID}evidence/{document_id}-{start}-{end}"


def document_of_evidence(iri: str) -> str:
    """The id of the document that an Evidence node is of (see :func:`evidence_iri`)."""
    return entity_id(iri).removeprefix("evidence/").rsplit("-", 2)[0]


def rule_iri(rule: str) -> str:
    return f"{ID}rule/{quote(rule, safe='._-')}"


def hashed_iri(kind: str, *parts: object) -> str:
    """An IRI made of what identifies a node that has no name of its own: ``claim/<hash>``, ``assertion/<hash>`` and so on.

    Parts carry their lengths, so ("ab", "c") and ("a", "bc") differ.
    """
    texts = ["" if part is None else str(part) for part in parts]
    return f"{ID}{kind}/{digest(''.join(f'{len(text)}:{text}' for text in texts))}"
