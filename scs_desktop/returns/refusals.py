"""Why a partner's file is not read, and the limits that may be the reason.

Callers tell cases apart by type. The text is one sentence for the officer: the file, what is wrong with it
(naming the limit where one was hit), and what to do. Every limit on an untrusted file stands here and nowhere else.
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Self

from scs_desktop.domain.errors import RefusedError

MIB = 1024 * 1024

# The file as it arrives.
MAX_FILE_BYTES = 25 * MIB
MAX_TEXT_FILE_BYTES = 200 * MIB
# The archive inside .xlsx, .xlsm, .xlsb, .ods and a zip of workbooks.
MAX_PARTS = 1_000
MAX_PART_BYTES = 100 * MIB
MAX_TOTAL_BYTES = 200 * MIB
MAX_RATIO = 100
RATIO_FREE_BYTES = MIB
# The structure, checked while parsing.
MAX_XML_DEPTH = 64
MAX_SHEETS = 250
MAX_CELLS_PER_SHEET = 5_000_000
MAX_SHARED_STRINGS = 500_000
MAX_TEXT = 32_767
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_MERGES_PER_SHEET = 200_000
MAX_STYLES = 65_000
# A cell far to the right costs a place for every column before it; this many places are given to a sheet.
MAX_PLACES_PER_SHEET = 20_000_000
# The child process.
TIMEOUT_SECONDS = 60.0
CHILD_MEMORY_BYTES = 1024 * MIB

_SHOWN_NAME = 80


def shown_name(file_name: str) -> str:
    """Return the name as it may be shown: without folder, control and direction characters, and cut if very long."""
    bare = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    if len(clean) > _SHOWN_NAME:
        clean = f"{clean[: _SHOWN_NAME - 20]}…{clean[-19:]}"
    return clean or "the file"


class Refusal(RefusedError):  # noqa: N818 - a refusal is an answer to the officer, and is called so everywhere
    """The file is not read; the store and the window are as before.

    Attributes:
        reason: what is wrong, as it goes on after the file's name ("is empty").
        remedy: what to do, as an imperative ("ask the partner to send it again").
        file_name: name of the file, empty while the reader that found the fault does not know it.

    """

    default_remedy: ClassVar[str] = "ask the partner to send it again"

    def __init__(self, reason: str, remedy: str = "", file_name: str = "") -> None:
        self.reason = reason
        self.remedy = remedy or self.default_remedy
        self.file_name = file_name
        shown = f"“{shown_name(file_name)}”" if file_name else "The file"
        super().__init__(f"{shown} {self.reason}: {self.remedy}.")

    def named(self, file_name: str) -> Self:
        """Return the same refusal with the file's name in its sentence."""
        return type(self)(self.reason, self.remedy, file_name)


class Unreadable(Refusal):
    """The file cannot be opened at all: gone, locked, or not allowed."""

    default_remedy = "check that it is still there and not open in another program"


class EmptyFile(Refusal):
    """There is nothing in the file."""

    default_remedy = "ask the partner to send it again"


class NotASpreadsheet(Refusal):
    """Another kind of file, whatever its name says."""

    default_remedy = "ask the partner for the figures as an Excel workbook or a .csv file"


class LockFile(NotASpreadsheet):
    """The small file that Excel or LibreOffice leaves beside an open workbook."""

    default_remedy = "choose the workbook itself"


class IsArchive(NotASpreadsheet):
    """A zip of files; its members can be read one by one."""

    default_remedy = "open the archive and choose the workbooks in it"


class TooLarge(Refusal):
    """A limit is passed; the sentence names it."""

    default_remedy = "ask the partner for a smaller file, or save the sheet that is needed as .csv"


class Damaged(Refusal):
    """Truncated, altered or against the rules of its format."""

    default_remedy = "open it in Excel and save it again, or ask the partner to send it again"


class Unsafe(Refusal):
    """Built in a way that a spreadsheet program never builds a workbook."""

    default_remedy = "do not open it elsewhere and ask the partner whether the file is theirs"


class PasswordNeeded(Refusal):
    """Encrypted, and no password was given."""

    default_remedy = "type the password that the partner gave"


class WrongPassword(PasswordNeeded):
    """Encrypted, and the password given does not open it."""

    default_remedy = "type the password again as the partner gave it"


class CannotDecrypt(Refusal):
    """Encrypted in a way that cannot be opened here, whatever the password."""

    default_remedy = "open it in its own program and save it without a password"


class TimedOut(Refusal):
    """Reading took longer than was allowed."""

    default_remedy = "allow more time if the file is large and trusted, or ask for a smaller one"


class OutOfMemory(Refusal):
    """Reading needed more memory than was allowed."""

    default_remedy = "ask the partner for a smaller file, or save the sheet that is needed as .csv"


class ReaderDied(Refusal):
    """The separate process that reads files ended in the middle of this one."""

    default_remedy = "open it in Excel and save it under a new name, then try that"


class Cancelled(Refusal):
    """The officer stopped the reading."""

    default_remedy = "drop it again to read it"


def refusal_types() -> dict[str, type[Refusal]]:
    """Every kind of refusal by its name, for the way from the child process to the parent."""
    kinds: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        kinds[kind.__name__] = kind
        waiting.extend(kind.__subclasses__())
    return kinds


def count_text(number: int) -> str:
    """``1,000``: how numbers stand in the sentences."""
    return f"{number:,}"


def size_text(number: int) -> str:
    """``25 MB``: bytes as an officer knows them."""
    if number >= MIB:
        return f"{number / MIB:,.0f} MB"
    return f"{max(1, number // 1024):,} KB"
