"""How the parts of an Office package point to one another, followed only inside the package."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from scs_desktop.returns.archive import Archive
from scs_desktop.returns.reader.markup import Attributes, PartParser
from scs_desktop.returns.refusals import Damaged, TooLarge, Unsafe, shown_name

_MAX_RELATIONSHIPS = 100_000


@dataclass(frozen=True, slots=True)
class Relationship:
    """One pointer of a part: the last word of its type ("worksheet"), and the part it leads to, or None outside."""

    kind: str
    target: str | None


class _Relationships(PartParser):
    own_namespaces = ("relationships",)

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.found: dict[str, tuple[str, str, bool]] = {}

    def _element(self, name: str, attributes: Attributes, /) -> None:
        if name == "Relationship":
            if len(self.found) >= _MAX_RELATIONSHIPS:
                raise TooLarge(f"holds more than {_MAX_RELATIONSHIPS:,} links between its parts, which is the limit")
            kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
            outside = attributes.get("TargetMode", "").lower() == "external"
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""), outside)


def relationships(archive: Archive, part: str) -> dict[str, Relationship]:
    """Return a part's pointers by their identifiers; ``""`` for the package itself.

    Links that lead outside by their own word (a web address in a cell) have no target and are never followed.

    Raises:
        Unsafe: a part of the workbook is said to lie outside the package.
        Damaged: the list of pointers is not well-formed.

    """
    folder, name = posixpath.split(part)
    listing = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if listing is None:
        return {}
    parser = _Relationships(listing)
    parser.parse(archive.chunks(listing))
    return {
        key: Relationship(kind, _inside(folder, kind, target, outside=outside))
        for key, (kind, target, outside) in parser.found.items()
    }


# Parts that are opened. Others (a link in a cell, a picture) are never followed, so it does not matter where they lead.
_OPENED = {
    "officeDocument",
    "worksheet",
    "sharedStrings",
    "styles",
    "comments",
    "chartsheet",
    "dialogsheet",
    "macrosheet",
}


def _inside(folder: str, kind: str, target: str, *, outside: bool) -> str | None:
    path = unquote(target.partition("#")[0])
    leads_out = outside or ":" in path or path.startswith(("//", "\\")) or "\\" in path
    resolved = posixpath.normpath(path[1:] if path.startswith("/") else posixpath.join(folder, path)) if path else ""
    leads_out = leads_out or resolved == ".." or resolved.startswith("../")
    if not leads_out:
        return resolved or None
    if kind in _OPENED:
        raise Unsafe(f"says that one of its parts lies outside the file ({shown_name(target) or 'no name'})")
    return None


def need(archive: Archive, target: str | None, what: str) -> str:
    """Return the true name of a part that must be there. Raises Damaged where it is not."""
    name = archive.find(target) if target else None
    if name is None:
        raise Damaged(f"is damaged ({what} is missing from it)")
    return name
