"""Checks of a printed count against the rate printed beside it.

The two imply a denominator: count × base ÷ rate, as an interval because the rate is rounded. Rates of
one strategy that name the same denominator should imply the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from scs_desktop.domain.checks.keys import key_of
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Finding, Proposal
from scs_desktop.domain.figures import Part, Unit, rounded
from scs_desktop.domain.sentences import listed, number_text
from scs_desktop.domain.strategy import IndicatorUse

# How far an implied denominator may lie from the registered one before it is doubted.
CLOSE = Decimal("0.005")
# A denominator nobody registered counts as agreed when this many rates imply it.
_ENOUGH_RATES = 3


@dataclass(frozen=True, slots=True)
class Implied:
    """A use's count and rate and the denominator they imply, from ``low`` to ``high``."""

    use: IndicatorUse
    count: Decimal
    rate: Decimal
    rate_decimals: int
    per: Decimal
    name: str
    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """Return the implied denominator without rounding."""
        return self.count * self.per / self.rate

    def meets(self, denominator: Decimal) -> bool:
        """Whether the implied interval lies within half a percent of the denominator."""
        return self.low <= denominator * (1 + CLOSE) and self.high >= denominator * (1 - CLOSE)


def implied_denominators(reading: Reading) -> tuple[Implied, ...]:
    """Return what each printed pair of count and rate implies."""
    found: list[Implied] = []
    for use in reading.uses.values():
        baseline = reading.baselines.get(use.id)
        if baseline is None:
            continue
        count, rate = baseline.of(Part.VALUE, Unit.COUNT), baseline.of(Part.VALUE, Unit.RATE)
        if count is None or rate is None or rate.per is None:
            continue
        number, value, places = count.measured.value, rate.measured.value, rate.measured.decimals
        half = Decimal(1).scaleb(-places) / 2
        if number is None or number <= 0 or value is None or value <= half:
            continue
        low, high = number * rate.per / (value + half), number * rate.per / (value - half)
        found.append(Implied(use, number, value, places, rate.per, rate.denominator, low, high))
    return tuple(found)


def denominator_findings(reading: Reading) -> Iterator[Finding]:
    """Find counts that disagree with their rate, and rates that are on another denominator than they say."""
    implied = implied_denominators(reading)
    registered: dict[str, list[Decimal]] = {}
    for denominator in reading.denominators:
        if denominator.value > 0:
            registered.setdefault(denominator.name, []).append(denominator.value)
    agreed = _agreed(implied)
    for one in implied:
        known = registered.get(one.name, []) + agreed.get(one.name, [])
        if not known or any(one.meets(value) for value in known):
            continue
        others = {name: values for name, values in registered.items() if name != one.name}
        other = next((name for name, values in others.items() if any(one.meets(value) for value in values)), None)
        if other is not None:
            yield _other_denominator(one, other, others[other][0], known[0])
        else:
            yield _count_against_rate(one, known[0], [use for use in implied if use is not one and use.meets(known[0])])


def _agreed(implied: Sequence[Implied]) -> Mapping[str, list[Decimal]]:
    """Return, by name, the denominator that most of the strategy's rates imply, if they do."""
    agreed: dict[str, list[Decimal]] = {}
    for name in {one.name for one in implied}:
        mine = [one for one in implied if one.name == name]
        middle = median(one.middle for one in mine)
        meeting = sum(one.meets(middle) for one in mine)
        if meeting >= _ENOUGH_RATES and meeting * 2 > len(mine):
            agreed[name] = [rounded(middle, 0)]
    return agreed


def _arithmetic(one: Implied) -> str:
    return f"{number_text(one.count)} ÷ {one.rate} × {one.per:,} = {number_text(one.middle)}"


def _other_denominator(one: Implied, other: str, value: Decimal, printed: Decimal) -> Finding:
    correction = Correction(CorrectionKind.DENOMINATOR_NAME, one.use.id, text=other)
    return Finding(
        key_of(CheckRule.OTHER_DENOMINATOR, one.use),
        CheckRule.OTHER_DENOMINATOR,
        (one.use.id,),
        f"The rate of {one.use.code} is printed per {one.per:,} {one.name} but fits {other}: "
        f"{number_text(one.middle)} are implied.",
        (
            f"{_arithmetic(one)}.",
            f"Known {other}: {number_text(value)}; known {one.name}: {number_text(printed)}.",
        ),
        (
            Proposal("denominator", f"Read the rate as per {one.per:,} {other}.", (correction,)),
            Proposal("as-printed", f"Keep it per {one.per:,} {one.name}."),
        ),
    )


def _count_against_rate(one: Implied, denominator: Decimal, meeting: Sequence[Implied]) -> Finding:
    expected = one.rate * denominator / one.per
    evidence = [f"{_arithmetic(one)} ({one.name}), against {number_text(denominator)} known."]
    if meeting:
        low, high = min(other.middle for other in meeting), max(other.middle for other in meeting)
        codes = listed([other.use.code for other in meeting])
        evidence.append(f"The rates of {codes} imply {number_text(low)} to {number_text(high)}.")
    evidence.append(f"The rate on {number_text(denominator)} gives a count of {number_text(expected)}.")
    count = _slip(one.count, lambda changed: _fits(one, changed, denominator), expected)
    how = "one digit or two neighbours differ"
    if count is None:
        count, how = rounded(expected, 0), "worked out from the rate"
    proposals = [
        Proposal(
            "count",
            f"Read the count as {number_text(count)} instead of {number_text(one.count)} ({how}).",
            (Correction(CorrectionKind.BASELINE_VALUE, one.use.id, part=Part.VALUE, unit=Unit.COUNT, value=count),),
        ),
        Proposal(
            "denominator",
            f"Keep the count and take the rate on a {one.name} of {number_text(one.middle)}.",
            (Correction(CorrectionKind.DENOMINATOR_VALUE, one.use.id, value=rounded(one.middle, 0), text=one.name),),
        ),
    ]
    true_rate = one.count * one.per / denominator
    places = one.rate_decimals
    rate = _slip(one.rate.scaleb(places), lambda changed: _near(changed.scaleb(-places), true_rate), true_rate)
    if rate is not None:
        value = rate.scaleb(-places)
        proposals.append(
            Proposal(
                "rate",
                f"Read the rate as {value} instead of {one.rate}.",
                (Correction(CorrectionKind.BASELINE_VALUE, one.use.id, part=Part.VALUE, unit=Unit.RATE, value=value),),
            )
        )
    return Finding(
        key_of(CheckRule.COUNT_AGAINST_RATE, one.use),
        CheckRule.COUNT_AGAINST_RATE,
        (one.use.id,),
        f"Count and rate of {one.use.code} disagree: they imply {number_text(one.middle)} ({one.name}), "
        f"not {number_text(denominator)}.",
        tuple(evidence),
        tuple(proposals),
        blocks=True,
    )


def _fits(one: Implied, count: Decimal, denominator: Decimal) -> bool:
    return _near(count * one.per / denominator, one.rate)


def _near(value: Decimal, wanted: Decimal) -> bool:
    return abs(value - wanted) <= abs(wanted) * CLOSE


def _slip(value: Decimal, fits: Callable[[Decimal], bool], wanted: Decimal) -> Decimal | None:
    """Return the fitting number nearest to the wanted one that a single slip turns into the printed one.

    A slip is one wrong digit, or two neighbouring digits that changed places.
    """
    digits = str(int(value))
    changed: set[str] = set()
    for index, digit in enumerate(digits):
        changed |= {digits[:index] + other + digits[index + 1 :] for other in "0123456789" if other != digit}
        if index:
            changed.add(digits[: index - 1] + digit + digits[index - 1] + digits[index + 1 :])
    fitting = [Decimal(text) for text in changed if text != digits and not text.startswith("0") and fits(Decimal(text))]
    return min(fitting, key=lambda number: (abs(number - wanted), number), default=None)
