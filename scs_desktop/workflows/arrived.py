"""What arrived: one workbook, or an archive of them, opened through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """One file to read: its bytes, its bare name, and its place in an archive where it came in one.

    ``archive`` is the archive's own name, empty for a file that came by itself.
    """

    data: bytes
    file_name: str
    archive: str = ""

    @property
    def shown(self) -> str:
        """The name as it is told: the archive's first, where there is one; safe to show."""
        from scs_desktop.returns.refusals import shown_name

        own = shown_name(self.file_name)
        return f"{shown_name(self.archive)}: {own}" if self.archive else own


def arrived_files(*, path: Path) -> tuple[ArrivedFile, ...]:
    """Return what a path holds: the file itself, or every workbook of a zip archive, in memory.

    Nothing of an archive is written to a disk; each of its members passes the gate by itself when
    it is read, so that one that is refused does not keep the others out.

    Raises:
        UserError: the file cannot be opened, or is an archive that is refused as a whole.

    """
    from scs_desktop.returns import gate

    return opened_up(data=gate.load(path), file_name=path.name)


def opened_up(*, data: bytes, file_name: str) -> tuple[ArrivedFile, ...]:
    """Return what a file's bytes hold: as :func:`arrived_files`, for a file without a path."""
    from scs_desktop.returns import gate
    from scs_desktop.returns.reader import open_archive

    whole = (ArrivedFile(data, file_name),)
    try:
        gate.inspect(data, file_name)
    except gate.IsArchive:
        return tuple(ArrivedFile(one.data, one.file_name, file_name) for one in open_archive(data, file_name))
    except gate.Refusal:
        # Told where it is read, so that every refusal takes the same way.
        return whole
    return whole
