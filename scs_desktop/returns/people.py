"""Lists of people are not read: the strategy needs counts, and nothing about a person may be kept.

A list is told by its header: two kinds of personal column side by side, over rows that fill them.
A contact named in a notes row is no list.
"""

from __future__ import annotations

import re
from enum import Enum

from scs_desktop.returns.grid import Sheet, Workbook
from scs_desktop.returns.labels import plain
from scs_desktop.returns.refusals import Refusal

HEADER_ROWS = 60
FILLED_ROWS = 2
LONGEST_HEAD = 60


class Personal(Enum):
    """Kinds of column that tell about one person, with the words that head them."""

    NAME = re.compile(
        r"\b(?:sur|fore|last|first|given|family|middle|full|maiden)[ ]?names?\b"
        r"|\bnames? of (?:the )?(?:victim|offender|client|suspect|person|child|applicant|complainant|resident|pupil)"
        r"|\b(?:victim|offender|client|suspect|child|service user|complainant|resident|pupil|patient)(?:'s)? names?\b"
        r"|^(?:victim|offender|suspect|complainant|aggrieved|known as|alias|title and name)$"
    )
    BORN = re.compile(r"\b(?:date of birth|birth date|d ?o ?b|born on)\b")
    PLACE = re.compile(
        r"(?<!mail )\baddress\b|\bpost ?codes?\b"
        r"|\bhouse (?:no|number|name)\b"
    )
    REFERENCE = re.compile(
        r"\b(?:crime|case|incident|custody|file|client) (?:ref|reference|no|number|id)\b"
        r"|\b(?:cris|urn|pnc id|pncid|nhs (?:no|number)|ni (?:no|number)|national insurance(?: number)?"
        r"|cro (?:no|number)|prison number)\b"
    )
    CONTACT = re.compile(r"\b(?:e ?mail(?: address)?|(?:tele)?phone(?: number)?|mobile(?: number)?)\b")


_TELLING = {Personal.NAME, Personal.BORN}


class ListOfPeople(Refusal):
    """The file lists people; none of it is kept."""

    default_remedy = "ask the partner for counts only, and delete this file"


def refuse_people(workbook: Workbook) -> None:
    """Let a workbook of aggregates pass.

    Raises:
        ListOfPeople: a sheet lists people by name, date of birth, address or reference.

    """
    for sheet in workbook.sheets:
        heads = _personal_heads(sheet)
        if heads:
            where = f" on sheet “{sheet.name}”" if sheet.name else ""
            named = ", ".join(f"“{head}”" for head in heads)
            reason = f"looks like a list of people{where} (columns {named}), and none of it was kept"
            raise ListOfPeople(reason, file_name=workbook.file_name)


def _personal_heads(sheet: Sheet) -> tuple[str, ...]:
    numbers = sorted(sheet.rows)
    for place, number in enumerate(numbers[:HEADER_ROWS]):
        found: dict[Personal, tuple[int, str]] = {}
        for column, value in enumerate(sheet.rows[number], start=1):
            if isinstance(value, str) and 0 < len(value) <= LONGEST_HEAD:
                kind = next((one for one in Personal if one.value.search(plain(value))), None)
                if kind is not None and kind not in found:
                    found[kind] = (column, value.strip())
        if len(found) < 2 or not _TELLING & set(found):  # noqa: PLR2004  one such column alone is no list
            continue
        columns = [column for column, _ in found.values()]
        filled = sum(
            all(sheet.value(row, column) is not None for column in columns)
            for row in numbers[place + 1 : place + 1 + HEADER_ROWS]
        )
        if filled >= FILLED_ROWS:
            return tuple(head for _, head in found.values())
    return ()
