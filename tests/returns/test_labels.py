"""Header texts made comparable."""

import pytest

from scs_desktop.returns.labels import key_path, plain, undated


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("  BURGLARY  in a dwelling ", "burglary in a dwelling"),
        ("Fraud5,6", "fraud"),
        ("Robbery (1)", "robbery"),
        ("Theft & handling", "theft and handling"),
        ("Residents’ survey", "residents' survey"),
        ("zero\u200bwidth", "zerowidth"),
        ("Children under 18", "children under 18"),
        ("Anti-social behaviour", "anti social behaviour"),
    ],
)
def test_the_same_words_compare_alike(written: str, compared: str) -> None:
    assert plain(written) == compared


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Recorded offences Q2 2011/12", "recorded offences"),
        ("Apr-11", ""),
        ("201004", ""),
        ("April 2011 to June 2011", ""),
        ("12 months to March 2012", ""),
        ("Recorded crime (2011/12)", "recorded crime"),
        ("Robbery", "robbery"),
    ],
)
def test_periods_are_taken_out_of_a_title(written: str, left: str) -> None:
    assert undated(written) == left


def test_an_officer_may_type_a_path_as_it_stands_in_the_sheet() -> None:
    assert key_path("BURGLARY > Burglary in a Dwelling") == ("burglary", "burglary in a dwelling")
