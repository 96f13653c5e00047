"""Which rows of a return are which indicator: remembered, exact, by synonym, else asked with ranked proposals.

Nothing is guessed. A row is taken without a question only where the officer has said so before,
or where its words are the indicator's own and no other row's are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.figures import Part
from scs_desktop.domain.profile import KnownLayout, Profile
from scs_desktop.domain.strategy import Adding
from scs_desktop.returns.grid import Range
from scs_desktop.returns.items import Item
from scs_desktop.returns.labels import key_path, path_key, undated
from scs_desktop.returns.questions import Answers, Choice, Question, QuestionKind
from scs_desktop.returns.records import Reading
from scs_desktop.returns.scoring import (
    EXACT,
    WHOLE_WORDS,
    Wanted,
    fits,
    part_candidates,
    says_part,
    score,
)

ASK_FROM = 60
RENAMED_FROM = 80
GROUP = 99
ONE_OF_GROUP = 65
MOST_CHOICES = 9
ALL_ROWS = "all"
NOT_HERE = "none"

_PART_NAMES = {
    Part.VALUE: "",
    Part.SAMPLE_SIZE: "the number of people asked for ",
    Part.PREDICTED: "the predicted figure for ",
    Part.DENOMINATOR: "the number of cases behind ",
    Part.NUMERATOR: "the number counted in ",
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Items whose figures, added where there are several, are one part of one series."""

    wanted: Wanted
    part: Part
    items: tuple[Item, ...]
    summed: bool
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The outcome: what was matched, what must be asked, and what to tell of a changed layout."""

    assignments: tuple[Assignment, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]


def rows_question(series: UUID, part: Part) -> str:
    """Return the stable key of the question which rows are this part of the series."""
    return f"rows/{series}/{part.value}"


class _Matcher:
    def __init__(self, reading: Reading, items: Sequence[Item], profile: Profile, answers: Answers) -> None:
        self.reading = reading
        self.items = [item for item in items if item.records]
        self.profile = profile
        self.answers = answers
        self.assignments: list[Assignment] = []
        self.questions: list[Question] = []
        self.notes: list[str] = []

    def answer(self, key: str) -> str | None:
        return self.answers.to(key) or self.profile.answer_to(key)

    def layout_of(self, table: int) -> KnownLayout | None:
        """The remembered layout most like the table, if more than half of its rows are the same."""
        rows = {item.key for item in self.items if item.table == table}
        best, likeness = None, 0.5
        for layout in self.profile.layouts:
            known = set(layout.rows)
            union = rows | known
            share = len(rows & known) / len(union) if union else 0.0
            if share > likeness:
                best, likeness = layout, share
        return best

    def known_file(self) -> bool:
        """Whether every table with rows is one that the agency has sent before."""
        return all(self.layout_of(table) is not None for table in {item.table for item in self.items})

    def summable(self, table: int, wanted: Wanted) -> list[Item]:
        return [
            item for item in self.items if item.table == table and not item.total and fits(item, wanted, Part.VALUE)
        ]

    def resolve(self, wanted: Wanted, part: Part, question: str, answer: str) -> list[Item] | None:
        """The items an answer names in this file; None where it does not apply to it."""
        kind, _, rest = answer.partition(":")
        if answer == NOT_HERE:
            return []
        if kind == ALL_ROWS:
            if rest.isdigit():
                return self.summable(int(rest) - 1, wanted) or None
            return self.all_of_layout(rest, wanted, question)
        if kind == "sum":
            return self.named_rows(rest.split("|"), wanted, part)
        if kind == "under":
            path = key_path(rest)
            return [
                one for one in self.items if one.answers_to(path) and not one.total and fits(one, wanted, part)
            ] or None
        return self.named_rows([rest if kind == "row" else answer], wanted, part)

    def named_rows(self, keys: Sequence[str], wanted: Wanted, part: Part) -> list[Item] | None:
        found: list[Item] = []
        for key in keys:
            path = key_path(key)
            mine = [item for item in self.items if item.answers_to(path) and fits(item, wanted, part)]
            exact = [item for item in mine if item.path == path]
            if not mine or not path:
                return None
            chosen = exact or mine
            if len({item.path for item in chosen}) > 1:
                return None
            found.extend(chosen)
        return found

    def all_of_layout(self, layout_id: str, wanted: Wanted, question: str) -> list[Item] | None:
        known = next((one for one in self.profile.layouts if str(one.id) == layout_id), None)
        if known is None:
            return None
        found: list[Item] = []
        for table in sorted({item.table for item in self.items}):
            layout = self.layout_of(table)
            if layout is None or layout.rows != known.rows:
                continue
            rows = self.summable(table, wanted)
            self.drift(known, rows)
            found.extend(self.admitted(known, rows, question))
        return found or None

    def drift(self, known: KnownLayout, rows: Sequence[Item]) -> None:
        gone = [key for key in known.rows if key not in {row.key for row in rows}]
        if gone:
            self.notes.append(
                f"{len(gone)} of the rows of earlier returns are not in this file, among them “{gone[0]}”. "
                "Ask the agency whether they were nothing or were left out."
            )

    def admitted(self, known: KnownLayout, rows: Sequence[Item], question: str) -> list[Item]:
        """Rows of the known layout, and of the new ones those the officer lets in."""
        kept: list[Item] = []
        for row in rows:
            if row.key in known.rows:
                kept.append(row)
                continue
            key = f"{question}/new/{row.key}"
            given = self.answer(key)
            if given == "include":
                kept.append(row)
            elif given is None:
                self.questions.append(
                    Question(
                        key,
                        QuestionKind.NEW_ROW,
                        f"“{row.shown}” was not in earlier returns. Does it belong to the sum?",
                        (Choice("include", "Yes, add it to the sum", 60), Choice("exclude", "No, leave it out", 40)),
                        cells=self.cells([row]),
                    )
                )
        return kept

    def cells(self, items: Sequence[Item]) -> tuple[tuple[str, Range], ...]:
        found = []
        for item in items:
            by_sheet: dict[str, list[tuple[int, int]]] = {}
            for _, record in item.records:
                by_sheet.setdefault(record.sheet, []).append((record.row, record.column))
            for sheet, places in by_sheet.items():
                rows, columns = [row for row, _ in places], [column for _, column in places]
                found.append((sheet, Range(min(rows), min(columns), max(rows), max(columns))))
        return tuple(found)

    def group_of(self, wanted: Wanted, candidates: Sequence[tuple[int, Item]]) -> tuple[str, list[Item]] | None:
        """The label that several rows share and that is the indicator's own name, with those rows."""
        names = {undated(name) for name in wanted.names}
        rows = [item for points, item in candidates if points == EXACT and not item.total]
        for label in {word for item in rows for word in item.path[:-1]} & names:
            inside = [item for item in rows if label in item.path[:-1]]
            if len({item.path for item in inside}) > 1:
                return label, inside
        return None

    def choices(self, wanted: Wanted, part: Part, candidates: Sequence[tuple[int, Item]]) -> tuple[Choice, ...]:
        offered: dict[str, Choice] = {}
        group = self.group_of(wanted, candidates) if part is Part.VALUE else None
        grouped = {item.key for item in group[1]} if group is not None else set()
        for points, item in candidates:
            if points >= ASK_FROM and item.key not in offered:
                fit = min(points, ONE_OF_GROUP) if item.key in grouped else points
                offered[item.key] = Choice(f"row:{item.key}", f"“{item.shown}”", fit)
        choices = list(offered.values())
        if group is not None:
            text = f"The sum of the {len(grouped)} rows under “{group[0]}”"
            choices.append(Choice(f"under:{group[0]}", text, GROUP))
        if part is Part.VALUE and wanted.definition.over_time is Adding.SUM:
            choices.extend(self.sum_choices(wanted))
        choices.sort(key=lambda one: -one.score)
        return (*choices[:MOST_CHOICES], Choice(NOT_HERE, "It is not in these returns", 0))

    def sum_choices(self, wanted: Wanted) -> list[Choice]:
        found: list[Choice] = []
        names = {word for name in wanted.names for word in undated(name).split()}
        for table in sorted({item.table for item in self.items}):
            rows = self.summable(table, wanted)
            if len({row.key for row in rows}) > 1:
                points = 90 if names & WHOLE_WORDS else 20
                where = self.reading.tables[table] if table < len(self.reading.tables) else None
                title = f" of {where.sheet}!{where.range}" if where is not None and where.sheet else ""
                count = len({row.key for row in rows})
                found.append(Choice(f"{ALL_ROWS}:{table + 1}", f"The sum of all {count} rows{title}", points))
        parts = [undated(one) for one in wanted.definition.components]
        matched = [next((row for row in self.items if part in row.words and not row.total), None) for part in parts]
        if matched and all(matched):
            rows_found = [row for row in matched if row is not None]
            keys = "|".join(path_key(row.path) for row in rows_found)
            shown = " + ".join(row.shown for row in rows_found)
            found.append(Choice(f"sum:{keys}", f"The sum of {shown}", 97))
        return found

    def ask(self, wanted: Wanted, part: Part, question: str, candidates: Sequence[tuple[int, Item]]) -> None:
        choices = self.choices(wanted, part, candidates)
        if choices[0].score < ASK_FROM:
            return
        shown = [item for points, item in candidates if points >= ASK_FROM][:MOST_CHOICES]
        code = f"{wanted.code} " if wanted.code else ""
        self.questions.append(
            Question(
                question,
                QuestionKind.ROWS,
                f"Which rows are {_PART_NAMES[part]}{code}{wanted.name}?",
                choices,
                cells=self.cells(shown),
                free_text="the labels of the row, from the outermost to the innermost, with › between them",
            )
        )

    def candidates(self, wanted: Wanted, part: Part, value: Sequence[Item]) -> list[tuple[int, Item]]:
        if part is not Part.VALUE:
            return part_candidates(self.items, wanted, part, value)
        fitting = [item for item in self.items if fits(item, wanted, part) and not says_part(item)]
        return sorted(((score(item, wanted), item) for item in fitting), key=lambda pair: -pair[0])

    def match(self, wanted: Wanted) -> None:
        value: list[Item] = []
        for part in wanted.parts:
            if part is not Part.VALUE and not value and part is not Part.NUMERATOR and part is not Part.DENOMINATOR:
                continue
            question = rows_question(wanted.series.id, part)
            candidates = self.candidates(wanted, part, value)
            given = self.answers.to(question)
            remembered = self.profile.answer_to(question)
            if remembered == NOT_HERE and not self.known_file():
                remembered = None
            answer = given or remembered
            before = len(self.questions)
            items = self.resolve(wanted, part, question, answer) if answer is not None else None
            if items is None and given is None and remembered is not None:
                # The agency sends this series in another file: only a row of nearly its name is worth a question.
                candidates = [pair for pair in candidates if pair[0] >= RENAMED_FROM]
            if items is None and len(self.questions) == before:
                certain = [item for points, item in candidates if points == EXACT]
                if certain and len({item.path for item in certain}) == 1 and self.group_of(wanted, candidates) is None:
                    items, answer = certain, f"row:{certain[0].key}"
                elif candidates or (part is Part.VALUE and remembered is None):
                    self.ask(wanted, part, question, candidates)
            if items and answer is not None:
                summed = len({item.path for item in items}) > 1
                self.assignments.append(Assignment(wanted, part, tuple(items), summed, question, answer))
                if part is Part.VALUE:
                    value = items


def match(
    reading: Reading, items: Sequence[Item], wanted: Sequence[Wanted], profile: Profile, answers: Answers
) -> Matching:
    """Find each wanted series among the items, or ask.

    An answer given now wins over a remembered one; one that names rows this file does not have is
    asked again.
    """
    matcher = _Matcher(reading, items, profile, answers)
    for one in wanted:
        matcher.match(one)
    return Matching(tuple(matcher.assignments), tuple(matcher.questions), tuple(matcher.notes))
