"""The acquisition planner: what to take from where, for an amount, a budget, a number of days or month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, markup, notices
from pages.parts.workshop import Step
from scoping.data_sources import charts, labels_and_split, supply
from scoping.data_sources import months as data_sources_months
from scoping.data_sources.acquisition import AcquisitionPlan, Offer, Sourcing
from scoping.data_sources.supply import Supply, Wish
from scoping.errors import WorkbenchError
from scoping.words import count, number_words, short

WISHES = {
    Wish.MOST: "Most data for budget and days",
    Wish.CHEAPEST: "Cheapest way to an amount",
    Wish.FASTEST: "Fewest days to an amount",
}
EQUAL_SHOWN = 5
_TRIED = "Sliders try out, and save nothing. A budget or a number of days at the right end of its slider limits nothing."
_FIRST = "0"
_STEPS = 100
"""Positions of a slider."""


@dataclass(frozen=True)
class _Limits:
    """What is tried out; None is no limit."""

    wanted: float | None
    budget: float | None
    days: float | None


def show(step: Step) -> None:
    """The plans that answer the wish, what they cost and when they are there; sliders try out other limits, unsaved."""
    seen = supply.supply(step.charter)
    if not seen.offers:
        notices.remarks(seen.left_out)
        st.caption("As soon as one source has amount, unit, cost and days, this place says what to take from where.")
        return
    wish = _wish(step)
    limits = _tried(step, seen, wish)
    try:
        _plans(step, seen, wish, limits)
        _months(step, seen, limits)
    except WorkbenchError as error:
        notices.refused(error)


def _remark(sentence: str) -> None:
    notices.remarks([sentence])


def _wish(step: Step) -> Wish:
    data = step.charter.data_sources
    first = Wish.MOST if data.wanted_amount is None else Wish.CHEAPEST
    chosen = st.segmented_control(
        "What is asked for",
        list(WISHES),
        format_func=WISHES.__getitem__,
        default=first,
        required=True,
        key=step.key("wish", first),
    )
    return Wish(chosen or first)


def _tried(step: Step, seen: Supply, wish: Wish) -> _Limits:
    """The limits of the project, or what the sliders make of them. At its right end a slider limits nothing."""
    data = step.charter.data_sources
    on_offer = math.fsum(o.amount * o.usefulness for o in seen.offers)
    all_costs = math.fsum(o.cost_of(o.amount) for o in seen.offers)
    all_days = math.fsum(o.days_for(o.amount) for o in seen.offers)
    with st.container(horizontal=True):
        wanted = None
        if wish is not Wish.MOST:
            name = f"Amount wanted in {short(seen.unit, 20)}" if seen.unit else "Amount wanted"
            wanted = _slider(step, name, "wanted", data.wanted_amount, max(on_offer, data.wanted_amount or 0.0))
        budget = _slider(step, f"Budget in {seen.currency}", "budget", supply.budget_of(data), all_costs)
        days = _slider(step, "Days", "days", data.wanted_days, float(math.ceil(all_days)))
    return _Limits(
        wanted,
        None if budget is None or budget >= all_costs else budget,
        None if days is None or days >= all_days else math.floor(days),
    )


def _slider(step: Step, label: str, name: str, saved: float | None, largest: float) -> float | None:
    if largest <= 0:
        return saved
    start = largest if saved is None else min(float(saved), largest)
    by = _step(largest)
    return st.slider(
        notices.plain(label),
        0.0,
        # A handle stops at whole steps only; an end between two of them could not be reached again.
        max(largest, float(f"{by * math.ceil(largest / by):.10g}")),
        start,
        step=by,
        format="localized",
        # Another saved limit, or another inventory, is a new slider: it begins where the project stands.
        key=step.key("whatif", name, repr(start), repr(largest)),
        width=200,
    )


def _step(largest: float) -> float:
    """A round step, of which a slider has about a hundred."""
    exact = largest / _STEPS
    power = 10.0 ** math.floor(math.log10(exact))
    return float(f"{next(m for m in (1, 2, 5, 10) if m * power >= exact) * power:.6g}")


def _case(offers: tuple[Offer, ...], limits: _Limits) -> Sourcing:
    return Sourcing(offers, limits.wanted, limits.budget, limits.days)


def _plans(step: Step, seen: Supply, wish: Wish, limits: _Limits) -> None:
    variants = seen.variants()
    if len(variants) > 1:
        _remark(
            f"Nobody said whether {labels_and_split.names_of(seen.undecided, seen)} can be had in part. Both answers are shown."
        )
    if len(variants) == 1:
        _variant(step, seen, wish, _case(variants[0][1], limits), _FIRST)
        return
    for place, (column, (title, offers)) in enumerate(zip(st.columns(len(variants), gap="medium"), variants, strict=True)):
        with column:
            if title:
                st.markdown(f"**{title}**")
            _variant(step, seen, wish, _case(offers, limits), str(place))


def _variant(step: Step, seen: Supply, wish: Wish, case: Sourcing, name: str) -> None:
    answer = supply.planned(case, wish)
    plan = answer.plan
    # Beside each other both variants are told of the same sources; once is enough.
    told_first = [*map(notices.remark, seen.left_out)] if name == _FIRST else []
    if plan is None:
        why = map(notices.remark, supply.why_not(case, seen))
        notices.lines([":red[:material/block:] **No plan keeps these limits.**", *why, *told_first, notices.quiet(_TRIED)])
        return
    told = [("Cost", seen.money(plan.cost)), ("Data", seen.much(plan.amount))]
    if abs(plan.useful - plan.amount) > 1e-9 * plan.amount:
        told.append(("Counted with its usefulness", seen.much(plan.useful)))
    markup.figures([*told, ("There after", supply.days_words(plan.days))], above=_TRIED)
    _takes(plan, seen, "What to take from where")
    others = answer.plans[1:EQUAL_SHOWN]
    if others:
        many = f"{len(answer.plans)}{'' if answer.is_complete else ' or more'}"
        st.markdown(f"**{many} plans cost and bring the same.** The one above is there first; the others:")
        for other in others:
            st.caption(notices.plain(f"There after {supply.days_words(other.days)}"))
            _takes(other, seen, "Another plan that costs and brings the same")
    below = [*told_first, *map(notices.remark, supply.warnings(plan, case, seen, step.charter.data_sources.loop_days))]
    if seen.unrated:
        below.append(notices.quiet("A source counts in full where nobody said how useful a unit of it is."))
    notices.lines(below)
    _curves(step, seen, wish, case, plan, name)


def _curves(step: Step, seen: Supply, wish: Wish, case: Sourcing, plan: AcquisitionPlan, name: str) -> None:
    """What fewer days cost, and how much can be had in how many days; with many sources this takes a while."""
    title = "Data against days" if wish is Wish.MOST else "Cost and data against days"
    with folds.fold(title, step.key("curves", name), icon=":material/show_chart:") as place:
        if not place.open:
            return
        if wish is not Wish.MOST:
            plans = supply.frontier(case)
            if len(plans) < 2:
                st.caption("Within the budget, no other plan for this amount is sooner or cheaper.")
            parts_charts.show(step.key("chart", "frontier", name), charts.frontier, plans, plan, seen, parts_charts.theme())
            _as_table(plans, seen, "Cost against days as a table")
        plans = supply.growth(case)
        parts_charts.show(step.key("chart", "growth", name), charts.growth, plans, plan, seen, parts_charts.theme())
        _as_table(plans, seen, "How much in how many days as a table")


def _takes(plan: AcquisitionPlan, seen: Supply, alt: str) -> None:
    if not plan.takes:
        st.caption("Nothing is taken.")
        return
    rows = [
        {
            "Source": short(t.offer.name, 60),
            "Take": seen.much(t.amount),
            "Of": seen.much(t.offer.amount),
            "Cost": seen.money(t.cost),
            "From day": math.floor(t.begins),
            "To day": math.ceil(t.ends - 1e-6),
        }
        for t in plan.takes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=alt)


def _as_table(plans: tuple[AcquisitionPlan, ...], seen: Supply, title: str) -> None:
    if len(plans) < 2:
        return
    frame = pd.DataFrame(
        {
            "Days": [p.days for p in plans],
            "Data": [seen.much(p.amount) for p in plans],
            "Cost": [seen.money(p.cost) for p in plans],
            "From": [", ".join(short(t.offer.name, 30) for t in p.takes) for p in plans],
        }
    )
    with st.expander(title):
        st.dataframe(frame, hide_index=True, alt="Days, data and cost of the plans in the picture")


def _months(step: Step, seen: Supply, limits: _Limits) -> None:
    """What arrives when, if the money comes month by month; worked out only when asked, as many sources take seconds."""
    if not st.toggle("Plan month by month", key=step.key("months", "on")):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        monthly = st.number_input(
            f"Money per month in {seen.currency}",
            min_value=0.0,
            step=1000.0,
            value=None,
            key=step.key("months", "money"),
            width=240,
        )
        months = st.number_input(
            "Months",
            min_value=1,
            max_value=data_sources_months.MONTHS_AT_MOST,
            value=6,
            key=step.key("months", "number"),
            width=160,
        )
    if monthly is None:
        st.caption("Say how much money there is per month. What is not spent stays for later months.")
        return
    for title, offers in seen.variants():
        if title:
            st.markdown(f"**{title}**")
        _schedule(step, seen, offers, limits.wanted, monthly, int(months), title)


def _schedule(
    step: Step, seen: Supply, offers: tuple[Offer, ...], wanted: float | None, monthly: float, months: int, title: str
) -> None:
    schedule = supply.over_months(offers, wanted, monthly, months)
    if wanted is not None and schedule.useful < wanted * (1 - 1e-6):
        _remark(f"{seen.much(wanted)} cannot be there by then. This is the most that can: {seen.useful(schedule.useful)}.")
    parts_charts.show(step.key("chart", "months", title), charts.months, schedule, monthly, seen, parts_charts.theme())
    rows: list[dict[str, Any]] = [
        {
            "Month": a.month,
            "Source": short(a.offer.name, 60),
            "Arrives": seen.much(a.amount),
            "To pay": seen.money(a.cost),
        }
        for a in schedule.arrivals
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="What arrives and is paid in which month")
    st.caption(
        notices.plain(
            f"In all {seen.useful(schedule.useful)} for {seen.money(schedule.cost)} in {count(number_words(months), 'month')} of "
            f"{data_sources_months.MONTH_DAYS} days. What is taken is the best there is; how early it comes is searched for a few "
            "seconds only. Each amount is paid in the month in which it arrives."
        )
    )
