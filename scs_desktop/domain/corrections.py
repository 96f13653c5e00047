"""What the officer decided of the doubts, laid over the strategy as printed.

The printed text stays in the store; a decision changes only how it is read. Corrections are applied
in the order they were recorded, so that the latest word on a thing holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Decision, Verdict
from scs_desktop.domain.figures import Part, number
from scs_desktop.domain.sentences import exact_decimals, number_text
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Definition, Denominator, IndicatorUse
from scs_desktop.domain.targets import Baseline, BaselineKind, BaselineValue


@dataclass(frozen=True, slots=True)
class Reading:
    """A strategy as it is read: each use's definition and baseline, corrections applied.

    Attributes:
        sources: by use, the decision which baseline rules; a use that is absent follows the rule.
        notes: by use, what was corrected, in words.

    """

    uses: Mapping[UUID, IndicatorUse]
    definitions: Mapping[UUID, Definition]
    baselines: Mapping[UUID, Baseline]
    denominators: tuple[Denominator, ...]
    sources: Mapping[UUID, BaselineKind]
    notes: Mapping[UUID, tuple[str, ...]]


def as_printed(snapshot: Snapshot) -> Reading:
    """Return the strategy with nothing decided."""
    current: dict[UUID, Definition] = {}
    for definition in snapshot.definitions.values():
        known = current.get(definition.indicator)
        if known is None or definition.version > known.version:
            current[definition.indicator] = definition
    baselines = {baseline.use: baseline for baseline in snapshot.baselines.values()}
    return Reading(
        {use.id: use for use in snapshot.uses},
        {use.id: current[use.indicator] for use in snapshot.uses},
        baselines,
        snapshot.denominators,
        {},
        {},
    )


def as_decided(snapshot: Snapshot) -> Reading:
    """Return the strategy with every decision's corrections applied, the latest decision of a doubt alone."""
    reading = as_printed(snapshot)
    latest = latest_decisions(snapshot.decisions)
    corrections: list[Correction] = []
    for decision in latest:
        if decision.verdict is Verdict.CORRECTED:
            corrections += decision.corrections
        elif decision.verdict is Verdict.AS_PRINTED and decision.rule is CheckRule.OWN_AGAINST_PUBLISHED:
            corrections += [
                Correction(CorrectionKind.BASELINE_SOURCE, use.id, source=BaselineKind.PUBLISHED)
                for use in snapshot.uses
                if decision.finding == f"{decision.rule.value}:{use.code}"
            ]
    return corrected(reading, corrections)


def latest_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last decision of each doubt, in the order they were recorded."""
    latest = {decision.finding: decision for decision in sorted(decisions, key=lambda one: one.recorded_in)}
    return tuple(sorted(latest.values(), key=lambda one: one.recorded_in))


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """Return the reading with the corrections applied in order. One of an unknown use changes nothing."""
    for correction in corrections:
        if correction.use in reading.uses:
            reading = _CHANGES[correction.kind](reading, correction)
    return reading


def _noted(reading: Reading, use: UUID, note: str) -> Reading:
    notes = reading.notes.get(use, ())
    return reading if note in notes else replace(reading, notes={**reading.notes, use: (*notes, note)})


def _nothing(reading: Reading, correction: Correction) -> Reading:
    del correction
    return reading


def _baseline_value(reading: Reading, correction: Correction) -> Reading:
    baseline = reading.baselines.get(correction.use)
    if baseline is None or correction.value is None:
        return reading
    part, unit = correction.part or Part.VALUE, correction.unit or reading.definitions[correction.use].unit
    old = baseline.of(part, unit)
    new = BaselineValue(
        part, unit, number(correction.value), old.per if old is not None else None, old.denominator if old else ""
    )
    values = tuple(new if value is old else value for value in baseline.values)
    if old is None:
        values = (*baseline.values, new)
    changed = replace(baseline, values=values)
    reading = replace(reading, baselines={**reading.baselines, correction.use: changed})
    said = number_text(correction.value, exact_decimals(correction.value, most=3))
    was = f", printed {old.measured.text}" if old is not None else ""
    return _noted(reading, correction.use, f"baseline read as {said}{was}")


def _denominator(reading: Reading, correction: Correction) -> Reading:
    """Name another denominator for the use's rates and, where a value is given, register it under a name of its own."""
    definition = reading.definitions[correction.use]
    name = correction.text or definition.denominator
    if correction.value is not None:
        name = f"{name} of {number_text(correction.value)}"
    definitions = {**reading.definitions, correction.use: replace(definition, denominator=name)}
    baselines = dict(reading.baselines)
    baseline = baselines.get(correction.use)
    if baseline is not None:
        values = tuple(
            replace(value, denominator=name) if value.per is not None else value for value in baseline.values
        )
        baselines[correction.use] = replace(baseline, values=values)
    denominators = reading.denominators
    if correction.value is not None and denominators:
        own = Denominator(correction.use, name, denominators[0].area, correction.value, "decided by the officer")
        denominators = (own, *denominators)
    reading = replace(reading, definitions=definitions, baselines=baselines, denominators=denominators)
    return _noted(reading, correction.use, f"rate taken on {name}")


def _swap(reading: Reading, correction: Correction) -> Reading:
    first, second = reading.baselines.get(correction.use), reading.baselines.get(correction.other or correction.use)
    if first is None or second is None or first is second:
        return reading
    baselines = {
        **reading.baselines,
        first.use: replace(first, values=second.values),
        second.use: replace(second, values=first.values),
    }
    reading = replace(reading, baselines=baselines)
    for one, other in ((first.use, second.use), (second.use, first.use)):
        reading = _noted(reading, one, f"baseline swapped with that of {reading.uses[other].code}")
    return reading


def _label(reading: Reading, correction: Correction) -> Reading:
    use = replace(reading.uses[correction.use], label=correction.text)
    reading = replace(reading, uses={**reading.uses, use.id: use})
    return _noted(reading, use.id, f"label read as “{correction.text}”")


def _polarity(reading: Reading, correction: Correction) -> Reading:
    if correction.polarity is None:
        return reading
    use = replace(reading.uses[correction.use], direction=correction.polarity)
    definition = replace(reading.definitions[correction.use], polarity=correction.polarity)
    reading = replace(
        reading, uses={**reading.uses, use.id: use}, definitions={**reading.definitions, use.id: definition}
    )
    better = "higher" if correction.polarity.sign > 0 else "lower"
    return _noted(reading, use.id, f"{better} read as better")


def _source(reading: Reading, correction: Correction) -> Reading:
    if correction.source is None:
        return reading
    reading = replace(reading, sources={**reading.sources, correction.use: correction.source})
    own = correction.source is BaselineKind.OWN
    return _noted(reading, correction.use, f"{'own series' if own else 'printed figure'} decided as the baseline")


def _establish(reading: Reading, correction: Correction) -> Reading:
    baseline = reading.baselines.get(correction.use)
    if baseline is None or baseline.establish_from is None or correction.value is None:
        return reading
    definition = reading.definitions[correction.use]
    value = BaselineValue(Part.VALUE, definition.unit, number(correction.value), definition.per, definition.denominator)
    established = replace(baseline, kind=BaselineKind.OWN, values=(value,), period=baseline.establish_from)
    reading = replace(reading, baselines={**reading.baselines, correction.use: established})
    said = number_text(correction.value, exact_decimals(correction.value, most=3))
    return _noted(reading, correction.use, f"baseline established as {said}")


_CHANGES: Mapping[CorrectionKind, Callable[[Reading, Correction], Reading]] = {
    CorrectionKind.NOTHING: _nothing,
    CorrectionKind.BASELINE_VALUE: _baseline_value,
    CorrectionKind.DENOMINATOR_VALUE: _denominator,
    CorrectionKind.DENOMINATOR_NAME: _denominator,
    CorrectionKind.SWAP_BASELINES: _swap,
    CorrectionKind.LABEL: _label,
    CorrectionKind.POLARITY: _polarity,
    CorrectionKind.BASELINE_SOURCE: _source,
    CorrectionKind.ESTABLISH_BASELINE: _establish,
}
