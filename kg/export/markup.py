"""Text that an XML file may hold, and chunks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: What XML 1.0 allows in no form at all, not even escaped (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\t\n\r]')


def escape_xml(text: str) -> str:
    """Text for an element or an attribute in double quotes; characters that XML forbids become U+FFFD.

    >>> escape_xml('a < b & "c"')
    'a &lt; b &amp; &quot;c&quot;'
    """
    return _ESCAPED.sub(lambda match: _SPECIAL[match[0]], _ILLEGAL.sub("\ufffd", text))


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
