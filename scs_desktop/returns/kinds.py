"""What a file is, from its own bytes: signatures, the streams of old Office files, and whether it is text at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

SAMPLE_BYTES = 65_536

# First bytes of the kinds of file that partners send by mistake, and what an officer calls them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\0\x01\0\0Standard", "a database (Access)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"PAR1", "a Parquet data file"),
    (b"MZ", "a program for Windows"),
    (b"\x7fELF", "a program"),
    (b"ID;PWXL;", "a SYLK file"),
    (b"MIME-Version:", "a saved e-mail or web archive"),
    (b"Received: ", "a saved e-mail"),
    (b"Return-Path: ", "a saved e-mail"),
    (b"RIFF", "a sound or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
)
_ARCHIVES = {"a gzip archive", "a 7-Zip archive", "a RAR archive", "a bzip2 archive", "an xz archive"}
# Names of streams in a compound file, with what holds them.
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "a Word document (.doc)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("__properties_version1.0", "a saved Outlook message (.msg)"),
    ("VisioDocument", "a Visio drawing"),
)
HTML = re.compile(
    r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)


def foreign_kind(data: bytes) -> tuple[str, str] | None:
    """Return what a file that is no spreadsheet is called, and what to do with it; None where nothing is known of it.

    A table may begin with the letters of a signature ("BM Ward,2011"); those files hold bytes that no text has.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and not (signature.isalnum() and sample_text(data) is not None):
            return kind, "unpack it and drop the workbook in it" if kind in _ARCHIVES else ""
    return None


def stream_names(data: bytes) -> Iterator[str]:
    """Names of the streams in a compound file, read from its directory's 128-byte entries wherever they lie.

    The chain of sectors is not followed: a hostile file can bend it, and an entry is told by its own shape.
    """
    for name in ("EncryptedPackage", "EncryptionInfo", "Workbook", "Book", *(name for name, _ in OLE_STREAMS)):
        coded = name.encode("utf-16-le") + b"\0\0"
        at = data.find(coded)
        while at != -1:
            if at % 128 == 0 and data[at + 64 : at + 66] == len(coded).to_bytes(2, "little"):
                yield name
                break
            at = data.find(coded, at + 1)


def sample_text(data: bytes) -> str | None:
    """Return the beginning of a file as text, or None where it holds bytes that no text file has."""
    sample = data[:SAMPLE_BYTES]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample[: len(sample) // 2 * 2].decode("utf-16", "replace")
    zeros = sample.count(0)
    if zeros:
        # UTF-16 without its mark: one half of all bytes are zero, all at odd or all at even places.
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if min(even, odd) == 0 and zeros * 5 >= len(sample) * 2:
            return sample[: len(sample) // 2 * 2].decode("utf-16-le" if odd else "utf-16-be", "replace")
        return None
    controls = sum(sample.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if controls * 50 > len(sample):
        return None
    return sample.decode("utf-8-sig", "replace")
