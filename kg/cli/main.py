"""The group of commands, and how a command that fails ends."""

from __future__ import annotations

from typing import Any

import click

from kg import __version__
from kg.cli.ask import path_command, query_command, show_command, stats_command
from kg.cli.build import build_command, extract_command, validate_command, verify_command
from kg.cli.explain import explain_command
from kg.cli.explore import explore_command
from kg.cli.files import export_command
from kg.cli.plot import plot_command
from kg.cli.score import score_command
from kg.cli.serve import serve_command
from kg.cli.store import backup_command, push_command, restore_command
from kg.errors import KgError

#: Exit codes: 0 well, 1 done in part (some sources were skipped, a check found something), 2 a mistake that the hint explains.
MISTAKE = 2


class _Commands(click.Group):
    """A group that keeps its commands in the order in which people need them, and turns a KgError into two lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            from kg.query.table import escape_controls

            click.echo(escape_controls(f"error: {error.message}"), err=True)
            if error.hint:
                click.echo(escape_controls(f"hint: {error.hint}"), err=True)
            ctx.exit(MISTAKE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "-V", "--version", prog_name="kg", message="%(prog)s %(version)s")
def main() -> None:
    """Turn research digests into a knowledge graph in which every edge carries its sentence.

    \b
    kg build digests/*.md                                 make a graph of files or folders
    kg query --list                                       questions that can be asked by name
    kg query papers-using --param technique=distillation
    kg show "on-policy distillation"                      everything about one thing
    kg export html -o graph.html                          a picture to open in a browser
    """


for _command in (
    build_command,
    query_command,
    show_command,
    path_command,
    explain_command,
    explore_command,
    export_command,
    plot_command,
    serve_command,
    stats_command,
    extract_command,
    validate_command,
    verify_command,
    score_command,
    backup_command,
    restore_command,
    push_command,
):
    main.add_command(_command)
