"""Colours and fonts: the system's own, with the few of ours that carry meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette

from scs_desktop.domain.appearance import SERIES, SERIES_DARK

FONT_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
SHIPPED_FAMILY = "Inter"
SPACE = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one palette, ready to paint with.

    Attributes:
        muted: for text that explains; at least 4.5:1 on ``base``.
        rule: hairlines between rows.
        line: the figure's line in sparklines and charts.
        comparator: baseline and target path.
        focus: the frame round what the keyboard is on.

    """

    dark: bool
    window: QColor
    base: QColor
    text: QColor
    muted: QColor
    rule: QColor
    line: QColor
    comparator: QColor
    highlight: QColor
    highlighted_text: QColor
    focus: QColor


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """``share`` of the second colour in the first, 0 to 1."""
    return QColor(
        round(first.red() + (second.red() - first.red()) * share),
        round(first.green() + (second.green() - first.green()) * share),
        round(first.blue() + (second.blue() - first.blue()) * share),
    )


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG 2.2


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_channel(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(colour: QColor, ground: QColor, ratio: float) -> QColor:
    """Return the colour, moved towards black or white until it stands out from the ground by the ratio."""
    end = QColor("black") if luminance(ground) > 0.18 else QColor("white")  # noqa: PLR2004 - where both contrast alike
    found = colour
    for step in range(1, 21):
        if contrast(found, ground) >= ratio:
            break
        found = mixed(colour, end, step / 20)
    return found


@lru_cache(maxsize=8)
def _theme(window: int, base: int, text: int, highlight: int, highlighted: int) -> Theme:
    ground, ink = QColor.fromRgba(base), QColor.fromRgba(text)
    dark = luminance(ground) < luminance(ink)
    return Theme(
        dark=dark,
        window=QColor.fromRgba(window),
        base=ground,
        text=ink,
        muted=legible(mixed(ink, ground, 0.42), ground, 4.6),
        rule=mixed(ground, ink, 0.13),
        line=legible(QColor((SERIES_DARK if dark else SERIES)[0]), ground, 4.5),
        comparator=legible(QColor((SERIES_DARK if dark else SERIES)[2]), ground, 4.5),
        highlight=QColor.fromRgba(highlight),
        highlighted_text=QColor.fromRgba(highlighted),
        focus=legible(QColor((SERIES_DARK if dark else SERIES)[0]), ground, 3.0),
    )


def theme_of(palette: QPalette) -> Theme:
    """Return the colours that go with a palette; asked for at each painting, so a change of palette shows at once."""
    return _theme(
        palette.color(QPalette.ColorRole.Window).rgba(),
        palette.color(QPalette.ColorRole.Base).rgba(),
        palette.color(QPalette.ColorRole.Text).rgba(),
        palette.color(QPalette.ColorRole.Highlight).rgba(),
        palette.color(QPalette.ColorRole.HighlightedText).rgba(),
    )


def load_shipped_font() -> bool:
    """Make the shipped family known to Qt; False where its files are not there."""
    loaded = [QFontDatabase.addApplicationFont(str(path)) for path in sorted(FONT_FOLDER.glob(f"{SHIPPED_FAMILY}-*"))]
    return any(one >= 0 for one in loaded)


def choose_font(application: QGuiApplication, *, shipped: bool = False) -> None:
    """Use the system's font, or the shipped one where the system has none (every glyph would be a box)."""
    found = QFontInfo(application.font())
    if (shipped or not found.family()) and load_shipped_font():
        font = QFont(SHIPPED_FAMILY, 9)
        # Digits of one width, so that columns of figures line up.
        font.setFeature(QFont.Tag("tnum"), 1)
        application.setFont(font)


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a copy of the font in another size."""
    copy = QFont(font)
    copy.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        copy.setWeight(QFont.Weight.DemiBold)
    return copy
