"""A grammar of quantities: the numbers of a stretch of text, with their units and the ways they stand together.

Two passes, both linear in the text. :func:`find_quantities` first reads single numbers ("atoms": sign, currency, digits,
scale, unit), leaving out digits that are part of a name, a date or an id; then it joins neighbours by the few characters
between them into ranges, changes, comparisons, shares and sizes. What a quantity is *about* is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kg.extract.units import (
    DEVICE_WORDS,
    IRREGULAR_PLURALS,
    LABEL_WORDS,
    LENGTH_WORDS,
    MODEL_NOUNS,
    MONTHS,
    MULTIPLES,
    NOT_PLURAL,
    SCALES,
    STOP_WORDS,
    SUFFIXES,
    UNIT_WORDS,
    word_set,
)
from kg.model import Span
from kg.text import singular


class Form(StrEnum):
    """How the numbers of a quantity stand together."""

    PLAIN = "plain"  # 42 packages, +14 points
    RANGE = "range"  # 0.89-0.96, between 2B and 27B
    CHANGE = "change"  # from 75.4 to 78.5: the baseline and the value
    VERSUS = "versus"  # 72.5% vs 48.5%: the value and the baseline
    SHARE = "share"  # 4 out of 6, 6.8/10, 1-in-10,000
    GRID = "grid"  # 8x8, 2048 x 2048
    RANK = "rank"  # rank 3, #9
    MULTIPLE = "multiple"  # doubles, tripled


@dataclass(frozen=True, slots=True)
class Quantity:
    """Numbers with one meaning. Spans are offsets into the text that was read."""

    span: Span  # sign, currency, digits, scale and unit
    digits: Span  # the characters of the value itself
    value: Decimal
    form: Form = Form.PLAIN
    upper: Decimal | None = None
    baseline: Decimal | None = None
    unit: str = ""
    noun: str = ""  # the words counted: "reference images"
    sign: str = ""  # "+", "-" or nothing
    scaled: bool = False  # written with K, M, million, ...
    after_name: bool = False  # right after a capitalised word: a version or a size, unless it has a unit
    hyphen_word: str = ""  # "B-A1B" of "10B-A1B", "shot" of "5-shot"


# ------------------------------------------------------------------------------------------------------------- patterns

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+")
_SCALE = re.compile(r"(?:[ -]?(?:thousand|million|billion|trillion)\b|[KkMBTbt](?![A-Za-z0-9])|[mb]n\b)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\s?(?:\\?%|％)|\s?×(?!\s?\d)|\s?tok/s\b|[xX](?![A-Za-z0-9])|\s?(?:pp|pts?|px|ms|fps|[KMGT]B|[kMG]W)\b|(?:hrs|th|[ph])\b|s\b"
)
_WORD = re.compile(r"(?:\s+|-|\s*\+\s+)?([A-Za-z@*][\w@/*'’&-]*)")
_GRID_REST = re.compile(r"[x×]\d{1,6}(?:px|(?![\w,]|\.\d))")
_HYPHENED = re.compile(r"-([A-Za-z][\w-]*)")
_BEFORE = re.compile(r"([\w@.’'&+-]+)[ \u00a0]$")
_DASH = "-–−‑—~∼〜"
_IGNORED = re.compile(
    r"https?://\S+|\bwww\.\S+|\b\w+\.(?:com|org|io|ai|net|dev)/\S*|\barxiv[:\s/]*\d\S*|\b\d{4}\.\d{4,5}(?:v\d+)?\b"
    r"|\b\d{4}-\d{1,2}(?:-\d{1,2})?\b|\b[01]\d-[0-3]\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}:\d{2}\b"
    rf"|\b(?:{'|'.join(MONTHS)})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?(?:\s?[-–]\s?(?:[a-z]+\s)?\d{{1,2}}\b)?"
    rf"|\b\d{{1,2}}[-\s](?:{'|'.join(MONTHS)})[a-z]*\b(?:[-\s]\d{{4}})?"
    r"|\[\d+(?:\s?[,–-]\s?\d+){0,9}\]|(?<!\w)\(\d{1,2}\)(?=\s)|\bet al\.?,?\s*\(?\d{4}\)?|\b24/7\b|\bv\d+(?:\.\d+)*\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-6])\d")
_LIST_MARK = re.compile(r"\s*\(?\d{1,2}[.)](?=\s)")
_HEDGE = r"(?:(?:about|around|nearly|roughly|over|just|only|approximately|almost|up|some)\s|[~∼≈])?"
_TO_GAP = re.compile(rf"\s?(?:[a-z]{{2,12}}\s)?(?:up |down )?to {_HEDGE}", re.IGNORECASE)
_AND_GAP = re.compile(rf"\s(?:and|to) {_HEDGE}")
_ARROW_GAP = re.compile(r"\s?(?:→|->|⇒|➔|=>)\s?")
_DASH_GAP = re.compile(rf"\s?[{_DASH}]\s?")
_VERSUS_GAP = re.compile(
    rf"[^\S\n]?[(,]?\s?(?:vs\.?|versus|against|compared (?:to|with)|up from|down from|instead of|rather than) {_HEDGE}"
)
_LIST_GAP = re.compile(r"\s?,\s(?:and|or)?\s?|\s(?:and|or|&)\s(?:an?\s)?|\s?/\s?|,\s(?:and|or)\s|\s(?:and|or)\s", re.IGNORECASE)
_OUT_OF_GAP = re.compile(r"\s(?:out )?of (?:the )?")
_GRID_GAP = re.compile(r"\s?[x×]\s?|\sby\s")
_SLASH_GAP = re.compile(r"/")
_IN_GAP = re.compile(r"-in-|\sin\s")
_RANGE_CUE = re.compile(
    r"\b(?:between|rang(?:e|es|ing)|spann?(?:s|ing)?|var(?:y|ies|ying)|sized?|sizes|lengths?|across|of)\b", re.IGNORECASE
)
_CHANGE_CUE = re.compile(
    r"\b(?:improv|lift|go(?:es|ing)?\b|went|drop|fall|fell|ris(?:e|ing)|rose|increas|rais|reduc|boost|gr[eo]w|decreas|push|climb"
    r"|cut|shr[aiu]nk|degrad|tighten|jump|surg|mov|lower|bring|brought|decline|expand|scal|extend|slid|doubl|took|takes)",
    re.IGNORECASE,
)
_RANK_WORD = re.compile(r"(?:\b(?:rank(?:s|ed|ing)?|place[sd]?|position)(?:\s(?:at|as|in))?\s|#\s?)$", re.IGNORECASE)
_LEADERBOARD = re.compile(r"(?:\b(?:[a-z]{2,8}\.[A-Z]{2}|[Ll]eaderboard|[Aa]rena|[Rr]ank(?:s|ed|ing)?|and|at)\s)$")
_MULTIPLE = re.compile(
    r"(?:(?<=\band )|(?<=\bit )|(?<=\bthan )|(?<=\bthat )|(?<=\balmost )|(?<=\bnearly ))triples(?= [a-z])"
    r"|\b(?:doubled|doubling|tripled|tripling|quadrupled|quadrupling|quadruples)\b(?=\s[a-z])",
    re.IGNORECASE,
)
_FUNCTION_CAPITALS = STOP_WORDS | word_set(
    """about all almost another approx approximately around average avg both collects consists contains covers evaluates
    first gain includes introduces just mean nearly new only presents provides releases roughly score scores some
    spans tests these trains up uses ≈"""
)


# ---------------------------------------------------------------------------------------------------------------- atoms


def _scan(text: str) -> list[Quantity]:
    """Single numbers, in text order, without those inside names, dates and ids."""
    ignored = [m.span() for m in _IGNORED.finditer(text)]
    ignored.reverse()
    atoms: list[Quantity] = []
    mark = _LIST_MARK.match(text)
    at = mark.end() if mark else 0
    while found := _NUMBER.search(text, at):
        while ignored and ignored[-1][1] <= found.start():
            ignored.pop()
        if ignored and ignored[-1][0] < found.end():
            at = max(ignored[-1][1], found.end())
            continue
        atom = _read_atom(text, found, atoms[-1] if atoms else None)
        if atom:
            atoms.append(atom)
        at = max(atom.span.end if atom else 0, found.end())
    return atoms


def _read_atom(text: str, found: re.Match[str], last: Quantity | None) -> Quantity | None:
    start, end = found.span()
    head = _read_head(text, start, last)
    if head is None:
        return None
    start, sign, money = head
    value = Decimal(found.group().replace(",", ""))
    scale = _SCALE.match(text, end)
    if scale:
        value *= SCALES[scale.group().strip(" -").lower()]
        end = scale.end()
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        end += 1
    suffix = None if scale and not money else _SUFFIX.match(text, end)
    unit = "usd" if money else ""
    if suffix:
        unit = unit or SUFFIXES[suffix.group().strip().lower()]
        end = suffix.end()
    if text[end : end + 1].isalpha() or (text[end : end + 1] == "_") or re.match(r"\.\d", text[end : end + 2]):
        return Quantity(Span(start, end), Span(*found.span()), value) if _grid_follows(text, end) else None
    hyphen = _HYPHENED.match(text, end)
    return Quantity(
        Span(start, end),
        Span(*found.span()),
        value,
        unit=unit,
        sign=sign,
        scaled=scale is not None,
        after_name=_follows_name(text, start, last),
        hyphen_word=hyphen.group(1) if hyphen else "",
    )


def _grid_follows(text: str, end: int) -> bool:
    """Whether "x8" or "×8" follows, the second half of "8x8" (but not of "8x7B", a model)."""
    return bool(_GRID_REST.match(text, end))


def _read_head(text: str, start: int, last: Quantity | None) -> tuple[int, str, bool] | None:
    """Where the number really starts, its sign, and whether it is money; None if it belongs to a name."""
    money = False
    if start and text[start - 1] in "$€£":
        start, money = start - 1, True
    before = text[start - 1] if start else " "
    if last and 0 < start - last.span.end <= 4 and before in _DASH + "/x×→>":
        return start, "", money
    if before in "+" + _DASH:
        earlier = text[start - 2] if start > 1 else " "
        if before in "~∼〜":
            return start, "", money
        if earlier.isalnum() or earlier in ")]_.'’" + _DASH:
            return None
        return start - 1, "+" if before == "+" else "-", money
    if before.isalnum() or before in "_@^&\\":
        return None
    if before == "." and start > 1 and text[start - 2].isalnum():
        return None
    if before == "/" and start > 1 and text[start - 2].isalnum():
        return None
    return start, "", money


def _follows_name(text: str, start: int, last: Quantity | None) -> bool:
    """Whether the word before is capitalised or a label, as in "Gemma 4", "Tier 1", "Gemma 4 31B"."""
    if last and last.after_name and not last.unit and text[last.span.end : start] == " ":
        return True
    word = _BEFORE.search(text, max(0, start - 40), start)
    if not word:
        return False
    name = word.group(1)
    if name.lower().strip("'’") in LABEL_WORDS:
        return True
    return (name[0].isupper() or (len(name) > 1 and any(c.isdigit() for c in name) and any(c.isalpha() for c in name))) and (
        name.lower() not in _FUNCTION_CAPITALS
    )


# ------------------------------------------------------------------------------------------------------ what is counted


def _plural(word: str) -> bool:
    lower = word.lower()
    if lower in IRREGULAR_PLURALS:
        return True
    if len(word) > 2 and word.endswith("s") and word[:-1].isupper():
        return True
    return (
        len(word) > 2 and lower.endswith("s") and not lower.endswith(("ss", "'s", "’s", "us", "is")) and lower not in NOT_PLURAL
    )


def _read_noun(text: str, atom: Quantity) -> tuple[str, str, int]:
    """The unit and the words counted after a number, and where the unit ends: "120B math-related tokens" -> tokens."""
    at, words = atom.span.end, list[str]()
    for n in range(7):
        word = _WORD.match(text, at)
        if not word or word.group(1).lower() in STOP_WORDS:
            break
        pieces = word.group(1).split("-") if n == 0 and text[at : at + 1] == "-" else [word.group(1)]
        at = word.end()
        for piece in pieces:
            unit = UNIT_WORDS.get(singular(piece.lower()))
            if unit and (n < 3 or unit in ("tokens", "parameters")):
                if words and words[-1].lower() in DEVICE_WORDS and unit in ("hours", "days", "weeks", "years"):
                    unit = "gpu_" + unit if words[-1].lower() != "tpu" else "tpu_" + unit
                return unit, " ".join([*words, piece]), at
            words.append(piece)
        if atom.scaled and word.group(1).lower() in LENGTH_WORDS:
            return "tokens", " ".join(words), atom.span.end
        if _plural(word.group(1)) and not (atom.scaled and word.group(1).lower() in MODEL_NOUNS):
            return "count", " ".join(words), at
        if atom.scaled and any(piece.lower() in MODEL_NOUNS for piece in pieces):
            return "parameters", "parameters", atom.span.end
    return "", "", atom.span.end


def _complete(text: str, atom: Quantity) -> Quantity:
    """The atom with the unit and noun that follow it."""
    if atom.unit:
        return atom
    unit, noun, end = _read_noun(text, atom)
    if (
        not unit
        and atom.scaled
        and LENGTH_WORDS & set(re.findall(r"[a-z]+", text[max(0, atom.span.start - 40) : atom.span.start]))
    ):
        unit = "tokens"
    if not unit:
        return atom
    span = atom.span if unit == "count" else Span(atom.span.start, end)
    return replace(atom, unit=unit, noun=noun, span=span)


# -------------------------------------------------------------------------------------------------------------- joining


def _join(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity of two neighbouring atoms, if the characters between them say so."""
    gap = text[a.span.end : b.span.start]
    if len(gap) > 30:
        return None
    before = text[max(0, a.span.start - 90) : a.span.start]
    whole = replace(b, span=Span(a.span.start, b.span.end), sign=a.sign, after_name=a.after_name)
    same = not a.unit or a.unit == b.unit
    if _DASH_GAP.fullmatch(gap) and same and not b.sign:
        return _as_range(a, b, whole)
    if _ARROW_GAP.fullmatch(gap):
        return _as_change(a, b, whole)
    if _TO_GAP.fullmatch(gap) and same:
        if _is_range(before, a, b, gap):
            return _as_range(a, b, whole)
        return _as_change(a, b, whole) if _is_change(before, a) else _as_range(a, b, whole)
    if _AND_GAP.fullmatch(gap) and re.search(r"\b(?:between|from)\s(?:about\s|roughly\s)?$", before) and same:
        return _as_range(a, b, whole)
    if _VERSUS_GAP.fullmatch(gap) and (same or not b.unit):
        digits = replace(whole, digits=a.digits, value=a.value, baseline=b.value, form=Form.VERSUS, unit=a.unit or b.unit)
        return digits
    return _join_parts(text, a, b, gap, whole)


def _join_parts(text: str, a: Quantity, b: Quantity, gap: str, whole: Quantity) -> Quantity | None:
    """Shares ("4 out of 6", "6.8/10", "1-in-10,000") and grids ("8x8")."""
    plain = not (a.unit or a.scaled or b.scaled)
    digits = Span(a.digits.start, b.digits.end)
    if _IN_GAP.fullmatch(gap) and a.value == 1 and b.value > 1 and plain:
        return replace(whole, digits=digits, value=a.value / b.value, form=Form.SHARE, unit="fraction")
    if plain and ("of" in gap and _OUT_OF_GAP.fullmatch(gap)) and a.value <= b.value:
        return replace(whole, digits=a.digits, value=a.value, form=Form.SHARE, unit=f"out_of_{b.value}", noun=b.noun)
    if plain and _SLASH_GAP.fullmatch(gap) and a.value <= b.value and (b.value in (5, 10, 100) or b.noun):
        return replace(whole, digits=a.digits, value=a.value, form=Form.SHARE, unit=f"out_of_{b.value}", noun=b.noun)
    if plain and _GRID_GAP.fullmatch(gap) and a.value == a.value.to_integral_value() and b.unit in ("", "count", "pixels"):
        unit = "pixels" if min(a.value, b.value) >= 200 or b.unit == "pixels" else "count"
        return replace(whole, digits=a.digits, value=a.value, form=Form.GRID, unit=unit)
    return None


def _is_range(before: str, a: Quantity, b: Quantity, gap: str) -> bool:
    words = before[-40:]
    if re.search(
        r"\bbetween\s\S*\s?$|\brang\w+\s(?:in \w+ )?(?:from )?\S*$|\bspan\w*\s(?:from )?$|\bvar\w+ (?:from )?$", words
    ):
        return True
    if a.scaled or b.unit in ("parameters", "tokens"):
        return not re.search(r"\b(?:extend|expand|grow|scal|increas|rais)\w*\b[^,;]*\bfrom\s?$", before)
    return False


def _is_change(before: str, a: Quantity) -> bool:
    return bool(re.search(r"\bfrom (?:about |around |roughly |~)?$", before) or _CHANGE_CUE.search(before[-70:]))


def _as_range(a: Quantity, b: Quantity, whole: Quantity) -> Quantity:
    low, high = a.value, b.value
    if b.scaled and not a.scaled and low < 1000:  # "7-13B"
        low *= b.value / _digits_value(b)
    digits = Span(a.digits.start, b.digits.end)
    return replace(whole, digits=digits, value=low, upper=high, form=Form.RANGE, unit=b.unit or a.unit, scaled=b.scaled)


def _digits_value(b: Quantity) -> Decimal:
    """The number as written, before its scale: kept as the ratio of value and scale."""
    value = b.value
    for factor in sorted(set(SCALES.values()), reverse=True):
        if value >= factor:
            return value / factor
    return value


def _as_change(a: Quantity, b: Quantity, whole: Quantity) -> Quantity:
    return replace(whole, baseline=a.value, form=Form.CHANGE, unit=b.unit or a.unit)


# ---------------------------------------------------------------------------------------------------------------- whole


def find_quantities(text: str, offset: int = 0) -> list[Quantity]:
    """The quantities of one sentence, in text order, with spans shifted by ``offset``.

    Digits of names ("GPT-4"), dates, list marks and ids are left out where their own characters show it; a bare number
    after a capitalised word is kept and marked (``after_name``), since only context can tell a version from a score.
    Runs in time linear in ``len(text)``.
    """
    atoms = [_complete(text, atom) for atom in _scan(text)]
    atoms = _inherit_units(text, atoms)
    found = _join_all(text, atoms)
    found = _mark_ranks(text, found)
    found += [
        Quantity(Span(*m.span()), Span(*m.span()), MULTIPLES[m.group().lower()], Form.MULTIPLE, unit="ratio")
        for m in _MULTIPLE.finditer(text)
    ]
    found.sort(key=lambda q: q.span)
    return [replace(q, span=_shift(q.span, offset), digits=_shift(q.digits, offset)) for q in found]


def _shift(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _join_all(text: str, atoms: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    for atom in atoms:
        joined = _join(text, found[-1], atom) if found and _open(found[-1]) else None
        if joined is None and found and found[-1].form is Form.RANGE:
            joined = _change_of_range(text, found[-1], atom)
        if joined:
            found[-1] = joined
        else:
            found.append(atom)
    return [q for q in found if not (_YEAR.fullmatch(text[q.digits.start : q.digits.end]) and _is_year(q))]


def _is_year(q: Quantity) -> bool:
    return q.unit in ("", "count") and not q.scaled and q.form in (Form.PLAIN, Form.RANGE)


def _open(q: Quantity) -> bool:
    return q.form is Form.PLAIN


def _change_of_range(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """ "from 5-7% to about 58%": the baseline is the low end of the range."""
    if _TO_GAP.fullmatch(text[a.span.end : b.span.start]) and text[: a.span.start].endswith("from "):
        return replace(b, span=Span(a.span.start, b.span.end), baseline=a.value, form=Form.CHANGE)
    return None


def _inherit_units(text: str, atoms: list[Quantity]) -> list[Quantity]:
    """In "7B, 13B and 30B parameters" and "8.3 and 9.1 points" all have the unit of the last."""
    out = list(atoms)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i], out[i + 1]
        gap = text[a.span.end : b.span.start]
        if a.unit or not b.unit or len(gap) > 12 or (b.after_name and not b.scaled) or a.scaled != b.scaled:
            continue
        if _LIST_GAP.fullmatch(gap):
            out[i] = replace(a, unit=b.unit, noun=b.noun)
    return out


def _mark_ranks(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "rank 3" and "cs.LG #9" are ranks; other numbers after "#" are labels."""
    out: list[Quantity] = []
    for q in found:
        before = text[max(0, q.span.start - 40) : q.span.start]
        rank = _RANK_WORD.search(before)
        if rank and q.form is Form.PLAIN and q.unit in ("", "count"):
            if rank.group().strip() == "#" and not _LEADERBOARD.search(before[: rank.start()]):
                continue
            out.append(replace(q, form=Form.RANK, unit="rank", noun="", after_name=False))
        else:
            out.append(q)
    return out
