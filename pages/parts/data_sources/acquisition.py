"""The acquisition planner: what to take from where, for an amount, a budget, a number of days or month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import folds, markup, notices
from pages.parts.here import Step
from pages.parts.markup import Html
from scoping.data_sources import charts, labels_and_split, supply
from scoping.data_sources import months as data_sources_months
from scoping.data_sources.acquisition import AcquisitionPlan, Offer, Sourcing
from scoping.data_sources.supply import Supply, Wish
from scoping.errors import WorkbenchError
from scoping.places import Place
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
    """The plan as a sentence to act on, its curve and its table; other limits are tried out behind a fold, unsaved."""
    seen = supply.supply(step.charter)
    if not seen.offers:
        link = step.link(Place("data_sources", "sources"), "Add a source")
        first = "As soon as one source has amount, unit, cost and days, this place says what to take from where."
        markup.show(markup.stack(*map(markup.note, seen.left_out), markup.empty(first, link)))
        return
    # The answer stands above what is tried out, and is worked out after it.
    answer, tried = st.container(), st.container()
    data = step.charter.data_sources
    wish = Wish.MOST if data.wanted_amount is None else Wish.CHEAPEST
    limits = _Limits(data.wanted_amount, supply.budget_of(data), data.wanted_days)
    with tried, folds.fold("Try other limits", step.key("try")) as place:
        if place.open:
            markup.show(markup.note(_TRIED))
            wish = _wish(step, wish)
            limits = _tried(step, seen, wish)
    with answer:
        try:
            _plans(step, seen, wish, limits)
        except WorkbenchError as error:
            notices.refused(error)
    with tried, folds.fold("Month by month", step.key("months", "fold")) as place:
        if place.open:
            try:
                _months(step, seen, limits)
            except WorkbenchError as error:
                notices.refused(error)


def _remark(sentence: str) -> None:
    notices.remarks([sentence])


def _wish(step: Step, first: Wish) -> Wish:
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
    if len(variants) > 1 and len({_taken(supply.planned(_case(offers, limits), wish).plan) for _, offers in variants}) == 1:
        # Whatever the answer is, the plan is the same.
        variants = variants[:1]
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


def _taken(plan: AcquisitionPlan | None) -> tuple[tuple[str, float], ...] | None:
    """What a plan takes, to see whether two are the same."""
    return None if plan is None else tuple((t.offer.id, t.amount) for t in plan.takes)


def _variant(step: Step, seen: Supply, wish: Wish, case: Sourcing, name: str) -> None:
    answer = supply.planned(case, wish)
    plan = answer.plan
    # Beside each other both variants are told of the same sources; once is enough.
    told_first = seen.left_out if name == _FIRST else ()
    if plan is None:
        why = map(markup.text, supply.why_not(case, seen))
        markup.show(markup.stack(markup.result("No plan keeps these limits."), markup.lines(why), *map(markup.note, told_first)))
        return
    told = [("Cost", seen.money(plan.cost)), ("Data", seen.much(plan.amount))]
    if abs(plan.useful - plan.amount) > 1e-9 * plan.amount:
        told.append(("Counted with its usefulness", seen.much(plan.useful)))
    facts = markup.facts([*told, ("There after", supply.days_words(plan.days))])
    warnings = supply.warnings(plan, case, seen, step.charter.data_sources.loop_days)
    markup.show(markup.stack(markup.result(supply.says(plan, seen)), *map(markup.banner, warnings), facts))
    parts_charts.small(step, f"arrivals-{name}", charts.arrivals, plan, seen, parts_charts.theme())
    pieces = [_takes(plan, seen)]
    if others := answer.plans[1:EQUAL_SHOWN]:
        many = f"{len(answer.plans)}{'' if answer.is_complete else ' or more'}"
        title = f"{many} plans cost and bring the same; the one above is there first"
        shown = (piece for o in others for piece in (markup.note(f"There after {supply.days_words(o.days)}"), _takes(o, seen)))
        pieces.append(markup.fold(title, markup.stack(*shown)))
    if told_first:
        title = f"{count(len(told_first), 'source is', 'sources are')} not planned"
        pieces.append(markup.fold(title, markup.lines(map(markup.text, told_first))))
    if seen.unrated:
        pieces.append(markup.note("A source counts in full where nobody said how useful a unit of it is."))
    markup.show(markup.stack(*pieces))
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


def _takes(plan: AcquisitionPlan, seen: Supply) -> Html:
    if not plan.takes:
        return markup.note("Nothing is taken.")
    rows = [
        (
            short(t.offer.name, 120),
            seen.much(t.amount),
            seen.much(t.offer.amount),
            seen.money(t.cost),
            f"{math.floor(t.begins)} to {t.there_on}",
        )
        for t in plan.takes
    ]
    return markup.table(("Source", "Take", "Of", "Cost", "Days"), rows)


def _as_table(plans: tuple[AcquisitionPlan, ...], seen: Supply, title: str) -> None:
    if len(plans) < 2:
        return
    rows = [
        (str(p.days), seen.much(p.amount), seen.money(p.cost), ", ".join(short(t.offer.name, 40) for t in p.takes)) for p in plans
    ]
    markup.show(markup.fold(title, markup.table(("Days", "Data", "Cost", "From"), rows)))


def _months(step: Step, seen: Supply, limits: _Limits) -> None:
    """What arrives when, if the money comes month by month; worked out only when asked, as many sources take seconds."""
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
    rows = [(str(a.month), short(a.offer.name, 120), seen.much(a.amount), seen.money(a.cost)) for a in schedule.arrivals]
    told = (
        f"In all {seen.useful(schedule.useful)} for {seen.money(schedule.cost)} in {count(number_words(months), 'month')} of "
        f"{data_sources_months.MONTH_DAYS} days. What is taken is the best there is; how early it comes is searched for a few "
        "seconds only. Each amount is paid in the month in which it arrives."
    )
    table = [markup.table(("Month", "Source", "Arrives", "To pay"), rows)] if rows else []
    markup.show(markup.stack(*table, markup.note(told)))
