"""The block of ``key: value`` lines between ``---`` lines at the top of a Markdown file. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"\s{0,20}(?:---|\+\+\+)[ \t]{0,20}\r?\n")
_CLOSE = re.compile(r"^(?:---|\+\+\+|\.\.\.)[ \t]{0,20}$", re.M)
_PAIR = re.compile(r"^([A-Za-z][\w-]{0,40})[ \t]{0,8}[:=][ \t]{0,8}(\S.{0,1000})$", re.M)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``end`` is where the text proper starts; 0 where there is no front matter."""

    end: int = 0
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, *keys: str) -> str:
        """The first value of one of ``keys``."""
        values = dict(reversed(self.pairs))
        return next((values[k] for k in keys if values.get(k)), "")


def read_front_matter(text: str) -> FrontMatter:
    """Reads YAML-like or TOML-like front matter: its plain pairs only, keys in lower case, quotes removed.

    >>> read_front_matter('---\\ntitle: "A day"\\ndate: 2026-05-13\\n---\\nText').pairs
    (('title', 'A day'), ('date', '2026-05-13'))
    """
    opened = _BLOCK.match(text)
    if not opened:
        return FrontMatter()
    closed = _CLOSE.search(text, opened.end(), opened.end() + _LONGEST)
    if not closed:
        return FrontMatter()
    found = _PAIR.findall(text, opened.end(), closed.start())
    if not found:
        return FrontMatter()
    return FrontMatter(closed.end(), tuple((key.lower(), value.strip().strip("\"'")) for key, value in found))
