"""Checks of what the series bring against the baselines: disagreement, a baseline still open, two figures for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.baselines import apart, own_baseline, published_value, year_name
from scs_desktop.domain.checks.keys import key_of
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Finding, Proposal
from scs_desktop.domain.figures import FigureKind, rounded
from scs_desktop.domain.periods import Period, PeriodKind, financial_year_label, financial_year_of
from scs_desktop.domain.sentences import exact_decimals, signed_percent, value_text
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import IndicatorUse, RatedPart
from scs_desktop.domain.targets import Baseline, BaselineKind


def series_findings(snapshot: Snapshot, reading: Reading, found: Mapping[UUID, SeriesFigures]) -> tuple[Finding, ...]:
    """Return the doubts about baselines and series, in the strategy's order."""
    findings: list[Finding] = []
    for use in snapshot.uses:
        baseline = reading.baselines.get(use.id)
        printed = snapshot_baseline(snapshot, use)
        if printed is not None and printed.kind is BaselineKind.TO_BE_ESTABLISHED:
            findings.append(_missing(reading, use, printed, found.get(use.id)))
        if baseline is not None and use.id in found:
            findings += _against_own(snapshot, reading, use, baseline, found[use.id])
            findings += _conflicts(use, found[use.id])
    return tuple(findings)


def snapshot_baseline(snapshot: Snapshot, use: IndicatorUse) -> Baseline | None:
    """Return the use's baseline as printed."""
    return next((one for one in snapshot.baselines.values() if one.use == use.id), None)


def _against_own(
    snapshot: Snapshot, reading: Reading, use: IndicatorUse, baseline: Baseline, found: SeriesFigures
) -> Iterator[Finding]:
    definition = reading.definitions[use.id]
    if baseline.kind is not BaselineKind.PUBLISHED or definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED:
        return
    strategy = snapshot.strategy
    year = baseline.period or Period(strategy.baseline_start, strategy.baseline_end, PeriodKind.FINANCIAL_YEAR)
    printed = published_value(baseline, definition)
    own = own_baseline(found, definition, year)
    if printed is None or printed.measured.value is None or own is None or own.value is None:
        return
    gap = apart(printed.measured, own.value)
    if gap is None:
        return
    places = exact_decimals(own.value, most=max(definition.decimals, 1))
    was = value_text(printed.measured.value, definition.unit, printed.measured.decimals)
    now = value_text(own.value, definition.unit, places)
    name = year_name(year)
    yield Finding(
        key_of(CheckRule.OWN_AGAINST_PUBLISHED, use),
        CheckRule.OWN_AGAINST_PUBLISHED,
        (use.id,),
        f"{use.code}: the series gives {now} for {name}, the strategy {was}: {signed_percent(float(gap))}, "
        "more than 1 % apart.",
        (
            f"Series: {found.series.data_set}, {name}: {now}.",
            f"Strategy: {baseline.printed or was}.",
            "Figures of two sources are never mixed: one of them has to be the baseline.",
        ),
        (
            Proposal(
                "own",
                f"Compare with the series' own {now}: the same source for both years.",
                (Correction(CorrectionKind.BASELINE_SOURCE, use.id, source=BaselineKind.OWN),),
            ),
            Proposal(
                "published",
                f"Compare with the printed {was}.",
                (Correction(CorrectionKind.BASELINE_SOURCE, use.id, source=BaselineKind.PUBLISHED),),
            ),
        ),
        blocks=True,
    )


def _missing(reading: Reading, use: IndicatorUse, baseline: Baseline, found: SeriesFigures | None) -> Finding:
    definition = reading.definitions[use.id]
    when = baseline.establish_from
    name = financial_year_label(financial_year_of(when.end)) if when is not None else ""
    proposals: tuple[Proposal, ...] = ()
    evidence = [f"Printed: {baseline.printed or 'to be established'}."]
    made = None if found is None or when is None else own_baseline(found, definition, when)
    if made is not None and made.value is not None:
        value = rounded(made.value, max(definition.decimals, 1)) if definition.decimals else made.value
        text = value_text(value, definition.unit, exact_decimals(value))
        evidence.append(f"The series gives {text} for {name}, its first full year.")
        correction = Correction(CorrectionKind.ESTABLISH_BASELINE, use.id, value=value, unit=definition.unit)
        proposals = (Proposal("establish", f"Take {text} of {name} as the baseline.", (correction,)),)
        sentence = f"The baseline of {use.code} was to be established: {name} is complete and gives {text}."
    else:
        from_year = f" from {name}" if name else ""
        sentence = f"{use.code} has no baseline: it is to be established{from_year}, and that year is not complete."
    return Finding(
        key_of(CheckRule.BASELINE_MISSING, use),
        CheckRule.BASELINE_MISSING,
        (use.id,),
        sentence,
        tuple(evidence),
        proposals,
    )


def _conflicts(use: IndicatorUse, found: SeriesFigures) -> Iterator[Finding]:
    if not found.conflicts:
        return
    shown: dict[Period, list[str]] = {}
    for figure in found.conflicts:
        measured = figure.measured
        text = measured.text if measured.kind is not FigureKind.NUMBER else f"{measured.value or Decimal(0):,}"
        shown.setdefault(figure.key.period, []).append(text)
    evidence = tuple(f"{period.label}: {' and '.join(dict.fromkeys(texts))}." for period, texts in shown.items())
    yield Finding(
        key_of(CheckRule.SERIES_CONFLICT, use),
        CheckRule.SERIES_CONFLICT,
        (use.id,),
        f"{use.code}: two different figures are open for the same period of {found.series.data_set}.",
        evidence,
    )
