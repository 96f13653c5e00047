"""What would be printed otherwise today than on a paper that was signed off; the paper stays as it was signed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.position import Status, StrategyPosition
from scs_desktop.domain.restated_causes import Cause
from scs_desktop.domain.signed import (
    SignedIndicator,
    SignedPriority,
    SignedRecord,
    rows_of,
    signed_indicator,
    signed_priority,
)
from scs_desktop.domain.what_if import light_word


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: its numbers as printed, and its light. A priority has no numbers."""

    status: Status
    value_text: str = ""
    comparator_text: str = ""
    baseline_text: str = ""

    @property
    def printed(self) -> tuple[str, str, str, str]:
        """Value, comparator, baseline and light in the words of the paper."""
        return self.value_text, self.comparator_text, self.baseline_text, light_word(self.status)


@dataclass(frozen=True, slots=True)
class Restatement:
    """One row of a signed paper that would be printed otherwise today.

    Attributes:
        subject: the use of an indicator, or the priority.
        before, now: as signed and as rated now; None where the paper, or today's strategy, has no such row.
        causes: what came between.

    """

    subject: UUID
    code: str
    name: str
    before: Said | None
    now: Said | None
    causes: tuple[Cause, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it: "1.3 Residential burglary: 1,577 → 1,590; Amber → Red"."""
        if self.before is None or self.now is None:
            gone = "no longer in the strategy" if self.now is None else "not in the strategy when it was signed"
            return f"{self.code} {self.name}: {gone}"
        whats = ("", "compared with ", "baseline ", "")
        told = [
            f"{what}{old or '–'} → {new or '–'}"
            for what, old, new in zip(whats, self.before.printed, self.now.printed, strict=True)
            if old != new
        ]
        return f"{self.code} {self.name}: {'; '.join(told)}"


def restated_rows(record: SignedRecord, now: StrategyPosition) -> tuple[Restatement, ...]:
    """Return what differs between the record and the same position rated now, without the reasons."""
    rows = {one.use: one for one in record.indicators}
    rows_now = {one.use: signed_indicator(one) for one in rows_of(now)}
    lights = {one.id: one for one in record.priorities}
    lights_now = {one.id: signed_priority(one) for one in now.priorities}
    found = [
        *(
            Restatement(use, one.code, one.name, _row(rows.get(use)), _row(rows_now.get(use)))
            for use, one in (rows | rows_now).items()
        ),
        *(
            Restatement(key, str(one.number), one.name, _light(lights.get(key)), _light(lights_now.get(key)))
            for key, one in (lights | lights_now).items()
        ),
    ]
    return tuple(one for one in found if one.before is None or one.now is None or one.before.printed != one.now.printed)


def _row(one: SignedIndicator | None) -> Said | None:
    return None if one is None else Said(one.status, one.value_text, one.comparator_text, one.baseline_text)


def _light(one: SignedPriority | None) -> Said | None:
    return None if one is None else Said(one.status)
