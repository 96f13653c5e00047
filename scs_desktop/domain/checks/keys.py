"""Stable names of doubts."""

from __future__ import annotations

from scs_desktop.domain.decisions import CheckRule
from scs_desktop.domain.strategy import IndicatorUse


def key_of(rule: CheckRule, *uses: IndicatorUse) -> str:
    """Return a doubt's stable name: its rule and the codes of its subjects ("count_against_rate:1.1")."""
    return f"{rule.value}:{'+'.join(use.code for use in uses)}"
