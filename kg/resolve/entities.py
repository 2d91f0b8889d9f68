"""A cluster of names -> an Entity: its id, the name people know it by, its other names, and a paper's facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Concept, Entity, Kind, Merge, PaperFacts
from kg.resolve.clusters import Cluster, Vocabulary
from kg.resolve.names import Form, Tally, add_up
from kg.text import digest, fold, slug

#: Which kind wins when a name was seen as several equally often: the more telling one.
_TELLING = (Kind.BENCHMARK, Kind.MODEL, Kind.METRIC, Kind.HARDWARE, Kind.TECHNIQUE, Kind.PROBLEM, Kind.TASK, Kind.CONCEPT)


@dataclass(slots=True)
class Entities:
    """What clusters are in the world."""

    by_id: dict[str, Entity] = field(default_factory=dict)
    of_name: dict[int, str] = field(default_factory=dict)  # the entity of each name, by the name's number
    merges: set[Merge] = field(default_factory=set)
    named: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    # by the number of a paper's first name: the ids of its venue and topics, each with the words that it has there

    def add(self, entity: Entity, key: str) -> Entity:
        """Two different things that would get one id are told apart by a hash of their key."""
        if entity.id in self.by_id:
            entity = replace(entity, id=f"{entity.id}-{digest(key, 6)}")
        self.by_id[entity.id] = entity
        return entity


def build_entities(clusters: Iterable[Cluster], vocabulary: Vocabulary) -> Entities:
    """The entities of clusters, which entity each name means, and the reasons of all merges. Venues, topics and broader
    concepts that they point at are not among them, see :func:`refer_entity`."""
    built = Entities()
    for cluster in sorted(clusters, key=_key):
        if cluster.members[0].name.family == Kind.PAPER:
            entity, named = _paper(cluster, vocabulary)
            entity = built.add(entity, fold(entity.title or entity.label))
            if named:
                built.named[cluster.members[0].number] = named
        else:
            entity = _term(cluster, built, vocabulary)
        for member in cluster.members:
            built.of_name[member.number] = entity.id
        built.merges.update(Merge(entity.id, *merge) for merge in cluster.merges)
    return built


def refer_entity(id_: str, vocabulary: Vocabulary, named: Mapping[str, Iterable[str]]) -> Entity | None:
    """The entity of a venue, topic or broader concept that no mention names; none where nothing is known of it.

    Args:
        named: by id, the words that papers have for it.
    """
    if concept := vocabulary.concepts.get(id_):
        return _of_concept(concept)
    words = min(named.get(id_, ()), default="")
    return Entity(id_, Kind(id_.partition("/")[0]), words) if words else None


def add_referred(entities: dict[str, Entity], vocabulary: Vocabulary, named: Mapping[str, Iterable[str]]) -> None:
    """Adds the venues, topics and broader concepts that ``entities`` point at, up to the top."""
    open_ids = [id_ for e in entities.values() for id_ in refers_to(e)]
    while open_ids:
        id_ = open_ids.pop()
        if id_ not in entities and (entity := refer_entity(id_, vocabulary, named)):
            entities[id_] = entity
            open_ids += refers_to(entity)


def refers_to(entity: Entity) -> tuple[str, ...]:
    """The ids of the entities that one points at."""
    return (*entity.broader, *entity.topics, *((entity.venue,) if entity.venue else ()))


def _key(cluster: Cluster) -> tuple[int, str, object]:
    """Order of naming: clusters with a curated concept first, then by name."""
    least = min(fold(form.name) for member in cluster.members for form in member.name.forms)
    return (0 if cluster.concept else 1, cluster.concept or least, cluster.members[0].name)


# ----------------------------------------------------------------------------------------------------------------- terms


def _term(cluster: Cluster, built: Entities, vocabulary: Vocabulary) -> Entity:
    tally: dict[Form, Tally] = {}
    for member in cluster.members:
        add_up(tally, member.tally)
    surfaces: Counter[str] = Counter()
    for form, (n, _) in tally.items():
        surfaces[form.name] += n
    concept = vocabulary.concepts.get(cluster.concept)
    if concept is not None:
        if concept.id in built.by_id:
            return built.by_id[concept.id]
        known = {fold(concept.label), *map(fold, concept.aliases)}
        seen = tuple(s for s in surfaces if fold(s) not in known)
        entity = _of_concept(concept, seen)
        if concept.kind is Kind.BENCHMARK:  # whose users know it by the short name: NQ, ARC
            usual = min(surfaces, key=lambda s: (-surfaces[s], s != concept.label, s))
            entity = replace(entity, label=usual, aliases=tuple(sorted({*entity.aliases, concept.label} - {usual})))
        return built.add(entity, concept.id)
    kind = _kind(tally)
    label = _label(surfaces)
    others = {fold(s): s for s in sorted(surfaces, key=lambda s: (-surfaces[s], s), reverse=True)}
    aliases = tuple(sorted(s for f, s in others.items() if s != label and f != fold(label)))
    return built.add(Entity(f"{kind.value}/{slug(label)}", kind, label, aliases), fold(label))


def _of_concept(concept: Concept, seen: Sequence[str] = ()) -> Entity:
    aliases = tuple(sorted({*concept.aliases, *seen} - {concept.label}))
    return Entity(
        concept.id, concept.kind, concept.label, aliases, curated=True, broader=concept.broader, definition=concept.definition
    )


def _kind(tally: Mapping[Form, Tally]) -> Kind:
    weight: Counter[Kind] = Counter()
    for form, (_, millionths) in tally.items():
        weight[form.kind] += millionths
    order = {k: i for i, k in enumerate(_TELLING)}
    return min(weight, key=lambda k: (-weight[k], order.get(k, 99), k.value))


def _label(surfaces: Counter[str]) -> str:
    """The name to show: written out rather than an acronym, small initial rather than the capital of a sentence's start, often
    rather than rarely."""

    def rank(s: str) -> tuple[bool, int, bool, int, str]:
        acronym = len(s) <= 6 and sum(c.isupper() for c in s) >= 2 and " " not in s
        capital = s[:1].isupper() and s[1:2].islower() and " " in s
        return (acronym, -surfaces[s], capital, -len(s), s)

    return min(surfaces, key=rank)


# ---------------------------------------------------------------------------------------------------------------- papers


def _paper(cluster: Cluster, vocabulary: Vocabulary) -> tuple[Entity, tuple[tuple[str, str], ...]]:
    """The entity of a paper, and what its venue and topics are called."""
    facts = [paper for member in cluster.members for paper, _ in member.facts]
    first = _best(facts)
    label = first.name if first else cluster.members[0].name.forms[0].name
    title = next((f.title for f in facts if f.title), "")
    arxiv_id = next((f.arxiv_id for f in facts if f.arxiv_id), "")
    names = {fold(n): n for f in reversed(facts) for n in (*f.aliases, f.name, f.title) if n}
    aliases = tuple(sorted(n for k, n in names.items() if n != label and n != title and k != fold(label)))
    venue = next((f.venue for f in facts if f.venue), "")
    topics = {(_id_of(Kind.TOPIC, topic, vocabulary), topic) for f in facts for topic in f.topics}
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
        venue=_id_of(Kind.VENUE, venue, vocabulary) if venue else "",
        award=next((f.award for f in facts if f.award), ""),
        tier=next((f.tier for f in facts if f.tier is not None), None),
        topics=tuple(sorted({id_ for id_, _ in topics})),
        first_seen=min((f.first_seen for f in facts if f.first_seen), default=None),
    )
    return entity, tuple(sorted(topics | ({(entity.venue, venue)} if venue else set())))


def _best(facts: Sequence[PaperFacts]) -> PaperFacts | None:
    """The statement whose name is shown: of an entry, short rather than a title, then by name."""
    return min(facts, key=lambda f: (not f.entry, f.name == f.title, len(f.name), f.name), default=None)


def _year_of(arxiv_id: str) -> int | None:
    """New-style arXiv ids begin with the year and month of submission."""
    return 2000 + int(arxiv_id[:2]) if arxiv_id else None


def _id_of(kind: Kind, name: str, vocabulary: Vocabulary) -> str:
    """The id of a venue or topic."""
    return vocabulary.labels.get((kind, fold(name))) or f"{kind.value}/{slug(name)}"
