"""A cluster of mentions -> an Entity: its id, the name people know it by, its other names, and a paper's facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Concept, Entity, Kind, Mention, Merge, PaperFacts
from kg.resolve.clusters import Clusters, Ref
from kg.text import digest, fold, slug

#: Which kind wins when a name was seen as several equally often: the more telling one.
_TELLING = (Kind.BENCHMARK, Kind.MODEL, Kind.METRIC, Kind.HARDWARE, Kind.TECHNIQUE, Kind.PROBLEM, Kind.TASK, Kind.CONCEPT)


@dataclass(slots=True)
class _Registry:
    """Entities by id; two different things that would get one id are told apart by a hash of their key."""

    by_id: dict[str, Entity] = field(default_factory=dict)

    def add(self, entity: Entity, key: str) -> Entity:
        if entity.id in self.by_id:
            entity = replace(entity, id=f"{entity.id}-{digest(key, 6)}")
        self.by_id[entity.id] = entity
        return entity


def build_entities(
    clusters: Clusters, concepts: Sequence[Concept]
) -> tuple[tuple[Entity, ...], dict[Ref, str], tuple[Merge, ...]]:
    """The entities of all clusters, which entity each mention means, and the reasons of all merges."""
    curated = {c.id: c for c in concepts}
    by_name = {(c.kind, fold(c.label)): c.id for c in concepts}
    registry = _Registry()
    entity_of: dict[Ref, str] = {}
    for root, members in sorted(clusters.members.items(), key=lambda kv: _key(clusters, kv[0], kv[1])):
        mentions = [clusters.mention[r] for r in members]
        if root in clusters.facts or mentions[0].kind is Kind.PAPER:
            entity = _paper(clusters, root, mentions, registry, by_name, curated)
        else:
            entity = _term(mentions, curated, registry, clusters.concept[root])
        for ref in members:
            entity_of[ref] = entity.id
    _add_broader(registry, curated)
    return tuple(registry.by_id[i] for i in sorted(registry.by_id)), entity_of, _merges(clusters, entity_of)


def _merges(clusters: Clusters, entity_of: Mapping[Ref, str]) -> tuple[Merge, ...]:
    """The reasons for which different names, or papers of one id, came together."""
    found = set()
    for join in clusters.joins:
        a, b = sorted((clusters.mention[join.a].name, clusters.mention[join.b].name))
        if a != b or join.reason == "same arXiv id":
            found.add(Merge(entity_of[join.a], a, b, join.reason))
    return tuple(sorted(found, key=lambda m: (m.entity, m.a, m.b, m.reason)))


def _key(clusters: Clusters, root: Ref, members: list[Ref]) -> tuple[int, str, Ref]:
    """Order of naming: clusters with a curated concept first, then by name, so that ids do not depend on document order."""
    mentions = [clusters.mention[r] for r in members]
    concept = clusters.concept[root]
    return (0 if concept else 1, concept or min(fold(m.name) for m in mentions), root)


# ----------------------------------------------------------------------------------------------------------------- terms


def _term(mentions: Sequence[Mention], curated: Mapping[str, Concept], registry: _Registry, known_as: str) -> Entity:
    surfaces = Counter(" ".join(m.name.split()) for m in mentions)
    if known_as in curated:
        concept = curated[known_as]
        if concept.id in registry.by_id:
            return registry.by_id[concept.id]
        known = {fold(concept.label), *map(fold, concept.aliases)}
        seen = tuple(s for s in surfaces if fold(s) not in known)
        entity = _of_concept(concept, seen)
        if concept.kind is Kind.BENCHMARK:  # whose users know it by the short name: NQ, ARC
            usual = min(surfaces, key=lambda s: (-surfaces[s], s != concept.label, s))
            entity = replace(entity, label=usual, aliases=tuple(sorted({*entity.aliases, concept.label} - {usual})))
        return registry.add(entity, concept.id)
    kind = _kind(mentions)
    label = _label(surfaces)
    others = {fold(s): s for s in sorted(surfaces, key=lambda s: (-surfaces[s], s), reverse=True)}
    aliases = tuple(sorted(s for f, s in others.items() if s != label and f != fold(label)))
    return registry.add(Entity(f"{kind.value}/{slug(label)}", kind, label, aliases), fold(label))


def _of_concept(concept: Concept, seen: Sequence[str] = ()) -> Entity:
    aliases = tuple(sorted({*concept.aliases, *seen} - {concept.label}))
    return Entity(
        concept.id, concept.kind, concept.label, aliases, curated=True, broader=concept.broader, definition=concept.definition
    )


def _kind(mentions: Sequence[Mention]) -> Kind:
    weight: dict[Kind, float] = defaultdict(float)
    for m in mentions:
        weight[m.kind] += m.confidence
    order = {k: i for i, k in enumerate(_TELLING)}
    return min(weight, key=lambda k: (-round(weight[k], 6), order.get(k, 99), k.value))


def _label(surfaces: Counter[str]) -> str:
    """The name to show: written out rather than an acronym, small initial rather than the capital of a sentence's start, often
    rather than rarely."""

    def rank(s: str) -> tuple[bool, int, bool, int, str]:
        acronym = len(s) <= 6 and sum(c.isupper() for c in s) >= 2 and " " not in s
        capital = s[:1].isupper() and s[1:2].islower() and " " in s
        return (acronym, -surfaces[s], capital, -len(s), s)

    return min(surfaces, key=rank)


def _add_broader(registry: _Registry, curated: Mapping[str, Concept]) -> None:
    """The broader concepts of known entities stand in the graph too, up to the top."""
    open_ids = [b for e in registry.by_id.values() for b in e.broader]
    while open_ids:
        concept = curated.get(open_ids.pop())
        if concept is not None and concept.id not in registry.by_id:
            registry.by_id[concept.id] = _of_concept(concept)
            open_ids += concept.broader


# ---------------------------------------------------------------------------------------------------------------- papers


def _paper(
    clusters: Clusters,
    root: Ref,
    mentions: Sequence[Mention],
    registry: _Registry,
    by_name: Mapping[tuple[Kind, str], str],
    curated: Mapping[str, Concept],
) -> Entity:
    facts = [f for _, f in clusters.facts.get(root, [])]
    first = _best(facts)
    label = first.name if first else " ".join(mentions[0].name.split())
    title = next((f.title for f in facts if f.title), "")
    arxiv_id = next((f.arxiv_id for f in facts if f.arxiv_id), "")
    names = {fold(n): n for f in reversed(facts) for n in (*f.aliases, f.name, f.title) if n}
    aliases = tuple(sorted(n for k, n in names.items() if n != label and n != title and k != fold(label)))
    venue = next((f.venue for f in facts if f.venue), "")
    tail = f"arxiv-{arxiv_id}" if arxiv_id else slug(title or label)
    entity = Entity(
        id=f"paper/{tail}",
        kind=Kind.PAPER,
        label=label,
        aliases=aliases,
        title=title,
        arxiv_id=arxiv_id,
        url=next((f.url for f in facts if f.url), ""),
        year=next((f.year for f in facts if f.year), None) or _year_of(arxiv_id),
        venue=_named(registry, Kind.VENUE, venue, by_name, curated) if venue else "",
        award=next((f.award for f in facts if f.award), ""),
        tier=next((f.tier for f in facts if f.tier is not None), None),
        topics=tuple(sorted({_named(registry, Kind.TOPIC, t, by_name, curated) for f in facts for t in f.topics})),
        first_seen=min((f.first_seen for f in facts if f.first_seen), default=None),
    )
    return registry.add(entity, fold(title or label))


def _best(facts: Sequence[PaperFacts]) -> PaperFacts | None:
    """The statement whose name is shown: of an entry, short rather than a title, then by name."""
    return min(facts, key=lambda f: (not f.entry, f.name == f.title, len(f.name), f.name), default=None)


def _year_of(arxiv_id: str) -> int | None:
    """New-style arXiv ids begin with the year and month of submission."""
    return 2000 + int(arxiv_id[:2]) if arxiv_id else None


def _named(
    registry: _Registry, kind: Kind, name: str, by_name: Mapping[tuple[Kind, str], str], curated: Mapping[str, Concept]
) -> str:
    """The id of a venue or topic, made an entity on first sight."""
    known = by_name.get((kind, fold(name)))
    entity = _of_concept(curated[known]) if known else Entity(f"{kind.value}/{slug(name)}", kind, name)
    return registry.by_id.setdefault(entity.id, entity).id
