"""An .xlsx or .xlsm, read in one pass with expat.

Why a parser of our own: openpyxl trusts the declared extent and needs four to five times as long, calamine shows no
number formats, merges, hidden rows or errors and can end the process. One pass over the parts sees all of them.
"""

from __future__ import annotations

import re

from scs_desktop.returns.archive import Archive
from scs_desktop.returns.grid import FileFormat
from scs_desktop.returns.reader.answer import Answer, Style
from scs_desktop.returns.reader.package import need, relationships
from scs_desktop.returns.reader.xlsx_parts import (
    CommentsPart,
    SharedStringsPart,
    StylesPart,
    WorkbookPart,
    split_reference,
)
from scs_desktop.returns.reader.xlsx_quick import QuickSheetPart
from scs_desktop.returns.reader.xlsx_sheet import SheetPart
from scs_desktop.returns.refusals import Damaged, Unsafe, shown_name

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/")
_HUGE_EXTENT = 10_000_000


class _Workbook:
    """One reading of one package."""

    def __init__(self, archive: Archive, answer: Answer) -> None:
        self._archive = archive
        self._answer = answer
        self._read: set[str] = set()
        self._done = 0
        self._total = sum(part.size for part in archive.parts)
        self._shared: list[str] | None = None

    def parse(
        self, name: str, parser: WorkbookPart | StylesPart | SharedStringsPart | CommentsPart | SheetPart
    ) -> None:
        """Parse a part, saying how far it is."""
        self._read.add(name)
        first = True
        for chunk in self._archive.chunks(name):
            if first and chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
                self._answer.note("Some of its parts are in UTF-16, which Excel does not write; they were read.")
            first = False
            parser.feed(chunk)
            self._done += len(chunk)
            self._answer.progress(self._done, self._total)
        parser.feed(b"", last=True)

    def read(self, form: FileFormat) -> None:
        archive, answer = self._archive, self._answer
        main = next(
            (r.target for r in relationships(archive, "").values() if r.kind == "officeDocument"), "xl/workbook.xml"
        )
        book_name = need(archive, main, "the list of its sheets")
        book = WorkbookPart(book_name)
        self.parse(book_name, book)
        links = relationships(archive, book_name)
        targets = {link.kind: link.target for link in links.values()}
        self._strings_name = targets.get("sharedStrings")
        styles = self._styles(targets.get("styles"))
        self._general_notes(book_name)
        if not book.sheets:
            raise Damaged("is damaged (it lists no sheets)")
        seen: set[str] = set()
        unlinked: list[str] = []
        other: list[str] = []
        for listed in book.sheets:
            link = links.get(listed.relation)
            if link is None:
                unlinked.append(listed.name)
                continue
            if link.kind != "worksheet":
                other.append(listed.name)
                continue
            part = need(archive, link.target, f"the sheet {shown_name(listed.name)}")
            if part in seen:
                raise Unsafe("shows the same part as two of its sheets")
            seen.add(part)
            answer.sheet(listed.name, hidden=listed.hidden)
            self._sheet(part, styles, date_1904=book.date_1904)
        self._sheet_notes(unlinked, other, [listed.name for listed in book.sheets if listed.hidden])
        if not seen:
            raise Damaged("is damaged (none of the sheets that it lists is in it)")
        # Parts that were not needed are unpacked for their checksums alone: damage anywhere is said.
        archive.verify([part.name for part in archive.parts if part.name not in self._read])
        answer.done(format_name=form.value, date_1904=book.date_1904)

    def _styles(self, target: str | None) -> list[Style]:
        name = self._archive.find(target) if target else None
        if name is None:
            self._answer.note("The file has no styles; every number was read as it stands.")
            return []
        parser = StylesPart(name)
        self.parse(name, parser)
        styles = parser.styles()
        self._answer.styles(styles)
        return styles

    def _strings(self) -> list[str]:
        """Return the shared texts, read when the first cell refers to them."""
        if self._shared is None:
            name = need(self._archive, self._strings_name, "the list of its texts")
            parser = SharedStringsPart(name)
            self.parse(name, parser)
            self._shared = parser.strings
        return self._shared

    def _sheet(self, part: str, styles: list[Style], *, date_1904: bool) -> None:
        parser = QuickSheetPart(part, self._answer, self._strings, styles, date_1904=date_1904)
        self.parse(part, parser)
        notes = parser.finish()
        comments = next(
            (link.target for link in relationships(self._archive, part).values() if link.kind == "comments"), None
        )
        name = self._archive.find(comments) if comments else None
        if name is not None:
            told = CommentsPart(name)
            self.parse(name, told)
            notes.comments = told.comments
        self._extent_note(parser)
        self._answer.end_sheet(notes)

    def _extent_note(self, parser: SheetPart) -> None:
        corner = split_reference(parser.declared.rpartition(":")[2]) if parser.declared else None
        if corner is None:
            return
        name = shown_name(self._answer.sheet_name)
        last_row, last_column = self._answer.last_row, self._answer.last_column
        if last_row > corner[0] or last_column > corner[1]:
            declared = shown_name(parser.declared)
            self._answer.note(f"Sheet “{name}” has cells beyond the extent it declares ({declared}); all were read.")
        elif corner[0] * corner[1] > _HUGE_EXTENT and corner[0] * corner[1] > 10 * max(1, last_row * last_column):
            self._answer.note(
                f"Sheet “{name}” declares a far larger extent ({shown_name(parser.declared)}) than it fills."
            )

    def _general_notes(self, book_name: str) -> None:
        names = [part.name.lower() for part in self._archive.parts]
        if any(name.endswith("vbaproject.bin") for name in names):
            self._answer.note("The file holds macros; they were ignored.")
        if any("/externallinks/" in name for name in names):
            self._answer.note("Some values come from other workbooks; they were read as last saved and may be old.")
        if _STRICT.search(self._archive.head(book_name)):
            self._answer.note("The file is saved as Strict Open XML; it was read.")

    def _sheet_notes(self, unlinked: list[str], other: list[str], hidden: list[str]) -> None:
        def listed(names: list[str]) -> str:
            shown = ", ".join(f"“{shown_name(name)}”" for name in names[:5])
            return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown  # noqa: PLR2004 - as many as are shown

        if hidden:
            self._answer.note(f"Hidden sheet{'s' if len(hidden) > 1 else ''}: {listed(hidden)}.")
        if unlinked:
            self._answer.note(f"Listed in the file but not in it, and left out: {listed(unlinked)}.")
        if other:
            self._answer.note(f"Charts and other sheets without cells were left out: {listed(other)}.")


def read(data: bytes, form: FileFormat, answer: Answer) -> None:
    """Read the workbook and send it. Raises Refusal."""
    _Workbook(Archive(data), answer).read(form)
