"""Write the checked-in database of the present version: ``python -m tests.store.make_version``.

It is made once for each version of the tables and then stays as it is: it stands for the stores
that officers have of that version.
"""

from __future__ import annotations

import gzip
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from scs_desktop.domain.figures import FigureKind, Measured, number
from scs_desktop.domain.strategy import YouSaid
from scs_desktop.store import NewFigure
from scs_desktop.store.database import SCHEMA_VERSION
from tests.store.builders import TARGET, key_of, moment, monthly_return, new_store, take_in, uid

DATA = Path(__file__).parent / "data"


def path_of(version: int) -> Path:
    """The checked-in database of a version."""
    return DATA / f"version-{version}.store.gz"


def unpack(version: int, folder: Path) -> Path:
    """Put a copy of the database of a version into a folder."""
    path = folder / f"version-{version}.store"
    path.write_bytes(gzip.decompress(path_of(version).read_bytes()))
    return path


def make(path: Path) -> None:
    """A store with one of each thing and a short history."""
    with new_store(path, at=moment(2011, 4, 1)) as store:
        take_in(store, monthly_return("first.csv", [280, 275]), moment(2011, 6, 10))
        second = take_in(store, monthly_return("second.csv", [280, 271, 290]), moment(2011, 7, 10))
        store.undo_import(second, at=moment(2011, 7, 11))
        with store.change(summary="Figures entered", at=moment(2011, 8, 1)) as change:
            few = Measured(FigureKind.SUPPRESSED, text="<5", bound=Decimal(5))
            change.record_figures([NewFigure(key_of(2011, 6), number("-0.50")), NewFigure(key_of(2011, 7), few)])
        with store.change(summary="Change target", at=moment(2011, 9, 1)) as change:
            change.save(replace(TARGET, value=Decimal(-4)))
            change.close(YouSaid, uid("said"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.store"
        make(made)
        DATA.mkdir(exist_ok=True)
        path_of(SCHEMA_VERSION).write_bytes(gzip.compress(made.read_bytes(), mtime=0))
