"""The paper of an indicator's wards: funnel, table and small charts, from the very record the window shows.

Every text is made here; the template only places it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scs_desktop.domain.due import date_text
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.places import funnel_of
from scs_desktop.domain.ward_charts import FUNNEL_KEY
from scs_desktop.reports.pdf import typeset
from scs_desktop.reports.wards_svg import funnel_svg, key_svg, multiples_svg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scs_desktop.domain.places import Places
    from scs_desktop.domain.ward_page import WardPage

WIDTH = 541.0
"""Points between the margins."""
FUNNEL_HEIGHT = 232.0
_TEMPLATE = "wards.typ"
EXAMPLE = "Example store – illustrative figures"
ILLUSTRATIVE = "Illustrative figures"


def wards_pdf(page: WardPage, *, printed_on: date) -> bytes:
    """Return the page as PDF/A-2a and PDF/UA-1. The same page printed on the same date gives the same bytes."""
    pictures: dict[str, str] = {}
    return typeset(_TEMPLATE, _data(page, pictures, printed_on), pictures, on=printed_on).pdf


def _data(page: WardPage, pictures: dict[str, str], printed_on: date) -> Mapping[str, object]:
    places = page.places
    example = EXAMPLE if page.kind is StoreKind.EXAMPLE else (ILLUSTRATIVE if page.illustrative else "")
    return {
        "title": page.title,
        "partnership": page.partnership,
        "strategy": page.strategy,
        "date": [printed_on.year, printed_on.month, printed_on.day],
        "marking": page.marking.value,
        "example": example,
        "edition": "Public copy" if page.public else "",
        "foot": (
            f"Position to {page.position_text}, data as at {date_text(page.known_on)}, printed {date_text(printed_on)}"
        ),
        "sentence": page.reason if places is None else places.sentence,
        "notes": list(page.notes),
        "funnel": _funnel(places, pictures),
        "table": _table(page),
        "months": _months(places, pictures),
    }


def _funnel(places: Places | None, pictures: dict[str, str]) -> Mapping[str, object]:
    chart = funnel_of(places) if places is not None else None
    if chart is None:
        return {}
    pictures["funnel.svg"] = funnel_svg(chart, width=WIDTH, height=FUNNEL_HEIGHT)
    keys = []
    shown = {one.mark for one in chart.points}
    for number, (mark, says) in enumerate(FUNNEL_KEY):
        if mark in shown:
            pictures[f"key-{number}.svg"] = key_svg(mark)
            keys.append({"file": f"key-{number}.svg", "says": says})
    return {"title": chart.title, "subtitle": chart.subtitle, "alt": chart.text, "key": keys}


def _months(places: Places | None, pictures: dict[str, str]) -> Mapping[str, object]:
    if places is None or places.charts is None:
        return {}
    pictures["months.svg"] = multiples_svg(places.charts, width=WIDTH)
    return {"alt": places.charts.text}


def _table(page: WardPage) -> Mapping[str, object]:
    places = page.places
    if places is None:
        return {}
    rated = any(row.rate is not None for row in places.rows)
    mixed = any(row.quotient is not None for row in places.rows)
    heads = ["Ward", page.name, "95 % limits"]
    if rated:
        heads += [f"Rate per {places.per:,} {places.exposure_name} (95 % limits)", "Against the borough"]
    if mixed:
        heads.append(f"Share of {page.quotient_of.lower()}, borough = 1")
    rows = [
        [
            row.name,
            row.count_text,
            row.band_text,
            *((row.rate_text, row.state) if rated else ()),
            *((row.quotient_text,) if mixed else ()),
        ]
        for row in places.rows
    ]
    empty = [""] * (len(heads) - 2)
    if places.elsewhere:
        rows.append(["No ward known", places.elsewhere, *empty])
    rate = [f"{places.area_rate:,.1f}", ""] if rated and places.area_rate is not None else ["", ""] if rated else []
    rows.append(["Borough", places.total_text, "", *rate, *(("1.00",) if mixed else ())])
    bold = [
        any(row.name == cells[0] and row.state not in {"usual", "no rate"} for row in places.rows) for cells in rows
    ]
    # "95 %" is one word.
    heads = [said.replace(" %", "\u00a0%") for said in heads]
    return {"heads": heads, "rows": rows, "bold": bold, "rated": rated, "mixed": mixed}
