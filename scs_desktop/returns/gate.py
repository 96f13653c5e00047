"""The gate: what a file is, told by its content, before any parser sees it.

Only spreadsheets within the limits pass; everything else ends here as a refusal that says what the file is and what to
do. The gate reads the archive's directory and the heads of its parts, never the parts themselves: a few milliseconds
for a return. What only shows while parsing is checked in the child process (`scs_desktop.returns.reader`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from scs_desktop.returns.archive import Archive
from scs_desktop.returns.grid import FileFormat
from scs_desktop.returns.kinds import HTML, OLE_STREAMS, SAMPLE_BYTES, foreign_kind, sample_text, stream_names
from scs_desktop.returns.refusals import (
    MAX_FILE_BYTES,
    MAX_TEXT_FILE_BYTES,
    Cancelled,
    CannotDecrypt,
    Damaged,
    EmptyFile,
    IsArchive,
    LockFile,
    NotASpreadsheet,
    OutOfMemory,
    PasswordNeeded,
    ReaderDied,
    Refusal,
    TimedOut,
    TooLarge,
    Unreadable,
    Unsafe,
    WrongPassword,
    count_text,
    shown_name,
    size_text,
)

__all__ = [
    "Cancelled",
    "CannotDecrypt",
    "Damaged",
    "EmptyFile",
    "IsArchive",
    "LockFile",
    "Member",
    "NotASpreadsheet",
    "OutOfMemory",
    "Passed",
    "PasswordNeeded",
    "ReaderDied",
    "Refusal",
    "TimedOut",
    "TooLarge",
    "Unreadable",
    "Unsafe",
    "Wrapping",
    "WrongPassword",
    "inspect",
    "load",
    "members",
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_EMPTY = b"PK\x05\x06"
_TEXT_NAMES = {".csv", ".tsv", ".txt", ".tab", ".asc", ".dat", ""}
_WORKBOOK_NAMES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots"}
_WORKBOOK_MEMBERS = (*sorted(_WORKBOOK_NAMES), ".csv", ".tsv")
# A stream of an Excel workbook before 1995 starts with a BOF record of its version.
_OLD_EXCEL = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)


class Wrapping(Enum):
    """How the workbook lies in the file."""

    PLAIN = "plain"
    ENCRYPTED_OOXML = "encrypted_ooxml"


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that the gate lets through.

    Attributes:
        format: told by content; for an encrypted workbook what is inside is told after decryption.
        wrapping: whether it must be decrypted first.
        notices: sentences about what was accepted with a note.

    """

    format: FileFormat
    wrapping: Wrapping = Wrapping.PLAIN
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip archive, read into memory.

    Attributes:
        file_name: the name without its folders.
        place: the whole name inside the archive, for showing only.
        data: the bytes.

    """

    file_name: str
    place: str
    data: bytes


def load(path: Path) -> bytes:
    """Return the bytes of a file of the size that is allowed for its kind.

    Raises:
        Unreadable: it is not there, is a folder, or may not be opened.
        TooLarge: it is larger than any kind of file may be.

    """
    _refuse_lock_file(path.name)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
            if len(data) > MAX_FILE_BYTES and _may_be_text(data, path.name):
                data += stream.read(MAX_TEXT_FILE_BYTES + 1 - len(data))
    except FileNotFoundError as error:
        raise Unreadable("is not there any more", "check where it was moved to", path.name) from error
    except IsADirectoryError as error:
        raise Unreadable("is a folder", "choose the files in it", path.name) from error
    except OSError as error:
        if path.is_dir():
            raise Unreadable("is a folder", "choose the files in it", path.name) from error
        raise Unreadable(f"cannot be opened ({error.strerror or 'no access'})", "", path.name) from error
    return data


def inspect(data: bytes, file_name: str) -> Passed:
    """Tell what the file is and whether it may be parsed.

    Raises:
        Refusal: one of its kinds, with the file's name in the sentence.

    """
    try:
        return _inspect(data, file_name)
    except Refusal as refusal:
        raise refusal.named(file_name) from refusal.__cause__


def members(data: bytes, file_name: str) -> tuple[Member, ...]:
    """Return the workbooks and text tables inside a zip archive, each in memory under its bare name.

    Folders, lock files and other kinds of file are left out. Members are bytes: each passes the gate by itself when it
    is read, so that an archive within an archive is refused there.

    Raises:
        Refusal: not a zip archive, against the limits, damaged, or with nothing to read in it.

    """
    try:
        if not data.startswith((_ZIP, _ZIP_EMPTY)):
            raise NotASpreadsheet("is not a zip archive")
        if len(data) > MAX_FILE_BYTES:
            raise TooLarge(f"has {size_text(len(data))}, and the limit is {size_text(MAX_FILE_BYTES)}")
        archive = Archive(data)
        found = [
            Member(PurePosixPath(part.name).name, part.name, archive.read(part.name))
            for part in archive.parts
            if _readable_member(part.name)
        ]
    except Refusal as refusal:
        raise refusal.named(file_name) from refusal.__cause__
    if not found:
        raise NotASpreadsheet("is a zip archive without a workbook in it", "", file_name)
    return tuple(found)


def _inspect(data: bytes, file_name: str) -> Passed:
    _refuse_lock_file(file_name)
    if not data:
        raise EmptyFile("is empty (0 bytes)")
    _check_size(data, file_name)
    if data.startswith(_ZIP):
        return _inspect_zip(data, file_name)
    if data.startswith(_ZIP_EMPTY):
        raise NotASpreadsheet("is an empty zip archive")
    if data.startswith(_OLE):
        return _inspect_compound(data, file_name)
    if data.startswith(_OLD_EXCEL):
        return Passed(FileFormat.XLS, notices=_name_notice(FileFormat.XLS, file_name))
    return _inspect_text(data, file_name)


def _refuse_lock_file(file_name: str) -> None:
    name = shown_name(file_name)
    if name.startswith("~$"):
        raise LockFile("is the lock file that Excel keeps beside an open workbook", "", file_name)
    if name.startswith(".~lock."):
        raise LockFile("is the lock file that LibreOffice keeps beside an open workbook", "", file_name)


def _check_size(data: bytes, file_name: str) -> None:
    limit = MAX_TEXT_FILE_BYTES if _may_be_text(data, file_name) else MAX_FILE_BYTES
    if len(data) > limit:
        raise TooLarge(f"is larger than {size_text(limit)}, which is the limit for files of its kind")


def _may_be_text(data: bytes, file_name: str) -> bool:
    return _suffix(file_name) in _TEXT_NAMES and not data.startswith((_ZIP, _OLE))


def _suffix(file_name: str) -> str:
    return PurePosixPath(shown_name(file_name)).suffix.lower()


def _name_notice(kind: FileFormat, file_name: str) -> tuple[str, ...]:
    suffix = _suffix(file_name)
    families = {
        FileFormat.XLSX: {".xlsx", ".xltx", ".xlsm"},
        FileFormat.XLSM: {".xlsm", ".xltm", ".xlsx"},
        FileFormat.XLS: {".xls", ".xlt"},
        FileFormat.XLSB: {".xlsb"},
        FileFormat.ODS: {".ods", ".ots"},
    }
    if kind in families and suffix not in families[kind]:
        return (f"The content is an .{kind} workbook although the name does not say so; it was read by its content.",)
    return ()


def _inspect_zip(data: bytes, file_name: str) -> Passed:
    archive = Archive(data)
    archive.check_heads()
    names = [part.name.lower() for part in archive.parts]
    present = set(names)

    def folder(prefix: str) -> bool:
        return any(name.startswith(prefix) for name in names)

    if "[content_types].xml" in present or folder("xl/"):
        return _inspect_package(archive, present, folder("xl/"), file_name)
    if "content.xml" in present:
        return _inspect_opendocument(archive, present, file_name)
    if folder("index/") and any(name.endswith(".iwa") for name in names):
        raise NotASpreadsheet(
            "is an Apple Numbers, Pages or Keynote file", "ask the partner to export it as .xlsx or .csv"
        )
    inside = sum(1 for name in names if _readable_member(name))
    if inside:
        tables = "1 table or workbook" if inside == 1 else f"{count_text(inside)} tables or workbooks"
        raise IsArchive(f"is a zip archive with {tables} in it")
    raise NotASpreadsheet("is a zip archive without a workbook in it")


def _readable_member(name: str) -> bool:
    bare = PurePosixPath(name).name
    hidden = bare.startswith((".", "~$")) or name.startswith("__MACOSX/")
    return not hidden and bare.lower().endswith(_WORKBOOK_MEMBERS)


def _inspect_package(archive: Archive, present: set[str], has_sheets: bool, file_name: str) -> Passed:  # noqa: FBT001 - one private call
    kinds = (
        archive.head("[Content_Types].xml", SAMPLE_BYTES)
        if archive.find("[Content_Types].xml") == "[Content_Types].xml"
        else b""
    )
    if not has_sheets and b"spreadsheetml" not in kinds.replace(b"\0", b""):
        for folder, kind in (
            ("word/", "a Word document (.docx)"),
            ("ppt/", "a PowerPoint presentation (.pptx)"),
            ("visio/", "a Visio drawing"),
        ):
            if any(name.startswith(folder) for name in present):
                raise NotASpreadsheet(f"is {kind}")
        raise Damaged("has lost its workbook (an Office file without the part that holds the sheets)")
    if "xl/workbook.bin" in present:
        return Passed(FileFormat.XLSB, notices=_name_notice(FileFormat.XLSB, file_name))
    kind = FileFormat.XLSM if "xl/vbaproject.bin" in present else FileFormat.XLSX
    return Passed(kind, notices=_name_notice(kind, file_name))


def _inspect_opendocument(archive: Archive, present: set[str], file_name: str) -> Passed:
    declared = archive.head("mimetype", 200).decode("ascii", "replace").strip() if "mimetype" in present else ""
    manifest = (
        archive.head("META-INF/manifest.xml", SAMPLE_BYTES)
        if archive.find("META-INF/manifest.xml") == "META-INF/manifest.xml"
        else b""
    )
    if b"encryption-data" in manifest:
        raise CannotDecrypt(
            "is an OpenDocument file with a password, which cannot be opened here",
            "open it in LibreOffice and save it without a password",
        )
    kinds = {
        "text": "a LibreOffice text document (.odt)",
        "presentation": "a LibreOffice presentation (.odp)",
        "graphics": "a LibreOffice drawing (.odg)",
    }
    for word, kind in kinds.items():
        if declared.startswith(f"application/vnd.oasis.opendocument.{word}"):
            raise NotASpreadsheet(f"is {kind}")
    return Passed(FileFormat.ODS, notices=_name_notice(FileFormat.ODS, file_name))


def _inspect_compound(data: bytes, file_name: str) -> Passed:
    streams = set(stream_names(data))
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        return Passed(FileFormat.XLSX, Wrapping.ENCRYPTED_OOXML)
    if streams & {"Workbook", "Book"}:
        return Passed(FileFormat.XLS, notices=_name_notice(FileFormat.XLS, file_name))
    for name, kind in OLE_STREAMS:
        if name in streams:
            remedy = "save its attachment from the mail program and drop that" if kind.endswith("(.msg)") else ""
            raise NotASpreadsheet(f"is {kind}", remedy)
    raise Damaged("is damaged or cut short (an old Office file without a workbook in it)")


def _inspect_text(data: bytes, file_name: str) -> Passed:
    foreign = foreign_kind(data)
    if foreign is not None:
        raise NotASpreadsheet(f"is {foreign[0]}", foreign[1])
    text = sample_text(data)
    if text is None:
        raise NotASpreadsheet("is not a spreadsheet nor any kind of file that is known here")
    if not text.strip("\0 \t\r\n\ufeff"):
        raise EmptyFile("holds nothing but blank space")
    if HTML.match(text):
        raise NotASpreadsheet("is a web page (HTML)", "open it in Excel and save it as an Excel workbook (.xlsx)")
    if text.lstrip().startswith("<?xml") or text.lstrip().startswith("<"):
        if "schemas-microsoft-com:office:spreadsheet" in text:
            raise NotASpreadsheet(
                "is an Excel 2003 XML file", "open it in Excel and save it as an Excel workbook (.xlsx)"
            )
        if "opendocument" in text:
            raise NotASpreadsheet("is a flat OpenDocument file", "open it in LibreOffice and save it as .ods or .xlsx")
        raise NotASpreadsheet("is an XML file")
    suffix = _suffix(file_name)
    if suffix in _WORKBOOK_NAMES:
        raise NotASpreadsheet(
            f"is a plain text file under the name of a workbook ({suffix})",
            "open it in Excel and save it as .xlsx, or give it a name that ends in .csv if it is a table",
        )
    if suffix not in _TEXT_NAMES:
        raise NotASpreadsheet(
            "is a text file that is not named as a table", "give it a name that ends in .csv if it is a table"
        )
    return Passed(FileFormat.TSV if suffix in {".tsv", ".tab"} else FileFormat.CSV)
