"""An indicator's row at a position: value, comparator, direction, age and trend beside its status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.baselines import baseline_text, own_baseline, published_value, year_name
from scs_desktop.domain.case import Case
from scs_desktop.domain.control import assurance_sentence, process_of
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.due import data_state
from scs_desktop.domain.figures import Unit, rounded
from scs_desktop.domain.heading import outlook_of
from scs_desktop.domain.measure import Measure
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
)
from scs_desktop.domain.position import (
    DoubtReading,
    IndicatorPosition,
    Status,
    Unrated,
)
from scs_desktop.domain.sentences import (
    capital,
    exact_decimals,
    value_text,
)
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Adding, Definition, Denominator, IndicatorUse
from scs_desktop.domain.targets import BaselineKind
from scs_desktop.domain.travel import direction_of, recent_sentence
from scs_desktop.domain.trend_points import target_path, trend_baseline, trend_breaks, trend_points

_RATE_DECIMALS = 1
_DIRECTION = re.compile(
    r"^(?:increased?|reduced|reduction|decreased?|improved|improvement)(?: in| of)? +", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is made of, once its light is known."""

    use: IndicatorUse
    case: Case
    status: Status
    readings: tuple[DoubtReading, ...]
    findings: tuple[Finding, ...]


def decided_name(snapshot: Snapshot, reading: Reading, use: IndicatorUse) -> str:
    """Return the indicator's name, or that of the label which was decided for it."""
    label = reading.uses[use.id].label
    return snapshot.indicators[use.indicator].name if label == use.label else named(label)


def indicator_position(snapshot: Snapshot, reading: Reading, row: Row) -> IndicatorPosition:
    """Return the indicator as every page, window and command shows it."""
    use, case, status = row.use, row.case, row.status
    definition, made = case.definition, case.made
    indicator = snapshot.indicators[use.indicator]
    series = None if case.found is None else case.found.series
    agency = None if series is None else snapshot.agencies.get(series.agency)
    who = "" if agency is None else agency.short_name or agency.name
    direction, direction_sentence = direction_of(case)
    comparator = status.comparator
    trend = trend_points(case)
    mean, mean_text = trend_baseline(case)
    path = target_path(case)
    in_doubt = status.unrated is Unrated.BASELINE_IN_DOUBT
    outlook, outlook_sentence = outlook_of(case, in_doubt=in_doubt)
    aim = path[-1].value if path else None if case.barred is not None else mean
    process = process_of(case, trend, None if in_doubt else aim)
    level = "path" if path else mean_text
    aimed = "" if aim is None else f"the {level} of {case.text(shown(definition, aim))}"
    return IndicatorPosition(
        use=use.id,
        code=use.code,
        name=decided_name(snapshot, reading, use),
        priority=use.priority,
        order=use.order,
        headline=use.headline,
        unit=definition.unit,
        polarity=definition.polarity,
        decimals=definition.decimals,
        period=None if made is None else made.period,
        period_text=period_text(made),
        value=None if made is None else made.value,
        value_text="" if made is None or made.value is None else case.text(made.value),
        rate_text=rate_text(definition, None if made is None else made.value, made, reading.denominators),
        comparator=comparator,
        comparator_text="" if comparator is None else case.text(shown(definition, comparator)),
        baseline_text=baseline_text(case.baseline, definition),
        baseline_note=_baseline_note(case, reading.notes.get(use.id, ())),
        status=status,
        direction=direction,
        direction_sentence=direction_sentence,
        recent_sentence=recent_sentence(case),
        data=data_state(case.found, made, case.expected, case.position, case.known_on),
        readings=row.readings,
        trend=trend,
        findings=row.findings,
        sources=() if made is None else made.figures,
        agency=who,
        source_text=", ".join(part for part in (who, "" if series is None else series.data_set) if part),
        illustrative=(series is not None and series.illustrative) or (made is not None and made.illustrative),
        short_name=indicator.short_name,
        trend_baseline=mean,
        trend_baseline_text=mean_text,
        target_path=path,
        breaks=trend_breaks(case),
        headline_of=tuple(one.id for one in snapshot.headlines if use.id in one.uses),
        outlook=outlook,
        outlook_sentence=outlook_sentence,
        process=process,
        assurance_sentence="" if process is None else assurance_sentence(process, aimed),
        baseline_until=None if case.barred is None else case.barred.on,
    )


def named(label: str) -> str:
    """Return a label as the name of what is measured, without the direction it is to take."""
    bare = _DIRECTION.sub("", label)
    return capital(bare) if bare else label


def shown(definition: Definition, value: Decimal) -> Decimal:
    """Return a comparator as it is shown: a part of a printed count in whole cases."""
    return rounded(value, 0) if definition.unit is Unit.COUNT else value


def period_text(made: Measure | None) -> str:
    """Return what the value covers: the stored part where figures are missing."""
    if made is None:
        return ""
    if made.covered is not None and not made.complete:
        return made.covered.label
    return made.period.label


# --- beside the value -----------------------------------------------------------------------------


def rate_text(
    definition: Definition,
    value: Decimal | None,
    made: Measure | None,
    denominators: Sequence[Denominator],
    *,
    decimals: int = _RATE_DECIMALS,
) -> str:
    """Return a count as a rate where its denominator is known: "38.0 per 1,000 population so far"."""
    if definition.unit is not Unit.COUNT or value is None or made is None or definition.per is None:
        return ""
    denominator = denominator_of(definition, made.period, denominators)
    if denominator is None or not denominator.value:
        return ""
    rate = value * definition.per / denominator.value
    text = value_text(rate, Unit.RATE, decimals, f"per {definition.per:,} {definition.denominator}")
    return f"{text} so far" if made.period.months < MONTHS_IN_YEAR and adding_up(definition) else text


def adding_up(definition: Definition) -> bool:
    """Whether the value of a part of a year is less than a year's."""
    return definition.over_time in {Adding.SUM, Adding.LAST}


def denominator_of(definition: Definition, period: Period, denominators: Sequence[Denominator]) -> Denominator | None:
    """Return the denominator of the definition's name that is valid in the period."""
    named = [one for one in denominators if one.name == definition.denominator]
    valid = [
        one
        for one in named
        if (one.year_start is None or one.year_start <= period.end)
        and (one.year_end is None or one.year_end >= period.end)
    ]
    return next(iter(valid), None)


def _baseline_note(case: Case, notes: Sequence[str]) -> str:
    parts = list(notes)
    baseline, found = case.baseline, case.found
    if baseline is not None and found is not None and baseline.kind is BaselineKind.PUBLISHED:
        own = own_baseline(found, case.definition, case.year)
        printed = published_value(baseline, case.definition)
        if own is not None and own.value is not None and printed is not None and own.value != printed.measured.value:
            places = exact_decimals(own.value, most=max(case.definition.decimals, 1))
            parts.append(f"own series {year_name(case.year)}: {value_text(own.value, case.definition.unit, places)}")
    if baseline is not None and baseline.printed:
        parts.append(f"printed: {baseline.printed}")
    return "; ".join(parts)
