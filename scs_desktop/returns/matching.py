"""Which rows of a return are which indicator: remembered, exact, by synonym, else asked with ranked proposals.

Nothing is guessed. A row is taken without a question only where the officer has said so before,
or where its words are the indicator's own and no other row's are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.profile import KnownLayout, Profile
from scs_desktop.domain.strategy import Adding
from scs_desktop.returns.grid import Range
from scs_desktop.returns.heads import head_changes
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
WEAK_FROM = 45
"""Score from which a row of a table that nothing is known of is worth a question beside matched tables."""
FEWEST_ASKED = 3
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
    def __init__(
        self,
        reading: Reading,
        items: Sequence[Item],
        profile: Profile,
        answers: Answers,
        heads: Sequence[tuple[str, ...]],
        wanted: Sequence[Wanted],
    ) -> None:
        self.reading = reading
        self.items = [item for item in items if item.records]
        self.tables = sorted({item.table for item in self.items})
        self.rows = {table: {item.key for item in self.items if item.table == table} for table in self.tables}
        self.profile = profile
        self.answers = answers
        self.heads = heads
        self.layouts = {table: self._layout_of(table) for table in self.tables}
        self.wanted = wanted
        self.share_tables = {table for table in self.tables if self._of_shares(table)}
        self.exact_tables: dict[UUID, set[int]] = {}
        self.assignments: list[Assignment] = []
        self.questions: list[Question] = []
        self.notes: list[str] = []

    def answer(self, key: str) -> str | None:
        return self.answers.to(key) or self.profile.answer_to(key)

    def _layout_of(self, table: int) -> KnownLayout | None:
        """The remembered layout most like the table, if more than half of its rows are the same."""
        rows = self.rows[table]
        best, likeness = None, 0.5
        for layout in self.profile.layouts:
            known = set(layout.rows)
            union = rows | known
            share = len(rows & known) / len(union) if union else 0.0
            if share > likeness:
                best, likeness = layout, share
        return best

    def _of_shares(self, table: int) -> bool:
        """Whether a table is one of shares, as a survey's: most of its rows are, or it gives the base they rest on."""
        rows = [item for item in self.items if item.table == table and not item.total]
        shares = sum(item.unit in {Unit.PERCENT, Unit.RATE, Unit.RATIO} for item in rows)
        based = any(says_part(item, Part.SAMPLE_SIZE) for item in rows)
        return shares * 2 > len(rows) or (based and shares > 0)

    def known_file(self) -> bool:
        """Whether every table with rows is one that the agency has sent before."""
        return all(layout is not None for layout in self.layouts.values())

    def summable(self, table: int, wanted: Wanted) -> list[Item]:
        """The rows whose sum may be the figure: none of a table of shares or of other indicators."""
        if wanted.unit is not Unit.COUNT or table in self.share_tables or self.others_named(table, wanted):
            return []
        return [
            item for item in self.items if item.table == table and not item.total and fits(item, wanted, Part.VALUE)
        ]

    def others_named(self, table: int, wanted: Wanted) -> bool:
        """Whether rows of the table are other series by their own words, and this one does not call itself a total."""
        if {word for name in wanted.names for word in undated(name).split()} & WHOLE_WORDS:
            return False
        return any(table in tables for series, tables in self.exact_tables.items() if series != wanted.series.id)

    def fingerprint(self, table: int) -> str:
        """A short name of the table's rows, the same for the same rows."""
        return hashlib.sha256("\n".join(sorted(self.rows[table])).encode()).hexdigest()[:6]

    def summed_before(self, question: str) -> str | None:
        """The layout whose rows were summed for the question before, if any."""
        kind, _, layout = (self.profile.answer_to(question) or "").partition(":")
        return layout if kind == ALL_ROWS else None

    def all_of_table(self, named: str, wanted: Wanted, question: str) -> list[Item] | None:
        """All rows of a table named by its number, and by its rows where another layout was summed before."""
        number, _, fingerprint = named.partition(":")
        table = int(number) - 1
        if table not in self.rows or (fingerprint and fingerprint != self.fingerprint(table)):
            return None
        before, layout = self.summed_before(question), self.layouts[table]
        if before is not None and not fingerprint and (layout is None or str(layout.id) != before):
            return None
        return self.summable(table, wanted) or None

    def resolve(self, wanted: Wanted, part: Part, question: str, answer: str) -> list[Item] | None:
        """The items an answer names in this file; None where it does not apply to it."""
        kind, _, rest = answer.partition(":")
        if answer == NOT_HERE:
            return []
        if kind == ALL_ROWS:
            if rest.partition(":")[0].isdigit():
                return self.all_of_table(rest, wanted, question)
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
        for table in self.tables:
            layout = self.layouts[table]
            if layout is None or layout.id != known.id:
                continue
            rows = self.summable(table, wanted)
            if rows and self.without_gone(known, table, wanted, question):
                found.extend(self.admitted(known, rows, question))
            else:
                return []
        return found or None

    def without_gone(self, known: KnownLayout, table: int, wanted: Wanted, question: str) -> bool:
        """Whether the sum may be made although rows of earlier returns are not in this file; asked where they are."""
        gone = [key for key in known.rows if key not in self.rows[table]]
        if not gone:
            return True
        key = f"{question}/gone/{hashlib.sha256('|'.join(gone).encode()).hexdigest()[:10]}"
        others = f" and {len(gone) - 1} more rows" if len(gone) > 1 else ""
        self.questions.append(
            Question(
                key,
                QuestionKind.NEW_ROW,
                f"“{gone[0]}”{others} of earlier returns {'are' if others else 'is'} not in this file. "
                f"Is {wanted.name} the sum of what is left?",
                (
                    Choice("include", "Yes: nothing of it happened, or it no longer belongs to the sum", 50),
                    Choice("exclude", "No: leave the sums out until the agency has said", 50),
                ),
            )
        )
        return self.answer(key) != "exclude"

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

    def choices(
        self, wanted: Wanted, part: Part, candidates: Sequence[tuple[int, Item]], least: int = ASK_FROM
    ) -> tuple[Choice, ...]:
        offered: dict[str, Choice] = {}
        group = self.group_of(wanted, candidates) if part is Part.VALUE else None
        grouped = {item.key for item in group[1]} if group is not None else set()
        for points, item in candidates:
            if points >= least and item.key not in offered:
                fit = min(points, ONE_OF_GROUP) if item.key in grouped else points
                offered[item.key] = Choice(f"row:{item.key}", f"“{item.shown}”", fit)
        choices = list(offered.values())
        if group is not None:
            text = f"The sum of the {len(grouped)} rows under “{group[0]}”"
            choices.append(Choice(f"under:{group[0]}", text, GROUP))
        if part is Part.VALUE and wanted.definition.over_time is Adding.SUM and wanted.unit is Unit.COUNT:
            choices.extend(self.sum_choices(wanted))
        choices.sort(key=lambda one: -one.score)
        not_here = Choice(NOT_HERE, "It is not in these returns", 0)
        if wanted.beside_another:
            return (not_here, *choices[:MOST_CHOICES])
        return (*choices[:MOST_CHOICES], not_here)

    def sum_choices(self, wanted: Wanted) -> list[Choice]:
        found: list[Choice] = []
        names = {word for name in wanted.names for word in undated(name).split()}
        for table in self.tables:
            rows = self.summable(table, wanted)
            if len({row.key for row in rows}) > 1:
                points = 90 if names & WHOLE_WORDS else 20
                question = rows_question(wanted.series.id, Part.VALUE)
                known, layout = self.summed_before(question), self.layouts[table]
                another = known is not None and (layout is None or str(layout.id) != known)
                told = f"{table + 1}:{self.fingerprint(table)}" if another else f"{table + 1}"
                where = self.reading.tables[table] if table < len(self.reading.tables) else None
                title = f" of {where.sheet}!{where.range}" if where is not None and where.sheet else ""
                count = len({row.key for row in rows})
                found.append(Choice(f"{ALL_ROWS}:{told}", f"The sum of all {count} rows{title}", points))
        parts = [undated(one) for one in wanted.definition.components]
        matched = [next((row for row in self.items if part in row.words and not row.total), None) for part in parts]
        if matched and all(matched):
            rows_found = [row for row in matched if row is not None]
            keys = "|".join(path_key(row.path) for row in rows_found)
            shown = " + ".join(row.shown for row in rows_found)
            found.append(Choice(f"sum:{keys}", f"The sum of {shown}", 97))
        return found

    def ask(
        self, wanted: Wanted, part: Part, question: str, candidates: Sequence[tuple[int, Item]], least: int = ASK_FROM
    ) -> None:
        choices = self.choices(wanted, part, candidates, least)
        if max(one.score for one in choices) < least or len(choices) == 1:
            return
        shown = [item for points, item in candidates if points >= least][:MOST_CHOICES]
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
            if items and given is None and self.taken_by_another(wanted, part, items):
                items = None
            if items is None and given is None and remembered is not None:
                # The agency sends this series in another file: only a row of nearly its name is worth a question.
                candidates = [pair for pair in candidates if pair[0] >= RENAMED_FROM]
            if items is None and len(self.questions) == before:
                certain = [item for points, item in candidates if points == EXACT and wanted.takes_unasked(item)]
                one_row = len({item.path for item in certain}) == 1 and not self.taken_by_another(wanted, part, certain)
                if one_row and self.group_of(wanted, candidates) is None:
                    # What is remembered names the rows of another file of the agency, which is to be known again too.
                    items, answer = certain, remembered or f"row:{certain[0].key}"
                elif candidates or (part is Part.VALUE and remembered is None):
                    self.ask(wanted, part, question, candidates)
            if items and answer is not None:
                summed = len({item.path for item in items}) > 1
                self.assignments.append(Assignment(wanted, part, tuple(items), summed, question, answer))
                if part is Part.VALUE:
                    value = items

    def taken_by_another(self, wanted: Wanted, part: Part, items: Sequence[Item]) -> bool:
        """Whether the officer said that another series of the same indicator is one of these rows."""
        keys = {item.key for item in items}
        for one in self.wanted:
            same = one.series.indicator is not None and one.series.indicator == wanted.series.indicator
            if not same or one.series.id == wanted.series.id or part not in one.parts:
                continue
            question = rows_question(one.series.id, part)
            answer = self.answer(question)
            if answer is None or answer.partition(":")[0] == ALL_ROWS:
                continue
            if keys & {item.key for item in self.resolve(one, part, question, answer) or ()}:
                return True
        return False

    def note_exact(self, wanted: Sequence[Wanted]) -> None:
        """Note in which tables each series stands by its own words."""
        for one in wanted:
            names = {undated(name) for name in one.names}
            tables = {item.table for item in self.items if names & set(item.path) and fits(item, one, Part.VALUE)}
            if tables:
                self.exact_tables[one.series.id] = tables

    def ask_of_strangers(self, wanted: Sequence[Wanted]) -> None:
        """Ask about a file, or tables of one, of which nothing is known: silence would look like “nothing to store”."""
        if not self.items:
            return
        used = {item.table for one in self.assignments for item in one.items}
        asked = {where for question in self.questions for where in question.cells}
        touched = {item.table for item in self.items if any(cell in asked for cell in self.cells([item]))}
        strange = [one for one in self.tables if one not in used | touched and self.layouts[one] is None]
        whole = not self.assignments and not self.questions
        matched = {one.wanted.series.id for one in self.assignments}
        ranked = []
        for one in wanted:
            question = rows_question(one.series.id, Part.VALUE)
            said = self.answers.to(question) or self.profile.answer_to(question)
            refused = said == NOT_HERE and (self.answers.to(question) is not None or self.known_file())
            if one.series.id in matched or refused or (said is not None and not whole):
                continue
            inside = self.tables if whole else strange
            found = [pair for pair in self.candidates(one, Part.VALUE, ()) if pair[1].table in inside]
            if found and (whole or found[0][0] >= WEAK_FROM) and all(question != other.key for other in self.questions):
                ranked.append((found[0][0], question, one, found))
        ranked.sort(key=lambda pair: -pair[0])
        rows = len({item.key for item in self.items})
        for _, question, one, found in ranked[: max(FEWEST_ASKED, rows)]:
            self.ask(one, Part.VALUE, question, found, 0 if whole else WEAK_FROM)
        if whole and ranked:
            self.notes.append("None of the rows of this file is known: which are these indicators?")
        elif whole and not self.known_file():
            self.notes.append("None of the rows of this file is in the unit of a figure that this agency provides.")
        elif not whole:
            self.notes.extend(
                f"No indicator uses the table at {self.where(table)}, which was not in earlier returns."
                for table in strange
                if self.profile.layouts
            )

    def where(self, table: int) -> str:
        """The place of a table as the officer finds it."""
        known = self.reading.tables[table]
        return f"{known.sheet}!{known.range}" if known.sheet else str(known.range)

    def changed_heads(self) -> None:
        """Name what changed in the heads of the tables that were sent before."""
        for table in self.tables:
            layout = self.layouts[table]
            if layout is not None and table < len(self.heads):
                self.notes.extend(head_changes(layout, self.heads[table], self.where(table)))


def match(
    reading: Reading,
    items: Sequence[Item],
    wanted: Sequence[Wanted],
    profile: Profile,
    answers: Answers,
    heads: Sequence[tuple[str, ...]] = (),
) -> Matching:
    """Find each wanted series among the items, or ask.

    An answer given now wins over a remembered one; one that names rows this file does not have is
    asked again. ``heads`` are the header texts of the reading's tables, compared with those of the
    layouts the agency has sent before.
    """
    matcher = _Matcher(reading, items, profile, answers, heads, wanted)
    matcher.note_exact(wanted)
    for one in wanted:
        matcher.match(one)
    matcher.ask_of_strangers(wanted)
    matcher.changed_heads()
    return Matching(tuple(matcher.assignments), tuple(matcher.questions), tuple(matcher.notes))
