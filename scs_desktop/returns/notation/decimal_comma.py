"""Numbers written as on the Continent, “1.234,5” for 1,234.5: what one text alone shows of the way it is written."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from scs_desktop.returns.notation.text import tidy


class Written(Enum):
    """What a number shows of its decimal sign."""

    COMMA = "comma"
    POINT = "point"
    COMMA_OR_THOUSANDS = "comma_or_thousands"
    THOUSANDS_OR_POINT = "thousands_or_point"


_AROUND = re.compile(
    r"(?P<lead>[-+]?\s?[£€$]?\s?[-+]?)(?P<digits>\d[\d.,\s]*\d)(?P<tail>\s?(?:%|€|per\s?cent)?)", re.IGNORECASE
)
_COMMA = re.compile(r"\d{1,3}(?:[. ]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3}){2,}")
_POINT = re.compile(r"\d{1,3}(?:[, ]\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|\d{1,3}(?:,\d{3}){2,}")
_OPEN_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_OPEN_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@lru_cache(maxsize=65536)
def written(text: str) -> Written | None:
    """Return what the text shows; None where it is no number, or one without a comma and a point."""
    match = _AROUND.fullmatch(tidy(text))
    if match is None:
        return None
    digits = match["digits"]
    for pattern, found in (
        (_COMMA, Written.COMMA),
        (_POINT, Written.POINT),
        (_OPEN_COMMA, Written.COMMA_OR_THOUSANDS),
        (_OPEN_POINT, Written.THOUSANDS_OR_POINT),
    ):
        if pattern.fullmatch(digits):
            return found
    return None


def with_point(text: str) -> str:
    """Return a number with a decimal comma as it is written here: “1.234,5” becomes “1234.5”."""
    match = _AROUND.fullmatch(tidy(text))
    if match is None:
        return text
    digits = match["digits"].replace(".", "").replace(" ", "").replace(",", ".")
    return f"{match['lead']}{digits}{match['tail']}"
