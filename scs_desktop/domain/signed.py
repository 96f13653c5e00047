"""What a signed-off paper says, kept as text: every status with what it was rated from.

The text is canonical: the same record gives the same characters. It is read back by name, so that a record
kept by an earlier version of the program stays readable where later ones say more.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import UnionType
from typing import cast, get_args, get_origin, get_type_hints
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.position import (
    HeadlinePosition,
    IndicatorPosition,
    LightCounts,
    PriorityPosition,
    Status,
    StrategyPosition,
)
from scs_desktop.domain.publication import Marking
from scs_desktop.domain.strategy import Commentary

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SignedIndicator:
    """An indicator's row as it was printed.

    Attributes:
        figures: versions of figures that the value was made of, by which it is traced to file, sheet and cell.
        line: those of the small chart, baseline year included.

    """

    use: UUID
    code: str
    name: str
    priority: UUID
    period_text: str
    value_text: str
    comparator_text: str
    baseline_text: str
    baseline_note: str
    direction: str
    data_text: str
    source_text: str
    provisional: bool
    illustrative: bool
    status: Status
    figures: tuple[UUID, ...] = ()
    line: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedPriority:
    """A priority's light as it was printed, with the sentence of its rule."""

    id: UUID
    number: int
    name: str
    lead: str
    counts: LightCounts
    status: Status


@dataclass(frozen=True, slots=True)
class SignedHeadline:
    """One of the overall measures as it was printed."""

    id: UUID
    name: str
    value_text: str
    period_text: str
    comparator_text: str
    status: Status


@dataclass(frozen=True, slots=True)
class SignedDoubt:
    """A doubt that was open when the paper was signed."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """All that a signed paper rests on.

    Attributes:
        report: the kind of paper: summary, priority sheets, pack.
        sha256: of the PDF's bytes.
        known_on: the day of the last change it saw, ``as_at`` that change's number.
        warnings: what was told before it was signed all the same.

    """

    strategy: UUID
    name: str
    partnership: str
    meeting: UUID
    meeting_title: str
    met_on: date
    position: date
    position_text: str
    known_on: date
    as_at: int
    printed_on: date
    report: str
    marking: Marking
    sha256: str
    counts: LightCounts
    priorities: tuple[SignedPriority, ...]
    indicators: tuple[SignedIndicator, ...]
    headlines: tuple[SignedHeadline, ...]
    doubts: tuple[SignedDoubt, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedText:
    """Commentary that stood beside the lights."""

    id: UUID
    priority: UUID
    text: str
    author_post: str
    use: UUID | None = None


def rows_of(position: StrategyPosition) -> tuple[IndicatorPosition, ...]:
    """Return each indicator once, though a priority may borrow it from another."""
    return tuple({row.use: row for priority in position.priorities for row in priority.indicators}.values())


def signed_indicator(row: IndicatorPosition) -> SignedIndicator:
    """Return a row as it is printed."""
    return SignedIndicator(
        use=row.use,
        code=row.code,
        name=row.name,
        priority=row.priority,
        period_text=row.period_text,
        value_text=row.value_text,
        comparator_text=row.comparator_text,
        baseline_text=row.baseline_text,
        baseline_note=row.baseline_note,
        direction=row.direction.value,
        data_text=row.data.text,
        source_text=row.source_text,
        provisional=row.data.provisional,
        illustrative=row.illustrative,
        status=row.status,
        figures=tuple(one.id for one in row.sources),
        line=tuple(point.figure for point in row.trend if point.figure is not None),
    )


def signed_priority(one: PriorityPosition) -> SignedPriority:
    """Return a priority as it is printed."""
    return SignedPriority(one.id, one.number, one.name, one.lead, one.counts, one.status)


def signed_headline(one: HeadlinePosition) -> SignedHeadline:
    """Return an overall measure as it is printed."""
    return SignedHeadline(one.id, one.name, one.value_text, one.period_text, one.comparator_text, one.status)


def signed_text(one: Commentary) -> SignedText:
    """Return commentary as it stands beside the lights."""
    return SignedText(one.id, one.priority, one.text, one.author_post, one.use)


# --- as text --------------------------------------------------------------------------------------


def record_text(record: SignedRecord) -> str:
    """Return the record as canonical text: names in order, exact numbers as text."""
    return _dumped({"format": FORMAT, "record": _plain(record)})


def texts_text(texts: tuple[SignedText, ...]) -> str:
    """Return the commentary as canonical text."""
    return _dumped({"format": FORMAT, "texts": _plain(texts)})


def read_record(text: str) -> SignedRecord:
    """Read a record back.

    Raises:
        UserError: the text is not one, or is of a later version of the program.

    """
    return cast("SignedRecord", _from(text, "record", SignedRecord))


def read_texts(text: str) -> tuple[SignedText, ...]:
    """Read the commentary back.

    Raises:
        UserError: as ``read_record``.

    """
    return cast("tuple[SignedText, ...]", _from(text, "texts", tuple[SignedText, ...]))


def _dumped(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _from(text: str, name: str, hint: object) -> object:
    refused = "What was kept beside the signed paper cannot be read by this version of the program."
    try:
        kept = json.loads(text)
        if kept["format"] != FORMAT:
            raise UserError(f"{refused} It was kept by a later one: use that.")
        return _read(hint, kept[name])
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise UserError(f"{refused} The paper itself is whole: save its PDF.") from error


def _plain(value: object) -> object:
    """Return the value in JSON's types; numbers that must stay exact as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | UUID) or (isinstance(value, float) and not math.isfinite(value)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _read(hint: object, plain: object) -> object:
    """Return the value of the type; the opposite of ``_plain``."""
    if plain is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple and isinstance(plain, list):
        return tuple(_read(get_args(hint)[0], one) for one in plain)
    if hint is date:
        return date.fromisoformat(str(plain))
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(plain, dict):
        hints = get_type_hints(hint)
        known = {one.name for one in fields(hint)}
        return hint(**{name: _read(hints[name], one) for name, one in plain.items() if name in known})
    if isinstance(hint, type) and (hint in {UUID, Decimal, float} or issubclass(hint, Enum)):
        return cast("Callable[[object], object]", hint)(plain)
    return plain
