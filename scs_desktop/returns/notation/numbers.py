"""Figures written as text: “1,234”, “20.5 %”, “£1.2m”, “(12)”, “<5”, “123 (p)”, and the ones that need asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.notation.text import SUPERSCRIPTS, tidy
from scs_desktop.returns.records import Flag, Rule

_NONE: frozenset[Flag] = frozenset()
_SCALES = {"k": 3, "thousand": 3, "000s": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9}


@dataclass(frozen=True, slots=True)
class TextProblem:
    """Why a text must be asked about, in a sentence without its address."""

    rule: Rule
    sentence: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class NumberText:
    """What a text says as a figure.

    Attributes:
        kind: NUMBER with a value, SUPPRESSED with the bound it is known to lie below, or TEXT.
        value: the exact number, a percentage in percent, money in pounds.
        unit: PERCENT or MONEY where the text itself says so.
        flags: provisional, revised, estimated.
        bound: for “<5”, 5.
        problems: what to ask about it.

    """

    kind: FigureKind
    value: Decimal | None = None
    unit: Unit | None = None
    flags: frozenset[Flag] = _NONE
    bound: Decimal | None = None
    problems: tuple[TextProblem, ...] = ()


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|[1-9]\d{0,2}(?:\s\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_TELEPHONE = re.compile(r"\(?0\d{2,4}\)?[\s-]\d{3,4}[\s-]?\d{3,4}|\(\d{3,5}\)\s?\d{3}[\s-]?\d{3,4}|\+44[\d\s()]{9,}")
_PLAIN = re.compile(
    rf"""(?P<lead>(?:[pre*~]|\([pre]\)|c\.?|circa|approx\.?|approximately|about|est\.?|estimated)\s)?
    (?P<sign>[-+])?\s?(?P<pound>£|\$|€|gbp\s?)?\s?(?P<sign2>[-+])?(?P<digits>{_DIGITS})
    (?P<exponent>e[-+]?\d{{1,3}})?
    \s?(?:(?P<scale>k|mn?|bn?|thousand|million|billion)(?![a-z]))?
    \s?(?P<percent>%|per\s?cent|pct|percent|percentage\spoints?|%\s?pts?|pp|ppts?|p\.p\.)?
    (?P<tail>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TAIL_FLAGS = re.compile(
    rf"(?:[\[(]?\s?(?P<letter>p|r|e|prov|provisional|rev|revised|est|estimated?|estimate)\.?\s?[\])]?|[*†‡§^#]+"
    rf"|[{SUPERSCRIPTS}]+|\[[a-z0-9 ,]{{1,9}}\]|[\[(](?:note|footnote|fn)s?\.?\s?[\d, ]+[\])])\s*",
    re.IGNORECASE,
)
_FLAG_OF = {"p": Flag.PROVISIONAL, "r": Flag.REVISED, "e": Flag.ESTIMATED}
_ESTIMATES = ("c", "~", "about", "est", "approx")
_BELOW = re.compile(
    rf"(?:<|≤|<=|fewer\sthan|less\sthan|under|below|up\sto|no\smore\sthan)\s?=?\s?(?P<bound>\d+(?:\.\d+)?)\s?(?P<percent>%)?[{SUPERSCRIPTS}*]*",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(?:>|≥|>=|more\sthan|greater\sthan|over|at\sleast|above)\s?=?\s?(?P<bound>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?",
    re.IGNORECASE,
)
_SMALL_RANGE = re.compile(r"(?P<low>[01])\s?(?:-|to)\s?(?P<high>\d{1,2})")
_ACCOUNTING = re.compile(rf"\(\s?(?P<pound>£)?(?P<digits>{_DIGITS})\s?(?P<percent>%)?\s?\)")
_IN_BRACKETS = re.compile(r"[\[(](?P<inside>[^()\[\]]*)[\])]\s*")
_FIGURE = re.compile(r"(?<![\w.])[-+]?£?\d[\d,]*(?:\.\d+)?\s?%?(?![\w])")
_OF = re.compile(rf"(?P<part>{_DIGITS})\s?(?:of|out\sof|/)\s?(?P<whole>{_DIGITS})", re.IGNORECASE)
_UNITS_BEHIND = re.compile(
    r"\s?(?:offences?|incidents?|cases?|people|persons?|victims?|families|households?|crimes?|reports?|referrals?|calls?|days?|weeks?|months?|years?|hours?|mins?|minutes?|yrs?|hrs?)\b\.?",
    re.IGNORECASE,
)
_WIDTH = re.compile(
    r"(?P<value>[-+]?\s?£?\s?\d[\d,]*(?:\.\d+)?\s?%?)?\s?(?:±|\+/-|\+\s-)\s?(?P<width>\d[\d,]*(?:\.\d+)?\s?%?)(?:\s?(?:pp|pts?|points?))?",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[▲▼△▽↑↓⬆⬇↗↘→←⇧⇩]")


def read_number(text: str) -> NumberText | None:
    """Return what the text says as a figure; None where it is no figure at all.

    A text that holds more than one figure is TEXT with a problem, never the first of them.
    """
    return _read(text)


@lru_cache(maxsize=65536)
def _read(text: str) -> NumberText | None:
    cleaned = tidy(text)
    if not cleaned or len(cleaned) > 200 or not _has_digit(cleaned):  # noqa: PLR2004
        return None
    cleaned = cleaned.strip("'\"")
    if _TELEPHONE.search(cleaned):
        return None
    bounded = _bounded(cleaned)
    if bounded is not None:
        return bounded
    if match := _ACCOUNTING.fullmatch(cleaned):
        value = -_decimal(match["digits"])
        unit = Unit.PERCENT if match["percent"] else Unit.MONEY if match["pound"] else None
        ask = TextProblem(
            Rule.UNREADABLE_NUMBER,
            f"“{cleaned}” is read as minus {match['digits']}, as in accounts; it may also be {match['digits']} "
            f"in brackets.",
        )
        return NumberText(FigureKind.NUMBER, value, unit, problems=(ask,))
    if width := _WIDTH.fullmatch(cleaned):
        # The width of an interval behind a figure is no part of it; alone it is the figure of its own row.
        return _read((width["value"] or width["width"]).strip())
    arrow = _ARROW.search(cleaned)
    if arrow:
        cleaned = _ARROW.sub("", cleaned).strip()
    match = _PLAIN.fullmatch(cleaned)
    if match is None:
        return _several(cleaned)
    if match["scale"] in {"b", "B"} and not match["pound"]:
        # "1.1b" numbers a section or a sheet far more often than it counts billions.
        return None
    return _plain(match, cleaned, has_arrow=arrow is not None)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))


def _bounded(cleaned: str) -> NumberText | None:
    if match := _BELOW.fullmatch(cleaned):
        unit = Unit.PERCENT if match["percent"] else None
        return NumberText(FigureKind.SUPPRESSED, None, unit, bound=Decimal(match["bound"]))
    if match := _SMALL_RANGE.fullmatch(cleaned):
        if int(match["high"]) > int(match["low"]):
            return NumberText(FigureKind.SUPPRESSED, bound=Decimal(int(match["high"]) + 1))
    elif match := _ABOVE.fullmatch(cleaned):
        unit = Unit.PERCENT if match["percent"] else None
        ask = TextProblem(Rule.UNREADABLE_NUMBER, f"“{cleaned}” gives only a lower limit, no figure.")
        return NumberText(FigureKind.SUPPRESSED, None, unit, problems=(ask,))
    return None


def _plain(match: re.Match[str], cleaned: str, *, has_arrow: bool) -> NumberText | None:
    flags: set[Flag] = set()
    tail = match["tail"].strip()
    lead = (match["lead"] or "").strip(" ().").casefold()
    if lead:
        flags.add(Flag.ESTIMATED if lead.startswith(_ESTIMATES) else _FLAG_OF.get(lead[0], Flag.ESTIMATED))
    while tail:
        found = _TAIL_FLAGS.match(tail)
        if found is None:
            break
        letter = found["letter"]
        if letter:
            flags.add(_FLAG_OF[letter[0].casefold()])
        tail = tail[found.end() :].lstrip()
    problems: list[TextProblem] = []
    if tail:
        beside = _beside(tail, cleaned)
        if beside is None:
            return _several(cleaned)
        problems.extend(beside)
        if any(problem.rule is Rule.TWO_FIGURES for problem in beside):
            return NumberText(FigureKind.TEXT, problems=tuple(problems))
    value = _value(match)
    percent = match["percent"]
    unit = Unit.PERCENT if percent else Unit.MONEY if match["pound"] else None
    if has_arrow and value >= 0:
        problems.append(
            TextProblem(
                Rule.UNREADABLE_NUMBER,
                f"An arrow stands beside “{cleaned}”: whether the change is up or down is not in the number.",
            )
        )
    return NumberText(FigureKind.NUMBER, value, unit, frozenset(flags), None, tuple(problems))


def _value(match: re.Match[str]) -> Decimal:
    value = _decimal(match["digits"])
    if match["exponent"]:
        value = Decimal(f"{value}{match['exponent']}")
    if match["scale"]:
        value = value.scaleb(_SCALES[match["scale"].casefold()])
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return -value if "-" in {match["sign"], match["sign2"]} else value


def _beside(tail: str, cleaned: str) -> list[TextProblem] | None:
    """Judge what stands behind a figure: None where the whole is no figure with a remark."""
    units = _UNITS_BEHIND.fullmatch(tail)
    if units:
        return []
    bracket = _IN_BRACKETS.fullmatch(tail)
    if bracket is None:
        return None
    inside = bracket["inside"]
    if not _has_digit(inside):
        return [] if len(inside) <= 3 else [TextProblem(Rule.OTHER, f"A remark stands beside the figure: “{cleaned}”.")]  # noqa: PLR2004
    if re.search(r"[A-Za-z]{3}", inside):
        return [
            TextProblem(
                Rule.STALE, f"“{cleaned}” gives its own date or remark in brackets: is it this period's figure?"
            )
        ]
    return [TextProblem(Rule.TWO_FIGURES, f"Two figures stand in one cell, “{cleaned}”: which is wanted?")]


def _several(cleaned: str) -> NumberText | None:
    """Tell a text that holds several figures with few words from a label or a sentence."""
    figures = _FIGURE.findall(cleaned)
    letters = sum(character.isalpha() for character in cleaned)
    digits = sum(character.isdigit() for character in cleaned)
    if _OF.fullmatch(cleaned) and "/" not in cleaned:
        return NumberText(
            FigureKind.TEXT,
            problems=(TextProblem(Rule.TWO_FIGURES, f"“{cleaned}” gives a part and a whole: which is wanted?"),),
        )
    if len(figures) >= 2 and digits * 2 >= letters and re.search(r"[/;|:&+(]|\band\b|\s-\s", cleaned):  # noqa: PLR2004
        return NumberText(
            FigureKind.TEXT,
            problems=(
                TextProblem(Rule.TWO_FIGURES, f"Several figures stand in one cell, “{cleaned}”: which is wanted?"),
            ),
        )
    return None
