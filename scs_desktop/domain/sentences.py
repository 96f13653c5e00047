"""Numbers and findings in the officer's words: plain English, short sentences, real units."""

from __future__ import annotations

import re
from decimal import Decimal

from scs_desktop.domain.figures import Unit, rounded

MINUS = "−"
_EDGE = 0.05
_NEAR_EDGE = 0.1
_FINE = 0.01
_FINEST = 0.0001
_LOOSE = re.compile(r"\bp (?:= |under )?(?=\.?\d)|\d (?=%)|\bφ = (?=\d)")


def number_text(value: Decimal, decimals: int = 0) -> str:
    """Return the number with thousands marked and a true minus sign: "1,577", "−0.5"."""
    text = f"{rounded(value, decimals):,}"
    return text.replace("-", MINUS)


def value_text(value: Decimal, unit: Unit, decimals: int = 0, per: str = "") -> str:
    """Return a value in its unit: "1,577", "24 %", "24.84 per 1,000 households", "£3,268"."""
    text = number_text(value, decimals)
    if unit is Unit.PERCENT:
        return f"{text} %"
    if unit is Unit.MONEY:
        return f"£{text}"
    return f"{text} {per}" if unit is Unit.RATE and per else text


def exact_decimals(value: Decimal, least: int = 0, most: int = 2) -> int:
    """How many decimals show the value without loss, between the two bounds."""
    for places in range(least, most):
        if rounded(value, places) == value:
            return places
    return most


def signed_percent(share: float, decimals: int = 1) -> str:
    """Return a relative change in percent with its sign: "+12.3 %" for 0.123, "+550 %" for 5.5."""
    if abs(share) >= 1:
        decimals = 0
    text = number_text(Decimal(repr(abs(share) * 100)), decimals)
    if Decimal(text.replace(",", "")) == 0:
        return f"{text} %"
    return f"{'+' if share > 0 else MINUS}{text} %"


def signed_points(points: float, decimals: int = 1) -> str:
    """Return a difference in percentage points with its sign: "−3.0 points", "+1 point"."""
    text = number_text(Decimal(repr(abs(points))), decimals)
    noun = "point" if text == "1" else "points"
    if Decimal(text.replace(",", "")) == 0:
        return f"{text} {noun}"
    return f"{'+' if points > 0 else MINUS}{text} {noun}"


def moved_text(earlier: Decimal, later: Decimal, unit: Unit, decimals: int) -> str:
    """Return how far a value lies from an earlier one, worked out from the two as they are shown.

    Whoever reads "11.4 % against 13.5 %" and takes one from the other gets the "−2.1 points" beside
    them. Percentages differ in points, all else by a share; nothing where the earlier is 0. Two that
    differ by less than is shown are "under 0.1 points" apart.
    """
    before, now = rounded(earlier, decimals), rounded(later, decimals)
    if unit is Unit.PERCENT:
        if before == now and earlier != later:
            return f"under {number_text(Decimal(1).scaleb(-decimals), decimals)} point{'s' if decimals else ''}"
        return signed_points(float(now - before), decimals)
    if before == now or not before:
        before, now = earlier, later
    return signed_percent(float((now - before) / before)) if before else ""


def probability_text(p: float) -> str:
    """Return a probability as statisticians print it: ".059", ".0016", "under .0001", "1"."""
    if p < _FINEST:
        return "under .0001"
    text = f"{p:.4f}" if p < _FINE else f"{p:.3f}"
    if text.startswith("1"):
        return "1"
    # ".28" rather than ".280"; two digits always stay.
    return text.removeprefix("0")[:3] + text.removeprefix("0")[3:].rstrip("0")


def p_text(p: float) -> str:
    """Return "p = .059" or "p under .0001"."""
    return f"p {probability_text(p)}" if p < _FINEST else f"p = {probability_text(p)}"


def bound(text: str) -> str:
    """Return the text with a number held to its sign and its letter, so that no line parts them."""
    return _LOOSE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def movement_words(p: float, edge: float = _EDGE) -> str:
    """Where a difference lies against the usual movement of its series."""
    if p < edge:
        return "beyond the usual movement"
    return "at the edge of the usual movement" if p < _NEAR_EDGE else "within the usual movement"


def chance_words(p: float, edge: float = _EDGE) -> str:
    """Where a difference lies against chance in counting or asking."""
    if p < edge:
        return "more than chance"
    return "at the edge of chance" if p < _NEAR_EDGE else "within chance"


def rise_or_fall(change: float) -> str:
    """Return "rise", "fall" or "change"."""
    if change > 0:
        return "rise"
    return "fall" if change < 0 else "change"


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 month", "2 months"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str] | tuple[str, ...]) -> str:
    """Join as in speech: "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def shortened(text: str, letters: int) -> str:
    """Return the text, or as many of its first words as fit with an ellipsis."""
    cleaned = " ".join(text.split())
    if len(cleaned) <= letters:
        return cleaned
    kept = cleaned[: letters - 1]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,;:')}…"


def capital(text: str) -> str:
    """Return the text with its first letter large."""
    return text[:1].upper() + text[1:]
