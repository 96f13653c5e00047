"""What may leave the building: a strategy's knowledge without what no public copy may show.

Withheld figures are taken out before anything is worked out from them, so that no value, rate, light, sentence,
line or outlook of a public copy can know them: whatever the hidden numbers are, the copy is the same. What a
reader could add up is taken out with them (``public_cells``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.corrections import Reading, as_decided
from scs_desktop.domain.decisions import Correction, Decision
from scs_desktop.domain.due import date_text
from scs_desktop.domain.figures import Figure, FigureKey, FigureKind, Measured, Part
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.domain.position import (
    Direction,
    HeadlinePart,
    HeadlinePosition,
    IndicatorPosition,
    Light,
    PriorityPosition,
    Status,
    StrategyPosition,
    Unrated,
)
from scs_desktop.domain.priority_rows import priority_position
from scs_desktop.domain.public_cells import Cell, Published, cases, is_small, small_cells, withheld_cells, withheld_keys
from scs_desktop.domain.publication import PublicationRule
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import Rated, count_lights, roll_up
from scs_desktop.domain.sentences import listed
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.suppression import SMALLEST_SHOWN, Withheld
from scs_desktop.domain.targets import Baseline

FEW = f"fewer than {SMALLEST_SHOWN}"
_WITHHELD_TEXT = "withheld"
_SAID_IN_WORDS = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|single|none|both|half|twice|double[ds]?)\b", re.IGNORECASE
)
_NOT_SAID = "withheld here, as it may name a figure that is"


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """What a store knows, as far as it may be told.

    Attributes:
        snapshot: the knowledge without withheld figures, files, notes and names.
        reasons: by indicator, the sentence why figures of it are left out.
        keys: what is withheld.
        small: the indicators with a figure under five, which the board's copy shows.

    """

    snapshot: Snapshot
    reasons: Mapping[UUID, str]
    keys: frozenset[FigureKey]
    small: frozenset[UUID]


def public_position(snapshot: Snapshot, position: date, *, on: date) -> StrategyPosition:
    """Rate the strategy as a public copy printed on the day may show it; ``snapshot`` is the whole knowledge.

    Lights of priorities are rolled up from what may be told, and say so, so that none of them gives a figure
    away.
    """
    copy = public_copy(snapshot, on=on)
    rated = rate_strategy(copy.snapshot, position)
    shown = {row.use: row for priority in rated.priorities for row in priority.indicators}
    withheld = {use for use, row in shown.items() if any(one.key in copy.keys for one in row.sources)}
    rows = _unguarded(snapshot, shown, withheld)
    rows = {use: _public_row(row, copy, snapshot, withheld=use in withheld) for use, row in rows.items()}
    priorities = tuple(
        _public_priority(priority_position(copy.snapshot, one, rows, position), withheld)
        for one in sorted(snapshot.priorities, key=lambda one: one.number)
    )
    return replace(
        rated,
        headlines=tuple(_public_headline(one, rows) for one in rated.headlines),
        priorities=priorities,
        counts=count_lights(row.status for row in rows.values()),
        findings=(),
        open_findings=(),
    )


def small_figures(snapshot: Snapshot, until: date) -> frozenset[UUID]:
    """Return the uses whose figures under five a board's copy of the position shows."""
    reading = as_decided(snapshot)
    cells = small_cells(_published(snapshot, reading), reading.denominators)
    small = {cell.indicator for cell in cells if cell.period is not None and cell.period.counts_from <= until}
    baselines = _small_baselines(snapshot, reading)
    return frozenset(use.id for use in snapshot.uses if use.indicator in small or use.id in baselines)


def public_copy(snapshot: Snapshot, *, on: date) -> PublicCopy:
    """Take out of a store's knowledge what a public copy printed on the day may not show."""
    reading = as_decided(snapshot)
    published = _published(snapshot, reading)
    rules = {
        figure.key: rule
        for one in published.values()
        for figure in one.figures
        if (rule := _forbidden(figure, snapshot.publication, on)) is not None
    }
    kept_back = {
        Cell(indicator, figure.key.period)
        for indicator, one in published.items()
        for figure in one.figures
        if figure.key in rules
    }
    cells = withheld_cells(published, reading.denominators, kept_back)
    keys = withheld_keys(published, cells)
    baselines = _small_baselines(snapshot, reading)
    small = {cell.indicator for cell, why in cells.items() if why is Withheld.SMALL}
    small |= {use.indicator for use in snapshot.uses if use.id in baselines}
    reasons = _reasons(published, keys, rules, small)
    by_use = {use.id: use.indicator for use in snapshot.uses}
    silent = {use.priority for use in snapshot.uses if use.indicator in reasons} | {
        one.id for one in snapshot.priorities if any(by_use.get(use) in reasons for use in one.derived_from)
    }
    figures = {
        series: tuple(_public_figure(one, keys, rules) for one in rows if not _hidden_component(one, snapshot, series))
        for series, rows in snapshot.figures.items()
    }
    public = replace(
        _without_names(snapshot, silent, frozenset(reasons)),
        figures=figures,
        baselines={
            key: _public_baseline(one) if one.use in baselines else one for key, one in snapshot.baselines.items()
        },
        decisions=tuple(_public_decision(one, baselines) for one in snapshot.decisions),
    )
    return PublicCopy(public, reasons, frozenset({*keys, *rules}), frozenset(small))


# --- what is withheld -----------------------------------------------------------------------------


def _published(snapshot: Snapshot, reading: Reading) -> dict[UUID, Published]:
    """Return, by indicator, what public papers would show of it: the figures of its preferred series."""
    found: dict[UUID, Published] = {}
    strategy = snapshot.strategy
    year = Period(strategy.baseline_start, strategy.baseline_end, PeriodKind.FINANCIAL_YEAR)
    for use in snapshot.uses:
        series = snapshot.preferred_series(use)
        if series is None:
            continue
        baseline = reading.baselines.get(use.id)
        own = year if baseline is None or baseline.period is None else baseline.period
        known = baseline is not None and any(one.part is Part.VALUE for one in baseline.values)
        found[use.indicator] = Published(
            reading.definitions[use.id], series, snapshot.figures.get(series.id, ()), own, known
        )
    return found


def _forbidden(figure: Figure, rules: Sequence[PublicationRule], on: date) -> PublicationRule | None:
    """Return the rule by which the figure may not be published on the day, if there is one."""
    for rule in rules:
        meant = rule.series == figure.key.series if rule.series is not None else rule.import_id == figure.import_id
        names_something = rule.series is not None or rule.import_id is not None
        if names_something and meant and (rule.not_before is None or on < rule.not_before):
            return rule
    return None


def _small_baselines(snapshot: Snapshot, reading: Reading) -> frozenset[UUID]:
    """Return the uses whose baseline, as printed or as corrected, is of fewer than five cases."""
    found: set[UUID] = set()
    for use in snapshot.uses:
        definition = reading.definitions[use.id]
        printed = [one for one in snapshot.baselines.values() if one.use == use.id]
        for baseline in [*printed, *(one for one in (reading.baselines.get(use.id),) if one is not None)]:
            parts: dict[Part, Decimal] = {
                one.part: one.measured.value
                for one in baseline.values
                if one.measured.value is not None and (one.part is not Part.VALUE or one.unit is definition.unit)
            }
            period = baseline.period or baseline.establish_from
            if not definition.hide_small or period is None:
                continue
            if is_small(cases(definition, parts, period, reading.denominators)):
                found.add(use.id)
    return frozenset(found)


def _reasons(
    published: Mapping[UUID, Published],
    keys: Mapping[FigureKey, Withheld],
    rules: Mapping[FigureKey, PublicationRule],
    small: Collection[UUID],
) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for indicator, one in published.items():
        mine = [rules[figure.key] for figure in one.figures if figure.key in rules]
        if mine:
            latest = mine[-1]
            until = "Not for publication" if latest.not_before is None else (
                f"Not for publication before {date_text(latest.not_before)}"
            )  # fmt: skip
            found[indicator] = f"{until}: {latest.reason.strip().rstrip('.')}."
        elif indicator in small:
            found[indicator] = f"Figures that tell of {FEW} cases are withheld, and those that would give them away."
        elif any(figure.key in keys for figure in one.figures):
            found[indicator] = "Some figures are withheld: with them a small number elsewhere could be worked out."
    return found


# --- taking it out --------------------------------------------------------------------------------


def _public_figure(
    figure: Figure, keys: Mapping[FigureKey, Withheld], rules: Mapping[FigureKey, PublicationRule]
) -> Figure:
    """Return the figure without the file it was read from and what was noted of it, its number taken out if need be."""
    measured = figure.measured
    if figure.key in rules:
        measured = Measured(FigureKind.NOT_PUBLISHED, text="not for publication", finality=measured.finality,
                            origin=measured.origin)  # fmt: skip
    elif figure.key in keys:
        few = keys[figure.key] is Withheld.SMALL
        measured = Measured(
            FigureKind.SUPPRESSED, text=FEW if few else _WITHHELD_TEXT, finality=measured.finality,
            origin=measured.origin, bound=Decimal(SMALLEST_SHOWN) if few else None,
        )  # fmt: skip
    elif measured.kind is FigureKind.TEXT:
        measured = replace(measured, text="")
    return replace(figure, measured=measured, import_id=None, sources=(), note="")


def _hidden_component(figure: Figure, snapshot: Snapshot, series: UUID) -> bool:
    """Whether the figure is a component of an indicator that hides small numbers: no paper shows those."""
    if figure.key.part is not Part.COMPONENT or series not in snapshot.series:
        return False
    indicator = snapshot.series[series].indicator
    return any(one.hide_small for one in snapshot.definitions.values() if one.indicator == indicator)


def _public_baseline(baseline: Baseline) -> Baseline:
    hidden = Measured(FigureKind.SUPPRESSED, text=FEW, bound=Decimal(SMALLEST_SHOWN))
    values = tuple(replace(one, measured=hidden) for one in baseline.values if one.part is Part.VALUE)
    return replace(baseline, values=values, printed="", other_years=(), note="")


def _public_decision(decision: Decision, hidden: Collection[UUID]) -> Decision:
    """Return the decision without corrections that would put a hidden baseline back."""

    def stays(one: Correction) -> bool:
        return one.use not in hidden and one.other not in hidden

    corrections = tuple(one for one in decision.corrections if stays(one))
    return replace(decision, corrections=corrections, reason="")


def _without_names(snapshot: Snapshot, silent: Collection[UUID], indicators: Collection[UUID]) -> Snapshot:
    """Return the knowledge without files and people, and without words that may tell what is hidden.

    ``silent`` are the priorities and ``indicators`` the indicators with withheld figures.
    """
    return replace(
        snapshot,
        imports={},
        publication=(),
        commentary=tuple(
            replace(one, author_post="")
            for one in snapshot.commentary
            if one.priority not in silent or not _may_tell(one.text)
        ),
        actions=tuple(
            replace(one, owner="") for one in snapshot.actions if one.priority not in silent or not _may_tell(one.text)
        ),
        overrides=tuple(
            replace(one, reason=_NOT_SAID) if one.priority in silent and _may_tell(one.reason) else one
            for one in snapshot.overrides
        ),
        rollups={
            key: replace(one, reason=_NOT_SAID) if key in silent and _may_tell(one.reason) else one
            for key, one in snapshot.rollups.items()
        },
        breaks=tuple(
            replace(
                one,
                cause="cause withheld" if _may_tell(one.cause) else one.cause,
                compared_because=_NOT_SAID if _may_tell(one.compared_because) else one.compared_because,
            )
            if one.indicator in indicators
            else one
            for one in snapshot.breaks
        ),
    )


def _may_tell(text: str) -> bool:
    """Whether free text may name a number."""
    return bool(_SAID_IN_WORDS.search(text))


# --- what is shown instead ------------------------------------------------------------------------


def _unguarded(
    snapshot: Snapshot, rows: Mapping[UUID, IndicatorPosition], withheld: Collection[UUID]
) -> dict[UUID, IndicatorPosition]:
    """Return the rows without good lights that hang on a guard of which nothing may be told."""
    kept_back = {use.indicator for use in snapshot.uses if use.id in withheld}
    done = dict(rows)
    for use in snapshot.uses:
        row = rows.get(use.id)
        guards = [one for one in snapshot.definition_of(use).guards if one in kept_back]
        if row is not None and guards and row.status.light is Light.GREEN:
            guard = snapshot.indicators[guards[0]].name
            sentence = f"Suppressed: a rise counts as good only beside {_lowered(guard)}, which is withheld."
            status = replace(row.status, light=None, unrated=Unrated.SUPPRESSED, hollow=False, sentence=sentence)
            done[use.id] = replace(row, status=status)
    return done


def _public_row(row: IndicatorPosition, copy: PublicCopy, snapshot: Snapshot, *, withheld: bool) -> IndicatorPosition:
    """Return the row; where a figure of its value is ``withheld``, without value, comparison and light."""
    made_of = row.sources
    row = replace(row, findings=(), sources=())
    indicator = next(use.indicator for use in snapshot.uses if use.id == row.use)
    reason = copy.reasons.get(indicator, "")
    if not withheld:
        status = replace(row.status, details=(*row.status.details, reason)) if reason else row.status
        return replace(row, status=status)
    few = bool(made_of) and len({one.key.period for one in made_of}) == 1 and made_of[0].measured.text == FEW
    return replace(
        row,
        value=None,
        value_text=FEW if few else "",
        rate_text="",
        comparator=None,
        comparator_text="",
        status=Status(None, Unrated.SUPPRESSED, f"Suppressed: {_lowered(reason)}"),
        direction=Direction.UNKNOWN,
        direction_sentence="",
        recent_sentence="",
        readings=(),
    )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _public_headline(one: HeadlinePosition, rows: Mapping[UUID, IndicatorPosition]) -> HeadlinePosition:
    """Return the overall measure with what its indicators' public rows say."""
    mine = [row for row in rows.values() if one.id in row.headline_of]
    if not any(row.status.unrated is Unrated.SUPPRESSED for row in mine):
        return one
    hidden = replace(one, moved_text="", chance_text="", outlook_text="", outlook_sentence="",
                     direction=Direction.UNKNOWN, direction_sentence="")  # fmt: skip
    if len(mine) == 1:
        row = mine[0]
        return replace(
            hidden, value_text=row.value_text, comparator_text="", status=row.status, sentence=row.status.sentence
        )
    status = roll_up([Rated(row.code, headline=False, status=row.status) for row in mine])
    return replace(
        hidden,
        value_text=" · ".join(row.value_text or "–" for row in mine),
        comparator_text=" · ".join(row.comparator_text or row.baseline_text for row in mine),
        status=status,
        sentence=status.sentence,
        parts=tuple(_public_part(part, rows[part.use]) for part in one.parts),
    )


def _public_part(part: HeadlinePart, row: IndicatorPosition) -> HeadlinePart:
    return replace(
        part,
        value_text=row.value_text,
        comparator_text=row.comparator_text or row.baseline_text,
        status=row.status,
        direction=row.direction,
        moved_text=row.status.moved_text,
    )


def _public_priority(one: PriorityPosition, withheld: Collection[UUID]) -> PriorityPosition:
    codes = [row.code for row in one.indicators if row.use in withheld]
    if not codes:
        return one
    without = f"Worked out without {listed(codes)}, whose figures are withheld."
    return replace(one, status=replace(one.status, sentence=f"{one.status.sentence} {without}"))
