"""The ontology, the shapes and the JSON-LD context say the same as the code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

import kg.graph
from kg.graph import vocab
from kg.model import ClaimType, PredictionStatus, ResultKind, Voice
from kg.resources import ontology_dir

KG = rdflib.Namespace(vocab.KG)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
#: Classes that other classes are gathered under and no node is typed with.
SUPER_CLASSES = {"Entity", "Term"}
#: Terms of the curated vocabulary, which the graph of documents does not carry.
VOCABULARY_ONLY = {"ambiguousLabel", "contextWord"}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_dir() / "claimgraph.ttl")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_dir() / "shapes.ttl")


def own(terms) -> set[str]:
    return {str(term).removeprefix(vocab.KG) for term in terms if str(term).startswith(vocab.KG)}


def written_terms() -> set[str]:
    """The terms of ours that the code of kg.graph writes."""
    files = Path(kg.graph.__file__).parent.glob("*.py")
    named = {name for file in files for name in re.findall(r'\bkg\("(\w+)"\)', file.read_text(encoding="utf-8"))}
    return named | own(iri for iris in vocab.CLASSES.values() for iri in iris) | own(vocab.PROPERTIES.values())


def test_every_term_has_one_english_label_and_comment(ontology):
    for term in own(ontology.subjects()):
        for said in (RDFS.label, RDFS.comment):
            (text,) = ontology.objects(KG[term], said)
            assert text.language == "en", term
            assert text.strip(), term
        assert (KG[term], RDFS.isDefinedBy, rdflib.URIRef(vocab.KG.rstrip("#"))) in ontology


def test_the_code_writes_what_the_ontology_declares(ontology):
    assert written_terms() == own(ontology.subjects()) - SUPER_CLASSES - VOCABULARY_ONLY


def test_every_property_has_domain_and_range_that_exist(ontology):
    known = set(ontology.subjects(RDF.type, OWL.Class))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            (domain,), (range_,) = ontology.objects(term, RDFS.domain), ontology.objects(term, RDFS.range)
            assert domain in known, term
            assert range_ in known or kind == OWL.DatatypeProperty, term


def test_super_classes_are_those_written_beside_each_class(ontology):
    for own_class, *others in vocab.CLASSES.values():
        parents = {str(p) for p in ontology.objects(rdflib.URIRef(own_class), RDFS.subClassOf)}
        assert {p for p in parents if not p.startswith(vocab.KG)} == set(others)


@pytest.mark.parametrize(
    ("term", "values"), [("claimType", ClaimType), ("resultKind", ResultKind), ("status", PredictionStatus), ("voice", Voice)]
)
def test_lists_of_values_are_those_of_the_model(ontology, shapes, term, values):
    expected = {v.value for v in values}
    listed = ontology.value(ontology.value(KG[term], RDFS.range), OWL.oneOf)
    assert {str(v) for v in Collection(ontology, listed)} == expected
    lists = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH.path, KG[term])]
    assert {frozenset(str(v) for v in Collection(shapes, node)) for node in lists if node} == {frozenset(expected)}


def test_shapes_use_declared_terms_and_cover_every_written_class(ontology, shapes):
    assert own(node for triple in shapes for node in triple) <= own(ontology.subjects())
    classes = {t for t in written_terms() if (KG[t], RDF.type, OWL.Class) in ontology}
    assert own(shapes.objects(None, SH.targetClass)) == classes


def test_curated_vocabulary_uses_declared_terms(ontology):
    files = sorted(ontology_dir().glob("vocabulary*.ttl"))
    used = own({node for file in files for quad in parse(path=file) for node in (quad.predicate.value, quad.object.value)})
    assert VOCABULARY_ONLY <= used <= own(ontology.subjects())


def test_context_names_every_term_and_gives_the_same_triples(ontology):
    context = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {v if isinstance(v, str) else v["@id"] for v in context.values() if not isinstance(v, float)}
    assert {f"kg:{term}" for term in own(ontology.subjects())} <= named
    result = {
        "@context": context,
        "id": vocab.ID + "result/1",
        "type": ["Result", "Claim"],
        "value": "78.5",
        "aboutPaper": vocab.ID + "paper/x",
        "unit": "percent",
    }
    subject, kg_ = f"<{vocab.ID}result/1>", f"<{vocab.KG}"
    assert sorted(str(quad.triple) for quad in parse(json.dumps(result), format=RdfFormat.JSON_LD)) == sorted(
        [
            f"{subject} <{vocab.RDF}type> {kg_}Result>",
            f"{subject} <{vocab.RDF}type> {kg_}Claim>",
            f'{subject} {kg_}value> "78.5"^^<{vocab.XSD}decimal>',
            f"{subject} {kg_}aboutPaper> <{vocab.ID}paper/x>",
            f'{subject} {kg_}unit> "percent"',
        ]
    )
