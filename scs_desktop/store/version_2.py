"""The step from version 1 to 2, on plain SQL as it is for good; nothing here follows today's tables."""

from __future__ import annotations

import sqlite3

_TO_THING = 'REFERENCES "identity" ("id") DEFERRABLE INITIALLY DEFERRED'
_TO_CHANGE = 'REFERENCES "change" ("number") DEFERRABLE INITIALLY DEFERRED'

_NEW_COLUMNS = (
    ("definition", '"tau" TEXT'),
    ("definition", '"hide_small" INTEGER NOT NULL DEFAULT 0 CHECK ("hide_small" IN (0, 1))'),
    ("definition", '"sample_design_effect" TEXT'),
    ("indicator_use", "\"weight\" TEXT NOT NULL DEFAULT '1'"),
)
# What the strategy shipped with version 1 says of its definitions since: which small numbers a public copy hides,
# and how far a year of violence strays.
HIDING_SMALL = (
    "170db6e9-0382-47f8-80b4-c81c200c1f03",
    "8e50077c-350e-4b46-99c8-fdd5fce26df6",
    "d4f71172-c82e-4109-a23a-a977caa7174c",
    "50be2fb3-aa27-4949-89c5-66640de25d18",
    "c09a838f-c633-40e9-adc6-76d2406ddb2f",
)
STRAYING = (("ada980af-e4fe-43c0-96c8-7c85a26f8c30", "0.09"),)
_VERSIONED = {
    "series_break": (
        f'"indicator" TEXT NOT NULL {_TO_THING}',
        "\"kind\" TEXT NOT NULL CHECK (\"kind\" IN ('definition', 'rebase'))",
        '"on" TEXT NOT NULL CHECK (length("on") = 10)',
        '"cause" TEXT NOT NULL',
        '"compared_because" TEXT NOT NULL',
    ),
    "rollup_choice": (
        f'"priority" TEXT NOT NULL {_TO_THING}',
        "\"rule\" TEXT NOT NULL CHECK (\"rule\" IN ('counted', 'worst of', 'weighted'))",
        '"reason" TEXT NOT NULL',
        '"by_post" TEXT NOT NULL',
        '"on" TEXT NOT NULL CHECK (length("on") = 10)',
    ),
    "priority_override": (
        f'"priority" TEXT NOT NULL {_TO_THING}',
        '"position" TEXT NOT NULL CHECK (length("position") = 10)',
        "\"light\" TEXT NOT NULL CHECK (\"light\" IN ('green', 'amber', 'red'))",
        '"reason" TEXT NOT NULL',
        '"by_post" TEXT NOT NULL',
        '"on" TEXT NOT NULL CHECK (length("on") = 10)',
    ),
    "cost_table": ('"on" INTEGER NOT NULL CHECK ("on" IN (0, 1))', '"into" TEXT NOT NULL'),
    "cohort_pair": (
        f'"strategy" TEXT NOT NULL {_TO_THING}',
        f'"priority" TEXT NOT NULL {_TO_THING}',
        '"name" TEXT NOT NULL',
        f'"series" TEXT NOT NULL {_TO_THING}',
        f'"other" TEXT NOT NULL {_TO_THING}',
        '"event" TEXT NOT NULL',
        '"note" TEXT NOT NULL',
    ),
}
_LISTS = {
    "cost_table_cost": (
        '"kind" TEXT NOT NULL',
        '"name" TEXT NOT NULL',
        '"amount" TEXT',
        '"prices" TEXT NOT NULL',
        '"source" TEXT NOT NULL',
        '"confirmed" INTEGER NOT NULL CHECK ("confirmed" IN (0, 1))',
        '"multiplier" TEXT',
        '"multiplier_source" TEXT NOT NULL',
        f'"counted" TEXT {_TO_THING}',
    ),
    "cost_table_deflator": (
        '"prices" TEXT NOT NULL',
        '"into" TEXT NOT NULL',
        '"factor" TEXT NOT NULL',
        '"source" TEXT NOT NULL',
    ),
}


def add_breaks_rollups_costs_and_cohorts(connection: sqlite3.Connection) -> None:
    """Breaks, rollup rules, overrides, unit costs and cohorts are kept; definitions say τ and the survey's design."""
    for table, column in _NEW_COLUMNS:
        connection.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    # A sample that was known before is taken as a simple random one, as it was rated.
    connection.execute(
        'UPDATE "definition" SET "sample_design_effect" = \'1\' WHERE "sample_size" IS NOT NULL',
    )
    for identifier in HIDING_SMALL:
        connection.execute('UPDATE "definition" SET "hide_small" = 1 WHERE "id" = ?', (identifier,))
    for identifier, tau in STRAYING:
        connection.execute('UPDATE "definition" SET "tau" = ? WHERE "id" = ?', (tau, identifier))
    for table, columns in _VERSIONED.items():
        own = (
            '"record" INTEGER NOT NULL PRIMARY KEY',
            f'"id" TEXT NOT NULL {_TO_THING}',
            f'"recorded_in" INTEGER NOT NULL {_TO_CHANGE}',
            f'"superseded_in" INTEGER {_TO_CHANGE}',
            *columns,
        )
        connection.execute(f'CREATE TABLE "{table}" ({", ".join(own)}) STRICT')
        connection.execute(f'CREATE UNIQUE INDEX "{table}_open" ON "{table}" ("id") WHERE ("superseded_in" IS NULL)')
        connection.execute(f'CREATE INDEX "{table}_recorded" ON "{table}" ("recorded_in")')
    for table, columns in _LISTS.items():
        own = (
            '"ordinal" INTEGER NOT NULL',
            '"record" INTEGER NOT NULL REFERENCES "cost_table" ("record") DEFERRABLE INITIALLY DEFERRED',
            *columns,
            'PRIMARY KEY ("record", "ordinal")',
        )
        connection.execute(f'CREATE TABLE "{table}" ({", ".join(own)}) STRICT')
