"""A paper as one place of a document names it, and how a naming is taken apart into name, title and reference."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.bylines import is_byline
from kg.model import Block, Span
from kg.text import is_acronym_of

#: What may lead a naming in: "Paper:", "**Title:**", "Hardware signal:".
LABEL = re.compile(
    r"\[?(?:cs|stat|eess|math|physics|q-bio|econ)\.[A-Z]{2}\]\s+|"
    r"[*_]{0,3}(?:[A-Z][\w/]{0,30} (?:signal|pick|highlight|spotlight)s?|"
    r"(?:Paper|Read|Pick|Preprint)(?: of the (?:day|week|month))?|"
    r"(?:New |Full |Main )?(?:[Pp]aper|[Tt]itle|[Pp]reprint)|TITLE|PAPER|Spotlight|Name)\s*(?::[*_]{0,3}|[*_]{1,3}:)\s+"
)
#: What a paragraph that is part of an entry is headed by in bold: "**Method.** ..."; no name.
RUN_IN = re.compile(
    r"(?:(?:the |key |main |our |core )?(?:methods?|approach|ideas?|setup|results?|findings?|numbers|takeaways?|problem|"
    r"motivation|background|context|contributions?|limits?|limitations?|caveats?|connections?|related(?: work)?|evaluation|"
    r"experiments?|data|training|ablations?|analysis|discussion|conclusions?|summary|verdict|notes?|comments?|questions?|links?|code|cost|insights?|"
    r"implications?|recommendations?|details|how it works|what it does|what's new|why it matters|why this matters|bottom line|"
    r"(?:new )?releases?|opinions?|follow-?ups?|news|updates?|corrections?|events?|tools?|talks?|interviews?|podcasts?|videos?|"
    r"launch(?:es)?|funding|deals?|rumou?rs?|jobs?|"
    r"what|why|how|who|where|by|gist|rating|authors?|institutions?|affiliations?|"
    r"tl;?dr|q&a|pros|cons))[.:!?*_ ]*",
    re.IGNORECASE,
)
TIER = re.compile(r"(?:^|[.!?)\]|]\s+|\b[A-Z][a-z]+ (?=Tier:))Tier[ :]*([0-9])(?![\d.]\d)")
#: The number that leads an entry in, with the word that counts or without: "3.", "[3]", "Case 3."
NUMBERING = re.compile(
    r"[\s*_>]*(?:[^\w\s\"“'‘(*_\[]{1,3}\s{1,2})?"
    r"(?:\(?\d{1,3}[.)]|\[\d{1,3}\]|#\d{1,3}[.:]?|[A-Z][a-z]{2,11} \d{1,3}[.:)](?=\s))?[\s*_]*"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
#: What a log, notes on a recording or a review set before a name: "09:10 - ", "[00:41:00] ", "Tue: ", stars.
_STAMPED = re.compile(
    rf"(?:[★☆⭐✩✦✪✭✰\uFE0F]{{1,10}}\s{{0,2}}|{_WEEKDAY}\s?[-–—|:·]\s{{1,2}}|"
    rf"(?:{_WEEKDAY},? )?\d{{1,2}}:\d\d(?::\d\d)?(?: ?[ap]m)?[\])]?\s?[-–—|:·]?\s{{1,2}})+"
)
_BY_PEOPLE = re.compile(
    r",? (?:by|from) (?:the )?(?:researchers|people|authors|scientists|engineers|students|an? (?:\w+ )?(?:team|group))\b"
)
_TITLE_KEY = re.compile(r"\btitle\W{1,6}$", re.IGNORECASE)
_REMARK = re.compile(r"retweet|\bvia\b|\bRT\b|rating|\bcs\.[A-Z]{2}\b", re.IGNORECASE)
_LEADING = " \n\t*_`\"“‘'["
_CLOSING = " \n\t*_`\"”’'].,:;"


@dataclass(slots=True)
class Candidate:
    """A paper as one place of a document names it."""

    name: Span
    rule: str
    title: Span | None = None
    stretch: Span | None = None  # None: only mentioned here
    arxiv_id: str = ""
    url: str = ""
    topics: tuple[str, ...] = ()
    tier: int | None = None
    label: str = ""  # the number of its entry: "06"
    reference: refs.Reference | None = None


class Places:
    """Spans that may overlap, sorted once, so that what lies in them is told without going through them all."""

    def __init__(self, spans: Iterable[Span | None]) -> None:
        ordered = sorted(s for s in spans if s is not None)
        self._starts = [s.start for s in ordered]
        self._ends = list(accumulate((s.end for s in ordered), max))  # the furthest end so far

    def hold(self, offset: int) -> bool:
        """Whether the character at ``offset`` lies in one of the spans."""
        i = bisect_right(self._starts, offset) - 1
        return i >= 0 and self._ends[i] > offset

    def overlap(self, span: Span) -> bool:
        """Whether one of the spans shares a character with ``span``."""
        i = bisect_left(self._starts, span.end) - 1
        return i >= 0 and self._ends[i] > span.start

    def start_in(self, span: Span) -> bool:
        """Whether one of the spans starts inside ``span``."""
        i = bisect_left(self._starts, span.start)
        return i < len(self._starts) and self._starts[i] < span.end


def trim(text: str, span: Span) -> Span:
    """The span without quotation marks, markup and punctuation at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return Span(start, end)


def cut_open(text: str, span: Span) -> Span:
    """The span without a bracket that opens in it and does not close: "A Title [Some Lab" -> "A Title"."""
    words = span.of(text)
    opened = max(words.rfind("("), words.rfind("["))
    closed = max(words.rfind(")"), words.rfind("]"))
    return trim(text, Span(span.start, span.start + opened)) if opened > max(closed, 0) else span


def named_candidate(
    draft: Draft, whole: Span, stretch: Span, rule: str, topics: tuple[str, ...] = (), *, given: bool = False
) -> Candidate:
    """A candidate whose ``whole`` naming may be "Name: Title", "Name: remark", "Title (Name)" or "Name (Title)".
    ``given``: the layout says that it is the full title, as a link to the paper on it also does."""
    text = draft.text
    label = LABEL.match(text, whole.start, whole.end)
    whole = trim(text, Span(label.end(), whole.end) if label else whole)
    stamped = _STAMPED.match(text, whole.start, whole.end)
    people = _BY_PEOPLE.search(text, whole.start, whole.end)
    whole = trim(text, Span(stamped.end() if stamped else whole.start, people.start() if people else whole.end))
    paren = text.find(" (", whole.start, whole.end)
    short: Span | None = None
    if paren > 0:
        inside = refs.parenthesis_after(text, paren)
        whole, short = trim(text, Span(whole.start, paren)), inside
    else:
        inside = refs.parenthesis_after(text, whole.end)
    name, title = _name_and_title(text, whole)
    candidate = Candidate(name, rule, title, stretch, topics=topics)
    if inside is not None:
        candidate.reference = refs.parse_reference(text, inside, draft.document.date)
        candidate.arxiv_id = candidate.reference.arxiv_id
        words = inside.of(text)
        if not candidate.reference.of_a_paper and not (candidate.reference.seen or candidate.reference.earlier):
            if len(whole.of(text).split()) >= 4 and _may_be_short(words, whole.of(text)):
                candidate.name, candidate.title = (short or inside), whole
            elif (
                words[:1].isupper()
                and titles.looks_like_title(words)
                and len(words.split()) >= 4
                and not (_REMARK.search(words) or refs.ET_AL.search(words) or is_byline(words, below_title=True))
                and not refs.HOUSES.search(words)
            ):
                candidate.title = inside
    if candidate.title is None and (given or _is_linked(draft, whole)):
        labelled = _TITLE_KEY.search(text, max(0, whole.start - 12), whole.start) is not None
        candidate.title = whole if labelled or len(whole.of(text).split()) >= 3 else None
    about = stretch.of(text)
    tier = TIER.search(about) if "Tier" in about else None
    candidate.tier = int(tier.group(1)) if tier else None
    found = draft.links_in(Span(whole.start, stretch.end))
    candidate.url = next((link.url for link in found), "")
    candidate.arxiv_id = candidate.arxiv_id or next((i for i in (refs.arxiv_of_url(link.url) for link in found) if i), "")
    return candidate


def _may_be_short(words: str, title: str) -> bool:
    """Whether what stands in parentheses behind a title can be its short name: one or two words, no list, and of capitals only
    where these are the title's initials: a house has capitals too, "(EPFL, Mila)"."""
    if len(words.split()) > 2 or "," in words or not any(c.isupper() for c in words):
        return False
    return is_acronym_of(words, title) if words.isupper() and words.isalpha() else not refs.HOUSES.search(words)


def _is_linked(draft: Draft, whole: Span) -> bool:
    """Whether the words themselves are the link to a paper, so that they are its title."""
    return any(k.span.covers(whole) and refs.arxiv_of_url(k.url) for k in draft.links_in(Span(whole.start, whole.start)))


def _name_and_title(text: str, whole: Span) -> tuple[Span, Span | None]:
    """ "SABER: Benchmarking Agents" is a name and its title; "TST: trains in bags" is a name and a remark."""
    words = whole.of(text)
    colon = words.find(": ")
    if colon > 0:
        before, after = Span(whole.start, whole.start + colon), words[colon + 2 :]
        if after[:1].islower() or not titles.is_title_case(after):
            return (whole, whole) if len(words[:colon].split()) > 6 else (before, None)
        return (before, whole) if len(words[:colon].split()) <= 6 else (whole, whole)
    return whole, whole if titles.looks_like_title(words) else None


def marked_end(draft: Draft, block: Block) -> int | None:
    marked = first_marked(draft, block.span)
    return marked.end if marked and marked.start <= block.span.start + 3 else None


def first_marked(draft: Draft, span: Span) -> Span | None:
    """The first bold or linked words inside ``span``, if they stand near its start."""
    near = Span(span.start, min(span.end, span.start + 12))
    marked = draft.emphasis_in(near) + [link.span for link in draft.links_in(near)]
    return min((s for s in marked if s.start < s.end <= span.end), default=None)
