"""Text that an XML file may hold, and chunks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: What has to be escaped, and what XML 1.0 allows in no form at all, not even escaped (section 2.2).
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_UNSAFE = re.compile('[&<>"\\x00-\x1f\ud800-\udfff\ufffe\uffff]')


def escape_xml(text: str) -> str:
    """Text for an element or an attribute in double quotes; characters that XML forbids become U+FFFD.

    >>> escape_xml('a < b & "c"')
    'a &lt; b &amp; &quot;c&quot;'
    """
    return _UNSAFE.sub(_escape, text) if _UNSAFE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return _SPECIAL.get(match[0], "\ufffd")


def join_chunks(lines: Iterable[str], size: int = 1 << 16) -> Iterator[bytes]:
    """The lines, each with a newline, as UTF-8 in chunks of about ``size`` characters."""
    held: list[str] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield ("\n".join(held) + "\n").encode("utf-8")
            held, length = [], 0
    if held:
        yield ("\n".join(held) + "\n").encode("utf-8")
