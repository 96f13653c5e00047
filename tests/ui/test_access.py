"""What a screen reader finds: each control of each page has a role and a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget

from scs_desktop.ui.common.table_model import RowTable
from scs_desktop.ui.frame.top import EXAMPLE_MARK
from scs_desktop.ui.pages import CHECKS, OVERVIEW, PAGES, RETURNS
from tests.ui.conftest import Desk

CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.PageTab,
    QAccessible.Role.PageTabList,
    QAccessible.Role.MenuItem,
    QAccessible.Role.ProgressBar,
}
# Parts that Qt makes inside its own controls, and names by the control they belong to.
INNER = ("QComboBoxPrivateContainer", "QComboBoxListView", "qt_", "QTableCornerButton", "QLineEditIconButton")


@pytest.fixture(autouse=True)
def _reader_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def walk(node: QAccessibleInterface | None, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Every node that can be seen, but for the cells of tables."""
    if node is None or depth > 14 or node.state().invisible:
        return
    yield node
    if node.role() in {QAccessible.Role.Table, QAccessible.Role.List}:
        return
    for number in range(node.childCount()):
        yield from walk(node.child(number), depth + 1)


def nameless(desk: Desk) -> list[str]:
    """Return the controls in the window that have no name."""
    QApplication.processEvents()
    found = []
    for node in walk(QAccessible.queryAccessibleInterface(desk.window)):
        # A tab or a cell is no object of its own.
        thing: QObject | None = node.object()
        kind, name = (type(thing).__name__, thing.objectName()) if thing is not None else ("", "")
        inner = name.startswith("qt_") or kind.startswith(INNER)
        if node.role() in CONTROLS and not inner and not node.text(QAccessible.Text.Name).strip():
            found.append(f"{node.role().name} {kind} {name}")
    return found


def doubled(desk: Desk) -> list[str]:
    """Return the access keys that two things in sight share, with the words of both."""
    QApplication.processEvents()
    words = [entry.text() for entry in desk.window.menuBar().actions()]
    for widget in desk.window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            words.append(widget.text())
        elif isinstance(widget, QTabBar):
            words += [widget.tabText(number) for number in range(widget.count())]
    seen: dict[str, str] = {}
    found = []
    for text in words:
        letter = text.replace("&&", "").partition("&")[2][:1].casefold()
        if letter and letter in seen:
            found.append(f"{letter}: {seen[letter]} / {text}")
        seen[letter] = text
    return found


@pytest.mark.parametrize("key", [one.key for one in PAGES])
def test_every_control_of_a_page_has_a_name_and_an_access_key_of_its_own(
    desk: Desk, empty_store: Path, key: str
) -> None:
    desk.open(empty_store)
    desk.window.visit(key)
    desk.settle()
    assert nameless(desk) == []
    assert doubled(desk) == []


def test_every_control_of_the_priority_page_has_a_name(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    assert desk.session.position is not None
    desk.window.visit(desk.session.position.priorities[2].id)
    desk.settle()
    for tab in range(desk.window.priority.detail.tabs.count()):
        desk.window.priority.detail.tabs.setCurrentIndex(tab)
        desk.settle()
        assert nameless(desk) == []
        assert doubled(desk) == []


def test_every_control_of_the_import_preview_has_a_name(desk: Desk, empty_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "burglary.csv"
    file.write_text("Offence,April 2010,May 2010\nBurglary in a dwelling,220,211\n", "utf-8")
    desk.open(empty_store)
    desk.window.visit(RETURNS)
    desk.window.returns.receive([file])
    desk.settle()
    assert desk.window.returns.is_previewing
    assert nameless(desk) == []
    assert doubled(desk) == []


def test_a_cell_says_its_column_and_a_light_its_word(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    node = QAccessible.queryAccessibleInterface(desk.window.overview.table)
    assert node is not None
    children = (node.child(number) for number in range(node.childCount()))
    cells = [one for one in children if one.role() == QAccessible.Role.Cell]
    assert cells[0].text(QAccessible.Text.Name) == "Light: insufficient"
    assert cells[1].text(QAccessible.Text.Name).startswith("Priority and lead: 1 Property crime")


def test_the_chart_is_one_node_that_says_what_it_shows(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    assert desk.session.position is not None
    desk.window.visit(desk.session.position.priorities[0].id)
    desk.settle()
    chart = desk.window.priority.detail.chart
    assert chart.accessibleName().startswith("Trend chart of 1.1")
    assert chart.accessibleDescription().endswith(".")


def test_every_command_has_an_access_key_and_a_shortcut_of_its_own(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    seen: set[str] = set()
    for entry in desk.window.menuBar().actions():
        menu = entry.menu()
        assert "&" in entry.text()
        assert menu is not None
        letters: set[str] = set()
        for action in menu.actions():  # type: ignore[attr-defined]
            if action.isSeparator():
                continue
            letter = action.text().partition("&")[2][:1].casefold()
            assert letter, action.text()
            assert letter not in letters, action.text()
            letters.add(letter)
            key = action.shortcut().toString()
            assert key, action.text()
            assert key not in seen, action.text()
            seen.add(key)


def test_tab_goes_round_the_overview(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    desk.window.activateWindow()
    desk.window.visit(OVERVIEW)
    visited = []
    for _ in range(30):
        widget = QApplication.focusWidget()
        assert widget is not None
        visited.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is visited[0]:
            break
    assert desk.window.rail in visited
    assert desk.window.top.find_box in visited
    assert desk.window.top.position in visited
    assert len(visited) < 30


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
def test_no_word_of_a_priority_is_cut_in_a_small_window(desk: Desk, example_copy: Path, size: tuple[int, int]) -> None:
    desk.open(example_copy)
    assert desk.session.position is not None
    desk.window.resize(*size)
    desk.window.visit(desk.session.position.priorities[1].id)
    desk.settle()
    QApplication.processEvents()
    layers = desk.window.priority.detail.layers
    cut = [one.text() for one in layers.findChildren(QAbstractButton) if one.width() < one.sizeHint().width()]
    assert cut == []
    heading = desk.window.top.heading
    assert heading.fontMetrics().horizontalAdvance("2  Anti-social behaviour") <= heading.width()
    assert desk.window.top.example.accessibleName() == EXAMPLE_MARK


def test_a_small_window_shows_the_names_of_the_priorities(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.resize(1024, 640)
    desk.window.visit(OVERVIEW)
    desk.settle()
    QApplication.processEvents()
    table = desk.window.overview.table
    assert table.columnWidth(1) >= 20 * table.fontMetrics().averageCharWidth()
    desk.window.resize(1366, 768)
    QApplication.processEvents()
    assert not table.horizontalScrollBar().isVisible()


def test_a_decided_doubt_has_access_keys_of_its_own(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.visit(CHECKS)
    desk.settle()
    page = desk.window.page(CHECKS)
    table = page.findChild(RowTable)
    assert table is not None
    for row in range(table.model().rowCount()):
        table.selectRow(row)
        assert doubled(desk) == []
