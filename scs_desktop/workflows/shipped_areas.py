"""The areas the program ships with: the borough, its wards then and now, and London around it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from scs_desktop.domain.areas import Area, AreaCode, AreaKind, AreaName, AreaRole
from scs_desktop.workflows.resource_file import RESOURCES, DamagedResourceError, Entry, load_resource

GSS = "gss"


def _codes(entry: Entry) -> tuple[AreaCode, ...]:
    return tuple(
        AreaCode(code.text("family"), code.text("code"), code.day_if_any("valid_from"), code.day_if_any("valid_to"))
        for code in entry.entries("codes")
    )


def load_area_files(paths: tuple[Path, ...]) -> tuple[Area, ...]:
    """Read area files together: each may name parents and successors of the others by GSS code.

    The first name of an area is the one that is printed.

    Raises:
        DamagedResourceError: a file is damaged, or a code is unknown or borne twice.

    """
    roots = [load_resource(path) for path in paths]
    entries = [entry for root in roots for entry in root.entries("areas")]
    identities: dict[str, UUID] = {}
    for entry in entries:
        for code in _codes(entry):
            if code.family != GSS:
                continue
            if code.code in identities:
                raise entry.fault("codes", f"{code.code} is the code of another area too")
            identities[code.code] = entry.identity()

    def known(entry: Entry, key: str, code: str) -> UUID:
        if code not in identities:
            raise entry.fault(key, f"no area bears the code {code}")
        return identities[code]

    areas = []
    for entry in entries:
        names = entry.texts("names")
        if not names:
            raise entry.fault("names", "an area has a name")
        areas.append(
            Area(
                id=entry.identity(),
                kind=entry.choice("kind", AreaKind),
                names=tuple(AreaName(text, preferred=index == 0) for index, text in enumerate(names)),
                codes=_codes(entry),
                parent=known(entry, "parent", entry.text("parent")) if entry.has("parent") else None,
                valid_from=entry.day_if_any("valid_from"),
                valid_to=entry.day_if_any("valid_to"),
                successors=tuple(known(entry, "successors", code) for code in entry.texts("successors")),
                role=entry.choice("role", AreaRole) if entry.has("role") else None,
            )
        )
    for root in roots:
        root.text("note", "")
        root.finish()
    if len({area.id for area in areas}) != len(areas):
        message = f"{', '.join(path.name for path in paths)}: one UUID stands for two areas"
        raise DamagedResourceError(message)
    return tuple(areas)


@lru_cache(maxsize=1)
def shipped_areas() -> tuple[Area, ...]:
    """Return every shipped area, parents before what lies in them.

    Raises:
        DamagedResourceError: a shipped file is damaged.

    """
    areas = load_area_files(tuple(sorted((RESOURCES / "areas").glob("*.json"))))
    by_id = {area.id: area for area in areas}

    def depth(area: Area) -> int:
        return 0 if area.parent is None else depth(by_id[area.parent]) + 1

    return tuple(sorted(areas, key=depth))
