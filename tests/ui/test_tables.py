"""Tables of the pages: what their cells say, to the eye and to a screen reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.position import Light, Status, Unrated
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.overview import model as overview_model
from scs_desktop.ui.overview.moved import moved_lights
from scs_desktop.ui.priority import model as priority_model
from tests.domain.positions import known
from tests.ui import builders

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
LETTERS: tuple[Column[str], ...] = (Column("Letter", lambda one: one, "wide"), Column("Twice", lambda one: one * 2))


def test_a_model_says_each_cell_with_its_column() -> None:
    model = TableModel(LETTERS)
    model.set_rows(["a", "b"])
    assert model.index(1, 1).data() == "bb"
    assert model.index(1, 1).data(SPOKEN) == "Twice: bb"
    assert [model.headerData(one, Qt.Orientation.Horizontal) for one in (0, 1)] == ["Letter", "Twice"]


def test_an_empty_cell_is_said_to_be_empty() -> None:
    model = TableModel(LETTERS)
    model.set_rows([""])
    assert model.index(0, 0).data(SPOKEN) == "Letter: empty"


def test_a_table_is_copied_as_a_spreadsheet_takes_it(qtbot: QtBot) -> None:
    model = TableModel(LETTERS)
    model.set_rows(["a", "b"])
    table = RowTable(model, "Letters", row_height=20)
    qtbot.addWidget(table)
    assert table.as_text() == "Letter\tTwice\na\taa\nb\tbb\n"


@pytest.mark.parametrize(("opens", "expected"), [(True, [1]), (False, [])])
def test_enter_opens_the_row_only_where_rows_open(qtbot: QtBot, opens: bool, expected: list[int]) -> None:
    model = TableModel(LETTERS)
    model.set_rows(["a", "b"])
    table = RowTable(model, "Letters", row_height=20, opens=opens)
    qtbot.addWidget(table)
    opened: list[int] = []
    table.activated.connect(lambda index: opened.append(index.row()))
    table.setCurrentIndex(model.index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == expected


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_3])
def test_escape_and_digits_are_left_to_the_page(qtbot: QtBot, key: Qt.Key) -> None:
    model = TableModel(LETTERS)
    model.set_rows(["3", "b"])
    table = RowTable(model, "Letters", row_height=20)
    qtbot.addWidget(table)
    text = "3" if key == Qt.Key.Key_3 else ""
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    table.keyPressEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (builders.indicator(colour=Light.AMBER), "Light", "Amber"),
        (builders.indicator(colour=Light.GREEN, hollow=True), "Light", "Green, untested"),
        (builders.indicator(colour=None), "Light", "overlaps baseline"),
        (builders.indicator(), "Change", "+12.3 %"),
        (builders.indicator(), "Against", "1,404"),
        (builders.indicator(unit=Unit.PERCENT), "Against", "24 %"),
        (builders.indicator(), "Latest", "1,577"),
        (builders.indicator(), "Data", "to Sep 2011, latest September 2011"),
        (builders.indicator(hollow=True), "Usual movement", "untested"),
    ],
)
def test_a_row_of_the_priority_page(row: object, column: str, text: str) -> None:
    (found,) = [one for one in priority_model.COLUMNS if one.title == column]
    assert found.text(row) == text  # type: ignore[arg-type]


def test_a_sparkline_is_said_in_words() -> None:
    (trend,) = [one for one in priority_model.COLUMNS if one.title == "Trend"]
    assert trend.spoken is not None
    said = trend.spoken(builders.indicator())
    assert said == (
        "18 points from April 2010 to September 2011, latest 208, "
        "lowest 208 in September 2011, highest 397 in January 2011"
    )


def test_the_overview_says_how_many_of_each_light() -> None:
    first = builders.position().priorities[0]
    row = overview_model.OverviewRow(first)
    (lights,) = [one for one in overview_model.COLUMNS if one.title == "Indicators by light"]
    assert lights.text(row) == "0 red, 1 amber, 1 green, 1 unrated"


def test_lights_that_moved_are_named_under_their_priority() -> None:
    before, now = builders.position(), builders.position()
    amber, red = builders.indicator(colour=Light.AMBER), builders.indicator(colour=Light.RED)
    earlier = builders.replaced(before, 1, (amber,))
    later = builders.replaced(now, 1, (red,))
    moved = moved_lights(earlier, later)
    assert moved[known("p1")] == ("1.3 Amber → Red",)
    assert moved[known("p2")] == ()


def test_a_light_that_is_lost_has_moved_and_one_reason_for_another_has_not() -> None:
    before, now = builders.position(), builders.position()
    lit, dark = builders.indicator(colour=Light.GREEN), builders.indicator(colour=None)
    no_data = replace(dark, status=Status(None, Unrated.NO_DATA, "No data."))
    first, second = builders.replaced(before, 1, (lit,)), builders.replaced(now, 1, (dark,))
    assert moved_lights(first, second)[known("p1")] == ("1.3 Green → unrated",)
    assert moved_lights(second, builders.replaced(now, 1, (no_data,)))[known("p1")] == ()


def test_rows_share_the_height_of_the_table(qtbot: QtBot, qapp: QApplication) -> None:
    model = TableModel(LETTERS)
    table = RowTable(model, "Letters", row_height=20, tallest_row=60)
    qtbot.addWidget(table)
    table.resize(300, 300)
    table.show()
    model.set_rows([str(one) for one in range(5)])
    qapp.processEvents()
    assert 40 <= table.rowHeight(0) <= 60
    assert table.rowHeight(4) == table.rowHeight(0)
    assert not table.verticalScrollBar().isVisible()


def test_a_child_index_has_no_rows() -> None:
    model = TableModel(LETTERS)
    model.set_rows(["a"])
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
