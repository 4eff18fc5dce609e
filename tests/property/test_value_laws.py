"""Laws of the value calculators that hold for any ranges, ladders and plans."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping.errors import CalculationError
from scoping.numbers.ranges import Factor, Input, Range, draws
from scoping.numbers.shapes import Shape
from scoping.value.cash import payback, returns
from scoping.value.decision import Stakes
from scoping.value.ladder import Rung, implied, resolve
from scoping.value.money import Flow, Frequency, Line, Projection, likely
from scoping.value.simulation import compare, simulate
from tests.cash_flows import discounted, irr, npv

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DRAWS = 4000
NOISE = 0.03
"""How far an interval of so many draws may be off, as a share of its width."""

BOUNDED = (Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM)
amounts = st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
positive = st.floats(0.01, 1e4).map(lambda x: round(x, 4))
shares = st.floats(0, 1)
evidence = st.sampled_from(["", "guess", "estimate", "measured"])


@st.composite
def ranges(draw, numbers=amounts, shapes=BOUNDED):
    return Range(*sorted(draw(st.tuples(numbers, numbers, numbers))), draw(st.sampled_from(shapes)))


links = ranges(numbers=positive, shapes=(*BOUNDED, Shape.LOGNORMAL))


@st.composite
def wider(draw, one):
    """A range around another, with the same likely value."""
    more = st.floats(0, 3)
    width = max(one.high - one.low, abs(one.likely))
    return replace(one, low=one.low - draw(more) * width, high=one.high + draw(more) * width)


@st.composite
def ladders(draw):
    count = draw(st.integers(2, 6))
    rungs = [Rung(id="r0", order=0, current=draw(amounts), target=draw(amounts))]
    for i in range(1, count):
        below = draw(st.sampled_from(["", *(f"r{j}" for j in range(i))]))
        rungs.append(Rung(id=f"r{i}", order=i, below=below, current=draw(amounts), target=draw(amounts), link=draw(links)))
    return rungs


@st.composite
def plans(draw):
    factors = [Factor(f"link:{i}", draw(links), f"L{i}", draw(st.booleans()), draw(evidence)) for i in range(2)]
    lines = [
        Line(
            id=str(i),
            kind=draw(st.sampled_from(Flow)),
            amount=draw(st.none() | ranges()),
            every=draw(st.sampled_from(Frequency)),
            starts_month=draw(st.integers(0, 15)),
            ramp_months=draw(st.integers(0, 6)),
            lasts_months=draw(st.none() | st.integers(1, 20)),
            group=draw(st.sampled_from(["", "demand", "prices"])),
            loading=draw(st.floats(-1, 1)),
            driver=tuple(draw(st.lists(st.sampled_from(factors), max_size=2, unique=True))),
            evidence=draw(evidence),
            alternative=draw(st.sampled_from(["", "rules"])),
        )
        for i in range(draw(st.integers(0, 5)))
    ]
    return Projection(tuple(lines), draw(st.integers(0, 24)), draw(st.floats(-0.5, 1)))


def width(plan):
    spread = simulate(plan, DRAWS).npv
    return spread.p90 - spread.p10


@FEW
@given(st.data())
def test_a_wider_amount_never_narrows_the_interval_of_the_value(data):
    lines = [
        Line(id=str(i), kind=data.draw(st.sampled_from(Flow)), amount=data.draw(ranges()), every=Frequency.ONCE)
        for i in range(data.draw(st.integers(1, 4)))
    ]
    amount = lines[0].amount
    assert amount is not None
    before = width(Projection(tuple(lines)))
    after = width(Projection((replace(lines[0], amount=data.draw(wider(amount))), *lines[1:])))
    assert after >= before * (1 - NOISE)


@FEW
@given(ladders(), st.data())
def test_a_wider_link_never_narrows_the_interval_of_any_rung(rungs, data):
    """Rungs multiply, so an interval is as wide as its ends are apart in proportion."""
    at = data.draw(st.integers(1, len(rungs) - 1))
    link = rungs[at].link
    assert link is not None
    wide = replace(link, low=link.low * data.draw(st.floats(0.01, 1)), high=link.high * data.draw(st.floats(1, 30)))
    now = rungs[0].current
    assert now is not None
    before = implied(resolve(rungs), "r0", now + 1, DRAWS)
    after = implied(resolve([*rungs[:at], replace(rungs[at], link=wide), *rungs[at + 1 :]]), "r0", now + 1, DRAWS)
    for rung_id, figure in before.items():
        spread, wide_spread = figure.change.spread, after[rung_id].change.spread
        assert math.log(wide_spread.p90 / wide_spread.p10) >= math.log(spread.p90 / spread.p10) * (1 - NOISE) - 1e-9


@FEW
@given(ladders(), st.randoms(use_true_random=False))
def test_the_order_of_rungs_does_not_matter(rungs, random):
    shuffled = random.sample(rungs, len(rungs))
    assert resolve(shuffled) == resolve(rungs)
    assert implied(resolve(shuffled), "r0", 1, 200) == implied(resolve(rungs), "r0", 1, 200)


@FEW
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(plan, random):
    shuffled = replace(plan, lines=tuple(random.sample(plan.lines, len(plan.lines))))
    assert likely(shuffled).npv == likely(plan).npv
    one, other = simulate(shuffled, 300), simulate(plan, 300)
    assert replace(one, left_out=()) == replace(other, left_out=())
    assert sorted(one.left_out) == sorted(other.left_out)


@FEW
@given(plans(), st.integers(0, 2**63))
def test_the_same_seed_gives_the_same_figures(plan, seed):
    assert simulate(plan, 300, seed) == simulate(plan, 300, seed)
    assert compare(plan, 300, seed) == compare(plan, 300, seed)


@FEW
@given(ladders(), st.integers(0, 2**63))
def test_the_same_seed_gives_the_same_ladder(rungs, seed):
    assert implied(resolve(rungs), "r0", 1, 300, seed) == implied(resolve(rungs), "r0", 1, 300, seed)


@FEW
@given(plans(), ranges())
def test_another_line_leaves_what_was_there_as_it_is(plan, amount):
    more = replace(plan, lines=(*plan.lines, Line(id="new", kind=Flow.COST, amount=amount, every=Frequency.MONTH)))
    swings = {swing.input: (swing.low, swing.high) for swing in simulate(plan, 200).swings}
    assert swings.items() <= {swing.input: (swing.low, swing.high) for swing in simulate(more, 200).swings}.items()
    assert likely(more).npv == pytest.approx(
        likely(plan).npv + likely(replace(plan, lines=more.lines[-1:])).npv,
        abs=1e-9 * (1 + sum(abs(c.present) for c in likely(more).lines)),
    )


@FEW
@given(plans())
def test_figures_of_a_simulation_fit_together(plan):
    found = simulate(plan, 300)
    assert found.npv.p10 <= found.npv.p50 <= found.npv.p90
    assert 0 <= found.loss <= 1
    assert sum(bar.share for bar in found.histogram) == pytest.approx(1)
    assert all(0 <= known.worth <= found.perfect_knowledge for known in found.knowing)
    assert 0 <= found.payback.never <= 1
    assert len(found.left_out) + len(plan.counted) == len(plan.lines)
    assert found.guesses is None or 0 <= found.guesses <= 1 + 1e-12


@FEW
@given(plans())
def test_a_certain_plan_is_its_likely_case(plan):
    def certain(one):
        return one and Range.exactly(one.likely)

    lines = [
        replace(line, amount=certain(line.amount), driver=tuple(replace(f, range=certain(f.range)) for f in line.driver))
        for line in plan.lines
    ]
    sure = replace(plan, lines=tuple(lines))
    found, case = simulate(sure, 20), likely(sure)
    scale = 1e-9 * (1 + sum(abs(line.present) for line in case.lines))
    assert (found.npv.p10, found.npv.mean, found.npv.p90) == pytest.approx((case.npv,) * 3, abs=scale)
    assert found.perfect_knowledge == pytest.approx(0, abs=scale)
    assert not found.swings


@FEW
@given(ladders(), st.floats(-100, 100))
def test_up_the_ladder_and_down_again_is_where_one_began(rungs, change):
    ladder = resolve(rungs)
    start = rungs[0].current
    assert start is not None
    top = implied(ladder, "r0", start + change, 50)[rungs[-1].id]
    back = implied(ladder, rungs[-1].id, top.value.likely, 50)["r0"]
    assume(abs(top.change.likely) > 1e-3 * (1 + abs(rungs[-1].current)) or change == 0)
    assert back.value.likely == pytest.approx(start + change, abs=1e-6 * (1 + abs(start) + abs(change)))


@FEW
@given(ranges(shapes=BOUNDED), st.integers(1, 500), st.integers(0, 9))
def test_draws_stay_within_a_bounded_range_and_rise_with_the_share(one, n, seed):
    drawn = draws({"a": Input(one, "g", 0.4)}, n, seed)["a"]
    hair = 1e-9 * max(1.0, abs(one.low), abs(one.high))
    assert one.low - hair <= drawn.min() <= drawn.max() <= one.high + hair
    assert (np.diff(one.quantile(np.linspace(0, 1, 201))) >= -hair).all()


@FEW
@given(st.lists(amounts, max_size=40), st.floats(-0.5, 2))
def test_at_each_return_the_present_value_is_zero(cash, rate):
    for found in returns(cash):
        if -0.9 < found < 10:
            scale = sum(abs(amount) * (1 + found) ** -t for t, amount in enumerate(cash))
            assert npv(cash, found) == pytest.approx(0, abs=1e-9 * scale)
    signs = [amount > 0 for amount in cash if amount]
    if len(set(signs)) == 2 and signs == sorted(signs):
        assert irr(cash) is not None
    months = payback(discounted(cash, rate))
    assert months is None or 0 <= months <= max(0, len(cash) - 1)


@FEW
@given(st.floats(0, 1e6), shares, shares, shares, amounts, amounts, amounts)
def test_outcomes_add_up_and_give_precision_and_recall_back(cases, positives, precision, recall, value, alarm, missed):
    stakes = Stakes(cases=cases, positives=positives, value_tp=value, cost_fp=alarm, cost_fn=missed)
    try:
        counts = stakes.counts(precision, recall)
    except CalculationError as refused:
        assert str(refused).endswith(".")  # noqa: PT017
        return
    total = counts.true_positives + counts.false_positives + counts.false_negatives + counts.true_negatives
    assert total == pytest.approx(cases)
    if counts.true_positives > 1e-6:
        assert counts.true_positives / (counts.true_positives + counts.false_positives) == pytest.approx(precision, rel=1e-6)
        assert counts.true_positives / (counts.true_positives + counts.false_negatives) == pytest.approx(recall, rel=1e-6)
