"""What a project brings and costs: the likely case to the cent, and the simulation as honest as its ranges."""

import math
from itertools import pairwise

import numpy as np
import pytest

from scoping.errors import CalculationError
from scoping.numbers.ranges import Factor, Range
from scoping.numbers.shapes import Shape
from scoping.value.cash import payback, returns, turns
from scoping.value.money import NOTHING, Flow, Frequency, Line, Projection, likely
from scoping.value.simulation import compare, simulate
from tests.cash_flows import discounted, irr, npv
from tests.closed_forms import closed_forms


def benefit(name, amount, every=Frequency.MONTH, **more):
    return Line(
        id=name,
        kind=Flow.BENEFIT,
        amount=amount if amount is None or isinstance(amount, Range) else Range.exactly(amount),
        every=every,
        **more,
    )


def cost(name, amount, every=Frequency.ONCE, **more):
    return Line(
        id=name,
        kind=Flow.COST,
        amount=amount if amount is None or isinstance(amount, Range) else Range.exactly(amount),
        every=every,
        **more,
    )


def even(low, high):
    return Range(low, (low + high) / 2, high, Shape.UNIFORM)


# Single cash flows


def test_cash_flows_have_the_known_value_return_and_payback():
    for case in closed_forms("finance"):
        cash, rate = case["cash"], case["rate"]
        assert npv(cash, rate) == pytest.approx(case["npv"], rel=1e-12)
        assert irr(cash) == pytest.approx(case["irr"], rel=1e-9)
        assert payback(cash) == pytest.approx(case["payback_periods"]) if case["payback_periods"] else payback(cash) is None
        first = payback(discounted(cash, rate))
        assert (first and math.ceil(first)) == case["discounted_payback_first_period"]


def test_a_plan_of_these_cash_flows_has_the_same_value_return_and_payback():
    for case in closed_forms("finance"):
        lines = [
            (benefit if amount > 0 else cost)(str(month), abs(amount), Frequency.ONCE, starts_month=month)
            for month, amount in enumerate(case["cash"])
        ]
        plan = Projection(tuple(lines), len(lines), (1 + case["rate"]) ** 12 - 1)
        found = likely(plan)
        assert found.npv == pytest.approx(case["npv"], rel=1e-9)
        assert found.irr == pytest.approx((1 + case["irr"]) ** 12 - 1, rel=1e-9)
        # A first period is now; a first month lasts one.
        assert found.payback_months == (case["payback_periods"] and pytest.approx(case["payback_periods"] + 1))
        assert found.roi == pytest.approx(case["roi"], rel=1e-9)


@pytest.mark.parametrize("cash", [[], [0, 0], [5], [-5], [1, 2, 3], [-1, -2], [-1, 0, 0], [10, -30, 25]])
def test_a_return_that_does_not_exist_is_none(cash):
    assert irr(cash) is None
    assert returns(cash) == ()


def test_two_returns_are_two_and_none_of_them_is_the_return():
    assert returns([-100, 230, -132]) == pytest.approx((0.1, 0.2))
    assert irr([-100, 230, -132]) is None


@pytest.mark.parametrize(
    ("cash", "rates"),
    [
        ([-100, 220, -121], [0.1]),  # a double root: the value touches zero and is below it on both sides
        ([-100, 220.5, -121.55], [0.1, 0.105]),  # closer than one per cent
        ([-100, 220.01, -121.011], [0.1, 0.1001]),
        ([-1600, 10000, -10000], [0.25, 4]),  # the oil pump of Lorie and Savage (1955)
        ([1000, -3600, 4320, -1728], [0.2]),  # a triple root
        ([-1000, 3600, -4310, 1716], [0.1, 0.2, 0.3]),
        ([-1, 3.4, -3.85, 1.452], [0.1, 0.2]),  # 10 % twice, 20 % once
        ([-100, 100], [0]),
        ([-1, 2, -1], [0]),
        ([-100, 210, -110], [0, 0.1]),
        ([1000, -3000, 2500], []),  # Brealey and Myers: none at all
        ([-100, 219.9, -121], []),  # just misses zero
    ],
)
def test_every_return_is_found_however_close_to_another(cash, rates):
    assert returns(cash) == pytest.approx(rates, abs=1e-7)
    assert irr(cash) == (pytest.approx(rates[0], abs=1e-7) if len(rates) == 1 else None)


@pytest.mark.parametrize("rates", [(0.1, 0.1), (0.1, 0.102), (-0.2, 0, 0.5), (0, 0), (0.01, 0.3, 0.3, 2.0), (-0.5, -0.49)])
def test_returns_planted_as_roots_of_a_polynomial_come_back(rates):
    cash = -np.poly([1 + rate for rate in rates])
    assert returns(cash) == pytest.approx(sorted(set(rates)), abs=1e-6)
    assert returns([0, *cash, 0, 0]) == pytest.approx(returns(cash), abs=1e-12)


def test_no_return_is_looked_for_where_money_turns_too_often():
    assert turns([-1, 2] * 20) == 39
    assert returns([-1, 2] * 20) == ()


@pytest.mark.parametrize(
    ("cash", "rate"),
    [([-1, 1e12], 1e12 - 1), ([-1e12, 1], 1e-12 - 1), ([-1, 0, 0, 1], 0), ([-1] + [0] * 359 + [2], 2 ** (1 / 360) - 1)],
)
def test_a_return_is_found_however_far_out(cash, rate):
    assert irr(cash) == pytest.approx(rate, abs=1e-14, rel=1e-9)


@pytest.mark.parametrize(
    ("cash", "periods"),
    [
        ([-10, 4, 4, 4], 2.5),
        ([-10, 10], 1),
        ([-10, 20, -15, 10], 2.5),
        ([-10, 20, -15], None),
        ([5, 5], 0),
        ([], 0),
        ([-1], None),
        ([0, -2, 4], 1.5),
    ],
)
def test_money_is_back_when_nothing_is_owed_any_more(cash, periods):
    assert payback(cash) == periods


def test_a_debt_of_a_rounding_error_is_no_debt():
    assert payback([-0.9, 0.3, 0.3, 0.3]) == pytest.approx(3)


# The likely case


def test_an_amount_per_month_ramps_up_in_equal_steps():
    line = benefit("b", 100, starts_month=2, ramp_months=3, lasts_months=5)
    assert (100 * line.weights(10)).tolist() == pytest.approx([0, 0, 100 / 3, 200 / 3, 100, 100, 100, 0, 0, 0])


def test_an_amount_per_year_is_a_twelfth_each_month():
    assert likely(Projection((benefit("b", 1200, Frequency.YEAR, starts_month=3, lasts_months=6),), 12)).benefits == pytest.approx(
        600
    )
    assert likely(Projection((benefit("b", 1200, Frequency.YEAR),), 18)).benefits == pytest.approx(1800)


def test_an_amount_paid_once_falls_due_at_once_or_evenly_over_its_months():
    assert cost("c", 90, starts_month=1).weights(4).tolist() == [0, 1, 0, 0]
    assert cost("c", 90, starts_month=1, lasts_months=3).weights(5).tolist() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3, 0])
    assert cost("c", 90, ramp_months=9).weights(2).tolist() == [1, 0]
    assert likely(Projection((cost("c", 90, lasts_months=3),), 2)).costs == pytest.approx(60)


SEARCH = Projection(
    (
        cost("build", 60_000, lasts_months=6),
        cost("run", Range(800, 1000, 1500), Frequency.MONTH, starts_month=6, evidence="measured"),
        benefit(
            "searches",
            Range(1, 2, 4),
            Frequency.MONTH,
            starts_month=6,
            ramp_months=4,
            evidence="estimate",
            driver=(
                Factor("goal", Range.exactly(5), evidence="measured"),
                Factor("link", Range(300, 600, 700), evidence="estimate"),
            ),
        ),
    ),
    horizon_months=30,
    yearly_discount_rate=0.08,
)


def test_the_likely_case_is_what_its_formulas_say():
    cash = []
    for t in range(30):
        k = t - 6 + 1
        build = 60_000 / 6 if 1 <= t + 1 <= 6 else 0
        run = 1000 if k >= 1 else 0
        searches = 2 * (5 * 600) * min(1, k / 4) if k >= 1 else 0
        cash.append(searches - build - run)
    case = likely(SEARCH)
    assert case.cash == pytest.approx(cash)
    assert case.npv == pytest.approx(sum(amount / 1.08 ** (t / 12) for t, amount in enumerate(cash)))
    assert case.npv == pytest.approx(sum(line.present for line in case.lines))
    assert case.roi == pytest.approx(sum(cash) / (60_000 + 24_000))
    running = np.cumsum(cash)
    m = max(t for t in range(30) if running[t] < 0)
    assert case.payback_months == pytest.approx(m + 2 - running[m + 1] / (running[m + 1] - running[m]))
    assert npv(cash, (1 + case.irr) ** (1 / 12) - 1) == pytest.approx(0, abs=1e-6)
    assert [line.amount for line in case.lines] == [6000, -60_000, -1000]


def test_years_add_up_to_the_whole():
    case = likely(SEARCH)
    assert len(case.years) == 3
    assert sum(year.benefits for year in case.years) == pytest.approx(case.benefits)
    assert sum(year.costs for year in case.years) == pytest.approx(case.costs)
    assert sum(year.present for year in case.years) == pytest.approx(case.npv)
    assert case.years[-1].balance == pytest.approx(case.benefits - case.costs)
    assert case.years[0].net == pytest.approx(sum(case.cash[:12]))


def test_the_share_that_rests_on_guesses_takes_the_weakest_evidence_of_a_line():
    lines = (cost("a", 100, evidence="measured"), cost("b", 50), benefit("c", 350, Frequency.ONCE, evidence="estimate"))
    assert likely(Projection(lines)).guesses == pytest.approx(50 / 500)
    guessed = benefit("c", 70, Frequency.ONCE, evidence="measured", driver=(Factor("l", Range.exactly(5), evidence="guess"),))
    assert likely(Projection((*lines[:2], guessed))).guesses == pytest.approx(400 / 500)
    assert likely(Projection(())).guesses is None


# Bad and empty input


def test_a_plan_without_lines_or_months_is_worth_nothing():
    for plan in (Projection(()), Projection((), 0), Projection(SEARCH.lines, 0, 0.1), Projection((benefit("b", None),))):
        assert likely(plan).npv == 0
        assert likely(plan).irr is None
        assert likely(plan).roi is None
        found = simulate(plan, n=100)
        assert (found.npv.p10, found.npv.mean, found.npv.p90, found.loss) == (0, 0, 0, 0)
        assert found.perfect_knowledge == 0
        assert sum(bar.share for bar in found.histogram) == 1


def test_what_cannot_be_counted_is_left_out_and_the_rest_goes_on():
    bad = (
        benefit("blank", None),
        benefit("crossed", Range(3, 2, 1)),
        cost("early", 5, starts_month=-1),
        cost("loaded", 5, group="g", loading=1.5),
        benefit("driven", 5, driver=(Factor("l", Range(-1, 0, 1), name="Link", divides=True),)),
        benefit("huge", 5, driver=(Factor("h", Range.exactly(1e-300), divides=True),)),
    )
    plan = Projection((*SEARCH.lines, *bad), SEARCH.horizon_months, SEARCH.yearly_discount_rate)
    assert likely(plan).npv == likely(SEARCH).npv
    found = simulate(plan, n=500)
    assert found.npv == simulate(SEARCH, n=500).npv
    assert set(found.left_out) == {line.input for line in bad}
    sentences = dict(plan.problems())
    assert sentences["benefit:blank"] == "The amount is not known yet, so it is not counted."
    assert sentences["benefit:crossed"] == "The low value is above the high one."
    assert sentences["benefit:driven"] == "Link: It may be zero, so nothing can be divided by it."
    assert set(sentences) == set(found.left_out)


def test_a_line_after_the_horizon_counts_nothing_and_says_so():
    plan = Projection((cost("c", 5, starts_month=12),), 12)
    assert likely(plan).npv == 0
    assert plan.problems() == (("cost:c", "It begins after the last month that is counted."),)
    assert likely(plan).left_out == ()


@pytest.mark.parametrize(("horizon", "rate"), [(-1, 0), (1201, 0), (12, -1), (12, 11), (12, float("nan"))])
def test_a_horizon_or_rate_out_of_bounds_is_refused(horizon, rate):
    for calculate in (likely, simulate, compare):
        with pytest.raises(CalculationError, match=r"\.$"):
            calculate(Projection(SEARCH.lines, horizon, rate))


def test_a_benefit_and_a_cost_of_one_id_are_two_inputs():
    plan = Projection((benefit("x", even(0, 10), Frequency.ONCE), cost("x", even(0, 10))))
    assert simulate(plan).npv.p90 > 1


def test_an_id_that_stands_for_two_figures_is_counted_for_neither():
    up, down = Factor("gain", Range.exactly(5)), Factor("gain", Range.exactly(-5))
    clear = cost("clear", 1)
    for pair in (
        (cost("x", 5), cost("x", 6)),
        (cost("x", 5), benefit("y", 5, driver=(Factor("cost:x", Range.exactly(5)),))),
        (benefit("x", 5, driver=(up,)), benefit("y", 5, driver=(down,))),
    ):
        plan = Projection((*pair, clear))
        assert plan.counted == (clear,)
        assert {sentence for _, sentence in plan.problems()} == {"Its id stands for two different figures, so neither is counted."}
    assert Projection((benefit("x", 5, driver=(up,)), benefit("y", 5, driver=(up,)))).left_out == ()


def test_negative_and_huge_amounts_are_counted():
    found = simulate(Projection((benefit("b", Range(-1e15, 0, 1e15)), cost("c", Range(-5, -4, -3))), 1200, 10), n=500)
    assert math.isfinite(found.npv.mean)
    assert simulate(Projection((cost("c", Range(-5, -4, -3)),)), n=500).npv.p10 > 0


# The simulation


def test_one_line_alone_is_its_range():
    one = Range(2, 4, 10)
    found = simulate(Projection((benefit("b", one, Frequency.ONCE),)), n=20_000)
    assert (found.npv.p10, found.npv.p50, found.npv.p90) == pytest.approx(tuple(one.quantile([0.1, 0.5, 0.9])), rel=1e-4)
    assert found.npv.mean == pytest.approx(one.mean, rel=1e-4)
    assert found.loss == 0


def test_the_probability_of_a_loss_is_the_share_below_zero():
    assert simulate(Projection((benefit("b", even(0, 10), Frequency.ONCE), cost("c", 3)))).loss == pytest.approx(0.3, abs=1e-3)


def test_moving_together_widens_the_sum():
    def width(loading):
        lines = tuple(benefit(str(i), Range(0, 1, 5), group="demand", loading=loading) for i in range(10))
        spread = simulate(Projection(lines)).npv
        return spread.p90 - spread.p10

    assert width(0.9) > 2 * width(0.0)


def test_lines_on_one_driver_share_its_uncertainty():
    link = Factor("link", even(0, 2))
    together = Projection((benefit("a", 10, Frequency.ONCE, driver=(link,)), cost("b", 10, driver=(link,))))
    found = simulate(together, n=1000).npv
    assert (found.p10, found.p90) == (0, 0)


def test_payback_is_a_distribution():
    plan = Projection((cost("c", 10), benefit("b", even(0, 2), starts_month=1)), 21)
    found = simulate(plan).payback
    assert found.never == pytest.approx(0.25, abs=1e-3)
    assert found.p50 == pytest.approx(11, rel=1e-3)
    assert found.p10 == pytest.approx(1 + 10 / 1.8, rel=1e-3)
    assert found.p90 is None


def test_payback_of_a_certain_plan_is_that_of_the_likely_case():
    plan = Projection((cost("c", 10), benefit("b", 3, ramp_months=2)), 12)
    found = simulate(plan, n=10).payback
    assert found.p10 == found.p90 == pytest.approx(likely(plan).payback_months)


HEAVY = Range(1, 100, 20_000, Shape.METALOG)
"""10, 50 and 90 % points so lopsided that there is no expected value."""


@pytest.mark.parametrize("line", [benefit("heavy", HEAVY), benefit("heavy", 1, driver=(Factor("f", HEAVY, "Heavy"),))])
def test_a_value_without_an_expected_one_does_not_depend_on_the_number_of_draws(line):
    few, many = (simulate(Projection((line, cost("c", 100)), 12), n) for n in (2_000, 50_000))
    assert (few.npv.mean, many.npv.mean) == (None, None)
    assert few.npv.centre == few.npv.p50
    assert few.npv.p50 == pytest.approx(many.npv.p50, rel=0.01)
    assert (few.perfect_knowledge, few.knowing) == (None, ())
    assert compare(Projection((line,), 12))[0].npv.mean is None


def test_a_heavy_tail_that_does_not_count_leaves_the_expected_value():
    plan = Projection((benefit("heavy", HEAVY, starts_month=12), cost("c", even(50, 150))), 12)
    assert simulate(plan).npv.mean == pytest.approx(-100)


def test_the_histogram_counts_every_draw_and_has_an_edge_at_zero():
    bars = simulate(Projection((benefit("b", even(0, 10), Frequency.ONCE), cost("c", 3)))).histogram
    assert sum(bar.share for bar in bars) == pytest.approx(1)
    assert any(bar.start == 0 for bar in bars)
    assert sum(bar.share for bar in bars if bar.end <= 0) == pytest.approx(0.3, abs=1e-3)
    assert all(left.end == pytest.approx(right.start) for left, right in pairwise(bars))
    assert 35 <= len(bars) <= 45


def test_a_far_tail_does_not_flatten_the_histogram():
    bars = simulate(Projection((benefit("b", Range(1, 30, 1000, Shape.LOGNORMAL), Frequency.ONCE),)), n=100_000).histogram
    assert max(bar.end for bar in bars) < 10_000
    assert sum(bar.share for bar in bars) == pytest.approx(1)


def test_the_tornado_moves_one_input_at_a_time_widest_first():
    link = Factor("link", even(1, 3), name="Link")
    plan = Projection((benefit("b", even(90, 110), Frequency.ONCE, driver=(link,)), cost("c", 150), cost("d", even(0, 10))))
    swings = simulate(plan, n=100).swings
    assert [s.input for s in swings] == ["link", "benefit:b", "cost:d"]
    assert (swings[0].low, swings[0].high) == pytest.approx((1.2, 2.8))
    assert (swings[0].npv_low, swings[0].npv_high) == pytest.approx((-35, 125))
    assert swings[0].flips
    assert swings[0].name == "Link"
    assert (swings[2].npv_low, swings[2].npv_high) == pytest.approx((49, 41))
    assert not swings[2].flips


def test_knowing_the_only_unknown_is_worth_what_perfect_knowledge_is():
    found = simulate(Projection((benefit("b", even(0, 3), Frequency.ONCE), cost("c", 1))))
    assert found.perfect_knowledge == pytest.approx(1 / 6, rel=1e-3)
    assert [k.input for k in found.knowing] == ["benefit:b"]
    assert found.knowing[0].worth == pytest.approx(1 / 6, rel=1e-3)


def test_knowing_one_of_two_is_worth_its_closed_form():
    found = simulate(
        Projection((benefit("a", even(0, 3), Frequency.ONCE), benefit("b", even(0, 2), Frequency.ONCE), cost("c", 2))), n=100_000
    )
    worth = {k.input: k.worth for k in found.knowing}
    assert worth["benefit:a"] == pytest.approx(1 / 6, rel=0.02)
    assert worth["benefit:b"] == pytest.approx(1 / 16, rel=0.02)
    assert max(worth.values()) < found.perfect_knowledge


def test_knowing_what_one_divides_by_is_worth_its_closed_form():
    by = Factor("by", even(1, 3), divides=True)
    found = simulate(Projection((benefit("a", even(1, 3), Frequency.ONCE, driver=(by,)), cost("c", 1))), n=100_000)
    decided = math.log(3) - 1
    exact = (2 * math.log(2) - 1) / 2 - decided
    assert {k.input: k.worth for k in found.knowing}["by"] == pytest.approx(exact, rel=0.02)


def test_knowing_an_input_that_cannot_change_the_decision_is_worth_nothing():
    found = simulate(Projection((benefit("a", even(100, 110), Frequency.ONCE), cost("c", even(1, 3)))))
    assert found.perfect_knowledge == 0
    assert {k.worth for k in found.knowing} == {0}


def test_knowing_one_of_a_group_tells_about_the_others():
    def worth(loading):
        lines = (*(benefit(str(i), even(0, 2), Frequency.ONCE, group="g", loading=loading) for i in range(2)), cost("c", 2))
        found = simulate(Projection(lines))
        return found.knowing[0].worth / found.perfect_knowledge

    assert worth(1.0) == pytest.approx(1, abs=0.001)
    assert worth(0.0) < 0.85


def test_what_one_of_a_group_tells_may_follow_a_curve():
    lopsided = Range(0.1, 0.1, 9)
    lines = (
        benefit("a", even(0, 2), Frequency.ONCE, group="g", loading=1.0),
        benefit("b", lopsided, Frequency.ONCE, group="g", loading=1.0),
    )
    found = simulate(Projection((*lines, cost("c", 4))))
    assert [k.worth for k in found.knowing] == pytest.approx([found.perfect_knowledge] * 2, rel=0.02)


# Alternatives


def test_alternatives_stand_beside_doing_nothing():
    plan = Projection(
        (
            benefit("m", even(0, 10), Frequency.ONCE, alternative="ml"),
            benefit("r", 6, Frequency.ONCE, alternative="rules"),
            cost("r", 2, alternative="rules"),
            cost("x", 1, alternative="bad"),
        )
    )
    found = {o.alternative: o for o in compare(plan)}
    assert list(found) == ["ml", "rules", NOTHING, "bad"]
    assert found["ml"].beats["rules"] == pytest.approx(0.6, abs=1e-3)
    assert found["rules"].beats["ml"] == pytest.approx(0.4, abs=1e-3)
    assert found["ml"].best == pytest.approx(0.6, abs=1e-3)
    assert found[NOTHING].npv.mean == 0
    assert found[NOTHING].beats["bad"] == 1
    assert found["bad"].loss == 1
    assert sum(o.best for o in found.values()) == pytest.approx(1)


def test_what_alternatives_share_is_the_same_in_both():
    link = Factor("link", even(1, 9))
    plan = Projection(
        (
            benefit("m", 3, Frequency.ONCE, driver=(link,), alternative="ml"),
            benefit("r", 2, Frequency.ONCE, driver=(link,), alternative="rules"),
        )
    )
    assert compare(plan, n=1000)[0].beats == {"rules": 1, NOTHING: 1}


def test_a_tie_is_nobodys_and_doing_nothing_may_cost():
    twins = Projection((benefit("m", 3, Frequency.ONCE, alternative="a"), benefit("r", 3, Frequency.ONCE, alternative="b")))
    assert [o.best for o in compare(twins, n=10)] == [0, 0, 0]
    today = compare(Projection((cost("errors", 5, alternative=NOTHING),)), n=10)
    assert [(o.alternative, o.npv.mean) for o in today] == [(NOTHING, -5)]


def test_one_alternative_compared_is_as_if_simulated_alone():
    plan = Projection(
        (
            benefit("m", even(0, 10), alternative="ml"),
            cost("r", even(0, 9), alternative="rules"),
            benefit("z", None, alternative="ml"),
        )
    )
    ml = next(o for o in compare(plan, n=500) if o.alternative == "ml")
    alone = simulate(plan.of("ml"), n=500)
    assert (ml.npv, ml.loss, ml.left_out) == (alone.npv, alone.loss, alone.left_out)
    assert plan.alternatives == ("ml", "rules")


def test_empty_months_before_and_after_do_not_change_the_rate_of_return():
    flows = [-900.0, 100.0, 100.0, 100.0, 100.0]
    (rate,) = returns(flows)
    assert npv(flows, rate) == pytest.approx(0, abs=1e-6)
    assert returns([0.0] * 3 + flows + [0.0] * 31) == pytest.approx((rate,))
