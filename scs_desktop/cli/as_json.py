"""Results as JSON: exact decimals as numbers, dates as ISO text, identities as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.returns.questions import questions_as_json

if TYPE_CHECKING:
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.workflows.decide import Doubt


def plain(value: object) -> object:
    """Return the value in the types that JSON knows; bytes are left out by their length."""
    if value is None or (isinstance(value, str | int | float | bool) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return str(value)


def dumped(value: object) -> str:
    """Return the value as JSON text, readable."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1)


def doubt_as_json(doubt: Doubt) -> dict[str, object]:
    """Return a doubt with its decision, and whether it waits for one."""
    return {
        "finding": plain(doubt.finding),
        "decision": plain(doubt.decision),
        "arrival": doubt.arrival,
        "confirmed": doubt.confirmed,
        "open": doubt.open,
    }


def plan_as_json(plan: ReturnPlan) -> dict[str, object]:
    """Return a planned return: counts, figures with their cells, questions in the answers file's form."""
    from scs_desktop.returns.plan import Effect

    return {
        "file": plan.file_name,
        "sha256": plan.sha256,
        "already_imported": plan.already_imported is not None,
        "counts": {effect.value: plan.count(effect) for effect in Effect}
        | {"left_out": plan.cells_left_out, "problems": len(plan.problems)},
        "figures": [
            {
                "indicator": one.name,
                "series": str(one.key.series),
                "area": str(one.key.area),
                "period": plain(one.key.period),
                "part": one.key.part.value,
                "kind": one.measured.kind.value,
                "value": plain(one.measured.value),
                "effect": one.effect.value,
                "before": plain(one.before.measured.value) if one.before is not None else None,
                "cells": [f"{cell.sheet}!{cell.cell}" if cell.sheet else cell.cell for cell in one.sources],
            }
            for one in plan.figures
        ],
        "left_out": [{"sheet": one.sheet, "cell": str(one.range), "reason": one.reason} for one in plan.left_out],
        "problems": [
            {
                "sheet": one.sheet,
                "cell": str(one.range),
                "text": one.text,
                "rule": one.rule.value,
                "sentence": one.sentence,
                "repair": one.repair,
            }
            for one in plan.problems
        ],
        "notes": list(plan.notes),
        "lights": plain(plan.lights),
        "questions": questions_as_json(plan.questions, plan.answers),
        "open": [one.key for one in plan.open_questions],
    }
