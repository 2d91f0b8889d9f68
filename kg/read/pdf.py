"""PDF papers: the text of the pages in reading order, lines joined to paragraphs, headings told by their words and numbers."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import BlockKind, Diagnostic, Document
from kg.read.dates import find_date
from kg.read.lines import ends_sentence
from kg.read.links import arxiv_ids
from kg.read.outline import Outline, assemble
from kg.read.roles import role_of_heading
from kg.read.writer import Writer

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MOST_PAGES = 300
_MOST_CHARACTERS = 3_000_000
_STAMP = re.compile(r"arXiv:(\d{4}\.\d{4,5})(?:v\d+)?\s{0,3}(?:\[[\w.-]{2,20}\])?\s{0,3}(\d{1,2} [A-Z][a-z]{2} \d{4})?")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}|[A-H](?:\.\d{1,2}){0,2}|[IVX]{1,5})\.? {1,4}([A-Z][^.]{2,90})")
_NAMED = re.compile(r"(?:Abstract|ABSTRACT|References|REFERENCES|Introduction|Conclusions?|Acknowledge?ments?|Appendix)")
_RUN_IN = re.compile(r"(Abstract|ABSTRACT)\s?[.:—–-]\s?(?=\S)")
_HYPHEN = re.compile(r"[a-z]-$")
#: What PDFium puts for a hyphen that breaks a word at the end of a line.
_SOFT_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.I)


def read_pdf(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
    """Reads one paper.

    Raises:
        SourceError: no PDF, an encrypted one, or one without text (a scan).
    """
    from pypdfium2 import PdfDocument, PdfiumError

    if not data.lstrip()[:5] == b"%PDF-":
        raise SourceError("this is not a PDF", "give the file the suffix of its format")
    try:
        pdf = PdfDocument(data)
        try:
            return [assemble(_outline(pdf, name, notes), name, "pdf")]
        finally:
            pdf.close()
    except PdfiumError as error:
        raise SourceError(f"the PDF cannot be opened: {error}", "it may be damaged or need a password") from None


def _outline(pdf: PdfDocument, name: str, notes: list[Diagnostic]) -> Outline:
    pages, title = _page_lines(pdf, name, notes)
    if not any(pages):
        raise SourceError("the PDF has no text", "it may be a scan: run it through OCR first")
    stamp = _STAMP.search("\n".join("\n".join(p) for p in pages[:1]))
    title = _title(pdf, pages[0], title) or PurePath(name).stem
    writer = _write(_without_running_lines(pages), title)
    text = writer.text().rstrip() + "\n"
    arxiv = stamp[1] if stamp else next(iter(arxiv_ids(name)), "")
    day = find_date(stamp[2]) if stamp and stamp[2] else None
    return Outline(
        text,
        writer.pieces,
        title=title,
        date=day[0] if day else None,
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        metadata=[("arxiv", arxiv)] if arxiv else [],
    )


def _page_lines(pdf: PdfDocument, name: str, notes: list[Diagnostic]) -> tuple[list[list[str]], str]:
    """The lines of each page, and the words that are set largest on the first."""
    pages: list[list[str]] = []
    largest, size = "", 0
    for number in range(min(len(pdf), _MOST_PAGES)):
        page = pdf[number]
        words = page.get_textpage()
        raw = words.get_text_bounded()
        largest = _largest(words) if number == 0 else largest
        words.close()
        page.close()
        size += len(raw)
        pages.append([" ".join(line.split()) for line in _SOFT_HYPHEN.sub("", raw).splitlines() if line.strip()])
        if size > _MOST_CHARACTERS:
            break
    if len(pages) < len(pdf):
        hint = "split the file to read all of it"
        notes.append(Diagnostic(name, f"only the first {len(pages)} of {len(pdf)} pages were read", hint, fatal=False))
    return pages, largest


def _largest(words: PdfTextPage) -> str:
    """The words at the top of the first page that are set in the largest type; the stamp of arXiv does not count."""
    from pypdfium2 import raw

    count = min(words.count_chars(), 1500)
    text = words.get_text_range(0, count) if count else ""
    sizes = [round(raw.FPDFText_GetFontSize(words.raw, i), 1) for i in range(count)]
    runs: list[tuple[float, str]] = []
    for character, size in zip(text, sizes, strict=False):
        if runs and (runs[-1][0] == size or character.isspace()):
            runs[-1] = (runs[-1][0], runs[-1][1] + character)
        else:
            runs.append((size, character))
    titles = [(size, " ".join(run.split())) for size, run in runs if len(run.strip()) >= 8 and not _STAMP.match(run.strip())]
    return max(titles, key=lambda t: t[0], default=(0.0, ""))[1]


def _title(pdf: PdfDocument, first: list[str], largest: str) -> str:
    stated = " ".join(str(pdf.get_metadata_dict().get("Title") or "").split())
    if 8 <= len(stated) <= 300 and not re.search(r"\.(?:tex|docx?|pdf|dvi)$|^untitled|microsoft word", stated, re.I):
        return stated
    if 8 <= len(largest) <= 300:
        return largest
    return next((line for line in first if len(line) >= 8 and not _STAMP.match(line)), "")[:300]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers, arXiv's stamp, and lines that head or foot most pages."""
    edges = [line for page in pages for line in {*page[:2], *page[-2:]}]
    counts = {line: edges.count(line) for line in set(edges)} if len(edges) < 2000 else {}
    return [
        [
            k
            for k in page
            if not _PAGE_NUMBER.fullmatch(k) and not _STAMP.match(k) and not (counts.get(k, 0) >= 3 and len(pages) >= 4)
        ]
        for page in pages
    ]


def _write(pages: list[list[str]], title: str) -> Writer:
    lines = [line for page in pages for line in page]
    width = sorted(map(len, lines))[len(lines) * 3 // 4] if lines else 0
    writer = Writer()
    writer.say(title)
    writer.close(BlockKind.HEADING, 1)
    at = _skip_title(lines, title)
    before = ""
    for line in lines[at:]:
        run_in = _RUN_IN.match(line)
        heading = run_in[1] if run_in else _heading(line, before)
        if heading:
            writer.close(BlockKind.PARAGRAPH)
            writer.say(heading)
            writer.close(BlockKind.HEADING, 2)
            line = line[run_in.end() :] if run_in else ""
        elif ends_sentence(before) and len(before) < width * 0.85:
            writer.close(BlockKind.PARAGRAPH)
        _join(writer, line)
        before = line
    writer.close(BlockKind.PARAGRAPH)
    return writer


def _join(writer: Writer, line: str) -> None:
    """Adds a line to the paragraph; a word that was broken with a hyphen is whole again."""
    if line:
        broken = bool(_HYPHEN.search(line[-3:])) and line.rsplit(" ", 1)[-1].count("-") == 1
        writer.say(line[:-1] if broken else f"{line} ")


def _heading(line: str, before: str) -> str:
    """The heading that a line is, or ""."""
    if len(line) > 100 or line.endswith((".", ",", ";", ":")) or (before and not _may_end(before)):
        return ""
    if _NAMED.fullmatch(line):
        return line
    m = _NUMBERED.fullmatch(line)
    if m and sum(c.isalpha() for c in m[1]) * 10 >= len(m[1]) * 7 and len(m[1].split()) <= 12:
        return line
    return line if role_of_heading(line) is not None and line[0].isupper() and len(line) < 40 else ""


def _may_end(before: str) -> bool:
    """Whether a paragraph or heading can end with this line: a sentence's end, or too short for a line of running text."""
    return ends_sentence(before) or len(before) < 60


def _skip_title(lines: list[str], title: str) -> int:
    """How many of the first lines repeat the title."""
    left = "".join(title.split()).casefold()
    for n, line in enumerate(lines[:6]):
        words = "".join(line.split()).casefold()
        if not left.startswith(words):
            return n
        left = left[len(words) :]
        if not left:
            return n + 1
    return 0
