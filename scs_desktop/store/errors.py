"""What may be wrong with a store, each as a sentence for the officer."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import peewee

from scs_desktop.domain.errors import RefusedError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class NotAStore(RefusedError):  # noqa: N818 - said as the officer would say it
    """The file is no store of this program: another kind of file, another program's, or empty."""


class NewerStore(RefusedError):  # noqa: N818
    """The store was written by a newer version of the program."""


class OlderStore(RefusedError):  # noqa: N818
    """The store was written by an older version of the program and is to be upgraded first."""


class DamagedStore(RefusedError):  # noqa: N818
    """The store is damaged; it is left as it is."""


class StoreExists(RefusedError):  # noqa: N818
    """A new store would take the place of a file that is there."""


class StoreReadOnly(UserError):  # noqa: N818
    """The store, or its folder, cannot be written to."""


class UnfinishedChange(UserError):  # noqa: N818
    """A change was cut off and has to be taken back, which opening to read only cannot do."""


class StoreBusy(UserError):  # noqa: N818
    """Another change was being written and did not end within the waiting time."""


class DiskFull(UserError):  # noqa: N818
    """There is no room on the disk; the change was taken back whole."""


class DiskFault(UserError):  # noqa: N818
    """The disk or network share failed while the store was read or written."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a store."""

    who: str
    host: str
    pid: int
    since: datetime

    @property
    def sentence(self) -> str:
        """``In use by A. Officer on LAPTOP-12 since 10:42``, with the day where it is another than today's."""
        local = self.since.astimezone()
        same_day = local.date() == datetime.now(tz=local.tzinfo).date()
        when = f"{local:%H:%M}" if same_day else f"{local.day} {local:%B %Y, %H:%M}"
        return f"In use by {self.who or 'somebody'} on {self.host or 'another computer'} since {when}"


class StoreInUse(UserError):  # noqa: N818
    """Another process holds the store; it can still be opened to read.

    Attributes:
        holder: who, where and since when.

    """

    def __init__(self, holder: Holder) -> None:
        super().__init__(f"{holder.sentence}. It can be opened to read only, or later to change.")
        self.holder = holder


def sqlite_cause(error: BaseException) -> sqlite3.Error | None:
    """Return the deepest SQLite error behind an error: what came first.

    A failed rollback hides the reason for rolling back ("cannot rollback" stands above "disk is
    full"), so the whole chain is walked.
    """
    found: sqlite3.Error | None = None
    step: BaseException | None = error
    while step is not None:
        if isinstance(step, sqlite3.Error):
            found = step
        step = step.__cause__ or step.__context__
    return found


def sentence_for(error: BaseException, path: Path) -> UserError | None:
    """Return the officer's sentence for a fault of the environment, or None where it is a bug of ours."""
    cause = sqlite_cause(error)
    code = getattr(cause, "sqlite_errorcode", None)
    if cause is None or code is None:
        return None
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return UnfinishedChange(
            f"“{path.name}” was not closed properly, and a change that was cut off has still to be taken back. Open it "
            "to change once; after that it can be read again."
        )
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(
                f"There is no room left on the disk that holds “{path.name}”. Nothing was changed: make room and "
                "try again."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreReadOnly(
                f"“{path.name}” or its folder {path.parent} cannot be written to. Nothing was changed: ask for "
                "permission to write there, or open the store to read only."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(f"“{path.name}” is being written to just now. Nothing was changed: try again in a moment.")
        case sqlite3.SQLITE_IOERR:
            return DiskFault(
                f"The disk or network share that holds “{path.name}” failed. Check that it is connected and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedStore(
                f"“{path.name}” is damaged. It was left as it is: restore the latest backup, and keep the damaged file."
            )
    return None


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Turn faults of disk, permission and damage into sentences; let everything else through."""
    try:
        yield
    except (sqlite3.Error, peewee.PeeweeException) as error:
        told = sentence_for(error, path)
        if told is None:
            raise
        raise told from error
