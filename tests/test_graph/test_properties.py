"""Random knowledge bases: what must hold of every graph."""

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Store

from kg.graph import vocab
from kg.graph.network import load_network
from kg.graph.rdf import quads_of
from kg.graph.terms import kg as term
from kg.graph.validate import Severity, validate_store
from kg.graph.verify import verify_store
from kg.model import (
    ClaimType,
    CoOccurrence,
    Edge,
    Entity,
    EvidenceRef,
    Kind,
    KnowledgeBase,
    Predicate,
    Prediction,
    ResultKind,
    Thread,
    Voice,
)

PAPERS = [
    Entity(f"paper/p{i}", Kind.PAPER, f"Paper {i}", (f"P{i}", f"Paper {i}"), first_seen=date(2026, 1, 1 + i)) for i in range(3)
]
TERMS = [
    Entity(f"{kind}/t{i}", kind, f"Term {kind} {i}", curated=bool(i))
    for kind in (Kind.TECHNIQUE, Kind.METRIC)
    for i in range(2)
]
BENCHMARKS = [Entity("benchmark/b", Kind.BENCHMARK, 'B "x"\n')]
SENTENCES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
NUMBERS = st.sampled_from([Decimal(n) for n in ("1", "1.0", "-0.50", "3E+2", "0")])


@st.composite
def knowledge_bases(draw: st.DrawFn, make_kb, document_builder) -> KnowledgeBase:
    documents, edges = [], []
    for n in range(draw(st.integers(0, 3))):
        document = document_builder(f"d{n}", draw(st.lists(SENTENCES, min_size=1, max_size=3)), draw(st.none() | st.dates()))
        document.voices = {0: draw(st.sampled_from(Voice))}
        documents.append(document)
        sentence = st.integers(0, len(document.sentences) - 1)
        first = document.sentences[0]
        papers = [document.paper(first, p.id, entry=draw(st.booleans())) for p in PAPERS]
        metric, bench = document.name(first, "metric/t0"), document.name(first, "benchmark/b")
        for _ in range(draw(st.integers(0, 3))):
            document.claim(
                draw(sentence), draw(st.sampled_from(ClaimType)), draw(st.none() | st.sampled_from(papers)), metric, bench
            )
        for _ in range(draw(st.integers(0, 3))):
            more = {
                "paper": draw(st.none() | st.sampled_from(papers)),
                "metric": draw(st.none() | st.just(metric)),
                "benchmark": bench,
            }
            kind = draw(st.sampled_from(ResultKind))
            document.result(draw(sentence), first, str(draw(NUMBERS)), kind=kind, upper=draw(st.none() | NUMBERS), **more)
        document.predictions += [Prediction(draw(sentence), "Soon", 30, None, (metric,))] * draw(st.integers(0, 2))
        document.threads += [Thread(draw(sentence), "Line", tuple(papers))] * draw(st.integers(0, 2))
    if documents:
        for _ in range(draw(st.integers(0, 5))):
            some = draw(st.lists(st.sampled_from(documents), min_size=1, max_size=3))
            evidence = tuple(
                EvidenceRef(d.id, len(d.sentences) - 1, draw(st.sampled_from(["", "rule one", "r/2"]))) for d in some
            )
            predicate, end = draw(st.sampled_from([(Predicate.USES, TERMS[0]), (Predicate.EXTENDS, PAPERS[2])]))
            edges.append(Edge(draw(st.sampled_from(PAPERS)).id, predicate, end.id, evidence, draw(st.floats(0, 1))))
    together = [CoOccurrence("technique/t1", "technique/t0", 2), CoOccurrence("technique/t0", "technique/t1", 1)]
    links = tuple(
        ((a.id, 0), (b.id, 0))
        for a in documents
        for b in documents
        if a is not b and a.claims and b.claims and draw(st.booleans())
    )
    return make_kb(documents, [*PAPERS, *TERMS, *BENCHMARKS], edges, cooccurrences=tuple(together), corroborates=links)


def shuffle(kb: KnowledgeBase, seed: int) -> KnowledgeBase:
    mix = random.Random(seed)  # noqa: S311  # an order, not a secret

    def mixed(items):
        return tuple(mix.sample(items, len(items)))

    return dataclasses.replace(
        kb,
        documents=mixed(kb.documents),
        extractions=dict(mixed(list(kb.extractions.items()))),
        entities=mixed(kb.entities),
        edges=mixed(kb.edges),
        cooccurrences=mixed(kb.cooccurrences),
        corroborates=mixed(kb.corroborates),
    )


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_graph_keeps_the_contract(new_kb, new_document, data):
    kb = data.draw(knowledge_bases(new_kb, new_document))
    quads = list(quads_of(kb))
    assert len({quad.triple for quad in quads}) == len(quads)
    assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object))
    assert list(quads_of(shuffle(kb, data.draw(st.integers(0, 9))))) == quads
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)  # every literal is canonical
    assert [v for v in validate_store(store) if v.severity is Severity.VIOLATION] == []
    assert verify_store(store, kb.documents) == []
    edges = {(s, d["relation"], o) for s, o, d in load_network(store).edges(data=True)}
    assert edges == {(e.subject, e.predicate.value, e.object) for e in kb.edges}
    assert len({q.subject for q in quads if q.object == term("Claim")}) <= sum(
        len(x.claims) + len(x.results) + len(x.predictions) for x in kb.extractions.values()
    )


def test_quads_do_not_depend_on_the_seed_of_hashes():
    """The same knowledge base in processes with different PYTHONHASHSEED."""
    here = Path(__file__).parent
    code = (
        f"import sys; sys.path[:0] = [{str(here)!r}, {str(here.parents[1])!r}]\n"
        "from conftest import make_example\nfrom kg.graph.rdf import quads_of\nimport hashlib\n"
        "print(hashlib.sha256('\\n'.join(map(str, quads_of(make_example()))).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(runs[0].strip()) == 64
    assert runs[0] == runs[1]


def test_importing_the_package_loads_no_heavy_library():
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "import kg.graph, kg.graph.vocab, kg.graph.rdf, kg.graph.store, kg.graph.network, kg.graph.validate, kg.graph.verify\n"
        "print(sorted(set(sys.modules) & {'networkx', 'rdflib', 'pyshacl', 'filelock', 'spacy', 'numpy'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_vocab_is_the_only_file_with_the_base_iri():
    files = [p for p in Path(vocab.__file__).parents[1].rglob("*.py") if "w3id.org/claimgraph" in p.read_text(encoding="utf-8")]
    assert files == [Path(vocab.__file__)]
