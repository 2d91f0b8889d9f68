"""PDF papers, made here byte by byte."""

from __future__ import annotations

from datetime import date

from kg.read import read_bytes
from tests.test_read.helpers import outline


def make_pdf(*pages: list[tuple[int, str]]) -> bytes:
    """A PDF whose pages are lines of (type size, words)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        height, drawn = 760, []
        for size, text in lines:
            drawn.append(f"BT /F1 {size} Tf 60 {height} Td ({text}) Tj ET")
            height -= int(size * 1.4)
        stream = "\n".join(drawn).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        box = b"/MediaBox [0 0 612 792] /Contents %d 0 R" % len(objects)
        objects.append(b"<< /Type /Page /Parent 2 0 R %s /Resources << /Font << /F1 3 0 R >> >> >>" % box)
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + table + trailer


def lines(*texts: str) -> list[tuple[int, str]]:
    return [(10, text) for text in texts]


def test_paper() -> None:
    first = [
        (20, "arXiv:2603.00001v1 [cs.CL] 3 Mar 2026"),
        (18, "CacheFold: Folding Key-Value"),
        (18, "Caches at Scale"),
        *lines(
            "Ann Bee and Cee Dee",
            "Abstract",
            "We fold caches of long-context models by a factor of three and keep the accu-",
            "racy of the dense baseline on all four benchmarks.",
            "1 Introduction",
            "Caches grow with the context. They do not fit in the memory of one device for",
            "long inputs, so teams evict entries.",
        ),
    ]
    second = lines("2.1 Folding Keys", "Keys are folded twice.", "References", "[1] A. Bee. Some earlier work. 2020.")
    documents, notes = read_bytes(make_pdf(first, second), "x.pdf")
    assert notes == []
    document = documents[0]
    assert (document.title, document.date) == ("CacheFold: Folding Key-Value Caches at Scale", date(2026, 3, 3))
    assert document.metadata == (("arxiv", "2603.00001"),)
    assert outline(document) == [
        "== overview 1 CacheFold: Folding Key-Value Caches at Scale",
        "paragraph | Ann Bee and Cee Dee",
        "== abstract 1 Abstract",
        "paragraph | We fold caches of long-context models by a factor of three and keep the accuracy "
        "of the dense baseline on all four benchmarks.",
        "== body 1 1 Introduction",
        "paragraph | Caches grow with the context. They do not fit in the memory of one device for "
        "long inputs, so teams evict entries.",
        "== body 1 2.1 Folding Keys",
        "paragraph | Keys are folded twice.",
        "== furniture 1 References",
        "paragraph | [1] A. Bee. Some earlier work. 2020.",
    ]


def test_what_is_no_paper_is_said() -> None:
    whole = make_pdf(lines("Some text. Here."))
    for data, message in ((b"text", "not a PDF"), (whole[:60], "cannot be opened"), (make_pdf([]), "no text")):
        documents, notes = read_bytes(data, "x.pdf")
        assert documents == []
        assert message in notes[0].message
