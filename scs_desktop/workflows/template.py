"""A return form for an agency: what it owes, its last figures beside, ready to be filled in and sent back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import FigureKey, Measured, Part, Unit
from scs_desktop.domain.periods import Period
from scs_desktop.domain.schedule import periods_to_report
from scs_desktop.returns.template import Form, FormRow, FormSheet, form_bytes, sheet_names
from scs_desktop.workflows.overview import look
from scs_desktop.workflows.report import write_whole
from scs_desktop.workflows.senders import wanted_of

if TYPE_CHECKING:
    from scs_desktop.domain.figures import Figure
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.returns.scoring import Wanted
    from scs_desktop.store import Store

MOST_PERIODS = 6
PERIODS_BESIDE = 2
_FREQUENCY = {
    Frequency.MONTH: "Monthly",
    Frequency.QUARTER: "Quarterly",
    Frequency.YEAR: "Yearly",
    Frequency.ONCE: "Once",
}
_FORM = {
    PeriodForm.SAME: "",
    PeriodForm.ROLLING_12: ", rolling 12 months",
    PeriodForm.YEAR_TO_DATE: ", year to date",
    PeriodForm.COHORT: ", cohorts",
    PeriodForm.SNAPSHOT: ", on the day",
}


def return_form(*, store: Store, agency: UUID, until: date | None = None) -> Form:
    """Return the form for an agency: the periods that are over by ``until`` (today) and not reported yet.

    Raises:
        UserError: the agency provides no series of the strategy.

    """
    snapshot = look(store=store)
    until = until or snapshot.known_on
    wanted = wanted_of(snapshot, agency)
    groups: defaultdict[tuple[str, str, str, bool], list[tuple[Wanted, dict[Part, dict[Period, Measured]]]]] = (
        defaultdict(list)
    )
    for one in wanted:
        known = _known(snapshot, one.series, store.current_figures([one.series.id]))
        latest = max(
            (period for part in known.values() for period in part), key=lambda one: one.counts_from, default=None
        )
        due = periods_to_report(
            one.series, latest, start=snapshot.strategy.baseline_start, until=until, most=MOST_PERIODS
        )
        if due:
            title = _FREQUENCY[one.series.frequency] + _FORM[one.series.form]
            groups[title, due[0].label, due[-1].label, one.series.illustrative].append((one, known))
    name = snapshot.agencies[agency].name
    if not groups:
        message = f"{name} provides no figures of this strategy that could be asked for in a form."
        raise UserError(message)
    sheets = []
    for label, rows in zip(sheet_names([title for title, *_ in groups]), groups.values(), strict=True):
        sheets.append(_sheet(label, rows, snapshot, until))
    area = snapshot.areas[snapshot.strategy.home_area].name
    return Form(snapshot.strategy.partnership, area, name, tuple(sheets))


def _known(
    snapshot: Snapshot, series: Series, figures: Mapping[FigureKey, Figure]
) -> dict[Part, dict[Period, Measured]]:
    found: dict[Part, dict[Period, Measured]] = {}
    for key, figure in figures.items():
        if key.series == series.id and key.area == snapshot.strategy.home_area and not key.component:
            found.setdefault(key.part, {})[key.period] = figure.measured
    return found


def _sheet(
    name: str, rows: list[tuple[Wanted, dict[Part, dict[Period, Measured]]]], snapshot: Snapshot, until: date
) -> FormSheet:
    lines: list[FormRow] = []
    before: tuple[Period, ...] = ()
    due: tuple[Period, ...] = ()
    for one, known in rows:
        periods = sorted({period for part in known.values() for period in part}, key=lambda period: period.counts_from)
        before = before or tuple(periods[-PERIODS_BESIDE:])
        latest = periods[-1] if periods else None
        due = due or periods_to_report(
            one.series, latest, start=snapshot.strategy.baseline_start, until=until, most=MOST_PERIODS
        )
        for part in one.parts:
            if part is not Part.VALUE and part not in known and periods:
                continue
            unit = one.unit if part in {Part.VALUE, Part.PREDICTED} else Unit.COUNT
            lines.append(FormRow(one.name, part, unit, tuple(known.get(part, {}).items())))
    return FormSheet(name, tuple(lines), before, due, rows[0][0].series.illustrative)


def write_form(*, store: Store, agency: UUID, out: Path, until: date | None = None) -> Path:
    """Write an agency's form to a new .xlsx file and return its path.

    Raises:
        UserError: the agency provides nothing, or the file cannot be written.

    """
    data = form_bytes(return_form(store=store, agency=agency, until=until), made_at=datetime.now(UTC))
    return write_whole(out, data)
