"""What is done before a change that was cut off is taken back: if that ends badly, all is as it was found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from scs_desktop.store.database import journal_path
from scs_desktop.store.errors import DamagedStore, DiskFault


@contextmanager
def put_back_if_damaged(path: Path) -> Iterator[None]:
    """Keep a store and its journal aside while the journal is rolled back, and put both back on damage.

    SQLite cannot tell whose journal it finds: one that belongs to another state of the file (a
    backup was copied over it, or the journal was left by another store) spoils what it repairs.

    Raises:
        DiskFault: there is no room or permission to keep a copy; nothing was touched.

    """
    journal = journal_path(path)
    if not journal.exists() or journal.stat().st_size == 0:
        yield
        return
    mark = uuid4().hex
    kept = {one: one.with_name(f".{one.name}.{mark}.kept") for one in (path, journal)}
    try:
        try:
            for one, copy in kept.items():
                shutil.copy2(one, copy)
        except OSError as error:
            raise DiskFault(
                f"“{path.name}” was not closed properly, and there is no room to keep a copy of it while that is put "
                f"right ({error.strerror}). Nothing was changed: make room and try again."
            ) from error
        try:
            yield
        except DamagedStore:
            for one, copy in kept.items():
                copy.replace(one)
            raise
    finally:
        for copy in kept.values():
            with suppress(OSError):
                copy.unlink(missing_ok=True)
