"""What the Store menu does with files: open one, back it up, bring a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from scs_desktop.ui.common.messages import Offer
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.words import counted, moment_text
from scs_desktop.ui.frame.bottom import BottomBar

if TYPE_CHECKING:
    from scs_desktop.store import RestorePreview

STORE_FILES = "Stores (*.scs);;All files (*)"
BACKUP_FILES = "Backups (*.backup *.scs);;All files (*)"


class Keeping:
    """Files of stores, chosen in the system's dialogs; what was done is told in the window."""

    def __init__(self, window: QWidget, session: Session, bottom: BottomBar) -> None:
        self._window = window
        self._session = session
        self._bottom = bottom
        session.backed_up.connect(self._show_backup)

    def choose_store(self) -> None:
        """Ask which store, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a store", "", STORE_FILES)
        if name:
            self._session.open(Path(name))

    def back_up(self) -> None:
        """Ask where to, and write a verified copy."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Back up the store", "", STORE_FILES)
        if not name:
            return
        from scs_desktop.workflows.back_up import back_up

        out = Path(name)

        def told(path: Path) -> None:
            self._bottom.backup.setText(f"Last backup {path.name}")
            self._session.messages.done(f"Backed up and verified: {path}.")

        self._session.ask("Backing up", lambda store, _: back_up(store=store, out=out), told)

    def choose_backup(self) -> None:
        """Ask which backup, and offer to bring it back."""
        path = self._session.path
        if path is None:
            return
        from scs_desktop.workflows.back_up import backup_folder

        name, _ = QFileDialog.getOpenFileName(self._window, "Restore a backup", str(backup_folder(path)), BACKUP_FILES)
        if name:
            self.offer_restore(Path(name))

    def offer_restore(self, backup: Path) -> None:
        """Say what bringing a backup back would lose, with a button that does it."""
        from scs_desktop.workflows.back_up import restore_preview

        def offered(preview: RestorePreview) -> None:
            lost = len(preview.lost)
            later = f"{counted(lost, 'later change')} would be lost" if lost else "no later change would be lost"
            self._session.messages.done(
                f"{backup.name} was last changed {moment_text(preview.last.at)} and holds {preview.figures:,} figures: "
                f"{later}. What is open now would be kept beside it.",
                Offer("Restore it", lambda: self._session.restore(backup)),
            )

        self._session.ask(
            "Looking at the backup", lambda store, _: restore_preview(backup=backup, store_path=store.path), offered
        )

    def _show_backup(self, path: Path) -> None:
        self._bottom.backup.setText("Backed up today")
        self._bottom.backup.setToolTip(str(path))
