"""The quick lane for a sheet's rows: those written as nearly every program writes them need no XML parser.

A sheet of 100,000 × 20 cells takes expat and its callbacks some four seconds; regular expressions take a quarter of
that, and less where a row is made like the one before (same columns, styles and types: one expression made for such
rows takes it whole). A row is read here only if it is made of nothing but plain cells, to the last angle bracket, with
values that JSON writes the same way; every other row, and all that stands before and after the rows, goes to the parser
of the base class. The parser sees the document without the rows taken here, and those are whole elements, so that what
it says of the rest holds. In doubt the whole rest of the sheet goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from scs_desktop.returns.grid import column_letters
from scs_desktop.returns.reader.answer import Answer, Style, encode, special
from scs_desktop.returns.reader.serials import Shows
from scs_desktop.returns.reader.xlsx_sheet import SheetPart
from scs_desktop.returns.refusals import MAX_COLUMN, MAX_TEXT

_HEAD_BYTES = 1 << 20
_WAITING_BYTES = 1 << 22
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_ROW = re.compile(r'\s*<row r="([1-9][0-9]{0,6})"((?: [a-zA-Z][a-zA-Z0-9:]*="[^"<>&]*")*)>')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?'
    r"(?:/>|>(<f>[^<&]*</f>)?<v>([^<&]+)</v></c>"
    rf'|><is><t(?: xml:space="preserve")?>([^<&]{{1,{MAX_TEXT}}})</t></is></c>)'
)
# Numbers that JSON writes as the sheet does, of no more digits than a whole number keeps.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,2})?"
# Held against many at once, joined by what no value can hold.
_NUMBERS = re.compile(rf"{_NUMBER}(?:<{_NUMBER})*")
_COLUMNS = {column_letters(column): column for column in range(1, MAX_COLUMN + 1)}
_BRACKET = "<"
# Bounds on what is remembered from row to row.
_KEPT = 50_000
_WHOLES = 64
_WIDEST = 200
# A row with more gaps than this is for the parser, which notes cells that lie far from the others.
_FAR = 900
_TRUTHS = {"0": "false", "1": "true"}


class _Make(Enum):
    """What a cell's type and style make of its stored text."""

    NUMBER = auto()
    DATE = auto()
    SHARED = auto()
    TEXT = auto()
    INLINE = auto()
    TRUTH = auto()


_WITHIN = {
    _Make.NUMBER: rf"<v>({_NUMBER})</v>",
    _Make.DATE: rf"<v>({_NUMBER})</v>",
    _Make.SHARED: r"<v>([0-9]{1,9})</v>",
    _Make.TEXT: rf"<v>([^<&]{{1,{MAX_TEXT}}})</v>",
    _Make.INLINE: rf'<is><t(?: xml:space="preserve")?>([^<&]{{1,{MAX_TEXT}}})</t></is>',
    _Make.TRUTH: r"<v>([01])</v>",
}


@dataclass(slots=True)
class _Plan:
    """Rows made alike: what each place holds, and one expression that takes such a row whole, blank places too.

    Attributes:
        others: places that are not numbers, with what they are and their style.
        styles: number of the style at each place, -1 for a plain one.
        runs: the styles of a row as JSON, by which of its places are blank.

    """

    first: int
    whole: re.Pattern[str]
    others: tuple[tuple[int, _Make, int], ...]
    styles: tuple[int, ...]
    runs: dict[tuple[bool, ...], str]


def _runs(styles: Sequence[int]) -> list[list[int]]:
    """Return runs of equal styles as place, length and number; -1 is no style."""
    runs: list[list[int]] = []
    for place, style in enumerate(styles):
        if style < 0:
            continue
        if runs and runs[-1][2] == style and runs[-1][0] + runs[-1][1] == place:
            runs[-1][1] += 1
        else:
            runs.append([place, 1, style])
    return runs


class QuickSheetPart(SheetPart):
    """A sheet whose plain rows take the quick lane."""

    def __init__(
        self, part: str, answer: Answer, strings: Callable[[], list[str]], styles: list[Style], *, date_1904: bool
    ) -> None:
        super().__init__(part, answer, strings, styles, date_1904=date_1904)
        self._lane: str = "head"
        self._buffer = b""
        self._plan_before: _Plan | None = None
        self._wholes = 0
        self._plans: dict[tuple[tuple[str, ...], ...], _Plan | None] = {}
        self._makes: dict[tuple[str, str], tuple[_Make | None, int]] = {}
        self._shared_json: dict[str, str] = {}
        self._inline_json: dict[str, str] = {}
        self._dates_json: dict[tuple[str, int], str | None] = {}

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Parse a piece of the part. Raises as the base class."""
        if self._lane == "parser":
            super().feed(data, last=last)
            return
        self._buffer += data
        if self._lane == "head":
            self._head(last=last)
        if self._lane == "rows":
            self._take_rows()
        if last or self._lane == "parser":
            rest, self._buffer, self._lane = self._buffer, b"", "parser"
            super().feed(rest, last=last)

    def _head(self, *, last: bool) -> None:
        """Give the parser all up to the rows; open the lane where the sheet's own words are plain."""
        at = self._buffer.find(b"<sheetData>")
        if at == -1:
            if len(self._buffer) > _HEAD_BYTES or last:
                self._lane = "parser"
            return
        declared = _DECLARED.match(self._buffer)
        coding = declared[1].lower() if declared else b"utf-8"
        head, self._buffer = self._buffer[: at + 11], self._buffer[at + 11 :]
        super().feed(head)
        # The parser agrees that rows begin here: no comment, no other namespace, no other encoding.
        plain = self.in_rows and coding in {b"utf-8", b"us-ascii"} and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        self._lane = "rows" if plain else "parser"

    def _take_rows(self) -> None:
        stop = self._buffer.find(b"</sheetData>")
        end = self._buffer.rfind(b"</row>", 0, stop if stop != -1 else len(self._buffer))
        if end != -1:
            block, self._buffer = self._buffer[: end + 6], self._buffer[end + 6 :]
            if b"<!" in block or b"<?" in block or len(block.translate(None, _CONTROLS)) != len(block):
                self._buffer = block + self._buffer
                self._lane = "parser"
                return
            try:
                text = block.decode()
            except UnicodeDecodeError:
                self._buffer = block + self._buffer
                self._lane = "parser"
                return
            self._take_text(text)
        if stop != -1 or len(self._buffer) > _WAITING_BYTES:
            self._lane = "parser"

    def _take_text(self, text: str) -> None:
        """Read whole rows."""
        at, end = 0, len(text)
        while at < end:
            plan = self._plan_before
            found = None if plan is None else plan.whole.match(text, at)
            if plan is not None and found is not None and self._planned_row(found, plan):
                at = found.end()
                continue
            stop = text.index("</row>", at)
            piece = text[at:stop]
            if not self._take_row(piece):
                super().feed(piece.encode() + b"</row>")
            at = stop + 6

    def _send(self, row: str, attributes: str, body: str, cells: int, last: int) -> None:
        number = int(row)
        self.open_row(number)
        if attributes and _HIDDEN.search(attributes):
            self.hide_row()
        self.answer.encoded_row(number, f"[{row},{body}]", cells, last)

    def _planned_row(self, found: re.Match[str], plan: _Plan) -> bool:
        """Send a row that the plan's expression took; False where it is for another way, nothing done."""
        row, attributes, *values = found.groups("")
        specials = ""
        blanks = values.count("")
        if blanks == len(values):
            return False
        mask = tuple(map(bool, values)) if blanks else ()
        for place, make, style in plan.others:
            if values[place]:
                dated = make is _Make.DATE
                told = self._date(values[place], style) if dated else self._other(make, values[place])
                if told is None:
                    return False
                values[place] = "null" if dated else told
                if dated:
                    specials += f",[{place},{told}]"
        runs = plan.runs.get(mask)
        if runs is None:
            shown = (
                [style if filled else -1 for style, filled in zip(plan.styles, mask, strict=True)] if blanks else None
            )
            runs = encode(_runs(shown or plan.styles))
            if len(plan.runs) < _KEPT:
                plan.runs[mask] = runs
        last = plan.first + len(values) - 1
        if blanks:
            while not values[-1]:
                values.pop()
                last -= 1
            values = [value or "null" for value in values]
        tail = f",[{specials[1:]}],{runs}" if specials or runs != "[]" else ""
        self._send(row, attributes, f"{plan.first},[{','.join(values)}]{tail}", len(plan.styles) - blanks, last)
        return True

    def _take_row(self, piece: str) -> bool:
        """Read a row and send it; False where it is for the parser, nothing done."""
        head = _ROW.match(piece)
        if head is None:
            return False
        found = _CELL.findall(piece, head.end())
        if not found:
            return False
        letters, rows, styles, types, formulas, values, inline = zip(*found, strict=True)
        filled = len(found) - values.count("")
        texts = len(found) - inline.count("")
        blank = len(found) - filled - texts
        calculated = len(found) - formulas.count("")
        # Each form of cell has its number of angle brackets: if they add up, there is nothing else in the row.
        if 1 + 4 * filled + 6 * texts + 2 * calculated + blank != piece.count(_BRACKET) or "&" in piece:
            return False
        if rows.count(head[1]) != len(rows) or blank == len(found):
            return False
        self._remember(letters, styles, types)
        return self._loose_row(head[1], head[2], found)

    def _remember(self, letters: tuple[str, ...], styles: tuple[str, ...], types: tuple[str, ...]) -> None:
        """Make a plan for rows of this make when a second one comes."""
        signature = (letters, styles, types)
        if signature not in self._plans:
            if len(self._plans) < _KEPT:
                self._plans[signature] = None
            return
        plan = self._plans[signature]
        if plan is None and len(self._plans) < _KEPT and self._wholes < _WHOLES and len(letters) <= _WIDEST:
            self._wholes += 1
            plan = self._plans[signature] = self._plan(letters, styles, types)
        self._plan_before = plan

    def _plan(self, letters: tuple[str, ...], styles: tuple[str, ...], types: tuple[str, ...]) -> _Plan | None:
        """Return a plan for rows of this make; None where they have gaps or cells of other kinds."""
        columns = [_COLUMNS.get(each, 0) for each in letters]
        if columns != list(range(columns[0], columns[0] + len(columns))) or not columns[0]:
            return None
        cells, others, shown = list[str](), list[tuple[int, _Make, int]](), list[int]()
        for place, (letter, style, kind) in enumerate(zip(letters, styles, types, strict=True)):
            make, number = self._make(kind, style)
            if make is None:
                return None
            if make is not _Make.NUMBER:
                others.append((place, make, int(style or "0")))
            shown.append(number)
            opening = rf'<c r="{letter}\1"' + (f' s="{style}"' if style else "")
            told = '(?: t="n")?' if make in {_Make.NUMBER, _Make.DATE} else f' t="{kind}"'
            cells.append(rf"{opening}(?:/>|{told}>(?:<f>[^<&]*</f>)?{_WITHIN[make]}</c>)")
        whole = re.compile(_ROW.pattern + "".join(cells) + "</row>")
        return _Plan(columns[0], whole, tuple(others), tuple(shown), {})

    def _make(self, kind: str, style_text: str) -> tuple[_Make | None, int]:
        """Return what cells of a type and style hold, and the style's number or -1 for a plain one."""
        key = (kind, style_text)
        if key not in self._makes:
            style = int(style_text or "0")
            make = {"s": _Make.SHARED, "str": _Make.TEXT, "inlineStr": _Make.INLINE, "b": _Make.TRUTH}.get(kind)
            if kind in {"", "n"}:
                make = _Make.NUMBER if self.shown(style) is Shows.NUMBER else _Make.DATE
            made = (make, -1 if self.answer.is_plain(style) else style)
            if len(self._makes) > _KEPT:
                return made
            self._makes[key] = made
        return self._makes[key]

    def _loose_row(self, row: str, attributes: str, found: list[tuple[str, ...]]) -> bool:
        """Send a row cell by cell, with its gaps and blanks; False where it is for the parser, nothing done."""
        tokens, styles, numbers = list[str](), list[int](), list[str]()
        specials = ""
        first = before = cells = 0
        for letters, _, style_text, kind, _, value, text in found:
            column = _COLUMNS.get(letters, 0)
            if column <= before:
                return False
            stored = value or text
            if not stored:
                continue
            make, style = self._make(kind, style_text)
            if make is None or (make is _Make.INLINE) is not bool(text):
                return False
            if make is _Make.NUMBER:
                numbers.append(stored)
                told: str | None = stored
            elif make is _Make.DATE:
                told = self._date(stored, int(style_text or "0"))
                specials += f",[{column - (first or column)},{told}]"
            else:
                told = self._other(make, stored)
            if told is None:
                return False
            if not first:
                first = before = column
            elif column - before > 1:
                tokens.extend(["null"] * (column - before - 1))
                styles.extend([-1] * (column - before - 1))
            tokens.append("null" if make is _Make.DATE else told)
            styles.append(style)
            before = column
            cells += 1
        if not cells or (numbers and not _NUMBERS.fullmatch(_BRACKET.join(numbers))) or len(tokens) - cells > _FAR:
            return False
        runs = encode(_runs(styles))
        tail = f",[{specials[1:]}],{runs}" if specials or runs != "[]" else ""
        self._send(row, attributes, f"{first},[{','.join(tokens)}]{tail}", cells, before)
        return True

    def _other(self, make: _Make, stored: str) -> str | None:
        """Return a text or a truth value as JSON; None where the parser must say what it is."""
        if make is _Make.SHARED:
            return self._shared_json.get(stored) or self._shared_token(stored)
        if make is _Make.TRUTH:
            return _TRUTHS.get(stored)
        return self._inline_json.get(stored) or self._text_token(stored)

    def _shared_token(self, number: str) -> str | None:
        strings = self.strings()
        if not (number.isascii() and number.isdigit() and len(number) < 10) or int(number) >= len(strings):  # noqa: PLR2004 - far past any index
            return None
        text = strings[int(number)]
        if not text:
            return None
        token = self._shared_json[number] = encode(text)
        return token

    def _text_token(self, text: str) -> str | None:
        if "_x" in text or not text or len(text) > MAX_TEXT:
            return None
        token = encode(text)
        if len(self._inline_json) < _KEPT:
            self._inline_json[text] = token
        return token

    def _date(self, stored: str, style: int) -> str | None:
        """Return kind and text of a date as JSON; None where the number is none that can be."""
        key = (stored, style)
        if key in self._dates_json:
            return self._dates_json[key]
        if not _NUMBERS.fullmatch(stored):
            return None
        told = special(self.moment(float(stored), style))
        token = None if told is None else encode(told)[1:-1]
        if len(self._dates_json) < _KEPT:
            self._dates_json[key] = token
        return token
