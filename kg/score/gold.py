"""Gold: what people found in a document by hand, one JSON file a document. The records are the description of the format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from kg.errors import SourceError


class GoldPaper(msgspec.Struct):
    """A paper that the document names. ``entry``: it has an entry, section, row or bullet of its own."""

    id: str  # "p1": what the other records point at
    name: str
    title: str | None = None
    aliases: list[str] = []
    arxiv: str | None = None
    entry: bool = False


class GoldTerm(msgspec.Struct):
    """A technique or another concept: a method, concept, problem, task, metric, benchmark, dataset, model or hardware."""

    name: str
    aliases: list[str] = []
    kind: str = ""


class GoldName(msgspec.Struct):
    """An institution."""

    name: str
    aliases: list[str] = []


class GoldResult(msgspec.Struct):
    """One quantity, or a range of two numbers. ``words`` quotes the text; without a digit in them it is optional."""

    value: float | list[float]
    words: str = ""
    paper: str | None = None
    metric: str | None = None
    benchmark: str | None = None
    unit: str | None = None


class GoldPrediction(msgspec.Struct):
    """A dated statement about the future. Those in running text (``source: in-text``) are optional."""

    label: str
    due: str | None = None
    source: str = ""


class GoldClaim(msgspec.Struct):
    """A claim: the first words of its sentence. ``also`` names further types that are as right."""

    words: str
    type: str
    paper: str | None = None
    also: str | list[str] = []
    voice: str = ""


class Gold(msgspec.Struct):
    """Everything in one document. Relations are tuples: paper id, role, term or paper id (and the words that say it)."""

    doc: str
    papers: list[GoldPaper] = []
    techniques: list[GoldTerm] = []
    paper_technique: list[tuple[str, str, str]] = []
    institutions: list[GoldName] = []
    paper_institution: list[tuple[str, str]] = []
    paper_relations: list[Annotated[list[str], msgspec.Meta(min_length=3)]] = []
    results: list[GoldResult] = []
    predictions: list[GoldPrediction] = []
    claims: list[GoldClaim] | None = None


def read_gold(path: Path) -> Gold:
    """The gold of one file.

    Raises:
        SourceError: it is not readable or not in the format.
    """
    try:
        gold = msgspec.json.decode(path.read_bytes(), type=Gold)
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name} is not gold: {error}", "the format is described in kg/score/gold.py") from error
    known = {paper.id for paper in gold.papers}
    pointed = {paper for paper, _, _ in gold.paper_technique} | {paper for paper, _ in gold.paper_institution}
    pointed |= {end for relation in gold.paper_relations for end in (relation[0], relation[2])}
    if pointed - known:
        raise SourceError(f"{path.name} points at papers that it does not list: {', '.join(sorted(pointed - known))}")
    return gold


def find_pairs(documents: Path, gold: Path) -> list[tuple[Path, Path]]:
    """Each gold file with the document it is about: the one named in its ``doc``, or one whose name starts like it.

    Raises:
        SourceError: a folder has no gold, or a gold file no document.
    """
    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not files:
        raise SourceError(f"no gold in {gold}", "gold files end in .json, one a document")
    places = sorted(p for p in documents.iterdir() if p.is_file()) if documents.is_dir() else [documents]
    pairs = []
    for file in files:
        name = read_gold(file).doc
        found = next((p for p in places if p.name == name), None)
        found = found or next((p for p in places if p.name.startswith(file.stem)), None)
        if found is None:
            raise SourceError(f"no document for {file.name} in {documents}", f"it should be called {name}")
        pairs.append((found, file))
    return pairs
