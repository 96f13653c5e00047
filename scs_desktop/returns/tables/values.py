"""What stands in one cell, as a figure: exact value, kind, flags and what to ask about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import CellError, CellValue, Uncalculated
from scs_desktop.returns.notation.marks import usual_meaning
from scs_desktop.returns.notation.numbers import TextProblem, read_number
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.notation.units import format_unit, shows_percent_sign
from scs_desktop.returns.records import Flag, Rule

_NO_FLAGS: frozenset[Flag] = frozenset()
_HUNDRED = Decimal(100)
_DIGITS = 15
_LARGEST_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell read as a figure; ``mark`` is the sign that stands in its place, folded."""

    text: str
    kind: FigureKind
    value: Decimal | None = None
    unit: Unit | None = None
    flags: frozenset[Flag] = _NO_FLAGS
    bound: Decimal | None = None
    problems: tuple[TextProblem, ...] = ()
    mark: str = ""


def exact(value: float) -> Decimal:
    """Return the decimal that the sheet's program shows for a stored number, not the float's binary tail."""
    if float(value).is_integer() and (abs(value) < _LARGEST_EXACT or type(value) is int):
        return Decimal(int(value))
    shortest = repr(value)
    # Spreadsheets keep fifteen digits; what stands behind them is the tail of a calculation (0.6990000000000001).
    return Decimal(shortest if len(shortest) <= _DIGITS else format(value, f".{_DIGITS}g"))


def read_value(value: CellValue, number_format: str, meanings: Mapping[str, FigureKind]) -> Figure:
    """Read a cell that stands among figures. Whatever it holds, it becomes a figure of some kind."""
    # An error value is a kind of text, so it is looked for first.
    if isinstance(value, CellError):
        ask = TextProblem(Rule.ERROR_CELL, f"The sheet shows {value} instead of a figure.", "Ask for the figure.")
        return Figure(str(value), FigureKind.ERROR, problems=(ask,))
    if isinstance(value, str):
        return read_text(value, meanings)
    if isinstance(value, bool):
        ask = TextProblem(Rule.BOOLEAN, "A yes/no value stands where a figure belongs.", "Ask for the figure.")
        return Figure("TRUE" if value else "FALSE", FigureKind.TEXT, problems=(ask,))
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, Uncalculated):
        ask = TextProblem(
            Rule.NOT_CALCULATED,
            "The formula was never calculated.",
            "Open the file in its own program, save it and drop it again.",
        )
        return Figure(f"={value.formula}", FigureKind.ERROR, problems=(ask,))
    if isinstance(value, date | time | timedelta):
        ask = TextProblem(
            Rule.UNREADABLE_NUMBER,
            f"A date or time stands where a figure belongs: {value}.",
            "Ask whether a number was turned into a date.",
        )
        return Figure(str(value), FigureKind.TEXT, problems=(ask,))
    return Figure("", FigureKind.NOT_AVAILABLE)


def _number(value: float, number_format: str) -> Figure:
    if not math.isfinite(value):
        ask = TextProblem(Rule.ERROR_CELL, "The cell holds no finite number.", "Ask for the figure.")
        return Figure(str(value), FigureKind.ERROR, problems=(ask,))
    number = exact(value)
    text = str(number)
    if not number_format:
        return Figure(text, FigureKind.NUMBER, number)
    unit = format_unit(number_format)
    if unit is Unit.PERCENT:
        number *= _HUNDRED
    elif unit is None and shows_percent_sign(number_format):
        unit = Unit.PERCENT
    return Figure(text, FigureKind.NUMBER, number, unit)


def read_text(value: str, meanings: Mapping[str, FigureKind]) -> Figure:
    """Read a text that stands among figures, by the marks' meanings given first."""
    text = " ".join(value.split())
    digits = text.strip()
    if digits.isdecimal() and digits.isascii():
        return Figure(text, FigureKind.NUMBER, Decimal(digits))
    folded = tidy(text).strip("\"' ").casefold()
    number = read_number(text)
    if folded in meanings and (number is None or number.bound is None):
        return Figure(text, meanings[folded], mark=folded)
    if number is not None:
        return Figure(
            text,
            number.kind,
            number.value,
            number.unit,
            number.flags,
            number.bound,
            number.problems,
            folded if number.bound is not None else "",
        )
    usual = usual_meaning(text)
    if usual is not None:
        return Figure(text, usual, mark=folded)
    ask = TextProblem(Rule.UNREADABLE_NUMBER, f"“{text[:80]}” stands where a figure belongs.", "Say what it means.")
    return Figure(text, FigureKind.TEXT, problems=(ask,))
