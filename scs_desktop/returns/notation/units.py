"""What a number counts in, as number formats and header words say it."""

from __future__ import annotations

import re
from functools import lru_cache

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.notation.text import tidy

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
# "worst 5%", "95% confidence interval": a figure before the sign makes it part of a name, not a unit.
_PERCENT = re.compile(
    r"(?<![\d.])\s?%|(?<![\d.]\s)\b(?:per ?cent(?:age)?s?|pct|percentages?)\b|^%|\bproportion of\b"
    r"|\bpercentage points?\b"
)
_NAMED_PERCENT = re.compile(r"\d\s?%")
_RATE = re.compile(
    r"\bper (?:1,?000|10,?000|100,?000|thousand|hundred|100|million|1,?000,?000|head|capita|hectare|household"
    r"|resident|person|officer)|/\s?1,?000|\brates?\b(?! of pay)|\bper '?000|\bper 1k\b"
)
_PER = re.compile(
    r"\bper (?:1,?000|10,?000|100,?000|thousand|hundred|100|million|1,?000,?000|head|capita)\b|/\s?1,?000"
)
_MONEY = re.compile(
    r"£|\bgbp\b|\bpounds? sterling\b|\b(?:house|property) prices?\b|\b(?:gross|annual|net|weekly|hourly|average"
    r"|median|mean) (?:annual |weekly |hourly )?(?:pay|earnings|income|salary|wage)\b|\bexpenditure\b"
    r"|\bearnings\b|\b(?:cost|costs|spend|budget|turnover)\b|\bbalance\b"
)
_COUNT = re.compile(
    r"\bnumbers?\b|\bno\.? of\b|\bcounts?\b|\btotal number\b|\bfrequency\b|^#|\bpopulation\b|\boffences?\b"
    r"|\bincidents?\b|\bcases?\b|\bvictims?\b|\bbase\b|\bsample\b|\bhouseholds?\b|\bdwellings\b|\bvolume\b"
    r"|\bcrimes?\b|\breports?\b|\breferrals?\b|\bcallers?\b|\bcalls\b|\bpeople\b|\bpersons\b|\bfamilies\b"
    r"|\bjobs\b|\bthousands\b|\bvisits\b|\bcohort size\b|\bre-?offences\b|\bn\s?=|^n$|\(n\)|\barrests\b"
    r"|\bdetections\b|\bestimates?\b|\bresponses\b|\bmigration\b|\bbirths\b|\bdeaths\b|\brespondents\b"
    r"|\badmissions\b|\battendances\b|\bdenominator\b|\bnumerator\b|\bchange\b"
)
_PURE_COUNT = re.compile(
    r"^(?:(?:total )?(?:numbers?|no\.?|counts?|frequency|volumes?|n|base(?: \(n\))?|thousands|#|000s|'000s?|n\s?="
    r"|unweighted base|weighted base|sample(?: size)?(?: \(rounded\))?)|\(?n\)?)$"
)
_PURE_PERCENT = re.compile(
    r"^\(?(?:%|per ?cent|percent(?:ages?)?|pct|percentages?|percentage change|% change|rate \(%\))\)?$"
)
_ASKED = re.compile(r"(?<=\S)\s?[\[(]?\b(?:n|base)\s?[=:]\s?[\d,]+[\])]?")
_BOTH = re.compile(
    r"\b(?:numbers?|counts?|volumes?) (?:and|&|or) (?:[a-z-]+ )?(?:rates?|percentages?|proportions?|per ?cents?)\b"
    r"|\b(?:rates?|percentages?|proportions?) (?:and|&|or) (?:numbers?|counts?|volumes?)\b"
)
_RATIO = re.compile(r"\bratio\b|\bodds\b")
_NEITHER = re.compile(
    r"\bindex\b(?! offen[cd])|\brank(?:ed|ing)?\b|\bscores?\b|\bscale\b|\baverage\b|\bmean\b|\bmedian\b"
    r"|\bdensity\b|\bexpectancy\b|\bhectares?\b|\bconfidence\b"
    r"|\b(?:lower|upper)\b(?! (?!ci\b|c\.i|limit|bound|conf|quart|estim|interval|range|end|level|tail|95)[a-z])"
    r"|\binterval\b|\bemissions\b|\((?:days|hours|minutes|years|months|weeks)\)|\bkm\b|\bmiles\b|\bz-?score\b"
    r"|\bsignifican"
)
# The average of areas is in whatever unit each of them is in.
_OF_AREAS = re.compile(
    r"\b(?:london|england|wales|uk|national|regional|region|family|group|msg|msf|boroughs?|county|council|force"
    r"|peer|neighbours?|comparator|inner|outer|cipfa) (?:average|mean|median)\b"
    r"|\b(?:average|mean|median) (?:for|of) (?:all |the )?(?:[a-z]+ ){0,2}"
    r"(?:boroughs|forces|areas|authorities|group|councils)\b"
)
_HEAD_COUNT = re.compile(
    r"^(?:#|(?:the )?(?:total )?(?:numbers?|no\.?|counts?) of\b|n of\b|estimated number\b"
    r"|(?:un)?weighted (?:frequency|base|count)|base\b|sample size|cohort size)|\(numbers?\)|\(no\.?\)"
    r"|\(counts?\)|\(n\)"
)
_ANY = re.compile(
    "|".join(
        pattern.pattern
        for pattern in (
            _PERCENT,
            _RATE,
            _MONEY,
            _PER,
            _COUNT,
            _RATIO,
            _NEITHER,
            _HEAD_COUNT,
            _PURE_COUNT,
            _PURE_PERCENT,
        )
    )
)
_SCALE = re.compile(r"\bthousands?\b|'000s?|\b000s\b|£\s?(?:k|m|bn|million|billion|thousand)\b|\bmillions?\b|\(000\)")


def format_unit(number_format: str) -> Unit | None:
    """Return PERCENT or MONEY where the number format shows a percent or a pound sign."""
    return _format_unit(number_format)


@lru_cache(maxsize=4096)
def _format_unit(number_format: str) -> Unit | None:
    first = number_format.split(";", 1)[0]
    if "%" in _QUOTED.sub("", first):
        return Unit.PERCENT
    if "£" in first:
        return Unit.MONEY
    return None


def shows_percent_sign(number_format: str) -> bool:
    """Whether the format sets a percent sign as a mere letter behind the number, which is then in percent as it is."""
    return '"%"' in number_format.replace(" ", "") or "\\%" in number_format


def header_unit(text: str) -> Unit | None:
    """Return the unit that the words of a header say; None where they say none or speak of a rank, score or average."""
    return _said(text)[0]


def says_outright(text: str) -> bool:
    """Whether the unit is named ("number of", "%", "£", "per 1,000") and not only suggested by what is counted."""
    return _said(text)[1]


@lru_cache(maxsize=16384)
def _said(text: str) -> tuple[Unit | None, bool]:
    # “Men (n=490)” tells how many were asked, not what the figures beneath count.
    words = _ASKED.sub("", tidy(text).casefold().replace("_", " "))
    if _ANY.search(words) is None:
        return None, False
    if _BOTH.search(words):
        # "Numbers and rates per 100,000" speaks of several columns, each of which says its own.
        return None, False
    if (_HEAD_COUNT.search(words) and " per " not in words) or _PURE_COUNT.match(words.strip(" ().:*")):
        return Unit.COUNT, True
    if "£" in words:
        return Unit.MONEY, True
    if _PERCENT.search(words) and not (
        _NAMED_PERCENT.search(words) and not _PERCENT.search(_NAMED_PERCENT.sub("", words))
    ):
        return Unit.PERCENT, True
    if _RATIO.search(words):
        return Unit.RATIO, True
    if _MONEY.search(words):
        return Unit.MONEY, False
    if _PER.search(words):
        return Unit.RATE, True
    if _NEITHER.search(_OF_AREAS.sub("", words)):
        return None, False
    if _RATE.search(words):
        return Unit.RATE, False
    if not words.startswith("all ") and _COUNT.search(words):
        return Unit.COUNT, False
    return None, False


def says_no_unit(text: str) -> bool:
    """Whether the header speaks of a rank, score, index, average or limit, which no unit of ours fits."""
    return header_unit(text) is None and _no_unit(text)


@lru_cache(maxsize=16384)
def _no_unit(text: str) -> bool:
    return _NEITHER.search(_OF_AREAS.sub("", tidy(text).casefold())) is not None


def is_pure_unit(text: str) -> bool:
    """Whether the text is a unit alone: “%”, “Number”, “Rate per 1,000 population”, “thousands”, “£ million”."""
    words = tidy(text).casefold().strip(" ().:*")
    words = re.sub(r"(?<=[a-z%)])\s?\d{1,2}(?:\s?,\s?\d{1,2})*$", "", words)
    if _PURE_COUNT.match(words) or _PURE_PERCENT.match(words):
        return True
    return bool(
        re.match(
            r"^(?:(?:crude )?(?:rate|number)s? )?per (?:[\d,]+|thousand|hundred"
            r"|head)(?: (?:of )?(?:the )?(?:population|people|residents|households|adults|persons))?$"
            r"|^£(?:\s?(?:m|k|bn|million|thousands?|billion|000s?))?$|^(?:rates?|percentages?|pounds|millions?"
            r")$",
            words,
        )
    )


def scale_words(text: str) -> str | None:
    """Return the words that say the figures stand in thousands or millions; None where there are none."""
    match = _SCALE.search(tidy(text).casefold())
    return match[0] if match else None
