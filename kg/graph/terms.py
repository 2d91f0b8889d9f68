"""RDF terms: cached nodes, and literals in the canonical form to which stores rewrite them anyway."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from pyoxigraph import Literal, NamedNode

from kg.graph import vocab

#: What xsd:decimal holds in Oxigraph: 18 digits after the point.
_SMALLEST = Decimal(1).scaleb(-18)


class Nodes(dict[str, NamedNode]):
    """``nodes[iri]`` is the node of ``iri``, made once."""

    def __missing__(self, iri: str) -> NamedNode:
        node = self[iri] = NamedNode(iri)
        return node


def kg(name: str) -> NamedNode:
    """A term of our own ontology."""
    return NamedNode(vocab.KG + name)


RDF_TYPE = NamedNode(vocab.RDF + "type")
RDF_STATEMENT = NamedNode(vocab.RDF + "Statement")
RDF_SUBJECT = NamedNode(vocab.RDF + "subject")
RDF_PREDICATE = NamedNode(vocab.RDF + "predicate")
RDF_OBJECT = NamedNode(vocab.RDF + "object")
PREF_LABEL = NamedNode(vocab.SKOS + "prefLabel")
ALT_LABEL = NamedNode(vocab.SKOS + "altLabel")
BROADER = NamedNode(vocab.SKOS + "broader")
DEFINITION = NamedNode(vocab.SKOS + "definition")
IN_SCHEME = NamedNode(vocab.SKOS + "inScheme")
CONCEPT_SCHEME = NamedNode(vocab.SKOS + "ConceptScheme")
TITLE = NamedNode(vocab.DCTERMS + "title")
ISSUED = NamedNode(vocab.DCTERMS + "issued")
PUBLISHER = NamedNode(vocab.DCTERMS + "publisher")
SOURCE = NamedNode(vocab.DCTERMS + "source")
ISSUE_NUMBER = NamedNode(vocab.SCHEMA + "issueNumber")
URL = NamedNode(vocab.SCHEMA + "url")
CREATIVE_WORK = NamedNode(vocab.SCHEMA + "CreativeWork")
PROV_ENTITY = NamedNode(vocab.PROV + "Entity")
PROV_ACTIVITY = NamedNode(vocab.PROV + "Activity")
GENERATED_BY = NamedNode(vocab.PROV + "wasGeneratedBy")
ANNOTATION = NamedNode(vocab.OA + "Annotation")

_INTEGER = NamedNode(vocab.XSD + "integer")
_DECIMAL = NamedNode(vocab.XSD + "decimal")
_DATE = NamedNode(vocab.XSD + "date")


def integer_of(value: int) -> Literal:
    return Literal(str(value), datatype=_INTEGER)


def decimal_of(value: Decimal | float) -> Literal:
    """An xsd:decimal without exponent, trailing zeros or a sign on zero; a float is first rounded to four digits."""
    return Literal(format_decimal(value), datatype=_DECIMAL)


def format_decimal(value: Decimal | float) -> str:
    """The canonical lexical form of an xsd:decimal.

    >>> format_decimal(Decimal("78.50")), format_decimal(Decimal("6.5E+8")), format_decimal(0.30000000000000004)
    ('78.5', '650000000', '0.3')
    """
    if isinstance(value, float):
        value = Decimal(f"{value:.4f}")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -18:
        with localcontext() as context:
            context.prec = 60
            value = value.quantize(_SMALLEST, rounding=ROUND_HALF_EVEN)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def date_of(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=_DATE)
