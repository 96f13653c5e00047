"""What to ask about heads and row names that leave open which time they are of, or name one that cannot be."""

from __future__ import annotations

import re

from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.period_text import LATEST_YEAR, Doubt, PeriodText, Shape
from scs_desktop.returns.records import Problem, Rule
from scs_desktop.returns.tables import timing
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.headers import HeadCell
from scs_desktop.returns.tables.model import TableModel


def part_in_title(cells: SheetCells, table: TableModel) -> list[Problem]:
    """A title names a part of a year over columns of years alone: are their figures of the whole years?"""
    heads = [
        cell
        for column in table.figures
        for cell in table.paths.get(column, [])
        if cell.period is not None and cell.period.period is not None and cell.only_period
    ]
    if not heads or any(cell.period is None or cell.period.shape not in _YEARLY for cell in heads):
        return []
    if any(cell.period is not None and cell.period.to_date for cell in heads):
        return []
    if any(token.shape is Shape.ENDING for token in table.context):
        # Years that end with the month of the title are whole ones.
        return []
    for title in [*table.outer_titles, *table.head.titles]:
        if _ISSUED.search(title.text):
            continue
        within = [cell for cell in heads if _is_part(title, cell)]
        if not within:
            continue
        columns, rows = [cell.column for cell in heads], [cell.row for cell in heads]
        return [
            Problem(
                cells.sheet.name,
                Range(min(rows), min(columns), max(rows), max(columns)),
                within[0].text,
                Rule.AMBIGUOUS_LAYOUT,
                f"The title says “{title.text[:80]}”, the column “{within[0].text}”: are its figures of the whole "
                "year, as they are read, or of that part of it?",
                "Say which period the columns are of.",
            )
        ]
    return []


def _is_part(title: HeadCell, head: HeadCell) -> bool:
    """Whether the title names a part of the head's year: a stretch within it, or a month or quarter of no year."""
    said = title.period.period if title.period is not None else None
    year = head.period.period if head.period is not None else None
    if said is None or year is None:
        return (title.period is not None and timing.is_part(title.period)) or _PART.search(title.text) is not None
    if _UP_TO.search(title.text):
        # "Performance to December 2012" over 2012/13: the year is not over.
        return year.start <= said.end < year.end
    named = said.months > 1 or _PART.search(title.text) is not None
    return named and said.months < year.months and said.start.day == 1 and year.contains(said)


_PART = re.compile(
    r"\b(?:in|during|month of) (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
    r"|\b(?:Q|(?i:quarter|qtr) ?)[1-4]\b"
)
_UP_TO = re.compile(
    r"\b(?:up to|to|until|till) (?:the )?(?:end (?:of )?)?(?:Q[1-4]|(?i:quarter) [1-4]|(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\b"
)
_ISSUED = re.compile(
    r"\b(?:publish|updat|releas|produc|print|prepar|issu|creat|extract|generat|board|meeting|version|next)",
    re.IGNORECASE,
)
_YEARLY = frozenset({Shape.YEAR, Shape.FINANCIAL_YEAR})


def too_late(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Ask once about years that no figure can be of yet: a slip, or a stand-in for no year."""
    heads = [cell for column in table.figures for cell in table.paths.get(column, [])]
    places = [(cell.period, cell.text, cell.row, cell.column) for cell in heads if cell.period is not None]
    places += [
        (token, where.text, where.row, where.column)
        for stub in table.stubs
        for token, where in zip(stub.periods, stub.period_cells, strict=False)
        if where.row is not None and where.column is not None
    ]
    late = [
        (text, row, column)
        for token, text, row, column in places
        if token.period is not None and token.period.end.year > LATEST_YEAR
    ]
    if not late:
        return []
    text, row, column = late[0]
    rows, columns = [place[1] for place in late], [place[2] for place in late]
    return [
        Problem(
            cells.sheet.name,
            Range(min(rows), min(columns), max(rows), max(columns)),
            text,
            Rule.DATE_OUT_OF_RANGE,
            f"“{text}” in {address(row, column)} is no year that figures can be of yet: what is meant?",
            "Say which year it is.",
        )
    ]


_OPEN = {
    Doubt.MONTH_OR_YEARS: "“{text}” may be a month or the years from one to the other: it is read as {label}.",
    Doubt.DAY_OR_PERIOD: "“{text}” is the last day of a month: are the figures those of the day, or of the month, "
    "quarter or year that ends with it? It is read as {label}.",
    Doubt.FIRST_OR_PERIOD: "“{text}” is the first day of a month and its neighbours lie further apart than a month: "
    "are the figures those of the month, or of the quarter or year that begins with it? It is read as {label}.",
    Doubt.DAY_OR_WEEK: "“{text}” and its neighbours are days a week apart: are the figures those of the day, or of the "
    "week that it opens or ends? It is read as {label}.",
    Doubt.MONTH_FIRST: "“{text}” and its neighbours are dates only if the month comes first: it is read as {label}.",
    Doubt.MONTH_OF_WHICH_YEAR: "“{text}” and its neighbours are read as the months of the financial year, from April.",
    Doubt.WEEK_OF_WHICH_YEAR: "“{text}” is read as the week of the calendar year, {label}: is it counted from April?",
}


def open_ones(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Ask once for each sort of head and row name that leaves open which period it is."""
    found: dict[Doubt, list[tuple[PeriodText, int, int]]] = {}
    for column in table.figures:
        for cell in table.paths.get(column, []):
            if cell.period is not None and cell.period.doubt is not None:
                found.setdefault(cell.period.doubt, []).append((cell.period, cell.row, cell.column))
    for stub in table.stubs:
        for token, where in zip(stub.periods, stub.period_cells, strict=False):
            if token.doubt is not None and where.row is not None and where.column is not None:
                found.setdefault(token.doubt, []).append((token, where.row, where.column))
    problems = []
    for doubt, places in found.items():
        token, row, column = places[0]
        last = max(places, key=lambda place: (place[1], place[2]))
        label = token.period.label if token.period is not None else ""
        problems.append(
            Problem(
                cells.sheet.name,
                Range(min(row, last[1]), min(column, last[2]), last[1], max(column, last[2])),
                token.text,
                Rule.UNREADABLE_PERIOD,
                _OPEN[doubt].format(text=token.text, label=label),
                "Say which period it is.",
            )
        )
    return problems
