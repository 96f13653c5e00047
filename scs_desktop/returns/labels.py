"""Header texts made comparable: the same words, however a partner spaced, footnoted or dated them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SEPARATOR = " › "

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FOOTNOTE = re.compile(
    r"\s*[\[(](?:note\s*|footnote\s*)?\d{1,2}[\])]\s*$|(?<=[a-z)%])\d{1,2}(?:\s?,\s?\d{1,2})*$|\s*[*†‡]+$"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_PERIOD = re.compile(
    r"\b(?:(?:rolling )?(?:12|twelve) months (?:to|ending)\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    rf"{_MONTH}\b[\s'/-]*(?:\d{{2,4}}\b)?"
    r"(?:\s*(?:to|-)\s*(?=$|\W*\w{3}))?"
    r"|\b(?:19|20)\d{2}\s*[/-]\s*\d{2,4}\b|\b(?:19|20)\d{2}(?:0[1-9]|1[0-2])?\b|\bq(?:uarter\s*)?[1-4]\b"
    r"|\byear ending\b|\bfinancial year\b|\b(?:rolling )?(?:12|twelve) months (?:to|ending)\b"
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_SPACES = re.compile(r"[\s_\-–—/:.,;]+")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Case, spacing, dashes, footnote marks and invisible characters taken away; words and numbers stay."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold().strip()
    folded = folded.replace("’", "'").replace("‘", "'").replace("&", " and ")
    return _SPACES.sub(" ", _FOOTNOTE.sub("", folded)).strip()


@lru_cache(maxsize=50_000)
def undated(text: str) -> str:
    """The same with every period in it taken away; empty for a text that is only a period."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold().strip()
    folded = folded.replace("’", "'").replace("‘", "'").replace("&", " and ")
    return _SPACES.sub(" ", _FOOTNOTE.sub("", _EMPTY.sub(" ", _PERIOD.sub(" ", folded)))).strip(" '")


def path_key(labels: tuple[str, ...]) -> str:
    """One text for a path of comparable labels, outermost first."""
    return SEPARATOR.join(labels)


def key_path(key: str) -> tuple[str, ...]:
    """Return the path of a key, made comparable again, so that an officer may type it as it stands in the sheet."""
    return tuple(text for part in re.split(r"\s*[›>]\s*", key) if (text := undated(part)))
