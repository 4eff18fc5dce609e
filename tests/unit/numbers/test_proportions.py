"""What a count says about a share: intervals, chances and numbers of cases as R gives them."""

from __future__ import annotations

import pytest

from scoping.data_sources.split_plan import Part
from scoping.numbers.proportions import cases_needed, chance_at_least, mcnemar, wilson
from tests.label_tables import small_tables


def test_intervals_are_those_of_prop_test_in_r() -> None:
    for case in small_tables()["proportions"]:
        hits, cases = case["correct"], case["n"]
        assert wilson(hits, cases) == pytest.approx(case["wilson95"], abs=1e-9)
        assert wilson(hits, cases, 0.99) == pytest.approx(case["wilson99"], abs=1e-9)


def test_the_inspector_of_the_slides_is_right_in_30_to_90_per_cent() -> None:
    assert wilson(4, 6) == pytest.approx((0.300, 0.903), abs=5e-4)


@pytest.mark.parametrize(("hits", "cases"), [(1, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(hits: int, cases: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(hits, cases)


def test_the_chance_to_reach_what_is_asked_falls_with_what_is_asked() -> None:
    assert chance_at_least(0.0, 90, 100) == 1
    assert chance_at_least(0.9, 90, 100) == pytest.approx(0.5, abs=0.05)
    assert chance_at_least(0.99, 90, 100) < 1e-5


@pytest.mark.parametrize(("half_width", "cases"), [(0.05, 138), (0.02, 864)])
def test_the_cases_needed_for_a_share_of_nine_in_ten_are_the_usual_ones(half_width: float, cases: int) -> None:
    assert cases_needed(0.9, half_width) == cases


def test_mcnemar_is_the_sign_test_of_the_cases_only_one_got_right() -> None:
    assert mcnemar(0, 0) == 1
    assert mcnemar(1, 5) == pytest.approx(2 * (1 + 6) / 2**6)


def test_a_random_split_of_the_slides_hundred_examples_is_off_as_the_hypergeometric_says() -> None:
    case = small_tables()["split_balance"]
    part = Part(case["subset"], case["N"], case["positives"])
    assert part.chance_off() == pytest.approx(case["prob_share_off_by_more_than"]["p"], abs=1e-9)
    assert part.range90() == (case["p05"], case["p95"])
