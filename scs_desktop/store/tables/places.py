"""Tables of areas, agencies, the series they send, and meetings."""

from __future__ import annotations

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.areas import AreaKind, AreaRole
from scs_desktop.store.tables.base import (
    ListRow,
    Versioned,
    among,
    day,
    flag,
    one_open_version,
    refers,
    thing,
    whole,
    words,
)


class AreaTable(Versioned):
    """Places; names, codes and successors are lists beneath."""

    kind = among(AreaKind)
    parent = thing(null=True)
    valid_from = day(null=True)
    valid_to = day(null=True)
    role = among(AreaRole, null=True)


class AreaNameTable(ListRow):
    """Names an area bears or bore."""

    record = refers("area", "record")
    text = words()
    valid_from = day(null=True)
    valid_to = day(null=True)
    preferred = flag()


class AreaCodeTable(ListRow):
    """Codes of an area, of several families."""

    record = refers("area", "record")
    family = words()
    code = words()
    valid_from = day(null=True)
    valid_to = day(null=True)


class AreaSuccessorTable(ListRow):
    """Areas that came after an area."""

    record = refers("area", "record")
    value = thing()


class AgencyTable(Versioned):
    """Partner agencies."""

    name = words()
    short_name = words()
    valid_from = day(null=True)
    valid_to = day(null=True)
    successor = thing(null=True)


class SeriesTable(Versioned):
    """Where figures come from."""

    agency = thing()
    data_set = words()
    definition = thing(null=True)
    indicator = thing(null=True)
    frequency = among(Frequency)
    form = among(PeriodForm)
    preferred = flag()
    survey = words()
    follow_up_months = whole()
    illustrative = flag()
    note = words()


class ExpectedReturnTable(Versioned):
    """Returns that agencies owe."""

    agency = thing()
    series = thing()
    frequency = among(Frequency)
    days_late = whole()
    valid_from = day(null=True)
    valid_to = day(null=True)


class MeetingTable(Versioned):
    """Meetings of the board with their four dates."""

    position = day()
    cut_off = day()
    meeting = day()
    publication = day(null=True)
    title = words()


one_open_version(AreaTable, AgencyTable, SeriesTable, ExpectedReturnTable, MeetingTable)
