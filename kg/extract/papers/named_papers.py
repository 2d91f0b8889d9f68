"""Papers without an entry that a text names by what it says of them: "extends SpillWay, which ...", "last month's ProofLine",
"TokenLoom, the July paper that ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.draft import Draft
from kg.extract.papers import mention_cues as cues
from kg.extract.papers.candidates import Candidate, Places
from kg.extract.terms.coined import is_coined
from kg.extract.terms.cues import NOT_NAMES
from kg.model import BlockKind, Kind, Role, Span
from kg.text import fold

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW})
#: What a name may be in the vocabulary and still be that of the paper which brought it up.
_OF_PAPERS = frozenset({Kind.PAPER, Kind.TECHNIQUE, Kind.CONCEPT})
_MAX_LIST = 4
_SHORT = re.compile(r"[A-Z]{2,5}\d?|[A-Z]\d")


def find_named_papers(draft: Draft, entries: list[Candidate], known: Mapping[str, set[Kind]]) -> Iterator[Candidate]:
    """Mentions of papers by the words around a name. In an entry's own text a relation to a coined name is enough."""
    owned = Places(c.stretch for c in entries)
    alone = all(c.stretch is None or c.rule == "paper.cited" for c in entries)  # it may be a page about one paper
    for index, sentence in enumerate(draft.sentences):
        role = draft.role_of(index)
        if role in (Role.FURNITURE, Role.PULSE) or draft.block_of(index).kind not in _PROSE:
            continue
        for pattern in cues.SURE:
            for m in draft.find_stemmed(pattern, index):
                yield from _named(draft, m, known, _OF_PAPERS, coined=False)
        for pattern in (cues.DID, cues.CAME_FIRST, cues.LONG_AGO):
            for m in draft.find_stemmed(pattern, index):
                yield from _named(draft, m, known, _OF_PAPERS, coined=True)
        if alone or owned.hold(sentence.span.start):
            for m in draft.find_stemmed(cues.LINEAGE, index):
                yield from _listed(draft, m, sentence.span, known, _OF_PAPERS)
            for pattern in cues.HEIRS:
                for m in draft.find_stemmed(pattern, index):
                    yield from _heirs(m)
            for m in draft.find_stemmed(cues.LEADS, index):
                yield from _listed(draft, m, sentence.span, known, _OF_PAPERS)
            for pattern in (cues.RELATES, cues.CONTRASTED):
                for m in draft.find_stemmed(pattern, index):
                    yield from _listed(draft, m, sentence.span, known, frozenset())


def _listed(
    draft: Draft, match: re.Match[str], sentence: Span, known: Mapping[str, set[Kind]], kinds: frozenset[Kind]
) -> Iterator[Candidate]:
    """The name behind a cue and those that a list joins to it."""
    found: re.Match[str] | None = match
    for number in range(_MAX_LIST):
        coined = number == 0 or not kinds  # "follow-ups like EchoNet and Still Waters"
        named = list(_named(draft, found, known, kinds, coined=coined)) if found else []
        yield from named
        found = cues.ALSO.match(draft.text, named[0].name.end, sentence.end) if named else None


def _heirs(match: re.Match[str]) -> Iterator[Candidate]:
    """The names of a list that is said to follow a paper: made up or in capitals, whatever the vocabulary knows of them."""
    for m in cues.IN_LIST.finditer(match.string, match.start("list"), match.end("list")):
        words = m.group().split()
        if words[0] not in cues.NOT_PAPERS and (len(words) > 1 or is_coined(words[0]) or _SHORT.fullmatch(words[0])):
            yield Candidate(Span(*m.span()), "paper.named")


def _named(
    draft: Draft, match: re.Match[str], known: Mapping[str, set[Kind]], kinds: frozenset[Kind], *, coined: bool
) -> Iterator[Candidate]:
    group = "owner" if match.groupdict().get("owner") else "name"
    words = match[group].split()
    while words and (words[0] in cues.NOT_PAPERS or words[0] in NOT_NAMES):
        words.pop(0)
    if not words:
        return
    name = Span(draft.text.index(words[0], match.start(group)), match.end(group))
    if cues.NOT_BEHIND.match(draft.text, name.end):
        return
    if (coined and not is_coined(words[0])) or (not coined and len(words) == 1 and not is_coined(words[0])):
        return
    if all(w.isupper() and len(w) <= 2 for w in words) or not known.get(fold(" ".join(words)), set()) <= kinds:
        return
    yield Candidate(name, "paper.named")
