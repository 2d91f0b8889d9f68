"""explore."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, open_graph, write_note


@click.command("explore", short_help="Write the graph as one page to look at, search and query.")
@graph_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("explore.html"),
    show_default=True,
    help="The file to write.",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--title", default="Knowledge graph", show_default=True, help="The heading of the page.")
def explore_command(folder: Path, output: Path, show: bool, title: str) -> None:
    """Write the graph as one HTML page that opens anywhere, without a network.

    The page has a map, search, filters, a timeline, every sentence behind every link, paths between nodes, and a SPARQL
    engine with the questions of `kg query --list`.

    \b
    kg explore --open
    kg explore -o graph.html --graph my-graph
    """
    from kg.explore import write_page

    store = open_graph(folder)
    size = write_page(store, output, title=title, memory=folder / "cache" / "explore" / "places.json")
    write_note(f"{output}: {size:,} bytes")
    if show:
        click.launch(str(output))
