"""The parent's side of reading: starts the child, sends it the file, bounds its time and re-checks its answer.

One child at a time, kept for the next file. A pipe and two threads, no fork and no select: the same on Windows. What
goes wrong in the child, whatever it is, becomes a refusal; the next file gets a new child.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import scs_desktop
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.reader import wire
from scs_desktop.returns.reader.assembly import Assembly, ContradictionError
from scs_desktop.returns.refusals import (
    Cancelled,
    Damaged,
    ReaderDied,
    Refusal,
    TimedOut,
    refusal_types,
    shown_name,
)

FROZEN_ARGUMENT = "--reader-child"
_START_SECONDS = 30.0
_POLL_SECONDS = 0.1
_FRAMES_WAITING = 64
# After a file of this many cells the child is let go, so that its memory goes back to the machine.
_CELLS_TO_REST = 400_000

_log = logging.getLogger(__name__)


def _widen(pipe: IO[bytes] | None) -> None:
    """Let the pipe hold a megabyte where the system can: fewer turns between the two processes."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, 1 << 20)


class _Child:
    """A child process and the thread that takes its frames."""

    def __init__(self) -> None:
        if getattr(sys, "frozen", False):
            command = [sys.executable, FROZEN_ARGUMENT]
            folder = None
        else:
            command = [sys.executable, "-B", "-m", "scs_desktop.returns.reader.child"]
            folder = Path(scs_desktop.__path__[0]).parent
        self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        _widen(self.process.stdout)
        self.frames: queue.Queue[tuple[wire.Kind, bytes] | None] = queue.Queue(_FRAMES_WAITING)
        self.ready = False
        self._closing = False
        threading.Thread(target=self._pump, name="reader-frames", daemon=True).start()

    def _pump(self) -> None:
        stream = self.process.stdout
        frame: tuple[wire.Kind, bytes] | None
        while not self._closing:
            try:
                frame = wire.receive(stream) if stream is not None else None
            except (wire.WireError, OSError, ValueError):
                frame = None
            while not self._closing:
                with contextlib.suppress(queue.Full):
                    self.frames.put(frame, timeout=_POLL_SECONDS)
                    break
            if frame is None:
                return

    def ask(self, request: dict[str, object], data: bytes) -> None:
        """Send a file, from a thread of its own: a child that does not take it must not hold up the timeout."""

        def write() -> None:
            stream = self.process.stdin
            if stream is not None:
                # A child that is gone shows at the other pipe.
                with contextlib.suppress(OSError, ValueError):
                    wire.send(stream, wire.Kind.REQUEST, json.dumps(request).encode())
                    wire.send(stream, wire.Kind.DATA, data)

        threading.Thread(target=write, name="reader-file", daemon=True).start()

    def end(self) -> None:
        """End the process and wait for it."""
        self._closing = True
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.poll() is None


class _Reader:
    """The one child of this program, and the lock that lets it read one file at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._child: _Child | None = None

    def child(self) -> _Child:
        """Return a living child, started if need be."""
        if self._child is None or not self._child.alive:
            self.rest()
            self._child = _Child()
        return self._child

    def rest(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


_reader = _Reader()


def warm_reader() -> None:
    """Start the child ahead of the first file; returns at once."""
    if _reader.lock.acquire(blocking=False):
        try:
            _reader.child()
        finally:
            _reader.lock.release()


def close_reader() -> None:
    """End the child; the next file starts a new one."""
    with _reader.lock:
        _reader.rest()


# Without waiting for a file that is being read: the program is ending.
atexit.register(_reader.rest)


def read_in_child(
    data: bytes,
    *,
    file_name: str,
    password: str | None,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
    timeout_seconds: float,
) -> Workbook:
    """Have the child read a file that passed the gate, and return what it found, re-checked.

    Raises:
        Refusal: what the child says of the file, or TimedOut, Cancelled, ReaderDied.

    """
    reading = _Reading(shown_name(file_name), progress, cancelled, timeout_seconds)
    reading.wait_for_turn()
    try:
        workbook = reading.run(data, file_name, password)
    except BaseException:
        if not reading.child_is_whole:
            _reader.rest()
        raise
    else:
        if reading.assembly.cells > _CELLS_TO_REST:
            _reader.rest()
        return workbook
    finally:
        _reader.lock.release()


class _Reading:
    """One file's way through the child."""

    def __init__(
        self,
        file_name: str,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
        seconds: float,
    ) -> None:
        self._file_name = file_name
        self._progress = progress
        self._cancelled = cancelled
        self._seconds = seconds
        self._until = 0.0
        self.child_is_whole = False
        self.assembly = Assembly()

    def _stopped(self) -> Cancelled:
        return Cancelled("was not read to the end because you stopped it", "", self._file_name)

    def wait_for_turn(self) -> None:
        """Take the lock, however long the file before takes. Raises Cancelled."""
        while not _reader.lock.acquire(timeout=_POLL_SECONDS):
            if self._cancelled is not None and self._cancelled():
                raise self._stopped()

    def _next(self, child: _Child) -> tuple[wire.Kind, bytes]:
        while True:
            if self._cancelled is not None and self._cancelled():
                raise self._stopped()
            if time.monotonic() > self._until:
                raise TimedOut(
                    f"took longer than {self._seconds:.0f} seconds to read, which is the limit", "", self._file_name
                )
            try:
                frame = child.frames.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if frame is None:
                raise ReaderDied(
                    "could not be read (the separate program that reads files stopped in it)", "", self._file_name
                )
            return frame

    def _await_ready(self, child: _Child) -> None:
        if not child.ready:
            self._until = time.monotonic() + _START_SECONDS
            kind, _ = self._next(child)
            if kind is not wire.Kind.READY:
                raise ContradictionError("the child began with something else")
            child.ready = True

    def run(self, data: bytes, file_name: str, password: str | None) -> Workbook:
        """Send the file and put the answer together."""
        child = _reader.child()
        # Rows arrive as a hundred thousand lists, none of them garbage: looking for it would cost a third more time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._await_ready(child)
            self._until = time.monotonic() + self._seconds
            child.ask({"file_name": file_name, "password": password, "seconds": self._seconds}, data)
            while True:
                kind, payload = self._next(child)
                if kind is wire.Kind.PROGRESS:
                    self._tell(payload)
                elif kind is wire.Kind.REFUSED:
                    self.child_is_whole = True
                    raise self._refusal(payload)
                elif kind is wire.Kind.DONE:
                    workbook = self.assembly.finish(payload, self._file_name, hashlib.sha256(data).hexdigest())
                    self.child_is_whole = True
                    return workbook
                else:
                    self._take(kind, payload)
        except ContradictionError as error:
            _log.warning("The reader's answer was not taken: %s", error)
            self.child_is_whole = False
            raise ReaderDied("could not be read (what was read of it does not add up)", "", self._file_name) from error
        finally:
            if collecting:
                gc.enable()

    def _take(self, kind: wire.Kind, payload: bytes) -> None:
        try:
            self.assembly.take(kind, payload)
        except Refusal as refusal:
            raise refusal.named(self._file_name) from refusal.__cause__

    def _tell(self, payload: bytes) -> None:
        if self._progress is not None:
            done, total = json.loads(payload)
            self._progress(int(done), int(total))

    def _refusal(self, payload: bytes) -> Refusal:
        told = json.loads(payload)
        if told.get("detail"):
            _log.info("A file was refused: %s", told["detail"])
        kind = refusal_types().get(told["type"], Damaged)
        return kind(told["reason"], told["remedy"], self._file_name)
