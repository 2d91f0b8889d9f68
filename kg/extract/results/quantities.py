"""A grammar of quantities: the numbers of a sentence, joined into ranges, changes, comparisons, shares and grids.

:func:`find_quantities` takes the single numbers that ``kg.extract.results.numerals`` reads and joins neighbours by the few
characters between them. What a quantity is about is not decided here. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.results.numerals import DASHES, Form, Quantity, read_numbers
from kg.extract.results.units import MULTIPLES
from kg.model import Span

__all__ = ["Form", "Quantity", "find_quantities"]

_MAX_GAP = 30
_HEDGE = r"(?:(?:about|around|nearly|roughly|over|just|only|approximately|almost|up|some)\s|[~∼≈])?"
_TO_GAP = re.compile(rf"\s?([a-z]{{2,20}}\s)?(?:up |down )?to {_HEDGE}", re.IGNORECASE)
_AND_GAP = re.compile(rf"\s(?:and|to) {_HEDGE}")
_ARROW_GAP = re.compile(r"\s?(?:→|->|⇒|➔|=>|\$?\s?\\(?:to|(?:long)?rightarrow)\s?\$?)\s?")
_DASH_GAP = re.compile(rf"\s?[{DASHES}]\s?")
_VERSUS_GAP = re.compile(
    rf",?\s?\(?(?:vs\.?|versus|against|compared (?:to|with)|up from|down from|instead of|rather than)\s{_HEDGE}"
)
_LATE_VERSUS = re.compile(
    rf"[^();]{{0,80}}\(\s?(?:vs\.?|versus|compared (?:to|with)|up from|down from)\s{_HEDGE}"
    r"|(?:\s[a-z]{2,12}){0,2}\son\s(?:the\s)?[A-Z][\w.+-]{1,30}(?:\s[A-Z\d][\w.+-]{0,20}){0,3},?"
    rf"\s(?:vs\.?|versus|against|compared (?:to|with))\s{_HEDGE}"
)
_LIST_GAP = re.compile(r"\s?,\s(?:(?:and|or)\s)?|\s(?:and|or|&)\s(?:an?\s)?|\s?/\s?", re.IGNORECASE)
_WIDE_LIST_GAP = re.compile(r"\s(?:[A-Za-z-]{2,20}\s){1,2}(?:and|or|/)\s")
_OUT_OF_GAP = re.compile(r"\s(?:out )?of (?:the )?")
_GRID_GAP = re.compile(r"\s?[x×]\s?|\sby\s")
_IN_GAP = re.compile(r"-in-|\sin\s")
_RANGE_CUE = re.compile(
    r"\b(?:between|rang\w{1,5}|spann?\w{0,4}|var(?:y|ies|ying))\s(?:in \w{1,12} )?(?:from )?(?:about |roughly )?$",
    re.IGNORECASE,
)
_GROWTH_CUE = re.compile(r"\b(?:extend|expand|grow|scal|increas|rais)\w{0,5}\b[^,;]{0,60}\bfrom\s$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:about |around |roughly |~)?$", re.IGNORECASE)
_CHANGE_CUE = re.compile(
    r"\b(?:improv|lift|go(?:es|ing)?\b|went|drop|fall|fell|ris(?:e|ing)|rose|increas|rais|reduc|boost|gr[eo]w|decreas|push|climb"
    r"|cut|shr[aiu]nk|degrad|tighten|jump|surg|mov|lower|bring|brought|decline|expand|scal|extend|slid|doubl|took|takes)",
    re.IGNORECASE,
)
_SIZE_CUE = re.compile(r"\b(?:model|models|size|sizes|sized|scale|scales|parameters?)\b", re.IGNORECASE)
_RANK_WORD = re.compile(r"(?:\b(?:rank(?:s|ed|ing)?|position)(?:\s(?:at|as|in))?\s#?|#\s?)$", re.IGNORECASE)
_LEADERBOARD = re.compile(r"(?:\b[a-z]{2,8}\.[A-Z]{2}|[Ll]eaderboard|[Aa]rena|[Rr]ank(?:s|ed|ing)?|#\d{1,3} and|\bat) $")
_MULTIPLE = re.compile(
    r"(?:(?<=\band )|(?<=\bit )|(?<=\bthat )|(?<=\balmost )|(?<=\bnearly ))triples(?= [a-z])"
    r"|\b(?:doubled|doubling|tripled|tripling|quadrupled|quadrupling|quadruples)\b(?=\s[a-z])",
    re.IGNORECASE,
)
_MULTIPLE_STEMS = ("doubl", "tripl", "quadrupl")  # asked first
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d(?:\D{1,4}(?:19|20)?\d\d)?")


def find_quantities(text: str, offset: int = 0) -> list[Quantity]:
    """The quantities of one sentence, in text order, with spans shifted by ``offset``.

    A bare number after a capitalised word is kept and marked (``after_name``), since only context can tell a version from
    a score. Runs in time linear in ``len(text)``.
    """
    found = _join_all(text, _inherit_units(text, read_numbers(text)))
    found = _merge_sizes(text, _mark_ranks(text, found))
    lower = text.lower()
    if any(stem in lower for stem in _MULTIPLE_STEMS):
        found += [
            Quantity(Span(*m.span()), Span(*m.span()), MULTIPLES[m.group().lower()], Form.MULTIPLE, unit="ratio")
            for m in _MULTIPLE.finditer(text)
        ]
    found.sort(key=lambda q: q.span)
    return [replace(q, span=_shift(q.span, offset), digits=_shift(q.digits, offset)) for q in found]


def in_list(text: str, a: Span, b: Span) -> bool:
    """Whether only a comma, a slash or "and" stands between two spans."""
    return b.start >= a.end and b.start - a.end <= 8 and bool(_LIST_GAP.fullmatch(text, a.end, b.start))


def _shift(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _inherit_units(text: str, atoms: list[Quantity]) -> list[Quantity]:
    """In "7B, 13B and 30B parameters" and "6 text and 4 image benchmarks" all have the unit of the last."""
    out = list(atoms)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i], out[i + 1]
        if a.unit or not b.unit or b.span.start - a.span.end > _MAX_GAP or a.scaled != b.scaled or b.unit == "usd":
            continue
        wide = (
            b.unit in ("count", "tokens_per_second")
            and not a.after_name
            and _WIDE_LIST_GAP.fullmatch(text, a.span.end, b.span.start)
        )
        if wide or _LIST_GAP.fullmatch(text, a.span.end, b.span.start):
            out[i] = replace(a, unit=b.unit, noun=b.noun)
    sizes = False  # "236B parameters, of which 21B are active"
    for i, a in enumerate(out):
        sizes = sizes or a.unit == "parameters"
        if sizes and not a.unit and a.scale >= 10**6 and not a.hyphen_word and not a.after_name:
            out[i] = replace(a, unit="parameters", noun="parameters")
    return out


def _join_all(text: str, atoms: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    for atom in atoms:
        last = found[-1] if found else None
        if last and _is_versus(text, last, atom):
            found[-1] = replace(last, baseline=atom.value, form=Form.VERSUS, unit=last.unit or atom.unit)
            found.append(replace(atom, compared=True, unit=atom.unit or last.unit))
            continue
        joined = _join(text, last, atom) if last else None
        if joined:
            found[-1] = joined
        else:
            found.append(atom)
    return [q for q in found if not _is_year(text, q)]


def _is_year(text: str, q: Quantity) -> bool:
    plain = q.unit in ("", "count", "points") and not q.scaled and q.form in (Form.PLAIN, Form.RANGE)
    return plain and bool(_YEAR.fullmatch(text, q.digits.start, q.digits.end))


# -------------------------------------------------------------------------------------------------------------- joining


def _is_versus(text: str, a: Quantity, b: Quantity) -> bool:
    if a.form is not Form.PLAIN or b.span.start - a.span.end > 100 or (a.unit and b.unit and a.unit != b.unit):
        return False
    near = _VERSUS_GAP.fullmatch(text, a.span.end, b.span.start)
    return bool(near or (a.unit == b.unit and _LATE_VERSUS.fullmatch(text, a.span.end, b.span.start)))


def _join(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity of two neighbours, if the characters between them say so."""
    if b.span.start - a.span.end > _MAX_GAP:
        return None
    gap = text[a.span.end : b.span.start]
    before = text[max(0, a.span.start - 90) : a.span.start]
    if a.form is Form.RANGE:  # "from 5-7% to about 58%": the baseline is the low end
        return _as_change(a, b) if _TO_GAP.fullmatch(gap) and _FROM.search(before) else None
    if a.form is not Form.PLAIN:
        return None
    same = (not a.unit or a.unit == b.unit) and not (a.scaled and not b.scaled and not b.unit)
    if _DASH_GAP.fullmatch(gap) and same and not b.sign:
        return _as_range(text, a, b)
    if _ARROW_GAP.fullmatch(gap):
        return _as_change(a, b)
    if _is_to(gap, a) and (same or (a.unit == "count" and not b.unit)):
        if before.endswith("(") and text[b.span.end : b.span.end + 1] == ")" and not b.scaled:
            return _as_change(a, b)  # "improves X (25% to 65%)"
        return _as_range(text, a, b) if _is_range(before, a, b) else _as_change(a, b)
    if _AND_GAP.fullmatch(gap) and same and re.search(r"\bbetween\s(?:about\s|roughly\s)?$", before):
        return _as_range(text, a, b)
    return _join_parts(a, b, gap)


def _is_to(gap: str, a: Quantity) -> bool:
    """Whether "to" joins two numbers; a noun may stand before it ("2 providers to 3"), a verb may not ("Foo 2 rises to 5%")."""
    if a.after_name and not a.unit and "." not in str(a.value):
        return False
    found = _TO_GAP.fullmatch(gap)
    return bool(found and (not found.group(1) or found.group(1).strip() == a.noun))


def _join_parts(a: Quantity, b: Quantity, gap: str) -> Quantity | None:
    """Shares ("4 out of 6", "6.8/10", "1-in-10,000") and grids ("8x8")."""
    if a.unit not in ("", b.unit) or a.scaled or b.scaled:
        return None
    whole = replace(a, span=Span(a.span.start, b.span.end), noun=b.noun, form=Form.SHARE)
    if _IN_GAP.fullmatch(gap) and a.value == 1 and b.value > 1:
        return replace(whole, digits=Span(a.digits.start, b.digits.end), value=a.value / b.value, unit="fraction")
    out_of = _OUT_OF_GAP.fullmatch(gap) or (gap == "/" and (b.value in (5, 10, 100) or b.unit == "count"))
    if out_of and a.value <= b.value:
        return replace(whole, unit=f"out_of_{b.value}")
    if _GRID_GAP.fullmatch(gap) and a.value == a.value.to_integral_value() and b.unit in ("", "count", "pixels"):
        unit = "pixels" if min(a.value, b.value) >= 200 or b.unit == "pixels" else "count"
        return replace(whole, form=Form.GRID, unit=unit)
    return None


def _is_range(before: str, a: Quantity, b: Quantity) -> bool:
    """Whether "A to B" spans values ("ranging from A to B") rather than tells of a change ("lifts it from A to B")."""
    if _RANGE_CUE.search(before):
        return True
    if a.scaled or b.unit in ("parameters", "tokens"):
        return not _GROWTH_CUE.search(before)
    return not (_FROM.search(before) or _CHANGE_CUE.search(before[-70:]))


def _as_range(text: str, a: Quantity, b: Quantity) -> Quantity:
    low = a.value * b.scale if b.scaled and not a.scaled and a.value < 1000 else a.value  # "7-13B"
    unit = b.unit or a.unit
    if not unit and b.scale >= 10**6 and _SIZE_CUE.search(text, max(0, a.span.start - 40), b.span.end + 20):
        unit = "parameters"
    return replace(
        b,
        span=Span(a.span.start, b.span.end),
        digits=Span(a.digits.start, b.digits.end),
        value=low,
        upper=b.value,
        form=Form.RANGE,
        unit=unit,
        sign=a.sign,
        after_name=a.after_name,
    )


def _as_change(a: Quantity, b: Quantity) -> Quantity:
    return replace(
        b,
        span=Span(a.span.start, b.span.end),
        baseline=a.value,
        form=Form.CHANGE,
        unit=b.unit or a.unit,
        noun=b.noun or a.noun,
        after_name=a.after_name,
    )


def _merge_sizes(text: str, found: list[Quantity]) -> list[Quantity]:
    """A list of four or more sizes ("270M, 600M, 3B and 10B"), or of three that are given no unit, is their range."""
    out: list[Quantity] = []
    run: list[Quantity] = []
    for q in [*found, None]:
        size = q is not None and q.form is Form.PLAIN and q.scale >= 10**6 and q.unit in ("", "parameters", "count")
        if q is not None and size and (not run or in_list(text, run[-1].span, q.span)):
            run.append(q)
            continue
        out += _size_range(run)
        run = [q] if q is not None and size else []
        if q is not None and not size:
            out.append(q)
    return out


def _size_range(run: list[Quantity]) -> list[Quantity]:
    if len(run) < 3 or (len(run) == 3 and run[-1].unit):
        return run
    first, last = run[0], run[-1]
    values = [q.value for q in run]
    span, digits = Span(first.span.start, last.span.end), Span(first.digits.start, last.digits.end)
    low, high = min(values), max(values)
    return [
        replace(
            last,
            span=span,
            digits=digits,
            value=low,
            upper=high,
            form=Form.RANGE,
            unit="parameters",
            hyphen_word="",
            after_name=False,
        )
    ]


def _mark_ranks(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "rank 3" and "cs.LG #9" are ranks; other numbers after "#" are labels."""
    out: list[Quantity] = []
    for q in found:
        before = text[max(0, q.span.start - 40) : q.span.start]
        rank = _RANK_WORD.search(before)
        if not rank or q.form is not Form.PLAIN or q.unit not in ("", "count"):
            out.append(q)
        elif rank.group().strip() != "#" or _LEADERBOARD.search(before[: rank.start()]):
            out.append(replace(q, form=Form.RANK, unit="rank", noun="", after_name=False))
    return out
