"""Step 12: what to ask about marks: signs whose meaning nobody gives, bounds, figures not published yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.marks import AMBIGUOUS
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Problem, Record, Rule


def find(sheet: str, records: Sequence[Record], meanings: Mapping[str, FigureKind], asked: set[str]) -> list[Problem]:
    """Ask once for each sign in the file, at its first cell. ``asked`` is kept over the sheets of a file."""
    problems: list[Problem] = []
    for record in records:
        if record.kind is FigureKind.NUMBER:
            continue
        if record.bound is not None:
            key = "bound"
            rule, repair = Rule.SUPPRESSED, "Leave it as suppressed."
            sentence = (
                f"{address(record.row, record.column)} says “{record.text}”, known only to lie below "
                f"{record.bound}: no sum or rate can be made with it."
            )
        elif record.kind is FigureKind.NOT_PUBLISHED:
            key = "not published"
            rule, repair = Rule.NOT_PUBLISHED, "Wait for the figures, or ask for them."
            sentence = (
                f"{address(record.row, record.column)} says “{record.text}”: the figure has not come yet and is "
                f"not nought."
            )
        else:
            mark = tidy(record.text).strip("\"' ").casefold()
            if mark not in AMBIGUOUS or mark in meanings or record.kind in {FigureKind.ERROR, FigureKind.TEXT}:
                continue
            key = mark
            rule, repair = Rule.UNKNOWN_MARK, "Say what the sign means for this agency; it is remembered."
            sentence = (
                f"“{record.text}” stands for a figure, first in {address(record.row, record.column)}, and "
                f"nothing in the sheet says what it means: it is read as {record.kind.replace('_', ' ')}."
            )
        if key in asked:
            continue
        asked.add(key)
        problems.append(
            Problem(
                sheet, Range(record.row, record.column, record.row, record.column), record.text, rule, sentence, repair
            )
        )
    return problems
