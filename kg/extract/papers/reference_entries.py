"""Entries that only a reference betrays: a paragraph that cites the one paper that it tells of ("**LoftRing** lends ... (arXiv
2609.03117)"), in whatever section of whatever layout.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.bylines import is_byline
from kg.extract.papers.candidates import NUMBERING, Candidate, Places, named_candidate, trim
from kg.extract.papers.lead_names import find_coined_subject, find_first_name, find_head, is_aside
from kg.extract.terms.coined import is_coined
from kg.extract.terms.cues import NOT_NAMES
from kg.model import Block, BlockKind, Role, Span
from kg.text import fold

_PROSE = frozenset({BlockKind.ITEM, BlockKind.PARAGRAPH})
BEFORE_ID = re.compile(
    r"[\s(\[{,;:|·–—-]*(?:\[?paper\]?\s*:?\s*)?(?:arxiv(?:\.org/abs/|\s+id|\s+preprint)?\s*:?\s*)?$", re.IGNORECASE
)
_WORDS_BEFORE = 260

_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|can|cannot|will|gets?|needs?|goes)\b")
#: How a line begins that only leads to a paper.
_LEADING = re.compile(r"\W{0,4}(?:read|see|links?|full|the paper|papers?|pdf|arxiv|preprint)\b[^.\n]{0,100}\.?$", re.IGNORECASE)
_DETERMINERS = frozenset({"The", "This", "A", "An", "In", "Our", "Their", "Paper", "See", "Read"})


def find_cited(draft: Draft, entries: Sequence[Candidate], terms: Container[str]) -> Iterator[Candidate]:
    """Papers that a paragraph tells of and gives the arXiv id of, where no other finder has seen one. ``terms``: the folded
    names of the vocabulary, of which none is taken for a paper's own system."""
    known = {c.arxiv_id for c in entries if c.arxiv_id}
    owned = Places(c.stretch for c in entries)
    ids = [(block, ids_in(draft, block.span)) for block in draft.document.blocks]
    counts: Counter[int] = Counter()
    opening: dict[int, Block] = {}  # the first paragraph of each section
    for block, found in ids:
        counts[block.section] += len(found)
        if block.kind in _PROSE:
            opening.setdefault(block.section, block)
    stories = sum(counts[i] == 1 and bool(ids_in(draft, b.span)) for i, b in opening.items()) >= 2
    for block, found in ids:
        furniture = draft.document.sections[block.section].role is Role.FURNITURE
        fresh = [x for x in found if x[0] not in known]
        if block.kind is BlockKind.PARAGRAPH and not furniture and fresh and len(found) > 1:
            newest = max((i[:4] for i, _ in found if i in known), default="")
            if newest or not owned.hold(block.span.start):
                yield from _several(draft, block, [x for x in fresh if x[0][:4] >= newest], terms)
        if block.kind in _PROSE and not furniture and len(fresh) == 1 and not owned.hold(block.span.start):
            own = draft.document.sections[block.section].level > 1 or (stories and opening[block.section] is block)
            alone = own and counts[block.section] == 1
            yield from _cited(draft, block, *fresh[0], terms, alone=alone, lone=counts.total() == 1)


def ids_in(draft: Draft, span: Span) -> list[tuple[str, Span]]:
    """The arXiv ids of a stretch, each once, with the place of the id or of the words that link to it."""
    found: dict[str, Span] = {}
    for arxiv_id, place in refs.arxiv_ids(draft.text, span):
        found.setdefault(arxiv_id, place)
    for link in draft.links_in(span):
        arxiv_id = refs.arxiv_of_url(link.url)
        if arxiv_id:
            held = found.get(arxiv_id)
            found[arxiv_id] = min(held, link.span) if held else link.span
    return sorted(found.items(), key=lambda x: x[1])


def _cited(
    draft: Draft, block: Block, arxiv_id: str, place: Span, terms: Container[str], *, alone: bool, lone: bool
) -> Iterator[Candidate]:
    """``alone``: the section is about this paper, as no other id stands in it; ``lone``: nor in the document, which is about
    the paper that its title names."""
    text = draft.text
    if is_aside(text, block.span, place):
        yield Candidate(place, "paper.linked", arxiv_id=arxiv_id)
        return
    title = _title_before(draft, block.span, place) or _marked_beside(draft, block.span, place)
    headed = find_head(text, block.span)
    name = (
        headed
        or _authors(text, Span(max(block.span.start, place.start - 30), place.end))
        or (_bold_lead(draft, block.span) if title is None or not _is_headline(draft, block.span) else None)
        or _short_of(text, title)
        or _linked_name(draft, place, terms)
        or (_right_before(text, block.span, place, terms) if title is None else None)
        or find_coined_subject(draft, block.span, terms)
        or title
        or find_first_name(draft, block.span)
        or name_before(text, block.span, place)
        or (_name_of_section(draft, block, terms) if alone and _LEADING.match(text, block.span.start, block.span.end) else None)
    )
    if name is None:
        return
    section = draft.document.sections[block.section]
    stretch = section.span if alone else block.span
    if lone and fold(name.of(text)) in fold(draft.document.title):
        stretch = Span(0, len(text))
    if headed is not None:
        candidate = named_candidate(draft, headed, stretch, "paper.cited", given=True)
        candidate.title = candidate.title or _marked_beside(draft, block.span, place)
    else:
        candidate = Candidate(name, "paper.cited", title, stretch)
    candidate.arxiv_id, candidate.url = arxiv_id, f"https://arxiv.org/abs/{arxiv_id}"
    yield candidate


def _linked_name(draft: Draft, place: Span, terms: Container[str]) -> Span | None:
    """The made-up word that links to the paper: "[CloudTruth](...), by a team at ..., reads the cloud"."""
    words = place.of(draft.text)
    return place if is_coined(words) and fold(words) not in terms and not refs.ARXIV_ID.search(words) else None


def _several(draft: Draft, block: Block, fresh: Sequence[tuple[str, Span]], terms: Container[str]) -> Iterator[Candidate]:
    """The papers that a paragraph links one after the other, each where the link is a sentence's first words."""
    starts: list[tuple[int, str, Span]] = []
    for arxiv_id, place in fresh:
        sentence = draft.sentence_at(place.start)
        start = draft.sentences[sentence].span.start if sentence is not None else -1
        if place.start - start <= 3 and sentence is not None and _linked_name(draft, place, terms) is not None:
            starts.append((start, arxiv_id, place))
    for n, (start, arxiv_id, place) in enumerate(starts):
        end = starts[n + 1][0] if n + 1 < len(starts) else block.span.end
        if start < end:
            url = f"https://arxiv.org/abs/{arxiv_id}"
            yield Candidate(place, "paper.cited", None, Span(start, end), arxiv_id=arxiv_id, url=url)


def _right_before(text: str, span: Span, place: Span, terms: Container[str]) -> Span | None:
    """The made-up word, or words of a title, right before the parenthesis with the id."""
    name = name_before(text, span, place)
    if name is None or not {"(", "["} & set(text[name.end : place.start]) or fold(name.of(text)) in terms:
        return None
    words = name.of(text)
    return name if is_coined(words) or " " in words else None


def _name_of_section(draft: Draft, block: Block, terms: Container[str]) -> Span | None:
    """What a section tells of whose last words only lead to its paper: its heading, where that is a title, or a coined word."""
    section = draft.document.sections[block.section]
    if section.heading is not None and titles.is_title_case(section.heading.of(draft.text)):
        return section.heading
    blocks = draft.document.blocks
    first = bisect_left(blocks, section.span.start, key=lambda b: b.span.start)
    own = takewhile(lambda b: b.section == block.section, (blocks[i] for i in range(first, len(blocks))))
    paragraphs = (b.span for b in own if b.kind in _PROSE)
    return next((n for s in paragraphs if (n := find_coined_subject(draft, s, terms) or find_first_name(draft, s))), None)


def stated_ids(draft: Draft) -> set[str]:
    """The arXiv ids in the document's lines of facts."""
    facts = (b.span for b in draft.document.blocks if b.kind is BlockKind.META)
    return {arxiv_id for span in facts for arxiv_id, _ in ids_in(draft, span)}


def title_by_id(draft: Draft, span: Span) -> Iterator[Span]:
    """The emphasised titles right before the arXiv ids of a stretch, and the words that link to these."""
    for _, place in ids_in(draft, span):
        title = _title_before(draft, span, place, marked_only=True)
        if title is not None and not is_byline(title.of(draft.text), below_title=True):
            yield title


def _title_before(draft: Draft, span: Span, place: Span, *, marked_only: bool = False) -> Span | None:
    """The emphasised, quoted or title-cased words right before an id, or the words that link to it."""
    text = draft.text
    anchor = trim(text, place)
    if len(anchor.of(text).split()) >= 3 and titles.is_title_case(anchor.of(text)):
        return anchor
    lead = BEFORE_ID.search(text, max(span.start, place.start - 40), place.start)
    end = lead.start() if lead else place.start
    marked = [s for s in draft.emphasis_in(Span(max(span.start, end - _WORDS_BEFORE), end)) if 0 <= end - s.end <= 3]
    if marked and len(marked[-1].of(text).split()) >= 2:
        return trim(text, marked[-1])
    if marked_only:
        return None
    runs = titles.title_runs(text, Span(max(span.start, end - _WORDS_BEFORE), end), least=3)
    return runs[-1] if runs and end - runs[-1].end <= 3 else None


def name_before(text: str, span: Span, place: Span) -> Span | None:
    """The capitalised words right before a parenthesis with an id: "FlatLand (arXiv 2606.04400) is ..."."""
    lead = BEFORE_ID.search(text, max(span.start, place.start - 40), place.start)
    end = lead.start() if lead else place.start
    opened = max(text.rfind("(", max(span.start, end - 80), end), text.rfind("[", max(span.start, end - 80), end))
    if opened > max(text.rfind(")", span.start, end), text.rfind("]", span.start, end), span.start):
        end = opened  # "FlatLand (Some School, arXiv 2606.04400)"
    words = titles.words_in(text, Span(max(span.start, end - 120), end))
    run: list[titles.Word] = []
    while words and words[-1].capital and not (run and words[-1].text[-1] in ",;:.!?)]"):
        run.insert(0, words.pop())
    while run and run[0].bare in NOT_NAMES | _DETERMINERS:
        run.pop(0)
    name = trim(text, Span(run[0].start, run[-1].end)) if run and len(run) <= 6 else None
    return name if name and name.start < name.end else None


def _bold_lead(draft: Draft, span: Span) -> Span | None:
    marked = [s for s in draft.emphasis_in(Span(span.start, min(span.end, span.start + 4))) if s.end > s.start]
    number = NUMBERING.match(draft.text, marked[0].start, marked[0].end) if marked else None
    name = trim(draft.text, Span(number.end() if number else marked[0].start, marked[0].end)) if marked else None
    if name is None or not 1 <= len(words := name.of(draft.text).split()) <= 6:
        return None
    heads = len(words) == 1 and draft.text[name.end : name.end + 1] == "." and not is_coined(words[0])
    return None if heads else name  # "Limits." only says what the paragraph is on


def _is_headline(draft: Draft, span: Span) -> bool:
    """Whether the bold words that a paragraph begins with are a sentence of its own, "Night shifts are cheap.", and no name."""
    marked = [s for s in draft.emphasis_in(Span(span.start, min(span.end, span.start + 4))) if s.end > s.start]
    words = marked[0].of(draft.text) if marked else ""
    return len(words.split()) >= 3 and (_VERB.search(words) is not None or not titles.is_title_case(words.rstrip(" .:?!")))


def _marked_beside(draft: Draft, span: Span, place: Span) -> Span | None:
    """The title in italics or in quotes that opens the parenthesis around an id: "(*A Title*, Its House, arXiv ...)"."""
    opening = draft.text.rfind("(", max(span.start, place.start - _WORDS_BEFORE), place.start)
    if opening < 0 or ")" in draft.text[opening : place.start]:
        return None
    marked = [s for s in draft.emphasis_in(Span(opening, opening + 4)) if len(s.of(draft.text).split()) >= 2]
    return trim(draft.text, marked[0]) if marked else None


def _authors(text: str, span: Span) -> Span | None:
    """The "Lee et al." that an id or its link stands on or right behind: what a paper is called whose title is not given."""
    found = [m for m in refs.ET_AL.finditer(text, span.start, span.end) if m.end() >= span.end - 16]
    return Span(found[-1].start(1), found[-1].end()) if found else None


def _short_of(text: str, title: Span | None) -> Span | None:
    colon = text.find(": ", title.start, title.end) if title else -1
    return Span(title.start, colon) if title and colon > 0 and len(text[title.start : colon].split()) <= 6 else None
