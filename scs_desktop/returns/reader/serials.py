"""Number formats and day numbers: which formats show dates, and which date a number stands for.

Sources: ECMA-376 Part 1, 18.8.30 (built-in formats), 18.8.31 (format codes) and 18.17.4.1 (day numbers).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

GENERAL = "General"

# Formats that files name by number only. Those that follow the computer's region are given as a British one shows them.
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "£#,##0;-£#,##0", 6: "£#,##0;[Red]-£#,##0", 7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;[Red]-£#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    27: "yyyy/m/d", 28: "yyyy/m/d", 29: "yyyy/m/d", 30: "yyyy/m/d", 31: "yyyy/m/d", 32: "h:mm", 33: "h:mm:ss",
    34: "h:mm", 35: "h:mm:ss", 36: "yyyy/m/d",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "£#,##0;-£#,##0;£-", 43: "#,##0.00;-#,##0.00;-", 44: "£#,##0.00;-£#,##0.00;£-",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: "yyyy/m/d", 51: "yyyy/m/d", 52: "yyyy/m/d", 53: "yyyy/m/d", 54: "yyyy/m/d", 55: "yyyy/m/d", 56: "yyyy/m/d",
    57: "yyyy/m/d", 58: "yyyy/m/d",
}  # fmt: skip

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_GENERAL_WORD = re.compile(r"general", re.IGNORECASE)
_FIRST_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
_FIRST_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LAST_SERIAL = 2_958_466  # the day after 31 December 9999
_LEAP_DAY_THAT_NEVER_WAS = 60
_MICROSECONDS_A_DAY = 86_400_000_000


class Shows(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    ELAPSED = "elapsed"


@lru_cache(maxsize=4096)
def shows(code: str) -> Shows:
    """Tell a format that shows dates or times from one that shows numbers; the part for positive numbers decides."""
    if len(code) > 1_000:  # noqa: PLR2004 - Excel's own limit is 255
        return Shows.NUMBER
    bare = _QUOTED.sub("", code).split(";", 1)[0]
    if _ELAPSED.search(bare):
        return Shows.ELAPSED
    letters = set(_GENERAL_WORD.sub("", _BRACKETED.sub("", bare)).lower())
    if letters & set("yd") or ("m" in letters and not letters & set("hs")):
        return Shows.DATE if not letters & set("0#?") else Shows.NUMBER
    return Shows.TIME if letters & set("hs") else Shows.NUMBER


def from_serial(serial: float, kind: Shows, *, date_1904: bool) -> date | datetime | time | timedelta | None:
    """Return the moment a day number stands for; None where it stands for none.

    A whole number of days is a date, with a time of day a datetime; a time format gives a time below one day and a
    format of elapsed hours a timedelta. Day 60 of the 1900 system is 29 February 1900, which never was; day 0 and
    negative ones and those past the year 9999 are no dates either.
    """
    if not -_LAST_SERIAL < serial < _LAST_SERIAL:
        return None
    microseconds = round(serial * _MICROSECONDS_A_DAY / 1000) * 1000
    if kind is Shows.ELAPSED:
        return timedelta(microseconds=microseconds)
    if serial < 0:
        return None
    if kind is Shows.TIME and serial < 1:
        return (_FIRST_1904 + timedelta(microseconds=microseconds)).time()
    days = microseconds // _MICROSECONDS_A_DAY
    if date_1904:
        moment_from = _FIRST_1904
    elif days in {0, _LEAP_DAY_THAT_NEVER_WAS}:
        return None
    else:
        # Before the day that never was, the count is one behind.
        moment_from = _FIRST_1900 + timedelta(days=1) if days < _LEAP_DAY_THAT_NEVER_WAS else _FIRST_1900
    try:
        moment = moment_from + timedelta(microseconds=microseconds)
    except OverflowError:
        return None
    return moment.date() if microseconds % _MICROSECONDS_A_DAY == 0 else moment
