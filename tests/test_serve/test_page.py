"""The page on SPARQL in the documentation says what the tests do and what the options are."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.serve.limits import MIB, Limits
from tests.sparql_page import PAGE, render_page
from tests.w3c.suite import ROOT


@pytest.mark.shared
@pytest.mark.skipif(not ROOT.is_dir(), reason="the W3C suites are not beside the checkout")
def test_the_tables_are_those_of_the_tests() -> None:
    text = PAGE.read_text("utf-8")
    assert text == render_page(text), "python -m tests.sparql_page --write"


def test_the_limits_are_those_of_the_program() -> None:
    text, limits = PAGE.read_text("utf-8"), Limits()
    shown = dict(re.findall(r"^\| `(--[\w-]+)` \| ([^|]+) \|", text, re.MULTILINE))
    assert shown["--timeout"].startswith(f"{limits.timeout:g} s")
    assert shown["--max-rows"].startswith(f"{limits.max_rows:,} ")
    assert shown["--max-bytes"].startswith(f"{limits.max_bytes // MIB} MiB")
    assert shown["--max-memory"].startswith(f"{limits.max_memory // MIB:,} MiB")
    assert shown["--workers"].startswith(f"{limits.workers} ")
    told = CliRunner().invoke(main, ["serve", "--help"]).output
    for name in shown:
        assert name in told
    assert f"default: {limits.workers};" in told
    assert f"up to {limits.queue} of them" in text
