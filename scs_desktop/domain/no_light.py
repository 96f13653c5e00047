"""Why the figures themselves allow no light: there are none, they are late, not due yet, withheld or in conflict."""

from __future__ import annotations

from scs_desktop.domain.case import Case
from scs_desktop.domain.due import date_text, due_date, missing_due
from scs_desktop.domain.figures import FigureKind
from scs_desktop.domain.measure import Measure
from scs_desktop.domain.position import Status, Unrated
from scs_desktop.domain.travel import period_name

_MARK_WORDS = {
    FigureKind.NOT_AVAILABLE: "not available",
    FigureKind.NOT_PUBLISHED: "not yet published",
    FigureKind.NOT_APPLICABLE: "not applicable",
    FigureKind.ERROR: "an error",
    FigureKind.TEXT: "text",
}


def no_light(unrated: Unrated, sentence: str, made: Measure | None = None) -> Status:
    """Return the status without a light, with the value where one was made."""
    return Status(None, unrated, sentence, value=made.value if made is not None else None)


def data_reason(case: Case) -> Status | None:
    """Return why the figures themselves allow no light, if they do not."""
    found, made = case.found, case.made
    if found is None:
        return no_light(Unrated.NO_DATA, "No series brings figures for this indicator.")
    if made is None or not found.order:
        overdue = made is not None and missing_due(made, case.expected, case.known_on)
        return no_light(Unrated.NO_DATA, f"No figures are stored{'; they are overdue' if overdue else ''}.")
    clash = next((figure for figure in found.conflicts if figure in made.figures), None)
    if clash is not None:
        label = clash.key.period.label
        return no_light(Unrated.NOT_COMPARABLE, f"Not comparable: two different figures stand for {label}.", made)
    if made.missing:
        return _missing(case, made)
    if made.marks:
        return _marked(made)
    return None


def _missing(case: Case, made: Measure) -> Status:
    there = _what_is_there(case, made)
    overdue = missing_due(made, case.expected, case.known_on)
    if overdue:
        due = due_date(overdue[0], case.expected)
        since = "" if due is None else f", due {date_text(due)}"
        return no_light(Unrated.OVERDUE, f"Overdue: {overdue[0].label}{since}.{there}", made)
    due = due_date(made.missing[0], case.expected)
    if due is not None:
        return no_light(Unrated.NOT_DUE, f"Not due yet: {made.missing[0].label}, due {date_text(due)}.{there}", made)
    return no_light(Unrated.NO_DATA, f"No figure for {made.missing[0].label}.{there}", made)


def _what_is_there(case: Case, made: Measure) -> str:
    """Say what the shown value covers, or when there was a figure last."""
    if made.covered is not None:
        return f" The figures stored cover {period_name(made.covered)}."
    if case.found is None or not case.found.order:
        return ""
    return f" The latest figure is for {period_name(case.found.period_at(case.found.order[-1]))}."


def _marked(made: Measure) -> Status:
    mark = made.marks[0]
    label = mark.key.period.label
    if mark.measured.kind is FigureKind.SUPPRESSED:
        bound = "" if mark.measured.bound is None else f" as fewer than {mark.measured.bound:,}"
        return no_light(Unrated.SUPPRESSED, f"Suppressed: the figure for {label} is withheld{bound}.", made)
    if mark.measured.kind is FigureKind.NOT_PUBLISHED:
        return no_light(Unrated.NOT_DUE, f"Not due yet: the figure for {label} is marked as not yet published.", made)
    word = _MARK_WORDS[mark.measured.kind]
    said = f" (“{mark.measured.text}”)" if mark.measured.text else ""
    return no_light(Unrated.NO_DATA, f"No data: the cell for {label} holds {word}{said}.", made)
