"""Text from the web as file names, YAML and Markdown that mean nothing but the text."""

from __future__ import annotations

import json
import re
import unicodedata

from kg.text import digest

#: What some file system, Obsidian's links or a shell would take for more than a letter.
_NOT_IN_NAMES = re.compile(r"""[\\/:*?"<>|#^\[\]%$`'!&;{}]+""")
#: Names that Windows keeps for devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST = 80
_MOST_BYTES = 180
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~$=^&!%{}])")
_LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+:])")
_IN_LINKS = str.maketrans({"[": "(", "]": ")", "|": "/", "<": "‹", ">": "›", "#": "＃", "^": "ˆ", "\\": "/", "`": "'"})


def clean_line(text: str) -> str:
    """The text on one line: control characters, direction marks, line separators and lone surrogates become spaces.

    >>> clean_line("one\\u2028two\\u202ethree")
    'one two three'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())


_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}


def make_name(text: str, id_: str) -> str:
    """A file name without ending that every system takes: no path, no reserved name, not hidden, of bounded length.

    >>> make_name("../../etc/passwd", "x"), make_name("CON", "x"), make_name("On-policy distillation", "x")
    ('etc passwd', 'CON_', 'On-policy distillation')
    """
    name = unicodedata.normalize("NFC", _NOT_IN_NAMES.sub(" ", clean_line(text)))
    name = " ".join(name.split()).strip(". ")
    if len(name) > _LONGEST or len(name.encode("utf-8")) > _MOST_BYTES:
        cut = name[:_LONGEST].encode("utf-8")[: _MOST_BYTES - 12].decode("utf-8", "ignore").strip(". ")
        name = f"{cut} {digest(id_, 8)}"
    return f"{name}_" if _DEVICES.fullmatch(name) else name or digest(id_, 8)


def quote_yaml(text: str) -> str:
    """A YAML scalar in double quotes, in the part of the syntax that YAML shares with JSON."""
    return json.dumps(clean_line(text), ensure_ascii=False)


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: no emphasis, link, tag, comment, formula, heading, list or HTML comes of it.

    >>> escape_markdown("1. *a* <b> #c [[d]]")
    '1\\\\. \\\\*a\\\\* \\\\<b\\\\> \\\\#c \\\\[\\\\[d\\\\]\\\\]'
    """
    safe = _MARKDOWN.sub(r"\\\1", clean_line(text))
    return _LEADING.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", safe)


def write_link(name: str, label: str) -> str:
    """A wiki-link to the note of that name, which reads as the label."""
    shown = clean_line(label).translate(_IN_LINKS)
    shown = shown if len(shown) <= 200 else shown[:199] + "…"
    return f"[[{name}]]" if shown == name or not shown else f"[[{name}|{shown}]]"
