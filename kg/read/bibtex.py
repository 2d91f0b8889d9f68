"""BibTeX: every entry is a document of its title and abstract."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.errors import SourceError
from kg.model import Diagnostic, Document
from kg.read.decode import decode
from kg.read.outline import assemble
from kg.read.records import make_record, note_skipped, outline_record

_ENTRY = re.compile(r"@([A-Za-z]{2,30})\s{0,20}([{(])\s{0,20}([^\s,{}()]{1,200})\s{0,20},")
_FIELD = re.compile(r"\s{0,200}([A-Za-z][\w:-]{0,40})\s{0,20}=\s{0,20}")
_BARE = re.compile(r"[^\s,{}\"#]{1,200}")
_ACCENT = re.compile(r"\\([`'^\"~=.uvHcdbr])\s{0,4}(?:\{\s{0,4}\\?([A-Za-z])\s{0,4}\}|\\?([A-Za-z]))")
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    r"\ss": "ß", r"\ae": "æ", r"\AE": "Æ", r"\oe": "œ", r"\OE": "Œ", r"\o": "ø", r"\O": "Ø", r"\aa": "å", r"\AA": "Å",
    r"\l": "ł", r"\L": "Ł", r"\i": "i", r"\&": "&", r"\%": "%", r"\_": "_", r"\#": "#", r"\$": "$", "~": " ",
    "---": "—", "--": "–",
}  # fmt: skip
_LETTER = re.compile("|".join(re.escape(k) + ("(?![A-Za-z])" if k[-1].isalpha() else "") for k in _LETTERS))
_COMMAND = re.compile(r"\\(?:emph|textit|textbf|texttt|textsc|mathrm|text|url|href)\b")
_NOT_PAPERS = frozenset({"string", "comment", "preamble"})


def read_bibtex(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
    """Reads the entries that have a title; broken ones are left out and noted.

    Raises:
        SourceError: not text, or no entry at all.
    """
    text = decode(data)
    documents: list[Document] = []
    broken: list[str] = []
    seen = False
    for start, fields in _entries(text):
        seen = True
        outline = outline_record(make_record(fields)) if fields else None
        if outline is None:
            broken.append(f"line {text.count(chr(10), 0, start) + 1}")
        else:
            documents.append(assemble(outline, name, "bibtex"))
    if not seen:
        raise SourceError("no BibTeX entry in this file", "an entry starts like this: @article{key, title = {...}}")
    note_skipped(notes, name, broken, "an entry has no title or is not closed", "check its braces and its title")
    return documents


def _entries(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Where each entry starts, and its fields."""
    at = 0
    while m := _ENTRY.search(text, at):
        at = m.end()
        if m[1].casefold() in _NOT_PAPERS:
            continue
        fields: dict[str, str] = {}
        while found := _FIELD.match(text, at):
            value, at = _value(text, found.end())
            fields.setdefault(found[1].casefold(), clean_tex(value))
            comma = re.compile(r"\s{0,200},").match(text, at)
            if not comma:
                break
            at = comma.end()
        yield m.start(), fields


def _value(text: str, at: int) -> tuple[str, int]:
    """A value: braces, quotes, a bare word, or several joined by ``#``; and where it ends."""
    parts = []
    while at < len(text):
        if text[at] in '{"':
            end = _closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif m := _BARE.match(text, at):
            parts.append(m[0])
            at = m.end()
        joined = re.compile(r"\s{0,200}#\s{0,200}").match(text, at)
        if not joined:
            break
        at = joined.end()
    return "".join(parts), at


def _closing(text: str, at: int) -> int:
    """The brace or quote that closes the one at ``at``; the end of the text where none does."""
    depth, quoted = 0, text[at] == '"'
    for m in re.compile(r"\\.|[{}\"]", re.S).finditer(text, at + 1):
        mark = m[0]
        if mark == "{":
            depth += 1
        elif (mark == '"' and quoted and not depth) or (mark == "}" and not quoted and not depth):
            return m.start()
        elif mark == "}":
            depth -= 1
    return len(text)


def clean_tex(value: str) -> str:
    r"""A field's words without TeX: accents composed, braces and simple commands removed.

    >>> clean_tex(r"{B}ERT by M{\"u}ller \& Erd\H{o}s")
    'BERT by Müller & Erdős'
    """
    words = _ACCENT.sub(lambda m: (m[2] or m[3]) + _COMBINING[m[1]], value)
    words = _LETTER.sub(lambda m: _LETTERS[m[0]], _COMMAND.sub("", words))
    return unicodedata.normalize("NFC", words.replace("{", "").replace("}", "")).strip()
