"""Making the plan of a return: match its rows, build its figures, compare them with the present ones.

Making a plan writes nothing. A plan with an open question cannot be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import FigureKey
from scs_desktop.domain.profile import Profile
from scs_desktop.domain.publication import SignOffState
from scs_desktop.returns.arrival import KEEP, LEAVE_OUT, ArrivalChecks, Doubt, put_right
from scs_desktop.returns.arrival_rates import rate_doubts
from scs_desktop.returns.breaks import planned_breaks
from scs_desktop.returns.building import FigureBuilder, effect_of
from scs_desktop.returns.clashes import cell_of
from scs_desktop.returns.collecting import without_collecting
from scs_desktop.returns.grid import Range, Workbook
from scs_desktop.returns.heads import table_heads
from scs_desktop.returns.items import Item, Items, candidates_key, split_items
from scs_desktop.returns.labels import path_key
from scs_desktop.returns.marks import MARK
from scs_desktop.returns.matching import Assignment, match
from scs_desktop.returns.plan import Effect, NewLayout, PlanContext, PlannedFigure, ReturnPlan
from scs_desktop.returns.questions import Answers, Choice, Question, QuestionKind
from scs_desktop.returns.rates import RateBeside, rates_beside
from scs_desktop.returns.records import Reading
from scs_desktop.returns.registry import AreaRegistry

WHICH_AREA = "which_area/"


def _settle_area(builder: FigureBuilder, registry: AreaRegistry, items: Items, *, titled: bool) -> None:
    """Ask for whom the figures are where the sheet names no area."""
    unnamed = not items.area_named and not titled and items.items
    if unnamed:
        question = Question(
            "area",
            QuestionKind.AREA,
            f"The sheet does not name an area. Are its figures for {registry.home.name}?",
            (Choice("home", f"Yes, for {registry.home.name}", 90), Choice("leave_out", "No, leave them out", 10)),
        )
        if builder.answer(question) != "home":
            for item in items.items:
                builder.leave_all((record for _, record in item.records), "no area is named")
            items.items = []
    for reason, records in items.elsewhere.items():
        builder.leave_all(records, reason)
    for areas, record in items.ambiguous:
        builder.leave(record, "the name may mean " + " or ".join(area.name for area in areas))
    for areas in {candidates_key(areas): areas for areas, _ in items.ambiguous}.values():
        cells = tuple(cell_of(record) for mine, record in items.ambiguous if mine == areas)
        builder.answer(_which_area(areas, cells))


def _which_area(areas: tuple[Area, ...], cells: tuple[tuple[str, Range], ...]) -> Question:
    """Return the question which of several areas a name means."""
    choices = tuple(Choice(str(area.id), f"{area.name}, {area.kind.value}", 50) for area in areas)
    key = f"{WHICH_AREA}{candidates_key(areas)}"
    ask = f"“{areas[0].name}” may mean {len(areas)} areas. Which one is it in this agency's returns?"
    return Question(key, QuestionKind.AREA, ask, (*choices, Choice("leave_out", "None of them", 0)), cells=cells)


def _chosen_areas(context: PlanContext, answers: Answers) -> dict[str, UUID]:
    """Return which areas were said to be meant by names that may mean several, now or before."""
    known = {str(area.id): area.id for area in context.areas}
    said = {one.question: one.answer for one in context.profile.answers} | dict(answers.given)
    return {
        key.removeprefix(WHICH_AREA): known[answer]
        for key, answer in said.items()
        if key.startswith(WHICH_AREA) and answer in known
    }


def _leave_the_rest(builder: FigureBuilder, items: Sequence[Item], pairs: Sequence[RateBeside]) -> None:
    """Leave out what no indicator uses, and say of rates whose count is taken that they are compared with it."""
    beside = {id(pair.rate): pair for pair in pairs}
    for item in items:
        pair = beside.get(id(item))
        reason = "no indicator uses this row"
        if pair is not None:
            reason = (
                f"a rate beside {pair.counted.wanted.name}: the count is the figure, and the rate is compared with it"
            )
        builder.leave_all(
            (
                record
                for _, record in item.records
                if (record.row, record.column) not in builder.used.get(record.sheet, ())
            ),
            reason,
        )


def _apply(doubt: Doubt, builder: FigureBuilder) -> None:
    """Ask about a doubt and do what was answered: keep with a note, leave out, or put right."""
    cells = [
        (source.sheet, source.cell)
        for key in doubt.figures
        if key in builder.figures
        for source in builder.figures[key].sources
    ]
    places = builder.places()
    question = Question(
        doubt.key,
        QuestionKind.CHECK,
        doubt.sentence,
        doubt.choices,
        remembered=False,
        cells=tuple((one[0], _single(*places[one])) for one in dict.fromkeys(cells) if one in places),
        free_text="the reason, kept with the figures" if any(one.key == KEEP for one in doubt.choices) else "",
    )
    answer = builder.answer(question)
    if answer is None:
        return
    reason = builder.answers.reason_for(doubt.key)
    if answer not in {one.key for one in doubt.choices}:
        # What is typed instead of chosen is the reason why the figures are right.
        answer, reason = KEEP, f"{answer} {reason}".strip()
    for key in doubt.figures:
        figure = builder.figures.get(key)
        if figure is None:
            continue
        if answer == LEAVE_OUT:
            del builder.figures[key]
            builder.leave_cells(figure.sources, "left out by the officer: " + doubt.sentence)
        elif answer == KEEP:
            builder.figures[key] = _with_note(figure, f"Looked at: {doubt.sentence} Kept. {reason}".strip())
        else:
            measured = put_right(figure.measured, answer)
            if measured != figure.measured:
                effect = effect_of(measured, builder.context, key)
                put = replace(figure, measured=measured, effect=effect)
                builder.figures[key] = _with_note(put, f"Put right: {doubt.sentence} {reason}".strip())


def _single(row: int, column: int) -> Range:
    return Range(row, column, row, column)


def _with_note(figure: PlannedFigure, note: str) -> PlannedFigure:
    return replace(figure, note=f"{figure.note} {note}".strip())


def _ask_older(builder: FigureBuilder, extracted_on: date | None) -> None:
    """Ask before an older file overwrites what a newer one brought."""
    if extracted_on is None:
        return
    later: dict[FigureKey, date] = {}
    for key, figure in builder.figures.items():
        if figure.effect is Effect.REVISED and figure.before is not None and figure.before.import_id is not None:
            day = builder.context.extracted.get(figure.before.import_id)
            if day is not None and day > extracted_on:
                later[key] = day
    if not later:
        return
    question = Question(
        f"older/{builder.file_mark}",
        QuestionKind.OLDER_FILE,
        f"This file was extracted on {extracted_on:%d %B %Y}, before the one that gave the present figures "
        f"({max(later.values()):%d %B %Y}). Should the older figures replace the newer ones?",
        (Choice("keep_newer", "No, keep the newer figures", 70), Choice("replace", "Yes, replace them", 30)),
        remembered=False,
    )
    if builder.answer(question) == "keep_newer":
        for key in later:
            builder.leave_cells(builder.figures.pop(key).sources, "a newer file gave the present figure")


def _signed_notes(builder: FigureBuilder) -> tuple[str, ...]:
    """Say which revised figures stood in a paper that the board signed off."""
    told = []
    for paper in builder.context.signed:
        if paper.state is not SignOffState.SIGNED:
            continue
        stood = sum(
            figure.effect is Effect.REVISED
            and figure.before is not None
            and figure.before.recorded_in <= paper.as_at
            and key.period.counts_from <= paper.position
            for key, figure in builder.figures.items()
        )
        if stood:
            told.append(
                f"{stood} of the revised figures stood in the paper signed off for {paper.position:%d %B %Y}. "
                "They are stored as revisions; the board's copy stays as it was signed."
            )
    return tuple(told)


@without_collecting()
def make_plan(
    *,
    reading: Reading,
    workbook: Workbook,
    agency: UUID | None,
    received_on: date,
    extracted_on: date | None,
    context: PlanContext,
    answers: Answers,
    illustrative: frozenset[str] = frozenset(),
) -> ReturnPlan:
    """Plan a return: match its rows, build its figures, compare them with the present ones, list what to ask."""
    registry = AreaRegistry(context.areas, context.home)
    titled = _titled(reading, registry)
    items = split_items(
        reading,
        registry,
        whole_file_area=registry.home.id if titled else None,
        workbook=workbook,
        chosen=_chosen_areas(context, answers),
    )
    builder = FigureBuilder(reading, context, answers, items.items, illustrative=illustrative)
    _settle_area(builder, registry, items, titled=titled)
    heads = table_heads(workbook, reading)
    matching = match(reading, items.items, context.wanted, context.profile, answers, heads)
    for question in matching.questions:
        builder.questions.setdefault(question.key, question)
    for assignment in matching.assignments:
        builder.add(assignment)
    pairs = rates_beside(matching.assignments, items.items)
    _leave_the_rest(builder, items.items, pairs)
    rate_found, rate_notes = rate_doubts(pairs, builder.figures, context)
    checks = ArrivalChecks(builder.figures, context)
    doubts = (*checks.all(), *rate_found)
    builder.ask_problems(doubted={key for doubt in doubts for key in doubt.figures}, usual=checks.usual)
    for doubt in doubts:
        _apply(doubt, builder)
    _ask_older(builder, extracted_on)
    questions = tuple(builder.questions.values())
    open_questions = tuple(
        one for one in questions if answers.to(one.key) is None and context.profile.answer_to(one.key) is None
    )
    # A row question that was asked again although it has an answer stands open: the answer does not fit this file.
    unsettled = {one.key for one in matching.questions if one.kind is QuestionKind.ROWS}
    open_questions += tuple(one for one in questions if one.key in unsettled and one not in open_questions)
    return ReturnPlan(
        file_name=reading.file_name,
        sha256=reading.sha256,
        agency=agency,
        received_on=received_on,
        extracted_on=extracted_on,
        reading=reading,
        workbook=workbook,
        figures=tuple(builder.figures.values()),
        left_out=tuple(builder.left_out),
        problems=tuple(reading.problems),
        notes=(
            *reading.notices,
            *_nothing_for_home(builder, registry),
            *matching.notes,
            *builder.notes,
            *rate_notes,
            *_signed_notes(builder),
        ),
        questions=questions,
        open_questions=open_questions,
        answers=answers,
        to_remember=_to_remember(questions, matching.assignments, context.profile, answers),
        layouts=_layouts(reading, items.items, heads),
        illustrative=bool(illustrative),
        breaks=planned_breaks(builder.broken),
    )


def _nothing_for_home(builder: FigureBuilder, registry: AreaRegistry) -> tuple[str, ...]:
    """Say that no figure of the file is for the home area, where that is so and nobody is asked about it."""
    if builder.items or builder.questions or not builder.reading.records:
        return ()
    return (f"No figure of this file is for {registry.home.name} or its wards.",)


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
        if given is not None and question.remembered and question.key not in answers.cautious:
            found[question.key] = (question.key, given, question.ask)
    for one in assignments:
        if profile.answer_to(one.question) != one.answer:
            found[one.question] = (one.question, one.answer, f"Which rows are {one.wanted.name}?")
    for key, answer in answers.given.items():
        said = key.startswith(("rows/", MARK, WHICH_AREA)) and key not in answers.cautious
        if said and key not in found and profile.answer_to(key) != answer:
            found[key] = (key, answer, "")
    return tuple(found.values())


def _layouts(reading: Reading, items: Sequence[Item], heads: Sequence[tuple[str, ...]]) -> tuple[NewLayout, ...]:
    """Return every table that holds rows of the home area, so that the next one like it is known."""
    rows: dict[int, set[str]] = {}
    for item in items:
        rows.setdefault(item.table, set()).add(path_key(item.path))
    return tuple(
        NewLayout(
            table,
            reading.tables[table].sheet if table < len(reading.tables) else "",
            heads[table] if table < len(heads) else (),
            tuple(sorted(found)),
        )
        for table, found in sorted(rows.items())
    )
