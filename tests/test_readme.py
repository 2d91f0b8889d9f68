"""The README tells the truth: its commands print what it shows, its figures are the floors, its links lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.readme import README, ROOT, format_figures, render_readme, without_seconds


@pytest.mark.slow
def test_commands_print_what_the_readme_shows() -> None:
    text = README.read_text("utf-8")
    hint = "the README differs from what its commands print: python -m tests.readme --write"
    assert without_seconds(render_readme(text)) == without_seconds(text), hint


def test_figures_are_those_of_the_floors() -> None:
    assert format_figures() in README.read_text("utf-8"), "python -m tests.readme --write"


def test_links_and_make_targets_exist() -> None:
    text = README.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("https://") or (ROOT / link).is_file(), f"the README links to {link}, which is not there"
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"there is no make {target}"


def test_named_questions_and_commands_exist() -> None:
    from kg.cli import main
    from kg.query import named_queries

    text = README.read_text("utf-8")
    for name in re.findall(r"kg query ([a-z][a-z-]+)", text):
        assert name in named_queries(), f"there is no question called {name}"
    for command in re.findall(r"(?:^\$ |`)kg ([a-z]+)", text, re.MULTILINE):
        assert command in main.commands, f"there is no kg {command}"
