"""Columns of numbers and texts as bytes, and bytes as text that can stand in a page.

A pack is a JSON list of its parts, a line feed, and the parts one after another. Numbers are LEB128 varints, zigzagged
differences where that is shorter; texts are joined by line feeds. ``web/src/pack.ts`` reads what this writes.
"""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Printable characters that mean nothing in HTML, 91 of them: 13 bits in two characters (the idea of basE91, Henke 2006).
ALPHABET = "".join(chr(c) for c in range(33, 127) if chr(c) not in '<&"')
_LINE = 4096

Numbers = NDArray[np.int64]


class Pack:
    """Collects named parts."""

    def __init__(self) -> None:
        self._parts: list[dict[str, object]] = []
        self._data: list[bytes] = []

    def add_numbers(self, name: str, values: Sequence[int] | Numbers) -> None:
        """Whole numbers, each below 2**31 in size."""
        numbers = np.asarray(values, dtype=np.int64)
        plain = None if (numbers < 0).any() else _varints(numbers)
        steps = np.diff(numbers, prepend=0)
        delta = _varints((steps << 1) ^ (steps >> 63))
        if plain is not None and len(plain) <= len(delta):
            self._add(name, "v", len(numbers), plain)
        else:
            self._add(name, "d", len(numbers), delta)

    def add_texts(self, name: str, texts: Sequence[str]) -> None:
        """Any texts; lone surrogates become question marks."""
        escaped = (t.replace("\\", "\\\\").replace("\n", "\\n") for t in texts)
        self._add(name, "s", len(texts), "\n".join(escaped).encode("utf-8", "replace"))

    def add_choices(self, name: str, texts: Sequence[str]) -> None:
        """Texts of which many are equal: the different ones, sorted, and a number for each."""
        known = sorted(set(texts))
        number = {text: n for n, text in enumerate(known)}
        self.add_texts(name + "=", known)
        self.add_numbers(name, [number[text] for text in texts])

    def _add(self, name: str, form: str, count: int, data: bytes) -> None:
        self._parts.append({"n": name, "f": form, "c": count, "b": len(data)})
        self._data.append(data)

    def to_bytes(self) -> bytes:
        head = json.dumps(self._parts, separators=(",", ":")).encode()
        return b"\n".join([head, b"".join(self._data)])


def compress_gzip(data: bytes) -> bytes:
    """For what is needed at once: browsers unpack it themselves."""
    return gzip.compress(data, 9, mtime=0)


def compress_lzma(data: bytes) -> bytes:
    """For what can wait a moment: a quarter smaller than gzip. The size as four bytes, then raw LZMA (lc 4, lp 0, pb 0)."""
    chain = [{"id": lzma.FILTER_LZMA1, "preset": 9, "dict_size": 1 << 24, "lc": 4, "lp": 0, "pb": 0}]
    return len(data).to_bytes(4, "little") + lzma.compress(data, format=lzma.FORMAT_RAW, filters=chain)


def encode_text(data: bytes) -> str:
    """Bytes as lines of printable characters: the length, a line feed, then two characters for every 13 bits."""
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8), bitorder="little")
    padded = np.zeros(-(-len(bits) // 13) * 13, dtype=np.uint8)
    padded[: len(bits)] = bits
    words = padded.reshape(-1, 13) @ (1 << np.arange(13, dtype=np.int64))
    table = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    text = table[np.column_stack((words % 91, words // 91)).ravel()].tobytes().decode("ascii")
    lines = [str(len(data)), *(text[i : i + _LINE] for i in range(0, len(text), _LINE))]
    return "\n".join(lines)


def _varints(numbers: Numbers) -> bytes:
    """Little-endian groups of seven bits, the high bit saying that more follow."""
    if not len(numbers):
        return b""
    size = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, 63, 7):
        size += (numbers >> bits) > 0
    out = np.zeros((len(numbers), int(size.max())), dtype=np.uint8)
    for n in range(out.shape[1]):
        out[:, n] = (numbers >> (7 * n)) & 127 | np.where(size > n + 1, 128, 0)
    return out[np.arange(out.shape[1]) < size[:, None]].tobytes()
