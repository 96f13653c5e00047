"""Styles of an .ods: number formats written as the codes that the other formats have, bold, indents, hidden sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scs_desktop.returns.reader.answer import Style
from scs_desktop.returns.reader.markup import Attributes, PartParser
from scs_desktop.returns.reader.serials import GENERAL
from scs_desktop.returns.refusals import MAX_STYLES, TooLarge, count_text

_NAMESPACE = re.compile(r":xmlns:([a-z-]+):[0-9.]+$")
_PREFIXES = {"datastyle": "number", "xsl-fo-compatible": "fo", "drawing": "draw"}
_DATA_STYLES = {
    "number:number-style", "number:percentage-style", "number:currency-style", "number:date-style",
    "number:time-style", "number:boolean-style", "number:text-style",
}  # fmt: skip
# Elements of a date or time style, with the code for the short and for the long form.
_MOMENTS = {
    "number:year": ("yy", "yyyy"), "number:month": ("m", "mm"), "number:day": ("d", "dd"),
    "number:day-of-week": ("ddd", "dddd"), "number:hours": ("h", "hh"), "number:minutes": ("m", "mm"),
    "number:seconds": ("s", "ss"), "number:am-pm": ("AM/PM", "AM/PM"), "number:quarter": ("Q", "Q"),
}  # fmt: skip
_LENGTH = re.compile(r"([0-9.]+)(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 0.3528}
# LibreOffice writes a step of indent as 3.53 mm (10 pt).
_STEP_MILLIMETRES = 3.53
_MAX_DECIMALS = 30
PERCENT = 1


class OdsPart(PartParser):
    """A part of an OpenDocument file; names come as ``table:table-cell`` whatever prefix the writer chose."""

    def local(self, name: str) -> str:
        """Return the name with the format's usual prefix."""
        known = self._names.get(name)
        if known is None:
            namespace, _, bare = name.rpartition(" ")
            found = _NAMESPACE.search(namespace)
            known = f"{_PREFIXES.get(found[1], found[1])}:{bare}" if found else name
            self._names[name] = known
        return known

    def named(self, attributes: Attributes) -> Attributes:
        """Return the attributes under their short names."""
        return {self._names.get(key) or self.local(key): value for key, value in attributes.items()}


def repeat(attributes: Attributes, name: str) -> int:
    """Return how often an element stands, 1 where it does not say."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004 - far past the grid


@dataclass(slots=True)
class _CellStyle:
    parent: str
    data: str
    bold: bool | None = None
    indent: int = 0


class OdsStyles:
    """All styles of a document, from both parts that hold some."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.cells: dict[str, _CellStyle] = {}
        self.hidden_tables: set[str] = set()
        self._numbers: dict[str, int] = {}
        self.list: list[Style] = []

    def fix(self) -> None:
        """Give every cell style its number; number 0 is the plain one, number 1 a bare percentage."""
        self.list = [Style(), Style("0%")]
        for name in self.cells:
            code, indent, bold = self._resolved(name)
            self._numbers[name] = len(self.list)
            self.list.append(Style(code, indent, bold))

    def number(self, name: str, kind: str) -> int:
        """Return a style's number, 0 where there is none of that name; a percentage always has a percent format."""
        found = self._numbers.get(name, 0)
        return PERCENT if kind == "percentage" and "%" not in self.list[found].format else found

    def _resolved(self, name: str) -> tuple[str, int, bool]:
        data, indent, bold = "", 0, None
        seen: set[str] = set()
        while name in self.cells and name not in seen:
            seen.add(name)
            style = self.cells[name]
            data = data or style.data
            indent = indent or style.indent
            bold = style.bold if bold is None else bold
            name = style.parent
        return self.codes.get(data, GENERAL) or GENERAL, indent, bool(bold)


class OdsStylesReader:
    """Takes the style elements of a part as its parser meets them."""

    def __init__(self, styles: OdsStyles) -> None:
        self._styles = styles
        self._data_name = ""
        self._data_kind = ""
        self._code: list[str] = []
        self._literal = False
        self._style: _CellStyle | None = None
        self._table = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an element's beginning."""
        if name in _DATA_STYLES:
            self._data_name, self._data_kind = attributes.get("style:name", ""), name
            self._code = []
            self._truncates = attributes.get("number:truncate-on-overflow", "true") != "false"
        elif self._data_kind:
            self._in_data_style(name, attributes)
        elif name == "style:style":
            self._in_style(attributes)
        elif name == "style:text-properties" and self._style is not None:
            weight = attributes.get("fo:font-weight")
            if weight is not None:
                self._style.bold = weight == "bold" or (weight.isdigit() and int(weight) >= 600)  # noqa: PLR2004 - as in CSS
        elif name == "style:paragraph-properties" and self._style is not None:
            length = _LENGTH.fullmatch(attributes.get("fo:margin-left", ""))
            if length and length[1].count(".") < 2:  # noqa: PLR2004 - one decimal point
                self._style.indent = min(250, round(float(length[1]) * _MILLIMETRES[length[2]] / _STEP_MILLIMETRES))
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._styles.hidden_tables.add(self._table)

    def _in_style(self, attributes: Attributes) -> None:
        family, name = attributes.get("style:family"), attributes.get("style:name", "")
        if family == "table-cell":
            if len(self._styles.cells) >= MAX_STYLES:
                raise TooLarge(f"holds more than {count_text(MAX_STYLES)} cell styles, which is the limit")
            self._style = _CellStyle(
                attributes.get("style:parent-style-name", ""), attributes.get("style:data-style-name", "")
            )
            self._styles.cells[name] = self._style
        else:
            self._style = None
            self._table = name if family == "table" else ""

    def _in_data_style(self, name: str, attributes: Attributes) -> None:
        if name in {"number:number", "number:scientific-number"}:
            decimals = min(
                repeat(attributes, "number:decimal-places")
                if attributes.get("number:decimal-places", "0") != "0"
                else 0,
                _MAX_DECIMALS,
            )
            whole = "#,##0" if attributes.get("number:grouping") == "true" else "0"
            if (
                name == "number:number"
                and "number:decimal-places" not in attributes
                and "number:grouping" not in attributes
            ):
                self._code.append(GENERAL if self._data_kind == "number:number-style" else whole)
            else:
                self._code.append(
                    whole
                    + (f".{'0' * decimals}" if decimals else "")
                    + ("E+00" if name.endswith("scientific-number") else "")
                )
        elif name == "number:fraction":
            self._code.append("# ?/?")
        elif name in _MOMENTS:
            long = attributes.get("number:style") == "long"
            code = _MOMENTS[name][long]
            if name == "number:month" and attributes.get("number:textual") == "true":
                code = "mmmm" if long else "mmm"
            if name == "number:hours" and not self._truncates:
                code = f"[{code}]"
            self._code.append(code)
        elif name == "number:boolean":
            self._code.append(GENERAL)
        elif name == "number:text-content":
            self._code.append("@")
        elif name in {"number:text", "number:currency-symbol"}:
            self._literal = True

    def text(self, data: str) -> None:
        """Take text within a data style."""
        if self._literal and len(self._code) < 100:  # noqa: PLR2004 - no format has so many pieces
            bare = data[:100]
            self._code.append(bare if all(c in "%/-: ,.£€$+()" for c in bare) else '"' + bare.replace('"', "") + '"')

    def end(self, name: str) -> None:
        """Take an element's end."""
        if name in {"number:text", "number:currency-symbol"}:
            self._literal = False
        elif name in _DATA_STYLES:
            self._styles.codes[self._data_name] = "".join(self._code)
            self._data_kind = ""
        elif name == "style:style":
            self._style = None
            self._table = ""


class OdsStylesPart(OdsPart):
    """The part that holds the named styles."""

    def __init__(self, part: str, styles: OdsStyles) -> None:
        super().__init__(part)
        self._reader = OdsStylesReader(styles)

    def _element(self, name: str, attributes: Attributes, /) -> None:
        self._reader.start(name, self.named(attributes))

    def _text(self, data: str, /) -> None:
        self._reader.text(data)

    def _element_end(self, name: str, /) -> None:
        self._reader.end(name)
