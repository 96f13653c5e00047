"""The parts every table is made of.

Column types are those that PostgreSQL has too: text, whole numbers and bytes. Identifiers, dates
(ISO) and exact decimals (with their printed precision) are text; no rule lives in a trigger.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import peewee

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISO_DAY = 10


def _table_name(model: type[peewee.Model]) -> str:
    """``IndicatorUseTable`` is the table ``indicator_use``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__.removesuffix("Table")).lower()


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


class Table(peewee.Model):
    """A table of the store. It is bound to no database: every question names the one it asks."""

    class Meta:
        """STRICT: a column holds its own type or the row is refused."""

        strict_tables = True
        table_function = _table_name


def key() -> peewee.AutoField:
    """A running number of the row itself."""
    return peewee.AutoField()


def refers(table: str, column: str, *, null: bool = False, primary_key: bool = False) -> peewee.IntegerField:
    """A whole number that refers to a row; checked when the change is committed, so order is free."""
    return peewee.IntegerField(null=null, primary_key=primary_key, constraints=[_reference(table, column)])


def thing(*, null: bool = False) -> peewee.TextField:
    """The UUID of something that lasts. It must be known to the store by the end of the change."""
    return peewee.TextField(null=null, constraints=[_reference("identity", "id")])


def _reference(table: str, column: str) -> peewee.SQL:
    return peewee.SQL(f'REFERENCES "{table}" ("{column}") DEFERRABLE INITIALLY DEFERRED')


def words() -> peewee.TextField:
    """Text, possibly empty, never missing."""
    return peewee.TextField()


def day(*, null: bool = False) -> peewee.TextField:
    """An ISO date."""
    return _Day(null=null)


class _Day(peewee.TextField):
    """Text of the length of an ISO date."""

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:  # noqa: FBT001, FBT002
        """Add the check, which needs the column's name."""
        self.constraints = [*(self.constraints or []), peewee.Check(f'length("{name}") = {_ISO_DAY}')]
        super().bind(model, name, set_attribute)


class _Among(peewee.TextField):
    """Text that is one of the values of an enumeration."""

    def __init__(self, kind: type[StrEnum], *, null: bool) -> None:
        super().__init__(null=null)
        self.kind = kind

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:  # noqa: FBT001, FBT002
        """Add the check, which needs the column's name."""
        self.constraints = [peewee.Check(f'"{name}" IN ({_listed(one.value for one in self.kind)})')]
        super().bind(model, name, set_attribute)


class _Flag(peewee.IntegerField):
    """Yes or no, as 1 or 0."""

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:  # noqa: FBT001, FBT002
        """Add the check, which needs the column's name."""
        self.constraints = [peewee.Check(f'"{name}" IN (0, 1)')]
        super().bind(model, name, set_attribute)


def among(kind: type[StrEnum], *, null: bool = False) -> peewee.TextField:
    """One of the values of the enumeration."""
    return _Among(kind, null=null)


def flag(*, null: bool = False) -> peewee.IntegerField:
    """Yes or no."""
    return _Flag(null=null)


def exact(*, null: bool = False) -> peewee.TextField:
    """An exact decimal as text: 24.0 is kept as "24.0"."""
    return peewee.TextField(null=null)


def whole(*, null: bool = False) -> peewee.IntegerField:
    """A whole number."""
    return peewee.IntegerField(null=null)


class Versioned(Table):
    """A row that records something: closed and followed by another, never edited.

    ``id`` is the thing's UUID; ``recorded_in`` and ``superseded_in`` are numbers of changes.
    """

    record = key()
    id = thing()
    recorded_in = refers("change", "number")
    superseded_in = refers("change", "number", null=True)


class ListRow(Table):
    """One entry of a list that belongs to one version of something."""

    record = whole()
    ordinal = whole()

    class Meta:
        """One row per place in the list."""

        primary_key = peewee.CompositeKey("record", "ordinal")


def one_open_version(*models: type[Versioned]) -> None:
    """Give every table the index that finds what is current and forbids two open versions of one thing."""
    for model in models:
        name = model._meta.table_name  # noqa: SLF001 - peewee's documented place of a model's table
        model.add_index(model.index(model.id, unique=True, where=model.superseded_in.is_null(), name=f"{name}_open"))
        model.add_index(model.index(model.recorded_in, name=f"{name}_recorded"))
