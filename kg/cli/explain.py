"""explain."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, open_graph, print_text


@click.command("explain", short_help="Why two names are one thing, or are not.")
@click.argument("name", metavar="A")
@click.argument("other", required=False, metavar="[B]")
@graph_option
def explain_command(name: str, other: str | None, folder: Path) -> None:
    """Why two names are one thing, or are not: the merges and their reasons.

    \b
    kg explain TST                                   all names that were merged with it
    kg explain TST "Token Superposition Training"    the chain of reasons between two names
    """
    from kg.explain import explain_name, explain_pair

    store = open_graph(folder)
    print_text(explain_pair(store, name, other) if other else explain_name(store, name))
