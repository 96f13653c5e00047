"""The wards' paper, written to a file or drawn: the very page that the window shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.workflows.report import write_whole
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from pathlib import Path

    from scs_desktop.domain.ward_page import WardPage


def wards_report(*, page: WardPage, out: Path, printed_on: date | None = None) -> Path:
    """Write the wards of an indicator as a PDF and return its path; ``printed_on`` is today if None.

    Raises:
        UserError: the page has nothing to show, or the file cannot be written there.

    """
    from scs_desktop.reports.wards import wards_pdf

    if page.places is None:
        raise UserError(f"There are no wards to print. {page.reason}")
    return write_whole(out, wards_pdf(page, printed_on=printed_on or local_day()))
