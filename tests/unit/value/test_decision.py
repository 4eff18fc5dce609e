"""What errors cost decides how good a model must be."""

import pytest

from scoping.errors import CalculationError
from scoping.value.decision import ConfusionMatrix, ErrorStakes, Stakes, ThresholdPoint, best
from tests.closed_forms import closed_forms

SPAM = Stakes(cases=1000, positives=0.2, value_tp=5, cost_fp=20, cost_fn=3, cost_per_case=0.1)


def stakes_of(case):
    return Stakes(
        cases=case["n"],
        positives=case["prevalence"],
        value_tp=case["value_TP"],
        cost_fp=case["cost_FP"],
        cost_fn=case["cost_FN"],
        cost_per_case=case["cost_per_case"],
    )


def test_a_classifier_has_the_known_counts_value_and_break_even():
    for case in closed_forms("classifier_value"):
        stakes = stakes_of(case)
        counts = stakes.counts(case["precision"], case["sensitivity"])
        found = (counts.true_positives, counts.false_positives, counts.false_negatives, counts.true_negatives)
        assert found == pytest.approx((case["TP"], case["FP"], case["FN"], case["TN"]), rel=1e-9)
        worth = stakes.expected(case["precision"], case["sensitivity"])
        assert (worth.net, worth.gain) == pytest.approx((case["net"], case["gain"]), rel=1e-9)
        assert stakes.nothing == pytest.approx(case["net_do_nothing"], rel=1e-9)
        assert stakes.break_even_precision() == pytest.approx(case["break_even_precision"], rel=1e-9)


def test_every_outcome_has_its_value():
    stakes = Stakes(cases=100, positives=0.4, value_tp=7, cost_fp=3, cost_fn=2, value_tn=1, cost_per_case=0.5)
    worth = stakes.expected(precision=0.6, recall=0.75)
    assert worth.counts == ConfusionMatrix(*(pytest.approx(cases) for cases in (30, 20, 10, 40)))
    assert worth.net == pytest.approx(30 * 7 - 20 * 3 - 10 * 2 + 40 * 1 - 50)
    assert stakes.nothing == pytest.approx(60 - 80)
    assert worth.gain == pytest.approx(worth.net + 20)


def test_flagging_everything_takes_no_model():
    found = SPAM.everything
    assert found.net == pytest.approx(200 * 5 - 800 * 20)
    assert found.counts == ConfusionMatrix(200, 800, 0, 0)


def test_where_no_precision_pays_there_is_no_break_even():
    assert Stakes(cases=10, positives=0.5, value_tp=-5).break_even_precision() is None


def test_free_alarms_pay_at_any_precision():
    assert Stakes(cases=1000, positives=0.2, value_tp=5).break_even_precision() == 0
    assert Stakes(cases=1000, positives=0.2, value_tp=5, cost_fp=20).break_even_precision() == pytest.approx(0.8)


def test_a_true_negative_lost_counts_against_an_alarm():
    assert Stakes(cases=10, positives=0.5, value_tp=3, value_tn=1).break_even_precision() == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("precision", "recall", "words"),
    [
        (0, 0.5, "every flagged case is wrong"),
        (0, 0, "number of false alarms is not known"),
        (None, 0.5, "State it"),
        (1.2, 0.5, "Precision must lie between 0 % and 100 %"),
        (0.5, -0.1, "Recall must lie between 0 % and 100 %"),
        (float("nan"), 0.1, "Precision must lie"),
        (0.1, 0.9, "precision cannot be below 18.4\u00a0%: there are not enough negative cases"),
    ],
)
def test_an_impossible_pair_is_refused_with_the_reason(precision, recall, words):
    with pytest.raises(CalculationError, match=words):
        SPAM.expected(precision, recall)


def test_flagging_every_case_is_just_possible():
    assert SPAM.expected(0.2, 1.0).net == pytest.approx(SPAM.everything.net - 100)
    assert SPAM.counts(0.2 * (1 - 1e-12), 1.0).true_negatives == 0


def test_a_model_that_flags_nothing_is_doing_nothing_at_the_cost_of_running():
    worth = SPAM.expected(None, 0)
    assert worth.gain == pytest.approx(-100)
    assert worth.counts == ConfusionMatrix(0, 0, 200, 800)
    assert SPAM.expected(0.9, 0) == worth


def test_without_positive_cases_nothing_is_found():
    none = Stakes(cases=100, positives=0.0, value_tp=5, cost_fp=1)
    assert none.expected(0.5, 0.5).net == 0
    assert none.counts(0.5, 0.5) == ConfusionMatrix(0, 0, 0, 100)


@pytest.mark.parametrize(
    ("stakes", "words"),
    [
        (Stakes(cases=-1, positives=0.5), "negative"),
        (Stakes(cases=1, positives=1.5), "between"),
        (Stakes(cases=1, positives=0.5, value_tp=float("nan")), "numbers"),
    ],
)
def test_stakes_that_make_no_sense_are_refused(stakes, words):
    assert words in stakes.problem()
    for refused in (
        lambda: stakes.expected(0.5, 0.5),
        stakes.break_even_precision,
    ):
        with pytest.raises(CalculationError, match=words):
            refused()


CURVE = [
    ThresholdPoint(0.9, 0.95, 0.2),
    ThresholdPoint(0.1, 0.21, 0.95),
    ThresholdPoint(0.5, 0.85, 0.7),
    ThresholdPoint(0.3, 0.05, 0.9),
    ThresholdPoint(0.99, None, 0),
]


def test_the_best_threshold_is_where_most_is_earned():
    valued = SPAM.value_at(CURVE)
    assert [one.point.threshold for one in valued] == [0.1, 0.3, 0.5, 0.9, 0.99]
    assert best(valued).point.threshold == 0.5
    assert best(valued).worth.gain == pytest.approx(140 * (8 - 20 * 0.15 / 0.85) - 100)


def test_an_impossible_threshold_says_so_and_the_others_are_valued():
    valued = SPAM.value_at(CURVE)
    assert [one.point.threshold for one in valued if one.problem] == [0.3]
    assert valued[1].worth is None
    assert "cannot be below" in valued[1].problem


def test_of_equals_the_lowest_threshold_is_best_and_of_none_there_is_none():
    free = Stakes(cases=10, positives=0.5)
    assert best(free.value_at([ThresholdPoint(0.7, 0.8, 0.5), ThresholdPoint(0.2, 0.8, 0.5)])).point.threshold == 0.2
    assert best([]) is None
    assert best(SPAM.value_at([ThresholdPoint(0.1, 0, 1)])) is None


FORECAST = ErrorStakes(cases=200, cost_per_unit=3, cost_per_case=1.5)


def test_a_smaller_error_saves_its_cost_less_what_running_costs():
    assert FORECAST.cost(2) == pytest.approx(1200)
    assert FORECAST.gain(2, today=4) == pytest.approx(1200 - 300)
    assert FORECAST.break_even(4) == pytest.approx(3.5)
    assert FORECAST.gain(3.5, today=4) == pytest.approx(0)


def test_a_perfect_forecast_may_still_cost_too_much():
    assert FORECAST.break_even(0.4) is None
    assert ErrorStakes(200, 0, 1).break_even(4) is None
    assert ErrorStakes(200, 0).break_even(4) == 4


@pytest.mark.parametrize("stakes", [ErrorStakes(-1, 1), ErrorStakes(1, -1), ErrorStakes(1, float("inf"))])
def test_number_stakes_that_make_no_sense_are_refused(stakes):
    assert stakes.problem().endswith(".")
    with pytest.raises(CalculationError):
        stakes.gain(1, 2)
    with pytest.raises(CalculationError):
        stakes.break_even(1)


@pytest.mark.parametrize("error", [-1, float("nan"), float("inf")])
def test_an_error_that_is_none_is_refused(error):
    with pytest.raises(CalculationError, match="how far off"):
        FORECAST.cost(error)
    with pytest.raises(CalculationError, match="how far off"):
        FORECAST.break_even(error)
