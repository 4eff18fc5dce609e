"""Earned value and earned schedule equal published projects and the textbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoping.earned import earned, earned_schedule

EXPECTED = Path(__file__).parents[3] / "shared" / "data" / "timeline" / "evm_expected.json"
known = pytest.mark.skipif(not EXPECTED.exists(), reason=f"the cases with known answers are not there: {EXPECTED}")


def expected() -> Any:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def figures(row: dict[str, float], budget: float) -> tuple[float, float, float]:
    """Planned value, earned value and actual cost, found back from differences and ratios."""
    ac = row["CV"] / (row["CPI"] - 1)
    ev = ac * row["CPI"]
    return budget if row["SPI"] == 1 else row["SV"] / (row["SPI"] - 1), ev, ac


@known
def test_every_period_of_the_published_project_is_right():
    case = expected()
    measured = [figures(row, case["BAC"]) for row in case["rows"]]
    planned = [pv for pv, _, _ in measured[: case["planned_duration"]]]
    assert planned[-1] == pytest.approx(case["BAC"], rel=1e-6)
    for row, (pv, ev, ac) in zip(case["rows"], measured, strict=True):
        found = earned(planned, ev, ac, row["period"])
        said = {
            "CPI": found.cpi,
            "SPI": found.spi,
            "ES": found.es,
            "SPI_t": found.spi_t,
            "EAC_cpi": found.eac_cpi,
            "EAC_remaining_at_plan": found.eac_at_plan,
            "EAC_cpi_spi": found.eac_cpi_spi,
            "TCPI": found.tcpi,
            "IEAC_t": found.ieac_t,
            "EAC_t_pf1": found.ends_at_plan_pace,
        }
        assert said == pytest.approx({name: row[name] for name in said}, rel=1e-6, abs=1e-6), row["period"]
        assert found.pv == pytest.approx(pv, rel=1e-6)


@known
def test_in_money_a_late_project_ends_on_schedule_and_in_time_it_does_not():
    last = expected()["rows"][-1]
    assert (last["SPI"], last["period"]) == (1, 13)
    found = earned([40.0 * n for n in range(1, 10)], 360, 349, 13)
    assert found.spi == 1
    assert found.spi_t == pytest.approx(9 / 13)


@known
def test_the_textbook_case_is_right():
    case = expected()["textbook"]
    found = earned([case["PV"], case["BAC"]], case["EV"], case["AC"], 1)
    said = {
        "CPI": found.cpi,
        "SPI": found.spi,
        "EAC_cpi": found.eac_cpi,
        "EAC_remaining_at_plan": found.eac_at_plan,
        "EAC_cpi_spi": found.eac_cpi_spi,
        "TCPI": found.tcpi,
    }
    assert said == pytest.approx({name: case[name] for name in said})


def test_nothing_is_said_of_a_pace_that_cannot_be_known():
    assert earned([], 0, 0, 0).spi is None
    nothing = earned([10, 20], 0, 0, 1)
    assert (nothing.cpi, nothing.eac_cpi, nothing.eac_cpi_spi, nothing.ieac_t) == (None, None, None, None)
    without_costs = earned([10, 20], 5, None, 1)
    assert (without_costs.cpi, without_costs.eac_at_plan, without_costs.tcpi) == (None, None, None)
    assert without_costs.spi_t == 0.5
    assert earned([10, 20], 15, 20, 2).tcpi is None


@pytest.mark.parametrize(("ev", "es"), [(0, 0), (5, 0.5), (10, 2), (15, 2.5), (20, 3), (25, 3)])
def test_earned_schedule_passes_periods_in_which_nothing_was_planned(ev, es):
    assert earned_schedule([10, 10, 20], ev) == es
