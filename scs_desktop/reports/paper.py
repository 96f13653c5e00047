"""Papers as PDF/A-2a and PDF/UA-1: the RAG summary, priority sheets, and the pack of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from scs_desktop.domain.position import StrategyPosition
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.page_frame import page_frame
from scs_desktop.reports.pdf import typeset
from scs_desktop.reports.sheets import PrioritySheet, sheet_data
from scs_desktop.reports.summary import summary_data, summary_settings
from scs_desktop.reports.summary_notes import Json

_TEMPLATE = "paper.typ"


def summary_pdf(
    position: StrategyPosition,
    trends: Mapping[UUID, Trend] | None,
    *,
    marking: Marking,
    printed_on: date,
    audience: Audience = Audience.BOARD,
    why_marked: str = "",
) -> bytes:
    """Return the RAG summary, one page up to 40 indicators, two beyond.

    ``trends`` holds the line to draw by use; a use without one gets its own, of the last three years. A public
    copy is made of a public position. The same position printed on the same date gives the same bytes.
    """
    edition = Edition(printed_on, marking, audience, why_marked)
    pictures: dict[str, str] = {}
    data = {
        "page": _page("RAG summary", position, edition),
        "summary": summary_data(position, trends or {}, pictures, edition),
    }
    settings, pages = summary_settings(position)
    return typeset(_TEMPLATE, data, pictures, on=printed_on, settings=settings, pages=pages).pdf


def sheets_pdf(position: StrategyPosition, sheets: Sequence[PrioritySheet], edition: Edition) -> bytes:
    """Return the priorities' sheets, each beginning a page."""
    pictures: dict[str, str] = {}
    title = "Priority sheets"
    if len(sheets) == 1:
        one = sheets[0].priority
        title = f"Priority {one.number}, {one.name}"
    said = [sheet_data(one, position, edition, pictures) for one in sheets]
    data = {"page": _page(title, position, edition), "sheets": said}
    return typeset(_TEMPLATE, data, pictures, on=edition.printed_on).pdf


def pack_pdf(position: StrategyPosition, sheets: Sequence[PrioritySheet], edition: Edition) -> bytes:
    """Return the board's pack: the RAG summary, set as it is alone, and all sheets behind it."""
    pictures: dict[str, str] = {}
    data: Json = {
        "page": _page("Board pack", position, edition),
        "summary": summary_data(position, {}, pictures, edition),
    }
    settings, pages = summary_settings(position)
    alone = typeset(_TEMPLATE, data, pictures, on=edition.printed_on, settings=settings, pages=pages)
    # What is said of the marking and of a public copy stands on the summary, for all of it.
    data["sheets"] = [sheet_data(one, position, edition, pictures) | {"notes": []} for one in sheets]
    return typeset(_TEMPLATE, data, pictures, on=edition.printed_on, settings=[alone.setting]).pdf


def _page(title: str, position: StrategyPosition, edition: Edition) -> Json:
    """Return what stands on every page."""
    return page_frame(
        title,
        edition,
        name=position.name,
        partnership=position.partnership,
        kind=position.kind,
        position=position.position,
        known_on=position.known_on,
    )
