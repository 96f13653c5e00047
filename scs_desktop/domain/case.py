"""What one indicator's light follows from, gathered before any rule is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scs_desktop.domain.agencies import ExpectedReturn
from scs_desktop.domain.breaks import SeriesBreak, alike_from, barrier
from scs_desktop.domain.comparison import Overdispersion
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.measure import Measure
from scs_desktop.domain.periods import Period
from scs_desktop.domain.sentences import exact_decimals, moved_text, value_text
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.strategy import Definition
from scs_desktop.domain.targets import Baseline, BaselineKind, Target


@dataclass(frozen=True, slots=True)
class Case:
    """All that one indicator's light follows from.

    Attributes:
        definition: as decided, polarity included.
        found, made: the preferred series' figures up to the position and the value made of them.
        baseline, year: the baseline as decided and the period it is of.
        source: the officer's decision which baseline rules, None for the rule.
        direction_only: the strategy states a direction and no target was ever set.
        dispersion: of the series' months up to the position.
        whole: it holds two or more other indicators and is part of none: a total, steadier than its parts.
        breaks: of the indicator's figures, by day, changes of definition among them.

    """

    definition: Definition
    found: SeriesFigures | None
    made: Measure | None
    baseline: Baseline | None
    year: Period
    targets: tuple[Target, ...]
    expected: tuple[ExpectedReturn, ...]
    position: date
    known_on: date
    dispersion: Overdispersion
    source: BaselineKind | None = None
    direction_only: bool = False
    whole: bool = False
    breaks: tuple[SeriesBreak, ...] = ()

    @property
    def barred(self) -> SeriesBreak | None:
        """The break for which the value is not comparable with the baseline year, if there is one."""
        return None if self.made is None else barrier(self.breaks, self.year, self.made.period)

    @property
    def alike_from(self) -> int:
        """Number of the first month whose figures mean what the shown period's mean; 0 for all."""
        return alike_from(self.breaks, self.position if self.made is None else self.made.period.counts_from)

    def text(self, value: Decimal) -> str:
        """Return a value of the indicator in its unit."""
        per = ""
        if self.definition.unit is Unit.RATE and self.definition.per is not None:
            per = f"per {self.definition.per:,} {self.definition.denominator}".strip()
        return value_text(value, self.definition.unit, shown_decimals(self.definition, value), per)


def moved_words(case: Case, earlier: Decimal, later: Decimal) -> str:
    """Return how far two values of the indicator lie apart, as they are shown."""
    decimals = max(shown_decimals(case.definition, one) for one in (earlier, later))
    return moved_text(earlier, later, case.definition.unit, decimals)


def shown_decimals(definition: Definition, value: Decimal) -> int:
    """Return the decimals a value is shown with: the definition's, none for a whole count.

    A percentage between two whole ones is never shown as one of them: 10 % against a path of 8.8 %, not of 9 %.
    """
    if definition.unit is Unit.PERCENT and not definition.decimals:
        return exact_decimals(value, most=1)
    if definition.unit is Unit.COUNT and value == value.to_integral_value():
        return 0
    return definition.decimals
