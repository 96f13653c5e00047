"""The day's backup is written once a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from scs_desktop.domain.history import StoreKind
from scs_desktop.workflows.back_up import back_up_daily, backups
from scs_desktop.workflows.shipped import set_up_store

MORNING = datetime(2012, 5, 3, 9).astimezone()


def test_one_backup_a_day_is_enough_and_the_next_day_brings_another(tmp_path: Path) -> None:
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as store:
        first = back_up_daily(store=store, at=MORNING)
        assert back_up_daily(store=store, at=MORNING + timedelta(hours=8)) is None
        second = back_up_daily(store=store, at=MORNING + timedelta(days=1))
        assert [one.path for one in backups(store_path=store.path)] == [second, first]
