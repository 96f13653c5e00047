"""The board's paper: made from the store, written to a file, shown page by page before it is."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.publication import Marking
from scs_desktop.workflows.overview import overview

if TYPE_CHECKING:
    from scs_desktop.reports.pdf import PageImage
    from scs_desktop.store import Store


def summary_report(
    *,
    store: Store,
    out: Path,
    position: date | None = None,
    as_at: int | None = None,
    marking: Marking = Marking.OFFICIAL,
    printed_on: date | None = None,
) -> Path:
    """Write the RAG summary of the position as a PDF and return its path.

    ``position`` and ``as_at`` are as in the overview; ``printed_on`` is today if None. The file is
    whole or not there: it is written beside its place and moved in.

    Raises:
        UserError: the store holds no strategy, or the file cannot be written there.

    """
    pdf = _summary(store=store, position=position, as_at=as_at, marking=marking, printed_on=printed_on)
    return write_whole(out, pdf)


def summary_pages(
    *,
    store: Store,
    position: date | None = None,
    as_at: int | None = None,
    marking: Marking = Marking.OFFICIAL,
    width_px: int,
    printed_on: date | None = None,
) -> tuple[PageImage, ...]:
    """Draw the RAG summary's pages ``width_px`` pixels wide: the very paper that would be written.

    Raises:
        UserError: the store holds no strategy.

    """
    from scs_desktop.reports.pdf import draw_pages

    pdf = _summary(store=store, position=position, as_at=as_at, marking=marking, printed_on=printed_on)
    return draw_pages(pdf, width_px=width_px)


def _summary(
    *, store: Store, position: date | None, as_at: int | None, marking: Marking, printed_on: date | None
) -> bytes:
    from scs_desktop.reports.summary import summary_pdf

    shown = overview(store=store, position=position, as_at=as_at)
    return summary_pdf(shown, None, marking=marking, printed_on=printed_on or datetime.now(UTC).astimezone().date())


def write_whole(out: Path, content: bytes) -> Path:
    """Write a file so that it is all there or as it was before, and return its path.

    Raises:
        UserError: there is no such folder, it may not be written to, or the file is held open.

    """
    if out.is_dir():
        raise UserError(f"{out} is a folder. Name a file in it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
    except FileNotFoundError as error:
        raise UserError(f"There is no folder {out.parent}. Make it, or choose another.") from error
    except OSError as error:
        sentence = f"Nothing can be written to the folder {out.parent}: {_reason(error)}. Choose another."
        raise UserError(sentence) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            f"{out} cannot be written: {_reason(error)}. If another program has it open, close it there and try again."
        ) from error
    return out


def _reason(error: OSError) -> str:
    return error.strerror.lower() if error.strerror else "the system refused"


def _umask() -> int:
    """Return which permissions the user's files do without; a temporary file has fewer than theirs."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
