"""Shipped data files, read with the place of every fault named.

A damaged resource is a bug of ours, not the officer's to mend: it raises `DamagedResourceError`.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from uuid import UUID

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

FORMAT = 1

Choice = TypeVar("Choice", bound=StrEnum)


class DamagedResourceError(Exception):
    """A shipped file does not hold what it must; the message names the file and the place in it."""


class Entry:
    """One JSON object of a shipped file, read field by field.

    Every reading method raises `DamagedResourceError` for a value of the wrong kind, and for a
    missing one unless the field is optional. `finish` raises for a field that nobody read, so a
    misspelt name is not passed over.
    """

    def __init__(self, values: dict[str, object], where: str) -> None:
        """Take the object and the words that name its place."""
        self._values = values
        self._read: set[str] = set()
        self._inner: dict[str, tuple[Entry, ...]] = {}
        self.where = where

    def fault(self, key: str, what: str) -> DamagedResourceError:
        """Return the error that names the field."""
        return DamagedResourceError(f"{self.where}, “{key}”: {what}")

    def has(self, key: str) -> bool:
        """Whether the field is there."""
        return key in self._values

    def _take(self, key: str) -> object:
        self._read.add(key)
        if key not in self._values:
            raise self.fault(key, "is missing")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text; ``default`` where the field is missing."""
        if default is not None and not self.has(key):
            return default
        value = self._take(key)
        if not isinstance(value, str):
            raise self.fault(key, f"{value!r} is no text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts; none where the field is missing."""
        if not self.has(key):
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault(key, f"{value!r} is no list of texts")
        return tuple(value)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return the whole number."""
        if default is not None and not self.has(key):
            return default
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, f"{value!r} is no whole number")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return the list of whole numbers."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, int) for one in value):
            raise self.fault(key, f"{value!r} is no list of whole numbers")
        return tuple(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return the yes or no."""
        if not self.has(key):
            return default
        value = self._take(key)
        if not isinstance(value, bool):
            raise self.fault(key, f"{value!r} is neither true nor false")
        return value

    def number(self, key: str) -> Decimal:
        """Return the exact number, written as a text so that its printed decimals are kept."""
        return self._number(key, self.text(key))

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """Return the list of exact numbers; none where the field is missing."""
        return tuple(self._number(key, text) for text in self.texts(key))

    def _number(self, key: str, text: str) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise self.fault(key, f"“{text}” is no number") from error
        if not value.is_finite():
            raise self.fault(key, f"“{text}” is no number")
        return value

    def identity(self, key: str = "id") -> UUID:
        """Return the fixed UUID."""
        return self._identity(key, self.text(key))

    def identities(self, key: str) -> tuple[UUID, ...]:
        """Return the list of fixed UUIDs."""
        return tuple(self._identity(key, text) for text in self.texts(key))

    def _identity(self, key: str, text: str) -> UUID:
        try:
            return UUID(text)
        except ValueError as error:
            raise self.fault(key, f"“{text}” is no UUID") from error

    def day(self, key: str) -> date:
        """Return the day, written 2011-04-01."""
        text = self.text(key)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.fault(key, f"“{text}” is no date") from error

    def day_if_any(self, key: str) -> date | None:
        """Return the day, or None where the field is missing."""
        return self.day(key) if self.has(key) else None

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Return the member of the enumeration that the text names."""
        if default is not None and not self.has(key):
            return default
        text = self.text(key)
        try:
            return kind(text)
        except ValueError as error:
            raise self.fault(key, f"“{text}” is none of {', '.join(kind)}") from error

    def entry(self, key: str) -> Entry:
        """Return the object within this one."""
        if key not in self._inner:
            self._inner[key] = (self._enter(self._take(key), f"{self.where}, {key}"),)
        return self._inner[key][0]

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the list of objects; none where the field is missing."""
        if key not in self._inner:
            value = self._take(key) if self.has(key) else []
            if not isinstance(value, list):
                raise self.fault(key, "is no list")
            self._inner[key] = tuple(
                self._enter(one, f"{self.where}, {key} {number}") for number, one in enumerate(value, start=1)
            )
        return self._inner[key]

    @staticmethod
    def _enter(value: object, where: str) -> Entry:
        if not isinstance(value, dict):
            message = f"{where}: is no object"
            raise DamagedResourceError(message)
        return Entry(value, where)

    def finish(self) -> None:
        """Raise `DamagedResourceError` for a field that was never read, here or further in."""
        unread = sorted(set(self._values) - self._read)
        if unread:
            raise self.fault(unread[0], "is not a field that is known here")
        for inner in self._inner.values():
            for entry in inner:
                entry.finish()


def load_resource(path: Path) -> Entry:
    """Open a shipped JSON file of the format this program knows.

    Raises:
        DamagedResourceError: it is missing, not JSON, no object, or of another format.

    """
    try:
        data: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path.name} cannot be read: {error}"
        raise DamagedResourceError(message) from error
    if not isinstance(data, dict):
        message = f"{path.name} holds no object"
        raise DamagedResourceError(message)
    root = Entry(data, path.name)
    if (number := root.whole("format")) != FORMAT:
        raise root.fault("format", f"is {number}, not {FORMAT}")
    return root
