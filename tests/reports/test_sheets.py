"""The priority sheets and the pack, read back from their PDF: what stands on them, their tags, how they break."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.figures import SourceCell, Unit
from scs_desktop.domain.periods import month
from scs_desktop.domain.position import Light
from scs_desktop.domain.public import public_copy, public_position
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import PriorityOverride
from scs_desktop.domain.snapshot import ImportSummary, Snapshot
from scs_desktop.domain.strategy import Action, ActionStatus, Commentary
from scs_desktop.domain.trend import trend_of
from scs_desktop.domain.trend_layers import Layer
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.paper import pack_pdf, sheets_pdf, summary_pdf
from scs_desktop.reports.pdf import page_count
from scs_desktop.reports.sheets import priority_sheets
from scs_desktop.reports.source_lines import Origins, cell_runs, source_line
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY
from tests.domain.builders import LATE, StrategyBuilder, counted, made_id
from tests.reports.papers import letter_sizes, opened, page_texts, tags

Q2 = date(2012, 9, 30)
PRINTED = date(2012, 11, 5)
LAYERS = frozenset({Layer.PROCESS, Layer.OUTLOOK})
REASON = "the fall is of one week"


def strategy() -> StrategyBuilder:
    """A priority of burglary and vehicle crime, one of reassurance with nothing yet, one derived from the first."""
    made = StrategyBuilder()
    made.indicator("1.1", "Residential burglary", counted("3354", "24.8"), noun="burglaries", headline=True)
    made.months("1.1", date(2010, 4, 1), RESIDENTIAL_BURGLARY[:30], provisional=2)
    made.indicator("1.2", "Vehicle crime", counted("3000"))
    made.months("1.2", date(2010, 4, 1), [250 + 11 * (number % 5) for number in range(30)])
    made.indicator("2.1", "Feel safe", counted("10"), priority=2, unit=Unit.COUNT)
    made.priority(3, "Places where offences take place", derived=("1.1",))
    return made


def snapshot() -> Snapshot:
    made = strategy()
    first, series = made.priorities[0].id, made.series[made_id("series", "1.1")].id
    made.figures[series] = [
        replace(one, import_id=made_id("import"), sources=(SourceCell("Barnet", f"{chr(66 + index % 6)}7", "x"),))
        for index, one in enumerate(made.figures[series])
    ]
    made.actions += [
        Action(made_id("a", 1), first, 1, "mark property", "Crime Prevention Manager", due=date(2012, 6, 30)),
        Action(made_id("a", 2), first, 2, "done long ago", status=ActionStatus.COMPLETE),
        *(Action(made_id("a", number), first, number, f"patrol street {number}") for number in range(3, 80)),
    ]
    whole = made.snapshot(known_on=date(2012, 10, 21))
    summary = ImportSummary(made_id("import"), made.agency.id, "met-2012-q2.xlsx", "", date(2012, 10, 19), None, 4, 30)
    return replace(
        whole,
        imports={summary.id: summary},
        commentary=(
            Commentary(made_id("c"), first, Q2, "Burglary fell after the patrols.", "Borough Commander"),
            Commentary(made_id("d"), first, date(2012, 6, 30), "Said for another position."),
        ),
        overrides=(
            PriorityOverride(made_id("o"), first, Q2, Light.RED, REASON, "partnership board", date(2012, 10, 30)),
        ),
        breaks=(
            SeriesBreak(
                made_id("b"), made.uses["1.2"].indicator, BreakKind.REBASE, month(2011, 10).start, "new car parks"
            ),
        ),
    )


def origins(known: Snapshot) -> Origins:
    figures = [figure for rows in known.figures.values() for figure in rows]
    return Origins({figure.id: figure.sources for figure in figures}, known.imports)


def sheets(
    known: Snapshot,
    numbers: Collection[int] = (1, 2, 3),
    edition: Edition | None = None,
    layers: Collection[Layer] = LAYERS,
) -> bytes:
    position = rate_strategy(known, Q2)
    wanted = [one for one in position.priorities if one.number in numbers]
    made = priority_sheets(position, wanted, known, origins(known), layers)
    return sheets_pdf(position, made, edition or Edition(PRINTED))


@cache
def all_sheets() -> bytes:
    return sheets(snapshot())


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).replace("\u00a0", " ").split())


# --- what stands on them --------------------------------------------------------------------------


def test_a_sheet_has_the_priority_its_light_its_lead_and_each_indicator() -> None:
    text = words(all_sheets())
    position = rate_strategy(snapshot(), Q2)
    for priority in position.priorities:
        assert f"{priority.number} {priority.name}" in text
        assert " ".join(priority.status.sentence.split()) in text
    burglary = position.priorities[0].indicators[0]
    outlook = burglary.outlook
    assert outlook is not None
    for said in (
        burglary.status.sentence, burglary.value_text, burglary.baseline_text, burglary.comparator_text,
        burglary.direction_sentence, outlook.sentence, outlook.run_rate_sentence, "Provisional, up to the position",
        "Lead: Invented Police",
    ):  # fmt: skip
        assert " ".join(said.split()) in text, said
    assert REASON in text
    assert "by the rule: Amber" in text, "what the rule would have said stands beside the board's decision"


def test_each_figure_leads_back_to_its_cells() -> None:
    assert (
        "Source: Police, Data of 1.1: met-2012-q2.xlsx, sheet “Barnet”, cells B7–G7, received 19 October 2012."
        in words(all_sheets())
    )


def test_the_lead_is_heard_on_this_position_alone_and_open_actions_are_listed() -> None:
    text = words(all_sheets())
    assert "Burglary fell after the patrols. – Borough Commander" in text
    assert "Said for another position" not in text
    assert "78 open actions, 1 overdue" in text
    assert "Mark property Crime Prevention Manager 30 June 2012 overdue" in text
    assert "done long ago" not in text


def test_actions_without_a_day_have_no_column_for_it() -> None:
    known = snapshot()
    undated = replace(known, actions=tuple(replace(one, due=None) for one in known.actions))
    assert re.search(r"open actions, 1 overdue\s+Who\s+Due\s+State", words(sheets(known, [1])))
    assert re.search(r"78 open actions\s+Who\s+State", words(sheets(undated, [1])))


def test_a_priority_without_indicators_names_those_it_succeeds_through() -> None:
    pages = [page for page in page_texts(all_sheets()) if "3 Places where" in " ".join(page.split())]
    assert "as rated there" in pages[0]
    assert "1.1" in pages[0]


def test_the_key_names_what_the_charts_hold_and_nothing_else() -> None:
    known = snapshot()
    text = words(sheets(known, [1]))
    for said in ("usual variation", "process limits", "near limits", "baseline", "outlook: median and 80 % range",
                 "break: another meaning or level", "provisional"):  # fmt: skip
        assert said in text, said
    assert text.index("usual variation") < text.index("near limits"), "marks come before lines"
    bare = words(sheets(replace(known, breaks=()), [1], layers=()))
    bare = bare[bare.index("Charts") : bare.index("1.1 Residential burglary")]
    assert "baseline" in bare
    for said in ("usual variation", "process limits", "outlook: median", "break: another", "path to the target"):
        assert said not in bare, said


def test_the_charts_are_drawn_with_their_break_and_limits() -> None:
    text = words(sheets(snapshot(), [1]))
    assert "new car parks" in text
    assert re.search(r"limits \d+ to \d+", text)


# --- how they are set -----------------------------------------------------------------------------


def test_every_light_and_chart_has_its_words_in_the_tags() -> None:
    position = rate_strategy(snapshot(), Q2)
    alts = [tag.alt for tag in tags(all_sheets()) if tag.role == "/Figure"]
    for priority in position.priorities:
        assert mark_of(priority.status).word in " ".join(alts)
    for row in position.priorities[0].indicators:
        first = date(2007, 10, 1)
        assert trend_of(row, first=first, layers=LAYERS).text in alts


def test_the_headings_go_from_priority_to_indicator() -> None:
    levels = [tag.role for tag in tags(all_sheets()) if re.fullmatch(r"/H[1-6]", tag.role)]
    assert levels[:4] == ["/H1", "/H2", "/H2", "/H2"], "priority, two indicators, what the lead says"
    assert levels.count("/H1") == 3


def test_it_is_archival_and_accessible() -> None:
    with opened(all_sheets()) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("en")
    assert "pdfaid:part>2" in metadata
    assert "pdfuaid:part>1" in metadata
    assert "Priority sheets: position to Q2 2012/13" in metadata


def test_each_page_has_marking_dates_and_its_number_and_runs_on_under_its_own_name() -> None:
    pages = page_texts(sheets(snapshot(), [1], Edition(PRINTED, Marking.OFFICIAL_SENSITIVE)))
    assert len(pages) > 2, "78 actions run on"
    for number, page in enumerate(pages, 1):
        text = " ".join(page.split())
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(pages)}" in text
        assert "Position to Q2 2012/13 · data as at 21 October 2012 · printed 5 November 2012" in text
        assert "Example store – illustrative figures" in text
        assert ("Priority 1, continued" in text) == (number > 1)


def test_the_head_of_the_actions_is_repeated_and_no_row_is_split() -> None:
    pages = [" ".join(page.split()) for page in page_texts(sheets(snapshot(), [1]))]
    with_actions = [page for page in pages if "Patrol street" in page]
    assert len(with_actions) > 1
    assert all("78 open actions" in page for page in with_actions)
    for number in range(3, 80):
        assert sum(f"Patrol street {number} not started" in page for page in pages) == 1


def test_an_indicator_stands_whole_on_one_page() -> None:
    made = strategy()
    for number in range(3, 9):
        made.indicator(f"1.{number}", f"Kind {number}", counted("3000"))
        made.months(f"1.{number}", date(2010, 4, 1), [240 + number + 9 * (index % 4) for index in range(30)])
    entered = made.snapshot()
    pages = [" ".join(page.split()) for page in page_texts(sheets(entered, [1]))]
    assert len(pages) > 2
    for number in range(3, 9):
        (page,) = [one for one in pages if f"1.{number} Kind {number}" in one]
        assert f"Source: Police, Data of 1.{number}: entered by hand." in page


def test_no_letter_is_under_seven_and_a_half_points() -> None:
    assert min(letter_sizes(all_sheets())) >= 7.5


def test_the_same_sheets_twice_are_the_same_file() -> None:
    assert sheets(snapshot()) == all_sheets()


# --- the pack -------------------------------------------------------------------------------------


def test_the_pack_is_the_summary_as_it_is_alone_with_the_sheets_behind() -> None:
    known = snapshot()
    position = rate_strategy(known, Q2)
    made = priority_sheets(position, position.priorities, known, origins(known), LAYERS)
    pack = pack_pdf(position, made, Edition(PRINTED))
    alone = summary_pdf(position, None, marking=Marking.OFFICIAL, printed_on=PRINTED)
    assert page_count(alone) == 1
    assert page_count(pack) == page_count(all_sheets()) + 1

    def body(text: str) -> str:
        return re.sub(r"(Board pack|RAG summary): position|Page \d+ of \d+", "", " ".join(text.split()))

    assert body(page_texts(pack)[0]) == body(page_texts(alone)[0])


def test_the_summary_says_who_set_a_light_and_where_figures_break() -> None:
    text = words(summary_pdf(rate_strategy(snapshot(), Q2), None, marking=Marking.OFFICIAL, printed_on=PRINTED))
    assert (
        f"Priorities 1: Red by decision of the partnership board, 30 October 2012: {REASON}; by the rule: Amber" in text
    )
    assert "Breaks 1.2 from October 2011: new car parks" in text


# --- public copies --------------------------------------------------------------------------------


def hiding() -> Snapshot:
    """The same, with the second indicator's figures so low that some may not be told."""
    made = strategy()
    key = made_id("definition", "1.2")
    made.definitions[key] = replace(made.definitions[key], hide_small=True)
    series = made.series[made_id("series", "1.2")].id
    made.figures[series] = [
        replace(one, measured=replace(one.measured, value=Decimal(2 + index % 7)))
        for index, one in enumerate(made.figures[series])
    ]
    return replace(made.snapshot(known_on=date(2012, 10, 21)), imports=snapshot().imports)


def public_pack(known: Snapshot) -> bytes:
    position = public_position(known, Q2, on=PRINTED)
    copy = public_copy(known, on=PRINTED).snapshot
    made = priority_sheets(position, position.priorities, copy, Origins({}, {}), LAYERS)
    return pack_pdf(position, made, Edition(PRINTED, Marking.OFFICIAL, Audience.PUBLIC))


def test_no_number_of_a_withheld_row_stands_anywhere_in_the_public_pack() -> None:
    known = hiding()
    row = rate_strategy(known, Q2).indicator(next(use.id for use in known.uses if use.code == "1.2"))
    said = " ".join([row.status.sentence, row.direction_sentence, row.recent_sentence, row.outlook_sentence,
                     *row.status.details, row.status.moved_text])  # fmt: skip
    telling = set(re.findall(r"[+−]?\d[\d,]*\.\d+ ?%?|[+−]\d+ ?%|\(p = [^)]*\)", said))
    assert len(telling) > 3
    board = words(sheets(known, [1]))
    text = words(public_pack(known))
    alts = " ".join(tag.alt for tag in tags(public_pack(known)))
    assert all(one in board for one in telling)
    other = [one for one in telling if one in text + alts]
    shown = rate_strategy(known, Q2).priorities[0].indicators[0]
    assert all(one in " ".join([shown.status.sentence, *shown.status.details]) for one in other), other
    assert "Public copy" in text
    assert "1.2 Vehicle crime" in text
    assert "Suppressed: figures that tell of fewer than 5 cases are withheld" in text


def test_two_worlds_that_differ_in_hidden_numbers_alone_print_the_same_public_file() -> None:
    known = hiding()
    series = made_id("series", "1.2")
    rows = list(known.figures[series])
    changed = [
        replace(one, measured=replace(one.measured, value=Decimal(4)))
        if one.measured.value == 2 and one.key.period.start >= date(2011, 4, 1)
        else one
        for one in rows
    ]
    other = replace(known, figures={**known.figures, series: tuple(changed)})
    assert sheets(other, [1]) != sheets(known, [1])
    assert public_pack(other) == public_pack(known)


def test_no_file_no_post_and_no_doubt_stands_in_a_public_copy() -> None:
    known = snapshot()
    text = words(public_pack(known))
    for said in ("xlsx", "sheet “", "Borough Commander", "Crime Prevention Manager", "Open doubt", "open doubt"):
        assert said not in text, said
    assert "Burglary fell after the patrols." in text
    assert "Source: Police, Data of 1.1." in text
    assert "Example store – illustrative figures" in text
    assert "provisional" in text


# --- source lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["H5"], "H5"),
        (["H5", "I5", "J5", "M5"], "H5–J5 and M5"),
        (["B2", "B3", "B4"], "B2–B4"),
        (["Z1", "AA1"], "Z1–AA1"),
        (["A1", "C3", "E5", "G7", "I9", "K11"], "A1, C3, E5, G7 and 2 more"),
        (["line 4"], "line 4"),
    ],
)
def test_cells_beside_one_another_are_drawn_together(cells: list[str], said: str) -> None:
    assert cell_runs(cells) == said


def test_a_figure_typed_by_hand_says_so() -> None:
    known = strategy().snapshot(LATE)
    assert source_line(known.figures[made_id("series", "1.2")][:2], origins(known)) == "entered by hand"
