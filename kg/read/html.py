"""Saved web pages: the text without the page around it, with headings, lists, tables, code, formulas, links and emphasis."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import BlockKind, Diagnostic, Document
from kg.read.about import read_about
from kg.read.dates import date_of_name
from kg.read.decode import decode
from kg.read.diagrams import is_drawn
from kg.read.htmlpage import is_boilerplate, main_element, read_facts, text_length
from kg.read.outline import Outline, assemble
from kg.read.writer import Writer

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_STRONG = frozenset({"b", "strong", "em", "i", "mark", "dfn"})
_BLOCK_NAMES = """
    p div section article main header blockquote figure figcaption dl dt dd ul ol li table pre hr address center details
    summary fieldset tr td th tbody thead tfoot body
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ANCHORS = frozenset({"", "#", "¶", "🔗", "§", "link"})
_NESTED = ".//ul|.//ol|.//table|.//pre|.//h2|.//h3|.//h4"
_LONG_CELL = 400
#: Pages are cut at this size before they are parsed, in characters.
_LARGEST = 20_000_000


def read_html(data: bytes, name: str, _notes: list[Diagnostic]) -> list[Document]:
    """Reads one saved page.

    Raises:
        SourceError: no HTML, or a page without text.
    """
    return [assemble(outline_html(_decode(data), name), name, "html")]


def _decode(data: bytes) -> str:
    """UTF-8, else the character set that the page declares."""
    try:
        return decode(data, limit=_LARGEST)
    except SourceError:
        m = re.search(rb"charset=[\"']?([\w-]{2,20})", data[:4096], re.I)
        if not m or m[1].lower() in {b"utf-8", b"utf8"}:
            raise
        try:
            return decode(data.decode(m[1].decode("ascii")).encode(), limit=_LARGEST)
        except (LookupError, UnicodeError):
            raise SourceError("the page is not in the character set that it declares", "save it as UTF-8") from None


def outline_html(html: str, name: str) -> Outline:
    """The outline of a page's own text."""
    root = parse_html(html)
    facts = read_facts(root)
    main, index = main_element(root)
    walker = Walker(Writer(), max(1, text_length(main)))
    if not index and facts.title and main.find(".//h1") is None:
        walker.writer.say(facts.title)
        walker.writer.close(BlockKind.HEADING, 1)
    walker.walk(main)
    writer = walker.writer
    writer.close(BlockKind.PARAGRAPH)
    if not any(p.kind not in {BlockKind.FURNITURE, BlockKind.HEADING} for p in writer.pieces):
        raise SourceError("the page has no text", "scripts may fill it in: save it from a browser as 'web page, complete'")
    text = writer.text().rstrip() + "\n"
    outline = Outline(text, writer.pieces, writer.links, writer.emphasis)
    first = next((p.span.of(text) for p in writer.pieces if p.kind is BlockKind.HEADING), "")
    outline.title, outline.publication = facts.title or first or PurePath(name).stem, facts.publication
    outline.date, outline.url, outline.metadata = facts.date, facts.url, facts.metadata
    _describe(outline, name)
    if index:
        depths = [p.depth for p in writer.pieces if p.kind is BlockKind.HEADING and p.depth > 1]
        outline.entry_depth = min(depths, default=None)
    return outline


def parse_html(html: str) -> HtmlElement:
    """The element tree of a page or a fragment."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise SourceError("this is not HTML", "save the page again from a browser") from None


def _describe(outline: Outline, name: str) -> None:
    """What the page's head leaves open is read from its first lines."""
    first = [p for p in outline.pieces[:8] if p.kind is not BlockKind.ROW]
    about = read_about([outline.title, *(p.span.of(outline.text)[:200] for p in first)], name, 0)
    outline.date = outline.date or about.date or date_of_name(name)
    outline.issue = about.issue
    outline.publication = outline.publication or about.publication


class Walker:
    """Walks the elements of a page and tells a Writer what they say. Depth is bounded by the parser (256)."""

    def __init__(self, writer: Writer, whole: int) -> None:
        self.writer = writer
        self.whole = whole
        self.tables = 0

    def walk(self, element: HtmlElement) -> None:
        """Reads the words and children of a block element; loose words become a paragraph."""
        if element.text:
            self.writer.say(element.text)
        for child in element:
            self._child(child, BlockKind.PARAGRAPH)
            if child.tail:
                self.writer.say(child.tail)

    def _child(self, child: HtmlElement, kind: BlockKind, label: str = "") -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or (tag != "script" and is_boilerplate(child, self.whole)):
            return
        if tag in _HEADINGS:
            self._heading(child)
        elif tag == "pre":
            self._pre(child)
        elif tag == "table":
            self._table(child, kind, label)
        elif tag in {"ul", "ol"}:
            self.writer.close(kind, label=label)
            self._list(child)
        elif tag in _BLOCKS:
            self.writer.close(kind, label=label)
            self.walk(child)
            self.writer.close(BlockKind.PARAGRAPH)
        else:
            self._inline(child, kind, label)

    def _heading(self, element: HtmlElement) -> None:
        self.writer.close(BlockKind.PARAGRAPH)
        for anchor in list(element.iter("a")):
            if "".join(anchor.itertext()).strip() in _ANCHORS:
                anchor.drop_tree()
        self._inline_children(element, BlockKind.PARAGRAPH, "")
        self.writer.close(BlockKind.HEADING, _HEADINGS[element.tag])

    def _pre(self, element: HtmlElement) -> None:
        self.writer.close(BlockKind.PARAGRAPH)
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        words = "".join(element.itertext(with_tail=False)).strip("\n")
        lines = [k.strip() for k in words.splitlines() if k.strip()]
        self.writer.say_raw(words)
        drawn = sum(map(is_drawn, lines))
        self.writer.close(BlockKind.DIAGRAM if drawn >= 2 and drawn * 3 >= len(lines) else BlockKind.CODE)

    def _list(self, element: HtmlElement) -> None:
        number = int(start) if (start := element.get("start") or "1").isdigit() and len(start) < 6 else 1
        for child in element:
            if child.tag != "li":
                self._child(child, BlockKind.PARAGRAPH)
                continue
            label = str(number) if element.tag == "ol" else ""
            number += 1
            if is_boilerplate(child, self.whole):
                continue
            self._item(child, label)

    def _item(self, element: HtmlElement, label: str) -> None:
        """One list item: its own words are the item, whether they stand in paragraphs or not."""
        if element.text:
            self.writer.say(element.text)
        for child in element:
            if child.tag in {"p", "div", "span"} and not child.xpath(_NESTED):
                if child.tag != "span":
                    self.writer.break_line()
                if not is_boilerplate(child, self.whole):
                    self._inline_children(child, BlockKind.ITEM, label)
            else:
                self._child(child, BlockKind.ITEM, label)
            if child.tail:
                self.writer.say(child.tail)
        self.writer.close(BlockKind.ITEM, label=label)

    def _table(self, element: HtmlElement, kind: BlockKind, label: str) -> None:
        self.writer.close(kind, label=label)
        code = element.xpath(".//pre")
        if code:
            for pre in code[-1:]:
                self._pre(pre)
            return
        rows = [r for r in element.iter("tr") if next(a for a in r.iterancestors("table")) is element]
        cells = [[c for c in row if c.tag in {"td", "th"}] for row in rows]
        if self._is_layout(cells):
            for cell in (c for row in cells for c in row):
                self.walk(cell)
                self.writer.close(BlockKind.PARAGRAPH)
            return
        for row, own in zip(rows, cells, strict=True):
            spans = []
            for n, cell in enumerate(own):
                if n:
                    self.writer.say(" | ")
                    self.writer.say(" ")
                start = self.writer.at
                self._inline_children(cell, BlockKind.PARAGRAPH, "")
                spans.append(self.writer.since(start))
            parent = row.getparent()
            header = all(c.tag == "th" for c in own) or (parent is not None and parent.tag == "thead")
            self.writer.close_row(spans, header, self.tables)
        self.tables += 1

    def _is_layout(self, cells: list[list[HtmlElement]]) -> bool:
        """Tables that only set a page: one column, or cells as long as texts with blocks in them."""
        if max(map(len, cells), default=0) <= 1:
            return True
        return any(
            c.xpath(".//table|.//h1|.//h2|.//h3|.//ul|.//p[2]") and text_length(c) > _LONG_CELL for r in cells for c in r
        )

    def _inline_children(self, element: HtmlElement, kind: BlockKind, label: str) -> None:
        if element.text:
            self.writer.say(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _BLOCKS or tag in _HEADINGS:
                self.writer.break_line()
                self._inline_children(child, kind, label)
                self.writer.break_line()
            elif tag:
                self._inline(child, kind, label)
            if child.tail:
                self.writer.say(child.tail)

    def _inline(self, element: HtmlElement, kind: BlockKind, label: str) -> None:
        tag = element.tag
        if tag == "br":
            self.writer.break_line()
        elif (
            tag == "math"
            or (element.get("class") or "") == "katex"
            or (tag == "script" and "math/tex" in (element.get("type") or ""))
        ):
            self._formula(element)
        elif tag == "script" or is_boilerplate(element, self.whole):
            return
        elif any(isinstance(c.tag, str) and (c.tag in _BLOCKS or c.tag in _HEADINGS) for c in element):
            self.writer.close(kind, label=label)
            self.walk(element)
            self.writer.close(BlockKind.PARAGRAPH)
        else:
            start = self.writer.at
            self._inline_children(element, kind, label)
            if tag == "a" and (element.get("href") or "").startswith(("http://", "https://")) and start <= self.writer.at:
                self.writer.link(start, element.get("href"))
            elif tag in _STRONG:
                self.writer.emphasize(start, strong=tag in {"b", "strong"})

    def _formula(self, element: HtmlElement) -> None:
        """TeX where the page carries it, else the formula's characters."""
        tex = element.xpath(".//*[local-name()='annotation'][contains(@encoding, 'tex')]")
        words = "".join(tex[0].itertext()) if tex else "".join(element.itertext(with_tail=False))
        self.writer.say(f"${words.strip()}$" if tex or element.tag == "script" else words)
