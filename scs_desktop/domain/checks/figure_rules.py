"""Rules about stored figures: each finds what a return would be asked about if it came in today.

A rule takes the lines of figures and yields each doubt with the figures it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from uuid import UUID

from scs_desktop.domain.arrival import falls_silent, outlier, same_again, share_clash, sum_clash
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Finding, Proposal
from scs_desktop.domain.figures import Figure, Part, Unit
from scs_desktop.domain.periods import MONTHS_IN_YEAR, Period, PeriodKind, months_between
from scs_desktop.domain.sentences import exact_decimals, number_text, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Adding, Definition, IndicatorUse, RatedPart

_ENOUGH = 24
_HUNDRED = Decimal(100)
ASK = Proposal("ask", "Ask the agency; the figure stands until it answers.")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figures of one part of a use's series, of one kind of period, in order of time."""

    use: IndicatorUse
    definition: Definition
    part: Part
    figures: tuple[Figure, ...]

    def named(self, period: Period) -> str:
        """Return a figure's name in a sentence: "1.3, March 2012"."""
        part = "" if self.part is Part.VALUE else f" ({self.part.value.replace('_', ' ')})"
        return f"{self.use.code}{part}, {period.label}"

    def key(self, rule: CheckRule, period: Period) -> str:
        """Return the stable name of a doubt of the rule about the figure of the period."""
        part = "" if self.part is Part.VALUE else f"/{self.part.value}"
        return f"{rule.value}:{self.use.code}{part}:{period.counts_from}:{period.kind.value}"


def figure_lines(snapshot: Snapshot, reading: Reading) -> tuple[FigureLine, ...]:
    """Return the home area's figures of every indicator's preferred series, a line for each part and kind of period."""
    uses = {use.indicator: use for use in reversed(snapshot.uses)}
    found = []
    for series in snapshot.series.values():
        use = None if series.indicator is None else uses.get(series.indicator)
        if use is None or not series.preferred:
            continue
        grouped: defaultdict[tuple[Part, PeriodKind, int], list[Figure]] = defaultdict(list)
        for figure in snapshot.figures.get(series.id, ()):
            if figure.measured.value is not None and figure.superseded_in is None:
                period = figure.key.period
                running = period.months if period.kind is PeriodKind.YEAR_TO_DATE else 0
                grouped[figure.key.part, period.kind, running].append(figure)
        for (part, _, _), figures in grouped.items():
            ordered = tuple(sorted(figures, key=lambda one: one.key.period))
            found.append(FigureLine(use, reading.definitions[use.id], part, ordered))
    return tuple(found)


def _values(line: FigureLine) -> list[Decimal]:
    return [figure.measured.value or Decimal(0) for figure in line.figures]


def _shown(value: Decimal) -> str:
    return number_text(value, exact_decimals(value))


_Found = Iterator[tuple[Finding, tuple[UUID, ...]]]


def _far(lines: Sequence[FigureLine]) -> _Found:
    """Figures far from the last 24 of their line, or from their neighbours where fewer went before."""
    for line in lines:
        values = _values(line)
        whole = line.definition.unit is Unit.COUNT or line.part not in {Part.VALUE, Part.PREDICTED}
        for index, figure in enumerate(line.figures):
            before = values[:index]
            if len(before) < _ENOUGH:
                before = [one for place, one in enumerate(values[: _ENOUGH + 1]) if place != index]
            judged = outlier(before, values[index], counts=whole)
            if judged is None:
                continue
            period = figure.key.period
            usual = _shown(judged.usual.to_integral_value() if whole else judged.usual)
            yield (
                Finding(
                    line.key(CheckRule.OUTLIER, period),
                    CheckRule.OUTLIER,
                    (line.use.id,),
                    f"{line.named(period)}, is {_shown(values[index])}, usually about {usual}.",
                    (f"Held against {plural(judged.points, 'figure')} of the same series.",),
                    (ASK,),
                ),
                (figure.id,),
            )


def _sums(lines: Sequence[FigureLine]) -> _Found:
    """Figures of a long period that are not the sum of their months."""
    months: dict[tuple[UUID, Part], dict[Period, Figure]] = defaultdict(dict)
    for line in lines:
        for figure in line.figures:
            if figure.key.period.kind is PeriodKind.MONTH:
                months[line.use.id, line.part][figure.key.period] = figure
    for line in lines:
        if line.definition.over_time is not Adding.SUM or line.definition.unit is not Unit.COUNT:
            continue
        for figure in line.figures:
            period = figure.key.period
            if period.kind is PeriodKind.MONTH or period.months > MONTHS_IN_YEAR:
                continue
            mine = months[line.use.id, line.part]
            parts = [mine.get(one) for one in months_between(period.start, period.end)]
            held = [one for one in parts if one is not None]
            if len(held) < len(parts) or not held:
                continue
            clash = sum_clash(figure.measured.value or Decimal(0), [one.measured.value or Decimal(0) for one in held])
            if clash is not None:
                yield (
                    Finding(
                        line.key(CheckRule.SUM_DIFFERS, period),
                        CheckRule.SUM_DIFFERS,
                        (line.use.id,),
                        f"{line.named(period)}, is {_shown(clash.whole)}, but its months sum to {_shown(clash.sum)}.",
                        (f"{plural(len(held), 'month')} are stored.",),
                        (ASK,),
                    ),
                    (figure.id, *(one.id for one in held)),
                )


def _parts(lines: Sequence[FigureLine]) -> _Found:
    """Figures that are larger than those of the whole they are a part of."""
    wholes = {
        line.use.indicator: {figure.key.period: figure for figure in line.figures}
        for line in lines
        if line.part is Part.VALUE and line.definition.unit is Unit.COUNT
    }
    codes = {line.use.indicator: line.use.code for line in lines}
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is not Unit.COUNT:
            continue
        for indicator in line.definition.part_of:
            for figure in line.figures:
                whole = wholes.get(indicator, {}).get(figure.key.period)
                value, most = figure.measured.value, None if whole is None else whole.measured.value
                if whole is None or value is None or most is None or value <= most:
                    continue
                yield (
                    Finding(
                        line.key(CheckRule.PART_OVER_WHOLE, figure.key.period),
                        CheckRule.PART_OVER_WHOLE,
                        (line.use.id,),
                        f"{line.named(figure.key.period)}, is {_shown(value)}, more than the {_shown(most)} of "
                        f"{codes[indicator]}, of which it is a part.",
                        (),
                        (ASK,),
                    ),
                    (figure.id, whole.id),
                )


def _shares(lines: Sequence[FigureLine]) -> _Found:
    """Printed shares and rates that are not those of their own parts."""
    parts: dict[tuple[UUID, Part, Period], Figure] = {
        (line.use.id, line.part, figure.key.period): figure for line in lines for figure in line.figures
    }
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is Unit.COUNT:
            continue
        per = _HUNDRED if line.definition.rated is not RatedPart.RATE else line.definition.per or Decimal(1000)
        # Noughts at the end of a fraction say nothing of how exactly the series is printed.
        decimals = max((exact_decimals(value, most=6) for value in _values(line)), default=0)
        for figure in line.figures:
            period, value = figure.key.period, figure.measured.value or Decimal(0)
            top = parts.get((line.use.id, Part.NUMERATOR, period))
            bottom = parts.get((line.use.id, Part.DENOMINATOR, period))
            if top is None or bottom is None or not bottom.measured.value or top.measured.value is None:
                continue
            share = per * top.measured.value / bottom.measured.value
            if share_clash(value, top.measured.value, bottom.measured.value, decimals=decimals, per=per):
                yield (
                    Finding(
                        line.key(CheckRule.SHARE_DIFFERS, period),
                        CheckRule.SHARE_DIFFERS,
                        (line.use.id,),
                        f"{line.named(period)}, is {_shown(value)}, but {_shown(top.measured.value)} of "
                        f"{_shown(bottom.measured.value)} make {number_text(share, decimals + 1)}.",
                        (),
                        (ASK,),
                    ),
                    (figure.id, top.id, bottom.id),
                )


def _again(lines: Sequence[FigureLine]) -> _Found:
    """Periods whose figures are all those of the period before: a column that was sent twice."""
    columns: defaultdict[tuple[UUID | None, PeriodKind, Period], dict[tuple[UUID, Part], Figure]] = defaultdict(dict)
    for line in lines:
        for figure in line.figures:
            columns[figure.import_id, figure.key.period.kind, figure.key.period][line.use.id, line.part] = figure
    everything: defaultdict[tuple[PeriodKind, Period], dict[tuple[UUID, Part], Figure]] = defaultdict(dict)
    for (_, kind, period), column in columns.items():
        everything[kind, period].update(column)
    periods = sorted(everything, key=lambda one: (one[0].value, one[1]))
    earlier_of = {later: earlier for earlier, later in pairwise(periods) if earlier[0] is later[0]}
    codes = {line.use.id: line.use.code for line in lines}
    for (_, kind, period), column in columns.items():
        before = earlier_of.get((kind, period))
        if before is None:
            continue
        now = {key: one.measured.value or Decimal(0) for key, one in column.items()}
        was = {key: one.measured.value or Decimal(0) for key, one in everything[before].items() if key in now}
        count = same_again(was, now)
        if count:
            mine = sorted({codes[use] for use, _ in column})
            yield (
                Finding(
                    f"{CheckRule.SAME_AGAIN.value}:{mine[0]}:{period.counts_from}:{kind.value}",
                    CheckRule.SAME_AGAIN,
                    tuple(dict.fromkeys(use for use, _ in column)),
                    f"All {count} figures of {period.label} are those of {before[1].label}.",
                    (f"Indicators: {', '.join(mine)}.",),
                    (ASK,),
                ),
                tuple(one.id for one in column.values()),
            )


def _ends(lines: Sequence[FigureLine]) -> _Found:
    """Series that are nought to their end after never having been nought before."""
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is not Unit.COUNT:
            continue
        at = falls_silent(_values(line))
        if at is not None:
            since = line.figures[at].key.period
            yield (
                Finding(
                    line.key(CheckRule.SERIES_ENDS, since),
                    CheckRule.SERIES_ENDS,
                    (line.use.id,),
                    f"{line.use.code} is nought from {since.label} on, and never was before.",
                    ("A category may have been renamed, split or moved away.",),
                    (ASK,),
                ),
                tuple(figure.id for figure in line.figures[at:]),
            )


def figure_findings(lines: Sequence[FigureLine]) -> _Found:
    """Yield every doubt that the rules find, with the figures it is about."""
    return chain.from_iterable(rule(lines) for rule in (_far, _sums, _parts, _shares, _again, _ends))
