"""The columns of the page's tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scs_desktop.domain.periods import Period, financial_year_label
from scs_desktop.domain.sentences import capital
from scs_desktop.domain.target_setting import rule_text, tolerance_text
from scs_desktop.domain.targets import TargetKind
from scs_desktop.domain.what_if import Flip, light_word
from scs_desktop.ui.common.table_model import Column
from scs_desktop.ui.common.words import day_text, moment_text

if TYPE_CHECKING:
    from scs_desktop.workflows.targets import TargetVersion, UseTargets, YearTarget

_NAME = 36
"""Letters of a name that stand in a narrow column."""
APPROVED = "✓"
"""Approved at a meeting; what the strategy itself printed bears no mark."""
PROPOSED = "→"


def short_text(one: YearTarget) -> str:
    """Return a year's target for a narrow column: what stands, a mark where a meeting approved it, what is proposed."""
    stands = one.comparator_text if one.on_path else one.text.replace(" on baseline", "")
    stands = stands or "none"
    if one.meeting is not None:
        stands = f"{stands} {APPROVED}"
    if one.proposed is None:
        return stands
    return f"{stands} {PROPOSED} {one.proposed_text.replace(' on baseline', '')}"


def spoken_year(one: YearTarget) -> str:
    """Say a year's target, its state and what is proposed."""
    said = one.text or "no target"
    if one.on_path and one.comparator_text:
        said = f"{one.comparator_text}, on the path to {one.text}"
    if one.meeting is not None:
        said += f", approved at the meeting of {day_text(one.meeting.meeting)}"
    return said if one.proposed is None else f"{said}; proposed: {one.proposed_text}"


def use_columns(years: Sequence[Period]) -> tuple[Column[UseTargets], ...]:
    """Return the columns of the list of indicators: baseline as decided, own, and the strategy's years."""

    def of_year(number: int) -> Column[UseTargets]:
        return Column(
            financial_year_label(years[number]),
            lambda row: short_text(row.years[number]),
            "reduction",
            spoken=lambda row: spoken_year(row.years[number]),
            tip=lambda row: capital(spoken_year(row.years[number])),
            title_tip=f"{APPROVED} approved at a meeting, {PROPOSED} proposed",
        )

    return (
        Column("Code", lambda row: row.code, "2.2h"),
        Column("Indicator", lambda row: row.name, tip=lambda row: row.name),
        Column(
            "Baseline",
            lambda row: row.decided.partition(" (")[0].partition(" per ")[0],
            "25,705",
            right=True,
            tip=lambda row: f"As printed: {row.printed}. As decided: {row.decided}.",
        ),
        Column("Own", lambda row: row.own, "25,705", right=True, title_tip="The baseline year from the own series"),
        *(of_year(number) for number in range(len(years))),
    )


def _state(one: YearTarget) -> str:
    if one.ruling is None:
        return "printed direction" if one.text else "none"
    if one.on_path:
        return "on the path"
    return one.ruling.state.value if one.ruling.meeting is not None else "as printed"


def _rule(one: YearTarget) -> str:
    if one.ruling is None:
        return ""
    if one.ruling.kind is TargetKind.DIRECTION:
        return rule_text(one.ruling.rule) if one.ruling.rule is not None else "usual movement"
    return f"within {tolerance_text(one.ruling.tolerance)}"


YEAR_COLUMNS: tuple[Column[YearTarget], ...] = (
    Column("Year", lambda one: financial_year_label(one.year), "2011/12"),
    Column("Target", lambda one: one.text or "none", tip=lambda one: capital(spoken_year(one))),
    Column("By its end", lambda one: one.comparator_text or "–", "By its end", right=True),
    Column("Rule", _rule, "usual movement", title_tip="Which rule, and how far short is still amber"),
    Column("State", _state, "on the path"),
    Column("Proposed", lambda one: one.proposed_text or "–", "Proposed"),
)

HISTORY_COLUMNS: tuple[Column[TargetVersion], ...] = (
    Column(
        "When",
        lambda one: day_text(one.change.at.date()),
        "28 Nov 2011",
        spoken=lambda one: f"{moment_text(one.change.at)}, {one.change.who}",
        tip=lambda one: f"{moment_text(one.change.at)}, {one.change.who}",
    ),
    Column("What", lambda one: one.sentence, tip=lambda one: one.sentence),
)


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


FLIP_COLUMNS: tuple[Column[Flip], ...] = (
    Column("Code", lambda flip: flip.code, "2.2h"),
    Column("Indicator", lambda flip: _short(flip.name), "Residential burglary", tip=lambda flip: flip.name),
    Column("Is", lambda flip: light_word(flip.before), "overlaps baseline"),
    Column("Would be", lambda flip: light_word(flip.after), "Green, untested"),
    Column("Why", lambda flip: flip.after.sentence, tip=lambda flip: flip.why),
)
