"""How well the outlook would have done: a back-test over every borough and offence group of a monthly return.

Run it by hand on the Metropolitan Police's monthly counts by borough (three label columns, then a
column a month)::

    python3 tests/benchmarks/outlook_backtest.py FILE.csv [--write docs/methods/outlook-backtest.md]

Rolling origin: for each series, year and month of the year the projection is made from what was
known then and held against the year's outturn. The spread τ is tuned on the years before
2013/14 and judged on 2013/14 to 2018/19. The rivals are twelve months at the year's pace so far
(× 12/k) and the last twelve months (rolling 12). The probability is of ending the year at or under
95 % of the year before; a rival's is 1 or 0.
"""

from __future__ import annotations

import argparse
import csv
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scs_desktop.domain.outlook import DEFAULT_TAU, TAU_TOTAL, TAU_VIOLENCE_DAMAGE_THEFT, project_year
from scs_desktop.domain.trend_fan import months_ahead

LABELS = 3
YEAR = 12
FIRST_YEAR = 2010
TUNED_ON = range(1, 3)
JUDGED_ON = range(3, 9)
SMALLEST_YEAR = 1000
GOAL = 0.95
CONFIDENCE = 0.8
GRID = [round(0.02 * step, 2) for step in range(1, 16)]
SHOWN = (3, 6, 9)


def read_series(path: Path) -> dict[str, dict[str, list[float]]]:
    """Return group → borough → monthly counts; "all crime" and dwelling burglary are groups too."""
    groups: defaultdict[str, dict[str, list[float]]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for major, minor, borough, *months in rows:
            counts = [float(one or 0) for one in months]
            names = [major.capitalize(), "All crime"]
            if "DWELLING" in minor:
                names.append("Burglary in a dwelling")
            for name in names:
                before = groups[name].get(borough, [0.0] * len(counts))
                groups[name][borough] = [one + other for one, other in zip(before, counts, strict=True)]
    return dict(groups)


def tau_of(group: str) -> float:
    """Return the spread that the program uses for a group of this kind."""
    if group == "All crime":
        return TAU_TOTAL
    settled = ("Violence", "Arson", "Theft")
    return TAU_VIOLENCE_DAMAGE_THEFT if group.startswith(settled) else DEFAULT_TAU


@dataclass
class Score:
    """Sums over the forecasts of one cell of the table."""

    errors: list[float] = field(default_factory=list)
    pace: list[float] = field(default_factory=list)
    rolling: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    brier: list[float] = field(default_factory=list)
    pace_brier: list[float] = field(default_factory=list)
    rolling_brier: list[float] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take another score's forecasts in."""
        for name in self.__dataclass_fields__:
            getattr(self, name).extend(getattr(other, name))


def years_of(series: Sequence[float], years: range) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """Yield (months before, months of the year) for each year that is whole and large enough."""
    for year in years:
        start = year * YEAR
        current = series[start : start + YEAR]
        before = series[:start]
        known = [
            math.fsum(before[start - YEAR * back : start - YEAR * (back - 1)]) for back in range(1, min(year, 3) + 1)
        ]
        if len(current) == YEAR and min([math.fsum(current), *known]) >= SMALLEST_YEAR:
            yield before, current


def judge(series: Sequence[float], years: range, month: int, tau: float) -> Score:
    """Score the forecasts made after ``month`` months of each year."""
    score = Score()
    for before, current in years_of(series, years):
        outturn, last = math.fsum(current), math.fsum(before[-YEAR:])
        goal = math.floor(GOAL * last)
        made = project_year(before, current[:month], target=goal, better=-1, tau=tau, confidence=CONFIDENCE)
        if made is None or made.probability is None:
            continue
        pace = made.year_to_date * YEAR / month
        met = outturn <= goal
        score.errors.append(abs(made.projection / outturn - 1))
        score.pace.append(abs(pace / outturn - 1))
        score.rolling.append(abs(made.last_twelve / outturn - 1))
        score.inside.append(made.interval.low <= outturn <= made.interval.high)
        score.brier.append((made.probability - met) ** 2)
        score.pace_brier.append(((pace <= goal) - met) ** 2)
        score.rolling_brier.append(((made.last_twelve <= goal) - met) ** 2)
    return score


def tuned_tau(boroughs: dict[str, list[float]]) -> float:
    """Return the spread whose 80 % interval held 80 % of the outturns of the earlier years most nearly."""

    def miss(tau: float) -> float:
        total = Score()
        for series in boroughs.values():
            for month in SHOWN:
                total.add(judge(series, TUNED_ON, month, tau))
        return abs(statistics.fmean(total.inside) - CONFIDENCE) if total.inside else math.inf

    return min(GRID, key=miss)


def percent(values: Sequence[float]) -> str:
    """Return the mean in percent to one decimal."""
    return f"{100 * statistics.fmean(values):.1f}" if values else "–"


def share(values: Sequence[float]) -> str:
    """Return the mean to three decimals."""
    return f"{statistics.fmean(values):.3f}" if values else "–"


def table(groups: dict[str, dict[str, list[float]]]) -> str:
    """Return the whole back-test as Markdown."""
    by_month = {month: Score() for month in range(1, YEAR)}
    lines_by_group = []
    for name, boroughs in sorted(groups.items()):
        tau, tuned = tau_of(name), tuned_tau(boroughs)
        row = {month: Score() for month in range(1, YEAR)}
        for series in boroughs.values():
            for month, score in row.items():
                score.add(judge(series, JUDGED_ON, month, tau))
        if not row[6].errors:
            continue
        for month, score in row.items():
            by_month[month].add(score)
        errors = "/".join(percent(row[month].errors) for month in SHOWN)
        pace = "/".join(percent(row[month].pace) for month in SHOWN)
        rolling = "/".join(percent(row[month].rolling) for month in SHOWN)
        inside = "/".join(share(row[month].inside)[:4] for month in SHOWN)
        lines_by_group.append(
            f"| {name} | {len(row[6].errors)} | {tau:.2f} | {tuned:.2f} | {errors} | {pace} | {rolling} | {inside} |"
        )
    lines = [
        (
            "| months | forecasts | error % | × 12/k % | rolling 12 % "
            "| 80 % interval holds | Brier | × 12/k | rolling 12 |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {month} | {len(one.errors)} | {percent(one.errors)} | {percent(one.pace)} | {percent(one.rolling)} "
        f"| {share(one.inside)} | {share(one.brier)} | {share(one.pace_brier)} | {share(one.rolling_brier)} |"
        for month, one in by_month.items()
    ]
    lines += [
        "",
        "By group, after 3/6/9 months (τ as the program uses it; beside it the τ tuned on the earlier years):",
        "",
        "| group | borough-years | τ | tuned τ | error % | × 12/k % | rolling 12 % | 80 % interval holds |",
        "|---|---|---|---|---|---|---|---|",
        *lines_by_group,
    ]
    return "\n".join(lines)


def fan_table(groups: dict[str, dict[str, list[float]]]) -> str:
    """Return how often a single month fell within the fan drawn on the chart, by group."""
    lines = ["| group | months judged | 80 % band holds | above the median |", "|---|---|---|---|"]
    for name, boroughs in sorted(groups.items()):
        inside: list[bool] = []
        above: list[bool] = []
        for series in boroughs.values():
            for before, current in years_of(series, JUDGED_ON):
                for month in SHOWN:
                    made = project_year(before, current[:month])
                    if made is None:
                        continue
                    known = tuple(before[-3 * YEAR :])
                    rows = months_ahead(known, (*known, *current[:month]), month, made.level, tau_of(name))
                    inside += [
                        low <= value <= high for (_, low, high), value in zip(rows, current[month:], strict=True)
                    ]
                    above += [value > middle for (middle, _, _), value in zip(rows, current[month:], strict=True)]
        if len(inside) >= SMALLEST_YEAR // YEAR:
            lines.append(f"| {name} | {len(inside)} | {share(inside)} | {share(above)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table, or write it with its heading."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    groups = read_series(arguments.file)
    found = (
        f"{table(groups)}\n\nSingle months within the fan of the chart, drawn after 3, 6 and 9 months:\n\n"
        f"{fan_table(groups)}"
    )
    if arguments.write is None:
        sys.stdout.write(found + "\n")
        return 0
    heading = (
        "# The outlook, judged on the past\n\n"
        "Made by `python3 tests/benchmarks/outlook_backtest.py FILE.csv --write docs/methods/outlook-backtest.md` "
        "on the\n"
        "Metropolitan Police's monthly counts by borough, April 2010 onward. Series of at least 1,000 a year; "
        "the years\n"
        "2013/14 to 2018/19 are judged, the years before them only tune τ. Error: mean absolute error of the year's\n"
        "count. Brier: mean squared error of the chance of ending at or under 95 % of the year before.\n\n"
    )
    arguments.write.write_text(heading + found + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
