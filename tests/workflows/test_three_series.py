"""A store that holds three series of total crime at once gives the same lights: series never mix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scs_desktop.domain.agencies import Frequency
from scs_desktop.domain.decisions import Verdict
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import IndicatorPosition, Unrated
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Answers, QuestionKind
from scs_desktop.store import Store
from scs_desktop.workflows.decide import decide
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.shipped import set_up_store
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY, TOTAL_CRIME

Q2, Q4 = date(2011, 9, 30), date(2012, 3, 31)
MONTHS = [f"{year}{number:02d}" for year in range(2010, 2014) for number in range(1, 13)][3:39]
ANNUAL = b"Recorded offences by borough\nArea,Offences,2010-11,2011-12\nBarnet,Total crime,25701,26281\n"
PRINTED = b"Safer Communities Strategy: baselines for Barnet\nIndicator,2010/11\nTotal crime,25705\n"


def monthly() -> bytes:
    """The police's monthly file: all offences in two rows."""
    rest = [total - burglary for total, burglary in zip(TOTAL_CRIME, RESIDENTIAL_BURGLARY, strict=True)]
    rows: list[list[object]] = [
        ["MajorText", "MinorText", "BoroughName", *MONTHS],
        ["BURGLARY", "BURGLARY IN A DWELLING", "Barnet", *RESIDENTIAL_BURGLARY],
        ["ALL OTHER", "ALL OTHER OFFENCES", "Barnet", *rest],
    ]
    return "\n".join(",".join(str(cell) for cell in row) for row in rows).encode()


@dataclass(frozen=True)
class ThreeSeries:
    """A store with three series of one indicator."""

    store: Store
    months: UUID
    annual: UUID
    printed: UUID

    def row(self, code: str, position: date) -> IndicatorPosition:
        found = overview(store=self.store, position=position)
        return next(row for priority in found.priorities for row in priority.indicators if row.code == code)

    def bring(self, data: bytes, name: str, sender: str, series: UUID) -> None:
        """Import a file whose total crime belongs to this series and to no other."""
        agency = agency_named(store=self.store, name=sender).id
        settled = Answers({f"rows/{one}/value": "none" for one in {self.months, self.annual, self.printed} - {series}})
        if series == self.months:
            settled = settled.and_also({f"rows/{series}/value": "all:1"})
        if series == self.annual:
            # A row of the indicator's name is the preferred series unless the officer says that it is another.
            settled = settled.and_also({f"rows/{series}/value": "row:total crime"})
        plan = self.planned(data, name, agency, settled)
        rows = [one.key for one in plan.open_questions if one.kind is QuestionKind.ROWS]
        plan = self.planned(data, name, agency, settled.and_also(dict.fromkeys(rows, "none")))
        assert plan.ready, [one.ask for one in plan.open_questions]
        store_return(store=self.store, plan=plan)

    def planned(self, data: bytes, name: str, agency: UUID, answers: Answers) -> ReturnPlan:
        received = date(2012, 5, 1)
        return plan_return(
            store=self.store, data=data, file_name=name, agency=agency, received=received, answers=answers
        )

    def year(self, series: UUID) -> Decimal:
        """What the series gives for 2010/11, as a year or as the sum of its months."""
        year = financial_year(2010)
        held = {one.period: figure for one, figure in self.store.current_figures([series]).items()}
        if year in held:
            return held[year].measured.value or Decimal(0)
        mine = [
            held[one].measured.value or Decimal(0) for one in held if year.start <= one.start <= one.end <= year.end
        ]
        return sum(mine, Decimal(0))


@pytest.fixture
def three(tmp_path: Path) -> Iterator[ThreeSeries]:
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as store:
        names = {one.id: one.name for one in store.indicators()}
        months = next(
            one for one in store.series() if one.preferred and names.get(one.indicator or one.id) == "Total crime"
        )
        council = agency_named(store=store, name="London Borough of Barnet").id
        annual = replace(months, id=uuid4(), data_set="annual table", frequency=Frequency.YEAR, preferred=False)
        printed = replace(annual, id=uuid4(), data_set="the strategy's own table", agency=council)
        with store.change(summary="Two more series of total crime") as change:
            change.save(annual, printed)
        made = ThreeSeries(store, months.id, annual.id, printed.id)
        made.bring(monthly(), "met monthly.csv", "Metropolitan Police", months.id)
        made.bring(ANNUAL, "met annual.csv", "Metropolitan Police", annual.id)
        made.bring(PRINTED, "strategy table.csv", "London Borough of Barnet", printed.id)
        yield made


def test_each_series_keeps_its_own_figure_of_the_year(three: ThreeSeries) -> None:
    assert [three.year(one) for one in (three.months, three.annual, three.printed)] == [25135, 25701, 25705]


BURGLARIES = "residential burglaries against"


@pytest.mark.parametrize(
    ("code", "position", "figures", "chance"),
    [
        (
            "1.1",
            Q2,
            "13,050 offences against 12,518 in the same months of 2010/11 (+4.2 %)",
            "within the usual movement (p = .135; counting chance alone .0009)",
        ),
        (
            "1.1",
            Q4,
            "25,729 offences against 25,135 in 2010/11 (+2.4 %)",
            "within the usual movement (p = .28; counting chance alone .0086)",
        ),
        (
            "1.3",
            Q2,
            f"1,577 {BURGLARIES} 1,404 in the same months of 2010/11 (+12.3 %)",
            "at the edge of the usual movement (p = .059; counting chance alone .0016)",
        ),
        (
            "1.3",
            Q4,
            f"3,441 {BURGLARIES} 3,354 in 2010/11 (+2.6 %)",
            "within the usual movement (p = .51; counting chance alone .297)",
        ),
    ],
)
def test_the_lights_to_expect_are_those_of_the_preferred_series(
    three: ThreeSeries, code: str, position: date, figures: str, chance: str
) -> None:
    if code == "1.1":
        before = three.row("1.1", position)
        assert before.status.unrated is Unrated.BASELINE_IN_DOUBT
        assert [one.baseline for one in before.readings] == [27705, 25705, 25135]
        for key, proposal in (("count_against_rate:1.1", "count"), ("own_against_published:1.1", "own")):
            decide(
                store=three.store,
                finding_key=key,
                verdict=Verdict.CORRECTED,
                proposal=proposal,
                reason="The same source.",
            )
    sentence = f"Amber: {figures}. A rise of this size is {chance}."
    assert three.row(code, position).status.sentence == sentence


def test_a_line_holds_the_preferred_series_alone(three: ThreeSeries) -> None:
    row = three.row("1.1", Q4)
    assert [int(point.value or 0) for point in row.trend] == list(TOTAL_CRIME[:24])
