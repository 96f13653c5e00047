"""Tables of imports, the files they came from, figures, and the cells they were read from."""

from __future__ import annotations

import peewee

from scs_desktop.domain.figures import FigureKind, Finality, Origin, Part, SourceRole
from scs_desktop.domain.periods import PeriodKind
from scs_desktop.store.tables.base import (
    Table,
    among,
    day,
    day_or_empty,
    exact,
    flag,
    key,
    named,
    reference,
    refers,
    thing,
    whole,
    words,
)


class KeptFileTable(Table):
    """Bytes of returns, by their SHA-256. A purge takes the bytes and leaves the rest as a tombstone."""

    sha256 = peewee.TextField(primary_key=True, constraints=[peewee.Check('length("sha256") = 64')])
    size = whole()
    content = peewee.BlobField(null=True)
    kept_in = refers("change", "number")
    purged_in = refers("change", "number", null=True)
    purge_reason = words()

    class Meta:
        """The bytes are there unless they were purged."""

        constraints = (peewee.Check('("content" IS NULL) = ("purged_in" IS NOT NULL)'),)


class ReturnImportTable(Table):
    """Imports. ``content_hash`` is over the figures it recorded; ``undone_in`` the change that took it back."""

    id = peewee.TextField(primary_key=True, constraints=[reference("identity", "id")])
    agency = thing()
    file_name = words()
    sha256 = named("kept_file", "sha256")
    received_on = day()
    extracted_on = day(null=True)
    illustrative = flag()
    figures = whole()
    content_hash = words()
    recorded_in = refers("change", "number")
    undone_in = refers("change", "number", null=True)


class FigureTable(Table):
    """Figures, append-only. ``restores`` is the version that an undo brought back as this one."""

    record = key()
    id = words()
    series = thing()
    area = thing()
    period_start = day()
    period_end = day()
    period_kind = among(PeriodKind)
    follow_up_end = day_or_empty()
    part = among(Part)
    component = words()
    kind = among(FigureKind)
    value = exact(null=True)
    decimals = whole()
    text = words()
    bound = exact(null=True)
    finality = among(Finality)
    origin = among(Origin)
    import_id = named("return_import", "id", null=True)
    note = words()
    recorded_in = refers("change", "number")
    superseded_in = refers("change", "number", null=True)
    restores = refers("figure", "record", null=True)

    class Meta:
        """A number has a value, and nothing else has."""

        constraints = (
            peewee.Check('("kind" = \'number\') = ("value" IS NOT NULL)'),
            peewee.Check('"superseded_in" IS NULL OR "superseded_in" > "recorded_in"'),
        )


class ConfirmationTable(Table):
    """Figures that a later import says too: they outlive the import that brought them first."""

    record = key()
    figure = refers("figure", "record")
    import_id = named("return_import", "id")


class ConfirmingCellTable(Table):
    """Cells a confirmation was read from, in order."""

    confirmation = refers("confirmation", "record")
    ordinal = whole()
    sheet = words()
    cell = words()
    text = words()
    role = among(SourceRole)

    class Meta:
        """One row per place in the list."""

        primary_key = peewee.CompositeKey("confirmation", "ordinal")


class SourceCellTable(Table):
    """Cells a figure was read from, in order."""

    figure = refers("figure", "record")
    ordinal = whole()
    sheet = words()
    cell = words()
    text = words()
    role = among(SourceRole)

    class Meta:
        """One row per place in the list."""

        primary_key = peewee.CompositeKey("figure", "ordinal")


_current = FigureTable.superseded_in.is_null()
# The order of the key serves "all current figures of a series"; what is current is unique.
FigureTable.add_index(
    FigureTable.index(
        FigureTable.series,
        FigureTable.area,
        FigureTable.period_start,
        FigureTable.period_end,
        FigureTable.period_kind,
        FigureTable.follow_up_end,
        FigureTable.part,
        FigureTable.component,
        unique=True,
        where=_current,
        name="figure_open",
    )
)
FigureTable.add_index(
    FigureTable.index(FigureTable.series, FigureTable.area, FigureTable.period_start, name="figure_key")
)
FigureTable.add_index(FigureTable.index(FigureTable.id, unique=True, name="figure_id"))
FigureTable.add_index(FigureTable.index(FigureTable.import_id, name="figure_import"))
ReturnImportTable.add_index(ReturnImportTable.index(ReturnImportTable.sha256, name="return_import_sha256"))
ConfirmationTable.add_index(ConfirmationTable.index(ConfirmationTable.figure, name="confirmation_figure"))
ConfirmationTable.add_index(ConfirmationTable.index(ConfirmationTable.import_id, name="confirmation_import"))
