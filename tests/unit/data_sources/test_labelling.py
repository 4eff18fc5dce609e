"""What labelling takes, and whether labellers agree enough."""

from __future__ import annotations

import pytest

from scoping.data_sources.labelling import Agreement, effort


def test_items_times_labels_times_minutes_times_rate():
    found = effort(1_000, 3, 2, 20_00)
    assert (found.labels, found.hours, found.days, found.cost) == (3_000, 100, 12.5, 2_000_00)


def test_without_a_rate_the_cost_is_not_known_and_not_zero():
    assert effort(10, 1, 1, None).cost is None
    assert effort(10, 1, 1, 0).cost == 0


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Agreement(95, 92, 97), "is met"),
        (Agreement(80, 76, 84), "is missed"),
        (Agreement(91, 86, 95), "Too little data to say"),
        (Agreement(92, 90, 94), "is met"),
    ],
)
def test_a_target_is_met_or_missed_only_when_the_whole_interval_says_so(seen, said):
    assert said in seen.says(90)


def test_an_effort_without_end_has_no_cost() -> None:
    assert effort(10**300, 10**6, 1e300, 10**9).cost is None
