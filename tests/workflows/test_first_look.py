"""The last look at a store: only of that very state, and nothing but the domain's values."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.domain.strategy import YouSaid
from scs_desktop.store import open_store
from scs_desktop.store.database import journal_path
from scs_desktop.workflows.first_look import keep_look, kept_look, look_path
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.shipped import set_up_store
from tests.store.builders import uid

NOW = datetime(2012, 5, 3, 9, tzinfo=UTC)


@pytest.fixture
def seen(tmp_path: Path) -> tuple[Path, StrategyPosition]:
    path = tmp_path / "own.scs"
    with set_up_store(path=path, kind=StoreKind.REAL, who="Officer") as store:
        position = overview(store=store)
    assert keep_look(path, position, on=NOW)
    return path, position


def test_the_look_is_the_position(seen: tuple[Path, StrategyPosition]) -> None:
    path, position = seen
    assert kept_look(path, on=NOW) == position
    assert [one.name for one in path.parent.iterdir() if one.name.endswith(".look")] == [look_path(path).name]


def _change(path: Path) -> None:
    with open_store(path, who="Officer") as store, store.change(summary="You said") as change:
        change.save(YouSaid(uid("said"), None, NOW.date(), "Too dark", "Lights"))


def _touch(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))


def _begin_a_change(path: Path) -> None:
    journal_path(path).write_bytes(b"cut off")


def _lose_the_store(path: Path) -> None:
    path.unlink()


def _spoil(path: Path) -> None:
    look = look_path(path)
    look.write_bytes(look.read_bytes()[:-40])


@pytest.mark.parametrize("happens", [_change, _touch, _begin_a_change, _lose_the_store, _spoil])
def test_of_any_other_state_there_is_no_look(
    happens: Callable[[Path], None], seen: tuple[Path, StrategyPosition]
) -> None:
    happens(seen[0])
    assert kept_look(seen[0], on=NOW) is None


def test_a_day_later_other_returns_are_due_and_there_is_no_look(seen: tuple[Path, StrategyPosition]) -> None:
    assert kept_look(seen[0], on=NOW + timedelta(days=1)) is None


class _Acts:
    """What a stranger would put into the file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self.mark}",)


def test_what_a_stranger_puts_into_the_file_does_nothing(seen: tuple[Path, StrategyPosition], tmp_path: Path) -> None:
    path, _ = seen
    look = look_path(path)
    state = look.read_bytes().split(b"\n", 1)[0] + b"\n"
    mark = tmp_path / "acted"
    look.write_bytes(state + pickle.dumps(_Acts(mark)))
    assert kept_look(path, on=NOW) is None
    assert not mark.exists()
    look.write_bytes(state + pickle.dumps("a word"))
    assert kept_look(path, on=NOW) is None


class _Reads:
    """An attribute of something, as early versions of Python write the words of an enumeration."""

    def __init__(self, of: object, name: str) -> None:
        self.of = of
        self.name = name

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, str]]:
        return getattr, (self.of, self.name)


def test_a_word_is_read_as_any_version_wrote_it_and_nothing_else_by_its_name(
    seen: tuple[Path, StrategyPosition],
) -> None:
    path, position = seen
    look = look_path(path)
    state = look.read_bytes().split(b"\n", 1)[0] + b"\n"
    written = pickle.dumps(replace(position, kind=_Reads(StoreKind, "REAL")))  # type: ignore[arg-type]
    look.write_bytes(state + written)
    assert kept_look(path, on=NOW) == position
    look.write_bytes(state + pickle.dumps(replace(position, name=_Reads(StrategyPosition, "__init__"))))  # type: ignore[arg-type]
    assert kept_look(path, on=NOW) is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, seen: tuple[Path, StrategyPosition]) -> None:
    assert not keep_look(tmp_path / "gone" / "own.scs", seen[1])
