"""The board's papers: made from the store, written to a file, shown page by page before they are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import month_end
from scs_desktop.domain.public import FEW, public_copy, public_position, small_figures
from scs_desktop.domain.publication import Audience, Marking, PublicationRule
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.sentences import listed
from scs_desktop.domain.trend_layers import Layer
from scs_desktop.reports.source_lines import Origins
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.domain.position import PriorityPosition, StrategyPosition
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store

PAPER_LAYERS = frozenset({Layer.PROCESS, Layer.OUTLOOK, Layer.SIGN_OFFS})
"""What the charts of the priority sheets show unless the officer chooses otherwise."""


class PaperKind(StrEnum):
    """Which paper: the one-page RAG summary, priority sheets, or the summary with all sheets behind it."""

    SUMMARY = "summary"
    PRIORITY = "priority"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is printed: its PDF and the marking it bears.

    ``why_marked`` is the sentence that says why the marking is higher than was asked for; empty where it is not.
    """

    pdf: bytes
    marking: Marking
    why_marked: str = ""


def make_paper(
    *,
    store: Store,
    kind: PaperKind = PaperKind.SUMMARY,
    priority: int | None = None,
    position: date | None = None,
    as_at: int | None = None,
    marking: Marking = Marking.OFFICIAL,
    audience: Audience = Audience.BOARD,
    layers: Collection[Layer] = PAPER_LAYERS,
    printed_on: date | None = None,
    strategy: UUID | None = None,
) -> Paper:
    """Make a paper of the position; nothing is written.

    Args:
        store: the figures.
        kind: which paper.
        priority: number of the priority whose sheet is wanted; None for all, and for the other kinds.
        position: as in the overview, as is ``as_at``.
        as_at: number of the last change that is seen.
        marking: at least this; a board's copy that shows small numbers is OFFICIAL-SENSITIVE.
        audience: a public copy leaves out what may not be published.
        layers: what the charts of priority sheets show over their lines.
        printed_on: today if None.
        strategy: as in the overview.

    Raises:
        UserError: the store holds no strategy, there is no such priority, or a public copy is to be marked
            OFFICIAL-SENSITIVE.

    """
    from scs_desktop.reports import paper as papers
    from scs_desktop.reports.edition import Edition
    from scs_desktop.reports.sheets import priority_sheets

    if audience is Audience.PUBLIC and marking is not Marking.OFFICIAL:
        message = f"A public copy cannot be {marking.value}. Choose the board's copy, or the marking OFFICIAL."
        raise UserError(message)
    on = printed_on or local_day()
    snapshot, at = position_of(store=store, position=position, as_at=as_at, strategy=strategy)
    public = audience is Audience.PUBLIC
    snapshot = by_present_rules(store, snapshot) if public else snapshot
    shown = public_position(snapshot, at, on=on) if public else rate_strategy(snapshot, at)
    wanted = _wanted(shown, kind, priority)
    higher, why = _marked(small_figures(snapshot, at), wanted, marking, audience)
    if kind is PaperKind.SUMMARY:
        pdf = papers.summary_pdf(shown, None, marking=higher, printed_on=on, audience=audience, why_marked=why)
        return Paper(pdf, higher, why)
    known = public_copy(snapshot, on=on).snapshot if public else snapshot
    origins = Origins({}, {}) if public else _origins(store, wanted, snapshot)
    sheets = priority_sheets(shown, wanted, known, origins, layers)
    edition = Edition(on, higher, audience, why)
    make = papers.pack_pdf if kind is PaperKind.PACK else papers.sheets_pdf
    return Paper(make(shown, sheets, edition), higher, why)


def position_of(
    *, store: Store, position: date | None, as_at: int | None, strategy: UUID | None = None
) -> tuple[Snapshot, date]:
    """Take the store's knowledge and the day of the position that is meant, as the overview does.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    return snapshot, month_end(position) if position is not None else latest_position(snapshot)


def by_present_rules(store: Store, snapshot: Snapshot) -> Snapshot:
    """Return what was known then with the rules of today: they decide what may leave the building now."""
    return replace(snapshot, publication=store.all_of(PublicationRule))


def _wanted(shown: StrategyPosition, kind: PaperKind, number: int | None) -> tuple[PriorityPosition, ...]:
    """Return the priorities that the paper shows.

    Raises:
        UserError: there is no priority of that number.

    """
    if kind is not PaperKind.PRIORITY or number is None:
        return shown.priorities
    found = tuple(one for one in shown.priorities if one.number == number)
    if not found:
        known = listed([str(one.number) for one in shown.priorities])
        raise UserError(f"There is no priority {number}. The strategy has priorities {known}.")
    return found


def _origins(store: Store, priorities: Sequence[PriorityPosition], snapshot: Snapshot) -> Origins:
    figures = {figure.id for one in priorities for row in one.indicators for figure in row.sources}
    return Origins({one: store.sources(one) for one in figures}, snapshot.imports)


def _marked(
    small: Collection[UUID], priorities: Sequence[PriorityPosition], marking: Marking, audience: Audience
) -> tuple[Marking, str]:
    """Return the marking that the paper must bear, and why it is higher than asked for."""
    if audience is Audience.PUBLIC or marking is not Marking.OFFICIAL:
        return marking, ""
    codes = [row.code for one in priorities for row in one.indicators if row.use in small]
    if not codes:
        return marking, ""
    higher = Marking.OFFICIAL_SENSITIVE
    return higher, f"Marked {higher.value}: {listed(list(dict.fromkeys(codes)))} shows figures of {FEW} cases."


def summary_report(
    *,
    store: Store,
    out: Path,
    position: date | None = None,
    as_at: int | None = None,
    marking: Marking = Marking.OFFICIAL,
    audience: Audience = Audience.BOARD,
    printed_on: date | None = None,
) -> Path:
    """Write the RAG summary of the position as a PDF and return its path.

    The arguments are those of ``make_paper``. The file is whole or not there: it is written beside its
    place and moved in.

    Raises:
        UserError: as ``make_paper``, or the file cannot be written there.

    """
    paper = make_paper(
        store=store, position=position, as_at=as_at, marking=marking, audience=audience, printed_on=printed_on
    )
    return write_whole(out, paper.pdf)


def write_whole(out: Path, content: bytes) -> Path:
    """Write a file so that it is all there or as it was before, and return its path.

    Raises:
        UserError: there is no such folder, it may not be written to, or the file is held open.

    """
    if out.is_dir():
        raise UserError(f"{out} is a folder. Name a file in it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
    except FileNotFoundError as error:
        raise UserError(f"There is no folder {out.parent}. Make it, or choose another.") from error
    except OSError as error:
        sentence = f"Nothing can be written to the folder {out.parent}: {_reason(error)}. Choose another."
        raise UserError(sentence) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            f"{out} cannot be written: {_reason(error)}. If another program has it open, close it there and try again."
        ) from error
    return out


def _reason(error: OSError) -> str:
    return error.strerror.lower() if error.strerror else "the system refused"


def _umask() -> int:
    """Return which permissions the user's files do without; a temporary file has fewer than theirs."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
