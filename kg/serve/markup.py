"""HTML that cannot be injected into: a text becomes markup only by being escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kg.markdown import Piece, read_marks

_VOID = frozenset({"meta", "link", "input", "br"})


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of HTML; made by :func:`tag` and :func:`join` only."""

    html: str


Child: TypeAlias = "Markup | str | Iterable[Child]"


def join(children: Iterable[Child]) -> Markup:
    """Pieces one after the other; strings among them are escaped."""
    parts = []
    for child in children:
        if isinstance(child, Markup):
            parts.append(child.html)
        elif isinstance(child, str):
            parts.append(html.escape(_printable(child)))
        else:
            parts.append(join(child).html)
    return Markup("".join(parts))


def tag(name: str, /, *children: Child, **attributes: str) -> Markup:
    """An element. ``class_`` and ``for_`` are written without the underscore, other underscores as hyphens.

    >>> tag("a", "<b>", href='"x"', class_="y").html
    '<a href="&quot;x&quot;" class="y">&lt;b&gt;</a>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_printable(value))}"' for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children).html}</{name}>")


def link(target: str, text: str) -> Markup:
    """A link, where ``target`` is a path of this server or a page of the web; of any other scheme the text alone.

    >>> link("javascript:alert(1)", "x").html, link("//evil.example", "x").html
    ('x', 'x')
    """
    own = target.startswith("/") and not target.startswith(("//", "/\\"))
    if own or target.casefold().startswith(("https://", "http://")):
        outside = {} if own else {"rel": "noreferrer nofollow noopener"}
        return tag("a", text, href=target, **outside)
    return join([text])


def prose(text: str) -> Markup:
    """A line of a document with its marks of Markdown as style.

    >>> prose("**a** <b> [c](https://example.org)").html
    '<strong>a</strong> &lt;b&gt; <a href="https://example.org" rel="noreferrer nofollow noopener">c</a>'
    """
    return join(_styled(piece) for piece in read_marks(text))


def _styled(piece: Piece) -> Child:
    if piece.style == "link":
        return link(piece.target, piece.text) if piece.target.startswith("http") else piece.text
    return tag(piece.style, [_styled(part) for part in piece.inside] or piece.text) if piece.style else piece.text


def _printable(text: str) -> str:
    """``text`` without control characters, and without surrogates that no encoding can write."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" if c < " " else _safe(c) for c in text)


def _safe(char: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char
