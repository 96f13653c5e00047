"""From data and a template to an archivable, accessible PDF, and from a PDF to pictures of its pages.

The data reach the typesetter as one JSON file beside the vector charts, in a private folder that is
the typesetter's whole world: what an officer or partner wrote is text there, never markup. No system
font and no network is used, and the same input on the same date gives the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.reports.lettering import printable

if TYPE_CHECKING:
    import typst

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_FONT = "Inter-Regular.otf"
_BYTES_PER_PIXEL = 4
_DOTS = 200.0


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set the document: the template's inputs by name."""

    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: ``width`` × ``height`` pixels, four bytes each (red, green, blue, alpha), rows from the top."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as it was set, and the setting that was taken."""

    pdf: bytes
    setting: Setting


def typeset(
    template: str,
    data: Mapping[str, object],
    pictures: Mapping[str, str],
    *,
    on: date,
    settings: Sequence[Setting] = (Setting({}),),
    pages: int | None = None,
) -> Typeset:
    """Set the template of ``resources/reports`` and return a PDF/A-2a that is also PDF/UA-1.

    ``pictures`` are SVG texts by file name. The ``settings`` go from roomy to dense: the first that needs no
    more than ``pages`` pages is taken, else the last; ``on`` is the document's date.
    """
    with _compiler(template, data, pictures) as compiler:
        made: dict[int, bytes] = {}

        def fits(index: int) -> bool:
            made[index] = _compiled(compiler, settings[index], on)
            return pages is None or page_count(made[index]) <= pages

        chosen = bisect_left(range(len(settings) - 1), True, key=fits)
        pdf = made[chosen] if chosen in made else _compiled(compiler, settings[chosen], on)
        return Typeset(pdf, settings[chosen])


def drawn(template: str, data: Mapping[str, object], pictures: Mapping[str, str]) -> bytes:
    """Set the template, which makes one page, and return it as a PNG of 200 dots an inch."""
    with _compiler(template, data, pictures) as compiler:
        png = compiler.compile(format="png", ppi=_DOTS)
    if not isinstance(png, bytes):
        message = "the typesetter returned no single page"
        raise TypeError(message)
    return png


@contextmanager
def _compiler(template: str, data: Mapping[str, object], pictures: Mapping[str, str]) -> Iterator[typst.Compiler]:
    """Lay templates, data and pictures into a private folder, the whole world of the compiler."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(RESOURCES / "fonts")])
    with tempfile.TemporaryDirectory(prefix="scs-report-") as folder:
        root = Path(folder)
        for part in (RESOURCES / "reports").glob("*.typ"):
            (root / part.name).write_bytes(part.read_bytes())
        (root / "data.json").write_text(json.dumps(_lettered(data), ensure_ascii=False), encoding="utf-8")
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        yield typst.Compiler(str(root / template), root=str(root), font_paths=fonts)


def _lettered(value: object) -> object:
    """Return the data with every text as the shipped font can draw it."""
    if isinstance(value, str):
        return printable(value, RESOURCES / "fonts" / _FONT)
    if isinstance(value, Mapping):
        return {key: _lettered(one) for key, one in value.items()}
    return [_lettered(one) for one in value] if isinstance(value, list | tuple) else value


def _compiled(compiler: typst.Compiler, setting: Setting, on: date) -> bytes:
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs=dict(setting.inputs),
        timestamp=datetime.combine(on, time.min, tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        message = "the typesetter returned no single document"
        raise TypeError(message)
    return pdf


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def draw_pages(pdf: bytes, *, width_px: int) -> tuple[PageImage, ...]:
    """Draw each page of the PDF ``width_px`` pixels wide.

    The drawing library works in one thread at a time: callers draw in one background job, never in two.
    """
    import pypdfium2
    from pypdfium2.raw import FPDFBitmap_BGRA

    document = pypdfium2.PdfDocument(pdf)
    try:
        images: list[PageImage] = []
        for page in document:
            bitmap = page.render(
                scale=width_px / page.get_width(), rev_byteorder=True, force_bitmap_format=FPDFBitmap_BGRA
            )
            row = bitmap.width * _BYTES_PER_PIXEL
            buffer = bytes(bitmap.buffer)
            # A row of the drawing may end in padding; a picture's rows follow one another.
            pixels = b"".join(
                buffer[start : start + row] for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
            )
            images.append(PageImage(bitmap.width, bitmap.height, pixels))
            bitmap.close()
            page.close()
        return tuple(images)
    finally:
        document.close()
