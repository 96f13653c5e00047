"""What the intakes of two cohorts show side by side: each intake, all of them together, and from first to last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.cohorts import LEAST_SIZE, Cohort, CohortComparison, CohortPair, compare_cohorts
from scs_desktop.domain.due import date_text
from scs_desktop.domain.figures import Figure, Origin, Part, rounded
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.intervals import Interval, share_interval
from scs_desktop.domain.periods import (
    APRIL,
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    position_label,
)
from scs_desktop.domain.sentences import capital, listed, number_text, p_text, signed_points
from scs_desktop.domain.series_figures import SeriesFigures, series_figures
from scs_desktop.domain.suppression import SMALLEST_SHOWN

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Series
    from scs_desktop.domain.snapshot import Snapshot

CAUTION = "The groups were not drawn by lot: who was chosen may explain a difference as well as what was done."
GONE = "A data set of this comparison was taken out of the store. Name both data sets again."
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Group:
    """One cohort as it is shown.

    Attributes:
        size, events: None where they are not to be shown or not known; ``size_text`` and ``events_text`` say what is.
        share: from 0 to 1, with Wilson's limits; None where a count is withheld.

    """

    name: str
    size: int | None
    events: int | None
    size_text: str
    events_text: str
    share: float | None = None
    interval: Interval | None = None

    @property
    def share_text(self) -> str:
        """Return "23.1 %", or nothing."""
        return "" if self.share is None else f"{number_text(Decimal(repr(self.share * 100)), 1)} %"

    @property
    def interval_text(self) -> str:
        """Return "13.7–36.1 %", or nothing."""
        if self.interval is None:
            return ""
        low, high = (number_text(Decimal(repr(one * 100)), 1) for one in (self.interval.low, self.interval.high))
        return f"{low}–{high} %"


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """An intake's two cohorts, or all intakes together.

    Attributes:
        label: "2009/10"; ``followed`` until when: "March 2011".
        comparison: None where a side is missing or withheld; ``note`` says why.
        figures: stored figures that it rests on.

    """

    label: str
    followed: str
    group: Group
    other: Group
    comparison: CohortComparison | None
    note: str = ""
    figures: tuple[UUID, ...] = ()
    intake: Period | None = None

    @property
    def verdict(self) -> str:
        """Return the finding in a few words."""
        if self.comparison is None:
            return self.note
        if min(self.comparison.cohort.size, self.comparison.other.size) < LEAST_SIZE:
            return "too few to tell"
        return {1: "clearly more", -1: "clearly fewer", 0: "no clear difference"}[self.comparison.clear_direction]

    @property
    def difference_text(self) -> str:
        """Return "−18.3 points (−33.9 to −1.0)", cohort less other; nothing where it is not known."""
        if self.comparison is None:
            return ""
        test = self.comparison.test
        low, high = (
            signed_points(one * 100).removesuffix(" points") for one in (test.interval.low, test.interval.high)
        )
        return f"{signed_points(test.difference * 100)} ({low} to {high})"

    @property
    def p_text(self) -> str:
        """Return "p = .041", with Fisher's name where it is his; nothing where no test can tell."""
        if self.comparison is None or self.verdict == "too few to tell":
            return ""
        return p_text(self.comparison.p) + (", Fisher’s exact" if self.comparison.exact else "")


@dataclass(frozen=True, slots=True)
class PairResult:
    """A pair of cohorts at a position.

    Attributes:
        priority: number and name of the priority it stands under.
        names: what the two groups are called.
        pooled: all intakes together, None where they overlap or there is one alone; ``pooled_note`` says why.
        sentence: the finding, of all intakes together where that can be said, else of the latest.
        trends: from the first intake to the last, a sentence a group.
        source: who sends the figures, in which data sets.
        withheld: why nothing of it may be published; then there are no intakes.

    """

    pair: CohortPair
    priority: str
    names: tuple[str, str]
    intakes: tuple[IntakeResult, ...]
    pooled: IntakeResult | None
    pooled_note: str
    sentence: str
    caution: str
    trends: tuple[str, ...]
    source: str
    illustrative: bool = False
    withheld: str = ""

    @property
    def rows(self) -> tuple[IntakeResult, ...]:
        """The intakes, then all of them together."""
        return self.intakes if self.pooled is None else (*self.intakes, self.pooled)

    @property
    def figures(self) -> tuple[UUID, ...]:
        """Every stored figure that it rests on."""
        return tuple(dict.fromkeys(one for intake in self.intakes for one in intake.figures))


@dataclass(frozen=True, slots=True)
class CohortResults:
    """Every pair of a strategy at a position; ``public`` where small counts are withheld."""

    name: str
    partnership: str
    kind: StoreKind
    position: date
    known_on: date
    as_at: int | None
    pairs: tuple[PairResult, ...]
    public: bool = False

    @property
    def position_text(self) -> str:
        """The position as a title says it: "Q2 2011/12"."""
        return position_label(self.position)

    @property
    def small_shown(self) -> bool:
        """Whether a count of 1 to 4 is shown, of those who had the event or of those who had not."""
        groups = (group for pair in self.pairs for row in pair.rows for group in (row.group, row.other))
        known = ((one.events, one.size) for one in groups)
        return any(
            _small(events) or _small(size - events) for events, size in known if events is not None and size is not None
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """A group's counts of one intake as stored, or why there are none."""

    cohort: Cohort | None
    note: str
    figures: tuple[Figure, ...]

    @property
    def small(self) -> bool:
        """Whether 1 to 4 had the event, or had not."""
        one = self.cohort
        return one is not None and (_small(one.events) or _small(one.size - one.events))


@dataclass(frozen=True, slots=True)
class _Intake:
    """The two sides of an intake."""

    period: Period
    group: _Side
    other: _Side

    @property
    def both(self) -> bool:
        return self.group.cohort is not None and self.other.cohort is not None

    @property
    def small(self) -> bool:
        return self.group.small or self.other.small


def cohort_results(snapshot: Snapshot, position: date, *, public: bool = False) -> CohortResults:
    """Compare every pair's cohorts whose follow-up ended by the position.

    In a public copy counts of 1 to 4 are withheld, and no sum holds them; a pair whose series or
    imports may not be published yet shows its reason alone.
    """
    strategy = snapshot.strategy
    order = {one.id: one.number for one in snapshot.priorities}
    pairs = sorted(snapshot.cohort_pairs, key=lambda one: (order.get(one.priority, 0), one.name))
    return CohortResults(
        strategy.name,
        strategy.partnership,
        snapshot.kind,
        position,
        snapshot.known_on,
        snapshot.as_at,
        tuple(_pair_result(snapshot, one, position, public=public) for one in pairs),
        public,
    )


def chart_text(pair: PairResult) -> str:
    """Return the drawing of a pair in words: every share with its interval."""
    said = []
    for row in pair.rows:
        sides = [
            f"{one.name} {one.share_text} ({one.interval_text})" if one.share is not None else f"{one.name} not shown"
            for one in (row.group, row.other)
        ]
        said.append(f"{row.label}: {', '.join(sides)}")
    return f"Share that {pair.pair.event} by intake, with 95 % intervals. {'; '.join(said)}."


def axis_end(pair: PairResult) -> float:
    """Return where the drawing's axis of shares ends: the next tenth past every interval, 1 at most."""
    highs = [one.interval.high for row in pair.rows for one in (row.group, row.other) if one.interval is not None]
    return min(1.0, math.ceil(max(highs, default=1.0) * 10 + 0.001) / 10)


def intake_label(period: Period) -> str:
    """Return an intake as an officer names it: "2009/10", "April–September 2010"."""
    yearly = period.start.month == APRIL and period.months == MONTHS_IN_YEAR
    return Period(period.start, period.end, PeriodKind.FINANCIAL_YEAR if yearly else PeriodKind.SPAN).label


def group_names(first: str, second: str) -> tuple[str, str]:
    """Return what two data sets are called where both begin alike: what follows the words they share."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    shared = "".join(letter for letter, _ in alike)
    cut = max((shared.rfind(sign) + len(sign) for sign in (", ", ": ", " – ", " - ") if sign in shared), default=0)
    names = first[cut:].strip(), second[cut:].strip()
    return (capital(names[0]), capital(names[1])) if all(names) else (first, second)


def _pair_result(snapshot: Snapshot, pair: CohortPair, position: date, *, public: bool) -> PairResult:
    series = tuple(snapshot.series[one] for one in (pair.series, pair.other) if one in snapshot.series)
    number = next((f"{one.number}  {one.name}" for one in snapshot.priorities if one.id == pair.priority), "")
    if len(series) < 2:  # noqa: PLR2004 - a comparison has two sides
        return PairResult(pair, number, ("", ""), (), None, "", GONE, CAUTION, (), "")
    names = group_names(series[0].data_set, series[1].data_set)
    found = tuple(series_figures(one, snapshot.figures.get(one.id, ()), position) for one in series)
    intakes = _intakes(found, names)
    used = [figure for one in intakes for side in (one.group, one.other) for figure in side.figures]
    withheld = _not_published(snapshot, pair, used) if public else ""
    source = "; ".join(dict.fromkeys(_source(snapshot, one, names) for one in series))
    illustrative = any(figure.measured.origin is Origin.ILLUSTRATIVE for figure in used)
    if withheld:
        return PairResult(pair, number, names, (), None, "", withheld, CAUTION, (), source, illustrative, withheld)
    pooled, pooled_note = _pooled(intakes, names, public=public)
    rows = tuple(_row(pair, names, one, public=public) for one in intakes)
    together = None if pooled is None else _together(pair, names, pooled, "Together" if pooled_note else "All intakes")
    shown = rows if together is None else (*rows, together)
    return PairResult(
        pair=pair,
        priority=number,
        names=names,
        intakes=rows,
        pooled=together,
        pooled_note=pooled_note,
        sentence=_sentence(shown),
        caution=_caution(rows, together),
        trends=_trends(rows, names),
        source=source,
        illustrative=illustrative,
    )


# --- from stored figures to cohorts -----------------------------------------------------------------


def _intakes(found: tuple[SeriesFigures, ...], names: tuple[str, str]) -> tuple[_Intake, ...]:
    by_period: dict[tuple[date, date], dict[int, tuple[Period, int]]] = {}
    for side, figures in enumerate(found):
        for number in figures.order:
            period = figures.period_at(number)
            by_period.setdefault((period.start, period.end), {})[side] = (period, number)
    made: list[_Intake] = []
    for sides in (by_period[key] for key in sorted(by_period)):
        both = [_side(found[side], names[side], sides.get(side)) for side in (0, 1)]
        period = next(iter(sides.values()))[0]
        if len({one.counts_from for one, _ in sides.values()}) > 1:
            both = [_Side(None, "followed for different times", one.figures) for one in both]
        made.append(_Intake(period, both[0], both[1]))
    return tuple(made)


def _side(found: SeriesFigures, name: str, at: tuple[Period, int] | None) -> _Side:
    if at is None:
        return _Side(None, f"no figures: {name}", ())
    number = at[1]
    parts = (Part.NUMERATOR, Part.DENOMINATOR, Part.SAMPLE_SIZE, Part.VALUE)
    figures = tuple(figure for part in parts if (figure := found.at(number, part)) is not None)
    size = found.number(number, Part.DENOMINATOR)
    size = found.number(number, Part.SAMPLE_SIZE) if size is None else size
    events, share = found.number(number, Part.NUMERATOR), found.number(number)
    if events is None and share is not None and size is not None:
        events = rounded(share * size / _HUNDRED, 0)
    if events is None or size is None:
        return _Side(None, f"a count is missing: {name}", figures)
    if size <= 0 or not 0 <= events <= size or events % 1 or size % 1:
        return _Side(None, f"{number_text(events)} of {number_text(size)} cannot be: {name}", figures)
    return _Side(Cohort(name, int(size), int(events)), "", figures)


def _pooled(intakes: Sequence[_Intake], names: tuple[str, str], *, public: bool) -> tuple[_Intake | None, str]:
    """Add up the intakes that have both sides, where nobody can be in two of them.

    A public copy adds up what it shows: a sum with a withheld count in it would give that away, if not here then
    beside the sum of another quarter's copy.
    """
    both = [one for one in intakes if one.both]
    whole = [one for one in both if not (public and one.small)]
    if len(whole) < 2:  # noqa: PLR2004 - one intake stands for itself
        return None, ""
    if any(left.period.overlaps(right.period) for index, left in enumerate(whole) for right in whole[index + 1 :]):
        return None, "The intakes overlap: some are in two of them, so they are not added up."
    sides = []
    for name, cohorts in zip(names, zip(*((one.group, one.other) for one in whole), strict=True), strict=True):
        known = [one.cohort for one in cohorts if one.cohort is not None]
        total = Cohort(name, sum(one.size for one in known), sum(one.events for one in known))
        sides.append(_Side(total, "", tuple(figure for one in cohorts for figure in one.figures)))
    span = Period(whole[0].period.start, whole[-1].period.end, PeriodKind.SPAN, whole[-1].period.counts_from)
    without, small = len(intakes) - len(both), len(both) - len(whole)
    reasons = [f"{without} without both groups" if without else "", f"{small} with small numbers" if small else ""]
    told = listed([one for one in reasons if one])
    return _Intake(span, sides[0], sides[1]), f"Left out of the intakes together: {told}." if told else ""


# --- what may be published --------------------------------------------------------------------------


def _not_published(snapshot: Snapshot, pair: CohortPair, figures: Sequence[Figure]) -> str:
    """Return why a rule keeps the pair's series or imports back, if one does."""
    imports = {figure.import_id for figure in figures}
    for rule in snapshot.publication:
        held = rule.not_before is None or rule.not_before > snapshot.known_on
        mine = rule.series in {pair.series, pair.other} or (rule.import_id is not None and rule.import_id in imports)
        if held and mine:
            until = "" if rule.not_before is None else f" before {date_text(rule.not_before)}"
            return f"Not for publication{until}: {rule.reason}"
    return ""


def _small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


# --- rows and sentences -----------------------------------------------------------------------------


def _group(side: _Side, label: str, *, public: bool) -> Group:
    """Return a side as it is shown; a public copy withholds counts of 1 to 4 who had the event, or had not.

    Who had not is never printed, but a subtraction away.
    """
    cohort = side.cohort
    if cohort is None:
        return Group(label, None, None, "", "")
    few = f"fewer than {SMALLEST_SHOWN}"
    if public and side.small:
        size = None if _small(cohort.size) else cohort.size
        events = few if _small(cohort.events) else "withheld"
        return Group(label, size, None, few if size is None else f"{size:,}", events)
    interval = share_interval(cohort.share, cohort.size)
    return Group(label, cohort.size, cohort.events, f"{cohort.size:,}", f"{cohort.events:,}", cohort.share, interval)


def _row(pair: CohortPair, names: tuple[str, str], one: _Intake, *, public: bool) -> IntakeResult:
    group, other = _group(one.group, names[0], public=public), _group(one.other, names[1], public=public)
    comparison = None
    note = one.group.note or one.other.note
    if one.group.cohort is not None and one.other.cohort is not None:
        if group.events is None or other.events is None:
            note = "withheld: small numbers"
        else:
            comparison = compare_cohorts(one.group.cohort, one.other.cohort, event=pair.event)
    followed = Period(one.period.counts_from, one.period.counts_from, PeriodKind.SNAPSHOT).label
    figures = tuple(figure.id for side in (one.group, one.other) for figure in side.figures)
    return IntakeResult(
        intake_label(one.period), followed.partition(" ")[2], group, other, comparison, note, figures, one.period
    )


def _together(pair: CohortPair, names: tuple[str, str], pooled: _Intake, label: str) -> IntakeResult:
    row = _row(pair, names, pooled, public=False)
    return IntakeResult(label, "", row.group, row.other, row.comparison, row.note, row.figures)


def _sentence(rows: Sequence[IntakeResult]) -> str:
    """Return the finding of all intakes together, else of the latest that can be told."""
    told = next((one for one in reversed(rows) if one.comparison is not None), None)
    if told is not None and told.comparison is not None:
        before = "" if told.intake is None else f"{told.label}. "
        return f"{before}{told.comparison.sentence}"
    if rows:
        return f"No intake can be compared: {rows[-1].note}."
    return "No figures yet: no intake’s follow-up has ended by this position, or its return has not come."


def _caution(rows: Sequence[IntakeResult], together: IntakeResult | None) -> str:
    """Return what the comparison does not prove; and where adding up the intakes made a difference that none has."""
    if together is None or together.comparison is None:
        return CAUTION
    each = [one.comparison.test.difference for one in rows if one.comparison is not None]
    if len(each) == len(rows) and not min(each) <= together.comparison.test.difference <= max(each):
        return f"{CAUTION} All intakes together differ by more or less than any one of them: read each intake."
    return CAUTION


def _trends(rows: Sequence[IntakeResult], names: tuple[str, str]) -> tuple[str, ...]:
    """Return for each group what changed from its first intake to its last."""
    said: list[str] = []
    for side in (0, 1):
        known = [
            (one, cohort)
            for one in rows
            if one.comparison is not None
            and (cohort := (one.comparison.cohort if side == 0 else one.comparison.other)) is not None
        ]
        if len(known) < 2:  # noqa: PLR2004 - one is no trend
            continue
        (first_row, first), (last_row, last) = known[0], known[-1]
        if first_row.intake is None or last_row.intake is None or first_row.intake.overlaps(last_row.intake):
            continue
        shares = [number_text(Decimal(repr(one.share * 100)), 1) for one in (first, last)]
        if min(first.size, last.size) < LEAST_SIZE:
            verdict = "too few to tell"
        else:
            found = compare_cohorts(last, first)
            verdict = {1: "clearly more", -1: "clearly fewer", 0: "no clear change"}[found.clear_direction]
        said.append(
            f"{names[side]}: {shares[0]} % of the {first_row.label} intake, {shares[1]} % of the {last_row.label} "
            f"intake: {verdict}."
        )
    return tuple(said)


def _source(snapshot: Snapshot, series: Series, names: tuple[str, str]) -> str:
    """Return who sends a series; with its data set where the groups' names do not say it."""
    agency = snapshot.agencies.get(series.agency)
    sender = "" if agency is None else agency.name
    shared = next(
        (series.data_set[: -len(name)].rstrip(" ,:–-") for name in names if _ends_with(series.data_set, name)),
        series.data_set,
    )
    return ": ".join(part for part in (sender, shared) if part)


def _ends_with(text: str, name: str) -> bool:
    return len(name) < len(text) and text.casefold().endswith(name.casefold())
