"""How much data is enough: the learning curve, the amount that a target takes, and the planner asked for it."""

from __future__ import annotations

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import here, markup, notices
from pages.parts.here import Step
from scoping.data_sources import charts, enough, supply
from scoping.errors import CalculationError
from scoping.merge import Edit
from scoping.numbers.learning_curve import Curve
from scoping.sections.data_sources import DataSources
from scoping.words import fine_percent, short


def show(step: Step) -> None:
    """The curve through the readings and what it says about the error to reach; a slider tries out other errors, unsaved."""
    data = step.charter.data_sources
    title = markup.heading("How much is enough?")
    try:
        curve = enough.curve(data)
    except CalculationError as error:
        markup.show(markup.stack(title, markup.note(str(error))))
        return
    unit = supply.supply(step.charter).unit
    above, target = st.container(), _target(step, data, curve)
    ahead = curve.forecast(curve.farthest)
    asked = "Say under “Error to reach” which error is good enough; then this place says how much data that takes."
    says = markup.note(asked) if target is None else markup.result(enough.says(curve, target, unit))
    facts = (
        ("Error with the most data so far", fine_percent(curve.last_error)),
        ("With ten times as much, in 8 of 10 cases", f"{fine_percent(ahead.low)} to {fine_percent(ahead.high)}"),
    )
    doubts = (
        markup.banner(f"The milestone target “{short(row.title, 60)}” is doubtful: {why}.")
        for row, why in enough.below_curve(data, step.charter.milestones)
    )
    with above:
        markup.show(markup.stack(title, says, *doubts, markup.facts(facts)))
    picture = step.key("chart", "learning")
    parts_charts.show(picture, charts.learning, curve, enough.points(data), target, unit, parts_charts.theme())
    if target is not None:
        _ask_planner(step, curve, target, unit)


def _target(step: Step, value: DataSources, curve: Curve) -> float | None:
    """The error to reach, from 0 to 1, or what the slider makes of it."""
    if value.target_error is None:
        return None
    largest = max(100 * curve.last_error, value.target_error)
    tried = st.slider(
        "Error to reach, in % (tried out here, not saved)",
        0.0,
        float(f"{largest:.3g}"),
        min(float(value.target_error), float(f"{largest:.3g}")),
        step=0.1 if largest > 2 else 0.01,
        key=step.key("whatif", "error", repr(value.target_error), repr(largest)),
        width=420,
    )
    return tried / 100


def _ask_planner(step: Step, curve: Curve, target: float, unit: str) -> None:
    """One click from the amount that the target takes to the plan for it."""
    data = step.charter.data_sources
    needed = curve.needed(target)
    amount = None if needed.likely is None else enough.rounded_up(needed.likely)
    if amount is None or amount == data.wanted_amount:
        return
    st.button(
        notices.plain(f"Plan for {enough.amount_words(amount, unit)}"),
        icon=":material/shopping_cart:",
        help="Writes this amount into “Amount wanted”, from which the planner starts.",
        key=step.key("enough", "plan"),
        on_click=_wanted,
        args=(step.project.project_id, data.wanted_amount, amount),
        disabled=step.project.is_archived,
    )


def _wanted(project: str, before: float | None, amount: float) -> None:
    with notices.refusals():
        saved = here.save(project, "data_sources", [Edit("", "", "wanted_amount", before, amount)], "From the learning curve")
        if saved.conflicts:
            st.toast("Somebody changed the amount wanted meanwhile. Look at it before planning.", icon=":material/info:")
