"""What is drawn: lights by shape and letter, colours that can be read, the font that ships."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QImage, QPainter, QPalette
from pytestqt.qtbot import QtBot

from scs_desktop.domain.appearance import light_mark, unrated_mark
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.trend import trend_of
from scs_desktop.returns.grid import CellValue
from scs_desktop.returns.plan import Mark
from scs_desktop.ui.common.lights import LightLabel, paint_mark
from scs_desktop.ui.common.sparkline import paint_sparkline
from scs_desktop.ui.common.theme import SHIPPED_FAMILY, contrast, legible, load_shipped_font, theme_of
from scs_desktop.ui.common.trend_plot import TrendChart
from scs_desktop.ui.overview.tiles import against, parted
from scs_desktop.ui.returns.sheet import LOOKS, cell_text, sign_colour, tint
from tests.domain.positions import months
from tests.ui import builders

LIGHT_PALETTE = QPalette(QColor("#efefef"), QColor("#efefef"))
DARK_PALETTE = QPalette(QColor("#333333"), QColor("#262626"))
HIGH_CONTRAST = QPalette(QColor("#000000"), QColor("#000000"))
for palette, base, text in (
    (LIGHT_PALETTE, "#ffffff", "#000000"),
    (DARK_PALETTE, "#1a1a1a", "#f0f0f0"),
    (HIGH_CONTRAST, "#000000", "#ffffff"),
):
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#308cc6"))
PALETTES = pytest.mark.parametrize("palette", [LIGHT_PALETTE, DARK_PALETTE, HIGH_CONTRAST])


def drawn(mark: object) -> QImage:
    """Return a mark drawn alone, in grey."""
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_mark(painter, QRectF(2, 2, 20, 20), mark)  # type: ignore[arg-type]
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.usefixtures("qapp")
def test_no_two_states_look_alike_without_colour() -> None:
    load_shipped_font()
    marks = [light_mark(one) for one in Light] + [light_mark(one, hollow=True) for one in Light]
    marks.append(unrated_mark(Unrated.NO_DATA))
    images = [drawn(mark) for mark in marks]
    for number, one in enumerate(images):
        for other in images[number + 1 :]:
            differing = sum(
                abs(one.pixelColor(x, y).value() - other.pixelColor(x, y).value()) > 40
                for x in range(24)
                for y in range(24)
            )
            assert differing > 40


@PALETTES
def test_text_and_lines_stand_out_on_every_palette(palette: QPalette) -> None:
    theme = theme_of(palette)
    assert contrast(theme.text, theme.base) >= 7
    assert contrast(theme.muted, theme.base) >= 4.5
    assert contrast(theme.line, theme.base) >= 4.5
    assert contrast(theme.comparator, theme.base) >= 4.5
    assert contrast(theme.focus, theme.base) >= 3


@PALETTES
@pytest.mark.parametrize("mark", list(Mark))
def test_a_cells_sign_and_text_are_readable_on_its_ground(palette: QPalette, mark: Mark) -> None:
    theme = theme_of(palette)
    assert contrast(sign_colour(mark, theme), tint(mark, theme)) >= 4.5
    assert contrast(theme.text, tint(mark, theme)) >= 4.5


def test_every_mark_has_a_sign_of_its_own() -> None:
    assert len({look.sign for look in LOOKS.values()}) == len(Mark)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2012, 4, 1), "mmm yyyy", "Apr 2012"),
        (date(2012, 4, 17), "dd/mm/yyyy", "17/04/2012"),
        (0.24, "0%", "24%"),
        (0.2415, "0.0%", "24.2%"),
        (24.0, "", "24"),
        (24.841, "0.0", "24.841"),
        ("two  words", "", "two  words"),
        (True, "", "TRUE"),
        (None, "", ""),
    ],
)
def test_a_cell_is_shown_as_in_the_partners_program(value: CellValue, number_format: str, text: str) -> None:
    assert cell_text(value, number_format) == text


def test_a_colour_that_stands_out_is_left_as_it_is() -> None:
    assert legible(QColor("#12436D"), QColor("white"), 4.5) == QColor("#12436D")
    assert contrast(legible(QColor("#12436D"), QColor("black"), 4.5), QColor("black")) >= 4.5


@pytest.mark.usefixtures("qapp")
def test_the_shipped_font_has_every_letter_the_pages_use() -> None:
    assert load_shipped_font()
    font = QFont(SHIPPED_FAMILY)
    assert QFontInfo(font).family() == SHIPPED_FAMILY
    metrics = QFontMetrics(font)
    missing = [letter for letter in "–—…·“”‘’−×÷Δ→≥≤φ£é½" if not metrics.inFontUcs4(ord(letter))]
    assert missing == []


@pytest.mark.usefixtures("qapp")
def test_a_sparkline_breaks_where_figures_are_missing() -> None:
    def ink(values: list[int | None]) -> int:
        image = QImage(120, 30, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        paint_sparkline(painter, QRectF(0, 0, 120, 30), months(values), theme_of(LIGHT_PALETTE))
        painter.end()
        return sum(image.pixelColor(x, y).value() < 200 for x in range(120) for y in range(30))

    whole, broken = ink([5, 6, 7, 6, 5, 6, 7]), ink([5, 6, 7, None, None, 6, 7])
    assert 0 < broken < whole
    assert ink([None, None]) == 0


def test_a_light_is_said_in_words(qtbot: QtBot) -> None:
    label = LightLabel()
    qtbot.addWidget(label)
    label.set_status(builders.light(Light.GREEN, hollow=True))
    assert label.accessibleName() == "Light: Green, untested"
    label.set_status(None)
    assert label.accessibleName() == "Light"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("38.0 per 1,000 population so far", ("38.0", "per 1,000 population so far")),
        ("25 %", ("25 %", "")),
        ("", ("–", "")),
    ],
)
def test_a_headlines_value_and_what_it_is_per(text: str, parts: tuple[str, str]) -> None:
    assert parted(text) == parts


def test_a_headline_without_a_comparator_names_its_period_alone() -> None:
    headline = builders.position().headlines[1]
    assert against(headline) == "12 months to September 2011, against 24 % in 2010/11"
    assert against(replace(headline, comparator_text="– · –")) == "12 months to September 2011"


def test_the_chart_follows_from_light_to_dark(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.make_ready()
    chart.set_trend(trend_of(builders.indicator()))
    chart.setPalette(LIGHT_PALETTE)
    light = chart.grab().toImage().pixelColor(300, 20).value()
    chart.setPalette(DARK_PALETTE)
    dark = chart.grab().toImage().pixelColor(300, 20).value()
    chart.close_plot()
    assert light > 200
    assert dark < 60


def test_a_chart_without_figures_says_what_to_do(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.make_ready()
    chart.set_trend(trend_of(builders.indicator(trend=())))
    assert chart.readout.text() == "No figures yet. They come with the first return."
    chart.close_plot()
    assert QGuiApplication.instance() is not None


def test_the_mouse_reads_out_the_nearest_point(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.make_ready()
    trend = trend_of(builders.indicator())
    chart.set_trend(trend)
    chart.show()
    assert chart._plot is not None
    box = chart._plot.getPlotItem().getViewBox()
    point = trend.points[3]
    chart._hover(box.mapViewToScene(QPointF(point.x + 0.3, 350)))
    assert chart.readout.text() == "July 2010: 244"
    assert chart.at_point == 3
    chart.close_plot()


def test_the_chart_is_copied_twice_as_fine_as_the_screen(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(600, 300)
    chart.make_ready()
    chart.set_trend(trend_of(builders.indicator()))
    assert chart.picture().size() == chart.size() * 2 * chart.devicePixelRatioF()
    chart.close_plot()


def test_missing_figures_are_read_out_as_what_stood_there(qtbot: QtBot) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.make_ready()
    chart.set_trend(trend_of(builders.indicator(trend=months([220, None, 222]))))
    chart.read_out(1)
    assert chart.readout.text().startswith("May 2010: not supplied")
    chart.close_plot()
