"""One spelling for the many ways in which the same sign is typed."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u200b\ufeff", None),
    }
)
SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹ᵃᵇᶜ"
_MARKS_BEHIND = re.compile(
    rf"(?:\s*[{SUPERSCRIPTS}†‡§*#^]|\s*[\[(](?:note|footnote)s?\s?[\d, ]+[\])]|\s*\[\d{{1,2}}\])+$"
)


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return the text with plain dashes, quotes and single spaces, without space at its ends."""
    if text.isascii():
        return " ".join(text.split()).replace("`", "'")
    return " ".join(text.translate(_FOLD).split())


def without_footnotes(text: str) -> str:
    """Drop footnote signs from the end: superscripts, daggers, stars, “[note 3]”, “[2]”.

    Plain digits stay: whether “Barnet10” ends with a footnote is not known from the text alone.
    """
    return _MARKS_BEHIND.sub("", text).rstrip()
