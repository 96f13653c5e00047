"""The plan of a return: every figure it would store, what each would change, and what must be asked first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import Figure, FigureKey, Measured, SourceCell
from scs_desktop.domain.profile import Profile
from scs_desktop.domain.publication import SignOff
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.domain.strategy import Denominator
from scs_desktop.returns.grid import Workbook, address
from scs_desktop.returns.questions import Answers, Question
from scs_desktop.returns.records import LeftOut, Problem, Reading, Record
from scs_desktop.returns.scoring import Wanted


class Effect(StrEnum):
    """What storing a figure would do."""

    NEW = "new"
    SAME = "same"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """One figure of the plan, with the figure it would replace.

    ``note`` says what a reader must know of it: why a doubt about it was set aside, or that no cell
    stands behind a nought.
    """

    key: FigureKey
    measured: Measured
    sources: tuple[SourceCell, ...]
    effect: Effect
    before: Figure | None
    name: str
    note: str = ""


class Mark(StrEnum):
    """How a cell of the partner's sheet is marked in the preview."""

    NEW = "new"
    SAME = "same"
    REVISED = "revised"
    LEFT_OUT = "left_out"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class CellMark:
    """The mark of one cell, with the reason or the indicator's name."""

    sheet: str
    row: int
    column: int
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class LightChange:
    """A light that storing the return would change."""

    code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NewLayout:
    """A table's rows, to be remembered so that new and vanished rows are noticed next time."""

    table: int
    sheet: str
    heads: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedBreak:
    """A break of definition that the officer confirmed: ``indicator`` means something else from ``on`` on."""

    indicator: UUID
    on: date
    cause: str


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What would happen if the return were stored.

    ``open_questions`` are those without an answer; ``to_remember`` the answers that go to the
    agency's profile, as (question key, answer, question as shown).
    """

    file_name: str
    sha256: str
    agency: UUID | None
    received_on: date
    extracted_on: date | None
    reading: Reading
    workbook: Workbook
    figures: tuple[PlannedFigure, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    questions: tuple[Question, ...]
    open_questions: tuple[Question, ...]
    answers: Answers
    to_remember: tuple[tuple[str, str, str], ...] = ()
    layouts: tuple[NewLayout, ...] = ()
    already_imported: ImportSummary | None = None
    lights: tuple[LightChange, ...] = ()
    illustrative: bool = False
    agency_certain: bool = True
    breaks: tuple[PlannedBreak, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def count(self, effect: Effect) -> int:
        """Return how many figures have the effect."""
        return sum(figure.effect is effect for figure in self.figures)

    @property
    def cells_left_out(self) -> int:
        """How many cells are left out."""
        return sum(one.cells for one in self.left_out)

    @property
    def ready(self) -> bool:
        """Whether it can be stored: nothing left to ask, and something to store."""
        return not self.open_questions and self.already_imported is None


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What a plan needs to know of the store: nothing in it is changed."""

    areas: tuple[Area, ...]
    home: UUID
    wanted: tuple[Wanted, ...]
    profile: Profile
    current: Mapping[FigureKey, Figure]
    extracted: Mapping[UUID, date | None] = field(default_factory=dict)
    denominators: tuple[Denominator, ...] = ()
    signed: tuple[SignOff, ...] = ()


def cell_marks(plan: ReturnPlan) -> tuple[CellMark, ...]:
    """Return the mark of each cell that the preview shows, doubts last so that they win."""
    marks: dict[tuple[str, str], CellMark] = {}
    for gone in _left_out_marks(plan):
        marks[gone.sheet, address(gone.row, gone.column)] = gone
    places = {(one.sheet, address(one.row, one.column)): one for one in _sourced(plan)}
    for figure in plan.figures:
        for source in figure.sources:
            record = places.get((source.sheet, source.cell))
            if record is not None:
                mark = Mark(figure.effect.value)
                text = f"{figure.name}, {figure.key.period.label}"
                if figure.before is not None and figure.effect is Effect.REVISED:
                    text += f": was {figure.before.measured.text}"
                marks[source.sheet, source.cell] = CellMark(source.sheet, record.row, record.column, mark, text)
    by_sheet: dict[str, list[tuple[tuple[str, str], CellMark]]] = {}
    for place, marked in marks.items():
        by_sheet.setdefault(marked.sheet, []).append((place, marked))
    for problem in plan.problems:
        for place, found in _inside(problem, marks, by_sheet):
            if found.mark is not Mark.LEFT_OUT:
                marks[place] = replace(found, mark=Mark.DOUBTFUL, text=problem.sentence)
    return tuple(marks.values())


def _left_out_marks(plan: ReturnPlan) -> Iterator[CellMark]:
    """Yield a mark for each cell left out; headings and numbers of rows, left out by the column, have none."""
    for index, gone in enumerate(plan.left_out):
        if index < len(plan.reading.left_out) and gone.cells > 1:
            continue
        for row in range(gone.range.top, gone.range.bottom + 1):
            for column in range(gone.range.left, gone.range.right + 1):
                yield CellMark(gone.sheet, row, column, Mark.LEFT_OUT, gone.reason)


def _sourced(plan: ReturnPlan) -> Iterator[Record]:
    """Yield the records that stand behind a planned figure."""
    wanted = {(source.sheet, source.cell) for figure in plan.figures for source in figure.sources}
    sheets = {sheet for sheet, _ in wanted}
    for record in plan.reading.records:
        if record.sheet in sheets and (record.sheet, address(record.row, record.column)) in wanted:
            yield record


def _inside(
    problem: Problem,
    marks: Mapping[tuple[str, str], CellMark],
    by_sheet: Mapping[str, list[tuple[tuple[str, str], CellMark]]],
) -> list[tuple[tuple[str, str], CellMark]]:
    """Return the marked cells in a problem's range; a single cell is looked up, not searched for."""
    where = problem.range
    if where.top == where.bottom and where.left == where.right:
        found = marks.get((problem.sheet, str(where)))
        return [((problem.sheet, str(where)), found)] if found is not None else []
    return [pair for pair in by_sheet.get(problem.sheet, []) if where.holds(pair[1].row, pair[1].column)]
