"""Step 2: what looks like years and is not, and what does not and is: ages “10-11”, years run together “201617”."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from scs_desktop.domain.periods import calendar_year, financial_year
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.period_text import LATEST_YEAR, Doubt, PeriodText, Shape
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Problem, Rule
from scs_desktop.returns.tables import date_axes
from scs_desktop.returns.tables.axes import HEADER_WORDS, whole
from scs_desktop.returns.tables.cells import BLANK, FIGURE_TEXT, LABEL, NUMBER, PERIOD, YEAR_NUMBER, SheetCells

_BAND = re.compile(r"'?(\d{1,2})\s?(?:-|to)\s?'?(\d{1,2})")
_SHORT_YEAR = re.compile(r"'?\d\d\s?-\s?'?\d\d")
_LONGEST_BAND = 9
_TIME_HEAD = re.compile(
    r"\W*(?:time[\s_]?period|(?:academic|financial|fiscal|school)?[\s_]?year|period)s?\W*", re.IGNORECASE
)
_HEAD_ROWS = 30
_LEAST_NUMBERED = 6
_LEAST_BANDS = 2
_MOST_DATES = 50
_LEAST_MONTHS = 4
_YEAR_MONTHS = 12
_OPEN_BAND = re.compile(r"\d{1,2}\s?(?:-|to)\s?\d{1,3}|\d{1,3}\s?\+|(?:under|over)\s?\d{1,3}", re.IGNORECASE)
_NO_YEAR = 2200
_PAIR = (190001, 206061)


def settle(cells: SheetCells) -> None:
    """Class cells anew where their neighbours tell what they are."""
    _bands(cells)
    _bands_as_dates(cells)
    _financial_months(cells)
    _run_together(cells)
    _implausible_years(cells)
    _numbered_heads(cells)
    date_axes.settle(cells)


def _bands(cells: SheetCells) -> None:
    """Make labels of ages and scores such as “10-11, 12-13”, which are no financial years: those follow each other."""
    by_row: dict[int, dict[int, str]] = {}
    by_column: dict[int, dict[int, str]] = {}
    for row in cells.order:
        classes = cells.rows[row]
        if PERIOD not in classes:
            continue
        for index, kind in enumerate(classes):
            if kind != PERIOD:
                continue
            value = cells.sheet.value(row, index + 1)
            if isinstance(value, str) and len(value) <= _LONGEST_BAND and _SHORT_YEAR.fullmatch(tidy(value)):
                by_row.setdefault(row, {})[index + 1] = tidy(value)
                by_column.setdefault(index + 1, {})[row] = tidy(value)
    told: set[tuple[int, int]] = set()
    for row, found in by_row.items():
        beside = [cells.sheet.value(row, column) for column in range(1, len(cells.rows[row]) + 1)]
        if _are_bands([text for _, text in sorted(found.items())], [tidy(v) for v in beside if isinstance(v, str)]):
            told.update((row, column) for column in found)
    for column, found in by_column.items():
        rows = range(min(found) - 1, max(found) + 3)
        beside = [cells.sheet.value(row, column) for row in rows if row > 0]
        if _are_bands([text for _, text in sorted(found.items())], [tidy(v) for v in beside if isinstance(v, str)]):
            told.update((row, column) for row in found)
    for row, column in told:
        _class(cells, row, column, LABEL)
        cells.told[row, column] = None


def _bands_as_dates(cells: SheetCells) -> None:
    """Ask about a date among bands such as “5-9” and “25+”: 10-12 typed into a sheet becomes the tenth of December."""
    dates: dict[tuple[int, int], date] = {}
    for row in cells.order:
        classes = cells.rows[row]
        if PERIOD in classes:
            for column, kind in enumerate(classes, start=1):
                value = cells.sheet.value(row, column) if kind == PERIOD else None
                if isinstance(value, date) and value.day <= _YEAR_MONTHS:
                    dates[row, column] = value
    columns = {column for _, column in dates}
    if not dates or len(dates) > _MOST_DATES:
        return
    down = {column: sum(_is_band(cells, row, column) for row in cells.order) for column in columns}
    for (row, column), value in dates.items():
        heads = NUMBER not in cells.rows[row]
        beside = sum(_is_band(cells, row, other) for other in range(1, len(cells.rows[row]) + 1)) if heads else 0
        if max(down[column], beside) < _LEAST_BANDS:
            continue
        _class(cells, row, column, LABEL)
        cells.told[row, column] = None
        text = cells.text(row, column)
        cells.asked.append(
            Problem(
                cells.sheet.name,
                Range(row, column, row, column),
                text,
                Rule.UNREADABLE_PERIOD,
                f"The date {text} stands among bands in {address(row, column)}: was {value.day}-{value.month} or "
                f"{value.month}-{value.day} turned into a date?",
                "Say which band it is.",
            )
        )


def _is_band(cells: SheetCells, row: int, column: int) -> bool:
    value = cells.sheet.value(row, column)
    return isinstance(value, str) and len(value) <= _LONGEST_BAND and _OPEN_BAND.fullmatch(tidy(value)) is not None


def _financial_months(cells: SheetCells) -> None:
    """Read four or more of “Month 1, Month 2 …” or “P1, P2 …” in a row, counted from 1, as months of the year."""
    for row in cells.order[:_HEAD_ROWS]:
        tokens = {
            column: token
            for column, kind in enumerate(cells.rows[row], start=1)
            if kind in (LABEL, PERIOD)
            and (token := cells.period(row, column)) is not None
            and token.shape is Shape.FINANCIAL_MONTH
        }
        if [token.number for token in tokens.values()] != list(range(1, len(tokens) + 1)) or len(
            tokens
        ) < _LEAST_MONTHS:
            continue
        for column, token in tokens.items():
            spelt = token.text.casefold().startswith("month")
            _class(cells, row, column, PERIOD)
            doubt = None if spelt else Doubt.MONTH_OF_WHICH_YEAR
            cells.told[row, column] = replace(token, weak=False, doubt=doubt)


def _are_bands(texts: list[str], beside: list[str]) -> bool:
    """Whether texts such as “10-11” leave gaps between them, or stand among bands that are no two years."""
    for text in beside:
        match = _BAND.fullmatch(text)
        if match is not None and (int(match[1]) + 1) % 100 != int(match[2]):
            return True
    firsts = [int(match[1]) for text in texts if (match := _BAND.fullmatch(text)) is not None]
    steps = {later - earlier for earlier, later in pairwise(dict.fromkeys(firsts))}
    return steps == {2}


def _run_together(cells: SheetCells) -> None:
    """Read 201617 in a column headed “time_period” as the financial or academic year 2016/17."""
    for row in cells.order[:_HEAD_ROWS]:
        for column in range(1, len(cells.rows[row]) + 1):
            head = cells.sheet.value(row, column)
            if isinstance(head, str) and _TIME_HEAD.fullmatch(head):
                _pairs_under(cells, row, column)


def _pairs_under(cells: SheetCells, head: int, column: int) -> None:
    found: dict[int, int] = {}
    for row in cells.order:
        if row <= head or cells.at(row, column) == BLANK:
            continue
        number = whole(cells.sheet.value(row, column))
        if number is None or not _PAIR[0] <= number <= _PAIR[1] or (number // 100 + 1) % 100 != number % 100:
            return
        found[row] = number
    distinct = set(found.values())
    if not distinct or (len(distinct) == 1 and max(distinct) % 100 <= 12):  # noqa: PLR2004  201112 alone is a month
        return
    for row, number in found.items():
        first = number // 100
        _class(cells, row, column, PERIOD)
        cells.told[row, column] = PeriodText(Shape.FINANCIAL_YEAR, financial_year(first), first, text=str(number))


def _implausible_years(cells: SheetCells) -> None:
    """Take 2066 for a year, to be asked about, under “Year” or in a row of years that heads a table."""
    for place, row in enumerate(cells.order[:_HEAD_ROWS]):
        classes = cells.rows[row]
        years = [column for column, kind in enumerate(classes, start=1) if kind == YEAR_NUMBER]
        odd = [column for column in range(1, len(classes) + 1) if _is_implausible(cells, row, column)]
        others = classes.count(NUMBER) + classes.count(FIGURE_TEXT)
        named = any(
            kind == LABEL and HEADER_WORDS.search(cells.text(row, column))
            for column, kind in enumerate(classes, start=1)
        )
        if odd and len(years) > len(odd) and others == len(odd) and named:
            for column in odd:
                _tell_year(cells, row, column)
        for column in range(1, len(classes) + 1):
            head = cells.sheet.value(row, column)
            if isinstance(head, str) and _TIME_HEAD.fullmatch(head):
                _implausible_under(cells, cells.order[place + 1 :], column)


def _numbered_heads(cells: SheetCells) -> None:
    """Make heads of 0, 1, 2 … in the first row of numbers, right of a name and over figures: hours, ages, deciles."""
    for place, row in enumerate(cells.order[:_HEAD_ROWS]):
        classes = cells.rows[row]
        columns = [column for column, kind in enumerate(classes, start=1) if kind in (NUMBER, YEAR_NUMBER)]
        if not columns:
            continue
        numbers = [whole(cells.sheet.value(row, column)) for column in columns]
        first = numbers[0]
        if (
            len(numbers) < _LEAST_NUMBERED
            or first not in (0, 1)
            or numbers != list(range(first, first + len(numbers)))
            or columns[0] == 1
            or cells.at(row, columns[0] - 1) not in (LABEL, BLANK)
            or place + 1 >= len(cells.order)
            or not any(cells.at(cells.order[place + 1], column) == NUMBER for column in columns)
        ):
            return
        for column in columns:
            _class(cells, row, column, LABEL)
            cells.told[row, column] = None
        return


def _implausible_under(cells: SheetCells, rows: list[int], column: int) -> None:
    filled = [row for row in rows if cells.at(row, column) != BLANK]
    odd = [row for row in filled if _is_implausible(cells, row, column)]
    if odd and all(cells.at(row, column) == YEAR_NUMBER or _is_implausible(cells, row, column) for row in filled):
        for row in odd:
            _tell_year(cells, row, column)


def _is_implausible(cells: SheetCells, row: int, column: int) -> bool:
    number = whole(cells.sheet.value(row, column)) if cells.at(row, column) == NUMBER else None
    return number is not None and LATEST_YEAR < number < _NO_YEAR


def _tell_year(cells: SheetCells, row: int, column: int) -> None:
    number = whole(cells.sheet.value(row, column)) or LATEST_YEAR
    _class(cells, row, column, YEAR_NUMBER)
    cells.told[row, column] = PeriodText(Shape.YEAR, calendar_year(number), number, text=str(number))


def _class(cells: SheetCells, row: int, column: int, kind: int) -> None:
    classes = cells.rows[row]
    cells.rows[row] = classes[: column - 1] + bytes((kind,)) + classes[column:]
