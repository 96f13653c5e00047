"""What stands on every page of a paper about one subject: its title, marking, dates and whom it is for."""

from __future__ import annotations

from datetime import date

from scs_desktop.domain.due import date_text
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import position_label
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.summary import EXAMPLE
from scs_desktop.reports.summary_notes import Json


def page_frame(
    title: str,
    edition: Edition,
    *,
    name: str,
    partnership: str,
    kind: StoreKind,
    position: date,
    known_on: date,
) -> Json:
    """Return the frame's data as the shared template takes them."""
    example = kind is StoreKind.EXAMPLE
    position_text = position_label(position)
    return {
        "title": f"{title}: position to {position_text}",
        "partnership": partnership,
        "strategy": f"{name} · {EXAMPLE.lower()}" if example else name,
        "marking": edition.marking.value,
        "example": EXAMPLE if example else "",
        "edition": "Public copy" if edition.public else "",
        "date": [edition.printed_on.year, edition.printed_on.month, edition.printed_on.day],
        "foot": (
            f"Position to {position_text} · data as at {date_text(known_on)} · printed {date_text(edition.printed_on)}"
        ),
    }
