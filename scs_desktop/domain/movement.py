"""What stands beside a light: where the year is heading, and what the process chart says of the latest figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.comparison import ENOUGH_MONTHS
from scs_desktop.domain.outlook import OutlookWord
from scs_desktop.domain.periods import Period
from scs_desktop.domain.process import Assurance, LimitState, Signal, Variation
from scs_desktop.domain.sentences import movement_words


@dataclass(frozen=True, slots=True)
class IndicatorOutlook:
    """Where a count is heading by the year's end; shown beside the status, never instead of it.

    Attributes:
        year: the financial year; ``months`` of it have passed and hold ``year_to_date``.
        projection, low, high: expected count of the year and its 80 % interval.
        level: the yearly level that the rest of the year is expected at, ``tau`` how far it may stray.
        target: the count that just meets the target (one better than the baseline year's where only a
            direction is set); None without one.
        aim: what the target is, in words.
        probability, word: chance of meeting it.
        per_month: whole cases a month from now that still meet it; None where it is missed or reached.
        sentence: projection and chance; ``run_rate_sentence`` the pace still needed.

    """

    year: Period
    months: int
    year_to_date: Decimal
    projection: float
    low: float
    high: float
    level: float
    tau: float
    target: Decimal | None
    aim: str
    probability: float | None
    word: OutlookWord | None
    per_month: int | None
    sentence: str
    run_rate_sentence: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorProcess:
    """What the process chart says of the latest figure.

    Attributes:
        state: limits, trial limits, or why there are none.
        points: figures without a gap up to the latest, from which all is taken.
        mean: of the points; ``lower`` and ``upper`` the limits as drawn, None without any.
        signal: of the latest point alone; older ones raise no alert.
        variation, assurance: the two icons; None without limits, or without a target.
        seasonal: whether months resemble the same months a year before; None where too few are stored.
        sentence: the same in words.

    """

    state: LimitState
    points: int
    mean: float
    lower: float | None
    upper: float | None
    signal: Signal
    variation: Variation | None
    assurance: Assurance | None
    seasonal: bool | None
    sentence: str


def movement_badge(p: float | None, phi: float | None, months: int) -> str:
    """Return the usual-movement badge beside a test: "within the usual movement".

    Nothing where no count was tested or fewer than 12 months tell the usual movement.
    """
    if p is None or phi is None or months < ENOUGH_MONTHS:
        return ""
    return movement_words(p)
