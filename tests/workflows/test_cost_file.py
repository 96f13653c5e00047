"""The shipped table of unit costs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.cost import cost_of_crime
from scs_desktop.workflows.cost_file import cost_table
from scs_desktop.workflows.resource_file import DamagedResourceError


def test_it_ships_switched_off_with_a_source_for_every_amount() -> None:
    table = cost_table()
    assert not table.on
    assert cost_of_crime(table, {"robbery": 5}, prices="2015/16") is None
    assert all(one.source and one.prices for one in table.costs)
    amounts = {(one.kind, one.prices): one.amount for one in table.costs if one.confirmed}
    assert amounts["dwelling_burglary", "2003/04"] == Decimal(3268)
    assert amounts["sexual_offences", "2003/04"] == Decimal(31438)
    assert amounts["robbery", "2015/16"] == Decimal(11320)
    assert {one.kind for one in table.costs if not one.confirmed} == {"dwelling_burglary", "violence_without_injury"}


def test_an_officers_own_table_brings_multipliers_and_deflators(tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    path.write_text(
        '{"format": 1, "on": true, "costs": [{"kind": "robbery", "name": "Robbery", "amount": "100", "prices": "a", '
        '"source": "s", "confirmed": true, "multiplier": "2", "multiplier_source": "m"}], '
        '"deflators": [{"prices": "a", "into": "b", "factor": "1.5", "source": "d"}]}',
        encoding="utf-8",
    )
    cost = cost_of_crime(cost_table(path), {"robbery": 4}, prices="b")
    assert cost is not None
    assert cost.total == 1200
    assert not cost.recorded_only


def test_a_misspelt_field_is_told(tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    path.write_text('{"format": 1, "cots": []}', encoding="utf-8")
    with pytest.raises(DamagedResourceError, match="cots"):
        cost_table(path)
