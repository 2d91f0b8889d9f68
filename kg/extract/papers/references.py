"""What a reference states of a paper: arXiv ids, and the parts of "(Title, 2024, NVIDIA, ICLR 2025 Outstanding Paper)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.model import Span

#: New-style arXiv ids (2007 on): YYMM.NNNNN, https://info.arxiv.org/help/arxiv_identifier.html
ARXIV_ID = re.compile(r"(?<![\d.])((?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?(?![\d])")
_BARE_ID = re.compile(r"(\d{2}(?:0[1-9]|1[0-2])\.\d{5})(?:v\d{1,2})?")
#: What stands before an id: words that say so; an arrow, a bar, a dot or a bracket before a number of five decimals will do.
_ARXIV_CONTEXT = re.compile(
    r"(?:arxiv(?:\.org)?(?:\s+id)?\s*[:/]?\s*(?:(?:abs|pdf|html)/)?|alphaxiv\.org/(?:abs|overview)/|huggingface\.co/papers/|\["
    r"|[→⟶|·] ?(?=\d{4}\.\d{5}(?!\d))|\((?=\d{4}\.\d{5}[),;])|, ?(?=\d{4}\.\d{5}[,:;)])"
    r"|^[*_\[(#> ]{0,4}(?=\d{4}\.\d{5}[)\]*_]{0,3}\s?[|·:–—]\s))" + ARXIV_ID.pattern,
    re.IGNORECASE | re.MULTILINE,
)
#: Venues whose issues are years. Journals without a year are in the vocabulary.
VENUE = re.compile(
    r"(?=[A-Z])\b(NeurIPS|NIPS|ICML|ICLR|COLM|ACL|EMNLP|NAACL|EACL|AACL|COLING|TACL|CoNLL|CVPR|ICCV|ECCV|WACV|AAAI|IJCAI|KDD|WWW|SIGIR|WSDM|CIKM|"
    r"RecSys|ECIR|TMLR|JMLR|MLSys|OSDI|SOSP|NSDI|ATC|ASPLOS|ISCA|MICRO|HPCA|SC|CoRL|ICRA|IROS|RSS|AISTATS|UAI|COLT|Interspeech|ICASSP|"
    r"CHI|UIST|ICSE|FSE|USENIX Security|S&P|CCS|NDSS|VLDB|SIGMOD|SIGGRAPH|Nature|Science|PNAS|CSCW|FAccT|CPAL|ARR)"
    r"(?:\s*'?\s*((?:19|20)\d{2}|\d{2}(?=\b)))?(?!\w)"
)
AWARD = re.compile(
    r"\b((?:Outstanding|Best|Distinguished|Test[- ]of[- ]Time|Honou?rable|Spotlight|Oral|Runner[- ]up)"
    r"(?:[ -](?:Student|Main[- ]Track|Papers?|Mention|Award|Runner[- ]up|Theme|Resource|Demo|Position|Short|Long|"
    r"Presentation)){0,4})\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d.])((?:19[5-9]|20[0-4])\d)(?![\d.]?\d)")
ET_AL = re.compile(r"\b([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?:'s)? et al\.?(?:'s)?")
_MONTHS = {m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_MON = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
STAMP = re.compile(
    r"(?:(?P<y>20\d{2})-)?(?<!\d)(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])"
    rf"|(?P<mon>{_MON})[a-z]{{0,6}}\.? (?P<md>\d{{1,2}})(?!\d)(?:, (?P<my>20\d{{2}}))?"
    rf"|(?<!\d)(?P<dd>\d{{1,2}}) (?P<dmon>{_MON})(?:[a-z]{{1,6}}\b|\b)\.?(?: (?P<dy>20\d{{2}}))?"
)
_SUBMITTED = re.compile(
    r"(?:currently )?(?:under review|submitted|accepted|to appear|published|presented)(?: (?:at|to|in|for))? "
)
_MONTH_OF_YEAR = re.compile(rf"(?:{_MON})(?:[a-z]{{1,6}})?\.? (20\d\d)")
#: How a date stamp may be led in: "(lands 05-14)", "(which appeared 05-12, ...)".
STAMP_LEAD = re.compile(
    r"\s*(?:which |that )?(?:lands?|landed|landing|from|on|in|appeared|published|covered|posted|released|see|dated)?\s*(?:on )?"
)

#: Where an earlier issue told of a paper: "(W38)", "(#112)", "(issue 12)", "(week 31)".
_EARLIER = re.compile(
    r"\s*\[?(?:in |from |see )?(?:W\d{2}|#\d{1,4}|(?:issue|no\.|nr\.|edition|week|number|case|letter) ?#?\d{1,4})"
    r"(?:\]\([^()\s]{1,300}\))?\s*(?=[,;]|$)",
    re.IGNORECASE,
)
#: "Some Lab + Some School"
_SUM = re.compile(r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}(?: \+ [A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}){1,4}")
#: Where a Markdown link on the words before leads.
_TARGET = re.compile(r"[*_`]{0,3}\]\([^()\s]{1,500}\)")
#: The number of an address in a list below, between a name and its parenthesis: "LoomNet [3] (Some Lab)".
_NUMBER = re.compile(r"\s?\[\d{1,3}\](?=\s\()")
#: A list that has a house of research in it.
HOUSES = re.compile(
    r"(?:^|, | and | & )[^,]{0,40}\b(?:University|Univ|Institute|Labs?|College|School|Research|Academy|Hospital)\b(?:.{0,40}$)"
)


@dataclass(slots=True)
class Reference:
    """The parts of one parenthesis behind a paper's name. ``title`` is a span of the text; so are the affiliations."""

    span: Span  # inside the parentheses
    title: Span | None = None
    arxiv_id: str = ""
    year: int | None = None
    venue: str = ""
    award: str = ""
    seen: date | None = None
    earlier: bool = False  # an earlier issue told of it
    others: list[Span] = field(default_factory=list)  # parts that are none of these: institutions, authors, remarks

    @property
    def of_a_paper(self) -> bool:
        """Whether it says something that only a paper has."""
        return bool(self.arxiv_id or self.venue or self.year or self.award)


def arxiv_ids(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """arXiv ids in ``span`` that stand in an arXiv context (not just any number of that form), with their places."""
    for m in _ARXIV_CONTEXT.finditer(text, span.start, span.end):
        yield m.group(1), Span(m.start(1), m.end(1))


def arxiv_of_url(url: str) -> str:
    """The arXiv id that a link leads to, or ""."""
    m = re.search(r"(?:arxiv\.org/(?:abs|pdf|html)/|alphaxiv\.org/\w+/|huggingface\.co/papers/)" + ARXIV_ID.pattern, url, re.I)
    return m.group(1) if m else ""


def stamp_date(match: re.Match[str], issued: date | None) -> date | None:
    """The date that a stamp such as "05-12" or "May 12" means in a document of that date: the nearest one."""
    month = int(match["m"]) if match["m"] else _MONTHS[(match["mon"] or match["dmon"]).casefold()]
    day = int(match["d"] or match["md"] or match["dd"])
    year = match["y"] or match["my"] or match["dy"]
    if not year and issued is None:
        return None
    try:
        found = date(int(year) if year else issued.year, month, day)  # type: ignore[union-attr]
        if not year and issued is not None and found > issued + timedelta(days=120):
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found


def parenthesis_after(text: str, offset: int, limit: int = 400) -> Span | None:
    """The inside of the balanced parenthesis that opens at ``offset`` (white space and markup skipped, the address of a link
    too), up to ``limit``."""
    address = _TARGET.match(text, offset) or _NUMBER.match(text, offset)
    at = address.end() if address else offset
    while at < len(text) and text[at] in " *_`]\"”’'":
        at += 1
    if at >= len(text) or text[at] not in "(（":
        return None
    depth = 0
    for i in range(at, min(len(text), at + limit)):
        if text[i] in "(（":
            depth += 1
        elif text[i] in ")）":
            depth -= 1
            if depth == 0:
                return Span(at + 1, i)
        elif text[i] == "\n" and text[i : i + 2] == "\n\n":
            return None
    return None


def parse_reference(text: str, span: Span, issued: date | None) -> Reference:
    """Takes the inside of a parenthesis apart: from the right, what is a venue, a year, an id; what is left is a title."""
    ref = Reference(span)
    for arxiv_id, _ in arxiv_ids(text, span):
        ref.arxiv_id = ref.arxiv_id or arxiv_id
    lead = STAMP_LEAD.match(text, span.start, span.end)
    stamp = STAMP.match(text, lead.end() if lead else span.start, span.end)
    if stamp:
        ref.seen = stamp_date(stamp, issued)
        return ref
    if _EARLIER.match(text[span.start : span.end]):
        ref.earlier = True
        return ref
    parts = _parts(text, span)
    head: list[Span] = []
    for part in parts:
        words = part.of(text)
        if _take(ref, words):
            continue
        if head and not ref.of_a_paper:
            head.append(part)
        elif not ref.of_a_paper and not ref.others and words[:1].isupper():
            head = [part]
        else:
            ref.others.append(part)
    if head:
        _take_title(text, ref, head)
    return ref


def _parts(text: str, span: Span) -> list[Span]:
    """The comma or semicolon separated parts, white space and markup trimmed."""
    parts = []
    for m in re.finditer(r"[^,;]+", span.of(text)):
        start, end = span.start + m.start(), span.start + m.end()
        while start < end and text[start] in ' \n\t*_`"“”':
            start += 1
        while end > start and text[end - 1] in ' \n\t*_`"“”':
            end -= 1
        if end > start:
            parts.append(Span(start, end))
    return parts


def _take(ref: Reference, words: str) -> bool:
    """Takes a part that is a year, a venue, an award or an arXiv id; says whether it was one."""
    year, venue, award = YEAR.fullmatch(words) or _MONTH_OF_YEAR.fullmatch(words), VENUE.search(words), AWARD.search(words)
    short = len(words.split()) <= 7
    lead = _SUBMITTED.match(words)
    bare = _BARE_ID.fullmatch(words)
    if bare:
        ref.arxiv_id = ref.arxiv_id or bare.group(1)
    elif year:
        ref.year = int(year.group(1))
    elif venue and short and venue.start() < (lead.end() if lead else 0) + 12:
        issue = venue.group(2) or ""
        issue = f"20{issue}" if len(issue) == 2 else issue
        if not ref.venue:
            ref.venue = f"{venue.group(1)} {issue}".strip()
        ref.year = ref.year or (int(issue) if issue else None)
    elif not (ARXIV_ID.search(words) and "arxiv" in words.casefold()) and not (award and short):
        return False
    if award and short and not ref.award:
        ref.award = award.group(1)
    return True


def _take_title(text: str, ref: Reference, head: list[Span]) -> None:
    """The leading parts make a title when, joined, they have three words or more; else they are something else."""
    joined = Span(head[0].start, head[-1].end)
    if (
        ET_AL.search(text, joined.start, joined.end)
        or _SUM.fullmatch(joined.of(text))
        or (len(head) == 1 and HOUSES.search(joined.of(text)))
    ):
        ref.others = head + ref.others
    elif len(joined.of(text).split()) >= 3 and (ref.of_a_paper or len(head) == 1):
        ref.title = joined
    else:
        ref.others = head + ref.others
