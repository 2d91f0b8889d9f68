"""What the commands share: options, output, progress."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.model import Diagnostic
    from kg.query.remote import Login
    from kg.query.run import Answer

_PIPE_WIDTH = 160  # of a table that no terminal limits
_CELL_LINES = 4

#: ``--graph DIR``, with a default and an environment variable.
graph_option = click.option(
    "--graph",
    "folder",
    type=click.Path(path_type=Path, file_okay=True),
    default=Path("graph"),
    envvar="KG_GRAPH",
    metavar="DIR",
    help="The graph's folder.  [default: graph, or $KG_GRAPH]",
)


def login_options(command: Callable[..., None]) -> Callable[..., None]:
    """``--user``, ``--digest``: who asks a server. Secrets come from the environment or a prompt, not as options."""
    user = click.option("--user", envvar="KG_USER", metavar="NAME", help="Your name there; $KG_PASSWORD. Or $KG_TOKEN alone.")
    digest = click.option("--digest", is_flag=True, help="Hash the password, as Virtuoso wants it.")
    return user(digest(command))


def read_login(options: Mapping[str, object]) -> Login:
    from os import environ

    from kg.query.remote import Login

    user = str(options.get("user") or "")
    password = environ.get("KG_PASSWORD", "")
    if user and not password and sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, err=True)
    token = "" if user else environ.get("KG_TOKEN", "")
    return Login(user, password, token, bool(options.get("digest")))


def open_graph(folder: Path) -> Store:
    from kg.graph.store import open_store

    return open_store(folder)


def terminal_width() -> int | None:
    """Columns of the terminal that stdout is; None where it is a file or a pipe, which take lines of any length."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def print_answer(answer: Answer, form: str = "table") -> None:
    """An answer on stdout: a terminal gets tables of its width with long cells cut, a file or pipe gets every word."""
    from kg.query import format_answer

    width = terminal_width()
    print_bytes(format_answer(answer, form, width or _PIPE_WIDTH, _CELL_LINES if width else None))


def print_bytes(data: bytes) -> None:
    """UTF-8 to stdout, whatever the locale says: every byte to a file or pipe, no control characters to a terminal."""
    if sys.stdout.isatty():
        from kg.query.table import escape_controls

        data = escape_controls(data.decode("utf-8", "replace").replace("\r\n", "\n")).encode("utf-8", "replace")
    click.echo(data, nl=False)


def print_text(text: str) -> None:
    print_bytes(text.encode("utf-8", "replace"))


def write_note(text: str) -> None:
    """A line to stderr: results alone go to stdout."""
    from kg.query.table import escape_controls

    click.echo(escape_controls(text), err=True)


def print_diagnostic(diagnostic: Diagnostic) -> None:
    """One source's trouble: what, where, why, and what to do."""
    from kg.query.table import clean_text

    where = f"{diagnostic.source}, {diagnostic.place}" if diagnostic.place else diagnostic.source
    word = "skipped" if diagnostic.fatal else "warning"
    write_note(f"{word}: {clean_text(where)}: {clean_text(diagnostic.message)}")
    if diagnostic.hint:
        write_note(f"  hint: {clean_text(diagnostic.hint)}")


def read_params(pairs: tuple[str, ...]) -> dict[str, str]:
    """``k=v`` options as a dict.

    Raises:
        KgError: one has no equals sign.
    """
    params = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise KgError(f"not a parameter: {pair!r}", "write --param name=value")
        params[key.strip().lstrip("?$")] = value
    return params


class Progress:
    """One line on stderr that counts; nothing at all where stderr is not a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._last = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self._shown:
            return
        share = done / total if total else 1.0
        bar = "█" * round(share * 24)
        line = f"{stage:<12.12} {bar:░<24} {done}/{total}"
        if line != self._last:
            sys.stderr.write(f"\r\x1b[2K{line}")
            sys.stderr.flush()
            self._last = line

    def close(self) -> None:
        if self._last:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._last = ""
