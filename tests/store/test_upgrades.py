"""Old stores open in the present program, with every row; a newer one is refused."""

from __future__ import annotations

import logging
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import FigureKind
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.strategy import IndicatorUse, YouSaid
from scs_desktop.domain.targets import Target
from scs_desktop.store import DamagedStore, NewerStore, OlderStore, open_store, verify_store
from scs_desktop.store import database as database_module
from scs_desktop.store import opening as opening_module
from scs_desktop.store.database import SCHEMA_VERSION, open_database, schema_version_of
from scs_desktop.store.upgrades import UPGRADES, Upgrade, upgrade
from tests.store.builders import BURGLARIES, BURGLARY, STRATEGY, key_of, new_store, uid, values_of
from tests.store.make_version import path_of, unpack


def _add_a_tag_to_priorities(connection: sqlite3.Connection) -> None:
    """Priorities get a tag."""
    connection.execute('ALTER TABLE "priority" ADD COLUMN "tag" TEXT NOT NULL DEFAULT \'\'')


def _rebuild_identities(connection: sqlite3.Connection) -> None:
    """Identities are kept in a new table, to which everything refers as before."""
    connection.execute('CREATE TABLE "fresh" ("id" TEXT NOT NULL PRIMARY KEY, "kind" TEXT, "made_in" INTEGER) STRICT')
    connection.execute('INSERT INTO "fresh" SELECT * FROM "identity"')
    connection.execute('DROP TABLE "identity"')
    connection.execute('ALTER TABLE "fresh" RENAME TO "identity"')


def _forget_the_names(connection: sqlite3.Connection) -> None:
    """This one loses rows that it does not own up to."""
    connection.execute('DELETE FROM "area_name"')


def _tear_a_reference(connection: sqlite3.Connection) -> None:
    """This one leaves rows that refer to nothing."""
    connection.execute('DELETE FROM "identity" WHERE "kind" = \'agency\'')


NEXT, AFTER = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
TO_NEXT = Upgrade(NEXT, _add_a_tag_to_priorities)
TO_AFTER = Upgrade(AFTER, _rebuild_identities)


def test_the_steps_lead_from_version_1_to_the_present_one_and_each_says_what_it_does() -> None:
    assert [one.to_version for one in UPGRADES] == list(range(2, SCHEMA_VERSION + 1))
    assert all(one.run.__doc__ for one in UPGRADES)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_store_of_every_version_opens_with_all_that_it_held(version: int, tmp_path: Path) -> None:
    path = unpack(version, tmp_path)
    with open_store(path, who="A. Officer") as store:
        assert [one.undone for one in store.imports()] == [False, True]
        figures = store.current_figures([BURGLARIES.id])
        assert [figures[key_of(2011, number)].measured.value for number in (4, 5)] == [280, 275]
        assert str(figures[key_of(2011, 6)].measured.value) == "-0.50"
        suppressed = figures[key_of(2011, 7)].measured
        assert (suppressed.kind, suppressed.bound) == (FigureKind.SUPPRESSED, Decimal(5))
        assert store.all_of(Target)[0].value == Decimal(-4)
        assert store.all_of(YouSaid) == ()
        assert len(store.all_of(YouSaid, as_at=2)) == 1
        assert store.strategies()[0].name == "Safer Northtown"
    assert verify_store(path).sound


def test_a_store_of_version_1_gains_columns_and_tables_and_its_samples_stay_as_they_were_rated(tmp_path: Path) -> None:
    path = unpack(1, tmp_path)
    with open_store(path, who="A. Officer") as store:
        definition = store.definitions()[0]
        assert (definition.tau, definition.hide_small) == (None, False)
        assert definition.sample is not None
        assert definition.sample.design_effect == 1
        assert {use.weight for use in store.all_of(IndicatorUse)} == {1}
        with store.change(summary="Burglary is counted anew") as change:
            change.save(SeriesBreak(uid("break"), BURGLARY.id, BreakKind.DEFINITION, date(2012, 4, 1), "New rules"))
        assert store.snapshot(STRATEGY.id).breaks[0].cause == "New rules"
    upgraded, new = _columns(path), _columns(unpack(SCHEMA_VERSION, tmp_path))
    assert upgraded == new


def _columns(path: Path) -> dict[str, set[object]]:
    """Each table's columns with their types and whether they may be empty, in no order."""
    database = open_database(path, read_only=True)
    try:
        return {
            str(name): {tuple(column[1:4]) for column in database.ask(f'PRAGMA table_info("{name}")')}
            for (name,) in database.ask("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    finally:
        database.close_everywhere()


def test_the_tables_of_a_new_store_are_those_of_the_checked_in_one(tmp_path: Path) -> None:
    """Whoever changes a table makes an upgrade and a database of the new version."""
    new_store(tmp_path / "new.store").close()
    new, kept = (_schema(path) for path in (tmp_path / "new.store", unpack(SCHEMA_VERSION, tmp_path)))
    assert new == kept


def _schema(path: Path) -> dict[str, str]:
    database = open_database(path, read_only=True)
    try:
        return {str(name): str(sql) for name, sql in database.ask("SELECT name, sql FROM sqlite_schema")}
    finally:
        database.close_everywhere()


def test_an_upgrade_is_copied_first_logged_and_stands_in_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = unpack(SCHEMA_VERSION, tmp_path)
    before = _content(path)
    _become_a_later_program(monkeypatch)
    with pytest.raises(OlderStore, match="Open it to change once"):
        open_store(path, who="A. Officer", read_only=True)
    with caplog.at_level(logging.INFO), open_store(path, who="A. Officer") as store:
        assert [one.summary for one in store.changes(2)] == [
            f"Upgrade to version {AFTER}: Identities are kept in a new table, to which everything refers as before.",
            f"Upgrade to version {NEXT}: Priorities get a tag.",
        ]
        assert {one.kind for one in store.changes(2)} == {ChangeKind.UPGRADE}
        assert len(values_of(store)) == 4
        with store.change(summary="Goes on") as change:
            change.close_figure(key_of())
    assert f"version {NEXT}: Priorities get a tag." in caplog.messages
    assert schema_version_of(path) == AFTER
    assert _content(path.with_name(f"{path.name}.version-{SCHEMA_VERSION}.backup")) == before
    with open_store(path, who="A. Officer", read_only=True) as store:
        assert len(values_of(store)) == 3


def _become_a_later_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program be a later one, with two upgrades more."""
    for module in (database_module, opening_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", AFTER)
    monkeypatch.setattr(opening_module, "UPGRADES", (TO_NEXT, TO_AFTER))


@pytest.mark.parametrize(
    ("bad", "message"),
    [(_forget_the_names, "changed area_name from 3 rows to 0"), (_tear_a_reference, "refers to nothing")],
)
def test_an_upgrade_that_loses_something_changes_nothing(bad: object, message: str, tmp_path: Path) -> None:
    path = unpack(SCHEMA_VERSION, tmp_path)
    before = _content(path)
    database = open_database(path)
    step = Upgrade(AFTER, bad, frozenset({"identity"}))  # type: ignore[arg-type]
    try:
        with pytest.raises(RuntimeError, match=message):
            upgrade(path, database, upgrades=(TO_NEXT, step), who="A. Officer")
        assert database.ask("PRAGMA foreign_keys") == [(1,)]
    finally:
        database.close_everywhere()
    assert schema_version_of(path) == SCHEMA_VERSION
    assert _content(path) == before
    with open_store(path, who="A. Officer") as store:
        assert len(values_of(store)) == 4


def _content(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_an_upgrade_may_drop_rows_it_owns_up_to(tmp_path: Path) -> None:
    path = unpack(SCHEMA_VERSION, tmp_path)
    database = open_database(path)
    try:
        upgrade(path, database, upgrades=(Upgrade(NEXT, _forget_the_names, frozenset({"area_name"})),), who="A")
        assert database.ask('SELECT count(*) FROM "area_name"') == [(0,)]
        assert upgrade(path, database, upgrades=(TO_NEXT,), who="A") is None, "done once"
    finally:
        database.close_everywhere()


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = unpack(SCHEMA_VERSION, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerStore, match="newer version"):
            open_store(path, who="A. Officer", read_only=read_only)
    assert path.read_bytes() == before
    assert issubclass(NewerStore, RefusedError)
    assert not issubclass(NewerStore, DamagedStore)
    assert path_of(SCHEMA_VERSION).stat().st_size < 100_000
