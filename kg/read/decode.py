"""Bytes -> text, or a clear reason why not. Pure."""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

#: Limits that keep time and memory bounded, in characters.
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 8_000_000

_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, limit: int = LONGEST_TEXT) -> str:
    """Decodes UTF-8 (or UTF-16 with its mark), byte order mark removed, no other character changed.

    Raises:
        SourceError: empty, binary, not UTF-8 (the message names the byte and the line), or longer than ``limit``.
    """
    if not data.strip():
        raise SourceError("the file is empty", "nothing to read: remove it from the sources")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise SourceError(f"the file is {what}, not text", "give the file the suffix of its format, or leave it out")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(_decode(data, "utf-16"), limit)
    if b"\x00" in data[:65536]:
        raise SourceError("the file is binary, not text", "it holds zero bytes; leave it out or convert it to text")
    return _checked(_decode(data, "utf-8").removeprefix("\ufeff"), limit)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"not valid {encoding.upper()}: byte {error.start} (line {line})",
            "save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        ) from None


def _checked(text: str, limit: int) -> str:
    if len(text) > limit:
        raise SourceError(f"the text is too long: {len(text):,} characters, at most {limit:,}", "split it into smaller files")
    if not text.strip():
        raise SourceError("the file is empty", "it holds white space only: remove it from the sources")
    sample = text[:20000]
    if len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise SourceError("the file is binary, not text", "it holds control characters; leave it out or convert it to text")
    return text


def check_lines(text: str) -> None:
    """Refuses a text with a line that no document has.

    Raises:
        SourceError: a line is longer than ``LONGEST_LINE`` characters.
    """
    at, number = 0, 0
    while at < len(text):
        number += 1
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if stop - at > LONGEST_LINE:
            raise SourceError(
                f"line {number} is {stop - at:,} characters long, at most {LONGEST_LINE:,}",
                "this is not a document of lines and paragraphs; break the line or leave the file out",
            )
        at = stop + 1
