"""A backup is whole and checked before it counts, and only then are older ones thinned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scs_desktop.domain.history import StoreKind
from scs_desktop.store import (
    Backup,
    DamagedStore,
    Store,
    StoreExists,
    StoreReadOnly,
    backup_into,
    backup_store,
    backups_in,
    create_store,
    open_store,
    verify_store,
)
from scs_desktop.store.backup import superfluous
from tests.store.builders import OFFICER, counted, key_of, moment, monthly_return, new_store, said_by, take_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "partnership.store") as opened:
        take_in(opened, monthly_return("met.csv", [280, 275]))
        yield opened


def test_a_backup_holds_all_that_the_store_holds(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.backup"
    assert backup_store(store, target) == target
    report = verify_store(target)
    assert report.sound
    assert (report.changes, report.figures, report.imports) == (3, 2, 1)
    with open_store(target, who=OFFICER) as copy:
        assert said_by(copy) == said_by(store)
        assert copy.id == store.id
        assert copy.kept_file(copy.imports()[0].id) == store.kept_file(store.imports()[0].id)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "copy.backup",
        "partnership.store",
        "partnership.store.lock",
    ]


def test_a_later_backup_takes_the_place_of_an_earlier_one_of_the_same_store(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.backup"
    backup_store(store, target)
    with store.change(summary="Entry") as change:
        change.record_figures([counted(key_of(2011, 9), 7)])
    backup_store(store, target)
    assert verify_store(target).figures == 3


def test_a_backup_never_takes_the_place_of_anything_else(store: Store, tmp_path: Path) -> None:
    letter, other = tmp_path / "letter.txt", tmp_path / "other.store"
    letter.write_text("Dear board")
    create_store(other, kind=StoreKind.REAL, who=OFFICER).close()
    for target in (letter, other, store.path):
        before = target.read_bytes()
        with pytest.raises(StoreExists, match="no backup of this store"):
            backup_store(store, target)
        assert target.read_bytes() == before
    copy = tmp_path / "copy.store"
    backup_store(store, copy)
    with open_store(copy, who=OFFICER), pytest.raises(StoreExists):
        backup_store(store, copy)


def test_an_unsound_copy_is_not_kept_and_the_earlier_backup_stays(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = backup_into(store, folder, at=moment(2011, 10, 1))
    store.database.ask('UPDATE "figure" SET "value" = \'1\' WHERE "value" = \'280\'')
    with pytest.raises(DamagedStore, match=r"met\.csv"):
        backup_into(store, folder, at=moment(2012, 10, 1))
    assert list(folder.iterdir()) == [first]
    assert verify_store(first).sound


def test_a_folder_that_cannot_be_made_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnly):
        backup_into(store, tmp_path / "file" / "backups")
    with pytest.raises(StoreReadOnly):
        backup_store(store, tmp_path / "nowhere" / "copy.backup")


def test_older_backups_are_thinned_and_other_files_left_alone(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("letter.txt", "other-20010101T000000Z.backup", "partnership-notes.backup"):
        (folder / name).write_text("not ours")
    for name in ("20010101T120000Z", "20111001T080000Z"):
        (folder / f"partnership-{name}.backup").write_text("older")
    made = backup_into(store, folder, at=moment(2011, 10, 1, 17))
    assert made.name == "partnership-20111001T170000Z.backup"
    names = {one.name for one in folder.iterdir()}
    assert "partnership-20111001T080000Z.backup" not in names, "one a day"
    assert {"letter.txt", "other-20010101T000000Z.backup", "partnership-notes.backup"} <= names
    assert [one.path.name for one in backups_in(folder, "partnership")] == [
        "partnership-20111001T170000Z.backup",
        "partnership-20010101T120000Z.backup",
    ]


def test_twelve_days_ten_weeks_and_nine_months_are_kept() -> None:
    newest = datetime(2012, 3, 31, 17, tzinfo=UTC)
    twice_a_day = [newest - timedelta(hours=12 * index) for index in range(2 * 500)]
    backups = [Backup(Path(f"{at:%Y%m%d%H}"), at) for at in twice_a_day]
    dropped = {one.path for one in superfluous(backups)}
    kept = [one.at for one in backups if one.path not in dropped]
    assert kept[0] == newest, "the latest is never dropped"
    assert kept[:12] == [newest - timedelta(days=index) for index in range(12)]
    weeks = {at.isocalendar()[:2] for at in kept}
    assert {(newest - timedelta(weeks=index)).isocalendar()[:2] for index in range(10)} <= weeks
    months = {(at.year, at.month) for at in kept}
    assert months == {(2012, 3), (2012, 2), (2012, 1), *((2011, month) for month in range(7, 13))}
    assert len(kept) <= 12 + 10 + 9
    assert not superfluous(backups[:1])
    again = [one for one in backups if one.path not in dropped]
    assert not superfluous(again), "thinning twice drops no more"
