"""Who a paper is from: institutions in its byline, in its parenthesis, and in sentences that say who did the work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.papers import references as refs
from kg.extract.papers.bylines import cut_byline, is_byline
from kg.extract.people.beside_ids import houses_beside_ids, names_by_ids
from kg.model import Block, BlockKind, Kind, PaperFacts, Predicate, Relation, Role, Span

_INSTITUTIONS = frozenset({Kind.INSTITUTION})
_PAPERS = frozenset({Kind.PAPER})
_HOUSE = (
    r"(?:researchers?|scientists|authors?|teams?|groups?|labs?|people|engineers|students|colleagues|collaboration|work|academics|"
    r"(?:economi|physici|biologi|chemi|lingui|psychologi|neuroscienti|robotici)sts|mathematicians|physicians|doctors)"
)
_FROM = re.compile(
    rf"\b(?:from|{_HOUSE} with|by|at|of|between|{_HOUSE} (?:are |is |comes? |came )?(?:at|from|of)|led by)\s+"
    r"(?:the\s+)?(?:same\s+)?"
    rf"(?:{_HOUSE} (?:at|from)\s+)?$",
    re.IGNORECASE,
)
#: What must stand before "from X" for X to be who made the paper.
_MADE = re.compile(
    rf"\b(?:papers?|study|findings?|report|benchmark|dataset|survey|essay|preprint|released?|proposed|introduced|developed|written|trained|by|built|joint|comes?|came|out|{_HOUSE})\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r", (?:from|by) (?:the )?$")
#: "its authors are at Some House, not at"
_NOT_FROM = re.compile(r"\bnot (?:from|by|at|of) (?:the )?$")
#: "The audit, from the", "This second attack, by"
_SUBJECT_FROM = re.compile(r"[\W_]*(?:The|This|Its|Theirs?|An?) [\w-]+(?: [\w-]+){0,2}, (?:from|by|out of) (?:the )?")
_POSSESSED = re.compile(rf"(?:['’]s)?\s+(?:team(?:'s)?\s+)?(?:papers?|study|preprint|NLP group|{_HOUSE})\b")
_LIST_LINK = re.compile(r"^\s*(?:,|and|&|/|, and|as well as|with|together with|in collaboration with)\s*(?:the\s+)?$")
_REMARK = re.compile(r"retweet|(?:^|[,;] )via\b|newsletter|(?<!-)\bsources?\b(?=$|[:,;])", re.IGNORECASE)
#: "the Tsinghua and SJTU paper, X", "LabCo's X"
_POSSESSIVE = re.compile(
    r"(?:['’]s)?(?: (?:and|&) [A-Z]\w+(?: [A-Z]\w+){0,3})?(?:['’]s)? (?:papers?|work|study|preprint),? [\"“*_]*"
    r"|['’]s? (?:own )?[\"“*_]*"
)
#: "X, a spring paper from the"
_APPOSED = re.compile(
    r"[*_\"”]{0,3}(?: \([^()\n]{3,80}\))?(?:,| [-–—])? "
    r"(?:\(?(?:an?|the|another|its) (?:[\w'’-]+ ){0,4}?(?:from|by|out of|at)|from) (?:the )?",
    re.IGNORECASE,
)
#: How a sentence whose subject is an institution begins, and what it then says the institution did.
_OPENS = re.compile(
    r"[\W_]*(?:(?:an?|the|two|three|some|both|four)\s)?(?:joint\s)?"
    rf"(?:{_HOUSE}\s(?:at|from|of|with|led by|between)\s)?(?:the\s)?",
    re.I,
)
_DOES = re.compile(
    r"(?:['’]s?)?\s(?:(?:team|group|lab|researchers|authors)\s)?(?:ha(?:s|ve)\s)?(?:also\s|jointly\s|now\s|then\s|both\s|together\s)?"
    r"(?:releas|fit|find|show|report|propos|present|introduc|train|build|develop|test|attribut|argu|stud|publish|measur|evaluat|describ|"
    r"offer|open-sourc|demonstrat|appl|compar|look|ask|us|collect|creat|design|prov|explor|analy[sz]|trac|note|claim|observ|run|scal|combin|"
    r"replac|rethink|revisit|benchmark|audit|survey|annotat|label|distil|fine-tun|simulat|investigat|examin|quantif|identif|discover|deriv|writ|tak|"
    r"put|giv|gave|count|tell|told|deploy|extend|improv|tackl|address|teach|formali[sz]|catalogu?|interview|warn|document|turn|wrote|took|taught|found|ran|built|recommend|suggest|advis|conclud|confirm|reproduc|replicat|pool|pair|log|merg|stud)(?:e|s|es|ed|d|y|ies|ied|t|led|ned|ted|en|ten)?\b"
)
#: What leads from the institution to its paper: "Some Lab settles it with A Title", "argues in A Title".
_IN_TITLE = re.compile(r" [a-z][^.;:,()\n]{2,60} (?:in|with) [\"“*_]*")
_BYLINE_COLUMN = re.compile(
    r"authors?|by|from|affiliations?|institutions?|labs?|orgs?|organi[sz]ations?|who|team", re.IGNORECASE
)
_IN_PARENTHESES = re.compile(r"\(([^()]{2,300})\)")
_PART = re.compile(r"[^,;&/]+")
_NO_HOUSE = re.compile(r"\d|\bet al\b|^(?:and|arXiv|PDF|code|paper|link|preprint|oral|spotlight|poster)\b", re.IGNORECASE)
_PREPRINT = re.compile(r"[\s*_(]*arXiv ?:? ?\d{4}\.\d{4,5}(?:v\d)?[\s)*_]*[,·|—–-]\s*(?:the )?", re.IGNORECASE)
_KEY = re.compile(
    r"\W*(?:affiliations?|institutions?|from|labs?|organi[sz]ations?|orgs?|who|by|teams?)\W*:\W*(?:the )?", re.IGNORECASE
)
_DASHED = re.compile(r"[*_\]\"”]{0,3}(?:\([^()\s]{0,200}\))?[*_]{0,3}\s?[-–—:]\s")
_AUTHORS = re.compile(r"\W{0,4}(?:authors?|written by)\W{0,4}:.{3,300}\(", re.IGNORECASE)
_LABELLED = re.compile(r"[*_]{0,3}[A-Z][\w'’ ]{1,20}(?::[*_]{0,3}|[*_]{1,3}:)\s")
_NUMBER_LAST = re.compile(r"\s\[\d{1,3}\]\s*$")
_MARKUP = re.compile(r"[.,]? ?\[[\w ]{2,12}\]\([^()\s]{5,300}\)|[*_]{1,3}")
_ONLY_JOINERS = re.compile(r"[\s*_,&/.]*(?:(?:from|by|and|with|the)[\s*_,&/.]*){0,12}")
_LINES_READ = 5
_LONGEST_LINE = 400
_UNREAD = frozenset({BlockKind.CODE, BlockKind.DIAGRAM})


def link_affiliations(draft: Draft) -> None:
    """Adds a relation for each institution that a paper is said to be from, by its byline first."""
    linked: set[tuple[int, int]] = set()
    columns, places = _byline_columns(draft), names_by_ids(draft)
    starts = [b.span.start for b in draft.document.blocks]
    for paper in draft.papers:
        beside = list(houses_beside_ids(draft, paper, places.get(paper.mention, ())))
        for house in beside:
            _add_house(draft, house)
        own = [place for stretch in paper.stretches for place in _bylines(draft, paper, stretch, starts, columns)]
        for institution in (i for place in (*own, *beside) for i in draft.mentions_in(place, _INSTITUTIONS)):
            sentence = draft.sentence_at(draft.mentions[institution].span.start)
            if sentence is not None and (paper.mention, institution) not in linked:
                linked.add((paper.mention, institution))
                _relate(draft, paper.mention, institution, sentence, "affiliation.byline", 0.9)
    taken = {institution for _, institution in linked}
    for index in range(len(draft.sentences)):
        if draft.role_of(index) is not Role.FURNITURE and draft.block_of(index).kind not in _UNREAD:
            _link(draft, index, taken)


# -------------------------------------------------------------------------------------------------------------- bylines


def _byline_columns(draft: Draft) -> dict[int, set[int]]:
    """The columns of authors and houses, of each table."""
    return {
        b.table: {i for i, cell in enumerate(b.cells) if _BYLINE_COLUMN.fullmatch(cell.of(draft.text).strip(" *_`"))}
        for b in draft.document.blocks
        if b.kind is BlockKind.ROW and b.header
    }


def _bylines(draft: Draft, paper: PaperFacts, stretch: Span, starts: list[int], columns: dict[int, set[int]]) -> Iterator[Span]:
    """The places at the top of a paper's own text that name its authors or where they are."""
    first = bisect_left(starts, stretch.start)
    read = 0
    for block in draft.document.blocks[first : first + _LINES_READ]:
        if block.span.start >= stretch.end or read > _LINES_READ:
            return
        if block.kind is BlockKind.ROW:
            yield from (cell for i, cell in enumerate(block.cells) if i in columns.get(block.table, ()))
            return
        for line in _lines(draft, block):
            read += 1
            words = line.of(draft.text)
            inside = _behind_name(draft, paper, line)
            if inside is not None:
                _add_houses(draft, inside)
                yield inside
                return
            own = any(name in words for name in (paper.title, paper.name) if name)
            place = _houses(draft, line, own=own)
            if place is not None:
                _add_houses(draft, place)
                yield place
            elif not own and words.rstrip()[-1:] in ".!?" and len(words.split()) > 8 and not _LABELLED.match(words):
                return  # the text proper


def _behind_name(draft: Draft, paper: PaperFacts, line: Span) -> Span | None:
    """The parenthesis right behind a paper's name, where its entry begins with both and the inside is known for a list of
    houses, by one of them or by the paper's number: "Late Bloom (2605.01234, Some School)"."""
    text = draft.text
    for i in draft.mentions_in(Span(line.start, min(line.end, line.start + 300)), _PAPERS):
        place = draft.mentions[i].span
        end = place.start + len(paper.title) if paper.title and text.startswith(paper.title, place.start) else place.end
        inside = refs.parenthesis_after(text, end + (text[end : end + 1] in "?!"))
        if draft.paper_of(i) != paper.mention or inside is None or inside.end > line.end or _REMARK.search(inside.of(text)):
            continue
        listed = any(refs.arxiv_ids(text, Span(inside.start - 1, inside.end + 1))) and "," in inside.of(text)
        told = listed or draft.mentions_in(inside, _INSTITUTIONS)
        if told and refs.parse_reference(text, inside, None).title is None:
            return Span(inside.start - 1, inside.end + 1)
    return None


def _lines(draft: Draft, block: Block) -> Iterator[Span]:
    if block.kind in _UNREAD or block.kind is BlockKind.FURNITURE:
        return
    for m in re.finditer(r"[^\n]+", block.span.of(draft.text)[: _LINES_READ * _LONGEST_LINE]):
        yield Span(block.span.start + m.start(), block.span.start + m.end())


def _houses(draft: Draft, line: Span, *, own: bool) -> Span | None:
    """Where a line says who wrote the paper: the whole of a byline or of a list of institutions, the words behind a title."""
    words = line.of(draft.text)
    if len(words) > _LONGEST_LINE:
        return None
    if own:
        title = cut_byline(draft.text, line)
        behind = Span(title.end, line.end)
        if re.match(r"[,.;]? (?:by|from) ", behind.of(draft.text)):
            return behind
        by = re.match(r"\W*(?:\d{1,3}\W+)?([^\"“]{5,200}?)[:,.]?\s[\"“]", words)  # "(1) Ana Ruiz (KAIST): "A Title", ..."
        if by and is_byline(by.group(1), below_title=True):
            return Span(line.start + by.start(1), line.start + by.end(1))
        field = re.search(r"\s[|·•]\s", words)  # "A Title | Its House | arXiv:..."
        return Span(line.start + field.end(), line.end) if field else None
    if _AUTHORS.match(words):
        return line
    for m in re.finditer(r"[^|·•]+", words):
        if is_byline(_NUMBER_LAST.sub("", _MARKUP.sub("", m.group())), below_title=True):
            return Span(line.start + m.start(), line.start + m.end())
    fields = (Span(line.start + m.start(), line.start + m.end()) for m in re.finditer(r"[^|·•]+", words))
    return next((field for field in fields if _lists_houses(draft, field)), None)


def _lists_houses(draft: Draft, field: Span) -> bool:
    """Whether a line, or what stands between two bars or dots of one, is a list of institutions."""
    words = field.of(draft.text)
    places = [draft.mentions[i].span for i in draft.mentions_in(field, _INSTITUTIONS)]
    letters = sum(p.end - p.start for p in places)
    lead = words[: places[0].start - field.start] if places else ""
    if places and (_PREPRINT.fullmatch(lead) or _KEY.fullmatch(lead)):
        return True  # "arXiv 2605.01234, Some University. Tier 1.", "Affiliations: Some University"
    listed = bool(places) and not re.search(r"\w", lead) and words.rstrip(" *_)")[-1:] not in ".!?:"
    return listed and letters * 2 >= len(words)


def _add_houses(draft: Draft, place: Span) -> None:
    """Adds the institutions in a byline's parentheses that no other finder knows."""
    for inside in _IN_PARENTHESES.finditer(draft.text, place.start, place.end):
        for part in _PART.finditer(draft.text, inside.start(1), inside.end(1)):
            words = re.sub(r"^(?:and|the)\s+", "", part.group().strip(" *_"))
            at = draft.text.find(words, part.start()) if words else -1
            if not words[:1].isupper() or len(words.split()) > 6 or _NO_HOUSE.search(words) or refs.VENUE.search(words):
                continue
            _add_house(draft, Span(at, at + len(words)))


def _add_house(draft: Draft, span: Span) -> None:
    if not draft.taken(span, _INSTITUTIONS | _PAPERS):
        draft.add_mention(span, Kind.INSTITUTION, "pattern.byline", confidence=0.75)


# ------------------------------------------------------------------------------------------------------------ sentences


def _link(draft: Draft, index: int, taken: set[int]) -> None:
    """Ties the institutions of one sentence to the paper that it says they are of."""
    span = draft.sentences[index].span
    institutions = [i for i in draft.mentions_in(span, _INSTITUTIONS) if i not in taken]
    if not institutions:
        return
    linked: set[int] = set()
    for paper in draft.mentions_in(span, _PAPERS):
        for institution, rule, confidence in _of_paper(draft, span, paper, institutions):
            linked.add(institution)
            _relate(draft, draft.paper_of(paper), institution, index, rule, confidence)
    owner = draft.paper_at(span.start)
    if owner is None:
        return
    for institution in _set_apart(draft, span, institutions):
        linked.add(institution)
        _relate(draft, owner, institution, index, "affiliation.apart", 0.8)
    previous: int | None = None
    for institution in institutions:
        chained = previous in linked and _joined(draft, previous, institution)
        if institution not in linked and (chained or _stated(draft, span, institution)):
            linked.add(institution)
            _relate(draft, owner, institution, index, "affiliation.stated", 0.8)
        previous = institution
    for before, after in zip(institutions[-2::-1], institutions[:0:-1], strict=True):
        if after in linked and before not in linked and _joined(draft, before, after):
            linked.add(before)
            _relate(draft, owner, before, index, "affiliation.list", 0.75)
    if institutions[0] not in linked and draft.role_of(index) is not Role.PULSE:
        for institution in _subjects(draft, span, institutions):
            _relate(draft, owner, institution, index, "affiliation.subject", 0.7)


def _joined(draft: Draft, before: int | None, after: int) -> bool:
    """Whether two institutions stand in one list."""
    if before is None:
        return False
    return bool(_LIST_LINK.match(draft.text[draft.mentions[before].span.end : draft.mentions[after].span.start]))


def _stated(draft: Draft, sentence: Span, institution: int) -> bool:
    """Whether a sentence says that something is from an institution, and speaks of who made the paper."""
    place = draft.mentions[institution].span
    if _POSSESSED.match(draft.text, place.end, min(sentence.end, place.end + 40)):
        return True
    before = draft.text[sentence.start : place.start]
    if _NOT_FROM.search(before[-16:]):
        return False
    if _CLOSING.search(before[-16:]) and draft.text[place.end : sentence.end].strip() in ("", "."):
        return True  # "a diffusion model for decks, from Some Lab."
    return bool(_FROM.search(before[-60:])) and (
        len(before.split()) <= 2 or bool(_MADE.search(before) or _SUBJECT_FROM.fullmatch(before))
    )


def _set_apart(draft: Draft, sentence: Span, institutions: list[int]) -> list[int]:
    """The institutions in a parenthesis that a paper's text opens with, or that are all that a sentence says: "(ETH Zurich and
    NVIDIA) Vision cannot see slip.", "University of Toronto and Cohere."."""
    inside = refs.parenthesis_after(draft.text, sentence.start)
    if inside is not None:
        held = [i for i in institutions if inside.covers(draft.mentions[i].span)]
        return [] if _REMARK.search(inside.of(draft.text)) else held
    words = draft.words(sentence)
    for i in reversed(institutions):
        place = draft.mentions[i].span
        words = words[: place.start - sentence.start] + words[place.end - sentence.start :]
    return institutions if _ONLY_JOINERS.fullmatch(words) else []


def _subjects(draft: Draft, sentence: Span, institutions: list[int]) -> list[int]:
    """The institutions that a sentence begins with and then says to have done the work: "EPFL and Mila also release ..."."""
    first = draft.mentions[institutions[0]].span
    lead = _OPENS.match(draft.text, _behind_own_name(draft, sentence), first.start)
    if lead is None or lead.end() != first.start:
        return []
    found = institutions[:1]
    for institution in institutions[1:]:
        if not _joined(draft, found[-1], institution):
            break
        found.append(institution)
    end = draft.mentions[found[-1]].span.end
    titles = [draft.mentions[p].span.start for p in draft.mentions_in(Span(end, sentence.end), _PAPERS)]
    told = bool(titles) and _IN_TITLE.fullmatch(draft.text, end, titles[0]) is not None
    return found if told or _DOES.match(draft.text, end, sentence.end) else []


def _behind_own_name(draft: Draft, sentence: Span) -> int:
    """Where a sentence begins, the name of a paper and a dash before it aside: "**LoomNet** - Some Lab releases ..."."""
    named = draft.mentions_in(sentence, _PAPERS)
    place = draft.mentions[named[0]].span if named else sentence
    dash = _DASHED.match(draft.text, place.end) if place.start <= sentence.start + 12 else None
    return dash.end() if dash else sentence.start


def _of_paper(draft: Draft, sentence: Span, paper: int, institutions: list[int]) -> Iterator[tuple[int, str, float]]:
    """Institutions inside the paper's parenthesis, right before its name ("the Tsinghua paper X"), the first word of it, or in
    what is said of it right behind ("X, a spring paper from Mila")."""
    place = draft.mentions[paper].span
    text = draft.text
    inside = refs.parenthesis_after(text, place.end + (text[place.end : place.end + 1] in "?!"))
    if inside is None and text[place.start - 1 : place.start] == "(":  # "The paper (LoomNet: A Title, 2024, Some Lab) ..."
        around = refs.parenthesis_after(text, place.start - 1)
        reference = refs.parse_reference(text, around, None) if around else None
        inside = around if reference and reference.title and reference.of_a_paper else None
    for institution in institutions:
        span = draft.mentions[institution].span
        if inside and inside.covers(span):
            if not _REMARK.search(inside.of(text)):
                yield institution, "affiliation.parenthesis", 0.9
        elif place.covers(span) and span.start == place.start and span.end < place.end:
            yield institution, "affiliation.name", 0.7
        elif span.end <= place.start and _POSSESSIVE.fullmatch(text[span.end : place.start][:60]):
            yield institution, "affiliation.possessive", 0.85
        elif place.end < span.start <= place.end + 90 and _APPOSED.fullmatch(text[place.end : span.start]):
            yield institution, "affiliation.apposition", 0.8


def _relate(draft: Draft, paper: int, institution: int, sentence: int, rule: str, confidence: float) -> None:
    draft.relations.append(Relation(paper, Predicate.AFFILIATED_WITH, institution, sentence, rule, confidence))
