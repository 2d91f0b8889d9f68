"""Numbered and tagged entries: "02 [Training] Title ...", "**03** (Eval) ...", "4. Title ...". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.read.lines import Line

#: Editorial tags by which briefs sort papers, for entries that set no brackets around them.
TAGS = (
    "Training|Pretraining|Pre-training|Post-training|Fine-tuning|Inference|RAG|Retrieval|Search|Agents?|Eval|Evals|Evaluation|"
    "Benchmarks?|Theory|Safety|Security|Alignment|Vision|Multimodal|Video|Audio|Speech|Data|Datasets?|Systems|Infra|Hardware|"
    "Reasoning|Robotics|Interpretability|Optimization|Efficiency|Compression|Architecture|Memory|Code|Coding|RL|Generation|"
    "Embeddings?|Privacy|Science|Applications?|Survey|Tooling|Tools|NLP|LLMs?|Models?|Policy|Scaling|Diffusion"
)
#: A number, and what marks it as one: a dot, bold, the box of an emoji.
_NUMBER = r"(?:[*_]{1,3})?(?P<label>\d{1,3})(?:[*_]{1,3})?(?P<dot>[.):]|[*_]{1,3}|\uFE0F?\u20E3)?"
_BRACKET = re.compile(
    rf"{_NUMBER}\s{{0,4}}[|·—–-]?\s{{0,4}}"
    r"(?:[*_`]{0,3})[\[(](?P<tag>[A-Z][\w&/+,. -]{0,38})[\])](?:[*_`]{0,3}):?\s{1,4}"
)
#: "[Agents] Title", as briefs set items that they do not number.
_TAGGED = re.compile(r"(?:[*_`]{0,3})\[(?P<tag>[A-Z][\w&/+,. -]{1,38})\](?:[*_`]{0,3}):?\s{1,4}(?=[A-Z0-9\"“*_])")
#: "[1] Title", as lists of references are numbered.
_CITED = re.compile(r"\[(?P<label>\d{1,3})\]\s{1,4}(?=[^\s\d(])")
_BARE = re.compile(rf"{_NUMBER}\s{{1,4}}(?:[|·—–-]\s{{1,2}})?(?=[^\s\d])")
_LOOSE_TAG = re.compile(rf"(?P<tag>{TAGS})(?:\s?[:·|—–-]\s?|\s)(?=\S)")
_SPLIT_TAG = re.compile(rf"(?P<tag>{TAGS})(?:\s?[:·|]\s?|\s[—–-]\s)(?=\S)")
#: A numbered line in capitals, the heading of a section: "6. CONNECTIONS".
SHOUTED = re.compile(r"(?:\d{1,2}[.):]|#\d{1,2}:?)\s{1,3}[^a-z\n]{3,100}")
_INSIDE = re.compile(r"(?<=[\w.!?)\]”\"])\s+(?=\d{2}\s\[[A-Z][\w&/+ -]{0,30}\]\s)")


@dataclass(frozen=True, slots=True)
class Entry:
    """The head of an entry: its number, its tag, and where its title starts."""

    label: str
    tag: str
    start: int
    strong: bool  # a bracketed tag or a two-digit number: an entry even when it stands alone


def match_entry(text: str, at: int, *, loose: bool = False) -> Entry | None:
    """The entry head that stands at ``at``, if one does. With ``loose``, a known tag needs no mark after it.

    >>> match_entry("02 [Training] Foo Bar", 0)
    Entry(label='02', tag='Training', start=14, strong=True)
    >>> match_entry("3) Foo Bar", 0)
    Entry(label='3', tag='', start=3, strong=False)
    >>> match_entry("[Agents] Foo Bar", 0)
    Entry(label='', tag='Agents', start=9, strong=False)
    """
    m = _BRACKET.match(text, at)
    if m:
        return Entry(m["label"], m["tag"], m.end(), True)
    m = _TAGGED.match(text, at)
    if m:
        return Entry("", m["tag"], m.end(), False)
    m = _CITED.match(text, at)
    if m:
        return Entry(m["label"], "", m.end(), False)
    m = _BARE.match(text, at)
    if not m:
        return None
    padded = len(m["label"]) == 2 and m["label"].startswith("0")
    if not m["dot"] and not padded and not (loose and len(m["label"]) == 2):
        return None
    tag = (_LOOSE_TAG if loose else _SPLIT_TAG).match(text, m.end())
    return Entry(m["label"], tag["tag"] if tag else "", tag.end() if tag else m.end(), padded or bool(tag))


def inner_entries(text: str, start: int, end: int) -> list[int]:
    """Where further tagged entries start that were run into the same line."""
    return [m.end() for m in _INSIDE.finditer(text, start, end)]


def find_entries(text: str, lines: Sequence[Line], drawn: set[int]) -> dict[int, Entry]:
    """The lines that start a numbered entry. Weak ones ("3. Foo") count when they are numbered on from one another."""
    heads: dict[int, Entry] = {}
    for loose in (True, False):
        heads = {
            i: head
            for i, line in enumerate(lines)
            if i not in drawn
            and line.words
            and line.words[0] in "0123456789*_["
            and not SHOUTED.fullmatch(line.words)
            and (head := match_entry(text, line.start, loose=loose))
        }
        if loose and len(heads) >= 3 and all(head.tag for head in heads.values()):
            return heads
    numbers = {i: int(head.label) for i, head in heads.items() if head.label}
    order = list(numbers)
    tagged = [i for i, head in heads.items() if not head.label]
    counted = {
        i: heads[i]
        for n, i in enumerate(order)
        if heads[i].strong
        or (n and numbers[order[n - 1]] + 1 == numbers[i])
        or (n + 1 < len(order) and numbers[i] + 1 == numbers[order[n + 1]])
    }
    return counted | {i: heads[i] for i in tagged if len(tagged) > 1 or counted}
