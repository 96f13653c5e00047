"""What parent and child say to one another: frames of a length, a kind and a payload of JSON or plain bytes.

JSON and nothing that could run code: a child that a hostile file has taken over can send wrong figures at worst, and
the parent bounds and re-checks what it gets.
"""

from __future__ import annotations

import io
import struct
from enum import IntEnum
from typing import IO

_HEAD = struct.Struct(">IB")
MAX_FRAME_BYTES = 256 * 1024 * 1024


class Kind(IntEnum):
    """What a frame holds."""

    # From parent to child.
    REQUEST = 1
    DATA = 2
    # From child to parent.
    READY = 16
    PROGRESS = 17
    STYLES = 18
    SHEET = 19
    ROWS = 20
    SHEET_END = 21
    DONE = 22
    REFUSED = 23


class WireError(Exception):
    """The other side ended, or said what cannot be."""


def send(stream: IO[bytes] | io.RawIOBase, kind: Kind, payload: bytes) -> None:
    """Write one frame. Raises OSError where the other side is gone."""
    stream.write(_HEAD.pack(len(payload), kind))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Kind, bytes]:
    """Read one frame. Raises WireError at the end of the stream or for a frame that cannot be."""
    head = _exactly(stream, _HEAD.size)
    length, code = _HEAD.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a frame of {length} bytes")
    try:
        kind = Kind(code)
    except ValueError as error:
        raise WireError(f"a frame of kind {code}") from error
    return kind, _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise WireError("the stream ended")
    return data
