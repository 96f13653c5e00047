"""Builders: a reading as the table reader gives it, from rows written down in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.areas import Area, AreaCode, AreaKind, AreaName
from scs_desktop.domain.figures import Figure, FigureKey, FigureKind, Unit, number
from scs_desktop.domain.periods import Period
from scs_desktop.domain.profile import Profile
from scs_desktop.domain.strategy import Adding, Definition, IndicatorKind, Polarity, RatedPart
from scs_desktop.returns.grid import FileFormat, Range, Workbook
from scs_desktop.returns.plan import PlanContext, ReturnPlan
from scs_desktop.returns.planning import make_plan
from scs_desktop.returns.questions import Answers
from scs_desktop.returns.records import LabelCell, Problem, Reading, Record, Table
from scs_desktop.returns.scoring import Wanted

SPACE = UUID("6b0f3c5e-1a61-4f0e-9d6c-8a2f6d2f7a10")


def named(text: str) -> UUID:
    """Return the identity that the tests give to a thing of this name."""
    return uuid5(SPACE, text)


def area(name: str, *, kind: AreaKind = AreaKind.BOROUGH, parent: str | None = None, code: str = "") -> Area:
    """Return an area; a ward says its parent."""
    codes = (AreaCode("gss", code),) if code else ()
    return Area(
        named(f"{parent}/{name}"),
        kind,
        (AreaName(name, preferred=True),),
        codes,
        named(f"None/{parent}") if parent else None,
    )


HOME = area("Northmere", code="E09000099")
MILL = area("Mill End", kind=AreaKind.WARD, parent="Northmere")
OTHER = area("Southmere", code="E09000098")
OTHER_MILL = area("Mill End", kind=AreaKind.WARD, parent="Southmere")
AREAS = (HOME, MILL, OTHER, OTHER_MILL)
AGENCY = named("police")


def wanted(
    name: str,
    *names: str,
    rated: RatedPart = RatedPart.COUNT,
    over_time: Adding = Adding.SUM,
    form: PeriodForm = PeriodForm.SAME,
    components: tuple[str, ...] = (),
    part_of: tuple[str, ...] = (),
    per: str | None = None,
    denominator: str = "",
) -> Wanted:
    """Return a series the agency provides, of an indicator known by these names."""
    unit = {RatedPart.COUNT: Unit.COUNT, RatedPart.RATE: Unit.RATE}.get(rated, Unit.PERCENT)
    definition = Definition(
        named(f"{name} definition"), named(name), 1, unit, Polarity.LOWER, IndicatorKind.OUTCOME, rated, over_time,
        components=components, part_of=tuple(named(one) for one in part_of), denominator=denominator,
        per=Decimal(per) if per is not None else None,
    )  # fmt: skip
    series = Series(
        named(f"{name} series"),
        AGENCY,
        "returns",
        definition.id,
        named(name),
        Frequency.MONTH,
        form,
        survey="residents' survey" if form is PeriodForm.ROLLING_12 else "",
    )
    return Wanted(series, definition, "", name, (name, *names))


Row = tuple[Sequence[str], Mapping[Period, str]]


def reading(
    rows: Sequence[Row],
    *,
    unit: Unit | None = Unit.COUNT,
    problems: Sequence[Problem] = (),
    sha256: str = "a" * 64,
    title: str = "",
) -> Reading:
    """Return a reading of one table: each row its labels and its figures by period, from row 2 on."""
    records = []
    for row_number, (labels, figures) in enumerate(rows, start=2):
        cells = tuple(LabelCell(text, row_number, index) for index, text in enumerate(labels, start=1))
        for column, (period, text) in enumerate(figures.items(), start=len(labels) + 1):
            value = Decimal(text) if text.replace(".", "").isdigit() else None
            kind = FigureKind.NUMBER if value is not None else FigureKind.NOT_AVAILABLE
            records.append(
                Record("Data", row_number, column, text, kind, value, unit, period, period.label, cells)
            )  # fmt: skip
    last = max((record.column for record in records), default=1)
    table = Table("Data", Range(1, 1, len(rows) + 1, last), title)
    return Reading("return.xlsx", sha256, FileFormat.XLSX, [table], records, [], list(problems))


def together(*found: Reading) -> Reading:
    """Return one reading of several tables, one under the other on the same sheet."""
    whole = Reading(found[0].file_name, found[0].sha256, found[0].format)
    below = 0
    for index, one in enumerate(found):
        for table in one.tables:
            where = table.range
            moved = Range(where.top + below, where.left, where.bottom + below, where.right)
            whole.tables.append(replace(table, range=moved))
        for record in one.records:
            labels = tuple(
                replace(label, row=label.row + below if label.row is not None else None) for label in record.labels
            )
            whole.records.append(replace(record, row=record.row + below, labels=labels, table=index))
        below += max(record.row for record in one.records) + 1
    return whole


def known(series: Wanted, figures: Mapping[Period, str], *, place: Area | None = None) -> dict[FigureKey, Figure]:
    """Return figures that the store holds already."""
    place = place or HOME
    keys = {FigureKey(series.series.id, place.id, period): text for period, text in figures.items()}
    return {key: Figure(named(str(key)), key, number(text), recorded_in=1) for key, text in keys.items()}


def plan(
    found: Reading,
    *series: Wanted,
    answers: Mapping[str, str] | None = None,
    profile: Profile | None = None,
    context: PlanContext | None = None,
    reasons: Mapping[str, str] | None = None,
    workbook: Workbook | None = None,
) -> ReturnPlan:
    """Plan a reading for the police of Northmere."""
    return make_plan(
        reading=found,
        workbook=workbook or Workbook(found.file_name, found.sha256, found.format),
        agency=AGENCY,
        received_on=date(2011, 7, 20),
        extracted_on=None,
        context=context or PlanContext(AREAS, HOME.id, series, profile or Profile(AGENCY), {}),
        answers=Answers(answers or {}, reasons or {}),
    )
