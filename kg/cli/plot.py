"""plot."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, open_graph, write_note

_KINDS = ("techniques", "results", "cooccurrence", "institutions")


@click.command("plot", short_help="Draw a picture for a report, as PNG or SVG.")
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@graph_option
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help="The file to write; it ends in .png or .svg."
)
@click.option("--name", "-n", "names", multiple=True, metavar="NAME", help="Draw this and no other; may be repeated.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="How many lines or rows at most.")
@click.option("--title", default="", help="The title, in place of the plot's own.")
def plot_command(kind: str, folder: Path, output: Path, names: tuple[str, ...], top: int | None, title: str) -> None:
    """Draw one KIND of picture. The same graph gives the same file.

    \b
    techniques     papers that use a technique, over time; --name picks techniques
    results        values on a benchmark over time; --name is the benchmark
    cooccurrence   which techniques stand together; --name picks techniques
    institutions   which institution works with which technique; --name picks either

    \b
    kg plot techniques -o techniques.svg
    kg plot results --name MMLU -o mmlu.png
    """
    from kg.plot import PlotOptions, write_plot

    size = write_plot(open_graph(folder), kind, output, PlotOptions(top=top or 0, names=names, title=title))
    write_note(f"{output}: {size:,} bytes")
