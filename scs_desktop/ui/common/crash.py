"""A bug is told once, in one dialog, with details that can be copied and hold no figures."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

import scs_desktop

_log = logging.getLogger(__name__)


def diagnostics() -> str:
    """Return versions and system: what whoever looks after the program asks first."""
    return (
        f"Safer Communities Desktop {scs_desktop.__version__}, {platform.platform()}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}"
    )


def details_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return where it happened, without messages or values: those may hold figures."""
    lines = [diagnostics(), f"{kind.__module__}.{kind.__qualname__}"]
    lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join(lines)


def _short(file_name: str) -> str:
    """Return a file's name with its folder: enough to find it, and no name of a user in it."""
    return "/".join(file_name.replace("\\", "/").split("/")[-2:])


class BugDialog(QDialog):
    """Says that the program failed, and what the officer can do."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong in the program")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = QLabel(
            "This is a fault of the program, not yours. What is stored is as it was before the last step.\n"
            "You can go on. Copy the details for whoever looks after the program: they hold no figures.",
            self,
        )
        said.setWordWrap(True)
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton("&Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for one in (said, self.details, buttons):
            layout.addWidget(one)
        self.resize(620, 320)


class BugReporter(QObject):
    """Takes what nothing else took: the log gets it each time, the officer sees each kind once.

    Signals:
        found(details): a bug not seen before.

    """

    found = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self.dialog: BugDialog | None = None
        self.found.connect(self._show)

    def install(self) -> None:
        """Become the place where escaped exceptions go, of every thread."""
        sys.excepthook = self.report
        threading.excepthook = lambda told: self.report(
            told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
        )

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it, and show it if it was not shown before."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("A bug", exc_info=(kind, error, trace))
        details = details_of(kind, trace)
        if details not in self._seen:
            self._seen.add(details)
            self.found.emit(details)

    def _show(self, details: str) -> None:
        if self.dialog is not None:
            return
        self.dialog = BugDialog(details, QGuiApplication.instance().activeWindow())  # type: ignore[union-attr]
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None
