"""What a sponsor repeats: one sentence, when the money is back, and the guess that matters most."""

from __future__ import annotations

from datetime import date

import pytest

from scoping import samples
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.solutions import Solution, Solutions
from scoping.sections.value import Benefit, Cost, Rung, Value
from scoping.value import story, valuation

FIRST = date(2027, 1, 10)


def worth(*benefits: Benefit, rungs: tuple[Rung, ...] = ()) -> valuation.Valuation:
    cost = Cost(id="c", name="Team", low=90_000_00, likely=100_000_00, high=110_000_00, period="once", evidence="estimate")
    ideas = Solutions(solutions=(Solution(id="s", name="Forecast", standing="chosen"),))
    plan = Milestones(
        milestones=(Milestone(id="m", deliverable="All shops", kind=MilestoneKind.LAUNCH, start=FIRST, due=date(2027, 6, 30)),)
    )
    value = Value(benefits=benefits, costs=(cost,), rungs=rungs)
    return valuation.of_steps("USD", ideas, value, (), plan)


def gain(**more: object) -> Benefit:
    return Benefit(
        **{"id": "b", "name": "Less waste", "low": 60_000_00, "likely": 120_000_00, "high": 200_000_00, "period": "year", **more}
    )


def test_a_guess_is_told_roughly_and_what_is_known_by_its_range():
    rough, known = worth(gain(evidence="guess")), worth(gain(evidence="measured"))
    assert story.sentence(rough, FIRST).startswith("Roughly $")
    assert story.sentence(rough, FIRST).endswith(" by 9 Jan 2030, after all costs.")
    assert not story.sentence(known, FIRST).startswith("Roughly")
    assert story.sentence(known, None).endswith(" within 3 years, after all costs.")
    assert [label for label, _ in story.facts(rough, FIRST)] == [
        "Costs until the last launch",
        "Money is back",
        "Chance to lose money",
    ]


def test_a_leap_day_ends_the_day_before_the_last_of_february():
    assert story.end(worth(gain()), date(2028, 2, 29)) == "by 27 Feb 2031"


def test_a_plan_at_the_end_of_the_calendar_is_told_all_the_same():
    assert story.end(worth(gain()), date(9999, 12, 31)) == "within 3 years"
    assert story.month_of(date(9999, 12, 31), 30) == "Jun 9999"


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "below 1 in 100"),
        (0.033, "about 1 in 30"),
        (0.2, "about 1 in 5"),
        (0.5, "about 5 in 10"),
        (0.96, "about 9 in 10"),
        (1.0, "above 99 in 100"),
    ],
)
def test_a_chance_is_told_as_people_say_it(chance, words):
    assert story.in_cases(chance) == words


def test_the_guess_that_makes_the_result_widest_is_named_with_its_place():
    told, driver = story.guess(worth(gain(evidence="guess"))) or ("", None)
    assert "comes from one guess: “Less waste”." in told
    assert (driver.ref, driver.record, driver.field) == ("value.benefits", "b", "evidence")
    assert story.guess(worth(gain(evidence="measured"))) is None


def test_a_link_of_the_ladder_is_a_driver_with_its_own_place():
    rungs = (
        Rung(id="a", order=1, metric="Words", current=1, target=2),
        Rung(id="b", order=2, metric="Sales", low=1, likely=4, high=9, evidence="guess"),
    )
    per_unit = gain(low=None, likely=50_000_00, high=None, rung="b", evidence="measured")
    (first, *_) = story.drivers(worth(per_unit, rungs=rungs))
    assert (first.ref, first.record) == ("value.rungs", "b")
    assert first.name == "how far “Sales” follows “Words”"
    assert sum(d.share for d in story.drivers(worth(per_unit, rungs=rungs))) == pytest.approx(1)


def test_the_fan_ends_where_the_net_present_value_is():
    for sample in samples.samples():
        plan = valuation.valuation(sample.charter).of_chosen
        seen, npv = valuation.spread_out(plan), valuation.simulated(plan).npv
        assert (seen.low[-1], seen.high[-1]) == pytest.approx((npv.p10, npv.p90))
        benefits = sum(one.likely for one in seen.lines if one.line.sign > 0)
        assert benefits - sum(one.likely for one in seen.lines if one.line.sign < 0) == pytest.approx(seen.likely[-1])
