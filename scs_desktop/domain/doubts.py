"""What the light would be under each reading of a baseline in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from scs_desktop.domain.baselines import own_baseline, published_value
from scs_desktop.domain.case import Case
from scs_desktop.domain.corrections import Reading, corrected
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Finding
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.position import DoubtReading, Status
from scs_desktop.domain.sentences import exact_decimals, value_text
from scs_desktop.domain.status import in_doubt, status_of
from scs_desktop.domain.strategy import IndicatorUse, Polarity
from scs_desktop.domain.targets import BaselineKind

_CHANGES_BASELINE = frozenset({CorrectionKind.BASELINE_VALUE, CorrectionKind.SWAP_BASELINES})
_CHANGES_LIGHT = _CHANGES_BASELINE | {CorrectionKind.POLARITY}


def readings_of(
    case: Case, use: IndicatorUse, findings: Sequence[Finding], reading: Reading
) -> tuple[DoubtReading, ...]:
    """Return every reading that the blocking doubts leave open, each with the light it would give.

    As printed first, then each proposal that would change the light, then the series' own figure.
    Readings that come to the same comparison are listed once.
    """
    own = None if case.found is None else own_baseline(case.found, case.definition, case.year)
    about_value = any(
        correction.kind in _CHANGES_BASELINE
        for finding in findings
        for proposal in finding.proposals
        for correction in proposal.corrections
    ) or any(finding.rule is CheckRule.OWN_AGAINST_PUBLISHED for finding in findings)
    source = BaselineKind.PUBLISHED if about_value else case.source
    base = replace(case, source=source)
    found: list[DoubtReading] = []
    if about_value or case.definition.polarity.sign == 0:
        found.append(_reading("as printed", base))
    else:
        found.append(DoubtReading(_better(case.definition.polarity), None, status_of(base)))
    for finding in findings:
        for proposal in finding.proposals:
            mine = [one for one in proposal.corrections if use.id in {one.use, one.other}]
            kinds = [one for one in mine if one.kind in _CHANGES_LIGHT]
            if not kinds:
                continue
            changed = corrected(reading, proposal.corrections)
            other = replace(
                case, source=source, definition=changed.definitions[use.id], baseline=changed.baselines.get(use.id)
            )
            if kinds[0].kind is CorrectionKind.POLARITY:
                found.append(DoubtReading(_better(other.definition.polarity), None, status_of(other)))
            else:
                found.append(_reading(_name(kinds[0], case.definition.unit), other))
    if about_value and own is not None and own.value is not None:
        status = status_of(replace(case, source=BaselineKind.OWN))
        found.append(DoubtReading(f"own series ({_shown(case, own.value)})", own.value, status))
    distinct: list[DoubtReading] = []
    for one in found:
        if not any(_same(one, known) for known in distinct):
            distinct.append(one)
    return tuple(distinct)


def _same(one: DoubtReading, other: DoubtReading) -> bool:
    return (one.baseline, one.status.comparator, one.status.light) == (
        other.baseline,
        other.status.comparator,
        other.status.light,
    )


def _reading(name: str, case: Case) -> DoubtReading:
    printed = published_value(case.baseline, case.definition) if case.baseline is not None else None
    value = None if printed is None else printed.measured.value
    shown = "" if value is None else f" ({_shown(case, value)})"
    return DoubtReading(f"{name}{shown}", value, status_of(case))


def _shown(case: Case, value: Decimal) -> str:
    return value_text(value, case.definition.unit, exact_decimals(value, most=2))


def _better(polarity: Polarity) -> str:
    return "higher is better" if polarity.sign > 0 else "lower is better"


def _name(correction: Correction, unit: Unit) -> str:
    if correction.kind is CorrectionKind.SWAP_BASELINES:
        return "baselines swapped"
    return "count corrected" if unit is Unit.COUNT else "value corrected"


def settle(status: Status, findings: Sequence[Finding], readings: Sequence[DoubtReading]) -> Status:
    """Return the status that holds while the doubts are open.

    Two series that disagree are for the officer to choose between; any other doubt matters only where
    its readings give different colours. Without a light in any reading, the reason for that stands.
    """
    if not findings or all(one.status.light is None for one in readings):
        return status
    chosen = any(finding.rule is CheckRule.OWN_AGAINST_PUBLISHED for finding in findings)
    alike = len({one.status.light for one in readings}) == 1
    if alike and not chosen:
        return status
    said = "; ".join(f"{one.name} {_light_word(one.status)}" for one in readings)
    which = " Which of them rules is to be decided." if alike else ""
    return in_doubt(status, f"Baseline in doubt: {said}.{which}")


def _light_word(status: Status) -> str:
    if status.light is not None:
        return status.light.value.capitalize()
    return status.unrated.value if status.unrated is not None else ""
