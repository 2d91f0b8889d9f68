"""The page as a file: markup, style and script of the bundle, the data as text, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg import __version__
from kg.errors import KgError
from kg.explore.names import Rows, shorten_ends, shorten_names, shorten_texts
from kg.explore.pack import Pack, compress_gzip, compress_lzma, encode_text
from kg.explore.picture import Picture, draw_picture, kind_of
from kg.explore.tables import Column, Table, read_tables
from kg.graph import vocab
from kg.query import NamedQuery, named_queries
from kg.resources import package_file

if TYPE_CHECKING:
    from pyoxigraph import Store

_INTEGER = vocab.XSD + "integer"
#: What the page can open without: it comes in the second pack, unpacked when the first picture stands.
_LATER = {vocab.SKOS + "definition", vocab.KG + "sha256", vocab.KG + "evidence"}
_AT_ONCE = {"Assertion", "Document"}

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="claimgraph {version}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript><p>This page draws a knowledge graph and needs JavaScript. It makes no request to any other place.</p></noscript>
<div id="app"></div>
{data}
<script>{loader}</script>
</body>
</html>
"""


def make_page(store: Store, *, title: str = "Knowledge graph", memory: Path | None = None) -> str:
    """The explorer of a graph as one HTML text, the same for the same graph.

    ``memory`` is a file that keeps the places of nodes: a graph that grew is drawn with the known nodes where they were.

    Raises:
        KgError: the graph has nothing to draw, or the installation lacks the built script.
    """
    core, detail = pack_graph(read_tables(store), title, memory)
    script = _read_bundle("explorer.js")
    blocks = {
        "script": compress_gzip(script),
        "core": compress_gzip(core),
        "detail": compress_lzma(detail),
        "engine": _read_bundle("oxigraph.wasm.lzma"),
    }
    data = "\n".join(f'<script type="text/plain" id="data-{name}">{encode_text(b)}</script>' for name, b in blocks.items())
    loader, style = _read_bundle("loader.js"), _read_bundle("explorer.css")
    return _PAGE.format(
        policy=_policy([loader, script], style),
        version=__version__,
        title=html.escape(title),
        style=style.decode(),
        data=data,
        loader=loader.decode(),
    )


def write_page(store: Store, path: Path, *, title: str = "Knowledge graph", memory: Path | None = None) -> int:
    """Writes the page (see :func:`make_page`) and returns its size in bytes; ``path`` is replaced in one step.

    Raises:
        KgError: as :func:`make_page`, or the file cannot be written.
    """
    data = make_page(store, title=title, memory=memory).encode()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}", "give a path of your own with -o") from error
    return len(data)


def pack_graph(tables: list[Table], title: str, memory: Path | None = None) -> tuple[bytes, bytes]:
    """The two packs of the page: what it opens with, and what it reads next.

    Raises:
        KgError: there are no entities.
    """
    if not any(kind_of(table) for table in tables):
        raise KgError("the graph is empty: there is nothing to draw", "build one with: kg build SOURCE")
    core, detail = Pack(), Pack()
    number = {s: table.first + n for table in reversed(tables) for n, s in reversed(list(enumerate(table.subjects)))}
    outer = sorted({g for table in tables for g in table.graphs if g not in number})
    rows = Rows(tables)
    head = []
    for n, (table, (rule, names)) in enumerate(zip(tables, shorten_names(tables), strict=True)):
        now = bool(kind_of(table)) or table.name in _AT_ONCE
        pack = core if now else detail
        pack.add_texts(f"{n}.iri", names)
        pack.add_numbers(f"{n}.graph", [number.get(g, -1 - outer.index(g) if g in outer else 0) for g in table.graphs])
        if any(table.said):
            pack.add_numbers(f"{n}.said", [int(s) for s in table.said])
        columns = [_shorter(table, column, rows) for column in table.columns]
        for c, (column, _) in enumerate(columns):
            _add_column(detail if column.property in _LATER else pack, f"{n}.{c}", column)
        head.append(
            {
                "name": table.name,
                "kind": kind_of(table),
                "classes": table.classes,
                "first": table.first,
                "rows": len(table.subjects),
                "rule": rule,
                "columns": [{"p": c.property, "form": c.form, "rule": r} for c, r in columns],
            }
        )
    _add_picture(core, draw_picture(tables, memory))
    statements = sum(_count_statements(table) for table in tables)
    meta = {
        "title": title,
        "statements": statements,
        "id": vocab.ID,
        "prefixes": vocab.PREFIXES,
        "graphs": outer,
        "tables": head,
        "version": __version__,
    }
    core.add_texts("meta", [json.dumps(meta, ensure_ascii=False, separators=(",", ":"))])
    detail.add_texts("queries", [json.dumps([_query_fields(q) for q in named_queries().values()], ensure_ascii=False)])
    return core.to_bytes(), detail.to_bytes()


def _count_statements(table: Table) -> int:
    cells = sum(len(cell) for column in table.columns for cell in column.cells)
    return len(table.classes) * len(table.subjects) + cells + sum(table.said)


def _shorter(table: Table, column: Column, rows: Rows) -> tuple[Column, str]:
    """A column as it is stored, and the rule by which the page reads it: ``repeats`` (empty cells have the text of the first
    evidence), ``length`` (to add to the start and the length of the sentence) or none."""
    if column.property == vocab.KG + "text" and (shorter := shorten_texts(table, rows)):
        return shorter, "repeats"
    if column.property == vocab.KG + "end" and (shorter := shorten_ends(table)):
        return shorter, "length"
    return column, ""


def _add_column(pack: Pack, name: str, column: Column) -> None:
    """Values one after another; how many each cell has, where that is not always one."""
    if any(len(cell) != 1 for cell in column.cells):
        pack.add_numbers(name + "#", [len(cell) for cell in column.cells])
    values = [value for cell in column.cells for value in cell]
    if column.form == "row":
        pack.add_numbers(name, np.array(values, dtype=np.int64))
    elif column.form == _INTEGER and all(_is_small(str(v)) for v in values):
        pack.add_numbers(name, [int(v) for v in values])
    elif len(set(values)) * 2 <= len(values):
        pack.add_choices(name, [str(v) for v in values])
    else:
        pack.add_texts(name, [str(v) for v in values])


def _is_small(text: str) -> bool:
    return len(text) < 10 and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and str(int(text)) == text


def _add_picture(pack: Pack, picture: Picture) -> None:
    numbers = {"shown": picture.shown, "weight": picture.weight, "x": picture.x, "y": picture.y, "home": picture.home}
    for name, values in numbers.items():
        pack.add_numbers(f"picture.{name}", values)
    pack.add_texts("picture.regions", picture.regions)
    pack.add_numbers("picture.centres", picture.centres.ravel())
    pack.add_numbers("picture.radii", picture.radii)


def _query_fields(query: NamedQuery) -> dict[str, object]:
    params = [{"name": p.name, "type": p.type, "default": p.default, "about": p.about} for p in query.params]
    return {"name": query.name, "title": query.title, "about": query.about, "params": params, "text": query.text}


def _read_bundle(name: str) -> bytes:
    """A built file.

    Raises:
        KgError: it is not there.
    """
    try:
        return (package_file("explore", "bundle") / name).read_bytes()
    except OSError:
        hint = "install again, or in a checkout: cd kg/explore/web && npm ci && npm run build"
        raise KgError(f"the explorer's {name} is missing from this installation", hint) from None


def _policy(scripts: list[bytes], style: bytes) -> str:
    """Only these scripts and this style, and the query engine that the page itself carries; no request to anywhere."""

    def source(data: bytes) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode() + "'"

    return (
        f"default-src 'none'; script-src {' '.join(map(source, scripts))} 'wasm-unsafe-eval'; style-src {source(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
