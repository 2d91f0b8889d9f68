"""export."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, open_graph, print_bytes, write_note
from kg.errors import KgError

_FORMATS = ("html", "graphml", "gexf", "cx2", "csv", "neo4j", "obsidian", "turtle", "nquads", "jsonld")


@click.command(
    "export", short_help="Write the graph for a browser, Gephi, Cytoscape, Neo4j, Obsidian, spreadsheets or RDF tools."
)
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@graph_option
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The file or folder to write; without it, standard output."
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="All but RDF: only the N weightiest nodes.")
@click.option(
    "--edges",
    type=click.Choice(("parallel", "merged")),
    default="parallel",
    show_default=True,
    help="graphml, gexf, cx2, csv, neo4j: several relations from one node to another as an edge each, or as one edge.",
)
@click.option("--title", default="Knowledge graph", show_default=True, help="html: the heading of the page.")
def export_command(form: str, folder: Path, output: Path | None, top: int | None, edges: str, title: str) -> None:
    """Write the graph as a file of some FORMAT.

    \b
    html       one page to open in a browser, without a network
    gexf       for Gephi: positions, sizes, colours and a timeline
    graphml    for Gephi, Cytoscape, yEd, igraph, networkx
    cx2        for Cytoscape and NDEx: typed lists, positions, a style
    csv        a zip file or a folder with nodes.csv and edges.csv
    neo4j      a folder of CSV files for neo4j-admin database import
    obsidian   a folder of notes with links and quoted sentences
    turtle     RDF without the names of the graphs, nicely written
    nquads     RDF with the graphs: the whole store, sorted line by line
    jsonld     RDF as JSON

    \b
    kg export html -o graph.html
    kg export gexf -o graph.gexf --top 2000
    kg export obsidian -o vault
    kg export nquads > graph.nq
    """
    from kg.export import ExportOptions, export_graph

    options = ExportOptions(top=top, title=title, merged=edges == "merged")
    store = open_graph(folder)
    if output is None:
        if form == "csv":
            raise KgError("csv is a zip of two files and does not go to a terminal", "kg export csv -o graph.zip")
        print_bytes(b"".join(export_graph(store, form, options)))
        return
    from kg.export import write_export

    size = write_export(store, form, output, options)
    write_note(f"{output}: {size:,} bytes")
