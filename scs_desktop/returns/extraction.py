"""The day on which a return's figures were taken from the agency's system, where the file says so."""

from __future__ import annotations

import re
from datetime import date, datetime

from scs_desktop.returns.grid import CellValue, Sheet, Workbook

TOP_ROWS = 40
_SAYS = re.compile(
    r"\b(?:extract(?:ed|ion)?|data drawn|drawn down|run (?:on|date)|refreshed|generated|downloaded|data as at"
    r"|correct as at|correct as of|data as of)\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DAY_FIRST = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WORDS = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})\b",
    re.IGNORECASE,
)


def extraction_date(workbook: Workbook) -> date | None:
    """Return the day a note or title names as that of the extract; None where none does, or several disagree."""
    found = {day for sheet in workbook.sheets for day in _said(sheet)}
    return found.pop() if len(found) == 1 else None


def _said(sheet: Sheet) -> list[date]:
    numbers = sorted(sheet.rows)
    found = []
    for number in {*numbers[:TOP_ROWS], *numbers[-TOP_ROWS:]}:
        values = sheet.rows[number]
        for index, value in enumerate(values):
            if not isinstance(value, str) or not (says := _SAYS.search(value)):
                continue
            day = _day_in(value[says.end() :]) or _beside(values[index + 1 : index + 3])
            if day is not None:
                found.append(day)
    return found


def _beside(values: list[CellValue]) -> date | None:
    for value in values:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str) and (day := _day_in(value)) is not None:
            return day
    return None


def _day_in(text: str) -> date | None:
    """Return the first day written in the text, day before month as in British use."""
    if match := _YEAR_FIRST.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDS.search(text):
        return _day(int(match[3]), _MONTHS[match[2].casefold()], int(match[1]))
    if match := _DAY_FIRST.search(text):
        year = int(match[3])
        return _day(year + 2000 if year < 100 else year, int(match[2]), int(match[1]))  # noqa: PLR2004
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
