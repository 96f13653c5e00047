"""The example store: built from the example returns by the same import, at the dates they might have come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.decisions import Verdict
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.strategy import Action, ActionStatus, ActionUpdate, Commentary, YouSaid
from scs_desktop.returns.questions import Answers, parse_answers
from scs_desktop.store import Entity, Store
from scs_desktop.workflows.cost_file import cost_table
from scs_desktop.workflows.decide import decide
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.resource_file import RESOURCES, Entry, load_resource
from scs_desktop.workflows.shipped import set_up_store, shipped_strategies
from scs_desktop.workflows.sign_off import sign_off
from scs_desktop.workflows.strategy_file import ShippedStrategy

Progress = Callable[[int, int], None]

EXAMPLES = RESOURCES / "examples"
OPENING = time(8, 30)
"""The hour of the first entry on a day; later ones of the day follow a minute apart."""


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened to the store on a day."""

    on: date
    happen: Callable[[Store, datetime], None]


class _Example:
    """The example's account: what came and was decided when."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = load_resource(folder / "example.json")
        self.root.text("note")
        self.shipped = shipped_strategies()[0]
        self.actions = [(self._planned(entry), entry) for entry in self.root.entries("actions")]

    def strategy(self) -> ShippedStrategy:
        """Return the strategy with posts for its actions, every series illustrative that was not measured."""
        measured = self.root.texts("measured_data_sets")
        planned = {one.id: one for one, _ in self.actions}
        return replace(
            self.shipped,
            series=tuple(replace(one, illustrative=one.data_set not in measured) for one in self.shipped.series),
            actions=tuple(planned.get(one.id, one) for one in self.shipped.actions),
        )

    def _priority(self, entry: Entry) -> UUID:
        number = entry.whole("priority")
        found = next((one.id for one in self.shipped.priorities if one.number == number), None)
        if found is None:
            raise entry.fault("priority", f"there is no priority {number}")
        return found

    def events(self) -> tuple[_Event, ...]:
        """All events in the order of their days; on one day in the order of the file."""
        found = [
            *(self._arrival(entry) for entry in self.root.entries("arrivals")),
            *(self._decision(entry) for entry in self.root.entries("decisions")),
            *(event for planned, entry in self.actions for event in self._updates(planned, entry)),
            *(self._commentary(entry) for entry in self.root.entries("commentary")),
            *(self._you_said(entry) for entry in self.root.entries("you_said")),
            *(self._sign_off(entry) for entry in self.root.entries("sign_offs")),
            *(self._cohorts(entry) for entry in self.root.entries("cohorts")),
            *(self._unit_costs(entry) for entry in self.root.entries("unit_costs")),
        ]
        self.root.finish()
        return tuple(sorted(found, key=lambda one: one.on))

    def _arrival(self, entry: Entry) -> _Event:
        path = self.folder / entry.text("file")
        agency, received = entry.text("agency"), entry.day("received")
        answers = Answers()
        if entry.has("answers"):
            file = self.folder / "answers" / entry.text("answers")
            answers = parse_answers(file.read_text(encoding="utf-8"), file.name)

        def happen(store: Store, at: datetime) -> None:
            plan = plan_return(
                store=store,
                data=path.read_bytes(),
                file_name=path.name,
                agency=agency_named(store=store, name=agency).id,
                received=received,
                answers=answers,
                with_previous=False,
            )
            if not plan.figures:
                raise entry.fault("file", f"{path.name} brings no figure")
            if plan.open_questions:
                raise entry.fault("file", f"{path.name} leaves a question open: {plan.open_questions[0].ask}")
            store_return(store=store, plan=plan, at=at)

        return _Event(received, happen)

    @staticmethod
    def _decision(entry: Entry) -> _Event:
        finding, verdict = entry.text("finding"), entry.choice("verdict", Verdict)
        proposal, reason, label = entry.text("proposal", ""), entry.text("reason"), entry.text("label", "")

        def happen(store: Store, at: datetime) -> None:
            decide(
                store=store, finding_key=finding, verdict=verdict, proposal=proposal, reason=reason, label=label, at=at
            )

        return _Event(entry.day("on"), happen)

    def _planned(self, entry: Entry) -> Action:
        """Return an action with the post, agency and date it was given."""
        number, order = entry.whole("priority"), entry.whole("action")
        numbers = {one.id: one.number for one in self.shipped.priorities}
        known = {(numbers[one.priority], one.order): one for one in self.shipped.actions}
        agencies = {one.short_name: one.id for one in self.shipped.agencies}
        if (number, order) not in known:
            raise entry.fault("action", f"priority {number} has no action {order}")
        if (agency := entry.text("agency")) not in agencies:
            raise entry.fault("agency", f"no agency is called “{agency}”")
        return replace(known[number, order], owner=entry.text("owner"), agency=agencies[agency], due=entry.day("due"))

    def _updates(self, planned: Action, entry: Entry) -> Iterator[_Event]:
        for one in entry.entries("updates"):
            on, status = one.day("on"), one.choice("status", ActionStatus)
            update = ActionUpdate(one.identity(), planned.id, on, one.text("text"), status)
            yield self._entry(on, "Action updated", replace(planned, status=status), update)

    def _commentary(self, entry: Entry) -> _Event:
        words = Commentary(
            entry.identity(), self._priority(entry), entry.day("position"), entry.text("text"), entry.text("post")
        )
        return self._entry(entry.day("on"), "Commentary", words)

    def _you_said(self, entry: Entry) -> _Event:
        on = entry.day("on")
        words = YouSaid(entry.identity(), self._priority(entry), on, entry.text("said"), entry.text("did"))
        return self._entry(on, "“You said, we did”", words)

    def _cohorts(self, entry: Entry) -> _Event:
        """Return the setting up of a pair of cohorts, with the series that their figures come in."""
        agencies = {one.short_name: one.id for one in self.shipped.agencies}
        if (agency := entry.text("agency")) not in agencies:
            raise entry.fault("agency", f"no agency is called “{agency}”")
        months, note = entry.whole("follow_up_months"), entry.text("note", "")
        series = tuple(
            Series(
                one.identity(), agencies[agency], one.text("data_set"), None, None, Frequency.YEAR, PeriodForm.COHORT,
                follow_up_months=months, illustrative=True, note=note,
            )
            for one in (entry.entry("series"), entry.entry("other"))
        )  # fmt: skip
        pair = CohortPair(
            entry.identity(), self.shipped.strategy.id, self._priority(entry), entry.text("name"), series[0].id,
            series[1].id, entry.text("event"), note,
        )  # fmt: skip
        return self._entry(entry.day("on"), f"Cohorts “{pair.name}”", *series, pair)

    def _unit_costs(self, entry: Entry) -> _Event:
        """Return the table of unit costs switched on, with what counts each kind."""
        indicators = {one.code: one.indicator for one in self.shipped.uses}
        counted: dict[str, UUID] = {}
        for one in entry.entries("counted"):
            if (code := one.text("code")) not in indicators:
                raise one.fault("code", f"no indicator has the code {code}")
            counted[one.text("kind")] = indicators[code]
        table = cost_table()
        costs = tuple(replace(one, counted=counted.get(one.kind)) for one in table.costs)
        return self._entry(entry.day("on"), entry.text("summary"), replace(table, costs=costs, on=True))

    def _sign_off(self, entry: Entry) -> _Event:
        """The board signs off its own position on the day it meets, as the store knows it then."""
        on = entry.day("meeting")
        meeting = next((one for one in self.shipped.meetings if one.meeting == on), None)
        if meeting is None:
            raise entry.fault("meeting", "the board does not meet on that day")

        def happen(store: Store, at: datetime) -> None:
            sign_off(store=store, meeting=meeting.id, at=at)

        return _Event(on, happen)

    @staticmethod
    def _entry(on: date, summary: str, *entities: Entity) -> _Event:
        def happen(store: Store, at: datetime) -> None:
            with store.change(kind=ChangeKind.ENTRY, summary=summary, at=at) as change:
                change.save(*entities)

        return _Event(on, happen)


def build_example_store(*, path: Path, progress: Progress | None = None) -> Store:
    """Build the example store at ``path`` and return it open.

    The shipped example returns are imported one by one with the dates they are said to have come,
    with the answers and decisions that go with them, so that the store's past can be visited.
    ``progress`` is told how many of how many entries are done.

    Raises:
        UserError: there is a file of that name already, or its folder cannot be written to.
        DamagedResourceError: an example no longer goes through without a question.

    """
    example = _Example(EXAMPLES)
    opened = datetime.combine(example.root.day("opened"), OPENING, UTC)
    store = set_up_store(
        path=path, kind=StoreKind.EXAMPLE, who=example.root.text("who"), strategy=example.strategy(), at=opened
    )
    try:
        events = example.events()
        last = opened
        for count, event in enumerate(events, start=1):
            last = max(last + timedelta(minutes=1), datetime.combine(event.on, OPENING, UTC))
            event.happen(store, last)
            if progress is not None:
                progress(count, len(events))
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store
