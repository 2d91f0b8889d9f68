"""RSS and Atom feeds: every item is a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import BlockKind, Diagnostic, Document, Role
from kg.read.dates import find_date
from kg.read.html import Walker, parse_html
from kg.read.htmlpage import text_length
from kg.read.links import arxiv_ids, is_paper_url
from kg.read.outline import Outline, assemble
from kg.read.records import note_skipped
from kg.read.writer import Writer

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("published", "pubDate", "date", "issued", "updated")
_ITEMS = frozenset({"item", "entry"})
#: arXiv's own feeds put this before the abstract.
_ANNOUNCE = re.compile(r"\s{0,20}arXiv:\S{5,20} {1,3}Announce Type: [\w-]{1,20}\s{1,20}(?:Abstract: )?")
_MOST = 5000


def read_feed(data: bytes, name: str, notes: list[Diagnostic]) -> list[Document]:
    """Reads a feed. Items without text are left out and noted.

    Raises:
        SourceError: not XML, not a feed, or a feed that declares entities of its own (the trick of entity bombs).
    """
    root = _parse(data)
    items = [e for e in root.iter() if isinstance(e.tag, str) and _local(e) in _ITEMS]
    if not items:
        raise SourceError("this XML is no feed: it has no <item> or <entry>", "known feeds are RSS and Atom")
    channel = next((e for e in root.iter() if isinstance(e.tag, str) and _local(e) in {"channel", "feed"}), root)
    publication = _text(channel, "title")
    documents, empty = [], []
    for number, item in enumerate(items[:_MOST], 1):
        outline = _outline(item, publication)
        if outline is None:
            empty.append(f"item {number}")
        else:
            documents.append(assemble(outline, name, "feed"))
    note_skipped(notes, name, empty, "an item of the feed has no text", "the feed may give titles only")
    return documents


def _parse(data: bytes) -> _Element:
    from lxml import etree

    if not data.strip():
        raise SourceError("the file is empty", "nothing to read: remove it from the sources")
    if re.search(rb"<!\s{0,5}ENTITY", data[:1_000_000], re.I):
        raise SourceError("this XML declares entities of its own", "feeds need none; remove the DOCTYPE if you trust the file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data.lstrip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise SourceError("this is not XML", "save the feed again from its address")
    found: _Element = root
    return found


def _local(element: _Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _children(element: _Element, name: str) -> list[_Element]:
    return [c for c in element if isinstance(c.tag, str) and _local(c) == name]


def _text(element: _Element, name: str) -> str:
    """The words of the first child of that name, markup inside it removed."""
    for child in _children(element, name):
        words = " ".join("".join(child.itertext()).split())
        if words:
            return re.sub(r"<[^<>]{1,300}>", "", words)
    return ""


def _link(item: _Element) -> str:
    links = _children(item, "link")
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    said = [(_text(item, "link")), _text(item, "guid"), _text(item, "id")]
    return next((url for url in said if url.startswith(("http://", "https://"))), "")


def _outline(item: _Element, publication: str) -> Outline | None:
    title, url = _text(item, "title"), _link(item)
    writer = Writer()
    if title:
        writer.say(title)
        if url:
            writer.link(0, url)
        writer.close(BlockKind.HEADING, 1)
    people = [_text(a, "name") or " ".join("".join(a.itertext()).split()) for a in _people(item)]
    if people:
        writer.say(f"Authors: {', '.join(people)}")
        writer.close(BlockKind.META)
    before = len(writer.pieces)
    _say_body(writer, item)
    if len(writer.pieces) == before and not title:
        return None
    day = next((found for key in _DATES if (found := find_date(_text(item, key)))), None)
    paper = is_paper_url(url)
    metadata = [("author", name) for name in people]
    metadata += [("arxiv", i) for i in arxiv_ids(url)[:1]]
    metadata += [("category", c) for e in _children(item, "category") if (c := (e.get("term") or e.text or "").strip())]
    return Outline(
        writer.text().rstrip() + "\n",
        writer.pieces,
        writer.links,
        writer.emphasis,
        title=title,
        publication=publication,
        date=day[0] if day else None,
        url=url,
        metadata=metadata,
        role=Role.ABSTRACT if paper else None,
    )


def _people(item: _Element) -> list[_Element]:
    return [*_children(item, "author"), *_children(item, "creator")]


def _say_body(writer: Writer, item: _Element) -> None:
    """The fullest body of an item, which is HTML in most feeds and elements of XHTML in some."""
    from lxml import etree

    for name in _BODIES:
        for body in _children(item, name):
            words = (
                "".join(etree.tostring(c, encoding="unicode") for c in body) if len(body) else "".join(body.itertext())
            ).strip()
            if not words:
                continue
            announced = _ANNOUNCE.match(words)
            if announced:
                words = words[announced.end() :]
            root = parse_html(f"<div>{words}</div>")
            Walker(writer, max(1, text_length(root))).walk(root)
            writer.close(BlockKind.PARAGRAPH)
            return
