"""From matched rows to figures: what each cell becomes, what must be asked on the way, what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.areas import AreaKind
from scs_desktop.domain.figures import (
    FigureKey,
    FigureKind,
    Finality,
    Measured,
    Origin,
    Part,
    SourceCell,
    SourceRole,
)
from scs_desktop.domain.periods import (
    Period,
)
from scs_desktop.returns.breaks import JOIN, KEEP, LEAVE_OUT, NOTE, Break, break_question, find_breaks
from scs_desktop.returns.clashes import cell_of, clash_question, contradictions
from scs_desktop.returns.governed import governed
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.heads import first_rows
from scs_desktop.returns.items import Item
from scs_desktop.returns.leaving import left_together
from scs_desktop.returns.marks import LEAVE_OUT as LEAVE_MARKS_OUT
from scs_desktop.returns.marks import ZERO, answered_marks, mark_choices, mark_of, mark_question
from scs_desktop.returns.matching import Assignment
from scs_desktop.returns.plan import Effect, PlanContext, PlannedFigure
from scs_desktop.returns.questions import Answers, Choice, Question, QuestionKind
from scs_desktop.returns.records import Flag, LeftOut, Problem, Reading, Record, Rule
from scs_desktop.returns.series_periods import period_from_answer, period_in_series

MOST_DECIMALS = 12
MOST_PROBLEMS = 5
"""So many doubts of one rule on a sheet are asked one by one; more are one question."""
_OF_LEVEL = {Rule.OUTLIER, Rule.YEAR_TO_DATE_AS_MONTH, Rule.PERCENT_SCALE, Rule.PART_EXCEEDS_WHOLE, Rule.SUM_DIFFERS}
"""Rules of the reader that say of a figure within its file what the checks on arrival say of it in its history."""
_KINDS = {kind.value: kind for kind in FigureKind if kind is not FigureKind.NUMBER}
ABSENT_NOTE = "No row in the file: nought, because the agency leaves out rows without a case."


def effect_of(measured: Measured, context: PlanContext, key: FigureKey) -> Effect:
    """Return what storing the figure would do to the present one."""
    before = context.current.get(key)
    if before is None:
        return Effect.NEW
    return Effect.SAME if before.measured.same_as(measured) else Effect.REVISED


def _source(record: Record, role: SourceRole) -> SourceCell:
    return SourceCell(record.sheet, address(record.row, record.column), record.text, role)


class FigureBuilder:
    """Gathers figures, questions and left-out cells on the way to one plan."""

    def __init__(
        self,
        reading: Reading,
        context: PlanContext,
        answers: Answers,
        items: Sequence[Item],
        *,
        illustrative: frozenset[str],
    ) -> None:
        self.reading = reading
        self.context = context
        self.answers = answers
        self.items = items
        self.illustrative = illustrative
        self.file_mark = reading.sha256[:12]
        self.questions: dict[str, Question] = {}
        self.notes: list[str] = []
        self.left_out: list[LeftOut] = list(reading.left_out)
        self.figures: dict[FigureKey, PlannedFigure] = {}
        self.broken: list[tuple[Series, Break]] = []
        self.used: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self.marks = answered_marks(context.profile, answers)
        self.asked_marks = {mark_of(one.text) for one in reading.problems if one.rule is Rule.UNKNOWN_MARK}
        self._wards: dict[int, dict[UUID, str]] = {}
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        self._first_rows = first_rows(reading)
        self._skipped_cells: set[tuple[str, int, int]] = set()
        self._skipped_ranges: list[tuple[str, Range]] = []
        for problem in reading.problems:
            if "leave_out" in (answers.to(self._problem_key(problem)), answers.to(self._rule_key(problem))):
                self._skip(problem)

    def answer(self, question: Question) -> str | None:
        """Return the answer to a question, which is listed either way."""
        self.questions.setdefault(question.key, question)
        return self.answers.to(question.key) or self.context.profile.answer_to(question.key)

    def _problem_key(self, problem: Problem) -> str:
        return f"problem/{self.file_mark}/{problem.rule.value}/{problem.sheet}!{problem.range}"

    def _rule_key(self, problem: Problem) -> str:
        return f"problem/{self.file_mark}/{problem.rule.value}/{problem.sheet}"

    def _areas(self, problem: Problem) -> tuple[Range, ...]:
        """Return the cells whose figures a problem is about."""
        return governed(problem, self.reading.tables, self._first_rows)

    def _skip(self, problem: Problem) -> None:
        for where in self._areas(problem):
            if where.top == where.bottom and where.left == where.right:
                self._skipped_cells.add((problem.sheet, where.top, where.left))
            else:
                self._skipped_ranges.append((problem.sheet, where))

    def skips(self, record: Record) -> bool:
        """Whether the officer left the cell out."""
        if (record.sheet, record.row, record.column) in self._skipped_cells:
            return True
        if any(
            sheet == record.sheet and where.holds(record.row, record.column) for sheet, where in self._skipped_ranges
        ):
            return True
        return bool(self.marks) and record.value is None and self.marks.get(mark_of(record.text)) == LEAVE_MARKS_OUT

    def leave(self, record: Record, reason: str) -> None:
        """Leave a cell out, with the reason."""
        self.left_out.append(LeftOut(record.sheet, cell_of(record)[1], reason))

    def leave_all(self, records: Iterable[Record], reason: str) -> None:
        """Leave many cells out for one reason."""
        self.left_out.extend(left_together(records, reason))

    def places(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Return row and column of every used cell, by sheet and address."""
        if not self._places:
            self._places = {
                (sheet, address(row, column)): (row, column)
                for sheet, cells in self.used.items()
                for row, column in cells
            }
        return self._places

    def leave_cells(self, sources: Iterable[SourceCell], reason: str) -> None:
        """Leave out the cells of a figure that is not stored."""
        places = self.places()
        for source in sources:
            row, column = places[source.sheet, source.cell]
            self.left_out.append(LeftOut(source.sheet, Range(row, column, row, column), reason))

    def period(self, record: Record, series: Series) -> Period | None:
        """Return the record's period as the series counts it; asked for its table where the sheet says none."""
        period = record.period
        if period is None:
            table = self.reading.tables[record.table] if record.table < len(self.reading.tables) else None
            where = (table.sheet, table.range) if table is not None else cell_of(record)
            key = f"period/{self.file_mark}/{record.table}"
            if key not in self.questions:
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
            period = period_from_answer(self.answers.to(key) or "")
        return period_in_series(period, series) if period is not None else None

    def measured(self, record: Record) -> Measured:
        """Return what a cell says, its sign read as the agency means it."""
        finality = Finality.FINAL
        if Flag.PROVISIONAL in record.flags:
            finality = Finality.PROVISIONAL
        elif Flag.REVISED in record.flags:
            finality = Finality.REVISED
        origin = Origin.MEASURED
        if record.sheet in self.illustrative or Flag.ILLUSTRATIVE in record.flags:
            origin = Origin.ILLUSTRATIVE
        elif Flag.ESTIMATED in record.flags:
            origin = Origin.ESTIMATED
        kind, value = record.kind, record.value
        if value is None and self.marks:
            meaning = self.marks.get(mark_of(record.text))
            if meaning == ZERO:
                kind, value = FigureKind.NUMBER, Decimal(0)
            elif meaning is not None:
                kind = _KINDS.get(meaning, kind)
        exponent = value.as_tuple().exponent if value is not None else 0
        decimals = min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0
        return Measured(kind, value, decimals, record.text, record.bound, finality, origin)

    def add(self, assignment: Assignment) -> None:
        """Turn an assignment's cells into figures, one for each area and period."""
        assignment, noted, ended = self._broken(assignment)
        series = assignment.wanted.series
        self.broken += [(series, one) for one in noted]
        cells: defaultdict[tuple[UUID, Period], dict[str, list[Record]]] = defaultdict(dict)
        for item in assignment.items:
            for area, record in item.records:
                self.used[record.sheet].add((record.row, record.column))
                if self.skips(record):
                    self.leave(record, "left out by the officer")
                    continue
                period = self.period(record, series)
                if period is None:
                    self.leave(record, "no period")
                    continue
                if ended is not None and period.start >= ended.start:
                    self.leave(record, f"left out from {ended.label} on by the officer")
                    continue
                cells[area.id, period].setdefault(item.key, []).append(record)
        keyed = {FigureKey(series.id, area, period, assignment.part): rows for (area, period), rows in cells.items()}
        chosen = self._chosen(keyed, assignment)
        wanted_rows = {item.key for item in assignment.items}
        for key, rows in keyed.items():
            records = chosen[key]
            if not records:
                continue
            missing = wanted_rows - set(rows)
            if assignment.summed and missing and not self._absent_is_zero(assignment, missing, records):
                self.leave_all(records, f"{len(missing)} of the rows that make up the sum are absent here")
                continue
            since = next((one for one in noted if key.period.start >= one.since.start), None)
            note = (
                f"From {since.since.label} on “{since.row.shown}” is no part of it: the definition changed."
                if since
                else ""
            )
            self.keep(key, records, assignment, note)
        self._absent_wards(assignment, keyed)

    def _broken(self, assignment: Assignment) -> tuple[Assignment, tuple[Break, ...], Period | None]:
        """Ask about rows that end or start; return the assignment, the breaks to note, and where it ends."""
        noted: list[Break] = []
        ended: Period | None = None
        for one in find_breaks(assignment, self.items):
            answer = self.answer(break_question(one))
            if answer == JOIN and one.partner is not None:
                assignment = replace(assignment, items=(*assignment.items, one.partner), summed=True)
            elif answer == LEAVE_OUT:
                ended = one.since if ended is None else min(ended, one.since)
            elif answer == NOTE:
                noted.append(one)
            elif answer != KEEP:
                continue
        return assignment, tuple(sorted(noted, key=lambda one: one.since, reverse=True)), ended

    def _chosen(
        self, keyed: Mapping[FigureKey, Mapping[str, list[Record]]], assignment: Assignment
    ) -> dict[FigureKey, list[Record]]:
        """Return the cells that stand for each figure; none where the file contradicts itself and nobody has said."""
        settled: dict[tuple[FigureKey, str], list[Record]] = {}
        for group in contradictions(keyed):
            question = clash_question(group, assignment, self.file_mark)
            given = self.answer(question) or ""
            for clash in group.clashes:
                settled[clash.key, clash.item] = group.kept(clash, given)
        found: dict[FigureKey, list[Record]] = {}
        for key, rows in keyed.items():
            parts = [settled.get((key, item), records[:1]) for item, records in rows.items()]
            found[key] = [record for part in parts for record in part] if all(parts) else []
        return found

    def _absent_is_zero(self, assignment: Assignment, missing: set[str], records: Sequence[Record]) -> bool:
        return self._absent(
            assignment,
            f"{assignment.wanted.name} is a sum of rows, and in places a row is absent or blank "
            f"(“{min(missing)}”). Does an absent row mean zero?",
            "No: leave out the sums that are not complete",
            records,
        )

    def _absent(self, assignment: Assignment, ask: str, refusal: str, records: Sequence[Record]) -> bool:
        key = f"absent/{assignment.question}"
        if key not in self.questions:
            self.answer(
                Question(
                    key,
                    QuestionKind.ROWS,
                    ask,
                    (
                        Choice("zero", "Yes: where nothing happened the agency leaves the row out", 50),
                        Choice("leave_out", refusal, 50),
                    ),
                    cells=tuple(cell_of(one) for one in records[:1]),
                )
            )
        return (self.answers.to(key) or self.context.profile.answer_to(key)) == "zero"

    def _absent_wards(self, assignment: Assignment, keyed: dict[FigureKey, dict[str, list[Record]]]) -> None:
        """Give wards of the file that have no row for the figure a nought, once the officer has said so."""
        if assignment.part is not Part.VALUE or assignment.wanted.definition.rated.value != "count":
            return
        tables = {item.table for item in assignment.items}
        wards = {ward: name for table in tables for ward, name in self._wards_of(table).items()}
        periods = {key.period for key in keyed if key.area in wards}
        absent = [
            FigureKey(assignment.wanted.series.id, ward, period)
            for ward in wards
            for period in sorted(periods)
            if FigureKey(assignment.wanted.series.id, ward, period) not in keyed
        ]
        if not absent:
            return
        named = sorted({wards[key.area] for key in absent})
        records = [record for rows in keyed.values() for some in rows.values() for record in some][:1]
        ask = (
            f"{assignment.wanted.name} has no row for {len(named)} of the {len(wards)} wards in some periods "
            f"(“{named[0]}”). Does an absent row mean zero?"
        )
        if not self._absent(assignment, ask, "No: leave those wards without a figure", records):
            return
        finality = next((one.measured.finality for key, one in self.figures.items() if key in keyed), Finality.FINAL)
        origin = Origin.ILLUSTRATIVE if self.illustrative else Origin.MEASURED
        for key in absent:
            measured = Measured(FigureKind.NUMBER, Decimal(0), 0, "", None, finality, origin)
            self._put(key, measured, (), assignment.wanted.name, ABSENT_NOTE)

    def _wards_of(self, table: int) -> dict[UUID, str]:
        """Return the home area's wards that a table has rows for."""
        found = self._wards.get(table)
        if found is None:
            found = self._wards[table] = {
                area.id: area.name
                for item in self.items
                if item.table == table
                for area, _ in item.records
                if area.kind is AreaKind.WARD
            }
        return found

    def keep(self, key: FigureKey, records: Sequence[Record], assignment: Assignment, note: str = "") -> None:
        """Plan the figure of the key from its cells."""
        role = SourceRole.ADDEND if assignment.summed else SourceRole.VALUE
        parts = [self.measured(record) for record in records]
        measured = _total(parts) if assignment.summed else parts[0]
        self._put(key, measured, tuple(_source(record, role) for record in records), assignment.wanted.name, note)
        for record in records:
            if record.value is None and mark_of(record.text) in self.asked_marks:
                self._ask_mark(record)

    def _put(self, key: FigureKey, measured: Measured, sources: tuple[SourceCell, ...], name: str, note: str) -> None:
        before = self.context.current.get(key)
        effect = effect_of(measured, self.context, key)
        self.figures[key] = PlannedFigure(key, measured, sources, effect, before, name, note)

    def _ask_mark(self, record: Record) -> None:
        """Ask what a sign means, once for all its cells."""
        key = mark_question(record.text)
        known = self.questions.get(key)
        if known is not None:
            self.questions[key] = replace(known, cells=(*known.cells, cell_of(record)))
            return
        self.answer(
            Question(
                key,
                QuestionKind.MARK,
                f"What does “{record.text.strip()}” mean in this agency's returns? The sheet does not say.",
                mark_choices(record.kind),
                cells=(cell_of(record),),
            )
        )

    def ask_problems(self, *, doubted: Collection[FigureKey] = (), usual: Collection[FigureKey] = ()) -> None:
        """Ask about each problem that stands on a cell whose figure would be stored, many of one rule at once.

        A problem is not asked whose cells another answer left out, or whose figures are in the store
        as they are; nor is one of a level within the file where the figure is ``doubted`` already
        because of its history. Where a long history bears the figure out (``usual``), an odd level
        within the file is told, not asked.
        """
        settled = self._cells_of(key for key, one in self.figures.items() if one.effect is Effect.SAME)
        asked = settled | self._cells_of(doubted)
        borne_out = asked | self._cells_of(usual)
        groups: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
        for problem in self.reading.problems:
            without = asked if problem.rule in _OF_LEVEL else settled
            if problem.rule is Rule.OUTLIER and self._touches(problem, asked) and not self._touches(problem, borne_out):
                self.notes.append(f"{problem.sentence} What is made of it is at its usual level.")
                continue
            if problem.rule is not Rule.UNKNOWN_MARK and self._touches(problem, without):
                groups[problem.rule.value, problem.sheet].append(problem)
        for group in groups.values():
            if len(group) <= MOST_PROBLEMS:
                for problem in group:
                    self._ask_problem(self._problem_key(problem), problem.sentence, [problem])
            else:
                more = (
                    f"{group[0].sentence} The same kind of doubt stands on {len(group) - 1} more places of the sheet."
                )
                self._ask_problem(self._rule_key(group[0]), more, group)

    def _cells_of(self, keys: Iterable[FigureKey]) -> set[tuple[str, int, int]]:
        """Return the cells behind some figures."""
        places = self.places()
        return {
            (source.sheet, *places[source.sheet, source.cell])
            for key in keys
            if key in self.figures
            for source in self.figures[key].sources
        }

    def _ask_problem(self, key: str, sentence: str, group: Sequence[Problem]) -> None:
        self.answer(
            Question(
                key,
                QuestionKind.PROBLEM,
                sentence,
                (Choice("keep", "Store it as it was read", 50), Choice("leave_out", "Leave it out", 50)),
                remembered=False,
                cells=tuple((one.sheet, one.range) for one in group),
            )
        )

    def _touches(self, problem: Problem, without: Collection[tuple[str, int, int]]) -> bool:
        """Whether a cell of the problem is used, apart from some and from those that only another answer left out."""
        used = self.used.get(problem.sheet)
        if not used:
            return False
        cells: list[tuple[int, int]] = []
        for where in self._areas(problem):
            if where.top == where.bottom and where.left == where.right:
                cells += [(where.top, where.left)] if (where.top, where.left) in used else []
            else:
                cells += [cell for cell in used if where.holds(*cell)]
        mine = "leave_out" in (self.answers.to(self._problem_key(problem)), self.answers.to(self._rule_key(problem)))
        return any(
            (problem.sheet, *cell) not in without and (mine or (problem.sheet, *cell) not in self._skipped_cells)
            for cell in cells
        )


def _total(parts: Sequence[Measured]) -> Measured:
    """Return the sum of the parts; what is not a number makes the sum none either."""
    finality = next((one.finality for one in parts if one.finality is not Finality.FINAL), Finality.FINAL)
    origin = next((one.origin for one in parts if one.origin is not Origin.MEASURED), Origin.MEASURED)
    text = f"sum of {len(parts)} cells"
    lacking = next((one for one in parts if one.value is None), None)
    if lacking is not None:
        return Measured(lacking.kind, None, 0, f"{text}, one of them “{lacking.text}”", None, finality, origin)
    total = sum((one.value for one in parts if one.value is not None), Decimal(0))
    return Measured(FigureKind.NUMBER, total, max(one.decimals for one in parts), text, None, finality, origin)
