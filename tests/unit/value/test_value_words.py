"""What a sponsor reads about money: rough where it rests on guesses, never a fantastic rate, never a chance of nothing."""

from dataclasses import replace
from datetime import date

import pytest

from scoping.charter import Charter
from scoping.drawing import LIGHT
from scoping.numbers import ranges
from scoping.numbers.shapes import Shape
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.value import Benefit, Cost, LinkEvidence, Period, Value
from scoping.value import money, valuation
from scoping.value.charts import outcomes
from scoping.value.simulation import Payback
from scoping.value.words import (
    FAR_ABOVE,
    alternatives,
    begins,
    expected,
    headline,
    movers,
    nothing_to_find_out,
    payback,
    rate_of_return,
    result,
    sums,
    worth_knowing,
    year_by_year,
    years_title,
)

LAUNCH = MilestoneKind.LAUNCH
GAIN = Benefit(id="b", name="Gain", low=80_000_00, likely=100_000_00, high=150_000_00, period=Period.MONTH)
TEAM = Cost(id="c", name="Team", low=100_000_00, likely=110_000_00, high=180_000_00, period=Period.ONCE, evidence="estimate")
PLAN = (
    Milestone(id="a", deliverable="Proof", start=date(2026, 12, 1), due=date(2027, 2, 26)),
    Milestone(id="b", deliverable="All shops", due=date(2027, 7, 30), kind=LAUNCH),
)


def charter(evidence=None, plan=PLAN, benefits=None, costs=(TEAM,), **gain):
    row = GAIN.model_copy(update={"evidence": evidence, **gain})
    value = Value(benefits=(row,) if benefits is None else benefits, costs=costs)
    return Charter(value=value, milestones=Milestones(milestones=plan))


def of(*given, **more):
    return valuation.valuation(charter(*given, **more))


def case(*cash):
    """A likely case with this money per month."""
    lines = [
        money.Line(
            id=str(month),
            kind=money.Flow.BENEFIT if amount > 0 else money.Flow.COST,
            amount=ranges.Range.exactly(abs(amount)),
            starts_month=month,
            evidence="estimate",
        )
        for month, amount in enumerate(cash)
    ]
    return money.likely(money.Projection(tuple(lines), len(cash)))


def test_money_is_not_back_before_the_plan_has_delivered():
    """From the first day, 6,749 % a year and back after two months; with the launch in month eight, neither."""
    early, launched = (money.likely(of(**more).of_chosen) for more in ({"starts_month": 0}, {}))
    assert early.payback_months < 3
    assert 9 < launched.payback_months < 10
    assert launched.benefits == pytest.approx(28 * 100_000)
    assert early.irr > 20
    assert launched.irr < early.irr / 5


@pytest.mark.parametrize(
    ("cash", "words"),
    [
        ((-100, 101), "13\u00a0% a year, at likely values"),
        ((-100, 200), FAR_ABOVE),
        ((-100, 90), "-72\u00a0% a year, at likely values"),
        ((5, 5), "none: money flows one way only"),
        ((), "none: money flows one way only"),
        ((1000, -3000, 2500), "none: at no rate do benefits and costs balance"),
        ((-1600, 10000, -10000), "none reported: 2 rates fit, so none of them is the return"),
        ((-1, 2) * 20, "none reported: money changes its direction 39 times"),
    ],
)
def test_a_rate_of_return_is_told_only_where_it_says_something(cash, words):
    assert rate_of_return(case(*cash)) == words


@pytest.mark.parametrize("percent", [94, 99, 99.4, 99.6, 100, 100.4])
def test_a_return_of_a_hundred_per_cent_and_more_is_no_figure(percent):
    told = rate_of_return(case(-100, *[0] * 11, 100 + percent))
    assert (told == FAR_ABOVE) == (percent >= 99.5)
    assert "100\u00a0%" not in told


def test_no_chance_is_ever_nought_per_cent():
    worth = of("estimate")
    assert valuation.simulated(worth.of_chosen).loss == 0
    facts = {name: words for name, words in result(worth) if name != "Resting on guesses"}
    said = [*facts.values(), headline(worth), *(cell for row in alternatives(worth).cells for cell in row)]
    assert not [words for words in said if words.startswith("0\u00a0%") or " 0\u00a0%" in words or "0%" in words]
    assert dict(result(worth))["Chance of a loss"] == "below 1\u00a0%"


def test_money_is_back_when_as_many_months_have_passed_as_it_takes():
    costs = (TEAM.model_copy(update={"low": None, "likely": 100_000_00, "high": None}),)
    even = {"low": None, "likely": 10_000_00, "high": None}
    assert money.likely(of(costs=costs, starts_month=0, **even).of_chosen).payback_months == 10
    assert money.likely(of(costs=costs, starts_month=8, **even).of_chosen).payback_months == 18
    quick = of(costs=costs, low=None, likely=300_000_00, high=None).of_chosen
    assert money.likely(quick).payback_months == pytest.approx(8 + 1 / 3), "not before anything has come in"
    assert valuation.simulated(quick).payback.p50 == pytest.approx(8 + 1 / 3)


def test_doing_nothing_has_no_chance_of_a_loss_at_all():
    nothing = next(row for row in alternatives(of("estimate")).cells if row[0] == "Do nothing")
    assert nothing[4] == "none, as no amount is in doubt"


def test_what_rests_on_guesses_is_told_as_a_rough_range():
    guessed, known = of("guess"), of("estimate")
    facts = dict(result(guessed))
    assert facts["Worth over 3 years"].startswith("roughly $2.")
    assert facts["Worth over 3 years"].endswith("million; rests on guesses")
    assert "Worth over 3 years, at likely values" not in facts
    assert headline(guessed).startswith("roughly $2.")
    assert "rests on guesses" in headline(guessed)
    assert sums(guessed)[0] == "roughly $2.8 million over 3 years at likely values (rests on guesses)"
    assert "guess" not in headline(known)
    assert "Worth over 3 years, at likely values" in dict(result(known))


def test_payback_ratio_rate_sums_and_years_are_rough_too_where_all_is_guessed():
    guessed, known = (of(evidence, likely=101_234_00) for evidence in ("guess", "estimate"))
    rough, exact = dict(result(guessed)), dict(result(known))
    assert rough["Money is back after"] == "roughly 6 to 12 months; rests on guesses"
    assert exact["Money is back after"].startswith("9 months, at likely values")
    assert rough["Benefits over costs"] == "roughly 26 times, not discounted; rests on guesses"
    assert exact["Benefits over costs"].startswith("25.77 times")
    assert rough["Return a year"] == FAR_ABOVE
    years, figures = (year_by_year(worth).cells[0] for worth in (guessed, known))
    assert (years[1], figures[1]) == ("$400,000", "$405,000")
    assert years_title(guessed) == "Year by year, roughly: rests on guesses"
    assert years_title(known) == "Year by year, at likely values"
    assert all("roughly" in row[2] for row in movers(guessed).cells)
    assert not any("roughly" in row[2] for row in movers(known).cells)
    assert all(row[1].startswith("roughly") for row in worth_knowing(guessed).cells)


def test_costs_that_are_all_guesses_are_rough_whatever_the_benefits_are():
    guess = TEAM.model_copy(update={"evidence": None, "likely": 111_111_00})
    assert sums(of("estimate", costs=(guess,)))[1] == "roughly $110,000 over 3 years at likely values (rests on guesses)"
    assert sums(of("guess", costs=(TEAM,)))[1] == "$110,000 over 3 years at likely values"


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (Payback(0.0, 0.0, 0.0, 0.0), "at once; rests on guesses"),
        (Payback(1.2, 2.0, 2.9, 0.0), "roughly within 3 months; rests on guesses"),
        (Payback(6.0, 6.0, 6.0, 0.0), "roughly 6 to 9 months; rests on guesses"),
        (Payback(7.4, 9.9, 16.1, 0.03), "roughly 6 to 18 months; with a chance of 3\u00a0% not within 3 years; rests on guesses"),
        (
            Payback(7.4, 30.0, None, 0.4),
            "roughly 6 months or more; with a chance of 40\u00a0% not within 3 years; rests on guesses",
        ),
        (Payback(None, None, None, 0.95), "with a chance of 95\u00a0% not within 3 years; rests on guesses"),
    ],
)
def test_a_payback_that_rests_on_guesses_is_told_in_quarters(back, words):
    plan = of("guess").of_chosen
    seen = replace(valuation.simulated(plan), payback=back)
    assert payback(money.likely(plan), seen, plan) == words


def test_pictures_of_guesses_say_two_digits():
    seen = valuation.simulated(of("guess").of_chosen)
    assert "roughly" in outcomes(seen, "USD", LIGHT, True).alt
    assert "roughly" not in outcomes(seen, "USD", LIGHT).alt


def test_one_benefit_that_is_known_makes_the_result_more_than_a_guess():
    known = GAIN.model_copy(update={"id": "k", "evidence": LinkEvidence.MEASURED})
    assert not money.likely(of(benefits=(GAIN, known)).of_chosen).rests_on_guesses
    assert money.likely(of(benefits=(GAIN,)).of_chosen).rests_on_guesses
    assert not money.likely(of(benefits=()).of_chosen).rests_on_guesses


def test_the_start_of_benefits_says_where_it_comes_from():
    launch = "the last launch, “All shops”, is due on 30 Jul 2027"
    assert begins(of()) == f"Benefits begin after 8 months, when {launch}."
    assert "when the last milestone (none is called a launch), “Proof”, is due on 26 Feb 2027" in begins(of(plan=PLAN[:1]))
    assert "earlier than they can begin" in begins(of(plan=()))
    undated = PLAN[1].model_copy(update={"id": "c", "deliverable": "Abroad", "due": None})
    assert begins(of(plan=(*PLAN, undated))).endswith("“Abroad” has no due date yet and may make it later.")
    assert begins(of(benefits=())) == ""


def test_a_benefit_that_begins_before_the_plan_delivers_is_named():
    early = GAIN.model_copy(update={"id": "e", "name": "Pilot", "starts_month": 3})
    assert begins(of(benefits=(GAIN, early))).endswith("By its own line “Pilot” begins before that.")
    alone = begins(of(benefits=(early,)))
    assert alone.startswith("Every benefit says itself when it begins. By its own line “Pilot” begins before the last launch")
    assert begins(of(starts_month=9)) == "Every benefit says itself when it begins."


def test_a_value_without_an_expected_one_shows_its_median():
    lopsided = TEAM.model_copy(update={"low": 1_00, "likely": 100_00, "high": 20_000_00, "shape": Shape.METALOG})
    worth = of("estimate", costs=(lopsided,))
    seen = valuation.simulated(worth.of_chosen)
    assert expected(seen.npv, "USD", rough=False).endswith("(median)")
    assert worth_knowing(worth).cells == ()
    assert "cannot be worked out from a median" in nothing_to_find_out(worth)
