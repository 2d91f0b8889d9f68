"""backup, restore, push."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import Progress, graph_option, login_options, write_note


@click.command("backup", short_help="Copy the graph to a file or folder.")
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE|DIR")
@graph_option
def backup_command(target: Path, folder: Path) -> None:
    """Copy the graph as it is now, also while it is built or served.

    A FILE ends in .tar.gz and holds the manifest and sorted N-Quads, which any RDF store reads. A DIR is a graph itself, made
    within milliseconds where it lies on the same disk.

    \b
    kg backup graph-2026-05-13.tar.gz
    kg backup /backups/graph-2026-05-13
    """
    from kg.graph.backup import backup_graph

    manifest = backup_graph(folder, target)
    write_note(f"{target}: build {manifest.build}, {manifest.counts.get('quads', 0):,} quads")


@click.command("restore", short_help="Make a backup the graph.")
@click.argument("source", type=click.Path(path_type=Path, exists=True), metavar="FILE|DIR")
@graph_option
def restore_command(source: Path, folder: Path) -> None:
    """Make a backup the graph, in one step for those who read it. A damaged backup is refused and the graph stays.

    \b
    kg restore graph-2026-05-13.tar.gz --graph graph
    """
    from kg.graph.backup import restore_graph

    manifest = restore_graph(source, folder)
    write_note(f"{folder}: build {manifest.build}, {manifest.counts.get('quads', 0):,} quads")


@click.command("push", short_help="Send the graph to another SPARQL server.")
@click.argument("url")
@graph_option
@click.option("--method", type=click.Choice(["gsp", "update"]), default="gsp", show_default=True, help="What answers at URL.")
@click.option("--query", "query", metavar="URL", help="Where the server answers queries, if it is not one we know.")
@click.option("--full", is_flag=True, help="Send every named graph, not only those that changed.")
@click.option("--no-check", is_flag=True, help="Do not have the server count what it got.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; errors are still shown.")
@login_options
def push_command(
    url: str, folder: Path, method: str, query: str | None, full: bool, no_check: bool, quiet: bool, **login: object
) -> None:
    """Send the graph to a SPARQL 1.1 server: only the named graphs that changed since the last push to that URL.

    URL is that of the Graph Store Protocol or, with --method update, of updates. A push that breaks goes on where it stopped
    when it is started again. In the end the server counts the triples of every graph.

    \b
    kg push http://localhost:7878/store                                        Oxigraph
    kg push http://localhost:3030/ds/data                                      Fuseki
    kg push http://localhost:8890/sparql-graph-crud-auth --user dba --digest   Virtuoso
    """
    from kg.cli.common import read_login
    from kg.push import Target, push_graph
    from kg.query.remote import Server

    progress = Progress(quiet)
    try:
        target = Target(url, method, query or "")
        report = push_graph(folder, target, Server(read_login(login)), full=full, check=not no_check, progress=progress)
    finally:
        progress.close()
    if not quiet:
        checked = "counts not checked" if no_check else f"counts of {report.checked} agree"
        sent = f"sent {report.sent} of {report.graphs} graphs, {report.triples:,} triples"
        write_note(f"{url}: {sent}; removed {report.removed}; {checked}")
