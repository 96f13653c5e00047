"""What was dropped on the window: files with a path, or attachments that a mail program hands over as bytes."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from scs_desktop.domain.errors import UserError
from scs_desktop.returns.refusals import shown_name
from scs_desktop.workflows.arrived import ArrivedFile

NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
MOST_ATTACHMENTS = 500

# FILEDESCRIPTORW: flags, class, size, point, attributes, three times, length (high, low), name in UTF-16.
_COUNT = struct.Struct("<I")
_DESCRIPTOR = struct.Struct("<I32xI24xII520s")
_HAS_LENGTH = 0x40
_IS_FOLDER = 0x10
_NAMED = re.compile(r";\s*(?:file)?name=\"?([^\";]+)\"?", re.IGNORECASE)
_PROMISES = ("application/x-moz-file-promise", "application/x-moz-file-promise-url")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What can be read of a drop; ``refused`` names what came without its content."""

    paths: tuple[Path, ...] = ()
    files: tuple[ArrivedFile, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def problem(self) -> UserError | None:
        """Why something of the drop is not taken, if anything is not."""
        if not self.refused:
            return None
        what = shown_name(self.refused[0]) or "What was dropped"
        more = f" and {len(self.refused) - 1} more" if len(self.refused) > 1 else ""
        return UserError(f"{what}{more} came without content: save the attachment first and drop the file.")


def may_be_files(mime: QMimeData) -> bool:
    """Whether a drag may hold files: such a drop is answered, if only with a sentence."""
    formats = mime.formats()
    return mime.hasUrls() or NAMES in formats or any(one in _PROMISES or _NAMED.search(one) for one in formats)


def dropped_files(mime: QMimeData) -> Dropped:
    """Return what a drop holds. Bytes with a name are taken before a link to the same attachment."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Dropped(paths)
    files, refused = _attachments(mime)
    for form in mime.formats():
        name = _NAMED.search(form)
        if name is not None:
            _take(_bare(name[1]), bytes(mime.data(form).data()), files, refused)
    if not files and not refused:
        refused = [_bare(url.fileName()) for url in mime.urls()] or [""]
    return Dropped((), tuple(files), tuple(refused))


def _attachments(mime: QMimeData) -> tuple[list[ArrivedFile], list[str]]:
    """Return the attachments of a Windows mail program: their names in one format, each content in another."""
    files: list[ArrivedFile] = []
    refused: list[str] = []
    names = bytes(mime.data(NAMES).data())
    if len(names) < _COUNT.size:
        return files, refused
    (told,) = _COUNT.unpack_from(names)
    held = (len(names) - _COUNT.size) // _DESCRIPTOR.size
    count = min(told, held, MOST_ATTACHMENTS)
    for number in range(count):
        flags, attributes, high, low, raw = _DESCRIPTOR.unpack_from(names, _COUNT.size + number * _DESCRIPTOR.size)
        if attributes & _IS_FOLDER:
            continue
        name = _bare(raw.decode("utf-16-le", "replace").partition("\0")[0])
        data = bytes(mime.data(f"{CONTENTS};index={number}").data())
        if not data and count == 1:
            data = bytes(mime.data(CONTENTS).data())
        length = high << 32 | low
        if flags & _HAS_LENGTH:
            # The system rounds the memory that it hands over up; less than was told is a file cut short.
            data = data[:length] if len(data) >= length else b""
        _take(name, data, files, refused)
    return files, refused


def _take(name: str, data: bytes, files: list[ArrivedFile], refused: list[str]) -> None:
    if name and data:
        files.append(ArrivedFile(data, name))
    else:
        refused.append(name)


def _bare(name: str) -> str:
    """Return a name without folders: it comes from outside."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()
