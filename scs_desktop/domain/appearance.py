"""How states and lines look, as data: the window, the paper and the public page draw alike.

Fills, marks and series colours stay apart for deuteranopes and protanopes and in greyscale. A state
is never told by colour alone: it has a shape, a letter and a word. Colours are ``#RRGGBB``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scs_desktop.domain.position import Light, LightCounts, Status, Unrated
from scs_desktop.domain.process import Variation

INK = "#0B0C0C"
PAPER = "#FFFFFF"
QUIET = "#505A5F"
DARK_INK = "#F3F2F1"
DARK_PAPER = "#1E1E1E"
DARK_QUIET = "#B1B4B6"

SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
SERIES_DARK = ("#7FB2E5", "#4CC7BC", "#E58AC0", "#FF9A66", "#D0D0D0", "#C4B0E8")
FOCUS = "#12436D"
FOCUS_BACKGROUND = "#BFBFBF"


class Shape(StrEnum):
    """Outline of a mark, told apart without colour."""

    CIRCLE = "circle"
    TRIANGLE = "triangle"
    SQUARE = "square"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is drawn.

    ``letter`` stands in the shape ("G"), ``word`` beside or under it. A ``dashed`` border belongs to
    the unrated states. A hollow light is the same shape with the paper as fill and a thick border.
    """

    shape: Shape
    letter: str
    word: str
    fill: str
    border: str
    text: str
    dashed: bool = False
    hollow: bool = False


_WORDS: Mapping[Light, str] = {Light.GREEN: "Green", Light.AMBER: "Amber", Light.RED: "Red"}
_SHAPES: Mapping[Light, Shape] = {Light.GREEN: Shape.CIRCLE, Light.AMBER: Shape.TRIANGLE, Light.RED: Shape.SQUARE}
_FILLS: Mapping[Light, str] = {Light.GREEN: "#00866B", Light.AMBER: "#FFBF00", Light.RED: "#8E0E23"}
_BORDERS: Mapping[Light, str] = {Light.GREEN: "#00866B", Light.AMBER: INK, Light.RED: "#8E0E23"}
_LETTERS: Mapping[Light, str] = {Light.GREEN: PAPER, Light.AMBER: INK, Light.RED: PAPER}
# On a dark window the fills stay, Red gets a lighter rim so that the square does not sink into the ground.
_BORDERS_DARK: Mapping[Light, str] = {Light.GREEN: "#2BB59A", Light.AMBER: "#FFBF00", Light.RED: "#F0708A"}
_HOLLOW_DARK: Mapping[Light, str] = {Light.GREEN: "#2BB59A", Light.AMBER: "#FFBF00", Light.RED: "#F0708A"}


def light_mark(light: Light, *, hollow: bool = False, dark: bool = False) -> Mark:
    """Return the mark of a light; a hollow one is outlined and says "untested"."""
    word = f"{_WORDS[light]}, untested" if hollow else _WORDS[light]
    border = (_BORDERS_DARK if dark else _BORDERS)[light]
    if hollow:
        paper = DARK_PAPER if dark else PAPER
        rim = _HOLLOW_DARK[light] if dark else border
        text = DARK_INK if dark else INK
        return Mark(_SHAPES[light], light.letter, word, paper, rim, text, hollow=True)
    return Mark(_SHAPES[light], light.letter, word, _FILLS[light], border, _LETTERS[light])


def unrated_mark(unrated: Unrated, *, dark: bool = False) -> Mark:
    """Return the mark of a state without a light: a dash in a dashed outline, and the state's word."""
    if dark:
        return Mark(Shape.DASH, "–", unrated.value, DARK_PAPER, DARK_QUIET, DARK_INK, dashed=True)
    return Mark(Shape.DASH, "–", unrated.value, PAPER, QUIET, INK, dashed=True)


def mark_of(status: Status, *, dark: bool = False) -> Mark:
    """Return the mark of a status."""
    if status.light is not None:
        return light_mark(status.light, hollow=status.hollow, dark=dark)
    return unrated_mark(status.unrated or Unrated.NO_DATA, dark=dark)


def counts_text(counts: LightCounts) -> str:
    """Return "1 red, 2 amber, 0 green, 4 unrated"."""
    return f"{counts.red} red, {counts.amber} amber, {counts.green} green, {counts.unrated} unrated"


class ProcessMark(StrEnum):
    """What a point of a process chart says."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


PROCESS_COLOURS: Mapping[ProcessMark, str] = {
    ProcessMark.COMMON: "#A6A6A6",
    ProcessMark.IMPROVEMENT: "#00B0F0",
    ProcessMark.CONCERN: "#E46C0A",
    ProcessMark.NEUTRAL: "#490092",
}


def process_mark(variation: Variation) -> ProcessMark:
    """Return how a point of that variation is drawn."""
    if variation is Variation.COMMON_CAUSE:
        return ProcessMark.COMMON
    if variation is Variation.NEUTRAL:
        return ProcessMark.NEUTRAL
    good = variation in {Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW}
    return ProcessMark.IMPROVEMENT if good else ProcessMark.CONCERN
