"""Read a partner's file, without a store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scs_desktop.returns.people import refuse_people

if TYPE_CHECKING:
    from scs_desktop.returns.grid import Workbook
    from scs_desktop.returns.records import Reading

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """A partner's file, read: its bytes, its cells, and what the reader makes of them."""

    data: bytes
    workbook: Workbook
    reading: Reading


def read_return(
    *,
    data: bytes,
    file_name: str,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ReadReturn:
    """Read a file's bytes without a store.

    Raises:
        UserError: the file is refused; the sentence says why and what to do.

    """
    from scs_desktop.returns.reader import read_bytes
    from scs_desktop.returns.reading import read_grid

    workbook = read_bytes(data, file_name=file_name, password=password, progress=progress, cancelled=cancelled)
    refuse_people(workbook)
    return ReadReturn(data, workbook, read_grid(workbook))
