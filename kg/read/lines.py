"""The lines of a text with their offsets, and the small patterns by which scraped lines are told apart. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span

_EOL = re.compile(r"\n|\r\n?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``start`` and ``end`` leave out the white space at its ends and the end of line."""

    start: int
    end: int
    words: str
    indent: int = 0
    raw_start: int = 0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def split_lines(text: str) -> list[Line]:
    """All lines of ``text``, blank ones too."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    while at <= len(text):
        m = _EOL.search(text, at)
        stop = m.start() if m else len(text)
        raw = text[at:stop]
        words = raw.strip()
        lead = len(raw) - len(raw.lstrip()) if words else 0
        yield Line(at + lead, at + lead + len(words), words, lead, at)
        if m is None:
            return
        at = m.end()


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    if start < end and (text[start].isspace() or text[end - 1].isspace()):
        words = text[start:end].lstrip()
        start, end = end - len(words), end - len(words) + len(words.rstrip())
    return Span(start, end)


#: What scraping leaves of a link at the end of an entry: "... of the model. link", "... overlooked. → summary".
_TARGET = r"(?:paper|tweet|code|pdf|link|arxiv|blog|project|demo|dataset|model|wiki|source)s?"
_TRAILER = re.compile(
    r"(?:\s+(?:→|⟶|»|↗)\s*[\w ]{0,24}|(?<=[.!?)\]\"”’…])\s+\[?\(?(?:link|links|source|paper|pdf|summary|arxiv|code)\)?\]?|"
    rf"(?<=[.!?)\]\"”’…])\s+{_TARGET}(?:\s?[|,·/]\s?{_TARGET}){{1,4}}|"
    r"\s+\[?(?:read more|continue reading|read on|read the paper|full (?:paper|post|story))\]?\s?[→»…>]{0,3}|\s+[↩¶#]|"
    r"(?<=[.!?)\]])\s+#\d{1,3})\s*$",
    re.I,
)


def trim_trailer(text: str, span: Span) -> Span:
    """The span without link words at its end."""
    for _ in range(3):
        tail = text[max(span.start, span.end - 60) : span.end]
        m = _TRAILER.search(tail)
        if not m or m.start() == 0:
            return span
        span = trim(text, span.start, span.end - (len(tail) - m.start()))
    return span


_FURNITURE = re.compile(
    r"(?:[←‹«⟵↑↩] ?.{0,60}|.{0,60} ?[→›»]|\d{1,3} ?%|\d{1,4}|[-–—_=*·•|.~ ]{1,200}|skip to (?:main )?content|menu|home|"
    r"search|about|"
    r"archives?|subscribe(?: now| here| today)?[.!]?|sign (?:in|up|out)|log ?in|share(?: this)?(?: post| article)?|"
    r"copy link|print|"
    r"(?:back to )?top|previous|next|prev(?:ious)? (?:issue|post)|next (?:issue|post)|older posts?|newer posts?|"
    r"comments?(?: \(?\d+\)?)?|"
    r"\d{1,3} (?:min(?:ute)?s?(?: read)?|comments?|likes?|views?|shares?)|read more.{0,10}|continue reading.{0,10}|load more|"
    r"table of contents|toc|table of contents overview|loading.{0,3}|advertisement|links?|read:? ?≈? ?\d{1,3} ?min|"
    r"tweet|facebook|twitter|linkedin|rss|email|all rights reserved.{0,40}|©.{0,120}|copyright .{0,100}|powered by .{0,80}|"
    r"read (?:this )?(?:in|on) (?:your )?(?:browser|the web).{0,20}|view (?:online|in browser).{0,20}|unsubscribe.{0,60}|"
    r"read online|"
    r"forwarded this.{0,80}|was this (?:email|newsletter) .{0,80})",
    re.I,
)
#: Lines that may be long: lists of what was ingested, calls to subscribe, and the like.
_NOTICE = re.compile(
    r"(?:sources? (?:ingested|scanned|read|checked|covered|crawled)\b|(?:wiki )?pages updated\b|"
    r"items? (?:ingested|processed)\b|"
    r"subscribe (?:to|for|and|below|now|here|today)\b|sign up (?:to|for|here)\b|"
    r"join (?:us on|our|the) (?:discord|slack|community|newsletter|telegram|mailing)|"
    r"follow us\b|if you (?:liked|enjoyed) this\b|thanks for reading\b|thank you for reading\b|you(?:’|')?re receiving this\b|"
    r"this (?:email|newsletter|digest|issue|brief) (?:is|was) (?:sponsored|brought|generated|sent|produced|compiled)\b|"
    r"we use cookies\b|cookie policy\b|privacy policy\b|share this (?:post|issue|article)\b|generated (?:by|with|on)\b)",
    re.I,
)


def is_furniture(words: str) -> bool:
    """Whether a line is navigation, a control of the page, a source list or a call to subscribe."""
    if len(words) <= 200 and all(_FURNITURE.fullmatch(p) for p in re.split(r" [|·•] ", words)):
        return not re.search(r"[.!?] \S", words)
    return bool(_NOTICE.match(words))


_META_KEY = (
    r"(?:sources?|links?|tier|tags?|topics?|published|posted|date|authors?|by|venue|code|paper|arxiv|pdf|categories|category|"
    r"keywords|affiliations?|institutions?|url|doi|where|rating|conference|journal|project page|github|relevance|"
    r"read time|first seen|score|subjects?|comments)"
)
_META = re.compile(rf":?{_META_KEY} ?: ?\S.{{0,400}}", re.I)
#: A line of nothing but links: "Paper | Code".
_TARGETS = re.compile(rf"\[?{_TARGET}\]?(?:\s?[|,·/]?\s?\[?{_TARGET}\]?){{1,5}}|\[?paper\]?", re.I)
#: "Ann Bee et al., LabCo · arXiv:2605.00001", "arXiv 2605.00001, LabCo and Bee University. Tier A."
_PREPRINT = re.compile(
    r"(?:.{1,150}\bet al\b.{0,80} )?arXiv ?:? ?\d{4}\.\d{4,5}(?:v\d{1,2})?(?: ?[\[(|·].{0,120}|, (?-i:[A-Z]).{0,120}|\.)?", re.I
)
_ADDRESS = re.compile(r"<?(?:https?://|(?:www\.|arxiv\.org/|doi\.org/|openreview\.net/)(?=\w))[^\s<>]{3,2000}>?")
_META_MORE = re.compile(rf" {_META_KEY} ?: ?\S", re.I)


#: A picture before a line: of a link, of people.
_ICON = re.compile(r"[\u2600-\u27BF\U0001F300-\U0001FAFF][\uFE0F\u200D\U0001F300-\U0001FAFF]{0,4} ?")


def is_meta(words: str) -> bool:
    """Whether a line states facts about a paper as keys and values: "Source: ... Links: ... Tier: 1. topics"."""
    icon = _ICON.match(words)
    words = words[icon.end() :] if icon else words
    if _TARGETS.fullmatch(words) or _PREPRINT.fullmatch(words) or _ADDRESS.fullmatch(words):
        return True
    if not _META.fullmatch(words):
        return False
    if _META_MORE.search(words):
        return True
    return len(words) <= 160 and not re.search(r"[a-z)]\. [A-Z]", words)


def is_address(words: str) -> bool:
    """Whether a line is an address and no more."""
    return bool(_ADDRESS.fullmatch(words))


_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")


def is_underlined(words: str, after: str) -> bool:
    """Whether the line ``after`` is the rule that sets ``words`` off as a heading, as plain-text letters do.

    >>> is_underlined("Top papers", "=========="), is_underlined("The end.", "----------")
    (True, False)
    """
    if not _UNDERLINE.fullmatch(after) or not any(c.isalpha() for c in words) or has_sentences(words):
        return False
    return len(words) <= 140 and len(words) <= 2 * len(after) and len(after) <= len(words) + 12


def find_headings(lines: Sequence[Line]) -> dict[int, int]:
    """The lines that rules set off as headings, from below or from both sides, and the depths of these: 2 for double rules, 3
    for single ones below them."""
    found = {i: after.words[0] for i, (line, after) in enumerate(pairwise(lines)) if is_underlined(line.words, after.words)}
    for i, (above, line, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), 1):
        framed = above.words == below.words and is_rule(above.words) and len(line.words) <= 100
        if framed and any(c.isalpha() for c in line.words) and not ends_sentence(line.words):
            found[i] = above.words[0]
    top = "=" if "=" in found.values() else next(iter(found.values()), "")
    return {i: 2 if mark == top else 3 for i, mark in found.items()}


def is_rule(words: str) -> bool:
    """Whether a line is a rule across the page and no more."""
    return bool(_UNDERLINE.fullmatch(words))


_MAIL_KEY = re.compile(r"(?:From|To|Cc|Subject|Date|Reply-To|Sender|List-[A-Z][a-z-]{1,14}|Message-I[Dd]|X-[\w-]{1,20}): ?\S")
_LONGEST_HEAD = 20


def find_mail_head(lines: Sequence[Line]) -> range:
    """The first lines of a mail: who sent it, when, on what; each may go on in the next one. Empty where a text has none."""
    first = next((i for i, line in enumerate(lines) if line.words), 0)
    last = next((i for i in range(first, min(len(lines), first + _LONGEST_HEAD)) if not lines[i].words), first)
    keys = {m[0].split(":")[0] for i in range(first, last) if (m := _MAIL_KEY.match(lines[i].words))}
    told = first < last and bool(_MAIL_KEY.match(lines[first].words)) and "From" in keys and keys & {"Subject", "Date"}
    return range(first, last) if told else range(0)


_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’')\]*_`]{0,3}$")


def ends_sentence(words: str) -> bool:
    """Whether a line ends with a full stop, a question or an exclamation mark."""
    return bool(_SENTENCE_END.search(words[-6:]))


_INNER_STOP = re.compile(r"[a-z0-9)\]\"”’%](?<!\bal)(?<!\bvs)[.!?] +[A-Z\"“(]")


def has_sentences(words: str) -> bool:
    """Whether a line is running text: it ends like a sentence or has a full stop inside."""
    return (ends_sentence(words) and len(words.split()) >= 4) or bool(_INNER_STOP.search(words))


#: The label of a field, one of several below a title: "Who: Some Lab", "Result: ..."
_FIELD = re.compile(r"([A-Z][\w'’-]{1,15}(?: [a-z]{1,12}){0,2}): (?=\S)")


def find_fields(lines: list[Line]) -> set[int]:
    """The lines that are fields of an entry: their label comes again, and right above or below stands one with another label
    that does too."""
    labels = {i: m[1] for i, line in enumerate(lines) if (m := _FIELD.match(line.words))}
    counts = Counter(labels.values())
    again = {i: label for i, label in labels.items() if counts[label] > 1}
    return {i for i, label in again.items() if any(again.get(j, label) != label for j in (i - 1, i + 1))}
