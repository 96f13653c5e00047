"""Doubts that checks find in the strategy and in what arrives, and what the officer decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.strategy import Polarity
from scs_desktop.domain.targets import BaselineKind


class CheckRule(StrEnum):
    """The general checks. Each is a rule about any strategy, never about one indicator."""

    COUNT_AGAINST_RATE = "count_against_rate"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    OTHER_DENOMINATOR = "other_denominator"
    SAME_LABEL = "same_label"
    DIRECTION_AGAINST_WORDS = "direction_against_words"
    BASELINE_YEARS_MIXED = "baseline_years_mixed"
    MEMBERS_DIFFER = "members_differ"
    OUTSIDE_USUAL_RANGE = "outside_usual_range"
    BASELINE_MISSING = "baseline_missing"
    WORDS_AND_UNITS = "words_and_units"
    OWN_AGAINST_PUBLISHED = "own_against_published"
    OUTLIER = "outlier"
    SUM_DIFFERS = "sum_differs"
    PART_OVER_WHOLE = "part_over_whole"
    SHARE_DIFFERS = "share_differs"
    SAME_AGAIN = "same_again"
    SERIES_ENDS = "series_ends"
    DEFINITION_CHANGED = "definition_changed"
    LOOKED_AT = "looked_at"
    LEFT_OUT = "left_out"
    SERIES_CONFLICT = "series_conflict"
    MEASURE_NOT_COVERED = "measure_not_covered"


class CorrectionKind(StrEnum):
    """What a decision changes in how the strategy is read."""

    NOTHING = "nothing"
    BASELINE_VALUE = "baseline_value"
    DENOMINATOR_VALUE = "denominator_value"
    DENOMINATOR_NAME = "denominator_name"
    SWAP_BASELINES = "swap_baselines"
    LABEL = "label"
    POLARITY = "polarity"
    BASELINE_SOURCE = "baseline_source"
    ESTABLISH_BASELINE = "establish_baseline"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change in reading, applied beside the printed text, which stays.

    ``use`` is the use it applies to; ``other`` the second one of a swap. Only the fields of its
    kind are filled.
    """

    kind: CorrectionKind
    use: UUID
    other: UUID | None = None
    part: Part | None = None
    unit: Unit | None = None
    value: Decimal | None = None
    text: str = ""
    polarity: Polarity | None = None
    source: BaselineKind | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to settle a doubt: its short key ("count"), the sentence, and what it would change."""

    key: str
    sentence: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt with its evidence.

    Attributes:
        key: stable name of the doubt, the same on every run while its evidence is the same;
            made of the rule and the codes of its subjects ("count-against-rate:1.1").
        subjects: the uses it is about.
        blocks: until it is decided, the subjects' baseline is in doubt.
        proposals: ways to settle it, most probable first.

    """

    key: str
    rule: CheckRule
    subjects: tuple[UUID, ...]
    sentence: str
    evidence: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    blocks: bool = False


class Verdict(StrEnum):
    """What the officer made of a doubt."""

    CORRECTED = "corrected"
    AS_PRINTED = "as_printed"
    DISMISSED = "dismissed"


LEAVES_OPEN = "open"
"""What a record proposes that only says that a doubt is open: left so on arrival, or opened again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A doubt decided, with the reason given; what it changes is kept with it."""

    id: UUID
    finding: str
    rule: CheckRule
    verdict: Verdict
    reason: str
    proposal: str = ""
    corrections: tuple[Correction, ...] = ()
    recorded_in: int = 0

    @property
    def leaves_open(self) -> bool:
        """Whether it decides nothing: the doubt was left open on arrival, or opened again with a reason."""
        return self.proposal == LEAVES_OPEN
