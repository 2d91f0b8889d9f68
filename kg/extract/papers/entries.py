"""Where papers have a place of their own in a layout: tagged items, "Name (arXiv id). Text", table rows, deep dives, sections.

Each finder looks at one block or section and yields a Candidate: a name, and the stretch of text that is about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.bylines import cut_byline
from kg.extract.papers.candidates import LABEL, RUN_IN, TIER, Candidate, Places, first_marked, marked_end, named_candidate
from kg.extract.papers.lead_names import find_first_name
from kg.extract.papers.list_entries import from_named_item, from_row, next_starts, read_columns, sections_of_names
from kg.extract.papers.reference_entries import BEFORE_ID, ids_in, title_by_id
from kg.model import Block, BlockKind, Role, Section, Span
from kg.text import fold, is_acronym_of

_NAME_END = re.compile(r"(?:\.|:|,| [-–—]) |\n|$")
_ACRONYM_BEFORE = re.compile(r"([A-Z][\w-]*) \(")
_META_TOPICS = re.compile(r"\bTier[ :]*\d\.?\s*([^\n]{3,200})$", re.MULTILINE | re.IGNORECASE)
_PAPER_LINK = re.compile(r"\bLinks?:[^\n]{0,80}?\b(?:Paper|PDF|arXiv|Preprint)\b", re.IGNORECASE)
_OTHER_LINK = re.compile(r"\bLinks?:[^\n]{0,40}?\b(?:Newsletter|Article|Blog|Post|Video|Podcast|News)\b", re.IGNORECASE)
#: What a link to a paper or to what belongs to it is called.
_LINK_WORDS = re.compile(
    r"(?:read |the |full |see ){0,3}(?:arxiv|papers?|preprint|pdf|html|abs(?:tract)?|links?|code|github|repo(?:sitory)?"
    r"|data(?:set)?|project(?: page)?|blog(?: post)?|demo|model(?:s| weights)?|weights|slides|video|tweet|thread|openreview"
    r"|website)"
    r"(?: here| page| link)?",
    re.IGNORECASE,
)
#: Words in small letters that lead to a name: "Still to be read: ...".
_SMALL_LEAD = re.compile(r"[*_]{0,3}[A-Z][\w'’-]*(?: [a-z][\w'’-]*){1,6}")
#: What leads from one paper to the next in running text: "Second, LoomNet (...)".
_ORDINAL = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Next|Then|Also|Finally|Last(?:ly)?),\s+(?=[\"“*_\[]{0,3}[A-Z])")
#: What a writer says before naming a paper: "We also read LoomNet (...)".
_SPOKEN = re.compile(r"(?:I|We|You|They) [a-z'’]{2,15}(?: [a-z]{2,12}){0,3} (?=[\"“*_]{0,3}[A-Z])")
_QUOTED_HEAD = re.compile(r"[\"“]([^\"“”\n]{3,200})[\"”]")
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{12,200})[\"”]\s*\(([^()\n]{3,160})\)")
_PAPERISH = re.compile(r"arxiv|et al\.|\bcs\.[A-Z]{2}\b|\bstat\.ML\b|rating|preprint|openreview", re.IGNORECASE)
_ENTRY_ROLES = frozenset({Role.TLDR, Role.ENTRIES, Role.QUICK_HITS, Role.PULSE, Role.BODY, Role.THREADS, Role.PREDICTIONS})


def find_entries(draft: Draft, known: Sequence[Candidate] = ()) -> Iterator[Candidate]:
    """All places that are about one paper, in text order, but for those of ``known`` papers."""
    owned = Places(c.stretch for c in known)
    for candidate in _entries(draft):
        stretch = candidate.stretch or Span(candidate.name.start, candidate.name.start)
        if not owned.hold(stretch.start) and not owned.start_in(stretch):
            yield candidate


def _entries(draft: Draft) -> Iterator[Candidate]:
    columns = read_columns(draft)
    listed, ends = sections_of_names(draft), next_starts(draft)
    below = _first_blocks(draft)
    for number, section in enumerate(draft.document.sections):
        candidate = _from_section(draft, number, section, below.get(number, []))
        if candidate:
            yield candidate
    for block in draft.document.blocks:
        role = draft.document.sections[block.section].role
        if block.kind is BlockKind.ROW and not block.header:
            yield from from_row(draft, block, columns.get(block.table))
        elif block.kind is BlockKind.ITEM and block.tag:
            yield from _from_tagged(draft, block)
        elif block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and role in _ENTRY_ROLES:
            found = list(_from_lead(draft, block))
            yield from found or from_named_item(draft, block, ends[block.span.start], listed=block.section in listed)


# ------------------------------------------------------------------------------------------------------------- layouts


def _from_tagged(draft: Draft, block: Block) -> Iterator[Candidate]:
    """ "02 [Training] Title Sentence. Sentence.": the title ends at the seam, a dash, a full stop, or with its bold words."""
    text = draft.text
    end = marked_end(draft, block) or titles.split_title(text, block.span)
    if end is None:
        stop = _NAME_END.search(text, block.span.start, block.span.end)
        end = stop.start() if stop else block.span.end
    candidate = named_candidate(draft, Span(block.span.start, end), block.span, "paper.tagged-item", (block.tag,))
    candidate.label = block.label
    yield candidate


def _from_lead(draft: Draft, block: Block) -> Iterator[Candidate]:
    """ "Name (arXiv 2605.12492). Text", "Signal: Name does X (arXiv 2605.06651).", '"Title" (Helff et al., cs.LG)'."""
    text, span = draft.text, block.span
    yield from _from_quotes(draft, block)
    first = draft.sentences_in(span)
    lead = Span(span.start, draft.sentences[first[0]].span.end) if first else span
    ids = list(refs.arxiv_ids(text, lead))
    url_ids = [i for i in (refs.arxiv_of_url(link.url) for link in draft.links_in(lead)) if i]
    if not ids and not url_ids:
        return
    signal = LABEL.match(text, span.start, span.end)
    signal = signal or _ORDINAL.match(text, span.start, span.end) or _SPOKEN.match(text, span.start, span.end)
    start = signal.end() if signal else span.start
    inner = start + len(text[start : start + 6]) - len(text[start : start + 6].lstrip("[*_"))  # "[[Name]] (...)"
    stop = min(
        (p for p in (text.find(c, inner, lead.end) for c in ("(", "[", " — ", " – ", " - ", ": ")) if p > 0), default=lead.end
    )
    before = BEFORE_ID.search(text, start, ids[0][1].start) if ids else None
    if before is not None and text[before.start()] == ",":
        stop = min(stop, before.start())  # "Name, arXiv 2605.12492, Some House. Text"
    marked = first_marked(draft, Span(start, lead.end))
    name = marked if marked and marked.start <= start + 3 else Span(start, stop)
    if text[name.end : name.end + 2] == ": " and not text[name.end + 2 : name.end + 3].islower():
        paren = text.find(" (", name.end, lead.end)
        if paren > 0:
            after = Span(name.end + 2, paren)  # "Still to be read: Name (arXiv 2605.12492)"
            led = _SMALL_LEAD.fullmatch(name.of(text)) and titles.is_title_case(after.of(text))
            name = after if led else Span(name.start, paren)
    words = name.of(text).split()
    if RUN_IN.fullmatch(name.of(text)) or refs.ARXIV_ID.search(name.of(text)):
        return
    if _LINK_WORDS.fullmatch(name.of(text).strip(" *_`[]")):
        return  # "[arXiv](...) · [code](...)" below a heading: the heading names the paper
    if not 0 < len(words) <= 25 or (len(words) > 5 and not titles.is_title_case(name.of(text))):
        return  # the first words of a sentence are no name
    if any(c.name.overlaps(name) for c in _from_quotes(draft, block)):
        return
    quoted = text[name.start : name.start + 1] in '"“'
    candidate = named_candidate(draft, name, span, "paper.lead", given=quoted)
    candidate.arxiv_id = ids[0][0] if ids else url_ids[0]
    yield candidate


def _from_quotes(draft: Draft, block: Block) -> Iterator[Candidate]:
    """Quoted titles with a scholarly parenthesis behind them."""
    text = draft.text
    for m in _QUOTED.finditer(text, block.span.start, block.span.end):
        inside = Span(m.start(2), m.end(2))
        reference = refs.parse_reference(text, inside, draft.document.date)
        words = len(m.group(1).split())
        if (words >= 3 or (words == 2 and reference.arxiv_id)) and (_PAPERISH.search(m.group(2)) or reference.of_a_paper):
            given = bool(reference.arxiv_id) and titles.is_title_case(m.group(1))
            candidate = named_candidate(draft, Span(m.start(1), m.end(1)), block.span, "paper.quoted", given=given)
            candidate.reference, candidate.arxiv_id = reference, reference.arxiv_id
            yield candidate


def _first_blocks(draft: Draft) -> dict[int, list[Block]]:
    """The first three blocks below the heading of each section."""
    found: dict[int, list[Block]] = {}
    for block in draft.document.blocks:
        own = found.setdefault(block.section, [])
        if block.kind is not BlockKind.HEADING and len(own) < 3:
            own.append(block)
    return found


def _from_section(draft: Draft, number: int, section: Section, blocks: list[Block]) -> Candidate | None:
    """A sub-heading that names a paper: a deep dive, or a section with the paper's link right below it."""
    if section.heading is None or section.role not in (Role.DEEP_DIVE, Role.ENTRIES, Role.QUICK_HITS, Role.BODY, Role.ABSTRACT):
        return None
    if section.role is Role.ABSTRACT:
        return _abstract(draft, section) if number == 0 or section.level == 1 else None
    if section.level < 2:
        return _from_headed(draft, section) if number else None
    text = draft.text
    held = _holds_entries(draft, section, blocks) or _lists_papers(draft, blocks)
    if held or any(b.kind is BlockKind.ROW for b in blocks):
        return None  # each row, paragraph or item is an entry
    head = Span(section.heading.start, blocks[-1].span.end) if blocks else section.heading
    meta = " ".join(b.span.of(text) for b in blocks if b.kind is BlockKind.META)
    arxiv_id = next((i for i, _ in refs.arxiv_ids(text, head)), "") or next(
        (i for i in (refs.arxiv_of_url(link.url) for link in draft.links_in(head)) if i), ""
    )
    if not arxiv_id and (section.role is not Role.DEEP_DIVE or (_OTHER_LINK.search(meta) and not _PAPER_LINK.search(meta))):
        return None
    if arxiv_id and _titled_otherwise(draft, section, head, blocks):
        return None
    heading = _linked_in(draft, section.heading) or cut_byline(text, section.heading)
    given = bool(arxiv_id) and len(heading.of(text).split()) >= 4
    candidate = named_candidate(draft, heading, section.span, "paper.section", _topics(meta), given=given)
    if arxiv_id and not _heading_names(draft, section, candidate.name):
        return None
    candidate.arxiv_id = arxiv_id
    tier = TIER.search(meta)
    candidate.tier = int(tier.group(1)) if tier else None
    return candidate


def _holds_entries(draft: Draft, section: Section, blocks: Sequence[Block]) -> bool:
    """Whether a heading in capitals stands over paragraphs that have the number of a paper each, in the first sentence."""
    if section.heading is None or section.role is Role.DEEP_DIVE or not section.heading.of(draft.text).split("(")[0].isupper():
        return False
    prose = [b for b in blocks if b.kind is BlockKind.PARAGRAPH]
    firsts = [draft.sentences[inside[0]].span for b in prose if (inside := draft.sentences_in(b.span))]
    return len(prose) >= 2 and sum(any(refs.arxiv_ids(draft.text, s)) for s in firsts) == len(prose)


def _lists_papers(draft: Draft, blocks: Sequence[Block]) -> bool:
    """Whether a section begins with items that lead to papers of their own."""
    items = [ids for b in blocks if b.kind is BlockKind.ITEM and len(ids := ids_in(draft, b.span)) == 1]
    return len({ids[0][0] for ids in items}) >= 2


def _from_headed(draft: Draft, section: Section) -> Candidate | None:
    """A heading that says that it is a paper's: 'Paper: "A Title" (OSDI 2026), presented by Ana'."""
    if section.heading is None:
        return None
    label = LABEL.match(draft.text, section.heading.start, section.heading.end)
    quoted = _QUOTED_HEAD.match(draft.text, label.end() if label else section.heading.start, section.heading.end)
    if quoted is None:
        return None
    candidate = named_candidate(draft, Span(*quoted.span(1)), section.span, "paper.section", given=True)
    told = label is not None or (candidate.reference is not None and candidate.reference.of_a_paper)
    return candidate if told else None


def _linked_in(draft: Draft, heading: Span) -> Span | None:
    """The words of a heading that link to the paper, where these are its title: "Item 2: [A Title](...)"."""
    linked = [k.span for k in draft.links_in(heading) if refs.arxiv_of_url(k.url) and k.span.end > k.span.start]
    words = linked[0].of(draft.text) if len(linked) == 1 else ""
    return linked[0] if len(words.split()) >= 2 and titles.is_title_case(words) else None


def _titled_otherwise(draft: Draft, section: Section, head: Span, blocks: Sequence[Block]) -> bool:
    """Whether the text right below a heading gives its paper a title that is not the heading: this is a headline then."""
    if section.heading is None:
        return False
    quoted = (Span(*m.span(1)) for m in _QUOTED.finditer(draft.text, head.start, head.end) if _PAPERISH.search(m.group(2)))
    title = next((t for t in (*title_by_id(draft, head), *quoted) if t.start >= section.heading.end), None)
    if title is None:
        return _is_headline(draft, section, blocks)
    words, heading = fold(title.of(draft.text)), fold(section.heading.of(draft.text))
    return words not in heading and heading not in words


def _is_headline(draft: Draft, section: Section, blocks: Sequence[Block]) -> bool:
    """Whether a heading in capitals is the letter's own: the text below it begins with a made-up name that is not in it."""
    heading = section.heading.of(draft.text) if section.heading else ""
    first = find_first_name(draft, blocks[0].span) if blocks and blocks[0].kind is BlockKind.PARAGRAPH else None
    return first is not None and heading.isupper() and " " in heading and first.of(draft.text).upper() not in heading


def _heading_names(draft: Draft, section: Section, name: Span) -> bool:
    """Whether a heading gives the paper's name rather than a remark on it: it is in title case, or the text repeats it."""
    words = name.of(draft.text)
    return titles.is_title_case(words) or words in draft.text[name.end : section.span.end]


def _abstract(draft: Draft, section: Section) -> Candidate | None:
    """A document that is one paper's abstract: its title is the paper's, its whole text is about it."""
    if section.heading is None:
        return None
    heading = section.heading
    if fold(heading.of(draft.text)) == "abstract":  # the title stands over the authors, and "Abstract" below these
        headings = (s.heading for s in draft.document.sections[:3] if s.heading and s.heading.start < heading.start)
        heading = next((h for h in headings if h.of(draft.text) == draft.document.title), heading)
    candidate = named_candidate(draft, heading, Span(0, len(draft.text)), "paper.abstract")
    stated = dict(draft.document.metadata)
    candidate.arxiv_id = candidate.arxiv_id or stated.get("arxiv", "") or refs.arxiv_of_url(draft.document.url)
    if heading != section.heading:
        above = Span(0, section.heading.start)
        candidate.arxiv_id = candidate.arxiv_id or next((i for i, _ in refs.arxiv_ids(draft.text, above)), "")
    candidate.url = candidate.url or draft.document.url
    return candidate


def find_page_paper(draft: Draft) -> list[Candidate]:
    """The paper that a page without entries is about: its title begins with the paper's name, and the text keeps naming it, or
    gives it an acronym in its first paragraph ("DSI (Differentiable Search Index)")."""
    text, title = draft.text, re.sub(r"^\[[^\]]{1,30}\]\s*", "", draft.document.title)
    name = re.split(r": | [-–—|] ", title)[0].strip()
    body = next((b.span.start for b in draft.document.blocks if b.kind is BlockKind.PARAGRAPH), len(text))
    at = text.find(name, body)
    if not 1 <= len(name.split()) <= 6 or name == title or not name[:1].isupper() or at < 0:
        return []
    whole = Span(0, len(text))
    short = _ACRONYM_BEFORE.search(text, max(0, at - 30), at)
    if short and is_acronym_of(short.group(1), name):
        place = Span(short.start(1), short.end(1))
        return [Candidate(place, "paper.page", Span(at, at + len(name)), whole, url=draft.document.url)]
    if text.count(name) < 4:
        return []
    return [Candidate(Span(at, at + len(name)), "paper.page", None, whole, url=draft.document.url)]


def _topics(meta: str) -> tuple[str, ...]:
    found = _META_TOPICS.search(meta)
    return tuple(t.strip(" .") for t in found.group(1).split(",") if t.strip(" .")) if found else ()
