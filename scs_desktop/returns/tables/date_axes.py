"""Step 2: days that stand for months or quarters, and “2010-12”: December 2010, or the years 2010 to 2012.

One cell alone says neither. The cells of its kind in the same row or column do, and the words over or beside them:
days that are all month ends, a month or a quarter apart, head months or quarters, unless the words speak of a stock
counted on a day. What stays open is asked wherever a figure takes its period from the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from scs_desktop.domain.periods import Period, PeriodKind, add_months, month, month_end, month_number, rolling_12
from scs_desktop.returns.notation.lengths import week_of
from scs_desktop.returns.notation.period_text import Doubt, PeriodText, Shape
from scs_desktop.returns.notation.points import full_year
from scs_desktop.returns.notation.spans import span_period
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.tables.cells import BOUND_TEXT, LABEL, NOTE, PERIOD, UNIT, SheetCells

_MONTH_OR_YEARS = re.compile(r"(?P<year>(?:19|20)\d\d)[-/](?P<second>0[1-9]|1[0-2])")
_DAY_TEXT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[T ][\d:.]*)?")
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_SNAPSHOT = re.compile(
    r"\bas (?:at|of|on)\b(?!\s*:?\s*\d)|\bsnap-?shot\b|\bposition (?:at|on)\b|\b(?:case|work)-?loads?\b|\bhead-?count\b"
    r"|\bopen (?:cases?|files?)\b|\bat (?:the )?(?:end of|(?:month|quarter|period|year)[\s-]?end)\b|\bon roll\b"
    r"|\bcount date\b|\bstock of\b"
)
_EXTRACT = re.compile(r"\b(?:data|figures|extract\w*|correct|accurate) as (?:at|of|on)\b")
_LENGTHS = (
    (12, re.compile(r"\b(?:12|twelve)[\s-]months?\b|\byears?\s(?:end|to)|\brolling (?:12|year)|\br12m?\b|\by/?e\b")),
    (3, re.compile(r"\bquarters?(?:ly)?\b|\bqtrs?\b|\bq/?e\b|\b(?:3|three)[\s-]months?\b")),
    (1, re.compile(r"\bmonth(?:s|ly)?\b|\bm/?e\b")),
)
_WEEKS = re.compile(r"\bweeks?(?:ly)?\b|\bw/?[ceb]\b|\bdaily\b|\bday\b")
_ENDING = re.compile(r"\bend")
_YEARS_HEAD = re.compile(r"\byears?\b|\brolling\b|\bpooled\b|\bthree[\s-]year\b|\b3[\s-]year\b")
_MONTH_HEAD = re.compile(r"\bmonths?(?:ly)?\b")
_MOST_YEARS = 10
_HEAD_ROWS = 8
_LEAST = 2
_QUARTER = 3
_YEAR_MONTHS = 12
_WEEK = 7


@dataclass(slots=True)
class _Line:
    """The cells of one row or column that may be read in two ways, and what stands over or beside them."""

    days: dict[tuple[int, int], date] = field(default_factory=dict)
    pairs: dict[tuple[int, int], str] = field(default_factory=dict)
    others: list[PeriodText] = field(default_factory=list)


def settle(cells: SheetCells) -> None:
    """Tell cells with days, and ones such as “2010-12”, by their neighbours; what stays open is marked as doubtful."""
    _month_first(cells)
    rows: dict[int, _Line] = {}
    columns: dict[int, _Line] = {}
    for row in cells.order:
        classes = cells.rows[row]
        if PERIOD not in classes:
            continue
        for index, kind in enumerate(classes):
            if kind == PERIOD:
                _take(cells, row, index + 1, rows, columns)
    if not any(line.days or line.pairs for line in rows.values()):
        return
    for lines, others, down in ((columns, rows, True), (rows, columns, False)):
        for line in lines.values():
            # A cell belongs with the longer of its row and its column.
            mine = _Line(others=line.others)
            for at, day in line.days.items():
                if _longer(line, others[at[0] if down else at[1]], down=down):
                    mine.days[at] = day
            for at, text in line.pairs.items():
                if _longer(line, others[at[0] if down else at[1]], down=down):
                    mine.pairs[at] = text
            _settle_days(cells, mine.days, down=down)
            _settle_pairs(cells, mine.pairs, mine.others, down=down)


def _month_first(cells: SheetCells) -> None:
    """Read the days of a column or row month first where some can be written in no other way and none day first."""
    found: dict[tuple[str, int], dict[tuple[int, int], tuple[int, int, int]]] = {}
    for row in cells.order:
        for column, text in _day_texts(cells, row):
            match = _DAY_OR_MONTH.fullmatch(text)
            if match is not None:
                parts = (int(match[1]), int(match[2]), full_year(match[3]))
                for line in (("row", row), ("column", column)):
                    found.setdefault(line, {})[row, column] = parts
    for places in found.values():
        _month_first_in(cells, places)


def _day_texts(cells: SheetCells, row: int) -> Iterator[tuple[int, str]]:
    """Yield the column and text of each cell that may be a day."""
    classes = cells.rows[row]
    if PERIOD not in classes and BOUND_TEXT not in classes:
        return
    values = cells.sheet.rows[row]
    for index, kind in enumerate(classes):
        value = values[index] if kind in (PERIOD, BOUND_TEXT) else None
        if isinstance(value, str):
            yield index + 1, value.strip()


def _month_first_in(cells: SheetCells, places: dict[tuple[int, int], tuple[int, int, int]]) -> None:
    seconds = [two for _, two, _ in places.values()]
    if len(places) < _LEAST or max(seconds) <= _YEAR_MONTHS or any(one > _YEAR_MONTHS for one, _, _ in places.values()):
        return
    for at, (number, day_number, year) in places.items():
        try:
            day = date(year, number, day_number)
        except ValueError:
            continue
        _class(cells, at)
        text = cells.text(*at)
        cells.told[at] = PeriodText(
            Shape.WHOLE, Period(day, day, PeriodKind.SNAPSHOT), text=text, doubt=Doubt.MONTH_FIRST
        )


def _class(cells: SheetCells, at: tuple[int, int]) -> None:
    row, column = at
    classes = cells.rows[row]
    cells.rows[row] = classes[: column - 1] + bytes((PERIOD,)) + classes[column:]


def _longer(line: _Line, across: _Line, *, down: bool) -> bool:
    mine, other = (len(one.days) + len(one.pairs) + len(one.others) for one in (line, across))
    return mine > other or (mine == other and not down)


def _take(cells: SheetCells, row: int, column: int, rows: dict[int, _Line], columns: dict[int, _Line]) -> None:
    value = cells.sheet.value(row, column)
    lines = (rows.setdefault(row, _Line()), columns.setdefault(column, _Line()))
    if isinstance(value, str):
        text = tidy(value)
        match = _MONTH_OR_YEARS.fullmatch(text)
        if match is not None and _years_apart(match) > 1:
            for line in lines:
                line.pairs[row, column] = text
            return
    token = cells.period(row, column)
    if token is None or token.period is None:
        return
    start, end = token.period.start, token.period.end
    if isinstance(value, str):
        written = _DAY_TEXT.fullmatch(tidy(value)) is not None
    else:
        written = isinstance(value, date) and "d" in _shown(cells, row, column)
    alone = start == end and not token.rest.strip(" ()")
    day = start if alone or (written and start.day == 1) else None
    for line in lines:
        if day is not None:
            line.days[row, column] = day
        else:
            line.others.append(token)


def _shown(cells: SheetCells, row: int, column: int) -> str:
    """Return the number format's letters; a real date without a format shows its day."""
    code = cells.sheet.formats.get((row, column), "")
    return re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", code).casefold() or "d"


def _words(cells: SheetCells, places: Iterable[tuple[int, int]], *, down: bool) -> tuple[str, str]:
    """Return the head of the line itself, and all the words above and beside it, folded."""
    at = list(places)
    row, column = min(at)
    own: list[str] = []
    around: list[str] = []
    if down:
        above = [other for other in cells.order if other < row][-_HEAD_ROWS:]
        for other in reversed(above):
            if cells.at(other, column) in (LABEL, UNIT, NOTE):
                own.append(cells.text(other, column))
                break
    else:
        own.extend(cells.text(row, other) for other in range(1, column) if cells.at(row, other) in (LABEL, UNIT, NOTE))
        above = [other for other in cells.order if other < row][-_HEAD_ROWS:]
    for other in above:
        around.extend(
            cells.text(other, place)
            for place, kind in enumerate(cells.rows[other], start=1)
            if kind in (LABEL, UNIT, NOTE)
        )
    if down and above:
        around.extend(own)
    around.append(cells.sheet.name)
    return " | ".join(own).casefold(), " | ".join(around).casefold()


def _settle_days(cells: SheetCells, days: dict[tuple[int, int], date], *, down: bool) -> None:
    """Read days as the months, quarters or years that they end or open, where they follow each other so."""
    distinct = sorted(set(days.values()))
    if _weekly(distinct):
        _settle_weeks(cells, days, down=down)
        return
    ends = all(day == month_end(day) for day in distinct)
    firsts = all(day.day == 1 for day in distinct)
    if not distinct or not (ends or firsts):
        return
    own, around = _words(cells, days, down=down)
    if _WEEKS.search(own):
        return
    length = next((months for months, words in _LENGTHS if words.search(own)), 0)
    if not (length and _ENDING.search(own)) and _SNAPSHOT.search(_EXTRACT.sub("", f"{own} | {around}")):
        for at, day in days.items():
            _tell(cells, at, Period(day, day, PeriodKind.SNAPSHOT))
        return
    length = length or _length(_step(distinct), around, ends=ends)
    for at, day in days.items():
        if length:
            _tell(cells, at, _stretch(day, length, ends=ends))
        elif (token := cells.period(*at)) is not None:
            cells.told[at] = replace(token, doubt=Doubt.DAY_OR_PERIOD if ends else Doubt.FIRST_OR_PERIOD)


def _weekly(days: Sequence[date]) -> bool:
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    return len(steps) >= _LEAST and all(step % _WEEK == 0 for step in steps) and min(steps) == _WEEK


def _settle_weeks(cells: SheetCells, days: dict[tuple[int, int], date], *, down: bool) -> None:
    """Read days a week apart as the weeks that they open or end, as the words over or beside them say."""
    own, around = _words(cells, days, down=down)
    for at, day in days.items():
        single = Period(day, day, PeriodKind.SNAPSHOT)
        week = week_of(single, own) or week_of(single, around)
        if week is not None:
            _tell(cells, at, week)
        elif not _SNAPSHOT.search(own) and (token := cells.period(*at)) is not None:
            cells.told[at] = replace(token, period=single, shape=Shape.WHOLE, doubt=Doubt.DAY_OR_WEEK)


def _length(step: int, around: str, *, ends: bool) -> int:
    """Return the months that each of the days stands for, by the words around or by how far they lie apart; 0: open."""
    said = next((months for months, words in _LENGTHS if words.search(around) and step in {0, months}), 0)
    if said:
        return said
    if step == 1 or (not ends and step == 0):
        return 1
    return _QUARTER if step == _QUARTER and ends else 0


def _step(days: Sequence[date]) -> int:
    """Return how many months lie between days that follow each other evenly, gaps allowed; 0 for one day, -1 uneven."""
    if len(days) < _LEAST:
        return 0
    steps = [month_number(later) - month_number(earlier) for earlier, later in pairwise(days)]
    least = min(steps)
    if least in {1, _QUARTER, _YEAR_MONTHS} and all(step % least == 0 for step in steps):
        usual = sum(step == least for step in steps)
        return least if usual * 2 >= len(steps) else -1
    return -1


def _stretch(day: date, months: int, *, ends: bool) -> Period:
    if not ends:
        last = month_end(add_months(day, months - 1))
        return span_period(day, last) or month(day.year, day.month)
    if months == _YEAR_MONTHS:
        year = rolling_12(day)
        return span_period(year.start, year.end) or year
    return span_period(add_months(day, 1 - months), day) or month(day.year, day.month)


def _tell(cells: SheetCells, at: tuple[int, int], period: Period) -> None:
    token = cells.period(*at)
    text = token.text if token is not None else ""
    cells.told[at] = PeriodText(Shape.WHOLE, period, text=text)


def _years_apart(match: re.Match[str]) -> int:
    """Return how many years lie between the first and the last, if the text names years; 0 where it cannot."""
    first = int(match["year"])
    last = first - first % 100 + int(match["second"])
    if last < first:
        last += 100
    return last - first if last - first <= _MOST_YEARS else 0


def _settle_pairs(
    cells: SheetCells, pairs: dict[tuple[int, int], str], others: Sequence[PeriodText], *, down: bool
) -> None:
    """Tell months from stretches of years by their neighbours, by the words over them, else ask."""
    texts = sorted(set(pairs.values()))
    if not texts:
        return
    matches = [match for text in texts if (match := _MONTH_OR_YEARS.fullmatch(text)) is not None]
    lengths = [_years_apart(match) for match in matches]
    firsts = {match["year"] for match in matches}
    shapes = {_length_of(token) for token in others}
    own, around = _words(cells, pairs, down=down)
    doubt: Doubt | None = None
    if len(texts) > 1 and len(set(lengths)) == 1 and len(firsts) == len(texts):
        years = True
    elif 1 in shapes or len(firsts) < len(texts):
        years = False
    elif shapes & {_YEAR_MONTHS, 2 * _YEAR_MONTHS, 3 * _YEAR_MONTHS}:
        years = True
    elif _MONTH_HEAD.search(own):
        years = False
    elif _YEARS_HEAD.search(own) or _YEARS_HEAD.search(around):
        years = True
    else:
        years, doubt = True, Doubt.MONTH_OR_YEARS
    for at, text in pairs.items():
        match = _MONTH_OR_YEARS.fullmatch(text)
        if match is None:
            continue
        first = int(match["year"])
        period = (
            Period(date(first, 1, 1), date(first + _years_apart(match), 12, 31), PeriodKind.SPAN)
            if years
            else month(first, int(match["second"]))
        )
        cells.told[at] = PeriodText(Shape.WHOLE, period, text=text, doubt=doubt)


def _length_of(token: PeriodText) -> int:
    return token.period.months if token.period is not None else 0
