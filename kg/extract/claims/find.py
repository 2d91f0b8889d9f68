"""Claims: which sentences assert something worth finding again, of what type, about which paper, in whose voice."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.claims import cues
from kg.extract.claims.cue_index import split_words
from kg.extract.claims.types import NUMBER, Surroundings, classify, has_verb, voice_of
from kg.extract.draft import Draft
from kg.extract.outlook.themes import split_themes
from kg.extract.subjects import PAPERS, attribute_sentences, main_mentions
from kg.model import BlockKind, Claim, Role, Span

_NO_CLAIMS = frozenset({BlockKind.HEADING, BlockKind.META, BlockKind.CODE, BlockKind.DIAGRAM, BlockKind.FURNITURE})
#: Words before the real start of a sentence: "Why it matters: ...", "(1) ...", "Cross-paper thread #2: ...".
_LABEL = re.compile(
    r"(?:\s*(?:\d{1,3}[.)]\s*)?\*\*[^*\n]{1,160}\*\*\s*[-–—:]\s+)?"
    rf"(?:[\s*_>•\-–—\"“]*(?:\(?\d{{1,2}}[.)]\s+|(?:{cues.LABELS})\s*[:.]\s*))*",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\([^()\n]{0,300}\)|\[[^\[\]\n]{0,200}\]")
_POINTER = re.compile(rf"\W*(?:{cues.POINTERS})", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_][\w'’@/+.-]*")
_TIER = re.compile(r"tier \d\b", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"(?:two|three|four|five|six|seven|several|some|\d)\s+(?:\w+\s){0,2}(?:questions?|problems?|directions?|angles?"
    r"|points?|notes?|contributions?)"
    r"(?:\s+(?:stand out|remain|follow|here))?[.:]?$",
    re.IGNORECASE,
)
_MARKS = " \t-*•–_0123456789.)[]#>|"
#: "A name, 90 days.": the head of a prediction.
_DATED = re.compile(r"\b\d{1,3}[ -](?:day|week|month|quarter|year)s?\)?[\s*_]*[.:]?\W*$", re.IGNORECASE)
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


def find_claims(draft: Draft) -> None:
    """Adds the claims of a document to ``draft`` and gives every sentence its voice."""
    attributions = attribute_sentences(draft)
    main = main_mentions(draft)
    titles = {p.mention: tuple(n for n in (p.title, p.name) if n) for p in draft.papers}
    names = [{m: titles.get(main[m], ()) for m in _papers_in(draft, i)} for i in range(len(draft.sentences))]
    bare = {i: _bare(draft, i) for i in range(len(draft.sentences)) if _is_claim(draft, i, names[i])}
    surroundings = Surroundings.of(draft, attributions, list(bare))
    for i, text in bare.items():
        type_, confidence = classify(text, split_words(_plain(draft, i, text)), surroundings.place(i))
        paper = attributions[i].paper
        about = tuple(
            m for m in draft.mentions_in(draft.sentences[i].span) if m not in main or paper is None or main[m] != paper
        )
        draft.claims.append(Claim(i, type_, paper, about, f"claim.{type_.value}", confidence))
    for i, attribution in enumerate(attributions):
        voice = voice_of(draft, i, attribution, claimed=i in bare, asks=i in surroundings.asking)
        draft.sentences[i] = replace(draft.sentences[i], voice=voice)


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
    if _POINTER.match(text) or (len(words) < 3 and not NUMBER.search(plain) and not has_verb(plain)):
        return False
    if _ANNOUNCES.match(plain) or _NAMES_THREAD.match(plain) or _REMARK.match(plain):
        return False
    if _TIER.match(plain) and not ("," in plain or len(words) > 8):
        return False
    return not _is_head(draft, i, words, named)


def _is_head(draft: Draft, i: int, words: list[str], named: dict[int, tuple[str, ...]]) -> bool:
    """Whether the sentence only names its item or document: a title, a head like "Name (arXiv id).", a line of themes."""
    sentence, block = draft.sentences[i], draft.block_of(i)
    first = not _before(draft, i).strip(_MARKS)
    alone = first and sentence.span.end >= block.span.end - 2
    text = draft.words(sentence.span)
    if alone and block.kind is BlockKind.PARAGRAPH and ((len(words) <= 14 and not ends_sentence(text)) or split_themes(text)):
        return True
    if sentence.span in block.cells and len(words) <= 12 and not ends_sentence(text) and not NUMBER.search(text):
        return True  # a cell of a table of key words
    if first and draft.role_of(i) is Role.PREDICTIONS and _DATED.search(text):
        return True
    rest = _PARENTHESES.sub(" ", _without(draft, sentence.span, named))
    if has_verb(rest) or len(words) > 40:
        return False
    if named and len(_TOKEN.findall(rest)) < 3:
        return True
    if block.kind is BlockKind.ROW or NUMBER.search(rest) or not first:
        return False  # a clause of a table, a result, or not the first of its block
    if alone:
        return not ends_sentence(text)
    if block.kind is BlockKind.ITEM:
        return len(words) <= 20
    longest = 5 if named or draft.role_of(i) not in cues.LIST_ROLES else 12
    return len(_TOKEN.findall(rest)) <= longest


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
