"""Reading a PDF back: its tags, its text, how small its letters are."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree: its role, its alternative text, how deep it lies, and what it is within."""

    role: str
    alt: str
    within: tuple[str, ...]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def tags(pdf: bytes) -> list[Tag]:
    """Every structure element in reading order."""
    with opened(pdf) as document:
        return list(_walk(document.Root.StructTreeRoot.K, ()))


def _walk(node: pikepdf.Object, within: tuple[str, ...]) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, within)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        role = str(node.S)
        yield Tag(role, str(node.get("/Alt", "")), within)
        if "/K" in node:
            yield from _walk(node.K, (*within, role))


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def letter_sizes(pdf: bytes) -> set[float]:
    """The sizes in points of all letters as they stand on the pages, pictures included."""
    document = pypdfium2.PdfDocument(pdf)
    sizes: set[float] = set()
    try:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if pdfium.FPDFText_IsGenerated(text, index) or chr(pdfium.FPDFText_GetUnicode(text, index)).isspace():
                    continue
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFText_GetMatrix(text, index, matrix)
                size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.a, matrix.b)
                sizes.add(round(size, 2))
    finally:
        document.close()
    return sizes
