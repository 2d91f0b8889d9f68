"""Threads: the lines that a document draws across papers, with their labels and member papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.extract.outlook.themes import assign_in_order, fit_theme, split_themes
from kg.extract.subjects import PAPERS, main_mentions, own_papers
from kg.model import Block, BlockKind, Role, Span, Thread
from kg.text import fold

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_TRIM = ' \t\n,;:.*_`"“”#–—-•>'
_KINDS = "thread|connection|theme|pattern|cluster|strand|through-?line|storyline|dot|link"
#: "Cross-paper thread #2: the label."
_NUMBERED = re.compile(
    rf"\W*(?:(?:cross|inter)-?[\w-]+\s+)?(?:{_KINDS})s?\s*(?:#\s?)?(?:\d{{1,2}}"
    rf"|[A-Z])?\s*[:.—–-]\s+(?P<label>[^\n]{{3,160}})",
    re.IGNORECASE,
)
#: "The first cluster is on-policy distillation.", "The thread that ties them together is the question of what is scarce."
_CLUSTER = re.compile(
    r"(?:the|a|one|another)\s+(?:[\w'’-]+\s+){0,3}(?:cluster|thread|theme|strand|story|trend"
    r"|through-?line)(?:\s+(?:here|today))?"
    r"(?:\s+(?:that|which)\s[^,.]{3,60}?)?\s+(?:is about|is|concerns|covers)\s+(?:the question of\s+)?"
    r"(?!now\b|also\b|not\b|the same\b|still\b|already\b|consistent\b|real\b|clear\b|visible\b|that\b|why\b)"
    r"(?P<label>[^.;:(\n]{3,100})",
    re.IGNORECASE,
)
#: 'The "spend where it counts" thread has ...'
_QUOTED = re.compile(rf"\bthe\s+[\"“](?P<label>[^\"“”\n]{{5,80}})[\"”]\s+(?:{_KINDS}|principle)\b", re.IGNORECASE)
#: "The sparse-first pattern is ..."
_CALLED = re.compile(
    r"(?:\A|[.;:]\s+)the\s+(?P<label>[\w-]+(?:\s[\w-]+){0,3}?)\s+(?P<kind>thread|pattern|theme)\s+"
    r"(?:is|has|continues|runs|now|also|keeps)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    {"same", "first", "second", "third", "fourth", "smaller", "larger", "main", "other", "whole", "new", "old"}
) | {
    *("common", "general", "this", "that", "last", "next", "overall", "broader"),
}
_GENERIC_HEADING = re.compile(rf"connect|dots|cross|synthesis|(?:^|\s)(?:{_KINDS})s?\s*$", re.IGNORECASE)
_MAX_LABEL = 16  # words


@dataclass(frozen=True, slots=True)
class _Found:
    sentence: int
    label: str
    members: tuple[int, ...]
    rule: str


def find_threads(draft: Draft) -> None:
    """Adds the threads of a document to ``draft``; one that is named again keeps its first place and gains members."""
    main = main_mentions(draft)
    kept: dict[str, _Found] = {}
    for found in sorted((*_sections(draft, main), *_named(draft, main), *_subtitle(draft)), key=lambda f: f.sentence):
        key = fold(found.label)
        before = kept.get(key)
        members = _distinct((*(before.members if before else ()), *found.members), main)
        kept[key] = _Found(before.sentence, before.label, members, before.rule) if before else found
    draft.threads.extend(Thread(f.sentence, f.label, f.members, f.rule) for f in kept.values())


def _distinct(mentions: Iterable[int], main: dict[int, int]) -> tuple[int, ...]:
    """The mentions without those that name a paper again."""
    seen: dict[int, int] = {}
    for m in mentions:
        seen.setdefault(main.get(m, m), m)
    return tuple(seen.values())


def _sentences_of(draft: Draft, number: int, block: Block) -> list[int]:
    return [i for i in draft.sentences_in(block.span) if draft.sentences[i].block == number]


# ------------------------------------------------------------------------------------------------- threads sections


def _sections(draft: Draft, main: dict[int, int]) -> Iterator[_Found]:
    """Each block of a section of connections is a thread; so is a section of its own below one."""
    whole: dict[int, _Found] = {}
    for number, block in enumerate(draft.document.blocks):
        section = draft.document.sections[block.section]
        sentences = _sentences_of(draft, number, block)
        if section.role is not Role.THREADS or not sentences:
            continue
        heading = section.heading.of(draft.text).strip(_TRIM) if section.heading else ""
        members = tuple(draft.mentions_in(block.span, PAPERS))
        if block.kind is BlockKind.HEADING and heading and not _GENERIC_HEADING.search(heading):
            whole[block.section] = _Found(sentences[0], heading, (), "thread.heading")
        elif block.section in whole and block.kind in _PROSE:
            found = whole[block.section]
            whole[block.section] = _Found(found.sentence, found.label, _distinct((*found.members, *members), main), found.rule)
        elif block.kind in _PROSE and (label := _section_label(draft, block, sentences)):
            yield _Found(sentences[0], label, _distinct(members, main), "thread.section")
    yield from (found for found in whole.values() if found.members)


def _section_label(draft: Draft, block: Block, sentences: list[int]) -> str:
    """The label of a block of connections: behind its number, in bold, or a short first sentence."""
    first = draft.words(draft.sentences[sentences[0]].span)
    if numbered := _NUMBERED.match(first):
        label = numbered["label"]
        return _tidy(label) if len(label.split()) <= _MAX_LABEL else _tidy(re.split(r"[:;,]\s", label)[0])
    bold = next(
        (e for e in draft.document.emphasis if block.span.start <= e.start <= block.span.start + 4 and e.end <= block.span.end),
        None,
    )
    if bold is not None:
        return _tidy(draft.words(bold))
    colon = re.match(r"([^.:()]{3,60}):\s", first)
    if colon and len(colon[1].split()) <= 8:
        return _tidy(colon[1])
    return _tidy(first) if len(sentences) > 1 and len(first.split()) <= 10 else ""


def _tidy(label: str) -> str:
    label = re.sub(r"\s+", " ", label).strip(_TRIM)
    words = label.split()
    return label if 0 < len(words) <= _MAX_LABEL else ""


# ---------------------------------------------------------------------------------------------- named in running text


def _named(draft: Draft, main: dict[int, int]) -> Iterator[_Found]:
    own = own_papers(draft)
    for i, sentence in enumerate(draft.sentences):
        block = draft.block_of(i)
        if block.kind not in _PROSE or draft.role_of(i) in (Role.THREADS, Role.FURNITURE, Role.ABSTRACT):
            continue
        text = draft.words(sentence.span)
        here = draft.mentions_in(sentence.span, PAPERS)
        around = draft.mentions_in(Span(sentence.span.start, block.span.end), PAPERS)
        mine = () if own[i] is None else (own[i],)
        found = None
        if quoted := _QUOTED.search(text):
            found = _Found(i, _tidy(quoted["label"]), _distinct((*here, *mine), main), "thread.quoted")
        elif (called := _CALLED.search(text)) and not _NOT_A_NAME & set(called["label"].casefold().split()):
            label = f"{_tidy(called['label'])} {called['kind'].casefold()}"
            found = _Found(i, label, _distinct((*mine, *here, *around), main), "thread.called")
        if found:
            if len(found.members) > (found.rule == "thread.called"):
                yield found
        elif (cluster := _CLUSTER.match(text)) and (label := _tidy(re.split(r",\s", cluster["label"])[0])):
            yield _Found(i, label, _distinct((*mine, *around), main), "thread.cluster")


# ------------------------------------------------------------------------------------------------ the line of themes


def _subtitle(draft: Draft) -> Iterator[_Found]:
    """The themes that a brief lists above its entries, each with the entries that fit: "KV caches, distillation and agents"."""
    entries = sorted((s.start, p.mention, s) for p in draft.papers for s in p.stretches[:1] if p.entry)
    if len(entries) < 2:
        return
    for number, block in enumerate(draft.document.blocks):
        if block.span.start >= entries[0][0]:
            return
        sentences = _sentences_of(draft, number, block)
        if len(sentences) != 1 or block.kind not in _PROSE:
            continue
        themes = split_themes(draft.words(draft.sentences[sentences[0]].span))
        if not 2 <= len(themes) <= len(entries):
            continue
        score = [[fit_theme(theme, draft.words(stretch)) for theme in themes] for _, _, stretch in entries]
        if 2 * sum(any(row[t] for row in score) for t in range(len(themes))) < len(themes):
            continue
        chosen = assign_in_order(score)
        for t, theme in enumerate(themes):
            members = tuple(entries[e][1] for e, c in enumerate(chosen) if c == t)
            yield _Found(sentences[0], theme, members, "thread.subtitle")
        return
