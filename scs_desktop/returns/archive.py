"""The directory of a zip archive, checked before anything inside it is unpacked.

Nothing here trusts what the archive says of itself more than once: names, sizes and positions in the central directory
are held against the local headers and the file's length, and every part is unpacked in memory, counted, with its
checksum verified. No part is ever written to a disk.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from scs_desktop.returns.refusals import (
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    RATIO_FREE_BYTES,
    CannotDecrypt,
    Damaged,
    TooLarge,
    Unsafe,
    count_text,
    shown_name,
    size_text,
)

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_MAX_NAME = 1_000
_DRIVE = re.compile(r"^[A-Za-z]:")
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside the archive: its name and its size unpacked, in bytes."""

    name: str
    size: int


class Archive:
    """An archive whose directory has passed every check.

    Attributes:
        parts: in the directory's order, folders left out.

    """

    def __init__(self, data: bytes) -> None:
        """Check the directory.

        Raises:
            Damaged: the directory cannot be read, or disagrees with the parts.
            TooLarge: a limit on parts, size or ratio is passed.
            Unsafe: names or positions that no honest archive has.
            CannotDecrypt: the zip itself is encrypted.

        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, struct.error, OSError, EOFError, NotImplementedError) as error:
            raise Damaged("is damaged or cut short (its list of contents cannot be read)") from error
        _check_limits(entries)
        _check_names(entries)
        _check_places(data, entries, getattr(self._zip, "start_dir", len(data)))
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self.parts = tuple(Part(name, entry.file_size) for name, entry in self._entries.items())
        self._folded = {name.casefold(): name for name in self._entries}

    def find(self, name: str) -> str | None:
        """Return the part's true name, compared without regard to case as the package formats do; None if absent."""
        bare = name.lstrip("/")
        return bare if bare in self._entries else self._folded.get(bare.casefold())

    def size(self, name: str) -> int:
        """Size of the part unpacked, in bytes."""
        return self._entries[name].file_size

    def head(self, name: str, length: int = _HEAD) -> bytes:
        """Return the first bytes of a part. Raises Damaged where they cannot be unpacked."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                return stream.read(length)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise _broken(name) from error

    def chunks(self, name: str, size: int = _CHUNK) -> Iterator[bytes]:
        """Yield a part in pieces; the checksum is verified with the last. Raises Damaged."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                length = 0
                while chunk := stream.read(size):
                    length += len(chunk)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise _broken(name) from error
        if length != self._entries[name].file_size:
            raise _broken(name)

    def read(self, name: str) -> bytes:
        """Return a whole part. Raises Damaged where it is cut short or its checksum fails."""
        return b"".join(self.chunks(name))

    def check_heads(self) -> None:
        """Look at the first bytes of every part that holds XML. Raises Unsafe for a document type, Damaged."""
        for name in self._entries:
            if name.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
                head = self.head(name)
                if _DOCTYPE.search(head) or _DOCTYPE.search(head.replace(b"\0", b"")):
                    raise Unsafe(
                        f"declares a document type in its part {shown_name(name)}, which a workbook never does"
                    )

    def verify(self, names: Iterator[str] | list[str]) -> None:
        """Unpack the parts and throw them away, for their checksums alone. Raises Damaged."""
        for name in names:
            for _ in self.chunks(name):
                pass


def _broken(name: str) -> Damaged:
    return Damaged(f"is damaged (its part {shown_name(name)} is cut short or fails its checksum)")


def _check_limits(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise TooLarge(f"holds {count_text(len(entries))} parts, and the limit is {count_text(MAX_PARTS)}")
    total = 0
    for entry in entries:
        name = shown_name(entry.filename)
        if entry.flag_bits & _ENCRYPTED:
            raise CannotDecrypt("is a zip archive with a password of its own")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unsafe(f"packs its part {name} by a method that workbooks do not use")
        if entry.file_size > MAX_PART_BYTES:
            raise TooLarge(
                f"holds the part {name} of {size_text(entry.file_size)}, and the limit is {size_text(MAX_PART_BYTES)}"
            )
        total += entry.file_size
        if entry.file_size > RATIO_FREE_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise TooLarge(
                f"unpacks its part {name} to more than {MAX_RATIO} times its size, and the limit is {MAX_RATIO}:1"
            )
    if total > MAX_TOTAL_BYTES:
        raise TooLarge(f"unpacks to {size_text(total)}, and the limit is {size_text(MAX_TOTAL_BYTES)}")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        # orig_filename keeps what the archive said: zipfile cuts at NUL and turns separators round.
        original = entry.orig_filename
        name = original.replace("\\", "/")
        if "\0" in original or len(name) > _MAX_NAME or not name.strip("/"):
            raise Unsafe("holds a part with an impossible name")
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
            raise Unsafe(f"holds a part whose name points outside the file ({shown_name(name)})")
        folded = name.casefold()
        if folded in seen:
            raise Unsafe(f"holds the part {shown_name(name)} twice")
        seen.add(folded)


def _check_places(data: bytes, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Every part has its own stretch of the file, and its local header agrees with the directory."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        start = entry.header_offset
        if start < end:
            raise Unsafe("holds parts that overlap one another")
        if start < 0 or start + _LOCAL_HEADER.size > len(data):
            raise Damaged("is damaged or cut short (a part lies beyond its end)")
        fields = _LOCAL_HEADER.unpack_from(data, start)
        signature, flags, method, name_length, extra_length = fields[0], fields[2], fields[3], fields[9], fields[10]
        if signature != b"PK\x03\x04":
            raise Damaged("is damaged (a part does not stand where the list of contents says)")
        local = data[start + _LOCAL_HEADER.size : start + _LOCAL_HEADER.size + name_length]
        if method != entry.compress_type or (flags ^ entry.flag_bits) & _ENCRYPTED:
            raise Unsafe("describes one of its parts in two different ways")
        if _decoded(local, flags) != entry.orig_filename:
            raise Unsafe("names one of its parts in two different ways")
        end = start + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
        if end > directory:
            raise Damaged("is damaged or cut short (a part runs into the list of contents)")


def _decoded(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        return ""
