"""Making the plan of a return: match its rows, build its figures, compare them with the present ones.

Making a plan writes nothing. A plan with an open question cannot be stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.agencies import PeriodForm, Series
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import (
    FigureKey,
    FigureKind,
    Finality,
    Measured,
    Origin,
    SourceCell,
    SourceRole,
)
from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    month_end,
    month_of,
    parse_position,
    quarter,
    rolling_12,
)
from scs_desktop.domain.profile import Profile
from scs_desktop.returns.grid import Range, Workbook, address
from scs_desktop.returns.items import Item, split_items
from scs_desktop.returns.labels import path_key
from scs_desktop.returns.matching import Assignment, match
from scs_desktop.returns.plan import Effect, NewLayout, PlanContext, PlannedFigure, ReturnPlan
from scs_desktop.returns.questions import Answers, Choice, Question, QuestionKind
from scs_desktop.returns.records import Flag, LeftOut, Problem, Reading, Record
from scs_desktop.returns.registry import AreaRegistry

MOST_DECIMALS = 12


def period_in_series(period: Period, series: Series) -> Period:
    """Return the period as the series counts: a rolling year, a year to date, a cohort with its follow-up."""
    if series.form is PeriodForm.ROLLING_12:
        return rolling_12(period.end)
    if series.form is PeriodForm.YEAR_TO_DATE:
        return Period(financial_year_of(period.end).start, period.end, PeriodKind.YEAR_TO_DATE)
    if series.form is PeriodForm.COHORT:
        follow = period.follow_up_end or month_end(add_months(period.end, series.follow_up_months))
        return Period(period.start, period.end, PeriodKind.COHORT, follow)
    if series.form is PeriodForm.SNAPSHOT:
        return Period(period.end, period.end, PeriodKind.SNAPSHOT)
    return period


def _period_from_answer(text: str) -> Period | None:
    try:
        end = parse_position(text)
    except UserError:
        return None
    if "q" in text.casefold():
        year = financial_year_of(end)
        return quarter(year.start.year, ((end.year - year.start.year) * 12 + end.month - 4) // 3 + 1)
    return financial_year_of(end) if end.month == 3 and not text.strip().endswith("-03") else month_of(end)  # noqa: PLR2004


def _measured(record: Record, *, illustrative: bool) -> Measured:
    finality = Finality.FINAL
    if Flag.PROVISIONAL in record.flags:
        finality = Finality.PROVISIONAL
    elif Flag.REVISED in record.flags:
        finality = Finality.REVISED
    origin = Origin.MEASURED
    if illustrative or Flag.ILLUSTRATIVE in record.flags:
        origin = Origin.ILLUSTRATIVE
    elif Flag.ESTIMATED in record.flags:
        origin = Origin.ESTIMATED
    exponent = record.value.as_tuple().exponent if record.value is not None else 0
    decimals = min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0
    return Measured(record.kind, record.value, decimals, record.text, record.bound, finality, origin)


def _source(record: Record, role: SourceRole) -> SourceCell:
    return SourceCell(record.sheet, address(record.row, record.column), record.text, role)


def _cell(record: Record) -> tuple[str, Range]:
    return (record.sheet, Range(record.row, record.column, record.row, record.column))


class _Planner:
    """Gathers figures, questions and left-out cells on the way to one plan."""

    def __init__(self, reading: Reading, context: PlanContext, answers: Answers, *, illustrative: bool) -> None:
        self.reading = reading
        self.context = context
        self.answers = answers
        self.illustrative = illustrative
        self.file_mark = reading.sha256[:12]
        self.questions: list[Question] = []
        self.left_out: list[LeftOut] = list(reading.left_out)
        self.figures: dict[FigureKey, PlannedFigure] = {}
        self.used: set[tuple[str, int, int]] = set()
        self.skipped = self._skipped_cells()

    def answer(self, question: Question) -> str | None:
        """The answer to a question, which is listed either way."""
        self.questions.append(question)
        return self.answers.to(question.key) or self.context.profile.answer_to(question.key)

    def _problem_key(self, problem: Problem) -> str:
        return f"problem/{self.file_mark}/{problem.rule.value}/{problem.sheet}!{problem.range}"

    def _skipped_cells(self) -> list[tuple[str, Range]]:
        """Cells whose problem was answered with leaving them out."""
        return [
            (one.sheet, one.range)
            for one in self.reading.problems
            if self.answers.to(self._problem_key(one)) == "leave_out"
        ]

    def skips(self, record: Record) -> bool:
        return any(sheet == record.sheet and where.holds(record.row, record.column) for sheet, where in self.skipped)

    def leave(self, record: Record, reason: str) -> None:
        self.left_out.append(LeftOut(record.sheet, _cell(record)[1], reason))

    def period(self, record: Record, series: Series) -> Period | None:
        period = record.period
        if period is None:
            table = self.reading.tables[record.table] if record.table < len(self.reading.tables) else None
            where = (table.sheet, table.range) if table is not None else _cell(record)
            key = f"period/{self.file_mark}/{record.table}"
            if all(question.key != key for question in self.questions):
                self.answer(
                    Question(
                        key,
                        QuestionKind.PERIOD,
                        "Which period do these figures belong to? The sheet does not say.",
                        (Choice("leave_out", "Leave them out", 0),),
                        remembered=False,
                        cells=(where,),
                        free_text="2011-12 for a financial year, 2011-12-Q2 for a quarter, 2011-09 for a month",
                    )
                )
            period = _period_from_answer(self.answers.to(key) or "")
        return period_in_series(period, series) if period is not None else None

    def add(self, assignment: Assignment) -> None:
        """Turn an assignment's cells into figures, one for each area and period."""
        series = assignment.wanted.series
        cells: defaultdict[tuple[UUID, Period], dict[str, list[Record]]] = defaultdict(dict)
        for item in assignment.items:
            for area, record in item.records:
                self.used.add((record.sheet, record.row, record.column))
                if self.skips(record):
                    self.leave(record, "left out by the officer")
                    continue
                period = self.period(record, series)
                if period is None:
                    self.leave(record, "no period")
                    continue
                cells[area.id, period].setdefault(item.key, []).append(record)
        wanted_rows = {item.key for item in assignment.items}
        for (area_id, period), rows in cells.items():
            key = FigureKey(series.id, area_id, period, assignment.part)
            chosen = [self.one_of(key, records, assignment) for records in rows.values()]
            records = [record for record in chosen if record is not None]
            if len(records) < len(chosen):
                continue
            missing = wanted_rows - set(rows)
            if assignment.summed and missing and not self.absent_is_zero(assignment, missing, records):
                for record in records:
                    self.leave(record, f"{len(missing)} of the rows that make up the sum are absent here")
                continue
            self.keep(key, records, assignment)

    def one_of(self, key: FigureKey, records: Sequence[Record], assignment: Assignment) -> Record | None:
        """The one record that stands for the key, or None while the officer has not said which."""
        first = records[0]
        different = [one for one in records if one.kind is not first.kind or one.value != first.value]
        if not different:
            return first
        name = assignment.wanted.name
        question = Question(
            f"conflict/{self.file_mark}/{key.series}/{key.area}/{key.period.start}/{key.period.end}/{key.part.value}",
            QuestionKind.CONFLICT,
            f"The file gives {name}, {key.period.label}, more than once with different figures. Which one holds?",
            tuple(
                Choice(
                    f"{one.sheet}!{address(one.row, one.column)}",
                    f"{one.text} in {one.sheet}!{address(one.row, one.column)}",
                )
                for one in records
            ),
            remembered=False,
            cells=tuple(_cell(one) for one in records),
        )
        given = self.answer(question)
        return next((one for one in records if f"{one.sheet}!{address(one.row, one.column)}" == given), None)

    def absent_is_zero(self, assignment: Assignment, missing: set[str], records: Sequence[Record]) -> bool:
        key = f"absent/{assignment.question}"
        if all(question.key != key for question in self.questions):
            self.answer(
                Question(
                    key,
                    QuestionKind.ROWS,
                    f"{assignment.wanted.name} is a sum of rows, and in places a row is absent or blank "
                    f"(“{min(missing)}”). Does an absent row mean zero?",
                    (
                        Choice("zero", "Yes: where nothing happened the agency leaves the row out", 50),
                        Choice("leave_out", "No: leave out the sums that are not complete", 50),
                    ),
                    cells=tuple(_cell(one) for one in records[:1]),
                )
            )
        return (self.answers.to(key) or self.context.profile.answer_to(key)) == "zero"

    def keep(self, key: FigureKey, records: Sequence[Record], assignment: Assignment) -> None:
        """Plan the figure of the key from its cells."""
        role = SourceRole.ADDEND if assignment.summed else SourceRole.VALUE
        sources = tuple(_source(record, role) for record in records)
        parts = [_measured(record, illustrative=self.illustrative) for record in records]
        measured = _total(parts) if assignment.summed else parts[0]
        before = self.context.current.get(key)
        effect = Effect.NEW if before is None else Effect.SAME if before.measured.same_as(measured) else Effect.REVISED
        self.figures[key] = PlannedFigure(key, measured, sources, effect, before, assignment.wanted.name)

    def ask_problems(self) -> None:
        """Ask about each problem that stands on a cell whose figure would be stored."""
        for problem in self.reading.problems:
            if any(sheet == problem.sheet and problem.range.holds(row, column) for sheet, row, column in self.used):
                self.answer(
                    Question(
                        self._problem_key(problem),
                        QuestionKind.PROBLEM,
                        problem.sentence,
                        (Choice("keep", "Store it as it was read", 50), Choice("leave_out", "Leave it out", 50)),
                        remembered=False,
                        cells=((problem.sheet, problem.range),),
                    )
                )

    def ask_older(self, extracted_on: date | None) -> None:
        """Ask before an older file overwrites what a newer one brought."""
        if extracted_on is None:
            return
        newer = sorted(
            {
                day
                for figure in self.figures.values()
                if figure.effect is Effect.REVISED and figure.before is not None and figure.before.import_id is not None
                if (day := self.context.extracted.get(figure.before.import_id)) is not None and day > extracted_on
            }
        )
        if newer:
            question = Question(
                f"older/{self.file_mark}",
                QuestionKind.OLDER_FILE,
                f"This file was extracted on {extracted_on:%d %B %Y}, before the one that gave the present figures "
                f"({newer[-1]:%d %B %Y}). Should the older figures replace the newer ones?",
                (Choice("keep_newer", "No, keep the newer figures", 70), Choice("replace", "Yes, replace them", 30)),
                remembered=False,
            )
            if self.answer(question) == "keep_newer":
                self.figures = {
                    key: figure for key, figure in self.figures.items() if not self._came_later(figure, extracted_on)
                }

    def _came_later(self, figure: PlannedFigure, extracted_on: date) -> bool:
        if figure.effect is not Effect.REVISED or figure.before is None or figure.before.import_id is None:
            return False
        day = self.context.extracted.get(figure.before.import_id)
        return day is not None and day > extracted_on


def _total(parts: Sequence[Measured]) -> Measured:
    """The sum of the parts; what is not a number makes the sum none either."""
    finality = next((one.finality for one in parts if one.finality is not Finality.FINAL), Finality.FINAL)
    origin = next((one.origin for one in parts if one.origin is not Origin.MEASURED), Origin.MEASURED)
    text = f"sum of {len(parts)} cells"
    lacking = next((one for one in parts if one.value is None), None)
    if lacking is not None:
        return Measured(lacking.kind, None, 0, f"{text}, one of them “{lacking.text}”", None, finality, origin)
    total = sum((one.value for one in parts if one.value is not None), Decimal(0))
    return Measured(FigureKind.NUMBER, total, max(one.decimals for one in parts), text, None, finality, origin)


def make_plan(
    *,
    reading: Reading,
    workbook: Workbook,
    agency: UUID | None,
    received_on: date,
    extracted_on: date | None,
    context: PlanContext,
    answers: Answers,
    illustrative: bool = False,
) -> ReturnPlan:
    """Plan a return: match its rows, build its figures, compare them with the present ones, list what to ask."""
    planner = _Planner(reading, context, answers, illustrative=illustrative)
    registry = AreaRegistry(context.areas, context.home)
    whole_file = registry.home.id if _titled(reading, registry) else None
    items = split_items(reading, registry, whole_file_area=whole_file)
    if not items.area_named and whole_file is None and items.items:
        question = Question(
            "area",
            QuestionKind.AREA,
            f"The sheet does not name an area. Are its figures for {registry.home.name}?",
            (Choice("home", f"Yes, for {registry.home.name}", 90), Choice("leave_out", "No, leave them out", 10)),
        )
        if planner.answer(question) != "home":
            for item in items.items:
                for _, record in item.records:
                    planner.leave(record, "no area is named")
            items.items = []
    for name, record in items.elsewhere:
        planner.leave(record, f"another area: {name}" if name else "another area")
    for areas, record in items.ambiguous:
        planner.leave(record, "the name may mean " + " or ".join(area.name for area in areas))
    matching = match(reading, items.items, context.wanted, context.profile, answers)
    planner.questions.extend(matching.questions)
    for assignment in matching.assignments:
        planner.add(assignment)
    for item in items.items:
        for _, record in item.records:
            if (record.sheet, record.row, record.column) not in planner.used:
                planner.leave(record, "no indicator uses this row")
    planner.ask_problems()
    planner.ask_older(extracted_on)
    questions = tuple({question.key: question for question in planner.questions}.values())
    open_questions = tuple(
        one for one in questions if answers.to(one.key) is None and context.profile.answer_to(one.key) is None
    )
    unsettled = {one.key for one in matching.questions} - {one.key for one in open_questions}
    open_questions += tuple(one for one in questions if one.key in unsettled and one not in open_questions)
    return ReturnPlan(
        file_name=reading.file_name,
        sha256=reading.sha256,
        agency=agency,
        received_on=received_on,
        extracted_on=extracted_on,
        reading=reading,
        workbook=workbook,
        figures=tuple(planner.figures.values()),
        left_out=tuple(planner.left_out),
        problems=tuple(reading.problems),
        notes=(*reading.notices, *matching.notes),
        questions=questions,
        open_questions=open_questions,
        answers=answers,
        to_remember=_to_remember(questions, matching.assignments, context.profile, answers),
        layouts=_layouts(reading, items.items, matching.assignments),
        illustrative=illustrative,
    )


def _titled(reading: Reading, registry: AreaRegistry) -> bool:
    """Whether a table's title or a sheet's name says the home area in so many words."""
    name = registry.home.name.casefold()
    return any(name in table.title.casefold() or name in table.sheet.casefold() for table in reading.tables)


def _to_remember(
    questions: tuple[Question, ...], assignments: tuple[Assignment, ...], profile: Profile, answers: Answers
) -> tuple[tuple[str, str, str], ...]:
    """Answers for the profile: those given now, and rows that were taken word for word."""
    found: dict[str, tuple[str, str, str]] = {}
    for question in questions:
        given = answers.to(question.key)
        if given is not None and question.remembered:
            found[question.key] = (question.key, given, question.ask)
    for one in assignments:
        if profile.answer_to(one.question) != one.answer:
            found[one.question] = (one.question, one.answer, f"Which rows are {one.wanted.name}?")
    for key, answer in answers.given.items():
        if key.startswith("rows/") and key not in found and profile.answer_to(key) != answer:
            found[key] = (key, answer, "")
    return tuple(found.values())


def _layouts(reading: Reading, items: Sequence[Item], assignments: Sequence[Assignment]) -> tuple[NewLayout, ...]:
    tables = sorted({item.table for one in assignments for item in one.items})
    return tuple(
        NewLayout(
            table,
            reading.tables[table].sheet if table < len(reading.tables) else "",
            (),
            tuple(sorted({path_key(item.path) for item in items if item.table == table})),
        )
        for table in tables
    )
