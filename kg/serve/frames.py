"""Messages between the server and its workers: two lengths, a JSON head, a body of bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">IQ")


def start_frame(head: dict[str, Any], size: int = 0) -> bytes:
    """A message as bytes, all but the ``size`` bytes of its body."""
    data = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTHS.pack(len(data), size) + data


def read_head(data: bytes) -> dict[str, Any]:
    """The head of a message."""
    head: dict[str, Any] = json.loads(data)
    return head


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message of a blocking stream; none at its end."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return read_head(stream.read(head)), stream.read(body)
