"""The lock file beside a store: one process changes it at a time, window and command line alike.

The operating system's lock on the file is what holds; it ends with the process, however that ends.
The file's text says who, where and since when. Text left behind by a process that is gone means
that it did not close the store: the next one checks the store in full.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scs_desktop.store.errors import Holder, StoreInUse, StoreReadOnly

if TYPE_CHECKING:
    from pathlib import Path

# Windows locks keep others from reading what is locked, so a byte far behind the text is locked.
_LOCKED_BYTE = 1 << 20
_TEXT_LIMIT = 4096

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        # flock, not lockf: a record lock would be lost when anything in this process closes the file.
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def lock_path(store: Path) -> Path:
    """Return the place of the lock file that belongs to the store."""
    return store.with_name(f"{store.name}.lock")


@dataclass(slots=True)
class StoreLock:
    """A lock that is held. ``left_behind`` is who held it before without having closed the store."""

    path: Path
    descriptor: int
    left_behind: Holder | None

    def release(self, *, as_found: bool = False) -> None:
        """Let the store go; the emptied file may stay where it cannot be removed.

        Args:
            as_found: leave the text of who had not closed the store, if anybody had.

        """
        if self.descriptor < 0:
            return
        if as_found and self.left_behind is not None:
            _write(self.descriptor, self.left_behind)
            self._let_go()
            return
        os.ftruncate(self.descriptor, 0)
        # Removed while still held, so that nobody's fresh lock is removed.
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        self._let_go()

    def _let_go(self) -> None:
        _unlock(self.descriptor)
        os.close(self.descriptor)
        self.descriptor = -1


def take_lock(store: Path, *, who: str, take_over: bool = False) -> StoreLock:
    """Hold the store for this process.

    A lock whose holder is gone on this computer is taken at once. One left by another computer is
    taken only with ``take_over``: where a share does not pass locks on, the holder may be alive.

    Raises:
        StoreInUse: another process holds it.
        StoreReadOnly: the folder cannot be written to.

    """
    path = lock_path(store)
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StoreReadOnly(
                f"The folder {store.parent} cannot be written to, so “{store.name}” cannot be changed there. "
                "Open it to read only, or copy it to another folder."
            ) from error
        if not _try_lock(descriptor):
            holder = _read(descriptor)
            os.close(descriptor)
            raise StoreInUse(holder or Holder("", "", 0, datetime.now(UTC)))
        if _still_there(path, descriptor):
            break
        # The holder before removed the file between our opening and our locking.
        os.close(descriptor)
    left_behind = _read(descriptor)
    if left_behind is not None and left_behind.host != socket.gethostname() and not take_over:
        _unlock(descriptor)
        os.close(descriptor)
        raise StoreInUse(left_behind)
    _write(descriptor, Holder(who, socket.gethostname(), os.getpid(), datetime.now(UTC)))
    return StoreLock(path, descriptor, left_behind)


def _still_there(path: Path, descriptor: int) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(descriptor)
    return (there.st_ino, there.st_dev) == (ours.st_ino, ours.st_dev)


def _read(descriptor: int) -> Holder | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(descriptor, _TEXT_LIMIT).decode())
        return Holder(said["who"], said["host"], int(said["pid"]), datetime.fromisoformat(said["since"]))
    except (ValueError, KeyError, TypeError):
        return None


def _write(descriptor: int, holder: Holder) -> None:
    text = json.dumps(
        {"who": holder.who, "host": holder.host, "pid": holder.pid, "since": holder.since.isoformat(timespec="seconds")}
    )
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text.encode())
    os.fsync(descriptor)
