"""What was decided about one block: its head, the roles of its columns, what governs its columns and rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scs_desktop.returns.grid import Range, column_letters
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.spoken import ending_month
from scs_desktop.returns.records import LabelCell
from scs_desktop.returns.tables import timing
from scs_desktop.returns.tables.blocks import Block
from scs_desktop.returns.tables.cells import (
    BLANK,
    LABEL,
    NOTE,
    PERIOD,
    UNIT,
    SheetCells,
)
from scs_desktop.returns.tables.columns import Column, Role, find_roles, likely_figures
from scs_desktop.returns.tables.headers import Head, HeadCell, find_head, govern
from scs_desktop.returns.tables.owners import with_owners
from scs_desktop.returns.tables.stubs import Stub, read_stubs

_SPARSE = 0.25
_SENTENCE = 5


@dataclass(slots=True)
class TableModel:
    """A block with everything decided about it.

    Attributes:
        block: its rows.
        head: titles and header tiers.
        columns: the roles of its columns.
        paths: header cells of each column of figures, outermost first.
        stubs: names of each row.
        context: what titles and sheet name say of time, nearest first.
        title: its title for the list of tables.
        outer_titles: titles of the sheet that stand over this table too.
        headless: columns of figures without a heading of their own, though others have one.
        beside_heads: what stands left of the header cells, in the columns of names.
        stub_titles: of those, the ones that say what the table is about, as a survey's question over its answers does.
        speaks_to_date: a title, a head or a row name says that figures run from the start of a year.
        to_date: its months or quarters are the ends of years to date, as its title says and its figures bear out.
        year_opens: the first month of those years.

    """

    block: Block
    head: Head
    columns: list[Column]
    paths: dict[int, list[HeadCell]]
    stubs: list[Stub]
    context: list[PeriodText]
    title: str
    outer_titles: list[HeadCell] = field(default_factory=list)
    headless: set[int] = field(default_factory=set)
    beside_heads: list[str] = field(default_factory=list)
    stub_titles: tuple[LabelCell, ...] = ()
    speaks_to_date: bool = False
    to_date: bool = False
    year_opens: int = 4

    def explain(self) -> list[str]:
        """Say in sentences how the block was read, for whoever wants to see why."""
        shown = {
            role: ", ".join(column_letters(column.number) for column in self.columns if column.role is role)
            for role in Role
            if role is not Role.EMPTY
        }
        said = [f"Title: {title.text}" for title in [*self.outer_titles, *self.head.titles]]
        said.append(
            f"Header rows: {', '.join(map(str, self.head.tiers)) or 'none'}; rows of figures: {len(self.block.data)}"
        )
        said.extend(
            f"Columns of {role.value.replace('_', ' ')}: {letters}" for role, letters in shown.items() if letters
        )
        said.extend(
            f"Column {column_letters(column)}: {' > '.join(cell.text for cell in path) or 'no heading'}"
            for column, path in self.paths.items()
        )
        said.extend(f"Time from the title: {token.text}" for token in self.context[:1])
        return said

    @property
    def figures(self) -> list[int]:
        """Numbers of the columns of figures."""
        return [column.number for column in self.columns if column.role is Role.FIGURES]

    @property
    def range(self) -> Range:
        """The rectangle of the table with its header tiers."""
        top = min([*self.head.tiers, *self.block.data])
        filled = [column.number for column in self.columns if column.role is not Role.EMPTY]
        return Range(top, min(filled), max(self.block.data), max(filled))


def model(cells: SheetCells, block: Block, previous: TableModel | None, outer_titles: Sequence[HeadCell]) -> TableModel:
    """Decide head, roles, header paths and row names of a block."""
    likely = likely_figures(cells, block)
    head = find_head(cells, block, likely)
    headers = _plain_headers(cells, block, head.tiers)
    columns = find_roles(cells, block, headers)
    figures = [column.number for column in columns if column.role is Role.FIGURES]
    spacers = {column.number for column in columns if column.role is Role.EMPTY}
    paths = govern(cells, block, head.tiers, figures, spacers) if figures else {}
    if previous is not None and figures:
        _inherit(paths, previous, figures)
    headless = _headless(cells, head.tiers, figures, paths)
    stray = {column.number for column in columns if column.number in headless and _is_sparse(column, len(block.data))}
    columns = [replace(column, role=Role.STRAY) if column.number in stray else column for column in columns]
    block.sections = [*head.sections, *block.sections]
    stubs = with_owners(read_stubs(cells, block, columns))
    titles = [*outer_titles, *head.titles]
    beside = _beside(cells, head, block, figures)
    # The cell over the row names often is the table's only title: "Burglary 2011/12 | Apr | May".
    said = [token for text in beside if (token := read_period(text)) is not None]
    said.extend(_over_names(cells, head, block, figures))
    said.extend(title.period for title in reversed(titles) if title.period is not None)
    said.extend(_reporting_period(cells, head, block))
    name = read_period(cells.sheet.name)
    if name is not None and name.exact:
        # A tab named "2010-11" or "Q2 2012/13" says the time where nothing nearer does.
        said.append(name)
    said = _joined_parts(said, cells.sheet.name)
    context = [replace(token, base=False) for token in said if not token.weak]
    context.extend(_endings(titles, paths, stubs))
    title = next((cell.text for cell in head.titles if cell.kind in (LABEL, NOTE)), titles[0].text if titles else "")
    return TableModel(
        block,
        head,
        columns,
        paths,
        stubs,
        context,
        title,
        list(outer_titles),
        headless - stray,
        beside,
        stub_titles=_stub_titles(cells, head, block, figures),
    )


def _joined_parts(said: list[PeriodText], sheet: str) -> list[PeriodText]:
    """Put first the month or quarter that a title or the sheet's name gives in the year that another text names."""
    name = read_period(sheet)
    parts = [token for token in said if timing.is_part(token) and token.shape in _JOINED]
    if not parts and name is not None and timing.is_part(name) and name.exact and name.shape in _JOINED:
        parts = [name]
    whole = next((token for token in said if token.period is not None and not token.base), None)
    if not parts or whole is None or whole.shape not in {Shape.YEAR, Shape.FINANCIAL_YEAR}:
        return said
    period = timing.place_part(parts[0], whole)
    if period is None:
        return said
    token = PeriodText(Shape.WHOLE, period, text=f"{parts[0].text} {whole.text}", ambiguous=parts[0].ambiguous)
    return [token, *said]


def _endings(
    titles: Sequence[HeadCell], paths: Mapping[int, Sequence[HeadCell]], stubs: Sequence[Stub]
) -> list[PeriodText]:
    """Return the month with which bare years end, where a title says so: “years ending March 2010 to March 2012”."""
    months = {number for title in titles if (number := ending_month(title.text))}
    heads = [cell.period for path in paths.values() for cell in path if cell.period is not None]
    tokens = [*heads, *(token for stub in stubs for token in stub.periods)]
    years = [token for token in tokens if token.shape is Shape.YEAR]
    if len(months) != 1 or not years or any(token.period and token.period.months < _YEAR_MONTHS for token in tokens):
        return []
    return [PeriodText(Shape.ENDING, number=months.pop(), last=_YEAR_MONTHS, text="year ending")]


_YEAR_MONTHS = 12
_JOINED = frozenset({Shape.MONTH, Shape.QUARTER, Shape.MONTHS, Shape.HALF})
_PERIOD_NAME = re.compile(
    r"\W*(?:reporting|return|data|performance|financial|time|calendar|academic)?\s*(?:period|year|quarter|month|week)"
    r"(?: (?:covered|of return|to which (?:this|the) return relates|ending|ended))?\W*",
    re.IGNORECASE,
)


def _reporting_period(cells: SheetCells, head: Head, block: Block) -> list[PeriodText]:
    """Return the time that a list of particulars above the table gives: "Quarter: | Q3 2012/13"."""
    found: list[PeriodText] = []
    for row in head.tiers[:-1] if head.register else ():
        if _PERIOD_NAME.fullmatch(cells.text(row, block.left)):
            tokens = (cells.period(row, column) for column in range(block.left + 1, block.right + 1))
            found.extend(replace(token, weak=False) for token in tokens if token is not None)
    return found


def _stub_titles(cells: SheetCells, head: Head, block: Block, figures: Sequence[int]) -> tuple[LabelCell, ...]:
    """Sentences over the row names: a survey's question over its answers, not the name of a column of names."""
    first = min(figures, default=block.left)
    return tuple(
        LabelCell(text, row, column)
        for row in head.tiers
        for column in range(block.left, first)
        if cells.at(row, column) in (LABEL, NOTE) and len((text := cells.text(row, column)).split()) >= _SENTENCE
    )


def _beside(cells: SheetCells, head: Head, block: Block, figures: Sequence[int]) -> list[str]:
    """Texts left of the header cells: names of label columns, or words such as "Rolling 12 months to:"."""
    first = min(figures, default=block.left)
    return [
        cells.text(row, column)
        for row in head.tiers
        for column in range(block.left, first)
        if cells.at(row, column) in (LABEL, NOTE)
    ]


def _over_names(cells: SheetCells, head: Head, block: Block, figures: Sequence[int]) -> list[PeriodText]:
    """Return what a bare period over the row names says: "Year ending March 2012 | Number | Per cent"."""
    tokens = (
        cells.period(row, column)
        for row in ([] if head.register else head.tiers)
        for column in range(block.left, min(figures, default=block.left))
        if cells.at(row, column) == PERIOD
    )
    return [token for token in tokens if token is not None]


def _headless(
    cells: SheetCells, tiers: Sequence[int], figures: Sequence[int], paths: Mapping[int, Sequence[HeadCell]]
) -> set[int]:
    """Columns of figures over which no header cell stands, where most others have one."""
    own: set[int] = set()
    for row in tiers:
        for column in figures:
            if cells.at(row, column):
                own.add(column)
    for row in tiers:
        for column in range(1, len(cells.rows[row]) + 1):
            last = cells.merged.get((row, column), (0, 0))[1]
            own.update(figure for figure in figures if column < figure <= last)
    own.update(column for column in figures if any(cell.column == column for cell in paths.get(column, [])))
    missing = set(figures) - own
    return missing if len(own) >= len(missing) and own else set()


def _is_sparse(column: Column, rows: int) -> bool:
    return rows - column.counts[BLANK] <= _SPARSE * rows


def _plain_headers(cells: SheetCells, block: Block, tiers: Sequence[int]) -> dict[int, str]:
    """Return the words next above each column, from its own cells alone."""
    found: dict[int, str] = {}
    for row in tiers:
        for column in range(block.left, min(block.right, len(cells.rows[row])) + 1):
            kind = cells.at(row, column)
            # A unit beneath a head ("Burglary" over "no.") does not name the column.
            if kind and not (kind == UNIT and column in found):
                found[column] = cells.text(row, column)
    return found


def _inherit(paths: dict[int, list[HeadCell]], previous: TableModel, figures: Sequence[int]) -> None:
    """Take the heads of the table above where a block has no own: a heading across is no set of heads."""
    own = {cell.column for path in paths.values() for cell in path}
    if len(own) * 2 > len(figures) or not previous.paths:
        return
    shared = [column for column in figures if column in previous.paths]
    if len(shared) * 2 < len(figures):
        return
    for column in shared:
        paths[column] = [*paths[column], *[cell for cell in previous.paths[column] if cell not in paths[column]]]
