"""Who sent a return, and which of the sender's series it may bring figures for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.strategy import Adding, Definition, IndicatorKind, Polarity, RatedPart
from scs_desktop.returns.items import split_items
from scs_desktop.returns.questions import Answers, Choice, Question, QuestionKind
from scs_desktop.returns.recognising import likely_senders
from scs_desktop.returns.registry import AreaRegistry
from scs_desktop.returns.scoring import Wanted

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Agency, Series
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store
    from scs_desktop.workflows.read_return import ReadReturn

UNUSED_LAST, CONTEXT_LAST = 998, 999
"""Where series stand in order that no indicator of the strategy uses, and those that belong to none."""


def agency_named(*, store: Store, name: str) -> Agency:
    """Return the agency of the name or short name.

    Raises:
        UserError: no agency of the store is called so.

    """
    wanted = name.strip().casefold()
    agencies = store.agencies()
    for agency in agencies:
        if wanted in {agency.name.casefold(), agency.short_name.casefold(), str(agency.id)}:
            return agency
    found = [agency for agency in agencies if wanted and wanted in agency.name.casefold()]
    if len(found) == 1:
        return found[0]
    known = "; ".join(sorted(agency.name for agency in agencies))
    message = f"No agency of this store is called “{name}”. It knows: {known}."
    raise UserError(message)


def wanted_of(snapshot: Snapshot, agency: UUID) -> tuple[Wanted, ...]:
    """Return the series that the agency provides, with every name the strategy knows them by.

    Where it provides several of one indicator, those beside the preferred one are named by their data set too.
    """
    several = Counter(one.indicator for one in snapshot.series.values() if one.agency == agency)
    found = []
    for series in snapshot.series.values():
        if series.agency != agency:
            continue
        if series.indicator is None:
            found.append((CONTEXT_LAST, _context_series(series)))
            continue
        definition = snapshot.definitions.get(series.definition) if series.definition is not None else None
        indicator = snapshot.indicators.get(series.indicator)
        if definition is None or indicator is None:
            continue
        use = next((one for one in snapshot.uses if one.indicator == series.indicator), None)
        names = (
            indicator.name,
            indicator.short_name,
            definition.question,
            *(() if use is None else (use.label,)),
            *(definition.components if len(definition.components) == 1 else ()),
        )
        beside = several[series.indicator] > 1 and not series.preferred
        name = f"{indicator.name} ({series.data_set})" if beside else indicator.name
        kept = tuple(dict.fromkeys(one for one in (*names, series.data_set if beside else "") if one))
        order = use.order if use else UNUSED_LAST
        found.append((order, Wanted(series, definition, use.code if use else "", name, kept, beside)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].beside_another)))


def _context_series(series: Series) -> Wanted:
    """Return what a series without an indicator looks for under the name of its data set; it has no light.

    Counts, or of a cohort the share of it that had the event, with how many had and how many there were.
    """
    cohort = series.form is PeriodForm.COHORT
    definition = Definition(
        id=series.definition or series.id,
        indicator=series.id,
        version=1,
        unit=Unit.PERCENT if cohort else Unit.COUNT,
        polarity=Polarity.NONE,
        kind=IndicatorKind.CONTEXT,
        rated=RatedPart.PERCENT if cohort else RatedPart.COUNT,
        over_time=Adding.RATIO_OF_SUMS if cohort else Adding.SUM,
        denominator="people" if cohort else "",
        counted_noun=series.data_set if cohort else "",
    )
    return Wanted(series, definition, "", series.data_set, (series.data_set,))


def sender_of(
    store: Store, read: ReadReturn, snapshot: Snapshot, agency: UUID | None, answers: Answers
) -> tuple[UUID, Question | None]:
    """Return the agency to plan for, and the question who sent the file where nobody has said and none is known."""
    if agency is not None:
        return agency, None
    key = f"agency/{read.reading.sha256[:12]}"
    given = answers.to(key)
    if given is not None:
        found = agency_named(store=store, name=given)
        asked = Question(key, QuestionKind.AGENCY, "Who sent this file?", (Choice(found.name, found.name, 100),))
        return found.id, asked
    registry = AreaRegistry(tuple(snapshot.areas.values()), snapshot.strategy.home_area)
    items = split_items(read.reading, registry, whole_file_area=registry.home.id).items
    providers = [(one, wanted) for one in snapshot.agencies if (wanted := wanted_of(snapshot, one))]
    senders = likely_senders(items, [store.profile(one) for one, _ in providers], providers)
    if not senders:
        message = "No agency of this strategy provides a series yet, so no return can be stored."
        raise UserError(message)
    if senders[0].known and sum(one.known for one in senders) == 1:
        return senders[0].agency, None
    names = {one.agency: snapshot.agencies[one.agency].name for one in senders}
    choices = tuple(Choice(names[one.agency], names[one.agency], one.score) for one in senders)
    return senders[0].agency, Question(key, QuestionKind.AGENCY, "Who sent this file?", choices, remembered=False)
