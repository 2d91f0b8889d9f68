"""export."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, open_graph, print_bytes, write_note
from kg.errors import KgError

_FORMATS = ("html", "graphml", "gexf", "csv", "turtle", "nquads", "jsonld")


@click.command("export", short_help="Write the graph as HTML, GEXF, GraphML, CSV or RDF.")
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@graph_option
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The file to write; without it, standard output.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="html, graphml, gexf, csv: only the N weightiest nodes.")
@click.option("--title", default="Knowledge graph", show_default=True, help="html: the heading of the page.")
def export_command(form: str, folder: Path, output: Path | None, top: int | None, title: str) -> None:
    """Write the graph as a file of some FORMAT.

    \b
    html       one page to open in a browser, without a network
    gexf       for Gephi: positions, sizes, colours and a timeline
    graphml    for Gephi, Cytoscape, yEd, igraph, networkx
    csv        a zip file with nodes.csv and edges.csv
    turtle     RDF without the names of the graphs, nicely written
    nquads     RDF with the graphs: the whole store, sorted line by line
    jsonld     RDF as JSON

    \b
    kg export html -o graph.html
    kg export gexf -o graph.gexf --top 2000
    kg export nquads > graph.nq
    """
    from kg.export import ExportOptions, export_graph

    store = open_graph(folder)
    if output is None:
        if form == "csv":
            raise KgError("csv is a zip of two files and does not go to a terminal", "kg export csv -o graph.zip")
        print_bytes(b"".join(export_graph(store, form, ExportOptions(top=top, title=title))))
        return
    from kg.export import write_export

    size = write_export(store, form, output, ExportOptions(top=top, title=title))
    write_note(f"{output}: {size:,} bytes")
