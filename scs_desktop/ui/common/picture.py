"""A drawing of the window as a picture for the clipboard."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from scs_desktop.ui.common.theme import theme_of


def picture_of(drawing: QWidget) -> QPixmap:
    """Return the drawing on its own ground, twice as fine as its screen, to be pasted into a paper."""
    ratio = 2 * drawing.devicePixelRatioF()
    picture = QPixmap(drawing.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme_of(drawing.palette()).base)
    drawing.render(picture)
    return picture
