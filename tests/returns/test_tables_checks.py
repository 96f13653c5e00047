"""What the officer is asked about a return, each question with its evidence, and what is left unasked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Sheet, Workbook
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Flag, Problem, Reading, Record, Rule
from tests.returns.test_unseen_layouts import Rows, figures, reading_of

MONTHS = [f"{name} 2011" for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")]


def read(*rows: list[CellValue], formats: dict[tuple[int, int], str] | None = None, name: str = "Data") -> Reading:
    sheet = Sheet(name, dict(enumerate(rows, start=1)), formats or {})
    return read_grid(Workbook("return.xlsx", "0" * 64, FileFormat.XLSX, [sheet]))


def asked(reading: Reading, rule: Rule) -> list[Problem]:
    return [problem for problem in reading.problems if problem.rule is rule]


def at(reading: Reading, row: int, column: int) -> Record:
    return next(record for record in reading.records if (record.row, record.column) == (row, column))


def test_tables_side_by_side_of_different_times_are_asked_about() -> None:
    rows: Rows = [
        ["Quarter", "Burglaries", None, "Quarter", "Cases"],
        ["Q1 2011/12", 760, None, "Q4 2010/11", 58],
        ["Q2 2011/12", 777, None, "Q1 2011/12", 61],
        ["Q3 2011/12", 794, None, "Q2 2011/12", 64],
    ]

    said = {str(one.range): one.sentence for one in reading_of(("S", rows)).problems}

    assert "different times" in said["D2"]
    rows[1][3], rows[2][3], rows[3][3] = "Q1 2011/12", "Q2 2011/12", "Q3 2011/12"
    assert not [one for one in reading_of(("S", rows)).problems if "different times" in one.sentence]


def test_codes_of_before_2011_are_told() -> None:
    rows: Rows = [
        ["Ward code", "Ward", "Apr-11", "May-11"],
        ["00ACFX", "Brunswick Park", 13, 9],
        ["00ACFY", "Burnt Oak", 13, 16],
    ]

    reading = reading_of(("S", rows))

    assert [str(one.range) for one in reading.problems if "replaced in 2011" in one.sentence] == ["A2:A3"]
    assert figures(reading)["C2"].area_code == "00ACFX"


def test_a_year_to_date_pasted_as_a_month() -> None:
    reading = read(["Crime type", *MONTHS], ["Burglary", 274, 252, 254, 261, 281, 255, 283, 266, 2407])
    (problem,) = asked(reading, Rule.YEAR_TO_DATE_AS_MONTH)
    assert str(problem.range) == "J2"
    assert "2,126" in problem.sentence
    assert Flag.DOUBTFUL in at(reading, 2, 10).flags


def test_a_digit_lost_or_doubled() -> None:
    reading = read(["Crime type", *MONTHS], ["Burglary", 274, 252, 254, 26, 281, 255, 2830, 266, 240])
    assert sorted(str(problem.range) for problem in asked(reading, Rule.OUTLIER)) == ["E2", "H2"]
    usual = read(["Crime type", *MONTHS], ["Burglary", 274, 252, 254, 190, 281, 255, 390, 266, 240])
    assert asked(usual, Rule.OUTLIER) == []


def test_totals_are_told_by_words_and_by_sums() -> None:
    reading = read(["Ward", "Apr 2011", "May 2011"], ["A", 13, 9], ["B", 20, 16], ["C", 7, 11], [None, 40, 36])
    assert {record.flags for record in reading.records if record.row == 5} == {frozenset({Flag.TOTAL})}
    (problem,) = asked(reading, Rule.UNLABELLED)
    assert str(problem.range) == "B5:C5"
    named = read(["Ward", "Apr 2011", "May 2011", "Jun 2011"], ["A", 13, 9, 1], ["B", 20, 16, 2], ["Total", 33, 25, 4])
    (differs,) = asked(named, Rule.SUM_DIFFERS)
    assert str(differs.range) == "D4"
    assert "4" in differs.sentence
    assert "3" in differs.sentence


def test_a_total_column_covers_its_parts() -> None:
    reading = read(
        ["Measure", "Q1 2011/12", "Q2 2011/12", "Q3 2011/12", "Q4 2011/12", "Total"], ["New families", 6, 11, 14, 9, 40]
    )
    total = at(reading, 2, 6)
    assert total.period is not None
    assert (total.period.start, total.period.end) == (date(2011, 4, 1), date(2012, 3, 31))
    assert Flag.TOTAL in total.flags


def test_a_cumulative_row_is_not_added_up() -> None:
    reading = read(
        ["Measure", "Q1 2011/12", "Q2 2011/12", "Q3 2011/12", "Total"],
        ["Families (cumulative)", 6, 11, 14, 31],
        ["New", 6, 5, 3, 14],
    )
    assert [str(problem.range) for problem in asked(reading, Rule.CUMULATIVE_SUMMED)] == ["E2"]


def test_a_year_to_date_column_ends_with_its_months() -> None:
    reading = read(["Offence", "Apr 2011", "May 2011", "Jun 2011", "YTD"], ["Burglary", 291, 269, 280, 840])
    period = at(reading, 2, 5).period
    assert period is not None
    assert (period.start, period.end) == (date(2011, 4, 1), date(2011, 6, 30))


def test_minus_one_for_no_figure() -> None:
    reading = read(
        ["Area code", "Year", "Count", "Value"], ["E09000003", 2011, -1, 35.3], ["E09000004", 2011, -1, 23.4]
    )
    assert at(reading, 2, 3).kind is FigureKind.NOT_AVAILABLE
    assert [str(problem.range) for problem in asked(reading, Rule.PLACEHOLDER)] == ["C2:C3"]


def test_noughts_shown_as_dashes_are_in_doubt() -> None:
    values = [310, 290, 305, 0, 0, 0, 300, 320, 315]
    rows: list[list[CellValue]] = [["Month", "Visits"]]
    rows.extend([month, value] for month, value in zip(MONTHS, values, strict=True))
    reading = read(*rows, formats={(row, 2): '#,##0;-#,##0;"-"' for row in range(2, 11)})
    assert [record.row for record in reading.records if Flag.DOUBTFUL in record.flags] == [5, 6, 7]
    assert len(asked(reading, Rule.PLACEHOLDER)) == 1


def test_percent_on_two_scales_and_over_a_hundred() -> None:
    reading = read(["Ward", "% feeling safe 2011"], ["A", 72], ["B", 0.68], ["C", 71], ["D", 170], ["E", 75], ["F", 70])
    assert sorted(str(problem.range) for problem in asked(reading, Rule.PERCENT_SCALE)) == ["B3", "B5"]
    changes = read(["Ward", "% change 2011"], ["A", 172], ["B", -30], ["C", 11])
    assert asked(changes, Rule.PERCENT_SCALE) == []


def test_counts_below_nought_and_in_fractions() -> None:
    rows: list[list[CellValue]] = [["Ward", "Number of offences 2011"]]
    rows.extend([f"Ward {index}", value] for index, value in enumerate([5, 7, -3, 4, 2.5, 9, 8, 6]))
    reading = read(*rows)
    assert [str(problem.range) for problem in asked(reading, Rule.NEGATIVE_COUNT)] == ["B4"]
    assert [str(problem.range) for problem in asked(reading, Rule.FRACTIONAL_COUNT)] == ["B6"]


def test_a_column_worked_out_from_others() -> None:
    reading = read(
        ["Cohort", "Actual rate", "Predicted rate", "Difference from baseline (2007/08)"],
        ["April 2010 to March 2011", "7.80%", "7.72%", "1.12%"],
        ["July 2010 to June 2011", "7.66%", "7.75%", "-1.16%"],
        ["October 2010 to September 2011", "7.91%", "7.79%", "1.54%"],
        ["January 2011 to December 2011", "7.58%", "7.81%", "-2.94%"],
    )
    (problem,) = asked(reading, Rule.RATE_AGAINST_COUNT)
    assert str(problem.range) == "D2"
    assert at(reading, 2, 4).period == at(reading, 2, 2).period


def test_a_heading_on_another_scale_than_its_figures() -> None:
    reading = read(
        ["Cohort", "Young people", "Re-offences", "Re-offences per 100 young people"],
        ["Jan - Mar 2009", 61, 49, 0.8],
        ["Jan - Mar 2010", 54, 41, 0.76],
    )
    assert [str(problem.range) for problem in asked(reading, Rule.RATE_AGAINST_COUNT)] == ["D1"]


def test_more_offences_than_incidents() -> None:
    reading = read(
        ["Offence", "Apr 2011", "May 2011"],
        ["Domestic violence - offences", 283, 327],
        ["Domestic violence - incidents", 93, 103],
    )
    assert [str(problem.range) for problem in asked(reading, Rule.PART_EXCEEDS_WHOLE)] == ["A2:A3"]


def test_one_name_twice() -> None:
    reading = read(
        ["Question", "2011/12"], ["% worried about crime", 88], ["% safe by day", 98], ["% worried about crime", 25]
    )
    (problem,) = asked(reading, Rule.LABEL_TWICE)
    assert str(problem.range) == "A4"


def test_a_copied_column() -> None:
    reading = read(
        ["Offence", "Apr 2011", "May 2011", "Jun 2011", "Jul 2011"],
        ["A", 31, 44, 44, 40],
        ["B", 57, 61, 61, 70],
        ["C", 18, 25, 25, 20],
        ["D", 90, 93, 93, 99],
    )
    (problem,) = asked(reading, Rule.STALE)
    assert str(problem.range) == "D2:D5"


def test_another_scale_in_one_year() -> None:
    years = ["2006-07", "2007-08", "2008-09", "2009-10", "2010-11"]
    reading = read(
        ["Area", *years],
        ["A", 62000, 71000, 70, 67000, 69000],
        ["B", 161000, 156000, 159, 150000, 176000],
        ["C", 105000, 116000, 112, 114000, 115000],
    )
    (problem,) = asked(reading, Rule.SCALE)
    assert "2008-09" in problem.sentence
    assert asked(reading, Rule.OUTLIER) == []


def test_periods_that_come_twice_or_out_of_step() -> None:
    twice = read(["Offence", "Apr 2011", "May 2011", "May 2011"], ["Burglary", 5, 6, 7])
    assert [str(problem.range) for problem in asked(twice, Rule.PERIOD_TWICE)] == ["D1"]
    broken = read(["Offence", "2008/09", "2009/10", "2019/20", "2011/12", "2012/13"], ["Burglary", 5, 6, 7, 8, 9])
    assert [str(problem.range) for problem in asked(broken, Rule.PERIOD_SEQUENCE)] == ["D1"]


def test_quarters_whose_year_is_not_said() -> None:
    reading = read(["Offence", "2011 Q1", "2011 Q2"], ["Burglary", 5, 6])
    assert [str(problem.range) for problem in asked(reading, Rule.QUARTER_YEAR)] == ["B1"]


def test_a_heading_against_its_rows() -> None:
    reading = read(["Month", "Burglary 2011/12", "Robbery 2011/12"], ["May 2013", 5, 6], ["June 2013", 7, 8])
    assert (
        all(Flag.DOUBTFUL in record.flags for record in reading.records) or asked(reading, Rule.AMBIGUOUS_LAYOUT) == []
    )


def test_days_and_months_swapped() -> None:
    reading = read(
        ["Date", "Calls"],
        [date(2011, 1, 4), 5],
        [date(2011, 2, 4), 6],
        [date(2011, 12, 4), 8],
        ["13/04/2011", 7],
        ["14/04/2011", 9],
    )
    assert len(asked(reading, Rule.DAY_MONTH_SWAP)) == 1


def test_marks_are_asked_about_once_and_never_nought() -> None:
    rows: list[list[CellValue]] = [
        ["Measure", "Q1 2011/12", "Q2 2011/12"],
        ["A", "-", "<5"],
        ["B", "-", 7],
        ["C", 6, "NYA"],
        ["D", CellError.NA, "<5"],
    ]
    reading = read(*rows)
    rules = [problem.rule for problem in reading.problems]
    assert (
        rules.count(Rule.UNKNOWN_MARK)
        == rules.count(Rule.SUPPRESSED)
        == rules.count(Rule.NOT_PUBLISHED)
        == rules.count(Rule.ERROR_CELL)
        == 1
    )
    assert at(reading, 2, 3).bound == Decimal(5)
    told = read(*rows, ["- = not applicable"])
    assert at(told, 2, 2).kind is FigureKind.NOT_APPLICABLE
    assert asked(told, Rule.UNKNOWN_MARK) == []
    profile = Workbook("x", "0" * 64, FileFormat.XLSX, [Sheet("Data", dict(enumerate(rows, start=1)))])
    remembered = read_grid(profile, marks={"-": FigureKind.SUPPRESSED})
    assert at(remembered, 2, 2).kind is FigureKind.SUPPRESSED
    assert asked(remembered, Rule.UNKNOWN_MARK) == []


def test_two_figures_in_a_cell_are_one_question_for_the_column() -> None:
    reading = read(
        ["Month", "Cases (repeats)"], ["April 2011", "21 (1)"], ["May 2011", "20 (4)"], ["June 2011", "19 (2)"]
    )
    (problem,) = asked(reading, Rule.TWO_FIGURES)
    assert str(problem.range) == "B2:B4"
    assert {record.kind for record in reading.records} == {FigureKind.TEXT}


def test_a_hidden_sheet_and_hidden_rows() -> None:
    seen = Sheet("Data", {1: ["Offence", "2011/12"], 2: ["Burglary", 5], 3: ["Robbery", 6]}, hidden_rows=frozenset({3}))
    hidden = Sheet("Old", {1: ["Offence", "2009/10"], 2: ["Burglary", 9]}, hidden=True)
    reading = read_grid(Workbook("x", "0" * 64, FileFormat.XLSX, [seen, hidden]))
    assert {record.sheet for record in reading.records} == {"Data"}
    assert at(reading, 3, 2).flags == {Flag.HIDDEN}
    assert {problem.rule for problem in reading.problems} == {Rule.HIDDEN_SHEET, Rule.HIDDEN_CELLS}


def test_a_dashboard_that_disagrees_with_its_data() -> None:
    front = Sheet(
        "Front", {1: [None, "DASHBOARD"], 3: [None, "Total crime", None, "Burglary"], 4: [None, 19802, None, 2472]}
    )
    data = Sheet(
        "Data",
        {
            1: ["Indicator", "Q1 2011/12", "Q2 2011/12", "Year to date"],
            2: ["Total crime", 9900, 9902, 19802],
            3: ["Residential burglary", 1200, 1227, 2427],
        },
    )
    reading = read_grid(Workbook("x", "0" * 64, FileFormat.XLSX, [front, data]))
    assert {record.sheet for record in reading.records} == {"Data"}
    (problem,) = asked(reading, Rule.SHEETS_DISAGREE)
    assert str(problem.range) == "D4"


def test_a_column_without_a_heading() -> None:
    reading = read(
        ["Ward", "Apr 2011", None, "May 2011"], ["A", 5, None, 6], ["B", 7, 0, 8], ["C", 5, None, 6], ["D", 5, None, 6]
    )
    assert [(str(left.range), left.reason) for left in reading.left_out] == [
        ("C3", "numbers without a heading over them")
    ]


def test_no_period_anywhere_is_one_question() -> None:
    reading = read(["Ward", "Burglary", "Robbery"], ["A", 5, 6], ["B", 7, 8])
    assert len(asked(reading, Rule.NO_PERIOD)) == 1
    assert {record.unit for record in reading.records} == {Unit.COUNT}
