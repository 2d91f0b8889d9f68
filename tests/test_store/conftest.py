"""Digests in a few words, of which graphs are built again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.graph.store import dump_nquads, open_store
from kg.lexicon import load_concepts
from kg.model import Document, Extraction
from kg.pipeline import ExtractionCache

#: Bodies that share papers, terms, numbers and claims, so that adding or removing one changes what the others' graphs say: a
#: name that another spells out, an arXiv id that joins two names, a number and a claim that are stated twice.
BODIES = (
    """01 [Training] LoopFold: Long Inputs Folded into Short Ones (arXiv:2601.00001)
LoopFold introduces folded attention (FA), a way to read long inputs. It lifts RULER accuracy from 61.2 to 66.8.
""",
    """01 [Training] LoopFold (arXiv:2601.00001)
LoopFold uses folded attention and on-policy distillation. It lifts RULER accuracy from 61.2 to 66.8.

02 [Eval] CreaseBench: Where Folded Attention Tears (arXiv:2601.00002)
CreaseBench extends LoopFold with 400 hard inputs. FA loses 12 points on them.
""",
    """01 [Eval] Crease Bench: Where Folded Attention Tears
Crease Bench shows that folded attentions do not help on long inputs. On-policy distillation (OPD) gains 4 points.
""",
    """01 [Systems] PleatCache: Caches That Fold (arXiv:2601.00003)
PleatCache, from Tern Lab, builds on LoopFold. PleatCache uses reward hacking detection and FA. It is 3x faster than LoopFold.

02 [Theory] Why Folding Works (arXiv:2601.00001)
Why Folding Works shows that folded attention helps on long inputs.
""",
    """01 [Data] TuckSet (arXiv:2601.00005)
TuckSet introduces a benchmark of 900 sewn documents. Tern Labs trained PleatCache on TuckSet. OPD loses 7 points on it.
""",
)


def write_digest(folder: Path, name: int, body: int) -> Path:
    """The digest ``name`` with some body; its name gives it a date of its own."""
    path = folder / f"fold-letter-{name}.txt"
    path.write_text(f"Fold Letter\n\nMay {name + 1}, 2026\n\n{BODIES[body]}", encoding="utf-8")
    return path


def read_quads(graph: Path) -> list[bytes]:
    """All quads of a graph folder, as sorted lines."""
    return list(dump_nquads(open_store(graph)))


@pytest.fixture(scope="session")
def extracted() -> dict[Document, Extraction]:
    return {}


@pytest.fixture
def remember_extractions(extracted: dict[Document, Extraction], monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction gives the same for the same document and takes nearly all of the time: each document is extracted once, and
    the vocabulary read once."""
    real = ExtractionCache.extract

    def remember(cache: ExtractionCache, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if document not in extracted:
                [extracted[document]] = real(cache, [document])
            yield extracted[document]

    monkeypatch.setattr(ExtractionCache, "extract", remember)
    monkeypatch.setattr(ExtractionCache, "concepts", load_concepts())
