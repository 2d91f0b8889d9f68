"""Papers, terms and institutions, and what ties papers to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import TERM_KINDS, Kind, Predicate
from kg.score.facts import Facts, fold_name, fold_names, match_names
from kg.score.gold import Gold, GoldName, GoldPaper, GoldTerm
from kg.score.layer import Card, Layer

#: Roles as the gold writes them.
ROLES = {
    Predicate.INTRODUCES: "introduces",
    Predicate.USES: "uses",
    Predicate.COMPARES_WITH: "compares_with",
    Predicate.ADDRESSES: "addresses",
    Predicate.EVALUATES_ON: "evaluates_on",
    Predicate.MEASURES: "measures",
}
#: Kinds that two careful readers give to one term as often as not.
_ALIKE = ({"method", "concept"}, {"dataset", "benchmark"})
_ROLE_LAYERS = ("paper-technique (any)", "paper-technique (typed)", "introduces")
#: A paper, a role, and a term: its place in the gold, or the entity where the gold does not know it.
_Role = tuple[str, str, str | int]
_KIND_WORDS = {Kind.TECHNIQUE: "method"}


@dataclass(frozen=True, slots=True)
class Matched:
    """Which entity is which paper of the gold (by its id), with the words to show for both."""

    facts: Facts
    paper_of: Mapping[str, str]  # entity -> id of the gold's paper
    names: Mapping[str, str]  # id of the gold's paper -> its name

    def paper(self, entity: str | None) -> str | None:
        """The gold's id of a paper, or the entity itself where the gold does not know it."""
        return None if entity is None else self.paper_of.get(entity, entity)

    def show(self, paper: str | None) -> str:
        return "no paper" if paper is None else self.names.get(paper) or self.facts.label(paper)


def score_papers(gold: Gold, facts: Facts, card: Card) -> Matched:
    """Papers, their arXiv ids and titles. Gives back which paper is which, for all other layers."""
    found = facts.of_kinds({Kind.PAPER})
    keyed = {i: names | _arxiv_name(facts.entities[i].arxiv_id) for i, names in found.items()}
    pairs = match_names([_paper_names(paper) for paper in gold.papers], keyed)
    surplus = [facts.label(entity) for entity in found if entity not in pairs.values()]
    for name, asked in (("papers (own entry)", [p.entry for p in gold.papers]), ("papers (all)", [True] * len(gold.papers))):
        layer = card[name] = Layer()
        for index, paper in enumerate(gold.papers):
            if asked[index]:
                layer.judge(paper.name, index in pairs)
        layer.predict(len(pairs), surplus)
    _score_arxiv_ids(gold, facts, pairs, card)
    titles = card["exact titles"] = Layer()
    for index, paper in enumerate(gold.papers):
        if paper.title:
            entity = pairs.get(index, "")
            right = fold_name(paper.title) in found.get(entity, set())
            titles.judge_attribute(f"{paper.title} (here: {facts.entities[entity].title if entity else 'no paper'})", right)
    return Matched(facts, {e: gold.papers[i].id for i, e in pairs.items()}, {p.id: p.name for p in gold.papers})


def _score_arxiv_ids(gold: Gold, facts: Facts, pairs: Mapping[int, str], card: Card) -> None:
    layer = card["arXiv ids"] = Layer()
    for index, paper in enumerate(gold.papers):
        if paper.arxiv:
            entity = pairs.get(index)
            layer.judge(f"{paper.arxiv} {paper.name}", entity is not None and facts.entities[entity].arxiv_id == paper.arxiv)
    known = {paper.arxiv for paper in gold.papers}
    ids = [(e.arxiv_id, e.label) for e in facts.entities.values() if e.arxiv_id]
    layer.predict(sum(i in known for i, _ in ids), (f"{i} {label}" for i, label in ids if i not in known))


def _paper_names(paper: GoldPaper) -> set[str]:
    return fold_names((paper.name, paper.title, *paper.aliases)) | _arxiv_name(paper.arxiv)


def _arxiv_name(arxiv_id: str | None) -> set[str]:
    return {f"arxiv:{arxiv_id}"} if arxiv_id else set()


def score_terms(gold: Gold, matched: Matched, card: Card) -> None:
    """Techniques and the other kinds of concept, and their roles for papers. A term that no paper is tied to is optional."""
    facts = matched.facts
    found = facts.of_kinds(TERM_KINDS)
    pairs = match_names([_term_names(term) for term in gold.techniques], found)
    tied = {fold_name(name) for _, _, name in gold.paper_technique}
    layer = card["techniques"] = Layer()
    kinds = card["technique kinds"] = Layer()
    for index, term in enumerate(gold.techniques):
        if _term_names(term) & tied:
            layer.judge(term.name, index in pairs)
        if index in pairs:
            kind = facts.entities[pairs[index]].kind
            kinds.judge_attribute(f"{term.name} is a {term.kind} (here: {kind})", _same_kind(term.kind, kind))
    layer.predict(len(pairs), (facts.label(entity) for entity in found if entity not in pairs.values()))
    _score_roles(gold, matched, {entity: index for index, entity in pairs.items()}, card)


def _term_names(term: GoldTerm | GoldName) -> set[str]:
    return fold_names((term.name, *term.aliases))


def _same_kind(gold: str, kind: Kind) -> bool:
    word = _KIND_WORDS.get(kind, kind.value)
    return word == gold or any({word, gold} <= alike for alike in _ALIKE)


def _score_roles(gold: Gold, matched: Matched, term_of: Mapping[str, int], card: Card) -> None:
    by_name = {name: index for index, term in enumerate(gold.techniques) for name in _term_names(term)}
    want: set[_Role] = {(p, role, by_name[fold_name(t)]) for p, role, t in gold.paper_technique if fold_name(t) in by_name}
    edges = [(e.subject, ROLES[e.predicate], e.object) for e in matched.facts.kb.edges if e.predicate in ROLES]
    got: set[_Role] = {(matched.paper_of.get(s, s), role, term_of.get(o, o)) for s, role, o in edges}

    def show(tie: _Role) -> str:
        paper, role, term = tie
        name = gold.techniques[term].name if isinstance(term, int) else matched.facts.label(term)
        return f"{matched.show(paper)} {role} {name}"

    any_role, typed, introduces = (card.setdefault(name, Layer()) for name in _ROLE_LAYERS)
    any_role.compare({(p, "and", t) for p, _, t in want}, {(p, "and", t) for p, _, t in got}, show)
    typed.compare(want, got, show)
    introduces.compare({x for x in want if x[1] == "introduces"}, {x for x in got if x[1] == "introduces"}, show)


def score_institutions(gold: Gold, matched: Matched, card: Card) -> None:
    """Institutions, and which papers come from them."""
    facts = matched.facts
    found = facts.of_kinds({Kind.INSTITUTION})
    pairs = match_names([_term_names(name) for name in gold.institutions], found)
    layer = card["institutions"] = Layer()
    for index, name in enumerate(gold.institutions):
        layer.judge(name.name, index in pairs)
    layer.predict(len(pairs), (facts.label(entity) for entity in found if entity not in pairs.values()))
    by_name = {name: index for index, x in enumerate(gold.institutions) for name in _term_names(x)}
    index_of = {entity: index for index, entity in pairs.items()}
    want: set[tuple[str, str | int]] = {
        (p, by_name[fold_name(n)]) for p, n in gold.paper_institution if fold_name(n) in by_name
    }
    edges = [(e.subject, e.object) for e in facts.kb.edges if e.predicate is Predicate.AFFILIATED_WITH]
    got: set[tuple[str, str | int]] = {(matched.paper_of.get(s, s), index_of.get(o, o)) for s, o in edges}

    def show(pair: tuple[str, str | int]) -> str:
        place = pair[1]
        name = gold.institutions[place].name if isinstance(place, int) else facts.label(place)
        return f"{matched.show(pair[0])} from {name}"

    card.setdefault("paper-institution", Layer()).compare(want, got, show)
