"""build, extract, validate, verify."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from kg.cli.common import Progress, graph_option, open_graph, print_diagnostic, print_text, write_note

_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
#: What the summary of a build counts, in its order; whatever else the report counts is left to ``kg stats``.
_SUMMARY = ("documents", "papers", "techniques", "claims", "results", "edges")


@click.command("build", short_help="Make the graph of files, folders or patterns.")
@_SOURCES
@graph_option
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; errors are still shown.")
@click.option("--fast", is_flag=True, help="Rules and vocabulary only, without the model and spaCy.")
@click.option(
    "--vocabulary", type=click.Path(path_type=Path), metavar="FILE", help="Your own terms: Turtle (SKOS), or text lines."
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Which names are one and which are not: 'same: A = B', 'apart: A | B'.",
)
@click.pass_context
def build_command(
    ctx: click.Context,
    sources: tuple[str, ...],
    folder: Path,
    quiet: bool,
    fast: bool,
    vocabulary: Path | None,
    decisions: Path | None,
) -> None:
    """Make the graph of some SOURCEs: files, folders or patterns.

    The new graph replaces the old one in one step when it is complete. Documents that have not changed are not read
    again. A source that cannot be read is reported and left out; the exit code is then 1.

    \b
    kg build digests/ --graph graph
    kg build issue-12.md abstracts.csv 'saved/**/*.html'
    """
    from kg.pipeline import build_graph

    progress = Progress(quiet)
    try:
        report = build_graph(sources, folder, progress=progress, fast=fast, vocabulary=vocabulary, decisions=decisions)
    finally:
        progress.close()
    gc.freeze()  # the process ends after this: the search for garbage at its end takes a tenth of a second and finds none
    for diagnostic in report.diagnostics:
        print_diagnostic(diagnostic)
    if not quiet:
        print_text(_summarise(report.counts, report.seconds, folder))
    if any(diagnostic.fatal for diagnostic in report.diagnostics):
        ctx.exit(1)


def _summarise(counts: Mapping[str, int], seconds: float, folder: Path) -> str:
    parts = [f"{counts[key]:,} {key}" for key in _SUMMARY if key in counts]
    graph = "" if folder == Path("graph") else f" --graph {folder}"
    return f"{', '.join(parts)} in {seconds:.1f} s\nnext: kg query --list{graph}   kg export html -o graph.html{graph}\n"


@click.command("extract", short_help="What one document says, before names are resolved.")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True)
@click.option("--fast", is_flag=True, help="Rules and vocabulary only, without the model and spaCy.")
def extract_command(sources: tuple[str, ...], form: str, fast: bool) -> None:
    """What one document says, before names are resolved: papers, relations, results, claims, predictions.

    One line of JSON a document, with every mention, claim and result and its offsets; ``--format text`` is for reading.

    \b
    kg extract issue-12.md > issue-12.jsonl
    kg extract issue-12.md --format text
    """
    from kg.cli.extraction import format_extraction, format_extraction_json
    from kg.pipeline import extract_sources

    write = format_extraction_json if form == "json" else format_extraction
    for document, extraction in extract_sources(sources, fast=fast):
        print_text(write(document, extraction))


@click.command("validate", short_help="Check the graph against its shapes (SHACL).")
@graph_option
@click.option("--all", "every", is_flag=True, help="Show each warning, not one line for those that are alike.")
@click.pass_context
def validate_command(ctx: click.Context, folder: Path, every: bool) -> None:
    """Check the graph against its shapes (SHACL). The exit code is 1 where it breaks one.

    Warnings are about what is unusual, not about what is broken: the graph conforms with them.
    """
    from kg.graph.validate import Severity, validate_store
    from kg.query.table import clean_text

    found = validate_store(open_graph(folder))
    alike: Counter[tuple[str, str]] = Counter()
    for breach in found:
        alike[breach.check, breach.message] += 1
        if every or breach.severity == Severity.VIOLATION or alike[breach.check, breach.message] == 1:
            value = f" ({breach.value})" if breach.value else ""
            print_text(clean_text(f"{breach.severity}: {breach.focus}: {breach.check}: {breach.message}{value}") + "\n")
    for (check, message), count in sorted(alike.items()):
        if count > 1 and not every:
            print_text(clean_text(f"{count} times: {check}: {message}") + "\n")
    violations = sum(breach.severity == Severity.VIOLATION for breach in found)
    write_note(f"{violations} violations, {len(found) - violations} warnings" if found else "the graph keeps to every shape")
    if violations:
        ctx.exit(1)


@click.command("verify", short_help="Check every sentence against its source.")
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@graph_option
@click.pass_context
def verify_command(ctx: click.Context, sources: tuple[str, ...], folder: Path) -> None:
    """Check that every sentence of the graph stands in its SOURCE, character by character.

    Without SOURCEs those are read again that the graph was built from. The exit code is 1 where a sentence differs.

    \b
    kg verify
    kg verify digests/ --graph graph
    """
    from kg.pipeline import verify_graph
    from kg.query.table import clean_text

    found = verify_graph(folder, sources)
    for mismatch in found:
        place = f" {mismatch.start}-{mismatch.end}" if mismatch.start >= 0 else ""
        quoted = f": graph “{mismatch.expected}”, source “{mismatch.found}”" if mismatch.expected or mismatch.found else ""
        print_text(clean_text(f"{mismatch.document}{place}: {mismatch.problem}{quoted}") + "\n")
    write_note(f"{len(found)} mismatches" if found else "every sentence stands where the graph says")
    if found:
        ctx.exit(1)
