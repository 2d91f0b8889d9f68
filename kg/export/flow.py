"""The graph as a flow: nodes, then edges, each read from the store when it is asked for.

In memory are the names and weights of nodes and the titles of documents; edges and sentences pass through a sorted spool on
disk. So a file of any size is written with memory that does not grow with its edges, and in an order that the store's own
does not decide.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.export.records import Edge, Node, Sentence
from kg.export.spool import Row, Spool, sort_rows
from kg.graph import vocab
from kg.text import digest

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]")
_STATEMENTS = f"""SELECT ?subject ?property ?object ?confidence ?support ?sentence ?document {{
  GRAPH <{vocab.ENTITIES_GRAPH}> {{
    ?assertion rdf:predicate ?property ; rdf:subject ?subject ; rdf:object ?object ;
      kg:supportCount ?support ; kg:confidence ?confidence ; kg:evidence ?evidence }}
  GRAPH ?document {{ ?evidence kg:exact ?sentence }} }}"""
_DOCUMENTS = """SELECT ?document ?title ?date { GRAPH ?document {
  ?document dcterms:title ?title OPTIONAL { ?document dcterms:issued ?date } } }"""
_FACTS = {
    vocab.SKOS + "prefLabel": "label",
    vocab.SKOS + "altLabel": "aliases",
    vocab.SKOS + "definition": "definition",
    vocab.DCTERMS + "title": "title",
    vocab.KG + "arxivId": "arxiv",
    vocab.KG + "year": "year",
    vocab.KG + "tier": "tier",
    vocab.KG + "topic": "topics",
}
_UNDATED = "~"  # sorts after every date

#: Of an edge in the spool: numbers of its ends, relation, weight, confidence, first date, sentences.
_ENDS, _KEY = itemgetter(0, 1), itemgetter(0, 1, 2)


class Flow:
    """The entities that documents mention or edges join, and the edges between them. Close it, or use it as a context.

    ``left_out`` counts the nodes that ``top`` and ``connected`` removed.
    """

    def __init__(self, store: Store, top: int | None = None, *, connected: bool = False, merged: bool = False) -> None:
        """Args:
        store: an open graph.
        top: keep only so many nodes, those with most edges.
        connected: leave out nodes without an edge.
        merged: make all edges from one node to another one edge.
        """
        from pyoxigraph import NamedNode

        self._store, self._merged = store, merged
        self._entities = NamedNode(vocab.ENTITIES_GRAPH)
        self._dates = _read_documents(store)
        self._kinds = _find_nodes(store)
        self._iris = sorted(self._kinds, key=name_node)
        self._weights = array("q", bytes(8 * len(self._iris)))
        self._edges = Spool()
        for row in _combine(sort_rows(self._read_rows())):
            self._edges.add(row)
            self._weights[row[0]] += 1
            self._weights[row[1]] += 1
        self._kept, self.left_out = self._keep(top, connected)

    def __enter__(self) -> Flow:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._edges.close()

    def __len__(self) -> int:
        """How many nodes there are."""
        return sum(self._kept)

    @property
    def dated(self) -> bool:
        """Whether any document has a date."""
        return any(date for _, date in self._dates.values())

    def links(self) -> Iterator[tuple[int, int, int]]:
        """The edges as the places of their ends among the nodes, with their weights; nothing else is read."""
        place, next_place = array("q", bytes(8 * len(self._iris))), 0
        for n, kept in enumerate(self._kept):
            place[n] = next_place
            next_place += kept
        return ((place[row[0]], place[row[1]], row[3]) for row in self._edges if self._kept[row[0]] and self._kept[row[1]])

    def nodes(self) -> Iterator[Node]:
        """The nodes by id."""
        from pyoxigraph import NamedNode

        topics: dict[str, str] = {}
        for n, iri in enumerate(self._iris):
            if self._kept[n]:
                yield self._read_node(NamedNode(iri), max(1, self._weights[n]), topics)

    def edges(self) -> Iterator[Edge]:
        """The edges by source, target and relation, numbered."""
        inside = (row for row in self._edges if self._kept[row[0]] and self._kept[row[1]])
        if self._merged:
            inside = (_merge_rows(list(rows)) for _, rows in groupby(inside, key=_ENDS))
        source, name = -1, ""
        for n, row in enumerate(inside):
            if row[0] != source:
                source, name = row[0], name_node(self._iris[row[0]])
            yield Edge(
                f"e{n}", name, name_node(self._iris[row[1]]), row[2], row[3], row[4], row[5],
                tuple(Sentence(*sentence) for sentence in row[6]), row[7],
            )  # fmt: skip

    def _keep(self, top: int | None, connected: bool) -> tuple[bytearray, int]:
        numbers = [n for n, weight in enumerate(self._weights) if weight or not connected]
        best = sorted(numbers, key=lambda n: (-max(1, self._weights[n]), n))[:top]
        kept = bytearray(len(self._iris))
        for n in best:
            kept[n] = 1
        return kept, len(numbers) - len(best)

    def _read_rows(self) -> Iterator[Row]:
        """A row for each sentence of each edge: ends, relation, date, document, sentence, weight, confidence."""
        from pyoxigraph import NamedNode

        number = {iri: n for n, iri in enumerate(self._iris)}
        relations: dict[str, str] = {}
        for subject, property_, object_, confidence, support, sentence, document in self._ask(_STATEMENTS):
            source, target = number.get(subject.value), number.get(object_.value)
            if source is None or target is None:
                continue
            relation = relations.get(property_.value) or relations.setdefault(property_.value, _name_relation(property_.value))
            title, date = self._dates.get(document.value, ("", ""))
            weight = max(1, int(support.value))
            yield source, target, relation, date or _UNDATED, title, sentence.value, weight, float(confidence.value)
        for quad in self._store.quads_for_pattern(None, NamedNode(vocab.SKOS + "broader"), None, self._entities):
            source, target = number.get(_text(quad.subject)), number.get(_text(quad.object))
            if source is not None and target is not None:
                yield source, target, "broader", _UNDATED, "", "", 1, -1.0

    def _ask(self, query: str) -> Any:
        return self._store.query(query, prefixes=vocab.PREFIXES)

    def _read_node(self, node: NamedNode, weight: int, topics: dict[str, str]) -> Node:
        facts: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(node, None, None, self._entities):
            if fact := _FACTS.get(quad.predicate.value):
                facts.setdefault(fact, []).append(_text(quad.object))
        for topic in facts.get("topics", ()):
            if topic not in topics:
                topics[topic] = self._label_of(topic)
        one = {fact: min(values) for fact, values in facts.items()}
        documents, first_seen = self._count_mentions(node)
        return Node(
            id=name_node(node.value),
            iri=node.value,
            label=one.get("label") or vocab.entity_id(node.value),
            kind=self._kinds[node.value],
            weight=weight,
            documents=documents,
            first_seen=first_seen,
            aliases=tuple(sorted(facts.get("aliases", ()))),
            topics=tuple(sorted(topics[topic] for topic in facts.get("topics", ()))),
            title=one.get("title", ""),
            arxiv=one.get("arxiv", ""),
            year=int(one["year"]) if "year" in one else None,
            tier=int(one["tier"]) if "tier" in one else None,
            definition=one.get("definition", ""),
        )

    def _label_of(self, iri: str) -> str:
        from pyoxigraph import NamedNode

        quads = self._store.quads_for_pattern(NamedNode(iri), NamedNode(vocab.SKOS + "prefLabel"), None, self._entities)
        return min((_text(quad.object) for quad in quads), default=vocab.entity_id(iri))

    def _count_mentions(self, node: NamedNode) -> tuple[int, str]:
        """How many documents mention a node, and the earliest of their dates."""
        from pyoxigraph import NamedNode

        quads = self._store.quads_for_pattern(None, NamedNode(vocab.KG + "mentions"), node)
        documents = {_text(quad.subject) for quad in quads}
        dates = (self._dates.get(document, ("", ""))[1] for document in documents)
        return len(documents), min((date for date in dates if date), default="")


def name_node(iri: str) -> str:
    """The id of a node in files: an XML name token without slashes, another for every IRI.

    >>> name_node(vocab.entity_iri("task/qa"))
    'task.qa'
    """
    name = vocab.entity_id(iri).replace("/", ".", 1)
    clean = _NOT_NAME.sub("_", name)
    return clean if clean == name else f"{clean}-{digest(iri, 8)}"


def _find_nodes(store: Store) -> dict[str, str]:
    """The kind of each entity that a document mentions or an edge joins, by IRI. The curated vocabulary has many others."""
    from pyoxigraph import NamedNode

    entities = NamedNode(vocab.ENTITIES_GRAPH)
    is_a = NamedNode(vocab.RDF + "type")
    mentions = NamedNode(vocab.KG + "mentions")
    ends = [NamedNode(vocab.RDF + name) for name in ("subject", "object")]
    found: dict[str, str] = {}
    for iri, kind in sorted(vocab.KIND_OF_CLASS.items()):
        for quad in store.quads_for_pattern(None, is_a, NamedNode(iri), entities):
            node: Any = quad.subject
            used = (
                any(True for _ in store.quads_for_pattern(None, mentions, node)),
                *(any(True for _ in store.quads_for_pattern(None, end, node, entities)) for end in ends),
            )
            if any(used):
                found.setdefault(node.value, kind.value)
    return found


def _read_documents(store: Store) -> dict[str, tuple[str, str]]:
    """Title and date of each document by IRI."""
    found: dict[str, tuple[str, str]] = {}
    rows: Any = store.query(_DOCUMENTS, prefixes=vocab.PREFIXES)
    for document, title, date in rows:
        known = found.get(document.value)
        fields = (title.value, date.value if date is not None else "")
        found[document.value] = min(known, fields) if known else fields
    return found


def _combine(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows of each edge as one row: ends, relation, weight, confidence, first date, sentences, count."""
    for (source, target, relation), group in groupby(rows, key=_KEY):
        said = list(group)
        sentences = dict.fromkeys((row[5], row[4], "" if row[3] == _UNDATED else row[3]) for row in said if row[5] or row[4])
        confidence = max(row[7] for row in said)
        first = next((row[3] for row in said if row[3] != _UNDATED), "")
        weight = max(row[6] for row in said)
        yield source, target, relation, weight, None if confidence < 0 else confidence, first, tuple(sentences), 1


def _merge_rows(rows: list[Row]) -> Row:
    """All edges from one node to another as one."""
    if len(rows) == 1:
        return rows[0]
    confidence = max((row[4] for row in rows if row[4] is not None), default=None)
    first = min((row[5] for row in rows if row[5]), default="")
    sentences = dict.fromkeys(sentence for row in rows for sentence in row[6])
    ordered = sorted(sentences, key=lambda sentence: (sentence[2] or _UNDATED, sentence[1], sentence[0]))
    relation = "|".join(row[2] for row in rows)
    return (*rows[0][:2], relation, sum(row[3] for row in rows), confidence, first, tuple(ordered), len(rows))


def _name_relation(iri: str) -> str:
    return re.sub(r"^.*[#/]", "", iri)


def _text(term: Any) -> str:
    return str(getattr(term, "value", ""))
