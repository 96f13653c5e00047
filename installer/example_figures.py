"""The figures typed in for the example returns, and the quarters that the returns are made for."""

from __future__ import annotations

import calendar
import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "resources" / "examples" / "data"
LONG_MONTHS = [calendar.month_name[number] for number in range(1, 13)]
MONTHS = [name[:3] for name in LONG_MONTHS]

Row = dict[str, str]


@dataclass(frozen=True)
class Quarter:
    """A quarter of the financial year that starts in April of ``first``."""

    first: int
    number: int

    def __str__(self) -> str:
        """``Q1 2011/12``."""
        return f"Q{self.number} {self.year}"

    @property
    def year(self) -> str:
        """``2011/12``."""
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @property
    def months(self) -> tuple[str, ...]:
        """The year's months up to the quarter's end, as ``2011-04``."""
        count = 3 * self.number
        return tuple(f"{self.first + (3 + index) // 12}-{(3 + index) % 12 + 1:02d}" for index in range(count))

    @property
    def so_far(self) -> tuple[str, ...]:
        """The year's quarters up to this one."""
        return tuple(str(Quarter(self.first, number)) for number in range(1, self.number + 1))

    @property
    def end(self) -> str:
        """``June 2011``."""
        year, month = self.months[-1].split("-")
        return f"{LONG_MONTHS[int(month) - 1]} {year}"

    @property
    def tag(self) -> str:
        """``2011-12-q1``, as it stands in file names."""
        return f"{self.first}-{(self.first + 1) % 100:02d}-q{self.number}"


QUARTERS = (Quarter(2010, 4), *(Quarter(year, number) for year in (2011, 2012) for number in (1, 2, 3, 4)))
"""Those for which partners send: from the last one of the baseline year."""
HALVES = tuple(quarter for quarter in QUARTERS if quarter.number in {2, 4})


def table(name: str) -> list[Row]:
    """Return the rows of a data file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_of(month: str) -> date:
    """Return the first day of ``2011-04``."""
    return date.fromisoformat(f"{month}-01")


def shown_month(month: str) -> str:
    """``Apr '11`` for ``2011-04``."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} '{year[2:]}"


def whole(text: str) -> int:
    """Return the count."""
    return int(text)


def share(part: str, of: str) -> float:
    """Return the share as a fraction to three decimals, as a sheet stores 20.4 %."""
    return round(int(part) / int(of), 3)
