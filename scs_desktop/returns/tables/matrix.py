"""A table's numbers by row and column, for sums and comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scs_desktop.returns.records import Record

ZERO = Decimal(0)


class Matrix:
    """Records of one table by place.

    Attributes:
        rows: numbers of the rows that hold records, ascending.
        columns: numbers of the columns that do, ascending.

    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._at = {(record.row, record.column): record for record in records}
        self.rows: Sequence[int] = sorted({row for row, _ in self._at})
        self.columns: Sequence[int] = sorted({column for _, column in self._at})

    def record(self, row: int, column: int) -> Record | None:
        """Return the record at the place, if there is one."""
        return self._at.get((row, column))

    def value(self, row: int, column: int) -> Decimal | None:
        """Return the number at the place; None where there is none."""
        record = self._at.get((row, column))
        return None if record is None else record.value

    def row(self, row: int) -> list[Record]:
        """Records of a row, left to right."""
        return [record for column in self.columns if (record := self._at.get((row, column))) is not None]

    def column(self, column: int) -> list[Record]:
        """Records of a column, top down."""
        return [record for row in self.rows if (record := self._at.get((row, column))) is not None]


def rounding(values: Iterable[Decimal]) -> Decimal:
    """Return how far a sum may lie from its total by rounding: half a unit of each last decimal, none for counts."""
    allowed = ZERO
    for value in values:
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < 0:
            allowed += Decimal("0.5").scaleb(max(exponent, -9))
    return allowed
