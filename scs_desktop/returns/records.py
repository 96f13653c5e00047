"""What the reader says of a file: tables found, records read, cells left out, problems to ask about."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import FileFormat, Range


class Flag(StrEnum):
    """Facts about a record, and the one flag that asks (DOUBTFUL)."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    ILLUSTRATIVE = "illustrative"
    DOUBTFUL = "doubtful"
    TOTAL = "total"
    SHARE = "share"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class LabelCell:
    """One header text that governs a cell, and where it stands (None for the sheet's name)."""

    text: str
    row: int | None = None
    column: int | None = None


@dataclass(slots=True, unsafe_hash=True)
class Record:
    """One figure, or the mark that stands for one, read from one cell.

    ``labels`` holds every header text that governs the cell, outermost first: title, section,
    over-header, column head, row name. ``period_label`` is the text the period was read from.

    A record is never changed once it is made. It is not frozen all the same: a large return has two million, and to
    set the fields of a frozen one takes four times as long.
    """

    sheet: str
    row: int
    column: int
    text: str
    kind: FigureKind
    value: Decimal | None = None
    unit: Unit | None = None
    period: Period | None = None
    period_label: str = ""
    labels: tuple[LabelCell, ...] = ()
    area_code: str | None = None
    flags: frozenset[Flag] = frozenset()
    bound: Decimal | None = None
    table: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangle of the sheet that was read as one table."""

    sheet: str
    range: Range
    title: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell, or a rectangle of cells, that is no record, with the reason."""

    sheet: str
    range: Range
    reason: str

    @property
    def cells(self) -> int:
        """How many cells it speaks of."""
        area = self.range
        return (area.bottom - area.top + 1) * (area.right - area.left + 1)


class Rule(StrEnum):
    """Which rule a problem comes from. Readers of problems tell them apart by this, not by text."""

    TWO_FIGURES = "two_figures"
    ERROR_CELL = "error_cell"
    NOT_CALCULATED = "not_calculated"
    UNREADABLE_NUMBER = "unreadable_number"
    UNREADABLE_PERIOD = "unreadable_period"
    NO_PERIOD = "no_period"
    PERIOD_TWICE = "period_twice"
    PERIOD_SEQUENCE = "period_sequence"
    DAY_MONTH_SWAP = "day_month_swap"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    UNKNOWN_MARK = "unknown_mark"
    LABEL_TWICE = "label_twice"
    UNIT_MIXED = "unit_mixed"
    PERCENT_SCALE = "percent_scale"
    NEGATIVE_COUNT = "negative_count"
    FRACTIONAL_COUNT = "fractional_count"
    BOOLEAN = "boolean"
    SUM_DIFFERS = "sum_differs"
    OUTLIER = "outlier"
    STALE = "stale"
    AMBIGUOUS_LAYOUT = "ambiguous_layout"
    SELECTED_VIEW = "selected_view"
    HIDDEN_CELLS = "hidden_cells"
    QUARTER_YEAR = "quarter_year"
    OVERLAP = "overlap"
    PLACEHOLDER = "placeholder"
    RATE_AGAINST_COUNT = "rate_against_count"
    NOT_ASCENDING = "not_ascending"
    DUPLICATE_ROW = "duplicate_row"
    UNLABELLED = "unlabelled"
    NO_HEADING = "no_heading"
    NOT_PUBLISHED = "not_published"
    SUPPRESSED = "suppressed"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    YEAR_TO_DATE_AS_MONTH = "year_to_date_as_month"
    CUMULATIVE_SUMMED = "cumulative_summed"
    SHEETS_DISAGREE = "sheets_disagree"
    HIDDEN_SHEET = "hidden_sheet"
    SCALE = "scale"
    FOOTNOTE = "footnote"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to ask or to tell: where, what stood there, by which rule, and what to do."""

    sheet: str
    range: Range
    text: str
    rule: Rule
    sentence: str
    repair: str = ""


@dataclass(slots=True)
class Reading:
    """All that the reader makes of one file.

    Every numeric cell of the file is in ``records`` or in ``left_out``.
    """

    file_name: str
    sha256: str
    format: FileFormat
    tables: list[Table] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
