"""Why a light or number is another than it was: what was recorded between two moments that bears on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.decisions import Decision, Finding, Verdict
from scs_desktop.domain.due import date_text
from scs_desktop.domain.figures import Figure, FigureKey
from scs_desktop.domain.sentences import listed, number_text, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Definition, IndicatorUse
from scs_desktop.domain.targets import Target, TargetKind, TargetState

_NAMED = 3
_VERDICTS = {Verdict.CORRECTED: "corrected", Verdict.AS_PRINTED: "holds as printed", Verdict.DISMISSED: "no doubt"}


class CauseKind(StrEnum):
    """What came between the two moments."""

    ARRIVED = "figures arrived"
    REVISED = "figures revised"
    TAKEN_BACK = "figures taken back"
    TARGET = "target"
    BASELINE = "baseline"
    DECISION = "decision"
    DEFINITION = "definition"
    BREAK = "break"
    ROLLUP = "rollup rule"
    OVERRIDE = "light set by people"
    LIGHTS = "lights of its indicators"
    DUE = "due date"
    PROGRAM = "rules of the program"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason; ``import_id`` names the return that brought it."""

    kind: CauseKind
    sentence: str
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """Two moments of one strategy.

    Attributes:
        before, now: what was known at each.
        position: up to which figures count.
        findings: doubts found at either moment, decided ones among them.
        days: of changes, by their number.

    """

    before: Snapshot
    now: Snapshot
    position: date
    findings: tuple[Finding, ...]
    days: Mapping[int, date]

    def day_text(self, change: int) -> str:
        """Return the day of a change in words."""
        return date_text(self.days[change]) if change in self.days else "a day unknown"


def causes_for_indicator(between: Between, use_id: UUID) -> tuple[Cause, ...]:
    """Return what was recorded between that bears on an indicator's light or numbers; never nothing."""
    before = next((one for one in between.before.uses if one.id == use_id), None)
    now = next((one for one in between.now.uses if one.id == use_id), None)
    found: list[Cause] = []
    if before is not None and now is not None:
        found += [
            *_figures(between, now),
            *_targets(between, use_id),
            *_baseline(between, use_id),
            *_decisions(between, use_id),
            *_definition(between, before, now),
            *_breaks(between, now),
        ]
    if found:
        return tuple(found)
    if before is None or now is None:
        return (Cause(CauseKind.DEFINITION, "The strategy was edited."),)
    if between.before.known_on != between.now.known_on:
        since = f"Since {date_text(between.before.known_on)} a day has passed by which figures were due."
        return (Cause(CauseKind.DUE, since),)
    return (Cause(CauseKind.PROGRAM, "Nothing recorded explains it: the program's rules are newer than the paper."),)


def causes_for_priority(between: Between, priority: UUID, restated: Sequence[str]) -> tuple[Cause, ...]:
    """Return why a priority's light is another; ``restated`` are the codes of its indicators with another light."""
    found: list[Cause] = []
    rollup = between.now.rollups.get(priority)
    if rollup != between.before.rollups.get(priority):
        said = "Its lights are counted again." if rollup is None else (
            f"Rolled up by “{rollup.rule.value}” since {date_text(rollup.on)}: {_ended(rollup.reason)}"
        )  # fmt: skip
        found.append(Cause(CauseKind.ROLLUP, said))
    for snapshot, other, what in (
        (between.now, between.before, "Set to"),
        (between.before, between.now, "No longer set to"),
    ):
        for one in snapshot.overrides:
            if (one.priority, one.position) == (priority, between.position) and one not in other.overrides:
                said = f"{what} {one.light.value} by the {one.by_post}, {date_text(one.on)}: {_ended(one.reason)}"
                found.append(Cause(CauseKind.OVERRIDE, said))
    if restated:
        verb = "has" if len(restated) == 1 else "have"
        found.append(Cause(CauseKind.LIGHTS, f"{listed(list(restated))} {verb} another light."))
    return tuple(found) or (
        Cause(CauseKind.PROGRAM, "Nothing recorded explains it: the program's rules are newer than the paper."),
    )


# --- figures --------------------------------------------------------------------------------------


def _figures(between: Between, use: IndicatorUse) -> Iterator[Cause]:
    then = _by_key(between.before, use, between.position)
    today = _by_key(between.now, use, between.position)
    arrived: dict[UUID | None, list[Figure]] = defaultdict(list)
    revised: dict[tuple[UUID | None, int], list[tuple[Figure, Figure]]] = defaultdict(list)
    for key, figure in today.items():
        old = then.get(key)
        if old is None:
            arrived[figure.import_id].append(figure)
        elif not old.measured.same_as(figure.measured):
            revised[figure.import_id, figure.recorded_in].append((old, figure))
    for import_id, figures in arrived.items():
        count = plural(len(figures), "figure")
        yield Cause(CauseKind.ARRIVED, f"{count} arrived: {_source(between, import_id, figures[0])}.", import_id)
    for (import_id, _), pairs in revised.items():
        shown = ", ".join(f"{new.key.period.label} {_said(old)} → {_said(new)}" for old, new in pairs[:_NAMED])
        more = f" and {len(pairs) - _NAMED} more" if len(pairs) > _NAMED else ""
        yield Cause(
            CauseKind.REVISED, f"{shown}{more}: {_source(between, import_id, pairs[0][1])}.", import_id
        )  # fmt: skip
    gone = [figure for key, figure in then.items() if key not in today]
    for import_id in dict.fromkeys(one.import_id for one in gone):
        mine = [one for one in gone if one.import_id == import_id]
        verb = "was" if len(mine) == 1 else "were"
        of = _source(between, import_id, mine[0])
        yield Cause(CauseKind.TAKEN_BACK, f"{plural(len(mine), 'figure')} {verb} taken back: {of}.", import_id)


def _by_key(snapshot: Snapshot, use: IndicatorUse, position: date) -> dict[FigureKey, Figure]:
    """Return the figures behind a light: of its own series and of those that guard it."""
    known = [one for one in snapshot.uses if one.indicator in {use.indicator, *_definition_of(snapshot, use).guards}]
    series = {one.id for found in known if (one := snapshot.preferred_series(found)) is not None}
    return {
        figure.key: figure
        for one in series
        for figure in snapshot.figures.get(one, ())
        if figure.key.period.counts_from <= position
    }


def _source(between: Between, import_id: UUID | None, figure: Figure) -> str:
    """Name the return, or the hand, that a figure comes from."""
    summary = between.now.imports.get(import_id) if import_id is not None else None
    if summary is None:
        return f"entered by hand on {between.day_text(figure.recorded_in)}"
    named = f"“{summary.file_name}”, received {date_text(summary.received_on)}"
    if figure.recorded_in > summary.number:
        return f"as {named} has it, since a later return was taken back on {between.day_text(figure.recorded_in)}"
    return named


def _said(figure: Figure) -> str:
    measured = figure.measured
    return measured.kind.value.replace("_", " ") if measured.value is None else number_text(
        measured.value, measured.decimals
    )  # fmt: skip


# --- what they are held against -------------------------------------------------------------------


def _targets(between: Between, use: UUID) -> Iterator[Cause]:
    then = {one.id: one for one in between.before.targets.get(use, ())}
    today = {one.id: one for one in between.now.targets.get(use, ())}
    for key in then | today:
        old, new = then.get(key), today.get(key)
        one = new or old
        if old == new or one is None:
            continue
        words = f"{_target(old)} → {_target(new)}"
        yield Cause(CauseKind.TARGET, f"The target for {one.year.label} was changed: {words}.")


def _target(target: Target | None) -> str:
    if target is None:
        return "none"
    number = "" if target.value is None else number_text(target.value, max(0, -_exponent(target)))
    words = {
        TargetKind.VALUE: number,
        TargetKind.PERCENT_ON_BASELINE: f"{number} % on the baseline",
        TargetKind.POINTS: f"{number} points on the baseline",
        TargetKind.DIRECTION: "direction alone",
        TargetKind.RANGE: f"{target.lower} to {target.upper}",
    }[target.kind]
    parts = [words]
    if target.end_of_path:
        parts.append("at the end of a straight path")
    if target.rule is not None:
        parts.append(f"rule “{target.rule.value.replace('_', ' ')}”")
    if target.kind in {TargetKind.VALUE, TargetKind.PERCENT_ON_BASELINE, TargetKind.POINTS}:
        amount = target.tolerance.amount
        parts.append(f"tolerance {f'{amount} points' if target.tolerance.in_points else f'{amount:.0%}'}")
    if target.state is not TargetState.APPROVED:
        parts.append(target.state.value)
    return ", ".join(parts)


def _exponent(target: Target) -> int:
    exponent = target.value.normalize().as_tuple().exponent if target.value is not None else 0
    return exponent if isinstance(exponent, int) else 0


def _baseline(between: Between, use: UUID) -> Iterator[Cause]:
    old, new = between.before.baselines.get(use), between.now.baselines.get(use)
    if old != new:
        then, today = (one.printed or one.kind.value.replace("_", " ") if one else "none" for one in (old, new))
        words = f"The baseline was changed: {then} → {today}" if then != today else "The baseline was changed"
        yield Cause(CauseKind.BASELINE, f"{words}.")


def _decisions(between: Between, use: UUID) -> Iterator[Cause]:
    subjects = {one.key: one.subjects for one in between.findings}
    for held, other, what in ((between.now, between.before, ""), (between.before, between.now, "No longer: ")):
        theirs = {one.id for one in other.decisions}
        for one in held.decisions:
            if one.id not in theirs and use in {*_named_in(one), *subjects.get(one.finding, ())}:
                words = f"{what}doubt {one.finding} {_VERDICTS[one.verdict]}: {_ended(one.reason)}"
                yield Cause(CauseKind.DECISION, words[:1].upper() + words[1:])


def _named_in(decision: Decision) -> set[UUID]:
    return {use for one in decision.corrections for use in (one.use, one.other) if use is not None}


def _definition(between: Between, before: IndicatorUse, now: IndicatorUse) -> Iterator[Cause]:
    old, new = _definition_of(between.before, before), _definition_of(between.now, now)
    if old.version != new.version:
        yield Cause(CauseKind.DEFINITION, f"Definition {new.version} stands in place of {old.version}.")
    elif old != new:
        yield Cause(CauseKind.DEFINITION, "Its definition was edited.")
    if before != now:
        yield Cause(CauseKind.DEFINITION, "How the strategy uses it was edited.")
    if between.before.preferred_series(before) != between.now.preferred_series(now):
        yield Cause(CauseKind.DEFINITION, "Another series is preferred, or it was edited.")
    if old.denominator and _denominators(between.before, old) != _denominators(between.now, new):
        yield Cause(CauseKind.DEFINITION, f"The number of {old.denominator} is another.")


def _denominators(snapshot: Snapshot, definition: Definition) -> set[object]:
    return {one for one in snapshot.denominators if one.name == definition.denominator}


def _definition_of(snapshot: Snapshot, use: IndicatorUse) -> Definition:
    return snapshot.definition_of(use)


def _breaks(between: Between, use: IndicatorUse) -> Iterator[Cause]:
    for held, other, what in (
        (between.now, between.before, "Break"),
        (between.before, between.now, "No longer a break"),
    ):
        for one in held.breaks:
            if one.indicator == use.indicator and one not in other.breaks:
                yield Cause(CauseKind.BREAK, f"{what} on {date_text(one.on)}: {_ended(one.cause)}")


def _ended(text: str) -> str:
    return f"{text.strip().rstrip('.')}."
