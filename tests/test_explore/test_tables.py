"""Tables hold what the store holds, each statement once, in a form that does not depend on the store's order."""

import json
import lzma
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.explore.names import shorten_names
from kg.explore.pack import ALPHABET, Pack, compress_lzma, encode_text
from kg.explore.page import pack_graph
from kg.explore.tables import Table, read_tables
from kg.graph import vocab

Statement = tuple[str, str, str, str]


def statements_of(tables: list[Table]) -> list[Statement]:
    """Graph, subject, property and value of everything that tables say."""
    names = [subject for table in tables for subject in table.subjects]
    found: list[Statement] = []
    for table in tables:
        for n, (subject, graph) in enumerate(zip(table.subjects, table.graphs, strict=True)):
            found += [(graph, subject, vocab.RDF + "type", c) for c in table.classes]
            for column in table.columns:
                values = [names[v] if column.form == "row" else v for v in column.cells[n]]
                found += [(graph, subject, column.property, value) for value in values]
            if table.said[n]:
                ends = [table.column(vocab.RDF + end) for end in ("subject", "predicate", "object")]
                s, p, o = (column.cells[n][0] for column in ends if column)
                found.append((graph, names[s], p, names[o]))
    return found


def test_every_statement_once(store: Store) -> None:
    found = statements_of(read_tables(store))
    wanted = [(q.graph_name.value, q.subject.value, q.predicate.value, q.object.value) for q in store]  # type: ignore[union-attr]
    assert sorted(found) == sorted(wanted)


def test_hostile_texts_are_kept(hostile_store: Store) -> None:
    found = statements_of(read_tables(hostile_store))
    assert sorted(found) == sorted(
        (q.graph_name.value, q.subject.value, q.predicate.value, q.object.value) for q in hostile_store
    )  # type: ignore[union-attr]


def test_order_of_quads_does_not_matter(store: Store) -> None:
    quads = list(store)
    first = pack_graph(read_tables(quads), "x")
    random.Random(3).shuffle(quads)  # noqa: S311
    assert pack_graph(read_tables(quads), "x") == first


def test_a_statement_that_stands_twice_is_taken_once() -> None:
    """Two assertions of the same triple: the triple belongs to one of them, and is not lost or doubled."""
    iri = NamedNode
    s, p, o, g = (iri(f"http://e.org/{n}") for n in "spog")
    quads = [Quad(s, p, o, g), Quad(s, p, Literal("x"), g), Quad(o, p, Literal("y"), g)]
    for n in "12":
        a = iri(f"http://e.org/a{n}")
        for name, value in (("subject", s), ("predicate", p), ("object", o)):
            quads.append(Quad(a, iri(vocab.RDF + name), value, g))
    found = statements_of(read_tables(quads))
    assert sorted(found) == sorted((q.graph_name.value, q.subject.value, q.predicate.value, q.object.value) for q in quads)  # type: ignore[union-attr]


def test_names_that_a_rule_gives_are_left_out(store: Store) -> None:
    tables = read_tables(store)
    kept = {table.name: names for table, (_, names) in zip(tables, shorten_names(tables), strict=True)}
    assert kept["Paper"] == ["", "", "paper/old-ember", ""], "by arXiv id, by arXiv id, by no rule, by label"
    assert set(kept["Technique"]) == {""}
    assert all(kept["Assertion"]), "these were named by hand, not by their content"


def read_varints(data: bytes, form: str) -> list[int]:
    out, value, shift, before = [], 0, 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            before = value if form == "v" else before + ((value >> 1) ^ -(value & 1))
            out.append(before)
            value = shift = 0
    return out


@given(st.lists(st.integers(-(2**31) + 1, 2**31 - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    pack = Pack()
    pack.add_numbers("n", numbers)
    head, _, data = pack.to_bytes().partition(b"\n")
    (part,) = json.loads(head)
    assert part["c"] == len(numbers)
    assert read_varints(data, part["f"]) == numbers


@given(st.binary(max_size=200))
def test_bytes_come_back_from_printable_text(data: bytes) -> None:
    size, *lines = encode_text(data).split("\n")
    text = "".join(lines)
    assert set(text) <= set(ALPHABET)
    assert len(ALPHABET) == 91
    bits = sum((ALPHABET.index(text[i]) + 91 * ALPHABET.index(text[i + 1])) << (13 * i // 2) for i in range(0, len(text), 2))
    assert bits.to_bytes(len(text) * 13 // 16 + 2, "little")[: int(size)] == data


def test_lzma_is_plain() -> None:
    data = b"the cache prunes itself " * 50
    packed = compress_lzma(data)
    assert int.from_bytes(packed[:4], "little") == len(data)
    chain = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 24, "lc": 4, "lp": 0, "pb": 0}]
    assert lzma.decompress(packed[4:], format=lzma.FORMAT_RAW, filters=chain) == data


def test_statements_are_counted(store: Store) -> None:
    core, _ = pack_graph(read_tables(store), "x")
    assert f'"statements":{len(store)},'.encode() in core


def test_an_empty_graph_is_a_mistake_of_the_user() -> None:
    from kg.errors import KgError

    with pytest.raises(KgError, match="empty"):
        pack_graph(read_tables(Store()), "x")
