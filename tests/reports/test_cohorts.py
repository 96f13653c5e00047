"""Cohorts on paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from scs_desktop.domain.cohort_results import CohortResults, Group, IntakeResult, PairResult, axis_end, chart_text
from scs_desktop.domain.cohorts import Cohort, CohortPair, compare_cohorts
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.intervals import share_interval
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.reports.cohort_svg import cohort_svg
from scs_desktop.reports.cohorts import cohorts_pdf
from scs_desktop.reports.edition import Edition
from tests.reports.papers import letter_sizes, page_texts, tags

EDITION = Edition(date(2013, 6, 1), Marking.OFFICIAL)
PUBLIC = Edition(date(2013, 6, 1), Marking.OFFICIAL, Audience.PUBLIC)


def group(name: str, events: int, size: int) -> Group:
    interval = share_interval(events / size, size)
    return Group(name, size, events, f"{size}", f"{events}", events / size, interval)


def intake(year: int, mine: tuple[int, int], others: tuple[int, int]) -> IntakeResult:
    first, second = group("Reached", *mine), group("Others", *others)
    comparison = compare_cohorts(Cohort("Reached", mine[1], mine[0]), Cohort("Others", others[1], others[0]))
    period = financial_year(year)
    return IntakeResult(period.label, f"March {year + 2}", first, second, comparison, intake=period)


def pair(*rows: IntakeResult, withheld: str = "") -> PairResult:
    made = CohortPair(uuid4(), uuid4(), uuid4(), "Early help", uuid4(), uuid4(), "re-offended", "Assessed alike")
    said = rows[-1].comparison.sentence if rows and rows[-1].comparison else withheld
    return PairResult(
        made, "5  Early intervention", ("Reached", "Others"), rows, None, "", said, "Not drawn by lot.", (), "Council",
        withheld=withheld,
    )  # fmt: skip


def results(*pairs: PairResult, public: bool = False) -> CohortResults:
    days = date(2013, 3, 31), date(2013, 5, 1)
    return CohortResults("Strategy", "Partnership", StoreKind.EXAMPLE, *days, None, pairs, public)


HIDDEN = IntakeResult(
    "2009/10",
    "March 2011",
    Group("Reached", 14, None, "14", "fewer than 5"),
    group("Others", 12, 31),
    None,
    "withheld: small numbers",
    intake=financial_year(2009),
)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


def test_the_finding_both_groups_and_their_source_stand_on_the_page() -> None:
    shown = pair(intake(2010, (13, 47), (26, 61)), intake(2011, (12, 52), (24, 58)))
    text = text_of(cohorts_pdf(results(shown), {shown.pair.id: "cohorts.xlsx, cells B7–G9"}, EDITION))
    assert "Reached: 12 of 52 re-offended (23.1 %). Others: 24 of 58 (41.4 %)." in text
    assert "Not drawn by lot." in text
    assert "2011/12" in text
    assert "clearly fewer p = .041" in text
    assert "Read from cohorts.xlsx, cells B7–G9." in text
    assert "How the groups were chosen: Assessed alike" in text
    assert "Example store" in text


def test_the_drawing_is_told_in_words() -> None:
    shown = pair(intake(2011, (12, 52), (24, 58)))
    pdf = cohorts_pdf(results(shown), {}, EDITION)
    assert chart_text(shown) in [tag.alt for tag in tags(pdf)]
    assert "2011/12: Reached 23.1 % (13.7–36.1 %), Others 41.4 % (29.6–54.2 %)" in chart_text(shown)


def test_groups_are_told_apart_without_colour() -> None:
    svg = cohort_svg(pair(intake(2011, (12, 52), (24, 58))))
    assert svg.count('<circle class="dot"') == svg.count('<rect class="dot"') == 1
    assert svg.count("stroke-dasharray") == 1
    assert ">Reached  23.1 %<" in svg
    assert ">Others  41.4 %<" in svg


def test_what_is_withheld_is_nowhere_on_a_public_page() -> None:
    shown = pair(HIDDEN, intake(2011, (12, 52), (24, 58)))
    text = text_of(cohorts_pdf(results(shown, public=True), {}, PUBLIC))
    assert "fewer than 5 of 14" in text
    assert "withheld: small numbers" in text
    assert "Reached not shown" in text
    assert "Public copy" in text
    assert "21.4 %" not in text, "3 of 14"


def test_a_comparison_that_may_not_be_published_says_only_why() -> None:
    shown = pair(withheld="Not for publication: not before the election.")
    text = text_of(cohorts_pdf(results(shown, public=True), {}, PUBLIC))
    assert "Not for publication: not before the election." in text
    assert "Intake" not in text.split("Each share")[0]


def test_no_letter_is_too_small_to_read() -> None:
    shown = results(pair(HIDDEN, intake(2011, (12, 52), (24, 58))))
    assert min(letter_sizes(cohorts_pdf(shown, {}, EDITION))) >= 7.5


def test_the_axis_ends_past_every_interval() -> None:
    assert axis_end(pair(intake(2011, (12, 52), (24, 58)))) == 0.6
    assert axis_end(pair(intake(2011, (50, 52), (57, 58)))) == 1.0


def test_the_same_page_has_the_same_bytes() -> None:
    shown = results(pair(intake(2011, (12, 52), (24, 58))))
    nobody: dict[UUID, str] = {}
    assert cohorts_pdf(shown, nobody, EDITION) == cohorts_pdf(shown, nobody, EDITION)
