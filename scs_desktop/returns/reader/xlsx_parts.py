"""The parts of an .xlsx that stand beside the sheets: list of sheets, styles, shared texts, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scs_desktop.returns.grid import address
from scs_desktop.returns.reader.answer import Style
from scs_desktop.returns.reader.markup import Attributes, PartParser
from scs_desktop.returns.reader.serials import BUILT_IN, GENERAL
from scs_desktop.returns.refusals import (
    MAX_COLUMN,
    MAX_ROW,
    MAX_SHARED_STRINGS,
    MAX_SHEETS,
    MAX_STYLES,
    MAX_TEXT,
    Damaged,
    TooLarge,
    count_text,
)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MAX_FORMAT = 1_000


def unescape(text: str) -> str:
    """Undo the format's own escapes (``_x000D_``); characters that no text may hold become U+FFFD."""
    if "_x" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - halves of surrogate pairs

    return _ESCAPED.sub(one, text)


def column_number(letters: str) -> int:
    """27 for ``AA``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_reference(reference: str) -> tuple[int, int] | None:
    """Return row and column of ``B7``; None where it is no cell of the grid."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def yes(value: str | None) -> bool:
    """Whether an attribute of a switch is on."""
    return value is not None and value.strip().lower() in {"1", "true", "on"}


def whole(value: str | None, default: int = 0) -> int:
    """Return an attribute's whole number, the default where it is none."""
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default  # noqa: PLR2004 - far past any index


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class WorkbookPart(PartParser):
    """The list of sheets and the date system."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.sheets: list[ListedSheet] = []
        self.date_1904 = False

    def _element(self, name: str, attributes: Attributes, /) -> None:
        if name == "sheet":
            if len(self.sheets) >= MAX_SHEETS:
                raise TooLarge(f"holds more than {MAX_SHEETS} sheets, which is the limit")
            relation = next(
                (
                    value
                    for key, value in attributes.items()
                    if key == "id" or key.endswith(("relationships id", ":id"))
                ),
                "",
            )
            hidden = attributes.get("state", "visible") in {"hidden", "veryHidden"}
            self.sheets.append(ListedSheet(unescape(attributes.get("name", ""))[:255], relation, hidden))
        elif name == "workbookPr":
            self.date_1904 = yes(attributes.get("date1904"))


class StylesPart(PartParser):
    """The styles that cells refer to by number."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self._codes = dict(BUILT_IN)
        self._bold: list[bool] = []
        self._where: list[str] = []
        self._xfs: list[list[int]] = []

    def _element(self, name: str, attributes: Attributes, /) -> None:
        inside = self._where[-1] if self._where else ""
        self._where.append(name)
        if name == "numFmt" and inside == "numFmts":
            self._codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:_MAX_FORMAT]
        elif name == "font" and inside == "fonts":
            self._bold.append(False)
        elif name == "b" and inside == "font" and "fonts" in self._where:
            self._bold[-1] = yes(attributes.get("val", "1"))
        elif name == "xf" and inside == "cellXfs":
            if len(self._xfs) >= MAX_STYLES:
                raise TooLarge(f"holds more than {count_text(MAX_STYLES)} cell styles, which is the limit")
            self._xfs.append([whole(attributes.get("numFmtId")), whole(attributes.get("fontId")), 0])
        elif name == "alignment" and inside == "xf" and "cellXfs" in self._where:
            self._xfs[-1][2] = min(whole(attributes.get("indent")), 250)

    def _element_end(self, _name: str, /) -> None:
        self._where.pop()

    def styles(self) -> list[Style]:
        """Return the styles in the order of their numbers."""
        return [
            Style(self._codes.get(code, GENERAL) or GENERAL, indent, font < len(self._bold) and self._bold[font])
            for code, font, indent in self._xfs
        ]


class SharedStringsPart(PartParser):
    """The texts that cells refer to by number; phonetic readings are left out."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._taking = False
        self._phonetic = 0
        self._length = 0

    def _element(self, name: str, _attributes: Attributes, /) -> None:
        if name == "t":
            self._taking = not self._phonetic
        elif name in {"si", "sstItem"}:
            if len(self.strings) >= MAX_SHARED_STRINGS:
                raise TooLarge(f"holds more than {count_text(MAX_SHARED_STRINGS)} shared texts, which is the limit")
            self._pieces.clear()
            self._length = 0
        elif name == "rPh":
            self._phonetic += 1

    def _text(self, data: str, /) -> None:
        if self._taking:
            self._length += len(data)
            if self._length > MAX_TEXT:
                raise TooLarge(f"holds a text of more than {count_text(MAX_TEXT)} characters, which is the limit")
            self._pieces.append(data)

    def _element_end(self, name: str, /) -> None:
        if name == "t":
            self._taking = False
        elif name in {"si", "sstItem"}:
            self.strings.append(unescape("".join(self._pieces)))
        elif name == "rPh":
            self._phonetic -= 1


class CommentsPart(PartParser):
    """The comments of a sheet, without their authors."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.comments: dict[tuple[int, int], str] = {}
        self._at: tuple[int, int] | None = None
        self._pieces: list[str] = []
        self._taking = False

    def _element(self, name: str, attributes: Attributes, /) -> None:
        if name == "comment":
            self._at = split_reference(attributes.get("ref", ""))
            self._pieces.clear()
        elif name == "t":
            self._taking = self._at is not None

    def _text(self, data: str, /) -> None:
        if self._taking:
            self._pieces.append(data)

    def _element_end(self, name: str, /) -> None:
        if name == "t":
            self._taking = False
        elif name == "comment" and self._at is not None:
            self.comments[self._at] = unescape("".join(self._pieces))[:MAX_TEXT]
            self._at = None


def shared(strings: list[str], number: str, row: int, column: int) -> str:
    """Return a shared text. Raises Damaged where the file has none of that number."""
    text = number.strip()
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(strings):  # noqa: PLR2004 - as in whole()
        return strings[int(text)]
    raise Damaged(f"is damaged (cell {address(row, column)} refers to a text that the file does not hold)")
