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
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from scs_desktop.returns.grid import column_letters
from scs_desktop.returns.reader.answer import Answer, Style, encode, special
from scs_desktop.returns.reader.serials import Shows
from scs_desktop.returns.reader.xlsx_parts import column_number
from scs_desktop.returns.reader.xlsx_sheet import SheetPart
from scs_desktop.returns.refusals import MAX_COLUMN, MAX_TEXT

_HEAD_BYTES = 1 << 20
_WAITING_BYTES = 1 << 22
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_ROW = re.compile(r'\s*<row r="([1-9][0-9]{0,6})"((?: [a-zA-Z0-9:]+="[^"<>&]*")*)>')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?'
    r"(?:/>|>(<f>[^<&]*</f>)?<v>([^<&]+)</v></c>"
    rf'|><is><t(?: xml:space="preserve")?>([^<&]{{1,{MAX_TEXT}}})</t></is></c>)'
)
# Numbers that JSON writes as the sheet does, of no more digits than a whole number keeps.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,2})?"
_NUMBERS = re.compile(rf"{_NUMBER}(?:,{_NUMBER})*")
_COLUMNS = tuple(column_letters(column) for column in range(1, 257))
_KEPT = 50_000
_LOWER = "<"
_WHOLES = 64
_WIDEST = 200


@dataclass(slots=True)
class _Plan:
    """What to do with each place of a row; rows of a table share it.

    Attributes:
        numbers: picks the values that must be numbers.
        whole: takes a row of this make in one go, once there has been a second one.

    """

    first: int
    last: int
    numbers: Callable[[tuple[str, ...]], str | tuple[str, ...]] | None
    shared: tuple[int, ...]
    inline: tuple[int, ...]
    dates: tuple[tuple[int, int], ...]
    styles: str
    plain: bool
    tail: str
    whole: re.Pattern[str] | None = None


def _whole(letters: tuple[str, ...], styles: tuple[str, ...], types: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression for a whole row of this make: row number, its other attributes, and the values."""
    cells = []
    for letter, style, kind in zip(letters, styles, types, strict=True):
        opening = f'<c r="{letter}\\1"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        if kind == "inlineStr":
            cells.append(rf'{opening}><is><t(?: xml:space="preserve")?>([^<&]{{1,{MAX_TEXT}}})</t></is></c>')
        else:
            cells.append(rf"{opening}><v>({'[0-9]{1,9}' if kind == 's' else _NUMBER})</v></c>")
    return re.compile(_ROW.pattern + "".join(cells) + "</row>")


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
            found = plan.whole.match(text, at) if plan is not None and plan.whole is not None else None
            if plan is not None and found is not None:
                entry = self._entry(found[1], plan, found.groups()[2:])
                if entry is not None:
                    self._send(int(found[1]), found[2], entry, plan)
                    at = found.end()
                    continue
            stop = text.index("</row>", at)
            piece = text[at:stop]
            if not self._take_row(piece):
                super().feed(piece.encode() + b"</row>")
            at = stop + 6

    def _send(self, row: int, attributes: str, entry: str, plan: _Plan) -> None:
        self.open_row(row)
        if attributes and _HIDDEN.search(attributes):
            self.hide_row()
        self.answer.encoded_row(row, entry, plan.last - plan.first + 1, plan.last)

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
        calculated = len(found) - formulas.count("")
        blank = len(found) - filled - texts
        # Each form of cell has its number of angle brackets: if they add up, there is nothing else in the row.
        if 1 + 4 * filled + 6 * texts + 2 * calculated + blank != piece.count(_LOWER) or "&" in piece:
            return False
        if rows.count(head[1]) != len(rows):
            return False
        row = int(head[1])
        if blank or calculated:
            return self._loose_row(row, head[2], found)
        plan = self._plan_for(letters, styles, types)
        if plan is None:
            return False
        taken = tuple(map(max, values, inline)) if texts else values
        if plan.numbers is not None:
            picked = plan.numbers(taken)
            if not _NUMBERS.fullmatch(picked if isinstance(picked, str) else ",".join(picked)):
                return False
        entry = self._entry(head[1], plan, taken)
        if entry is None:
            return False
        self._plan_before = plan
        self._send(row, head[2], entry, plan)
        return True

    def _plan_for(self, letters: tuple[str, ...], styles: tuple[str, ...], types: tuple[str, ...]) -> _Plan | None:
        """Return the plan for rows of this make, made at the first of them."""
        signature = (letters, styles, types)
        if signature not in self._plans:
            if len(self._plans) > _KEPT:
                return None
            self._plans[signature] = self._plan(letters, styles, types)
            return self._plans[signature]
        plan = self._plans[signature]
        if plan is not None and plan.whole is None and len(letters) <= _WIDEST and self._wholes < _WHOLES:
            self._wholes += 1
            plan.whole = _whole(letters, styles, types)
        return plan

    def _plan(self, letters: tuple[str, ...], styles: tuple[str, ...], types: tuple[str, ...]) -> _Plan | None:
        """Return what to do with rows of this make; None where the parser must."""
        if letters != _COLUMNS[: len(letters)]:
            columns = [column_number(each) for each in letters]
            # Gaps are for the parser, which fills them.
            if columns != list(range(columns[0], columns[0] + len(columns))) or columns[-1] > MAX_COLUMN:
                return None
            first = columns[0]
        else:
            first = 1
        numbers, shared, inline = list[int](), list[int](), list[int]()
        dates, runs = list[tuple[int, int]](), list[list[int]]()
        for place, (style_text, kind) in enumerate(zip(styles, types, strict=True)):
            style = int(style_text or "0")
            if kind == "s":
                shared.append(place)
            elif kind == "inlineStr":
                inline.append(place)
            elif kind not in {"", "n"}:
                return None
            elif self.shown(style) is Shows.NUMBER:
                numbers.append(place)
            else:
                dates.append((place, style))
            if not self.answer.is_plain(style):
                if runs and runs[-1][2] == style and runs[-1][0] + runs[-1][1] == place:
                    runs[-1][1] += 1
                else:
                    runs.append([place, 1, style])
        getter: Callable[[tuple[str, ...]], str | tuple[str, ...]] | None = itemgetter(*numbers) if numbers else None
        told = encode(runs)
        return _Plan(
            first,
            first + len(letters) - 1,
            getter,
            tuple(shared),
            tuple(inline),
            tuple(dates),
            told,
            plain=not (shared or inline or dates),
            tail=f",[],{told}" if runs else "",
        )

    def _entry(self, row: str, plan: _Plan, values: tuple[str, ...]) -> str | None:
        """Return the row as JSON, its numbers checked already; None where another value is not what it should be."""
        if plan.plain:
            return f"[{row},{plan.first},[{','.join(values)}]{plan.tail}]"
        tokens = list(values)
        for place in plan.shared:
            token = self._shared_json.get(values[place]) or self._shared_token(values[place])
            if token is None:
                return None
            tokens[place] = token
        for place in plan.inline:
            token = self._inline_json.get(values[place]) or self._inline_token(values[place])
            if token is None:
                return None
            tokens[place] = token
        if not plan.dates:
            return f"[{row},{plan.first},[{','.join(tokens)}]{plan.tail}]"
        told = []
        for place, style in plan.dates:
            key = (values[place], style)
            body = self._dates_json[key] if key in self._dates_json else self._date_token(key)
            if body is None:
                return None
            told.append(f"[{place},{body}]")
            tokens[place] = "null"
        return f"[{row},{plan.first},[{','.join(tokens)}],[{','.join(told)}],{plan.styles}]"

    def _shared_token(self, number: str) -> str | None:
        strings = self.strings()
        if not (number.isascii() and number.isdigit() and len(number) < 10) or int(number) >= len(strings):  # noqa: PLR2004 - far past any index
            return None
        text = strings[int(number)]
        if not text:
            return None
        token = self._shared_json[number] = encode(text)
        return token

    def _inline_token(self, text: str) -> str | None:
        if "_x" in text or not text:
            return None
        token = encode(text)
        if len(self._inline_json) < _KEPT:
            self._inline_json[text] = token
        return token

    def _date_token(self, key: tuple[str, int]) -> str | None:
        if not _NUMBERS.fullmatch(key[0]) or "," in key[0]:
            return None
        told = special(self.moment(float(key[0]), key[1]))
        token = None if told is None else encode(told)[1:-1]
        if len(self._dates_json) < _KEPT:
            self._dates_json[key] = token
        return token

    def _loose_row(self, row: int, attributes: str, found: list[tuple[str, ...]]) -> bool:
        """Read a row with blank or calculated cells, cell by cell."""
        places = [column_number(cell[0]) for cell in found]
        if any(places[at] >= places[at + 1] for at in range(len(places) - 1)) or places[-1] > MAX_COLUMN:
            return False
        self.open_row(row)
        if _HIDDEN.search(attributes):
            self.hide_row()
        for column, (_, _, style, kind, formula, value, text) in zip(places, found, strict=True):
            if value or text:
                self.take_cell(
                    column, kind or "n", int(style or "0"), value or None, text or None, formula[3:-4] or None
                )
        self.close_row()
        return True
