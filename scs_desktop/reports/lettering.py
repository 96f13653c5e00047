"""Which letters can be printed: an archivable PDF may hold none that its font cannot draw.

The shipped font knows Latin, Greek and Cyrillic. What it lacks in a partner's or officer's words is
shown as an empty box, so that the paper is printed all the same and says where something is missing.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

MISSING = "□"
_SEGMENTS, _GROUPS = 4, 12
_LAST_IN_SEGMENTS = 0xFFFF


# By Unicode's category: control characters and separators of lines; half letters, private and unassigned ones.
_PLAIN = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": MISSING, "Co": MISSING, "Cn": MISSING}
# Marks that turn the direction of what follows could make a line read otherwise than it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return the text without what no document may hold: a space or an empty box stands in its place."""
    return "".join(_PLAIN.get(unicodedata.category(letter), letter) for letter in text if letter not in _TURNING)


def printable(text: str, font: Path) -> str:
    """Return the text with an empty box for each letter that the OpenType font cannot draw."""
    known = letters(font)
    return "".join(letter if ord(letter) in known or _unseen(letter) else MISSING for letter in plain(text))


def _unseen(letter: str) -> bool:
    """Whether the letter draws nothing of its own: joiners, soft hyphens, kinds of space."""
    return unicodedata.category(letter) in {"Cf", "Zs"}


@cache
def letters(font: Path) -> frozenset[int]:
    """Return the code points that the font's character map leads to a glyph.

    The map is read as the OpenType specification has it ("cmap", formats 4 and 12).
    """
    data = font.read_bytes()
    table = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, table + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", data, table + 4 + 8 * index + 4)
        (form,) = struct.unpack_from(">H", data, table + offset)
        if form == _SEGMENTS:
            found |= _of_segments(data, table + offset)
        elif form == _GROUPS:
            found |= _of_groups(data, table + offset)
    return frozenset(found)


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if tag == name:
            return int(offset)
    message = f"the font has no table {name!r}"
    raise ValueError(message)


def _of_segments(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    return {
        letter
        for start, end in zip(starts, ends, strict=True)
        for letter in range(start, end + 1)
        if letter != _LAST_IN_SEGMENTS
    }


def _of_groups(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for index in range(count):
        start, end, _ = struct.unpack_from(">III", data, at + 16 + 12 * index)
        found |= set(range(start, end + 1))
    return found
