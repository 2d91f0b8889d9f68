"""Markdown: the file's characters exactly, its markup told by lines and kept out of the blocks' ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from kg.model import BlockKind, Diagnostic, Document, Span
from kg.read.about import is_stamp_line, publication_of, read_about
from kg.read.dates import find_date
from kg.read.decode import check_lines, decode
from kg.read.frontmatter import FrontMatter, read_front_matter
from kg.read.inline import find_definitions, find_emphasis, find_links, plain_words
from kg.read.issues import Title, date_of_list, split_issues
from kg.read.mdblocks import WORD_DEPTH, parse_blocks
from kg.read.outline import Outline, Piece, assemble
from kg.read.plain import outline_plain


def read_markdown(data: bytes, name: str, _notes: list[Diagnostic]) -> list[Document]:
    """Reads one Markdown file: one document, or one for each dated issue that it holds.

    Raises:
        SourceError: not text, or no document of lines (see ``decode``).
    """
    text = decode(data)
    check_lines(text)
    return [assemble(outline, name, "markdown") for outline in outline_markdown(text, name)]


def outline_markdown(text: str, name: str) -> list[Outline]:
    """The outlines of the documents in a Markdown text."""
    pieces = parse_blocks(text)
    titles = [
        Title(text.rfind("\n", 0, p.span.start) + 1, p.depth, plain_words(p.span.of(text)))
        for p in pieces
        if p.kind is BlockKind.HEADING
    ]
    issues = split_issues(text, titles, name)
    if not issues:
        return [_outline(text, pieces, name)]
    outlines = []
    if any(p.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW} for p in pieces if p.span.end <= issues[0].start):
        before = text[: issues[0].start]
        outlines.append(_outline(before, parse_blocks(before), name))
    for issue in issues:
        part = text[issue.start : issue.end]
        outline = _outline(part, parse_blocks(part), name)
        outline.date = issue.date
        outlines.append(outline)
    return outlines


def _outline(text: str, pieces: list[Piece], name: str) -> Outline:
    front = read_front_matter(text)
    headings = [p for p in pieces if p.kind is BlockKind.HEADING]
    marked = [h for h in headings if h.depth < WORD_DEPTH]
    bare = not marked and not front.end  # what was scraped out of its Markdown is read as plain text
    if bare and not any(p.kind in {BlockKind.ROW, BlockKind.CODE} for p in pieces):
        outline = outline_plain(text, name)
    else:
        _number_depths(headings)
        outline = Outline(text, pieces)
        _describe(outline, headings, name)
    _add_inline(outline)
    return _with_front_matter(outline, front)


def _number_depths(headings: list[Piece]) -> None:
    """Depth 1 is the document's title: the first heading, where no other is as high and it names no section."""
    top = min((h.depth for h in headings), default=1)
    alone = sum(h.depth == top for h in headings) == 1 and headings[0].depth == top
    for heading in headings:
        heading.depth += (1 if alone else 2) - top


def _describe(outline: Outline, headings: list[Piece], name: str) -> None:
    """Title, publication, date and issue, from the heading that is the title and the lines around it."""
    text = outline.text
    words = [plain_words(h.span.of(text)) for h in headings]
    title = 0 if headings and headings[0].depth == 1 else None
    first = headings[0].span.start if headings else 0
    body = [p for p in outline.pieces if p.kind in {BlockKind.PARAGRAPH, BlockKind.META, BlockKind.FURNITURE}]
    near = [p for p in body if p.span.start < first or p.span.start < first + 400][:6]
    lines = [plain_words(p.span.of(text)[:200]) for p in near]
    about = read_about([*words[:3], *lines], name, title)
    outline.title = words[0] if title == 0 else PurePath(name).stem
    after = lines[0] if lines else ""
    stamped = title == 0 and any(is_stamp_line(w) for w in (*words[1:2], after))
    outline.publication = words[0] if stamped and not publication_of(words[0]) else about.publication
    outline.issue = about.issue
    outline.date = date_of_list(words[0], text, name) if words else None
    outline.date = outline.date or about.date


def _add_inline(outline: Outline) -> None:
    """Links and emphasis of every block but code."""
    text = outline.text
    definitions = find_definitions(text)
    nexts = [*(p.span.start for p in outline.pieces[1:]), len(text)]
    for piece, following in zip(outline.pieces, nexts, strict=True):
        if piece.kind in {BlockKind.CODE, BlockKind.DIAGRAM}:
            continue
        start = text.rfind("\n", 0, piece.span.start) + 1
        blank = text.find("\n\n", piece.span.end, following)  # what was cut off a block's end may stand on a line of its own
        end = text.rfind("\n", piece.span.end, following) if blank < 0 else blank
        end = following if end < 0 else end
        outline.links += find_links(text, start, end, definitions)
        at = piece.span.start if piece.label else start  # "**02 [Tag] Title.** ...": the number and the tag are no part of it
        outline.emphasis += [Span(max(s.start, at), s.end) for s in find_emphasis(text, start, end) if s.end > at]


def _with_front_matter(outline: Outline, front: FrontMatter) -> Outline:
    if not front.end:
        return outline
    day = find_date(front.get("date", "published", "pubdate", "created"))
    return replace(
        outline,
        title=front.get("title") or outline.title,
        publication=front.get("publication", "site", "newsletter", "series") or outline.publication,
        date=day[0] if day else outline.date,
        issue=front.get("issue", "number", "edition") or outline.issue,
        url=front.get("url", "link", "canonical", "canonical_url") or outline.url,
        metadata=[pair for pair in front.pairs if pair[0] not in {"title", "date"}],
    )
