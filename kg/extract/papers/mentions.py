"""Papers that a text only mentions, or introduces in running prose: "TIP (04-16)", "GENRE (De Cao et al., 2020)",
"NV-Embed (NV-Embed: Improved Techniques ..., 2024, NVIDIA, ICLR 2025)", "the X paper", "the paper Does RL Really ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers import titles
from kg.extract.papers.candidates import Candidate, Places, trim
from kg.extract.papers.mention_cues import NOT_PAPERS
from kg.extract.papers.named_papers import find_named_papers
from kg.extract.patterns import StemmedPattern
from kg.extract.terms.acronyms import definitions_in
from kg.extract.terms.coined import is_coined
from kg.model import BlockKind, Kind, Role, Span
from kg.text import fold

_DAY = r"(?:20\d\d-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"
_DAY_STEMS = ("-0", "-1", "-2", "-3")
#: A paper called by its authors, "Kaya et al. (2021)"; not those in the parenthesis behind its name.
_BY_AUTHORS = StemmedPattern(
    re.compile(r"(?<![(\w-])([A-Z][\w'’-]+ et al\.?),? (?:\(((?:19|20)\d\d)\)|((?:19|20)\d\d)(?![\d)]))"), (" et al",)
)
_PAREN = re.compile(r"\s?\(((?:[^()]|(?<=\])\([^()\s]{1,200}\)){2,300})\)")
_CUE = re.compile(r"\b(?:papers?|preprints?|title|work|study|surveys?|Outstanding|publication)\b")
_NAMED_PAPER = StemmedPattern(
    re.compile(
        r"\b(?:[Tt]he|[Tt]oday's|[Tt]oday’s|[Tt]his week's)\s+((?:[A-Z][\w&@+.-]*)(?:[ -][A-Z0-9][\w&@+.-]*){0,5})\s+papers?\b"
    ),
    ("paper",),
)
#: "the MIT superposition scaling laws (05-03)": a capital, then small words up to the stamp.
_DESCRIBED = re.compile(
    r"\b[Tt]he ((?:[A-Z][\w&+-]*)(?: [a-z][\w-]*){1,3}?)(?: (?:retweet|thread|post|paper|entry|result|summary))?\s*$"
)
#: "complement to Soohak from 05-12".
_FROM_STAMP = StemmedPattern(
    re.compile(rf"(?<![\w-])([A-Z][\w&+-]*(?: [A-Z][\w&+-]*){{0,4}}) (?:from|of) (?={_DAY})"), _DAY_STEMS
)
_IN_PARENTHESIS = StemmedPattern(
    re.compile(r"\(([A-Z][\w&+-]*(?: [A-Z][\w&+-]*){0,4}) (?:position |survey )?paper\)"), ("paper",)
)
#: "the same group released LLM2Vec-Gen".
_RELEASED = re.compile(
    r"\b(?:group|team|lab|authors|researchers)\s+(?:(?:at|from|of)\s[^.,;:()\n]{3,60}?\s)?(?:has |have |recently |also )?"
    r"(?:released|introduced|proposed|published|presented)\s+"
    r"(?=\S*[A-Z0-9]\S*[A-Z0-9])([A-Z][\w+&-]*)"
)
_FROM_HOUSE = re.compile(r"(.{2,120}?) (?:from|by|at) (?:the )?(.{2,80})", re.DOTALL)
#: What credits a title to somebody: ", by CMU", " (ICLR 2026)", ", among the best papers".
_CREDITED = re.compile(r"[?!]?,? (?:by|from|\(|among|one of|was one of|won)\b|[?!]? \(")
#: "A Title in Full: 1,200 new tasks" ends before the colon.
_COUNT_BEHIND = re.compile(r": [\d.,]+$")
#: "The NeurIPS 2025 spotlight ", "an ICLR 2026 best paper, ": what a paper won, before its title.
_AWARDED = re.compile(
    r"(?:'?\d{2,4}) (?:[\w-]+ ){0,2}(?:spotlight|oral|papers?|award|winner|runner-up|mention),? [\"“*_]*$", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|by|from|with|of) (?:the )?$")
_PUBLISHED = re.compile(r"\b(?:published|appeared|accepted|presented) (?:at|in|to) ([^.;)]{3,60})")
_LIST_STAMP = StemmedPattern(
    re.compile(rf"(?:^|,\s*|\(\s*|;\s*)([A-Z][\w&+./-]*(?: [A-Z&][\w&+./-]*| of| for| in){{0,4}}) (?={_DAY})"), _DAY_STEMS
)
#: A stamped name in such a sentence is an event of the market, not a paper.
_MARKET = re.compile(
    r"\$\s?\d|\b(?:deals?|capital|funding|acqui\w+|IPO|raises?|raised|valuation|revenue|invest\w*|billion)\b", re.IGNORECASE
)
#: Where running prose may be the only entry that a paper has.
_PROSE_ROLES = frozenset({Role.ENTRIES, Role.BODY, Role.ABSTRACT})
_NEVER_PAPERS = frozenset({Kind.INSTITUTION, Kind.VENUE, Kind.HARDWARE, Kind.METRIC})
_UNKNOWN = frozenset({Kind.PAPER})
_NO_MENTIONS = frozenset({BlockKind.DIAGRAM, BlockKind.CODE, BlockKind.META, BlockKind.HEADING})
_MARKET_ROLES = frozenset({Role.PULSE, Role.FURNITURE})
_JOINERS = frozenset({"of", "per", "vs", "vs.", "for", "in", "on", "the", "to", "with", "&"})
#: Small words that only stand inside of whole titles: "Recall Needs a Key".
_INNER_WORDS = frozenset({"a", "an", "is", "are", "be", "can", "do", "does", "not", "but", "its", "your", "under", "without"})
#: Such words that a title of two others may have too: "Weights at the Edge", "Reward by Appeal".
_PLACES = frozenset({"at", "by", "from"})
_INNER_WORDS |= _PLACES
_SMALL_WORDS = _JOINERS | _INNER_WORDS
_TITLE_WORDS = 3
#: What an item of a list is called: "P-48", "F12".
_LABEL = re.compile(r"[A-Z]{1,2}-?\d{1,3}")
#: A name in small letters that only its number tells: "t5 (A Title, 2019, Some House)".
_SMALL_NAME = re.compile(r"[a-z]{1,5}\d{1,2}(?:\.\d)?")
_ORGANISATION_JOIN = re.compile(r"^[A-Z]\w+(?:-[A-Z]\w+)+$")


def find_mentions(draft: Draft, entries: list[Candidate], known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """Papers outside the layouts that give each its own place."""
    names = {fold(c.name.of(draft.text)) for c in entries} | {fold(c.title.of(draft.text)) for c in entries if c.title}
    named = sorted({s for c in entries for s in (c.name, c.title) if s})
    ids = {c.arxiv_id for c in entries if c.arxiv_id}
    covered = Places(c.stretch for c in entries)
    places = Places(named)
    taken: list[Span] = []
    for index, sentence in enumerate(draft.sentences):
        role = draft.role_of(index)
        block = draft.block_of(index)
        if role is Role.FURNITURE or block.kind in _NO_MENTIONS:
            continue
        owned = covered.hold(sentence.span.start)
        found = [*_referenced(draft, index, owned, known), *_stamped_lists(draft, index, known)]
        if not owned and role in _PROSE_ROLES:
            for candidate in (*_titled_prose(draft, index), *_presented(draft, index)):
                if not any(candidate.name.overlaps(f.name) or _is_house_of(f, candidate) for f in found):
                    found.append(candidate)
        for c in found:
            if known.get(fold(c.name.of(draft.text)), _UNKNOWN) <= _NEVER_PAPERS:
                continue
            doubled = owned and c.arxiv_id and c.arxiv_id in ids
            if not doubled and not places.overlap(c.name) and not (c.title and places.overlap(c.title)):
                taken.append(c.name)
                yield c
    titled, linked = "\n".join(sorted(names)), Places(taken)
    for candidate in (*_called_papers(draft), *find_named_papers(draft, entries, known)):
        name = fold(candidate.name.of(draft.text))
        if name not in titled and not linked.overlap(candidate.name) and not known.get(name, _UNKNOWN) <= _NEVER_PAPERS:
            yield candidate


def _is_house_of(paper: Candidate, other: Candidate) -> bool:
    """Whether a naming is only what the parenthesis behind a paper's name says of it: "Some University & Some House"."""
    reference = paper.reference
    return reference is not None and any(part.overlaps(other.name) for part in reference.others)


# ------------------------------------------------------------------------------------------- a name and a parenthesis


def _referenced(draft: Draft, index: int, owned: bool, known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """A name with a parenthesis that only a paper has: a date stamp, a year with authors or a venue, an arXiv id, a title."""
    text, sentence = draft.text, draft.sentences[index].span
    for m in _PAREN.finditer(text, sentence.start, draft.block_of(index).span.end):
        if m.start() >= sentence.end:  # it may be cut by a full stop inside: "(see no. 12)"
            break
        reference = refs.parse_reference(text, Span(m.start(1), m.end(1)), draft.document.date)
        if _is_issue(draft, reference.span):
            reference.earlier, reference.title = True, None
        stamped = reference.seen is not None or reference.earlier
        if not (stamped or reference.of_a_paper):
            continue
        if stamped and (_MARKET.search(sentence.of(text)) or draft.role_of(index) in _MARKET_ROLES):
            continue
        found = _marked_before(draft, sentence, m.start())
        for whole in found or _names_before(text, sentence.start, m.start(), several=stamped):
            name = _without_house(text, whole, known)
            if name.of(text)[0].isdigit() or (stamped and _joins_houses(name.of(text), known)):
                continue
            yield _mention(draft, index, name, reference, owned, "paper.stamp" if stamped else "paper.reference")
    for m in draft.find_stemmed(_BY_AUTHORS, index):
        name = Span(*m.span(1))
        yield Candidate(name, "paper.reference", reference=refs.Reference(name, year=int(m[2] or m[3])))


def _without_house(text: str, name: Span, known: Mapping[str, set[Kind]]) -> Span:
    """The name without who it is from: "Slow Cascades from Some University"."""
    m = _FROM_HOUSE.fullmatch(text, name.start, name.end)
    house = m is not None and Kind.INSTITUTION in known.get(fold(m[2]), ())
    return Span(*m.span(1)) if m is not None and house else name


def _joins_houses(name: str, known: Mapping[str, set[Kind]]) -> bool:
    """Whether a hyphen joins two houses rather than the parts of a name: "NVIDIA-Mila"."""
    parts = name.split("-") if _ORGANISATION_JOIN.match(name) else []
    return any(Kind.INSTITUTION in known.get(fold(part), ()) for part in parts)


def _marked_before(draft: Draft, sentence: Span, end: int) -> list[Span]:
    """The title in italics or bold right before a parenthesis, where its commas or small words would break a name."""
    marked = [s for s in draft.emphasis_in(Span(max(sentence.start, end - 160), end)) if 0 <= end - s.end <= 3]
    words = marked[-1].of(draft.text) if marked else ""
    return [trim(draft.text, marked[-1])] if len(words.split()) >= 3 and titles.is_title_case(words) else []


def _is_issue(draft: Draft, inside: Span) -> bool:
    """Whether a parenthesis names an issue of the publication itself: "(The Slow Reader 11)"."""
    name, words = draft.document.publication, inside.of(draft.text)
    return len(name) > 3 and words.startswith(name) and words[len(name) :].strip(" #,").isdigit()


def _mention(draft: Draft, index: int, name: Span, reference: refs.Reference, owned: bool, rule: str) -> Candidate:
    """A paper in running text has an entry of its own where the text goes on to tell of it: a title or venue was given, and no
    other paper owns the place."""
    title = name if titles.looks_like_title(name.of(draft.text)) or "," in name.of(draft.text) else reference.title
    told = bool(reference.title or reference.venue or reference.arxiv_id)
    if draft.role_of(index) is Role.ENTRIES:  # "A Full Title (2026, Some House)"
        told = told or bool(title and reference.year and reference.others)
    stretch = draft.block_of(index).span if told and not owned and rule == "paper.reference" else None
    return Candidate(name, rule, title, stretch, arxiv_id=reference.arxiv_id, reference=reference)


def _names_before(text: str, start: int, end: int, *, several: bool) -> list[Span]:
    """The name, or the names of a list ("RLRT and G-Zero"), that end right before a parenthesis."""
    words = titles.words_in(text, Span(max(start, end - 160), end))
    names: list[Span] = []
    run: list[titles.Word] = []
    comma = _comma_inside(words)
    for word in reversed(words):
        ends_run = bool(run or names) and word.text[-1] in ",;:.!?)]" and word is not comma
        if ends_run or word.text[0] in "(":
            break
        if (
            word.capital
            or (run and word.bare in _SMALL_WORDS)
            or (not run and _SMALL_NAME.fullmatch(word.text))
            or (run and word.bare == "or" and _is_choice(words, word, run[-1], stamped=several))
        ):
            run.append(word)
            if word.text[0] == "[" and text[end - 1] == "]":
                break  # the words of a link are all of the name
        elif several and run and word.bare in ("and", "&") and not names:
            names += _close(text, run)
            run = []
        else:
            break
    names += _close(text, run)
    if several and not names:
        described = _DESCRIBED.search(text, max(start, end - 100), end)
        names = [Span(described.start(1), described.end(1))] if described else []
    return names if several else names[:1]


def _is_choice(words: list[titles.Word], joiner: titles.Word, after: titles.Word, *, stamped: bool) -> bool:
    """Whether "or" stands inside of a title: "Sink or Swim", but not "GPT-4 or Llama". Of names without a date the title must
    be all of the sentence so far."""
    before = words[: words.index(joiner)]
    alone = len(before) == 1 or (stamped and bool(before) and not before[-2].capital)
    return alone and all(w.capital and w.bare.isalpha() and not is_coined(w.bare) for w in (before[-1], after))


def _comma_inside(words: list[titles.Word]) -> titles.Word | None:
    """The word before the comma of a title of two halves that stands last: "Bigger Boats, Smaller Sails"."""
    sizes, comma = [0, 0], None
    for word in reversed(words):
        if comma is not None and not word.capital:
            break  # "... models, Bigger Boats, Smaller Sails"
        if word.text[-1] in ",;:.!?)]":
            if comma is not None or word.text[-1] != ",":
                comma = None if word.text[-1] == "," else comma  # a list
                break
            comma = word
        if not word.capital or is_coined(word.bare) or word.bare in NOT_PAPERS:
            break
        sizes[comma is not None] += 1
    return comma if min(sizes) >= 2 else None


def _close(text: str, run: list[titles.Word]) -> list[Span]:
    inner = next((n for n, word in enumerate(run) if word.bare in _INNER_WORDS - _PLACES), None)
    if inner is None and run and not (run[-1].bare.isalpha() and run[-1].bare[1:].islower()):
        inner = next((n for n, word in enumerate(run) if word.bare in _PLACES), None)  # "GPT-4 at Northwind (2025)"
    if inner is not None and sum(word.capital and word.bare not in NOT_PAPERS for word in run) < _TITLE_WORDS:
        run = run[:inner]  # "On MMLU a Harbor (2025)"
    while run and (run[-1].bare in _SMALL_WORDS or run[-1].bare in NOT_PAPERS):
        run.pop()
    if not run:
        return []
    span = trim(text, Span(run[-1].start, run[0].end))
    name = span.of(text)
    return [span] if any(c.isalpha() for c in name) and not name.isdigit() else []


def _stamped_lists(draft: Draft, index: int, known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """ "(TraceR 04-17, State of Routing 05-08, CARE 05-11)": names each followed by a bare date."""
    text, sentence = draft.text, draft.sentences[index].span
    found = [*draft.find_stemmed(_LIST_STAMP, index), *draft.find_stemmed(_FROM_STAMP, index)]
    if not found or _MARKET.search(sentence.of(text)) or draft.role_of(index) in _MARKET_ROLES:
        return
    for m in found:
        name = Span(m.start(1), m.end(1))
        stamp = refs.STAMP.match(text, m.end())
        words = name.of(text)
        if stamp and words.split()[0] not in NOT_PAPERS and not (_joins_houses(words, known) or _LABEL.fullmatch(words)):
            reference = refs.Reference(name, seen=refs.stamp_date(stamp, draft.document.date))
            yield Candidate(name, "paper.stamp", reference=reference)


# --------------------------------------------------------------------------------------------------- titles in prose


def _presented(draft: Draft, index: int) -> Iterator[Candidate]:
    """A paragraph that opens with "DSI (Differentiable Search Index) is one of the papers ..." or tells of a release."""
    text, sentence, block = draft.text, draft.sentences[index].span, draft.block_of(index)
    for d in definitions_in(draft, index):
        if d.short.start <= block.span.start + 4 and _CUE.search(sentence.of(text)):
            published = _PUBLISHED.search(text, d.long.end, sentence.end)
            reference = refs.Reference(d.long)
            if published:
                reference = refs.parse_reference(text, Span(published.start(1), published.end(1)), draft.document.date)
                reference.title = None
            title = d.long if len(d.long.of(text).split()) >= 3 else None
            yield Candidate(d.short, "paper.presented", title, block.span, reference=reference)
    for m in _RELEASED.finditer(text, sentence.start, sentence.end):
        yield Candidate(Span(m.start(1), m.end(1)), "paper.presented", None, block.span)


def _titled_prose(draft: Draft, index: int) -> Iterator[Candidate]:
    """A run of title case in a sentence that speaks of a paper, or that opens a paragraph of a list of papers."""
    text, sentence, block = draft.text, draft.sentences[index].span, draft.block_of(index)
    cued = _CUE.search(sentence.of(text)) is not None
    if not (cued or draft.role_of(index) is Role.ENTRIES):
        return
    for found in titles.title_runs(text, sentence, least=4):
        counted = _COUNT_BEHIND.search(text, found.start, found.end)
        run = Span(found.start, counted.start()) if counted else found
        words = run.of(text)
        if _CUE.match(text, run.end + 1) and not text[run.end : run.end + 2].startswith(","):
            continue  # "The Tsinghua and SJTU paper": what stands before "paper" is who wrote it
        if _AT.search(text, max(sentence.start, run.start - 12), run.start) and refs.HOUSES.search(words):
            continue  # "written at the University of Oslo and Some House"
        if sum(any(c.isdigit() for c in w) for w in words.split()) * 3 > len(words.split()):
            continue  # a run of scores and sizes
        if refs.AWARD.search(words) and (refs.VENUE.search(words) or refs.YEAR.search(words)):
            continue  # "Outstanding Paper of ICLR 2026" is what a paper won
        inside = refs.parenthesis_after(text, run.end + (text[run.end : run.end + 1] in "?!"))
        reference = refs.parse_reference(text, inside, draft.document.date) if inside else None
        awarded = _AWARDED.search(text, sentence.start, run.start) is not None
        if (reference is None or not reference.of_a_paper) and not (awarded or _reads_like_title(words)):
            continue
        led = awarded or (run.start <= sentence.start + 3 and (": " in words or _CREDITED.match(text, run.end)))
        if not (cued or led or _is_long_title(words)):
            continue
        colon = text.find(": ", run.start, run.end)
        name = Span(run.start, colon) if colon > 0 and len(text[run.start : colon].split()) <= 6 else run
        if reference is None or not reference.of_a_paper:
            reference = _said_of_title(text, Span(run.end, sentence.end))
        yield Candidate(name, "paper.prose-title", run, block.span, reference=reference)


def _said_of_title(text: str, rest: Span) -> refs.Reference:
    """The venue and award that the rest of the sentence gives a title: "..., by X and Y (NeurIPS 2025 Oral), ..."."""
    reference = refs.Reference(rest)
    venue, award = refs.VENUE.search(text, rest.start, rest.end), refs.AWARD.search(text, rest.start, rest.end)
    if venue and venue.group(2):
        year = venue.group(2) if len(venue.group(2)) == 4 else f"20{venue.group(2)}"
        reference.venue, reference.year = f"{venue.group(1)} {year}", int(year)
        reference.award = award.group(1) if award else ""
    return reference


def _reads_like_title(words: str) -> bool:
    """A title has a colon or a small word that joins its parts, other than the "and" of a list of names, or it asks."""
    inner = [w for w in words.split()[1:-1] if w in titles.SMALL_WORDS and w not in ("and", "&")]
    return bool(inner) or ": " in words or words.endswith("?") or len(words.split()) >= 6


def _is_long_title(words: str) -> bool:
    """Whether a run is a title by its length and the small words inside it, whatever stands around it."""
    small = sum(w in titles.SMALL_WORDS for w in words.split()[1:])
    return len(words.split()) >= 8 and small >= 1 and not (re.search(r", |\d", words) or refs.HOUSES.search(words))


def _called_papers(draft: Draft) -> Iterator[Candidate]:
    """ "The Massive Activations paper": people call it that, so it is one."""
    for index in range(len(draft.sentences)):
        if draft.role_of(index) is Role.FURNITURE or draft.block_of(index).kind is BlockKind.DIAGRAM:
            continue
        for m in (*draft.find_stemmed(_NAMED_PAPER, index), *draft.find_stemmed(_IN_PARENTHESIS, index)):
            name = Span(m.start(1), m.end(1))
            if len(name.of(draft.text).split()) > 1 or re.search(r"[A-Z].*[A-Z]|-", name.of(draft.text)):
                yield Candidate(name, "paper.called")
