"""The curated vocabulary of the field, as :class:`kg.model.Concept` records.

Two file formats are read. **Turtle**, the format of ``ontology/vocabulary*.ttl``: one ``kg:`` class, ``skos:prefLabel``,
``skos:altLabel``, ``skos:broader``, ``skos:definition``, and ``kg:ambiguousLabel`` (a label that means this concept only where
one of its ``kg:contextWord`` s is near). **Plain text**, for a user's own terms, one a line::

    # kind: label = alias, alias
    benchmark: Kitchen Robots 50 = KR50, KR-50
    technique: lazy folding

An alias with a comma in it needs Turtle. A file may name a concept that is already known: its aliases are added to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.model import Concept, Kind
from kg.resources import ontology_dir
from kg.text import slug

#: What a vocabulary can define. Papers and people come from documents alone.
CONCEPT_KINDS = tuple(kind for kind in Kind if kind not in {Kind.PAPER, Kind.PERSON})
_TURTLE = frozenset({".ttl", ".turtle"})
# Terms are told apart by the last part of their IRI, "ontology#Technique", "core#altLabel": only kg.graph names IRIs in full.
_CLASSES = {f"ontology#{kind.value.capitalize()}": kind for kind in CONCEPT_KINDS}
_TYPE = "22-rdf-syntax-ns#type"
_LABEL = "core#prefLabel"


@dataclass(slots=True)
class _Entry:
    """What one file says about one subject."""

    place: str  # "vocabulary-methods.ttl, benchmark/ms-marco" or "mine.txt, line 3"
    values: dict[str, list[str]] = field(default_factory=dict)  # by the last part of the property's IRI

    def get(self, name: str) -> list[str]:
        return self.values.get(name, [])


def load_concepts(extra: Sequence[Path] = ()) -> tuple[Concept, ...]:
    """All curated concepts, and those of the user's own files ``extra`` (Turtle or plain text, by suffix), sorted by id.

    Raises:
        KgError: a file cannot be read, does not parse, or names an unknown kind or broader concept; the message says where.
    """
    entries: dict[str, list[_Entry]] = {}
    iris: dict[str, str] = {}
    for path in (*_vocabulary_files(), *extra):
        read = _read_turtle if path.suffix.lower() in _TURTLE else _read_lines
        for iri, entry in read(path):
            kind = _kind_of(entry)
            if kind is None:
                continue
            labels = entry.get(_LABEL)
            if not labels:
                raise KgError(f"{entry.place}: a concept without a label", "give it a skos:prefLabel")
            iris[iri] = concept_id = f"{kind.value}/{slug(labels[0])}"
            entries.setdefault(concept_id, []).append(entry)
    return tuple(_join(concept_id, entries[concept_id], iris) for concept_id in sorted(entries))


def concepts_digest(extra: Sequence[Path] = ()) -> str:
    """A hash of the content of all vocabulary files: 16 hex digits that change when what can be recognised changes.

    Raises:
        KgError: a file cannot be read.
    """
    total = hashlib.sha256()
    for path in (*_vocabulary_files(), *extra):
        total.update(hashlib.sha256(_read_bytes(path)).digest())
        total.update(path.suffix.lower().encode())
    return total.hexdigest()[:16]


def _vocabulary_files() -> list[Path]:
    return sorted(ontology_dir().glob("vocabulary*.ttl"))


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KgError(f"cannot read the vocabulary file {path.name}: {error.strerror or error}") from error


def _read_turtle(path: Path) -> Iterator[tuple[str, _Entry]]:
    """The subjects of a Turtle file with all that it says of them, by IRI, in file order."""
    from pyoxigraph import RdfFormat, parse

    found: dict[str, _Entry] = {}
    tails: dict[str, str] = {}
    try:
        for quad in parse(_read_bytes(path), format=RdfFormat.TURTLE):
            iri = getattr(quad.subject, "value", "")
            entry = found.get(iri)
            if entry is None:
                entry = found[iri] = _Entry(f"{path.name}, {'/'.join(iri.rsplit('/', 2)[1:])}")
            predicate = quad.predicate.value
            name = tails.get(predicate) or tails.setdefault(predicate, _tail(predicate))
            entry.values.setdefault(name, []).append(getattr(quad.object, "value", ""))
    except (SyntaxError, ValueError) as error:
        raise KgError(
            f"{path.name} is not valid Turtle: {error}", "the vocabulary files in ontology/ show the format"
        ) from error
    yield from found.items()


def _read_lines(path: Path) -> Iterator[tuple[str, _Entry]]:
    """The concepts of a plain text file, one a line; blank lines and lines that start with ``#`` are skipped."""
    try:
        lines = _read_bytes(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KgError(f"{path.name} is not UTF-8 text", "save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        place = f"{path.name}, line {number}"
        name, colon, rest = line.partition(":")
        label, _, aliases = (part.strip() for part in rest.partition("="))
        if not colon or not label:
            raise KgError(f"{place}: not a vocabulary line: {line.strip()[:60]!r}", "write: kind: label = alias, alias")
        entry = _Entry(place, {_TYPE: [f"ontology#{name.strip().capitalize()}"], _LABEL: [label]})
        entry.values["core#altLabel"] = [alias.strip() for alias in aliases.split(",") if alias.strip()]
        yield place, entry


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _kind_of(entry: _Entry) -> Kind | None:
    """The kind of a subject; None for what is no concept (a scheme, a description of the file)."""
    types = [_tail(iri) for iri in entry.get(_TYPE)]
    for name in types:
        if name in _CLASSES:
            return _CLASSES[name]
    if types and not any(name.startswith("ontology#") for name in types):
        return None
    known = ", ".join(kind.value for kind in CONCEPT_KINDS)
    shown = types[0].removeprefix("ontology#") if types else "none"
    raise KgError(f"{entry.place}: unknown kind of concept: {shown}", f"the kinds are {known}")


def _join(concept_id: str, entries: Sequence[_Entry], iris: dict[str, str]) -> Concept:
    """One concept out of all that the files say of it; a later file's spelling of the label wins."""

    def collect(name: str) -> list[str]:
        if len(entries) == 1:
            return entries[0].get(name)
        return list(dict.fromkeys(value for entry in entries for value in entry.get(name)))

    label = entries[-1].get(_LABEL)[0]
    definitions = collect("core#definition")
    return Concept(
        id=concept_id,
        kind=Kind(concept_id.partition("/")[0]),
        label=label,
        aliases=tuple(dict.fromkeys(name for name in (*collect(_LABEL), *collect("core#altLabel")) if name != label)),
        broader=tuple(sorted(_broader(entries, iris))),
        definition=definitions[-1] if definitions else "",
        ambiguous=tuple(collect("ontology#ambiguousLabel")),
        context=tuple(collect("ontology#contextWord")),
    )


def _broader(entries: Sequence[_Entry], iris: dict[str, str]) -> set[str]:
    found = set()
    for entry in entries:
        for iri in entry.get("core#broader"):
            if iri not in iris:
                raise KgError(f"{entry.place}: its broader concept {_tail(iri)} is in no vocabulary file")
            found.add(iris[iri])
    return found
