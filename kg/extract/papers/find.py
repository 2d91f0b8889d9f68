"""Papers: those with an entry, those only mentioned, all their names, and every place where a name stands.

One local paper gathers its candidates by arXiv id or by folded name; its fullest naming is its main mention, to which all
others are tied by an Alias with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.extract.draft import Draft
from kg.extract.papers import titles
from kg.extract.papers.candidates import Candidate
from kg.extract.papers.closing_lines import find_closing_lines
from kg.extract.papers.corrections import find_corrections
from kg.extract.papers.cues import CONTINUES, OBJECT, REFERS_BACK, SORTS, SPEAKS_OF_IT, SUBJECT
from kg.extract.papers.entries import find_entries, find_page_paper
from kg.extract.papers.fields import extend_over_fields
from kg.extract.papers.mentions import find_mentions
from kg.extract.papers.numbered_list import add_citations, find_numbered
from kg.extract.papers.occurrences import add_occurrences
from kg.extract.papers.reference_entries import find_cited, stated_ids
from kg.extract.papers.shared_blocks import split_shared, tell_of_newer
from kg.extract.papers.title_lines import find_title_lines
from kg.extract.patterns import lower_text
from kg.extract.terms.coined import is_coined
from kg.extract.terms.cues import NOT_NAMES
from kg.model import Block, BlockKind, Kind, PaperFacts, Span
from kg.text import fold, is_acronym_of

_PAPER_WORDS = re.compile(r"\s+(?:position\s+)?(?:paper|preprint|work|study|report|survey)s?$", re.IGNORECASE)
#: Roles in whose text a name opens a stretch of its own; the others only mention.
_PROSE_RULES = frozenset({"paper.reference", "paper.prose-title", "paper.presented"})
_NOTES_RULES = frozenset({"paper.title-line", "paper.cited", "paper.section", "paper.lead"})
#: What stands before the first naming of a thing that is not an entry's own: "apply OldNet and LoomNet to".
_OF_OTHERS = re.compile(r"(?:,|\b(?:and|or|with|than|over|against|unlike|like|to))\s[\"“*_\[]*$", re.IGNORECASE)
_INSIDE = re.compile(r"[\w-]")
_LEAST_PROSE = 5  # words; a page's shorter lines are its author, its date and its topics
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_ENTRY_RULES_LAST = ("paper.quoted",)


@dataclass(slots=True)
class _Local:
    """One paper of this document while its candidates are gathered."""

    candidates: list[Candidate] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # folded -> as written, first writing wins
    short: str = ""  # the name of its system, where the title does not give it

    def arxiv_id(self) -> str:
        return next((c.arxiv_id for c in self.candidates if c.arxiv_id), "")


def find_papers(draft: Draft, known: Mapping[str, set[Kind]]) -> None:
    """Adds the document's papers, their mentions and the aliases between these. ``known`` are the folded names
    of the vocabulary and what they name: none is taken for a paper's own system, no institution for a paper."""
    entries = find_numbered(draft)
    entries += find_title_lines(draft, known)
    entries += find_closing_lines(draft)
    entries += find_corrections(draft, known)
    entries += find_entries(draft, entries)
    entries += find_cited(draft, entries, known)
    extend_over_fields(draft, entries)
    _widen_to_sections(draft, entries)
    _widen_to_nested(draft, entries)
    mentioned = list(find_mentions(draft, entries, known))
    tell_of_newer(draft, entries, mentioned)
    if not any(c.stretch for c in (*entries, *mentioned)):
        entries = find_page_paper(draft)
        mentioned = [m for m in mentioned if not any(m.name.overlaps(e.name) for e in entries)]
    for c in entries:
        if c.title and not c.title.overlaps(c.name) and Kind.INSTITUTION in known.get(fold(c.name.of(draft.text)), ()):
            c.name = c.title  # "A Title (EPFL)"
    locals_ = sorted(_gather(draft, [*entries, *mentioned]), key=lambda one: min(c.name for c in one.candidates))
    _widen_stretches(draft, locals_)
    _widen_notes(draft, locals_)
    _identify_page(draft, locals_)
    for local in locals_:
        _add_short_forms(draft, local, known)
    locals_ = _join_named(draft, locals_)
    _drop_shared_names(locals_)
    for local in locals_:
        _add_paper(draft, local)
    add_occurrences(draft)
    add_citations(draft)


def _gather(draft: Draft, candidates: list[Candidate]) -> list[_Local]:
    """Candidates of one arXiv id are one paper; so are those of one name, unless their ids differ."""
    by_id: dict[str, _Local] = {}
    by_name: dict[str, _Local] = {}
    found: list[_Local] = []
    twins = _twins(draft, candidates)
    of_twin: dict[int, _Local] = {}
    for number, candidate in sorted(enumerate(candidates), key=lambda c: c[0] in twins):
        names = [fold(s.of(draft.text)) for s in (candidate.name, candidate.title) if s]
        local = by_id.get(candidate.arxiv_id) if candidate.arxiv_id else None
        if local is None:
            named = next((by_name[n] for n in names if n in by_name), None)
            if named is not None and not (candidate.arxiv_id and named.arxiv_id() and named.arxiv_id() != candidate.arxiv_id):
                local = named
        if local is None and number in twins:
            local = of_twin.get(twins[number])
        if local is None:
            local = _Local()
            found.append(local)
        local.candidates.append(candidate)
        of_twin[number] = local
        if candidate.arxiv_id:
            by_id.setdefault(candidate.arxiv_id, local)
        for span, name in zip((s for s in (candidate.name, candidate.title) if s), names, strict=True):
            local.names.setdefault(name, span.of(draft.text))
            by_name.setdefault(name, local)
    return found


def _twins(draft: Draft, candidates: list[Candidate]) -> dict[int, int]:
    """Rows of a table of contents and the entries of the same number that name what the row does: row -> entry."""
    entries = {int(c.label): i for i, c in enumerate(candidates) if c.label.isdigit() and c.rule == "paper.tagged-item"}
    found: dict[int, int] = {}
    for i, row in enumerate(candidates):
        entry = entries.get(int(row.label)) if row.rule == "paper.table-row" and row.label.isdigit() else None
        stretch = candidates[entry].stretch if entry is not None else None
        if entry is not None and stretch is not None and row.name.of(draft.text) in stretch.of(draft.text):
            found[i] = entry
    return found


def _widen_stretches(draft: Draft, locals_: list[_Local]) -> None:
    """In running prose a paper's text goes on behind the paragraph that names it: over the whole page where it is the one paper
    that the page is about, else over the paragraphs that name it again or go on without naming another."""
    prose = [(c, local) for local in locals_ for c in local.candidates if c.stretch and c.rule in _PROSE_RULES]
    if not prose:
        return
    blocks = [b for b in draft.document.blocks if b.kind in _RUNNING]
    others = [c for local in locals_ for c in local.candidates if c.stretch and c.rule not in _PROSE_RULES]
    first = min((c for c, _ in prose), key=lambda c: c.name.start)
    if all(c.rule == "paper.cited" for c in others) and _is_page_of(draft, first, blocks, strictly=bool(others)):
        for c in (*(c for c, _ in prose), *others):
            c.stretch = None if c is not first else Span(0, len(draft.text))
        return
    shared = split_shared(draft, [c for c, _ in prose])
    opens = {c.stretch.start: (c, local) for c, local in prose if c.stretch and c not in shared}
    current: tuple[Candidate, _Local] | None = None
    asked: Span | None = None  # a paragraph that asks what the next one answers
    for block in blocks:
        before, asked = asked, None
        opened = opens.get(block.span.start)
        if opened and current and _refers_back(draft, block.span, opened[0]):
            opened[0].stretch, opened = None, None
        if opened:
            current = opened
            if before and current[0].stretch:
                current[0].stretch = Span(before.start, current[0].stretch.end)
        elif current and current[0].stretch and _goes_on(draft, block.span, current[1]):
            current[0].stretch = Span(current[0].stretch.start, block.span.end)
        else:
            current = None
            asked = block.span if draft.text[block.span.end - 1] == "?" else None


def _widen_to_sections(draft: Draft, entries: list[Candidate]) -> None:
    """A section of level 2 is about the one paper in it, where its text gives that one's title in quotation marks."""
    starts = sorted(c.stretch.start for c in entries if c.stretch)
    for c in entries:
        sentence = draft.sentence_at(c.name.start) if c.rule == "paper.quoted" else None
        if sentence is not None:
            section = draft.document.sections[draft.block_of(sentence).section]
            here = bisect_left(starts, section.span.end) - bisect_left(starts, section.span.start)
            c.stretch = section.span if section.level > 1 and here == 1 else c.stretch


def _widen_to_nested(draft: Draft, entries: list[Candidate]) -> None:
    """The items that are set in below an item are about the paper of that item."""
    blocks, text = draft.document.blocks, draft.text
    items = {b.span.start: i for i, b in enumerate(blocks) if b.kind is BlockKind.ITEM}
    owned = {c.stretch.start for c in entries if c.stretch}
    for c in entries:
        first = items.get(c.stretch.start) if c.stretch else None
        if first is None or c.stretch != blocks[first].span:
            continue
        indent, last = _indent(text, blocks[first].span), first
        while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.ITEM and blocks[last + 1].span.start not in owned:
            if _indent(text, blocks[last + 1].span) <= indent or blocks[last + 1].section != blocks[first].section:
                break
            last += 1
        c.stretch = Span(c.stretch.start, blocks[last].span.end)


def _indent(text: str, item: Span) -> int:
    """How far from the start of its line the mark of an item stands."""
    line = text[max(text.rfind("\n", 0, item.start) + 1, item.start - 40) : item.start]
    return len(line) - len(line.lstrip())


def _widen_notes(draft: Draft, locals_: list[_Local]) -> None:
    """Where the one paper that has a place of its own is named by the document's title, the whole document is about it."""
    own = [c for local in locals_ for c in local.candidates if c.stretch]
    if len(own) == 1 and own[0].rule in _NOTES_RULES and fold(own[0].name.of(draft.text)) in fold(draft.document.title):
        own[0].stretch = Span(0, len(draft.text))


def _identify_page(draft: Draft, locals_: list[_Local]) -> None:
    """Gives the paper that a whole page is about the one id that a line of facts states: "Paper: arxiv.org/abs/..."."""
    whole = Span(0, len(draft.text))
    page = [(c, local) for local in locals_ for c in local.candidates if c.stretch == whole]
    if len(page) != 1 or page[0][1].arxiv_id():
        return
    ids = stated_ids(draft) - {local.arxiv_id() for local in locals_}
    if len(ids) == 1:
        page[0][0].arxiv_id = ids.pop()


def _is_page_of(draft: Draft, candidate: Candidate, blocks: list[Block], *, strictly: bool) -> bool:
    """Whether the whole page is about a paper that is named near its start: its title names it, or (unless ``strictly``) its
    text does so again and again."""
    before = [b for b in blocks[:12] if b.span.end < candidate.name.start]
    if sum(len(b.span.of(draft.text).split()) >= _LEAST_PROSE for b in before) > 3:
        return False
    name = candidate.name.of(draft.text)
    return fold(name) in fold(draft.document.title) or (not strictly and draft.text.count(name) >= 6)


def _refers_back(draft: Draft, span: Span, candidate: Candidate) -> bool:
    """Whether a paragraph goes on with the paper of the one before, and only later speaks of ``candidate``."""
    later = draft.sentence_at(candidate.name.start) != draft.sentence_at(span.start)
    return later and REFERS_BACK.match(draft.text, span.start, span.end) is not None


def _goes_on(draft: Draft, span: Span, local: _Local) -> bool:
    words = span.of(draft.text)
    return bool(CONTINUES.match(words) or SPEAKS_OF_IT.search(words)) or any(
        name in words for name in local.names.values() if len(name) > 2
    )


def _add_short_forms(draft: Draft, local: _Local, taken: Container[str]) -> None:
    """What people shorten a name to: the part before a colon, the name without its article, without "paper"."""
    for name in list(local.names.values()):
        before = name.split(": ")[0]
        forms = [_PAPER_WORDS.sub("", name)]
        if before != name and (len(before.split()) >= 2 or _singular_name(before)):
            forms.append(before)
        forms += _clipped(draft, name, taken)
        for form in forms:
            bare = re.sub(r"^(?:The|A|An)\s+", "", form)
            for f in (form, bare):
                if f and (len(f.split()) > 1 or _singular_name(f)):
                    local.names.setdefault(fold(f), f)
    main = next((c for c in local.candidates if c.stretch is not None and c.rule not in _PROSE_RULES), None)
    if main is not None:
        _add_coined(draft, local, main, taken)


def _clipped(draft: Draft, name: str, taken: Container[str]) -> list[str]:
    """ "Token Superposition" of "Token Superposition Training": the name without a last word that only says what sort of thing
    it is, where the text uses it so and the vocabulary knows it for nothing else."""
    short, _, last = name.rpartition(" ")
    if last.lower() not in SORTS or not (" " in short or _singular_name(short)) or fold(short) in taken:
        return []
    lower, words, rest = draft.lower, lower_text(short), " " + lower_text(last)
    at = lower.find(words)
    while at >= 0:
        end = at + len(words)
        if not ((at and _INSIDE.match(lower, at - 1)) or _INSIDE.match(lower, end) or lower.startswith(rest, end)):
            return [short]
        at = lower.find(words, at + 1)
    return []


def _add_coined(draft: Draft, local: _Local, main: Candidate, taken: Container[str]) -> None:
    """The system that an entry tells of under a title that does not name it: the first coined word that is the subject of a
    verb ("PolyStep sidesteps ..."), the object of one of presenting ("introduces AlgoPerf"), or the title's acronym."""
    if main.stretch is None:
        return
    start = main.name.end if main.stretch.covers(main.name) else main.stretch.start
    longest = max(local.names.values(), key=len)
    named = any(_singular_name(n) and " " not in n for n in local.names.values())
    for pattern in (SUBJECT, OBJECT):
        for m in pattern.finditer(draft.text, start, main.stretch.end):
            word = m.group(1)
            if (
                not is_coined(word)
                or word in NOT_NAMES
                or fold(word) in taken
                or _is_listed(draft.text, word, start, m.start())
            ):
                continue
            if is_acronym_of(word, longest) or (titles.looks_like_title(longest) and not named):
                local.names.setdefault(fold(word), word)
                if pattern is SUBJECT and main.rule == "paper.tagged-item" and titles.looks_like_title(longest):
                    local.short = word
                return


def _is_listed(text: str, word: str, start: int, end: int) -> bool:
    """Whether a word first stands, before ``end``, as one of several things or as what another is held against."""
    at = text.find(word, start, end)
    return at >= 0 and _OF_OTHERS.search(text, max(start, at - 12), at) is not None


def _singular_name(word: str) -> bool:
    """Whether one word alone can name a paper: capitals or digits inside, or a hyphen or symbol."""
    return len(word) > 1 and (any(c.isupper() or c.isdigit() for c in word[1:]) or bool(re.search(r"\w[-&@]\w", word)))


def _join_named(draft: Draft, locals_: list[_Local]) -> list[_Local]:
    """A paper that is only named joins the one entry whose system has its name."""
    owners: dict[str, list[_Local]] = {}
    for local in locals_:
        if any(c.stretch for c in local.candidates):
            for name in local.names:
                owners.setdefault(name, []).append(local)
    kept: list[_Local] = []
    for local in locals_:
        own = owners.get(fold(local.candidates[0].name.of(draft.text)), [])
        if all(c.rule == "paper.named" for c in local.candidates) and len(own) == 1 and own[0] is not local:
            own[0].candidates += local.candidates
        else:
            kept.append(local)
    return kept


def _drop_shared_names(locals_: list[_Local]) -> None:
    """A short form that two papers share names neither."""
    count: dict[str, int] = {}
    for local in locals_:
        for name in local.names:
            count[name] = count.get(name, 0) + 1
    for local in locals_:
        own = fold(local.candidates[0].name.of("")) if not local.candidates else None
        local.names = {n: w for n, w in local.names.items() if count[n] == 1 or n == own or len(local.names) == 1}


def _add_paper(draft: Draft, local: _Local) -> None:
    text = draft.text
    entries = [c for c in local.candidates if c.stretch is not None]
    main = min(entries or local.candidates, key=lambda c: (c.rule in _ENTRY_RULES_LAST, c.name.start))
    title = next((c.title for c in local.candidates if c.title is not None), None)
    reference = [c.reference for c in local.candidates if c.reference is not None]
    title = title or next((r.title for r in reference if r.title is not None), None)
    name = local.short or re.sub(r"\s+", " ", main.name.of(text))
    if local.short and title is None:
        title = main.name
    mention = draft.add_mention(main.name, Kind.PAPER, main.rule, name=re.sub(r"\s+", " ", main.name.of(text)))
    seen: list[date] = [r.seen for r in reference if r.seen]
    draft.papers.append(
        PaperFacts(
            mention=mention,
            name=name,
            title=re.sub(r"\s+", " ", title.of(text)) if title else "",
            arxiv_id=local.arxiv_id(),
            url=next((c.url for c in entries if c.url), ""),
            year=next((r.year for r in reference if r.year), None),
            venue=next((r.venue for r in reference if r.venue), ""),
            award=next((r.award for r in reference if r.award), ""),
            topics=next((c.topics for c in local.candidates if c.topics), ()),
            tier=next((c.tier for c in entries if c.tier is not None), None),
            first_seen=min(seen) if seen else draft.document.date,
            aliases=tuple(sorted(set(local.names.values()) - {name})),
            entry=bool(entries),
            stretches=tuple(sorted({c.stretch for c in entries if c.stretch is not None})),
        )
    )
    for candidate in local.candidates:
        other = draft.add_mention(candidate.name, Kind.PAPER, candidate.rule)
        draft.add_alias(
            mention, other, "same arXiv id" if candidate.arxiv_id else "same name", draft.sentence_at(candidate.name.start)
        )
