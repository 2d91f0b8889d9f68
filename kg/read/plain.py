"""Plain text as scraped from the web: headings, bullets and drawings have lost their markup, the characters are exact."""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import pairwise

from kg.model import BlockKind, Diagnostic, Document, Role, Span
from kg.read.about import About, is_dateline, is_stamp_line, publication_of, read_about
from kg.read.decode import check_lines, decode
from kg.read.issues import date_of_list
from kg.read.items import SHOUTED, Entry, find_entries, inner_entries, match_entry
from kg.read.lines import (
    Line,
    ends_sentence,
    find_fields,
    find_headings,
    find_mail_head,
    has_sentences,
    is_address,
    is_furniture,
    is_meta,
    trim_trailer,
)
from kg.read.links import find_numbered_links, find_urls
from kg.read.logical import join_lines
from kg.read.outline import Outline, Piece, assemble
from kg.read.roles import SPONSOR, dive_title_at, role_of_heading

_BULLET = re.compile(r"(?:[-*•‣◦▪▸●○·]|[–—](?= [A-Z])|o(?= {1,4}[A-Z\"“]))\s{1,4}(?=\S)")
_LONGEST_HEADING = 140
_LONGEST_TITLE = 240
POST_DEPTH = 3
_CITED = re.compile(
    r"\b[A-Z][A-Za-z]{2,9} (?:19|20)\d\d\b|, (?:19|20)\d\d[,)]|\barXiv\b|\b(?:the|this|a|new) paper\b|\bpapers?\b",
    re.I,
)


#: Roles whose unknown headings are titles of items.
#: A title whose second part asks: "Stale but Useful: how old may a rollout be?".
_QUESTION_TITLE = re.compile(r"[A-Z][^:.?!\n]{2,60}: [^:.?!\n]{3,90}\?")
_HAVE_TEXT = frozenset({Role.QUICK_HITS, Role.PULSE, Role.THREADS, Role.PREDICTIONS})
_HAVE_TITLES = frozenset({Role.DEEP_DIVE, Role.ENTRIES, Role.QUICK_HITS, Role.PULSE, Role.THREADS, Role.PREDICTIONS})
_PREPRINT = re.compile(r"arXiv ?:? ?\d{4}\.\d{4,5}", re.I)
_PREPRINT_ID = re.compile(r"arxiv\.org/abs/\S{9,10}|arXiv ?:? ?\d{4}\.\d{4,5}|[|(\[,·] ?\d{4}\.\d{5}[\]),]", re.I)
_MORE = re.compile(r"(?:continue reading|read more|read on|keep reading|read the (?:post|rest))\b", re.I)


class Form(Enum):
    """What a line looks like before its neighbours are asked."""

    BLANK = auto()
    DRAWN = auto()
    META = auto()
    FURNITURE = auto()
    BULLET = auto()
    ENTRY = auto()
    KNOWN = auto()  # a heading by its words
    SHORT = auto()  # may be a heading
    PROSE = auto()


def read_plain(data: bytes, name: str, _notes: list[Diagnostic]) -> list[Document]:
    """Reads one scraped text.

    Raises:
        SourceError: not text, or no document of lines (see ``decode``).
    """
    text = decode(data)
    check_lines(text)
    return [assemble(outline_plain(text, name), name, "text")]


def outline_plain(text: str, name: str) -> Outline:
    """The pieces of a scraped text and what its first lines say of it."""
    lines, drawn = join_lines(text)
    page = _Page(text, lines, drawn)
    about = page.read_header(name)
    pieces = page.pieces()
    index = page.is_index()
    urls = find_urls(text)
    return Outline(
        text,
        pieces,
        links=urls + find_numbered_links(text, urls),
        title=about.title,
        publication=about.publication or (about.title if index or page.is_stamped() else ""),
        date=date_of_list(about.title, text, name) or about.date,
        issue=about.issue,
        entry_depth=POST_DEPTH if page.posts else None,
        role=Role.ENTRIES if index else Role.ABSTRACT if page.is_abstract() else None,
    )


class _Page:
    """The lines of one text with their forms."""

    def __init__(self, text: str, lines: list[Line], drawn: set[int]) -> None:
        self.text = text
        self.lines = lines
        self.entries: dict[int, Entry] = find_entries(text, lines, drawn)
        #: The underlined headings and their depths: 2 for double rules, 3 for single ones below them.
        self.underlined = find_headings(lines)
        self.fields = find_fields(lines)
        self.mail = find_mail_head(lines)
        self.forms = [self._form(i, drawn) for i in range(len(lines))]
        self._settle_forms()
        self.title = -1
        self.body = next((i for i, form in enumerate(self.forms) if self._starts_body(i, form)), len(lines))
        self.body = self._before_ids(self.body)
        self.digest = Form.KNOWN in self.forms or bool(self.entries)
        more = sum(form is Form.FURNITURE and bool(_MORE.match(k.words)) for k, form in zip(lines, self.forms, strict=True))
        #: Whether posts stand one after the other, each with its title and a link to the rest of it.
        self.posts = more >= 2 and not self.digest

    def _before_ids(self, body: int) -> int:
        """Where the body begins: with the lines around the first preprint's number, where they stand before other text."""
        first = next((i for i in range(body) if _PREPRINT_ID.search(self.lines[i].words)), body)
        if first == body:
            return body
        return next((i + 1 for i in range(first, 0, -1) if self.forms[i] is Form.BLANK), body)

    def _form(self, i: int, drawn: set[int]) -> Form:
        words = self.lines[i].words
        if not words or i in self.mail:
            return Form.META if words else Form.BLANK
        if i in self.underlined:
            return Form.KNOWN
        if i in drawn:
            return Form.DRAWN
        if i in self.entries:
            bare = is_address(self.text[self.entries[i].start : self.lines[i].end])
            return Form.FURNITURE if bare else Form.ENTRY
        if is_furniture(words):
            return Form.FURNITURE
        if _BULLET.match(words):
            return Form.BULLET
        if is_meta(words) or is_stamp_line(words) or (words.startswith("§") and len(words) <= 200):
            return Form.META
        role = role_of_heading(words) if not words.endswith((".", ",", ";")) else None
        if role is Role.FURNITURE and i * 2 < len(self.lines):
            return Form.FURNITURE
        if role is not None or SHOUTED.fullmatch(words):
            return Form.KNOWN
        if i in self.fields:
            return Form.PROSE
        asks = _QUESTION_TITLE.fullmatch(words) or (words.isupper() and words.endswith("?") and len(words) <= 80)
        if len(words) > _LONGEST_HEADING or (has_sentences(words) and not asks):
            return Form.PROSE
        return Form.SHORT

    def _settle_forms(self) -> None:
        """Corrects forms that the next line decides: a name with its date below is no heading, what follows the word
        "sponsored" is an advertiser's."""
        for i, form in enumerate(self.forms):
            after = self._next(i)
            if form not in {Form.KNOWN, Form.FURNITURE} or after is None:
                continue
            if form is Form.KNOWN and is_stamp_line(self.lines[after].words):
                if all(f in {Form.BLANK, Form.FURNITURE} for f in self.forms[:i]):
                    self.forms[i] = Form.SHORT
            elif self.forms[after] is Form.PROSE and SPONSOR.fullmatch(self.lines[i].words):
                self.forms[i] = self.forms[after] = Form.FURNITURE

    def _starts_body(self, i: int, form: Form) -> bool:
        if form is Form.PROSE:
            return has_sentences(self.lines[i].words)
        return form in {Form.KNOWN, Form.BULLET, Form.ENTRY, Form.DRAWN}

    # ------------------------------------------------------------------------------------------------- first lines

    def read_header(self, name: str) -> About:
        """Title, publication, date and issue from the lines before the text proper."""
        first = [i for i in range(self.body) if self.lines[i].words][:12]
        untold = not any(self.forms[i] in {Form.SHORT, Form.PROSE} for i in first)
        if self.body < len(self.lines) and (untold or is_dateline(self.lines[self.body].words)):
            first.append(self.body)
        titles = [i for i in first if self.forms[i] in {Form.SHORT, Form.KNOWN}]
        stamped = [i for i in titles if publication_of(self.lines[i].words)]
        self.title = (stamped or titles or [-1])[0]
        words = [self.lines[i].words for i in first]
        return read_about(words, name, first.index(self.title) if self.title >= 0 else None)

    def is_stamped(self) -> bool:
        """Whether the line after the title is only a date or an issue number: then the title is the publication's name."""
        after = self._next(self.title) if self.title >= 0 else None
        return after is not None and after < self.body and is_stamp_line(self.lines[after].words)

    def is_index(self) -> bool:
        """Whether this is a blog's page of posts: many paragraphs, no headings, several of them about papers."""
        if self.digest or self.posts:
            return self.posts
        prose = [self.lines[i].words for i, form in enumerate(self.forms) if form is Form.PROSE]
        return len(prose) >= 6 and sum(bool(_CITED.search(p)) for p in prose) >= 3 and not self._inner_headings()

    def is_abstract(self) -> bool:
        """Whether this is the abstract of one paper: a title and a paragraph or three."""
        prose = [self.lines[i].words for i, form in enumerate(self.forms) if form is Form.PROSE]
        bare = not self.digest and Form.BULLET not in self.forms and not self._inner_headings()
        if len(set(_PREPRINT_ID.findall(self.text))) > 1:
            return False
        return bare and 1 <= len(prose) <= 3 and 200 <= sum(map(len, prose)) <= 4000

    def _inner_headings(self) -> bool:
        return any(self._is_heading(i) for i in range(self.body, len(self.lines)) if self.forms[i] is Form.SHORT)

    # ------------------------------------------------------------------------------------------------- pieces

    def pieces(self) -> list[Piece]:
        """The blocks of the page in order."""
        found: list[Piece] = []
        parent: Line | None = None
        i = 0
        while i < len(self.lines):
            line, form = self.lines[i], self.forms[i]
            if form is Form.DRAWN:
                last = i
                while last + 1 < len(self.lines) and self.forms[last + 1] is Form.DRAWN:
                    last += 1
                found.append(Piece(Span(line.start, self.lines[last].end), BlockKind.DIAGRAM))
                i = last + 1
                continue
            if form is Form.KNOWN:
                parent = line
                found.append(Piece(line.span, BlockKind.HEADING, 1 if i == self.title else self.underlined.get(i, 2)))
            elif form is Form.ENTRY and (self._is_numbered_title(i, parent) or self._heads_lines(i)):
                found.append(Piece(line.span, BlockKind.HEADING, 3))
            elif form is Form.ENTRY:
                i = self._entry(i, found)
                continue
            elif form is not Form.BLANK:
                found.append(self._piece(i, parent))
            i += 1
        return found

    def _is_numbered_title(self, i: int, parent: Line | None) -> bool:
        """Whether a numbered line under "Deep Dives" is the title of a dive: "2. Name: subtitle"."""
        words = self.lines[i].words
        if self.entries[i].tag or len(words) > _LONGEST_HEADING or has_sentences(re.sub(r"^\W{0,3}\d{1,3}\W{0,3} ", "", words)):
            return False
        return parent is not None and role_of_heading(parent.words) is Role.DEEP_DIVE

    def _heads_lines(self, i: int) -> bool:
        """Whether a numbered line is a title over lines of its own: its authors, its address, and then its text."""
        words, after = self.lines[i].words, self._next(i)
        if self.entries[i].tag or after is None or len(words) > _LONGEST_TITLE:
            return False
        title = words[self.entries[i].start - self.lines[i].start :]
        return after == i + 1 and self.forms[after] in {Form.SHORT, Form.META} and title[-1:] not in ".;," and ". " not in title

    def _piece(self, i: int, parent: Line | None) -> Piece:
        line, form = self.lines[i], self.forms[i]
        if i == self.title:
            return Piece(line.span, BlockKind.HEADING, 1)
        if form is Form.FURNITURE:
            return Piece(line.span, BlockKind.FURNITURE)
        if form is Form.META:
            return Piece(line.span, BlockKind.META)
        if form is Form.BULLET:
            mark = _BULLET.match(line.words)
            start = line.start + (mark.end() if mark else 0)
            return Piece(trim_trailer(self.text, Span(start, line.end)), BlockKind.ITEM)
        if form is Form.SHORT and (i > self.body or self.posts) and self._is_heading(i):
            return Piece(line.span, BlockKind.HEADING, POST_DEPTH if self.posts else self._depth(i, parent))
        if form is Form.SHORT and (self._leads_entries(i) or self._leads_text(i)):
            return Piece(line.span, BlockKind.HEADING, 2)
        if i < self.body and not self.digest and form is Form.SHORT:
            return Piece(line.span, BlockKind.FURNITURE)
        return Piece(trim_trailer(self.text, line.span), BlockKind.PARAGRAPH)

    def _entry(self, i: int, found: list[Piece]) -> int:
        """Adds the entry that starts at line ``i``, with the paragraph that a line with its title alone leads."""
        entry, last = self.entries[i], i
        while entry.start > self.lines[last].end and last + 1 < len(self.lines):
            last += 1
        if not ends_sentence(trim_trailer(self.text, Span(entry.start, self.lines[last].end)).of(self.text)):
            after = self._next(last)
            if after is not None and self.forms[after] is Form.PROSE:
                last = after
        while last + 1 < len(self.lines) and self.forms[last + 1] is Form.PROSE:
            last += 1
        if self._is_sign_off(i, last):
            last = i
        cuts = [entry.start, *inner_entries(self.text, entry.start, self.lines[last].end), self.lines[last].end]
        for start, end in pairwise(cuts):
            head = entry if start == entry.start else match_entry(self.text, start) or entry
            span = trim_trailer(self.text, Span(max(start, head.start), end))
            found.append(Piece(span, BlockKind.ITEM, label=head.label, tag=head.tag))
        return last + 1

    def _is_sign_off(self, i: int, last: int) -> bool:
        """Whether what follows the last entry, ``i``, closes the page: each entry before it is one paragraph."""
        before = [j for j in self.entries if j < i]
        if last == i or len(before) < 3 or i != max(self.entries) or not has_sentences(self.lines[i].words):
            return False
        return all(self._next(j) in self.entries for j in before)

    def _next(self, i: int) -> int | None:
        return next((j for j in range(i + 1, min(i + 5, len(self.lines))) if self.forms[j] is not Form.BLANK), None)

    def _before(self, i: int) -> int | None:
        return next((j for j in range(i - 1, max(i - 5, -1), -1) if self.forms[j] is not Form.BLANK), None)

    def _is_heading(self, i: int) -> bool:
        """Whether a short line is a heading: nothing ends it, text follows it, and no other short line touches it."""
        words = self.lines[i].words
        if words[-1] in ".,;!" or len(words.split()) > 18 or not any(c.isalpha() for c in words):
            return False
        if words[0].islower() and words[0].isascii() and ":" not in words:
            return False
        before, after = self._before(i), self._next(i)
        if before == i - 1 and self.forms[before] is Form.ENTRY and self._heads_lines(before):
            return False  # who wrote what the line above is the title of
        if words.isupper() and self._leads_facts(i) and before != i - 1:
            return True
        if after is None or self.forms[after] not in {Form.PROSE, Form.BULLET, Form.META, Form.DRAWN, Form.ENTRY}:
            return False
        if self.forms[after] is Form.META and is_stamp_line(self.lines[after].words):
            return True
        if before is not None and self.forms[before] is Form.SHORT and before != self.title and not self._is_like_others(i):
            return False
        return before is None or self.forms[before] is not Form.PROSE or self._closed(before, i)

    def _is_like_others(self, i: int) -> bool:
        """Whether a line stands alone over its text as at least three lines below do: these are the headings of the page."""
        if not self._stands_over_text(i):
            return False
        return sum(self._stands_over_text(j) for j in range(i + 1, min(len(self.lines), i + 200))) >= 3

    def _stands_over_text(self, i: int) -> bool:
        """Whether a short line has a blank line above it and its text right below."""
        below = self.forms[i + 1] if i + 1 < len(self.lines) else Form.BLANK
        return self.forms[i] is Form.SHORT and below is Form.PROSE and i > 0 and self.forms[i - 1] is Form.BLANK

    def _leads_entries(self, i: int) -> bool:
        """Whether a line among the first ones is the heading of the entries right below it: few words, no list of themes."""
        if i >= self.body or self._next(i) != self.body or self.forms[self.body] is not Form.ENTRY:
            return False
        words = self.lines[i].words
        return words[0].isupper() and len(words.split()) <= 6 and "," not in words

    def _leads_text(self, i: int) -> bool:
        """Whether a line among the first ones is the heading of the text or the facts right below it: the date or a blank line
        sets it off from the title."""
        if not 0 <= self.title < i <= self.body or not self._is_heading(i):
            return False
        if i + 1 != self.body and (self.forms[i + 1] is not Form.META or is_stamp_line(self.lines[i + 1].words)):
            return False
        set_off = self.forms[i - 1] in {Form.META, Form.BLANK} if i else False
        return set_off and (len(self.lines[i].words.split()) >= 3 or self.lines[i].words.isupper())

    def _closed(self, before: int, i: int) -> bool:
        return ends_sentence(trim_trailer(self.text, self.lines[before].span).of(self.text)) or i - before > 1

    def _depth(self, i: int, parent: Line | None) -> int:
        """2 for a heading beside the known one above it, 3 for one below it: the title of one paper's or item's own text."""
        words = self.lines[i].words
        if parent is None or dive_title_at(words):
            return 2
        if words.isupper() and parent.words.isupper() and not self._leads_facts(i):
            return 2
        role = role_of_heading(parent.words)
        if role in _HAVE_TEXT and self._has_text(parent):
            return 2
        return 3 if role in _HAVE_TITLES else 2

    def _has_text(self, heading: Line) -> bool:
        """Whether two paragraphs or more stand right below a heading, with nothing between them."""
        at = self.lines.index(heading)
        return at + 2 < len(self.lines) and all(self.forms[j] is Form.PROSE for j in (at + 1, at + 2))

    def _leads_facts(self, i: int) -> bool:
        """Whether the preprint's number stands right below a line, or below the one line of title under it."""
        below = [j for j in (i + 1, i + 2) if j < len(self.lines)]
        first = next((j for j in below if self.forms[j] is not Form.SHORT), None)
        return first is not None and self.forms[first] is Form.META and bool(_PREPRINT.match(self.lines[first].words))
