"""The graph in a temporary SQLite database, which joins and sorts it with memory that does not grow.

The parts of the graph are read from the store in one scan each: joining sentences to statements there, one look-up a
statement, takes longer than all else that an export does.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.graph import vocab
from kg.text import digest

if TYPE_CHECKING:
    from pyoxigraph import Store

_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]")
_ENTITIES = f"GRAPH <{vocab.ENTITIES_GRAPH}>"
_STATEMENTS = f"""SELECT ?subject ?property ?object ?support ?confidence ?evidence {{ {_ENTITIES} {{
  ?assertion rdf:predicate ?property ; rdf:subject ?subject ; rdf:object ?object ;
    kg:supportCount ?support ; kg:confidence ?confidence ; kg:evidence ?evidence }} }}"""
_BROADER = f"SELECT ?narrow ?broad {{ {_ENTITIES} {{ ?narrow skos:broader ?broad }} }}"
_SENTENCES = "SELECT ?evidence ?document ?text { GRAPH ?document { ?evidence kg:exact ?text } }"
_MENTIONS = "SELECT ?node ?document { GRAPH ?graph { ?document kg:mentions ?node } }"
_DOCUMENTS = """SELECT ?document ?title ?date { GRAPH ?document {
  ?document dcterms:title ?title OPTIONAL { ?document dcterms:issued ?date } } }"""
_FACTS = {
    "skos:prefLabel": "label",
    "skos:altLabel": "aliases",
    "skos:definition": "definition",
    "dcterms:title": "title",
    "kg:arxivId": "arxiv",
    "kg:year": "year",
    "kg:tier": "tier",
    "kg:topic": "topics",
}
#: Kibibytes of the database that stand in memory.
_CACHE = 16_384

_AS_READ = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
CREATE TABLE entity (iri TEXT, name TEXT, kind TEXT);
CREATE TABLE fact (iri TEXT, property TEXT, value TEXT);
CREATE TABLE document (iri TEXT, title TEXT, date TEXT);
CREATE TABLE mention (iri TEXT, document TEXT);
CREATE TABLE sentence (iri TEXT, document TEXT, text TEXT);
CREATE TABLE statement (subject TEXT, relation TEXT, object TEXT, weight INTEGER, confidence REAL, evidence TEXT);
"""
#: Nodes are the entities that a document mentions or a statement joins: the curated vocabulary has many others. They are
#: numbered by name, sentences by date, so that sorting by number gives the order of the files; "~" sorts after every date.
_AS_ASKED = """
CREATE TABLE node (n INTEGER PRIMARY KEY, iri TEXT, name TEXT, kind TEXT);
INSERT INTO node (iri, name, kind) SELECT iri, name, kind FROM (SELECT iri, name, kind, min(rowid) FROM entity GROUP BY iri)
  WHERE iri IN (SELECT iri FROM mention UNION SELECT subject FROM statement WHERE evidence <> ''
                UNION SELECT object FROM statement WHERE evidence <> '') ORDER BY name;
CREATE UNIQUE INDEX node_iri ON node (iri);

CREATE TABLE dated (iri TEXT PRIMARY KEY, title TEXT, date TEXT) WITHOUT ROWID;
INSERT OR IGNORE INTO dated SELECT iri, title, date FROM document ORDER BY iri, title, date;

CREATE TABLE evidence (n INTEGER PRIMARY KEY, iri TEXT, title TEXT, date TEXT, text TEXT);
INSERT INTO evidence (iri, title, date, text)
  SELECT sentence.iri, coalesce(title, ''), coalesce(nullif(date, ''), '~'), text
  FROM sentence LEFT JOIN dated ON dated.iri = sentence.document ORDER BY 3, 2, 4, 1;
CREATE INDEX evidence_iri ON evidence (iri);

CREATE TABLE said (source INTEGER, target INTEGER, relation TEXT, evidence INTEGER, weight INTEGER, confidence REAL,
  PRIMARY KEY (source, target, relation, evidence)) WITHOUT ROWID;
INSERT INTO said
  SELECT s.n, t.n, relation, coalesce(e.n, 0), max(1, max(weight)), max(confidence) FROM statement
    JOIN node AS s ON s.iri = subject JOIN node AS t ON t.iri = object LEFT JOIN evidence AS e ON e.iri = statement.evidence
    WHERE statement.evidence = '' OR e.n NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;

CREATE TABLE weight (n INTEGER PRIMARY KEY, edges INTEGER);
INSERT INTO weight SELECT n, count(*) FROM (
    SELECT source AS n FROM (SELECT source, target, relation FROM said GROUP BY source, target, relation)
    UNION ALL SELECT target FROM (SELECT source, target, relation FROM said GROUP BY source, target, relation)) GROUP BY n;

CREATE TABLE seen (n INTEGER PRIMARY KEY, documents INTEGER, first TEXT);
INSERT INTO seen SELECT n, count(DISTINCT document), min(nullif(date, '')) FROM mention
  JOIN node ON node.iri = mention.iri LEFT JOIN dated ON dated.iri = document GROUP BY n;

CREATE TABLE about (n INTEGER, property TEXT, value TEXT, PRIMARY KEY (n, property, value)) WITHOUT ROWID;
CREATE TABLE topic (iri TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
INSERT INTO topic SELECT iri, min(value) FROM fact
  WHERE property = 'label' AND iri IN (SELECT value FROM fact WHERE property = 'topics') GROUP BY iri;
INSERT OR IGNORE INTO about SELECT n, property, coalesce(topic.label, value) FROM fact
  JOIN node ON node.iri = fact.iri LEFT JOIN topic ON property = 'topics' AND topic.iri = value ORDER BY 1, 2, 3;
"""


def open_scratch(store: Store) -> sqlite3.Connection:
    """A database with the tables that :class:`kg.export.flow.Flow` reads; it goes when it is closed."""
    base = sqlite3.connect("", check_same_thread=False)  # the empty name: a file that is nobody else's
    base.executescript(f"PRAGMA cache_size = -{_CACHE};{_AS_READ}")
    base.executemany("INSERT INTO entity VALUES (?, ?, ?)", _read_entities(store))
    base.executemany("INSERT INTO fact VALUES (?, ?, ?)", _read_facts(store))
    base.executemany("INSERT INTO document VALUES (?, ?, ?)", _rows(store, _DOCUMENTS))
    base.executemany("INSERT INTO mention VALUES (?, ?)", _rows(store, _MENTIONS))
    base.executemany("INSERT INTO sentence VALUES (?, ?, ?)", _rows(store, _SENTENCES))
    base.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)", _read_statements(store))
    base.executescript(_AS_ASKED)
    return base


def name_node(iri: str) -> str:
    """The id of a node in files: an XML name token without slashes, another for every IRI.

    >>> name_node(vocab.entity_iri("task/qa"))
    'task.qa'
    """
    name = vocab.entity_id(iri).replace("/", ".", 1)
    clean = _NOT_NAME.sub("_", name)
    return clean if clean == name else f"{clean}-{digest(iri, 8)}"


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """The texts of the solutions, "" where a variable has no value."""
    solutions: Any = store.query(query, prefixes=vocab.PREFIXES)
    return (tuple([term.value if term is not None else "" for term in row]) for row in solutions)


def _read_entities(store: Store) -> Iterator[tuple[str, str, str]]:
    for class_, kind in sorted(vocab.KIND_OF_CLASS.items()):
        for (iri,) in _rows(store, f"SELECT ?node {{ {_ENTITIES} {{ ?node a <{class_}> }} }}"):
            yield iri, name_node(iri), kind.value


def _read_facts(store: Store) -> Iterator[tuple[str, str, str]]:
    for property_, name in _FACTS.items():
        for iri, value in _rows(store, f"SELECT ?node ?value {{ {_ENTITIES} {{ ?node {property_} ?value }} }}"):
            yield iri, name, value


def _read_statements(store: Store) -> Iterator[tuple[str, str, str, int, float | None, str]]:
    """A row for each sentence of each statement, and one without a sentence for what the vocabulary says."""
    relations: dict[str, str] = {}
    for subject, property_, object_, support, confidence, evidence in _rows(store, _STATEMENTS):
        relation = relations.get(property_) or relations.setdefault(property_, re.sub(r"^.*[#/]", "", property_))
        yield subject, relation, object_, int(support), float(confidence), evidence
    for narrow, broad in _rows(store, _BROADER):
        yield narrow, "broader", broad, 1, None, ""
