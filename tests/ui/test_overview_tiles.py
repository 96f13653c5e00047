"""The overview's tiles say all that the overall measures know, to the eye and to a screen reader."""

from __future__ import annotations

from pathlib import Path

from scs_desktop.ui.overview.tiles import HeadlineTile, foot, spoken
from tests.domain.test_headlines import headlines
from tests.domain.test_lights_to_expect import Q2, Q4
from tests.ui.conftest import Desk


def test_a_tiles_foot_tells_outlook_age_and_what_no_indicator_covers() -> None:
    crime, _, safe = headlines(Q2)
    assert foot(crime) == "Ending better than 2010/11: unlikely, 8 %. Up to date"
    assert foot(safe).endswith("“at home” has no indicator")


def test_a_screen_reader_hears_each_parts_own_light() -> None:
    safe = headlines(Q4)[2]
    assert "8.2 walking alone by day: 98 % against 99 %, Amber." in spoken(safe)
    assert "8.3 walking alone after dark: 80 % against 88 %, Red." in spoken(safe)


def test_the_example_shows_three_measures_and_the_part_without_an_indicator(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    tiles = desk.window.overview.findChildren(HeadlineTile)
    assert [tile.accessibleName().partition(":")[0] for tile in tiles] == [
        "Total crime per 1,000 population",
        "Perceptions of anti-social behaviour",
        "How safe residents feel",
    ]
    assert "“in own home” has no indicator" in tiles[2].accessibleDescription()
    assert "walking alone after dark" in tiles[2].accessibleDescription()
