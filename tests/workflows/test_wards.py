"""From a partner's ward return to the wards' page: who is high, from which cells, and what the public may see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from installer.example_figures import Quarter, table, whole
from installer.make_ward_examples import CLASSES, TOTAL, by_ward
from scs_desktop.cli.as_json import plain
from scs_desktop.cli.wards import wards_text
from scs_desktop.domain.areas import AreaKind
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.places import WardRow, funnel_of
from scs_desktop.domain.publication import Marking, PublicationRule
from scs_desktop.domain.strategy import Denominator
from scs_desktop.domain.suppression import Suppressed, Withheld
from scs_desktop.domain.ward_page import WardPage, WardSpan
from scs_desktop.domain.ward_publication import ELSEWHERE, YearSoFar
from scs_desktop.domain.wards import FunnelPosition
from scs_desktop.returns.questions import Answers
from scs_desktop.returns.reader import read_bytes
from scs_desktop.store import Store
from scs_desktop.workflows.overview import cut_on, look
from scs_desktop.workflows.wards import use_with_code, ward_sources, wards
from tests.domain.test_suppression import possible_range
from tests.domain.test_ward_publication import possible
from tests.workflows.ward_store import (
    BOROUGH,
    BY_WARD,
    EXAMPLES,
    HOMES,
    crime_answers,
    own_store,
    planned,
    stored,
    ward_store,
)

MARCH = date(2011, 3, 31)
BURGLARY = ("BURGLARY", "BURGLARY IN A DWELLING")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Make the store once; nothing that uses it changes it."""
    with ward_store(tmp_path_factory.mktemp("wards") / "own.scs") as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """An empty store with the shipped strategy."""
    with own_store(tmp_path / "own.scs") as made:
        yield made


def shown(store: Store, code: str = "1.3", to: date | None = MARCH, **how: object) -> WardPage:
    return wards(store=store, use=use_with_code(store=store, code=code), position=to, **how)  # type: ignore[arg-type]


def rows(page: WardPage) -> Mapping[str, WardRow]:
    assert page.places is not None, page.reason
    return {row.name: row for row in page.places.rows}


# --- the example ----------------------------------------------------------------------------------


def test_the_wards_and_the_unknown_add_up_to_the_boroughs_recorded_crime() -> None:
    recorded = {(row["group"], row["offence"]): row for row in table("met-recorded-crime")}
    for month in Quarter(2011, 4).months:
        spread = by_ward(month)
        assert sum(spread[BURGLARY]) == whole(recorded[BURGLARY][month])
        assert sum(spread[TOTAL]) == sum(whole(row[month]) for row in recorded.values())
        assert {len(counts) for counts in spread.values()} == {22}
        assert set(spread) == {*CLASSES, TOTAL}


def test_households_and_residents_by_ward_add_up_to_what_the_strategys_own_rates_imply() -> None:
    homes = table("wards")
    assert (sum(whole(row["households"]) for row in homes), sum(whole(row["population"]) for row in homes)) == (
        135341,
        343100,
    )


def test_after_the_boroughs_return_a_first_one_by_ward_asks_nothing_and_neither_does_a_second(own: Store) -> None:
    stored(own, planned(own, BOROUGH, answers=crime_answers()))
    for name in (BY_WARD, "met-crime-by-ward-2011-12-q2.xlsx"):
        plan = planned(own, name, agency="Met")
        assert len({one.key.area for one in plan.figures}) == 21
        assert {one.name for one in plan.figures} >= {"Residential burglary", "Total crime"}
        stored(own, plan)
    # The row “Total crime” by ward has not displaced the answer that the borough's total is a sum of rows.
    later = planned(own, "met-recorded-crime-2011-12-q1.xlsx", agency="Met")
    assert later.open_questions == ()
    assert {len(one.sources) for one in later.figures if one.name == "Total crime"} == {28}


# --- the page -------------------------------------------------------------------------------------


def test_an_indicator_is_put_ward_by_ward_with_who_stands_out(store: Store) -> None:
    page = shown(store)
    found = rows(page)
    assert list(found) == sorted(found)
    assert len(found) == 21
    high = {name for name, row in found.items() if row.rate and row.rate.position is FunnelPosition.VERY_HIGH}
    assert high == {"Childs Hill", "Golders Green"}
    assert page.places is not None
    known = sum(row.count or 0 for row in found.values())
    assert (page.places.total_text, page.places.elsewhere) == ("3,354", str(3354 - known))
    assert page.places.area_rate == pytest.approx(3354 / 135.341, abs=1e-6)
    assert page.title == "1.3 Residential burglary by ward, April 2010 – March 2011"
    assert page.notes == (
        "Rates: Households of March 2011, London Borough of Barnet.",
        (
            f"{3354 - known} of the borough's 3,354 have no ward in the return from Metropolitan Police; they are in "
            "the borough's rate and in no ward's."
        ),
    )
    assert page.illustrative
    assert [one.code for one in page.indicators] == ["1.1", "1.2", "1.3", "3.1"]


def test_the_quotient_is_a_wards_share_of_its_own_offences(store: Store) -> None:
    page = shown(store)
    everything = rows(shown(store, "1.1"))
    assert page.quotient_of == "Total crime"
    for name, row in rows(page).items():
        mine, all_mine = row.count, everything[name].count
        assert mine is not None
        assert all_mine is not None
        assert row.quotient is not None
        assert row.quotient.value == pytest.approx(mine / all_mine / (3354 / 25135))
    assert shown(store, "1.1").quotient_of == ""


def test_without_a_choice_the_most_particular_headline_is_shown(store: Store) -> None:
    assert wards(store=store, position=MARCH).code == "1.3"


def test_months_stand_side_by_side_and_the_year_is_counted_to_the_position(store: Store) -> None:
    page = shown(store, to=date(2010, 9, 30))
    assert page.places is not None
    assert page.places.period.label == "April–September 2010"
    assert page.places.total_text == "1,404"
    assert page.places.charts is not None
    assert {len(panel.points) for panel in page.places.charts.panels} == {6}
    assert page.places.charts.ends == ("Apr 2010", "Sep 2010")


def test_the_twelve_months_need_every_month_of_them(store: Store) -> None:
    assert rows(shown(store, span=WardSpan.TWELVE_MONTHS))["Hale"].count == rows(shown(store))["Hale"].count
    early = shown(store, to=date(2010, 9, 30), span=WardSpan.TWELVE_MONTHS)
    assert early.places is None
    assert early.reason == (
        "No ward has a figure for every month (12 months to September 2010): no figure for October 2009. "
        "Figures by ward are of April 2010 to March 2011. Choose another position, or other months."
    )


def test_a_later_position_shows_the_latest_months_there_are_and_says_so(store: Store) -> None:
    page = shown(store, to=date(2011, 12, 31))
    assert page.places is not None
    assert page.places.period.end == MARCH
    assert page.notes[0] == "Figures by ward reach to March 2011; the position is Q3 2011/12."


def test_what_was_not_known_then_is_not_shown_then(store: Store) -> None:
    cut = cut_on(store=store, day=date(2011, 5, 1))
    page = shown(store, as_at=cut)
    assert page.places is None
    assert page.reason.startswith("There are no figures of Residential burglary by ward. Ask Metropolitan Police")
    without_homes = shown(store, as_at=cut_on(store=store, day=date(2011, 5, 2)))
    assert rows(without_homes)["Hale"].rate is None
    assert rows(without_homes)["Hale"].count_band is not None
    assert any(
        note.startswith("No number of households for 21 wards, so there are no rates: import")
        for note in without_homes.notes
    )
    assert without_homes.places is not None
    assert funnel_of(without_homes.places) is None


def test_numbers_of_homes_that_are_no_return_do_as_well(own: Store) -> None:
    stored(own, planned(own, BOROUGH, answers=crime_answers()))
    stored(own, planned(own, BY_WARD))
    places = [area for area in look(store=own).areas.values() if area.kind is AreaKind.WARD and area.valid_to]
    with own.change(summary="Homes by ward") as change:
        change.save(*(Denominator(uuid4(), "households", area.id, Decimal(6000), "Council") for area in places))
    hale = rows(shown(own))["Hale"]
    assert hale.rate is not None
    assert hale.count is not None
    assert hale.rate.rate == pytest.approx(hale.count / 6)


def test_what_is_no_count_has_no_wards(store: Store) -> None:
    assert "so it is not shown by ward" in shown(store, "2.1").reason
    with pytest.raises(UserError, match=r"No indicator has the code “9\.9”"):
        use_with_code(store=store, code="9.9")


# --- back to the cells ----------------------------------------------------------------------------


def test_every_number_of_a_ward_leads_back_to_its_cells(store: Store) -> None:
    page = shown(store)
    hill = rows(page)["Childs Hill"]
    sources = ward_sources(store=store, page=page, ward=hill.area)
    kept = {name: read_bytes((EXAMPLES / name).read_bytes(), file_name=name) for name in (BY_WARD, HOMES)}
    for one in sources:
        sheet = next(sheet for sheet in kept[one.file].sheets if sheet.name == one.sheet)
        column, row = re.fullmatch(r"([A-Z])(\d+)", one.cell).groups()  # type: ignore[union-attr]
        cells = sheet.rows[int(row)]
        assert cells[0] == "Childs Hill"
        assert str(cells[ord(column) - ord("A")]) == one.text
    mine = [one for one in sources if one.part == "Residential burglary"]
    assert sum(int(one.text) for one in mine) == hill.count
    assert len([one for one in sources if one.part == "Total crime"]) == 12
    assert [one.text for one in sources if one.part == "Households"] == ["8131"]


# --- rows that are not there, wards that changed --------------------------------------------------

HEAD = "Ward,Offence,"


def returned(*lines: str, months: str = "Apr-11,May-11") -> bytes:
    return "\n".join([f"{HEAD}{months}", *lines, ""]).encode()


def test_a_ward_without_any_row_is_nought_where_the_agency_leaves_such_rows_out(own: Store) -> None:
    lines = ("Hale,Burglary in a dwelling,3,4", "Hale,Theft,30,40", "Mill Hill,Theft,20,21")
    asked = planned(own, "wards.csv", returned(*lines), agency="Met")
    absent = {one.key for one in asked.open_questions if "Does an absent row mean zero?" in one.ask}
    assert absent
    given = {one.key: "zero" if one.key in absent else one.choices[0].key for one in asked.open_questions}
    plan = planned(own, "wards.csv", returned(*lines), agency="Met", answers=Answers(given))
    stored(own, plan)
    found = rows(shown(own, to=date(2011, 5, 31)))
    assert (found["Hale"].count, found["Mill Hill"].count, found["Oakleigh"].count) == (7, 0, 0)


def test_without_that_answer_a_ward_without_rows_has_no_figures(own: Store) -> None:
    stored(own, planned(own, "wards.csv", returned("Hale,Burglary in a dwelling,3,4"), agency="Met"))
    found = rows(shown(own, to=date(2011, 5, 31)))
    assert (found["Hale"].count, found["Oakleigh"].count_text) == (7, "no figures")
    assert found["Oakleigh"].sentence == "Oakleigh: no figures: no figure for April 2011."


def test_what_wards_without_figures_have_is_not_called_offences_without_a_ward(own: Store) -> None:
    lines = ("Barnet,Burglary in a dwelling,20,30", "Hale,Burglary in a dwelling,3,4")
    stored(own, planned(own, "wards.csv", returned(*lines), agency="Met"))
    page = shown(own, to=date(2011, 5, 31))
    assert page.places is not None
    assert (page.places.total_text, page.places.elsewhere) == ("50", "")
    assert not any("have no ward" in note for note in page.notes)
    assert any(note.startswith("No complete figures for 20 wards: Brunswick Park,") for note in page.notes)


def test_where_the_borough_is_the_wards_sum_so_are_all_offences_behind_the_quotient(own: Store) -> None:
    names = [area.name for area in look(store=own).areas.values() if area.kind is AreaKind.WARD and area.valid_to]
    lines = [f"{name},{what}" for name in names for what in ("Burglary in a dwelling,5,5", "Theft,15,15")]
    lines[1] = f"{names[0]},Theft,5,5"
    asked = planned(own, "wards.csv", returned(*lines), agency="Met")
    given = {one.key: one.choices[0].key for one in asked.open_questions}
    stored(own, planned(own, "wards.csv", returned(*lines), agency="Met", answers=Answers(given)))
    row = rows(shown(own, to=date(2011, 5, 31)))[names[0]]
    assert row.quotient is not None
    assert row.quotient.value == pytest.approx(10 / 20 / (210 / 820))


def test_after_a_change_of_wards_the_new_ones_are_shown_from_when_they_have_figures(own: Store) -> None:
    lines = ("Hendon,Burglary in a dwelling,3,4,5", "Barnet Vale,Burglary in a dwelling,1,2,6")
    stored(own, planned(own, "wards.csv", returned(*lines, months="Jul-22,Aug-22,Sep-22"), agency="Met"))
    page = shown(own, to=date(2022, 9, 30))
    assert page.places is not None
    assert (len(page.places.rows), page.places.period.label) == (24, "July–September 2022")
    assert page.notes[0] == "The borough's wards changed on 5 May 2022: figures from July 2022 on."
    assert rows(page)["Barnet Vale"].count == 9
    assert "Hale" not in rows(page)


# --- what leaves the building ---------------------------------------------------------------------


def test_small_counts_of_a_sensitive_indicator_make_the_boards_copy_sensitive(own: Store) -> None:
    stored(own, planned(own, BOROUGH, answers=crime_answers()))
    stored(own, planned(own, BY_WARD))
    assert shown(own, "3.1", date(2010, 4, 30)).marking is Marking.OFFICIAL
    snapshot = look(store=own)
    use = next(one for one in snapshot.uses if one.code == "3.1")
    definition = snapshot.definition_of(use)
    with own.change(summary="Violence is sensitive") as change:
        change.save(replace(definition, hide_small=True))
    assert shown(own, "3.1", date(2010, 4, 30)).marking is Marking.OFFICIAL_SENSITIVE
    assert shown(own, "3.1").marking is Marking.OFFICIAL
    assert shown(own, "3.1", date(2010, 4, 30), public=True).marking is Marking.OFFICIAL


def test_what_may_not_be_published_yet_is_not_in_the_publics_copy(own: Store) -> None:
    stored(own, planned(own, BOROUGH, answers=crime_answers()))
    stored(own, planned(own, BY_WARD))
    series = next(
        one for one in look(store=own).series.values() if one.indicator and one.data_set == "Recorded crime by month"
    )
    rule = PublicationRule(uuid4(), "embargo until the board has met", series=series.id)
    with own.change(summary="Embargo") as change:
        change.save(rule)
    code = next(one.code for one in look(store=own).uses if one.indicator == series.indicator)
    assert (
        shown(own, code, public=True).reason == "These figures are not for publication: embargo until the board has met"
    )
    assert shown(own, code).places is not None


def test_neither_a_past_day_nor_a_quotient_gets_round_what_may_not_be_published(own: Store) -> None:
    stored(own, planned(own, BOROUGH, answers=crime_answers()))
    stored(own, planned(own, BY_WARD), date(2011, 5, 2))
    snapshot = look(store=own)
    cut = cut_on(store=own, day=date(2011, 5, 3))
    series = {use.code: one for use in snapshot.uses if (one := snapshot.preferred_series(use)) is not None}
    with own.change(summary="Embargo") as change:
        change.save(PublicationRule(uuid4(), "not agreed", series=series["1.1"].id))
    assert {row.quotient for row in rows(shown(own, public=True)).values()} == {None}
    assert shown(own, public=True).quotient_of == ""
    with own.change(summary="Embargo") as change:
        change.save(PublicationRule(uuid4(), "not agreed", series=series["1.3"].id))
    assert shown(own, public=True, as_at=cut).reason == "These figures are not for publication: not agreed"


def test_no_quotient_tells_a_count_of_all_offences_that_its_own_public_copy_withholds(own: Store) -> None:
    names = [area.name for area in look(store=own).areas.values() if area.kind is AreaKind.WARD and area.valid_to]
    counts = dict.fromkeys(names, (10, 30)) | {names[0]: (0, 3), names[1]: (6, 6)}
    lines = [f"{name},Burglary in a dwelling,{one}" for name, (one, _) in counts.items()]
    lines += [f"{name},Theft,{other}" for name, (_, other) in counts.items()]
    data = returned(*lines, months="Apr-11")
    asked = planned(own, "wards.csv", data, agency="Met")
    given = {one.key: one.choices[0].key for one in asked.open_questions}
    stored(own, planned(own, "wards.csv", data, agency="Met", answers=Answers(given)))
    whole = rows(shown(own, "1.1", date(2011, 4, 30), public=True))
    kept_back = {name for name, row in whole.items() if row.count is None}
    assert kept_back >= {names[0], names[1]}
    burglary = rows(shown(own, to=date(2011, 4, 30), public=True))
    assert burglary[names[1]].count == 6
    assert not any(burglary[name].quotient for name in kept_back)
    assert burglary[names[5]].quotient is not None


@pytest.mark.parametrize(
    ("code", "month"), [("3.1", date(2010, 4, 30)), ("3.1", date(2010, 5, 31)), ("1.3", date(2010, 4, 30))]
)
def test_nobody_works_out_a_withheld_count_from_the_publics_page_and_the_boroughs_totals(
    store: Store, code: str, month: date
) -> None:
    truth = {name: row.count for name, row in rows(shown(store, code, month)).items()}
    page = shown(store, code, month, public=True)
    counts, hidden, said = published(page)
    assert set(hidden) == {name for name in truth if name not in counts}
    assert all(counts[name] == truth[name] for name in truth if name in counts)
    assert any(value is not None and 0 < value < 5 for value in truth.values()) == bool(hidden)
    small = {name for name, value in truth.items() if value is not None and 0 < value < 5}
    assert small <= set(hidden)
    # Nothing that is said of a withheld ward holds a figure: no rate, no limits, no quotient, no point in the chart.
    for name in hidden:
        assert re.search(rf"{name}\W+(fewer than 5|withheld)", said)
        assert not re.search(rf"{name}[^.\n]*?\d[\d.,]* per", said)
    parts = tuple(one for one in [*counts, *hidden] if one != "Borough")
    found = Suppressed({**counts}, hidden)
    for name in hidden:
        low, high = possible_range(found, {"Borough": parts}, name)
        assert low < high, (name, low, high)


def test_nor_from_all_the_pages_of_the_year_together(store: Store) -> None:
    ends = [date(2010, 4, 30), date(2010, 5, 31), date(2010, 6, 30), date(2010, 7, 31)]
    months, papers = [], []
    for end in ends:
        truth = {name: row.count or 0 for name, row in rows(shown(store, "3.1", end)).items()}
        counts, hidden, _ = published(shown(store, "3.1", end, public=True))
        total = counts.pop("Borough")
        months.append(YearSoFar(truth, total))
        named = {"No ward known": ELSEWHERE}
        kept = {named.get(name, name): value for name, value in counts.items()}
        papers.append(
            Suppressed({**kept, "borough": total}, {named.get(name, name): why for name, why in hidden.items()})
        )
    assert papers[0].withheld
    for number, paper in enumerate(papers):
        for name in paper.withheld:
            low, high = possible(months, papers, number, name)
            assert low < high, (ends[number], name)


def published(page: WardPage) -> tuple[dict[str, int], dict[str, Withheld], str]:
    """Read back what the public's page says, as text and as data: the counts, the withheld cells, and every word."""
    said = wards_text(page)
    counts: dict[str, int] = {}
    hidden: dict[str, Withheld] = {}
    lines = said.splitlines()
    for line in lines[lines.index(next(one for one in lines if one.startswith("Ward  "))) + 1 :]:
        cells = re.split(r"\s{2,}", line)
        if len(cells) < 2:
            break
        if cells[1] in {"fewer than 5", "withheld"}:
            hidden[cells[0]] = Withheld.SMALL if cells[1] == "fewer than 5" else Withheld.PROTECTS
        else:
            counts[cells[0]] = int(cells[1].replace(",", ""))
    data = plain(page)
    assert isinstance(data, dict)
    for row in data["places"]["rows"]:
        if row["name"] in hidden:
            assert {key for key, value in row.items() if value not in (None, "")} == {
                "area", "name", "count_text", "sentence",
            }  # fmt: skip
    assert data["places"]["charts"] is None
    chart = funnel_of(page.places) if page.places is not None else None
    drawn = json.dumps(plain(chart))
    assert not any(json.dumps(name) in drawn for name in hidden)
    return counts, hidden, f"{said}\n{chart.text if chart is not None else ''}"


def test_the_publics_copy_counts_the_year_alone_and_leads_to_no_cell(store: Store) -> None:
    page = shown(store, public=True, span=WardSpan.TWELVE_MONTHS)
    assert page.span is WardSpan.YEAR_TO_DATE
    assert ward_sources(store=store, page=page, ward=rows(page)["Hale"].area) == ()
    assert page.places is not None
    assert page.places.charts is None
    assert "Single months are left out of the public's copy: too many of them are small." in page.notes


def test_a_strange_use_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="no such indicator"):
        wards(store=store, use=UUID(int=1), position=MARCH)


def test_the_moment_of_a_change_is_not_needed_to_show_what_is_now(store: Store) -> None:
    assert shown(store).known_on == datetime.now(UTC).date()
