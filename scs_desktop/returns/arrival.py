"""Checks on arrival: what a return's figures are held against before they are stored.

Pure: planned figures, the present ones and the known denominators in, doubts with their evidence
out. Nothing is changed here; the plan asks, and acts on the answer.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from uuid import UUID

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.arrival import (
    FULL_HISTORY,
    SumClash,
    fractions_for_percent,
    outlier,
    over_hundred,
    same_again,
    share_clash,
    sum_clash,
)
from scs_desktop.domain.figures import FigureKey, Measured, Part, Unit
from scs_desktop.domain.periods import Period, PeriodKind, months_between
from scs_desktop.domain.strategy import Adding, RatedPart
from scs_desktop.returns.plan import Effect, PlanContext, PlannedFigure
from scs_desktop.returns.questions import Choice
from scs_desktop.returns.scoring import Wanted

KEEP, LEAVE_OUT, TIMES_100 = "keep", "leave_out", "times_100"
ONE_BY_ONE = 3
"""So many outliers of one series are asked one by one; more are one question."""
SHOWN = 6
WINDOW_FROM = 24
"""Points from which only what went before a figure judges it; with fewer, its neighbours on both sides do."""
_HUNDRED = Decimal(100)
_KEEP_CHOICE = Choice(KEEP, "They are right: store them, with the reason", 50)
_LEAVE_CHOICE = Choice(LEAVE_OUT, "Leave them out until the agency has said", 50)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about planned figures that somebody should look at.

    ``key`` is the same for the same figures on every run, whatever file brings them. ``choices`` are
    what may be done; those beyond keeping and leaving out put the figures right.
    """

    key: str
    sentence: str
    figures: tuple[FigureKey, ...]
    choices: tuple[Choice, ...] = (_KEEP_CHOICE, _LEAVE_CHOICE)


def shown_number(value: Decimal) -> str:
    """Return the number as it stands in a sentence: thousands apart, at most three decimals."""
    places = min(3, max(0, -exponent)) if isinstance(exponent := value.normalize().as_tuple().exponent, int) else 0
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,}"


def doubt_key(rule: str, parts: Iterable[object]) -> str:
    """Return a stable key for a doubt of the rule about these things."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:16]
    return f"check/{rule}/{digest}"


_Line = tuple[UUID, UUID, Part, PeriodKind, int]


def _line_of(key: FigureKey, wanted: Wanted | None) -> _Line:
    """Return what a figure may be compared along; a year to date only with those of as many months."""
    running = wanted is not None and wanted.series.form is PeriodForm.YEAR_TO_DATE
    return (key.series, key.area, key.part, key.period.kind, key.period.months if running else 0)


class ArrivalChecks:
    """The planned figures of one return, with all they are held against.

    ``usual`` holds, once outliers were looked for, the figures that a long enough history bears out.
    """

    def __init__(self, figures: Mapping[FigureKey, PlannedFigure], context: PlanContext) -> None:
        self.figures = figures
        self.context = context
        self.wanted = {one.series.id: one for one in context.wanted}
        self.names = {area.id: area.name for area in context.areas}
        self.values: dict[FigureKey, Decimal] = {
            key: one.measured.value for key, one in context.current.items() if one.measured.value is not None
        }
        self.before = dict(self.values)
        for key, one in figures.items():
            if one.measured.value is None:
                self.values.pop(key, None)
            else:
                self.values[key] = one.measured.value
        self.changed = {
            key: one.measured.value
            for key, one in figures.items()
            if one.effect is not Effect.SAME and one.measured.value is not None and one.sources
        }
        self.usual: set[FigureKey] = set()
        lines: defaultdict[_Line, list[tuple[Period, Decimal, FigureKey]]] = defaultdict(list)
        for key, value in self.values.items():
            lines[_line_of(key, self.wanted.get(key.series))].append((key.period, value, key))
        self.lines = {line: sorted(found, key=lambda one: one[0]) for line, found in lines.items()}

    def name(self, key: FigureKey) -> str:
        """Return the figure's name in a sentence: indicator, ward, period."""
        wanted = self.wanted.get(key.series)
        where = f" in {self.names.get(key.area, '')}" if key.area != self.context.home else ""
        part = "" if key.part is Part.VALUE else f" ({key.part.value.replace('_', ' ')})"
        return f"{wanted.name if wanted is not None else ''}{part}{where}, {key.period.label}"

    def _unit(self, key: FigureKey) -> Unit:
        wanted = self.wanted.get(key.series)
        return wanted.unit if wanted is not None and key.part in {Part.VALUE, Part.PREDICTED} else Unit.COUNT

    # --- scale ------------------------------------------------------------------------------------

    def scale(self) -> list[Doubt]:
        """Fractions where the history is in percent, and shares of more than the whole."""
        by_series: defaultdict[UUID, dict[FigureKey, Decimal]] = defaultdict(dict)
        for key, value in self.changed.items():
            if self._unit(key) is Unit.PERCENT:
                by_series[key.series].setdefault(key, value)
        found = []
        for series, some in by_series.items():
            history = [
                value for key, value in self.before.items() if key.series == series and self._unit(key) is Unit.PERCENT
            ]
            if fractions_for_percent(list(some.values()), history):
                first = next(iter(some))
                sentence = (
                    f"{self.name(first)} is {shown_number(some[first])}, and earlier figures of it are in percent, "
                    f"such as {shown_number(history[-1])}. Is it a fraction, {shown_number(some[first] * 100)} %?"
                )
                choices = (Choice(TIMES_100, "Yes: times 100", 80), _KEEP_CHOICE, _LEAVE_CHOICE)
                found.append(Doubt(doubt_key("scale", (series, *some.items())), sentence, tuple(some), choices))
            for key, value in some.items():
                if over_hundred(value):
                    sentence = f"{self.name(key)} is {shown_number(value)} %: a share cannot be more than 100."
                    found.append(Doubt(doubt_key("over_100", (key, value)), sentence, (key,)))
        return found

    # --- history ----------------------------------------------------------------------------------

    def outliers(self) -> list[Doubt]:
        """Figures far from the last 24 of their line; many of one series are one question."""
        found: defaultdict[tuple[UUID, Part], list[tuple[FigureKey, str]]] = defaultdict(list)
        self.usual.clear()
        for line, points in self.lines.items():
            for index, (_, value, key) in enumerate(points):
                if key not in self.changed:
                    continue
                before = [one for _, one, _ in points[:index]]
                if len(before) < WINDOW_FROM:
                    before = [one for place, (_, one, _) in enumerate(points[: WINDOW_FROM + 1]) if place != index]
                judged = outlier(before, value, counts=self._unit(key) is Unit.COUNT)
                if judged is not None:
                    whole = self._unit(key) is Unit.COUNT
                    usual = judged.usual.quantize(Decimal(1), rounding=ROUND_HALF_UP) if whole else judged.usual
                    told = f"{shown_number(value)}, usually about {shown_number(usual)}"
                    found[line[0], line[2]].append((key, told))
                elif len(before) >= FULL_HISTORY:
                    self.usual.add(key)
        doubts: list[Doubt] = []
        for group in found.values():
            if len(group) <= ONE_BY_ONE:
                doubts.extend(
                    Doubt(
                        doubt_key("outlier", (key, self.values[key])),
                        f"{self.name(key)}: {told}. Is it right?",
                        (key,),
                        (
                            Choice(KEEP, "It is right: store it, with the reason", 50),
                            Choice(LEAVE_OUT, "Leave it out until the agency has said", 50),
                        ),
                    )
                    for key, told in group
                )
            else:
                keys = tuple(key for key, _ in group)
                listed = "; ".join(f"{self.name(key)}: {told}" for key, told in group[:SHOWN])
                more = f"; and {len(group) - SHOWN} more" if len(group) > SHOWN else ""
                sentence = f"{len(group)} figures are far from their usual level: {listed}{more}. Are they right?"
                doubts.append(Doubt(doubt_key("outlier", [(key, self.values[key]) for key in keys]), sentence, keys))
        return doubts

    def same_as_before(self) -> list[Doubt]:
        """A period whose figures are all those of the period before: last time's column sent again."""
        columns: defaultdict[tuple[PeriodKind, Period], dict[tuple[UUID, UUID, Part], Decimal]] = defaultdict(dict)
        for key, value in self.values.items():
            columns[key.period.kind, key.period][key.series, key.area, key.part] = value
        brought = {(key.period.kind, key.period) for key in self.changed}
        found = []
        ordered = sorted(columns, key=lambda one: (one[0].value, one[1]))
        for (kind, earlier), (same_kind, later) in pairwise(ordered):
            if kind is not same_kind or (kind, later) not in brought:
                continue
            keys = tuple(key for key in self.changed if key.period == later)
            mine = {(key.series, key.area, key.part) for key in keys}
            now = {one: columns[kind, later][one] for one in mine}
            before = {one: value for one, value in columns[kind, earlier].items() if one in mine}
            count = same_again(before, now)
            if count:
                sentence = (
                    f"All {count} figures of {later.label} are those of {earlier.label}. "
                    "Was last time's column sent again?"
                )
                found.append(Doubt(doubt_key("same_again", (later, *sorted(map(str, now.items())))), sentence, keys))
        return found

    # --- within the return ------------------------------------------------------------------------

    def wholes(self) -> list[Doubt]:
        """A part larger than its whole, and long periods that are not the sum of their short ones."""
        by_indicator = {one.series.indicator: one for one in self.context.wanted if one.series.indicator is not None}
        found = []
        clashes: dict[UUID, dict[FigureKey, SumClash]] = {}
        for key, value in self.values.items():
            wanted = self.wanted.get(key.series)
            if wanted is None or key.part is not Part.VALUE or wanted.unit is not Unit.COUNT:
                continue
            for holder in wanted.definition.part_of:
                whole = by_indicator.get(holder)
                if whole is None or whole.unit is not Unit.COUNT:
                    continue
                other = FigureKey(whole.series.id, key.area, key.period)
                if (
                    (key in self.changed or other in self.changed)
                    and other in self.values
                    and value > self.values[other]
                ):
                    sentence = (
                        f"{self.name(key)} is {shown_number(value)}, more than {whole.name} of which it is a part "
                        f"({shown_number(self.values[other])})."
                    )
                    keys = tuple(one for one in (key, other) if one in self.changed)
                    found.append(Doubt(doubt_key("part", (key, value, self.values[other])), sentence, keys))
            clash = self._sum(key, value, wanted)
            if clash is not None:
                clashes.setdefault(key.series, {})[key] = clash
        found.extend(self._sums(some) for some in clashes.values())
        return found

    def _sum(self, key: FigureKey, value: Decimal, wanted: Wanted) -> SumClash | None:
        adds_up = wanted.definition.over_time is Adding.SUM and key.period.kind is not PeriodKind.MONTH
        months = self._months(key) if adds_up else ()
        if len(months) < 2 or any(one not in self.values for one in months):  # noqa: PLR2004  a month is no sum
            return None
        if key not in self.changed and not any(one in self.changed for one in months):
            return None
        return sum_clash(value, [self.values[one] for one in months])

    @staticmethod
    def _months(key: FigureKey) -> tuple[FigureKey, ...]:
        return tuple(FigureKey(key.series, key.area, one) for one in months_between(key.period.start, key.period.end))

    def _sums(self, clashes: Mapping[FigureKey, SumClash]) -> Doubt:
        """Ask once for all long periods of a series that are not the sum of their months."""
        told = [
            f"{self.name(key)} is {shown_number(one.whole)}, and its {len(self._months(key))} months add up to "
            f"{shown_number(one.sum)}"
            for key, one in clashes.items()
        ]
        more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        keys = tuple(dict.fromkeys(one for key in clashes for one in (key, *self._months(key)) if one in self.changed))
        parts = [(key, one.whole, one.sum) for key, one in clashes.items()]
        return Doubt(doubt_key("sum", parts), "; ".join(told[:SHOWN]) + more + ".", keys)

    def shares(self) -> list[Doubt]:
        """A printed share that is not that of its own printed parts."""
        found = []
        decimals: dict[UUID, int] = {}
        for key, value in self.changed.items():
            wanted = self.wanted.get(key.series)
            if wanted is None or key.part is not Part.VALUE or wanted.unit is Unit.COUNT:
                continue
            top = FigureKey(key.series, key.area, key.period, Part.NUMERATOR)
            bottom = FigureKey(key.series, key.area, key.period, Part.DENOMINATOR)
            if top not in self.values or bottom not in self.values:
                continue
            per = _HUNDRED if wanted.definition.rated is not RatedPart.RATE else wanted.definition.per or Decimal(1000)
            printed = decimals.setdefault(key.series, self._decimals(key.series))
            if share_clash(value, self.values[top], self.values[bottom], decimals=printed, per=per):
                sentence = (
                    f"{self.name(key)} is {shown_number(value)}, but {shown_number(self.values[top])} of "
                    f"{shown_number(self.values[bottom])} make "
                    f"{shown_number((per * self.values[top] / self.values[bottom]).quantize(Decimal('0.01')))}."
                )
                keys = tuple(one for one in (key, top, bottom) if one in self.changed)
                numbers = (key, value, self.values[top], self.values[bottom])
                found.append(Doubt(doubt_key("share", numbers), sentence, keys))
        return found

    def _decimals(self, series: UUID) -> int:
        """Return how many decimals the return prints for a series: noughts at the end of a fraction say nothing."""
        printed = [
            exponent
            for key, value in self.changed.items()
            if key.series == series and key.part is Part.VALUE
            if isinstance(exponent := value.normalize().as_tuple().exponent, int)
        ]
        return max(0, -min(printed, default=0))

    def all(self) -> tuple[Doubt, ...]:
        """Return every doubt, each figure's gravest first: what is asked of its scale is not asked of its level."""
        first = self.scale()
        told = {key for one in first for key in one.figures}
        rest = [*self.same_as_before(), *self.wholes(), *self.shares()]
        again = {key for one in rest for key in one.figures}
        far = [one for one in self.outliers() if not set(one.figures) <= told | again]
        return (*first, *rest, *far)


def put_right(measured: Measured, answer: str) -> Measured:
    """Return what a figure says once the officer chose a repair: times 100, or the count that was meant."""
    if measured.value is None:
        return measured
    if answer == TIMES_100:
        return replace(measured, value=measured.value * 100, decimals=max(0, measured.decimals - 2))
    kind, _, number = answer.partition(":")
    if kind == "count" and number.isdigit():
        return replace(measured, value=Decimal(number), decimals=0)
    return measured
