"""One SQLite file: named questions in, domain objects out."""

from scs_desktop.store.audit import AuditLine
from scs_desktop.store.backup import Backup, backup_into, backup_store, backups_in
from scs_desktop.store.checks import CheckReport, verify_store
from scs_desktop.store.entities import ENTITY_TYPES, Entity
from scs_desktop.store.errors import (
    DamagedStore,
    DiskFault,
    DiskFull,
    Holder,
    NewerStore,
    NotAStore,
    OlderStore,
    StoreBusy,
    StoreExists,
    StoreInUse,
    StoreReadOnly,
    UnfinishedChange,
)
from scs_desktop.store.imports import NewImport
from scs_desktop.store.location import warning_about
from scs_desktop.store.opening import create_store, open_store
from scs_desktop.store.recorder import Recorder
from scs_desktop.store.recording import NewFigure
from scs_desktop.store.restoring import Restored, RestorePreview, preview_restore, restore_store
from scs_desktop.store.store import Store
from scs_desktop.store.undo import UndoReport

__all__ = [
    "ENTITY_TYPES",
    "AuditLine",
    "Backup",
    "CheckReport",
    "DamagedStore",
    "DiskFault",
    "DiskFull",
    "Entity",
    "Holder",
    "NewFigure",
    "NewImport",
    "NewerStore",
    "NotAStore",
    "OlderStore",
    "Recorder",
    "RestorePreview",
    "Restored",
    "Store",
    "StoreBusy",
    "StoreExists",
    "StoreInUse",
    "StoreReadOnly",
    "UndoReport",
    "UnfinishedChange",
    "backup_into",
    "backup_store",
    "backups_in",
    "create_store",
    "open_store",
    "preview_restore",
    "restore_store",
    "verify_store",
    "warning_about",
]
