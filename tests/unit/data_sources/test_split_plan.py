"""A random split may miss the classes of a small set by so much; a balanced one keeps them."""

from __future__ import annotations

import json
import math

import pytest

from scoping.data_sources.split_plan import Part, allocated, balanced_split, random_split
from scoping.errors import CalculationError
from tests.tools import reference

SHARES = (0.6, 0.2, 0.2)


def test_the_example_of_the_slides():
    train, dev, test = random_split(100, 30, SHARES)
    assert (train.size, dev.size, test.size) == (60, 20, 20)
    assert test.expected == 6
    assert test.chance_off() == pytest.approx(0.1708118931629, rel=1e-9)
    assert test.range90() == (3, 9)
    assert balanced_split({"defect": 30, "fine": 70}, SHARES) == (
        {"defect": 18, "fine": 42},
        {"defect": 6, "fine": 14},
        {"defect": 6, "fine": 14},
    )


def test_the_chances_are_those_of_the_hypergeometric_distribution_in_r():
    known = json.loads(reference("hlp/intervals_and_small_tables.json").read_text(encoding="utf-8"))["split_balance"]
    part = Part(known["subset"], known["N"], known["positives"])
    off = known["prob_share_off_by_more_than"]
    assert part.chance_off(off["tol"]) == pytest.approx(off["p"], rel=1e-9)
    assert 1 - part.chance_off(1e-9) == pytest.approx(known["prob_exact_share"], rel=1e-9)
    assert part.range90() == (known["p05"], known["p95"])


@pytest.mark.parametrize(
    ("size", "examples", "positives"), [(20, 100, 30), (7, 9, 4), (50, 1_000, 3), (1, 5, 5), (200, 50_000, 1_000)]
)
def test_the_chances_agree_with_scipy(size, examples, positives):
    from scipy.stats import hypergeom

    part, known = Part(size, examples, positives), hypergeom(examples, positives, size)
    off = math.fsum(known.pmf(k) for k in range(size + 1) if abs(k / size - positives / examples) > 0.1 + 1e-9)
    assert part.chance_off() == pytest.approx(off, rel=1e-8, abs=1e-12)
    assert part.chance_none == pytest.approx(known.pmf(0), rel=1e-8, abs=1e-12)
    assert part.range90() == (known.ppf(0.05), known.ppf(0.95))


def test_a_large_set_needs_no_balancing():
    assert random_split(100_000, 30_000, SHARES)[2].chance_off() < 1e-12


@pytest.mark.parametrize(
    ("count", "shares", "found"),
    [(10, (0.5, 0.25, 0.25), (5, 3, 2)), (1, SHARES, (1, 0, 0)), (0, SHARES, (0, 0, 0)), (7, (1 / 3, 1 / 3, 1 / 3), (3, 2, 2))],
)
def test_what_is_left_over_goes_to_the_largest_remainder(count, shares, found):
    assert allocated(count, shares) == found


@pytest.mark.parametrize("count", range(0, 200, 7))
def test_no_example_is_lost_and_no_part_misses_its_share_by_one(count):
    found = allocated(count, SHARES)
    assert sum(found) == count
    assert all(abs(n - count * share) < 1 for n, share in zip(found, SHARES, strict=True))


@pytest.mark.parametrize(
    ("examples", "positives", "shares", "said"),
    [
        (0, 0, SHARES, "0 examples"),
        (100, 101, SHARES, "101 of 100"),
        (100, 30, (0.6, 0.2, 0.1), "add to 90\u00a0%"),
        (100, 30, (0.6, 0.2, float("nan")), "not a number"),
        (100, 30, (1.2, -0.2), "negative"),
        (3, 1, (0.9, 0.05, 0.05), "would be empty"),
    ],
)
def test_splits_that_cannot_be_are_refused(examples, positives, shares, said):
    with pytest.raises(CalculationError, match=said):
        random_split(examples, positives, shares)


def test_shares_that_were_rounded_add_to_all():
    assert [part.size for part in random_split(100, 30, (0.333, 0.333, 0.333))] == [34, 33, 33]
    assert [part.size for part in random_split(100, 30, (0.6, 0.2, 0.19999))] == [60, 20, 20]
