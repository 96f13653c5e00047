"""The line below a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from scs_desktop.ui.common.background import Runner
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted

SHOW_WORK_AFTER = 500
"""Milliseconds."""


class BottomBar(QWidget):
    """Below the page: saved when, last backup, where the store is, and the work under way with Cancel."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.saved = QLabel(self)
        self.backup = QLabel(self)
        self.place = QLabel(self)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.work = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setFixedSize(120, 10)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.cancel = QToolButton(self)
        self.cancel.setText("Cancel")
        self.cancel.setAccessibleName("Cancel the work under way")
        self.cancel.clicked.connect(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_WORK_AFTER)
        self._timer.timeout.connect(self._draw)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 2, SPACE, 3)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.saved)
        layout.addWidget(self.backup)
        layout.addWidget(self.place, 1)
        layout.addWidget(self.work)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * 1.9))
        runner.changed.connect(self._changed)
        self._hide()

    def _hide(self) -> None:
        for one in (self.work, self.bar, self.cancel):
            one.hide()

    def _changed(self) -> None:
        if self._runner.current is None:
            self._timer.stop()
            self._hide()
        elif self.cancel.isVisible():
            self._draw()
        elif not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        job = self._runner.current
        if job is None:
            return
        if job.total:
            self.bar.setRange(0, job.total)
            self.bar.setValue(job.done)
            self.work.setText(f"{job.title}: {job.done:,} of {job.total:,}")
        else:
            self.bar.setRange(0, 0)
            self.work.setText(f"{job.title}: {counted(job.done, 'step')}" if job.done else job.title)
        self.cancel.setEnabled(not job.cancelled)
        for one in (self.work, self.bar, self.cancel):
            one.show()

    def _cancel(self) -> None:
        if self._runner.current is not None:
            self._runner.current.cancel()
            self.cancel.setEnabled(False)
