"""Compare two issues of one publication, or a return with the agency's previous one of its kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.returns.difference import Difference, compare_readings
from scs_desktop.workflows.read_return import ReadReturn, read_return

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import ImportSummary
    from scs_desktop.store import Store

MOST_RECORDS = 20_000
"""A larger return is not compared in passing: reading the previous one again would keep the officer waiting."""
MOST_BYTES = 2_000_000
_DIGITS = re.compile(r"\d+")


def compare_files(*, before: bytes, before_name: str, now: bytes, now_name: str) -> Difference:
    """Compare two issues of one publication, figure by figure, whether or not any indicator uses them.

    Raises:
        UserError: one of the files is refused.

    """
    earlier = read_return(data=before, file_name=before_name)
    later = read_return(data=now, file_name=now_name)
    return compare_readings(earlier.reading, later.reading, workbooks=(earlier.workbook, later.workbook))


def what_vanished(*, store: Store, agency: UUID, read: ReadReturn) -> tuple[str, ...]:
    """Say which figures the agency's previous return of the kind had that this one lacks in periods it covers.

    Nothing is said where there is no such return, or it has no table in common with this one.
    """
    previous = _previous(store, agency, read)
    if previous is None or len(read.reading.records) > MOST_RECORDS:
        return ()
    data = store.kept_file(previous.id)
    if data is None or len(data) > MOST_BYTES:
        return ()
    try:
        earlier = _read_again(data, previous.file_name)
    except UserError:
        return ()
    found = compare_readings(earlier.reading, read.reading, workbooks=(earlier.workbook, read.workbook))
    if not found.tables:
        return ()
    missing = found.missing
    told = []
    if missing:
        first = missing[0]
        period = f", {first.period.label}" if first.period is not None else ""
        told.append(
            f"{len(missing)} figure{'s' if len(missing) != 1 else ''} of the previous return, {previous.file_name}, "
            f"{'are' if len(missing) != 1 else 'is'} not in this one, although it covers the period: "
            f"first “{first.labels}”{period}, {first.cell_before}."
        )
    return (*told, *found.notes)


@lru_cache(maxsize=2)
def _read_again(data: bytes, file_name: str) -> ReadReturn:
    """Read the previous return: once, however many plans are made while the officer answers."""
    return read_return(data=data, file_name=file_name)


def _previous(store: Store, agency: UUID, read: ReadReturn) -> ImportSummary | None:
    """Return the agency's latest return with a name of the same pattern; names differ in their numbers."""
    pattern = _DIGITS.sub("#", read.workbook.file_name)
    return next(
        (
            one
            for one in reversed(store.imports())
            if one.agency == agency
            and not one.undone
            and one.sha256 != read.workbook.sha256
            and _DIGITS.sub("#", one.file_name) == pattern
        ),
        None,
    )
