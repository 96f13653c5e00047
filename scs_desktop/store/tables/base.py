"""The parts every table is made of.

Column types are those that PostgreSQL has too: text, whole numbers and bytes. Identifiers, dates
(ISO) and exact decimals (with their printed precision) are text; no rule lives in a trigger.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

if TYPE_CHECKING:
    # Only the type stubs know that fields are generic.
    TextColumn = peewee.TextField[Any]
    WholeColumn = peewee.IntegerField[Any]
else:
    TextColumn = peewee.TextField
    WholeColumn = peewee.IntegerField

F = TypeVar("F", bound="peewee.Field[Any]")
_ISO_DAY = 10


def _table_name(model: type[peewee.Model]) -> str:
    """``IndicatorUseTable`` is the table ``indicator_use``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__.removesuffix("Table")).lower()


class Table(peewee.Model):
    """A table of the store. It is bound to no database: every question names the one it asks."""

    class Meta:
        """STRICT: a column holds its own type or the row is refused."""

        strict_tables = True
        table_function = _table_name


def key() -> peewee.AutoField:
    """A running number of the row itself."""
    return peewee.AutoField()


def _made(field: F, *, null: bool, check: peewee.Node | None = None) -> F:
    field.null = null
    if check is not None:
        field.constraints = [check]
    return field


def refers(table: str, column: str, *, null: bool = False) -> WholeColumn:
    """A whole number that refers to a row; checked when the change is committed, so order is free."""
    return _made(peewee.IntegerField(), null=null, check=reference(table, column))


def thing(*, null: bool = False) -> TextColumn:
    """The UUID of something that lasts. It must be known to the store by the end of the change."""
    return named("identity", "id", null=null)


def named(table: str, column: str, *, null: bool = False) -> TextColumn:
    """Text that refers to a row by its name."""
    return _made(peewee.TextField(), null=null, check=reference(table, column))


def reference(table: str, column: str) -> peewee.SQL:
    """A reference to a row, checked when the change is committed."""
    return peewee.SQL(f'REFERENCES "{table}" ("{column}") DEFERRABLE INITIALLY DEFERRED')


class _Checked(TextColumn):
    """Text with a check, whose words are made when the column's name is known."""

    def __init__(self, check: str) -> None:
        super().__init__()
        self.check = check

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:  # noqa: FBT001, FBT002
        """Add the check."""
        self.constraints = [peewee.Check(self.check.format(column=f'"{name}"'))]
        super().bind(model, name, set_attribute)


class _Flag(WholeColumn):
    """Yes or no, as 1 or 0."""

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:  # noqa: FBT001, FBT002
        """Add the check, which needs the column's name."""
        self.constraints = [peewee.Check(f'"{name}" IN (0, 1)')]
        super().bind(model, name, set_attribute)


def words(*, null: bool = False) -> TextColumn:
    """Text, possibly empty."""
    return _made(peewee.TextField(), null=null)


def day(*, null: bool = False) -> TextColumn:
    """An ISO date."""
    return _made(_Checked(f"length({{column}}) = {_ISO_DAY}"), null=null)


def day_or_empty() -> TextColumn:
    """An ISO date, or an empty text where there is none: keys are unique only without absent parts."""
    return _made(_Checked(f"length({{column}}) IN (0, {_ISO_DAY})"), null=False)


def among(kind: type[StrEnum], *, null: bool = False) -> TextColumn:
    """One of the values of the enumeration."""
    listed = ", ".join(f"'{one.value}'" for one in kind)
    return _made(_Checked(f"{{column}} IN ({listed})"), null=null)


def flag(*, null: bool = False) -> WholeColumn:
    """Yes or no."""
    return _made(_Flag(), null=null)


def exact(*, null: bool = False) -> TextColumn:
    """An exact decimal as text: 24.0 is kept as "24.0"."""
    return _made(peewee.TextField(), null=null)


def whole(*, null: bool = False) -> WholeColumn:
    """A whole number."""
    return _made(peewee.IntegerField(), null=null)


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
