"""Pages of ``docs/`` that are made from the code, so that they cannot drift: commands, questions, vocabulary.

python -m tests.pages             says which pages differ
python -m tests.pages --write     writes them
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from kg.cli import main as kg_command
from kg.graph.vocab import KG, OWL, PREFIXES, RDF, RDFS, compact_iri
from kg.query import NamedQuery, named_queries
from kg.resources import ontology_dir

DOCS = Path(__file__).parent.parent / "docs"
_MADE = "<!-- made by: python -m tests.pages --write -->\n"


def render_pages() -> dict[str, str]:
    """The text of each page by its file name."""
    return {"commands.md": _commands(), "questions.md": _questions(), "vocabulary.md": _vocabulary()}


def _commands() -> str:
    codes = "Exit codes: 0 well, 1 done in part (a source was skipped, a check found something), 2 a mistake."
    parts = [f"# Commands\n\n{_MADE}\n{codes}\n"]
    with click.Context(kg_command, info_name="kg", terminal_width=100, help_option_names=["-h", "--help"]) as parent:
        for name, command in kg_command.commands.items():
            if not command.hidden:
                with click.Context(command, info_name=name, parent=parent, terminal_width=100) as context:
                    parts.append(f"## kg {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _questions() -> str:
    head = """# Questions that have a name

%s
`kg query NAME --param name=value` asks one, `kg query NAME --print` shows its SPARQL. A name matches labels, aliases and short
forms in any case and spelling. From Python: `graph.query("NAME", name="value")`.
"""
    return "\n".join([head % _MADE, *(_question(query) for query in named_queries().values())])


def _question(query: NamedQuery) -> str:
    lines = [f"## {query.name}", "", f"{query.title}. {query.about}".strip(), ""]
    for param in query.params:
        default = f", `{param.default}` where it is not given" if param.default else ""
        lines.append(f"- `{param.name}` ({param.type}{default}): {param.about}")
    return "\n".join(lines).rstrip() + "\n"


def _vocabulary() -> str:
    store = Store()
    store.bulk_load(path=str(ontology_dir() / "claimgraph.ttl"), format=RdfFormat.TURTLE)
    prefixes = "\n".join(f"| `{name}:` | `{iri}` |" for name, iri in PREFIXES.items())
    head = f"""# Vocabulary

{_MADE}
Every class and property of the graph. `ontology/claimgraph.ttl` is the OWL file that this page is made from,
`ontology/shapes.ttl` holds the SHACL shapes. How they hang together is told in [graph.md](graph.md).

| prefix | IRI |
|---|---|
{prefixes}
"""
    classes = _terms(store, [OWL + "Class"])
    links = _terms(store, [OWL + "ObjectProperty"])
    values = _terms(store, [OWL + "DatatypeProperty"])
    return "\n".join([head, "## Classes\n", *classes, "\n## Links\n", *links, "\n## Values\n", *values, ""])


def _terms(store: Store, types: list[str]) -> Iterator[str]:
    """A line for each term of our own namespace: name, comment, and from what to what it goes."""
    found = {q.subject.value for t in types for q in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(t))}
    for iri in sorted(iri for iri in found if iri.startswith(KG)):
        comment = " ".join(_values(store, iri, RDFS + "comment"))
        ends = [compact_iri(value) for name in ("domain", "range") for value in _values(store, iri, RDFS + name)]
        arrow = f" ({' → '.join(f'`{end}`' for end in ends)})" if len(ends) == 2 else ""
        yield f"- `{compact_iri(iri)}`{arrow}: {comment}"


def _values(store: Store, subject: str, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    return sorted(q.object.value for q in quads if not isinstance(q.object, BlankNode))


def main() -> int:
    differ = []
    for name, text in render_pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text("utf-8") != text:
            differ.append(name)
            if "--write" in sys.argv[1:]:
                path.write_text(text, "utf-8")
    print(f"{'written' if '--write' in sys.argv[1:] else 'differ'}: {', '.join(differ) or 'none'}")
    return int(bool(differ) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
