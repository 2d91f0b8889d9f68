"""The vocabulary files and their loader."""

from __future__ import annotations

from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from kg import lexicon
from kg.errors import KgError
from kg.lexicon import concepts_digest, load_concepts
from kg.model import Concept, Kind
from kg.text import fold, slug

PREFIXES = """\
@prefix kg: <https://w3id.org/claimgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix benchmark: <https://w3id.org/claimgraph/id/benchmark/> .
"""


@pytest.fixture
def ontology(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ontology folder with no vocabulary but what the test writes."""
    folder = tmp_path / "ontology"
    folder.mkdir()
    monkeypatch.setattr(lexicon, "ontology_dir", lambda: folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_turtle_is_read_whole(ontology: Path) -> None:
    write(
        ontology / "vocabulary-a.ttl",
        PREFIXES
        + """\
benchmark:pots a kg:Benchmark ; skos:prefLabel "Pots" .
benchmark:pots-and-pans a kg:Benchmark ; skos:prefLabel "Pots and Pans" ; skos:altLabel "PnP" , "Pots&Pans" ;
  skos:broader benchmark:pots ; skos:definition "Kitchen objects." ;
  kg:ambiguousLabel "PnP" ; kg:contextWord "kitchen" , "cooking" .
""",
    )
    assert load_concepts() == (
        Concept("benchmark/pots", Kind.BENCHMARK, "Pots"),
        Concept(
            "benchmark/pots-and-pans",
            Kind.BENCHMARK,
            "Pots and Pans",
            aliases=("PnP", "Pots&Pans"),
            broader=("benchmark/pots",),
            definition="Kitchen objects.",
            ambiguous=("PnP",),
            context=("kitchen", "cooking"),
        ),
    )


def test_user_lines_add_concepts_and_aliases(ontology: Path, tmp_path: Path) -> None:
    write(ontology / "vocabulary-a.ttl", PREFIXES + 'benchmark:pots a kg:Benchmark ; skos:prefLabel "Pots" .\n')
    mine = write(
        tmp_path / "mine.txt",
        "# my terms\n\nbenchmark: Pots = Potts , POTS-50\ntechnique: lazy folding\nInstitution: Folding Lab = FL\n",
    )
    assert load_concepts([mine]) == (
        Concept("benchmark/pots", Kind.BENCHMARK, "Pots", aliases=("Potts", "POTS-50")),
        Concept("institution/folding-lab", Kind.INSTITUTION, "Folding Lab", aliases=("FL",)),
        Concept("technique/lazy-folding", Kind.TECHNIQUE, "lazy folding"),
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mine.txt", "benchmark: Pots\nno colon here\n", r"mine\.txt, line 2: not a vocabulary line"),
        ("mine.txt", "benchmark: = Pots\n", r"mine\.txt, line 1: not a vocabulary line"),
        ("mine.txt", "gizmo: Pots\n", r"mine\.txt, line 1: unknown kind of concept: Gizmo"),
        ("mine.ttl", "benchmark:pots a kg:Benchmark .\n", r"mine\.ttl is not valid Turtle: .*line 1"),
        ("mine.ttl", PREFIXES + "benchmark:pots a kg:Benchmark .\n", r"mine\.ttl, benchmark/pots: a concept without a label"),
        ("mine.ttl", PREFIXES + 'benchmark:a a kg:Gizmo ; skos:prefLabel "A" .', r"mine\.ttl, benchmark/a: unknown kind"),
        (
            "mine.ttl",
            PREFIXES + 'benchmark:a a kg:Benchmark ; skos:prefLabel "A" ; skos:broader benchmark:b .',
            r"mine\.ttl, benchmark/a: its broader concept b is in no vocabulary file",
        ),
    ],
)
def test_mistakes_are_named_with_file_and_place(ontology: Path, tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        load_concepts([write(tmp_path / name, text)])


def test_files_that_cannot_be_read(ontology: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"cannot read the vocabulary file none\.txt"):
        load_concepts([tmp_path / "none.txt"])
    with pytest.raises(KgError, match=r"cannot read the vocabulary file none\.ttl"):
        concepts_digest([tmp_path / "none.ttl"])
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"benchmark: Caf\xe9\n")
    with pytest.raises(KgError, match=r"latin\.txt is not UTF-8"):
        load_concepts([latin])


def test_digest_follows_content(ontology: Path, tmp_path: Path) -> None:
    empty = concepts_digest()
    write(ontology / "vocabulary-a.ttl", PREFIXES)
    one = concepts_digest()
    extra = concepts_digest([write(tmp_path / "mine.txt", "benchmark: Pots\n")])
    assert len({empty, one, extra}) == 3
    assert one == concepts_digest()


# ------------------------------------------------------------------------------------------- the project's own vocabulary

FILES = sorted((Path(__file__).parent.parent / "ontology").glob("vocabulary*.ttl"))
#: At least so many concepts of each kind that ontology/vocabulary-resources.ttl and -institutions.ttl hold.
AT_LEAST = {
    Kind.BENCHMARK: 220,
    Kind.METRIC: 80,
    Kind.MODEL: 220,
    Kind.HARDWARE: 60,
    Kind.INSTITUTION: 320,
    Kind.VENUE: 50,
}


@pytest.fixture(scope="module")
def concepts() -> tuple[Concept, ...]:
    return load_concepts()


def test_counts(concepts: tuple[Concept, ...]) -> None:
    counts = Counter(concept.kind for concept in concepts)
    assert {kind: counts[kind] for kind in AT_LEAST if counts[kind] < AT_LEAST[kind]} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_one_concept_a_line_sorted_and_defined_once(path: Path) -> None:
    subjects = [line.split(" a kg:")[0] for line in path.read_text(encoding="utf-8").splitlines() if " a kg:" in line]
    assert len(subjects) == len(set(subjects))
    by_kind = [subject.partition(":") for subject in subjects]
    assert by_kind == sorted(by_kind)


def test_no_concept_stands_in_two_files() -> None:
    found = Counter(
        line.split(" a kg:")[0] for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if " a kg:" in line
    )
    assert [subject for subject, times in found.items() if times > 1] == []


def test_the_local_name_is_the_slug_of_the_label() -> None:
    wrong = [
        f"{kind.value}:{iri}"
        for path in FILES
        for iri, entry in lexicon._read_turtle(path)
        if (kind := lexicon._kind_of(entry)) and not iri.endswith(f"/{kind.value}/{slug(entry.get(lexicon._LABEL)[0])}")
    ]
    assert wrong == []


def test_no_label_is_shared_unless_marked_ambiguous(concepts: tuple[Concept, ...]) -> None:
    owners: dict[str, list[Concept]] = {}
    for concept in concepts:
        for name in {fold(name) for name in (concept.label, *concept.aliases)}:
            owners.setdefault(name, []).append(concept)
    shared = {
        name: [concept.id for concept in found]
        for name, found in owners.items()
        if len(found) > 1 and not all(name in map(fold, concept.ambiguous) for concept in found)
    }
    assert shared == {}


def test_ambiguous_labels_are_labels_and_have_lower_case_context(concepts: tuple[Concept, ...]) -> None:
    for concept in concepts:
        assert set(concept.ambiguous) <= {concept.label, *concept.aliases}, concept.id
        assert bool(concept.ambiguous) <= bool(concept.context), concept.id
        assert all(word == word.lower() for word in concept.context), concept.id


def test_broader_is_acyclic(concepts: tuple[Concept, ...]) -> None:
    TopologicalSorter({concept.id: concept.broader for concept in concepts}).prepare()  # raises CycleError


def test_well_known_names_are_found(concepts: tuple[Concept, ...]) -> None:
    by_name = {fold(name): concept.id for concept in concepts for name in (concept.label, *concept.aliases)}
    expected = {
        "MSMARCO": "benchmark/ms-marco",
        "nDCG@10": "metric/ndcg-10",
        "PPL": "metric/perplexity",
        "CMU": "institution/carnegie-mellon-university",
        "ETH Zürich": "institution/eth-zurich",
        "H100": "hardware/nvidia-h100",
        "NIPS": "venue/neurips",
        "LLaMA-2": "model/llama-2",
    }
    assert {name: by_name.get(fold(name)) for name in expected} == expected
