"""The data step plans, forecasts and splits, tries things out without saving them, and names what it leaves out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoping.charter import Charter
from scoping.sections.data_sources import Addition, DataSources, Divisible, LearningPoint, Origin, Source
from scoping.sections.feasibility import Feasibility, Slice
from scoping.sections.milestones import Direction, Family, Milestones, Target
from tests.pages.tabs import Tab, figures, table

SOURCES = tuple(
    Source(id=i, name=name, origin=origin, amount=amount, unit="hours", cost=100 * cost, days=days, divisible=Divisible.PART)
    for i, name, origin, amount, cost, days in (
        ("owned", "Owned", Origin.OWNED, 100, 0, 0),
        ("reading", "Reading", Origin.CROWDSOURCED, 1000, 10_000, 14),
        ("labels", "Labels", Origin.PAID_LABELS, 100, 6_000, 7),
        ("purchase", "Purchase <b>", Origin.PURCHASED, 1000, 10_000, 1),
    )
)
READINGS = tuple(LearningPoint(id=f"p{n}", size=n, error=5 + 200 * n**-0.5) for n in (100, 200, 400, 800, 1600, 3200))


PLAN, LABELS = "plan", "labels"


def shown(tab: Tab, label: str, charter: Any = None, **answers: Any) -> tuple[AppTest, str]:
    """A tab of the data step as it is shown for these answers, and its project."""
    charter = (charter or Charter()).with_part("data_sources", DataSources(**answers))
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("data_sources")
    app = tab.turn_to(label)
    assert not app.exception
    return app, project


def words(app: AppTest) -> str:
    told = "\n".join(element.proto.body for element in app.get("html"))
    return (
        unescape(re.sub("<[^>]*>", " ", told))
        + "\n"
        + "\n".join(str(e.value) for kind in ("markdown", "caption", "error") for e in app.get(kind)).replace("\\", "")
    )


def metrics(app: AppTest) -> dict[str, str]:
    return dict(figures(app))


def rows(app: AppTest, column: str, at: int = 0) -> list[dict[str, str]]:
    """The rows of one of the tables that have this column."""
    html = "".join(element.proto.body for element in app.get("html"))
    return [table(one, column) for one in re.findall("<table.*?</table>", html, flags=re.DOTALL) if f">{column}</th>" in one][at]


def tried(tab: Tab, project: str) -> AppTest:
    """Open the place where other limits are tried out."""
    app = tab.unfold(f"data_sources.try.{project}")
    assert not app.exception
    return app


def planner(app: AppTest) -> Any:
    """The button that hands an amount to the planner; None where there is none."""
    return next((b for b in app.button if b.label.startswith("Plan for")), None)


def test_the_cheapest_plan_and_its_equal_are_shown(tab: Tab) -> None:
    app, _ = shown(tab, PLAN, sources=SOURCES, wanted_amount=1000)
    assert metrics(app) == {"Cost": "$9,000", "Data": "1,000 hours", "There after": "1 day"}
    assert "Start at once with 100 hours for nothing. Spend $9,000 to have 1,000 hours on day 1." in words(app)
    assert [row["Source"] for row in rows(app, "Take")] == ["Owned", "Purchase <b>"]
    assert [row["Source"] for row in rows(app, "Take", 1)] == ["Owned", "Reading"]
    assert "2 plans cost and bring the same" in words(app)


def test_a_source_that_nobody_said_can_be_divided_is_planned_both_ways(tab: Tab) -> None:
    undecided = tuple(s.model_copy(update={"divisible": None}) for s in SOURCES)
    app, _ = shown(tab, PLAN, sources=undecided, wanted_amount=1000)
    assert [value for label, value in figures(app) if label == "Cost"] == ["$9,000", "$10,000"]
    assert "If only the whole can be had" in words(app)


def test_without_an_amount_the_most_for_budget_and_days_is_asked_for(tab: Tab) -> None:
    app, _ = shown(tab, PLAN, sources=SOURCES, budget=5_000_00, wanted_days=7)
    assert metrics(app)["Data"] == "600 hours"


def test_an_impossible_wish_says_which_limit_binds(tab: Tab) -> None:
    app, _ = shown(tab, PLAN, sources=SOURCES, wanted_amount=1000, budget=5_000_00)
    assert "No plan keeps these limits" in words(app)
    assert "$4,000 above the budget" in words(app)
    app, _ = shown(tab, PLAN, sources=SOURCES, wanted_amount=2500)
    assert "300 hours less than wanted" in words(app)


def test_the_right_end_of_a_slider_can_be_reached_again(tab: Tab) -> None:
    odd = tuple(s.model_copy(update={"cost": s.cost + 1_237_01, "amount": s.amount + 7}) for s in SOURCES)
    _, project = shown(tab, PLAN, sources=odd, wanted_amount=1000)
    app = tried(tab, project)
    assert app.slider
    for slider in app.slider:
        steps = slider.max / slider.step
        assert steps == pytest.approx(round(steps)), slider.label


def test_a_slider_tries_out_another_limit_and_saves_nothing(tab: Tab) -> None:
    app, project = shown(tab, PLAN, sources=SOURCES, wanted_amount=1000)
    before = tab.store.open(project).stamp
    app = tried(tab, project)
    next(s for s in app.slider if s.label.startswith("Amount")).set_value(600.0)
    app.run()
    assert not app.exception
    assert metrics(app)["Cost"] == "$5,000"
    assert tab.store.open(project).stamp == before
    assert tab.store.open(project).charter.data_sources.wanted_amount == 1000


@pytest.mark.parametrize("wish", ["most", "cheapest", "fastest"])
def test_every_wish_is_answered(tab: Tab, wish: str) -> None:
    _, project = shown(tab, PLAN, sources=SOURCES, wanted_amount=1500, loop_days=4)
    app = tried(tab, project)
    app.session_state[f"data_sources.wish.cheapest.{project}"] = wish
    app.run()
    assert not app.exception
    assert metrics(app)["Data"] == {"most": "2,200 hours"}.get(wish, "1,500 hours")
    assert "more than ten times in one step" in words(app)


def test_money_month_by_month_is_planned_when_asked_for(tab: Tab) -> None:
    _, project = shown(tab, PLAN, sources=SOURCES, wanted_amount=700)
    app = tab.unfold(f"data_sources.months.fold.{project}")
    next(n for n in app.number_input if n.label.startswith("Money")).set_value(3000.0)
    app.run()
    assert not app.exception
    assert "In all 700 hours for $6,000" in words(app)
    assert rows(app, "Arrives")


@pytest.mark.parametrize("sources", [(), (Source(id="a"),), (SOURCES[0].model_copy(update={"cost": None}),)])
def test_without_a_source_that_can_be_planned_the_place_says_what_is_needed(tab: Tab, sources: tuple[Source, ...]) -> None:
    app, _ = shown(tab, PLAN, sources=sources, wanted_amount=10)
    assert "amount, unit, cost and days" in words(app)
    assert ("is not planned" in words(app)) is bool(sources)


@pytest.mark.parametrize("amount", [1e-6, 1e15])
def test_amounts_of_any_size_are_planned(tab: Tab, amount: float) -> None:
    source = SOURCES[1].model_copy(update={"amount": amount})
    app, _ = shown(tab, PLAN, sources=(source,), wanted_amount=amount / 2)
    assert metrics(app)["Cost"] == "$5,000"


# Enough data


def test_a_curve_names_the_amount_and_one_click_asks_the_planner_for_it(tab: Tab) -> None:
    app, project = shown(tab, PLAN, sources=SOURCES, learning_points=READINGS, target_error=7.5)
    assert "takes about 6,4" in words(app)
    assert metrics(app)["Error with the most data so far"] == "8.54\u00a0%"
    planner(app).click().run()
    assert not app.exception
    assert tab.store.open(project).charter.data_sources.wanted_amount == pytest.approx(6500)
    assert planner(app) is None


def test_two_points_are_refused_and_the_number_that_is_needed_is_said(tab: Tab) -> None:
    app, _ = shown(tab, PLAN, learning_points=READINGS[:2], target_error=7)
    assert "Too few points: 2 are there, 5 different amounts are needed" in words(app)
    assert "Error with the most data so far" not in metrics(app)


def test_a_target_that_cannot_be_reached_is_said_here_and_of_the_milestone(tab: Tab) -> None:
    target = Target(id="t", family=Family.ML, metric="Error <i>", direction=Direction.AT_MOST, target=1, unit="%")
    charter = Charter().with_part("milestones", Milestones(targets=(target,)))
    app, _ = shown(tab, PLAN, charter, learning_points=READINGS, target_error=2)
    assert "cannot be reached on this curve" in words(app)
    assert "The milestone target “Error <i>” is doubtful" in words(app)
    assert planner(app) is None


def test_a_curve_without_a_target_asks_for_one(tab: Tab) -> None:
    app, _ = shown(tab, PLAN, learning_points=READINGS)
    assert "Error to reach" in words(app)


# Labels and split


def test_the_example_of_the_slides_is_split_and_labelled(tab: Tab) -> None:
    answers = {"items_to_label": 1000, "labels_per_item": 2, "minutes_per_item": 3, "label_rate": 20_00, "agreement_target": 90}
    app, project = shown(tab, LABELS, examples=100, positive_share=30, **answers)
    app = tab.unfold(f"data_sources.advice.{project}")
    assert metrics(app) == {"Labels": "2,000", "Time of one person": "12.5 days", "Cost of labelling": "$2,000"}
    told = rows(app, "Of the rarer class")
    assert [row["Of the rarer class"] for row in told] == ["18", "6", "6"]
    assert told[2]["Off by more than 10 points"] == "17\u00a0%"
    assert told[2]["A random split, 9 times in 10"] == "3 to 9"
    assert "Small data" in words(app)
    assert "has not been measured yet" in words(app)


def test_a_rate_that_is_not_known_is_not_free_labour(tab: Tab) -> None:
    app, _ = shown(tab, LABELS, items_to_label=10, labels_per_item=2, minutes_per_item=3)
    assert metrics(app)["Cost of labelling"] == "rate not known yet"


def test_an_empty_step_says_what_is_needed(tab: Tab) -> None:
    app, _ = shown(tab, LABELS)
    assert any("size not known yet, kind not known yet" in e.label for e in app.expander)
    assert "this place says what labelling takes" in words(app)


def test_shares_that_do_not_add_up_are_refused_in_a_sentence(tab: Tab) -> None:
    app, _ = shown(tab, LABELS, examples=100, positive_share=30, train_share=50, test_share=20)
    assert "add to 70\u00a0%" in words(app)


# Data to add


def test_a_group_that_people_do_better_asks_for_data_and_a_doubtful_addition_is_told(tab: Tab) -> None:
    groups = (
        Slice(id="car", name="Car <i>", model=80, hlp=90, share=10),
        Slice(id="calm", name="Calm", model=95, hlp=96, share=60),
        Slice(id="odd", name="Odd", model=70, hlp=70, share=30),
    )
    charter = Charter().with_part("feasibility", Feasibility(slices=groups))
    more = Addition(id="m", what="Record in cars", group="car", people_do_well="yes", fails_today="no")
    app, _ = shown(tab, "inventory", charter, additions=(more,))
    told = rows(app, "Planned")
    assert [(row["Group"], row["Planned"]) for row in told] == [("Car <i>", "Record in cars"), ("Calm", "nothing yet")]
    assert "“Record in cars” is unlikely to help: the model does not fail on it today." in words(app)


def test_without_a_group_the_place_says_where_they_are_noted(tab: Tab) -> None:
    app, _ = shown(tab, "inventory")
    assert "No group is known yet" in words(app)
