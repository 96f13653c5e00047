"""One XML part of a workbook, parsed as it is unpacked, with everything switched off that XML could do harm with.

expat from the standard library, namespaces resolved so that prefixes do not matter. A document type is refused where
it begins, before an entity could be declared; depth is bounded; nothing outside the part is ever looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from scs_desktop.returns.refusals import MAX_XML_DEPTH, Damaged, TooLarge, Unsafe, shown_name

Attributes = dict[str, str]


class PartParser:
    """Base of the parsers of each kind of part. Subclasses say what to do with elements and text.

    Element and attribute names come without their namespace for the spreadsheet's own namespaces, and with it (URI and
    name parted by a space) for all others, so that an extension's element is never taken for the sheet's.
    """

    # Transitional, Strict, and that of the format's first days.
    own_namespaces: tuple[str, ...] = ("spreadsheetml", "schemas.microsoft.com/office/excel/2006/2")

    def __init__(self, part: str) -> None:
        self.part = part
        self.depth = 0
        self._names: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.buffer_size = 65_536
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _element(self, name: str, attributes: Attributes, /) -> None:
        """Handle an element's beginning."""

    def _element_end(self, name: str, /) -> None:
        """Handle an element's end."""

    def _text(self, data: str, /) -> None:
        """Handle character data."""

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Parse a piece of the part. Raises Damaged, Unsafe, TooLarge."""
        try:
            self._parser.Parse(data, last)
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            # The last two: an encoding that does not exist, or that the part does not keep to.
            raise Damaged(f"is damaged (its part {shown_name(self.part)} is not well-formed)") from error

    def parse(self, chunks: Iterable[bytes]) -> None:
        """Parse the whole part."""
        for chunk in chunks:
            self.feed(chunk)
        self.feed(b"", last=True)

    def local(self, name: str) -> str:
        """Return the name without a namespace of the format's own."""
        known = self._names.get(name)
        if known is None:
            namespace, _, bare = name.rpartition(" ")
            known = bare if not namespace or any(own in namespace for own in self.own_namespaces) else name
            self._names[name] = known
        return known

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise TooLarge(
                f"nests its part {shown_name(self.part)} deeper than {MAX_XML_DEPTH} levels, which is the limit"
            )
        self._element(self._names.get(name) or self.local(name), attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self._element_end(self._names.get(name) or self.local(name))

    def _doctype(self, *_: object) -> None:
        raise Unsafe(f"declares a document type in its part {shown_name(self.part)}, which a workbook never does")
