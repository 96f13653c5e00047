"""The child's way out: frames wait in memory while the parent decodes those before, so that both work at once.

A pipe holds 64 KB; without this the child would stand still whenever the parent is busy.
"""

from __future__ import annotations

import io
import queue
import threading
from typing import IO

_FRAMES = 256


class Outbox(io.RawIOBase):
    """A stream that a thread of its own writes out; frames go at each flush."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._pieces: list[bytes] = []
        self._frames: queue.Queue[bytes] = queue.Queue(_FRAMES)
        self._broken = False
        threading.Thread(target=self._work, name="outbox", daemon=True).start()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object, /) -> int:
        """Keep the bytes until the flush. Raises BrokenPipeError where the parent is gone."""
        if self._broken:
            raise BrokenPipeError
        piece = data if isinstance(data, bytes) else bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Hand the frame over; waits only where very many are waiting."""
        if self._pieces:
            self._frames.put(b"".join(self._pieces))
            self._pieces.clear()

    def drain(self) -> None:
        """Wait until all is out."""
        self.flush()
        self._frames.join()

    def _work(self) -> None:
        while True:
            frame = memoryview(self._frames.get())
            try:
                while frame and not self._broken:
                    frame = frame[self._stream.write(frame) or 0 :]
            except OSError:
                self._broken = True
            self._frames.task_done()
