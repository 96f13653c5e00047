"""The report for the partner about the file that they sent: for the officer to send back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.reports.partner_report import (
    LeftOutLine,
    PartnerReport,
    ProblemLine,
    ReadLine,
    report_as_text,
    report_as_workbook,
)
from scs_desktop.returns.records import LeftOut, Reading
from scs_desktop.returns.refusals import shown_name
from scs_desktop.workflows.report import write_whole
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from uuid import UUID

    from scs_desktop.store import Store
    from scs_desktop.workflows.read_return import ReadReturn

PLACES_SHOWN = 5
"""How many places are named of the cells that were left out for one reason."""
KINDS = (".xlsx", ".txt")


def partner_report(*, reading: Reading, agency_name: str = "", read_on: date | None = None) -> PartnerReport:
    """Return what the partner is told of their file: from the file alone, so that no figure of others is in it."""
    figures = [0] * len(reading.tables)
    for record in reading.records:
        figures[record.table] += 1
    return PartnerReport(
        file_name=shown_name(reading.file_name),
        agency=agency_name,
        read_on=read_on or local_day(),
        read=tuple(
            ReadLine(table.sheet, str(table.range), table.title, count)
            for table, count in zip(reading.tables, figures, strict=True)
        ),
        left_out=_left_out(reading.left_out),
        problems=tuple(
            ProblemLine(
                one.sheet,
                str(one.range),
                one.text,
                one.rule.value.replace("_", " ").capitalize(),
                one.sentence,
                one.repair,
            )
            for one in reading.problems
        ),
        notices=tuple(reading.notices),
    )


def _left_out(left_out: list[LeftOut]) -> tuple[LeftOutLine, ...]:
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for one in left_out:
        groups.setdefault((one.sheet, one.reason), []).append(one)
    lines = []
    for (sheet, reason), places in groups.items():
        shown = ", ".join(str(one.range) for one in places[:PLACES_SHOWN])
        more = f" and {len(places) - PLACES_SHOWN:,} more" if len(places) > PLACES_SHOWN else ""
        lines.append(LeftOutLine(sheet, shown + more, sum(_cells(one) for one in places), reason))
    return tuple(lines)


def _cells(one: LeftOut) -> int:
    return (one.range.bottom - one.range.top + 1) * (one.range.right - one.range.left + 1)


def reading_for(*, store: Store, agency: UUID, read: ReadReturn) -> Reading:
    """Return the reading with the agency's own meanings of its signs, as they were answered before."""
    from scs_desktop.returns.marks import answered_marks, meanings
    from scs_desktop.returns.questions import Answers
    from scs_desktop.returns.reading import read_grid

    marks = answered_marks(store.profile(agency), Answers())
    return read_grid(read.workbook, marks=meanings(marks)) if marks else read.reading


def write_partner_report(*, report: PartnerReport, out: Path) -> Path:
    """Write the report as .xlsx or .txt, by the name's ending, and return its path.

    Raises:
        UserError: the name ends otherwise, or the file cannot be written there.

    """
    kind = out.suffix.lower()
    if kind not in KINDS:
        message = f"{out.name} is no name for the report: end it in {' or '.join(KINDS)}."
        raise UserError(message)
    if kind == ".txt":
        return write_whole(out, report_as_text(report).encode("utf-8-sig"))
    return write_whole(out, report_as_workbook(report, made_at=datetime.now(UTC)))
