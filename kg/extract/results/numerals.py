"""Single numbers in text, with their sign, currency, scale, unit and what they count: the atoms of ``quantities``.

Digits that belong to a name ("GPT-4"), a date, a list mark or an id are left out where their own characters show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kg.extract.results.units import (
    DEVICE_WORDS,
    IRREGULAR_PLURALS,
    LABEL_WORDS,
    LENGTH_WORDS,
    MODEL_NOUNS,
    MONTH_PATTERN,
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
    MULTIPLE = "multiple"  # doubled, tripled


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
    scale: Decimal = Decimal(1)  # 1000 of "4K", a million of "3 million"
    after_name: bool = False  # right after a capitalised word: a version or a size, unless it has a unit
    hyphen_word: str = ""  # "A1B" of "10B-A1B", "shot" of "5-shot"
    compared: bool = False  # the second number of a comparison: the baseline of the quantity before it

    @property
    def scaled(self) -> bool:
        return self.scale != 1


DASHES = "-–−‑—~∼〜"
_NUMBER = re.compile(r"(?=[\d.])(?:\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,18})?(?![\d,]?\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)")
_MAX_DIGITS = 24
_SCALE = re.compile(r"[ -]?(?:thousand|million|billion|trillion)\b|[KkMBTbt](?![A-Za-z0-9])|[mb]n\b", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\s?\$?\\times\$?|\s?(?:\\?%|％)|\s?×(?!\s?\d)|\s?tok/s\b|[xX](?![A-Za-z0-9])|\s?(?:pp|pts?|px|ms|fps|[KMGT]B|[kMG]W)\b|(?:hrs|th|[ph])\b|s\b"
)
_WORD = re.compile(r"(?:\s\([A-Z]\w{0,8}\)\s|\s{1,3}|-|\s\+\s)?([A-Za-z@*][\w@/*'’&-]*)")
_GRID_REST = re.compile(r"[x×]\d{1,6}(?:px|(?![\w,]|\.\d))")
_HYPHENED = re.compile(r"-([A-Za-z][\w-]{0,40})")
_BEFORE = re.compile(r"([\w@.’'&+-]+)[ \u00a0]$")
_CLAUSE_START = re.compile(r"(?:^|[.;:!?|•)]\s|\s[-–—]\s|^[-*]\s)\W*$")
_NO_UNIT = r"(?!\s?(?:%|x\b|×|[KMB]\b|points?|pp\b|pts?\b|percent|times|tokens|bits?|[a-z-]{3,15}s\b))"
#: Stretches whose digits are never quantities.
_IGNORED = re.compile(
    r"https?://\S+"
    r"|\b(?:www\.\S+|\w+\.(?:com|org|io|ai|net|dev)/\S*|arxiv[:\s/]{0,3}\d\S*|et al\.?,?\s*\(?\d{4}\)?|v\d+(?:\.\d+){0,4}\b"
    rf"|{MONTH_PATTERN}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?%|\.\d)(?:,?\s+\d{{4}})?(?:\s?[-–]\s?(?:[a-z]{{3,9}}\s)?\d{{1,2}}\b)?"
    r"|(?=\d)(?:\d{4}\.\d{4,5}(?:v\d+)?\b|(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?\b|\d{1,2}/\d{1,2}/\d{2,4}\b|\d{1,2}:\d{2}\b"
    rf"|\d{{1,2}}[-\s]{MONTH_PATTERN}\b(?:[-\s]\d{{4}})?|24/7\b|\d{{1,3}}%\s(?:CI|confidence)\b))"
    rf"|(?<![\d.])(?:0\d|1[0-2])-[0-3]\d\b{_NO_UNIT}"
    r"|\[\d+(?:\s?[,–-]\s?\d+){0,9}\]|(?<!\w)\(\d{1,2}\)(?=\s)|(?<=[:,;])\s\d\)(?=\s)",
    re.IGNORECASE,
)
_TEX_ARROW = re.compile(r"\\(?:long)?(?:right)?(?:arrow|to)$")
_LIST_MARK = re.compile(r"\s*\(?\d{1,2}[.)](?=\s)")
#: Capitalised words that may stand before a quantity without making it part of a name.
_NOT_NAMES = STOP_WORDS | word_set(
    """about all almost another approx approximately around average avg both first gain just mean nearly new only over
    roughly score scores some these total up"""
)


def read_numbers(text: str) -> list[Quantity]:
    """The single numbers of ``text``, in order, each with the unit and the words that follow it."""
    if not _NUMBER.search(text):
        return []
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
    return [_complete(text, atom) for atom in atoms]


def _read_atom(text: str, found: re.Match[str], last: Quantity | None) -> Quantity | None:
    start, end = found.span()
    head = _read_head(text, start, last)
    if head is None or end - start > _MAX_DIGITS:
        return None
    start, sign, money = head
    factor = Decimal(1)
    scale = _SCALE.match(text, end)
    if scale:
        factor = SCALES[scale.group().strip(" -").lower()]
        end = scale.end()
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isdigit():
        end += 1
    suffix = None if scale else _SUFFIX.match(text, end)
    unit = "usd" if money else ""
    if suffix:
        unit = SUFFIXES[suffix.group().strip().strip("$").lower()]
        end = suffix.end()
    if money and text[end : end + 1] in ("$", "\\"):  # a formula, not a price
        unit = "" if unit == "usd" else unit
    value = Decimal(found.group().replace(",", "")) * (-factor if sign == "-" else factor)
    if _name_goes_on(text, end):
        return Quantity(Span(start, end), Span(*found.span()), value) if _GRID_REST.match(text, end) else None
    hyphen = _HYPHENED.match(text, end)
    return Quantity(
        Span(start, end),
        Span(*found.span()),
        value,
        unit=unit,
        sign=sign,
        scale=factor,
        after_name=_follows_name(text, start, last),
        hyphen_word=hyphen.group(1) if hyphen else "",
    )


def _name_goes_on(text: str, end: int) -> bool:
    """Whether letters or another decimal follow: "4o", "8x7B", "2.0.1"."""
    after = text[end : end + 2]
    return after[:1].isalpha() or after[:1] == "_" or (after[:1] == "." and after[1:].isdigit())


def _read_head(text: str, start: int, last: Quantity | None) -> tuple[int, str, bool] | None:
    """Where the number really starts, its sign, and whether it is money; None if it belongs to a name."""
    money = False
    if start and text[start - 1] in "$€£":
        start, money = start - 1, True
    before = text[start - 1] if start else " "
    earlier = text[start - 2] if start > 1 else " "
    if last and 0 < start - last.span.end <= 4 and before in DASHES + "/x×→>":
        return start, "", money
    if before in "~∼〜":
        return start, "", money
    if before in "+" + DASHES:
        if earlier.isalnum() or earlier in ")]_.'’/" + DASHES:
            return None
        return start - 1, before if before == "+" else "-" if before in "-−" else "", money
    if before.isalpha() and _TEX_ARROW.search(text, max(0, start - 16), start):
        return start, "", money
    if before.isalnum() or before in "_@^&\\" or (before in "./" and earlier.isalnum()):
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
    if any(c.isdigit() for c in name) and any(c.isalpha() for c in name):
        return True
    if not name[0].isupper() or name.lower() in _NOT_NAMES:
        return False
    opens_clause = _CLAUSE_START.search(text, max(0, word.start() - 6), word.start()) or word.start() == 0
    return not (opens_clause and name[1:].islower() and name.endswith(("s", "ing", "ed")))


# ------------------------------------------------------------------------------------------------------ what is counted


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in IRREGULAR_PLURALS or (len(word) > 2 and word.endswith("s") and word[:-1].isupper()):
        return True
    return (
        len(word) > 2 and lower.endswith("s") and not lower.endswith(("ss", "'s", "’s", "us", "is")) and lower not in NOT_PLURAL
    )


def _complete(text: str, atom: Quantity) -> Quantity:
    """The atom with the unit and noun that follow it."""
    if atom.unit:
        return atom
    unit, noun, end = _read_noun(text, atom)
    if not unit and atom.scaled:
        nearby = set(re.findall(r"[a-z]+", text[max(0, atom.span.start - 100) : atom.span.start].lower()))
        if nearby & LENGTH_WORDS and atom.scale <= 10**6:
            unit = "tokens"
        elif noun and text[atom.digits.end : atom.digits.end + 1] not in "Bb":
            unit = "count"  # "38M density functional theory calculations", cut short
    if not unit:
        return atom
    return replace(atom, unit=unit, noun=noun, span=atom.span if unit == "count" else Span(atom.span.start, end))


def _read_noun(text: str, atom: Quantity) -> tuple[str, str, int]:
    """The unit and the words counted after a number, and where the unit ends: "120B math-related tokens" -> tokens."""
    at, words = atom.span.end, list[str]()
    for n in range(7):
        word = _WORD.match(text, at)
        if not word or word.group(1).lower() in STOP_WORDS:
            break
        at = word.end()
        pieces = word.group(1).split("-") if n == 0 and text[atom.span.end] == "-" else [word.group(1)]
        for piece in pieces:
            unit = UNIT_WORDS.get(piece.lower()) or UNIT_WORDS.get(singular(piece.lower()))
            if unit and (n < 3 or unit in ("tokens", "parameters")):
                return _device_time(unit, words), " ".join([*words, piece]), at
            words.append(piece)
        if atom.hyphen_word and n == 0:
            known = atom.value >= 10 and atom.hyphen_word[0].islower() and not set(pieces) & MODEL_NOUNS
            return (
                ("count" if known else "parameters" if set(pieces) & MODEL_NOUNS and atom.scaled else ""),
                " ".join(words),
                at,
            )
        if atom.scaled and word.group(1).lower() in LENGTH_WORDS:
            return "tokens", " ".join(words), atom.span.end
        sizes_model = atom.scaled and any(piece.lower() in MODEL_NOUNS for piece in pieces)
        if sizes_model:
            return "parameters", "parameters", atom.span.end
        if _is_plural(word.group(1)):
            return "count", " ".join(words), at
    return "", " ".join(words), atom.span.end


def _device_time(unit: str, words: list[str]) -> str:
    """ "H800 GPU hours" are hours of a device, not of a clock."""
    device = words[-1].lower() if words else ""
    if device in DEVICE_WORDS and unit in ("hours", "days", "weeks", "years"):
        return f"tpu_{unit}" if device == "tpu" else f"gpu_{unit}"
    return unit
