"""The header texts of a return's tables: what a column is headed with, and how a known layout has changed."""

from __future__ import annotations

from collections.abc import Sequence

from scs_desktop.domain.profile import KnownLayout
from scs_desktop.returns.grid import Sheet, Workbook
from scs_desktop.returns.labels import undated
from scs_desktop.returns.records import Reading, Table

RENAMED_FROM = 70
"""Likeness from 0 to 100 from which a vanished text and a new one are one that was renamed."""
LONGEST = 120
SHOWN_AT_MOST = 5


def first_rows(reading: Reading) -> dict[int, int]:
    """Return each table's first row of figures, by the table's place in the reading."""
    found: dict[int, int] = {}
    for record in reading.records:
        known = found.get(record.table)
        if known is None or record.row < known:
            found[record.table] = record.row
    return found


def table_heads(workbook: Workbook, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """Return each table's header texts, comparable and without periods, in the order of the sheet."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    rows = first_rows(reading)
    return tuple(
        _heads(sheets.get(table.sheet), table, rows.get(index, 0)) for index, table in enumerate(reading.tables)
    )


def _heads(sheet: Sheet | None, table: Table, first: int) -> tuple[str, ...]:
    if sheet is None:
        return ()
    found: dict[str, None] = {}
    for row in range(table.range.top, first):
        for column in range(table.range.left, table.range.right + 1):
            value = sheet.value(row, column)
            if isinstance(value, str) and len(value) <= LONGEST and (text := undated(value)):
                found.setdefault(text)
    return tuple(found)


def head_over(sheet: Sheet | None, table: Table, first: int, column: int) -> str:
    """Return the text that heads a column of names to the left of the figures; empty where none does."""
    if sheet is None:
        return ""
    texts = (sheet.value(row, column) for row in range(first - 1, table.range.top - 1, -1))
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def renamed(gone: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of (vanished, new) texts that are so alike that one became the other."""
    from rapidfuzz import fuzz

    pairs = sorted(
        ((fuzz.ratio(old, now), old, now) for old in gone for now in new), key=lambda one: (-one[0], one[1], one[2])
    )
    found: list[tuple[str, str]] = []
    for points, old, now in pairs:
        if points >= RENAMED_FROM and all(old != one and now != other for one, other in found):
            found.append((old, now))
    return tuple(found)


def head_changes(known: KnownLayout, heads: Sequence[str], where: str) -> tuple[str, ...]:
    """Say how the heads of a known layout changed, a sentence for each: renamed, new, gone."""
    if not known.heads or not heads:
        return ()
    gone = [one for one in known.heads if one not in heads]
    new = [one for one in heads if one not in known.heads]
    pairs = renamed(gone, new)
    told = [f"{where}: the column “{now}” was “{old}” in earlier returns." for old, now in pairs]
    left = [one for one in gone if all(one != old for old, _ in pairs)]
    more = [one for one in new if all(one != now for _, now in pairs)]
    if left:
        told.append(f"{where}: no column is headed {_listed(left)} any more.")
    if more:
        told.append(f"{where}: {_listed(more)} heads a column for the first time.")
    return tuple(told)


def _listed(texts: Sequence[str]) -> str:
    shown = ", ".join(f"“{one}”" for one in texts[:SHOWN_AT_MOST])
    return shown if len(texts) <= SHOWN_AT_MOST else f"{shown} and {len(texts) - SHOWN_AT_MOST} more"
