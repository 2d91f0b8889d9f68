"""query, show, path, stats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    graph_option,
    login_options,
    open_graph,
    print_answer,
    print_text,
    read_login,
    read_params,
    terminal_width,
    write_note,
)
from kg.errors import KgError, QueryError

if TYPE_CHECKING:
    from kg.query.run import Answer

_FORMATS = ("table", "markdown", "csv", "json", "tsv", "xml", "turtle", "ntriples", "jsonld")


@click.command("query", short_help="Ask a question by name, or in SPARQL.")
@click.argument("query", required=False)
@graph_option
@click.option("--file", "-f", "file", type=click.Path(path_type=Path), help="Read the query from a file; - is standard input.")
@click.option("--param", "-p", "pairs", multiple=True, metavar="NAME=VALUE", help="Bind a parameter; may be repeated.")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True, help="The form of the answer."
)
@click.option("--endpoint", metavar="URL", help="Ask another SPARQL server; the graph here only spells out names.")
@login_options
@click.option("--list", "listing", is_flag=True, help="Show the questions that have a name.")
@click.option("--print", "printing", is_flag=True, help="Show the SPARQL text of a named question.")
def query_command(
    query: str | None,
    folder: Path,
    file: Path | None,
    pairs: tuple[str, ...],
    form: str,
    endpoint: str | None,
    listing: bool,
    printing: bool,
    **login: object,
) -> None:
    """Ask a question: one of those with a name, or any SPARQL SELECT, ASK, CONSTRUCT or DESCRIBE.

    The prefixes kg: skos: dcterms: schema: prov: and so on need no PREFIX line, and a query without GRAPH sees everything.
    A parameter is bound as a typed value: <...> is an IRI, 12 a number, 2026-05-13 a date, anything else (and "12") text.
    Names match labels and aliases in any case and spelling.

    \b
    kg query --list
    kg query papers-using --param technique="on-policy distillation"
    kg query results-on -p benchmark=MMLU --format csv
    kg query "SELECT ?p { ?p a kg:Paper } LIMIT 5" --format json
    kg query --file question.rq -p year=2026
    kg query papers --endpoint http://localhost:8890/sparql
    """
    if listing or (query is None and file is None):
        _list_queries()
        return
    text, name = _find_text(query, file)
    if printing:
        print_text(text)
        return
    from kg.query import run_named, run_query

    params = read_params(pairs)
    if endpoint:
        print_answer(_ask_endpoint(endpoint, folder, text, name, params, login), form)
        return
    store = open_graph(folder)
    answer = run_named(store, name, params) if name else run_query(store, text, params)
    print_answer(answer, form)
    if name and params:
        _note_missing(store, name, params)


def _ask_endpoint(url: str, folder: Path, text: str, name: str, params: dict[str, str], login: Mapping[str, object]) -> Answer:
    from kg.query.remote import Server, run_endpoint

    store = open_graph(folder) if (folder / "manifest.json").exists() else None
    return run_endpoint(Server(read_login(login)), url, text, name, params, store)


def _list_queries() -> None:
    from kg.query import named_queries
    from kg.query.table import wrap_text

    width = terminal_width() or 110
    for name, query in named_queries().items():
        params = " ".join(f"{p.name}=" for p in query.params)
        print_text(f"{name} {params}".rstrip() + "\n")
        for line in wrap_text(f"{query.title}. {query.about}", max(40, width - 4)):
            print_text(f"    {line}\n")


def _find_text(query: str | None, file: Path | None) -> tuple[str, str]:
    """The SPARQL text, and the name where it has one."""
    from kg.query import find_named_query

    if query is not None and file is not None:
        raise QueryError("a query and --file were both given", "give one of them")
    if file is not None:
        try:
            with click.open_file(str(file), encoding="utf-8") as stream:
                return str(stream.read()), ""
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"cannot read {file}: {error}", "a query file is UTF-8 text") from None
    assert query is not None  # noqa: S101  # for the type checker: the caller has listed the questions otherwise
    if "{" in query or any(char.isspace() for char in query.strip()):
        return query, ""
    return find_named_query(query.strip()).text, query.strip()


def _note_missing(store: object, name: str, params: dict[str, str]) -> None:
    from kg.query import find_named_query, missing_names, suggest_names

    for value in missing_names(store, find_named_query(name), params):  # type: ignore[arg-type]
        close = ", ".join(suggest_names(store, value))  # type: ignore[arg-type]
        write_note(f"note: the graph knows nothing called {value!r}" + (f"; did you mean {close}?" if close else ""))


@click.command("show", short_help="Everything about one thing, with sentences.")
@click.argument("name", nargs=-1, required=True)
@graph_option
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="Edges and claims a group.")
def show_command(name: tuple[str, ...], folder: Path, limit: int) -> None:
    """Everything about one thing: what it is, its relations with their sentences, its results, its claims.

    NAME is a label, an alias or a short form in any case, an arXiv id, an id such as technique/distillation, or an IRI.

    \b
    kg show "on-policy distillation"
    kg show OPD
    kg show 2605.12483
    """
    from kg.show import format_entity, load_entity

    print_text(format_entity(load_entity(open_graph(folder), " ".join(name)), terminal_width(), limit))


@click.command("path", short_help="How two things are connected, with sentences.")
@click.argument("start")
@click.argument("goal")
@graph_option
@click.option("--count", "-n", type=click.IntRange(1, 20), default=3, show_default=True, help="Paths to show.")
@click.option("--max-hops", type=click.IntRange(1, 12), default=6, show_default=True, help="The longest path.")
def path_command(start: str, goal: str, folder: Path, count: int, max_hops: int) -> None:
    """How two things are connected: the shortest paths, with the sentence on every hop.

    \b
    kg path "reward hacking" "on-policy distillation"
    """
    from kg.show import find_paths, format_paths

    paths = find_paths(open_graph(folder), start, goal, count=count, max_hops=max_hops)
    print_text(format_paths(paths, terminal_width()))
    if not paths:
        raise KgError(f"no path of at most {max_hops} hops from {start!r} to {goal!r}", "try a larger --max-hops")


@click.command("stats", short_help="What the graph holds.")
@graph_option
def stats_command(folder: Path) -> None:
    """What the graph holds: entities, records and edges by kind."""
    from kg.graph.store import read_manifest
    from kg.query import run_named

    manifest = read_manifest(folder)
    print_text(
        f"{folder}: build {manifest.build}, {len(manifest.sources)} sources, {manifest.counts.get('quads', 0)} quads\n\n"
    )
    print_answer(run_named(open_graph(folder), "overview"))
