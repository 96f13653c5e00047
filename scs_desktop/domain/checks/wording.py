"""Checks of words: one label twice, a direction against the wording, years mixed, words and units at odds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scs_desktop.domain.baselines import published_value, year_name
from scs_desktop.domain.checks.keys import key_of
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Finding, Proposal
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.periods import Period, PeriodKind, financial_year_label
from scs_desktop.domain.sentences import listed, number_text
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import IndicatorUse, Polarity
from scs_desktop.domain.targets import Baseline, BaselineKind

_ILL_FEELING = re.compile(r"\b(worr\w*|fear\w*|afraid|unsafe|anxi\w*|dissatisf\w*|distrust\w*|scared)\b", re.IGNORECASE)
_GOOD_FEELING = re.compile(r"\b(safe|safer|safety|confiden\w*|satisf\w*|trust\w*|reassur\w*)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*[/–-]\s*(\d\d)\b")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_PER_BASE = re.compile(r"\bper\s+\d[\d,]*\b", re.IGNORECASE)
_COUNTED_PEOPLE = re.compile(r"(\d[\d,]*)\s+(people|persons|residents|households)\b", re.IGNORECASE)
_PER_CENT = re.compile(r"\bper\s?cent\b|%", re.IGNORECASE)
_PAIR = 2


# --- labels and directions ------------------------------------------------------------------------


def label_findings(reading: Reading) -> Iterator[Finding]:
    """Find labels that stand twice in the strategy."""
    by_label: dict[str, list[IndicatorUse]] = {}
    for use in reading.uses.values():
        by_label.setdefault(" ".join(re.findall(r"\w+", use.label.casefold())), []).append(use)
    for uses in by_label.values():
        if len(uses) < _PAIR:
            continue
        codes = listed([use.code for use in uses])
        values = [f"{use.code}: {_value(reading, use)}" for use in uses]
        yield Finding(
            key_of(CheckRule.SAME_LABEL, *uses),
            CheckRule.SAME_LABEL,
            tuple(use.id for use in uses),
            f"{codes} bear the same label over different baselines ({', '.join(values)}).",
            (f"Label: “{uses[0].label}”.", *(f"{value}." for value in values)),
            _untangled(reading, uses),
        )


def _untangled(reading: Reading, uses: Sequence[IndicatorUse]) -> tuple[Proposal, ...]:
    """Offer, for two uses of one label whose direction contradicts its words, which of them the words are of."""
    if len(uses) != _PAIR or not all(contradicts(use) for use in uses):
        return ()
    proposals = []
    ordered = sorted(uses, key=lambda use: _nearness(reading, use))
    for meant, worded in (ordered, ordered[::-1]):
        heading = _heading(meant.label)
        corrections = (
            Correction(CorrectionKind.LABEL, meant.id, text=heading),
            *_directed(meant, as_printed=True),
            *_directed(worded, as_printed=False),
        )
        sentence = f"{meant.code} is “{heading}” as directed; {worded.code} is what the words say."
        proposals.append(Proposal(f"{meant.code}-mislabelled", sentence, corrections))
    return tuple(proposals)


def direction_findings(reading: Reading) -> Iterator[Finding]:
    """Find directions that call the worsening of a feeling an improvement."""
    for use in reading.uses.values():
        if not contradicts(use):
            continue
        words = _answer_words(use.label)
        up = (use.direction or Polarity.NONE).sign > 0
        said, meant = ("increase", "lower") if up else ("reduction", "higher")
        by_words = Proposal("words", f"Take the words: {meant} is better.", _directed(use, as_printed=False))
        heading = _heading(use.label)
        by_direction = Proposal(
            "direction",
            f"Take the direction: the label is meant as “{heading}”.",
            (Correction(CorrectionKind.LABEL, use.id, text=heading), *_directed(use, as_printed=True)),
        )
        near = _sibling(reading, use)
        proposals = (by_words, by_direction)
        evidence = [f"Label: “{use.label}”.", f"Baseline: {_value(reading, use)}."]
        if near is not None:
            sibling, closest = near
            evidence.append(f"{sibling.code}, under the same heading, has {_value(reading, sibling)}.")
            if closest:
                proposals = (by_direction, by_words)
        yield Finding(
            key_of(CheckRule.DIRECTION_AGAINST_WORDS, use),
            CheckRule.DIRECTION_AGAINST_WORDS,
            (use.id,),
            f"{use.code} counts an {said} as better, but its words are “{words}”."
            if up
            else f"{use.code} counts a {said} as better, but its words are “{words}”.",
            tuple(evidence),
            proposals,
            blocks=True,
        )


def _directed(use: IndicatorUse, *, as_printed: bool) -> tuple[Correction, ...]:
    up = (use.direction or Polarity.NONE).sign > 0
    polarity = Polarity.HIGHER if up == as_printed else Polarity.LOWER
    return (Correction(CorrectionKind.POLARITY, use.id, polarity=polarity),)


def _answer_words(label: str) -> str:
    """Return the answer that is counted: what stands last in brackets, else the last clause."""
    brackets = [text for text in _BRACKET.findall(label) if _ILL_FEELING.search(text) or _GOOD_FEELING.search(text)]
    return (brackets[-1] if brackets else label.rsplit(";", maxsplit=1)[-1]).strip()


def _heading(label: str) -> str:
    return label.split(";", maxsplit=1)[0].strip()


def contradicts(use: IndicatorUse) -> bool:
    """Whether the printed direction calls more of an ill feeling, or less of a good one, better."""
    if use.direction is None or use.direction.sign == 0:
        return False
    words = _answer_words(use.label)
    ill, good = bool(_ILL_FEELING.search(words)), bool(_GOOD_FEELING.search(words))
    if ill == good:
        return False
    return ill == (use.direction.sign > 0)


def _sibling(reading: Reading, use: IndicatorUse) -> tuple[IndicatorUse, bool] | None:
    """Return a use under the same heading without the contradiction, and whether this one's value is nearest to it."""
    heading = _heading(use.label).casefold()
    same = [one for one in reading.uses.values() if _heading(one.label).casefold() == heading]
    clean = [one for one in same if not contradicts(one) and _number(reading, one) is not None]
    doubtful = [one for one in same if contradicts(one) and _number(reading, one) is not None]
    if not clean or use not in doubtful:
        return None
    wanted = _number(reading, clean[0]) or Decimal(0)
    nearest = min(doubtful, key=lambda one: abs((_number(reading, one) or Decimal(0)) - wanted))
    return clean[0], nearest is use and len(doubtful) > 1


def _nearness(reading: Reading, use: IndicatorUse) -> int:
    near = _sibling(reading, use)
    return 0 if near is not None and near[1] else 1


def _number(reading: Reading, use: IndicatorUse) -> Decimal | None:
    baseline = reading.baselines.get(use.id)
    value = None if baseline is None else published_value(baseline, reading.definitions[use.id])
    return None if value is None else value.measured.value


def _value(reading: Reading, use: IndicatorUse) -> str:
    number = _number(reading, use)
    if number is None:
        return "none"
    unit = " %" if reading.definitions[use.id].unit is Unit.PERCENT else ""
    return f"{number:,}{unit}"


# --- years ----------------------------------------------------------------------------------------


def year_findings(snapshot: Snapshot, reading: Reading) -> Iterator[Finding]:
    """Find baselines that name another year than the strategy's baseline year."""
    strategy = snapshot.strategy
    own = Period(strategy.baseline_start, strategy.baseline_end, PeriodKind.FINANCIAL_YEAR)
    for use in reading.uses.values():
        baseline = reading.baselines.get(use.id)
        if baseline is None or baseline.kind is not BaselineKind.PUBLISHED:
            continue
        year = year_name(baseline.period or own)
        printed = [financial_year_label(int(first)) for first, _ in _YEAR.findall(baseline.printed)]
        others = tuple(dict.fromkeys(one for one in (*baseline.other_years, *printed) if one != year))
        if not others:
            continue
        yield Finding(
            key_of(CheckRule.BASELINE_YEARS_MIXED, use),
            CheckRule.BASELINE_YEARS_MIXED,
            (use.id,),
            f"The baseline of {use.code} mixes years: {listed(list(others))} inside a {year} table.",
            (f"Printed: {baseline.printed}.", *_rounding(baseline)),
            (
                Proposal("keep-both", f"Keep both years: {year} for the figures, {others[0]} for the difference."),
                Proposal("ask", "Ask the provider which year is meant."),
            ),
        )


def _rounding(baseline: Baseline) -> tuple[str, ...]:
    """Say whether a difference printed beside an actual and a predicted rate agrees with them within rounding."""
    actual, predicted = baseline.of(Part.VALUE), baseline.of(Part.PREDICTED)
    if actual is None or predicted is None or not actual.measured.value or not predicted.measured.value:
        return ()
    value, expected = actual.measured.value, predicted.measured.value
    half_value = Decimal(1).scaleb(-actual.measured.decimals) / 2
    half_expected = Decimal(1).scaleb(-predicted.measured.decimals) / 2
    low = ((value - half_value) / (expected + half_expected) - 1) * 100
    high = ((value + half_value) / (expected - half_expected) - 1) * 100
    sums = f"({value} − {expected}) ÷ {expected} is {number_text(low, 2)} to {number_text(high, 2)} % within rounding"
    numbers = [Decimal(text) for text in _PERCENT.findall(baseline.printed)]
    stated = [one for one in numbers if one not in {value, expected}]
    if not stated:
        return (f"{sums}.",)
    agrees = low <= stated[-1] <= high
    return (f"{sums}: the printed {stated[-1]} % {'agrees' if agrees else 'does not agree'}.",)


# --- words and units ------------------------------------------------------------------------------


def unit_findings(reading: Reading) -> Iterator[Finding]:
    """Find words that do not fit what is counted, and indicators whose direction is not printed; asked once each."""
    for use in reading.uses.values():
        definition = reading.definitions[use.id]
        baseline = reading.baselines.get(use.id)
        odd: list[str] = []
        if baseline is not None:
            odd += _people(baseline, definition.counted_noun)
        if definition.unit is Unit.PERCENT and _PER_BASE.search(use.label):
            odd.append("the label speaks of a rate, the figure is a percentage")
        if definition.unit is Unit.COUNT and _PER_CENT.search(use.label):
            odd.append("the label speaks of a percentage, the figure is a count")
        undirected = ""
        if use.direction is None and definition.polarity.sign:
            better = "lower" if definition.polarity is Polarity.LOWER else "higher"
            undirected = f"No direction is printed for {use.code}: {better} is taken as better."
        if odd or undirected:
            yield Finding(
                key_of(CheckRule.WORDS_AND_UNITS, use),
                CheckRule.WORDS_AND_UNITS,
                (use.id,),
                f"Words and units of {use.code} are at odds: {odd[0]}." if odd else undirected,
                (
                    f"Label: “{use.label}”.",
                    *(f"{one[:1].upper()}{one[1:]}." for one in odd),
                    *([undirected] if odd and undirected else ()),
                ),
                (Proposal("as-defined", "Keep it as defined; the words are loose."),),
            )


def _people(baseline: Baseline, noun: str) -> list[str]:
    """Say that a count of something else is printed as a number of people."""
    count = baseline.of(Part.VALUE, Unit.COUNT)
    if count is None or not noun:
        return []
    return [
        f"{number} {people} are printed where {noun} are counted"
        for number, people in _COUNTED_PEOPLE.findall(baseline.printed)
        if Decimal(number.replace(",", "")) == count.measured.value and people.casefold() not in noun.casefold()
    ]
