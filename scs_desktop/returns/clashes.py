"""Cells of one file that give one figure different values: asked once for all that stand in the same lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scs_desktop.domain.figures import FigureKey
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.matching import Assignment
from scs_desktop.returns.questions import Choice, Question, QuestionKind
from scs_desktop.returns.records import Record


def cell_of(record: Record) -> tuple[str, Range]:
    """Return the record's cell in the form questions and left-out cells name it."""
    return (record.sheet, Range(record.row, record.column, record.row, record.column))


def place_of(record: Record) -> str:
    """Return the record's cell as the officer finds it: sheet, exclamation mark, address."""
    return f"{record.sheet}!{address(record.row, record.column)}"


@dataclass(frozen=True, slots=True)
class Clash:
    """Cells of one file that give one figure different values."""

    key: FigureKey
    item: str
    records: tuple[Record, ...]

    @property
    def lines(self) -> tuple[str, tuple[int, ...]]:
        """What tells the cells apart: their rows, or their columns where the row is the same."""
        rows = {one.row for one in self.records}
        if len(rows) == len(self.records):
            return "row", tuple(sorted(rows))
        return "column", tuple(sorted({one.column for one in self.records}))


@dataclass(frozen=True, slots=True)
class ClashGroup:
    """Clashes between the same rows, or the same columns, of a sheet: one question settles them all."""

    line: str
    numbers: tuple[int, ...]
    clashes: tuple[Clash, ...]

    def line_of(self, record: Record) -> int:
        """Return the number of the record's row, or column."""
        return record.row if self.line == "row" else record.column

    def kept(self, clash: Clash, answer: str) -> list[Record]:
        """Return the cells of a clash that an answer lets stand: those of a line, or one by its place."""
        kind, _, number = answer.partition(":")
        if kind == self.line and number.isdigit():
            return [one for one in clash.records if self.line_of(one) == int(number)]
        return [one for one in clash.records if place_of(one) == answer]


def contradictions(keyed: Mapping[FigureKey, Mapping[str, list[Record]]]) -> tuple[ClashGroup, ...]:
    """Return where a file gives a row's figure more than once with different values, by the lines that clash."""
    grouped: defaultdict[tuple[str, str, tuple[int, ...]], list[Clash]] = defaultdict(list)
    for key, rows in keyed.items():
        for item, records in rows.items():
            first = records[0]
            if any(one.kind is not first.kind or one.value != first.value for one in records):
                clash = Clash(key, item, tuple(records))
                grouped[first.sheet, *clash.lines].append(clash)
    return tuple(ClashGroup(line, numbers, tuple(found)) for (_, line, numbers), found in grouped.items())


def clash_question(group: ClashGroup, assignment: Assignment, file_mark: str) -> Question:
    """Return the question which cells hold: for a single figure by their places, for many by their lines."""
    name, first = assignment.wanted.name, group.clashes[0]
    choices: tuple[Choice, ...]
    if len(group.clashes) == 1:
        key = first.key
        mark = f"{key.series}/{key.area}/{key.period.start}/{key.period.end}/{key.part.value}"
        ask = f"The file gives {name}, {key.period.label}, more than once with different figures. Which one holds?"
        choices = tuple(Choice(place_of(one), f"{one.text} in {place_of(one)}") for one in first.records)
    else:
        where = ", ".join(map(str, group.numbers))
        series, part = assignment.wanted.series.id, assignment.part.value
        mark = f"{series}/{part}/{first.records[0].sheet}!{group.line}s {where}"
        ask = (
            f"The file gives {name} more than once with different figures in {len(group.clashes)} places, "
            f"in {group.line}s {where}. Which {group.line} holds?"
        )
        examples = {group.line_of(one): f"{one.text} in {place_of(one)}" for one in first.records}
        choices = tuple(
            Choice(f"{group.line}:{number}", f"The figures in {group.line} {number}, such as {examples[number]}")
            for number in group.numbers
        )
    return Question(
        f"conflict/{file_mark}/{mark}",
        QuestionKind.CONFLICT,
        ask,
        choices,
        remembered=False,
        cells=tuple(cell_of(one) for clash in group.clashes for one in clash.records),
    )
