"""The type and the voice of a claim, from the cues in its words and from the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.claims import cues
from kg.extract.claims.cue_index import CueIndex, split_words
from kg.extract.draft import Draft
from kg.extract.subjects import Attribution
from kg.model import BlockKind, ClaimType, Role, Voice

_TYPES = CueIndex.build(cues.CLAIM_CUES)
_VOICES = CueIndex.build(cues.VOICE_CUES)
_RESEARCH = frozenset({Role.ENTRIES, Role.ABSTRACT})
#: A quantity that is a result more often than not.
NUMBER = re.compile(r"(?:^|[\s(~≈+−$-])\d[\d.,]*\s?(?:%|x\b|×|pp\b|points?\b|percent|times\b)|\$\d|\d ?(?:→|->|vs\.?|to) ?\d")
#: "Fast Path Routing (FPR): ...", "GRPO (group relative policy optimization) is ..."
_DEFINES = re.compile(r"[^.:()\n]{2,60}\([A-Z][\w-]{1,10}\):\s|[A-Z][\w-]{1,12} \([a-z][^()\n]{8,60}\) (?:is|are|uses?)\b")
_PROMISES = tuple((type_, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for type_, words in cues.HEADINGS.items())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands, as far as its type depends on it."""

    role: Role
    industry: bool  # in a text about business
    item: bool  # in a list of papers, one a block
    first: bool  # of its block's claims
    second: bool  # likewise, in a block of three or more
    last: bool  # likewise
    asks: bool  # in a block that lists open questions
    promise: ClaimType | None  # what the heading above promises


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all places of a document share, found once."""

    asking: frozenset[int]  # sentences
    _draft: Draft
    _attributions: list[Attribution]
    _industry: frozenset[int]  # blocks
    _number: dict[int, int]  # of a claim among those of its block, from 1
    _count: Counter[int]  # of claims, by block

    @classmethod
    def of(cls, draft: Draft, attributions: list[Attribution], chosen: list[int]) -> Surroundings:
        """Looks a document over, whose claims are the sentences ``chosen``."""
        count: Counter[int] = Counter()
        number = {}
        for i in chosen:
            count[draft.sentences[i].block] += 1
            number[i] = count[draft.sentences[i].block]
        return cls(_asking(draft), draft, attributions, _industry_blocks(draft, attributions), number, count)

    def place(self, i: int) -> Place:
        """The place of the claim in sentence ``i``."""
        draft, block = self._draft, self._draft.block_of(i)
        number, count = self._number[i], self._count[draft.sentences[i].block]
        return Place(
            role=draft.role_of(i),
            industry=draft.sentences[i].block in self._industry and self._attributions[i].reason != "subject",
            item=draft.role_of(i) is Role.ENTRIES and block.kind is BlockKind.ITEM,
            first=number == 1,
            second=number == 2 and count >= 3,
            last=number == count >= 3,
            asks=i in self.asking,
            promise=_promise(draft, block.section),
        )


def has_verb(text: str) -> bool:
    """Whether a finite verb is likely in ``text`` (there is no tagger: a list of common verbs and their forms decides)."""
    words = split_words(text)
    return not cues.VERBS.isdisjoint(words) or any(word.rpartition("-")[2] in cues.VERBS for word in words if "-" in word)


def _asking(draft: Draft) -> frozenset[int]:
    """The sentences of blocks that list open questions."""
    blocks = draft.document.blocks
    asking = {n for n, block in enumerate(blocks) if cues.ASKING.match(draft.text, block.span.start)}
    return frozenset(i for i, s in enumerate(draft.sentences) if s.block in asking)


def _promise(draft: Draft, section: int) -> ClaimType | None:
    """The type of claim that a section's heading promises: "Limitations", "How it works"."""
    heading = draft.document.sections[section].heading
    return _promised_by(heading.of(draft.text)) if heading and heading.end - heading.start < 60 else None


@lru_cache(maxsize=256)
def _promised_by(heading: str) -> ClaimType | None:
    return next((type_ for type_, pattern in _PROMISES if pattern.search(heading)), None)


def _industry_blocks(draft: Draft, attributions: list[Attribution]) -> frozenset[int]:
    """The blocks that tell of business rather than of research: those of the news section, and those without a paper
    whose words (or whose section's words, below a heading) are of companies, money and products."""
    groups: dict[tuple[int, int], list[int]] = {}
    for i, sentence in enumerate(draft.sentences):
        block = draft.document.blocks[sentence.block]
        whole = draft.document.sections[block.section].role is Role.DEEP_DIVE
        groups.setdefault((block.section, -1 if whole else sentence.block), []).append(i)
    found: set[int] = set()
    for members in groups.values():
        blocks = {draft.sentences[i].block for i in members}
        if draft.role_of(members[0]) is Role.PULSE:
            found |= blocks
            continue
        if draft.role_of(members[0]) in _RESEARCH or any(attributions[i].reason == "stretch" for i in members):
            continue
        score = sum(_TYPES.score(split_words(draft.words(draft.sentences[i].span))).get(ClaimType.MARKET, 0.0) for i in members)
        papers = sum(attributions[i].paper is not None for i in members)
        mixed = draft.role_of(members[0]) in (Role.OVERVIEW, Role.BODY)
        if score >= (3 if mixed else 1.5) * len(members) + 3 * papers and score >= 5:
            found |= blocks
    return frozenset(found)


def classify(text: str, words: Sequence[str], place: Place) -> tuple[ClaimType, float]:
    """The type of a claim and how sure we are, 0.5 to 1, by the winner's lead over the next. ``words`` are those of
    ``text`` that may hold cues."""
    score: dict[ClaimType, float] = dict.fromkeys(ClaimType, 0.0)
    score.update({t: min(v, cues.CEILING[t]) for t, v in _TYPES.score(words).items()})
    score[ClaimType.FINDING] += 1.5 + 4 * bool(NUMBER.search(text))
    if text.rstrip("\"”'*_ ").endswith("?"):
        score[ClaimType.OPEN_QUESTION] += 8
    elif place.asks:
        score[ClaimType.OPEN_QUESTION] += 2.5
    if place.industry:
        score[ClaimType.MARKET] += 8
    else:
        score[ClaimType.MARKET] *= 0.8 if place.role is Role.QUICK_HITS else 0.5
    if place.item:  # these mostly tell a problem, a method, a result, and what to do
        score[ClaimType.LIMITATION] += 2.0 * place.first
        score[ClaimType.MECHANISM] += 2.0 * place.second
        score[ClaimType.RECOMMENDATION] += 2.0 * place.last
    if place.promise is not None:
        score[place.promise] += 2.5
    if _DEFINES.match(text):
        score[ClaimType.DEFINITION] += 5.0
    elif place.role in cues.LIST_ROLES and place.first and not has_verb(text):
        score[ClaimType.DEFINITION] += 3.0
    best = max(cues.PRIORITY, key=score.__getitem__)
    second = max(v for t, v in score.items() if t is not best)
    return best, round(0.5 + 0.5 * min(1.0, (score[best] - second) / 10), 2)


def voice_of(draft: Draft, i: int, attribution: Attribution, *, claimed: bool, asks: bool) -> Voice:
    """The document's own voice: opinion, advice, prediction, comment on its own coverage, or anything not tied to a paper."""
    role = draft.role_of(i)
    if attribution.paper is None or role is Role.PREDICTIONS or asks:
        return Voice.DOCUMENT
    if not claimed or role is Role.ABSTRACT:
        return Voice.PAPER
    score = _VOICES.score(split_words(draft.words(draft.sentences[i].span)))
    return Voice.DOCUMENT if score.get(Voice.DOCUMENT, 0.0) > max(2.0, score.get(Voice.PAPER, 0.0)) else Voice.PAPER
