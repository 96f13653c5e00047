"""The window: menus, the frame, and the pages inside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.messages import Message, Offer, Tone
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import ROW_ROLE, RowTable
from scs_desktop.ui.common.words import day_text, moment_text, recent_text
from scs_desktop.ui.frame.bottom import BottomBar
from scs_desktop.ui.frame.keeping import Keeping
from scs_desktop.ui.frame.menus import Command, Menus
from scs_desktop.ui.frame.message_bar import MessageBar
from scs_desktop.ui.frame.rail import Rail, RailEntry
from scs_desktop.ui.frame.top import TopBar, positions_of
from scs_desktop.ui.frame.undoing import Undoing
from scs_desktop.ui.overview.page import OverviewPage
from scs_desktop.ui.pages import CHECKS, HELP, OVERVIEW, PAGES, PRIORITY, REPORTS, RETURNS, WELCOME, page_kind

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import ImportSummary
    from scs_desktop.ui.help.page import HelpPage
    from scs_desktop.ui.priority.page import PriorityPage
    from scs_desktop.ui.reports.page import ReportsPage
    from scs_desktop.ui.returns.page import ReturnsPage

PROGRAM = "Safer Communities Desktop"
WARM_UP_AFTER = 300
"""Milliseconds: the store and its history come first."""


class MainWindow(QMainWindow):
    """The program's one window.

    Signals:
        painted: the first picture stands; what can wait may begin.

    """

    painted = Signal()

    def __init__(self, session: Session, *, log_folder: Callable[[], Path] | None = None) -> None:
        super().__init__()
        self._session = session
        self._log_folder = log_folder
        self._warmed = False
        self._pages: dict[str, Page] = {}
        self._helped_from: object = None
        self.setWindowTitle(PROGRAM)
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)
        self.setAcceptDrops(True)
        self._menus = Menus(self)
        self.rail = Rail(self)
        self.top = TopBar(self)
        self.bottom = BottomBar(session.runner, self)
        self.message = MessageBar(self)
        self.past = MessageBar(self, closable=False)
        self.stack = QStackedWidget(self)
        self.overview = OverviewPage(session, self)
        self.stack.addWidget(self.overview)
        self._pages[OVERVIEW] = self.overview
        self.keeping = Keeping(self, session, self.bottom)
        self.undoing = Undoing(session, self._undo_import)
        self._lay_out()
        self.rail.chosen.connect(self.go)
        self.rail.clicked.connect(lambda _: self._leave_help())
        self.overview.opened_priority.connect(self._open_priority)
        self.top.found.connect(self._open_use)
        self.top.as_at_chosen.connect(self._known)
        self.top.position_chosen.connect(lambda day: session.show_at(day, session.as_at))
        session.messages.said.connect(self.message.show_message)
        session.messages.cleared.connect(self.message.hide)
        session.shown.connect(self._show)
        session.records_changed.connect(self._show_records)
        session.opened.connect(self._store_opened)
        session.closed.connect(self.first_run)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(WARM_UP_AFTER)
        self._warming.timeout.connect(self._warm_up)
        self.painted.connect(self._warming.start)
        self._make_menus()
        if session.position is not None:
            self._show(session.position)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for one in (self.top, self.past, self.message):
            middle.addWidget(one)
        middle.addWidget(self.stack, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        inside = QWidget(self)
        whole = QVBoxLayout(inside)
        whole.setSpacing(0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(across, 1)
        edge = QFrame(self)
        edge.setFrameShape(QFrame.Shape.HLine)
        edge.setFrameShadow(QFrame.Shadow.Sunken)
        whole.addWidget(edge)
        whole.addWidget(self.bottom)
        self.setCentralWidget(inside)

    # --- pages -------------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """Return a page, made when it is first wanted."""
        if key not in self._pages:
            page = page_kind(key).load()(self._session, self)
            self._pages[key] = page
            self.stack.addWidget(page)
            page.heading_changed.connect(self._heading_changed)
            sources = page.source_table()
            if sources is not None:
                self._lead_to_sources(sources)
        return self._pages[key]

    @property
    def priority(self) -> PriorityPage:
        """The page of a priority."""
        return cast("PriorityPage", self.page(PRIORITY))

    @property
    def returns(self) -> ReturnsPage:
        """The page of returns."""
        return cast("ReturnsPage", self.page(RETURNS))

    def go(self, key: object) -> None:
        """Open a page by its name, or a priority by its id."""
        if isinstance(key, UUID):
            page: Page = self.priority
            self.priority.open(key)
        else:
            page = self.page(str(key))
        self.stack.setCurrentWidget(page)
        self.rail.choose(key)
        self.top.heading.setText(page.heading())
        page.opened()

    def visit(self, key: object) -> None:
        """Open a page and put the keyboard on it."""
        self.go(key)
        current = self.stack.currentWidget()
        if isinstance(current, Page):
            current.first_focus().setFocus()

    def first_run(self) -> None:
        """Offer ways to begin: there is no store."""
        self.rail.hide()
        self.top.set_store_open(open_=False)
        self.visit(WELCOME)

    def _help(self) -> None:
        """Show the help of the page that is seen; from the help itself, its first line again."""
        shown = self.stack.currentWidget()
        key = next((key for key, page in self._pages.items() if page is shown), OVERVIEW)
        new = HELP not in self._pages
        page = cast("HelpPage", self.page(HELP))
        if new:
            page.left.connect(self._leave_help)
        if key != HELP:
            self._helped_from = self.rail.current_key() if self.rail.isVisible() else key
            page.show_page(key)
            self.stack.setCurrentWidget(page)
            self.top.heading.setText(page.heading())
        page.first_focus().setFocus()

    def _leave_help(self) -> None:
        if self.stack.currentWidget() is self._pages.get(HELP):
            self.visit(self._helped_from or OVERVIEW)

    def _open_priority(self, priority: UUID) -> None:
        self.visit(priority)

    def _open_use(self, key: object) -> None:
        if isinstance(key, tuple):
            priority, use = key
            self.visit(priority)
            self.priority.open(priority, use)

    def _lead_to_sources(self, sources: RowTable) -> None:
        """Let a double click or Enter on a source cell open the partner's sheet there."""
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), sources, context=Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(lambda: self._open_source(sources))
        sources.doubleClicked.connect(lambda _: self._open_source(sources))

    def _open_source(self, table: RowTable) -> None:
        row = table.currentIndex().data(ROW_ROLE)
        if row is None or not row.cell:
            return
        from scs_desktop.ui.returns.source import Place

        here = self.rail.current_key()

        def back() -> None:
            self.go(here)
            table.setFocus()

        self.go(RETURNS)
        told = f"{row.part} of {row.period}, stored as {row.figure}"
        self.returns.show_source(row.file, Place(row.sheet, row.cell, row.text, told), back=back)

    def _heading_changed(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            self.top.heading.setText(page.heading())

    # --- showing -----------------------------------------------------------------------------------

    def _store_opened(self, path: Path) -> None:
        self.rail.show()
        self.top.set_store_open(open_=True)
        self.bottom.place.setText(str(path))
        self.bottom.place.setToolTip(str(path))
        self._menus.set_store_open(open_=True)
        if self.stack.currentWidget() is self._pages.get(WELCOME):
            self.visit(OVERVIEW)

    def _show(self, position: StrategyPosition) -> None:
        self.setWindowTitle(f"{position.name} – {PROGRAM}")
        entries = [RailEntry(OVERVIEW, "Overview")]
        entries += [RailEntry(one.id, f"{one.number}  {one.name}", 1, one.status) for one in position.priorities]
        counts = {CHECKS: len(position.open_findings)}
        listed = [one for one in PAGES if one.menu and one.key != OVERVIEW]
        entries += [RailEntry(one.key, one.title, count=counts.get(one.key, 0)) for one in listed]
        self.rail.set_entries(entries)
        self.top.example.setVisible(position.kind is StoreKind.EXAMPLE)
        self._show_as_at(position)
        latest = self._session.latest or position.position
        self.top.set_positions(positions_of(position, latest), position.position)
        self._offer_priorities(position)
        seen: set[UUID] = set()
        names: list[tuple[str, object]] = []
        for one in position.priorities:
            for row in one.indicators:
                if row.use not in seen:
                    seen.add(row.use)
                    names.append((f"{row.code}  {row.name}", (one.id, row.use)))
        self.top.set_names(names)
        if self.rail.current_key() is None:
            self.visit(OVERVIEW)
        else:
            self._heading_changed()

    def _show_records(self) -> None:
        records = self._session.records
        saved = f"All changes saved {recent_text(records.saved_at)}" if records.saved_at is not None else ""
        if self._session.read_only:
            saved = "Open to read only"
        self.bottom.saved.setText(saved)
        self.bottom.saved.setToolTip(f"Last change {moment_text(records.saved_at)}" if records.saved_at else "")
        self.top.offer_past(records.changes, self._session.as_at)

    def _show_as_at(self, position: StrategyPosition) -> None:
        past = position.as_at is not None
        self.top.show_as_at(position.known_on if past else None)
        self.past.setVisible(past)
        if past:
            said = f"This is what was known on {day_text(position.known_on)}. Later returns and decisions are left out."
            self.past.show_message(Message(Tone.DONE, said, Offer("Bac&k to now", lambda: self._known(None))))

    # --- menus -------------------------------------------------------------------------------------

    def _make_menus(self) -> None:
        self._menus.add(
            "&Store",
            (
                Command("&Open…", "Ctrl+O", self.keeping.choose_store, needs_store=False),
                Command("&New or example…", "Ctrl+N", lambda: self.visit(WELCOME), needs_store=False),
                Command("&Back up…", "Ctrl+B", self.keeping.back_up),
                Command("&Restore a backup…", "Ctrl+Shift+B", self.keeping.choose_backup),
                None,
                Command("&Quit", "Ctrl+Q", self.close, needs_store=False),
            ),
        )
        _, actions = self._menus.add(
            "&Edit",
            (Command("&Undo", "Ctrl+Z", self.undoing.undo), Command("&Redo", "Ctrl+Y", self.undoing.redo)),
        )
        self.undoing.name_in(*actions)
        self._menus.add(
            "&Returns",
            (
                Command("&Import…", "Ctrl+I", self._import),
                None,
                Command("&Report for the partner…", "Ctrl+R", self._report_for_partner),
                Command("Return &form for an agency…", "Ctrl+Shift+F", self._return_form),
            ),
        )
        self._menus.add(
            "&View",
            (
                Command("&Earlier position", "Ctrl+PgUp", lambda: self._step_position(1)),
                Command("&Later position", "Ctrl+PgDown", lambda: self._step_position(-1)),
                Command("Latest &position", "Ctrl+L", lambda: self._at(None)),
                Command("As known &now", "Ctrl+Shift+N", lambda: self._known(None)),
                None,
                Command("&Find an indicator", "Ctrl+F", self._find),
            ),
        )
        visits = [
            Command(one.menu, f"Ctrl+{number}", lambda _=False, to=one.key: self.visit(to))
            for number, one in enumerate((one for one in PAGES if one.menu), 1)
        ]
        self._go_menu, _ = self._menus.add("&Go", (*visits, None))
        self._priority_actions: tuple[QAction, ...] = ()
        self._menus.add(
            "Repor&ts",
            (
                Command("&Save as PDF…", "Ctrl+S", lambda: self._with_report(lambda page: page.save())),
                Command("&Print…", "Ctrl+P", lambda: self._with_report(lambda page: page.print_paper())),
                Command("Sign &off…", "Ctrl+Shift+S", lambda: self._with_report(lambda page: page.begin_sign_off())),
            ),
        )
        self._menus.add(
            "&Help",
            (
                Command("&Help on this page", "F1", self._help, needs_store=False),
                None,
                Command("&Copy diagnostics", "Ctrl+Shift+D", self._copy_diagnostics, needs_store=False),
                Command("&Open the log folder", "Ctrl+Shift+L", self._open_log, needs_store=False),
            ),
        )

    def _offer_priorities(self, position: StrategyPosition) -> None:
        wanted = [
            Command(
                f"&{one.number}  {one.name.replace('&', '&&')}",
                f"Alt+{one.number}",
                lambda _=False, to=one.id: self.visit(to),
            )
            for one in position.priorities
        ]
        if [action.text() for action in self._priority_actions] != [command.text for command in wanted]:
            self._menus.remove(self._go_menu, self._priority_actions)
            self._priority_actions = self._menus.extend(self._go_menu, wanted)

    def _import(self) -> None:
        self.visit(RETURNS)
        self.returns.choose_files()

    def _report_for_partner(self) -> None:
        self.visit(RETURNS)
        self.returns.report_for_partner()

    def _return_form(self) -> None:
        self.visit(RETURNS)
        self.returns.ask_form()

    def _undo_import(self, whole: ImportSummary) -> None:
        self.visit(RETURNS)
        self.returns.undo_import(whole)

    def _step_position(self, step: int) -> None:
        box = self.top.position
        row = box.currentIndex() + step
        if 0 <= row < box.count():
            self._at(box.itemData(row))

    def _at(self, day: date | None) -> None:
        self._session.show_at(day, self._session.as_at)

    def _known(self, cut: int | None) -> None:
        self._session.show_at(self._session.wanted, cut)

    def _find(self) -> None:
        self.top.find_box.setFocus()
        self.top.find_box.selectAll()

    def _with_report(self, act: Callable[[ReportsPage], None]) -> None:
        self.visit(REPORTS)
        page = cast("ReportsPage", self.page(REPORTS))
        page.once_shown(lambda: act(page))

    def _copy_diagnostics(self) -> None:
        from scs_desktop.ui.common.crash import diagnostics

        QGuiApplication.clipboard().setText(diagnostics())
        self._session.messages.done("Diagnostics were copied: versions and system, no figures.")

    def _open_log(self) -> None:
        if self._log_folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder())))

    # --- what Qt tells -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and attachments; nothing else."""
        from scs_desktop.ui.returns.dropped import may_be_files

        if self._session.position is not None and may_be_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the dropped files as returns."""
        from scs_desktop.ui.returns.dropped import dropped_files

        found = dropped_files(event.mimeData())
        event.acceptProposedAction()
        if found.paths or found.files:
            self.visit(RETURNS)
            self.returns.receive([*found.paths, *found.files])
        if found.problem is not None:
            self._session.messages.problem(found.problem)

    def event(self, event: QEvent) -> bool:
        """Once the first picture stands, with a strategy or the ways to begin, let begin what can wait."""
        told = super().event(event)
        stands = self._session.position is not None or WELCOME in self._pages
        if event.type() == QEvent.Type.UpdateRequest and not self._warmed and stands:
            self._warmed = True
            QTimer.singleShot(0, self.painted.emit)
        return told

    def _warm_up(self) -> None:
        """Load on the worker, step by step, what would make the first visit of a page slow."""
        self._session.runner.submit(
            "Preparing the pages",
            lambda _: _load_pages(),
            lambda _: self._make_pages([one.key for one in PAGES if one.early]),
            failed=self._session.messages.problem,
        )

    def _make_pages(self, keys: list[str]) -> None:
        """Make the pages one at a time, so that the window answers between them."""
        if keys and self.isVisible():
            page = self.page(keys[0])
            page.get_ready()
            QTimer.singleShot(0, lambda: self._make_pages(keys[1:]))

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the system goes from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the work under way and take the chart apart."""
        self._warming.stop()
        if PRIORITY in self._pages:
            self.priority.detail.chart.close_plot()
        super().closeEvent(event)


def _load_pages() -> None:
    """Import the pages' modules and the chart library; runs on the worker."""
    from scs_desktop.ui.common.trend_plot import load_pyqtgraph

    for one in PAGES:
        if one.early:
            one.load()
    load_pyqtgraph()
