"""A vault for Obsidian: one note for each paper, technique and other entity, with links both ways and the sentences.

Notes lie in a folder for each kind. Properties stand in YAML, relations as wiki-links with the sentences that say them, and
what is claimed about a paper under headings of its own. All text is escaped: none of it becomes markup, a tag or a path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.export.notes import clean_line, escape_markdown, make_name, quote_yaml, write_link
from kg.export.records import Edge, Node, Sentence
from kg.export.view import load_view
from kg.graph import vocab
from kg.markdown import drop_marks
from kg.text import digest
from kg.words import PASSIVE, relation_words

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.options import ExportOptions

_CLAIMS = """SELECT ?paper ?type ?text ?title ?date { GRAPH ?document {
  ?claim kg:aboutPaper ?paper ; kg:text ?text .
  OPTIONAL { ?claim kg:claimType ?type }
  ?document dcterms:title ?title .
  OPTIONAL { ?document dcterms:issued ?date } } }"""
#: A relation of a note lists so many others, and each so many sentences; the backlinks of Obsidian have the rest.
_MOST, _SENTENCES = 200, 3

Claims = Mapping[str, Sequence[tuple[str, Sentence]]]


def write_files(store: Store, options: ExportOptions) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The notes by path."""
    view = load_view(store, options.top)
    names = name_notes(view.nodes)
    outgoing: dict[str, list[Edge]] = defaultdict(list)
    incoming: dict[str, list[Edge]] = defaultdict(list)
    for edge in view.edges:
        outgoing[edge.source].append(edge)
        incoming[edge.target].append(edge)
    labels = {node.id: node.label for node in view.nodes}
    claims = _read_claims(store)
    links = {id_: write_link(name, drop_marks(labels[id_])) for id_, name in names.items()}
    for node in view.nodes:
        lines = _write_note(node, outgoing[node.id], incoming[node.id], links, claims.get(node.iri, ()))
        text = "\n".join(lines) + "\n"
        yield f"{_folder(node.kind)}/{names[node.id]}.md", iter([text.encode("utf-8", "replace")])


def name_notes(nodes: Iterable[Node]) -> dict[str, str]:
    """A name for the note of each node, different from all others in any case of letters: links find notes by name alone."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for node in nodes:
        name = make_name(node.label, node.id)
        for other in (name, f"{name} ({node.kind})", f"{name} {digest(node.id, 8)}"):
            if other.casefold() not in taken:
                break
        taken.add(other.casefold())
        names[node.id] = other
    return names


def _folder(kind: str) -> str:
    return {"hardware": "Hardware", "person": "People"}.get(kind, f"{kind.capitalize()}s")


def _write_note(
    node: Node, outgoing: Sequence[Edge], incoming: Sequence[Edge], links: Mapping[str, str], claims: Iterable[Any]
) -> Iterator[str]:
    yield from _write_properties(node)
    yield f"# {escape_markdown(drop_marks(node.label)) or node.id}"
    if node.title and node.title != node.label:
        yield f"\n*{escape_markdown(drop_marks(node.title))}*"
    if node.definition:
        yield f"\n{escape_markdown(drop_marks(node.definition))}"
    for relation, edges in _group(outgoing).items():
        yield from _write_relation(relation_words(relation), [(links[e.target], e) for e in edges])
    for relation, edges in _group(incoming).items():
        words = PASSIVE.get(relation) or f"{relation_words(relation)} (from)"
        yield from _write_relation(words, [(links[e.source], e) for e in edges])
    last = ""
    for type_, sentence in claims:
        if type_ != last:
            yield f"\n## {escape_markdown(relation_words(type_.replace('_', ' ')).strip().capitalize())}\n"
            last = type_
        yield _quote(sentence, "")


def _write_properties(node: Node) -> Iterator[str]:
    yield "---"
    yield f"id: {quote_yaml(vocab.entity_id(node.iri))}"
    yield f"kind: {quote_yaml(node.kind)}"
    texts = {"title": node.title, "arxiv": node.arxiv, "first_seen": node.first_seen, "iri": node.iri}
    yield from (f"{key}: {quote_yaml(value)}" for key, value in texts.items() if clean_line(value))
    numbers = {"year": node.year, "tier": node.tier, "weight": node.weight, "documents": node.documents}
    yield from (f"{key}: {value}" for key, value in numbers.items() if value is not None)
    for key, values in (("aliases", node.aliases), ("topics", node.topics)):
        if values:
            yield f"{key}:"
            yield from (f"  - {quote_yaml(value)}" for value in values)
    yield f"tags:\n  - {quote_yaml(node.kind)}"
    yield "---"


def _group(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.relation].append(edge)
    return dict(sorted(groups.items()))


def _write_relation(words: str, edges: Sequence[tuple[str, Edge]]) -> Iterator[str]:
    yield f"\n## {escape_markdown(words).capitalize()}\n"
    for link, edge in edges[:_MOST]:
        yield f"- {link}"
        yield from (_quote(sentence, "  ") for sentence in edge.sentences[:_SENTENCES])
    if len(edges) > _MOST:
        yield f"- and {len(edges) - _MOST} more"


def _quote(sentence: Sentence, indent: str) -> str:
    where = ", ".join(escape_markdown(drop_marks(part)) for part in (sentence.document, sentence.date) if part)
    return f"{indent}> {escape_markdown(drop_marks(sentence.text))}\n{indent}> — {where}\n"


def _read_claims(store: Store) -> Claims:
    """What is claimed about each paper, by IRI: pairs of type and sentence, sorted by type and date."""
    rows: Any = store.query(_CLAIMS, prefixes=vocab.PREFIXES)
    found: dict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
    for paper, type_, text, title, date in rows:
        kind = type_.value if type_ is not None else "result or prediction"
        found[paper.value].add((kind, date.value if date is not None else "", title.value, text.value))
    return {
        paper: [(kind, Sentence(text, title, date)) for kind, date, title, text in sorted(claims)]
        for paper, claims in found.items()
    }
