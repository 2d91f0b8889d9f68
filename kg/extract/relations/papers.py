"""Relations between papers, from cue phrases with both ends known: "X extends Y", "Composes with Y", "The two compose"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.draft import Draft
from kg.extract.patterns import compile_lower
from kg.extract.relations import paper_cues as cues
from kg.extract.relations.stand_ins import find_stand_ins
from kg.extract.subjects import Attribution, attribute_sentences, main_mentions, own_papers
from kg.model import BlockKind, Predicate, Relation, Role

_MAX_GAP = 45  # characters between a cue and its object
_LOOK_BACK = 3  # sentences
_MAX_PAPERS = 40  # of one sentence
_NEAR = 60  # characters before a cue in which it may be denied
_SKIP_ROLES = frozenset({Role.FURNITURE, Role.ABSTRACT})
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW})


def _compile(patterns: Iterable[str]) -> re.Pattern[str]:
    return compile_lower(rf"\b(?=\w)(?:{'|'.join(patterns)})(?![\w-])")  # not tried where a word ends


_FORWARD = tuple((p, _compile([pattern])) for p, pattern in cues.FORWARD)
_BACKWARD = tuple((p, _compile([pattern])) for p, pattern in cues.BACKWARD)
# Asked first: in most sentences no cue stands.
_ANY_FORWARD = _compile(pattern for _, pattern in cues.FORWARD)
_ANY_BACKWARD = _compile(pattern for _, pattern in cues.BACKWARD)
_ABOUT_HERE = tuple((p, re.compile(pattern, re.IGNORECASE)) for p, pattern in cues.ABOUT_HERE)
_OF_BOTH = tuple((p, re.compile(pattern, re.IGNORECASE)) for p, pattern in cues.OF_BOTH)
_EACH_OTHER = tuple((p, re.compile(pattern, re.IGNORECASE)) for p, pattern in cues.EACH_OTHER)
_RELATIVE = tuple((p, re.compile(pattern, re.IGNORECASE)) for p, pattern in cues.RELATIVE)
_WHICH = re.compile(r"\b(?:that|which|what)\s+(?:the\s+)?$", re.IGNORECASE)
_HAD_BEFORE = re.compile(cues.HAD_BEFORE, re.IGNORECASE)
_INHERIT = re.compile(cues.INHERIT, re.IGNORECASE)
_PRIOR = re.compile(cues.PRIOR, re.IGNORECASE)
_LATER = re.compile(cues.LATER, re.IGNORECASE)
_THAT_PAPER = re.compile(cues.THAT_PAPER, re.IGNORECASE)
_SAME_IDEA = re.compile(cues.SAME_IDEA, re.IGNORECASE)
_UNNAMED = re.compile(cues.UNNAMED, re.IGNORECASE)
_NEGATION = re.compile(cues.NEGATION, re.IGNORECASE)
_HYPOTHESIS = re.compile(cues.HYPOTHESIS, re.IGNORECASE)
_BREAK = re.compile(r"[.;:!?]\s|\n|,\s(?:and|but|so|while|whereas|which)\s")
_JOINT = re.compile(
    r"(?:\s*\([^()\n]{0,80}\))?(?:['’]s)?\s*(?P<link>,?\s*\b(?:and|or|plus)\b\s*|[&/]\s*|,\s*)(?:the\s+|today['’]s\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:composition|combination|comparison)\s+(?:of|between)\s+(?:the\s+)?$", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:this|the|today['’]s)\s+paper\b|\b(?:both|the two|two \w+|together)\b", re.IGNORECASE)
_OWN_ROLES = frozenset({Role.DEEP_DIVE, Role.QUICK_HITS, Role.TLDR, Role.ENTRIES, Role.BODY})
_CONTRAST = re.compile(r"\bthis\s+(?:paper|work|one)\b|\btoday['’]s\s+paper\b", re.IGNORECASE)

_Cues = Sequence[tuple[Predicate, re.Match[str]]]


@dataclass(frozen=True, slots=True)
class _Found:
    subject: int
    predicate: Predicate
    object: int
    rule: str
    confidence: float


@dataclass(slots=True)
class _View:
    """What the rules need to know of a document, read once."""

    draft: Draft
    main: dict[int, int]
    own: list[int | None]
    attributions: list[Attribution]

    def papers(self, sentence: int) -> list[int]:
        """What names papers in a sentence, their systems among it, in text order."""
        return [m for m in self.draft.mentions_in(self.draft.sentences[sentence].span) if m in self.main]

    def same_block(self, a: int, b: int) -> bool:
        return a >= 0 and self.draft.sentences[a].block == self.draft.sentences[b].block


def find_paper_relations(draft: Draft) -> None:
    """Adds the relations between papers to ``draft``; at most one of a kind for a pair in a sentence."""
    main = main_mentions(draft)
    if len(set(main.values())) < 2:
        return
    stand_ins = find_stand_ins(draft, main)
    view = _View(draft, main | stand_ins, own_papers(draft), attribute_sentences(draft))
    for i in range(len(draft.sentences)):
        if draft.role_of(i) in _SKIP_ROLES or draft.block_of(i).kind not in _PROSE:
            continue
        seen: set[frozenset[int]] = set()
        for found in _in_sentence(view, i):
            pair = frozenset({view.main[found.subject], view.main[found.object]})
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                subject, other = (stand_ins.get(m, m) for m in (found.subject, found.object))
                draft.relations.append(Relation(subject, found.predicate, other, i, found.rule, found.confidence))


def _in_sentence(view: _View, i: int) -> Iterator[_Found]:
    papers = view.papers(i)[:_MAX_PAPERS]
    if not papers and not (view.same_block(i - 1, i) and view.papers(i - 1)):
        yield from _of_both(view, i)
        return
    lower = view.draft.sentences[i].span.of(view.draft.lower)
    forward = [(p, cue) for p, words in _FORWARD for cue in words.finditer(lower)] if _ANY_FORWARD.search(lower) else []
    if papers:
        yield from _between(view, i, papers)
        yield from _by_cue(view, i, papers, forward, backward=False)
        if _ANY_BACKWARD.search(lower):
            backward = [(p, cue) for p, words in _BACKWARD for cue in words.finditer(lower)]
            yield from _by_cue(view, i, papers, backward, backward=True)
        yield from _relative(view, i, papers)
        yield from _inherit(view, i, papers)
        yield from _prior(view, i, papers)
        yield from _about_here(view, i, papers)
        yield from _contrast(view, i, papers)
    yield from _each_other(view, i, papers)
    yield from _that_paper(view, i, papers, forward)
    yield from _same_idea(view, i, forward)
    yield from _of_both(view, i)
    yield from _beside(view, i, papers)


def _confidence(text: str, base: float) -> float:
    return round(base * (0.7 if _HYPOTHESIS.search(text) else 1.0), 2)


def _denied(text: str, cue: re.Match[str]) -> bool:
    return bool(_NEGATION.search(text[max(0, cue.start() - _NEAR) : cue.start()]))


def _joined(view: _View, papers: list[int], first: int) -> list[int]:
    """``first`` and the papers that are listed with it: "X, Y and Z", but not "unlike X, Y"."""
    mentions, text = view.draft.mentions, view.draft.text
    found, listed = [first], 1
    for m in papers[papers.index(first) + 1 :]:
        joint = _JOINT.match(text, mentions[found[-1]].span.end)
        if joint is None or joint.end() != mentions[m].span.start:
            break
        found.append(m)
        if joint["link"].strip() != ",":
            listed = len(found)
    return found[:listed]


def _by_cue(view: _View, i: int, papers: list[int], said: _Cues, *, backward: bool) -> Iterator[_Found]:
    """ "X <cue> Y", where X may be what the sentence is about."""
    draft, span = view.draft, view.draft.sentences[i].span
    text = draft.words(span)
    for predicate, cue in said:
        start, end = span.start + cue.start(), span.start + cue.end()
        after = next((m for m in papers if draft.mentions[m].span.start >= end - 1), None)
        if after is None or _denied(text, cue):
            continue
        gap = draft.text[end : draft.mentions[after].span.start]
        if len(gap) > _MAX_GAP or _BREAK.search(gap) or (not backward and cue.group().endswith("ed") and " by " in f"{gap} "):
            continue
        ends = _joined(view, papers, after)
        for subject in _subjects(view, i, papers, start, ends):
            for other in ends:
                a, b = (other, subject) if backward else (subject, other)
                yield _Found(a, predicate, b, f"papers.{predicate.value}", _confidence(text, 0.85))


def _subjects(view: _View, i: int, papers: list[int], cue: int, ends: list[int]) -> list[int]:
    """The papers that stand before a cue in its clause, or else the paper that the sentence is about."""
    draft = view.draft
    before = [m for m in papers if draft.mentions[m].span.end <= cue and m not in ends]
    clause = [m for m in before if ";" not in draft.text[draft.mentions[m].span.end : cue]]
    if clause:
        lists = [_joined(view, before, m) for m in before]
        return next(found for found in lists if clause[-1] in found)
    later = [m for m in papers if m not in ends and draft.mentions[m].span.start > draft.mentions[ends[-1]].span.end]
    if later and draft.text[draft.sentences[i].span.start : cue].strip() == "":
        return later[:1]  # "Unlike Y, X ..."
    topic = _topic(view, i, {view.main[m] for m in ends})
    return [] if topic is None else [topic]


def _topic(view: _View, i: int, others: set[int]) -> int | None:
    """The paper that sentence ``i`` goes on about: its own text's, or what the sentences just before were about."""
    for j in range(i, max(-1, i - _LOOK_BACK - 1), -1):
        if not view.same_block(j, i):
            break
        for paper in (view.own[j], view.attributions[j].paper):
            if paper is not None and paper not in others:
                return paper
    return None


def _between(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "The composition of X and Y", "the comparison between X and Y"."""
    draft = view.draft
    start = draft.sentences[i].span.start
    for m in papers:
        lead = _BETWEEN.search(draft.text[start : draft.mentions[m].span.start])
        pair = _joined(view, papers, m)
        if lead and len(pair) > 1:
            predicate = Predicate.COMPARES_WITH_PAPER if lead.group().lower().startswith("compar") else Predicate.COMPOSES_WITH
            yield _Found(pair[0], predicate, pair[1], "papers.between", _confidence(draft.words(draft.sentences[i].span), 0.8))


def _about_here(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """In one paper's own text a sentence about another: "X's paper gives the failure taxonomy for ..."."""
    own, attribution = view.own[i], view.attributions[i]
    if own is None or attribution.reason != "subject" or attribution.paper in (None, own):
        return
    text = view.draft.words(view.draft.sentences[i].span)
    for predicate, pattern in _ABOUT_HERE:
        cue = pattern.search(text)
        if cue and not _denied(text, cue):
            yield _Found(papers[0], predicate, own, "papers.about_here", _confidence(text, 0.6))
    if _HAD_BEFORE.search(text):
        yield _Found(own, Predicate.EXTENDS, papers[0], "papers.had_before", 0.6)


def _relative(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "X has a flaw that Y explains": what the sentence is about is the object."""
    draft, span = view.draft, view.draft.sentences[i].span
    text = draft.words(span)
    for m in papers:
        here = draft.mentions[m].span
        if not _WHICH.search(draft.text[max(span.start, here.start - 20) : here.start]):
            continue
        other = view.attributions[i].paper
        for predicate, pattern in _RELATIVE:
            if other is not None and other != view.main[m] and pattern.match(draft.text, here.end, span.end):
                yield _Found(m, predicate, other, "papers.relative", _confidence(text, 0.7))


def _inherit(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "A, B and C all inherit the same recipe", in a paper's own text."""
    draft, own = view.draft, view.own[i]
    if own is None:
        return
    for n, m in enumerate(papers):
        group = _joined(view, papers, m)
        if n and m in _joined(view, papers, papers[n - 1]):
            continue  # told with the first of its list
        if _INHERIT.match(draft.text, draft.mentions[group[-1]].span.end, draft.sentences[i].span.end):
            for other in group:
                yield _Found(other, Predicate.EXTENDS, own, "papers.inherit", 0.7)


def _prior(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "Most existing methods (A, B and C) need labels": what the text is about compares itself with each. "Later methods like
    A, B and C" extend it."""
    draft, span = view.draft, view.draft.sentences[i].span
    topic = view.own[i]
    if topic is None:
        return
    for m in papers:
        before = draft.text[max(span.start, draft.mentions[m].span.start - 90) : draft.mentions[m].span.start]
        if _PRIOR.search(before):
            for other in _joined_loosely(view, papers, m):
                yield _Found(topic, Predicate.COMPARES_WITH_PAPER, other, "papers.prior", 0.6)
        elif _LATER.search(before):
            for other in _joined_loosely(view, papers, m):
                yield _Found(other, Predicate.EXTENDS, topic, "papers.later", 0.7)


def _joined_loosely(view: _View, papers: list[int], first: int) -> list[int]:
    """``first`` and all that follow it with only commas between: the list may go on with names that are no papers."""
    found = [first]
    for m in papers[papers.index(first) + 1 :]:
        if not _JOINT.fullmatch(view.draft.text, view.draft.mentions[found[-1]].span.end, view.draft.mentions[m].span.start):
            break
        found.append(m)
    return found


def _that_paper(view: _View, i: int, papers: list[int], forward: _Cues) -> Iterator[_Found]:
    """ "X contradicts it", "X cites it": the object is the last other paper named before, here or in the sentence before."""
    draft, span = view.draft, view.draft.sentences[i].span
    text = draft.words(span)
    for predicate, cue in forward:
        if not _THAT_PAPER.match(text, cue.end()) or _denied(text, cue):
            continue
        before = [m for m in papers if draft.mentions[m].span.end <= span.start + cue.start()]
        subject = before[-1] if before else view.attributions[i].paper
        earlier = before[:-1] or (view.papers(i - 1) if view.same_block(i - 1, i) else [])
        known = [m for m in earlier if subject is not None and view.main[m] != view.main[subject]]
        if subject is not None and len({view.main[m] for m in known}) == 1:
            yield _Found(subject, predicate, known[0], "papers.that", _confidence(text, 0.6))


def _contrast(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "X says which tokens; this paper says which model"."""
    own, draft = view.own[i], view.draft
    text = draft.words(draft.sentences[i].span)
    this = _CONTRAST.search(text)
    if own is None or this is None or not ({";", "while", "whereas"} & set(re.findall(r";|\bwhile\b|\bwhereas\b", text))):
        return
    other = papers[0]
    if draft.mentions[other].span.end <= draft.sentences[i].span.start + this.start():
        yield _Found(own, Predicate.COMPARES_WITH_PAPER, other, "papers.contrast", _confidence(text, 0.7))


def _beside(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """In one paper's own text a sentence that sets one other beside it, in whatever words: the weakest of the rules. Lists of
    papers and asides in parentheses draw threads, and say nothing of the two."""
    own, draft = view.own[i], view.draft
    others = [m for m in papers if view.main[m] != own]
    if own is None or len({view.main[m] for m in others}) != 1 or draft.role_of(i) not in _OWN_ROLES:
        return
    if draft.role_of(i) is not Role.QUICK_HITS and not any(_speaks_of(view, j, own) for j in (i - 1, i, i + 1)):
        return
    before = draft.lower[draft.sentences[i].span.start : draft.mentions[others[0]].span.start]
    listed = any(len(_joined(view, papers, m)) > 1 for m in papers)
    if listed or before.count("(") > before.count(")") or _ANY_FORWARD.search(before):
        return  # a list, an aside, or a cue that the other rules have judged
    yield _Found(own, Predicate.COMPARES_WITH_PAPER, others[0], "papers.beside", 0.4)


def _speaks_of(view: _View, j: int, own: int) -> bool:
    """Whether sentence ``j``, of ``own``'s text, names it, points to it or speaks of two."""
    if not 0 <= j < len(view.own) or view.own[j] != own:
        return False
    return own in {view.main[m] for m in view.papers(j)} or bool(_PAIR.search(view.draft.words(view.draft.sentences[j].span)))


def _same_idea(view: _View, i: int, forward: _Cues) -> Iterator[_Found]:
    """ "X extended the same principle": the other end is what the sentence before was about or named."""
    draft = view.draft
    text = draft.words(draft.sentences[i].span)
    subject = view.attributions[i].paper
    if subject is None or not view.same_block(i - 1, i):
        return
    named = list(dict.fromkeys(view.main[m] for m in view.papers(i - 1)))
    cue = next((cue for predicate, cue in forward if predicate is Predicate.EXTENDS), None)
    if cue and _SAME_IDEA.match(text, cue.end()) and len(named) == 1:
        yield _Found(subject, Predicate.EXTENDS, named[0], "papers.same_idea", _confidence(text, 0.6))
    elif _UNNAMED.search(text):
        for paper in named:
            yield _Found(subject, Predicate.EXTENDS, paper, "papers.unnamed", _confidence(text, 0.5))


def _of_both(view: _View, i: int) -> Iterator[_Found]:
    """ "The two compose.": said of the two papers named last in the block, this text's own paper among them."""
    draft = view.draft
    text = draft.words(draft.sentences[i].span)
    for predicate, pattern in _OF_BOTH:
        if pattern.match(text):
            pair = _last_two(view, i)
            if pair:
                yield _Found(pair[1], predicate, pair[0], "papers.of_both", _confidence(text, 0.65))
            return


def _each_other(view: _View, i: int, papers: list[int]) -> Iterator[_Found]:
    """ "X and Y pull in opposite directions": said of two papers named together."""
    draft, span = view.draft, view.draft.sentences[i].span
    text = draft.words(span)
    for first, second in pairwise(papers):
        joint = _JOINT.fullmatch(draft.text, draft.mentions[first].span.end, draft.mentions[second].span.start)
        if joint is None or joint["link"].strip() == ",":
            continue
        for predicate, pattern in _EACH_OTHER:
            if pattern.match(draft.text, draft.mentions[second].span.end, span.end):
                yield _Found(first, predicate, second, "papers.each_other", _confidence(text, 0.7))


def _last_two(view: _View, i: int) -> tuple[int, int] | None:
    """The two papers that the sentences before ``i`` speak of, the later first; None where they are not two."""
    found: list[int] = []
    for j in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
        if not view.same_block(j, i):
            break
        here = [view.main[m] for m in view.papers(j)]
        own = view.own[j]
        found += [p for p in dict.fromkeys(reversed(here)) if p not in found]
        if own is not None and own not in found:
            found.append(own)
        if len(found) >= 2:
            return found[0], found[1]
    return None
