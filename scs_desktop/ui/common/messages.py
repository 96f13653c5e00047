"""One way to say something to the officer: a line above the page, never a box in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal


class Tone(Enum):
    """How a message is meant."""

    DONE = auto()
    PROBLEM = auto()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the officer can do about a message, on a button beside it."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the officer."""

    tone: Tone
    text: str
    offer: Offer | None = None


class Messages(QObject):
    """Where pages say things and the frame listens.

    Signals:
        said(Message): show this one in place of the last.
        cleared: show none.

    """

    said = Signal(object)
    cleared = Signal()

    def done(self, text: str, offer: Offer | None = None) -> None:
        """Say what was done."""
        self.said.emit(Message(Tone.DONE, text, offer))

    def problem(self, error: Exception | str, offer: Offer | None = None) -> None:
        """Say what is wrong and what to do; for a UserError its sentence as it stands."""
        self.said.emit(Message(Tone.PROBLEM, str(error), offer))

    def clear(self) -> None:
        """Take the last message away."""
        self.cleared.emit()
