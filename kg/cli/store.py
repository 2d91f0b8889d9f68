"""backup, restore, push."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, write_note


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
