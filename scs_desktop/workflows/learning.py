"""What a stored return teaches: answers and layouts that go to the agency's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.profile import KnownLayout, Profile, ProfileAnswer
from scs_desktop.returns.matching import ALL_ROWS

if TYPE_CHECKING:
    from scs_desktop.returns.plan import NewLayout, ReturnPlan

ALIKE_FROM = 0.5
"""Share of rows in common from which a table is the same layout as one sent before."""


def learned(plan: ReturnPlan, profile: Profile) -> tuple[tuple[KnownLayout, ...], tuple[ProfileAnswer, ...]]:
    """Return the layouts and answers to save with the import; a known one keeps its identity.

    An answer that sums all rows of a table is bound to the table's layout, so that it can never
    be applied to another kind of table from the same agency.
    """
    layouts = {one.table: _layout(one, profile) for one in plan.layouts}
    answers = []
    for question, answer, shown in plan.to_remember:
        kind, _, table = answer.partition(":")
        table = table.partition(":")[0]
        if kind == ALL_ROWS and table.isdigit():
            layout = layouts.get(int(table) - 1)
            if layout is None:
                continue
            answer = f"{ALL_ROWS}:{layout.id}"  # noqa: PLW2901  the bound form replaces the file's own
        known = next((one for one in profile.answers if one.question == question), None)
        identity = known.id if known is not None else uuid4()
        answers.append(
            ProfileAnswer(identity, profile.agency, question, answer, shown or (known.shown if known else ""))
        )
    return tuple(layouts.values()), tuple(answers)


def _layout(new: NewLayout, profile: Profile) -> KnownLayout:
    rows = set(new.rows)
    for known in profile.layouts:
        both = rows | set(known.rows)
        if both and len(rows & set(known.rows)) / len(both) > ALIKE_FROM:
            return KnownLayout(known.id, profile.agency, new.sheet, new.heads, tuple(sorted(both)))
    identity: UUID = uuid4()
    return KnownLayout(identity, profile.agency, new.sheet, new.heads, new.rows)
