"""A charter's value step in figures: what is counted how, what is left out and why."""

from datetime import date

import pytest

from scoping.charter import Charter
from scoping.findings import Problem
from scoping.portfolio.figures import figures
from scoping.review import overview
from scoping.sections.data_sources import DataSources, Origin, Source
from scoping.sections.milestones import Family, Milestone, MilestoneKind, Milestones, Target
from scoping.sections.project import Project
from scoping.sections.solutions import Solution, Solutions, Standing
from scoping.sections.value import (
    Benefit,
    Cost,
    LinkedCosts,
    LinkEvidence,
    OperatingPoint,
    Period,
    Rate,
    Realised,
    Rung,
    Stake,
    Value,
)
from scoping.value import money, simulation
from scoping.value.errors import below_break_even, judged
from scoping.value.realised import realised
from scoping.value.valuation import MILESTONES, SOURCES, YEARS, compared, of_steps, simulated, valuation

BENEFITS, COSTS = "value.benefits", "value.costs"
MONTH, YEAR, ONCE = Period.MONTH, Period.YEAR, Period.ONCE
IDEAS = Solutions(solutions=(Solution(id="ml", name="Learn", standing=Standing.CHOSEN), Solution(id="rules", name="Rules")))


def charter(project=None, solutions=IDEAS, sources=(), milestones=(), **value):
    return Charter(
        project=project or Project(),
        solutions=solutions,
        value=Value(**value),
        data_sources=DataSources(sources=sources),
        milestones=Milestones(milestones=milestones),
    )


def benefit(**more):
    return Benefit(**{"id": "b", "name": "Gain", "likely": 100_00, "period": MONTH, **more})


def line(worth, ref=BENEFITS, record="b"):
    return worth.lines[ref, record]


# When benefits begin


LAUNCH, TEST = MilestoneKind.LAUNCH, MilestoneKind.TEST


def stone(name, due=None, kind=None, start=None):
    return Milestone(id=name, deliverable=name, due=due, kind=kind, start=start)


@pytest.mark.parametrize(
    ("plan", "month", "milestone"),
    [
        ((stone("proof", date(2027, 2, 26), TEST, date(2026, 12, 1)), stone("shops", date(2027, 7, 30), LAUNCH)), 8, "shops"),
        ((stone("a", date(2027, 2, 1), LAUNCH, date(2026, 12, 1)), stone("b", date(2027, 9, 9), TEST)), 2, "a"),
        ((stone("a", date(2027, 2, 1), LAUNCH, date(2026, 12, 1)), stone("b", date(2027, 5, 2), LAUNCH)), 6, "b"),
        ((stone("a", date(2027, 2, 1), TEST, date(2026, 12, 1)), stone("b", date(2027, 9, 1))), 9, "b"),
        ((stone("a", date(2027, 2, 1), TEST, date(2026, 12, 1)), stone("b", kind=LAUNCH)), 2, "a"),
        ((stone("a", date(2027, 1, 31)), stone("b", date(2027, 2, 28))), 1, "b"),
        ((stone("a", date(2027, 1, 31)),), 0, "a"),
        ((stone("a", start=date(2027, 1, 31)),), 0, ""),
        ((), 0, ""),
    ],
)
def test_benefits_begin_when_the_last_milestone_that_delivers_them_is_due(plan, month, milestone):
    worth = valuation(charter(milestones=plan, benefits=(benefit(),), costs=(Cost(id="c", likely=1_00, period=MONTH),)))
    assert (worth.delivery.month, worth.delivery.milestone) == (month, milestone)
    assert line(worth).starts_month == month
    assert line(worth, COSTS, "c").starts_month == 0, "costs begin on the first day"


def test_a_benefit_that_says_when_it_starts_starts_then():
    plan = (stone("a", date(2027, 9, 1), LAUNCH, date(2026, 12, 1)),)
    worth = valuation(charter(milestones=plan, benefits=(benefit(starts_month=0), benefit(id="c", starts_month=20))))
    assert (line(worth).starts_month, line(worth, record="c").starts_month) == (0, 20)


def test_a_charter_is_valued_once_for_page_rules_and_words():
    one = charter(benefits=(benefit(name="Only here"),), stakes=(Stake(id="s", name="Only here"),))
    first = valuation(one)
    assert valuation(Charter.model_validate(one.model_dump())) is first
    judged(one.value)
    before = of_steps.cache_info().misses, judged.cache_info().misses
    overview(one)
    figures(one)
    assert (of_steps.cache_info().misses, judged.cache_info().misses) == before


# Amounts


def test_amounts_are_counted_in_major_units_of_the_projects_currency():
    worth = valuation(
        charter(
            project=Project(currency="EUR"),
            benefits=(benefit(currency="JPY", low=1_000, likely=2_000, high=4_000), benefit(id="own", currency="EUR")),
            rates=(Rate(id="r", foreign="JPY", rate=0.006),),
        )
    )
    amount = line(worth).amount
    assert (amount.low, amount.likely, amount.high) == pytest.approx((6, 12, 24))
    assert line(worth, record="own").amount.likely == 100
    assert worth.currency == "EUR"


def test_the_last_rate_of_a_currency_counts_and_the_own_currency_needs_none():
    rates = (Rate(id="a", foreign="EUR", rate=2), Rate(id="b", foreign="EUR", rate=3), Rate(id="c", foreign="USD", rate=7))
    worth = valuation(charter(benefits=(benefit(currency="EUR"), benefit(id="own")), rates=rates))
    assert line(worth).amount.likely == 300
    assert line(worth, record="own").amount.likely == 100


@pytest.mark.parametrize("rates", [(), (Rate(id="r", foreign="EUR", rate=0),), (Rate(id="r", foreign="EUR", unknown=("rate",)),)])
def test_an_amount_without_a_rate_is_named_and_the_rest_still_counts(rates):
    worth = valuation(charter(benefits=(benefit(currency="EUR"), benefit(id="own")), rates=rates))
    assert [(p.ref, p.record) for p in worth.problems] == [(BENEFITS, "b")]
    assert "EUR" in worth.problems[0].sentence
    assert [found.id for found in worth.plan.counted] == ["own"]


@pytest.mark.parametrize("amount", [{}, {"low": 1_00, "likely": None, "high": 3_00}])
def test_an_amount_that_comes_nobody_knows_how_often_is_not_counted(amount):
    worth = valuation(charter(benefits=(benefit(period=None, **amount),)))
    assert worth.plan.counted == ()
    assert worth.problems == (Problem(BENEFITS, "b", "Say how often the amount comes: once, per month or per year."),)


def test_an_amount_that_is_not_known_is_left_out_by_name():
    worth = valuation(charter(costs=(Cost(id="c", name="Team", unknown=("likely",)),)))
    assert [p.about("Team") for p in worth.problems] == ["“Team”: the amount is not known yet, so it is not counted."]


def test_a_problem_names_its_record_once():
    problem = Problem("value.rungs", "r", "“Words” rests on itself. Change what it rests on.")
    assert problem.about("Words") == problem.sentence
    assert problem.about("Queries").startswith("“Queries”: ")


def test_years_and_discount_have_their_defaults():
    assert valuation(charter()).plan.horizon_months == 12 * YEARS
    plan = valuation(charter(horizon_years=5, discount_rate=8.0)).plan
    assert (plan.horizon_months, plan.yearly_discount_rate) == (60, 0.08)


def test_timing_cause_and_evidence_reach_the_line():
    row = benefit(starts_month=3, ramp_months=4, lasts_months=5, cause=" Orders ", pull=0.5, evidence=LinkEvidence.GUESS)
    found = line(valuation(charter(benefits=(row,))))
    assert (found.starts_month, found.ramp_months, found.lasts_months) == (3, 4, 5)
    assert (found.group, found.loading) == ("orders", 0.5)
    assert found.is_guess


# Linked costs

SOURCE_ROWS = (
    Source(id="s", name="Bought", cost=300_00),
    Source(id="wished", name="Wished", cost=900_00, origin=Origin.WISHED),
    Source(id="free", name="Owned", cost=0),
    Source(id="open", name="Open", unknown=("cost",)),
)
PLAN = (
    Milestone(id="s", deliverable="Launch", start=date(2027, 1, 4), money=50_00),
    Milestone(id="poc", deliverable="Proof", start=date(2026, 11, 30), due=date(2026, 12, 31), money=20_00),
    Milestone(id="due", deliverable="Only due", due=date(2027, 3, 1), money=10_00),
    Milestone(id="undated", deliverable="Undated", money=5_00),
)


@pytest.mark.parametrize(
    ("linked", "refs"),
    [
        (None, set()),
        (LinkedCosts.NONE, set()),
        (LinkedCosts.DATA, {SOURCES}),
        (LinkedCosts.MILESTONES, {MILESTONES}),
        (LinkedCosts.BOTH, {SOURCES, MILESTONES}),
    ],
)
def test_costs_of_other_steps_are_counted_only_when_they_are_linked(linked, refs):
    worth = valuation(charter(sources=SOURCE_ROWS, milestones=PLAN, linked_costs=linked))
    assert {ref for ref, _ in worth.lines} == refs
    assert money.likely(worth.of_chosen).costs == pytest.approx(300 * (SOURCES in refs) + 85 * (MILESTONES in refs))


def test_only_sources_that_cost_something_and_are_not_wished_for_are_counted():
    worth = valuation(charter(sources=SOURCE_ROWS, linked_costs=LinkedCosts.DATA))
    assert set(worth.lines) == {(SOURCES, "s")}
    assert worth.problems == ()


def test_money_of_a_milestone_is_needed_when_it_starts_counted_from_the_first_day_of_the_plan():
    worth = valuation(charter(milestones=PLAN, linked_costs=LinkedCosts.MILESTONES))
    months = {record: found.starts_month for (_, record), found in worth.lines.items()}
    assert months == {"poc": 0, "s": 2, "due": 4, "undated": 0}


def test_records_of_one_id_in_different_lists_are_different_amounts():
    worth = valuation(
        charter(
            sources=SOURCE_ROWS,
            milestones=PLAN,
            costs=(Cost(id="s", name="Typed", likely=7_00, period=ONCE),),
            linked_costs=LinkedCosts.BOTH,
        )
    )
    assert worth.problems == ()
    assert money.likely(worth.of_chosen).costs == pytest.approx(7 + 300 + 85)


def test_a_linked_amount_without_a_rate_is_named_at_its_record():
    sources = (Source(id="s", name="Bought", cost=300_00, currency="EUR"),)
    worth = valuation(charter(sources=sources, linked_costs=LinkedCosts.DATA))
    assert [(p.ref, p.record) for p in worth.problems] == [(SOURCES, "s")]


# Benefits per unit of a rung

RUNGS = (
    Rung(id="words", order=1, metric="Words right", current=80, target=85, evidence="measured"),
    Rung(id="found", order=2, metric="Found", current=70, target=74, low=0.5, likely=0.8, high=1.0, evidence="measured"),
    Rung(id="failures", order=3, metric="Failures", current=30, target=26, low=-1.2, likely=-1.0, high=-0.9, evidence="guess"),
    Rung(id="loose", order=4, metric="Loose"),
)


@pytest.mark.parametrize(("rung", "units"), [("words", 5), ("found", 4), ("failures", 4)])
def test_a_benefit_per_unit_counts_by_how_much_its_rung_gets_better(rung, units):
    worth = valuation(charter(rungs=RUNGS, benefits=(benefit(rung=rung),)))
    assert line(worth).likely == pytest.approx(100 * units)


def test_a_benefit_rests_on_a_guess_when_a_link_does():
    sure, guessed = (
        line(valuation(charter(rungs=RUNGS, benefits=(benefit(rung=rung, evidence=LinkEvidence.MEASURED),))))
        for rung in ("found", "failures")
    )
    assert not sure.is_guess
    assert guessed.is_guess


@pytest.mark.parametrize(
    ("rungs", "rung", "words"),
    [
        (RUNGS, "gone", "does not exist any more"),
        (RUNGS, "loose", "How much one unit of the step below moves “Loose” is not known."),
        ((RUNGS[0].model_copy(update={"target": None}), *RUNGS[1:]), "found", "the present value and the target of “Words right”"),
    ],
)
def test_a_benefit_per_unit_that_cannot_be_worked_out_says_why(rungs, rung, words):
    worth = valuation(charter(rungs=rungs, benefits=(benefit(rung=rung), benefit(id="plain"))))
    (problem,) = [p for p in worth.problems if p.ref == BENEFITS]
    assert problem.record == "b"
    assert words in problem.sentence
    assert [found.id for found in worth.plan.counted] == ["plain"]


def test_a_break_in_the_ladder_is_a_problem_of_its_rung():
    assert [(p.ref, p.record) for p in valuation(charter(rungs=RUNGS)).problems] == [("value.rungs", "loose")]


# Alternatives


def test_lines_count_for_the_chosen_idea_unless_they_name_another():
    rows = (benefit(), benefit(id="r", solution="rules", likely=30_00), benefit(id="gone", solution="removed"))
    worth = valuation(charter(benefits=rows))
    assert {found.id for found in worth.of_chosen.lines} == {"b", "gone"}
    assert worth.plan.alternatives == ("ml", "rules")
    assert [o.alternative for o in compared(worth.plan)] == ["ml", "rules", money.NOTHING]
    assert worth.names == {"ml": "Learn", "rules": "Rules", money.NOTHING: "Do nothing"}


def test_without_a_chosen_idea_lines_belong_to_none():
    worth = valuation(charter(solutions=Solutions(solutions=(Solution(id="ml"),)), benefits=(benefit(),)))
    assert worth.chosen == ""
    assert [found.id for found in worth.of_chosen.lines] == ["b"]


def test_the_same_charter_gives_the_same_simulation_and_draws_it_once():
    one, other = (valuation(charter(benefits=(benefit(low=1_00, high=900_00),))).of_chosen for _ in range(2))
    assert simulated(one) == simulation.simulate(other, seed=1)
    assert simulated(one) is simulated(other)


# Being wrong

STAKE = Stake(id="a", name="Block", cases_per_month=1_000, positive_share=10, value_tp=9_00, cost_fp=1_00, cost_fn=0)


def test_a_decision_is_valued_in_its_own_currency_at_its_own_points():
    value = Value(
        stakes=(STAKE, STAKE.model_copy(update={"id": "b", "name": "Warn"})),
        operating_points=(
            OperatingPoint(id="first", name="Low", precision=50, recall=80),
            OperatingPoint(id="none", name="No recall"),
            OperatingPoint(id="own", name="High", stake="b", precision=90, recall=50),
        ),
    )
    block, warn = judged(value)
    assert [p.id for p in block.settings] == ["first"]
    assert [p.id for p in warn.settings] == ["own"]
    assert block.best.worth.gain == pytest.approx(80 * 9 - 80 * 1)
    assert block.needs == pytest.approx(0.1)


@pytest.mark.parametrize(
    "missing", [{"cases_per_month": None}, {"positive_share": None}, {"value_tp": None, "cost_fp": None, "cost_fn": None}]
)
def test_a_decision_that_lacks_a_number_is_not_valued(missing):
    (one,) = judged(Value(stakes=(STAKE.model_copy(update=missing),)))
    assert (one.stakes, one.points, one.needs) == (None, (), None)


def test_errors_of_a_number_have_a_price():
    row = Stake(id="a", name="Forecast", cases_per_month=100, cost_per_error=2_00, cost_per_case=1_00)
    (one,) = judged(Value(stakes=(row,)))
    assert one.errors.cost(3) == pytest.approx(600)
    assert one.errors.break_even(3) == pytest.approx(2.5)


def test_a_target_for_precision_is_held_against_the_break_even():
    targets = tuple(
        Target(id=name, family=Family.ML, metric="Precision", target=goal, unit=unit)
        for name, goal, unit in (("low", 9, "%"), ("share", 0.09, ""), ("enough", 10, "%"), ("open", None, "%"))
    )
    found = below_break_even(Value(stakes=(STAKE,)), Milestones(targets=targets))
    assert [target.id for _, target in found] == ["low", "share"]


# What came of it


def test_the_promise_begins_with_the_first_month_that_was_noted():
    rows = (benefit(starts_month=9, ramp_months=2), benefit(id="other", likely=900_00))
    notes = (
        Realised(id="x", benefit="b", month=date(2027, 12, 20), amount=30_00),
        Realised(id="y", benefit="b", month=date(2028, 2, 1), amount=80_00),
        Realised(id="z", benefit="b", month=date(2028, 2, 28), amount=5_00),
        Realised(id="rate", benefit="b", month=date(2028, 3, 1), amount=5_00, currency="EUR"),
        Realised(id="open", benefit="b", unknown=("month",)),
    )
    months = realised(charter(benefits=rows, realised=notes))
    assert [(m.first, m.promised, m.realised) for m in months] == [
        (date(2027, 12, 1), pytest.approx(50), 30),
        (date(2028, 1, 1), pytest.approx(100), None),
        (date(2028, 2, 1), pytest.approx(100), 85),
    ]


def test_without_a_reading_there_is_nothing_to_compare():
    assert realised(charter(benefits=(benefit(),))) == ()
