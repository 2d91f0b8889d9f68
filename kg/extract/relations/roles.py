"""What a paper does with a term: introduces, uses, compares with, addresses, evaluates on, measures.

Sights are asked in the order in which they proved right on digests read by hand: the grammar of naming ("proposes X, a ...",
"which the authors call X"), cues of comparison, the model's reading where it is sure, any other cue in the term's clause, the
model's reading, and for kinds that tell it by themselves the kind. What another paper is named after is at most compared with.
Terms tie to the paper that their sentence is about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.draft import Draft
from kg.extract.relations import role_cues as cues
from kg.extract.subjects import PAPERS, attribute_sentences
from kg.extract.terms.coined import is_coined
from kg.extract.terms.recognizer import TermGuess
from kg.model import TERM_KINDS, BlockKind, Kind, Predicate, Relation, Role, Span
from kg.text import fold

_REACH = 90  # characters between a cue and its term
_SILENT_ROLES = frozenset({Role.PULSE, Role.FURNITURE, Role.PREDICTIONS})
_LONG_ROLES = frozenset({Role.BODY, Role.DEEP_DIVE})
_COMMON = frozenset({Kind.TECHNIQUE, Kind.CONCEPT, Kind.PROBLEM, Kind.TASK, Kind.METRIC})
_NO_RELATIONS = frozenset({BlockKind.META, BlockKind.CODE, BlockKind.DIAGRAM})
_SURE, _VERY_SURE = 0.6, 0.8  # of the model
_FRONT = 8  # sentences of a page in which a paper's own parts are first named

Parts = Mapping[int, str]
_Verdict = tuple[Predicate, str, float] | None


@dataclass(frozen=True, slots=True)
class _View:
    """What the rules need to know of a document, read once."""

    draft: Draft
    modelled: bool
    parts: Parts
    names: Mapping[int, str]  # of papers
    entries: frozenset[int]  # papers with a text of their own here
    counts: Mapping[str, int]  # how often each name stands in the document

    def once(self, term: int) -> bool:
        """Whether a term stands in the document only here."""
        return self.counts[fold(self.draft.mentions[term].name)] == 1


@dataclass(frozen=True, slots=True)
class _Sight:
    """A term in its sentence."""

    sentence: Span
    term: int
    paper: int
    others: set[int]  # papers that the words of the term name
    guess: TermGuess | None
    late: bool  # deep in a long page of one paper
    hypothetical: bool  # the sentence asserts nothing
    passing: bool  # named once, deep in a long text, and not known to the field


def find_relations(draft: Draft, guesses: Mapping[int, TermGuess], parts: Parts | None = None) -> None:
    """Adds the paper-to-term relations. ``guesses`` are what the model saw at the places of terms and ``parts`` the parts of
    speech by offset; both are empty without a model."""
    known = {(r.subject, r.object) for r in draft.relations}
    names = {p.mention: p.name for p in draft.papers}
    entries = frozenset(p.mention for p in draft.papers if p.entry)
    counts = Counter(fold(m.name) for m in draft.mentions if m.kind in TERM_KINDS)
    view = _View(draft, bool(guesses), parts or {}, names, entries, counts)
    told: dict[int, int] = defaultdict(int)
    found: list[Relation] = []
    for index, about in enumerate(attribute_sentences(draft)):
        role = draft.role_of(index)
        if about.paper is None or draft.block_of(index).kind in _NO_RELATIONS or role in _SILENT_ROLES:
            continue
        sentence = draft.sentences[index].span
        told[about.paper] += 1
        terms = draft.mentions_in(sentence, TERM_KINDS)
        hypothetical = bool(terms) and cues.HYPOTHETICAL.search(draft.lower, sentence.start, sentence.end) is not None
        for term in terms:
            others = _named_papers(draft, term)
            if (about.paper, term) in known or about.paper in others:  # the paper's own system is named like it
                continue
            deep = told[about.paper] > _FRONT
            mention = draft.mentions[term]
            passing = deep and role in _LONG_ROLES and not mention.concept and mention.kind in _COMMON and view.once(term)
            late = deep and role is Role.BODY
            sight = _Sight(sentence, term, about.paper, others, guesses.get(mention.span.start), late, hypothetical, passing)
            verdict = _relate(view, sight)
            if verdict:
                predicate, rule, confidence = verdict
                found.append(Relation(about.paper, predicate, term, index, rule, confidence))
    _drop_headlines(draft, found)
    draft.relations += _agree(draft, found)


def _agree(draft: Draft, found: list[Relation]) -> list[Relation]:
    """Where the words say that a paper introduces a thing, nothing else is kept of the two; and of a paper whose own thing has
    a name, what no more than describes it ("a new decoding framework") is not another thing that it introduces."""
    own = {r.subject for r in (*draft.relations, *found) if r.predicate is Predicate.INTRODUCES and _is_named(draft, r)}
    settled = [_describe(draft, r) if r.subject in own else r for r in found]
    coined = {_pair(draft, r) for r in settled if r.rule in ("relation.coined", "relation.called")}
    return [r for r in settled if r.predicate is Predicate.INTRODUCES or _pair(draft, r) not in coined]


def _drop_headlines(draft: Draft, found: list[Relation]) -> None:
    """Takes back that a paper introduces what its title opens with, "Look Twice: Reusing Prefixes", where its text gives the
    thing a made-up name."""
    coined = {
        r.subject
        for r in found
        if r.predicate is Predicate.INTRODUCES and r.confidence >= _VERY_SURE and is_coined(draft.mentions[r.object].name)
    }
    titles = {p.mention: p.title for p in draft.papers if p.mention in coined}

    def is_headline(r: Relation) -> bool:
        name = draft.mentions[r.object].name
        if r.rule != "named.paper" or r.subject not in titles or any(is_coined(word) for word in name.split()):
            return False
        return titles[r.subject].startswith(f"{name}: ")

    draft.relations[:] = [r for r in draft.relations if not is_headline(r)]


def _is_named(draft: Draft, relation: Relation) -> bool:
    """Whether the object is called by a name: it has a capital, not only the one that a sentence begins with."""
    mention = draft.mentions[relation.object]
    if any(c.isupper() for c in mention.name[1:]):
        return True
    return mention.name[:1].isupper() and mention.span.start > draft.sentences[relation.sentence].span.start + 3


def _describe(draft: Draft, relation: Relation) -> Relation:
    """A relation to words that say what kind of thing a paper introduces: they tell what it uses."""
    sure = relation.rule == "relation.called" or (relation.rule == "relation.model" and relation.confidence >= _VERY_SURE)
    if relation.predicate is not Predicate.INTRODUCES or sure or _is_named(draft, relation):
        return relation
    kind = draft.mentions[relation.object].kind
    return replace(relation, predicate=cues.BY_KIND[kind], rule="relation.described", confidence=0.4)


def _pair(draft: Draft, relation: Relation) -> tuple[int, str]:
    return relation.subject, fold(draft.mentions[relation.object].name)


def _named_papers(draft: Draft, term: int) -> set[int]:
    """The papers that the words of a term name."""
    span = draft.mentions[term].span
    return {draft.paper_of(i) for i in draft.mentions_in(span, PAPERS) if draft.mentions[i].span == span}


def _relate(view: _View, sight: _Sight) -> _Verdict:
    """The predicate between a paper and a term, the rule that saw it, and how sure that is."""
    mention = view.draft.mentions[sight.term]
    cue = _cue(view.draft, sight.sentence, mention.span, view.parts)
    others = sight.others
    if others & view.entries:
        return (cue, "relation.cue", 0.7) if cue is Predicate.COMPARES_WITH else None
    if cue is _DENIED:
        instead = cues.INSTEAD.search(
            view.draft.lower, max(sight.sentence.start, mention.span.start - _REACH), mention.span.start
        )
        return (Predicate.COMPARES_WITH, "relation.denied", 0.4) if instead else None
    if not others and (rule := _coined_by(view, sight)):
        return Predicate.INTRODUCES, rule, 0.85
    if sight.passing and cue is not Predicate.COMPARES_WITH:
        return None
    allowed = cues.ALLOWED[mention.kind]
    if mention.concept or sight.late or others:
        allowed -= {Predicate.INTRODUCES}  # what the whole field knows is not new; a paper's own name was seen before
    said = cue if isinstance(cue, Predicate) and cue in allowed and not sight.hypothetical else None
    return _weigh(sight.guess, allowed, said) or (None if others else _by_kind(view, sight, mention.kind))


def _weigh(guess: TermGuess | None, allowed: frozenset[Predicate], said: Predicate | None) -> _Verdict:
    """The better of what a cue says and what the model sees."""
    seen = guess.role if guess is not None and guess.role in allowed else None
    score = guess.role_score if guess is not None else 0.0
    if seen is None or (said is not None and score < _SURE) or (said is Predicate.COMPARES_WITH and score < _VERY_SURE):
        return (said, "relation.cue", 0.7) if said is not None else None
    return seen, "relation.model", round(min(0.95, score), 2)


def _by_kind(view: _View, sight: _Sight, kind: Kind) -> _Verdict:
    """What a term of a kind usually is to a paper, where the model saw some role for it or the kind alone tells it."""
    role = sight.guess.role if sight.guess is not None else None
    if sight.hypothetical or (view.modelled and role is None and kind not in cues.TELLING):
        return None
    return cues.BY_KIND[kind], "relation.kind", 0.4


def _coined_by(view: _View, sight: _Sight) -> str:
    """The rule by which the words give the term its name here, or name it after the paper's own system, "X-7B" of the paper X;
    "" where they do not."""
    mention, text = view.draft.mentions[sight.term], view.draft.text
    before = view.draft.lower[max(sight.sentence.start, mention.span.start - _REACH) : mention.span.start]
    if cues.CALLED.search(before, 0, len(before)) and cues.CALLED_END.match(text, mention.span.end):
        return "relation.called"
    if cues.MADE.search(before) and mention.kind is not Kind.METRIC:
        made = any(c.isupper() for c in mention.name) or cues.DEFINED.match(text, mention.span.end) is not None
        return "relation.coined" if made else ""
    if cues.OWN.search(before) and not mention.concept and any(c.isupper() for c in mention.name):
        return "relation.coined"
    own = view.names.get(sight.paper, "")
    named = mention.kind is Kind.MODEL and bool(own) and mention.name.startswith((own + "-", own + " "))
    return "relation.coined" if named else ""


_DENIED = object()


def _cue(draft: Draft, sentence: Span, term: Span, parts: Parts) -> object:
    """The predicate that the words around a term tell, ``_DENIED`` where they deny it, else None."""
    text, lower = draft.text, draft.lower
    for predicate, pattern in cues.BEHIND:
        if pattern.match(lower, term.end, min(sentence.end, term.end + 40)):
            return predicate
    start = max(sentence.start, term.start - _REACH)
    for broken in cues.BREAK.finditer(text, start, term.start):
        start = broken.end()
    if _is_subject(text, sentence, term, parts):
        for opened in cues.OPENS_CLAUSE.finditer(lower, start, term.start):
            start = opened.end()
    before = lower[start : term.start]
    if cues.DENIED.search(before):
        return _DENIED
    best: tuple[int, Predicate | None] = (-1, None)
    for predicate, pattern in cues.BEFORE:
        for m in pattern.finditer(before):
            if m.end() > best[0]:
                best = (m.end(), predicate)
    return best[1]


def _is_subject(text: str, sentence: Span, term: Span, parts: Parts) -> bool:
    """Whether a verb follows the term, which then is the subject of a clause of its own."""
    after = term.end
    while after < min(sentence.end, term.end + 2) and not text[after].isalnum():
        after += 1
    return parts.get(after) in cues.FINITE
