"""How the tests of the readers show what they expect."""

from __future__ import annotations

from kg.model import Document
from kg.read import read_bytes


def read_one(text: str, name: str) -> Document:
    """The only document of a source that reads without a complaint."""
    documents, notes = read_bytes(text.encode(), name)
    assert notes == []
    assert len(documents) == 1
    return documents[0]


def outline(document: Document) -> list[str]:
    """A document as lines: ``== role level heading`` for a section, ``kind label tag | words`` for a block."""
    lines = []
    for number, section in enumerate(document.sections):
        heading = section.heading.of(document.text) if section.heading else "-"
        lines.append(f"== {section.role.value} {section.level} {heading}")
        for block in document.blocks:
            if block.section == number and block.span != section.heading:
                marks = " ".join(filter(None, [block.kind.value, block.label, block.tag]))
                lines.append(f"{marks} | {' / '.join(block.span.of(document.text).split(chr(10)))}")
    return lines


def words(document: Document, spans: object) -> list[str]:
    """The characters of spans."""
    return [span.of(document.text) for span in spans]  # type: ignore[attr-defined]
