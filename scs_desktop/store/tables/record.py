"""Tables of the store's own account: who changed what, and everything's identity."""

from __future__ import annotations

import peewee

from scs_desktop.domain.decisions import Verdict
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.publication import SignOffState
from scs_desktop.domain.strategy import Polarity
from scs_desktop.domain.targets import BaselineKind
from scs_desktop.store.tables.base import (
    ListRow,
    Table,
    Versioned,
    among,
    day,
    exact,
    key,
    one_open_version,
    refers,
    thing,
    whole,
    words,
)


class StoreInfoTable(Table):
    """What store this is: one row. ``checked_at`` is when it was last checked in full."""

    only = peewee.IntegerField(primary_key=True, constraints=[peewee.Check('"only" = 1')])
    id = words()
    kind = among(StoreKind)
    created_at = words()
    created_by = words()
    checked_at = words()


class ChangeTable(Table):
    """Every change, numbered upward whatever the clock does."""

    number = peewee.IntegerField(primary_key=True)
    at = words()
    who = words()
    kind = among(ChangeKind)
    summary = words()
    undoes = refers("change", "number", null=True)


class AuditTable(Table):
    """One line for each thing a change touched: what, old, new."""

    line = key()
    change = refers("change", "number")
    entity = words()
    entity_id = words()
    what = words()
    old = words()
    new = words()


class IdentityTable(Table):
    """Everything that lasts, by its UUID, and what it is."""

    id = peewee.TextField(primary_key=True, constraints=[peewee.Check('length("id") = 36')])
    kind = words()
    made_in = refers("change", "number")


class DecisionTable(Versioned):
    """Doubts decided. The rule is a word of the checks, which grow: it is not listed here."""

    finding = words()
    rule = words()
    verdict = among(Verdict)
    reason = words()
    proposal = words()


class DecisionCorrectionTable(ListRow):
    """What a decision changes in how the strategy is read."""

    record = refers("decision", "record")
    kind = words()
    use = thing()
    other = thing(null=True)
    part = among(Part, null=True)
    unit = among(Unit, null=True)
    value = exact(null=True)
    text = words()
    polarity = among(Polarity, null=True)
    source = among(BaselineKind, null=True)


class PublicationRuleTable(Versioned):
    """Figures that may not be published, at all or before a day."""

    reason = words()
    series = thing(null=True)
    import_id = thing(null=True)
    not_before = day(null=True)


class SignOffTable(Versioned):
    """Board papers as they were signed off."""

    meeting = thing()
    strategy = thing()
    position = day()
    as_at = whole()
    state = among(SignOffState)
    statuses = words()
    texts = words()
    pdf = peewee.BlobField()
    reason = words()


class ProfileAnswerTable(Versioned):
    """Questions answered for an agency's returns."""

    agency = thing()
    question = words()
    answer = words()
    shown = words()


class KnownLayoutTable(Versioned):
    """Table layouts that an agency has sent before."""

    agency = thing()
    sheet = words()


class KnownLayoutHeadTable(ListRow):
    """Header texts of a layout, in order."""

    record = refers("known_layout", "record")
    value = words()


class KnownLayoutRowTable(ListRow):
    """Row names of a layout, in order."""

    record = refers("known_layout", "record")
    value = words()


one_open_version(DecisionTable, PublicationRuleTable, SignOffTable, ProfileAnswerTable, KnownLayoutTable)
