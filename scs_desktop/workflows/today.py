"""The officer's day."""

from __future__ import annotations

from datetime import UTC, date, datetime


def local_day(at: datetime | None = None) -> date:
    """Return the day of a moment (now unless given) where the officer is: after midnight in summer UTC lags behind."""
    return (at or datetime.now(UTC)).astimezone().date()
