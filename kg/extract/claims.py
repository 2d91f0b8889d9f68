"""Claims: which sentences assert something worth finding again, of what type, about which paper, in whose voice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from kg.extract import cues
from kg.extract.cue_index import CueIndex, split_words
from kg.extract.draft import Draft
from kg.extract.subjects import PAPERS, Attribution, attribute_sentences, main_mentions
from kg.model import BlockKind, Claim, ClaimType, Role, Span, Voice

_TYPES = CueIndex.build(cues.CLAIM_CUES)
_VOICES = CueIndex.build(cues.VOICE_CUES)
_NO_CLAIMS = frozenset({BlockKind.HEADING, BlockKind.META, BlockKind.CODE, BlockKind.DIAGRAM, BlockKind.FURNITURE})
#: Words before the real start of a sentence: "Why it matters: ...", "(1) ...", "Cross-paper thread #2: ...".
_LABEL = re.compile(
    r"(?:\s*(?:\d{1,3}[.)]\s*)?\*\*[^*\n]{1,160}\*\*\s*[-–—:]\s+)?"
    rf"(?:[\s*_>•\-–—\"“]*(?:\(?\d{{1,2}}[.)]\s+|(?:{cues.LABELS})\s*[:.]\s*))*",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\([^()\n]{0,300}\)|\[[^\[\]\n]{0,200}\]")
_POINTER = re.compile(rf"\W*(?:{cues.POINTERS})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|[\s(~≈+−$-])\d[\d.,]*\s?(?:%|x\b|×|pp\b|points?\b|percent|times\b)|\$\d|\d ?(?:→|->|vs\.?|to) ?\d")
#: "Fast Path Routing (FPR): ...", "GRPO (group relative policy optimization) is ..."
_DEFINES = re.compile(r"[^.:()\n]{2,60}\([A-Z][\w-]{1,10}\):\s|[A-Z][\w-]{1,12} \([a-z][^()\n]{8,60}\) (?:is|are|uses?)\b")
_TOKEN = re.compile(r"[^\W_][\w'’@/+.-]*")
_TIER = re.compile(r"tier \d\b", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:two|three|four|five|six|seven|several|some|\d)\s+(?:\w+\s){0,2}(?:questions?|problems?|directions?|angles?"
    r"|points?|notes?|contributions?)"
    r"(?:\s+(?:stand out|remain|follow|here))?[.:]?$",
    re.IGNORECASE,
)
#: "The first cluster is on-policy distillation": it names a thread, and asserts nothing.
_NAMES_THREAD = re.compile(
    r"the (?:\w+ ){0,3}(?:cluster|thread|theme|story|strand) (?:is|concerns) [^.]{3,80}\.?$", re.IGNORECASE
)
#: "The design is small and clean", "The composition with X is the load-bearing read": praise, and nothing to find again.
_REMARK = re.compile(
    rf"the (?:[\w'’&-]+ ){{1,8}}(?:is|are) (?:the )?(?:{cues.DEGREES})?(?:{cues.EVALUATIVE})(?:(?: and"
    rf"|,) (?:{cues.EVALUATIVE}))?"
    r"(?: (?:ones?|reads?|parts?))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the place of a sentence when its type is decided."""

    words: list[str]
    text: str
    role: Role
    industry: bool
    first: bool  # of its block's claims
    last: bool  # likewise, in a block of three or more
    second: bool
    asks: bool  # stands under "Research angle", "Open questions"


def find_claims(draft: Draft) -> None:
    """Adds the claims of a document to ``draft`` and gives every sentence its voice."""
    attributions = attribute_sentences(draft)
    main = main_mentions(draft)
    industry = _industry_blocks(draft, attributions)
    titles = {p.mention: tuple(n for n in (p.title, p.name) if n) for p in draft.papers}
    chosen = [
        i
        for i in range(len(draft.sentences))
        if _is_claim(draft, i, {m: titles.get(main[m], ()) for m in _papers_in(draft, i)})
    ]
    places = _places(draft, chosen)
    claimed = set(chosen)
    asking = _asking(draft)
    for i in chosen:
        text = _bare(draft, i)
        place = places[i]
        block = draft.sentences[i].block
        context = _Context(
            split_words(text),
            text,
            draft.role_of(i),
            block in industry and attributions[i].reason != "subject",
            *place,
            i in asking,
        )
        type_, confidence = classify(context)
        paper = attributions[i].paper
        about = tuple(
            m
            for m in draft.mentions_in(draft.sentences[i].span)
            if m not in main or (paper is not None and main[m] != paper) or paper is None
        )
        draft.claims.append(Claim(i, type_, paper, about, f"claim.{type_.value}", confidence))
    for i, attribution in enumerate(attributions):
        draft.sentences[i] = replace(draft.sentences[i], voice=_voice(draft, i, attribution, i in claimed, i in asking))


# ---------------------------------------------------------------------------------------------- which sentences


def _bare(draft: Draft, sentence: int) -> str:
    """The words of a sentence without the label before it."""
    text = draft.words(draft.sentences[sentence].span)
    label = _LABEL.match(text)
    return text[label.end() :] if label and label.end() < len(text) else text


def _plain(draft: Draft, sentence: int, text: str) -> str:
    """The words that may hold cues: no names of papers, and no asides unless there is little else."""
    for m in _papers_in(draft, sentence):
        text = text.replace(draft.words(draft.mentions[m].span), "X")
    plain = _PARENTHESES.sub(" ", text)
    return plain if len(plain.split()) > 4 else text


def _is_claim(draft: Draft, i: int, named: dict[int, tuple[str, ...]]) -> bool:
    block = draft.block_of(i)
    if block.kind in _NO_CLAIMS or block.header or draft.role_of(i) is Role.FURNITURE:
        return False
    text = _bare(draft, i)
    plain = " ".join(_PARENTHESES.sub(" ", text).split()).strip(" *_.…")
    words = _TOKEN.findall(plain)
    if _POINTER.match(text) or (len(words) < 3 and not _NUMBER.search(plain)):
        return False
    if _ANNOUNCES.match(plain) or _NAMES_THREAD.match(plain) or _REMARK.match(plain):
        return False
    if _TIER.match(plain) and not ("," in plain or len(words) > 8):
        return False
    return not _is_head(draft, i, words, named)


def _is_head(draft: Draft, i: int, words: list[str], named: dict[int, tuple[str, ...]]) -> bool:
    """Whether the sentence only names its item or document: a title, a head like "Name (arXiv id).", a line of themes."""
    sentence, block = draft.sentences[i], draft.block_of(i)
    rest = _PARENTHESES.sub(" ", _without(draft, sentence.span, named))
    if has_verb(rest) or len(words) > 40:
        return False
    if named and len(_TOKEN.findall(rest)) < 3:
        return True
    if block.kind is BlockKind.ROW or _NUMBER.search(rest) or _before(draft, i).strip(" \t-*•–_0123456789.)[]#>|"):
        return False  # a clause of a table, a result, or not the first of its block
    if sentence.span.end >= block.span.end - 2:
        return not ends_sentence(draft.words(sentence.span))
    if block.kind is BlockKind.ITEM:
        return len(words) <= 20
    return draft.role_of(i) in cues.LIST_ROLES and len(_TOKEN.findall(rest)) <= (5 if named else 12)


def _before(draft: Draft, sentence: int) -> str:
    """What stands before a sentence in its block."""
    return draft.text[draft.block_of(sentence).span.start : draft.sentences[sentence].span.start]


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends in a full stop or the like."""
    return text.rstrip("\"”'’*_) ").endswith((".", "!", "?", "…"))


def _without(draft: Draft, span: Span, named: dict[int, tuple[str, ...]]) -> str:
    """The words of ``span`` without titles and names of papers."""
    text = draft.words(span)
    for m, names in named.items():
        for name in (*names, draft.words(draft.mentions[m].span)):
            text = text.replace(name, " ")
    return text


def _papers_in(draft: Draft, sentence: int) -> list[int]:
    return draft.mentions_in(draft.sentences[sentence].span, PAPERS)


def has_verb(text: str) -> bool:
    """Whether a finite verb is likely in ``text`` (there is no tagger: a list of common verbs and their forms decides)."""
    return any(word in cues.VERBS or word.rpartition("-")[2] in cues.VERBS for word in split_words(text))


# ------------------------------------------------------------------------------------------------- what surrounds


def _places(draft: Draft, chosen: list[int]) -> dict[int, tuple[bool, bool, bool]]:
    """For each claim sentence: whether it is the first, the last (of three or more), the second of its block."""
    count = Counter(draft.sentences[i].block for i in chosen)
    seen: Counter[int] = Counter()
    places = {}
    for i in chosen:
        block = draft.sentences[i].block
        seen[block] += 1
        places[i] = (seen[block] == 1, seen[block] == count[block] >= 3, seen[block] == 2 and count[block] >= 3)
    return places


def _asking(draft: Draft) -> set[int]:
    """The sentences of blocks that list open questions."""
    return {
        i for i, s in enumerate(draft.sentences) if cues.ASKING.match(draft.text, draft.document.blocks[s.block].span.start)
    }


def _industry_blocks(draft: Draft, attributions: list[Attribution]) -> set[int]:
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
        if any(attributions[i].reason == "stretch" for i in members) or draft.role_of(members[0]) in (
            Role.ENTRIES,
            Role.ABSTRACT,
        ):
            continue
        score = sum(_TYPES.score(split_words(draft.words(draft.sentences[i].span))).get(ClaimType.MARKET, 0.0) for i in members)
        papers = sum(attributions[i].paper is not None for i in members)
        mixed = draft.role_of(members[0]) in (Role.OVERVIEW, Role.BODY)
        if score >= (3 if mixed else 1.5) * len(members) + 3 * papers and score >= 5:
            found |= blocks
    return found


# -------------------------------------------------------------------------------------------------- types, voices


def classify(context: _Context) -> tuple[ClaimType, float]:
    """The type of a claim and how sure we are (the winner's share of its lead over the next)."""
    score: dict[ClaimType, float] = dict.fromkeys(ClaimType, 0.0)
    score.update({t: min(v, cues.CEILING[t]) for t, v in _TYPES.score(context.words).items()})
    score[ClaimType.FINDING] += 1.5 + 4 * bool(_NUMBER.search(context.text))
    if context.text.rstrip("\"”'*_ ").endswith("?"):
        score[ClaimType.OPEN_QUESTION] += 8
    elif context.asks:
        score[ClaimType.OPEN_QUESTION] += 2.5
    if context.industry:
        score[ClaimType.MARKET] += 8
    elif context.role is not Role.QUICK_HITS:
        score[ClaimType.MARKET] *= 0.5
    else:
        score[ClaimType.MARKET] *= 0.8
    if context.role in (Role.ENTRIES, Role.ABSTRACT):
        score[ClaimType.LIMITATION] += 2.0 * context.first
        score[ClaimType.MECHANISM] += 2.0 * context.second
        score[ClaimType.RECOMMENDATION] += 2.0 * context.last
    if context.role in cues.LIST_ROLES and context.first and not has_verb(context.text):
        score[ClaimType.DEFINITION] += 3.0
    if _DEFINES.match(context.text):
        score[ClaimType.DEFINITION] += 5.0
    best = max(ClaimType, key=lambda t: (score[t], -cues.PRIORITY.index(t)))
    second = max(v for t, v in score.items() if t is not best)
    return best, round(0.5 + 0.5 * min(1.0, (score[best] - second) / 10), 2)


def _voice(draft: Draft, i: int, attribution: Attribution, claimed: bool, asks: bool) -> Voice:
    """The document's own voice: opinion, advice, prediction, comment on its own coverage, or anything not tied to a paper."""
    role = draft.role_of(i)
    if attribution.paper is None or role is Role.PREDICTIONS or asks:
        return Voice.DOCUMENT
    if not claimed or role is Role.ABSTRACT:
        return Voice.PAPER
    score = _VOICES.score(split_words(draft.words(draft.sentences[i].span)))
    return Voice.DOCUMENT if score.get(Voice.DOCUMENT, 0.0) > max(2.0, score.get(Voice.PAPER, 0.0)) else Voice.PAPER
