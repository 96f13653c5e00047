"""Doubts about a return that its figures were left out for: they stay in sight until somebody decides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scs_desktop.domain.checks.arrivals import left_out
from scs_desktop.returns.arrival import LEAVE_OUT
from scs_desktop.returns.questions import QuestionKind

if TYPE_CHECKING:
    from scs_desktop.domain.decisions import Decision
    from scs_desktop.returns.plan import ReturnPlan

_KINDS = frozenset({QuestionKind.CHECK, QuestionKind.BREAK})


def left_open(plan: ReturnPlan) -> tuple[Decision, ...]:
    """Return a record for each doubt of the plan that was met by leaving figures out, to save with the import."""
    if plan.agency is None:
        return ()
    day = plan.received_on
    file = f"From {plan.file_name}, received {day.day} {day:%B %Y}."
    return tuple(
        left_out(one.key, one.ask, file, plan.agency)
        for one in plan.questions
        if one.kind in _KINDS and plan.answers.to(one.key) == LEAVE_OUT
    )
