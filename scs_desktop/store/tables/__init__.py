"""The tables, private to the store: everybody else speaks in domain objects."""

from __future__ import annotations

from scs_desktop.store.tables import figures, places, record, strategy
from scs_desktop.store.tables.base import ListRow, Table, Versioned

ALL_TABLES: tuple[type[Table], ...] = tuple(
    model
    for module in (record, places, strategy, figures)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Table) and model not in {Table, Versioned, ListRow}
)
"""Every table of the store, in the order in which they are made."""


def table_name(model: type[Table]) -> str:
    """Return the name of a table in the file."""
    return str(model._meta.table_name)  # noqa: SLF001 - peewee's documented place of it
