"""Reads partners' files in a separate process, within bounds of time and memory.

`read_workbook` and `read_bytes` are the whole way of a file: the gate, the child process, and the re-check of what it
answers. The child is kept warm for the next file; `close_reader` ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scs_desktop.returns import gate
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.reader.process import close_reader, read_in_child, warm_reader
from scs_desktop.returns.refusals import TIMEOUT_SECONDS

__all__ = ["close_reader", "open_archive", "read_bytes", "read_workbook", "warm_reader"]


def read_workbook(
    path: Path,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Workbook:
    """Read a file.

    Args:
        path: the file; it is opened for reading only.
        password: for an encrypted workbook; sent to the child process and not kept.
        progress: called with bytes behind and bytes in all, from the calling thread.
        cancelled: asked several times a second; reading ends with `gate.Cancelled` once it says yes.
        timeout_seconds: how long the child may take.

    Raises:
        gate.Refusal: one of its kinds; the sentence names the file, what is wrong and what to do.

    """
    data = gate.load(path)
    return read_bytes(
        data,
        file_name=path.name,
        password=password,
        progress=progress,
        cancelled=cancelled,
        timeout_seconds=timeout_seconds,
    )


def read_bytes(
    data: bytes,
    *,
    file_name: str,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Workbook:
    """Read a file that has no path: an attachment, a member of an archive. Arguments and errors as `read_workbook`."""
    gate.inspect(data, file_name)
    return read_in_child(
        data,
        file_name=file_name,
        password=password,
        progress=progress,
        cancelled=cancelled,
        timeout_seconds=timeout_seconds,
    )


def open_archive(data: bytes, file_name: str) -> tuple[gate.Member, ...]:
    """Return the workbooks in a zip archive, in memory; each is then read with `read_bytes`. Raises gate.Refusal."""
    return gate.members(data, file_name)
