"""Marks and colours stay apart: by shape, by letter, in contrast, in greyscale."""

from __future__ import annotations

from itertools import combinations

import pytest

from scs_desktop.domain import appearance
from scs_desktop.domain.appearance import Shape, light_mark, mark_of, unrated_mark
from scs_desktop.domain.position import Light, LightCounts, Status, Unrated


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_every_light_has_its_own_shape_letter_and_word() -> None:
    marks = [light_mark(light) for light in Light] + [unrated_mark(Unrated.NO_DATA)]
    assert len({mark.shape for mark in marks}) == len(marks)
    assert len({mark.letter for mark in marks}) == len(marks)
    assert [mark.word for mark in marks] == ["Green", "Amber", "Red", "no data"]


@pytest.mark.parametrize("light", list(Light))
@pytest.mark.parametrize("dark", [False, True])
def test_letters_are_readable_in_their_shapes(light: Light, dark: bool) -> None:
    for hollow in (False, True):
        mark = light_mark(light, hollow=hollow, dark=dark)
        assert contrast(mark.text, mark.fill) >= 4.5
        paper = appearance.DARK_PAPER if dark else appearance.PAPER
        assert contrast(mark.border, paper) >= 3, "the outline stands off the ground"


def test_the_three_lights_are_three_greys_on_a_photocopy() -> None:
    greys = [lightness(light_mark(light).fill) for light in Light]
    assert [round(grey) for grey in greys] == [50, 81, 30]
    assert min(abs(first - second) for first, second in combinations(greys, 2)) >= 15


@pytest.mark.parametrize("colour", appearance.SERIES)
def test_series_colours_stand_off_white_paper(colour: str) -> None:
    assert contrast(colour, appearance.PAPER) >= 2.9


@pytest.mark.parametrize("colour", appearance.SERIES_DARK)
def test_their_siblings_stand_off_a_dark_window(colour: str) -> None:
    assert contrast(colour, appearance.DARK_PAPER) >= 3


def test_there_is_a_dark_sibling_for_every_series() -> None:
    assert len(appearance.SERIES) == len(appearance.SERIES_DARK) == len(set(appearance.SERIES_DARK))


def test_a_hollow_light_says_that_it_is_untested() -> None:
    mark = mark_of(Status(Light.GREEN, None, "", hollow=True))
    assert (mark.shape, mark.word, mark.fill) == (Shape.CIRCLE, "Green, untested", appearance.PAPER)


def test_an_unrated_state_is_dashed_and_says_its_word() -> None:
    mark = mark_of(Status(None, Unrated.OVERDUE, ""), dark=True)
    assert mark.dashed
    assert mark.word == "overdue"


def test_counts_in_words() -> None:
    assert appearance.counts_text(LightCounts(1, 2, 0, 4)) == "1 red, 2 amber, 0 green, 4 unrated"
