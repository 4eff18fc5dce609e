"""Earned schedule equals a published project, and needs no money."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scoping.milestones.earned import earned, earned_schedule
from tests.tools import reference


def expected() -> Any:
    return json.loads(reference("timeline/evm_expected.json").read_text(encoding="utf-8"))


def figures(row: dict[str, float], budget: float) -> tuple[float, float]:
    """Planned and earned value, found back from differences and ratios."""
    ev = row["CV"] / (row["CPI"] - 1) * row["CPI"]
    return budget if row["SPI"] == 1 else row["SV"] / (row["SPI"] - 1), ev


def test_every_period_of_the_published_project_is_right():
    case = expected()
    measured = [figures(row, case["BAC"]) for row in case["rows"]]
    planned = [pv for pv, _ in measured[: case["planned_duration"]]]
    assert planned[-1] == pytest.approx(case["BAC"], rel=1e-6)
    for row, (_, ev) in zip(case["rows"], measured, strict=True):
        found = earned(planned, ev, row["period"])
        said = {"ES": found.es, "SPI_t": found.spi_t, "IEAC_t": found.ieac_t}
        assert said == pytest.approx({name: row[name] for name in said}, rel=1e-6, abs=1e-6), row["period"]


def test_in_money_a_late_project_ends_on_schedule_and_in_time_it_does_not():
    last = expected()["rows"][-1]
    assert (last["SPI"], last["period"]) == (1, 13)
    assert earned([40.0 * n for n in range(1, 10)], 360, 13).spi_t == pytest.approx(9 / 13)


def test_nothing_is_said_of_a_pace_that_cannot_be_known():
    assert earned([], 0, 0).spi_t is None
    assert earned([10, 20], 0, 1).ieac_t is None
    assert earned([10, 20], 5, 1).spi_t == 0.5


@pytest.mark.parametrize(("ev", "period", "es"), [(0, 1, 1), (0, 3, 2), (10, 2, 3), (10, 4, 4), (10, 5, 5), (10, 7, 5), (20, 4, 6)])
def test_a_rest_that_was_planned_is_neither_ahead_nor_behind(ev, period, es):
    assert earned([0, 0, 10, 10, 10, 20], ev, period).es == es


@pytest.mark.parametrize(("ev", "es"), [(0, 0), (5, 0.5), (10, 2), (15, 2.5), (20, 3), (25, 3)])
def test_earned_schedule_passes_periods_in_which_nothing_was_planned(ev, es):
    assert earned_schedule([10, 10, 20], ev) == es
