"""How a value of the domain stands in columns, and how it comes back.

A dataclass's fields are its columns, one for one: a nested dataclass takes a column for each of
its fields (``period`` becomes ``period_start``, ``period_end`` …), a pair takes two
(``_lower``, ``_upper``), and a tuple of any length a table beneath.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

Cell: TypeAlias = object
"""What a column holds: text, a whole number, bytes or nothing."""

RECORDED_IN = "recorded_in"
"""A field of this name is filled from the version's own column."""

day_of = lru_cache(maxsize=4096)(date.fromisoformat)
uuid_of = lru_cache(maxsize=16384)(UUID)


@dataclass(frozen=True, slots=True)
class Codec:
    """Columns of one value, and the way there and back."""

    names: tuple[str, ...]
    encode: Callable[[Any], tuple[Cell, ...]]
    decode: Callable[[Sequence[Any]], Any]


def codec_of(kind: Any, name: str) -> Codec:  # noqa: ANN401 - an annotation may be any type form
    """Return the codec of a field of the given annotated type.

    Raises:
        TypeError: there is no way to keep such a value in columns.

    """
    inner, optional = _without_none(kind)
    if typing.get_origin(inner) is tuple:
        return _pair(typing.get_args(inner), name)
    if isinstance(inner, type) and is_dataclass(inner):
        return _nested(inner, name, optional=optional)
    to_cell, from_cell = _leaf(inner)
    return Codec(
        (name,),
        lambda value: (None if value is None else to_cell(value),),
        lambda cells: None if cells[0] is None else from_cell(cells[0]),
    )


def is_list(kind: Any) -> bool:  # noqa: ANN401
    """Whether an annotated type is a tuple of any length."""
    return typing.get_origin(kind) is tuple and typing.get_args(kind)[-1] is Ellipsis


def element_codec(kind: Any) -> Codec:  # noqa: ANN401
    """Return the codec of one entry of a list: a dataclass's fields, or the one column ``value``."""
    inner = typing.get_args(kind)[0]
    return fields_codec(inner, "") if is_dataclass(inner) else codec_of(inner, "value")


def _without_none(kind: Any) -> tuple[Any, bool]:  # noqa: ANN401
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        left = [one for one in typing.get_args(kind) if one is not type(None)]
        if len(left) == 1:
            return left[0], True
    return kind, False


def _leaf(kind: Any) -> tuple[Callable[[Any], Cell], Callable[[Any], Any]]:  # noqa: ANN401
    if kind is UUID:
        return str, uuid_of
    if kind is date:
        return date.isoformat, day_of
    if kind is Decimal:
        return str, Decimal
    if kind is bool:
        return int, bool
    if kind in {int, str, bytes}:
        return _same, _same
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {one.value: one for one in kind}
        return (lambda value: value.value), members.__getitem__
    message = f"no column can hold {kind}"
    raise TypeError(message)


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _pair(kinds: tuple[Any, ...], name: str) -> Codec:
    lower, upper = (codec_of(kind, f"{name}_{end}") for kind, end in zip(kinds, ("lower", "upper"), strict=True))
    return Codec(
        lower.names + upper.names,
        lambda value: (None, None) if value is None else lower.encode(value[0]) + upper.encode(value[1]),
        lambda cells: None if cells[0] is None else (lower.decode(cells[:1]), upper.decode(cells[1:])),
    )


def _nested(kind: type, name: str, *, optional: bool) -> Codec:
    whole = fields_codec(kind, f"{name}_")
    if not optional:
        return whole
    nothing = (None,) * len(whole.names)
    return Codec(
        whole.names,
        lambda value: nothing if value is None else whole.encode(value),
        # A value that is there has its required fields; absence leaves every column empty.
        lambda cells: None if all(cell is None for cell in cells) else whole.decode(cells),
    )


def fields_codec(kind: Any, prefix: str) -> Codec:  # noqa: ANN401
    """Return the codec of all of a dataclass's fields, their columns named with the prefix."""
    parts = tuple((one.name, codec_of(hint, prefix + one.name)) for one, hint in hinted_fields(kind))
    return join_codecs(kind, parts)


def join_codecs(kind: Callable[..., Any], parts: tuple[tuple[str, Codec], ...]) -> Codec:
    """Put the codecs of a dataclass's fields together."""
    spans: list[tuple[str, Codec, int, int]] = []
    at = 0
    for name, codec in parts:
        spans.append((name, codec, at, at + len(codec.names)))
        at += len(codec.names)

    def encode(value: Any) -> tuple[Cell, ...]:  # noqa: ANN401
        return tuple(cell for name, codec, _, _ in spans for cell in codec.encode(getattr(value, name)))

    def decode(cells: Sequence[Any]) -> Any:  # noqa: ANN401
        return kind(**{name: codec.decode(cells[start:end]) for name, codec, start, end in spans})

    return Codec(tuple(column for _, codec in parts for column in codec.names), encode, decode)


def hinted_fields(kind: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """Return the fields of a dataclass with their types."""
    hints = typing.get_type_hints(kind)
    return [(one, hints[one.name]) for one in fields(kind) if one.init or one.default is not MISSING]
