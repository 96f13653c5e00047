"""A reading as plain data, in the form that ``read FILE --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import address
from scs_desktop.returns.records import LeftOut, Problem, Reading, Record, Table

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def as_json(reading: Reading) -> dict[str, Json]:
    """Return the reading as JSON values: dates ISO and inclusive, percentages in percent."""
    periods: dict[tuple[Period, str], Json] = {}
    return {
        "file": reading.file_name,
        "sha256": reading.sha256,
        "tables": [_table(table) for table in reading.tables],
        "records": [_record(record, periods) for record in reading.records],
        "left_out": [_left_out(left) for left in reading.left_out],
        "problems": [_problem(problem) for problem in reading.problems],
    }


def _table(table: Table) -> Json:
    return {"sheet": table.sheet, "range": str(table.range), "title": table.title}


def _record(record: Record, periods: dict[tuple[Period, str], Json]) -> Json:
    period: Json = None
    if record.period is not None:
        key = (record.period, record.period_label)
        period = periods.get(key)
        if period is None:
            period = periods[key] = {
                "start": record.period.start.isoformat(),
                "end": record.period.end.isoformat(),
                "label": record.period_label or record.period.label,
            }
    names: Json = [label.text for label in record.labels]
    return {
        "sheet": record.sheet,
        "cell": address(record.row, record.column),
        "text": record.text,
        "value": _plain(record.value),
        "kind": str(record.kind),
        "unit": None if record.unit is None else str(record.unit),
        "period": period,
        "labels": names,
        "area_code": record.area_code,
        "flags": sorted(str(flag) for flag in record.flags) if record.flags else [],
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _left_out(left: LeftOut) -> Json:
    return {"sheet": left.sheet, "cell": str(left.range), "reason": left.reason}


def _problem(problem: Problem) -> Json:
    return {
        "sheet": problem.sheet,
        "cell": str(problem.range),
        "text": problem.sentence,
        "rule": str(problem.rule),
        "repair": problem.repair,
    }
