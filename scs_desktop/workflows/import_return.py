"""A partner's return: read it, plan it, store it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Figure
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.publication import SignOff
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.returns.extraction import extraction_date
from scs_desktop.returns.marks import answered_marks, mark_of, meanings
from scs_desktop.returns.plan import Effect, LightChange, PlanContext, PlannedFigure, ReturnPlan
from scs_desktop.returns.planning import make_plan
from scs_desktop.returns.questions import Answers, QuestionKind
from scs_desktop.returns.records import Rule
from scs_desktop.store import NewFigure, NewImport
from scs_desktop.workflows.breaks import breaks_to_store, with_breaks
from scs_desktop.workflows.compare_files import what_vanished
from scs_desktop.workflows.learning import learned
from scs_desktop.workflows.left_open import left_open
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.read_return import Progress, ReadReturn, read_return
from scs_desktop.workflows.senders import agency_named, sender_of, wanted_of
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.domain.breaks import SeriesBreak
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.domain.snapshot import ImportSummary, Snapshot
    from scs_desktop.store import Store

__all__ = ["Progress", "ReadReturn", "agency_named", "plan_return", "read_return", "store_return"]

LEADING_ON = frozenset({QuestionKind.AREA, QuestionKind.ROWS, QuestionKind.NEW_ROW})
"""Questions whose answers decide which other questions there are."""
LOOKS_AHEAD = 3
MOST_ROWS_AHEAD = 1_500
"""A return with more rows than this is planned once: looking ahead would double the officer's wait."""


def plan_return(
    *,
    store: Store,
    data: bytes,
    file_name: str,
    agency: UUID | None = None,
    received: date | None = None,
    extracted: date | None = None,
    answers: Answers | None = None,
    read: ReadReturn | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    with_previous: bool = True,
) -> ReturnPlan:
    """Say what storing the return would do. Nothing is written.

    ``read`` is the file as :func:`read_return` gave it, so that a second plan with more answers
    need not read it again. ``with_previous`` compares it with the agency's previous return of the
    kind, to say what that one had and this one has not.

    Raises:
        UserError: the file is refused.

    """
    answers = answers or Answers()
    if read is None:
        read = read_return(data=data, file_name=file_name, password=password, progress=progress, cancelled=cancelled)
    received = received or local_day()
    snapshot = look(store=store)
    sender, asked = sender_of(store, read, snapshot, agency, answers)
    context = _context(store, snapshot, sender)
    read = _with_marks(read, answered_marks(context.profile, answers))
    said = extraction_date(read.workbook)
    planned = partial(
        make_plan,
        reading=read.reading,
        workbook=read.workbook,
        agency=sender,
        received_on=received,
        extracted_on=said or extracted,
        context=context,
        illustrative=_illustrative_sheets(read),
    )
    plan = _looking_ahead(planned, answers)
    plan = replace(plan, data=read.data, already_imported=store.import_with_sha(read.reading.sha256))
    if said is not None and extracted is not None and said != extracted:
        told = f"The file says that it was extracted on {said:%d %B %Y}, which is taken, not {extracted:%d %B %Y}."
        plan = replace(plan, notes=(*plan.notes, told))
    if asked is not None:
        open_questions = plan.open_questions if answers.to(asked.key) is not None else (asked, *plan.open_questions)
        certain = answers.to(asked.key) is not None
        plan = replace(plan, questions=(asked, *plan.questions), open_questions=open_questions, agency_certain=certain)
    if plan.already_imported is not None:
        return replace(plan, figures=(), questions=(), open_questions=(), breaks=())
    if with_previous:
        plan = replace(plan, notes=(*plan.notes, *what_vanished(store=store, agency=sender, read=read)))
    added = breaks_to_store(store=store, planned=plan.breaks)
    plan = replace(plan, notes=(*plan.notes, *(_break_note(snapshot, one) for one in added)))
    return replace(plan, lights=_lights(snapshot, plan, added))


def _break_note(snapshot: Snapshot, one: SeriesBreak) -> str:
    name = snapshot.indicators[one.indicator].name
    return f"A break will be marked in {name}: {one.when}, {one.cause}. Nothing is compared across it."


def _looking_ahead(planned: Callable[..., ReturnPlan], answers: Answers) -> ReturnPlan:
    """Return the plan with the questions that its likeliest answers would raise, so that all are asked at once.

    Which rows an indicator is decides which of its figures are odd. The figures of the plan stay
    those that the answers given so far allow.
    """
    plan = planned(answers=answers)
    if len({(one.table, one.row) for one in plan.reading.records}) > MOST_ROWS_AHEAD:
        return plan
    assumed = answers
    ahead = plan
    for _ in range(LOOKS_AHEAD):
        likely = {one.key: one.choices[0].key for one in ahead.open_questions if one.kind in LEADING_ON and one.choices}
        if not likely:
            break
        assumed = assumed.and_also(likely)
        ahead = planned(answers=assumed)
        known = {one.key for one in plan.questions}
        more = tuple(one for one in ahead.open_questions if one.key not in known)
        plan = replace(plan, questions=(*plan.questions, *more), open_questions=(*plan.open_questions, *more))
    return plan


def _with_marks(read: ReadReturn, marks: Mapping[str, str]) -> ReadReturn:
    """Return the file read again where a sign in it, which the sheet does not explain, has been explained by now."""
    asked = {mark_of(one.text) for one in read.reading.problems if one.rule is Rule.UNKNOWN_MARK}
    if not asked & set(marks):
        return read
    from scs_desktop.returns.reading import read_grid

    return replace(read, reading=read_grid(read.workbook, marks=meanings(marks)))


def _illustrative_sheets(read: ReadReturn) -> frozenset[str]:
    """Return the sheets that say their figures are illustrative; a cover that says so speaks for the whole file."""
    saying = {
        sheet.name
        for sheet in read.workbook.sheets
        if any(
            isinstance(value, str) and "illustrative" in value.casefold()
            for _, values in zip(range(40), sheet.rows.values(), strict=False)
            for value in values
        )
    }
    with_figures = {table.sheet for table in read.reading.tables}
    return frozenset(with_figures if saying - with_figures else saying)


def _context(store: Store, snapshot: Snapshot, agency: UUID) -> PlanContext:
    wanted = wanted_of(snapshot, agency)
    return PlanContext(
        areas=tuple(snapshot.areas.values()),
        home=snapshot.strategy.home_area,
        wanted=wanted,
        profile=store.profile(agency),
        current=store.current_figures([one.series.id for one in wanted]),
        extracted={one.id: one.extracted_on for one in store.imports()},
        denominators=snapshot.denominators,
        signed=store.all_of(SignOff),
    )


def _lights(snapshot: Snapshot, plan: ReturnPlan, breaks: Sequence[SeriesBreak]) -> tuple[LightChange, ...]:
    """Return the lights that would change, at the latest position that the return would give."""
    changed = [one for one in plan.figures if one.effect is not Effect.SAME]
    if not changed and not breaks:
        return ()
    figures = {series: {one.key: one for one in known} for series, known in snapshot.figures.items()}
    for one in changed:
        if one.key.area == snapshot.strategy.home_area:
            new = Figure(uuid4(), one.key, one.measured, recorded_in=0)
            figures.setdefault(one.key.series, {})[one.key] = new
    ordered = {
        series: tuple(sorted(known.values(), key=lambda one: one.key.period.end)) for series, known in figures.items()
    }
    later = with_breaks(replace(snapshot, figures=ordered), breaks)
    position = latest_position(later)
    before, after = (_words(rate_strategy(one, position)) for one in (snapshot, later))
    return tuple(
        LightChange(code, name, before[code, name], after[code, name])
        for code, name in after
        if before.get((code, name)) != after[code, name]
    )


def _words(position: StrategyPosition) -> dict[tuple[str, str], str]:
    return {
        (row.code, row.name): row.status.light.value
        if row.status.light
        else str(row.status.unrated and row.status.unrated.value)
        for priority in position.priorities
        for row in priority.indicators
    }


def store_return(
    *, store: Store, plan: ReturnPlan, leave_open: bool = False, at: datetime | None = None
) -> ImportSummary:
    """Store a planned return: figures, their cells, the file, what was learned, breaks confirmed, in one transaction.

    ``leave_open`` stores what is certain although questions are open.

    Raises:
        UserError: the same file is stored already, its sender is not known, or a question is still open.

    """
    if plan.already_imported is not None:
        message = (
            f"{plan.file_name} is already imported ({plan.already_imported.received_on:%d %B %Y}). Nothing was changed."
        )
        raise UserError(message)
    if plan.agency is None or not plan.agency_certain:
        message = f"{plan.file_name} was not stored: say who sent it."
        raise UserError(message)
    if plan.open_questions and not leave_open:
        count = len(plan.open_questions)
        message = f"{plan.file_name} was not stored: {count} question{'s are' if count != 1 else ' is'} still open."
        raise UserError(message)

    layouts, answers = learned(plan, store.profile(plan.agency))
    breaks = breaks_to_store(store=store, planned=plan.breaks)
    with store.change(kind=ChangeKind.IMPORT, summary=f"Import of {plan.file_name}", at=at) as change:
        identity = change.record_import(
            NewImport(plan.agency, plan.file_name, plan.received_on, plan.extracted_on, plan.illustrative),
            plan.data,
            [
                NewFigure(one.key, one.measured, sources=one.sources, note=_note(one))
                for one in plan.figures
                if one.effect is not Effect.SAME or _confirms(one)
            ],
        )
        change.save(*layouts, *answers, *breaks, *left_open(plan))
    return next(one for one in store.imports() if one.id == identity)


def _confirms(figure: PlannedFigure) -> bool:
    """Whether a file repeats a stored figure exactly, so that the figure outlives the file that brought it first."""
    return (
        figure.before is not None
        and figure.before.import_id is not None
        and replace(figure.measured, text="") == replace(figure.before.measured, text="")
    )


def _note(figure: PlannedFigure) -> str:
    """Return what is kept beside a figure; one that is repeated keeps what was said of it."""
    return figure.before.note if figure.effect is Effect.SAME and figure.before is not None else figure.note
