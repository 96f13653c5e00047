"""Work that takes longer than a keystroke may: one worker thread, one signal object, cancel between steps.

Everything that touches the store runs here, one job after another, so that the store sees a single
thread and the window never waits for the disk.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from scs_desktop.domain.errors import UserError

Result = TypeVar("Result")


class CancelledError(Exception):
    """The officer cancelled the job; what it had begun is not kept."""


class Progress:
    """What a job tells of itself, and how it learns that it is no longer wanted."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how far the work is. Raises CancelledError if it was cancelled meanwhile."""
        if self._job.cancelled:
            raise CancelledError
        self._job.note(done, total)

    def note(self, done: int, total: int | None = None) -> None:
        """Say how far the work is, where whoever does it asks ``cancelled`` by itself."""
        self._job.note(done, total)

    @property
    def cancelled(self) -> bool:
        """Whether the officer pressed Cancel."""
        return self._job.cancelled


class Job:
    """One piece of work on its way.

    Attributes:
        title: what it does, as the status line says it ("Reading met.csv").
        key: a later job of the same key takes the place of one that has not begun.
        done, total: how far it is; ``total`` None where that is not known.

    """

    def __init__(self, title: str, key: str, tell: Callable[[Job], None]) -> None:
        self.title = title
        self.key = key
        self.done = 0
        self.total: int | None = None
        self.began = time.monotonic()
        self._tell = tell
        self._cancel = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._cancel.set()

    def note(self, done: int, total: int | None) -> None:
        """Take in how far it is (called on the worker)."""
        self.done, self.total = done, total
        self._tell(self)


class Runner(QObject):
    """Runs jobs one after another on one worker thread and hands their results back to the window's thread.

    Signals:
        changed: a job began, moved on or ended; ``current`` says which.

    """

    changed = Signal()
    _from_worker = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="work")
        self._jobs: list[Job] = []
        self._closed = False
        self._from_worker.connect(self._run_here)

    @property
    def current(self) -> Job | None:
        """The job that runs now, or waits longest."""
        return self._jobs[0] if self._jobs else None

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits."""
        return not self._jobs

    def submit(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        *,
        failed: Callable[[UserError], None],
        cancelled: Callable[[], None] | None = None,
        key: str = "",
    ) -> Job:
        """Run ``work`` on the worker and then one of the others in the window's thread.

        A bug in ``work`` goes to ``sys.excepthook`` of the window's thread, like any other.
        """
        if key:
            for waiting in self._jobs[1:]:
                if waiting.key == key:
                    waiting.cancel()
        if self._closed:
            # The window is going: nobody is left to hear of it.
            job = Job(title, key, lambda _: None)
            job.cancel()
            return job
        job = Job(title, key, lambda _: self._from_worker.emit(self.changed.emit))
        self._jobs.append(job)
        progress = Progress(job)

        def on_worker() -> None:
            if job.cancelled:
                self._end(job, cancelled or (lambda: None))
                return
            try:
                result = work(progress)
            except CancelledError:
                self._end(job, cancelled or (lambda: None))
            except UserError as error:
                told = error
                self._end(job, lambda: failed(told))
            except BaseException as error:  # noqa: BLE001 - handed to the excepthook below
                bug = error
                self._end(job, lambda: sys.excepthook(type(bug), bug, bug.__traceback__))
            else:
                self._end(job, lambda: done(result))

        self._executor.submit(on_worker)
        self.changed.emit()
        return job

    def close(self) -> None:
        """Cancel what runs, wait for it, take no more."""
        self._closed = True
        for job in self._jobs:
            job.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _end(self, job: Job, then: Callable[[], None]) -> None:
        def here() -> None:
            if job in self._jobs:
                self._jobs.remove(job)
            self.changed.emit()
            then()

        if not self._closed:
            self._from_worker.emit(here)

    @Slot(object)
    def _run_here(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
