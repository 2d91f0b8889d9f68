"""score."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import print_text

_PATH = click.Path(path_type=Path, exists=True)


@click.command("score", short_help="Measure the extraction against gold.")
@click.argument("documents", type=_PATH, metavar="DOCS")
@click.argument("gold", type=_PATH)
@click.option("--report", is_flag=True, help="Also what was found, missed and surplus, with the text.")
@click.option("--each", is_flag=True, help="A table for each document before the one of all.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--fast", is_flag=True, help="Rules and vocabulary only, without the model and spaCy.")
def score_command(documents: Path, gold: Path, report: bool, each: bool, as_json: bool, fast: bool) -> None:
    """Measure the extraction of DOCS against GOLD: what people found in the same documents by hand.

    GOLD is a folder of JSON files, one a document, or one such file. Recall is over the gold that must be found,
    precision over all that was found here.

    \b
    kg score seeds tests/gold
    kg score seeds tests/gold --report | less
    """
    from kg.score import add_cards, score_folder
    from kg.score.report import figures_of, format_card, format_report

    cards = score_folder(documents, gold, fast=fast)
    total = add_cards(cards.values())
    if as_json:
        import json

        figures = {name: figures_of(card) for name, card in cards.items()} if each else {}
        print_text(json.dumps({**figures, "all": figures_of(total)} if each else figures_of(total), indent=1) + "\n")
        return
    for name, card in cards.items():
        if report:
            print_text(format_report(name, card))
        if each:
            print_text(f"{name}\n{format_card(card)}\n")
    print_text(format_card(total))
