"""Links, emphasis and footnote references inside Markdown text, with their offsets. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.model import Link, Span
from kg.read.lines import trim
from kg.read.links import find_urls

_LINK = re.compile(
    r"(!?)\[([^\[\]\n]{0,400}(?:\[[^\[\]\n]{0,100}\][^\[\]\n]{0,200})?)\]"
    r"\(\s{0,3}<?([^\s<>()]{1,2000}(?:\([^\s()]{0,200}\)[^\s<>()]{0,500})?)>?(?:\s+[\"'(][^\n\"]{0,300}[\"')])?\s{0,3}\)"
)
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,100})\])?(?![(:])")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{3,2000})>")
_DEFINITION = re.compile(r"^ {0,3}\[\^?([^\[\]\n]{1,100})\]:\s{0,3}<?((?:https?://|www\.)[^\s<>]{3,2000})>?.{0,300}$", re.M)
_STRONG = re.compile(r"(\*\*\*?|___?)(?=\S)([^\n*_](?:[^\n*]|\*(?!\*)){0,600}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"([*_])(?<![\w*\\][*_])(?![\s*_])([^\n*_]{1,400})(?<![\s\\])\1(?![\w*])")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_MARKS = "*_`~ "


def find_definitions(text: str) -> dict[str, str]:
    """The targets of reference links: ``[name]: https://...``."""
    return {m[1].casefold(): m[2] for m in _DEFINITION.finditer(text)}


def is_definition(line: str) -> bool:
    return bool(_DEFINITION.match(line))


def find_links(text: str, start: int, end: int, definitions: Mapping[str, str]) -> list[Link]:
    """The links of ``text[start:end]``: inline, by reference, in angle brackets, and bare addresses. Images are left out."""
    found: list[Link] = []
    covered: list[tuple[int, int]] = []
    for m in _LINK.finditer(text, start, end):
        covered.append(m.span())
        if not m[1]:
            found.append(Link(_bare(text, m.start(2), m.end(2)), m[3]))
    if definitions:
        for m in _REFERENCE.finditer(text, start, end):
            url = definitions.get((m[2] or m[1]).casefold().lstrip("^"))
            if url:
                found.append(Link(_bare(text, m.start(1), m.end(1)), url))
    for m in _AUTOLINK.finditer(text, start, end):
        covered.append(m.span())
        found.append(Link(Span(m.start(1), m.end(1)), m[1]))
    at = 0
    covered.sort()
    for link in find_urls(text, start, end):
        while at < len(covered) and covered[at][1] <= link.span.start:
            at += 1
        if at == len(covered) or link.span.start < covered[at][0]:
            found.append(link)
    return found


def find_emphasis(text: str, start: int, end: int) -> list[Span]:
    """Bold and italic words in ``text[start:end]``, their marks left out."""
    if text.find("*", start, end) < 0 and text.find("_", start, end) < 0:
        return []
    strong = list(_STRONG.finditer(text, start, end))
    found = [_bare(text, m.start(2), m.end(2)) for m in strong]
    taken = [m.span() for m in strong]
    at = 0
    for m in _EMPHASIS.finditer(text, start, end):
        while at < len(taken) and taken[at][1] <= m.start():
            at += 1
        if at == len(taken) or m.end() <= taken[at][0]:
            found.append(_bare(text, m.start(2), m.end(2)))
    return [s for s in found if s.end > s.start]


def _bare(text: str, start: int, end: int) -> Span:
    """The span without marks of emphasis and white space at its ends; of a link with an image, without the image's marks."""
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    inner = _LINK.fullmatch(text, start, end)
    return _bare(text, inner.start(2), inner.end(2)) if inner else trim(text, start, end)


def plain_words(words: str) -> str:
    """A line of Markdown as its reader sees it: for telling what kind of line it is, never for offsets."""
    words = _LINK.sub(lambda m: m[2], words[:4000])
    words = _TAG.sub(" ", words)
    return re.sub(r"[*`]+|(?<!\w)_+|_+(?!\w)", "", words).strip()
