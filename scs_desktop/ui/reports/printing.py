"""The paper on a printer: its own pages, drawn finer than the screen shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from scs_desktop.domain.errors import UserError
from scs_desktop.ui.reports.preview import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from scs_desktop.reports.pdf import PageImage

A4_INCHES = 8.27
FINE, COARSE = 300, 200
"""Dots an inch."""
_FEW_PAGES = 4


def width_for_printer(pages: int) -> int:
    """Return how many pixels wide the pages are drawn: a long paper coarser, as each fine page takes 35 MB."""
    return round(A4_INCHES * (FINE if pages <= _FEW_PAGES else COARSE))


def printer_there() -> bool:
    """Whether the computer knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(title: str, parent: QWidget) -> QPrinter | None:
    """Let the officer choose a printer in the system's dialog; None where they leave it.

    Raises:
        UserError: the computer knows none.

    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    if not printer_there():
        raise UserError("No printer is set up on this computer. Save the PDF, and print it where there is one.")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() else None


def print_pages(printer: QPrinter, pages: Sequence[PageImage]) -> None:
    """Print the pages on A4, each over the whole sheet as the paper has its own margins.

    Raises:
        UserError: the printer takes nothing.

    """
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("The printer does not answer. See that it is switched on, or choose another.")
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            image = image_of(page)
            sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
            scale = min(sheet.width() / image.width(), sheet.height() / image.height())
            painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
    finally:
        painter.end()
