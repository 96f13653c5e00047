"""What positions made by hand have in common: names that are known, a date, and trends by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from scs_desktop.domain.periods import add_months, month_of
from scs_desktop.domain.position import TrendPoint

ROOT = UUID("7c0e7b2a-0000-4000-8000-000000000000")
POSITION = date(2011, 9, 30)
BURGLARY = (220, 211, 222, 244, 251, 256, 284, 352, 298, 397, 305, 314, 291, 269, 280, 271, 258, 208)


def known(name: str) -> UUID:
    """Return the same UUID for the same name."""
    return uuid5(ROOT, name)


def months(values: Sequence[int | None], *, provisional: int = 0) -> tuple[TrendPoint, ...]:
    """Monthly points from April 2010; the last ``provisional`` ones are provisional."""
    return tuple(
        TrendPoint(
            month_of(add_months(date(2010, 4, 1), number)),
            None if value is None else Decimal(value),
            provisional=number >= len(values) - provisional,
            text="not supplied" if value is None else "",
        )
        for number, value in enumerate(values)
    )
