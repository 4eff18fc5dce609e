"""A range says how little is known, and draws from it say exactly that."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.special import betaincinv, ndtri

from scoping.numbers.ranges import Factor, Input, Metalog, Range, Spread, draws, likely_product, product
from scoping.numbers.shapes import Shape
from tests.closed_forms import closed_forms

every_shape = pytest.mark.parametrize("shape", Shape)


def bounded(case, shape):
    return Range(case["a"], case["m"], case["b"], shape)


def check_quantiles(range_, case):
    for key in ("p5", "p10", "p25", "p50", "p75", "p80", "p90", "p95"):
        if key in case:
            assert float(range_.quantile(float(key[1:]) / 100)) == pytest.approx(case[key], rel=1e-6), key


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR])
def test_bounded_ranges_have_the_known_moments_and_percentiles(shape):
    for case in closed_forms(shape.value):
        one = bounded(case, shape)
        assert one.mean == pytest.approx(case["mean"], rel=1e-9)
        assert one.sd == pytest.approx(case["sd"], rel=1e-9)
        check_quantiles(one, case)


def test_the_sd_of_pert_is_not_a_sixth_of_the_width():
    for case in closed_forms("pert"):
        assert bounded(case, Shape.PERT).sd != pytest.approx(case["classic_sd_b_minus_a_over_6"], rel=1e-3)


def test_metalogs_have_the_known_terms_and_percentiles():
    for case in closed_forms("metalog3"):
        one = Metalog.through(*case["q"], floor=0.0 if case["kind"] == "semi" else None)
        assert one.is_feasible == case["feasible"]
        assert (one.median, one.scale, one.skew) == pytest.approx(case["a"], rel=1e-9)
        check_quantiles(one, case)


def test_a_product_of_lognormal_ranges_is_the_known_lognormal():
    for case in closed_forms("lognormal_product"):
        factors = [
            Factor(name, Range.stated(low, None, high, Shape.LOGNORMAL)) for name, (low, high) in case["inputs_p5_p95"].items()
        ]
        drawn = draws({factor.id: Input(factor.range) for factor in factors}, 100_000, seed=1)
        values = case["constant"] * product(factors, drawn)
        assert case["constant"] * likely_product(factors) == pytest.approx(case["median"], rel=1e-9)
        assert values.mean() == pytest.approx(case["mean"], rel=0.005)
        assert values.std() == pytest.approx(case["sd"], rel=0.06)
        for key, share in (("p5", 0.05), ("p10", 0.1), ("median", 0.5), ("p90", 0.9), ("p95", 0.95)):
            assert np.quantile(values, share) == pytest.approx(case[key], rel=0.01), key
        assert np.mean(values > 1e6) == pytest.approx(case["prob_above_1e6"], abs=5e-5)


@pytest.mark.parametrize("ends", [(2, 4, 10), (2, 2, 10), (2, 10, 10), (-5, 0, 1), (1, 1.001, 1e9)])
def test_a_pert_percentile_is_right_to_a_ten_millionth_of_the_width(ends):
    low, likely, high = ends
    share = np.linspace(0.001, 0.999, 999)
    alpha = 1 + 4 * (likely - low) / (high - low)
    exact = low + (high - low) * betaincinv(alpha, 6 - alpha, share)
    assert np.abs(Range(low, likely, high).quantile(share) - exact).max() <= 2e-7 * (high - low)


@every_shape
def test_many_draws_have_the_mean_and_sd_of_the_range(shape):
    one = Range(2, 4, 8, shape)
    drawn = draws({"a": Input(one)}, 100_000)["a"]
    assert drawn.mean() == pytest.approx(one.mean, rel=2e-4)
    if np.isfinite(one.sd):
        assert drawn.std() == pytest.approx(one.sd, rel=0.02)


def test_the_moments_of_a_metalog_agree_with_its_percentiles():
    share = (np.arange(1_000_000) + 0.5) / 1_000_000
    for one in (Metalog.through(10, 20, 40), Metalog.through(10, 20, 40, floor=0.0), Metalog.through(10, 30, 40, floor=5.0)):
        mean, sd = one.moments
        assert one.quantile(share).mean() == pytest.approx(mean, rel=1e-4)
        assert one.quantile(share).std() == pytest.approx(sd, rel=1e-2)


@pytest.mark.parametrize(
    ("range_", "has_mean", "inverse_has"),
    [
        (Range(1, 100, 20_000, Shape.METALOG), False, False),
        (Range(10, 20, 40, Shape.METALOG), True, True),
        (Range(1, 2, 400, Shape.METALOG), False, True),
        (Range(1, 200, 400, Shape.METALOG), True, False),
        (Range(-5, 20, 60, Shape.METALOG), True, True),
        (Range(1, 100, 20_000, Shape.LOGNORMAL), True, True),
        (Range(1, 100, 20_000), True, True),
        (Range(7, 7, 7, Shape.METALOG), True, True),
    ],
)
def test_a_range_knows_whether_it_and_its_inverse_have_a_mean(range_, has_mean, inverse_has):
    assert (range_.has_mean(), range_.has_mean(inverse=True)) == (has_mean, inverse_has)
    assert Factor("f", range_, divides=True).has_mean == inverse_has
    if range_.shape is Shape.METALOG and not range_.is_constant:
        assert np.isfinite(range_.mean) == has_mean


def test_a_tail_too_heavy_for_a_mean_or_an_sd_has_an_infinite_one():
    assert Metalog.through(10, 20, 60, floor=0.0).moments[1] == np.inf
    assert Metalog.through(1, 100, 20_000, floor=0.0).moments == (np.inf, np.inf)


@every_shape
def test_a_range_without_width_is_a_constant(shape):
    one = Range(3, 3, 3, shape)
    assert one.problem() == ""
    assert (one.mean, one.sd, one.is_constant) == (3, 0, True)
    assert one.quantile([0.0, 0.3, 1.0]).tolist() == [3, 3, 3]


@pytest.mark.parametrize(
    ("range_", "words"),
    [
        (Range(3, 2, 1), "low value is above the high"),
        (Range(3, 2, 4), "low value is above the likely"),
        (Range(1, 5, 4), "likely value is above the high"),
        (Range(float("nan"), 1, 2), "must be numbers"),
        (Range(0, 1, float("inf")), "must be numbers"),
        (Range(0, 1, 1e16), "Choose a larger unit"),
        (Range(0, 1, 2, Shape.LOGNORMAL), "above zero"),
        (Range(-2, -1, 1, Shape.LOGNORMAL), "above zero"),
        (Range(1e-9, 1, 1e9, Shape.LOGNORMAL), "too far apart"),
        (Range(-1, 0, 20, Shape.METALOG), "too close to one end"),
    ],
)
def test_what_cannot_be_drawn_from_says_why(range_, words):
    assert words in range_.problem()


@every_shape
def test_a_proper_range_has_no_problem(shape):
    assert Range(1, 2, 4, shape).problem() == ""


def test_three_points_too_lopsided_for_a_metalog_are_found_out():
    assert not Metalog.through(1, 2, 20).is_feasible
    assert not Metalog.through(20, 10, 5).is_feasible
    limit = 1.66711 * 10 / (2 * np.log(9)) * 0.8 * np.log(9) / 2
    share = np.linspace(1e-6, 1 - 1e-6, 200_001)
    for lopsided, feasible in ((0.999, True), (1.001, False)):
        one = Metalog.through(-5 + lopsided * limit, 0, 5 + lopsided * limit)
        assert one.is_feasible == feasible
        assert bool((np.diff(one.quantile(share)) > 0).all()) == feasible


def test_a_metalog_of_positive_numbers_stays_positive():
    assert Range(1, 2, 20, Shape.METALOG).quantile(1e-9) > 0
    assert Range(0, 2, 5, Shape.METALOG).quantile(1e-9) < 0


@pytest.mark.parametrize(
    ("ends", "shape", "expected"),
    [
        ((None, None, None), Shape.PERT, None),
        ((None, 5, None), Shape.PERT, (5, 5, 5)),
        ((1, None, 9), Shape.PERT, (1, 5, 9)),
        ((1, None, 9), Shape.LOGNORMAL, (1, 3, 9)),
        ((-1, None, 9), Shape.LOGNORMAL, (-1, 4, 9)),
        ((1, 2, None), Shape.PERT, None),
        ((None, 2, 9), Shape.PERT, None),
        ((1, None, None), Shape.PERT, None),
        ((0, 0, 0), Shape.PERT, (0, 0, 0)),
    ],
)
def test_what_was_typed_becomes_a_range_or_stays_unknown(ends, shape, expected):
    one = Range.stated(*ends, shape)
    assert (one and (one.low, one.likely, one.high)) == expected


@pytest.mark.parametrize(
    ("range_", "expected"),
    [
        (Range(1, 2, 3), False),
        (Range(0, 2, 3), True),
        (Range(-1, 2, 3), True),
        (Range(-3, -2, -1), False),
        (Range.exactly(0), True),
        (Range(1, 2, 4, Shape.METALOG), False),
        (Range(-4, -2, -1, Shape.METALOG), True),
    ],
)
def test_a_range_knows_whether_one_can_divide_by_it(range_, expected):
    assert range_.may_be_zero is expected


def test_the_ends_of_every_range_are_quiet():
    for shape in Shape:
        ends = Range(1, 2, 4, shape).quantile([0.0, 1.0])
        assert ends[0] < ends[1]


TWO = {"a": Input(Range(0, 1, 5)), "b": Input(Range(1, 2, 9, Shape.LOGNORMAL))}


def test_draws_of_an_input_depend_on_no_other_input():
    both, alone = draws(TWO, 1000, 7), draws({"b": TWO["b"]}, 1000, 7)
    assert (both["b"] == alone["b"]).all()
    backwards = draws(dict(reversed(TWO.items())), 1000, 7)
    assert all((both[name] == backwards[name]).all() for name in TWO)


def test_another_seed_draws_otherwise():
    assert (draws(TWO, 1000, 1)["a"] != draws(TWO, 1000, 2)["a"]).any()
    assert (draws(TWO, 1000, 1)["a"] == draws(TWO, 1000, 1)["a"]).all()


def test_a_new_process_draws_the_same():
    code = "from scoping.numbers.ranges import *; print(*draws({'a': Input(Range(0, 1, 5), 'g', 0.5)}, 50, 3)['a'])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "42"})
    assert [float(word) for word in said.stdout.split()] == draws({"a": Input(Range(0, 1, 5), "g", 0.5)}, 50, 3)["a"].tolist()


def scores(loadings, n=20_000, group="demand"):
    """Normal scores of the draws of inputs with these loadings."""
    flat = {str(i): Input(Range(0, 0.5, 1, Shape.UNIFORM), group, loading) for i, loading in enumerate(loadings)}
    return [ndtri(values) for values in draws(flat, n, 5).values()]


@pytest.mark.parametrize(("first", "second"), [(0.8, 0.5), (0.9, -0.6), (1.0, 0.3), (0.0, 0.9), (-0.7, -0.7)])
def test_inputs_of_a_group_correlate_by_the_product_of_their_loadings(first, second):
    assert np.corrcoef(*scores([first, second]))[0, 1] == pytest.approx(first * second, abs=0.02)


def test_full_loadings_move_as_one_and_opposite_ones_against_each_other():
    one, same, against = scores([1.0, 1.0, -1.0])
    assert (one == same).all()
    assert one == pytest.approx(-against)


def test_inputs_without_a_group_or_of_different_groups_are_independent():
    mixed = {"a": ("x", 0.9), "b": ("y", 0.9), "c": ("", 0.9)}
    drawn = draws({name: Input(Range(0, 1, 2), group, loading) for name, (group, loading) in mixed.items()}, 20_000)
    assert np.abs(np.corrcoef(list(drawn.values())) - np.eye(3)).max() < 0.02


def test_moving_together_leaves_each_range_as_it_is():
    alone = draws({"a": Input(Range(0, 1, 5))}, 5000)["a"]
    grouped = draws({"a": Input(Range(0, 1, 5), "g", 0.7), "b": Input(Range(0, 1, 5), "g", 0.7)}, 5000)["a"]
    assert sorted(grouped) == sorted(alone)


def test_a_single_draw_is_the_middle():
    assert draws({"a": Input(Range(0, 2, 4, Shape.TRIANGULAR), "g", 1.0)}, 1)["a"].tolist() == [2.0]


def test_factors_multiply_and_divide():
    factors = (Factor("a", Range.exactly(6)), Factor("b", Range.exactly(2), divides=True))
    drawn = draws({factor.id: Input(factor.range) for factor in factors}, 3)
    assert product(factors, drawn).tolist() == [3, 3, 3]
    assert likely_product(factors) == 3
    assert product((), drawn) == likely_product(()) == 1
    assert "divided" in Factor("c", Range(-1, 1, 2), divides=True).problem()
    assert Factor("c", Range(-1, 1, 2)).problem() == ""


def test_a_spread_without_a_mean_has_its_median_in_the_middle():
    spread = Spread.of(np.arange(11.0) ** 3, has_mean=False).plus(1)
    assert (spread.mean, spread.centre) == (None, 126)


def test_a_spread_summarises_draws_and_moves_with_an_amount():
    spread = Spread.of(np.arange(11.0))
    assert spread == Spread(5, 1, 5, 9)
    assert spread.plus(2) == Spread(7, 3, 7, 11)
