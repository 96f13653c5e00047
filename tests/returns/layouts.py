"""Tables of indicators, periods and areas, laid out as partners lay them out, with what a reader must find in each."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind
from scs_desktop.domain.periods import Period, calendar_year, financial_year, month, quarter
from scs_desktop.returns.grid import CellValue, FileFormat, Range, Sheet, Workbook

INDICATORS = (
    "Residential burglary",
    "Robbery (personal)",
    "Domestic violence - offences",
    "Vehicle crime",
    "Criminal damage",
    "Anti-social behaviour reports",
    "Most serious violence",
    "Repeat victims",
    "Theft from the person",
    "Hate crime",
    "First-time entrants",
    "Sanction detections",
)
AREAS = (
    ("E05000042", "Brunswick Park"),
    ("E05000043", "Burnt Oak"),
    ("E05000044", "Childs Hill"),
    ("E05000045", "Colindale"),
    ("E05000046", "Coppetts"),
    ("E05000047", "East Barnet"),
    ("E05000048", "East Finchley"),
    ("E05000049", "Edgware"),
    ("E05000050", "Finchley Church End"),
)


@dataclass(frozen=True)
class Expected:
    """One figure of the table: where it stands and what it is."""

    row: int
    column: int
    value: Decimal | None
    kind: FigureKind
    period: Period | None
    labels: tuple[str, ...]
    code: str | None = None
    percent: bool = False


@dataclass
class Page:
    """A sheet in the making."""

    rows: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def put(self, row: int, column: int, value: CellValue, number_format: str = "") -> None:
        """Write a cell."""
        self.rows.setdefault(row, {})[column] = value
        if number_format:
            self.formats[row, column] = number_format

    def workbook(self, *, as_text: bool = False) -> Workbook:
        """Return the page as a file's only sheet."""
        rows: dict[int, list[CellValue]] = {}
        for number, cells in self.rows.items():
            values = [cells.get(column) for column in range(1, max(cells) + 1)]
            rows[number] = [_text(value) for value in values] if as_text else values
        kind = FileFormat.CSV if as_text else FileFormat.XLSX
        sheet = Sheet(
            "" if as_text else "Sheet1",
            dict(sorted(rows.items())),
            {} if as_text else self.formats,
            [] if as_text else self.merges,
        )
        return Workbook("return", "0" * 64, kind, [sheet], formats_known=not as_text)


def _text(value: CellValue) -> CellValue:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.strftime("%b-%y")
    return str(value)


Heading = tuple[CellValue, str]


def month_heading(rng: random.Random) -> Callable[[Period], Heading]:
    """Choose one way to write months."""
    name = calendar.month_name
    short = calendar.month_abbr
    ways: list[Callable[[date], Heading]] = [
        lambda d: (datetime(d.year, d.month, 1), "mmm-yy"),  # noqa: DTZ001
        lambda d: (f"{short[d.month]}-{d.year % 100:02d}", ""),
        lambda d: (f"{short[d.month]} {d.year}", ""),
        lambda d: (f"{name[d.month]} {d.year}", ""),
        lambda d: (f"{short[d.month]} '{d.year % 100:02d}", ""),
        lambda d: (d.year * 100 + d.month, ""),
        lambda d: (f"{d.year * 100 + d.month}", ""),
        lambda d: (f"{d.month:02d}/{d.year}", ""),
        lambda d: (f"{d.year} {short[d.month].upper()}", ""),
        lambda d: (f"{name[d.month]} {d.year} (p)", ""),
        lambda d: (f"01/{d.month:02d}/{d.year}", ""),
    ]
    way = rng.choice(ways)
    return lambda period: way(period.start)


def quarter_heading(rng: random.Random) -> Callable[[Period], Heading]:
    """Choose one way to write quarters of the financial year."""
    short = calendar.month_abbr

    def parts(period: Period) -> tuple[int, int]:
        first = period.start.year if period.start.month >= 4 else period.start.year - 1
        return first, (period.start.month - 4) % 12 // 3 + 1

    ways: list[Callable[[Period], Heading]] = [
        lambda p: (f"Q{parts(p)[1]} {parts(p)[0]}/{(parts(p)[0] + 1) % 100:02d}", ""),
        lambda p: (f"{parts(p)[0]}-{(parts(p)[0] + 1) % 100:02d} Q{parts(p)[1]}", ""),
        lambda p: (f"Qtr {parts(p)[1]} {parts(p)[0]}/{(parts(p)[0] + 1) % 100:02d}", ""),
        lambda p: (f"{short[p.start.month]}-{short[p.end.month]} {p.end.year}", ""),
        lambda p: (f"{short[p.start.month]} to {short[p.end.month]} {p.end.year}", ""),
        lambda p: (f"Quarter ending {calendar.month_name[p.end.month]} {p.end.year}", ""),
        lambda p: (f"{short[p.start.month]} {p.start.year} - {short[p.end.month]} {p.end.year}", ""),
    ]
    return rng.choice(ways)


def year_heading(rng: random.Random) -> Callable[[Period], Heading]:
    """Choose one way to write financial years."""
    ways: list[Callable[[int], Heading]] = [
        lambda y: (f"{y}/{(y + 1) % 100:02d}", ""),
        lambda y: (f"{y}-{(y + 1) % 100:02d}", ""),
        lambda y: (f"{y} - {y + 1}", ""),
        lambda y: (f"Year ending March {y + 1}", ""),
        lambda y: (f"12 months to March {y + 1}", ""),
        lambda y: (f"Apr '{y % 100:02d} to Mar '{(y + 1) % 100:02d}", ""),
        lambda y: (f"Apr '{y % 100:02d} to Mar '{(y + 1) % 100:02d}5, 6", ""),
        lambda y: (f"FY {y}/{(y + 1) % 100:02d}", ""),
        lambda y: (f"April {y} to March {y + 1}", ""),
        lambda y: (f"{y}/{(y + 1) % 100:02d} [note 2]", ""),
    ]
    way = rng.choice(ways)
    return lambda period: way(period.start.year)


def some_periods(rng: random.Random) -> tuple[list[Period], Callable[[Period], Heading]]:
    """Choose a stretch of periods and how they are written."""
    kind = rng.choice(["month", "month", "quarter", "financial", "calendar"])
    first = rng.randint(2008, 2021)
    count = rng.randint(3, 9)
    if kind == "month":
        start = rng.randint(1, 12)
        periods = [month(first + (start - 1 + index) // 12, (start - 1 + index) % 12 + 1) for index in range(count)]
        return periods, month_heading(rng)
    if kind == "quarter":
        return [quarter(first + index // 4, index % 4 + 1) for index in range(count)], quarter_heading(rng)
    if kind == "financial":
        return [financial_year(first + index) for index in range(count)], year_heading(rng)
    as_number = rng.random() < 0.5
    return [calendar_year(first + index) for index in range(count)], lambda period: (
        period.start.year if as_number else str(period.start.year),
        "",
    )


def figure(rng: random.Random, *, text: bool = False) -> tuple[CellValue, str, Decimal | None, FigureKind]:
    """One count and its notation: cell, number format, true value, kind."""
    number = rng.choice([rng.randint(5, 90), rng.randint(100, 990), rng.randint(1000, 9900)])
    way = rng.random()
    if way < 0.72:
        return (str(number) if text else number), rng.choice(["", "#,##0", "0"]), Decimal(number), FigureKind.NUMBER
    if way < 0.80:
        return f"{number:,}", "", Decimal(number), FigureKind.NUMBER
    if way < 0.84:
        return f"{number:,} (p)", "", Decimal(number), FigureKind.NUMBER
    if way < 0.88:
        return f"{number}r", "", Decimal(number), FigureKind.NUMBER
    if way < 0.92:
        return rng.choice(["<5", "fewer than 5", "< 5"]), "", None, FigureKind.SUPPRESSED
    if way < 0.96:
        return rng.choice(["n/a", "..", "N/A"]), "", None, FigureKind.NOT_AVAILABLE
    return f"{number}¹", "", Decimal(number), FigureKind.NUMBER


def percentage(rng: random.Random, *, text: bool = False) -> tuple[CellValue, str, Decimal | None, FigureKind]:
    """One percentage and its notation."""
    value = Decimal(rng.randint(50, 950)) / 10
    if text or rng.random() < 0.4:
        return rng.choice([f"{value}%", f"{value} %"]), "", value, FigureKind.NUMBER
    return float(value / 100), "0.0%", value, FigureKind.NUMBER


class Writer:
    """Fills cells with figures and notes what is expected of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.page = Page()
        self.text = False

    def number(
        self,
        row: int,
        column: int,
        period: Period | None,
        labels: tuple[str, ...],
        code: str | None = None,
        *,
        percent: bool = False,
    ) -> None:
        """Write one figure."""
        value, number_format, true, kind = (percentage if percent else figure)(self.rng, text=self.text)
        self.page.put(row, column, value, number_format)
        self.page.expected.append(Expected(row, column, true, kind, period, labels, code, percent))

    def head(self, row: int, column: int, heading: Heading) -> None:
        """Write one heading."""
        self.page.put(row, column, heading[0], heading[1])

    def titles(self) -> int:
        """Write a title or two; return the first free row."""
        row = 1
        self.page.put(
            row,
            1,
            self.rng.choice(
                ["Barnet - community safety return", "Metropolitan Police Service: Barnet borough", "Monitoring report"]
            ),
        )
        if self.rng.random() < 0.5:
            row += 1
            self.page.put(
                row, 1, self.rng.choice(["Number of offences", "Source: CRIS", "All figures are subject to change"])
            )
        return row + self.rng.choice([1, 2])

    def notes(self) -> None:
        """Write notes beneath."""
        last = max(self.page.rows)
        if self.rng.random() < 0.6:
            self.page.put(last + 2, 1, "Source: recorded crime system, extracted 16/04/2012")
            self.page.put(last + 3, 1, "1. Figures below 5 are not shown. Telephone 020 8359 2000.")

    def pick(self, low: int, high: int) -> list[str]:
        """Choose some indicators."""
        return self.rng.sample(INDICATORS, self.rng.randint(low, high))


def periods_across(writer: Writer) -> None:
    """Indicators down, periods across."""
    periods, heading = some_periods(writer.rng)
    top = writer.titles()
    writer.head(top, 1, (writer.rng.choice(["Indicator", "Offence type", "Measure", None]), ""))
    for index, period in enumerate(periods):
        writer.head(top, 2 + index, heading(period))
    for down, name in enumerate(writer.pick(2, 8)):
        writer.page.put(top + 1 + down, 1, name)
        for index, period in enumerate(periods):
            writer.number(top + 1 + down, 2 + index, period, (name,))
    writer.notes()


def periods_down(writer: Writer) -> None:
    """Periods down, indicators across."""
    periods, heading = some_periods(writer.rng)
    names = writer.pick(2, 6)
    top = writer.titles()
    writer.head(top, 1, (writer.rng.choice(["Period", "Month", "Year", None]), ""))
    for index, name in enumerate(names):
        writer.page.put(top, 2 + index, name)
    for down, period in enumerate(periods):
        writer.head(top + 1 + down, 1, heading(period))
        for index, name in enumerate(names):
            writer.number(top + 1 + down, 2 + index, period, (name,))
    writer.notes()


def long_table(writer: Writer) -> None:
    """One figure a row, the columns in any order."""
    periods, heading = some_periods(writer.rng)
    order = ["code", "area", "indicator", "period"]
    writer.rng.shuffle(order)
    heads = {"code": "Area code", "area": "Area name", "indicator": "Indicator", "period": "Period"}
    for index, what in enumerate(order):
        writer.page.put(1, 1 + index, heads[what])
    writer.page.put(1, 5, "Value")
    row = 2
    for name in writer.pick(2, 3):
        for code, area in writer.rng.sample(AREAS, 3):
            for period in periods[:4]:
                for index, what in enumerate(order):
                    if what == "period":
                        writer.head(row, 1 + index, heading(period))
                    else:
                        writer.page.put(row, 1 + index, {"code": code, "area": area, "indicator": name}[what])
                writer.number(row, 5, period, (area, name), code)
                row += 1


def areas_with_codes(writer: Writer) -> None:
    """Code and name of the area, periods across, the indicator in the title."""
    periods, heading = some_periods(writer.rng)
    name = writer.rng.choice(INDICATORS)
    writer.page.put(1, 1, f"{name} by ward")
    top = 3
    writer.page.put(top, 1, "Ward code")
    writer.page.put(top, 2, "Ward")
    for index, period in enumerate(periods):
        writer.head(top, 3 + index, heading(period))
    for down, (code, area) in enumerate(AREAS):
        writer.page.put(top + 1 + down, 1, code)
        writer.page.put(top + 1 + down, 2, area)
        for index, period in enumerate(periods):
            writer.number(top + 1 + down, 3 + index, period, (area, name), code)
    writer.notes()


def groups_over_periods(writer: Writer) -> None:
    """An indicator over its periods, merged or only beside the next one."""
    periods, heading = some_periods(writer.rng)
    periods = periods[:4]
    names = writer.pick(2, 3)
    merged = writer.rng.random() < 0.5
    spacer = writer.rng.choice([0, 1])
    top = writer.titles()
    writer.page.put(top + 1, 1, "Ward")
    column = 2
    places: list[tuple[int, str, Period]] = []
    for name in names:
        writer.page.put(top, column, name)
        if merged:
            writer.page.merges.append(Range(top, column, top, column + len(periods) - 1))
        for index, period in enumerate(periods):
            writer.head(top + 1, column + index, heading(period))
            places.append((column + index, name, period))
        column += len(periods) + spacer
    for down, (_, area) in enumerate(AREAS[:5]):
        writer.page.put(top + 2 + down, 1, area)
        for at, name, period in places:
            writer.number(top + 2 + down, at, period, (area, name))
    writer.notes()


def periods_over_measures(writer: Writer) -> None:
    """A period over a number and a percentage."""
    periods, heading = some_periods(writer.rng)
    periods = periods[:5]
    merged = writer.rng.random() < 0.6
    top = writer.titles()
    writer.page.put(top + 1, 1, "Indicator")
    for index, period in enumerate(periods):
        column = 2 + 2 * index
        writer.head(top, column, heading(period))
        if merged:
            writer.page.merges.append(Range(top, column, top, column + 1))
        writer.page.put(top + 1, column, "Number")
        writer.page.put(top + 1, column + 1, "%")
    for down, name in enumerate(writer.pick(3, 6)):
        row = top + 2 + down
        writer.page.put(row, 1, name)
        for index, period in enumerate(periods):
            writer.number(row, 2 + 2 * index, period, (name,))
            writer.number(row, 3 + 2 * index, period, (name,), percent=True)
    writer.notes()


def year_on_first_month(writer: Writer) -> None:
    """Year and month in two columns, the year on its first month alone."""
    first, start = writer.rng.randint(2008, 2020), writer.rng.randint(1, 12)
    names = writer.pick(2, 4)
    short = writer.rng.random() < 0.5
    top = writer.titles()
    if writer.rng.random() < 0.7:
        writer.page.put(top, 1, "Year")
        writer.page.put(top, 2, "Month")
    for index, name in enumerate(names):
        writer.page.put(top, 3 + index, name)
    for index in range(writer.rng.randint(14, 26)):
        year, number = first + (start - 1 + index) // 12, (start - 1 + index) % 12 + 1
        row = top + 1 + index
        if index == 0 or number == 1:
            writer.page.put(row, 1, year)
        writer.page.put(row, 2, calendar.month_abbr[number] if short else calendar.month_name[number])
        for across, name in enumerate(names):
            writer.number(row, 3 + across, month(year, number), (name,))
    writer.notes()


def years_over_months(writer: Writer) -> None:
    """A financial year over its months."""
    first = writer.rng.randint(2008, 2020)
    merged = writer.rng.random() < 0.5
    top = writer.titles()
    writer.page.put(top + 1, 1, "Offence")
    places: list[tuple[int, Period]] = []
    for which in range(2):
        column = 2 + 12 * which
        writer.page.put(top, column, f"{first + which}/{(first + which + 1) % 100:02d}")
        if merged:
            writer.page.merges.append(Range(top, column, top, column + 11))
        for index in range(12):
            number = (3 + index) % 12 + 1
            year = first + which + (number < 4)
            writer.page.put(top + 1, column + index, calendar.month_abbr[number])
            places.append((column + index, month(year, number)))
    for down, name in enumerate(writer.pick(2, 5)):
        writer.page.put(top + 2 + down, 1, name)
        for column, period in places:
            writer.number(top + 2 + down, column, period, (name,))
    writer.notes()


def year_in_title(writer: Writer) -> None:
    """Bare months across, the financial year in the title."""
    first = writer.rng.randint(2008, 2020)
    name = writer.rng.choice(INDICATORS)
    written = writer.rng.choice(
        [
            f"{first}/{(first + 1) % 100:02d}",
            f"April {first} to March {first + 1}",
            f"financial year {first}-{(first + 1) % 100:02d}",
        ]
    )
    writer.page.put(1, 1, f"{name} by ward and month, {written}")
    writer.page.put(3, 1, "Ward")
    for index in range(12):
        writer.page.put(3, 2 + index, calendar.month_name[(3 + index) % 12 + 1])
    for down, (_, area) in enumerate(AREAS[:6]):
        writer.page.put(4 + down, 1, area)
        for index in range(12):
            number = (3 + index) % 12 + 1
            writer.number(4 + down, 2 + index, month(first + (number < 4), number), (area,))
    writer.notes()


def sections_of_names(writer: Writer) -> None:
    """A heading row for each indicator, areas beneath."""
    periods, heading = some_periods(writer.rng)
    gap = writer.rng.choice([0, 1])
    top = writer.titles()
    writer.page.put(top, 1, "Area")
    for index, period in enumerate(periods):
        writer.head(top, 2 + index, heading(period))
    row = top + 1
    for name in writer.pick(2, 4):
        writer.page.put(row, 1, name)
        row += 1
        for _, area in AREAS[:4]:
            writer.page.put(row, 1, area)
            for index, period in enumerate(periods):
                writer.number(row, 2 + index, period, (name, area))
            row += 1
        row += gap
    writer.notes()


def sections_of_periods(writer: Writer) -> None:
    """A heading row for each period, areas beneath, indicators across."""
    periods, heading = some_periods(writer.rng)
    names = writer.pick(2, 4)
    top = writer.titles()
    writer.page.put(top, 1, "Area")
    for index, name in enumerate(names):
        writer.page.put(top, 2 + index, name)
    row = top + 1
    for period in periods[:3]:
        shown = heading(period)
        if isinstance(shown[0], int):
            shown = (str(shown[0]), "")
        writer.head(row, 1, shown)
        row += 1
        for _, area in AREAS[:4]:
            writer.page.put(row, 1, area)
            for index, name in enumerate(names):
                writer.number(row, 2 + index, period, (name, area))
            row += 1
    writer.notes()


def side_by_side(writer: Writer) -> None:
    """Two tables beside each other, each with its own names and periods."""
    top = writer.titles() + 1
    left = 1
    for name in writer.pick(2, 2):
        periods, heading = some_periods(writer.rng)
        others = writer.pick(2, 2)
        writer.page.put(top, left, name)
        writer.page.put(top + 1, left, "Period")
        for index, other in enumerate(others):
            writer.page.put(top + 1, left + 1 + index, other)
        for down, period in enumerate(periods[:5]):
            writer.head(top + 2 + down, left, heading(period))
            for index, other in enumerate(others):
                writer.number(top + 2 + down, left + 1 + index, period, (other,))
        left += len(others) + 2
    writer.notes()


def stacked(writer: Writer) -> None:
    """Two tables beneath each other, each with its own title and heads."""
    row = 1
    for which in range(2):
        periods, heading = some_periods(writer.rng)
        title = f"Table {which + 1}: {writer.rng.choice(INDICATORS)}"
        writer.page.put(row, 1, title)
        row += writer.rng.choice([1, 2])
        writer.page.put(row, 1, "Ward")
        for index, period in enumerate(periods):
            writer.head(row, 2 + index, heading(period))
        for down, (_, area) in enumerate(AREAS[:4]):
            writer.page.put(row + 1 + down, 1, area)
            for index, period in enumerate(periods):
                writer.number(row + 1 + down, 2 + index, period, (title, area))
        row += 5 + writer.rng.choice([1, 2, 3])
    writer.notes()


def spacers(writer: Writer) -> None:
    """Empty columns and rows between the figures."""
    periods, heading = some_periods(writer.rng)
    top = writer.titles()
    writer.page.put(top, 1, "Indicator")
    for index, period in enumerate(periods):
        writer.head(top, 3 + 2 * index, heading(period))
    for down, name in enumerate(writer.pick(3, 6)):
        row = top + 2 + 2 * down
        writer.page.put(row, 1, name)
        for index, period in enumerate(periods):
            writer.number(row, 3 + 2 * index, period, (name,))
    writer.notes()


def areas_across(writer: Writer) -> None:
    """Areas across with their codes above, periods down."""
    periods, heading = some_periods(writer.rng)
    top = writer.titles()
    writer.page.put(top, 1, "Code")
    writer.page.put(top + 1, 1, "Ward")
    for index, (code, area) in enumerate(AREAS[:6]):
        writer.page.put(top, 2 + index, code)
        writer.page.put(top + 1, 2 + index, area)
    for down, period in enumerate(periods):
        writer.head(top + 2 + down, 1, heading(period))
        for index, (code, area) in enumerate(AREAS[:6]):
            writer.number(top + 2 + down, 2 + index, period, (area,), code)
    writer.notes()


def names_once(writer: Writer) -> None:
    """The outer name on the first row of its group alone."""
    periods, heading = some_periods(writer.rng)
    filler = writer.rng.choice([None, None, "-", '"'])
    top = writer.titles()
    writer.page.put(top, 1, "Area")
    writer.page.put(top, 2, "Indicator")
    for index, period in enumerate(periods):
        writer.head(top, 3 + index, heading(period))
    row = top + 1
    for _, area in AREAS[:3]:
        for which, name in enumerate(INDICATORS[:4]):
            writer.page.put(row, 1, area if which == 0 else filler)
            writer.page.put(row, 2, name)
            for index, period in enumerate(periods):
                writer.number(row, 3 + index, period, (area, name))
            row += 1
    writer.notes()


def year_and_quarter(writer: Writer) -> None:
    """Financial year and quarter in two columns of every row."""
    first = writer.rng.randint(2008, 2020)
    names = writer.pick(2, 4)
    writer.page.put(1, 1, "Financial year")
    writer.page.put(1, 2, "Quarter")
    for index, name in enumerate(names):
        writer.page.put(1, 3 + index, name)
    as_number = writer.rng.random() < 0.4
    for index in range(8):
        year = first + index // 4
        writer.page.put(2 + index, 1, f"{year}/{(year + 1) % 100:02d}")
        writer.page.put(2 + index, 2, index % 4 + 1 if as_number else f"Q{index % 4 + 1}")
        for across, name in enumerate(names):
            writer.number(2 + index, 3 + across, quarter(year, index % 4 + 1), (name,))


def unit_row(writer: Writer) -> None:
    """A row of units under the heads."""
    periods, heading = some_periods(writer.rng)
    period = periods[-1]
    names = writer.pick(3, 5)
    title = heading(period)[0]
    shown = title.strftime("%B %Y") if isinstance(title, datetime) else str(title)
    if shown[:2].isdigit() and len(shown) > 4 and period.months == 1:
        shown = f"{calendar.month_name[period.start.month]} {period.start.year}"
    writer.page.put(1, 1, f"Crime by ward, {shown}")
    writer.page.put(3, 1, "Ward code")
    writer.page.put(3, 2, "Ward")
    for index, name in enumerate(names):
        writer.page.put(3, 3 + index, name)
        writer.page.put(4, 3 + index, "Number" if index % 2 == 0 else "%")
    for down, (code, area) in enumerate(AREAS[:6]):
        writer.page.put(5 + down, 1, code)
        writer.page.put(5 + down, 2, area)
        for index, name in enumerate(names):
            writer.number(5 + down, 3 + index, period, (area, name), code, percent=index % 2 == 1)
    writer.notes()


def months_with_year_now_and_then(writer: Writer) -> None:
    """Months across of which only some name the year."""
    first = writer.rng.randint(2008, 2020)
    top = writer.titles()
    writer.page.put(top, 1, "Offence")
    periods = [month(first + (3 + index) // 12, (3 + index) % 12 + 1) for index in range(12)]
    for index, period in enumerate(periods):
        name = calendar.month_abbr[period.start.month]
        named = index == 0 or period.start.month == 1
        writer.page.put(top, 2 + index, f"{name} {period.start.year}" if named else name)
    for down, name in enumerate(writer.pick(2, 5)):
        writer.page.put(top + 1 + down, 1, name)
        for index, period in enumerate(periods):
            writer.number(top + 1 + down, 2 + index, period, (name,))
    writer.notes()


def totals_at_the_edges(writer: Writer) -> None:
    """A row of totals without a name beneath, a column of totals at the right."""
    periods, heading = some_periods(writer.rng)
    top = writer.titles()
    names = writer.pick(4, 7)
    writer.page.put(top, 1, "Offence")
    for index, period in enumerate(periods):
        writer.head(top, 2 + index, heading(period))
    columns = [0] * len(periods)
    for down, name in enumerate(names):
        writer.page.put(top + 1 + down, 1, name)
        for index, period in enumerate(periods):
            number = writer.rng.randint(10, 900)
            columns[index] += number
            writer.page.put(top + 1 + down, 2 + index, number)
            writer.page.expected.append(
                Expected(top + 1 + down, 2 + index, Decimal(number), FigureKind.NUMBER, period, (name,))
            )
    label = writer.rng.choice(["Total", "Grand total", None])
    writer.page.put(top + 1 + len(names), 1, label)
    for index, period in enumerate(periods):
        writer.page.put(top + 1 + len(names), 2 + index, columns[index])
        if label:
            writer.page.expected.append(
                Expected(top + 1 + len(names), 2 + index, Decimal(columns[index]), FigureKind.NUMBER, period, (label,))
            )


LAYOUTS: tuple[Callable[[Writer], None], ...] = (
    periods_across,
    periods_down,
    long_table,
    areas_with_codes,
    groups_over_periods,
    periods_over_measures,
    year_on_first_month,
    years_over_months,
    year_in_title,
    sections_of_names,
    sections_of_periods,
    side_by_side,
    stacked,
    spacers,
    areas_across,
    names_once,
    year_and_quarter,
    unit_row,
    months_with_year_now_and_then,
    totals_at_the_edges,
)


def make(layout: Callable[[Writer], None], seed: int) -> Page:
    """Return a page in the layout, the same for the same seed."""
    writer = Writer(random.Random(seed))  # noqa: S311
    layout(writer)
    return writer.page
