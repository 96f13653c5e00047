"""What figures of one table say of each other: parts and wholes, columns worked out, names that come twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Flag, LabelCell, Problem, Record, Rule
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.columns import Role
from scs_desktop.returns.tables.matrix import Matrix
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.totals import Changes

_HUNDRED = Decimal(100)
_DERIVED = re.compile(
    r"%|\bper ?cent|\bpercentage|\brates?\b|\bper [\d,]+|\bdifference|\bchange|\bproportion|\bshare|\bratio"
)
_PER = re.compile(r"\bper (?P<base>1,?000,?000|100,?000|10,?000|1,?000|100|hundred|thousand|million)\b")
_BASES = {"hundred": 100, "thousand": 1000, "million": 1000000}
_FITTING = 0.6
_WIDEST = 30
_TALLEST = 3000


def find(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> Changes:
    """Find contradictions within a table."""
    changes = Changes()
    _same_names(cells, table, records, changes)
    if len(records) > 60000:  # noqa: PLR2004
        return changes
    matrix = Matrix(records)
    _offences_and_incidents(cells, table, matrix, changes)
    if len(matrix.columns) <= _WIDEST and len(matrix.rows) <= _TALLEST:
        _derived_columns(cells, table, matrix, changes)
    return changes


def _same_names(cells: SheetCells, table: TableModel, records: Sequence[Record], changes: Changes) -> None:
    """Two rows of one name, or two columns of one head and period, with different figures."""
    if len(records) > 60000 or not table.stubs:  # noqa: PLR2004
        return
    seen: dict[tuple[object, ...], int] = {}
    values: dict[int, tuple[object, ...]] = {}
    for record in records:
        values[record.row] = (*values.get(record.row, ()), record.value)
    telling = [
        column.number
        for column in table.columns
        if column.role in {Role.IDENTIFIERS, Role.MONTH_NUMBERS, Role.QUARTER_NUMBERS}
        or (column.role is Role.NAMES and column.number > table.figures[0])
    ]
    for stub in table.stubs:
        told = tuple(cells.text(stub.row, column) for column in telling)
        if not stub.labels and not stub.periods and not told:
            continue
        key = (
            tuple(label.text.casefold() for label in stub.labels),
            tuple(token.text for token in stub.periods),
            stub.area_code,
            told,
        )
        other = seen.setdefault(key, stub.row)
        if other == stub.row or not stub.own:
            continue
        if not told and _sub_row(cells, table, stub.row):
            continue
        same = values.get(other) == values.get(stub.row)
        rule = Rule.DUPLICATE_ROW if same else Rule.LABEL_TWICE
        column = stub.labels[-1].column if stub.labels and stub.labels[-1].column else table.block.left
        name = stub.labels[-1].text if stub.labels else stub.periods[-1].text
        changes.problems.append(
            Problem(
                cells.sheet.name,
                Range(stub.row, column, stub.row, column),
                name,
                rule,
                f"Rows {other} and {stub.row} bear one name, “{name[:80]}”, with "
                + ("the same figures: does one of them come twice?" if same else "different figures: which is which?"),
                "Say what each row is.",
            )
        )
        if len([problem for problem in changes.problems if problem.rule is rule]) >= 20:  # noqa: PLR2004
            break


_SUB_ROWS = re.compile(
    r"\b(?:lower|upper|confidence|interval|sample size|base|% change|change (?:from|on)|percentage change|number"
    r"|%|standard error|of which|other|total|inner|outer|rate|unweighted|weighted)\b|^\W*%\W*$",
    re.IGNORECASE,
)


def _sub_row(cells: SheetCells, table: TableModel, row: int) -> bool:
    """Whether a row goes with the one above it, as limits and sample sizes do, or is set in under a name."""
    stub = next(stub for stub in table.stubs if stub.row == row)
    label: LabelCell | None = stub.labels[-1] if stub.labels else None
    if label is None or label.column is None or label.row is None:
        return True
    text = label.text
    raw = cells.sheet.value(label.row, label.column)
    indented = (isinstance(raw, str) and raw.startswith(" ")) or cells.sheet.indents.get(
        (label.row, label.column), 0
    ) > 0
    return indented or _SUB_ROWS.search(text) is not None or bool(cells.sheet.indents)


def _offences_and_incidents(cells: SheetCells, table: TableModel, matrix: Matrix, changes: Changes) -> None:
    """Offences are at most the incidents they come from."""
    names = {stub.row: tidy(stub.labels[-1].text).casefold() for stub in table.stubs if stub.labels}
    by_stem: dict[str, dict[str, int]] = {}
    for row, name in names.items():
        for word in ("offences", "incidents"):
            if word in name:
                by_stem.setdefault(name.replace(word, "*"), {}).setdefault(word, row)
    for pair in by_stem.values():
        if len(pair) < 2:  # noqa: PLR2004
            continue
        part, whole = pair["offences"], pair["incidents"]
        both = [
            (one, other)
            for column in matrix.columns
            if (one := matrix.value(part, column)) is not None
            and (other := matrix.value(whole, column)) is not None
            and (record := matrix.record(part, column)) is not None
            and record.unit is not Unit.PERCENT
        ]
        more = [1 for one, other in both if one > other]
        if both and len(more) * 2 >= len(both):
            column = next(stub.labels[-1].column for stub in table.stubs if stub.row == part) or table.block.left
            changes.problems.append(
                Problem(
                    cells.sheet.name,
                    Range(min(part, whole), column, max(part, whole), column),
                    names[part],
                    Rule.PART_EXCEEDS_WHOLE,
                    f"Row {part} counts more offences than row {whole} counts incidents in {len(more)} of "
                    f"{len(both)} columns: are the two names swapped?",
                    "Ask which row is which.",
                )
            )


def _derived_columns(cells: SheetCells, table: TableModel, matrix: Matrix, changes: Changes) -> None:
    """A column of rates or changes that most rows show to be worked out from two others, and some rows contradict."""
    for column in table.figures:
        head = " ".join(tidy(cell.text).casefold() for cell in table.paths.get(column, [])[-2:])
        lane = [record for record in matrix.column(column) if record.value is not None]
        derived = _DERIVED.search(head) or lane[0].unit in {Unit.PERCENT, Unit.RATE, Unit.RATIO} if lane else False
        if len(lane) < 3 or not derived or lane[0].unit is Unit.COUNT:  # noqa: PLR2004
            continue
        others = [other for other in table.figures if other != column and _near(table, other, column)]
        best = _best_formula(matrix, lane, others, head, lane[0].unit)
        if best is None:
            continue
        words, fits, misses = best
        for record, expected in misses:
            where = Range(record.row, column, record.row, column)
            changes.records[record.row, column] = replace(record, flags=record.flags | {Flag.DOUBTFUL})
            changes.problems.append(
                Problem(
                    cells.sheet.name,
                    where,
                    record.text,
                    Rule.RATE_AGAINST_COUNT,
                    f"{address(record.row, column)} says {record.value:,}, but {words} gives {expected:.4g}, as "
                    f"it does in the other {fits} rows.",
                    "Ask which figure is right.",
                )
            )
        _heading_scale(cells, table, matrix, lane, column, others, head, changes)
    for column in table.figures:
        head = " ".join(tidy(cell.text).casefold() for cell in table.paths.get(column, [])[-2:])
        lane = [record for record in matrix.column(column) if record.value is not None]
        if _PER.search(head) and lane:
            others = [other for other in table.figures if other != column and _near(table, other, column)]
            _heading_scale(cells, table, matrix, lane, column, others, head, changes)


def _near(table: TableModel, one: int, other: int) -> bool:
    return abs(table.figures.index(one) - table.figures.index(other)) <= 6  # noqa: PLR2004


Formula = tuple[str, Callable[[Decimal, Decimal], Decimal]]


_DIFFERENCE = re.compile(r"\bdifference|\bchange|\bgap\b|\bvariance|\bnet\b|\bbalance")


def _formulas(head: str, unit: Unit | None) -> Iterator[Formula]:
    if unit is Unit.PERCENT:
        yield "the share of {0} in {1}", lambda a, b: a / b * _HUNDRED
        yield "the change from {1} to {0}", lambda a, b: (a - b) / b * _HUNDRED
    if _DIFFERENCE.search(head):
        yield "{0} less {1}", lambda a, b: a - b
    base = _base(head)
    if base is not None and base != _HUNDRED:
        yield f"{{0}} per {base:,} of {{1}}", lambda a, b: a / b * base


def _base(head: str) -> Decimal | None:
    match = _PER.search(head)
    if match is None:
        return None
    words = match["base"].replace(",", "")
    return Decimal(_BASES.get(words, 0) or int(words))


def _best_formula(
    matrix: Matrix, lane: Sequence[Record], others: Sequence[int], head: str, unit: Unit | None
) -> tuple[str, int, list[tuple[Record, Decimal]]] | None:
    best: tuple[str, int, list[tuple[Record, Decimal]]] | None = None
    for one, other in permutations(others, 2):
        for words, formula in _formulas(head, unit):
            fits, misses = 0, []
            informative: set[Decimal] = set()
            for record in lane:
                first, second = matrix.value(record.row, one), matrix.value(record.row, other)
                if not first or not second or not record.value:
                    continue
                expected = formula(first, second)
                if abs(expected - record.value) <= _allowed(record.value):
                    fits += 1
                    informative.add(record.value)
                else:
                    misses.append((record, expected))
                    if len(misses) > len(lane) * (1 - _FITTING):
                        break
            total = fits + len(misses)
            few = len(misses) <= max(1, total // 10)
            if (
                fits >= 3  # noqa: PLR2004
                and len(informative) > 2  # noqa: PLR2004
                and few
                and fits >= _FITTING * total
                and (best is None or fits > best[1])
            ):
                text = words.format(_column(one), _column(other))
                best = (text, fits, misses)
                if not misses:
                    return best
    return best


def _column(column: int) -> str:
    return f"column {address(1, column)[:-1]}"


def _allowed(value: Decimal) -> Decimal:
    """Half a unit of the last printed decimal, a little wider for what was rounded before."""
    exponent = value.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    return (
        Decimal("0.51").scaleb(max(places, -3))
        if places > -3  # noqa: PLR2004
        else max(Decimal("0.006"), abs(value) * Decimal("0.0005"))
    )


def _heading_scale(
    cells: SheetCells,
    table: TableModel,
    matrix: Matrix,
    lane: Sequence[Record],
    column: int,
    others: Sequence[int],
    head: str,
    changes: Changes,
) -> None:
    """A head that says “per 100” over figures that are per one."""
    base = _base(head)
    if base is None or any(
        problem.rule is Rule.RATE_AGAINST_COUNT and problem.range.left == column for problem in changes.problems
    ):
        return
    for one, other in permutations(others, 2):
        each = agreed = 0
        for record in lane:
            first, second = matrix.value(record.row, one), matrix.value(record.row, other)
            if first is None or not second or record.value is None or not first:
                continue
            each += 1
            agreed += abs(first / second - record.value) <= max(_allowed(record.value), Decimal("0.0051"))
        if (
            each >= 2  # noqa: PLR2004
            and agreed == each
            and all(record.value is not None and record.value < base / 10 for record in lane)
        ):
            cell = table.paths[column][-1]
            changes.problems.append(
                Problem(
                    cells.sheet.name,
                    Range(cell.row, cell.column, cell.row, cell.column),
                    cell.text,
                    Rule.RATE_AGAINST_COUNT,
                    f"The heading says per {base:,}, but the figures are {_column(one)} divided by "
                    f"{_column(other)}, that is per one: is the heading wrong?",
                    f"Multiply by {base:,}, or mend the heading.",
                )
            )
            return
